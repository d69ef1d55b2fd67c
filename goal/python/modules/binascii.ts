// The binascii module: hexadecimal, base64, checksums.
import type { int } from "rtypescript/rlib";
import { functionN } from "../objects/builtin.ts";
import { newbytes, W_Buffer } from "../objects/bytes.ts";
import { hexSeparator, hexText } from "../objects/bytesmethods.ts";
import { isAsciiText } from "../objects/chartype.ts";
import { ByteSink, ENCODING_ASCII, encodeNative } from "../objects/codecs.ts";
import { exceptionType, w_BaseException } from "../objects/exceptions.ts";
import { newint } from "../objects/int.ts";
import { type OperationError, raiseValue, typeError, valueError, type W_Root } from "../objects/root.ts";
import { intArgument } from "../objects/slice.ts";
import { truth } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_binascii = builtinModule("binascii");

function errorType(name: string, base: string): W_Type {
  const w_class = builtinType(name, exceptionType(base), "binascii");
  w_class.hasDict = true;
  w_class.w_layout = w_BaseException;
  constant(w_binascii, name, w_class);
  return w_class;
}
const w_Error = errorType("Error", "ValueError");
errorType("Incomplete", "Exception");

function asciiError(text: string): OperationError {
  return raiseValue(w_Error.call1(newstr(text)));
}

/** Octets of a buffer. */
function octets(w_data: W_Root): Uint8Array {
  if (w_data instanceof W_Buffer) return w_data.contents();
  throw typeError(`a bytes-like object is required, not '${w_data.typename()}'`);
}
/** Octets of a buffer or of ASCII text. */
function asciiOctets(w_data: W_Root): Uint8Array {
  const w_text = w_data.asStr();
  if (w_text instanceof W_Str) {
    if (!isAsciiText(w_text.text)) throw valueError("string argument should contain only ASCII characters");
    return encodeNative(w_text, ENCODING_ASCII, "strict").contents();
  }
  if (w_data instanceof W_Buffer) return w_data.contents();
  throw typeError(`argument should be bytes, buffer or ASCII string, not '${w_data.typename()}'`);
}

function hexlify(args: W_Root[]): W_Root {
  const text = hexText(octets(args[0]), hexSeparator(args[1]), intArgument(args[2]));
  return encodeNative(newstr(text), ENCODING_ASCII, "strict");
}

function hexValue(c: int): int {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  return c >= 65 && c <= 70 ? c - 55 : -1;
}
function unhexlify(args: W_Root[]): W_Root {
  const data = asciiOctets(args[0]);
  if (data.length % 2 !== 0) throw asciiError("Odd-length string");
  const result = new Uint8Array(data.length >> 1);
  for (let i: int = 0; i < result.length; i++) {
    const high = hexValue(data[2 * i]);
    const low = hexValue(data[2 * i + 1]);
    if (high < 0 || low < 0) throw asciiError("Non-hexadecimal digit found");
    result[i] = high * 16 + low;
  }
  return newbytes(result);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES: readonly int[] = Array.from({ length: 128 }, (_, c) => ALPHABET.indexOf(String.fromCharCode(c)));

function toBase64(args: W_Root[]): W_Root {
  const data = octets(args[0]);
  const sink = new ByteSink(data.length * 2);
  for (let i: int = 0; i < data.length; i += 3) {
    const left = data.length - i;
    const a: int = data[i];
    const b: int = left > 1 ? data[i + 1] : 0;
    const c: int = left > 2 ? data[i + 2] : 0;
    sink.put(ALPHABET.charCodeAt(a >> 2));
    sink.put(ALPHABET.charCodeAt(((a & 3) << 4) | (b >> 4)));
    sink.put(left > 1 ? ALPHABET.charCodeAt(((b & 15) << 2) | (c >> 6)) : 61);
    sink.put(left > 2 ? ALPHABET.charCodeAt(c & 63) : 61);
  }
  if (truth(args[1])) sink.put(10);
  return newbytes(sink.octets());
}

function fromBase64(args: W_Root[]): W_Root {
  const data = asciiOctets(args[0]);
  const strict = truth(args[1]);
  if (strict && data.length > 0 && data[0] === 61) throw asciiError("Leading padding not allowed");
  const sink = new ByteSink(data.length);
  let place: int = 0;
  let left: int = 0;
  let pads: int = 0;
  let padded = false;
  for (let i: int = 0; i < data.length; i++) {
    const c: int = data[i];
    if (c === 61) {
      padded = true;
      if (place >= 2) {
        pads++;
        if (place + pads >= 4) {
          if (strict && i + 1 < data.length) throw asciiError("Excess data after padding");
          return newbytes(sink.octets());
        }
      } else if (strict) throw asciiError("Discontinuous padding not allowed");
      continue;
    }
    const value: int = c < 128 ? VALUES[c] : -1;
    if (value < 0) {
      if (strict) throw asciiError("Only base64 data is allowed");
      continue;
    }
    if (strict && padded) throw asciiError("Discontinuous padding not allowed");
    pads = 0;
    switch (place) {
      case 0:
        place = 1;
        left = value;
        break;
      case 1:
        place = 2;
        sink.put(((left << 2) | (value >> 4)) & 255);
        left = value & 15;
        break;
      case 2:
        place = 3;
        sink.put(((left << 4) | (value >> 2)) & 255);
        left = value & 3;
        break;
      default:
        place = 0;
        sink.put(((left << 6) | value) & 255);
        left = 0;
    }
  }
  if (place === 1) {
    const count: int = Math.floor(sink.size / 3) * 4 + 1;
    throw asciiError(
      `Invalid base64-encoded string: number of data characters (${count}) cannot be 1 more than a multiple of 4`,
    );
  }
  if (place !== 0) throw asciiError("Incorrect padding");
  return newbytes(sink.octets());
}

const CRC_TABLE: readonly int[] = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c | 0;
});

/** CRC-32 of octets, continued from an earlier one; signed. */
export function crc32(data: Uint8Array, start: int): int {
  let crc: int = ~start;
  for (let i: int = 0; i < data.length; i++) crc = CRC_TABLE[(crc ^ data[i]) & 255] ^ (crc >>> 8);
  return ~crc;
}

function crcHqx(data: Uint8Array, start: int): int {
  let crc: int = start & 0xffff;
  for (let i: int = 0; i < data.length; i++) {
    crc ^= data[i] << 8;
    for (let k: int = 0; k < 8; k++) crc = (crc & 0x8000) !== 0 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

functions(w_binascii, [
  functionN("hexlify", "data, sep=?, bytes_per_sep=1", hexlify),
  functionN("b2a_hex", "data, sep=?, bytes_per_sep=1", hexlify),
  functionN("unhexlify", "hexstr, /", unhexlify),
  functionN("a2b_hex", "hexstr, /", unhexlify),
  functionN("b2a_base64", "data, /, *, newline=True", toBase64),
  functionN("a2b_base64", "data, /, *, strict_mode=False", fromBase64),
  functionN("crc32", "data, crc=0, /", (args) => newint(crc32(octets(args[0]), intArgument(args[1]) | 0) >>> 0)),
  functionN("crc_hqx", "data, crc, /", (args) => newint(crcHqx(octets(args[0]), intArgument(args[1])))),
]);
