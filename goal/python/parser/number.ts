/**
 * Numeric literals: scanning with CPython's diagnoses, and their values.
 */
import { type float, type int, wordBits } from "rtypescript/rlib";
import { bigIntValue, type ConstValue, complexValue, floatValue, intValue } from "./constant.ts";

const UNDERSCORE: int = 95;
const DOT: int = 46;

/** Why the last scan failed. */
export class NumberFailure {
  message: string;
  /** Start of the range to point at, or −1: only `to` is meant. */
  from: int;
  to: int;
  constructor() {
    this.message = "";
    this.from = -1;
    this.to = 0;
  }
}

const failure: NumberFailure = new NumberFailure();

/** Why `scanNumber` returned −1. */
export function numberFailure(): NumberFailure {
  return failure;
}

function fail(message: string, at: int): int {
  failure.message = message;
  failure.from = -1;
  failure.to = at;
  return -1;
}

function unit(s: string, at: int): int {
  return at < s.length ? s.charCodeAt(at) : -1;
}

function isDigit(c: int): boolean {
  return c >= 48 && c <= 57;
}

/** Value of a digit in any radix up to 16, or 99. */
function digitValue(c: int): int {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  if (c >= 65 && c <= 70) return c - 55;
  return 99;
}

function isNameUnit(c: int): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || isDigit(c) || c === UNDERSCORE || c >= 128;
}

/** A number ends at `at`: a name may not follow at once, unless it is one of the operators written as words. */
function endOfNumber(s: string, at: int, what: string): int {
  const c: int = unit(s, at);
  if (c < 0 || c >= 128 || !isNameUnit(c)) return at;
  const isWord: boolean =
    s.startsWith("and", at) ||
    s.startsWith("else", at) ||
    s.startsWith("for", at) ||
    s.startsWith("if", at) ||
    s.startsWith("in", at) ||
    s.startsWith("is", at) ||
    s.startsWith("or", at) ||
    s.startsWith("not", at);
  return isWord ? at : fail(`invalid ${what} literal`, at);
}

/** Digits with single underscores between them, from a digit on; the offset after them, or −1. */
function decimalTail(s: string, start: int): int {
  let at: int = start;
  for (;;) {
    while (isDigit(unit(s, at))) at += 1;
    if (unit(s, at) !== UNDERSCORE) return at;
    at += 1;
    if (!isDigit(unit(s, at))) return fail("invalid decimal literal", at);
  }
}

function radixDigits(s: string, start: int, radix: int, what: string): int {
  let at: int = start;
  do {
    if (unit(s, at) === UNDERSCORE) at += 1;
    const c: int = unit(s, at);
    if (digitValue(c) >= radix) {
      if (isDigit(c)) return fail(`invalid digit '${s.charAt(at)}' in ${what} literal`, at + 1);
      return fail(`invalid ${what} literal`, at);
    }
    while (digitValue(unit(s, at)) < radix) at += 1;
  } while (unit(s, at) === UNDERSCORE);
  if (isDigit(unit(s, at))) return fail(`invalid digit '${s.charAt(at)}' in ${what} literal`, at + 1);
  return endOfNumber(s, at, what);
}

/** Fraction, exponent and `j` after the integer part; `at` is where the integer part ends. */
function floatTail(s: string, start: int): int {
  let at: int = start;
  if (unit(s, at) === DOT) {
    at += 1;
    if (isDigit(unit(s, at))) {
      at = decimalTail(s, at);
      if (at < 0) return at;
    }
  }
  const c: int = unit(s, at);
  if (c === 101 || c === 69) {
    const e: int = at;
    at += 1;
    const sign: int = unit(s, at);
    const signed: boolean = sign === 43 || sign === 45;
    if (signed) at += 1;
    if (!isDigit(unit(s, at))) return signed ? fail("invalid decimal literal", at) : endOfNumber(s, e, "decimal");
    at = decimalTail(s, at);
    if (at < 0) return at;
  }
  const j: int = unit(s, at);
  if (j === 106 || j === 74) return endOfNumber(s, at + 1, "imaginary");
  return endOfNumber(s, at, "decimal");
}

