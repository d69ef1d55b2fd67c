// The number and character kinds of RTypeScript, as types and as values.
//
// To tsc `int` and `float` are both `number` and `char` is `string`: a program stays ordinary TypeScript. The translator
// reads the *names* where a declaration writes them. The values of the same names describe the arguments and results
// of C functions (see external.ts) and are used at import time only.

/** A machine word: 64-bit on x86-64, 32-bit on x86-32, 53-bit exact on Node. */
export type int = number;
/** An IEEE double. */
export type float = number;
/** A string of one UTF-16 unit (or empty, as `charAt` past the end gives). */
export type char = string;

/** How C sees one argument or result of an external function; `T` is what RTypeScript code passes for it. */
export interface Kind<T> {
  readonly kind: "int" | "int32" | "uint32" | "float" | "float32" | "bool" | "void" | "buffer";
  /** Never set: carries the TypeScript type. */
  readonly type?: T;
}

/** Memory that C may read and write: the argument is the address of the first item, pinned for the call. */
export type Buffer =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** `intptr_t`: the machine word. */
export const int: Kind<int> = Object.freeze({ kind: "int" });
/** C `int`. */
export const int32: Kind<int> = Object.freeze({ kind: "int32" });
/** C `unsigned int`. */
export const uint32: Kind<int> = Object.freeze({ kind: "uint32" });
/** C `double`. */
export const float: Kind<float> = Object.freeze({ kind: "float" });
/** C `float`. */
export const float32: Kind<float> = Object.freeze({ kind: "float32" });
/** C `_Bool`. */
export const bool: Kind<boolean> = Object.freeze({ kind: "bool" });
/** No result. */
export const nothing: Kind<void> = Object.freeze({ kind: "void" });
/** A typed array: `void *`. */
export const buffer: Kind<Buffer> = Object.freeze({ kind: "buffer" });

/** What the target is told about the translation that it is loaded for. */
export interface TargetOptions {
  /** Machine of the binary; "node" under `bin/run`. */
  readonly target: "x86-64" | "x86-32" | "node";
  /** Bits of an `int` in the binary; 53 under `bin/run`. */
  readonly wordBits: int;
  /** The collector's name, as given to `--gc`. */
  readonly gc: string;
  /** Is a JIT generated? */
  readonly jit: boolean;
  /** 0 to 3. */
  readonly optimize: int;
  /** What followed `--` on the translator's command line. */
  readonly arguments: readonly string[];
}

/** What `target(options)` returns. */
export interface Target {
  /** The program: receives the arguments without the program's name, returns the exit code. */
  readonly entry: (argv: string[]) => int;
  /** Base of the binary's name: `tiny` gives `tiny-c`. */
  readonly name?: string;
}
