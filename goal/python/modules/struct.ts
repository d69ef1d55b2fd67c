// The _struct module: values as octets and back by formats such as `<ihd`.
import { type float, floatFromBits, floatHighBits, floatLowBits, type int, toFloat } from "rtypescript/rlib";
import { function0, functionKw, functionN, getset, method1, methodKw, methodN, newN } from "../objects/builtin.ts";
import { copyOctets, newbytes, requireBuffer, W_Buffer, W_ByteArray } from "../objects/bytes.ts";
import { ENCODING_ASCII, encodeNative } from "../objects/codecs.ts";
import { exceptionType, w_BaseException } from "../objects/exceptions.ts";
import { numberValue, W_Float } from "../objects/float.ts";
import { bigOf, fromBig, newbool, newint } from "../objects/int.ts";
import { W_NativeIterator } from "../objects/iterators.ts";
import { float32Bits, float32FromBits, W_MemoryView } from "../objects/memoryview.ts";
import { type OperationError, overflowError, raiseValue, typeError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { indexObject, intArgument } from "../objects/slice.ts";
import { slots } from "../objects/slots.ts";
import { truth } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_struct = builtinModule("_struct");
const w_error = builtinType("error", exceptionType("Exception"), "struct");
w_error.hasDict = true;
w_error.w_layout = w_BaseException;
constant(w_struct, "error", w_error);

function structError(text: string): OperationError {
  return raiseValue(w_error.call1(newstr(text)));
}

/** One item of a format: `count` values of a type from an offset; for 's', 'p' and 'x' the count is a length. */
class Item {
  readonly type: string;
  readonly count: int;
  readonly size: int;
  readonly offset: int;
  constructor(type: string, count: int, size: int, offset: int) {
    this.type = type;
    this.count = count;
    this.size = size;
    this.offset = offset;
  }
}

function sizeOf(type: string, native: boolean): int {
  switch (type) {
    case "x":
    case "b":
    case "B":
    case "c":
    case "s":
    case "p":
    case "?":
      return 1;
    case "h":
    case "H":
    case "e":
      return 2;
    case "i":
    case "I":
    case "f":
      return 4;
    case "l":
    case "L":
      return native ? 8 : 4;
    case "q":
    case "Q":
    case "d":
      return 8;
    case "n":
    case "N":
    case "P":
      return native ? 8 : 0;
    default:
      return 0;
  }
}

class Layout {
  readonly format: string;
  readonly big: boolean;
  readonly native: boolean;
  readonly items: Item[];
  readonly size: int;
  /** How many values are packed. */
  readonly values: int;
  constructor(format: string) {
    this.format = format;
    const first = format.charAt(0);
    const marked = first === "<" || first === ">" || first === "!" || first === "=" || first === "@";
    const native = !marked || first === "@";
    this.big = first === ">" || first === "!";
    this.native = native;
    this.items = [];
    let size: int = 0;
    let values: int = 0;
    let i: int = marked ? 1 : 0;
    while (i < format.length) {
      let count: int = -1;
      if (isBlank(format.charCodeAt(i))) {
        i++;
        continue;
      }
      while (i < format.length && format.charCodeAt(i) >= 48 && format.charCodeAt(i) <= 57) {
        count = (count < 0 ? 0 : count) * 10 + format.charCodeAt(i) - 48;
        if (count > 100000000000) throw structError("total struct size too long");
        i++;
      }
      if (i >= format.length) throw structError("repeat count given without format specifier");
      const type = format.charAt(i);
      i++;
      const unit = sizeOf(type, native);
      if (unit === 0) throw structError("bad char in struct format");
      if (count < 0) count = 1;
      if (native && unit > 1 && size % unit !== 0) size += unit - (size % unit);
      this.items.push(new Item(type, count, unit, size));
      size += unit * count;
      if (type === "s" || type === "p") values += 1;
      else if (type !== "x") values += count;
    }
    this.size = size;
    this.values = values;
  }

  pack(w_values: W_Root[], data: Uint8Array, at: int): void {
    let v: int = 0;
    for (const item of this.items) {
      const from: int = at + item.offset;
      if (item.type === "x") continue;
      if (item.type === "s" || item.type === "p") {
        putString(item, w_values[v], data, from);
        v++;
        continue;
      }
      for (let k: int = 0; k < item.count; k++) {
        putValue(item.type, w_values[v], data, from + k * item.size, item.size, this.big, this.native);
        v++;
      }
    }
  }

  unpack(data: Uint8Array, at: int): W_Root {
    const values: W_Root[] = [];
    for (const item of this.items) {
      const from: int = at + item.offset;
      if (item.type === "x") continue;
      if (item.type === "s") values.push(newbytes(data.slice(from, from + item.count)));
      else if (item.type === "p") {
        const length: int = item.count === 0 ? 0 : Math.min(data[from], item.count - 1);
        values.push(newbytes(data.slice(from + 1, from + 1 + length)));
      } else {
        for (let k: int = 0; k < item.count; k++) {
          values.push(getValue(item.type, data, from + k * item.size, item.size, this.big));
        }
      }
    }
    return newtuple(values);
  }
}

function isBlank(c: int): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}

