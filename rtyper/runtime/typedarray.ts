/** Typed arrays: what is not one operation. Ranges are clamped as in JavaScript. */

import { newPinnedLike } from "../../rlib/heap.ts";
import { arrayCopy, arrayFill, type LowArrayOf, newArrayLike } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";

/** Stored form of an int in a `Uint8ClampedArray`. */
export function clampInt(x: int): int {
  if (x < 0) return 0;
  return x > 255 ? 255 : x;
}

/** Stored form of a float there: rounded to nearest, ties to even; NaN gives 0. */
export function clampFloat(x: float): int {
  if (!(x > 0.0)) return 0;
  if (x >= 255.0) return 255;
  const below = Math.floor(x);
  const rest = x - below;
  const low: int = below;
  if (rest < 0.5) return low;
  if (rest > 0.5) return low + 1;
  return low + (low & 1);
}

function relative(i: int, n: int): int {
  if (i < 0) return i + n < 0 ? 0 : i + n;
  return i > n ? n : i;
}

/** A new array; RangeError for a negative length. */
export function newTypedArray<T>(like: LowArrayOf<T>, n: int): LowArrayOf<T> {
  if (n < 0) throw new RangeError(`Invalid typed array length: ${n}`);
  return newArrayLike(like, n);
}

/** The same, at an address that stays. */
export function pinnedArray<T>(like: LowArrayOf<T>, n: int): LowArrayOf<T> {
  if (n < 0) throw new RangeError(`Invalid typed array length: ${n}`);
  return newPinnedLike(like, n);
}

/** `a.slice(start, end)`. */
export function typedSlice<T>(a: LowArrayOf<T>, start: int, end: int): LowArrayOf<T> {
  const from = relative(start, a.length);
  const to = relative(end, a.length);
  const n = to > from ? to - from : 0;
  const made = newArrayLike(a, n);
  arrayCopy(a, from, made, 0, n);
  return made;
}

/** `a.fill(value, start, end)` with a value as stored. */
export function typedFill<T>(a: LowArrayOf<T>, value: T, start: int, end: int): void {
  const from = relative(start, a.length);
  const to = relative(end, a.length);
  if (to > from) arrayFill(a, from, to - from, value);
}

/** `a.set(source, offset)` of the same kind. */
export function typedSet<T>(a: LowArrayOf<T>, source: LowArrayOf<T>, offset: int): void {
  if (offset < 0 || offset > a.length - source.length) throw new RangeError("offset is out of bounds");
  arrayCopy(source, 0, a, offset, source.length);
}

/** `a.copyWithin(target, start, end)`. */
export function typedCopyWithin<T>(a: LowArrayOf<T>, target: int, start: int, end: int): void {
  const n = a.length;
  const to = relative(target, n);
  const from = relative(start, n);
  let count = relative(end, n) - from;
  if (count > n - to) count = n - to;
  if (count > 0) arrayCopy(a, from, a, to, count);
}

/** Stores n items, each by `store`, from place `at` on. */
export function storeItems<A, T>(
  target: A,
  at: int,
  source: LowArrayOf<T>,
  n: int,
  store: (target: A, index: int, item: T) => void,
): void {
  for (let i = 0; i < n; i++) store(target, at + i, source[i] as T);
}

export function requireRoom(size: int, count: int, offset: int): void {
  if (offset < 0 || offset > size - count) throw new RangeError("offset is out of bounds");
}
