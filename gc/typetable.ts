// What collectors know of a type: the type table, read through Address.
//
// A GC object starts with a header of one machine word. Its lower half is the type id, its upper half the collector's
// flags. The type id is the place of the type's entry in one contiguous region: on 64-bit the byte offset, on 32-bit
// the offset divided by 16 (so that half a word reaches 1 MB). An entry is a block of unsigned 32-bit numbers, the
// same for both word sizes, followed by the vtable of an instance type:
//
//     size  itemSize  lengthOffset  itemsOffset  flags  pointers  itemPointers  vtable   [vtable …]
//
// `pointers` and `itemPointers` are byte distances from the entry to a list of 32-bit numbers: a count, then that
// many byte offsets of GC pointers, from the object's header or from the item's start. Both distances are always
// valid (the list may be empty). Sizes are bytes and include the header.
//
// Invariant: this file is the only definition; the backend writes the table from these constants.
import { type Address, wordBytes } from "../rlib/lowlevel.ts";
import type { int } from "../rlib/types.ts";

/** Symbol of the region. */
export const TYPE_TABLE_SYMBOL = "rts_types";

/** Offset of the type id in the header: its lower half. */
export const TYPE_ID_OFFSET = 0;

/** Bytes of an object without trailing items, rounded up to a word. */
export const TYPE_SIZE = 0;
/** Bytes of one trailing item; 0 for types of fixed size. */
export const TYPE_ITEM_SIZE = 4;
/** Where the word with the number of items stands; 0 for types of fixed size. */
export const TYPE_LENGTH_OFFSET = 8;
/** Where the first item stands; 0 for types of fixed size. */
export const TYPE_ITEMS_OFFSET = 12;
/** Sum of `TYPE_…` flags below. */
export const TYPE_FLAGS = 16;
/** Distance to the list of pointer offsets of the fixed part. */
export const TYPE_POINTERS = 20;
/** Distance to the list of pointer offsets inside one item. */
export const TYPE_ITEM_POINTERS = 24;
/** Distance to the type's vtable; 0 when it has none. */
export const TYPE_VTABLE = 28;
/** Bytes of an entry; an inline vtable follows. */
export const TYPE_ENTRY_SIZE = 32;

/** The fixed part holds GC pointers. */
export const TYPE_HAS_POINTERS = 1;
/** Items hold GC pointers. */
export const TYPE_HAS_ITEM_POINTERS = 2;
/** Each item is exactly one GC pointer. */
export const TYPE_ITEMS_ARE_POINTERS = 4;
/** The object ends in a number of items. */
export const TYPE_IS_VARSIZED = 8;
/** A weak reference: one word after the header refers to an object without keeping it alive. */
export const TYPE_IS_WEAKREF = 16;
/** An instance of a class, record or closure: it has a vtable. */
export const TYPE_IS_INSTANCE = 32;
/** No GC pointer anywhere: nothing to trace. */
export const TYPE_IS_LEAF = 64;
/**
 * The items are entries of a weak map: the first pointer of an item is a key, which the table does not keep alive, and
 * the other pointers are kept alive by table and key together. When the key dies all pointers of its item become null.
 */
export const TYPE_IS_WEAK_TABLE = 128;

/** How far a type id is shifted left to give a byte offset. */
export function typeIdShift(): int {
  return wordBytes() === 8 ? 0 : 4;
}

/** Offset of the collector's flags in the header: its upper half. */
export function headerFlagsOffset(): int {
  return wordBytes() >> 1;
}

/** The type id in the header of an object. */
export function typeIdOf(object: Address): int {
  return wordBytes() === 8 ? object.loadUInt32(TYPE_ID_OFFSET) : object.loadUInt16(TYPE_ID_OFFSET);
}

/** The entry of a type in the region that starts at `table`. */
export function typeEntry(table: Address, typeId: int): Address {
  return table.add(wordBytes() === 8 ? typeId : typeId * 16);
}

/** Offset of the type id in a vtable. */
export const VTABLE_TYPE_ID = 8;

/** The type id of the class whose vtable is at the address. */
export function typeIdOfVtable(vtable: Address): int {
  return vtable.loadUInt32(VTABLE_TYPE_ID);
}

/** Bytes of an object with `length` items, rounded up to a word. */
export function objectSize(entry: Address, length: int): int {
  const itemSize = entry.loadUInt32(TYPE_ITEM_SIZE);
  if (itemSize === 0) return entry.loadUInt32(TYPE_SIZE);
  const word = wordBytes();
  return roundUp(entry.loadUInt32(TYPE_ITEMS_OFFSET) + itemSize * length, word);
}

function roundUp(bytes: int, word: int): int {
  const rest = bytes % word;
  return rest === 0 ? bytes : bytes + (word - rest);
}
