// The copying collector of two halves: allocation bumps `vm.nurseryFree`; when the space is full, what the roots reach is
// copied into another one, which has room for everything to survive (`evacuate.ts`). The example of a small collector: it
// has no generations, and its write barrier only tells which prebuilt objects can refer to the heap.
//
// Everything here is RTypeScript over Address; it allocates nothing in the heap it manages.
import { type Address, fatalError, NULL_ADDRESS, rawClear, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { TYPE_SIZE, typeEntry, typeIdOfVtable } from "../typetable.ts";
import { evacuate, setFromSpace, setupEvacuation } from "./evacuate.ts";
import { setupFinalizers } from "./finalizers.ts";
import { movingHash, stayingHash } from "./hash.ts";
import { FLAG_TRACKED, headerFlags, initHeader, setHeaderFlags } from "./header.ts";
import { allocateLarge, isKnownLarge, largeBytes, setupLarge } from "./large.ts";
import { AFTER, BEFORE, GC_COLLECT, logNumber, ROOTS, startSection, stopSection, TOTAL } from "./log.ts";
import { isWithin, poison } from "./memory.ts";
import { leastSize } from "./objects.ts";
import {
  countedStatistic,
  countMajor,
  isAllowed,
  isMajorDue,
  majorThreshold,
  refuse,
  setupPace,
  startPause,
  stopPause,
} from "./pace.ts";
import { collectAlways } from "./parameters.ts";
import { notePrebuilt, popRoot, pushRoot, setupRoots, stackSlots } from "./roots.ts";
import { keepSpace, setupSpaces, spaceBytes, spareBytes, takeSpace } from "./spaces.ts";
import { checkSlot, isVerifying, verifyHeap } from "./verify.ts";
import { nurseryFree, setNursery } from "./vm.ts";
import { oldReferences, setupWeak } from "./weak.ts";

/** Used before the first collection, in bytes: about the size of a second-level cache. */
const FIRST_USABLE = 4 << 20;
/** Size of the first space: a second collection of a small heap finds both halves large enough. */
const FIRST_SPACE = 12 << 20;
/** Objects larger than this have memory of their own. */
const LARGE = 1 << 16;

class Semispace {
  base: Address = NULL_ADDRESS;
  bytes: int = 0;
  /** End of the part that is used before the next collection. */
  usableEnd: Address = NULL_ADDRESS;
  stress: boolean = false;
  /** Counts collections: the addresses of one collection's objects come again after it. */
  epoch: int = 0;
}

const state = new Semispace();

export {
  registerFinalizer as register_finalizer,
  takeDue as next_finalizer,
  takenCallback as finalizer_callback,
} from "./finalizers.ts";
export { setParameter as set_param } from "./parameters.ts";

/** Called once by the runtime before anything is allocated. */
export function setup(): void {
  state.stress = collectAlways();
  state.epoch = 0;
  setupRoots();
  setupWeak();
  setupFinalizers();
  setupLarge();
  setupSpaces();
  setupEvacuation();
  setupPace(FIRST_USABLE);
  state.base = takeSpace(FIRST_SPACE);
  if (state.base.isNull()) fatalError("out of memory");
  state.bytes = FIRST_SPACE;
  state.usableEnd = state.base.add(FIRST_USABLE);
  openNursery(state.base);
}

/** Compiled code may allocate from `free` on; under stress it must ask each time. */
function openNursery(free: Address): void {
  setNursery(free, state.stress ? free : state.usableEnd);
}

function usedBytes(): int {
  return nurseryFree().diff(state.base);
}

/** Memory for small objects that compiled code makes itself; null when memory is exhausted. */
export function malloc_room(bytes: int): Address {
  if (state.stress || nurseryFree().add(bytes).diff(state.usableEnd) > 0) {
    collectFor(bytes);
    if (!isAllowed(usedBytes() + largeBytes() + bytes) || nurseryFree().add(bytes).diff(state.usableEnd) > 0)
      return exhausted();
  }
  const at = nurseryFree();
  openNursery(at.add(bytes));
  return at;
}

function exhausted(): Address {
  refuse();
  return NULL_ADDRESS;
}

/** A zeroed object of fixed size with its header. */
export function malloc_slow(typeId: int, bytes: int): Address {
  if (bytes > LARGE) return mallocLarge(typeId, bytes);
  const object = malloc_room(bytes);
  if (object.isNull()) return object;
  rawClear(object, bytes);
  initHeader(object, typeId, 0);
  return object;
}

/** An object that does not move. */
function mallocLarge(typeId: int, bytes: int): Address {
  const all = usedBytes() + largeBytes() + bytes;
  if (state.stress || isMajorDue(all)) collectFor(0);
  if (!isAllowed(usedBytes() + largeBytes() + bytes)) return exhausted();
  const object = allocateLarge(typeId, bytes, 0, 0);
  return object.isNull() ? exhausted() : object;
}

/** A zeroed variable-sized object with header and length. */
export function malloc_varsize_slow(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  const object = malloc_slow(typeId, leastSize(bytes));
  if (!object.isNull()) object.storeWord(lengthOffset, length);
  return object;
}

export function malloc_pinned(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  const object = mallocLarge(typeId, leastSize(bytes));
  if (!object.isNull()) object.storeWord(lengthOffset, length);
  return object;
}

/** A zeroed instance of the class whose vtable is given. */
export function malloc_of_class(vtable: Address): Address {
  const typeId = typeIdOfVtable(vtable);
  return malloc_slow(typeId, leastSize(typeEntry(symbolAddress("rts_types"), typeId).loadUInt32(TYPE_SIZE)));
}

/** A weak reference to an object. */
export function weakref_create(target: Address): Address {
  pushRoot(target);
  const reference = malloc_slow(symbolAddress("tid.WeakRef").toInt(), 3 * wordBytes());
  const kept = popRoot();
  if (reference.isNull()) return reference;
  reference.storeAddress(wordBytes(), kept);
  oldReferences.push(reference);
  return reference;
}

/** A prebuilt object is written to for the first time. */
export function write_barrier(object: Address): void {
  setHeaderFlags(object, headerFlags(object) & ~FLAG_TRACKED);
  notePrebuilt(object);
}

/** A number that stays with the object: its address, kept in an extra word once the object moves. */
export function identity_hash(object: Address): int {
  return isWithin(object, state.base, state.bytes) ? movingHash(object, state.epoch) : stayingHash(object);
}

/** Collects everything; there are no young objects. */
export function collect(_generation: int): void {
  collectFor(0);
}

/** A full collection after which at least `needed` bytes are free, if there is so much memory. */
function collectFor(needed: int): void {
  startSection(GC_COLLECT);
  logNumber(BEFORE, usedBytes() + largeBytes());
  logNumber(ROOTS, stackSlots());
  if (isVerifying()) verifyHeap(verifySlot, verifyNothing);
  startPause();
  move(needed);
  stopPause();
  if (isVerifying()) verifyHeap(verifySlot, verifyNothing);
  logNumber(AFTER, usedBytes() + largeBytes());
  logNumber(TOTAL, state.bytes + spareBytes() + largeBytes());
  stopSection(GC_COLLECT);
}

function move(needed: int): void {
  const from = state.base;
  const fromBytes = state.bytes;
  const used = usedBytes();
  // Everything may survive, each object with a hash of its own behind it, and as much should be free then.
  const to = takeSpace(2 * used + needed + FIRST_USABLE);
  if (to.isNull()) fatalError("out of memory");
  setFromSpace(from, used, state.epoch);
  const free = evacuate(to, 0);
  state.epoch += 1;
  state.base = to;
  state.bytes = spaceBytes();
  const live = free.diff(to);
  countMajor(live + largeBytes());
  let room = majorThreshold() - live - largeBytes();
  if (room < needed) room = needed;
  const left = state.bytes - live;
  state.usableEnd = free.add(room < left ? room : left);
  openNursery(free);
  if (state.stress) poison(from, used);
  keepSpace(from, fromBytes);
}

function verifySlot(slot: Address): void {
  checkSlot(slot, isObject);
}

function isObject(object: Address): boolean {
  return isWithin(object, state.base, usedBytes()) || isKnownLarge(object);
}

/** There is nothing else to check of an object. */
function verifyNothing(_object: Address): void {}

export function stats_word(index: int): int {
  if (index === 0) return usedBytes() + largeBytes();
  if (index === 1) return state.bytes + spareBytes() + largeBytes();
  return countedStatistic(index);
}