function putString(item: Item, w_value: W_Root, data: Uint8Array, at: int): void {
  if (!(w_value instanceof W_Buffer)) throw structError(`argument for '${item.type}' must be a bytes object`);
  const octets = w_value.contents();
  if (item.type === "s") {
    copyOctets(octets, 0, data, at, Math.min(octets.length, item.count));
    return;
  }
  if (item.count === 0) return;
  const length: int = Math.min(octets.length, item.count - 1);
  data[at] = Math.min(length, 255);
  copyOctets(octets, 0, data, at + 1, length);
}

/** Writes 32 bits at an octet position. */
function putWord(data: Uint8Array, at: int, word: int, size: int, big: boolean): void {
  for (let k: int = 0; k < size; k++) data[big ? at + size - 1 - k : at + k] = (word >> (8 * k)) & 255;
}
function getWord(data: Uint8Array, at: int, size: int, big: boolean): int {
  let word: int = 0;
  for (let k: int = size - 1; k >= 0; k--) word = (word << 8) | data[big ? at + size - 1 - k : at + k];
  return word;
}

function integerOf(w_value: W_Root): bigint {
  const w_i = indexObject(w_value);
  if (w_i === null) throw structError("required argument is not an integer");
  return bigOf(w_i);
}

function isSigned(type: string): boolean {
  return type === "b" || type === "h" || type === "i" || type === "l" || type === "q" || type === "n";
}

function rangeError(type: string, size: int, low: bigint, high: bigint, value: bigint): OperationError {
  if (type === "b") return structError("byte format requires -128 <= number <= 127");
  if (type === "B") return structError("ubyte format requires 0 <= number <= 255");
  if (type === "h") return structError("short format requires -32768 <= number <= 32767");
  if (type === "H") return structError("ushort format requires 0 <= number <= 65535");
  if (size === 8 || (value < 0n && low === 0n)) return structError("argument out of range");
  return structError(`'${type}' format requires ${low} <= number <= ${high}`);
}

function putValue(
  type: string,
  w_value: W_Root,
  data: Uint8Array,
  at: int,
  size: int,
  big: boolean,
  native: boolean,
): void {
  switch (type) {
    case "c": {
      const one = w_value instanceof W_Buffer ? w_value.contents() : null;
      if (one === null || one.length !== 1) throw structError("char format requires a bytes object of length 1");
      data[at] = one[0];
      return;
    }
    case "?":
      data[at] = truth(w_value) ? 1 : 0;
      return;
    case "e":
    case "f":
    case "d":
      putFloat(type, w_value, data, at, big, native);
      return;
  }
  const value = integerOf(w_value);
  const span: bigint = 1n << BigInt(8 * size);
  const low: bigint = isSigned(type) ? -(span >> 1n) : 0n;
  if (value < low || value >= low + span) {
    if (type === "P") throw overflowError("int too large to convert");
    throw rangeError(type, size, low, low + span - 1n, value);
  }
  const bits: bigint = BigInt.asUintN(64, value);
  const lowWord: int = Number(BigInt.asIntN(32, bits));
  if (size <= 4) {
    putWord(data, at, lowWord, size, big);
    return;
  }
  const highWord: int = Number(BigInt.asIntN(32, bits >> 32n));
  putWord(data, big ? at + 4 : at, lowWord, 4, big);
  putWord(data, big ? at : at + 4, highWord, 4, big);
}

