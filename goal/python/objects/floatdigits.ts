// Decimal text of floats with a given precision: 'e', 'f', 'g' of the format language and of `%`.
//
// `toFixed` and `toExponential` give correctly rounded digits, but a value exactly half way between two neighbours goes
// away from zero; here it goes to the even digit, as in C. Such values are found exactly: the float scaled by a power of
// two is an odd integer. Precisions and magnitudes beyond those functions are computed with big integers.
import type { float, int } from "rtypescript/rlib";

/** Digits after the point that `toFixed` and `toExponential` accept. */
const MOST: int = 100;

/** Is `f` (≥ 0) exactly half way between two numbers with `places` digits after the point? */
function isTie(f: float, places: int): boolean {
  if (places > 1000) return false;
  const scaled: float = places <= 500 ? f * 2.0 ** (places + 1) : f * 2.0 ** 500.0 * 2.0 ** (places - 499);
  return scaled < 9007199254740992.0 && Math.floor(scaled) === scaled && scaled % 2.0 === 1.0;
}

/** Lowers the last digit if it is odd: a tie that was rounded up goes back to the even neighbour. */
function toEven(digits: string, end: int): string {
  const last = digits.charCodeAt(end - 1);
  if ((last & 1) === 0) return digits;
  return `${digits.slice(0, end - 1)}${String.fromCharCode(last - 1)}${digits.slice(end)}`;
}

/** Mantissa as an integer and binary exponent of a finite float ≥ 0. */
class Binary {
  readonly mantissa: bigint;
  readonly exponent: int;
  constructor(f: float) {
    let value: float = f;
    let exponent: int = 0;
    while (value >= 9007199254740992.0) {
      value /= 2.0;
      exponent++;
    }
    while (Math.floor(value) !== value) {
      value *= 2.0;
      exponent--;
    }
    this.mantissa = BigInt(value);
    this.exponent = exponent;
  }
}

/** `top / bottom` rounded half to even. */
function roundedQuotient(top: bigint, bottom: bigint): bigint {
  const quotient: bigint = top / bottom;
  const twice: bigint = (top - quotient * bottom) * 2n;
  if (twice > bottom || (twice === bottom && (quotient & 1n) === 1n)) return quotient + 1n;
  return quotient;
}

/** `f * 10 ** power` rounded half to even. */
function scaledInteger(f: float, power: int): bigint {
  const binary = new Binary(f);
  let top: bigint = binary.mantissa;
  let bottom: bigint = 1n;
  if (power >= 0) top *= 10n ** BigInt(power);
  else bottom = 10n ** BigInt(0 - power);
  if (binary.exponent >= 0) top <<= BigInt(binary.exponent);
  else bottom <<= BigInt(0 - binary.exponent);
  return roundedQuotient(top, bottom);
}

/** `f` (finite, ≥ 0) with `places` digits after the point. */
export function fixedDigits(f: float, places: int): string {
  if (places <= MOST && f < 1e21) {
    const text = f.toFixed(places);
    return isTie(f, places) ? toEven(text, text.length) : text;
  }
  const digits = scaledInteger(f, places)
    .toString()
    .padStart(places + 1, "0");
  const point = digits.length - places;
  return places === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Significant digits and decimal exponent: `d.ddd × 10 ** exponent`. */
export class Decimal {
  readonly digits: string;
  readonly exponent: int;
  constructor(digits: string, exponent: int) {
    this.digits = digits;
    this.exponent = exponent;
  }
}

/** `f` (finite, ≥ 0) rounded to `count` ≥ 1 significant digits. */
export function significantDigits(f: float, count: int): Decimal {
  if (f === 0) return new Decimal("0".repeat(count), 0);
  if (count - 1 > MOST) return longDigits(f, count);
  const text = f.toExponential(count - 1);
  const e: int = text.indexOf("e");
  const exponent: int = readExponent(text, e + 1);
  const digits = e === 1 ? text.slice(0, 1) : text.slice(0, 1) + text.slice(2, e);
  if (!isTieAt(f, digits, exponent)) return new Decimal(digits, exponent);
  return new Decimal(toEven(digits, digits.length), exponent);
}

function readExponent(text: string, at: int): int {
  let value: int = 0;
  for (let i: int = at + 1; i < text.length; i++) value = value * 10 + text.charCodeAt(i) - 48;
  return text.charCodeAt(at) === 45 ? 0 - value : value;
}

/** Was `f` half way when it was rounded to these digits? */
function isTieAt(f: float, digits: string, exponent: int): boolean {
  const places = digits.length - 1 - exponent;
  if (places >= 0) return isTie(f, places);
  if (Math.floor(f) !== f) return false;
  const unit: bigint = 10n ** BigInt(0 - places);
  return (BigInt(f) % unit) * 2n === unit;
}

function longDigits(f: float, count: int): Decimal {
  // The exponent by estimate, put right when the digits turn out one too many or too few.
  const text = f.toExponential(17);
  let exponent: int = readExponent(text, text.indexOf("e") + 1);
  for (;;) {
    const digits = scaledInteger(f, count - 1 - exponent).toString();
    if (digits.length === count) return new Decimal(digits, exponent);
    exponent += digits.length > count ? 1 : -1;
  }
}

function exponentText(exponent: int): string {
  const size: int = exponent < 0 ? 0 - exponent : exponent;
  return `e${exponent < 0 ? "-" : "+"}${size < 10 ? "0" : ""}${size}`;
}

function scientific(decimal: Decimal, digits: string, keepPoint: boolean): string {
  const rest = digits.slice(1);
  const point = rest.length > 0 || keepPoint ? "." : "";
  return `${digits.charAt(0)}${point}${rest}${exponentText(decimal.exponent)}`;
}

/** Digits without trailing zeros, at least one. */
function trimmed(digits: string): string {
  let end: int = digits.length;
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

/** Digits with the point at its place, at least one digit before it. */
function positional(digits: string, exponent: int): string {
  if (exponent < 0) return `0.${"0".repeat(0 - exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, "0");
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** 'e': `places` digits after the point. `alternate` keeps the point without digits after it. */
export function formatExponent(f: float, places: int, alternate: boolean): string {
  const decimal = significantDigits(f, places + 1);
  return scientific(decimal, decimal.digits, alternate);
}
/** 'f'. */
export function formatFixed(f: float, places: int, alternate: boolean): string {
  const text = fixedDigits(f, places);
  return places === 0 && alternate ? `${text}.` : text;
}
/**
 * 'g': `precision` significant digits. `addZero` gives a whole number ".0" and counts that digit when choosing the
 * notation: the format of an empty type with a precision.
 */
export function formatGeneral(f: float, precision: int, alternate: boolean, addZero: boolean): string {
  const count: int = precision === 0 ? 1 : precision;
  const decimal = significantDigits(f, count);
  const exponent = decimal.exponent;
  const digits = alternate ? decimal.digits : trimmed(decimal.digits);
  if (exponent < -4 || exponent >= (addZero ? count - 1 : count)) return scientific(decimal, digits, alternate);
  const text = positional(digits, exponent);
  if (text.includes(".")) return text;
  return addZero ? `${text}.0` : alternate ? `${text}.` : text;
}
