// `%` formatting of str and bytes: `format % values`.
//
// The format is read once from left to right as Latin-1 or UTF-16 text; for bytes it is a text of characters below 256
// and so is the result. Conversions differ between the two only in `%c`, `%s`, `%b`, `%r`, `%a`.
import { type float, type int, toFloat } from "rtypescript/rlib";
import { BytesFormatter, bytesHook, bytesOfText, latinText, W_Buffer, type W_BytesLike } from "./bytes.ts";
import { numberValue } from "./float.ts";
import { formatExponent, formatFixed, formatGeneral } from "./floatdigits.ts";
import { padText, parseStringSpec, unknownCode } from "./formatspec.ts";
import { bigOf, bigToText, intFromFloat, W_Int } from "./int.ts";
import { type OperationError, overflowError, typeError, valueError, type W_Root } from "./root.ts";
import { indexObject } from "./slice.ts";
import { asciiText, callBound0, getitem, repr, str, userMethod } from "./space.ts";
import { formatHook, newstr, StrFormatter, W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";

const PERCENT: int = 37;

/** One `%…` specification. */
class Conversion {
  left: boolean;
  plus: boolean;
  blank: boolean;
  alternate: boolean;
  zero: boolean;
  width: int;
  /** −1 absent. */
  precision: int;
  constructor() {
    this.left = false;
    this.plus = false;
    this.blank = false;
    this.alternate = false;
    this.zero = false;
    this.width = 0;
    this.precision = -1;
  }
}

/** A format being applied to values. */
class PercentFormat {
  readonly format: string;
  readonly bytes: boolean;
  readonly parts: string[];
  /** The right operand. */
  readonly w_values: W_Root;
  readonly tuple: W_Root[] | null;
  /** The right operand when it may be looked up in by `%(name)`. */
  readonly w_mapping: W_Root | null;
  used: int;
  /** Has a mapping been looked up in? Then left-over values are no error. */
  mapped: boolean;
  /** What the next conversion takes in place of the next value. */
  w_named: W_Root | null;
  at: int;

  constructor(format: string, w_values: W_Root, bytes: boolean) {
    this.format = format;
    this.bytes = bytes;
    this.parts = [];
    this.w_values = w_values;
    this.tuple = w_values instanceof W_Tuple ? w_values.items : null;
    const mapping = this.tuple === null && isMapping(w_values);
    this.w_mapping = mapping ? w_values : null;
    this.used = 0;
    this.mapped = false;
    this.w_named = null;
    this.at = 0;
  }

  nextValue(): W_Root {
    const w_named = this.w_named;
    if (w_named !== null) return w_named;
    const tuple = this.tuple;
    if (tuple === null) {
      if (this.used > 0) throw typeError("not enough arguments for format string");
      this.used = 1;
      return this.w_values;
    }
    if (this.used >= tuple.length) throw typeError("not enough arguments for format string");
    this.used += 1;
    return tuple[this.used - 1];
  }

  /** The next character, −1 at the end. */
  peek(): int {
    return this.at < this.format.length ? this.format.charCodeAt(this.at) : -1;
  }

  run(): string {
    const format = this.format;
    const n = format.length;
    while (this.at < n) {
      const mark: int = format.indexOf("%", this.at);
      if (mark < 0) {
        this.parts.push(format.slice(this.at));
        break;
      }
      if (mark > this.at) this.parts.push(format.slice(this.at, mark));
      this.at = mark + 1;
      this.#one();
      this.w_named = null;
    }
    const left = this.tuple === null ? this.used === 0 : this.used < this.tuple.length;
    if (left && this.w_mapping === null && !this.mapped) {
      throw typeError(`not all arguments converted during ${this.bytes ? "bytes" : "string"} formatting`);
    }
    return this.parts.join("");
  }

  #one(): void {
    if (this.peek() === PERCENT) {
      this.at += 1;
      this.parts.push("%");
      return;
    }
    if (this.peek() === 40) this.#key();
    const spec = new Conversion();
    this.#flags(spec);
    if (this.peek() === 42) {
      spec.width = this.#star();
      if (spec.width < 0) {
        spec.left = true;
        spec.width = 0 - spec.width;
      }
    } else spec.width = this.#digits("width too big");
    if (this.peek() === 46) {
      this.at += 1;
      if (this.peek() === 42) spec.precision = Math.max(0, this.#star());
      else spec.precision = this.#digits(this.bytes ? "prec too big" : "precision too big");
    }
    const size = this.peek();
    if (size === 104 || size === 108 || size === 76) this.at += 1;
    if (this.at >= this.format.length) throw valueError("incomplete format");
    const type: int = this.format.codePointAt(this.at) ?? 0;
    this.at += type > 65535 ? 2 : 1;
    if (type === PERCENT) this.parts.push("%");
    else this.parts.push(this.#convert(spec, type));
  }

  /** `(name)`: the value of the conversion. */
  #key(): void {
    if (this.w_mapping === null) throw typeError("format requires a mapping");
    this.at += 1;
    const start = this.at;
    let depth: int = 1;
    while (this.at < this.format.length) {
      const c = this.peek();
      this.at += 1;
      if (c === 41) {
        depth--;
        if (depth === 0) break;
      } else if (c === 40) depth++;
    }
    if (depth > 0) throw valueError("incomplete format key");
    const key = this.format.slice(start, this.at - 1);
    const w_key: W_Root = this.bytes ? bytesOfText(key) : newstr(key);
    this.w_named = getitem(this.w_mapping, w_key);
    this.mapped = true;
  }

  #flags(spec: Conversion): void {
    for (;;) {
      switch (this.peek()) {
        case 45:
          spec.left = true;
          break;
        case 43:
          spec.plus = true;
          break;
        case 32:
          spec.blank = true;
          break;
        case 35:
          spec.alternate = true;
          break;
        case 48:
          spec.zero = true;
          break;
        default:
          return;
      }
      this.at += 1;
    }
  }

  #star(): int {
    this.at += 1;
    const w_n = this.nextValue().asInt();
    if (w_n === null) throw typeError("* wants int");
    if (!(w_n instanceof W_Int)) throw overflowError("Python int too large to convert to C int");
    return w_n.value;
  }

  #digits(tooBig: string): int {
    let value: int = 0;
    for (;;) {
      const digit = this.peek() - 48;
      if (digit < 0 || digit > 9) return value;
      value = value * 10 + digit;
      if (value > 2147483647) throw valueError(tooBig);
      this.at += 1;
    }
  }

  #convert(spec: Conversion, type: int): string {
    switch (type) {
      case 115: // s
        return this.bytes ? this.#octets(spec) : textOf(spec, str(this.nextValue()));
      case 98: // b
        if (!this.bytes) break;
        return this.#octets(spec);
      case 114: // r
        return textOf(spec, this.bytes ? asciiText(repr(this.nextValue())) : repr(this.nextValue()));
      case 97: // a
        return textOf(spec, asciiText(repr(this.nextValue())));
      case 99: // c
        return textOf(spec, this.#char());
      case 100:
      case 105:
      case 117:
      case 111:
      case 120:
      case 88:
        return intOf(spec, type, this.nextValue());
      case 101:
      case 69:
      case 102:
      case 70:
      case 103:
      case 71:
        return floatOf(spec, type, this.nextValue());
    }
    throw this.#unsupported(type);
  }

  #unsupported(type: int): OperationError {
    const at = this.at - (type > 65535 ? 2 : 1);
    const shown = type > 31 && type < 128 ? String.fromCharCode(type) : this.bytes ? "?" : String.fromCodePoint(type);
    let index: int = at;
    if (!this.bytes) index = new W_Str(this.format).charIndex(at);
    return valueError(`unsupported format character '${shown}' (0x${type.toString(16)}) at index ${index}`);
  }

  #char(): string {
    const w_value = this.nextValue();
    if (this.bytes) return byteChar(w_value);
    const w_text = w_value.asStr();
    if (w_text instanceof W_Str) {
      if (w_text.len() === 1) return w_text.text;
      throw typeError("%c requires int or char");
    }
    const w_code = w_value.asFloat() === null ? indexObject(w_value) : null;
    if (w_code === null) throw typeError("%c requires int or char");
    if (!(w_code instanceof W_Int) || w_code.value < 0 || w_code.value > 0x10ffff) {
      throw overflowError("%c arg not in range(0x110000)");
    }
    return String.fromCodePoint(w_code.value);
  }

  #octets(spec: Conversion): string {
    const w_value = this.nextValue();
    const data = octetsOf(w_value);
    const n: int = spec.precision >= 0 && spec.precision < data.length ? spec.precision : data.length;
    return padded(spec, latinText(data, 0, n), n);
  }
}

