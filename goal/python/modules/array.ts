// The array module: items of one machine type in octets, as struct formats write them.
import type { int } from "rtypescript/rlib";
import { getset, method0, method1, methodN, newN } from "../objects/builtin.ts";
import { copyOctets, newbytes, requireBuffer, W_Buffer } from "../objects/bytes.ts";
import { numberValue, W_Float } from "../objects/float.ts";
import { bigOf, newint, W_Int } from "../objects/int.ts";
import { W_NativeIterator } from "../objects/iterators.ts";
import { newlist, W_List } from "../objects/list.ts";
import { itemSize, readItem, writeItem } from "../objects/memoryview.ts";
import {
  indexError,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_MUL,
  type OperationError,
  overflowError,
  typeError,
  valueError,
  type W_Root,
} from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { indexObject, indexOf, intArgument, requireIndex, sliceIndices, W_Slice } from "../objects/slice.ts";
import { COMPARISONS, slots } from "../objects/slots.ts";
import { callMethod1, eq, iter, next, repr, unpack } from "../objects/space.ts";
import { newchar, newstr, W_Str } from "../objects/str.ts";
import { compareItems, newtuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { builtinModule, constant } from "./registry.ts";

const w_arrayModule = builtinModule("array");
const w_array = builtinType("array", null, "array");
w_array.sequence = true;
w_array.patternKind = 1;
const w_arrayiterator = builtinType("arrayiterator", null, "array");
constant(w_arrayModule, "array", w_array);
constant(w_arrayModule, "ArrayType", w_array);
constant(w_arrayModule, "typecodes", newstr("bBuhHiIlLqQfd"));

const NAMES = new Map<string, string>([
  ["b", "signed char"],
  ["B", "unsigned byte integer"],
  ["h", "signed short integer"],
  ["H", "unsigned short"],
  ["i", "signed integer"],
  ["I", "unsigned int"],
  ["l", "signed long integer"],
  ["L", "unsigned long"],
  ["q", "signed long long"],
  ["Q", "unsigned long long"],
]);

export class W_Array extends W_Buffer {
  readonly code: string;
  readonly itemsize: int;
  data: Uint8Array;
  /** Items. */
  count: int;
  user: W_Instance | null;
  constructor(code: string) {
    super();
    this.code = code;
    this.itemsize = code === "u" ? 4 : itemSize(code);
    this.data = new Uint8Array(0);
    this.count = 0;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_array : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override contents(): Uint8Array {
    return this.data.slice(0, this.count * this.itemsize);
  }
  item(i: int): W_Root {
    const at = i * this.itemsize;
    if (this.code !== "u") return readItem(this.data, at, this.code);
    const w_point = readItem(this.data, at, "I");
    return newchar(w_point instanceof W_Int ? w_point.value : 0);
  }
  /** Writes a value that fits the type. */
  put(i: int, w_value: W_Root): void {
    const at = i * this.itemsize;
    if (this.code === "u") {
      const w_text = w_value.asStr();
      if (!(w_text instanceof W_Str) || w_text.len() !== 1) throw typeError("array item must be unicode character");
      writeItem(this.data, at, "I", newint(w_text.codeAt(0)));
      return;
    }
    if (this.code === "f" || this.code === "d") {
      const f = numberValue(w_value);
      if (f === null) throw typeError(`must be real number, not ${w_value.typename()}`);
      writeItem(this.data, at, this.code, new W_Float(f));
      return;
    }
    const w_int = indexObject(w_value);
    if (w_int === null) throw typeError(`'${w_value.typename()}' object cannot be interpreted as an integer`);
    const range = this.#outOfRange(w_int);
    if (range !== null) throw range;
    writeItem(this.data, at, this.code, w_int);
  }
  #outOfRange(w_int: W_Root): OperationError | null {
    const code = this.code;
    const signed = code === code.toLowerCase();
    const value = bigOf(w_int);
    const span: bigint = 1n << BigInt(8 * this.itemsize);
    const low: bigint = signed ? -(span >> 1n) : 0n;
    const high: bigint = low + span - 1n;
    if (value >= low && value <= high) return null;
    const name = NAMES.get(code) ?? "";
    if (this.itemsize === 8) {
      if (!signed && value < 0n) return overflowError("can't convert negative int to unsigned");
      if (code === "l" || code === "L") return overflowError("Python int too large to convert to C long");
      return overflowError("int too big to convert");
    }
    if (code === "I" && value < 0n) return overflowError("can't convert negative value to unsigned int");
    return overflowError(`${name} is ${value < low ? "less than minimum" : "greater than maximum"}`);
  }
  reserve(extra: int): void {
    const needed = (this.count + extra) * this.itemsize;
    if (needed <= this.data.length) return;
    const data = new Uint8Array(needed + (needed >> 1) + 16);
    copyOctets(this.data, 0, data, 0, this.count * this.itemsize);
    this.data = data;
  }
  append(w_value: W_Root): void {
    this.reserve(1);
    this.put(this.count, w_value);
    this.count += 1;
  }
  addOctets(octets: Uint8Array): void {
    if (octets.length % this.itemsize !== 0) throw valueError("bytes length not a multiple of item size");
    const n: int = Math.floor(octets.length / this.itemsize);
    this.reserve(n);
    copyOctets(octets, 0, this.data, this.count * this.itemsize, octets.length);
    this.count += n;
  }
  extend(w_from: W_Root): void {
    if (w_from instanceof W_Array) {
      if (w_from.code !== this.code) throw typeError("can only extend with array of same kind");
      this.addOctets(w_from.contents());
      return;
    }
    const w_it = iter(w_from);
    for (;;) {
      const w_item = next(w_it);
      if (w_item === null) return;
      this.append(w_item);
    }
  }
  /** A new array of the items at these positions. */
  pick(start: int, step: int, count: int): W_Array {
    const w_made = new W_Array(this.code);
    w_made.reserve(count);
    const size = this.itemsize;
    for (let k: int = 0; k < count; k++) copyOctets(this.data, (start + k * step) * size, w_made.data, k * size, size);
    w_made.count = count;
    return w_made;
  }
  /** Replaces `count` items from `at` by octets of whole items. */
  replace(at: int, count: int, octets: Uint8Array): void {
    const size = this.itemsize;
    const tail = this.data.slice((at + count) * size, this.count * size);
    this.count = at;
    this.addOctets(octets);
    this.addOctets(tail);
  }
  items(): W_Root[] {
    const items: W_Root[] = [];
    for (let i: int = 0; i < this.count; i++) items.push(this.item(i));
    return items;
  }
  text(): string {
    const parts: string[] = [];
    for (let i: int = 0; i < this.count; i++) parts.push(this.item(i).str());
    return parts.join("");
  }
  override repr(): string {
    if (this.count === 0) return `array('${this.code}')`;
    if (this.code === "u") return `array('u', ${repr(newstr(this.text()))})`;
    return `array('${this.code}', ${repr(newlist(this.items()))})`;
  }
  override hash(): int {
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
  override truth(): boolean {
    return this.count !== 0;
  }
  override len(): int {
    return this.count;
  }
  override compare(op: int, w_other: W_Root): int {
    return w_other instanceof W_Array ? compareItems(op, this.items(), w_other.items()) : NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (!(w_other instanceof W_Array))
        throw typeError(`can only append array (not "${w_other.typename()}") to array`);
      if (w_other.code !== this.code) throw typeError("bad argument type for built-in operation");
      const w_made = this.pick(0, 1, this.count);
      w_made.addOctets(w_other.contents());
      return w_made;
    }
    return op === OP_MUL ? this.#repeat(w_other) : null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return op === OP_MUL ? this.#repeat(w_left) : null;
  }
  #repeat(w_count: W_Root): W_Array | null {
    const w_n = w_count.asInt();
    if (w_n === null) return null;
    if (!(w_n instanceof W_Int)) throw overflowError("cannot fit 'int' into an index-sized integer");
    const w_made = new W_Array(this.code);
    const octets = this.contents();
    for (let k: int = 0; k < w_n.value; k++) w_made.addOctets(octets);
    return w_made;
  }
  override ibinop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (!(w_other instanceof W_Array)) {
        throw typeError(`can only extend with array (not "${w_other.typename()}")`);
      }
      this.extend(w_other);
      return this;
    }
    if (op !== OP_MUL) return null;
    const w_made = this.#repeat(w_other);
    if (w_made === null) return null;
    this.data = w_made.data;
    this.count = w_made.count;
    return this;
  }
  override getitem(w_key: W_Root): W_Root {
    if (w_key instanceof W_Slice) {
      const range = sliceIndices(w_key, this.count);
      return this.pick(range.start, range.step, range.count);
    }
    if (indexObject(w_key) === null) throw typeError("array indices must be integers");
    return this.item(requireIndex(indexOf(w_key, "array"), this.count, "array index out of range"));
  }
  override setitem(w_key: W_Root, w_value: W_Root): void {
    if (w_key instanceof W_Slice) {
      this.#setSlice(w_key, w_value);
      return;
    }
    if (indexObject(w_key) === null) throw typeError("array indices must be integers");
    this.put(requireIndex(indexOf(w_key, "array"), this.count, "array assignment index out of range"), w_value);
  }
  #setSlice(w_slice: W_Slice, w_value: W_Root): void {
    if (!(w_value instanceof W_Array)) {
      throw typeError(`can only assign array (not "${w_value.typename()}") to array slice`);
    }
    if (w_value.code !== this.code) throw typeError("bad argument type for built-in operation");
    const range = sliceIndices(w_slice, this.count);
    const octets = w_value.contents();
    if (range.step === 1) {
      this.replace(range.start, range.count, octets);
      return;
    }
    if (w_value.count !== range.count) {
      throw valueError(`attempt to assign array of size ${w_value.count} to extended slice of size ${range.count}`);
    }
    const size = this.itemsize;
    for (let k: int = 0; k < range.count; k++) {
      copyOctets(octets, k * size, this.data, (range.start + k * range.step) * size, size);
    }
  }
  override delitem(w_key: W_Root): void {
    if (!(w_key instanceof W_Slice)) {
      const i = requireIndex(indexOf(w_key, "array"), this.count, "array assignment index out of range");
      this.replace(i, 1, new Uint8Array(0));
      return;
    }
    const range = sliceIndices(w_key, this.count);
    const gone: int[] = [];
    for (let k: int = 0; k < range.count; k++) gone.push(range.start + k * range.step);
    if (range.step > 0) gone.reverse();
    for (const i of gone) this.replace(i, 1, new Uint8Array(0));
  }
  override contains(w_item: W_Root): boolean | null {
    for (let i: int = 0; i < this.count; i++) if (eq(this.item(i), w_item)) return true;
    return false;
  }
  override iter(): W_Root {
    return new W_ArrayIterator(this);
  }
}

