// The methods of bytes and bytearray, shared where they mean the same. A result has the class of the receiver.
import type { int } from "rtypescript/rlib";
import { classMethodN, type Fn1, type FnN, method0, method1, methodN, newN, staticMethodN } from "./builtin.ts";
import {
  findOctets,
  newbytes,
  octetOf,
  octetsOfIterable,
  requireBuffer,
  rfindOctets,
  W_Buffer,
  W_ByteArray,
  W_Bytes,
  W_BytesLike,
  w_bytearray,
  w_bytearray_iterator,
  w_bytes,
} from "./bytes.ts";
import { decodeBytes, encodeStr } from "./codecs.ts";
import { newbool, newint, W_Int } from "./int.ts";
import { newlist } from "./list.ts";
import { indexError, overflowError, typeError, valueError, type W_Root } from "./root.ts";
import { w_missing, w_None } from "./singletons.ts";
import { indexObject, intArgument } from "./slice.ts";
import { COMPARISONS, slots } from "./slots.ts";
import { callBound0, iter, next, truth, unpack, userMethod } from "./space.ts";
import { newstr, nextTabStop, W_Str } from "./str.ts";
import { searchBound, strArgument } from "./strsearch.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import { W_Instance, type W_Type } from "./type.ts";

slots(w_bytearray, `repr len iter getitem setitem delitem contains ${COMPARISONS} add mul rmul mod iadd imul`);
w_bytearray.setOwn("__hash__", w_None);
slots(w_bytes, "mod");
slots(w_bytearray_iterator, "iter next length_hint");

function self(w_self: W_Root): W_BytesLike {
  return w_self as W_BytesLike;
}

/** Gives both classes a method. */
function both0(name: string, f: Fn1): void {
  method0(w_bytes, name, f);
  method0(w_bytearray, name, f);
}
function bothN(name: string, signature: string, f: FnN): void {
  methodN(w_bytes, name, signature, f);
  methodN(w_bytearray, name, signature, f);
}

// --- construction ------------------------------------------------------------------------------------------------------

/** The octets that `bytes(source, encoding, errors)` has. */
function construct(name: string, w_source: W_Root, w_encoding: W_Root, w_errors: W_Root): Uint8Array {
  if (w_source === w_missing) {
    if (w_encoding !== w_missing) throw typeError("encoding without a string argument");
    if (w_errors !== w_missing) throw typeError("errors without a string argument");
    return new Uint8Array(0);
  }
  const w_text = w_source.asStr();
  if (w_text instanceof W_Str) {
    if (w_encoding === w_missing) throw typeError("string argument without an encoding");
    const encoding = strArgument(w_encoding, name, "argument 'encoding'").text;
    const errors = w_errors === w_missing ? "strict" : strArgument(w_errors, name, "argument 'errors'").text;
    return requireBuffer(encodeStr(w_text, encoding, errors)).slice();
  }
  if (w_encoding !== w_missing) throw typeError("encoding without a string argument");
  if (w_errors !== w_missing) throw typeError("errors without a string argument");
  return octetsFrom(name, w_source);
}

function octetsFrom(name: string, w_source: W_Root): Uint8Array {
  const w_method =
    userMethod(w_source, "__bytes__") ?? (name === "bytes" ? w_source.getclass().lookup("__bytes__") : null);
  if (w_method !== null && name === "bytes") {
    const w_result = callBound0(w_method, w_source);
    if (w_result instanceof W_Bytes) return w_result.contents();
    throw typeError(`__bytes__ returned non-bytes (type ${w_result.typename()})`);
  }
  if (w_source instanceof W_Buffer) return w_source.contents().slice();
  const w_count = indexObject(w_source);
  if (w_count !== null) {
    if (!(w_count instanceof W_Int)) throw overflowError("cannot fit 'int' into an index-sized integer");
    if (w_count.value < 0) throw valueError("negative count");
    return new Uint8Array(w_count.value);
  }
  const w_class = w_source.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null) {
    throw typeError(`cannot convert '${w_source.typename()}' object to ${name}`);
  }
  return octetsOfIterable(w_source, name === "bytes" ? "bytes" : "byte");
}