/** May `%(name)s` look names up in the object? */
function isMapping(w_x: W_Root): boolean {
  if (w_x.asStr() !== null || w_x instanceof W_Buffer) return false;
  return w_x.getclass().lookup("__getitem__") !== null;
}

function octetsOf(w_value: W_Root): Uint8Array {
  if (w_value instanceof W_Buffer) return w_value.contents();
  const w_method = w_value.getclass().lookup("__bytes__");
  if (w_method !== null) {
    const w_bytes = callBound0(w_method, w_value);
    if (w_bytes instanceof W_Buffer) return w_bytes.contents();
  }
  throw typeError(
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${w_value.typename()}'`,
  );
}

function byteChar(w_value: W_Root): string {
  if (w_value instanceof W_Buffer) {
    const data = w_value.contents();
    if (data.length === 1) return String.fromCharCode(data[0]);
    throw typeError("%c requires an integer in range(256) or a single byte");
  }
  const w_code = w_value.asFloat() === null ? indexObject(w_value) : null;
  if (w_code === null) throw typeError("%c requires an integer in range(256) or a single byte");
  if (!(w_code instanceof W_Int) || w_code.value < 0 || w_code.value > 255) {
    throw overflowError("%c arg not in range(256)");
  }
  return String.fromCharCode(w_code.value);
}

