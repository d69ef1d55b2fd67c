/**
 * Contents of string literals: prefixes and escapes.
 */
import type { int } from "rtypescript/rlib";

const BACKSLASH: int = 92;

/** A string token taken apart: its prefix, and where its contents lie in the token's text. */
export class LiteralParts {
  readonly isBytes: boolean;
  readonly isRaw: boolean;
  readonly isFormatted: boolean;
  readonly hasUPrefix: boolean;
  readonly start: int;
  readonly end: int;
  constructor(text: string) {
    let bytes: boolean = false;
    let raw: boolean = false;
    let formatted: boolean = false;
    let u: boolean = false;
    let i: int = 0;
    for (;;) {
      const c: int = text.charCodeAt(i) | 32;
      if (c === 98) bytes = true;
      else if (c === 114) raw = true;
      else if (c === 102) formatted = true;
      else if (c === 117) u = true;
      else break;
      i += 1;
    }
    const quote: int = text.charCodeAt(i);
    const triple: boolean =
      text.length - i >= 6 && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote;
    const width: int = triple ? 3 : 1;
    this.isBytes = bytes;
    this.isRaw = raw;
    this.isFormatted = formatted;
    this.hasUPrefix = u;
    this.start = i + width;
    this.end = text.length - width;
  }
}

/**
 * Collects the decoded contents of adjacent literals. Text stays text as long as no escape names a surrogate; then
 * code points are kept beside it (see ConstantFactory).
 */
export class TextBuilder {
  #parts: string[];
  #hasSurrogates: boolean;
  #points: int[];
  constructor() {
    this.#parts = [];
    this.#hasSurrogates = false;
    this.#points = [];
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  addText(text: string): void {
    if (text.length === 0) return;
    if (this.#hasSurrogates) pushPoints(this.#points, text);
    this.#parts.push(text);
  }

  addPoint(point: int): void {
    if (point >= 0xd800 && point < 0xe000 && !this.#hasSurrogates) {
      pushPoints(this.#points, this.#parts.join(""));
      this.#hasSurrogates = true;
    }
    if (this.#hasSurrogates) this.#points.push(point);
    this.#parts.push(String.fromCodePoint(point));
  }

  text(): string {
    return this.#parts.join("");
  }

  /** Null unless there are surrogates. */
  points(): int[] | null {
    return this.#hasSurrogates ? this.#points : null;
  }

  clear(): void {
    this.#parts = [];
    this.#hasSurrogates = false;
    this.#points = [];
  }
}

function pushPoints(points: int[], text: string): void {
  let i: int = 0;
  while (i < text.length) {
    const unit: int = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      points.push(0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(i + 1) - 0xdc00));
      i += 2;
    } else {
      points.push(unit);
      i += 1;
    }
  }
}

function hexValue(c: int): int {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  if (c >= 65 && c <= 70) return c - 55;
  return -1;
}

/** Value of the escapes \a \b \f \n \r \t \v \\ \' \", or −1. */
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
  }
  return -1;
}

/** Unicode characters by name, for "\N{…}": set by the interpreter when it has the name table. */
export abstract class CharacterNames {
  /** The code point, or −1. */
  abstract lookup(name: string): int;
}

class NamesHolder {
  names: CharacterNames | null;
  constructor() {
    this.names = null;
  }
}

const holder: NamesHolder = new NamesHolder();

export function setCharacterNames(names: CharacterNames): void {
  holder.names = names;
}

/** Decodes escapes; a message when one is malformed. */
export class EscapeDecoder {
  /** Why decoding failed, or "". */
  error: string;
  /** Offset in the text of an escape that Python warns about (unknown: "\d"), or −1. */
  warnAt: int;
  constructor() {
    this.error = "";
    this.warnAt = -1;
  }

  /** Adds the contents of a non-raw str literal, text[start, end). */
  decodeText(text: string, start: int, end: int, out: TextBuilder): void {
    let plain: int = start;
    let i: int = start;
    while (i < end) {
      if (text.charCodeAt(i) !== BACKSLASH) {
        i += 1;
        continue;
      }
      out.addText(text.slice(plain, i));
      i = this.#escape(text, start, i, end, out);
      if (i < 0) return;
      plain = i;
    }
    out.addText(text.slice(plain, end));
  }

