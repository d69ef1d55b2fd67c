// The format mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, and numbers by it.
//
// A number is taken apart into sign, prefix, digits and rest (point, fraction, exponent, '%'), the digits are grouped,
// and the padding goes before, between sign and digits, after, or on both sides. Zero padding takes part in grouping.
import { type float, type int, toFloat } from "rtypescript/rlib";
import { formatExponent, formatFixed, formatGeneral } from "./floatdigits.ts";
import { floatRepr } from "./floatformat.ts";
import { type OperationError, overflowError, valueError } from "./root.ts";

const LESS: int = 60;
const EQUALS: int = 61;
const GREATER: int = 62;
const CARET: int = 94;
const PLUS: int = 43;
const MINUS: int = 45;
const SPACE: int = 32;
const COMMA: int = 44;
const UNDERSCORE: int = 95;

/** A specification taken apart. Characters are code points; 0 is absent. */
export class FormatSpec {
  /** One character. */
  fill: string;
  align: int;
  /** Was the alignment written, or implied by '0'? */
  alignGiven: boolean;
  sign: int;
  /** 'z': a result of zero loses its minus. */
  positiveZero: boolean;
  alternate: boolean;
  /** −1 absent. */
  width: int;
  thousands: int;
  /** −1 absent. */
  precision: int;
  type: int;
  constructor(align: int, type: int) {
    this.fill = " ";
    this.align = align;
    this.alignGiven = false;
    this.sign = 0;
    this.positiveZero = false;
    this.alternate = false;
    this.width = -1;
    this.thousands = 0;
    this.precision = -1;
    this.type = type;
  }
}

function isAlignment(code: int): boolean {
  return code === LESS || code === EQUALS || code === GREATER || code === CARET;
}

function unitLength(code: int): int {
  return code > 65535 ? 2 : 1;
}

function codeIn(text: string, at: int): int {
  return at < text.length ? (text.codePointAt(at) ?? 0) : 0;
}

/** Reads a specification from left to right. */
class SpecParser {
  readonly text: string;
  readonly typename: string;
  readonly spec: FormatSpec;
  at: int;
  constructor(text: string, typename: string, align: int, type: int) {
    this.text = text;
    this.typename = typename;
    this.spec = new FormatSpec(align, type);
    this.at = 0;
  }
  /** Takes this character if it is next. */
  take(code: int): boolean {
    if (codeIn(this.text, this.at) !== code) return false;
    this.at += 1;
    return true;
  }
  /** A number, −1 without. */
  number(): int {
    let value: int = -1;
    for (;;) {
      const digit = codeIn(this.text, this.at) - 48;
      if (digit < 0 || digit > 9) return value;
      value = value < 0 ? digit : value * 10 + digit;
      if (value > 100000000000000) throw valueError("Too many decimal digits in format string");
      this.at += 1;
    }
  }
  parse(defaultAlign: int): FormatSpec {
    const spec = this.spec;
    const fillGiven = this.#fillAndAlign();
    const sign = codeIn(this.text, this.at);
    if (sign === PLUS || sign === MINUS || sign === SPACE) {
      spec.sign = sign;
      this.at += 1;
    }
    if (this.take(122)) spec.positiveZero = true;
    if (this.take(35)) spec.alternate = true;
    if (!fillGiven && codeIn(this.text, this.at) === 48) {
      spec.fill = "0";
      if (!spec.alignGiven && defaultAlign === GREATER) spec.align = EQUALS;
      this.at += 1;
    }
    spec.width = this.number();
    this.#grouping();
    if (this.take(46)) {
      spec.precision = this.number();
      if (spec.precision < 0) throw valueError("Format specifier missing precision");
    }
    this.#type();
    return spec;
  }
  /** Was a fill character given? */
  #fillAndAlign(): boolean {
    const spec = this.spec;
    const first = codeIn(this.text, 0);
    const second = codeIn(this.text, unitLength(first));
    if (this.text.length > unitLength(first) && isAlignment(second)) {
      spec.fill = this.text.slice(0, unitLength(first));
      spec.align = second;
      spec.alignGiven = true;
      this.at = unitLength(first) + 1;
      return true;
    }
    if (isAlignment(first)) {
      spec.align = first;
      spec.alignGiven = true;
      this.at = 1;
    }
    return false;
  }
  #grouping(): void {
    const spec = this.spec;
    if (this.take(COMMA)) spec.thousands = COMMA;
    if (codeIn(this.text, this.at) === UNDERSCORE) {
      if (spec.thousands !== 0) throw valueError("Cannot specify both ',' and '_'.");
      spec.thousands = UNDERSCORE;
      this.at += 1;
    }
    if (codeIn(this.text, this.at) === COMMA && spec.thousands === UNDERSCORE) {
      throw valueError("Cannot specify both ',' and '_'.");
    }
  }
  #type(): void {
    const spec = this.spec;
    if (this.at < this.text.length) {
      const code = codeIn(this.text, this.at);
      if (this.at + unitLength(code) < this.text.length) {
        throw valueError(`Invalid format specifier '${this.text}' for object of type '${this.typename}'`);
      }
      spec.type = code;
    }
    if (spec.thousands !== 0 && !allowsGrouping(spec.type, spec.thousands)) {
      const mark = String.fromCharCode(spec.thousands);
      throw valueError(`Cannot specify '${mark}' with ${shownCode(spec.type)}.`);
    }
  }
}

