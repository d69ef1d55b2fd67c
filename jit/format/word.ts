/**
 * Arithmetic on words of a given width, for all that computes at run time what machine code would: constant folding,
 * integer ranges, the blackhole interpreter, rewrite rules.
 *
 * A word of `bits` bits is an int that holds its signed value. The width is a parameter: 8 in exhaustive tests, 32 or
 * 64 (53 on Node) in use; it is never more than `wordBits()`. With the full width every function is the machine's own
 * operation; below it, the full operation is exact modulo a power of two and its result is brought back by sign
 * extension. Shift counts are in `0 <= n < bits`. (Node's own word is not quite one: its ints are the safe integers,
 * so that the least int is the greatest's negative.)
 */

import {
  intAddWrap,
  intAnd,
  intMulWrap,
  intNot,
  intOr,
  intShl,
  intShr,
  intSubWrap,
  intUshr,
  intXor,
  uintDiv,
  uintLess,
  uintMod,
} from "../../rlib/bits.ts";
import { intAddOvf, intMulOvf, intSubOvf } from "../../rlib/checked.ts";
import { wordDiv, wordMod } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { maxInt, minInt, wordBits } from "../../rlib/word.ts";

/**
 * The signed value of the low `bits` bits of x. Not by two shifts: on Node `intShl` keeps what is exact in a double,
 * which is one bit more than the word.
 */
export function wordWrap(x: int, bits: int): int {
  if (bits >= wordBits()) return x;
  const power = intShl(1, bits);
  const low = intAnd(x, power - 1);
  return low >= intShr(power, 1) ? low - power : low;
}

/** The low `bits` bits of x, zeros above. At full width a word that has its sign bit set stays negative. */
function zeroAbove(x: int, bits: int): int {
  return bits >= wordBits() ? x : intAnd(x, intShl(1, bits) - 1);
}

/** The least word. */
export function wordMin(bits: int): int {
  return bits >= wordBits() ? minInt() : intShl(-1, bits - 1);
}

/** The greatest word. */
export function wordMax(bits: int): int {
  return bits >= wordBits() ? maxInt() : intNot(intShl(-1, bits - 1));
}

/** Does x, an exact int, lie in a word of this width? */
export function wordHolds(x: int, bits: int): boolean {
  return wordWrap(x, bits) === x;
}

export function wordAdd(a: int, b: int, bits: int): int {
  return wordWrap(intAddWrap(a, b), bits);
}

export function wordSub(a: int, b: int, bits: int): int {
  return wordWrap(intSubWrap(a, b), bits);
}

export function wordMul(a: int, b: int, bits: int): int {
  return wordWrap(intMulWrap(a, b), bits);
}

export function wordNeg(a: int, bits: int): int {
  return wordWrap(intSubWrap(0, a), bits);
}

/** Does the exact sum leave the word? */
export function wordAddOverflows(a: int, b: int, bits: int): boolean {
  const exact = intAddOvf(a, b);
  return exact === null || !wordHolds(exact, bits);
}

/** Does the exact difference leave the word? */
export function wordSubOverflows(a: int, b: int, bits: int): boolean {
  const exact = intSubOvf(a, b);
  return exact === null || !wordHolds(exact, bits);
}

/** Does the exact product leave the word? */
export function wordMulOverflows(a: int, b: int, bits: int): boolean {
  const exact = intMulOvf(a, b);
  return exact === null || !wordHolds(exact, bits);
}

/** Truncated quotient; b is not 0, the least word divided by -1 is the least word. */
export function wordQuotient(a: int, b: int, bits: int): int {
  return b === -1 ? wordNeg(a, bits) : wordDiv(a, b);
}

/** Remainder with the sign of a; b is not 0. */
export function wordRemainder(a: int, b: int): int {
  return b === -1 ? 0 : wordMod(a, b);
}

/** Quotient of the words taken as unsigned; b is not 0. */
export function wordUnsignedQuotient(a: int, b: int, bits: int): int {
  return wordWrap(uintDiv(zeroAbove(a, bits), zeroAbove(b, bits)), bits);
}

/** Remainder of the words taken as unsigned; b is not 0. */
export function wordUnsignedRemainder(a: int, b: int, bits: int): int {
  return wordWrap(uintMod(zeroAbove(a, bits), zeroAbove(b, bits)), bits);
}

export function wordAnd(a: int, b: int): int {
  return intAnd(a, b);
}

export function wordOr(a: int, b: int): int {
  return intOr(a, b);
}

export function wordXor(a: int, b: int): int {
  return intXor(a, b);
}

export function wordInvert(a: int): int {
  return intNot(a);
}

export function wordShiftLeft(a: int, n: int, bits: int): int {
  return wordWrap(intShl(a, n), bits);
}

/** The sign comes in. */
export function wordShiftRight(a: int, n: int): int {
  return intShr(a, n);
}

/** Zeros come in. */
export function wordUnsignedShiftRight(a: int, n: int, bits: int): int {
  return n === 0 ? a : intUshr(zeroAbove(a, bits), n);
}

/** Is a less than b, both taken as unsigned? Sign-extended words keep their unsigned order. */
export function wordBelow(a: int, b: int): boolean {
  return uintLess(a, b);
}

/** The low `bytes` bytes of a, the sign kept. */
export function wordSignExtend(a: int, bytes: int, bits: int): int {
  return bytes * 8 >= bits ? a : wordWrap(a, bytes * 8);
}

/** The low `bytes` bytes of a, zeros above. */
export function wordZeroExtend(a: int, bytes: int, bits: int): int {
  return bytes * 8 >= bits ? a : zeroAbove(a, bytes * 8);
}

/** Number of zero bits above the highest one; `bits` for 0. */
export function wordLeadingZeros(a: int, bits: int): int {
  if (a < 0) return 0;
  let n = bits;
  let rest = a;
  while (rest > 0) {
    rest = intShr(rest, 1);
    n--;
  }
  return n;
}

/** Number of zero bits below the lowest one; `bits` for 0. */
export function wordTrailingZeros(a: int, bits: int): int {
  if (a === 0) return bits;
  let n = 0;
  while (intAnd(intShr(a, n), 1) === 0) n++;
  return n;
}

/** Number of one bits. */
export function wordPopulation(a: int, bits: int): int {
  let n = 0;
  for (let i = 0; i < bits; i++) n += intAnd(intShr(a, i), 1);
  return n;
}