  #escape(text: string, start: int, at: int, end: int, out: TextBuilder): int {
    // A backslash before a brace of an f-string, or before a letter beyond ASCII, is itself.
    if (at + 1 >= end || text.charCodeAt(at + 1) > 127) {
      out.addText("\\");
      return at + 1;
    }
    const c: int = text.charCodeAt(at + 1);
    const simple: int = simpleEscape(c);
    if (simple >= 0) {
      out.addPoint(simple);
      return at + 2;
    }
    if (c === 10) return at + 2;
    if (c >= 48 && c <= 55) {
      let value: int = 0;
      let i: int = at + 1;
      while (i < end && i < at + 4 && text.charCodeAt(i) >= 48 && text.charCodeAt(i) <= 55) {
        value = value * 8 + text.charCodeAt(i) - 48;
        i += 1;
      }
      if (value > 255 && this.warnAt < 0) this.warnAt = at;
      out.addPoint(value);
      return i;
    }
    if (c === 120) return this.#hex(text, start, at, end, 2, "truncated \\xXX escape", out);
    if (c === 117) return this.#hex(text, start, at, end, 4, "truncated \\uXXXX escape", out);
    if (c === 85) return this.#hex(text, start, at, end, 8, "truncated \\UXXXXXXXX escape", out);
    if (c === 78) return this.#named(text, start, at, end, out);
    if (this.warnAt < 0) this.warnAt = at;
    out.addText("\\");
    return at + 1;
  }

  #hex(text: string, start: int, at: int, end: int, digits: int, message: string, out: TextBuilder): int {
    let value: int = 0;
    let i: int = at + 2;
    while (i < end && i < at + 2 + digits && hexValue(text.charCodeAt(i)) >= 0) {
      value = value * 16 + hexValue(text.charCodeAt(i));
      i += 1;
    }
    if (i < at + 2 + digits) {
      this.#fail(text, start, at, i - 1, message);
      return -1;
    }
    if (value > 0x10ffff || value < 0) {
      this.#fail(text, start, at, i - 1, "illegal Unicode character");
      return -1;
    }
    out.addPoint(value);
    return i;
  }

  #named(text: string, start: int, at: int, end: int, out: TextBuilder): int {
    const close: int = text.indexOf("}", at + 3);
    if (at + 2 >= end || text.charCodeAt(at + 2) !== 123 || close < 0 || close >= end || close === at + 3) {
      const upTo: int =
        at + 2 < end && text.charCodeAt(at + 2) === 123 ? (close < 0 || close >= end ? end - 1 : close) : at + 1;
      this.#fail(text, start, at, upTo, "malformed \\N character escape");
      return -1;
    }
    const names: CharacterNames | null = holder.names;
    const point: int = names === null ? -1 : names.lookup(text.slice(at + 3, close));
    if (point < 0) {
      this.#fail(text, start, at, close, "unknown Unicode character name");
      return -1;
    }
    out.addPoint(point);
    return close + 1;
  }

  /** Positions are bytes of the contents; characters beyond ASCII count as the ten of their escape \UXXXXXXXX. */
  #fail(text: string, start: int, from: int, to: int, reason: string): void {
    const first: int = escapedLength(text, start, from);
    const last: int = first + escapedLength(text, from, to);
    const where: string = first === last ? `byte 0x5c in position ${first}` : `bytes in position ${first}-${last}`;
    this.error = `(unicode error) 'unicodeescape' codec can't decode ${where}: ${reason}`;
  }

  /** Adds the contents of a bytes literal; it is ASCII. */
  decodeBytes(text: string, start: int, end: int, raw: boolean, out: int[]): void {
    let i: int = start;
    while (i < end) {
      const c: int = text.charCodeAt(i);
      if (c !== BACKSLASH || raw) {
        out.push(c);
        i += 1;
        continue;
      }
      i = this.#byteEscape(text, start, i, end, out);
      if (i < 0) return;
    }
  }

  #byteEscape(text: string, start: int, at: int, end: int, out: int[]): int {
    const c: int = text.charCodeAt(at + 1);
    const simple: int = simpleEscape(c);
    if (simple >= 0) {
      out.push(simple);
      return at + 2;
    }
    if (c === 10) return at + 2;
    if (c >= 48 && c <= 55) {
      let value: int = 0;
      let i: int = at + 1;
      while (i < end && i < at + 4 && text.charCodeAt(i) >= 48 && text.charCodeAt(i) <= 55) {
        value = value * 8 + text.charCodeAt(i) - 48;
        i += 1;
      }
      if (value > 255 && this.warnAt < 0) this.warnAt = at;
      out.push(value & 255);
      return i;
    }
    if (c === 120) {
      const high: int = at + 2 < end ? hexValue(text.charCodeAt(at + 2)) : -1;
      const low: int = at + 3 < end ? hexValue(text.charCodeAt(at + 3)) : -1;
      if (high < 0 || low < 0) {
        this.error = `(value error) invalid \\x escape at position ${at - start}`;
        return -1;
      }
      out.push(high * 16 + low);
      return at + 4;
    }
    if (this.warnAt < 0) this.warnAt = at;
    out.push(BACKSLASH);
    return at + 1;
  }
}

function escapedLength(text: string, from: int, to: int): int {
  let n: int = 0;
  for (let i: int = from; i < to; i += 1) {
    const unit: int = text.charCodeAt(i);
    if (unit < 128) n += 1;
    else if (unit < 0xdc00 || unit > 0xdfff) n += 10;
  }
  return n;
}
