// The errors that the system itself raises and a program may catch.
//
// In the binary these classes are what is thrown. On Node the engine throws plain RangeErrors for some of them, so
// `Symbol.hasInstance` accepts those by their message: `instanceof` means the same in both worlds.
import { errnoCode, errnoText } from "./errno.ts";
import type { int } from "./types.ts";

const ordinaryHasInstance = Function.prototype[Symbol.hasInstance];

/** Division or remainder by zero of ints or bigints. */
export class DivisionByZeroError extends RangeError {
  constructor(message: string = "Division by zero") {
    super(message);
    this.name = "DivisionByZeroError";
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this and do not accept the engine's errors
    if (ordinaryHasInstance.call(this, value)) return true;
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this and do not accept the engine's errors
    return this === DivisionByZeroError && value instanceof RangeError && isEngineDivision(value);
  }
}

/** The stack is used up. There is room left to handle it. */
export class StackOverflowError extends RangeError {
  constructor(message: string = "Maximum call stack size exceeded") {
    super(message);
    this.name = "StackOverflowError";
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this and do not accept the engine's errors
    if (ordinaryHasInstance.call(this, value)) return true;
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this and do not accept the engine's errors
    return this === StackOverflowError && value instanceof RangeError && isEngineOverflow(value);
  }
}

function isEngineDivision(e: Error): boolean {
  return e.name === "RangeError" && e.message === "Division by zero";
}

function isEngineOverflow(e: Error): boolean {
  return e.name === "RangeError" && e.message === "Maximum call stack size exceeded";
}

/** The heap's limit (`RTS_GC_MAX`) or the machine's memory is reached. */
export class OutOfMemoryError extends Error {
  constructor(message: string = "Out of memory") {
    super(message);
    this.name = "OutOfMemoryError";
  }
}

/** A call to the operating system failed. */
export class OSError extends Error {
  /** The number C calls `errno`. */
  readonly errno: int;
  /** Its symbol: `"ENOENT"`. */
  readonly code: string;
  /** The file concerned, `""` where there is none. */
  readonly path: string;
  constructor(errno: int, path: string = "") {
    const code = errnoCode(errno);
    super(path === "" ? `${code}: ${errnoText(errno)}` : `${code}: ${errnoText(errno)}, '${path}'`);
    this.name = "OSError";
    this.errno = errno;
    this.code = code;
    this.path = path;
  }
}

/** Base of errors used for non-local exits: no stack is collected, in the binary or on Node. */
export class ControlFlow extends Error {
  constructor(message: string = "") {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.name = "ControlFlow";
  }
}
