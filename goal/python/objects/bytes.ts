// bytes and bytearray: octets in a Uint8Array. Methods are in `bytesmethods.ts`.
//
// `data` may be longer than `size` in a bytearray, which grows by half; in bytes they agree and never change. Other
// objects with octets (memoryview, array) derive from W_Buffer and give a view by `contents`.
import { type int, intFloorDiv } from "rtypescript/rlib";
import { newint, W_Int } from "./int.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  KIND_MemoryError,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_MOD,
  OP_MUL,
  operationError,
  overflowError,
  typeError,
  valueError,
  W_Root,
} from "./root.ts";
import { indexObject, indexOf, requireIndex, type SliceRange, sliceIndices, W_Slice } from "./slice.ts";
import { unpack } from "./space.ts";
import { builtinType, type W_Instance, type W_Type } from "./type.ts";

export const w_bytes = builtinType("bytes");
w_bytes.sequence = true;
export const w_bytearray = builtinType("bytearray");
w_bytearray.sequence = true;
export const w_bytes_iterator = builtinType("bytes_iterator");
export const w_bytearray_iterator = builtinType("bytearray_iterator");

/** An object with octets that others may read: the buffer protocol. */
export abstract class W_Buffer extends W_Root {
  /** The octets, all of them and no more. Not to be written to or kept: it may be the object's own storage. */
  abstract contents(): Uint8Array;
}

/** The octets of a buffer, null for other objects. */
export function bufferContents(w_x: W_Root): Uint8Array | null {
  return w_x instanceof W_Buffer ? w_x.contents() : null;
}

/** The octets of a buffer or TypeError. */
export function requireBuffer(w_x: W_Root): Uint8Array {
  if (w_x instanceof W_Buffer) return w_x.contents();
  throw typeError(`a bytes-like object is required, not '${w_x.typename()}'`);
}

export function copyOctets(from: Uint8Array, at: int, to: Uint8Array, start: int, count: int): void {
  if (at >= start || from !== to) for (let i: int = 0; i < count; i++) to[start + i] = from[at + i];
  else for (let i: int = count - 1; i >= 0; i--) to[start + i] = from[at + i];
}

export abstract class W_BytesLike extends W_Buffer {
  data: Uint8Array;
  size: int;
  user: W_Instance | null;
  constructor(data: Uint8Array) {
    super();
    this.data = data;
    this.size = data.length;
    this.user = null;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  /** An object of the same built-in class with these octets, which it may keep. */
  abstract make(data: Uint8Array): W_BytesLike;
  override contents(): Uint8Array {
    return this.data.length === this.size ? this.data : this.data.slice(0, this.size);
  }
  override asBytes(): W_Root | null {
    return newbytes(this.data.slice(0, this.size));
  }
  /** The text whose characters are the octets. */
  latin(): string {
    return latinText(this.data, 0, this.size);
  }
  override truth(): boolean {
    return this.size !== 0;
  }
  override len(): int {
    return this.size;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Buffer)) return NOT_IMPLEMENTED;
    return compareOctets(op, this.contents(), w_other.contents());
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) return this.#concat(w_other);
    if (op === OP_MUL) return this.#repeat(w_other);
    if (op === OP_MOD) return bytesHook.formatter === null ? null : bytesHook.formatter.percent(this, w_other);
    return null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return op === OP_MUL ? this.#repeat(w_left) : null;
  }
  #concat(w_other: W_Root): W_Root {
    if (!(w_other instanceof W_Buffer)) throw typeError(`can't concat ${w_other.typename()} to ${this.typename()}`);
    const right = w_other.contents();
    const data = new Uint8Array(this.size + right.length);
    copyOctets(this.data, 0, data, 0, this.size);
    copyOctets(right, 0, data, this.size, right.length);
    return this.make(data);
  }
  /** The octets `count` times; null when the count is no integer. */
  repeated(w_count: W_Root): Uint8Array | null {
    const w_n = w_count.asInt();
    if (w_n === null) return null;
    if (!(w_n instanceof W_Int)) throw overflowError("cannot fit 'int' into an index-sized integer");
    const n: int = w_n.value < 0 ? 0 : w_n.value;
    const size = this.size;
    if (size > 0 && n > intFloorDiv(1073741823, size) * 8) throw operationError(KIND_MemoryError, "");
    const data = new Uint8Array(size * n);
    for (let k: int = 0; k < n; k++) copyOctets(this.data, 0, data, k * size, size);
    return data;
  }
  #repeat(w_count: W_Root): W_Root | null {
    const data = this.repeated(w_count);
    return data === null ? null : this.make(data);
  }
  /** Octets of a slice. */
  sliceOctets(range: SliceRange): Uint8Array {
    if (range.step === 1) return this.data.slice(range.start, range.start + range.count);
    const data = new Uint8Array(range.count);
    for (let k: int = 0; k < range.count; k++) data[k] = this.data[range.start + k * range.step];
    return data;
  }
  override contains(w_item: W_Root): boolean | null {
    if (w_item instanceof W_Buffer) {
      const part = w_item.contents();
      return findOctets(this.data, 0, this.size, part) >= 0;
    }
    const w_i = indexObject(w_item);
    if (w_i === null) throw typeError(`a bytes-like object is required, not '${w_item.typename()}'`);
    const octet = octetOf(w_i);
    for (let i: int = 0; i < this.size; i++) if (this.data[i] === octet) return true;
    return false;
  }
  override iter(): W_Root {
    return new W_BytesIterator(this);
  }
  override itemsCopy(): W_Root[] | null {
    const items: W_Root[] = [];
    for (let i: int = 0; i < this.size; i++) items.push(newint(this.data[i]));
    return items;
  }
}

