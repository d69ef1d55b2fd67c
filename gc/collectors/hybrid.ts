// The default collector: three generations.
//
// 1. The nursery, of the size of a cache, in which compiled code allocates by bumping a pointer.
// 2. Two halves beside it for objects that survived a few collections of the young but may die soon (`young.ts`).
// 3. Size-classed blocks (`blocks.ts`) and memory of their own for large objects (`large.ts`), marked and swept, never moved.
//
// So most objects die without having cost anything, those of middle age do not fill the old generation, and long-lived
// ones are copied once or twice and then stay, in memory that is not doubled.
//
// This file is the program's side: allocation, entry points, when to collect what.
import { type Address, fatalError, NULL_ADDRESS, rawClear, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { TYPE_FLAGS, TYPE_SIZE, typeEntry, typeIdOfVtable } from "../typetable.ts";
import { blockBytesHeld, isCell, setupBlocks } from "./blocks.ts";
import { setupFinalizers } from "./finalizers.ts";
import { movingHash, stayingHash } from "./hash.ts";
import { FLAG_CARDS_DIRTY, FLAG_TRACKED, FLAG_YOUNG_LARGE, headerFlags, initHeader } from "./header.ts";
import {
  allocateLarge,
  isKnownLarge,
  largeBytes,
  maybeYoungLarge,
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
import { markAndSweep, oldBytes, setupMarking } from "./marking.ts";
import { leastSize, traceObject } from "./objects.ts";
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
import { rememberedCount, setupRemember } from "./remember.ts";
import { popRoot, pushRoot, setupRoots, stackSlots } from "./roots.ts";
import { checkSlot, isVerifying, verifyHeap } from "./verify.ts";
import { nurseryFree, setNursery } from "./vm.ts";
import { setupWeak, youngReferences } from "./weak.ts";
import {
  evacuateYoung,
  isUsedYoung,
  isYoungAddress,
  middleBytes,
  nurseryBase,
  nurseryEnd,
  nurseryStart,
  resizeYoung,
  setupYoung,
  survivedBytes,
  youngBytesHeld,
  youngEpoch,
} from "./young.ts";

/** Objects larger than this have memory of their own; the inline limit of compiled code. */
const LARGE = 1 << 15;
/** The first full collection is due when old objects have so many bytes for each byte of the nursery. */
const FIRST_MAJOR = 8;
/** Free memory kept for each 100 bytes that live: what the next full collection waits for. */
const SPARE = 100;
/** Under stress everything is collected each time that these bits of the count are 0. */
const STRESS_MAJOR = 15;

class Hybrid {
  stress: boolean = false;
}

const state = new Hybrid();

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
  setupRoots();
  setupWeak();
  setupFinalizers();
  setupLarge();
  setupBlocks(state.stress);
  setupMarking();
  setupRemember();
  setupYoung(parameter(NURSERY_BYTES), LARGE, state.stress);
  setupPace(FIRST_MAJOR * nurseryEnd().diff(nurseryBase()));
  openNursery(nurseryStart());
}

/** Compiled code may allocate from `free` on; under stress it must ask each time. */
function openNursery(free: Address): void {
  setNursery(free, state.stress ? free : nurseryEnd());
}

/** Memory for small objects that compiled code makes itself; null when memory is exhausted. */
export function malloc_room(bytes: int): Address {
  if (state.stress || nurseryEnd().diff(nurseryFree()) < bytes) {
    collectYoungOrAll();
    if (!isAllowed(oldBytes())) collectAll();
    if (!isAllowed(oldBytes())) return exhausted();
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

/** An object with memory of its own, young until a collection reaches it. What these take counts as nursery. */
function mallocLarge(typeId: int, bytes: int, length: int): Address {
  const budget = nurseryEnd().diff(nurseryBase());
  if (state.stress || youngLargeBytes() + bytes > budget || !isAllowed(oldBytes() + bytes)) {
    if (state.stress || youngLargeBytes() > 0 || isMajorDue(oldBytes() + bytes)) collectYoungOrAll();
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
  return isYoungAddress(object) ? movingHash(object, youngEpoch()) : stayingHash(object);
}

/** Collects the young objects (0) or everything. */
export function collect(generation: int): void {
  if (generation === 0) collectYoungOrAll();
  else collectAll();
}

function collectYoungOrAll(): void {
  const wantsAll = state.stress && (youngEpoch() & STRESS_MAJOR) === 0;
  collectYoung(false);
  if (wantsAll || isMajorDue(oldBytes())) collectAll();
}

/** Empties the nursery; with `promoteAll` no young object remains. */
function collectYoung(promoteAll: boolean): void {
  startSection(GC_MINOR);
  logNumber(REMEMBERED, rememberedCount());
  logNumber(ROOTS, stackSlots());
  if (isVerifying()) verifyHeap(verifySlot, verifyObject);
  startPause();
  evacuateYoung(nurseryFree(), promoteAll);
  if (parameter(NURSERY_BYTES) > 0 && promoteAll) resizeYoung(parameter(NURSERY_BYTES));
  openNursery(nurseryStart());
  countMinor();
  stopPause();
  if (isVerifying()) verifyHeap(verifySlot, verifyObject);
  logNumber(SURVIVED, survivedBytes());
  stopSection(GC_MINOR);
}

/** Makes all objects old, then marks and sweeps them. */
function collectAll(): void {
  collectYoung(true);
  startSection(GC_COLLECT);
  logNumber(BEFORE, oldBytes());
  logNumber(ROOTS, stackSlots());
  startPause();
  countMajor(markAndSweep(SPARE));
  stopPause();
  if (isVerifying()) verifyHeap(verifySlot, verifyObject);
  logNumber(AFTER, oldBytes());
  logNumber(TOTAL, bytesHeld());
  stopSection(GC_COLLECT);
}

function bytesHeld(): int {
  return blockBytesHeld() + largeBytes() + youngBytesHeld();
}

function verifySlot(slot: Address): void {
  checkSlot(slot, isObject);
}

function isObject(object: Address): boolean {
  return isUsedYoung(object, nurseryFree()) || isCell(object) || isKnownLarge(object);
}

/** What the barrier did not tell of refers to nothing young. */
function verifyObject(object: Address): void {
  const flags = headerFlags(object);
  if (isYoungAddress(object)) {
    if ((flags & FLAG_TRACKED) !== 0) fatalError("heap verifier: a young object that is tracked");
  } else if ((flags & (FLAG_TRACKED | FLAG_CARDS_DIRTY)) === FLAG_TRACKED) traceObject(object, requireOld);
  else if ((flags & (FLAG_TRACKED | FLAG_YOUNG_LARGE)) === (FLAG_TRACKED | FLAG_YOUNG_LARGE))
    fatalError("heap verifier: a young large object that is tracked");
}

function requireOld(slot: Address): void {
  const object = slot.loadAddress(0);
  if (isYoungAddress(object) || (maybeYoungLarge(object) && (headerFlags(object) & FLAG_YOUNG_LARGE) !== 0))
    fatalError("heap verifier: an old object refers to a young one and is not remembered");
}

export function stats_word(index: int): int {
  if (index === 0) return oldBytes() + middleBytes() + nurseryFree().diff(nurseryStart());
  if (index === 1) return bytesHeld();
  return countedStatistic(index);
}