newN(w_bytes, "source=?, encoding=?, errors=?", (args) => {
  const w_class = args[0] as W_Type;
  const w_source = args[1];
  if (w_class === w_bytes && w_source instanceof W_Bytes && w_source.user === null && args[2] === w_missing) {
    return w_source;
  }
  const data = construct("bytes", w_source, args[2], args[3]);
  if (w_class === w_bytes) return newbytes(data);
  const w_made = new W_Bytes(data);
  w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
newN(w_bytearray, "source=?, encoding=?, errors=?", (args) => {
  const w_class = args[0] as W_Type;
  const w_made = new W_ByteArray(construct("bytearray", args[1], args[2], args[3]));
  if (w_class !== w_bytearray) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodN(w_bytearray, "__init__", "source=?, encoding=?, errors=?", (args) => {
  const w_self = args[0] as W_ByteArray;
  const data = construct("bytearray", args[1], args[2], args[3]);
  w_self.data = data;
  w_self.size = data.length;
  return w_None;
});
method0(w_bytes, "__getnewargs__", (w_self) => newtuple([newbytes(self(w_self).contents())]));
method0(w_bytes, "__bytes__", (w_self) => newbytes(self(w_self).contents()));
method0(w_bytearray, "__reduce__", (w_self) => {
  const w_text = newstr(self(w_self).latin());
  return newtuple([w_self.getclass(), newtuple([w_text, newstr("latin-1")]), w_None]);
});

/** A result of a class method, in the class it was called on. */
function ofClass(w_class: W_Root, data: Uint8Array): W_Root {
  if (w_class === w_bytes) return newbytes(data);
  if (w_class === w_bytearray) return new W_ByteArray(data);
  return w_class.call1(newbytes(data));
}

function hexValue(c: int): int {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  return c >= 65 && c <= 70 ? c - 55 : -1;
}

/** The octets that a text of hexadecimal digits spells; white space may stand between pairs. */
export function octetsOfHex(text: string): Uint8Array {
  const data = new Uint8Array(text.length >> 1);
  let count: int = 0;
  let i: int = 0;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === 32 || (c >= 9 && c <= 13)) {
      i++;
      continue;
    }
    const high = hexValue(c);
    const low: int = high >= 0 && i + 1 < text.length ? hexValue(text.charCodeAt(i + 1)) : -1;
    if (low < 0) {
      throw valueError(`non-hexadecimal number found in fromhex() arg at position ${high < 0 ? i : i + 1}`);
    }
    data[count] = high * 16 + low;
    count++;
    i += 2;
  }
  return data.slice(0, count);
}
for (const w_class of [w_bytes, w_bytearray]) {
  classMethodN(w_class, "fromhex", "string, /", (args) =>
    ofClass(args[0], octetsOfHex(strArgument(args[1], "fromhex", "argument").text)),
  );
}

const HEX = "0123456789abcdef";

/** Hexadecimal digits, with a separator between groups counted from the right (from the left if negative). */
export function hexText(data: Uint8Array, separator: string, group: int): string {
  const parts: string[] = [];
  const size: int = group < 0 ? 0 - group : group;
  const n = data.length;
  for (let i: int = 0; i < n; i++) {
    if (i > 0 && separator.length > 0 && size > 0 && (group < 0 ? i % size === 0 : (n - i) % size === 0)) {
      parts.push(separator);
    }
    parts.push(HEX.charAt(data[i] >> 4), HEX.charAt(data[i] & 15));
  }
  return parts.join("");
}

/** The separator of `hex`: one ASCII character. */
export function hexSeparator(w_separator: W_Root): string {
  if (w_separator === w_missing) return "";
  const w_text = w_separator.asStr();
  const text = w_text instanceof W_Str ? w_text.text : w_separator instanceof W_BytesLike ? w_separator.latin() : null;
  if (text === null) throw typeError("sep must be str or bytes.");
  if (text.length !== 1) throw valueError("sep must be length 1.");
  if (text.charCodeAt(0) > 127) throw valueError("sep must be ASCII.");
  return text;
}
bothN("hex", "sep=?, bytes_per_sep=1", (args) =>
  newstr(hexText(self(args[0]).contents(), hexSeparator(args[1]), intArgument(args[2]))),
);
bothN("decode", "encoding='utf-8', errors='strict'", (args) => {
  const encoding = strArgument(args[1], "decode", "argument 'encoding'").text;
  const errors = strArgument(args[2], "decode", "argument 'errors'").text;
  return decodeBytes(self(args[0]).contents(), encoding, errors);
});

function translationTable(w_from: W_Root, w_to: W_Root): W_Root {
  const from = requireBuffer(w_from);
  const to = requireBuffer(w_to);
  if (from.length !== to.length) throw valueError("maketrans arguments must have same length");
  const table = new Uint8Array(256);
  for (let i: int = 0; i < 256; i++) table[i] = i;
  for (let i: int = 0; i < from.length; i++) table[from[i]] = to[i];
  return newbytes(table);
}
for (const w_class of [w_bytes, w_bytearray]) {
  staticMethodN(w_class, "maketrans", "frm, to, /", (args) => translationTable(args[0], args[1]));
}
bothN("translate", "table, /, delete=?", (args) => {
  const w_self = self(args[0]);
  const drop = args[2] === w_missing ? new Uint8Array(0) : requireBuffer(args[2]);
  const table = args[1] === w_None ? null : requireBuffer(args[1]);
  if (table !== null && table.length !== 256) throw valueError("translation table must be 256 characters long");
  const dropped = new Uint8Array(256);
  for (let i: int = 0; i < drop.length; i++) dropped[drop[i]] = 1;
  const data = new Uint8Array(w_self.size);
  let count: int = 0;
  for (let i: int = 0; i < w_self.size; i++) {
    const octet: int = w_self.data[i];
    if (dropped[octet] === 1) continue;
    data[count] = table === null ? octet : table[octet];
    count++;
  }
  return w_self.make(data.slice(0, count));
});

// --- search ------------------------------------------------------------------------------------------------------------

/** What is searched for: octets, or one octet by its number. */
function needle(w_part: W_Root): Uint8Array {
  if (w_part instanceof W_Buffer) return w_part.contents();
  const w_i = indexObject(w_part);
  if (w_i === null) {
    throw typeError(`argument should be integer or bytes-like object, not '${w_part.typename()}'`);
  }
  const data = new Uint8Array(1);
  data[0] = octetOf(w_i);
  return data;
}

function find(args: W_Root[], last: boolean): int {
  const w_self = self(args[0]);
  const part = needle(args[1]);
  const n = w_self.size;
  const from = searchBound(args[2], n, 0);
  const to = Math.min(searchBound(args[3], n, n), n);
  if (from > to) return -1;
  return last ? rfindOctets(w_self.data, from, to, part) : findOctets(w_self.data, from, to, part);
}
function requireFound(at: int): int {
  if (at < 0) throw valueError("subsection not found");
  return at;
}
const BOUNDS = "start=?, end=?, /";
bothN("find", `sub, ${BOUNDS}`, (args) => newint(find(args, false)));
bothN("rfind", `sub, ${BOUNDS}`, (args) => newint(find(args, true)));
bothN("index", `sub, ${BOUNDS}`, (args) => newint(requireFound(find(args, false))));
bothN("rindex", `sub, ${BOUNDS}`, (args) => newint(requireFound(find(args, true))));
bothN("count", `sub, ${BOUNDS}`, (args) => {
  const w_self = self(args[0]);
  const part = needle(args[1]);
  const n = w_self.size;
  const from = searchBound(args[2], n, 0);
  const to = Math.min(searchBound(args[3], n, n), n);
  if (from > to) return newint(0);
  if (part.length === 0) return newint(to - from + 1);
  let count: int = 0;
  for (let at = findOctets(w_self.data, from, to, part); at >= 0; count++) {
    at = findOctets(w_self.data, at + part.length, to, part);
  }
  return newint(count);
});

function matchesEdge(method: string, args: W_Root[]): boolean {
  const w_self = self(args[0]);
  const n = w_self.size;
  const from = searchBound(args[2], n, 0);
  const to = Math.min(searchBound(args[3], n, n), n);
  const w_part = args[1];
  if (w_part instanceof W_Tuple) {
    for (const w of w_part.items) if (edgeAt(method, w_self, requireBuffer(w), from, to)) return true;
    return false;
  }
  if (!(w_part instanceof W_Buffer)) {
    throw typeError(`${method} first arg must be bytes or a tuple of bytes, not ${w_part.typename()}`);
  }
  return edgeAt(method, w_self, w_part.contents(), from, to);
}
function edgeAt(method: string, w_self: W_BytesLike, part: Uint8Array, from: int, to: int): boolean {
  if (from > to || from + part.length > to) return false;
  const at = method === "startswith" ? from : to - part.length;
  return findOctets(w_self.data, at, at + part.length, part) === at;
}
bothN("startswith", `prefix, ${BOUNDS}`, (args) => newbool(matchesEdge("startswith", args)));
bothN("endswith", `suffix, ${BOUNDS}`, (args) => newbool(matchesEdge("endswith", args)));
bothN("removeprefix", "prefix, /", (args) => {
  const w_self = self(args[0]);
  const part = requireBuffer(args[1]);
  const at: int = edgeAt("startswith", w_self, part, 0, w_self.size) ? part.length : 0;
  return at === 0 ? sameOctets(w_self) : w_self.make(w_self.data.slice(at, w_self.size));
});
bothN("removesuffix", "suffix, /", (args) => {
  const w_self = self(args[0]);
  const part = requireBuffer(args[1]);
  const n: int = edgeAt("endswith", w_self, part, 0, w_self.size) ? w_self.size - part.length : w_self.size;
  return n === w_self.size ? sameOctets(w_self) : w_self.make(w_self.data.slice(0, n));
});

/** The receiver itself if nothing can change it, else a copy. */
function sameOctets(w_self: W_BytesLike): W_Root {
  if (w_self instanceof W_Bytes && w_self.user === null) return w_self;
  return w_self.make(w_self.data.slice(0, w_self.size));
}

// --- pieces --------------------------------------------------------------------------------------------------------------

/** Octets put together. */
class Octets {
  data: Uint8Array;
  size: int;
  constructor() {
    this.data = new Uint8Array(64);
    this.size = 0;
  }
  add(from: Uint8Array, start: int, end: int): void {
    const n = end - start;
    if (this.size + n > this.data.length) {
      const larger = new Uint8Array((this.size + n) * 2);
      for (let i: int = 0; i < this.size; i++) larger[i] = this.data[i];
      this.data = larger;
    }
    for (let i: int = 0; i < n; i++) this.data[this.size + i] = from[start + i];
    this.size += n;
  }
  build(): Uint8Array {
    return this.data.slice(0, this.size);
  }
}

bothN("replace", "old, new, count=-1, /", (args) => {
  const w_self = self(args[0]);
  const from = requireBuffer(args[1]);
  const to = requireBuffer(args[2]);
  const most = intArgument(args[3]);
  const out = new Octets();
  const n = w_self.size;
  let start: int = 0;
  let left = most;
  while (left !== 0) {
    if (from.length === 0) {
      out.add(to, 0, to.length);
      if (start >= n) break;
      out.add(w_self.data, start, start + 1);
      start++;
    } else {
      const at = findOctets(w_self.data, start, n, from);
      if (at < 0) break;
      out.add(w_self.data, start, at);
      out.add(to, 0, to.length);
      start = at + from.length;
    }
    left--;
  }
  if (start < n) out.add(w_self.data, start, n);
  return w_self.make(out.build());
});
bothN("join", "iterable_of_bytes, /", (args) => {
  const w_self = self(args[0]);
  const w_class = args[1].getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null) {
    throw typeError("can only join an iterable");
  }
  const w_it = iter(args[1]);
  const out = new Octets();
  let count: int = 0;
  for (;;) {
    const w_item = next(w_it);
    if (w_item === null) return w_self.make(out.build());
    if (!(w_item instanceof W_Buffer)) {
      throw typeError(`sequence item ${count}: expected a bytes-like object, ${w_item.typename()} found`);
    }
    if (count > 0) out.add(w_self.data, 0, w_self.size);
    const data = w_item.contents();
    out.add(data, 0, data.length);
    count++;
  }
});

function isBlank(octet: int): boolean {
  return octet === 32 || (octet >= 9 && octet <= 13);
}

function piece(w_self: W_BytesLike, from: int, to: int): W_Root {
  return w_self.make(w_self.data.slice(from, to));
}

function splitBlank(w_self: W_BytesLike, most: int): W_Root[] {
  const parts: W_Root[] = [];
  const data = w_self.data;
  const n = w_self.size;
  let left = most;
  let i: int = 0;
  for (;;) {
    while (i < n && isBlank(data[i])) i++;
    if (i >= n) return parts;
    let end: int = i;
    if (left === 0) {
      parts.push(piece(w_self, i, n));
      return parts;
    }
    while (end < n && !isBlank(data[end])) end++;
    parts.push(piece(w_self, i, end));
    i = end;
    left--;
  }
}
function rsplitBlank(w_self: W_BytesLike, most: int): W_Root[] {
  const parts: W_Root[] = [];
  const data = w_self.data;
  let left = most;
  let i: int = w_self.size;
  for (;;) {
    while (i > 0 && isBlank(data[i - 1])) i--;
    if (i === 0) break;
    let start: int = i;
    if (left === 0) {
      parts.push(piece(w_self, 0, i));
      break;
    }
    while (start > 0 && !isBlank(data[start - 1])) start--;
    parts.push(piece(w_self, start, i));
    i = start;
    left--;
  }
  parts.reverse();
  return parts;
}
function requireSeparator(w_separator: W_Root): Uint8Array {
  const separator = requireBuffer(w_separator);
  if (separator.length === 0) throw valueError("empty separator");
  return separator;
}
bothN("split", "sep=None, maxsplit=-1", (args) => {
  const w_self = self(args[0]);
  let left = intArgument(args[2]);
  if (args[1] === w_None) return newlist(splitBlank(w_self, left));
  const separator = requireSeparator(args[1]);
  const parts: W_Root[] = [];
  let start: int = 0;
  while (left !== 0) {
    const at = findOctets(w_self.data, start, w_self.size, separator);
    if (at < 0) break;
    parts.push(piece(w_self, start, at));
    start = at + separator.length;
    left--;
  }
  parts.push(piece(w_self, start, w_self.size));
  return newlist(parts);
});
bothN("rsplit", "sep=None, maxsplit=-1", (args) => {
  const w_self = self(args[0]);
  let left = intArgument(args[2]);
  if (args[1] === w_None) return newlist(rsplitBlank(w_self, left));
  const separator = requireSeparator(args[1]);
  const parts: W_Root[] = [];
  let end: int = w_self.size;
  while (left !== 0) {
    const at = rfindOctets(w_self.data, 0, end, separator);
    if (at < 0) break;
    parts.push(piece(w_self, at + separator.length, end));
    end = at;
    left--;
  }
  parts.push(piece(w_self, 0, end));
  parts.reverse();
  return newlist(parts);
});
bothN("splitlines", "keepends=False", (args) => {
  const w_self = self(args[0]);
  const keepEnds = truth(args[1]);
  const data = w_self.data;
  const n = w_self.size;
  const parts: W_Root[] = [];
  let start: int = 0;
  while (start < n) {
    let end: int = start;
    while (end < n && data[end] !== 10 && data[end] !== 13) end++;
    let after: int = end;
    if (after < n) after += data[after] === 13 && after + 1 < n && data[after + 1] === 10 ? 2 : 1;
    parts.push(piece(w_self, start, keepEnds ? after : end));
    start = after;
  }
  return newlist(parts);
});
bothN("partition", "sep, /", (args) => {
  const w_self = self(args[0]);
  const separator = requireSeparator(args[1]);
  const at = findOctets(w_self.data, 0, w_self.size, separator);
  if (at < 0) return newtuple([sameOctets(w_self), piece(w_self, 0, 0), piece(w_self, 0, 0)]);
  const end = at + separator.length;
  return newtuple([piece(w_self, 0, at), w_self.make(separator.slice()), piece(w_self, end, w_self.size)]);
});
bothN("rpartition", "sep, /", (args) => {
  const w_self = self(args[0]);
  const separator = requireSeparator(args[1]);
  const at = rfindOctets(w_self.data, 0, w_self.size, separator);
  if (at < 0) return newtuple([piece(w_self, 0, 0), piece(w_self, 0, 0), sameOctets(w_self)]);
  const end = at + separator.length;
  return newtuple([piece(w_self, 0, at), w_self.make(separator.slice()), piece(w_self, end, w_self.size)]);
});

function strip(args: W_Root[], left: boolean, right: boolean): W_Root {
  const w_self = self(args[0]);
  const data = w_self.data;
  const drop = new Uint8Array(256);
  if (args[1] === w_None) for (const octet of [9, 10, 11, 12, 13, 32]) drop[octet] = 1;
  else {
    const given = requireBuffer(args[1]);
    for (let i: int = 0; i < given.length; i++) drop[given[i]] = 1;
  }
  let from: int = 0;
  let to: int = w_self.size;
  if (left) while (from < to && drop[data[from]] === 1) from++;
  if (right) while (to > from && drop[data[to - 1]] === 1) to--;
  return from === 0 && to === w_self.size ? sameOctets(w_self) : piece(w_self, from, to);
}
bothN("strip", "bytes=None, /", (args) => strip(args, true, true));
bothN("lstrip", "bytes=None, /", (args) => strip(args, true, false));
bothN("rstrip", "bytes=None, /", (args) => strip(args, false, true));

// --- padding ---------------------------------------------------------------------------------------------------------------

function fillOf(method: string, w_fill: W_Root): int {
  if (w_fill instanceof W_BytesLike && w_fill.size === 1) return w_fill.data[0];
  const w_text = w_fill.asStr();
  // The default of the signature is a text.
  if (w_text instanceof W_Str && w_fill === w_text && w_text.text === " ") return 32;
  throw typeError(`${method}() argument 2 must be a byte string of length 1, not ${w_fill.typename()}`);
}
function pad(args: W_Root[], left: int, right: int, fill: int): W_Root {
  const w_self = self(args[0]);
  if (left + right === 0) return sameOctets(w_self);
  const data = new Uint8Array(left + w_self.size + right);
  for (let i: int = 0; i < data.length; i++) data[i] = fill;
  for (let i: int = 0; i < w_self.size; i++) data[left + i] = w_self.data[i];
  return w_self.make(data);
}
bothN("ljust", "width, fillchar=' ', /", (args) => {
  const missing = Math.max(0, intArgument(args[1]) - self(args[0]).size);
  return pad(args, 0, missing, fillOf("ljust", args[2]));
});
bothN("rjust", "width, fillchar=' ', /", (args) => {
  const missing = Math.max(0, intArgument(args[1]) - self(args[0]).size);
  return pad(args, missing, 0, fillOf("rjust", args[2]));
});
bothN("center", "width, fillchar=' ', /", (args) => {
  const width = intArgument(args[1]);
  const missing = Math.max(0, width - self(args[0]).size);
  const left: int = (missing >> 1) + (missing & width & 1);
  return pad(args, left, missing - left, fillOf("center", args[2]));
});
bothN("zfill", "width, /", (args) => {
  const w_self = self(args[0]);
  const missing = intArgument(args[1]) - w_self.size;
  if (missing <= 0) return sameOctets(w_self);
  const w_made = pad(args, missing, 0, 48) as W_BytesLike;
  if (w_self.size > 0 && (w_self.data[0] === 43 || w_self.data[0] === 45)) {
    w_made.data[0] = w_self.data[0];
    w_made.data[missing] = 48;
  }
  return w_made;
});
bothN("expandtabs", "tabsize=8", (args) => {
  const w_self = self(args[0]);
  const size = intArgument(args[1]);
  const w_out = new W_ByteArray(new Uint8Array(0));
  let column: int = 0;
  for (let i: int = 0; i < w_self.size; i++) {
    const octet: int = w_self.data[i];
    if (octet === 9) {
      const stop = size > 0 ? nextTabStop(column, size) : column;
      for (; column < stop; column++) w_out.append(32);
    } else {
      column = octet === 10 || octet === 13 ? 0 : column + 1;
      w_out.append(octet);
    }
  }
  return w_self.make(w_out.contents());
});

// --- case and kinds: ASCII only ----------------------------------------------------------------------------------------------

function isUpper(octet: int): boolean {
  return octet >= 65 && octet <= 90;
}
function isLower(octet: int): boolean {
  return octet >= 97 && octet <= 122;
}
function isLetter(octet: int): boolean {
  return isUpper(octet) || isLower(octet);
}
function isDigit(octet: int): boolean {
  return octet >= 48 && octet <= 57;
}
function isLetterOrDigit(octet: int): boolean {
  return isLetter(octet) || isDigit(octet);
}

const CASE_UPPER: int = 0;
const CASE_LOWER: int = 1;
const CASE_SWAP: int = 2;
const CASE_TITLE: int = 3;
const CASE_CAPITAL: int = 4;

function changed(octet: int, kind: int, first: boolean, inWord: boolean): int {
  if (!isLetter(octet)) return octet;
  const upper: int = isUpper(octet) ? octet : octet - 32;
  switch (kind) {
    case CASE_UPPER:
      return upper;
    case CASE_LOWER:
      return upper + 32;
    case CASE_SWAP:
      return octet === upper ? upper + 32 : upper;
    case CASE_TITLE:
      return inWord ? upper + 32 : upper;
    default:
      return first ? upper : upper + 32;
  }
}
function withCase(w_of: W_Root, kind: int): W_Root {
  const w_self = self(w_of);
  const data = w_self.data.slice(0, w_self.size);
  let inWord = false;
  for (let i: int = 0; i < data.length; i++) {
    const octet: int = data[i];
    data[i] = changed(octet, kind, i === 0, inWord);
    inWord = isLetter(octet);
  }
  return w_self.make(data);
}
both0("upper", (w_self) => withCase(w_self, CASE_UPPER));
both0("lower", (w_self) => withCase(w_self, CASE_LOWER));
both0("swapcase", (w_self) => withCase(w_self, CASE_SWAP));
both0("title", (w_self) => withCase(w_self, CASE_TITLE));
both0("capitalize", (w_self) => withCase(w_self, CASE_CAPITAL));

/** Are there octets, and does each pass? */
function all(w_of: W_Root, test: (octet: int) => boolean): W_Root {
  const w_self = self(w_of);
  for (let i: int = 0; i < w_self.size; i++) if (!test(w_self.data[i])) return newbool(false);
  return newbool(w_self.size > 0);
}
both0("isalpha", (w_self) => all(w_self, isLetter));
both0("isdigit", (w_self) => all(w_self, isDigit));
both0("isalnum", (w_self) => all(w_self, isLetterOrDigit));
both0("isspace", (w_self) => all(w_self, isBlank));
both0("isascii", (w_of) => {
  const w_self = self(w_of);
  for (let i: int = 0; i < w_self.size; i++) if (w_self.data[i] > 127) return newbool(false);
  return newbool(true);
});
function uniformCase(w_of: W_Root, upper: boolean): W_Root {
  const w_self = self(w_of);
  let found = false;
  for (let i: int = 0; i < w_self.size; i++) {
    const octet: int = w_self.data[i];
    if (upper ? isLower(octet) : isUpper(octet)) return newbool(false);
    if (isLetter(octet)) found = true;
  }
  return newbool(found);
}
both0("isupper", (w_self) => uniformCase(w_self, true));
both0("islower", (w_self) => uniformCase(w_self, false));
both0("istitle", (w_of) => {
  const w_self = self(w_of);
  let found = false;
  let inWord = false;
  for (let i: int = 0; i < w_self.size; i++) {
    const octet: int = w_self.data[i];
    if (isLetter(octet)) {
      if (isUpper(octet) === inWord) return newbool(false);
      found = true;
      inWord = true;
    } else inWord = false;
  }
  return newbool(found);
});

// --- bytearray -----------------------------------------------------------------------------------------------------------------

function array(w_self: W_Root): W_ByteArray {
  return w_self as W_ByteArray;
}
method1(w_bytearray, "append", (w_self, w_item) => {
  array(w_self).append(octetOf(w_item));
  return w_None;
});
method1(w_bytearray, "extend", (w_self, w_items) => {
  const w_array = array(w_self);
  const data = w_items instanceof W_Buffer ? w_items.contents().slice() : extension(w_items);
  w_array.replaceRange(w_array.size, 0, data);
  return w_None;
});
function extension(w_items: W_Root): Uint8Array {
  if (w_items.asStr() !== null) throw typeError("expected iterable of integers; got: 'str'");
  const items = unpack(w_items);
  const data = new Uint8Array(items.length);
  for (let i: int = 0; i < items.length; i++) data[i] = octetOf(items[i]);
  return data;
}
methodN(w_bytearray, "insert", "index, item, /", (args) => {
  const w_array = array(args[0]);
  let i = intArgument(args[1]);
  if (i < 0) i = Math.max(0, i + w_array.size);
  const one = new Uint8Array(1);
  one[0] = octetOf(args[2]);
  w_array.replaceRange(Math.min(i, w_array.size), 0, one);
  return w_None;
});
methodN(w_bytearray, "pop", "index=-1, /", (args) => {
  const w_array = array(args[0]);
  let i = intArgument(args[1]);
  if (w_array.size === 0) throw indexError("pop from empty bytearray");
  if (i < 0) i += w_array.size;
  if (i < 0 || i >= w_array.size) throw indexError("pop index out of range");
  const octet: int = w_array.data[i];
  w_array.replaceRange(i, 1, new Uint8Array(0));
  return newint(octet);
});
method1(w_bytearray, "remove", (w_self, w_item) => {
  const w_array = array(w_self);
  const octet = octetOf(w_item);
  for (let i: int = 0; i < w_array.size; i++) {
    if (w_array.data[i] !== octet) continue;
    w_array.replaceRange(i, 1, new Uint8Array(0));
    return w_None;
  }
  throw valueError("value not found in bytearray");
});
method0(w_bytearray, "reverse", (w_self) => {
  const w_array = array(w_self);
  for (let i: int = 0, j: int = w_array.size - 1; i < j; i++, j--) {
    const octet: int = w_array.data[i];
    w_array.data[i] = w_array.data[j];
    w_array.data[j] = octet;
  }
  return w_None;
});
method0(w_bytearray, "clear", (w_self) => {
  array(w_self).size = 0;
  return w_None;
});
method0(w_bytearray, "copy", (w_self) => new W_ByteArray(array(w_self).data.slice(0, array(w_self).size)));
