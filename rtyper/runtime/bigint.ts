/**
 * Bigints as far as RTypeScript has words for them: capacities of results, in limbs, from the signed sizes of the
 * operands (a limb is a word); checks; powers; text. The arithmetic itself is C.
 */
import { intShr } from "../../rlib/bits.ts";
import { DivisionByZeroError } from "../../rlib/errors.ts";
import {
  bigHashParts,
  type LowArrayOf,
  newUnits,
  setUnit,
  unitAt,
  wholeString,
  wordBytes,
  wordDiv,
} from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { mixHash } from "./hash.ts";
import { skipSpace, skipSpaceBack } from "./stringedit.ts";

/** Bits in the largest bigint: that of V8. */
const MAX_BITS = 1073741824;

function tooLarge(): never {
  throw new RangeError("Maximum BigInt size exceeded");
}

function limbs(size: int): int {
  return size < 0 ? -size : size;
}

function wordBitCount(): int {
  return wordBytes() * 8;
}

/** For sums, differences and bit operations, and (amply) quotients and remainders. */
export function capacityOfSum(n: int, m: int): int {
  const a = limbs(n);
  const b = limbs(m);
  const most = (a > b ? a : b) + 1;
  if (most * wordBitCount() > MAX_BITS) tooLarge();
  return most;
}

export function capacityOfProduct(n: int, m: int): int {
  const total = limbs(n) + limbs(m);
  if (total * wordBitCount() > MAX_BITS + 64) tooLarge();
  return total + 1;
}

/** For a value with one more bit than another. */
export function capacityOfPart(n: int): int {
  return limbs(n) + 1;
}

/** For a value of so many bits. */
export function capacityOfBits(bits: int): int {
  return wordDiv(bits, wordBitCount()) + 1;
}

/** For a shift to the left by `count` bits, or to the right if it is negative. */
export function capacityOfShift(n: int, count: int): int {
  if (count <= 0) return limbs(n) + 1;
  const total = limbs(n) + wordDiv(count, wordBitCount()) + 2;
  if (total * wordBitCount() > MAX_BITS + 128) tooLarge();
  return total;
}

/**
 * The number of bits to shift a value of size n by, `sign` times a bigint of size m and low word `word`: within what an
 * int holds, because a shift to the right by more leaves nothing.
 */
export function shiftCountOf(n: int, m: int, word: int, sign: int): int {
  if (m === 0 || n === 0) return 0;
  const toTheLeft = m > 0 === sign > 0;
  const huge = limbs(m) > 1 || word > MAX_BITS || word < -MAX_BITS;
  if (huge) {
    if (toTheLeft) tooLarge();
    return -MAX_BITS - 64;
  }
  return sign > 0 ? word : -word;
}

export function requireBigDivisor(size: int): void {
  if (size === 0) throw new DivisionByZeroError();
}

/** `base ** exponent`. */
export function bigPow(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw new RangeError("Exponent must be non-negative");
  let result = 1n;
  let factor = base;
  let rest = exponent;
  while (rest !== 0n) {
    if ((rest & 1n) !== 0n) result *= factor;
    rest >>= 1n;
    if (rest !== 0n) factor *= factor;
  }
  return result;
}

export function equalBigInts(a: bigint, b: bigint): boolean {
  return a === b;
}

/** Hash of a bigint key: over 32-bit parts of the magnitude, so that it does not depend on the word. */
export function hashBigInt(x: bigint): int {
  return mixHash(bigHashParts(x));
}

export function bigFitsOrThrow(fits: int): void {
  if (fits === 0) throw new RangeError("bigint out of int range");
}

/** `BigInt(f)` of a float: it must have no fraction. */
export function requireIntegral(isIntegral: boolean, f: float): void {
  if (!isIntegral) throw new RangeError(`The number ${f} cannot be converted to a BigInt because it is not an integer`);
}

export function requireBigRadix(radix: int): void {
  if (radix < 2 || radix > 36) throw new RangeError("toString() radix must be between 2 and 36");
}

/** The first n bytes of an array as a string. */
export function asciiUnits(bytes: LowArrayOf<int>, n: int): string {
  const units = newUnits(n);
  for (let i = 0; i < n; i++) setUnit(units, i, bytes[i] as int);
  return wholeString(units);
}

function digitOf(unit: int): int {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const lower = unit | 32;
  if (lower >= 97 && lower <= 122) return lower - 87;
  return 99;
}

/** What `BigInt(s)` reads, by place in an array: where the digits start and end, their radix, 1 for a negative sign. */
const START = 0;
const END = 1;
const RADIX = 2;
const NEGATIVE = 3;

/** Scans the text of a bigint; SyntaxError if it is none. */
export function scanBigText(s: string): Int32Array {
  const scan = new Int32Array(4);
  let start = skipSpace(s, 0);
  const end = skipSpaceBack(s, start);
  let radix = 10;
  if (end - start > 2 && unitAt(s, start) === 48) {
    const mark = unitAt(s, start + 1) | 32;
    if (mark === 120) radix = 16;
    else if (mark === 111) radix = 8;
    else if (mark === 98) radix = 2;
    if (radix !== 10) start += 2;
  } else if (start < end && (unitAt(s, start) === 45 || unitAt(s, start) === 43)) {
    if (unitAt(s, start) === 45) scan[NEGATIVE] = 1;
    start += 1;
    if (start === end) notABigInt(s);
  }
  for (let i = start; i < end; i++) if (digitOf(unitAt(s, i)) >= radix) notABigInt(s);
  scan[START] = start;
  scan[END] = end;
  scan[RADIX] = radix;
  return scan;
}

function notABigInt(s: string): never {
  throw new SyntaxError(`Cannot convert ${s} to a BigInt`);
}

export function bigTextRadix(scan: LowArrayOf<int>): int {
  return scan[RADIX] as int;
}

export function bigTextSign(scan: LowArrayOf<int>): int {
  return scan[NEGATIVE] as int;
}

/** The digits, "0" for an empty text. */
export function bigTextDigits(s: string, scan: LowArrayOf<int>): Uint8Array {
  const start = scan[START] as int;
  const n = (scan[END] as int) - start;
  const bytes = new Uint8Array(n === 0 ? 1 : n);
  bytes[0] = 48;
  for (let i = 0; i < n; i++) bytes[i] = unitAt(s, start + i);
  return bytes;
}

/** Limbs for n digits of a radix. */
export function capacityOfDigits(n: int, radix: int): int {
  let bits = 1;
  while (intShr(radix - 1, bits) !== 0) bits++;
  if (n > MAX_BITS) tooLarge();
  if (n * bits > MAX_BITS + 64) tooLarge();
  return capacityOfBits(n * bits) + 1;
}

/** Number of bits for asIntN/asUintN: RangeError if negative. */
export function requireBits(bits: int): void {
  if (bits < 0) throw new RangeError("Invalid value: not (convertible to) a safe integer");
}

/** Room for the result of asIntN/asUintN; asUintN of a negative value has all the bits asked for. */
export function capacityOfCut(size: int, bits: int): int {
  const whole = capacityOfBits(bits);
  if (size < 0 && bits > MAX_BITS) tooLarge();
  const own = limbs(size) + 1;
  return size >= 0 && own < whole ? own : whole;
}