export class W_Bytes extends W_BytesLike {
  #hash: int;
  constructor(data: Uint8Array) {
    super(data);
    this.#hash = 0;
  }
  override getclass(): W_Type {
    return this.user === null ? w_bytes : this.user.shape.w_class;
  }
  override asBytes(): W_Root | null {
    return this;
  }
  override make(data: Uint8Array): W_BytesLike {
    return new W_Bytes(data);
  }
  override repr(): string {
    return reprOfOctets(this.data, this.size, false);
  }
  override hash(): int {
    if (this.#hash !== 0) return this.#hash;
    let h: int = 5381 + this.size;
    for (let i: int = 0; i < this.size; i++) h = (Math.imul(h, 1000003) ^ this.data[i]) | 0;
    if (h === 0) h = 1;
    this.#hash = h;
    return h;
  }
  override getitem(w_key: W_Root): W_Root {
    if (w_key instanceof W_Slice) {
      const range = sliceIndices(w_key, this.size);
      if (range.count === this.size && range.step === 1 && this.user === null) return this;
      return new W_Bytes(this.sliceOctets(range));
    }
    return newint(this.data[requireIndex(indexOf(w_key, "byte"), this.size, "index out of range")]);
  }
}

export class W_ByteArray extends W_BytesLike {
  override getclass(): W_Type {
    return this.user === null ? w_bytearray : this.user.shape.w_class;
  }
  override make(data: Uint8Array): W_BytesLike {
    return new W_ByteArray(data);
  }
  override repr(): string {
    return `${this.getclass().name}(${reprOfOctets(this.data, this.size, true)})`;
  }
  override hash(): int {
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
  /** Makes room for `extra` more octets. */
  reserve(extra: int): void {
    const needed = this.size + extra;
    if (needed <= this.data.length) return;
    const data = new Uint8Array(needed + (needed >> 1) + 8);
    copyOctets(this.data, 0, data, 0, this.size);
    this.data = data;
  }
  append(octet: int): void {
    this.reserve(1);
    this.data[this.size] = octet;
    this.size += 1;
  }
  /** Replaces `count` octets from `at` by `values`. */
  replaceRange(at: int, count: int, values: Uint8Array): void {
    const grow = values.length - count;
    if (grow > 0) this.reserve(grow);
    const tail = this.size - at - count;
    copyOctets(this.data, at + count, this.data, at + values.length, tail);
    copyOctets(values, 0, this.data, at, values.length);
    this.size += grow;
  }
  override ibinop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (!(w_other instanceof W_Buffer)) throw typeError(`can't concat ${w_other.typename()} to ${this.typename()}`);
      this.replaceRange(this.size, 0, w_other === this ? this.data.slice(0, this.size) : w_other.contents());
      return this;
    }
    if (op !== OP_MUL) return null;
    const data = this.repeated(w_other);
    if (data === null) return null;
    this.data = data;
    this.size = data.length;
    return this;
  }
  override getitem(w_key: W_Root): W_Root {
    if (w_key instanceof W_Slice) return new W_ByteArray(this.sliceOctets(sliceIndices(w_key, this.size)));
    return newint(this.data[requireIndex(indexOf(w_key, "bytearray"), this.size, "bytearray index out of range")]);
  }
  override setitem(w_key: W_Root, w_value: W_Root): void {
    if (w_key instanceof W_Slice) {
      this.#setSlice(w_key, w_value === this ? this.data.slice(0, this.size) : octetsOfValue(w_value));
      return;
    }
    const i = requireIndex(indexOf(w_key, "bytearray"), this.size, "bytearray index out of range");
    this.data[i] = octetOf(w_value);
  }
  #setSlice(w_slice: W_Slice, values: Uint8Array): void {
    const range = sliceIndices(w_slice, this.size);
    if (range.step === 1) {
      this.replaceRange(range.start, range.count, values);
      return;
    }
    if (values.length === 0) {
      this.delitem(w_slice);
      return;
    }
    if (values.length !== range.count) {
      throw valueError(`attempt to assign bytes of size ${values.length} to extended slice of size ${range.count}`);
    }
    for (let k: int = 0; k < range.count; k++) this.data[range.start + k * range.step] = values[k];
  }
  override delitem(w_key: W_Root): void {
    if (!(w_key instanceof W_Slice)) {
      const i = requireIndex(indexOf(w_key, "bytearray"), this.size, "bytearray index out of range");
      this.replaceRange(i, 1, NO_OCTETS);
      return;
    }
    const range = sliceIndices(w_key, this.size);
    if (range.step === 1) {
      this.replaceRange(range.start, range.count, NO_OCTETS);
      return;
    }
    const step = range.step < 0 ? 0 - range.step : range.step;
    const first = range.step < 0 ? range.start + (range.count - 1) * range.step : range.start;
    const last = first + (range.count - 1) * step;
    let kept: int = 0;
    for (let i: int = 0; i < this.size; i++) {
      if (range.count > 0 && i >= first && i <= last && (i - first) % step === 0) continue;
      this.data[kept] = this.data[i];
      kept++;
    }
    this.size = kept;
  }
}

