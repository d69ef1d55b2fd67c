/**
 * Lists. A resizable list is a struct of length and over-allocated items; a fixed one is its array of items. Helpers
 * that only read take the array and the number of items in use, so they serve both; those that make a list give an
 * exact array, which is the fixed list itself, or which the lowering puts into a struct.
 *
 * Invariant: items beyond `length` are zero, so that they keep nothing alive.
 */
import { intShr } from "../../rlib/bits.ts";
import { arrayClear, arrayCopy, type LowArrayOf, newArrayLike, newFieldArray } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { invalidLength, MAX_LIST_LENGTH } from "./limits.ts";

export interface LowList<T> {
  length: int;
  items: LowArrayOf<T>;
}

/** Items of a resizable list. With `growableLength`, how a helper that calls back re-reads a list. */
export function growableItems<T>(l: LowList<T>): LowArrayOf<T> {
  return l.items;
}

export function growableLength<T>(l: LowList<T>): int {
  return l.length;
}

export function fixedItems<T>(l: LowArrayOf<T>): LowArrayOf<T> {
  return l;
}

export function fixedLength<T>(l: LowArrayOf<T>): int {
  return l.length;
}

/** A new exact array; RangeError if n is no length. */
export function newItems<T>(like: LowArrayOf<T>, n: int): LowArrayOf<T> {
  if (n < 0 || n > MAX_LIST_LENGTH) invalidLength();
  return newArrayLike(like, n);
}

/** Gives a list room for at least `needed` items. */
export function listGrow<T>(l: LowList<T>, needed: int): void {
  if (needed > MAX_LIST_LENGTH) invalidLength();
  const made = newFieldArray(l, "items", needed + intShr(needed, 3) + 6);
  arrayCopy(l.items, 0, made, 0, l.length);
  l.items = made;
}

/** Sets the length: new items are zero, items cut off are cleared; much unused room is given back. */
export function listResize<T>(l: LowList<T>, n: int): void {
  const old = l.length;
  if (n > l.items.length) listGrow(l, n);
  else if (n < old) arrayClear(l.items, n, old - n);
  l.length = n;
  if (n < old && l.items.length > 32 && n < intShr(l.items.length, 2)) listShrink(l);
}

function listShrink<T>(l: LowList<T>): void {
  const n = l.length;
  const made = newFieldArray(l, "items", n + intShr(n, 3) + 6);
  arrayCopy(l.items, 0, made, 0, n);
  l.items = made;
}

/** `l.push(item)`: the new length. */
export function listPush<T>(l: LowList<T>, item: T): int {
  const n = l.length;
  if (n === l.items.length) listGrow(l, n + 1);
  l.items[n] = item;
  l.length = n + 1;
  return n + 1;
}

/** `l.pop()` of a list that the caller knows not to be empty. */
export function listPopPresent<T>(l: LowList<T>): T {
  const n = l.length - 1;
  const items = l.items;
  const item = items[n] as T;
  arrayClear(items, n, 1);
  l.length = n;
  return item;
}

/** `l.pop()`: undefined if it is empty. */
export function listPop<T>(l: LowList<T>): T | undefined {
  if (l.length === 0) return undefined;
  return listPopPresent(l);
}

/** `l.shift()`: undefined if it is empty. */
export function listShift<T>(l: LowList<T>): T | undefined {
  const n = l.length;
  if (n === 0) return undefined;
  const items = l.items;
  const first = items[0] as T;
  arrayCopy(items, 1, items, 0, n - 1);
  arrayClear(items, n - 1, 1);
  l.length = n - 1;
  return first;
}

/** Makes a gap of `count` items at `at`; the caller fills it. */
export function listOpenGap<T>(l: LowList<T>, at: int, count: int): void {
  const n = l.length;
  if (n + count > l.items.length) listGrow(l, n + count);
  arrayCopy(l.items, at, l.items, at + count, n - at);
  l.length = n + count;
}

/** `l.unshift(item)`: the new length. */
export function listUnshift<T>(l: LowList<T>, item: T): int {
  listOpenGap(l, 0, 1);
  l.items[0] = item;
  return l.length;
}

/** Appends n items of an array from `start`. */
export function listExtend<T>(l: LowList<T>, items: LowArrayOf<T>, start: int, n: int): void {
  const old = l.length;
  if (old + n > l.items.length) listGrow(l, old + n);
  arrayCopy(items, start, l.items, old, n);
  l.length = old + n;
}

function startOf(i: int, n: int): int {
  if (i < 0) return i + n < 0 ? 0 : i + n;
  return i > n ? n : i;
}

/** `slice(start, end)` as an exact array. */
export function itemsSlice<T>(items: LowArrayOf<T>, length: int, start: int, end: int): LowArrayOf<T> {
  const from = startOf(start, length);
  const to = startOf(end, length);
  const n = to > from ? to - from : 0;
  const made = newArrayLike(items, n);
  arrayCopy(items, from, made, 0, n);
  return made;
}

/** The first `length` items as an exact array, of the type of `like`. */
export function itemsCopy<T>(items: LowArrayOf<T>, length: int, like: LowArrayOf<T>): LowArrayOf<T> {
  const made = newArrayLike(like, length);
  arrayCopy(items, 0, made, 0, length);
  return made;
}

