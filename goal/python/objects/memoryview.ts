// memoryview: a one-dimensional view of the octets of bytes, bytearray, array, mmap-like objects.
//
// Items are read and written by a one-letter format of the struct module. A view over a bytearray sees its changes and
// makes them; over other buffers it reads the contents at each access.
import { type float, floatFromBits, floatHighBits, floatLowBits, type int, toFloat } from "rtypescript/rlib";
import { getset, method0, methodN, newN } from "./builtin.ts";
import { compareOctets, newbytes, requireBuffer, W_Buffer, W_ByteArray } from "./bytes.ts";
import { hexSeparator, hexText } from "./bytesmethods.ts";
import { numberValue, W_Float } from "./float.ts";
import { bigOf, fromBig, newbool, newint, W_Int } from "./int.ts";
import { newlist } from "./list.ts";
import { CMP_EQ, CMP_NE, indexError, NOT_IMPLEMENTED, typeError, valueError, type W_Root } from "./root.ts";
import { w_None } from "./singletons.ts";
import { indexObject, indexOf, intArgument, sliceIndices, W_Slice } from "./slice.ts";
import { slots } from "./slots.ts";
import { newstr, W_Str } from "./str.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import { builtinType, type W_Type } from "./type.ts";

export const w_memoryview = builtinType("memoryview");
w_memoryview.acceptsSubclasses = false;

/** Bytes of an item of a format; 0 for an unknown one. */
export function itemSize(format: string): int {
  switch (format) {
    case "B":
    case "b":
    case "c":
    case "?":
      return 1;
    case "H":
    case "h":
      return 2;
    case "I":
    case "i":
    case "f":
      return 4;
    case "L":
    case "l":
    case "Q":
    case "q":
    case "N":
    case "n":
    case "P":
    case "d":
      return 8;
    default:
      return 0;
  }
}

/** The item of a format at an octet position, least octet first. */
export function readItem(data: Uint8Array, at: int, format: string): W_Root {
  switch (format) {
    case "B":
      return newint(data[at]);
    case "b":
      return newint(data[at] > 127 ? data[at] - 256 : data[at]);
    case "c": {
      const one = new Uint8Array(1);
      one[0] = data[at];
      return newbytes(one);
    }
    case "?":
      return newbool(data[at] !== 0);
    case "f":
      return new W_Float(float32FromBits(wordAt(data, at)));
    case "d":
      return new W_Float(floatFromBits(wordAt(data, at + 4), wordAt(data, at)));
  }
  let value: bigint = 0n;
  const size = itemSize(format);
  for (let k: int = size - 1; k >= 0; k--) value = (value << 8n) | BigInt(data[at + k]);
  const signed = format === "h" || format === "i" || format === "l" || format === "q" || format === "n";
  return fromBig(signed && data[at + size - 1] > 127 ? value - (1n << BigInt(8 * size)) : value);
}

/** Four octets, least first, as a signed 32-bit number. */
function wordAt(data: Uint8Array, at: int): int {
  return data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24);
}
function putWord(data: Uint8Array, at: int, word: int): void {
  for (let k: int = 0; k < 4; k++) data[at + k] = (word >> (8 * k)) & 255;
}

/** The float of IEEE single bits. */
export function float32FromBits(bits: int): float {
  const exponent: int = (bits >> 23) & 255;
  const fraction: int = bits & 0x7fffff;
  let value: float;
  if (exponent === 255) value = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  else if (exponent === 0) value = toFloat(fraction) * 2.0 ** -149.0;
  else value = toFloat(fraction + 0x800000) * 2.0 ** toFloat(exponent - 150);
  return bits < 0 ? -value : value;
}
/** IEEE single bits of a float that has been rounded to single precision. */
export function float32Bits(f: float): int {
  const sign: int = f < 0 || (f === 0 && 1 / f < 0) ? -2147483648 : 0;
  if (Number.isNaN(f)) return 0x7fc00000;
  const high = floatHighBits(f);
  const size: float = Math.abs(f);
  if (!Number.isFinite(f)) return sign | 0x7f800000;
  if (size < 2.0 ** -126.0) return sign | (Math.round(size * 2.0 ** 149.0) | 0);
  const exponent: int = ((high >> 20) & 2047) - 1023 + 127;
  const low = floatLowBits(f);
  return sign | (exponent << 23) | ((high & 0xfffff) << 3) | (low >>> 29);
}

