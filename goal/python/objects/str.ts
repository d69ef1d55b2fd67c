// str: UTF-16 text; strings with characters beyond the basic plane keep their code points beside it, for indexing.
//
// `text` is always valid for output, comparison and hashing. `codes` is found when an index is first needed: null (not
// known yet), BASIC (every unit is a character), else the code points. Methods are in `strmethods.ts`.
import { type int, intFloorDiv } from "rtypescript/rlib";
import { W_Int } from "./int.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  indexError,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_MOD,
  OP_MUL,
  overflowError,
  typeError,
  W_Root,
} from "./root.ts";
import { indexObject, indexOf, sliceIndices, W_Slice } from "./slice.ts";
import { builtinType, type W_Instance, type W_Type } from "./type.ts";
import { isPrintable } from "./unicode.ts";

export const w_str = builtinType("str");
w_str.sequence = true;
export const w_str_iterator = builtinType("str_iterator");

const BASIC = new Int32Array(0);

export class W_Str extends W_Root {
  readonly text: string;
  #hash: int;
  #codes: Int32Array | null;

  constructor(text: string) {
    super();
    this.text = text;
    this.#hash = 0;
    this.#codes = null;
  }
  override getclass(): W_Type {
    return w_str;
  }
  override asStr(): W_Root | null {
    return this;
  }
  override str(): string {
    return this.text;
  }
  override repr(): string {
    return reprOfText(this.text);
  }
  override truth(): boolean {
    return this.text.length !== 0;
  }
  override hash(): int {
    const known = this.#hash;
    if (known !== 0) return known;
    const text = this.text;
    let h: int = 5381 + text.length;
    for (let i: int = 0; i < text.length; i++) h = (Math.imul(h, 1000003) ^ text.charCodeAt(i)) | 0;
    if (h === 0) h = 1;
    this.#hash = h;
    return h;
  }
  override is(w_other: W_Root): boolean {
    // One-character and empty strings are shared, as in CPython.
    if (this === w_other) return true;
    return w_other instanceof W_Str && this.text.length <= 1 && this.text === w_other.text;
  }
  override compare(op: int, w_other: W_Root): int {
    if (w_other instanceof W_Str) return compareTexts(op, this, w_other);
    const w_o = w_other.asStr();
    return w_o instanceof W_Str ? compareTexts(op, this, w_o) : NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (w_other instanceof W_Str) return this.concat(w_other);
      const w_o = w_other.asStr();
      if (w_o instanceof W_Str) return this.concat(w_o);
      throw typeError(`can only concatenate str (not "${w_other.typename()}") to str`);
    }
    if (op === OP_MUL) return this.repeat(w_other);
    if (op === OP_MOD) return formatHook.formatter === null ? null : formatHook.formatter.percent(this, w_other);
    return null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return op === OP_MUL ? this.repeat(w_left) : null;
  }
  concat(w_other: W_Str): W_Root {
    if (this.text.length === 0) return w_other;
    if (w_other.text.length === 0) return this;
    return new W_Str(this.text + w_other.text);
  }
  repeat(w_count: W_Root): W_Root | null {
    const w_n = indexObject(w_count);
    if (w_n === null) return null;
    if (!(w_n instanceof W_Int)) throw overflowError("cannot fit 'int' into an index-sized integer");
    return w_n.value <= 0 ? newstr("") : new W_Str(this.text.repeat(w_n.value));
  }

  /** Code points, or BASIC when each unit is a character. */
  #known(): Int32Array {
    const known = this.#codes;
    if (known !== null) return known;
    const found = hasAstral(this.text) ? codePoints(this.text) : BASIC;
    this.#codes = found;
    return found;
  }
  /** Is every UTF-16 unit a character? */
  isBasic(): boolean {
    return this.#known() === BASIC;
  }
  /** Declares that the text has no characters beyond the basic plane. */
  markBasic(): W_Str {
    this.#codes = BASIC;
    return this;
  }
  override len(): int {
    const codes = this.#known();
    return codes === BASIC ? this.text.length : codes.length;
  }
  /** Code point at an index within the string. */
  codeAt(i: int): int {
    const codes = this.#known();
    return codes === BASIC ? this.text.charCodeAt(i) : codes[i];
  }
  charAt(i: int): W_Root {
    return newchar(this.codeAt(i));
  }
  /** Characters `from` to `to`, both within the string. */
  substring(from: int, to: int): W_Str {
    if (from >= to) return w_empty;
    const codes = this.#known();
    if (codes === BASIC) {
      if (from === 0 && to === this.text.length) return this;
      if (to === from + 1) return newchar(this.text.charCodeAt(from));
      return new W_Str(this.text.slice(from, to)).markBasic();
    }
    return fromCodes(codes, from, to);
  }
  /** UTF-16 position of a character. */
  unitIndex(i: int): int {
    const codes = this.#known();
    if (codes === BASIC) return i;
    let unit: int = 0;
    for (let k: int = 0; k < i; k++) unit += codes[k] > 65535 ? 2 : 1;
    return unit;
  }
  /** Character that a UTF-16 position belongs to. */
  charIndex(unit: int): int {
    const codes = this.#known();
    if (codes === BASIC) return unit;
    let at: int = 0;
    let k: int = 0;
    while (at < unit && k < codes.length) {
      at += codes[k] > 65535 ? 2 : 1;
      k++;
    }
    return k;
  }

  override getitem(w_key: W_Root): W_Root {
    if (w_key instanceof W_Slice) return this.#slice(w_key);
    const n = this.len();
    let i: int = indexOf(w_key, "string");
    if (i < 0) i += n;
    if (i < 0 || i >= n) throw indexError("string index out of range");
    return this.charAt(i);
  }
  #slice(w_slice: W_Slice): W_Root {
    const range = sliceIndices(w_slice, this.len());
    if (range.step === 1) return this.substring(range.start, range.start + range.count);
    const codes = new Int32Array(range.count);
    for (let k: int = 0; k < range.count; k++) codes[k] = this.codeAt(range.start + k * range.step);
    return fromCodes(codes, 0, range.count);
  }
  override contains(w_item: W_Root): boolean | null {
    const w_o = w_item.asStr();
    if (w_o instanceof W_Str) return this.text.includes(w_o.text);
    throw typeError(`'in <string>' requires string as left operand, not ${w_item.typename()}`);
  }
  override iter(): W_Root {
    return new W_StrIterator(this);
  }
  override format(spec: string): string {
    if (spec.length === 0) return this.text;
    return formatHook.formatter === null ? this.text : formatHook.formatter.formatStr(this, spec);
  }
}

