// The copying collector of two halves (Cheney, 1970). Allocation bumps `vm.nurseryFree`; when the space is full, what
// the roots reach is copied into the other one, which has room for everything to survive. A half that became too small is
// given back to the system for a larger one; pages are touched only as far as they are used.
//
// Roots: the shadow stack, and the prebuilt objects that can refer to the heap (all of them, at each collection: this
// collector has no write barrier). Objects found in neither half are prebuilt and stay.
//
// Everything here is RTypeScript over Address; it allocates nothing in the heap it manages.
import {
  type Address,
  fatalError,
  NULL_ADDRESS,
  rawClear,
  rawCopy,
  rawFree,
  rawMalloc,
  symbolAddress,
  wordBytes,
} from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import {
  objectSize,
  TYPE_FLAGS,
  TYPE_HAS_ITEM_POINTERS,
  TYPE_HAS_POINTERS,
  TYPE_IS_LEAF,
  TYPE_IS_VARSIZED,
  TYPE_IS_WEAKREF,
  TYPE_ITEM_POINTERS,
  TYPE_ITEM_SIZE,
  TYPE_ITEMS_OFFSET,
  TYPE_LENGTH_OFFSET,
  TYPE_POINTERS,
  TYPE_SIZE,
  typeEntry,
  typeIdOf,
  typeIdOfVtable,
} from "../typetable.ts";
import {
  FLAG_FORWARDED,
  FLAG_HASH_STORED,
  FLAG_HASH_TAKEN,
  headerFlags,
  initHeader,
  setHeaderFlags,
} from "./header.ts";
import { AFTER, BEFORE, GC_COLLECT, logNumber, startSection, stopSection, TOTAL } from "./log.ts";
import {
  collectAlways,
  exception,
  nurseryFree,
  setException,
  setNursery,
  setShadowTop,
  shadowBase,
  shadowTop,
} from "./vm.ts";

/** The least room a space has, in bytes: about the size of a second-level cache. */
const MIN_SPACE = 4 << 20;
/** Size of the first space: a second collection of a small heap finds both halves large enough. */
const FIRST_SPACE = 12 << 20;
/** Poison for memory that nothing may refer to any more, under stress. */
const POISON = 0xdb;

let spaceBase: Address = NULL_ADDRESS;
let spaceEnd: Address = NULL_ADDRESS;
/** End of the part of the space that is used before the next collection. */
let usableEnd: Address = NULL_ADDRESS;
/** Old space during a collection. */
let fromBase: Address = NULL_ADDRESS;
let fromEnd: Address = NULL_ADDRESS;
/** Next free byte of the new space during a collection. */
let toFree: Address = NULL_ADDRESS;
/** Copies of weak references made so far, chained through their third word. */
let weakChain: Address = NULL_ADDRESS;
/** The half that is not in use, for the next collection; its pages stay with the process, which spares their faults. */
let spareBase: Address = NULL_ADDRESS;
let spareBytes: int = 0;
/** What the next space should have, so that copying costs no more than a constant for each allocated byte. */
let wantedBytes: int = 0;
let stress = false;
let collections: int = 0;

/** Called once by the runtime before anything is allocated. */
export function setup(): void {
  stress = collectAlways();
  useSpace(newSpace(FIRST_SPACE), FIRST_SPACE, MIN_SPACE);
}

function useSpace(base: Address, bytes: int, usable: int): void {
  spaceBase = base;
  spaceEnd = base.add(bytes);
  usableEnd = base.add(usable);
  setNursery(base, stress ? base : usableEnd);
}

function newSpace(bytes: int): Address {
  const base = rawMalloc(bytes);
  if (base.isNull()) fatalError("out of memory");
  return base;
}

/** Makes a space of at least `bytes` the current one: the half that was left at the last collection if it is large enough. */
function switchSpace(bytes: int): void {
  if (spareBytes >= bytes) {
    useSpace(spareBase, spareBytes, spareBytes);
    return;
  }
  if (spareBytes > 0) rawFree(spareBase, spareBytes);
  useSpace(newSpace(bytes), bytes, bytes);
}

/** Memory for small objects that compiled code makes itself; collects when there is no room. */
export function malloc_room(bytes: int): Address {
  if (stress) collect(bytes);
  let at = nurseryFree();
  if (at.add(bytes).diff(usableEnd) > 0) {
    collect(bytes);
    at = nurseryFree();
  }
  const after = at.add(bytes);
  setNursery(after, stress ? after : usableEnd);
  return at;
}

