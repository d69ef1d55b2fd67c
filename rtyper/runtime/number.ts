/**
 * Numbers to text and back, with JavaScript's digits. Ints are done here; shortest and correctly rounded decimal
 * digits of floats come from C (`externals.ts`); floats with integral values, the common case, take the way of ints.
 */
import { intMulOvf, intSubOvf } from "../../rlib/checked.ts";
import { newUnits, type StringUnits, setUnit, unitAt, wholeString, wordDiv, wordMod } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { floatExponential, floatFixed, floatPrecision, floatShortest, parseDecimal } from "./externals.ts";
import { stringStartsWith } from "./string.ts";
import { skipSpace, skipSpaceBack } from "./stringedit.ts";

/** Texts of small ints, made once. */
const SMALL_TEXTS: readonly string[] = Array.from({ length: 1024 }, (_, i) => String(i));

/** Room for the texts that C writes. Helpers do not call each other while they use it. */
const scratch = new Uint8Array(512);

function countDigits(x: int, radix: int): int {
  let count = 1;
  let rest = wordDiv(x, radix);
  while (rest !== 0) {
    rest = wordDiv(rest, radix);
    count++;
  }
  return count;
}

function digitUnit(digit: int): int {
  return digit < 10 ? 48 + digit : 87 + digit;
}

/** Decimal text of an int. */
export function intToString(x: int): string {
  if (x >= 0 && x < 1024) return SMALL_TEXTS[x] as string;
  const sign = x < 0 ? 1 : 0;
  const n = countDigits(x, 10) + sign;
  const units = newUnits(n);
  let rest = x;
  for (let i = n - 1; i >= sign; i--) {
    const digit = wordMod(rest, 10);
    setUnit(units, i, 48 + (digit < 0 ? -digit : digit));
    rest = wordDiv(rest, 10);
  }
  if (sign === 1) setUnit(units, 0, 45);
  return wholeString(units);
}

function requireRadix(radix: int): void {
  if (radix < 2 || radix > 36) throw new RangeError("toString() radix argument must be between 2 and 36");
}

/** `x.toString(radix)`. */
export function intToRadix(x: int, radix: int): string {
  if (radix === 10) return intToString(x);
  requireRadix(radix);
  const sign = x < 0 ? 1 : 0;
  const n = countDigits(x, radix) + sign;
  const units = newUnits(n);
  let rest = x;
  for (let i = n - 1; i >= sign; i--) {
    const digit = wordMod(rest, radix);
    setUnit(units, i, digitUnit(digit < 0 ? -digit : digit));
    rest = wordDiv(rest, radix);
  }
  if (sign === 1) setUnit(units, 0, 45);
  return wholeString(units);
}

/** The first n bytes of the scratch buffer as a string. */
function scratchText(n: int): string {
  const units = newUnits(n);
  for (let i = 0; i < n; i++) setUnit(units, i, scratch[i] as int);
  return wholeString(units);
}

/** Has x an int's value that fits the smallest word? */
function isSmallIntegral(x: float): boolean {
  return x > -2147483648.0 && x < 2147483648.0 && x === Math.trunc(x);
}

/** `String(x)`. */
export function floatToString(x: float): string {
  if (isSmallIntegral(x)) return intToString(Math.trunc(x));
  if (Number.isNaN(x)) return "NaN";
  if (x === Number.POSITIVE_INFINITY) return "Infinity";
  if (x === Number.NEGATIVE_INFINITY) return "-Infinity";
  return scratchText(floatShortest(x, scratch));
}

/** `x.toFixed(digits)`. */
export function floatToFixed(x: float, digits: int): string {
  if (digits < 0 || digits > 100) throw new RangeError("toFixed() digits argument must be between 0 and 100");
  if (!(x < 1e21 && x > -1e21)) return floatToString(x);
  return scratchText(floatFixed(x, digits, scratch));
}

/** `x.toExponential(digits)`; -1: as many digits as needed. */
export function floatToExponential(x: float, digits: int): string {
  if (!Number.isFinite(x)) return floatToString(x);
  if (digits < -1 || digits > 100) throw new RangeError("toExponential() argument must be between 0 and 100");
  return scratchText(floatExponential(x, digits, scratch));
}

/** `x.toPrecision(digits)`. */
export function floatToPrecision(x: float, digits: int): string {
  if (!Number.isFinite(x)) return floatToString(x);
  if (digits < 1 || digits > 100) throw new RangeError("toPrecision() argument must be between 1 and 100");
  return scratchText(floatPrecision(x, digits, scratch));
}

/** Fraction digits that a double can have in any radix: 1074 bits, and some to spare. */
const MAX_RADIX_DIGITS = 1100;

/** Increments the last of n digits, carrying; gives the number of digits left, 0 if the carry went through. */
function roundUpDigits(digits: Uint8Array, n: int, radix: int): int {
  let left = n;
  while (left > 0) {
    const digit = (digits[left - 1] as int) + 1;
    if (digit < radix) {
      digits[left - 1] = digit;
      return left;
    }
    left--;
  }
  return 0;
}

