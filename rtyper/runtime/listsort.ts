/**
 * `sort`: a stable merge sort, bottom-up over runs of eight sorted by insertion. It sorts a copy and writes it back, so
 * a comparison that changes the list does no harm, as in JavaScript.
 */
import { arrayCopy, type LowArrayOf, newArrayLike } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { stringCompare } from "./string.ts";

const RUN = 8;

/** Negative: a first; positive: b first. As float, because a program's comparison may give any number. */
type Order<T, E> = (env: E, a: T, b: T) => float;

function insertionSort<T, E>(items: LowArrayOf<T>, from: int, to: int, order: Order<T, E>, env: E): void {
  for (let i = from + 1; i < to; i++) {
    const item = items[i] as T;
    let j = i - 1;
    while (j >= from && order(env, items[j] as T, item) > 0) {
      items[j + 1] = items[j] as T;
      j--;
    }
    items[j + 1] = item;
  }
}

/** Merges source[from…middle) and source[middle…to) into target at `from`. */
function mergeRuns<T, E>(
  source: LowArrayOf<T>,
  target: LowArrayOf<T>,
  from: int,
  middle: int,
  to: int,
  order: Order<T, E>,
  env: E,
): void {
  if (order(env, source[middle - 1] as T, source[middle] as T) <= 0) {
    arrayCopy(source, from, target, from, to - from);
    return;
  }
  let i = from;
  let j = middle;
  let k = from;
  while (i < middle && j < to) {
    if (order(env, source[i] as T, source[j] as T) > 0) {
      target[k] = source[j] as T;
      j++;
    } else {
      target[k] = source[i] as T;
      i++;
    }
    k++;
  }
  arrayCopy(source, i, target, k, middle - i);
  arrayCopy(source, j, target, k + middle - i, to - j);
}

/** The first n items, sorted, as a new array. */
export function itemsSorted<T, E>(items: LowArrayOf<T>, n: int, order: Order<T, E>, env: E): LowArrayOf<T> {
  let source = newArrayLike(items, n);
  arrayCopy(items, 0, source, 0, n);
  for (let from = 0; from < n; from += RUN) insertionSort(source, from, from + RUN < n ? from + RUN : n, order, env);
  if (n <= RUN) return source;
  let target = newArrayLike(items, n);
  for (let width = RUN; width < n; width *= 2) {
    for (let from = 0; from < n; from += 2 * width) {
      const middle = from + width;
      const to = from + 2 * width < n ? from + 2 * width : n;
      if (middle >= n) arrayCopy(source, from, target, from, n - from);
      else mergeRuns(source, target, from, middle, to, order, env);
    }
    const other = source;
    source = target;
    target = other;
  }
  return source;
}

/** `l.sort(order)` of n items. */
export function itemsSort<T, E>(items: LowArrayOf<T>, n: int, order: Order<T, E>, env: E): void {
  const sorted = itemsSorted(items, n, order, env);
  arrayCopy(sorted, 0, items, 0, n);
}

/** Order of the default sort of strings. */
export function orderStrings(_env: int, a: string, b: string): float {
  return stringCompare(a, b);
}

function orderTexts(texts: LowArrayOf<string>, a: int, b: int): float {
  return stringCompare(texts[a] as string, texts[b] as string);
}

/** The default sort of other items: by text, computed once each. */
export function itemsSortByText<T>(
  items: LowArrayOf<T>,
  n: int,
  text: (item: T) => string,
  likeTexts: LowArrayOf<string>,
  likeNumbers: LowArrayOf<int>,
): void {
  const texts = newArrayLike(likeTexts, n);
  const places = newArrayLike(likeNumbers, n);
  for (let i = 0; i < n; i++) {
    texts[i] = text(items[i] as T);
    places[i] = i;
  }
  const sorted = itemsSorted(places, n, orderTexts, texts);
  const old = newArrayLike(items, n);
  arrayCopy(items, 0, old, 0, n);
  for (let i = 0; i < n; i++) items[i] = old[sorted[i] as int] as T;
}
