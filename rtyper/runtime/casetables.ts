/**
 * Tables for `toUpperCase` and `toLowerCase`, taken from Node itself while this module is imported, so that a binary
 * maps as the Node that translated it.
 *
 * A run is four numbers: first code point, last, step, difference. Code points that become several are in a list of
 * their own. The final sigma needs two properties, kept as ranges.
 */
import type { int } from "../../rlib/types.ts";

/** Code points from here on are neither cased nor mapped, except the tags, which are case-ignorable. */
const END_OF_CASE = 0x1f200;

class CaseTable {
  /** Runs in order, four numbers each. */
  readonly runs: Int32Array;
  /** Code points with other mappings, in order. */
  readonly specials: Int32Array;
  readonly texts: readonly string[];

  constructor(runs: Int32Array, specials: Int32Array, texts: readonly string[]) {
    this.runs = runs;
    this.specials = specials;
    this.texts = texts;
  }
}

function makeTable(map: (s: string) => string): CaseTable {
  const runs: int[] = [];
  const specials: int[] = [];
  const texts: string[] = [];
  for (let code = 0; code < END_OF_CASE; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const source = String.fromCodePoint(code);
    const mapped = map(source);
    if (mapped === source) continue;
    const target = mapped.codePointAt(0) as number;
    if (String.fromCodePoint(target) === mapped) addToRuns(runs, code, target - code);
    else {
      specials.push(code);
      texts.push(mapped);
    }
  }
  return new CaseTable(Int32Array.from(runs), Int32Array.from(specials), texts);
}

/** Extends the last run by one code point, or begins another. */
function addToRuns(runs: int[], code: int, difference: int): void {
  const last = runs.length - 4;
  if (last >= 0 && runs[last + 3] === difference) {
    const gap = code - (runs[last + 1] as int);
    const single = runs[last] === runs[last + 1];
    if (gap <= 2 && (single || gap === runs[last + 2])) {
      runs[last + 1] = code;
      runs[last + 2] = gap;
      return;
    }
  }
  runs.push(code, code, 1, difference);
}

/** First and last code points of the ranges that have a property. */
function makeRanges(property: RegExp): Int32Array {
  const ranges: int[] = [];
  const limits = [
    [0, END_OF_CASE],
    [0xe0000, 0xe0200],
  ] as const;
  for (const [from, to] of limits) {
    for (let code = from; code < to; code++) {
      if (!property.test(String.fromCodePoint(code))) continue;
      if (ranges[ranges.length - 1] === code - 1) ranges[ranges.length - 1] = code;
      else ranges.push(code, code);
    }
  }
  return Int32Array.from(ranges);
}

export const UPPER: CaseTable = makeTable((s) => s.toUpperCase());
// A sigma alone is not final, so the table has its ordinary form.
export const LOWER: CaseTable = makeTable((s) => s.toLowerCase());
export const CASED: Int32Array = makeRanges(/\p{Cased}/u);
export const CASE_IGNORABLE: Int32Array = makeRanges(/\p{Case_Ignorable}/u);

/** Difference to the mapped code point, 0 if it maps to itself. */
export function caseDifference(table: CaseTable, code: int): int {
  const runs = table.runs;
  let low = 0;
  let high = runs.length >> 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = middle << 2;
    if (code > (runs[at + 1] as int)) low = middle + 1;
    else if (code < (runs[at] as int)) high = middle;
    else {
      const step = runs[at + 2] as int;
      return step === 1 || ((code - (runs[at] as int)) & 1) === 0 ? (runs[at + 3] as int) : 0;
    }
  }
  return 0;
}

/** The text of a code point with a mapping to several; null if it has none. */
export function caseSpecial(table: CaseTable, code: int): string | null {
  const specials = table.specials;
  let low = 0;
  let high = specials.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = specials[middle] as int;
    if (found === code) return table.texts[middle] as string;
    if (found < code) low = middle + 1;
    else high = middle;
  }
  return null;
}

/** Is the code point in one of the ranges? */
export function inRanges(ranges: Int32Array, code: int): boolean {
  let low = 0;
  let high = ranges.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (code < (ranges[middle * 2] as int)) high = middle;
    else if (code > (ranges[middle * 2 + 1] as int)) low = middle + 1;
    else return true;
  }
  return false;
}