/** Writes an item of a format. */
export function writeItem(data: Uint8Array, at: int, format: string, w_value: W_Root): void {
  const size = itemSize(format);
  if (format === "B") {
    const w_i = indexObject(w_value);
    if (w_i === null) throw typeError(`memoryview: invalid type for format 'B'`);
    if (!(w_i instanceof W_Int) || w_i.value < 0 || w_i.value > 255) {
      throw valueError("memoryview: invalid value for format 'B'");
    }
    data[at] = w_i.value;
    return;
  }
  if (format === "c") {
    const one = requireBuffer(w_value);
    if (one.length !== 1) throw valueError("memoryview: invalid value for format 'c'");
    data[at] = one[0];
    return;
  }
  if (format === "?") {
    data[at] = w_value.truth() ? 1 : 0;
    return;
  }
  if (format === "f" || format === "d") {
    const f = numberValue(w_value);
    if (f === null) throw typeError(`memoryview: invalid type for format '${format}'`);
    if (format === "f") putWord(data, at, float32Bits(Math.fround(f)));
    else {
      putWord(data, at, floatLowBits(f));
      putWord(data, at + 4, floatHighBits(f));
    }
    return;
  }
  const w_i = indexObject(w_value);
  if (w_i === null) throw typeError(`memoryview: invalid type for format '${format}'`);
  const value = bigOf(w_i);
  const signed =
    format === "b" || format === "h" || format === "i" || format === "l" || format === "q" || format === "n";
  const span: bigint = 1n << BigInt(8 * size);
  const low: bigint = signed ? -(span >> 1n) : 0n;
  if (value < low || value >= low + span) throw valueError(`memoryview: invalid value for format '${format}'`);
  let rest: bigint = value < 0n ? value + span : value;
  for (let k: int = 0; k < size; k++) {
    data[at + k] = Number(BigInt.asUintN(8, rest));
    rest >>= 8n;
  }
}

export class W_MemoryView extends W_Buffer {
  readonly w_obj: W_Buffer;
  readonly itemFormat: string;
  readonly itemsize: int;
  /** First octet, and the distance between items in octets. */
  readonly start: int;
  readonly stride: int;
  readonly count: int;
  readonly readOnly: boolean;
  released: boolean;
  constructor(w_obj: W_Buffer, format: string, start: int, stride: int, count: int, readOnly: boolean) {
    super();
    this.w_obj = w_obj;
    this.itemFormat = format;
    this.itemsize = itemSize(format);
    this.start = start;
    this.stride = stride;
    this.count = count;
    this.readOnly = readOnly;
    this.released = false;
  }
  override getclass(): W_Type {
    return w_memoryview;
  }
  requireOpen(): void {
    if (this.released) throw valueError("operation forbidden on released memoryview object");
  }
  /** The octets behind the view; those of a bytearray may be written to. */
  storage(): Uint8Array {
    this.requireOpen();
    const w_obj = this.w_obj;
    return w_obj instanceof W_ByteArray ? w_obj.data : w_obj.contents();
  }
  override contents(): Uint8Array {
    const data = this.storage();
    const size = this.itemsize;
    if (this.stride === size) return data.slice(this.start, this.start + this.count * size);
    const result = new Uint8Array(this.count * size);
    for (let i: int = 0; i < this.count; i++) {
      for (let k: int = 0; k < size; k++) result[i * size + k] = data[this.start + i * this.stride + k];
    }
    return result;
  }
  override repr(): string {
    return `<${this.released ? "released memory" : "memory"} at ${this.address()}>`;
  }
  override hash(): int {
    if (!this.readOnly) throw valueError("cannot hash writable memoryview object");
    return newbytes(this.contents()).hash();
  }
  override len(): int {
    this.requireOpen();
    return this.count;
  }
  override truth(): boolean {
    return this.len() !== 0;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Buffer) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    if (this.released) return (this === w_other) === (op === CMP_EQ) ? 1 : 0;
    return compareOctets(op, this.contents(), w_other.contents());
  }
  item(i: int): W_Root {
    return readItem(this.storage(), this.start + i * this.stride, this.itemFormat);
  }
  #index(w_key: W_Root): int {
    this.requireOpen();
    if (indexObject(w_key) === null) throw typeError("memoryview: invalid slice key");
    let i = indexOf(w_key, "memoryview");
    if (i < 0) i += this.count;
    if (i < 0 || i >= this.count) throw indexError("index out of bounds on dimension 1");
    return i;
  }
  #slice(w_slice: W_Slice): W_MemoryView {
    const range = sliceIndices(w_slice, this.count);
    const start = this.start + range.start * this.stride;
    return new W_MemoryView(this.w_obj, this.itemFormat, start, this.stride * range.step, range.count, this.readOnly);
  }
  override getitem(w_key: W_Root): W_Root {
    if (w_key instanceof W_Slice) return this.#slice(w_key);
    return this.item(this.#index(w_key));
  }
  override setitem(w_key: W_Root, w_value: W_Root): void {
    this.requireOpen();
    if (this.readOnly) throw typeError("cannot modify read-only memory");
    if (!(w_key instanceof W_Slice)) {
      const i = this.#index(w_key);
      writeItem(this.storage(), this.start + i * this.stride, this.itemFormat, w_value);
      return;
    }
    const w_part = this.#slice(w_key);
    const values = requireBuffer(w_value).slice();
    const size = this.itemsize;
    if (values.length !== w_part.count * size) {
      throw valueError("memoryview assignment: lvalue and rvalue have different structures");
    }
    const data = this.storage();
    for (let i: int = 0; i < w_part.count; i++) {
      for (let k: int = 0; k < size; k++) data[w_part.start + i * w_part.stride + k] = values[i * size + k];
    }
  }
  override delitem(_w_key: W_Root): void {
    throw typeError("cannot delete memory");
  }
  override itemsCopy(): W_Root[] | null {
    const items: W_Root[] = [];
    for (let i: int = 0; i < this.count; i++) items.push(this.item(i));
    return items;
  }
  override iter(): W_Root {
    return newlist(this.itemsCopy() as W_Root[]).iter();
  }
  override contains(w_item: W_Root): boolean | null {
    return newlist(this.itemsCopy() as W_Root[]).contains(w_item);
  }
  isContiguous(): boolean {
    return this.stride === this.itemsize || this.count <= 1;
  }
}
slots(w_memoryview, "repr hash len iter getitem setitem delitem contains eq ne");

