// Objects as the type table describes them: their size, their references, their forwarding.
//
// A function that visits references takes the visitor as a parameter and is copied for each one, so that in a binary
// the visitor is called directly and inlined. A visitor gets the address of the slot, which holds a reference or null.

import { specialize } from "../../rlib/index.ts";
import { type Address, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import {
  objectSize,
  TYPE_FLAGS,
  TYPE_HAS_ITEM_POINTERS,
  TYPE_HAS_POINTERS,
  TYPE_IS_LEAF,
  TYPE_IS_VARSIZED,
  TYPE_IS_WEAK_TABLE,
  TYPE_ITEM_POINTERS,
  TYPE_ITEM_SIZE,
  TYPE_ITEMS_ARE_POINTERS,
  TYPE_ITEMS_OFFSET,
  TYPE_LENGTH_OFFSET,
  TYPE_POINTERS,
  TYPE_SIZE,
  typeEntry,
  typeIdOf,
} from "../typetable.ts";
import { FLAG_FORWARDED, FLAG_HASH_STORED, headerFlags, setHeaderFlags } from "./header.ts";

/** What is called with the address of each reference. */
export type Visit = (slot: Address) => void;

/** The entry of an object's type. */
export function entryOf(object: Address): Address {
  return typeEntry(symbolAddress("rts_types"), typeIdOf(object));
}

/** The type's `TYPE_…` flags. */
export function typeFlags(object: Address): int {
  return entryOf(object).loadUInt32(TYPE_FLAGS);
}

export function isLeaf(object: Address): boolean {
  return (typeFlags(object) & TYPE_IS_LEAF) !== 0;
}

export function isWeakTable(object: Address): boolean {
  return (typeFlags(object) & TYPE_IS_WEAK_TABLE) !== 0;
}

/** The least size of an object: a forwarding address must fit behind the header. */
export function leastSize(bytes: int): int {
  const least = 2 * wordBytes();
  return bytes < least ? least : bytes;
}

/** Bytes of an object without a stored hash. */
export function sizeOf(object: Address): int {
  const entry = entryOf(object);
  if ((entry.loadUInt32(TYPE_FLAGS) & TYPE_IS_VARSIZED) === 0) return leastSize(entry.loadUInt32(TYPE_SIZE));
  return leastSize(objectSize(entry, object.loadWord(entry.loadUInt32(TYPE_LENGTH_OFFSET))));
}

/** Bytes of an object where it stands, the stored hash included. */
export function sizeWithHash(object: Address): int {
  const size = sizeOf(object);
  return (headerFlags(object) & FLAG_HASH_STORED) !== 0 ? size + wordBytes() : size;
}

/** Number of trailing items. */
export function itemCount(object: Address): int {
  return object.loadWord(entryOf(object).loadUInt32(TYPE_LENGTH_OFFSET));
}

/** The same, 0 for objects without items. */
export function itemCountOrZero(object: Address): int {
  return (typeFlags(object) & TYPE_IS_VARSIZED) !== 0 ? itemCount(object) : 0;
}

/** Visits every reference of an object; entries of weak tables too. */
export const traceObject = specialize.byValue(function traceObject(object: Address, visit: Visit): void {
  const entry = entryOf(object);
  const flags = entry.loadUInt32(TYPE_FLAGS);
  if ((flags & TYPE_HAS_POINTERS) !== 0) traceList(object, entry.add(entry.loadUInt32(TYPE_POINTERS)), visit);
  if ((flags & TYPE_HAS_ITEM_POINTERS) !== 0)
    traceItems(object, 0, object.loadWord(entry.loadUInt32(TYPE_LENGTH_OFFSET)), visit);
}, "visit");

/** Visits the references of the fixed part only. */
export const traceFixedPart = specialize.byValue(function traceFixedPart(object: Address, visit: Visit): void {
  const entry = entryOf(object);
  if ((entry.loadUInt32(TYPE_FLAGS) & TYPE_HAS_POINTERS) !== 0)
    traceList(object, entry.add(entry.loadUInt32(TYPE_POINTERS)), visit);
}, "visit");

/** Visits the references of the items `from` to `to`, which have some. */
export const traceItems = specialize.byValue(function traceItems(
  object: Address,
  from: int,
  to: int,
  visit: Visit,
): void {
  const entry = entryOf(object);
  const itemSize = entry.loadUInt32(TYPE_ITEM_SIZE);
  let item = object.add(entry.loadUInt32(TYPE_ITEMS_OFFSET) + from * itemSize);
  const end = item.add((to - from) * itemSize);
  if ((entry.loadUInt32(TYPE_FLAGS) & TYPE_ITEMS_ARE_POINTERS) !== 0) {
    const word = wordBytes();
    while (item.below(end)) {
      visit(item);
      item = item.add(word);
    }
    return;
  }
  const offsets = entry.add(entry.loadUInt32(TYPE_ITEM_POINTERS));
  while (item.below(end)) {
    traceList(item, offsets, visit);
    item = item.add(itemSize);
  }
}, "visit");

/** `offsets` points to a count and that many offsets from `base`. */
const traceList = specialize.byValue(function traceList(base: Address, offsets: Address, visit: Visit): void {
  let at = offsets;
  const end = offsets.add(offsets.loadUInt32(0) * 4);
  while (at.below(end)) {
    at = at.add(4);
    visit(base.add(at.loadUInt32(0)));
  }
}, "visit");

export function isForwarded(object: Address): boolean {
  return (headerFlags(object) & FLAG_FORWARDED) !== 0;
}

/** Where a forwarded object is now. */
export function forwardedTo(object: Address): Address {
  return object.loadAddress(wordBytes());
}

/** Leaves the new address in an object that was copied. */
export function setForwarded(object: Address, copy: Address): void {
  setHeaderFlags(object, FLAG_FORWARDED);
  object.storeAddress(wordBytes(), copy);
}