/** The double after x (positive, finite) minus x. */
function gapAbove(x: float): float {
  let gap = Number.MIN_VALUE;
  let step = Math.abs(x) * 2.0 ** -54.0;
  while (step > 0.0 && x + step === x) step *= 2.0;
  if (step > gap) gap = step;
  while (x + gap / 2.0 > x && gap / 2.0 > 0.0) {
    const above = x + gap / 2.0 - x;
    if (above >= gap) break;
    gap = above;
  }
  return x + gap - x;
}

/** `x.toString(radix)` of a float. Fraction digits stop where they tell x from its neighbours. */
export function floatToRadix(x: float, radix: int): string {
  if (radix === 10 || !Number.isFinite(x)) return floatToString(x);
  requireRadix(radix);
  if (isSmallIntegral(x)) return intToRadix(Math.trunc(x), radix);
  const value = Math.abs(x);
  let whole: float = Math.floor(value);
  let fraction = value - whole;
  let margin = 0.5 * gapAbove(value);
  if (margin < Number.MIN_VALUE) margin = Number.MIN_VALUE;
  const digits = new Uint8Array(MAX_RADIX_DIGITS);
  let n = 0;
  while (fraction >= margin && n < MAX_RADIX_DIGITS) {
    fraction *= radix;
    margin *= radix;
    const digit = Math.trunc(fraction);
    digits[n] = digit;
    n++;
    fraction -= digit;
    const roundsUp = fraction > 0.5 || (fraction === 0.5 && (digit & 1) === 1);
    if (roundsUp && fraction + margin > 1.0) {
      n = roundUpDigits(digits, n, radix);
      if (n === 0) whole += 1.0;
      break;
    }
  }
  return radixText(x < 0.0, whole, digits, n, radix);
}

function radixText(negative: boolean, whole: float, fraction: Uint8Array, n: int, radix: int): string {
  const front = new Uint8Array(MAX_RADIX_DIGITS);
  let m = 0;
  let rest = whole;
  // Digits below the precision of a double are written as zeros.
  while (rest / radix >= 9007199254740992.0) {
    rest /= radix;
    front[m] = 48;
    m++;
  }
  do {
    const digit: float = rest % radix;
    front[m] = digitUnit(Math.trunc(digit));
    m++;
    rest = (rest - digit) / radix;
  } while (rest > 0.0);
  const sign = negative ? 1 : 0;
  const total = sign + m + (n > 0 ? n + 1 : 0);
  const units: StringUnits = newUnits(total);
  if (negative) setUnit(units, 0, 45);
  for (let i = 0; i < m; i++) setUnit(units, sign + i, front[m - 1 - i] as int);
  if (n > 0) setUnit(units, sign + m, 46);
  for (let i = 0; i < n; i++) setUnit(units, sign + m + 1 + i, digitUnit(fraction[i] as int));
  return wholeString(units);
}

export function boolToString(x: boolean): string {
  return x ? "true" : "false";
}

function isDigit(unit: int): boolean {
  return unit >= 48 && unit <= 57;
}

/** End of the digits from `i` on. */
function skipDigits(s: string, i: int, end: int): int {
  let at = i;
  while (at < end && isDigit(unitAt(s, at))) at++;
  return at;
}

/** End of the longest unsigned decimal literal at `start`, or `start` if there is none. */
function decimalEnd(s: string, start: int, end: int): int {
  let at = skipDigits(s, start, end);
  let digits = at - start;
  if (at < end && unitAt(s, at) === 46) {
    const after = skipDigits(s, at + 1, end);
    digits += after - at - 1;
    if (digits > 0) at = after;
  }
  if (digits === 0) return start;
  if (at < end && (unitAt(s, at) | 32) === 101) {
    let exponent = at + 1;
    if (exponent < end && (unitAt(s, exponent) === 43 || unitAt(s, exponent) === 45)) exponent++;
    const after = skipDigits(s, exponent, end);
    if (after > exponent) at = after;
  }
  return at;
}

/** Value of the decimal literal in units `start` up to `end`. Up to fifteen plain digits need no C. */
function decimalValue(s: string, start: int, end: int): float {
  if (end - start <= 9 && skipDigits(s, start, end) === end) {
    let value = 0;
    for (let i = start; i < end; i++) value = value * 10 + unitAt(s, i) - 48;
    return value;
  }
  const n = end - start;
  const bytes = n <= 512 ? scratch : new Uint8Array(n);
  for (let i = 0; i < n; i++) bytes[i] = unitAt(s, start + i);
  return parseDecimal(bytes, n);
}

