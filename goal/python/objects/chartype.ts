// What kind of character a code point is, and its letter case: `str.isalpha`, `str.upper`, …
//
// The tables of `unicodetables.ts` are decoded at import time. ASCII is answered without them.
import type { int } from "rtypescript/rlib";
import * as tables from "./unicodetables.ts";

/** First and last code points of ranges, alternating, ascending. Import time. */
function decodeRanges(text: string): int[] {
  const bounds: int[] = [];
  let at = 0;
  for (const part of text.split(" ")) {
    at += Number.parseInt(part, 36);
    bounds.push(at);
  }
  return bounds;
}

/** Characters whose case changes by the same number: `count` of them, `step` apart. */
class CaseRuns {
  readonly starts: readonly int[];
  readonly counts: readonly int[];
  readonly steps: readonly int[];
  readonly deltas: readonly int[];
  /** Import time. */
  constructor(text: string) {
    const starts: int[] = [];
    const counts: int[] = [];
    const steps: int[] = [];
    const deltas: int[] = [];
    const numbers = text.split(" ").map((part) => Number.parseInt(part, 36));
    let at = 0;
    for (let i = 0; i < numbers.length; i += 4) {
      at += numbers[i];
      starts.push(at);
      counts.push(numbers[i + 1]);
      steps.push(numbers[i + 2]);
      deltas.push(numbers[i + 3]);
    }
    this.starts = starts;
    this.counts = counts;
    this.steps = steps;
    this.deltas = deltas;
  }
  /** What the character becomes. */
  map(code: int): int {
    const starts = this.starts;
    let low: int = 0;
    let high: int = starts.length;
    while (low < high) {
      const middle: int = (low + high) >> 1;
      if (starts[middle] <= code) low = middle + 1;
      else high = middle;
    }
    // Runs of every second character may interleave with the run that follows.
    for (let i: int = low - 1; i >= 0 && i >= low - 2; i--) {
      const distance: int = code - starts[i];
      const step = this.steps[i];
      if (distance < this.counts[i] * step && distance % step === 0) return code + this.deltas[i];
    }
    return code;
  }
}

/** Characters that become something of their own. Import time. */
function decodeSpecial(text: string): Map<int, string> {
  const special = new Map<int, string>();
  for (const part of text.split(" ")) {
    const codes = part.split(".").map((code) => Number.parseInt(code, 36));
    special.set(codes[0], String.fromCodePoint(...codes.slice(1)));
  }
  return special;
}

const alpha: readonly int[] = decodeRanges(tables.alphaText);
const zeros: readonly int[] = tables.decimalText.split(" ").map((part) => Number.parseInt(part, 36));
const digits: readonly int[] = decodeRanges(tables.digitText);
const numerics: readonly int[] = decodeRanges(tables.numericText);
const spaces: readonly int[] = decodeRanges(tables.spaceText);
const uppers: readonly int[] = decodeRanges(tables.upperText);
const lowers: readonly int[] = decodeRanges(tables.lowerText);
const titles: readonly int[] = decodeRanges(tables.titleText);
const ignorables: readonly int[] = decodeRanges(tables.ignorableText);
const upperRuns = new CaseRuns(tables.toUpperText);
const lowerRuns = new CaseRuns(tables.toLowerText);
const upperSpecial = decodeSpecial(tables.upperSpecialText);
const lowerSpecial = decodeSpecial(tables.lowerSpecialText);
const titleSpecial = decodeSpecial(tables.titleSpecialText);
const foldSpecial = decodeSpecial(tables.foldSpecialText);

/** Binary search in alternating first and last code points. */
function inRanges(bounds: readonly int[], code: int): boolean {
  let low: int = 0;
  let high: int = bounds.length >> 1;
  while (low < high) {
    const middle: int = (low + high) >> 1;
    if (bounds[2 * middle + 1] < code) low = middle + 1;
    else high = middle;
  }
  return 2 * low < bounds.length && bounds[2 * low] <= code;
}

export function isAlpha(code: int): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return inRanges(alpha, code);
}
/** The value of a decimal digit, −1 for other characters. */
export function decimalValue(code: int): int {
  if (code < 128) return code >= 48 && code <= 57 ? code - 48 : -1;
  let low: int = 0;
  let high: int = zeros.length;
  while (low < high) {
    const middle: int = (low + high) >> 1;
    if (zeros[middle] <= code) low = middle + 1;
    else high = middle;
  }
  const distance: int = low === 0 ? 99 : code - zeros[low - 1];
  return distance < 10 ? distance : -1;
}
export function isDecimal(code: int): boolean {
  return decimalValue(code) >= 0;
}
export function isDigit(code: int): boolean {
  return isDecimal(code) || (code >= 128 && inRanges(digits, code));
}
export function isNumeric(code: int): boolean {
  return isDigit(code) || (code >= 128 && inRanges(numerics, code));
}
export function isAlnum(code: int): boolean {
  return isAlpha(code) || isNumeric(code);
}
export function isSpace(code: int): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return inRanges(spaces, code);
}
export function isUpper(code: int): boolean {
  return code < 128 ? code >= 65 && code <= 90 : inRanges(uppers, code);
}
export function isLower(code: int): boolean {
  return code < 128 ? code >= 97 && code <= 122 : inRanges(lowers, code);
}
export function isTitle(code: int): boolean {
  return code >= 128 && inRanges(titles, code);
}
export function isCased(code: int): boolean {
  return isUpper(code) || isLower(code) || isTitle(code);
}
/** Does the character not count when the end of a word is looked for? */
export function isCaseIgnorable(code: int): boolean {
  return inRanges(ignorables, code);
}
/** Does a line end here? */
export function isLineBreak(code: int): boolean {
  if (code < 128) return (code >= 10 && code <= 13) || (code >= 28 && code <= 30);
  return code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function upperOf(code: int): string {
  if (code < 128) return String.fromCharCode(code >= 97 && code <= 122 ? code - 32 : code);
  return upperSpecial.get(code) ?? String.fromCodePoint(upperRuns.map(code));
}
export function lowerOf(code: int): string {
  if (code < 128) return String.fromCharCode(code >= 65 && code <= 90 ? code + 32 : code);
  return lowerSpecial.get(code) ?? String.fromCodePoint(lowerRuns.map(code));
}
export function titleOf(code: int): string {
  if (code < 128) return upperOf(code);
  return titleSpecial.get(code) ?? upperOf(code);
}
export function foldOf(code: int): string {
  if (code < 128) return lowerOf(code);
  return foldSpecial.get(code) ?? lowerOf(code);
}
/** The first character of the lower case: for comparing without regard to case. */
export function simpleLower(code: int): int {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  return lowerSpecial.get(code)?.codePointAt(0) ?? lowerRuns.map(code);
}
/** The first character of the upper case. */
export function simpleUpper(code: int): int {
  if (code < 128) return code >= 97 && code <= 122 ? code - 32 : code;
  return upperSpecial.get(code)?.codePointAt(0) ?? upperRuns.map(code);
}

/** Are all units of the text below 128? */
export function isAsciiText(text: string): boolean {
  for (let i: int = 0; i < text.length; i++) if (text.charCodeAt(i) >= 128) return false;
  return true;
}
