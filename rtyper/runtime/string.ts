/**
 * Strings: concatenation, comparison, parts and search. A string is its UTF-16 units behind a cached hash; it is made
 * by `newUnits`, filled, and finished by `wholeString`, which natively costs nothing.
 *
 * Search compares the first unit in a loop and the rest at once; that beats cleverer algorithms on short needles, and
 * interpreters have short needles.
 */
import { compareUnits, copyUnits, isNull, newUnits, setUnit, unitAt, wholeString } from "../../rlib/lowlevel.ts";
import type { char, int } from "../../rlib/types.ts";
import { MAX_STRING_LENGTH, stringTooLong } from "./limits.ts";

/** `a + b`. */
export function stringConcat(a: string, b: string): string {
  const n = a.length;
  const m = b.length;
  if (n === 0) return b;
  if (m === 0) return a;
  if (n + m > MAX_STRING_LENGTH) stringTooLong();
  const units = newUnits(n + m);
  copyUnits(a, 0, units, 0, n);
  copyUnits(b, 0, units, n, m);
  return wholeString(units);
}

/** `a + b + c` in one step. */
export function stringConcat3(a: string, b: string, c: string): string {
  const n = a.length;
  const m = b.length;
  const k = c.length;
  if (n + m + k > MAX_STRING_LENGTH) stringTooLong();
  const units = newUnits(n + m + k);
  copyUnits(a, 0, units, 0, n);
  copyUnits(b, 0, units, n, m);
  copyUnits(c, 0, units, n + m, k);
  return wholeString(units);
}

/** `a + b + c + d` in one step. */
export function stringConcat4(a: string, b: string, c: string, d: string): string {
  const n = a.length;
  const m = b.length;
  const k = c.length;
  const l = d.length;
  if (n + m + k + l > MAX_STRING_LENGTH) stringTooLong();
  const units = newUnits(n + m + k + l);
  copyUnits(a, 0, units, 0, n);
  copyUnits(b, 0, units, n, m);
  copyUnits(c, 0, units, n + m, k);
  copyUnits(d, 0, units, n + m + k, l);
  return wholeString(units);
}

/** `parts.join(separator)`; null counts as "". */
export function stringJoin(parts: (string | null)[], count: int, separator: string): string {
  if (count === 0) return "";
  const gap = separator.length;
  let total = gap * (count - 1);
  for (let i = 0; i < count; i++) {
    const part = parts[i] as string;
    if (!isNull(part)) total += part.length;
    if (total > MAX_STRING_LENGTH) stringTooLong();
  }
  const units = newUnits(total);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0 && gap > 0) {
      copyUnits(separator, 0, units, at, gap);
      at += gap;
    }
    const part = parts[i] as string;
    if (isNull(part)) continue;
    const n = part.length;
    copyUnits(part, 0, units, at, n);
    at += n;
  }
  return wholeString(units);
}

/** Order by UTF-16 units: negative, 0, positive. */
export function stringCompare(a: string, b: string): int {
  const n = a.length;
  const m = b.length;
  const order = compareUnits(a, 0, b, 0, n < m ? n : m);
  return order !== 0 ? order : n - m;
}

/** Units from `start` up to `end`, which are in range and in order. */
export function stringPart(s: string, start: int, end: int): string {
  const n = end - start;
  if (n <= 0) return "";
  if (n === s.length) return s;
  const units = newUnits(n);
  copyUnits(s, start, units, 0, n);
  return wholeString(units);
}

/** An index counted from the end if negative, then brought into 0…n. */
export function relativeIndex(i: int, n: int): int {
  if (i < 0) return i + n < 0 ? 0 : i + n;
  return i > n ? n : i;
}

function clampIndex(i: int, n: int): int {
  if (i < 0) return 0;
  return i > n ? n : i;
}

export function stringSlice(s: string, start: int, end: int): string {
  const n = s.length;
  return stringPart(s, relativeIndex(start, n), relativeIndex(end, n));
}

export function stringSliceFrom(s: string, start: int): string {
  const n = s.length;
  return stringPart(s, relativeIndex(start, n), n);
}

export function stringSubstring(s: string, start: int, end: int): string {
  const n = s.length;
  const a = clampIndex(start, n);
  const b = clampIndex(end, n);
  return a < b ? stringPart(s, a, b) : stringPart(s, b, a);
}

export function stringSubstringFrom(s: string, start: int): string {
  const n = s.length;
  return stringPart(s, clampIndex(start, n), n);
}

