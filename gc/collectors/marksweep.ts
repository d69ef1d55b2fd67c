// The collector that moves nothing: small objects in size-classed blocks (`blocks.ts`), large ones with memory of their
// own, marked from the roots and swept when the heap has grown to a factor of what lived.
//
// Allocation is a call: compiled code has no inline path, since which run of cells an object comes from depends on its
// size. The write barrier only tells which prebuilt objects can refer to the heap.
import { type Address, NULL_ADDRESS, rawClear, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { TYPE_SIZE, typeEntry, typeIdOfVtable } from "../typetable.ts";
import { allocateCell, blockBytesHeld, isCell, LARGEST_CELL, setupBlocks } from "./blocks.ts";
import { setupFinalizers } from "./finalizers.ts";
import { FLAG_TRACKED, headerFlags, initHeader, setHeaderFlags } from "./header.ts";
import { allocateLarge, isKnownLarge, largeBytes, setupLarge } from "./large.ts";
import { AFTER, BEFORE, GC_COLLECT, logNumber, startSection, stopSection, TOTAL } from "./log.ts";
import { markAndSweep, oldBytes, setupMarking } from "./marking.ts";
import { leastSize } from "./objects.ts";
import {
  countedStatistic,
  countMajor,
  isAllowed,
  isMajorDue,
  refuse,
  setupPace,
  startPause,
  stopPause,
} from "./pace.ts";
import { collectAlways } from "./parameters.ts";
import { notePrebuilt, popRoot, pushRoot, setupRoots } from "./roots.ts";
import { checkSlot, isVerifying, verifyHeap } from "./verify.ts";
import { setNursery } from "./vm.ts";
import { oldReferences, setupWeak } from "./weak.ts";

/** The first full collection is due when the heap has so many bytes. */
const FIRST_MAJOR = 16 << 20;
/** Free memory kept for each 100 bytes that live: what the next collection waits for. */
const SPARE = 100;

class MarkSweepState {
  /** Collect at every allocation. */
  stress: boolean = false;
}

const state = new MarkSweepState();

export {
  registerFinalizer as register_finalizer,
  takeDue as next_finalizer,
  takenCallback as finalizer_callback,
} from "./finalizers.ts";
export { stayingHash as identity_hash } from "./hash.ts";
export { setParameter as set_param } from "./parameters.ts";

/** Called once by the runtime before anything is allocated. */
export function setup(): void {
  state.stress = collectAlways();
  setupRoots();
  setupWeak();
  setupFinalizers();
  setupLarge();
  setupBlocks(state.stress);
  setupMarking();
  setupPace(FIRST_MAJOR);
  setNursery(NULL_ADDRESS, NULL_ADDRESS);
}

/** A zeroed object with its header; null when memory is exhausted. */
export function malloc_slow(typeId: int, bytes: int): Address {
  if (state.stress || isMajorDue(oldBytes() + bytes)) {
    collectEverything();
    if (!isAllowed(oldBytes() + bytes)) return exhausted();
  }
  if (bytes > LARGEST_CELL) return allocateOrCollect(typeId, bytes);
  const cell = allocateCell(bytes);
  if (cell.isNull()) return allocateOrCollect(typeId, bytes);
  rawClear(cell, bytes);
  initHeader(cell, typeId, 0);
  return cell;
}

/** Large objects, and what the system had no memory for at first. */
function allocateOrCollect(typeId: int, bytes: int): Address {
  for (let attempt = 0; attempt < 2; attempt++) {
    if (bytes > LARGEST_CELL) {
      const object = allocateLarge(typeId, bytes, 0, 0);
      if (!object.isNull()) return object;
    } else {
      const cell = allocateCell(bytes);
      if (!cell.isNull()) {
        rawClear(cell, bytes);
        initHeader(cell, typeId, 0);
        return cell;
      }
    }
    if (attempt === 0) collectEverything();
  }
  return exhausted();
}

function exhausted(): Address {
  refuse();
  return NULL_ADDRESS;
}

/** A zeroed variable-sized object with header and length. */
export function malloc_varsize_slow(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  const object = malloc_slow(typeId, leastSize(bytes));
  if (!object.isNull()) object.storeWord(lengthOffset, length);
  return object;
}

/** Nothing moves. */
export function malloc_pinned(typeId: int, bytes: int, length: int, lengthOffset: int): Address {
  return malloc_varsize_slow(typeId, bytes, length, lengthOffset);
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

/** Collects everything; there are no young objects. */
export function collect(_generation: int): void {
  collectEverything();
}

function collectEverything(): void {
  startSection(GC_COLLECT);
  logNumber(BEFORE, oldBytes());
  if (isVerifying()) verifyHeap(verifySlot, verifyNothing);
  startPause();
  const live = markAndSweep(SPARE);
  countMajor(live);
  stopPause();
  if (isVerifying()) verifyHeap(verifySlot, verifyNothing);
  logNumber(AFTER, live);
  logNumber(TOTAL, blockBytesHeld() + largeBytes());
  stopSection(GC_COLLECT);
}

function verifySlot(slot: Address): void {
  checkSlot(slot, isObject);
}

function isObject(object: Address): boolean {
  return isCell(object) || isKnownLarge(object);
}

/** There is nothing else to check of an object. */
function verifyNothing(_object: Address): void {}

export function stats_word(index: int): int {
  if (index === 0) return oldBytes();
  if (index === 1) return blockBytesHeld() + largeBytes();
  return countedStatistic(index);
}
