// The flags half of an object's header (`typetable.ts` describes the other half). All collectors share these bits;
// a collector's own bits start at FLAG_FIRST_FREE.
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
/** First bit a collector may give its own meaning. */
export const FLAG_FIRST_FREE = 16;

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