function putFloat(type: string, w_value: W_Root, data: Uint8Array, at: int, big: boolean, native: boolean): void {
  const f = numberValue(w_value);
  if (f === null) throw structError("required argument is not a float");
  if (type === "e") putWord(data, at, halfBits(f), 2, big);
  else if (type === "f") {
    const rounded: float = Math.fround(f);
    if (!native && !Number.isFinite(rounded) && Number.isFinite(f)) {
      throw overflowError("float too large to pack with f format");
    }
    putWord(data, at, float32Bits(rounded), 4, big);
  } else {
    putWord(data, big ? at + 4 : at, floatLowBits(f), 4, big);
    putWord(data, big ? at : at + 4, floatHighBits(f), 4, big);
  }
}

/** IEEE half-precision bits, rounded to even. */
function halfBits(f: float): int {
  const sign: int = f < 0 || (f === 0 && 1 / f < 0) ? 0x8000 : 0;
  if (Number.isNaN(f)) return 0x7e00;
  const size: float = Math.abs(f);
  if (!Number.isFinite(size)) return sign | 0x7c00;
  let exponent: int = 0;
  let scaled: float = size;
  if (size < 2.0 ** -14.0) {
    return sign | toHalfInt(size * 2.0 ** 24.0);
  }
  while (scaled >= 2.0) {
    scaled /= 2.0;
    exponent++;
  }
  while (scaled < 1.0) {
    scaled *= 2.0;
    exponent--;
  }
  const mantissa = toHalfInt((scaled - 1.0) * 1024.0);
  const bits: int = ((exponent + 15) << 10) + mantissa;
  if (bits >= 0x7c00) throw overflowError("float too large to pack with e format");
  return sign | bits;
}
/** Rounded half to even. */
function toHalfInt(f: float): int {
  const floor: int = Math.floor(f);
  const rest: float = f - toFloat(floor);
  return rest > 0.5 || (rest === 0.5 && (floor & 1) === 1) ? floor + 1 : floor;
}
function halfValue(bits: int): float {
  const exponent: int = (bits >> 10) & 31;
  const fraction: int = bits & 1023;
  let value: float;
  if (exponent === 31) value = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  else if (exponent === 0) value = toFloat(fraction) * 2.0 ** -24.0;
  else value = toFloat(fraction + 1024) * 2.0 ** toFloat(exponent - 25);
  return (bits & 0x8000) === 0 ? value : -value;
}

function getValue(type: string, data: Uint8Array, at: int, size: int, big: boolean): W_Root {
  switch (type) {
    case "c": {
      const one = new Uint8Array(1);
      one[0] = data[at];
      return newbytes(one);
    }
    case "?":
      return newbool(data[at] !== 0);
    case "e":
      return new W_Float(halfValue(getWord(data, at, 2, big)));
    case "f":
      return new W_Float(float32FromBits(getWord(data, at, 4, big)));
    case "d":
      return new W_Float(
        floatFromBits(getWord(data, big ? at : at + 4, 4, big), getWord(data, big ? at + 4 : at, 4, big)),
      );
  }
  const signed = isSigned(type);
  if (size < 4) {
    const word = getWord(data, at, size, big);
    const limit: int = 1 << (8 * size - 1);
    return newint(signed && word >= limit ? word - 2 * limit : word);
  }
  if (size === 4) {
    const word = getWord(data, at, 4, big);
    return signed ? newint(word) : newint(word >>> 0);
  }
  const high: bigint = BigInt(getWord(data, big ? at : at + 4, 4, big));
  const low: bigint = BigInt(getWord(data, big ? at + 4 : at, 4, big) >>> 0);
  const value: bigint = (high << 32n) | low;
  return fromBig(signed ? value : BigInt.asUintN(64, value));
}