/** Types by their code: d e f g E G % F and none; with '_' also b o x X. */
function allowsGrouping(type: int, thousands: int): boolean {
  switch (type) {
    case 0:
    case 100:
    case 101:
    case 102:
    case 103:
    case 69:
    case 70:
    case 71:
    case 37:
      return true;
    case 98:
    case 111:
    case 120:
    case 88:
      return thousands === UNDERSCORE;
    default:
      return false;
  }
}

function shownCode(code: int): string {
  return code > 32 && code < 128 ? `'${String.fromCharCode(code)}'` : `'\\x${code.toString(16)}'`;
}

/** ValueError for a type that a class does not have. */
export function unknownCode(type: int, typename: string): OperationError {
  return valueError(`Unknown format code ${shownCode(type)} for object of type '${typename}'`);
}

export function parseStringSpec(text: string, typename: string): FormatSpec {
  return new SpecParser(text, typename, LESS, 115).parse(LESS);
}
export function parseNumberSpec(text: string, typename: string, type: int): FormatSpec {
  return new SpecParser(text, typename, GREATER, type).parse(GREATER);
}

/** Pads a text of `length` characters; '=' counts as '>'. */
export function padText(text: string, length: int, fill: string, align: int, width: int): string {
  const missing = width - length;
  if (missing <= 0) return text;
  if (align === LESS) return text + fill.repeat(missing);
  if (align === CARET) {
    const left: int = missing >> 1;
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }
  return fill.repeat(missing) + text;
}

/** Digits in groups of `size`, with leading zeros up to `least` characters, marks counted. */
function grouped(digits: string, size: int, mark: string, least: int): string {
  const parts: string[] = [];
  let remaining: int = digits.length;
  let wanted: int = least;
  for (;;) {
    const length: int = Math.min(size, Math.max(remaining, wanted, 1));
    const own: int = Math.min(remaining, length);
    parts.push("0".repeat(length - own) + digits.slice(remaining - own, remaining));
    remaining -= own;
    wanted -= length;
    if (remaining <= 0 && wanted <= 0) break;
    wanted -= 1;
  }
  parts.reverse();
  return parts.join(mark);
}

/** Puts a number together. `length` is the characters of `rest`. */
function assemble(spec: FormatSpec, negative: boolean, prefix: string, digits: string, rest: string): string {
  const sign = negative ? "-" : spec.sign === PLUS ? "+" : spec.sign === SPACE ? " " : "";
  const fixed = sign.length + prefix.length + rest.length;
  const zeros = spec.fill === "0" && spec.align === EQUALS;
  let body = digits;
  if (digits.length > 0 && spec.thousands !== 0) {
    const size: int = spec.type === 98 || spec.type === 111 || spec.type === 120 || spec.type === 88 ? 4 : 3;
    body = grouped(digits, size, spec.thousands === COMMA ? "," : "_", zeros ? spec.width - fixed : 0);
  }
  if (spec.align !== EQUALS) {
    const text = sign + prefix + body + rest;
    return padText(text, text.length, spec.fill, spec.align, spec.width);
  }
  const missing = spec.width - fixed - body.length;
  return sign + prefix + (missing > 0 ? spec.fill.repeat(missing) : "") + body + rest;
}

function isFloatType(type: int): boolean {
  return type === 101 || type === 102 || type === 103 || type === 69 || type === 70 || type === 71 || type === 37;
}

/** Radix of an integer type, 0 for others. */
function radixOf(type: int): int {
  switch (type) {
    case 98:
      return 2;
    case 111:
      return 8;
    case 100:
    case 110:
      return 10;
    case 120:
    case 88:
      return 16;
    default:
      return 0;
  }
}

const PREFIXES = new Map<int, string>([
  [98, "0b"],
  [111, "0o"],
  [120, "0x"],
  [88, "0X"],
]);

