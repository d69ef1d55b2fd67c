// The young objects of `hybrid`: one region with the nursery between two halves of the middle generation,
//
//     [ half A ][ nursery ][ half B ]
//
// so that nursery and either half are one range of addresses, and "is it to be moved?" is one comparison. A collection of
// the young copies what it reaches, from the nursery and the half in use, to the other half, or, when an object has
// survived often enough (its age is in its header), to the old generation.
//
// How often is enough is decided anew by each collection: when little survives, objects may stay long in the middle; when
// much does, which is when a program builds something large, copying it again would be waste, and it is promoted at once.
//
// Everything that was copied and has references is pushed on one stack. An old object that refers to something in the
// middle is remembered, as the write barrier would have done.
import { type Address, fatalError, NULL_ADDRESS, rawFree, rawMalloc, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { typeIdOf } from "../typetable.ts";
import { allocateCell, LARGEST_CELL } from "./blocks.ts";
import { visitYoungFinalizers } from "./finalizers.ts";
import { copyObject, copySize } from "./hash.ts";
import {
  FLAG_AGE_MASK,
  FLAG_AGE_UNIT,
  FLAG_LARGE,
  FLAG_TRACKED,
  FLAG_YOUNG_LARGE,
  headerFlags,
  setHeaderFlags,
} from "./header.ts";
import { allocateLarge, maybeYoungLarge, reachYoungLarge, settleYoungLarge, wantedCards } from "./large.ts";
import { isWithin, poison, roundUp } from "./memory.ts";
import {
  forwardedTo,
  isForwarded,
  isLeaf,
  itemCountOrZero,
  setForwarded,
  sizeOf,
  traceObject,
  typeFlags,
} from "./objects.ts";
import { rememberPromoted, visitRemembered } from "./remember.ts";
import { visitStack } from "./roots.ts";
import { AddressStack } from "./stack.ts";
import { oldReferences, targetOf, updateCaught, updateReferences, youngReferences } from "./weak.ts";

const DEFAULT_NURSERY = 4 << 20;
/** Objects of the middle that are larger than this are promoted rather than copied again. */
const LARGEST_MIDDLE = 2048;
/** Age at which an object is promoted when little survives. */
const OLDEST = 3;

class Young {
  base: Address = NULL_ADDRESS;
  nurseryBytes: int = 0;
  /** Bytes of each half. */
  halfBytes: int = 0;
  /** Is half A (below the nursery) the one in use? Half B otherwise. */
  usesLower: boolean = true;
  /** End of what is used of the half in use. */
  middleFree: Address = NULL_ADDRESS;
  /** Where allocation in the nursery begins. */
  start: Address = NULL_ADDRESS;
  /** Age from which objects are promoted. */
  tenure: int = OLDEST;
  epoch: int = 0;
  stress: boolean = false;
  leastNursery: int = 0;
  // While collecting: the range that is moved from, where copies go.
  from: Address = NULL_ADDRESS;
  fromBytes: int = 0;
  toBase: Address = NULL_ADDRESS;
  toFree: Address = NULL_ADDRESS;
  toEnd: Address = NULL_ADDRESS;
  promotedBytes: int = 0;
  /** A reference to something in the middle was visited. */
  youngSeen: boolean = false;
}

const state = new Young();
/** Copies with references, and large objects reached, that are not traced yet. */
const grey = new AddressStack();

export function setupYoung(wanted: int, largest: int, stress: boolean): void {
  grey.reset();
  state.stress = stress;
  state.epoch = 0;
  state.tenure = OLDEST;
  state.leastNursery = 2 * largest;
  openRegion(wanted);
}

function openRegion(wanted: int): void {
  const bytes = wanted === 0 ? DEFAULT_NURSERY : wanted < state.leastNursery ? state.leastNursery : wanted;
  state.nurseryBytes = roundUp(bytes, 4096);
  state.halfBytes = state.nurseryBytes;
  state.base = rawMalloc(3 * state.nurseryBytes);
  if (state.base.isNull()) fatalError("out of memory");
  state.usesLower = true;
  state.middleFree = state.base;
  state.start = nurseryBase();
}

/** Gives the nursery another size; nothing is young. */
export function resizeYoung(bytes: int): void {
  const wanted = roundUp(bytes < state.leastNursery ? state.leastNursery : bytes, 4096);
  if (wanted === state.nurseryBytes) return;
  rawFree(state.base, youngBytesHeld());
  openRegion(wanted);
}

export function nurseryBase(): Address {
  return state.base.add(state.halfBytes);
}

export function nurseryEnd(): Address {
  return state.base.add(state.halfBytes + state.nurseryBytes);
}

/** Where allocation begins: the base, but under stress another place each time, so that stale addresses are noticed. */
export function nurseryStart(): Address {
  return state.start;
}

/** Counts collections of the young: the addresses of young objects come again. */
export function youngEpoch(): int {
  return state.epoch;
}

export function youngBytesHeld(): int {
  return state.nurseryBytes + 2 * state.halfBytes;
}

function middleBase(): Address {
  return state.usesLower ? state.base : nurseryEnd();
}

/** Bytes of middle-aged objects. */
export function middleBytes(): int {
  return state.middleFree.diff(middleBase());
}

/** Bytes that survived the last collection of the young. */
export function survivedBytes(): int {
  return middleBytes() + state.promotedBytes;
}

/** Does an object at this address stand in the nursery or the middle? */
export function isYoungAddress(object: Address): boolean {
  return isWithin(object, state.base, youngBytesHeld());
}

/** For the verifier: is the address in a used part of the nursery or the middle? */
export function isUsedYoung(object: Address, free: Address): boolean {
  return isWithin(object, state.start, free.diff(state.start)) || isWithin(object, middleBase(), middleBytes());
}

/** Moves everything reachable out of the nursery, which is used up to `free`, and out of the middle's half in use. */
export function evacuateYoung(free: Address, promoteAll: boolean): void {
  const used = free.diff(state.start);
  startEvacuation(promoteAll);
  visitStack(visitSlot);
  visitRemembered(visitFromOld, takeYoungSeen);
  visitYoungFinalizers(visitSlot, isYoungAddress);
  traceGrey();
  updateReferences(youngReferences, survivor);
  settleReferences();
  updateCaught(survivor);
  settleYoungLarge();
  finishEvacuation(used);
}

function startEvacuation(promoteAll: boolean): void {
  state.from = state.usesLower ? state.base : nurseryBase();
  state.fromBytes = state.halfBytes + state.nurseryBytes;
  state.toBase = state.usesLower ? nurseryEnd() : state.base;
  state.toFree = state.toBase;
  state.toEnd = state.toBase.add(state.halfBytes);
  state.promotedBytes = 0;
  state.youngSeen = false;
  if (promoteAll) state.tenure = 0;
}

function finishEvacuation(used: int): void {
  if (state.stress) {
    poison(middleBase(), middleBytes());
    poison(state.start, used);
    const next = roundUp(state.start.diff(nurseryBase()) + used, 64);
    state.start = nurseryBase().add(next < state.nurseryBytes >> 1 ? next : 0);
  }
  state.usesLower = !state.usesLower;
  state.middleFree = state.toFree;
  state.epoch += 1;
  chooseTenure();
}

/** Decides how long objects may stay in the middle. */
function chooseTenure(): void {
  const survived = survivedBytes();
  if (survived > state.nurseryBytes >> 1) state.tenure = 0;
  else if (survived > state.nurseryBytes >> 3) state.tenure = state.tenure > 1 ? state.tenure - 1 : 1;
  else if (state.tenure < OLDEST) state.tenure += 1;
}

function isFrom(object: Address): boolean {
  return isWithin(object, state.from, state.fromBytes);
}

function visitSlot(slot: Address): void {
  const object = slot.loadAddress(0);
  if (isFrom(object)) slot.storeAddress(0, isForwarded(object) ? forwardedTo(object) : move(object));
  else if (maybeYoungLarge(object) && reachYoungLarge(object, FLAG_TRACKED)) grey.push(object);
}

/** The slot of an old object: notes whether what it refers to stays young. */
function visitFromOld(slot: Address): void {
  visitSlot(slot);
  if (isWithin(slot.loadAddress(0), state.toBase, state.halfBytes)) state.youngSeen = true;
}

function takeYoungSeen(): boolean {
  const seen = state.youngSeen;
  state.youngSeen = false;
  return seen;
}

/** Copies an object to the middle or to the old generation. */
function move(object: Address): Address {
  const flags = headerFlags(object);
  const size = sizeOf(object);
  const bytes = copySize(size, flags);
  const stays = (flags & FLAG_AGE_MASK) < state.tenure * FLAG_AGE_UNIT && bytes <= LARGEST_MIDDLE;
  const to = stays && state.toEnd.diff(state.toFree) >= bytes ? state.toFree : NULL_ADDRESS;
  if (to.isNull()) return promote(object, flags, size, bytes);
  state.toFree = to.add(bytes);
  setHeaderFlags(to, copyObject(object, to, size, flags, state.epoch) + FLAG_AGE_UNIT);
  setForwarded(object, to);
  if (!isLeaf(to)) grey.push(to);
  return to;
}

function promote(object: Address, flags: int, size: int, bytes: int): Address {
  const to = bytes <= LARGEST_CELL ? allocateCell(bytes) : allocateOldLarge(object, bytes);
  if (to.isNull()) fatalError("out of memory");
  const kept = bytes <= LARGEST_CELL ? 0 : headerFlags(to);
  const copied = copyObject(object, to, size, flags, state.epoch);
  setHeaderFlags(to, (copied & ~FLAG_AGE_MASK) | kept | FLAG_TRACKED);
  setForwarded(object, to);
  state.promotedBytes += bytes;
  if (!isLeaf(to)) grey.push(to);
  return to;
}

/** A survivor of the nursery that is too large for a cell. */
function allocateOldLarge(object: Address, bytes: int): Address {
  return allocateLarge(typeIdOf(object), bytes, wantedCards(typeFlags(object), itemCountOrZero(object)), FLAG_LARGE);
}

function traceGrey(): void {
  while (!grey.isEmpty) {
    const object = grey.pop();
    if (isYoungAddress(object)) traceObject(object, visitSlot);
    else {
      traceObject(object, visitFromOld);
      if (takeYoungSeen()) rememberPromoted(object);
    }
  }
}

/** After tracing: where the object is now, null if it died; objects that are not young are themselves. */
function survivor(object: Address): Address {
  if (isFrom(object)) return isForwarded(object) ? forwardedTo(object) : NULL_ADDRESS;
  if (maybeYoungLarge(object) && (headerFlags(object) & FLAG_YOUNG_LARGE) !== 0) return NULL_ADDRESS;
  return object;
}

/** Weak references that are old and refer to old objects need not be looked at by the next collection of the young. */
function settleReferences(): void {
  const slots = youngReferences.base;
  let kept = 0;
  for (let i = 0; i < youngReferences.bytes; i += wordBytes()) {
    const reference = slots.loadAddress(i);
    if (isYoungAddress(reference) || isYoungAddress(targetOf(reference))) {
      slots.storeAddress(kept, reference);
      kept += wordBytes();
    } else oldReferences.push(reference);
  }
  youngReferences.cut(kept);
}