// --- Struct ------------------------------------------------------------------------------------------------------------------

/** Layouts by format. */
class LayoutCache {
  readonly known: Map<string, Layout>;
  constructor() {
    this.known = new Map<string, Layout>();
  }
  get(w_format: W_Root): Layout {
    const format = formatText(w_format);
    const known = this.known.get(format);
    if (known !== undefined) return known;
    const made = new Layout(format);
    if (this.known.size >= 100) this.known.clear();
    this.known.set(format, made);
    return made;
  }
}
const layouts = new LayoutCache();

function formatText(w_format: W_Root): string {
  const w_text = w_format.asStr();
  if (w_text instanceof W_Str) {
    encodeNative(w_text, ENCODING_ASCII, "strict");
    return w_text.text;
  }
  const w_octets = w_format.asBytes();
  if (w_octets instanceof W_Buffer) {
    const data = w_octets.contents();
    const parts: string[] = [];
    for (let i: int = 0; i < data.length; i++) parts.push(String.fromCharCode(data[i]));
    return parts.join("");
  }
  throw typeError(`Struct() argument 1 must be a str or bytes object, not ${w_format.typename()}`);
}

const w_Struct = builtinType("Struct", null, "_struct");
constant(w_struct, "Struct", w_Struct);

class W_Struct extends W_Root {
  layout: Layout;
  user: W_Instance | null;
  constructor(layout: Layout) {
    super();
    this.layout = layout;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_Struct : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
}
newN(w_Struct, "format", (args) => {
  const w_made = new W_Struct(layouts.get(args[1]));
  if (args[0] !== w_Struct) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});

function pack(layout: Layout, values: W_Root[]): W_Root {
  if (values.length !== layout.values) {
    throw structError(`pack expected ${layout.values} items for packing (got ${values.length})`);
  }
  const data = new Uint8Array(layout.size);
  layout.pack(values, data, 0);
  return newbytes(data);
}

/** An offset into a buffer that has room for the layout. */
function offsetOf(layout: Layout, w_offset: W_Root, size: int, name: string, doing: string): int {
  let offset = intArgument(w_offset);
  if (offset < 0) {
    if (offset + layout.size > 0) {
      const what = doing === "packing" ? "no space to pack" : "not enough data to unpack";
      throw structError(`${what} ${layout.size} bytes at offset ${offset}`);
    }
    if (offset + size < 0) throw structError(`offset ${offset} out of range for ${size}-byte buffer`);
    offset += size;
  }
  if (size - offset < layout.size) {
    throw structError(
      `${name} requires a buffer of at least ${offset + layout.size} bytes for ${doing} ${layout.size} bytes at offset ${offset} (actual buffer size is ${size})`,
    );
  }
  return offset;
}

function packInto(layout: Layout, args: W_Root[]): W_Root {
  if (args.length < 2) {
    throw structError(args.length === 0 ? "pack_into expected buffer argument" : "pack_into expected offset argument");
  }
  const values = args.slice(2);
  if (values.length !== layout.values) {
    throw structError(`pack_into expected ${layout.values} items for packing (got ${values.length})`);
  }
  const w_target = args[0];
  if (w_target instanceof W_ByteArray) {
    layout.pack(values, w_target.data, offsetOf(layout, args[1], w_target.size, "pack_into", "packing"));
    return w_None;
  }
  if (w_target instanceof W_MemoryView && !w_target.readOnly && w_target.isContiguous()) {
    const size = w_target.count * w_target.itemsize;
    const offset = offsetOf(layout, args[1], size, "pack_into", "packing");
    layout.pack(values, w_target.storage(), w_target.start + offset);
    return w_None;
  }
  throw typeError(`argument must be read-write bytes-like object, not ${w_target.typename()}`);
}

function unpack(layout: Layout, w_buffer: W_Root): W_Root {
  const data = requireBuffer(w_buffer);
  if (data.length !== layout.size) throw structError(`unpack requires a buffer of ${layout.size} bytes`);
  return layout.unpack(data, 0);
}
function unpackFrom(layout: Layout, w_buffer: W_Root, w_offset: W_Root): W_Root {
  const data = requireBuffer(w_buffer);
  return layout.unpack(data, offsetOf(layout, w_offset, data.length, "unpack_from", "unpacking"));
}

const w_unpack_iterator = builtinType("unpack_iterator", null, "_struct");
class W_UnpackIterator extends W_NativeIterator {
  readonly layout: Layout;
  readonly data: Uint8Array;
  at: int;
  constructor(layout: Layout, data: Uint8Array) {
    super();
    this.layout = layout;
    this.data = data;
    this.at = 0;
  }
  override nativeClass(): W_Type {
    return w_unpack_iterator;
  }
  override lengthHint(): int {
    return Math.floor((this.data.length - this.at) / this.layout.size);
  }
  override next(): W_Root | null {
    if (this.at >= this.data.length) return null;
    const w_values = this.layout.unpack(this.data, this.at);
    this.at += this.layout.size;
    return w_values;
  }
}
slots(w_unpack_iterator, "iter next length_hint");
function iterUnpack(layout: Layout, w_buffer: W_Root): W_Root {
  const data = requireBuffer(w_buffer);
  if (layout.size === 0) throw structError("cannot iteratively unpack with a struct of length 0");
  if (data.length % layout.size !== 0) {
    throw structError(`iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  }
  return new W_UnpackIterator(layout, data.slice());
}

function layoutOf(w_self: W_Root): Layout {
  return (w_self as W_Struct).layout;
}
function refuseKeywords(name: string, names: string[]): void {
  if (names.length > 0) throw typeError(`${name}() takes no keyword arguments`);
}
methodKw(w_Struct, "pack", (args, names) => {
  refuseKeywords("pack", names);
  return pack(layoutOf(args[0]), args.slice(1));
});
methodKw(w_Struct, "pack_into", (args, names) => {
  refuseKeywords("pack_into", names);
  return packInto(layoutOf(args[0]), args.slice(1));
});
method1(w_Struct, "unpack", (w_self, w_buffer) => unpack(layoutOf(w_self), w_buffer));
methodN(w_Struct, "unpack_from", "buffer, offset=0", (args) => unpackFrom(layoutOf(args[0]), args[1], args[2]));
method1(w_Struct, "iter_unpack", (w_self, w_buffer) => iterUnpack(layoutOf(w_self), w_buffer));
getset(w_Struct, "size", (w_self) => newint(layoutOf(w_self).size));
getset(w_Struct, "format", (w_self) => newstr(layoutOf(w_self).format));

functions(w_struct, [
  functionKw("pack", (args, names) => {
    refuseKeywords("pack", names);
    if (args.length === 0) throw typeError("pack expected at least 1 argument, got 0");
    return pack(layouts.get(args[0]), args.slice(1));
  }),
  functionKw("pack_into", (args, names) => {
    refuseKeywords("pack_into", names);
    if (args.length === 0) throw typeError("pack_into expected at least 1 argument, got 0");
    return packInto(layouts.get(args[0]), args.slice(1));
  }),
  functionN("unpack", "format, buffer, /", (args) => unpack(layouts.get(args[0]), args[1])),
  functionN("unpack_from", "format, /, buffer, offset=0", (args) => unpackFrom(layouts.get(args[0]), args[1], args[2])),
  functionN("iter_unpack", "format, buffer, /", (args) => iterUnpack(layouts.get(args[0]), args[1])),
  functionN("calcsize", "format, /", (args) => newint(layouts.get(args[0]).size)),
  function0("_clearcache", () => {
    layouts.known.clear();
    return w_None;
  }),
]);
