/**
 * Strings made from strings: repeat, pad, trim, replace, split. Each computes the length of its result first and
 * copies once.
 */
import { copyUnits, newArrayLike, newUnits, unitAt, unitToChar, wholeString } from "../../rlib/lowlevel.ts";
import { StringBuilder } from "../../rlib/text.ts";
import type { char, int } from "../../rlib/types.ts";
import { MAX_STRING_LENGTH, stringTooLong } from "./limits.ts";
import {
  codePointLength,
  codePointText,
  countCodePoints,
  relativeIndex,
  stringIndexOf,
  stringOfUnit,
  stringPart,
} from "./string.ts";

/** `s.repeat(count)`. */
export function stringRepeat(s: string, count: int): string {
  if (count < 0) throw new RangeError(`Invalid count value: ${count}`);
  const n = s.length;
  if (n === 0 || count === 0) return "";
  if (count > MAX_STRING_LENGTH || n * count > MAX_STRING_LENGTH) stringTooLong();
  const units = newUnits(n * count);
  for (let i = 0; i < count; i++) copyUnits(s, 0, units, i * n, n);
  return wholeString(units);
}

/** `width` units made of `fill` again and again. */
function padding(fill: string, width: int): string {
  const n = fill.length;
  const units = newUnits(width);
  let at = 0;
  while (at + n <= width) {
    copyUnits(fill, 0, units, at, n);
    at += n;
  }
  copyUnits(fill, 0, units, at, width - at);
  return wholeString(units);
}

export function stringPadStart(s: string, width: int, fill: string): string {
  if (width <= s.length || fill.length === 0) return s;
  if (width > MAX_STRING_LENGTH) stringTooLong();
  return padding(fill, width - s.length) + s;
}

export function stringPadEnd(s: string, width: int, fill: string): string {
  if (width <= s.length || fill.length === 0) return s;
  if (width > MAX_STRING_LENGTH) stringTooLong();
  return s + padding(fill, width - s.length);
}

/** White space and line terminators of JavaScript. */
export function isSpaceUnit(code: int): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 160) return false;
  if (code === 160 || code === 0x1680 || code === 0xfeff) return true;
  if (code < 0x2000) return false;
  return code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

/** Index of the first unit that is no space; the length if there is none. */
export function skipSpace(s: string, from: int): int {
  let i = from;
  while (i < s.length && isSpaceUnit(unitAt(s, i))) i++;
  return i;
}

/** End of `s` without the space behind; not below `start`. */
export function skipSpaceBack(s: string, start: int): int {
  let end = s.length;
  while (end > start && isSpaceUnit(unitAt(s, end - 1))) end--;
  return end;
}

export function stringTrim(s: string): string {
  const start = skipSpace(s, 0);
  return stringPart(s, start, skipSpaceBack(s, start));
}

export function stringTrimStart(s: string): string {
  return stringPart(s, skipSpace(s, 0), s.length);
}

export function stringTrimEnd(s: string): string {
  return stringPart(s, 0, skipSpaceBack(s, 0));
}

/** Appends a replacement text, in which `$$`, `$&`, `` $` `` and `$'` have their meaning. */
function appendReplacement(out: StringBuilder, s: string, at: int, length: int, text: string): void {
  let from = 0;
  for (;;) {
    const dollar = stringIndexOf(text, "$", from);
    if (dollar < 0 || dollar + 1 >= text.length) break;
    const kind = unitAt(text, dollar + 1);
    out.append(stringPart(text, from, dollar));
    if (kind === 36) out.append("$");
    else if (kind === 38) out.append(stringPart(s, at, at + length));
    else if (kind === 96) out.append(stringPart(s, 0, at));
    else if (kind === 39) out.append(stringPart(s, at + length, s.length));
    else out.append(stringPart(text, dollar, dollar + 2));
    from = dollar + 2;
  }
  out.append(stringPart(text, from, text.length));
}

