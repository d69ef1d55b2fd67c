// Searching in text: find, count, replace, startswith, split. Positions of programs are characters; the text is UTF-16,
// so that positions are converted at the border (`unitIndex`, `charIndex`), which costs nothing for basic text.
import type { int } from "rtypescript/rlib";
import { isLineBreak, isSpace } from "./chartype.ts";
import { W_Int, type W_Long } from "./int.ts";
import { type OperationError, typeError, valueError, type W_Root } from "./root.ts";
import { w_missing, w_None } from "./singletons.ts";
import { indexObject } from "./slice.ts";
import { newstr, W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";

/** The exact str of an argument, null for other objects. */
export function strOrNull(w_x: W_Root): W_Str | null {
  if (w_x instanceof W_Str) return w_x;
  const w_text = w_x.asStr();
  return w_text instanceof W_Str ? w_text : null;
}
/** The exact str of an argument. */
export function requireStr(w_x: W_Root): W_Str {
  const w_text = strOrNull(w_x);
  if (w_text === null) throw typeError(`must be str, not ${w_x.typename()}`);
  return w_text;
}
/** The exact str of an argument that messages name. */
export function strArgument(w_x: W_Root, method: string, which: string): W_Str {
  const w_text = strOrNull(w_x);
  if (w_text === null) throw typeError(`${method}() ${which} must be str, not ${w_x.typename()}`);
  return w_text;
}

/** A bound of a search in `n` items: None or missing is `otherwise`; negative ones count from the end. */
export function searchBound(w_bound: W_Root, n: int, otherwise: int): int {
  if (w_bound === w_missing || w_bound === w_None) return otherwise;
  const w_i = indexObject(w_bound);
  if (w_i === null) throw typeError("slice indices must be integers or None or have an __index__ method");
  if (!(w_i instanceof W_Int)) return (w_i as W_Long).value > 0n ? n + 1 : 0;
  const i = w_i.value;
  if (i >= 0) return i;
  return i + n < 0 ? 0 : i + n;
}

/** The part of a str that a search with bounds looks at, in UTF-16 positions; `from` > `to`: nothing can be there. */
export class SearchRange {
  readonly from: int;
  readonly to: int;
  constructor(w_text: W_Str, w_start: W_Root, w_end: W_Root) {
    if (w_start === w_missing && w_end === w_missing) {
      this.from = 0;
      this.to = w_text.text.length;
    } else {
      const n = w_text.len();
      const from = searchBound(w_start, n, 0);
      const to = Math.min(searchBound(w_end, n, n), n);
      this.from = from > n ? w_text.text.length + 1 : w_text.unitIndex(from);
      this.to = from > to ? this.from - 1 : w_text.unitIndex(to);
    }
  }
}

/** First position of `part` in the range, −1 without. */
export function findText(text: string, part: string, range: SearchRange): int {
  if (range.from > range.to) return -1;
  const at: int = text.indexOf(part, range.from);
  return at < 0 || at + part.length > range.to ? -1 : at;
}
/** Last position of `part` in the range, −1 without. */
export function rfindText(text: string, part: string, range: SearchRange): int {
  if (range.from > range.to || range.to - part.length < range.from) return -1;
  const at: int = text.lastIndexOf(part, range.to - part.length);
  return at < range.from ? -1 : at;
}

/** How often `part` occurs without overlap. */
export function countText(w_text: W_Str, part: string, range: SearchRange): int {
  if (range.from > range.to) return 0;
  if (part.length === 0) return w_text.charIndex(range.to) - w_text.charIndex(range.from) + 1;
  let count: int = 0;
  let at = findText(w_text.text, part, range);
  while (at >= 0) {
    count++;
    at = w_text.text.indexOf(part, at + part.length);
    if (at < 0 || at + part.length > range.to) break;
  }
  return count;
}

export function startsAt(text: string, part: string, range: SearchRange): boolean {
  if (range.from > range.to || range.from + part.length > range.to) return false;
  return text.startsWith(part, range.from);
}
export function endsAt(text: string, part: string, range: SearchRange): boolean {
  const at = range.to - part.length;
  if (range.from > range.to || at < range.from) return false;
  return text.startsWith(part, at);
}

/** `startswith` and `endswith` with a str or a tuple of them. */
export function matchesEdge(method: string, w_text: W_Str, w_part: W_Root, range: SearchRange): boolean {
  const atEnd = method === "endswith";
  if (w_part instanceof W_Tuple) {
    for (const w of w_part.items) {
      const w_one = strOrNull(w);
      if (w_one === null) throw typeError(`tuple for ${method} must only contain str, not ${w.typename()}`);
      if (atEnd ? endsAt(w_text.text, w_one.text, range) : startsAt(w_text.text, w_one.text, range)) return true;
    }
    return false;
  }
  const w_one = strOrNull(w_part);
  if (w_one === null) throw typeError(`${method} first arg must be str or a tuple of str, not ${w_part.typename()}`);
  return atEnd ? endsAt(w_text.text, w_one.text, range) : startsAt(w_text.text, w_one.text, range);
}

/** Replaces up to `most` occurrences, all if negative. */
export function replaceText(w_text: W_Str, from: string, to: string, most: int): W_Root {
  const text = w_text.text;
  if (most === 0 || from === to || text.length < from.length) return w_text;
  if (from.length === 0) return interleave(w_text, to, most);
  let at: int = text.indexOf(from);
  if (at < 0) return w_text;
  const parts: string[] = [];
  let start: int = 0;
  let left = most;
  while (at >= 0 && left !== 0) {
    parts.push(text.slice(start, at));
    start = at + from.length;
    at = text.indexOf(from, start);
    left--;
  }
  parts.push(text.slice(start));
  return newstr(parts.join(to));
}
function interleave(w_text: W_Str, to: string, most: int): W_Root {
  const n = w_text.len();
  const count: int = most < 0 || most > n + 1 ? n + 1 : most;
  const parts: string[] = [];
  for (let i: int = 0; i < count; i++) {
    parts.push(to);
    if (i < n) parts.push(w_text.charAt(i).str());
  }
  if (count < n) parts.push(w_text.substring(count, n).text);
  return newstr(parts.join(""));
}

// --- splitting ---------------------------------------------------------------------------------------------------------

/** A list of strs from pieces of text. */
export function strList(parts: string[]): W_Root[] {
  const items: W_Root[] = [];
  for (const part of parts) items.push(newstr(part));
  return items;
}

/** Pieces between white space; `most` cuts, unlimited if negative. White space is all in the basic plane. */
export function splitSpace(text: string, most: int): string[] {
  const parts: string[] = [];
  const n = text.length;
  let left = most;
  let i: int = 0;
  for (;;) {
    while (i < n && isSpace(text.charCodeAt(i))) i++;
    if (i >= n) return parts;
    if (left === 0) break;
    const start = i;
    while (i < n && !isSpace(text.charCodeAt(i))) i++;
    parts.push(text.slice(start, i));
    left--;
  }
  parts.push(text.slice(i));
  return parts;
}
export function rsplitSpace(text: string, most: int): string[] {
  const parts: string[] = [];
  let left = most;
  let i: int = text.length;
  for (;;) {
    while (i > 0 && isSpace(text.charCodeAt(i - 1))) i--;
    if (i === 0) break;
    if (left === 0) {
      parts.push(text.slice(0, i));
      break;
    }
    const end = i;
    while (i > 0 && !isSpace(text.charCodeAt(i - 1))) i--;
    parts.push(text.slice(i, end));
    left--;
  }
  parts.reverse();
  return parts;
}

export function emptySeparator(): OperationError {
  return valueError("empty separator");
}

export function splitText(text: string, separator: string, most: int): string[] {
  if (separator.length === 0) throw emptySeparator();
  const parts: string[] = [];
  let start: int = 0;
  let left = most;
  let at: int = text.indexOf(separator);
  while (at >= 0 && left !== 0) {
    parts.push(text.slice(start, at));
    start = at + separator.length;
    at = text.indexOf(separator, start);
    left--;
  }
  parts.push(text.slice(start));
  return parts;
}
export function rsplitText(text: string, separator: string, most: int): string[] {
  if (separator.length === 0) throw emptySeparator();
  const parts: string[] = [];
  let end: int = text.length;
  let left = most;
  while (left !== 0 && end >= separator.length) {
    const at: int = text.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    parts.push(text.slice(at + separator.length, end));
    end = at;
    left--;
  }
  parts.push(text.slice(0, end));
  parts.reverse();
  return parts;
}

export function splitLines(text: string, keepEnds: boolean): string[] {
  const parts: string[] = [];
  const n = text.length;
  let start: int = 0;
  while (start < n) {
    let end: int = start;
    while (end < n && !isLineBreak(text.charCodeAt(end))) end++;
    let next: int = end;
    if (next < n) {
      if (text.charCodeAt(next) === 13 && next + 1 < n && text.charCodeAt(next + 1) === 10) next++;
      next++;
    }
    parts.push(text.slice(start, keepEnds ? next : end));
    start = next;
  }
  return parts;
}

// --- stripping -----------------------------------------------------------------------------------------------------------

export function leftSpace(text: string): int {
  let i: int = 0;
  while (i < text.length && isSpace(text.charCodeAt(i))) i++;
  return i;
}
export function rightSpace(text: string, from: int): int {
  let i: int = text.length;
  while (i > from && isSpace(text.charCodeAt(i - 1))) i--;
  return i;
}

/** Strips white space (None) or the characters of a str from the start (`left`) and the end (`right`). */
export function stripStr(w_text: W_Str, w_chars: W_Root, left: boolean, right: boolean, method: string): W_Root {
  const text = w_text.text;
  if (w_chars === w_None) {
    const from = left ? leftSpace(text) : 0;
    const to = right ? rightSpace(text, from) : text.length;
    return to - from === text.length ? w_text : newstr(text.slice(from, to));
  }
  const w_set = strOrNull(w_chars);
  if (w_set === null) throw typeError(`${method} arg must be None or str`);
  let from: int = 0;
  let to: int = w_text.len();
  if (left) while (from < to && hasCode(w_set, w_text.codeAt(from))) from++;
  if (right) while (to > from && hasCode(w_set, w_text.codeAt(to - 1))) to--;
  return w_text.substring(from, to);
}
function hasCode(w_set: W_Str, code: int): boolean {
  const n = w_set.len();
  for (let i: int = 0; i < n; i++) if (w_set.codeAt(i) === code) return true;
  return false;
}