/** `s.indexOf(part, from)`. */
export function stringIndexOf(s: string, part: string, from: int): int {
  const n = s.length;
  const m = part.length;
  const start = clampIndex(from, n);
  if (m === 0) return start;
  const first = unitAt(part, 0);
  const last = n - m;
  for (let i = start; i <= last; i++) {
    if (unitAt(s, i) === first && (m === 1 || compareUnits(s, i + 1, part, 1, m - 1) === 0)) return i;
  }
  return -1;
}

/** `s.lastIndexOf(part, from)`. */
export function stringLastIndexOf(s: string, part: string, from: int): int {
  const n = s.length;
  const m = part.length;
  let i = clampIndex(from, n);
  if (i > n - m) i = n - m;
  for (; i >= 0; i--) if (compareUnits(s, i, part, 0, m) === 0) return i;
  return -1;
}

export function stringIncludes(s: string, part: string, from: int): boolean {
  return stringIndexOf(s, part, from) >= 0;
}

export function stringStartsWith(s: string, part: string, from: int): boolean {
  const m = part.length;
  const start = clampIndex(from, s.length);
  if (m > s.length - start) return false;
  return compareUnits(s, start, part, 0, m) === 0;
}

export function stringEndsWith(s: string, part: string, end: int): boolean {
  const m = part.length;
  const stop = clampIndex(end, s.length);
  if (m > stop) return false;
  return compareUnits(s, stop - m, part, 0, m) === 0;
}

/** Strings of one unit below 256, made once. A longer one at the end, because a list of chars would hold no strings. */
const SHORT_STRINGS: readonly string[] = Array.from({ length: 257 }, (_, code) =>
  code < 256 ? String.fromCharCode(code) : "strings",
);

/** The string of one unit. */
export function stringOfUnit(code: int): string {
  if (code < 256) return SHORT_STRINGS[code] as string;
  const units = newUnits(1);
  setUnit(units, 0, code);
  return wholeString(units);
}

/** The unit at an index, or -1 outside the string: what `charAt`, `at` and `charCodeAt` are made of. */
export function stringUnitOr(s: string, index: int): int {
  return index >= 0 && index < s.length ? unitAt(s, index) : -1;
}

/** The unit that `s.at(i)` finds, -1 outside. */
export function stringUnitAt(s: string, index: int): int {
  return stringUnitOr(s, index < 0 ? index + s.length : index);
}

/** `s.at(i)`: a string, undefined outside. */
export function stringAt(s: string, index: int): string | undefined {
  const i = index < 0 ? index + s.length : index;
  if (i < 0 || i >= s.length) return undefined;
  return stringOfUnit(unitAt(s, i));
}

/** `s.charCodeAt(i)` as float: NaN outside. */
export function stringCharCodeOrNaN(s: string, index: int): number {
  return index >= 0 && index < s.length ? unitAt(s, index) + 0.0 : Number.NaN;
}

/** The code point that starts at an index in range. */
export function codePointFrom(s: string, index: int): int {
  const lead = unitAt(s, index);
  if ((lead & 0xfc00) !== 0xd800 || index + 1 >= s.length) return lead;
  const trail = unitAt(s, index + 1);
  if ((trail & 0xfc00) !== 0xdc00) return lead;
  return 0x10000 + ((lead & 0x3ff) << 10) + (trail & 0x3ff);
}

/** `s.codePointAt(i)`: undefined outside. */
export function stringCodePointAt(s: string, index: int): int | undefined {
  if (index < 0 || index >= s.length) return undefined;
  return codePointFrom(s, index);
}

/** `String.fromCodePoint(code)` of one code point. */
export function stringOfCodePoint(code: int): string {
  if (code < 0 || code > 0x10ffff) throw new RangeError(`Invalid code point ${code}`);
  if (code < 0x10000) return stringOfUnit(code);
  const units = newUnits(2);
  setUnit(units, 0, 0xd800 + ((code - 0x10000) >> 10));
  setUnit(units, 1, 0xdc00 + (code & 0x3ff));
  return wholeString(units);
}

/** Units that the code point at an index in range takes: 1 or 2. */
export function codePointLength(s: string, index: int): int {
  return codePointFrom(s, index) >= 0x10000 ? 2 : 1;
}

/** The code point at an index in range as a string: an item of `for…of` over a string. */
export function codePointText(s: string, index: int): string {
  return codePointLength(s, index) === 1 ? stringOfUnit(unitAt(s, index)) : stringPart(s, index, index + 2);
}

/** Number of code points: the length of `[...s]`. */
export function countCodePoints(s: string): int {
  let count = 0;
  for (let i = 0; i < s.length; i += codePointLength(s, i)) count++;
  return count;
}

/** A char (or the empty one) compared with a string of any length. */
export function charEqualsString(c: char, s: string): boolean {
  if (c.length === 0) return s.length === 0;
  return s.length === 1 && unitAt(s, 0) === c.charCodeAt(0);
}
