// The flags half of an object's header (`typetable.ts` describes the other half). All collectors share these
// bits; on 32-bit machines there are sixteen of them.
import type { Address } from "../../rlib/lowlevel.ts";
import { wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { headerFlagsOffset } from "../typetable.ts";

/** The object was copied; its second word is the new address. Every object has at least two words for this. */
export const FLAG_FORWARDED = 1;
/** The identity hash was asked for while the object stood where it was born: its address is the hash. */
export const FLAG_HASH_TAKEN = 2;
/** The hash stands in one extra word after the object. */
export const FLAG_HASH_STORED = 4;
/** Prebuilt data: never moved, never freed. */
export const FLAG_PREBUILT = 8;
/**
 * The write barrier's bit: an old or prebuilt object that is not remembered as one that may refer to younger ones. The
 * barrier clears it.
 */
export const FLAG_TRACKED = 16;
/** An array with cards whose dirty cards will be looked at: a store only marks its card. Set beside FLAG_TRACKED. */
export const FLAG_CARDS_DIRTY = 32;
/** The object has a record before its header and belongs to the list of large objects (`large.ts`). */
export const FLAG_LARGE = 64;
/** Reached by the collection that is going on; for objects that have no mark elsewhere. */
export const FLAG_MARKED = 128;
/** An array of references with cards before its record. */
export const FLAG_HAS_CARDS = 256;
/** A large object that no collection has seen yet. */
export const FLAG_YOUNG_LARGE = 512;
/** A prebuilt object that was written to: it can refer to the heap. */
export const FLAG_WRITTEN = 1024;
/** How many collections of the young the object survived: two bits. */
export const FLAG_AGE_UNIT = 2048;
export const FLAG_AGE_MASK = 3 * FLAG_AGE_UNIT;
/** Where an object stands while finalizers are put in order (`finalizers.ts`): two bits. */
export const FLAG_ORDER_UNIT = 8192;
export const FLAG_ORDER_MASK = 3 * FLAG_ORDER_UNIT;

/** One card for so many items, as a power of two. */
export const CARD_SHIFT = 7;
/** Card i of an array is the byte at its header − CARD_BEFORE − i: it ends where the large object's record begins. */
export const CARD_BEFORE = 17;

export function headerFlags(object: Address): int {
  const offset = headerFlagsOffset();
  return wordBytes() === 8 ? object.loadUInt32(offset) : object.loadUInt16(offset);
}

export function setHeaderFlags(object: Address, flags: int): void {
  const offset = headerFlagsOffset();
  if (wordBytes() === 8) object.storeInt32(offset, flags);
  else object.storeUInt16(offset, flags);
}

/** Writes the whole header of a new object. */
export function initHeader(object: Address, typeId: int, flags: int): void {
  if (wordBytes() === 8) object.storeInt32(0, typeId);
  else object.storeUInt16(0, typeId);
  setHeaderFlags(object, flags);
}
