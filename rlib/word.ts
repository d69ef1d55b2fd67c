// The target's word: its width and its least and greatest int.
//
// While a target is loaded for translation, Node's own values would be wrong for the binary, so the three functions
// give *marked* values: a captured variable or field that holds exactly one becomes the target's constant, and
// arithmetic with one at import time throws. Code that must compute at import time reads `options.wordBits`.
import type { int } from "./types.ts";

/** Which property of the target's word a marked value stands for. */
export type WordProperty = "wordBits" | "minInt" | "maxInt";

/** Stands, at import time under translation, for a number that only the target knows. */
export class WordConstant {
  readonly property: WordProperty;
  constructor(property: WordProperty) {
    this.property = property;
  }
  [Symbol.toPrimitive](): never {
    throw new TypeError(
      `${this.property}() depends on the target and cannot be computed with at import time; use options.wordBits`,
    );
  }
}

let marked: { readonly [P in WordProperty]: WordConstant } | null = null;

/** Translation only: from now on (true) the functions below give marked values, until called with false. */
export function markWordConstants(on: boolean): void {
  marked = on
    ? {
        wordBits: new WordConstant("wordBits"),
        minInt: new WordConstant("minInt"),
        maxInt: new WordConstant("maxInt"),
      }
    : null;
}

/** Bits of an int: 64, 32, and 53 on Node. A constant of the binary. @intrinsic */
export function wordBits(): int {
  return marked === null ? 53 : (marked.wordBits as unknown as int);
}

/** The least int. @intrinsic */
export function minInt(): int {
  return marked === null ? Number.MIN_SAFE_INTEGER : (marked.minInt as unknown as int);
}

/** The greatest int. @intrinsic */
export function maxInt(): int {
  return marked === null ? Number.MAX_SAFE_INTEGER : (marked.maxInt as unknown as int);
}
