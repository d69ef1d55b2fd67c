// Stable merge sort of a list of keys, moving a list of values along.
//
// Most comparisons are decided by an int that is computed once for each key: the value of an int, the first characters
// of a str, the first item of a tuple. So they neither dispatch nor follow references; equal prefixes are compared in
// full where the prefix does not tell everything.
import { copyItems, type int, newList } from "rtypescript/rlib";
import { W_Float } from "./float.ts";
import { W_Int } from "./int.ts";
import type { W_Root } from "./root.ts";
import { lt } from "./space.ts";
import { textLess, W_Str } from "./str.ts";

const RUN: int = 24;

/** What the keys are. */
const KIND_ANY = 0;
const KIND_INT = 1;
const KIND_STR = 2;
const KIND_FLOAT = 3;
/** Tuples that begin with an int: made by `tuplePrefixes`. */
const KIND_TUPLE = 4;

/** Gives the ints with which tuples begin; tuples are defined above this file. */
export abstract class TuplePrefixes {
  /** Null unless all are tuples that begin with an int. */
  abstract of(keys: W_Root[]): int[] | null;
}
class PrefixHook {
  prefixes: TuplePrefixes | null;
  constructor() {
    this.prefixes = null;
  }
}
export const prefixHook = new PrefixHook();

function kindOf(keys: W_Root[]): int {
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

function strLess(w_a: W_Str, w_b: W_Str): boolean {
  return w_a.isBasic() && w_b.isBasic() ? w_a.text < w_b.text : textLess(w_a.text, w_b.text);
}

/** The first three characters as a number that orders as they do. */
function textPrefix(w: W_Str): int {
  if (!w.isBasic()) return -1;
  const text = w.text;
  const n = text.length;
  const a: int = n > 0 ? text.charCodeAt(0) : 0;
  const b: int = n > 1 ? text.charCodeAt(1) : 0;
  const c: int = n > 2 ? text.charCodeAt(2) : 0;
  return (a * 65536 + b) * 32768 + (c >> 1);
}

/** Null when the keys have no prefixes. */
function prefixesOf(keys: W_Root[], kind: int): int[] | null {
  const n = keys.length;
  if (kind === KIND_INT) {
    const prefixes = newList<int>(n, 0);
    for (let i: int = 0; i < n; i++) prefixes[i] = (keys[i] as W_Int).value;
    return prefixes;
  }
  if (kind !== KIND_STR) return null;
  const prefixes = newList<int>(n, 0);
  for (let i: int = 0; i < n; i++) {
    const prefix = textPrefix(keys[i] as W_Str);
    if (prefix < 0) return null;
    prefixes[i] = prefix;
  }
  return prefixes;
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

/** Keys with their prefixes and values: what a sort moves. */
class Columns {
  readonly kind: int;
  keys: W_Root[];
  values: W_Root[];
  /** Of length 0 when there are none. */
  prefixes: int[];
  constructor(kind: int, keys: W_Root[], values: W_Root[], prefixes: int[]) {
    this.kind = kind;
    this.keys = keys;
    this.values = values;
    this.prefixes = prefixes;
  }
  /** Are keys and values the same list? */
  single(): boolean {
    return this.keys === this.values;
  }
  /** Is the key at `i` less than that at `j`? */
  lessAt(i: int, j: int): boolean {
    const prefixes = this.prefixes;
    if (prefixes.length > 0) {
      const a = prefixes[i];
      const b = prefixes[j];
      if (a !== b) return a < b;
      if (this.kind === KIND_INT) return false;
    }
    return less(this.kind, this.keys[i], this.keys[j]);
  }
  move(from: int, into: Columns, to: int): void {
    into.keys[to] = this.keys[from];
    if (this.prefixes.length > 0) into.prefixes[to] = this.prefixes[from];
    if (this.keys !== this.values) into.values[to] = this.values[from];
  }
  moveMany(from: int, into: Columns, to: int, count: int): void {
    copyItems(this.keys, from, into.keys, to, count);
    if (this.prefixes.length > 0) copyItems(this.prefixes, from, into.prefixes, to, count);
    if (this.keys !== this.values) copyItems(this.values, from, into.values, to, count);
  }
  /** Columns of the same shape. */
  blank(): Columns {
    const n = this.keys.length;
    const keys = newList<W_Root>(n, this.keys[0]);
    const values = this.single() ? keys : newList<W_Root>(n, this.keys[0]);
    return new Columns(this.kind, keys, values, newList<int>(this.prefixes.length, 0));
  }
}

const NO_PREFIXES: int[] = [];

function columnsOf(keys: W_Root[], values: W_Root[]): Columns {
  const kind = kindOf(keys);
  const prefixes = prefixesOf(keys, kind);
  if (prefixes !== null) return new Columns(kind, keys, values, prefixes);
  if (kind === KIND_ANY && prefixHook.prefixes !== null) {
    const leading = prefixHook.prefixes.of(keys);
    if (leading !== null) return new Columns(KIND_TUPLE, keys, values, leading);
  }
  return new Columns(kind, keys, values, NO_PREFIXES);
}

/** Sorts `keys` in place; `values` (the same list, or one of equal length) takes the same order. */
export function sortItems(keys: W_Root[], values: W_Root[]): void {
  const n = keys.length;
  if (n < 2) return;
  const columns = columnsOf(keys, values);
  if (isSorted(columns)) return;
  for (let from: int = 0; from < n; from += RUN) insertionSort(columns, from, Math.min(from + RUN, n));
  if (n <= RUN) return;
  let source = columns;
  let target = columns.blank();
  for (let width: int = RUN; width < n; width *= 2) {
    for (let from: int = 0; from < n; from += 2 * width) {
      mergeRuns(source, target, from, Math.min(from + width, n), Math.min(from + 2 * width, n));
    }
    const old = source;
    source = target;
    target = old;
  }
  if (source !== columns) source.moveMany(0, columns, 0, n);
}

function isSorted(columns: Columns): boolean {
  for (let i: int = 1; i < columns.keys.length; i++) if (columns.lessAt(i, i - 1)) return false;
  return true;
}

/** Binary insertion: few comparisons, which are what costs. */
function insertionSort(columns: Columns, from: int, to: int): void {
  const { keys, values, prefixes } = columns;
  for (let i: int = from + 1; i < to; i++) {
    if (!columns.lessAt(i, i - 1)) continue;
    let low: int = from;
    let high: int = i - 1;
    while (low < high) {
      const middle: int = (low + high) >> 1;
      if (columns.lessAt(i, middle)) high = middle;
      else low = middle + 1;
    }
    const w_key = keys[i];
    for (let k: int = i; k > low; k--) keys[k] = keys[k - 1];
    keys[low] = w_key;
    if (prefixes.length > 0) {
      const prefix = prefixes[i];
      for (let k: int = i; k > low; k--) prefixes[k] = prefixes[k - 1];
      prefixes[low] = prefix;
    }
    if (keys !== values) {
      const w_value = values[i];
      for (let k: int = i; k > low; k--) values[k] = values[k - 1];
      values[low] = w_value;
    }
  }
}

function mergeRuns(source: Columns, target: Columns, from: int, middle: int, to: int): void {
  let a: int = from;
  let b: int = middle;
  let out: int = from;
  if (b >= to || !source.lessAt(b, b - 1)) {
    source.moveMany(from, target, from, to - from);
    return;
  }
  while (a < middle && b < to) {
    if (source.lessAt(b, a)) {
      source.move(b, target, out);
      b++;
    } else {
      source.move(a, target, out);
      a++;
    }
    out++;
  }
  source.moveMany(a, target, out, middle - a);
  source.moveMany(b, target, out + middle - a, to - b);
}
