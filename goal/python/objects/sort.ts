// Stable merge sort of a list of keys, moving a list of values along.
import { copyItems, type int, newList } from "rtypescript/rlib";
import { W_Float } from "./float.ts";
import { W_Int } from "./int.ts";
import type { W_Root } from "./root.ts";
import { lt } from "./space.ts";
import { textLess, W_Str } from "./str.ts";

const RUN: int = 24;

/** What the keys are, so that comparisons need no dispatch. */
const KIND_ANY = 0;
const KIND_INT = 1;
const KIND_STR = 2;
const KIND_FLOAT = 3;

function kindOf(keys: W_Root[]): int {
  if (keys.length === 0) return KIND_ANY;
  const w_first = keys[0];
  if (w_first instanceof W_Int) {
    for (const w of keys) if (!(w instanceof W_Int)) return KIND_ANY;
    return KIND_INT;
  }
  if (w_first instanceof W_Str) {
    for (const w of keys) if (!(w instanceof W_Str)) return KIND_ANY;
    return KIND_STR;
  }
  if (w_first instanceof W_Float) {
    for (const w of keys) if (!(w instanceof W_Float)) return KIND_ANY;
    return KIND_FLOAT;
  }
  return KIND_ANY;
}

function less(kind: int, w_a: W_Root, w_b: W_Root): boolean {
  switch (kind) {
    case KIND_INT:
      return (w_a as W_Int).value < (w_b as W_Int).value;
    case KIND_STR:
      return strLess(w_a as W_Str, w_b as W_Str);
    case KIND_FLOAT:
      return (w_a as W_Float).value < (w_b as W_Float).value;
    default:
      return lt(w_a, w_b);
  }
}

function strLess(w_a: W_Str, w_b: W_Str): boolean {
  return w_a.isBasic() && w_b.isBasic() ? w_a.text < w_b.text : textLess(w_a.text, w_b.text);
}

/** Sorts `keys` in place; `values` (the same list, or one of equal length) takes the same order. */
export function sortItems(keys: W_Root[], values: W_Root[]): void {
  const n = keys.length;
  if (n < 2) return;
  const kind = kindOf(keys);
  const both = keys !== values;
  if (isSorted(keys, kind)) return;
  for (let from: int = 0; from < n; from += RUN) insertionSort(keys, values, both, kind, from, Math.min(from + RUN, n));
  if (n <= RUN) return;
  let k1 = keys;
  let v1 = values;
  let k2: W_Root[] = newList<W_Root>(n, keys[0]);
  let v2: W_Root[] = both ? newList<W_Root>(n, keys[0]) : k2;
  for (let width: int = RUN; width < n; width *= 2) {
    for (let from: int = 0; from < n; from += 2 * width) {
      mergeRuns(k1, v1, k2, v2, both, kind, from, Math.min(from + width, n), Math.min(from + 2 * width, n));
    }
    const k = k1;
    k1 = k2;
    k2 = k;
    const v = v1;
    v1 = v2;
    v2 = v;
  }
  if (k1 !== keys) {
    copyItems(k1, 0, keys, 0, n);
    if (both) copyItems(v1, 0, values, 0, n);
  }
}

function isSorted(keys: W_Root[], kind: int): boolean {
  for (let i: int = 1; i < keys.length; i++) if (less(kind, keys[i], keys[i - 1])) return false;
  return true;
}

/** Binary insertion: few comparisons, which are what costs. */
function insertionSort(keys: W_Root[], values: W_Root[], both: boolean, kind: int, from: int, to: int): void {
  for (let i: int = from + 1; i < to; i++) {
    const w_key = keys[i];
    let low: int = from;
    let high: int = i;
    if (!less(kind, w_key, keys[i - 1])) continue;
    while (low < high) {
      const middle: int = (low + high) >> 1;
      if (less(kind, w_key, keys[middle])) high = middle;
      else low = middle + 1;
    }
    for (let k: int = i; k > low; k--) keys[k] = keys[k - 1];
    keys[low] = w_key;
    if (both) {
      const w_value = values[i];
      for (let k: int = i; k > low; k--) values[k] = values[k - 1];
      values[low] = w_value;
    }
  }
}

function mergeRuns(
  k1: W_Root[],
  v1: W_Root[],
  k2: W_Root[],
  v2: W_Root[],
  both: boolean,
  kind: int,
  from: int,
  middle: int,
  to: int,
): void {
  let a: int = from;
  let b: int = middle;
  let out: int = from;
  while (a < middle && b < to) {
    const at: int = less(kind, k1[b], k1[a]) ? b++ : a++;
    k2[out] = k1[at];
    if (both) v2[out] = v1[at];
    out++;
  }
  copyItems(k1, a, k2, out, middle - a);
  copyItems(k1, b, k2, out + middle - a, to - b);
  if (both) {
    copyItems(v1, a, v2, out, middle - a);
    copyItems(v1, b, v2, out + middle - a, to - b);
  }
}
