// Arithmetic on ints that tells about leaving the word, exact divisions, and conversions between kinds.
//
// `int | null` results are never materialised natively: `intAddOvf(a, b) ?? slow(a, b)` is an add and a jump on
// overflow. On Node the word is the 53-bit exact range. Functions tagged @intrinsic are recognised by identity.
import { DivisionByZeroError } from "./errors.ts";
import type { float, int } from "./types.ts";

function wordOrNull(x: number): int | null {
  return Number.isSafeInteger(x) ? x + 0 : null;
}

/** `a + b`, or null if that leaves the word. @intrinsic */
export function intAddOvf(a: int, b: int): int | null {
  return wordOrNull(a + b);
}

/** `a - b`, or null if that leaves the word. @intrinsic */
export function intSubOvf(a: int, b: int): int | null {
  return wordOrNull(a - b);
}

/** `a * b`, or null if that leaves the word. @intrinsic */
export function intMulOvf(a: int, b: int): int | null {
  return wordOrNull(a * b);
}

/** `-a`, or null if that leaves the word. @intrinsic */
export function intNegOvf(a: int): int | null {
  return wordOrNull(0 - a);
}

/** `a << n` of the whole word, or null if bits (or the sign) are lost; `n` is 0 or more. @intrinsic */
export function intShlOvf(a: int, n: int): int | null {
  if (a === 0) return 0;
  return n > 64 ? null : wordOrNull(a * 2 ** n);
}

function requireDivisor(b: int): void {
  if (b === 0) throw new DivisionByZeroError();
}

function requireWord(x: number): int {
  if (!Number.isSafeInteger(x)) throw new RangeError("int out of range");
  return x + 0;
}

/** `a / b` truncated. Throws DivisionByZeroError; RangeError for the least int by -1. @intrinsic */
export function intDiv(a: int, b: int): int {
  requireDivisor(b);
  return requireWord((a - (a % b)) / b);
}

/** Remainder with the sign of `a`. Throws DivisionByZeroError; RangeError for the least int by -1. @intrinsic */
export function intMod(a: int, b: int): int {
  requireDivisor(b);
  return (a % b) + 0;
}

/** `a / b` rounded down. Throws DivisionByZeroError; RangeError for the least int by -1. @intrinsic */
export function intFloorDiv(a: int, b: int): int {
  requireDivisor(b);
  const rest = a % b;
  const quotient = (a - rest) / b;
  return requireWord(rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient);
}

/** Remainder with the sign of `b`. Throws DivisionByZeroError; RangeError for the least int by -1. @intrinsic */
export function intFloorMod(a: int, b: int): int {
  requireDivisor(b);
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

/** `f` without its fraction. RangeError if it is not finite or outside the word. @intrinsic */
export function toInt(f: float): int {
  const whole = Math.trunc(f);
  if (!Number.isSafeInteger(whole)) throw new RangeError("float out of int range");
  return whole + 0;
}

/** The float nearest to `i`. @intrinsic */
export function toFloat(i: int): float {
  return i;
}

/** `b` as an int; RangeError outside the word. @intrinsic */
export function bigIntToInt(b: bigint): int {
  const i = Number(b);
  if (!Number.isSafeInteger(i)) throw new RangeError("bigint out of int range");
  return i;
}

function digitValue(unit: int): int {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 97 && unit <= 122) return unit - 87;
  if (unit >= 65 && unit <= 90) return unit - 55;
  return 99;
}

/**
 * The int that all of `s` spells: an optional sign, then at least one digit of the radix (2 to 36). Null if `s` is
 * anything else, also with white space, or if the value leaves the word.
 */
export function parseInteger(s: string, radix: int = 10): int | null {
  const n = s.length;
  let i = 0;
  let negative = false;
  if (n > 0 && (s.charCodeAt(0) === 45 || s.charCodeAt(0) === 43)) {
    negative = s.charCodeAt(0) === 45;
    i = 1;
  }
  if (i === n) return null;
  let value = 0;
  for (; i < n; i++) {
    const digit = digitValue(s.charCodeAt(i));
    if (digit >= radix) return null;
    const scaled = intMulOvf(value, radix);
    if (scaled === null) return null;
    const next = negative ? intSubOvf(scaled, digit) : intAddOvf(scaled, digit);
    if (next === null) return null;
    value = next;
  }
  return value;
}