/** `s.replace(part, text)`: the first occurrence. */
export function stringReplace(s: string, part: string, text: string): string {
  const at = stringIndexOf(s, part, 0);
  if (at < 0) return s;
  const out = new StringBuilder();
  out.append(stringPart(s, 0, at));
  appendReplacement(out, s, at, part.length, text);
  out.append(stringPart(s, at + part.length, s.length));
  return out.build();
}

/** `s.replaceAll(part, text)`. */
export function stringReplaceAll(s: string, part: string, text: string): string {
  let at = stringIndexOf(s, part, 0);
  if (at < 0) return s;
  const step = part.length === 0 ? 1 : part.length;
  const out = new StringBuilder();
  let from = 0;
  while (at >= 0) {
    out.append(stringPart(s, from, at));
    appendReplacement(out, s, at, part.length, text);
    from = at + part.length;
    at = at + step > s.length ? -1 : stringIndexOf(s, part, at + step);
  }
  out.append(stringPart(s, from, s.length));
  return out.build();
}

/** Occurrences of `part` (not empty), not overlapping, at most `limit`. */
function countOccurrences(s: string, part: string, limit: int): int {
  let count = 0;
  let at = stringIndexOf(s, part, 0);
  while (at >= 0 && count < limit) {
    count++;
    at = stringIndexOf(s, part, at + part.length);
  }
  return count;
}

/** `s.split(separator, limit)` as an exact array; `like` gives its type, a negative limit means none. */
export function stringSplit(s: string, separator: string, limit: int, like: string[]): string[] {
  const most = limit < 0 ? MAX_STRING_LENGTH : limit;
  if (most === 0) return newArrayLike(like, 0);
  if (separator.length === 0) return splitUnits(s, most, like);
  const separators = countOccurrences(s, separator, most);
  const pieces = separators + 1 < most ? separators + 1 : most;
  const made = newArrayLike(like, pieces);
  let from = 0;
  for (let i = 0; i < pieces; i++) {
    const at = i < separators ? stringIndexOf(s, separator, from) : s.length;
    made[i] = stringPart(s, from, at);
    from = at + separator.length;
  }
  return made;
}

function splitUnits(s: string, limit: int, like: string[]): string[] {
  const n = s.length < limit ? s.length : limit;
  const made = newArrayLike(like, n);
  for (let i = 0; i < n; i++) made[i] = stringOfUnit(unitAt(s, i));
  return made;
}

/** `[...s]`: the code points as an exact array. */
export function splitCodePoints(s: string, like: string[]): string[] {
  const n = countCodePoints(s);
  const made = newArrayLike(like, n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    made[i] = codePointText(s, at);
    at += codePointLength(s, at);
  }
  return made;
}

/** The units of `s.split("")` as chars. */
export function splitChars(s: string, limit: int, like: char[]): char[] {
  const n = limit >= 0 && limit < s.length ? limit : s.length;
  const made = newArrayLike(like, n);
  for (let i = 0; i < n; i++) made[i] = unitToChar(unitAt(s, i));
  return made;
}

/** `s.substr(start, count)`. */
export function stringSubstr(s: string, start: int, count: int): string {
  const n = s.length;
  const from = relativeIndex(start, n);
  const rest = n - from;
  return stringPart(s, from, from + (count < rest ? count : rest));
}

/** `replace` and `replaceAll` with a function that gives the text. */
export function stringReplaceBy<E>(
  s: string,
  part: string,
  code: (env: E, matched: string, index: int, s: string) => string,
  env: E,
  all: boolean,
): string {
  let at = stringIndexOf(s, part, 0);
  if (at < 0) return s;
  const step = part.length === 0 ? 1 : part.length;
  const out = new StringBuilder();
  let from = 0;
  while (at >= 0) {
    out.append(stringPart(s, from, at));
    out.append(code(env, part, at, s));
    from = at + part.length;
    at = !all || at + step > s.length ? -1 : stringIndexOf(s, part, at + step);
  }
  out.append(stringPart(s, from, s.length));
  return out.build();
}

/** The text of n codes, each by `text`. */
export function textOfCodes(codes: int[], n: int, text: (code: int) => string): string {
  const out = new StringBuilder();
  for (let i = 0; i < n; i++) out.append(text(codes[i] as int));
  return out.build();
}