/** A specification for an int that is not to be written as a float; null: as a float. */
function intSpec(text: string, typename: string): FormatSpec | null {
  const spec = parseNumberSpec(text, typename, 100);
  if (isFloatType(spec.type)) return null;
  if (spec.type !== 99 && radixOf(spec.type) === 0) throw unknownCode(spec.type, typename);
  if (spec.precision >= 0) throw valueError("Precision not allowed in integer format specifier");
  if (spec.positiveZero) throw valueError("Negative zero coercion (z) not allowed in integer format specifier");
  if (spec.type !== 99) return spec;
  if (spec.sign !== 0) throw valueError("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) throw valueError("Alternate form (#) not allowed with integer format specifier 'c'");
  return spec;
}

function intText(spec: FormatSpec, digits: string): string {
  const negative = digits.startsWith("-");
  let magnitude = negative ? digits.slice(1) : digits;
  if (spec.type === 88) magnitude = magnitude.toUpperCase();
  return assemble(spec, negative, spec.alternate ? (PREFIXES.get(spec.type) ?? "") : "", magnitude, "");
}

function charText(spec: FormatSpec, code: int): string {
  if (code < 0 || code > 0x10ffff) throw overflowError("%c arg not in range(0x110000)");
  const align = spec.align;
  return padText(String.fromCodePoint(code), 1, spec.fill, align, spec.width);
}

/** `format(value, text)` of an int of a word. */
export function formatWord(value: int, text: string, typename: string): string {
  if (text.length === 0) return String(value);
  const spec = intSpec(text, typename);
  if (spec === null) return formatFloat(toFloat(value), text, typename);
  if (spec.type === 99) return charText(spec, value);
  return intText(spec, spec.type === 100 ? String(value) : value.toString(radixOf(spec.type)));
}

/** `format(value, text)` of an int beyond a word; `decimal` gives its decimal digits. */
export function formatBig(value: bigint, decimal: () => string, text: string, typename: string): string {
  if (text.length === 0) return decimal();
  const spec = intSpec(text, typename);
  if (spec === null) {
    const f: float = Number(value);
    if (!Number.isFinite(f)) throw overflowError("int too large to convert to float");
    return formatFloat(f, text, typename);
  }
  if (spec.type === 99) {
    if (BigInt.asIntN(64, value) === value) throw overflowError("%c arg not in range(0x110000)");
    throw overflowError("Python int too large to convert to C long");
  }
  const radix = radixOf(spec.type);
  return intText(spec, radix === 10 ? decimal() : value.toString(radix));
}

/** Magnitude of a finite float ≥ 0 by type and precision, without the percent sign. */
function magnitudeText(spec: FormatSpec, f: float): string {
  const precision: int = spec.precision < 0 ? 6 : spec.precision;
  switch (spec.type) {
    case 101:
    case 69:
      return formatExponent(f, precision, spec.alternate);
    case 102:
    case 70:
    case 37:
      return formatFixed(f, precision, spec.alternate);
    case 103:
    case 71:
    case 110:
      return formatGeneral(f, precision, spec.alternate, false);
    default:
      if (spec.precision >= 0) return formatGeneral(f, precision, spec.alternate, true);
      return spec.alternate ? withPoint(floatRepr(f)) : floatRepr(f);
  }
}

/** The '#' form of a repr such as `1e+16`. */
function withPoint(text: string): string {
  const e = text.indexOf("e");
  return e < 0 || text.includes(".") ? text : `${text.slice(0, e)}.${text.slice(e)}`;
}

function isZeroText(text: string): boolean {
  for (let i: int = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 101 || c === 69) return true;
    if (c > 48 && c <= 57) return false;
  }
  return true;
}

/** `format(f, text)`. */
export function formatFloat(f: float, text: string, typename: string): string {
  if (text.length === 0) return floatRepr(f);
  const spec = parseNumberSpec(text, typename, 0);
  if (spec.type !== 0 && spec.type !== 110 && !isFloatType(spec.type)) throw unknownCode(spec.type, typename);
  const percent = spec.type === 37;
  const value: float = percent ? f * 100.0 : f;
  let negative = value < 0 || (value === 0 && 1 / value < 0);
  let body: string;
  if (!Number.isFinite(value)) {
    body = Number.isNaN(value) ? "nan" : "inf";
  } else {
    body = magnitudeText(spec, Math.abs(value));
    if (spec.positiveZero && negative && isZeroText(body)) negative = false;
  }
  if (spec.type === 69 || spec.type === 70 || spec.type === 71) body = body.toUpperCase();
  if (percent) body += "%";
  let digits: int = 0;
  while (digits < body.length && body.charCodeAt(digits) >= 48 && body.charCodeAt(digits) <= 57) digits++;
  return assemble(spec, negative, "", body.slice(0, digits), body.slice(digits));
}
