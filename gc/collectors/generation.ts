// Two generations: a nursery of fixed size in front of a space that is copied as a whole (`evacuate.ts`) when it has grown
// to a factor of what lived. A collection of the nursery copies what survives to the end of the old space; it looks at the
// stack, at what the write barrier remembered, and at nothing else.
//
// Objects in the nursery have no FLAG_TRACKED, old ones have it unless they are remembered. Large objects are born young
// and are freed by the first collection that does not reach them.
import {
  type Address,
  fatalError,
  NULL_ADDRESS,
  rawClear,
  rawMalloc,
  symbolAddress,
  wordBytes,
} from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { TYPE_FLAGS, TYPE_SIZE, typeEntry, typeIdOfVtable } from "../typetable.ts";
import { evacuate, setFromSpace, setSecondFromSpace, setupEvacuation } from "./evacuate.ts";
import { setupFinalizers, visitYoungFinalizers } from "./finalizers.ts";
import { copyObject, copySize, movingHash, stayingHash } from "./hash.ts";
import { FLAG_CARDS_DIRTY, FLAG_TRACKED, FLAG_YOUNG_LARGE, headerFlags, initHeader, setHeaderFlags } from "./header.ts";
import {
  ageYoungLarge,
  allocateLarge,
  isKnownLarge,
  largeBytes,
  maybeYoungLarge,
  reachYoungLarge,
  settleYoungLarge,
  setupLarge,
  wantedCards,
  youngLargeBytes,
} from "./large.ts";
import {
  AFTER,
  BEFORE,
  GC_COLLECT,
  GC_MINOR,
  logNumber,
  REMEMBERED,
  ROOTS,
  SURVIVED,
  startSection,
  stopSection,
  TOTAL,
} from "./log.ts";
import { isWithin, poison } from "./memory.ts";
import { forwardedTo, isForwarded, leastSize, setForwarded, sizeOf, sizeWithHash, traceObject } from "./objects.ts";
import {
  countedStatistic,
  countMajor,
  countMinor,
  isAllowed,
  isMajorDue,
  refuse,
  setupPace,
  startPause,
  stopPause,
} from "./pace.ts";
import { collectAlways, NURSERY_BYTES, parameter } from "./parameters.ts";
import { forgetRemembered, rememberedCount, setupRemember, visitRemembered } from "./remember.ts";
import { popRoot, pushRoot, setupRoots, stackSlots, visitStack } from "./roots.ts";
import { keepSpace, setupSpaces, spaceBytes, spareBytes, takeSpace } from "./spaces.ts";
import { AddressStack } from "./stack.ts";
import { checkSlot, isVerifying, verifyHeap } from "./verify.ts";
import { nurseryFree, setNursery } from "./vm.ts";
import { oldReferences, setupWeak, updateCaught, updateReferences, youngReferences } from "./weak.ts";

const DEFAULT_NURSERY = 4 << 20;
/** Objects larger than this have memory of their own; the inline limit of compiled code. */
const LARGE = 1 << 15;
const LEAST_NURSERY = 2 * LARGE;
/** The first full collection is due when old objects have so many bytes for each byte of the nursery. */
const FIRST_MAJOR = 4;
/** Under stress everything is collected each time that these bits of the count are 0. */
const STRESS_MAJOR = 15;

class Generation {
  nursery: Address = NULL_ADDRESS;
  nurseryBytes: int = 0;
  /** The old space: [base, base + bytes), used up to `free`. */
  base: Address = NULL_ADDRESS;
  bytes: int = 0;
  free: Address = NULL_ADDRESS;
  /** First promoted object that was not traced. */
  scan: Address = NULL_ADDRESS;
  stress: boolean = false;
  /** Counts collections: nursery addresses come again after each. */
  epoch: int = 0;
  /** Counts full collections: addresses of the old spaces come again. */
  oldEpoch: int = 0;
}

const state = new Generation();
/** Large objects that a collection of the young reached and did not trace yet. */
const largeGrey = new AddressStack();

export {
  registerFinalizer as register_finalizer,
  takeDue as next_finalizer,
  takenCallback as finalizer_callback,
} from "./finalizers.ts";
export { setParameter as set_param } from "./parameters.ts";
export { array_barrier, array_range_barrier, write_barrier } from "./remember.ts";

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
  setupRemember();
  largeGrey.reset();
  openNursery(parameter(NURSERY_BYTES));
  setupPace(FIRST_MAJOR * state.nurseryBytes);
  state.base = takeSpace(2 * FIRST_MAJOR * state.nurseryBytes);
  if (state.base.isNull()) fatalError("out of memory");
  state.bytes = spaceBytes();
  state.free = state.base;
}