/** `parseFloat(s)`. */
export function parseFloatText(s: string): float {
  let at = skipSpace(s, 0);
  const end = s.length;
  let negative = false;
  if (at < end && (unitAt(s, at) === 45 || unitAt(s, at) === 43)) {
    negative = unitAt(s, at) === 45;
    at++;
  }
  let value: float = Number.NaN;
  const stop = decimalEnd(s, at, end);
  if (stop > at) value = decimalValue(s, at, stop);
  else if (stringStartsWith(s, "Infinity", at)) value = Number.POSITIVE_INFINITY;
  return negative ? -value : value;
}

/** Value of a digit in radixes up to 36; 99 for other units. */
function digitOf(unit: int): int {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const lower = unit | 32;
  if (lower >= 97 && lower <= 122) return lower - 87;
  return 99;
}

/** Value of digits that are all below the radix. Exact up to 2**53, then rounded as far as doubles can. */
function radixValue(s: string, start: int, end: int, radix: int): float {
  if (radix === 10) return decimalValue(s, start, end);
  if (end - start > 10 && (radix & (radix - 1)) === 0) return powerOfTwoValue(s, start, end, radix);
  let value: float = 0.0;
  for (let i = start; i < end; i++) value = value * radix + digitOf(unitAt(s, i));
  return value;
}

/** The same for radixes 2, 4, 8, 16, 32, correctly rounded: 53 bits, the next one, and whether any follows. */
function powerOfTwoValue(s: string, start: int, end: int, radix: int): float {
  let width = 1;
  while (1 << width < radix) width++;
  let value: float = 0.0;
  let exponent: float = 0.0;
  let bits = 0;
  let half = false;
  let rest = false;
  for (let i = start; i < end; i++) {
    const digit = digitOf(unitAt(s, i));
    for (let b = width - 1; b >= 0; b--) {
      const bit = (digit >> b) & 1;
      if (bits === 0 && bit === 0) continue;
      if (bits < 53) value = value * 2.0 + bit;
      else {
        exponent += 1.0;
        if (bits === 53) half = bit === 1;
        else if (bit === 1) rest = true;
      }
      bits++;
    }
  }
  if (half && (rest || value % 2.0 === 1.0)) value += 1.0;
  return value * 2.0 ** exponent;
}

/** `Number(s)`. */
export function numberOfText(s: string): float {
  const start = skipSpace(s, 0);
  const end = skipSpaceBack(s, start);
  if (start === end) return 0.0;
  const first = unitAt(s, start);
  if (first === 48 && end - start > 2) {
    const mark = unitAt(s, start + 1) | 32;
    const radix = mark === 120 ? 16 : mark === 111 ? 8 : mark === 98 ? 2 : 0;
    if (radix !== 0) return prefixedValue(s, start + 2, end, radix);
  }
  const at = first === 45 || first === 43 ? start + 1 : start;
  let value: float = Number.NaN;
  if (at < end && decimalEnd(s, at, end) === end) value = decimalValue(s, at, end);
  else if (end - at === 8 && stringStartsWith(s, "Infinity", at)) value = Number.POSITIVE_INFINITY;
  return first === 45 ? -value : value;
}

function prefixedValue(s: string, start: int, end: int, radix: int): float {
  for (let i = start; i < end; i++) if (digitOf(unitAt(s, i)) >= radix) return Number.NaN;
  return radixValue(s, start, end, radix);
}

/** `parseInt(s, radix)`; radix 0: 10, or 16 after `0x`. */
export function parseIntText(s: string, radix: int): float {
  let at = skipSpace(s, 0);
  const n = s.length;
  let negative = false;
  if (at < n && (unitAt(s, at) === 45 || unitAt(s, at) === 43)) {
    negative = unitAt(s, at) === 45;
    at++;
  }
  let base = radix;
  if ((base === 0 || base === 16) && at + 1 < n && unitAt(s, at) === 48 && (unitAt(s, at + 1) | 32) === 120) {
    at += 2;
    base = 16;
  }
  if (base === 0) base = 10;
  if (base < 2 || base > 36) return Number.NaN;
  let end = at;
  while (end < n && digitOf(unitAt(s, end)) < base) end++;
  if (end === at) return Number.NaN;
  const value = radixValue(s, at, end, base);
  return negative ? -value : value;
}

/** rlib's `parseInteger`: see there. */
export function parseIntegerText(s: string, radix: int): int | null {
  const n = s.length;
  let i = 0;
  let negative = false;
  if (n > 0 && (unitAt(s, 0) === 45 || unitAt(s, 0) === 43)) {
    negative = unitAt(s, 0) === 45;
    i = 1;
  }
  if (i === n) return null;
  // Counts downwards, because the least int has no positive counterpart.
  let value = 0;
  for (; i < n; i++) {
    const digit = digitOf(unitAt(s, i));
    if (digit >= radix) return null;
    const scaled = intMulOvf(value, radix);
    if (scaled === null) return null;
    const next = intSubOvf(scaled, digit);
    if (next === null) return null;
    value = next;
  }
  return negative ? value : intSubOvf(0, value);
}
