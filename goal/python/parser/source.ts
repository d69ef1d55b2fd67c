/**
 * A source text with what is needed to speak about places in it: lines, and columns in bytes or characters.
 *
 * The text is normalized first (newlines are "\n", the last line ends with one). Columns of tokens and nodes are UTF-8
 * byte offsets, because that is what Python's `ast` and tracebacks use; error offsets are in characters.
 */
import type { int } from "rtypescript/rlib";

const CR: int = 13;
const LF: int = 10;

/** Newlines of all three kinds become "\n"; a missing last one is added. */
export function normalizeNewlines(text: string): string {
  let out: string = text;
  if (text.indexOf("\r") >= 0) {
    const parts: string[] = [];
    let start: int = 0;
    for (let i: int = 0; i < text.length; i += 1) {
      if (text.charCodeAt(i) !== CR) continue;
      parts.push(text.slice(start, i));
      parts.push("\n");
      if (i + 1 < text.length && text.charCodeAt(i + 1) === LF) i += 1;
      start = i + 1;
    }
    parts.push(text.slice(start, text.length));
    out = parts.join("");
  }
  if (out.length > 0 && out.charCodeAt(out.length - 1) !== LF) out = `${out}\n`;
  return out;
}

/** How many more UTF-8 bytes than UTF-16 units the unit stands for; a surrogate pair's four bytes are 2 + 2. */
function extraBytes(unit: int): int {
  if (unit < 0x80) return 0;
  if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) return 1;
  return 2;
}

/** UTF-8 bytes of text[from, to). */
export function utf8Length(text: string, from: int, to: int): int {
  let n: int = to - from;
  for (let i: int = from; i < to; i += 1) n += extraBytes(text.charCodeAt(i));
  return n;
}

/** Code points of text[from, to). */
export function countCodePoints(text: string, from: int, to: int): int {
  let n: int = 0;
  for (let i: int = from; i < to; i += 1) {
    const unit: int = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) n += 1;
  }
  return n;
}

/** Column in characters of the column `bytes` (UTF-8) of a line; beyond its end the surplus counts singly. */
export function byteToCharOffset(line: string, bytes: int): int {
  let left: int = bytes;
  let chars: int = 0;
  for (let i: int = 0; i < line.length && left > 0; i += 1) {
    const unit: int = line.charCodeAt(i);
    left -= 1 + extraBytes(unit);
    if (unit < 0xdc00 || unit > 0xdfff) chars += 1;
  }
  return left > 0 ? chars + left : chars;
}

/** Whether all of the text is ASCII. */
export function isAscii(text: string): boolean {
  for (let i: int = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) > 127) return false;
  }
  return true;
}

/** Line `number` (from 1) of the text with its "\n"; "" beyond the end. */
export function lineText(text: string, number: int): string {
  let start: int = 0;
  for (let n: int = 1; n < number; n += 1) {
    const end: int = text.indexOf("\n", start);
    if (end < 0) return "";
    start = end + 1;
  }
  const end: int = text.indexOf("\n", start);
  return end < 0 ? text.slice(start, text.length) : text.slice(start, end + 1);
}