function padded(spec: Conversion, text: string, length: int): string {
  return padText(text, length, " ", spec.left ? 60 : 62, spec.width);
}

/** A text cut to the precision and padded, in characters. */
function textOf(spec: Conversion, text: string): string {
  if (spec.precision < 0 && spec.width === 0) return text;
  let w_text = newstr(text);
  if (spec.precision >= 0 && spec.precision < w_text.len()) w_text = w_text.substring(0, spec.precision);
  return padded(spec, w_text.text, w_text.len());
}

/** Sign, prefix and digits put together. */
function numberOf(spec: Conversion, negative: boolean, prefix: string, digits: string, zero: boolean): string {
  const sign = negative ? "-" : spec.plus ? "+" : spec.blank ? " " : "";
  const length = sign.length + prefix.length + digits.length;
  if (zero && !spec.left && length < spec.width) return sign + prefix + "0".repeat(spec.width - length) + digits;
  return padded(spec, sign + prefix + digits, length);
}

function typeChar(type: int): string {
  return String.fromCharCode(type);
}

/** The int that an integer conversion shows. */
function intValue(type: int, w_value: W_Root): W_Root {
  const w_i = w_value.asInt();
  if (w_i !== null) return w_i;
  const hexLike = type === 111 || type === 120 || type === 88;
  if (!hexLike) {
    const f = w_value.asFloat() === null ? null : numberValue(w_value);
    if (f !== null) {
      if (Number.isNaN(f)) throw valueError("cannot convert float NaN to integer");
      if (!Number.isFinite(f)) throw overflowError("cannot convert float infinity to integer");
      return intFromFloat(f);
    }
    const w_method = userMethod(w_value, "__int__");
    if (w_method !== null) {
      const w_result = callBound0(w_method, w_value).asInt();
      if (w_result !== null) return w_result;
    }
  }
  const w_index = indexObject(w_value);
  if (w_index !== null) return w_index;
  const wanted = hexLike ? "an integer is" : "a real number is";
  throw typeError(`%${typeChar(type)} format: ${wanted} required, not ${w_value.typename()}`);
}

