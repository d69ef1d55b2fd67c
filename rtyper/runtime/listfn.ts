/**
 * List methods that call back. The callback comes as code and environment; the list as a struct or array L with the two
 * functions that read it (`growableItems`, …), because the callback may change the list meanwhile: as in JavaScript the
 * number of rounds is that of the start, and each round reads the list as it is then.
 */
import { arrayCopy, type LowArrayOf, newArrayLike } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { type LowList, listPush } from "./list.ts";

/** Items of a list. */
type Items<L, T> = (l: L) => LowArrayOf<T>;
type Length<L> = (l: L) => int;

export function listForEach<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => void,
  env: E,
): void {
  const n = length(l);
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) return;
    code(env, items(l)[i] as T, i, l);
  }
}

/** `map` as an exact array. */
export function listMap<L, T, E, U>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => U,
  env: E,
  like: LowArrayOf<U>,
): LowArrayOf<U> {
  const n = length(l);
  const made = newArrayLike(like, n);
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) throw new RangeError("list became shorter during map");
    made[i] = code(env, items(l)[i] as T, i, l);
  }
  return made;
}

/** `Array.from({ length: n }, (_, i) => …)` as an exact array. */
export function listTabulate<E, U>(
  n: int,
  code: (env: E, item: undefined, index: int) => U,
  env: E,
  like: LowArrayOf<U>,
): LowArrayOf<U> {
  if (n < 0) throw new RangeError("Invalid array length");
  const made = newArrayLike(like, n);
  for (let i = 0; i < n; i++) made[i] = code(env, undefined, i);
  return made;
}

/** `filter` as an exact array. */
export function listFilter<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => boolean,
  env: E,
): LowArrayOf<T> {
  const n = length(l);
  let made = newArrayLike(items(l), n < 8 ? n : 8);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) break;
    const item = items(l)[i] as T;
    if (!code(env, item, i, l)) continue;
    if (count === made.length) made = resized(made, count, count * 2);
    made[count] = item;
    count++;
  }
  return count === made.length ? made : resized(made, count, count);
}

function resized<T>(items: LowArrayOf<T>, used: int, size: int): LowArrayOf<T> {
  const made = newArrayLike(items, size);
  arrayCopy(items, 0, made, 0, used);
  return made;
}

export function listSome<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => boolean,
  env: E,
): boolean {
  return listFindIndex(l, items, length, code, env) >= 0;
}

export function listEvery<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => boolean,
  env: E,
): boolean {
  const n = length(l);
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) break;
    if (!code(env, items(l)[i] as T, i, l)) return false;
  }
  return true;
}

export function listFindIndex<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => boolean,
  env: E,
): int {
  const n = length(l);
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) break;
    if (code(env, items(l)[i] as T, i, l)) return i;
  }
  return -1;
}

export function listFind<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => boolean,
  env: E,
): T | undefined {
  const n = length(l);
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) break;
    const item = items(l)[i] as T;
    if (code(env, item, i, l)) return item;
  }
  return undefined;
}

export function listFindLastIndex<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => boolean,
  env: E,
): int {
  for (let i = length(l) - 1; i >= 0; i--) {
    if (i >= length(l)) continue;
    if (code(env, items(l)[i] as T, i, l)) return i;
  }
  return -1;
}

export function listFindLast<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => boolean,
  env: E,
): T | undefined {
  for (let i = length(l) - 1; i >= 0; i--) {
    if (i >= length(l)) continue;
    const item = items(l)[i] as T;
    if (code(env, item, i, l)) return item;
  }
  return undefined;
}

export function listReduce<L, T, E, A>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, accumulated: A, item: T, index: int, list: L) => A,
  env: E,
  initial: A,
): A {
  const n = length(l);
  let result = initial;
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) break;
    result = code(env, result, items(l)[i] as T, i, l);
  }
  return result;
}

export function reduceOfNothing(): never {
  throw new TypeError("Reduce of empty array with no initial value");
}

/** `reduce` without an initial value; the list's items are then of the result's type. */
export function listReduceOwn<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, accumulated: T, item: T, index: int, list: L) => T,
  env: E,
): T {
  const n = length(l);
  if (n === 0) reduceOfNothing();
  let result = items(l)[0] as T;
  for (let i = 1; i < n; i++) {
    if (i >= length(l)) break;
    result = code(env, result, items(l)[i] as T, i, l);
  }
  return result;
}

export function listReduceRight<L, T, E, A>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, accumulated: A, item: T, index: int, list: L) => A,
  env: E,
  initial: A,
): A {
  let result = initial;
  for (let i = length(l) - 1; i >= 0; i--) {
    if (i < length(l)) result = code(env, result, items(l)[i] as T, i, l);
  }
  return result;
}

export function listReduceRightOwn<L, T, E>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, accumulated: T, item: T, index: int, list: L) => T,
  env: E,
): T {
  const n = length(l);
  if (n === 0) reduceOfNothing();
  let result = items(l)[n - 1] as T;
  for (let i = n - 2; i >= 0; i--) {
    if (i < length(l)) result = code(env, result, items(l)[i] as T, i, l);
  }
  return result;
}

/** `flatMap` with a callback that gives lists of kind M; appends to `out`. */
export function listFlatMap<L, T, E, M, P, U>(
  l: L,
  items: Items<L, T>,
  length: Length<L>,
  code: (env: E, item: T, index: int, list: L) => M,
  env: E,
  partItems: Items<M, P>,
  partLength: Length<M>,
  convert: (item: P) => U,
  out: LowList<U>,
): void {
  const n = length(l);
  for (let i = 0; i < n; i++) {
    if (i >= length(l)) break;
    const part = code(env, items(l)[i] as T, i, l);
    const m = partLength(part);
    for (let j = 0; j < m; j++) listPush(out, convert(partItems(part)[j] as P));
  }
}

/** `flat()`: the items of lists of kind M, appended to `out`. */
export function listFlat<L, M, P, U>(
  l: L,
  items: Items<L, M>,
  length: Length<L>,
  partItems: Items<M, P>,
  partLength: Length<M>,
  convert: (item: P) => U,
  out: LowList<U>,
): void {
  const n = length(l);
  for (let i = 0; i < n; i++) {
    const part = items(l)[i] as M;
    const m = partLength(part);
    for (let j = 0; j < m; j++) listPush(out, convert(partItems(part)[j] as P));
  }
}