class W_ArrayIterator extends W_NativeIterator {
  readonly w_array: W_Array;
  index: int;
  constructor(w_of: W_Array) {
    super();
    this.w_array = w_of;
    this.index = 0;
  }
  override nativeClass(): W_Type {
    return w_arrayiterator;
  }
  override next(): W_Root | null {
    if (this.index >= this.w_array.count) return null;
    this.index += 1;
    return this.w_array.item(this.index - 1);
  }
}
slots(w_arrayiterator, "iter next");
slots(w_array, `repr len iter getitem setitem delitem contains ${COMPARISONS} add mul rmul iadd imul`);
w_array.setOwn("__hash__", w_None);

function array(w_self: W_Root): W_Array {
  return w_self as W_Array;
}

newN(w_array, "typecode, initializer=?, /", (args) => {
  const w_class = args[0] as W_Type;
  const w_code = args[1].asStr();
  if (!(w_code instanceof W_Str)) {
    throw typeError(`array() argument 1 must be a unicode character, not ${args[1].typename()}`);
  }
  const code = w_code.text;
  if (w_code.len() !== 1) throw typeError("array() argument 1 must be a unicode character, not str");
  if (!"bBuhHiIlLqQfd".includes(code)) {
    throw valueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  }
  const w_made = new W_Array(code);
  if (w_class !== w_array) w_made.user = new W_Instance(w_class.shape());
  const w_init = args[2];
  if (w_init === w_missing) return w_made;
  if (w_init.asStr() !== null && code !== "u") {
    throw typeError(`cannot use a str to initialize an array with typecode '${code}'`);
  }
  if (w_init instanceof W_Array) for (const w of w_init.items()) w_made.append(w);
  else if (w_init instanceof W_Buffer) w_made.addOctets(w_init.contents());
  else w_made.extend(w_init);
  return w_made;
});
method1(w_array, "append", (w_self, w_value) => {
  array(w_self).append(w_value);
  return w_None;
});
method1(w_array, "extend", (w_self, w_values) => {
  array(w_self).extend(w_values);
  return w_None;
});
method1(w_array, "fromlist", (w_self, w_list) => {
  if (!(w_list instanceof W_List)) throw typeError("arg must be list");
  for (const w of w_list.items) array(w_self).append(w);
  return w_None;
});
method1(w_array, "frombytes", (w_self, w_octets) => {
  array(w_self).addOctets(requireBuffer(w_octets));
  return w_None;
});
method1(w_array, "fromunicode", (w_self, w_text) => {
  if (array(w_self).code !== "u") throw valueError("fromunicode() may only be called on unicode type arrays");
  for (const w of unpack(w_text)) array(w_self).append(w);
  return w_None;
});
method0(w_array, "tounicode", (w_self) => {
  if (array(w_self).code !== "u") throw valueError("tounicode() may only be called on unicode type arrays");
  return newstr(array(w_self).text());
});
method0(w_array, "tolist", (w_self) => newlist(array(w_self).items()));
method0(w_array, "tobytes", (w_self) => newbytes(array(w_self).contents()));
method1(w_array, "tofile", (w_self, w_file) => {
  callMethod1(w_file, "write", newbytes(array(w_self).contents()));
  return w_None;
});
method0(w_array, "__copy__", (w_self) => array(w_self).pick(0, 1, array(w_self).count));
method1(w_array, "__deepcopy__", (w_self, _w_memo) => array(w_self).pick(0, 1, array(w_self).count));
method0(w_array, "__reduce__", (w_self) => {
  const w_of = array(w_self);
  return newtuple([w_of.getclass(), newtuple([newstr(w_of.code), newlist(w_of.items())]), w_None]);
});
method0(w_array, "reverse", (w_self) => {
  const w_of = array(w_self);
  const w_back = w_of.pick(w_of.count - 1, -1, w_of.count);
  w_of.data = w_back.data;
  return w_None;
});
method0(w_array, "byteswap", (w_self) => {
  const w_of = array(w_self);
  const size = w_of.itemsize;
  const old = w_of.contents();
  for (let i: int = 0; i < old.length; i++) {
    const k: int = i % size;
    w_of.data[i - k + size - 1 - k] = old[i];
  }
  return w_None;
});
method0(w_array, "buffer_info", (w_self) => newtuple([newint(0), newint(array(w_self).count)]));
method1(w_array, "count", (w_self, w_value) => {
  let count: int = 0;
  for (const w of array(w_self).items()) if (eq(w, w_value)) count++;
  return newint(count);
});
methodN(w_array, "index", "v, start=0, stop=9007199254740991, /", (args) => {
  const w_of = array(args[0]);
  let from = intArgument(args[2]);
  let to = intArgument(args[3]);
  if (from < 0) from = Math.max(0, from + w_of.count);
  if (to < 0) to += w_of.count;
  for (let i: int = from; i < to && i < w_of.count; i++) if (eq(w_of.item(i), args[1])) return newint(i);
  throw valueError("array.index(x): x not in array");
});
methodN(w_array, "insert", "i, v, /", (args) => {
  const w_of = array(args[0]);
  let i = intArgument(args[1]);
  if (i < 0) i = Math.max(0, i + w_of.count);
  i = Math.min(i, w_of.count);
  const w_one = new W_Array(w_of.code);
  w_one.append(args[2]);
  w_of.replace(i, 0, w_one.contents());
  return w_None;
});
methodN(w_array, "pop", "i=-1, /", (args) => {
  const w_of = array(args[0]);
  if (w_of.count === 0) throw indexError("pop from empty array");
  const i = requireIndex(intArgument(args[1]), w_of.count, "pop index out of range");
  const w_item = w_of.item(i);
  w_of.replace(i, 1, new Uint8Array(0));
  return w_item;
});
method1(w_array, "remove", (w_self, w_value) => {
  const w_of = array(w_self);
  for (let i: int = 0; i < w_of.count; i++) {
    if (!eq(w_of.item(i), w_value)) continue;
    w_of.replace(i, 1, new Uint8Array(0));
    return w_None;
  }
  throw valueError("array.remove(x): x not in array");
});
getset(w_array, "typecode", (w_self) => newstr(array(w_self).code));
getset(w_array, "itemsize", (w_self) => newint(array(w_self).itemsize));