function intOf(spec: Conversion, type: int, w_value: W_Root): string {
  const w_i = intValue(type, w_value);
  const radix: int = type === 111 ? 8 : type === 120 || type === 88 ? 16 : 10;
  let digits: string;
  if (w_i instanceof W_Int) digits = radix === 10 ? String(w_i.value) : w_i.value.toString(radix);
  else digits = radix === 10 ? bigToText(bigOf(w_i)) : bigOf(w_i).toString(radix);
  const negative = digits.startsWith("-");
  if (negative) digits = digits.slice(1);
  if (type === 88) digits = digits.toUpperCase();
  if (spec.precision > digits.length) digits = digits.padStart(spec.precision, "0");
  const prefix = !spec.alternate ? "" : type === 120 ? "0x" : type === 88 ? "0X" : type === 111 ? "0o" : "";
  return numberOf(spec, negative, prefix, digits, spec.zero);
}

/** The float that a float conversion shows. */
function floatValue(w_value: W_Root): float {
  const f = numberValue(w_value);
  if (f !== null) return f;
  const w_method = userMethod(w_value, "__float__");
  if (w_method !== null) {
    const w_result = callBound0(w_method, w_value);
    const value = w_result.asFloat() === null ? null : numberValue(w_result);
    if (value === null) {
      throw typeError(`${w_value.typename()}.__float__ returned non-float (type ${w_result.typename()})`);
    }
    return value;
  }
  const w_i = indexObject(w_value);
  if (w_i instanceof W_Int) return toFloat(w_i.value);
  throw typeError(`must be real number, not ${w_value.typename()}`);
}

function floatOf(spec: Conversion, type: int, w_value: W_Root): string {
  const f = floatValue(w_value);
  const negative = f < 0 || (f === 0 && 1 / f < 0);
  const precision: int = spec.precision < 0 ? 6 : spec.precision;
  const upper = type < 97;
  let digits: string;
  if (!Number.isFinite(f)) digits = Number.isNaN(f) ? "nan" : "inf";
  else {
    const size: float = Math.abs(f);
    if (type === 101 || type === 69) digits = formatExponent(size, precision, spec.alternate);
    else if (type === 102 || type === 70) digits = formatFixed(size, precision, spec.alternate);
    else digits = formatGeneral(size, precision, spec.alternate, false);
  }
  return numberOf(spec, negative, "", upper ? digits.toUpperCase() : digits, spec.zero);
}

class TextFormatter extends StrFormatter {
  override percent(w_format: W_Str, w_values: W_Root): W_Root {
    return newstr(new PercentFormat(w_format.text, w_values, false).run());
  }
  override formatStr(w_text: W_Str, spec: string): string {
    return formatText(w_text, spec, "str");
  }
}
formatHook.formatter = new TextFormatter();

class OctetFormatter extends BytesFormatter {
  override percent(w_format: W_BytesLike, w_values: W_Root): W_Root {
    const text = new PercentFormat(w_format.latin(), w_values, true).run();
    const data = bytesOfText(text).data;
    return w_format.make(data);
  }
}
bytesHook.formatter = new OctetFormatter();

/** `format(text, spec)` */
export function formatText(w_text: W_Str, text: string, typename: string): string {
  const spec = parseStringSpec(text, typename);
  if (spec.type !== 115) throw unknownCode(spec.type, typename);
  if (spec.sign === 32) throw valueError("Space not allowed in string format specifier");
  if (spec.sign !== 0) throw valueError("Sign not allowed in string format specifier");
  if (spec.positiveZero) throw valueError("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) throw valueError("Alternate form (#) not allowed in string format specifier");
  if (spec.align === 61) throw valueError("'=' alignment not allowed in string format specifier");
  const n = w_text.len();
  const w_cut = spec.precision >= 0 && spec.precision < n ? w_text.substring(0, spec.precision) : w_text;
  return padText(w_cut.text, w_cut.len(), spec.fill, spec.align, spec.width);
}