function view(w_self: W_Root): W_MemoryView {
  return w_self as W_MemoryView;
}

newN(w_memoryview, "object", (args) => {
  const w_of = args[1];
  if (w_of instanceof W_MemoryView) {
    w_of.requireOpen();
    return new W_MemoryView(w_of.w_obj, w_of.itemFormat, w_of.start, w_of.stride, w_of.count, w_of.readOnly);
  }
  if (!(w_of instanceof W_Buffer)) {
    throw typeError(`memoryview: a bytes-like object is required, not '${w_of.typename()}'`);
  }
  return new W_MemoryView(w_of, "B", 0, 1, w_of.contents().length, !(w_of instanceof W_ByteArray));
});
method0(w_memoryview, "tobytes", (w_self) => newbytes(view(w_self).contents()));
method0(w_memoryview, "tolist", (w_self) => newlist(view(w_self).itemsCopy() as W_Root[]));
method0(w_memoryview, "toreadonly", (w_self) => {
  const w_view = view(w_self);
  return new W_MemoryView(w_view.w_obj, w_view.itemFormat, w_view.start, w_view.stride, w_view.count, true);
});
method0(w_memoryview, "release", (w_self) => {
  view(w_self).released = true;
  return w_None;
});
method0(w_memoryview, "__enter__", (w_self) => {
  view(w_self).requireOpen();
  return w_self;
});
methodN(w_memoryview, "__exit__", "type=None, value=None, traceback=None, /", (args) => {
  view(args[0]).released = true;
  return w_None;
});
methodN(w_memoryview, "hex", "sep=?, bytes_per_sep=1", (args) =>
  newstr(hexText(view(args[0]).contents(), hexSeparator(args[1]), intArgument(args[2]))),
);
methodN(w_memoryview, "cast", "format, shape=None", (args) => {
  const w_view = view(args[0]);
  const w_format = args[1].asStr();
  if (!(w_format instanceof W_Str)) throw typeError("memoryview: format argument must be a string");
  const format = w_format.text.startsWith("@") ? w_format.text.slice(1) : w_format.text;
  const size = itemSize(format);
  if (size === 0) {
    throw valueError(
      "memoryview: destination format must be a native single character format prefixed with an optional '@'",
    );
  }
  if (!w_view.isContiguous()) throw typeError("memoryview: casts are restricted to C-contiguous views");
  const total = w_view.count * w_view.itemsize;
  if (total % size !== 0) throw typeError("memoryview: length is not a multiple of itemsize");
  return new W_MemoryView(w_view.w_obj, format, w_view.start, size, Math.floor(total / size), w_view.readOnly);
});
getset(w_memoryview, "obj", (w_self) => view(w_self).w_obj);
getset(w_memoryview, "nbytes", (w_self) => newint(view(w_self).count * view(w_self).itemsize));
getset(w_memoryview, "readonly", (w_self) => newbool(view(w_self).readOnly));
getset(w_memoryview, "format", (w_self) => newstr(view(w_self).itemFormat));
getset(w_memoryview, "itemsize", (w_self) => newint(view(w_self).itemsize));
getset(w_memoryview, "ndim", (_w_self) => newint(1));
getset(w_memoryview, "shape", (w_self) => new W_Tuple([newint(view(w_self).count)]));
getset(w_memoryview, "strides", (w_self) => new W_Tuple([newint(view(w_self).stride)]));
getset(w_memoryview, "suboffsets", (_w_self) => newtuple([]));
for (const name of ["c_contiguous", "f_contiguous", "contiguous"]) {
  getset(w_memoryview, name, (w_self) => newbool(view(w_self).isContiguous()));
}