/** A zeroed object of fixed size with its header; collects when there is no room. */
export function malloc_slow(typeId: int, bytes: int): Address {
  const object = allocate(bytes);
  initHeader(object, typeId, 0);
  return object;
}

/** A zeroed variable-sized object with header and length. */
export function malloc_varsize_slow(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  const object = allocate(bytes);
  initHeader(object, typeId, 0);
  object.storeWord(lengthOffset, length);
  return object;
}

function allocate(bytes: int): Address {
  const at = malloc_room(bytes);
  rawClear(at, bytes);
  return at;
}

/** A full collection after which at least `needed` bytes are free. */
export function collect(needed: int): void {
  collections++;
  startSection(GC_COLLECT);
  fromBase = spaceBase;
  fromEnd = nurseryFree();
  const used = fromEnd.diff(fromBase);
  const fromBytes = spaceEnd.diff(fromBase);
  // Everything may survive, and what is free then should be as much as what lives.
  const least = used + needed + MIN_SPACE;
  switchSpace(least > wantedBytes ? least : wantedBytes);
  toFree = spaceBase;
  weakChain = NULL_ADDRESS;
  copyRoots();
  scanCopied();
  updateWeakReferences();
  const live = toFree.diff(spaceBase);
  const room = live > MIN_SPACE ? live : MIN_SPACE;
  usableEnd = toFree.add(room + needed);
  if (usableEnd.diff(spaceEnd) > 0) usableEnd = spaceEnd;
  setNursery(toFree, stress ? toFree : usableEnd);
  if (stress) poison(fromBase, used);
  spareBase = fromBase;
  spareBytes = fromBytes;
  wantedBytes = 2 * live + MIN_SPACE;
  fromBase = NULL_ADDRESS;
  fromEnd = NULL_ADDRESS;
  logNumber(BEFORE, used);
  logNumber(AFTER, live);
  logNumber(TOTAL, spareBytes + spaceEnd.diff(spaceBase));
  stopSection(GC_COLLECT);
}

function poison(at: Address, bytes: int): void {
  for (let i = 0; i < bytes; i++) at.storeUInt8(i, POISON);
}

function copyRoots(): void {
  const word = wordBytes();
  const top = shadowTop();
  for (let slot = shadowBase(); slot.below(top); slot = slot.add(word)) updateSlot(slot);
  setException(forward(exception()));
  const table = symbolAddress("rts_prebuilt");
  const count = symbolAddress("rts_prebuilt_count").loadWord(0);
  for (let i = 0; i < count; i++) traceObject(table.loadAddress(i * word));
}

/** Cheney's scan: the copied objects between the scan pointer and `toFree` are the work list. */
function scanCopied(): void {
  let scan = spaceBase;
  while (scan.below(toFree)) {
    const bytes = sizeWithHash(scan);
    traceObject(scan);
    scan = scan.add(bytes);
  }
}

/** Bytes of an object where it stands, the stored hash included. */
function sizeWithHash(object: Address): int {
  const size = sizeOf(object);
  return (headerFlags(object) & FLAG_HASH_STORED) !== 0 ? size + wordBytes() : size;
}

function sizeOf(object: Address): int {
  const entry = typeEntry(symbolAddress("rts_types"), typeIdOf(object));
  const varsized = (entry.loadUInt32(TYPE_FLAGS) & TYPE_IS_VARSIZED) !== 0;
  const length = varsized ? object.loadWord(entry.loadUInt32(TYPE_LENGTH_OFFSET)) : 0;
  const size = objectSize(entry, length);
  const least = wordBytes() * 2;
  return size < least ? least : size;
}

/** Updates every reference in an object. */
function traceObject(object: Address): void {
  const entry = typeEntry(symbolAddress("rts_types"), typeIdOf(object));
  const flags = entry.loadUInt32(TYPE_FLAGS);
  if ((flags & TYPE_IS_LEAF) !== 0) return;
  if ((flags & TYPE_HAS_POINTERS) !== 0) traceList(object, entry.add(entry.loadUInt32(TYPE_POINTERS)));
  if ((flags & TYPE_HAS_ITEM_POINTERS) !== 0) {
    const length = object.loadWord(entry.loadUInt32(TYPE_LENGTH_OFFSET));
    const itemSize = entry.loadUInt32(TYPE_ITEM_SIZE);
    const offsets = entry.add(entry.loadUInt32(TYPE_ITEM_POINTERS));
    let item = object.add(entry.loadUInt32(TYPE_ITEMS_OFFSET));
    for (let i = 0; i < length; i++) {
      traceList(item, offsets);
      item = item.add(itemSize);
    }
  }
}

