/**
 * Hashes and equality of map keys, one pair of functions per kind of key; maps are specialized for a pair.
 *
 * Hashes are 32-bit numbers (sign-extended to the word), computed with 32-bit arithmetic only, so Node, a 64-bit and a
 * 32-bit binary agree and the index of a prebuilt map is computed on Node by these functions. -1 is never a hash:
 * maps mark removed entries with it. 0 is never the hash of a string: it stands for "not computed".
 */
import { intShr } from "../../rlib/bits.ts";
import { identityHash } from "../../rlib/gc.ts";
import {
  compareUnits,
  floatHighBits,
  floatLowBits,
  getCachedHash,
  isNull,
  sameObject,
  setCachedHash,
  unitAt,
} from "../../rlib/lowlevel.ts";
import type { char, float, int } from "../../rlib/types.ts";

/** Spreads all bits of a number over 32 bits; the result is neither 0 nor -1. */
export function mixHash(x: int): int {
  let h = x | 0;
  h = Math.imul(h ^ ((h >> 16) & 0xffff), 0x85ebca6b);
  h = Math.imul(h ^ ((h >> 13) & 0x7ffff), 0xc2b2ae35);
  h = h ^ ((h >> 16) & 0xffff);
  if (h === 0 || h === -1) return 1;
  return h;
}

/** Hash of a string's content, kept in the string. */
export function hashString(s: string): int {
  const cached = getCachedHash(s);
  if (cached !== 0) return cached;
  return computeStringHash(s);
}

function computeStringHash(s: string): int {
  const n = s.length;
  let h = n;
  for (let i = 0; i < n; i++) h = Math.imul(h ^ unitAt(s, i), 0x01000193);
  h = mixHash(h);
  setCachedHash(s, h);
  return h;
}

export function hashInt(x: int): int {
  // Two shifts by half the smallest word, because a count is taken modulo the word.
  const upper = intShr(intShr(x, 16), 16);
  const h = Math.imul((x | 0) ^ Math.imul(upper, 0x27d4eb2f), 0x9e3779b1);
  const spread = h ^ ((h >> 15) & 0x1ffff);
  return spread === -1 ? 1 : spread;
}

/** SameValueZero: 0 and -0 are one key, NaN equals NaN. */
export function hashFloat(x: float): int {
  if (x === 0.0 || Number.isNaN(x)) return 1;
  return mixHash(floatLowBits(x) ^ Math.imul(floatHighBits(x), 0x27d4eb2f));
}

export function hashBool(x: boolean): int {
  return x ? 2 : 1;
}

export function hashObject<T extends object>(o: T): int {
  return mixHash(identityHash(o));
}

/** Null keys have hash 1. */
export function hashNullableString(s: string): int {
  return isNull(s) ? 1 : hashString(s);
}

export function hashNullableObject<T extends object>(o: T): int {
  return isNull(o) ? 1 : mixHash(identityHash(o));
}

export function hashNullableInt(x: int | null | undefined): int {
  return x === null || x === undefined ? 1 : hashInt(x);
}

export function hashNullableFloat(x: float | null | undefined): int {
  return x === null || x === undefined ? 1 : hashFloat(x);
}

export function hashNullableBool(x: boolean | null | undefined): int {
  return x === null || x === undefined ? 3 : hashBool(x);
}

/** `a === b` of strings; equal lengths first, then hashes where both are known, then the units. */
export function equalStrings(a: string, b: string): boolean {
  if (sameObject(a, b)) return true;
  const n = a.length;
  if (n !== b.length) return false;
  const hashA = getCachedHash(a);
  if (hashA !== 0) {
    const hashB = getCachedHash(b);
    if (hashB !== 0 && hashA !== hashB) return false;
  }
  return compareUnits(a, 0, b, 0, n) === 0;
}

/** The same where either may be null. */
export function equalNullableStrings(a: string, b: string): boolean {
  if (sameObject(a, b)) return true;
  if (isNull(a) || isNull(b)) return false;
  return equalStrings(a, b);
}

export function equalInts(a: int, b: int): boolean {
  return a === b;
}

/** SameValueZero, for keys and `includes`. */
export function sameFloats(a: float, b: float): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** `===` of floats, for `indexOf`. */
export function equalFloats(a: float, b: float): boolean {
  return a === b;
}

export function equalBools(a: boolean, b: boolean): boolean {
  return a === b;
}

export function equalChars(a: char, b: char): boolean {
  return a === b;
}

export function equalObjects<T>(a: T, b: T): boolean {
  return sameObject(a, b);
}

export function equalNullableInts(a: int | null | undefined, b: int | null | undefined): boolean {
  return a === b;
}

export function sameNullableFloats(a: float | null | undefined, b: float | null | undefined): boolean {
  if (a === b) return true;
  if (a === null || a === undefined || b === null || b === undefined) return false;
  return Number.isNaN(a) && Number.isNaN(b);
}

export function equalNullableFloats(a: float | null | undefined, b: float | null | undefined): boolean {
  return a === b;
}

export function equalNullableBools(a: boolean | null | undefined, b: boolean | null | undefined): boolean {
  return a === b;
}

export function hashNullableChar(c: char | null | undefined): int {
  return c === null || c === undefined ? 1 : hashInt(c.charCodeAt(0));
}

export function equalNullableChars(a: char | null | undefined, b: char | null | undefined): boolean {
  return a === b;
}