function openNursery(wanted: int): void {
  const bytes = wanted === 0 ? DEFAULT_NURSERY : wanted < LEAST_NURSERY ? LEAST_NURSERY : wanted;
  state.nursery = rawMalloc(bytes);
  if (state.nursery.isNull()) fatalError("out of memory");
  state.nurseryBytes = bytes;
  resetNursery(state.nursery);
}

/** Compiled code may allocate from `free` on; under stress it must ask each time. */
function resetNursery(free: Address): void {
  setNursery(free, state.stress ? free : state.nursery.add(state.nurseryBytes));
}

function nurseryUsed(): int {
  return nurseryFree().diff(state.nursery);
}

function oldBytes(): int {
  return state.free.diff(state.base) + largeBytes();
}

/** Memory for small objects that compiled code makes itself; null when memory is exhausted. */
export function malloc_room(bytes: int): Address {
  if (state.stress || nurseryUsed() + bytes > state.nurseryBytes) {
    collectYoungOrAll(bytes);
    if (!isAllowed(oldBytes())) collectAll();
    if (!isAllowed(oldBytes())) return exhausted();
  }
  const at = nurseryFree();
  resetNursery(at.add(bytes));
  return at;
}

function exhausted(): Address {
  refuse();
  return NULL_ADDRESS;
}

/** A zeroed object of fixed size with its header. */
export function malloc_slow(typeId: int, bytes: int): Address {
  if (bytes > LARGE) return mallocLarge(typeId, bytes, 0);
  const object = malloc_room(bytes);
  if (object.isNull()) return object;
  rawClear(object, bytes);
  initHeader(object, typeId, 0);
  return object;
}

/** A zeroed variable-sized object with header and length. */
export function malloc_varsize_slow(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  const object = bytes > LARGE ? mallocLarge(typeId, bytes, length) : malloc_slow(typeId, leastSize(bytes));
  if (!object.isNull()) object.storeWord(lengthOffset, length);
  return object;
}

export function malloc_pinned(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  const object = mallocLarge(typeId, leastSize(bytes), length);
  if (!object.isNull()) object.storeWord(lengthOffset, length);
  return object;
}

/** An object with memory of its own. What large objects take counts as what the nursery holds. */
function mallocLarge(typeId: int, bytes: int, length: int): Address {
  if (state.stress || youngLargeBytes() + bytes > state.nurseryBytes || !isAllowed(oldBytes() + bytes)) {
    collectYoungOrAll(0);
    if (!isAllowed(oldBytes() + bytes)) collectAll();
    if (!isAllowed(oldBytes() + bytes)) return exhausted();
  }
  const entry = typeEntry(symbolAddress("rts_types"), typeId);
  const object = allocateLarge(typeId, bytes, wantedCards(entry.loadUInt32(TYPE_FLAGS), length), FLAG_YOUNG_LARGE);
  return object.isNull() ? exhausted() : object;
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
  youngReferences.push(reference);
  return reference;
}

/** A number that stays with the object: its address, kept in an extra word once the object moves. */
export function identity_hash(object: Address): int {
  if (isInNursery(object)) return movingHash(object, state.epoch);
  return isWithin(object, state.base, state.bytes) ? movingHash(object, state.oldEpoch) : stayingHash(object);
}

/** Collects the young objects (0) or everything. */
export function collect(generation: int): void {
  if (generation === 0) collectYoungOrAll(0);
  else collectAll();
}

/** A collection of the young after which `needed` bytes are free in the nursery, or of everything when that is due. */
function collectYoungOrAll(needed: int): void {
  const wantsAll = state.stress && (state.epoch & STRESS_MAJOR) === 0;
  const left = state.bytes - state.free.diff(state.base);
  const worst = nurseryUsed() + (nurseryUsed() >> 1);
  if (wantsAll || worst > left) collectAll();
  else {
    collectYoung();
    if (isMajorDue(oldBytes())) collectAll();
  }
  if (needed > state.nurseryBytes) fatalError("out of memory");
}

function collectYoung(): void {
  startSection(GC_MINOR);
  logNumber(REMEMBERED, rememberedCount());
  logNumber(ROOTS, stackSlots());
  if (isVerifying()) verifyHeap(verifySlot, verifyObject);
  startPause();
  const before = oldBytes() - youngLargeBytes();
  state.scan = state.free;
  visitStack(visitYoung);
  visitRemembered(visitYoung, noneStaysYoung);
  visitYoungFinalizers(visitYoung, isInNursery);
  tracePromoted();
  updateReferences(youngReferences, youngSurvivor);
  while (!youngReferences.isEmpty) oldReferences.push(youngReferences.pop());
  updateCaught(youngSurvivor);
  settleYoungLarge();
  if (state.stress) poison(state.nursery, nurseryUsed());
  state.epoch += 1;
  resetNursery(state.nursery);
  countMinor();
  stopPause();
  if (isVerifying()) verifyHeap(verifySlot, verifyObject);
  logNumber(SURVIVED, oldBytes() - before);
  stopSection(GC_MINOR);
}

