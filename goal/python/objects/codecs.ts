// Encoding text as bytes and back: UTF-8, ASCII, Latin-1, UTF-16, UTF-32, with the error handlers of Python.
//
// An encoder writes one code point at a time and says when it cannot; the error handler then decides about the whole
// run of such characters. A decoder works likewise on bytes. Encodings that are not here are looked up by `codecHook`
// (the registry of the `codecs` module).
import { type int, StringBuilder } from "rtypescript/rlib";
import { utf8Encode } from "rtypescript/rlib/os";
import { copyOctets, newbytes, W_Buffer, type W_Bytes } from "./bytes.ts";
import { isAsciiText } from "./chartype.ts";
import { w_UnicodeDecodeError, w_UnicodeEncodeError } from "./exceptions.ts";
import { newint, W_Int } from "./int.ts";
import {
  indexError,
  KIND_LookupError,
  NO_NAMES,
  type OperationError,
  operationError,
  raiseValue,
  typeError,
  type W_Root,
} from "./root.ts";
import { newstr, W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";

export const ENCODING_UTF8: int = 0;
export const ENCODING_ASCII: int = 1;
export const ENCODING_LATIN1: int = 2;
export const ENCODING_UTF16LE: int = 3;
export const ENCODING_UTF16BE: int = 4;
export const ENCODING_UTF32LE: int = 5;
export const ENCODING_UTF32BE: int = 6;
/** With a byte-order mark, native order. */
export const ENCODING_UTF16: int = 7;
export const ENCODING_UTF32: int = 8;
export const ENCODING_UTF8SIG: int = 9;

const NAMES: string[] = [
  "utf-8",
  "ascii",
  "latin-1",
  "utf-16-le",
  "utf-16-be",
  "utf-32-le",
  "utf-32-be",
  "utf-16",
  "utf-32",
  "utf-8-sig",
];

/** By the name in lower case without separators. */
const BY_NAME = new Map<string, int>([
  ["utf8", ENCODING_UTF8],
  ["u8", ENCODING_UTF8],
  ["utf", ENCODING_UTF8],
  ["cp65001", ENCODING_UTF8],
  ["ascii", ENCODING_ASCII],
  ["usascii", ENCODING_ASCII],
  ["646", ENCODING_ASCII],
  ["ansix3.41968", ENCODING_ASCII],
  ["latin1", ENCODING_LATIN1],
  ["latin", ENCODING_LATIN1],
  ["l1", ENCODING_LATIN1],
  ["iso88591", ENCODING_LATIN1],
  ["8859", ENCODING_LATIN1],
  ["cp819", ENCODING_LATIN1],
  ["utf16le", ENCODING_UTF16LE],
  ["utf16be", ENCODING_UTF16BE],
  ["utf32le", ENCODING_UTF32LE],
  ["utf32be", ENCODING_UTF32BE],
  ["utf16", ENCODING_UTF16],
  ["u16", ENCODING_UTF16],
  ["utf32", ENCODING_UTF32],
  ["u32", ENCODING_UTF32],
  ["utf8sig", ENCODING_UTF8SIG],
]);

/** The number of an encoding by its name, −1 for one that is not native. */
export function findEncoding(name: string): int {
  const plain = name.toLowerCase().replaceAll("-", "").replaceAll("_", "").replaceAll(" ", "");
  return BY_NAME.get(plain) ?? -1;
}

/** Encodings and error handlers of programs. */
export abstract class CodecHook {
  abstract encode(w_text: W_Str, encoding: string, errors: string): W_Root;
  abstract decode(data: Uint8Array, encoding: string, errors: string): W_Root;
}
class CodecState {
  hook: CodecHook | null;
  /** `codecs.register_error` */
  readonly handlers: Map<string, W_Root>;
  constructor() {
    this.hook = null;
    this.handlers = new Map<string, W_Root>();
  }
}
export const codecState = new CodecState();

function unknownEncoding(name: string): OperationError {
  return operationError(KIND_LookupError, `unknown encoding: ${name}`);
}

/** `text.encode(encoding, errors)` */
export function encodeStr(w_text: W_Str, encoding: string, errors: string): W_Root {
  const number = findEncoding(encoding);
  if (number >= 0) return encodeNative(w_text, number, errors);
  if (codecState.hook === null) throw unknownEncoding(encoding);
  return codecState.hook.encode(w_text, encoding, errors);
}
/** `data.decode(encoding, errors)` */
export function decodeBytes(data: Uint8Array, encoding: string, errors: string): W_Str {
  const number = findEncoding(encoding);
  if (number >= 0) return decodeNative(data, number, errors);
  if (codecState.hook === null) throw unknownEncoding(encoding);
  const w_text = codecState.hook.decode(data, encoding, errors);
  if (w_text instanceof W_Str) return w_text;
  throw typeError(
    `'${encoding}' decoder returned '${w_text.typename()}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
  );
}

// --- encoding --------------------------------------------------------------------------------------------------------------

/** Bytes in the making. */
export class ByteSink {
  data: Uint8Array;
  size: int;
  constructor(room: int) {
    this.data = new Uint8Array(room < 16 ? 16 : room);
    this.size = 0;
  }
  put(octet: int): void {
    if (this.size === this.data.length) this.#grow(1);
    this.data[this.size] = octet;
    this.size += 1;
  }
  putAll(octets: Uint8Array): void {
    if (this.size + octets.length > this.data.length) this.#grow(octets.length);
    copyOctets(octets, 0, this.data, this.size, octets.length);
    this.size += octets.length;
  }
  #grow(extra: int): void {
    const data = new Uint8Array((this.size + extra) * 2);
    copyOctets(this.data, 0, data, 0, this.size);
    this.data = data;
  }
  octets(): Uint8Array {
    return this.data.slice(0, this.size);
  }
}

function isSurrogate(code: int): boolean {
  return code >= 0xd800 && code < 0xe000;
}

/** Can the encoding write the character? */
function canEncode(encoding: int, code: int): boolean {
  if (encoding === ENCODING_ASCII) return code < 128;
  if (encoding === ENCODING_LATIN1) return code < 256;
  return !isSurrogate(code);
}

function put16(sink: ByteSink, unit: int, big: boolean): void {
  sink.put(big ? unit >> 8 : unit & 255);
  sink.put(big ? unit & 255 : unit >> 8);
}

/** Writes a character; surrogates too, where the encoding has a form for them. */
function putCode(sink: ByteSink, encoding: int, code: int): void {
  switch (encoding) {
    case ENCODING_UTF8:
    case ENCODING_UTF8SIG:
      putUtf8(sink, code);
      return;
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
    case ENCODING_UTF16: {
      const big = encoding === ENCODING_UTF16BE;
      if (code > 65535) {
        put16(sink, 0xd800 + ((code - 0x10000) >> 10), big);
        put16(sink, 0xdc00 + (code & 0x3ff), big);
      } else put16(sink, code, big);
      return;
    }
    case ENCODING_UTF32LE:
    case ENCODING_UTF32BE:
    case ENCODING_UTF32:
      if (encoding === ENCODING_UTF32BE) {
        put16(sink, code >> 16, true);
        put16(sink, code & 65535, true);
      } else {
        put16(sink, code & 65535, false);
        put16(sink, code >> 16, false);
      }
      return;
    default:
      sink.put(code);
  }
}
function putUtf8(sink: ByteSink, code: int): void {
  if (code < 0x80) sink.put(code);
  else if (code < 0x800) {
    sink.put(0xc0 | (code >> 6));
    sink.put(0x80 | (code & 63));
  } else if (code < 0x10000) {
    sink.put(0xe0 | (code >> 12));
    sink.put(0x80 | ((code >> 6) & 63));
    sink.put(0x80 | (code & 63));
  } else {
    sink.put(0xf0 | (code >> 18));
    sink.put(0x80 | ((code >> 12) & 63));
    sink.put(0x80 | ((code >> 6) & 63));
    sink.put(0x80 | (code & 63));
  }
}

function reasonOf(encoding: int): string {
  if (encoding === ENCODING_ASCII) return "ordinal not in range(128)";
  return encoding === ENCODING_LATIN1 ? "ordinal not in range(256)" : "surrogates not allowed";
}

function hasSurrogate(w_text: W_Str): boolean {
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) if (isSurrogate(w_text.codeAt(i))) return true;
  return false;
}

/** Encodes by an encoding's number. */
export function encodeNative(w_text: W_Str, encoding: int, errors: string): W_Bytes {
  if ((encoding === ENCODING_UTF8 || encoding <= ENCODING_LATIN1) && isAsciiText(w_text.text)) {
    const data = new Uint8Array(w_text.text.length);
    for (let i: int = 0; i < data.length; i++) data[i] = w_text.text.charCodeAt(i);
    return newbytes(data);
  }
  if (encoding === ENCODING_UTF8 && !hasSurrogate(w_text)) return newbytes(utf8Encode(w_text.text));
  const n = w_text.len();
  const sink = new ByteSink(n * 2);
  if (encoding === ENCODING_UTF16 || encoding === ENCODING_UTF32 || encoding === ENCODING_UTF8SIG) {
    putCode(sink, encoding, 0xfeff);
  }
  let i: int = 0;
  while (i < n) {
    const code = w_text.codeAt(i);
    if (canEncode(encoding, code)) {
      putCode(sink, encoding, code);
      i++;
      continue;
    }
    let end: int = i + 1;
    while (end < n && !canEncode(encoding, w_text.codeAt(end))) end++;
    i = encodeError(sink, encoding, w_text, i, end, errors);
  }
  return newbytes(sink.octets());
}

/** The UnicodeEncodeError for characters `start` to `end`. */
export function unicodeEncodeError(name: string, w_text: W_Str, start: int, end: int, reason: string): W_Root {
  const args: W_Root[] = [newstr(name), w_text, newint(start), newint(end), newstr(reason)];
  return w_UnicodeEncodeError.callArgs(args, NO_NAMES);
}

/** Deals with characters `start` to `end` that the encoding has not; gives where to go on. */
function encodeError(sink: ByteSink, encoding: int, w_text: W_Str, start: int, end: int, errors: string): int {
  switch (errors) {
    case "ignore":
      return end;
    case "replace":
      for (let i: int = start; i < end; i++) putCode(sink, encoding, 63);
      return end;
    case "backslashreplace":
      for (let i: int = start; i < end; i++) putText(sink, encoding, backslashed(w_text.codeAt(i)));
      return end;
    case "xmlcharrefreplace":
      for (let i: int = start; i < end; i++) putText(sink, encoding, `&#${w_text.codeAt(i)};`);
      return end;
    case "surrogateescape": {
      let i: int = start;
      while (i < end && w_text.codeAt(i) >= 0xdc80 && w_text.codeAt(i) <= 0xdcff) {
        sink.put(w_text.codeAt(i) - 0xdc00);
        i++;
      }
      if (i > start) return i;
      break;
    }
    case "surrogatepass":
      if (encoding === ENCODING_ASCII || encoding === ENCODING_LATIN1) break;
      for (let i: int = start; i < end; i++) putCode(sink, encoding, w_text.codeAt(i));
      return end;
    case "strict":
      break;
    default:
      return customEncodeError(sink, encoding, w_text, start, end, errors);
  }
  throw raiseValue(unicodeEncodeError(NAMES[encoding], w_text, start, end, reasonOf(encoding)));
}

function putText(sink: ByteSink, encoding: int, text: string): void {
  for (let i: int = 0; i < text.length; i++) putCode(sink, encoding, text.charCodeAt(i));
}

/** `\xhh`, `\uhhhh` or `\Uhhhhhhhh`. */
export function backslashed(code: int): string {
  if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 65536) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** A handler of `codecs.register_error`. */
export function handlerNamed(errors: string): W_Root {
  const w_handler = codecState.handlers.get(errors);
  if (w_handler === undefined) throw operationError(KIND_LookupError, `unknown error handler name '${errors}'`);
  return w_handler;
}

/** Where a handler's result tells to go on. */
function positionOf(w_result: W_Root, n: int): int {
  const w_position = w_result instanceof W_Tuple && w_result.items.length === 2 ? w_result.items[1].asInt() : null;
  if (!(w_position instanceof W_Int)) throw typeError("encoding error handler must return (str/bytes, int) tuple");
  const at: int = w_position.value < 0 ? w_position.value + n : w_position.value;
  if (at < 0 || at > n) throw indexError(`position ${w_position.value} from error handler out of bounds`);
  return at;
}

function customEncodeError(sink: ByteSink, encoding: int, w_text: W_Str, start: int, end: int, errors: string): int {
  const w_handler = handlerNamed(errors);
  const w_result = w_handler.call1(unicodeEncodeError(NAMES[encoding], w_text, start, end, reasonOf(encoding)));
  const at = positionOf(w_result, w_text.len());
  const w_piece = (w_result as W_Tuple).items[0];
  if (w_piece instanceof W_Buffer) {
    sink.putAll(w_piece.contents());
    return at;
  }
  const w_replacement = w_piece.asStr();
  if (!(w_replacement instanceof W_Str)) throw typeError("encoding error handler must return (str/bytes, int) tuple");
  for (let i: int = 0; i < w_replacement.len(); i++) {
    if (!canEncode(encoding, w_replacement.codeAt(i))) {
      throw raiseValue(unicodeEncodeError(NAMES[encoding], w_text, start, end, reasonOf(encoding)));
    }
    putCode(sink, encoding, w_replacement.codeAt(i));
  }
  return at;
}

// --- decoding --------------------------------------------------------------------------------------------------------------

/** A decoder at work. */
class Decoding {
  readonly data: Uint8Array;
  readonly name: string;
  readonly errors: string;
  readonly out: StringBuilder;
  constructor(data: Uint8Array, name: string, errors: string) {
    this.data = data;
    this.name = name;
    this.errors = errors;
    this.out = new StringBuilder();
  }
  put(code: int): void {
    if (code < 65536) this.out.appendChar(String.fromCharCode(code));
    else this.out.append(String.fromCodePoint(code));
  }
  /** Deals with bytes `start` to `end`; gives where to go on. */
  error(start: int, end: int, reason: string): int {
    switch (this.errors) {
      case "ignore":
        return end;
      case "replace":
        this.put(0xfffd);
        return end;
      case "backslashreplace":
        for (let i: int = start; i < end; i++) this.out.append(backslashed(this.data[i]));
        return end;
      case "surrogateescape": {
        let i: int = start;
        while (i < end && this.data[i] >= 128) {
          this.put(0xdc00 + this.data[i]);
          i++;
        }
        if (i > start) return i;
        break;
      }
      case "strict":
      case "surrogatepass":
        break;
      default:
        return this.#custom(start, end, reason);
    }
    throw raiseValue(this.#exception(start, end, reason));
  }
  #exception(start: int, end: int, reason: string): W_Root {
    const args: W_Root[] = [newstr(this.name), newbytes(this.data), newint(start), newint(end), newstr(reason)];
    return w_UnicodeDecodeError.callArgs(args, NO_NAMES);
  }
  #custom(start: int, end: int, reason: string): int {
    const w_result = handlerNamed(this.errors).call1(this.#exception(start, end, reason));
    const at = positionOf(w_result, this.data.length);
    const w_piece = (w_result as W_Tuple).items[0].asStr();
    if (!(w_piece instanceof W_Str)) throw typeError("decoding error handler must return (str, int) tuple");
    this.out.append(w_piece.text);
    return at;
  }
  text(): W_Str {
    return newstr(this.out.build());
  }
}

/** Decodes by an encoding's number. */
export function decodeNative(data: Uint8Array, encoding: int, errors: string): W_Str {
  switch (encoding) {
    case ENCODING_UTF8:
      return decodeUtf8(new Decoding(data, "utf-8", errors), 0);
    case ENCODING_UTF8SIG: {
      const marked = data.length >= 3 && data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
      return decodeUtf8(new Decoding(data, "utf-8", errors), marked ? 3 : 0);
    }
    case ENCODING_ASCII:
    case ENCODING_LATIN1:
      return decodeSingle(new Decoding(data, NAMES[encoding], errors), encoding === ENCODING_ASCII ? 128 : 256);
    case ENCODING_UTF16: {
      const big = data.length >= 2 && data[0] === 0xfe && data[1] === 0xff;
      const marked = big || (data.length >= 2 && data[0] === 0xff && data[1] === 0xfe);
      return decode16(new Decoding(data, big ? "utf-16-be" : "utf-16-le", errors), marked ? 2 : 0, big);
    }
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
      return decode16(new Decoding(data, NAMES[encoding], errors), 0, encoding === ENCODING_UTF16BE);
    case ENCODING_UTF32: {
      const little = data.length >= 4 && data[0] === 0xff && data[1] === 0xfe && data[2] === 0 && data[3] === 0;
      const big = data.length >= 4 && data[0] === 0 && data[1] === 0 && data[2] === 0xfe && data[3] === 0xff;
      return decode32(new Decoding(data, big ? "utf-32-be" : "utf-32-le", errors), little || big ? 4 : 0, big);
    }
    default:
      return decode32(new Decoding(data, NAMES[encoding], errors), 0, encoding === ENCODING_UTF32BE);
  }
}

function decodeSingle(d: Decoding, limit: int): W_Str {
  const data = d.data;
  let i: int = 0;
  while (i < data.length) {
    const octet: int = data[i];
    if (octet < limit) {
      d.out.appendChar(String.fromCharCode(octet));
      i++;
    } else i = d.error(i, i + 1, "ordinal not in range(128)");
  }
  return d.text();
}

/** Bytes that a UTF-8 sequence starting with `lead` has; 0: none starts so. */
function sequenceLength(lead: int): int {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}
function isContinuation(lead: int, at: int, octet: int): boolean {
  if ((octet & 0xc0) !== 0x80) return false;
  if (at !== 1) return true;
  if (lead === 0xe0) return octet >= 0xa0;
  if (lead === 0xed) return octet < 0xa0;
  if (lead === 0xf0) return octet >= 0x90;
  return lead !== 0xf4 || octet < 0x90;
}

function decodeUtf8(d: Decoding, from: int): W_Str {
  const data = d.data;
  const n = data.length;
  let i: int = from;
  while (i < n) {
    const lead: int = data[i];
    if (lead < 0x80) {
      d.out.appendChar(String.fromCharCode(lead));
      i++;
      continue;
    }
    const length = sequenceLength(lead);
    if (length === 0) {
      i = d.error(i, i + 1, "invalid start byte");
      continue;
    }
    let code: int = lead & (0xff >> (length + 1));
    let k: int = 1;
    while (k < length && i + k < n && isContinuation(lead, k, data[i + k])) {
      code = (code << 6) | (data[i + k] & 63);
      k++;
    }
    if (k === length) {
      d.put(code);
      i += length;
    } else if (i + k >= n) i = d.error(i, n, "unexpected end of data");
    else if (d.errors === "surrogatepass" && isSurrogateAt(data, i)) {
      d.put(0xd000 | ((data[i + 1] & 63) << 6) | (data[i + 2] & 63));
      i += 3;
    } else i = d.error(i, i + k, "invalid continuation byte");
  }
  return d.text();
}
function isSurrogateAt(data: Uint8Array, i: int): boolean {
  if (data[i] !== 0xed || i + 2 >= data.length) return false;
  return data[i + 1] >= 0xa0 && data[i + 1] <= 0xbf && (data[i + 2] & 0xc0) === 0x80;
}

function decode16(d: Decoding, from: int, big: boolean): W_Str {
  const data = d.data;
  const n = data.length;
  let i: int = from;
  while (i < n) {
    if (i + 1 >= n) {
      i = d.error(i, n, "truncated data");
      continue;
    }
    const unit = unitAt(data, i, big);
    if (!isSurrogate(unit)) {
      d.put(unit);
      i += 2;
    } else if (d.errors === "surrogatepass" && !(unit < 0xdc00 && i + 3 < n && isLow(unitAt(data, i + 2, big)))) {
      d.put(unit);
      i += 2;
    } else if (unit >= 0xdc00) i = d.error(i, i + 2, "illegal encoding");
    else if (i + 3 >= n) i = d.error(i, n, "unexpected end of data");
    else if (!isLow(unitAt(data, i + 2, big))) i = d.error(i, i + 2, "illegal UTF-16 surrogate");
    else {
      d.put(0x10000 + ((unit & 0x3ff) << 10) + (unitAt(data, i + 2, big) & 0x3ff));
      i += 4;
    }
  }
  return d.text();
}
function unitAt(data: Uint8Array, i: int, big: boolean): int {
  return big ? (data[i] << 8) | data[i + 1] : data[i] | (data[i + 1] << 8);
}
function isLow(unit: int): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

function decode32(d: Decoding, from: int, big: boolean): W_Str {
  const data = d.data;
  const n = data.length;
  let i: int = from;
  while (i < n) {
    if (i + 3 >= n) {
      i = d.error(i, n, "truncated data");
      continue;
    }
    const high = unitAt(data, big ? i : i + 2, big);
    const low = unitAt(data, big ? i + 2 : i, big);
    if (high > 0x10) i = d.error(i, i + 4, "code point not in range(0x110000)");
    else if (high === 0 && isSurrogate(low) && d.errors !== "surrogatepass") {
      i = d.error(i, i + 4, "code point in surrogate code point range");
    } else {
      d.put(high * 65536 + low);
      i += 4;
    }
  }
  return d.text();
}