class W_BytesIterator extends W_Root {
  w_of: W_BytesLike | null;
  readonly mutable: boolean;
  index: int;
  constructor(w_of: W_BytesLike) {
    super();
    this.w_of = w_of;
    this.mutable = w_of instanceof W_ByteArray;
    this.index = 0;
  }
  override getclass(): W_Type {
    return this.mutable ? w_bytearray_iterator : w_bytes_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override lengthHint(): int {
    return this.w_of === null ? 0 : this.w_of.size - this.index;
  }
  override next(): W_Root | null {
    const w_of = this.w_of;
    if (w_of === null) return null;
    const i = this.index;
    if (i >= w_of.size) {
      this.w_of = null;
      return null;
    }
    this.index = i + 1;
    return newint(w_of.data[i]);
  }
}

/** `%` on bytes, defined above this file. */
export abstract class BytesFormatter {
  abstract percent(w_format: W_BytesLike, w_values: W_Root): W_Root;
}
class BytesHook {
  formatter: BytesFormatter | null;
  constructor() {
    this.formatter = null;
  }
}
export const bytesHook = new BytesHook();

const NO_OCTETS = new Uint8Array(0);
export const w_emptyBytes = new W_Bytes(NO_OCTETS);

/** The bytes of these octets, which are kept. */
export function newbytes(data: Uint8Array): W_Bytes {
  return data.length === 0 ? w_emptyBytes : new W_Bytes(data);
}
/** The bytes of a list of numbers 0…255. */
export function bytesOfList(octets: readonly int[]): W_Bytes {
  const data = new Uint8Array(octets.length);
  for (let i: int = 0; i < octets.length; i++) data[i] = octets[i];
  return newbytes(data);
}
/** The bytes of a text of characters below 256. */
export function bytesOfText(text: string): W_Bytes {
  const data = new Uint8Array(text.length);
  for (let i: int = 0; i < text.length; i++) data[i] = text.charCodeAt(i);
  return newbytes(data);
}
/** The text whose characters are the octets `from` to `to`. */
export function latinText(data: Uint8Array, from: int, to: int): string {
  const parts: string[] = [];
  let text = "";
  for (let i: int = from; i < to; i++) {
    text += String.fromCharCode(data[i]);
    if (text.length >= 4096) {
      parts.push(text);
      text = "";
    }
  }
  return parts.length === 0 ? text : parts.join("") + text;
}

/** An octet from an int-like object. */
export function octetOf(w_value: W_Root, noun: string = "byte"): int {
  const w_i = indexObject(w_value);
  if (w_i === null) throw typeError(`'${w_value.typename()}' object cannot be interpreted as an integer`);
  if (!(w_i instanceof W_Int) || w_i.value < 0 || w_i.value > 255) throw valueError(`${noun} must be in range(0, 256)`);
  return w_i.value;
}

/** The octets of a buffer, or of an iterable of ints. */
export function octetsOfValue(w_value: W_Root): Uint8Array {
  if (w_value instanceof W_Buffer) return w_value.contents();
  if (w_value.asStr() !== null || w_value.asInt() !== null) {
    throw typeError(`can assign only bytes, buffers, or iterables of ints in range(0, 256)`);
  }
  return octetsOfIterable(w_value);
}
export function octetsOfIterable(w_value: W_Root, noun: string = "byte"): Uint8Array {
  const items = unpack(w_value);
  const data = new Uint8Array(items.length);
  for (let i: int = 0; i < items.length; i++) data[i] = octetOf(items[i], noun);
  return data;
}

/** 1 or 0: lexicographic comparison. */
export function compareOctets(op: int, a: Uint8Array, b: Uint8Array): int {
  const order = orderOfOctets(a, b);
  let result = false;
  switch (op) {
    case CMP_EQ:
      result = order === 0;
      break;
    case CMP_NE:
      result = order !== 0;
      break;
    case CMP_LT:
      result = order < 0;
      break;
    case CMP_LE:
      result = order <= 0;
      break;
    case CMP_GT:
      result = order > 0;
      break;
    case CMP_GE:
      result = order >= 0;
      break;
  }
  return result ? 1 : 0;
}
function orderOfOctets(a: Uint8Array, b: Uint8Array): int {
  const n = Math.min(a.length, b.length);
  for (let i: int = 0; i < n; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

function matchesAt(data: Uint8Array, at: int, part: Uint8Array): boolean {
  for (let k: int = 0; k < part.length; k++) if (data[at + k] !== part[k]) return false;
  return true;
}

/** First position of `part` within `from … to`, −1 without. */
export function findOctets(data: Uint8Array, from: int, to: int, part: Uint8Array): int {
  const last = to - part.length;
  if (part.length === 0) return from <= to ? from : -1;
  const first = part[0];
  for (let i: int = from; i <= last; i++) if (data[i] === first && matchesAt(data, i, part)) return i;
  return -1;
}
/** Last position of `part` within `from … to`, −1 without. */
export function rfindOctets(data: Uint8Array, from: int, to: int, part: Uint8Array): int {
  for (let i: int = to - part.length; i >= from; i--) if (matchesAt(data, i, part)) return i;
  return -1;
}

function reprOfOctet(octet: int, quote: int): string {
  if (octet === quote || octet === 92) return `\\${String.fromCharCode(octet)}`;
  if (octet === 9) return "\\t";
  if (octet === 10) return "\\n";
  if (octet === 13) return "\\r";
  if (octet < 32 || octet > 126) return `\\x${octet.toString(16).padStart(2, "0")}`;
  return String.fromCharCode(octet);
}

/** `b'…'`; `escapeAll`: single quotes are escaped between double ones too, as bytearray does. */
export function reprOfOctets(data: Uint8Array, size: int, escapeAll: boolean): string {
  let single = false;
  let double = false;
  for (let i: int = 0; i < size; i++) {
    if (data[i] === 39) single = true;
    else if (data[i] === 34) double = true;
  }
  const quote: int = single && !double ? 34 : 39;
  const mark = String.fromCharCode(quote);
  const parts: string[] = ["b", mark];
  for (let i: int = 0; i < size; i++) {
    if (escapeAll && data[i] === 39) parts.push("\\'");
    else parts.push(reprOfOctet(data[i], quote));
  }
  parts.push(mark);
  return parts.join("");
}