/** An instance of a subclass of str. */
export class W_StrSub extends W_Root {
  readonly w_payload: W_Str;
  readonly user: W_Instance;
  constructor(w_payload: W_Str, user: W_Instance) {
    super();
    this.w_payload = w_payload;
    this.user = user;
  }
  override getclass(): W_Type {
    return this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override asStr(): W_Root | null {
    return this.w_payload;
  }
  override str(): string {
    return this.w_payload.text;
  }
  override repr(): string {
    return this.w_payload.repr();
  }
  override truth(): boolean {
    return this.w_payload.truth();
  }
  override hash(): int {
    return this.w_payload.hash();
  }
  override compare(op: int, w_other: W_Root): int {
    return this.w_payload.compare(op, w_other);
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    return this.w_payload.binop(op, w_other);
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return this.w_payload.rbinop(op, w_left);
  }
  override len(): int {
    return this.w_payload.len();
  }
  override getitem(w_key: W_Root): W_Root {
    return this.w_payload.getitem(w_key);
  }
  override contains(w_item: W_Root): boolean | null {
    return this.w_payload.contains(w_item);
  }
  override iter(): W_Root {
    return this.w_payload.iter();
  }
  override format(spec: string): string {
    return this.w_payload.format(spec);
  }
}

class W_StrIterator extends W_Root {
  w_str: W_Str | null;
  index: int;
  constructor(w_of: W_Str) {
    super();
    this.w_str = w_of;
    this.index = 0;
  }
  override getclass(): W_Type {
    return w_str_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override lengthHint(): int {
    const w_of = this.w_str;
    return w_of === null ? 0 : w_of.len() - this.index;
  }
  override next(): W_Root | null {
    const w_of = this.w_str;
    if (w_of === null) return null;
    const i = this.index;
    if (i >= w_of.len()) {
      this.w_str = null;
      return null;
    }
    this.index = i + 1;
    return w_of.charAt(i);
  }
}

/** Formatting, defined above this file. */
export abstract class StrFormatter {
  /** `w_format % w_values`. */
  abstract percent(w_format: W_Str, w_values: W_Root): W_Root;
  /** `format(w_text, spec)` with a spec that is not empty. */
  abstract formatStr(w_text: W_Str, spec: string): string;
}
class FormatHook {
  formatter: StrFormatter | null;
  constructor() {
    this.formatter = null;
  }
}
export const formatHook = new FormatHook();

export const w_empty: W_Str = new W_Str("").markBasic();
const w_latin: W_Str[] = [];
for (let i = 0; i < 256; i++) w_latin.push(new W_Str(String.fromCharCode(i)).markBasic());

/** The str of this text. */
export function newstr(text: string): W_Str {
  return new W_Str(text);
}
/** The str of one character. */
export function newchar(code: int): W_Str {
  if (code < 256) return w_latin[code];
  if (code < 65536) return new W_Str(String.fromCharCode(code)).markBasic();
  return new W_Str(String.fromCodePoint(code));
}

export function isHighSurrogate(unit: int): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
function hasAstral(text: string): boolean {
  for (let i: int = 0; i + 1 < text.length; i++) {
    if (isHighSurrogate(text.charCodeAt(i)) && text.charCodeAt(i + 1) >= 0xdc00 && text.charCodeAt(i + 1) < 0xe000) {
      return true;
    }
  }
  return false;
}

/** The code points of a text. */
export function codePoints(text: string): Int32Array {
  let count: int = 0;
  for (let i: int = 0; i < text.length; i++) {
    if ((text.codePointAt(i) ?? 0) > 65535) i++;
    count++;
  }
  const codes = new Int32Array(count);
  let k: int = 0;
  for (let i: int = 0; i < text.length; i++) {
    const code: int = text.codePointAt(i) ?? 0;
    if (code > 65535) i++;
    codes[k] = code;
    k++;
  }
  return codes;
}

/** The str of code points `from` to `to`. */
export function fromCodes(codes: Int32Array, from: int, to: int): W_Str {
  const parts: string[] = [];
  for (let i: int = from; i < to; i++) parts.push(String.fromCodePoint(codes[i]));
  return new W_Str(parts.join(""));
}

function compareTexts(op: int, w_a: W_Str, w_b: W_Str): int {
  const a = w_a.text;
  const b = w_b.text;
  let result = false;
  switch (op) {
    case CMP_EQ:
      result = a === b;
      break;
    case CMP_NE:
      result = a !== b;
      break;
    case CMP_LT:
      result = textLess(a, b);
      break;
    case CMP_LE:
      result = !textLess(b, a);
      break;
    case CMP_GT:
      result = textLess(b, a);
      break;
    case CMP_GE:
      result = !textLess(a, b);
      break;
  }
  return result ? 1 : 0;
}

/** Order by code points: UTF-16 order but for surrogates, which stand above the rest of the basic plane. */
export function textLess(a: string, b: string): boolean {
  const n = Math.min(a.length, b.length);
  for (let i: int = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      if (x >= 0xd800 && y >= 0xd800) return rank(x) < rank(y);
      return x < y;
    }
  }
  return a.length < b.length;
}
function rank(unit: int): int {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function hex(value: int, width: int): string {
  return value.toString(16).padStart(width, "0");
}

/** Could the text be its own repr between single quotes? */
function isSimple(text: string): boolean {
  for (let i: int = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 32 || c > 126 || c === 39 || c === 92) return false;
  }
  return true;
}

/** `repr` of a str with this text. */
export function reprOfText(text: string): string {
  if (isSimple(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const parts: string[] = [quote];
  for (let i: int = 0; i < text.length; i++) {
    const code: int = text.codePointAt(i) ?? 0;
    if (code > 65535) i++;
    parts.push(reprOfChar(code, quote));
  }
  parts.push(quote);
  return parts.join("");
}

function reprOfChar(code: int, quote: string): string {
  if (code === 92) return "\\\\";
  if (code === quote.charCodeAt(0)) return `\\${quote}`;
  if (code === 10) return "\\n";
  if (code === 13) return "\\r";
  if (code === 9) return "\\t";
  if (code < 32 || code === 127) return `\\x${hex(code, 2)}`;
  if (code < 127) return String.fromCharCode(code);
  if (isPrintable(code)) return String.fromCodePoint(code);
  if (code < 256) return `\\x${hex(code, 2)}`;
  return code < 65536 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** The least multiple of `width` above `column`: tab stops. */
export function nextTabStop(column: int, width: int): int {
  return (intFloorDiv(column, width) + 1) * width;
}
