/**
 * What checked programs call under `bin/run` (global `__c`): the checks of `checks.ts` on values.
 *
 * What the binary cannot go on from stops the process here too: message, then the stack, then the exit status. The checks
 * begin when the entry function is called.
 */
import { DivisionByZeroError } from "../../rlib/errors.ts";
import { findImport } from "./files.ts";
import { toolchainRoot } from "./root.ts";

/** Exit status of a program that was stopped, as of the binary. */
export const stoppedStatus = 70;

/** How the process is ended after a fatal error; replaced in tests. */
export const world: { stop: (message: string, stack: string) => never } = {
  stop(message, stack) {
    process.stderr.write(`fatal error: ${message}\n${stack}\n`);
    process.exit(stoppedStatus);
  },
};

/** A stack without its first line and without the frames of the checks and of Node. */
export function programFrames(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !/load\/(checker|run)\.ts|bin\/start\.mjs|\(node:|at node:/.test(line))
    .join("\n");
}

/** Stops the process. */
function stop(message: string, from: Error = new Error(message)): never {
  return world.stop(message, programFrames(from.stack ?? ""));
}

type Indexable = { readonly length: number; [index: number]: unknown };

function isIndexable(a: unknown): a is Indexable {
  return Array.isArray(a) || typeof a === "string" || (ArrayBuffer.isView(a) && !(a instanceof DataView));
}

/** Neither an int nor what `Math.floor` and its like give: the binary has no such value where an int is required. */
function hasFraction(x: number): boolean {
  return Number.isFinite(x) && !Number.isInteger(x);
}

function describe(value: unknown): string {
  if (value === null || typeof value !== "object") return String(value);
  return `an instance of ${(value.constructor as { name?: string } | undefined)?.name ?? "no class"}`;
}

/** The engine's errors for null used as an object or a function, and the like. */
function isEngineTypeError(e: unknown): boolean {
  return e instanceof TypeError && /null|undefined|is not a function|is not iterable|constructor/.test(e.message);
}

export class Checker {
  /** Has the entry function been called? */
  on = false;
  /** The index of the last `at`. */
  k: PropertyKey = 0;
  readonly #classes = new Map<string, object>();

  /** Reads an item. */
  ix(a: unknown, i: unknown): unknown {
    if (this.on && typeof i === "number" && isIndexable(a)) this.index(a, i);
    return (a as Indexable)[i as number];
  }

  /** `s.charCodeAt(i)`, for which the binary has no NaN. */
  unit(s: unknown, i: number): number {
    if (this.on && typeof s === "string") this.index(s, i);
    return (s as string).charCodeAt(i);
  }

  /** Checks the index of an item that is going to be written; the caller then uses `k`. */
  at(a: unknown, i: unknown): unknown {
    if (this.on && typeof i === "number" && isIndexable(a)) this.index(a, i);
    this.k = i as PropertyKey;
    return a;
  }

  index(a: Indexable, i: number): void {
    if (i >>> 0 === i && i < a.length) return;
    if (hasFraction(i)) stop(`index is not an int: ${i}`);
    if (!Number.isSafeInteger(i)) throw new RangeError("float out of int range");
    stop(`${typeof a === "string" ? "string" : "list"} index out of range: index ${i}, length ${a.length}`);
  }

  /** A list that is going to be taken apart into `needed` items. */
  list<T>(a: T, needed: number): T {
    if (this.on && Array.isArray(a) && a.length < needed) {
      stop(`list too short to be destructured: ${needed} items needed, length ${a.length}`);
    }
    return a;
  }

  /** `x as Sub`. */
  as<T>(x: T, cls: unknown): T {
    if (!this.on || x === null || x === undefined || typeof cls !== "function") return x;
    if (!(x instanceof cls)) stop(`wrong cast: ${describe(x)} is not ${cls.name}`);
    return x;
  }

  /** `x as Sub` where another file declares Sub: a class, perhaps. */
  named<T>(x: T, name: string, specifier: string, importer: string): T {
    if (!this.on || typeof x !== "object" || x === null) return x;
    if ((x.constructor as { name?: string } | undefined)?.name === name) return x;
    const key = `${importer}\0${specifier}\0${name}`;
    let cls = this.#classes.get(key);
    if (cls === undefined) {
      const file = findImport(specifier, importer, toolchainRoot);
      cls = this.#classes.get(`${file}\0${name}`) ?? Checker;
      this.#classes.set(key, cls);
    }
    return cls === Checker ? x : this.as(x, cls);
  }

  /** `x!` */
  present<T>(x: T): T {
    if (this.on && (x === null || x === undefined)) stop("null or undefined used as a value");
    return x;
  }

  /** A class, for casts in other files. */
  cls(c: { readonly name: string }, file: string): void {
    this.#classes.set(`${file}\0${c.name}`, c);
  }

  /** A value where an int is declared. */
  int<T>(x: T): T {
    if (this.on && typeof x === "number" && !Number.isSafeInteger(x)) {
      if (!hasFraction(x)) throw new RangeError("float out of int range");
      stop(`a float where an int is declared: ${x}`);
    }
    return x;
  }

  /** The divisor of ints. */
  divisor<T>(x: T): T {
    if (this.on && x === 0) throw new DivisionByZeroError();
    return x;
  }

  /** What a `catch` clause got. */
  caught(e: unknown): void {
    if (!this.on || !isEngineTypeError(e)) return;
    const { message } = e as Error;
    const detail = /^Cannot (?:read|set) properties of (?:null|undefined) (\(.*\))$/.exec(message)?.[1];
    stop(detail === undefined ? message : `null or undefined used as an object ${detail}`, e as Error);
  }
}

/** The process's checker. */
export const checker = new Checker();
Object.defineProperty(globalThis, "__c", { value: checker, configurable: true });
