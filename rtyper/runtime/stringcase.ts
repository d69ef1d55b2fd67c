/**
 * `toUpperCase` and `toLowerCase`. ASCII text, nearly all there is, is mapped unit by unit, and is returned itself when
 * nothing changes; other text goes by code points through the tables.
 */
import { newUnits, setUnit, unitAt, wholeString } from "../../rlib/lowlevel.ts";
import { StringBuilder } from "../../rlib/text.ts";
import type { int } from "../../rlib/types.ts";
import { CASE_IGNORABLE, CASED, caseDifference, caseSpecial, inRanges, LOWER, UPPER } from "./casetables.ts";
import { codePointFrom, codePointLength, stringOfCodePoint } from "./string.ts";

/** Index of the first unit that is not ASCII, or is a letter from `first` to `first` + 25; the length if none. */
function unchangedPrefix(s: string, first: int): int {
  const n = s.length;
  let i = 0;
  while (i < n) {
    const unit = unitAt(s, i);
    if (unit >= 128 || (unit >= first && unit < first + 26)) return i;
    i++;
  }
  return n;
}

function isAscii(s: string, from: int): boolean {
  for (let i = from; i < s.length; i++) if (unitAt(s, i) >= 128) return false;
  return true;
}

/** Maps ASCII letters from `first` by adding `difference`. */
function mapAscii(s: string, first: int, difference: int): string {
  const n = s.length;
  const units = newUnits(n);
  for (let i = 0; i < n; i++) {
    const unit = unitAt(s, i);
    setUnit(units, i, unit >= first && unit < first + 26 ? unit + difference : unit);
  }
  return wholeString(units);
}

export function stringToUpperCase(s: string): string {
  const unchanged = unchangedPrefix(s, 97);
  if (unchanged === s.length) return s;
  if (isAscii(s, unchanged)) return mapAscii(s, 97, -32);
  const out = new StringBuilder();
  let i = 0;
  while (i < s.length) {
    const code = codePointFrom(s, i);
    const special = caseSpecial(UPPER, code);
    if (special !== null) out.append(special);
    else out.append(stringOfCodePoint(code + caseDifference(UPPER, code)));
    i += codePointLength(s, i);
  }
  return out.build();
}

const SIGMA = 0x3a3;

export function stringToLowerCase(s: string): string {
  const unchanged = unchangedPrefix(s, 65);
  if (unchanged === s.length) return s;
  if (isAscii(s, unchanged)) return mapAscii(s, 65, 32);
  const out = new StringBuilder();
  let i = 0;
  while (i < s.length) {
    const code = codePointFrom(s, i);
    const special = caseSpecial(LOWER, code);
    if (special !== null) out.append(special);
    else if (code === SIGMA && isFinal(s, i)) out.append("\u03c2");
    else out.append(stringOfCodePoint(code + caseDifference(LOWER, code)));
    i += codePointLength(s, i);
  }
  return out.build();
}

/** Is the sigma at an index the last letter of a word that has others before it? */
function isFinal(s: string, index: int): boolean {
  let i = index;
  let before = -1;
  while (i > 0 && before < 0) {
    i--;
    if (i > 0 && (unitAt(s, i) & 0xfc00) === 0xdc00 && codePointLength(s, i - 1) === 2) i--;
    const code = codePointFrom(s, i);
    if (!inRanges(CASE_IGNORABLE, code)) before = code;
  }
  if (before < 0 || !inRanges(CASED, before)) return false;
  i = index + 1;
  while (i < s.length) {
    const code = codePointFrom(s, i);
    if (!inRanges(CASE_IGNORABLE, code)) return !inRanges(CASED, code);
    i += codePointLength(s, i);
  }
  return true;
}