/** The offset after the number that begins at `start`, or −1: see `numberFailure`. */
export function scanNumber(s: string, start: int): int {
  const c: int = s.charCodeAt(start);
  if (c !== 48) {
    const at: int = c === DOT ? start : decimalTail(s, start);
    return at < 0 ? at : floatTail(s, at);
  }
  const x: int = unit(s, start + 1) | 32;
  if (x === 120) return radixDigits(s, start + 2, 16, "hexadecimal");
  if (x === 111) return radixDigits(s, start + 2, 8, "octal");
  if (x === 98) return radixDigits(s, start + 2, 2, "binary");
  return scanZero(s, start);
}

/** A number that begins with "0" and is decimal: zeros only, or a float, or an error. */
function scanZero(s: string, start: int): int {
  let at: int = start + 1;
  for (;;) {
    if (unit(s, at) === UNDERSCORE) {
      at += 1;
      if (!isDigit(unit(s, at))) return fail("invalid decimal literal", at);
    }
    if (unit(s, at) !== 48) break;
    at += 1;
  }
  const zerosEnd: int = at;
  const nonzero: boolean = isDigit(unit(s, at));
  if (nonzero) {
    at = decimalTail(s, at);
    if (at < 0) return at;
  }
  const c: int = unit(s, at);
  if (c === DOT || c === 101 || c === 69 || c === 106 || c === 74) return floatTail(s, at);
  if (nonzero) {
    fail(
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
      zerosEnd + 1,
    );
    failure.from = start;
    return -1;
  }
  return endOfNumber(s, at, "decimal");
}

/** The word that literals are made for: 0 is the word of the running program, else its bits (while a binary is built). */
class LiteralWord {
  bits: int;
  constructor() {
    this.bits = 0;
  }
}
export const literalWord: LiteralWord = new LiteralWord();

/** Is the word narrower than the integers that a float holds? */
export function hasNarrowWord(): boolean {
  return (literalWord.bits === 0 ? wordBits() : literalWord.bits) < 53;
}

/** How many digits certainly fit a machine word (53 bits on Node), by radix. */
function safeDigits(radix: int): int {
  const narrow: boolean = hasNarrowWord();
  if (radix === 10) return narrow ? 9 : 15;
  if (radix === 16) return narrow ? 7 : 13;
  if (radix === 8) return narrow ? 10 : 17;
  return narrow ? 30 : 53;
}

function integerValue(digits: string, radix: int): ConstValue {
  let first: int = 0;
  while (first < digits.length - 1 && digits.charCodeAt(first) === 48) first += 1;
  const significant: string = digits.slice(first, digits.length);
  if (significant.length > safeDigits(radix)) return bigIntValue(significant, radix);
  let value: int = 0;
  for (let i: int = 0; i < significant.length; i += 1) value = value * radix + digitValue(significant.charCodeAt(i));
  return intValue(value);
}

/** Value of a literal that `scanNumber` accepted. */
export function numberValue(literal: string): ConstValue {
  const text: string = literal.replaceAll("_", "");
  const last: int = text.charCodeAt(text.length - 1);
  if (text.length > 1 && text.charCodeAt(0) === 48) {
    const x: int = text.charCodeAt(1) | 32;
    if (x === 120) return integerValue(text.slice(2, text.length), 16);
    if (x === 111) return integerValue(text.slice(2, text.length), 8);
    if (x === 98) return integerValue(text.slice(2, text.length), 2);
  }
  if (last === 106 || last === 74) return complexValue(0.0, parseDecimal(text.slice(0, text.length - 1)));
  let plain: boolean = true;
  for (let i: int = 0; i < text.length; i += 1) if (!isDigit(text.charCodeAt(i))) plain = false;
  return plain ? integerValue(text, 10) : floatValue(parseDecimal(text));
}

function parseDecimal(text: string): float {
  return Number(text);
}
