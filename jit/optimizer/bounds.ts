/**
 * Ranges of ints: `lo <= x <= hi` as signed words.
 *
 * Each function gives a range that holds every result of an operation on operands from the given ranges, at a word
 * width. Where an end leaves the word the result is the full range: a range never wraps around.
 */
import type { int } from "../../rlib/types.ts";
import * as w from "../format/word.ts";

export class IntBound {
  readonly lo: int;
  readonly hi: int;

  constructor(lo: int, hi: int) {
    this.lo = lo;
    this.hi = hi;
  }

  get isConstant(): boolean {
    return this.lo === this.hi;
  }

  contains(x: int): boolean {
    return this.lo <= x && x <= this.hi;
  }

  within(other: IntBound): boolean {
    return this.lo >= other.lo && this.hi <= other.hi;
  }

  isBool(): boolean {
    return this.lo >= 0 && this.hi <= 1;
  }
}

export function fullBound(bits: int): IntBound {
  return new IntBound(w.wordMin(bits), w.wordMax(bits));
}

export const BOOL_BOUND: IntBound = new IntBound(0, 1);

/** The values that both hold; null when there are none. */
export function intersect(a: IntBound, b: IntBound): IntBound | null {
  if (b.within(a)) return b;
  if (a.within(b)) return a;
  const lo = a.lo > b.lo ? a.lo : b.lo;
  const hi = a.hi < b.hi ? a.hi : b.hi;
  return lo <= hi ? new IntBound(lo, hi) : null;
}

/** The least range that holds both. */
export function union(a: IntBound, b: IntBound): IntBound {
  return new IntBound(a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi);
}

/** The sum cannot leave the word. */
export function addFits(a: IntBound, b: IntBound, bits: int): boolean {
  return !w.wordAddOverflows(a.lo, b.lo, bits) && !w.wordAddOverflows(a.hi, b.hi, bits);
}

/** The difference cannot leave the word. */
export function subFits(a: IntBound, b: IntBound, bits: int): boolean {
  return !w.wordSubOverflows(a.lo, b.hi, bits) && !w.wordSubOverflows(a.hi, b.lo, bits);
}

/** The product cannot leave the word. */
export function mulFits(a: IntBound, b: IntBound, bits: int): boolean {
  return !(
    w.wordMulOverflows(a.lo, b.lo, bits) ||
    w.wordMulOverflows(a.lo, b.hi, bits) ||
    w.wordMulOverflows(a.hi, b.lo, bits) ||
    w.wordMulOverflows(a.hi, b.hi, bits)
  );
}

export function boundAdd(a: IntBound, b: IntBound, bits: int): IntBound {
  return addFits(a, b, bits) ? new IntBound(a.lo + b.lo, a.hi + b.hi) : fullBound(bits);
}

/** Sums known not to leave the word. */
export function boundAddExact(a: IntBound, b: IntBound, bits: int): IntBound {
  const lo = w.wordAddOverflows(a.lo, b.lo, bits) ? extreme(a.lo, bits) : a.lo + b.lo;
  const hi = w.wordAddOverflows(a.hi, b.hi, bits) ? extreme(a.hi, bits) : a.hi + b.hi;
  return new IntBound(lo, hi);
}

/** Differences known not to leave the word. */
export function boundSubExact(a: IntBound, b: IntBound, bits: int): IntBound {
  const lo = w.wordSubOverflows(a.lo, b.hi, bits) ? extreme(a.lo, bits) : a.lo - b.hi;
  const hi = w.wordSubOverflows(a.hi, b.lo, bits) ? extreme(a.hi, bits) : a.hi - b.lo;
  return new IntBound(lo, hi);
}

/** Where a sum or difference of that sign leaves the word. */
function extreme(a: int, bits: int): int {
  return a < 0 ? w.wordMin(bits) : w.wordMax(bits);
}

export function boundSub(a: IntBound, b: IntBound, bits: int): IntBound {
  return subFits(a, b, bits) ? new IntBound(a.lo - b.hi, a.hi - b.lo) : fullBound(bits);
}

/** The least range that holds four numbers. */
function around(a: int, b: int, c: int, d: int): IntBound {
  const lo1 = a < b ? a : b;
  const lo2 = c < d ? c : d;
  const hi1 = a > b ? a : b;
  const hi2 = c > d ? c : d;
  return new IntBound(lo1 < lo2 ? lo1 : lo2, hi1 > hi2 ? hi1 : hi2);
}

export function boundMul(a: IntBound, b: IntBound, bits: int): IntBound {
  return mulFits(a, b, bits) ? around(a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi) : fullBound(bits);
}

/** Truncated quotient; the divisor is not 0 and the quotient fits. */
export function boundFloordiv(a: IntBound, b: IntBound, bits: int): IntBound {
  if (b.lo > 0 || b.hi < -1) {
    return around(
      w.wordQuotient(a.lo, b.lo, bits),
      w.wordQuotient(a.lo, b.hi, bits),
      w.wordQuotient(a.hi, b.lo, bits),
      w.wordQuotient(a.hi, b.hi, bits),
    );
  }
  return fullBound(bits);
}