/** `offsets` points to a count and that many offsets from `base`. */
function traceList(base: Address, offsets: Address): void {
  const count = offsets.loadUInt32(0);
  for (let i = 1; i <= count; i++) updateSlot(base.add(offsets.loadUInt32(i * 4)));
}

function updateSlot(slot: Address): void {
  const old = slot.loadAddress(0);
  if (isFrom(old)) slot.storeAddress(0, forward(old));
}

function isFrom(object: Address): boolean {
  return !object.below(fromBase) && object.below(fromEnd);
}

/** The new address of an object, copying it at the first visit; objects outside the old space stay. */
function forward(object: Address): Address {
  if (!isFrom(object)) return object;
  if ((headerFlags(object) & FLAG_FORWARDED) !== 0) return object.loadAddress(wordBytes());
  return copyObject(object);
}

function copyObject(object: Address): Address {
  const word = wordBytes();
  const size = sizeOf(object);
  const flags = headerFlags(object);
  const copy = toFree;
  rawCopy(object, copy, size);
  let end = copy.add(size);
  if ((flags & (FLAG_HASH_TAKEN | FLAG_HASH_STORED)) !== 0) {
    const hash = (flags & FLAG_HASH_STORED) !== 0 ? object.loadWord(size) : addressHash(object);
    copy.storeWord(size, hash);
    setHeaderFlags(copy, (flags | FLAG_HASH_STORED) & ~FLAG_HASH_TAKEN);
    end = end.add(word);
  }
  toFree = end;
  const entry = typeEntry(symbolAddress("rts_types"), typeIdOf(object));
  setHeaderFlags(object, flags | FLAG_FORWARDED);
  object.storeAddress(word, copy);
  if ((entry.loadUInt32(TYPE_FLAGS) & TYPE_IS_WEAKREF) !== 0) {
    copy.storeAddress(2 * word, weakChain);
    weakChain = copy;
  }
  return copy;
}

/** Weak references whose target was copied follow it; the others become null. */
function updateWeakReferences(): void {
  const word = wordBytes();
  for (let copy = weakChain; !copy.isNull(); copy = copy.loadAddress(2 * word)) {
    const target = copy.loadAddress(word);
    if (!isFrom(target)) continue;
    const alive = (headerFlags(target) & FLAG_FORWARDED) !== 0;
    copy.storeAddress(word, alive ? target.loadAddress(word) : NULL_ADDRESS);
  }
}

/** Not negative, of bits that differ between neighbours. */
function addressHash(object: Address): int {
  return (object.toInt() >> 3) & 0x1fffffff;
}

/** A zeroed instance of the class whose vtable is given. */
export function malloc_of_class(vtable: Address): Address {
  const typeId = typeIdOfVtable(vtable);
  const entry = typeEntry(symbolAddress("rts_types"), typeId);
  const size = entry.loadUInt32(TYPE_SIZE);
  const least = wordBytes() * 2;
  return malloc_slow(typeId, size < least ? least : size);
}

/** A weak reference to an object, which lives across the allocation as the allocation's only root. */
export function weakref_create(target: Address): Address {
  const word = wordBytes();
  const slot = shadowTop();
  slot.storeAddress(0, target);
  setShadowTop(slot.add(word));
  const reference = malloc_slow(symbolAddress("tid.WeakRef").toInt(), 3 * word);
  setShadowTop(slot);
  reference.storeAddress(word, slot.loadAddress(0));
  return reference;
}

/** A number that stays with the object: its address, kept in an extra word once the object moves. */
export function identity_hash(object: Address): int {
  const flags = headerFlags(object);
  if ((flags & FLAG_HASH_STORED) !== 0) return object.loadWord(sizeOf(object));
  if ((flags & FLAG_HASH_TAKEN) === 0) setHeaderFlags(object, flags | FLAG_HASH_TAKEN);
  return addressHash(object);
}

/** Number of collections so far. */
export function collectionCount(): int {
  return collections;
}
