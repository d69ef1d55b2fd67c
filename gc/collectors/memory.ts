// Small things about raw memory that every collector needs.

import { intAnd, uintLess } from "../../rlib/bits.ts";
import { type Address, fatalError, rawFree, rawMalloc, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";

/** Poison for memory that nothing may refer to any more. */
const POISON = 0xdb;

/** `bytes` rounded up to a multiple of `unit`, a power of two. */
export function roundUp(bytes: int, unit: int): int {
  return intAnd(bytes + unit - 1, -unit);
}

/** Is `low <= p < low + bytes`? One comparison. */
export function isWithin(p: Address, low: Address, bytes: int): boolean {
  return uintLess(p.diff(low), bytes);
}

/** Zeroed memory that begins at a multiple of `unit`, a power of two and of pages; null when there is none. */
export function rawMallocAligned(bytes: int, unit: int): Address {
  const all = rawMalloc(bytes + unit);
  if (all.isNull()) return all;
  const skipped = intAnd(-all.toInt(), unit - 1);
  const at = all.add(skipped);
  if (skipped > 0) rawFree(all, skipped);
  if (skipped < unit) rawFree(at.add(bytes), unit - skipped);
  return at;
}

/** Memory that a collector cannot do without. */
export function rawMallocOrDie(bytes: int): Address {
  const at = rawMalloc(bytes);
  if (at.isNull()) fatalError("out of memory");
  return at;
}

/**
 * Copies whole words upwards; `bytes` is positive. Objects are small: a call of memmove would cost more than this. Words
 * go as halves because Node's numbers do not hold every 64-bit pattern; LLVM joins them.
 */
export function copyWords(from: Address, to: Address, bytes: int): void {
  if (wordBytes() === 4) {
    for (let at = 0; at < bytes; at += 4) to.storeInt32(at, from.loadInt32(at));
    return;
  }
  for (let at = 0; at < bytes; at += 8) {
    const low = from.loadInt32(at);
    const high = from.loadInt32(at + 4);
    to.storeInt32(at, low);
    to.storeInt32(at + 4, high);
  }
}

/** Makes memory look wrong to whoever still reads it. */
export function poison(at: Address, bytes: int): void {
  for (let i = 0; i < bytes; i++) at.storeUInt8(i, POISON);
}

/** Does a word read from memory consist of poison? */
export function isPoison(p: Address): boolean {
  return intAnd(p.toInt(), 0xffff) === POISON * 0x101;
}
