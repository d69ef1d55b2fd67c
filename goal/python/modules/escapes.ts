// Escaped text: the unicode_escape and raw_unicode_escape encodings and the escapes of bytes literals.
import type { int } from "rtypescript/rlib";
import { bytesOfText, newbytes, W_ByteArray } from "../objects/bytes.ts";
import { backslashed } from "../objects/codecs.ts";
import { w_UnicodeDecodeError } from "../objects/exceptions.ts";
import { newint } from "../objects/int.ts";
import { NO_NAMES, type OperationError, raiseValue, valueError, type W_Root } from "../objects/root.ts";
import { newstr, type W_Str } from "../objects/str.ts";

function hexValue(c: int): int {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  return c >= 65 && c <= 70 ? c - 55 : -1;
}

/** The character after a backslash and what it stands for, −1 for others. */
function simpleEscape(c: int): int {
  switch (c) {
    case 92:
    case 39:
    case 34:
      return c;
    case 97:
      return 7;
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
    case 118:
      return 11;
    default:
      return -1;
  }
}

function decodeError(data: Uint8Array, name: string, start: int, end: int, reason: string): OperationError {
  const args: W_Root[] = [newstr(name), newbytes(data), newint(start), newint(end), newstr(reason)];
  return raiseValue(w_UnicodeDecodeError.callArgs(args, NO_NAMES));
}

/** A run of hexadecimal digits. */
class Hex {
  value: int;
  count: int;
  constructor(data: Uint8Array, at: int, most: int) {
    this.value = 0;
    this.count = 0;
    while (this.count < most && at + this.count < data.length) {
      const digit = hexValue(data[at + this.count]);
      if (digit < 0) break;
      this.value = this.value * 16 + digit;
      this.count += 1;
    }
  }
}

/** The text of octets with the escapes of string literals (`raw`: only `\u` and `\U`). */
export function decodeEscapes(data: Uint8Array, errors: string, raw: boolean): W_Str {
  const name = raw ? "rawunicodeescape" : "unicodeescape";
  const parts: string[] = [];
  const n = data.length;
  let i: int = 0;
  while (i < n) {
    const c: int = data[i];
    if (c !== 92 || (raw && (i + 1 >= n || (data[i + 1] !== 117 && data[i + 1] !== 85)))) {
      parts.push(String.fromCharCode(c));
      i++;
      if (c === 92 && i < n && data[i] === 92) {
        parts.push("\\");
        i++;
      }
      continue;
    }
    if (i + 1 >= n) throw decodeError(data, name, i, n, "\\ at end of string");
    i = decodeOne(data, i, name, errors, parts);
  }
  return newstr(parts.join(""));
}

function decodeOne(data: Uint8Array, at: int, name: string, errors: string, parts: string[]): int {
  const letter: int = data[at + 1];
  const simple = simpleEscape(letter);
  if (simple >= 0) {
    parts.push(String.fromCharCode(simple));
    return at + 2;
  }
  if (letter === 10) return at + 2;
  if (letter >= 48 && letter <= 55) {
    let value: int = 0;
    let i: int = at + 1;
    while (i < at + 4 && i < data.length && data[i] >= 48 && data[i] <= 55) {
      value = value * 8 + data[i] - 48;
      i++;
    }
    parts.push(String.fromCharCode(value));
    return i;
  }
  const width: int = letter === 120 ? 2 : letter === 117 ? 4 : letter === 85 ? 8 : 0;
  if (width === 0) {
    parts.push("\\", String.fromCharCode(letter));
    return at + 2;
  }
  const hex = new Hex(data, at + 2, width);
  const end: int = at + 2 + hex.count;
  const form = width === 2 ? "\\xXX" : width === 4 ? "\\uXXXX" : "\\UXXXXXXXX";
  if (hex.count < width) {
    return recover(data, name, errors, at, end, `truncated ${form} escape`, parts);
  }
  if (hex.value > 0x10ffff) return recover(data, name, errors, at, end, "illegal Unicode character", parts);
  parts.push(String.fromCodePoint(hex.value));
  return end;
}

function recover(
  data: Uint8Array,
  name: string,
  errors: string,
  start: int,
  end: int,
  reason: string,
  parts: string[],
): int {
  if (errors === "ignore") return end;
  if (errors !== "replace") throw decodeError(data, name, start, end, reason);
  parts.push("\ufffd");
  return end;
}

/** Text as octets with escapes for what is not printable ASCII (`raw`: for what is beyond Latin-1). */
export function encodeEscapes(w_text: W_Str, raw: boolean): W_Root {
  const parts: string[] = [];
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    if (raw) parts.push(code < 256 ? String.fromCharCode(code) : backslashed(code));
    else if (code === 92) parts.push("\\\\");
    else if (code === 10) parts.push("\\n");
    else if (code === 13) parts.push("\\r");
    else if (code === 9) parts.push("\\t");
    else if (code >= 32 && code < 127) parts.push(String.fromCharCode(code));
    else parts.push(backslashed(code));
  }
  return bytesOfText(parts.join(""));
}

/** Octets with the escapes of bytes literals. */
export function decodeByteEscapes(data: Uint8Array, errors: string): W_Root {
  const w_out = new W_ByteArray(new Uint8Array(0));
  const n = data.length;
  let i: int = 0;
  while (i < n) {
    const c: int = data[i];
    if (c !== 92) {
      w_out.append(c);
      i++;
      continue;
    }
    if (i + 1 >= n) throw valueError("Trailing \\ in string");
    const letter: int = data[i + 1];
    const simple = simpleEscape(letter);
    if (simple >= 0) {
      w_out.append(simple);
      i += 2;
    } else if (letter === 10) i += 2;
    else if (letter >= 48 && letter <= 55) {
      let value: int = 0;
      let k: int = i + 1;
      while (k < i + 4 && k < n && data[k] >= 48 && data[k] <= 55) {
        value = value * 8 + data[k] - 48;
        k++;
      }
      w_out.append(value & 255);
      i = k;
    } else if (letter === 120) {
      const hex = new Hex(data, i + 2, 2);
      if (hex.count === 2) w_out.append(hex.value);
      else if (errors === "strict") throw valueError(`invalid \\x escape at position ${i}`);
      else if (errors === "replace") w_out.append(63);
      i += 2 + hex.count;
    } else {
      w_out.append(92);
      w_out.append(letter);
      i += 2;
    }
  }
  return newbytes(w_out.contents());
}

/** Text as octets with the escapes of bytes literals. */
export function encodeByteEscapes(data: Uint8Array): W_Root {
  const parts: string[] = [];
  for (let i: int = 0; i < data.length; i++) {
    const c: int = data[i];
    if (c === 92 || c === 39) parts.push(`\\${String.fromCharCode(c)}`);
    else if (c === 9) parts.push("\\t");
    else if (c === 10) parts.push("\\n");
    else if (c === 13) parts.push("\\r");
    else if (c < 32 || c > 126) parts.push(backslashed(c));
    else parts.push(String.fromCharCode(c));
  }
  return bytesOfText(parts.join(""));
}
