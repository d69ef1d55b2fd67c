// UTF-8 to UTF-16 and back, with the replacement rules of the Encoding Standard (TextDecoder, TextEncoder).
//
// Decoding replaces each maximal prefix of a malformed sequence by one U+FFFD; a byte-order mark is kept. Encoding
// replaces a lone surrogate by U+FFFD. Runs of ASCII, nearly all text, take the short way.
import { StringBuilder } from "./text.ts";
import type { int } from "./types.ts";

/** Bytes that `utf8Encode(s)` gives. */
export function utf8Length(s: string): int {
  let length = 0;
  for (let i = 0; i < s.length; i++) {
    const unit = s.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (isPair(s, i)) {
      length += 4;
      i += 1;
    } else length += 3;
  }
  return length;
}

function isPair(s: string, i: int): boolean {
  if ((s.charCodeAt(i) & 0xfc00) !== 0xd800 || i + 1 >= s.length) return false;
  return (s.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
}

/** The bytes of a string. */
export function utf8Encode(s: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(s));
  let at = 0;
  for (let i = 0; i < s.length; i++) {
    let unit = s.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at] = unit;
      at += 1;
    } else if (unit < 0x800) {
      bytes[at] = 0xc0 | (unit >> 6);
      bytes[at + 1] = 0x80 | (unit & 63);
      at += 2;
    } else if (isPair(s, i)) {
      const code = 0x10000 + ((unit & 0x3ff) << 10) + (s.charCodeAt(i + 1) & 0x3ff);
      bytes[at] = 0xf0 | (code >> 18);
      bytes[at + 1] = 0x80 | ((code >> 12) & 63);
      bytes[at + 2] = 0x80 | ((code >> 6) & 63);
      bytes[at + 3] = 0x80 | (code & 63);
      at += 4;
      i += 1;
    } else {
      if ((unit & 0xf800) === 0xd800) unit = 0xfffd;
      bytes[at] = 0xe0 | (unit >> 12);
      bytes[at + 1] = 0x80 | ((unit >> 6) & 63);
      bytes[at + 2] = 0x80 | (unit & 63);
      at += 3;
    }
  }
  return bytes;
}

/** Bytes that a sequence starting with `lead` should have; 0 if nothing starts with it. */
function sequenceLength(lead: int): int {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/** Is `byte` allowed after `lead`? Excludes overlong forms, surrogates and what lies beyond U+10FFFF. */
function isSecond(lead: int, byte: int): boolean {
  if ((byte & 0xc0) !== 0x80) return false;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  if (lead === 0xf4) return byte < 0x90;
  return true;
}

function appendCodePoint(out: StringBuilder, code: int): void {
  if (code < 0x10000) {
    out.appendChar(String.fromCharCode(code));
  } else {
    out.appendChar(String.fromCharCode(0xd800 + ((code - 0x10000) >> 10)));
    out.appendChar(String.fromCharCode(0xdc00 + (code & 0x3ff)));
  }
}

/** The text of bytes `start` up to `end`; the program stops if they are not inside. */
export function utf8DecodeRange(bytes: Uint8Array, start: int, end: int): string {
  const out = new StringBuilder();
  let i = start;
  while (i < end) {
    const lead = bytes[i] as int;
    i += 1;
    if (lead < 0x80) {
      out.appendChar(String.fromCharCode(lead));
      continue;
    }
    const length = sequenceLength(lead);
    if (length === 0 || i >= end || !isSecond(lead, bytes[i] as int)) {
      out.appendChar("\ufffd");
      continue;
    }
    let code = ((lead & (0xff >> (length + 1))) << 6) | ((bytes[i] as int) & 63);
    i += 1;
    let left = length - 2;
    while (left > 0 && i < end && ((bytes[i] as int) & 0xc0) === 0x80) {
      code = (code << 6) | ((bytes[i] as int) & 63);
      i += 1;
      left -= 1;
    }
    if (left > 0) out.appendChar("\ufffd");
    else appendCodePoint(out, code);
  }
  return out.build();
}

/** The text of all bytes. */
export function utf8Decode(bytes: Uint8Array): string {
  return utf8DecodeRange(bytes, 0, bytes.length);
}
