// Word-wide bit operations (JavaScript's own are 32-bit), unsigned views of the word, and the bits of floats.
//
// On Node the word is the 53-bit exact range, so each operation works on a high part (signed, above bit 32) and a low
// part of 32 bits. Shift counts are taken modulo the word. Functions tagged @intrinsic are recognised by identity.
import { DivisionByZeroError } from "./errors.ts";
import type { float, int } from "./types.ts";

const low = 4294967296;
const nodeWord = 53;

function high(a: int): int {
  return Math.floor(a / low);
}

function isSmall(a: int): boolean {
  return (a | 0) === a;
}

/** Bitwise and of the whole word. @intrinsic */
export function intAnd(a: int, b: int): int {
  if (isSmall(a) && isSmall(b)) return a & b;
  return (high(a) & high(b)) * low + ((a & b) >>> 0);
}

/** Bitwise or of the whole word. @intrinsic */
export function intOr(a: int, b: int): int {
  if (isSmall(a) && isSmall(b)) return a | b;
  return (high(a) | high(b)) * low + ((a | b) >>> 0);
}

/** Bitwise exclusive or of the whole word. @intrinsic */
export function intXor(a: int, b: int): int {
  if (isSmall(a) && isSmall(b)) return a ^ b;
  return (high(a) ^ high(b)) * low + ((a ^ b) >>> 0);
}

/** Bitwise complement of the whole word. @intrinsic */
export function intNot(a: int): int {
  return -1 - a;
}

function count(n: int): int {
  return ((n % nodeWord) + nodeWord) % nodeWord;
}

/** `a` shifted left; bits beyond the word are lost. @intrinsic */
export function intShl(a: int, n: int): int {
  const exact = a * 2 ** count(n);
  if (Number.isSafeInteger(exact)) return exact + 0;
  return Number(BigInt.asIntN(nodeWord, BigInt(a) << BigInt(count(n))));
}

/** `a` shifted right, the sign kept. @intrinsic */
export function intShr(a: int, n: int): int {
  return Math.floor(a / 2 ** count(n));
}

/** `a` shifted right, zeros coming in. @intrinsic */
export function intUshr(a: int, n: int): int {
  if (a >= 0) return intShr(a, n);
  if (count(n) === 0) return a;
  return Number(BigInt.asUintN(nodeWord, BigInt(a)) >> BigInt(count(n)));
}

/** Is `a` less than `b`, both taken as unsigned words? @intrinsic */
export function uintLess(a: int, b: int): boolean {
  return a < 0 === b < 0 ? a < b : b < 0;
}

function unsigned(a: int): bigint {
  return BigInt.asUintN(nodeWord, BigInt(a));
}

/** Quotient of unsigned words; DivisionByZeroError. @intrinsic */
export function uintDiv(a: int, b: int): int {
  if (b === 0) throw new DivisionByZeroError();
  return Number(BigInt.asIntN(nodeWord, unsigned(a) / unsigned(b)));
}

/** Remainder of unsigned words; DivisionByZeroError. @intrinsic */
export function uintMod(a: int, b: int): int {
  if (b === 0) throw new DivisionByZeroError();
  return Number(BigInt.asIntN(nodeWord, unsigned(a) % unsigned(b)));
}

/** `a + b` modulo the word: for hashes. On Node modulo 2**53. @intrinsic */
export function intAddWrap(a: int, b: int): int {
  const exact = a + b;
  return Number.isSafeInteger(exact) ? exact + 0 : Number(BigInt.asIntN(nodeWord, BigInt(a) + BigInt(b)));
}

/** `a - b` modulo the word. @intrinsic */
export function intSubWrap(a: int, b: int): int {
  const exact = a - b;
  return Number.isSafeInteger(exact) ? exact + 0 : Number(BigInt.asIntN(nodeWord, BigInt(a) - BigInt(b)));
}

/** `a * b` modulo the word: for hashes. On Node modulo 2**53. @intrinsic */
export function intMulWrap(a: int, b: int): int {
  const exact = a * b;
  return Number.isSafeInteger(exact) ? exact + 0 : Number(BigInt.asIntN(nodeWord, BigInt(a) * BigInt(b)));
}

/** Number of bits of the magnitude of `a`: 0 for 0, 3 for 4 and for -7. */
export function intBitLength(a: int): int {
  let rest = a < 0 ? intNot(a) : a;
  // The magnitude of a negative number is rest + 1, one bit longer when rest is all ones.
  let bits = a < 0 && intAnd(rest, intAddWrap(rest, 1)) === 0 ? 1 : 0;
  while (rest >= 1073741824) {
    rest = intShr(rest, 30);
    bits += 30;
  }
  return bits + 32 - Math.clz32(rest);
}

const floats = new Float64Array(1);
const words = new Uint32Array(floats.buffer);

/** Bits 32 to 63 of a float: an int from 0 to 2**32 - 1 (a negative one where the word has 32 bits). @intrinsic */
export function floatHighBits(f: float): int {
  floats[0] = f;
  return words[1] as int;
}

/** Bits 0 to 31 of a float. @intrinsic */
export function floatLowBits(f: float): int {
  floats[0] = f;
  return words[0] as int;
}

/** The float with these two halves, each taken modulo 2**32. @intrinsic */
export function floatFromBits(highBits: int, lowBits: int): float {
  words[0] = lowBits;
  words[1] = highBits;
  return floats[0] as float;
}