/** Remainder with the dividend's sign; the divisor is not 0. */
export function boundMod(a: IntBound, b: IntBound, bits: int): IntBound {
  let least = b.lo < 0 ? b.lo : 0 - b.lo;
  const other = b.hi < 0 ? b.hi : 0 - b.hi;
  if (other < least) least = other;
  // -least is the greatest magnitude of the divisor; kept negative because the least word has no negation.
  const limit = w.wordInvert(least);
  const lo = a.lo >= 0 ? 0 : a.lo > 0 - limit ? a.lo : 0 - limit;
  const hi = a.hi <= 0 ? 0 : a.hi < limit ? a.hi : limit;
  return intersect(new IntBound(lo, hi), fullBound(bits)) ?? fullBound(bits);
}

/** Remainder of unsigned words; the divisor is not 0. */
export function boundUnsignedMod(a: IntBound, b: IntBound, bits: int): IntBound {
  if (b.lo <= 0) return a.lo >= 0 ? new IntBound(0, a.hi) : fullBound(bits);
  const limit = b.hi - 1;
  return new IntBound(0, a.lo >= 0 && a.hi < limit ? a.hi : limit);
}

/** All ones up to the highest one of a nonnegative x. */
function onesAround(x: int): int {
  let mask = 0;
  while (mask < x) mask = w.wordAdd(w.wordAdd(mask, mask, WIDEST), 1, WIDEST);
  return mask;
}

/** Nonnegative masks stay within any width that holds the number. */
const WIDEST = 64;

/** All ones that cover the magnitudes of both ends. */
function onesAroundBoth(a: IntBound, b: IntBound): int {
  return w.wordOr(w.wordOr(ones(a.lo), ones(a.hi)), w.wordOr(ones(b.lo), ones(b.hi)));
}

function ones(x: int): int {
  return onesAround(x < 0 ? w.wordInvert(x) : x);
}

export function boundAnd(a: IntBound, b: IntBound): IntBound {
  if (a.lo >= 0 && b.lo >= 0) return new IntBound(0, a.hi < b.hi ? a.hi : b.hi);
  if (a.lo >= 0) return new IntBound(0, a.hi);
  if (b.lo >= 0) return new IntBound(0, b.hi);
  return new IntBound(w.wordInvert(onesAroundBoth(a, b)), a.hi > b.hi ? a.hi : b.hi);
}

export function boundOr(a: IntBound, b: IntBound): IntBound {
  const mask = onesAroundBoth(a, b);
  if (a.lo >= 0 && b.lo >= 0) return new IntBound(a.lo > b.lo ? a.lo : b.lo, mask);
  const negative = a.hi < 0 || b.hi < 0;
  return new IntBound(a.lo < b.lo ? a.lo : b.lo, negative ? -1 : mask);
}

export function boundXor(a: IntBound, b: IntBound): IntBound {
  const mask = onesAroundBoth(a, b);
  return new IntBound(a.lo >= 0 && b.lo >= 0 ? 0 : w.wordInvert(mask), mask);
}

export function boundInvert(a: IntBound): IntBound {
  return new IntBound(w.wordInvert(a.hi), w.wordInvert(a.lo));
}

/** Is the range one of shift counts? */
function isCount(b: IntBound, bits: int): boolean {
  return b.lo >= 0 && b.hi < bits;
}

export function boundLshift(a: IntBound, b: IntBound, bits: int): IntBound {
  if (!isCount(b, bits)) return fullBound(bits);
  const lo = w.wordShiftLeft(a.lo, b.hi, bits);
  const hi = w.wordShiftLeft(a.hi, b.hi, bits);
  if (w.wordShiftRight(lo, b.hi) !== a.lo || w.wordShiftRight(hi, b.hi) !== a.hi) return fullBound(bits);
  return around(lo, hi, w.wordShiftLeft(a.lo, b.lo, bits), w.wordShiftLeft(a.hi, b.lo, bits));
}

export function boundRshift(a: IntBound, b: IntBound, bits: int): IntBound {
  const from = isCount(b, bits) ? b.lo : 0;
  const to = isCount(b, bits) ? b.hi : bits - 1;
  return around(
    w.wordShiftRight(a.lo, from),
    w.wordShiftRight(a.lo, to),
    w.wordShiftRight(a.hi, from),
    w.wordShiftRight(a.hi, to),
  );
}

export function boundUrshift(a: IntBound, b: IntBound, bits: int): IntBound {
  if (a.lo >= 0) return boundRshift(a, b, bits);
  if (b.lo <= 0 || b.hi >= bits) return fullBound(bits);
  return new IntBound(0, w.wordUnsignedShiftRight(-1, b.lo, bits));
}

/** Low bytes, the sign kept. */
export function boundSignext(a: IntBound, bytes: int, bits: int): IntBound {
  if (bytes * 8 >= bits) return a;
  const all = new IntBound(w.wordMin(bytes * 8), w.wordMax(bytes * 8));
  return a.within(all) ? a : all;
}

/** Low bytes, zeros above. */
export function boundZeroext(a: IntBound, bytes: int, bits: int): IntBound {
  if (bytes * 8 >= bits) return a;
  const all = new IntBound(0, w.wordShiftLeft(1, bytes * 8, bits) - 1);
  return a.within(all) ? a : all;
}