/** Two lists one after the other, as an exact array. */
export function itemsConcat<T>(a: LowArrayOf<T>, n: int, b: LowArrayOf<T>, m: int): LowArrayOf<T> {
  if (n + m > MAX_LIST_LENGTH) invalidLength();
  const made = newArrayLike(a, n + m);
  arrayCopy(a, 0, made, 0, n);
  arrayCopy(b, 0, made, n, m);
  return made;
}

/**
 * `l.splice(start, count, …added)`: gives the items removed as an exact array. A negative `count` stands for "all to
 * the end" (an argument left out); the caller passes 0 for a negative argument.
 */
export function listSplice<T>(l: LowList<T>, start: int, count: int, added: LowArrayOf<T>): LowArrayOf<T> {
  const n = l.length;
  const from = startOf(start, n);
  let gone = count < 0 || count > n - from ? n - from : count;
  if (gone < 0) gone = 0;
  const removed = newArrayLike(l.items, gone);
  arrayCopy(l.items, from, removed, 0, gone);
  listReplace(l, from, gone, added, added.length);
  return removed;
}

/** Replaces `gone` items at `from` by `m` items of an array. */
export function listReplace<T>(l: LowList<T>, from: int, gone: int, added: LowArrayOf<T>, m: int): void {
  const n = l.length;
  const rest = n - from - gone;
  const total = n - gone + m;
  if (total > l.items.length) listGrow(l, total);
  const items = l.items;
  arrayCopy(items, from + gone, items, from + m, rest);
  arrayCopy(added, 0, items, from, m);
  if (total < n) arrayClear(items, total, n - total);
  l.length = total;
}

/** First index of an item from `from` on (negative: from the end), or -1. */
export function itemsIndexOf<T>(
  items: LowArrayOf<T>,
  length: int,
  item: T,
  from: int,
  equal: (a: T, b: T) => boolean,
): int {
  for (let i = startOf(from, length); i < length; i++) if (equal(items[i] as T, item)) return i;
  return -1;
}

/** Last index of an item up to `from` (negative: from the end), or -1. */
export function itemsLastIndexOf<T>(
  items: LowArrayOf<T>,
  length: int,
  item: T,
  from: int,
  equal: (a: T, b: T) => boolean,
): int {
  let i = from < 0 ? from + length : from;
  if (i >= length) i = length - 1;
  for (; i >= 0; i--) if (equal(items[i] as T, item)) return i;
  return -1;
}

export function itemsReverse<T>(items: LowArrayOf<T>, length: int): void {
  let j = length - 1;
  for (let i = 0; i < j; i++) {
    const item = items[i] as T;
    items[i] = items[j] as T;
    items[j] = item;
    j--;
  }
}

/** `fill(item, start, end)`. */
export function itemsFill<T>(items: LowArrayOf<T>, length: int, item: T, start: int, end: int): void {
  const to = startOf(end, length);
  for (let i = startOf(start, length); i < to; i++) items[i] = item;
}

/** `l.at(i)`: undefined outside. */
export function itemsAt<T>(items: LowArrayOf<T>, length: int, index: int): T | undefined {
  const i = index < 0 ? index + length : index;
  if (i < 0 || i >= length) return undefined;
  return items[i] as T;
}

/** The item, or undefined outside: destructuring with a default. */
export function itemsGetOr<T>(items: LowArrayOf<T>, length: int, index: int): T | undefined {
  if (index < 0 || index >= length) return undefined;
  return items[index] as T;
}

/** 0, 1, … n-1 as an exact array: `[...l.keys()]`. */
export function itemsRange(n: int, like: LowArrayOf<int>): LowArrayOf<int> {
  const made = newArrayLike(like, n);
  for (let i = 0; i < n; i++) made[i] = i;
  return made;
}

/** Copies `count` items between lists whose ranges the caller has checked. */
export function itemsMove<T>(source: LowArrayOf<T>, from: int, target: LowArrayOf<T>, to: int, count: int): void {
  arrayCopy(source, from, target, to, count);
}

/** Whether `count` items from `from` lie inside a list of n items. */
export function isRange(from: int, count: int, n: int): boolean {
  return count >= 0 && from >= 0 && from <= n - count;
}

/** `join`: each item's text by `text`. */
export function itemsTexts<T>(
  items: LowArrayOf<T>,
  length: int,
  text: (item: T) => string,
  like: LowArrayOf<string>,
): LowArrayOf<string> {
  const made = newArrayLike(like, length);
  for (let i = 0; i < length; i++) made[i] = text(items[i] as T);
  return made;
}

/** A new exact array of n times an item. */
export function newFilled<T>(like: LowArrayOf<T>, n: int, item: T): LowArrayOf<T> {
  const made = newItems(like, n);
  for (let i = 0; i < n; i++) made[i] = item;
  return made;
}

/** `l.length = n`. */
export function listSetLength<T>(l: LowList<T>, n: int): void {
  if (n < 0 || n > MAX_LIST_LENGTH) invalidLength();
  // JavaScript would make holes.
  if (n > l.length) throw new RangeError("the length of a list can only be lowered");
  listResize(l, n);
}

/** A count argument: negative ones mean 0. */
export function nonNegative(n: int): int {
  return n < 0 ? 0 : n;
}

/** The first n items, each converted, as an exact array. */
export function itemsConverted<T, U>(
  items: LowArrayOf<T>,
  n: int,
  convert: (item: T) => U,
  like: LowArrayOf<U>,
): LowArrayOf<U> {
  const made = newArrayLike(like, n);
  for (let i = 0; i < n; i++) made[i] = convert(items[i] as T);
  return made;
}