function isInNursery(object: Address): boolean {
  return isWithin(object, state.nursery, state.nurseryBytes);
}

/** Everything that survives becomes old. */
function noneStaysYoung(): boolean {
  return false;
}

function visitYoung(slot: Address): void {
  const object = slot.loadAddress(0);
  if (isInNursery(object)) slot.storeAddress(0, isForwarded(object) ? forwardedTo(object) : promote(object));
  else if (maybeYoungLarge(object) && reachYoungLarge(object, FLAG_TRACKED)) largeGrey.push(object);
}

function promote(object: Address): Address {
  const flags = headerFlags(object);
  const size = sizeOf(object);
  const to = state.free;
  state.free = to.add(copySize(size, flags));
  setHeaderFlags(to, copyObject(object, to, size, flags, state.epoch) | FLAG_TRACKED);
  setForwarded(object, to);
  return to;
}

function tracePromoted(): void {
  for (;;) {
    while (state.scan.below(state.free)) {
      const object = state.scan;
      state.scan = object.add(sizeWithHash(object));
      traceObject(object, visitYoung);
    }
    if (largeGrey.isEmpty) return;
    traceObject(largeGrey.pop(), visitYoung);
  }
}

/** Where an object is after a collection of the young, null if it died. */
function youngSurvivor(object: Address): Address {
  if (isInNursery(object)) return isForwarded(object) ? forwardedTo(object) : NULL_ADDRESS;
  if (maybeYoungLarge(object) && (headerFlags(object) & FLAG_YOUNG_LARGE) !== 0) return NULL_ADDRESS;
  return object;
}

function collectAll(): void {
  startSection(GC_COLLECT);
  logNumber(BEFORE, oldBytes() + nurseryUsed());
  logNumber(ROOTS, stackSlots());
  if (isVerifying()) verifyHeap(verifySlot, verifyObject);
  startPause();
  moveAll();
  stopPause();
  if (isVerifying()) verifyHeap(verifySlot, verifyObject);
  logNumber(AFTER, oldBytes());
  logNumber(TOTAL, state.bytes + spareBytes() + state.nurseryBytes + largeBytes());
  stopSection(GC_COLLECT);
}

function moveAll(): void {
  forgetRemembered();
  ageYoungLarge(FLAG_TRACKED);
  while (!youngReferences.isEmpty) oldReferences.push(youngReferences.pop());
  const from = state.base;
  const fromBytes = state.bytes;
  const old = state.free.diff(from);
  const young = nurseryUsed();
  const used = old + young;
  // Everything may survive, each object with a hash of its own behind it, and as much should be free then.
  const to = takeSpace(2 * used + 2 * FIRST_MAJOR * state.nurseryBytes);
  if (to.isNull()) fatalError("out of memory");
  setFromSpace(from, old, state.oldEpoch);
  setSecondFromSpace(state.nursery, young, state.epoch);
  state.free = evacuate(to, FLAG_TRACKED);
  state.epoch += 1;
  state.oldEpoch += 1;
  state.base = to;
  state.bytes = spaceBytes();
  if (state.stress) {
    poison(from, old);
    poison(state.nursery, young);
  }
  keepSpace(from, fromBytes);
  resetNursery(state.nursery);
  countMajor(oldBytes());
}

function verifySlot(slot: Address): void {
  checkSlot(slot, isObject);
}

function isObject(object: Address): boolean {
  if (isWithin(object, state.nursery, nurseryUsed())) return true;
  return isWithin(object, state.base, state.free.diff(state.base)) || isKnownLarge(object);
}

/** What the barrier did not tell of refers to nothing young. */
function verifyObject(object: Address): void {
  const flags = headerFlags(object);
  if (isInNursery(object) && (flags & FLAG_TRACKED) !== 0) fatalError("heap verifier: a young object that is tracked");
  if ((flags & (FLAG_TRACKED | FLAG_CARDS_DIRTY)) === FLAG_TRACKED) traceObject(object, requireOld);
}

function requireOld(slot: Address): void {
  const object = slot.loadAddress(0);
  if (isInNursery(object) || (maybeYoungLarge(object) && (headerFlags(object) & FLAG_YOUNG_LARGE) !== 0))
    fatalError("heap verifier: an old object refers to a young one and is not remembered");
}

export function stats_word(index: int): int {
  if (index === 0) return oldBytes() + nurseryUsed();
  if (index === 1) return state.bytes + spareBytes() + state.nurseryBytes + largeBytes();
  return countedStatistic(index);
}
