// Reading numbers from text, as `int()` and `float()` do.
import { type float, type int, intAddOvf, intMulOvf } from "rtypescript/rlib";
import { decimalValue, isAsciiText } from "./chartype.ts";
import { digitLimit, fromBig, W_Int } from "./int.ts";
import { valueError, type W_Root } from "./root.ts";

/** Is the unit white space for Python? */
export function isSpace(unit: int): boolean {
  if (unit <= 32) return unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 28 && unit <= 31);
  if (unit < 128) return false;
  return (
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** The text without white space at its ends. */
export function strip(text: string): string {
  let from: int = 0;
  let to: int = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

/** The text with the decimal digits of any script as ASCII digits. */
export function asciiDigits(text: string): string {
  if (isAsciiText(text)) return text;
  const parts: string[] = [];
  for (const character of text) {
    const value = decimalValue(character.codePointAt(0) ?? 0);
    parts.push(value >= 0 ? String(value) : character);
  }
  return parts.join("");
}

function digitOf(unit: int): int {
  if (unit >= 48 && unit <= 57) return unit - 48;
  if (unit >= 97 && unit <= 122) return unit - 87;
  if (unit >= 65 && unit <= 90) return unit - 55;
  return 99;
}

/** The base that a prefix (`0x`, `0o`, `0b`) names, 0 without. */
function prefixBase(text: string, at: int): int {
  if (at + 1 >= text.length || text.charCodeAt(at) !== 48) return 0;
  const letter = text.charAt(at + 1);
  if (letter === "x" || letter === "X") return 16;
  if (letter === "o" || letter === "O") return 8;
  if (letter === "b" || letter === "B") return 2;
  return 0;
}

/** The int that a text spells in a base (0: as in source code); null when it is none. */
export function parseInt_(source: string, base: int): W_Root | null {
  const text = asciiDigits(strip(source));
  let at: int = 0;
  let negative = false;
  if (text.startsWith("-") || text.startsWith("+")) {
    negative = text.startsWith("-");
    at = 1;
  }
  const prefixed = prefixBase(text, at);
  let radix: int = base;
  let prefix = false;
  if (prefixed !== 0 && (base === 0 || base === prefixed)) {
    radix = prefixed;
    at += 2;
    prefix = true;
  } else if (base === 0) {
    radix = 10;
    if (text.charCodeAt(at) === 48 && !allZeros(text, at)) return null;
  }
  return parseDigits(text, at, radix, negative, prefix);
}
function allZeros(text: string, from: int): boolean {
  for (let i: int = from; i < text.length; i++) if (text.charAt(i) !== "0" && text.charAt(i) !== "_") return false;
  return true;
}

function parseDigits(text: string, from: int, radix: int, negative: boolean, prefix: boolean): W_Root | null {
  let value: int = 0;
  let small = true;
  let count: int = 0;
  let underscore = !prefix;
  let last: int = 0;
  for (let i: int = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 95) {
      if ((underscore && count === 0) || last === 95) return null;
      last = unit;
      continue;
    }
    const digit = digitOf(unit);
    if (digit >= radix) return null;
    last = unit;
    underscore = false;
    count++;
    if (small) {
      const scaled = intMulOvf(value, radix);
      const next = scaled === null ? null : intAddOvf(scaled, digit);
      if (next === null) small = false;
      else value = next;
    }
  }
  if (count === 0 || last === 95) return null;
  if (small) return new W_Int(negative ? 0 - value : value);
  const digits = text.slice(from).replaceAll("_", "");
  requireDigits(count, radix);
  const big = bigFromDigits(digits, radix);
  return fromBig(negative ? -big : big);
}

function requireDigits(count: int, radix: int): void {
  const limit: int = digitLimit.digits;
  if (limit > 0 && count > limit && (radix & (radix - 1)) !== 0) {
    throw valueError(
      `Exceeds the limit (${limit} digits) for integer string conversion: value has ${count} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
}

/** Digits of a radix to a bigint. */
export function bigFromDigits(digits: string, radix: int): bigint {
  if (radix === 10) return BigInt(digits);
  if (radix === 16) return BigInt(`0x${digits}`);
  if (radix === 8) return BigInt(`0o${digits}`);
  if (radix === 2) return BigInt(`0b${digits}`);
  let value: bigint = 0n;
  const base: bigint = BigInt(radix);
  for (let i: int = 0; i < digits.length; i++) value = value * base + BigInt(digitOf(digits.charCodeAt(i)));
  return value;
}

/** The float that a text spells; null when it is none. */
export function parseFloatText(source: string): float | null {
  const text = asciiDigits(strip(source));
  const n = text.length;
  let at: int = 0;
  if (at < n && (text.charAt(at) === "-" || text.charAt(at) === "+")) at++;
  const negative = text.startsWith("-");
  const word = text.slice(at).toLowerCase();
  if (word === "inf" || word === "infinity") return negative ? -Infinity : Infinity;
  if (word === "nan") return NaN;
  let digits: int = 0;
  let state: int = 0;
  let last: int = 0;
  for (let i: int = at; i < n; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 48 && unit <= 57) digits++;
    else if (unit === 95) {
      if (last < 48 || last > 57 || i + 1 >= n || text.charCodeAt(i + 1) < 48 || text.charCodeAt(i + 1) > 57)
        return null;
    } else if (unit === 46 && state === 0) state = 1;
    else if ((unit === 101 || unit === 69) && state < 2 && digits > 0) {
      state = 2;
      digits = 0;
      if (i + 1 < n && (text.charAt(i + 1) === "-" || text.charAt(i + 1) === "+")) i++;
    } else return null;
    last = unit;
  }
  if (digits === 0) return null;
  return Number(text.replaceAll("_", ""));
}
