// A full collection that copies (Cheney, 1970): everything reachable in one or two from-spaces goes to a to-space that has
// room for it, in the order in which it is found; the copies between the scan pointer and the free pointer are the work
// list. Large objects are marked where they are. The whole of `semispace`, and the full collection of `generation`.
import { type Address, NULL_ADDRESS } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { orderFinalizers, orderSlot, visitFinalizers } from "./finalizers.ts";
import { copyObject, copySize } from "./hash.ts";
import { FLAG_LARGE, FLAG_MARKED, headerFlags, setHeaderFlags } from "./header.ts";
import { markLarge, sweepLarge } from "./large.ts";
import { isWithin } from "./memory.ts";
import {
  forwardedTo,
  isForwarded,
  isWeakTable,
  setForwarded,
  sizeOf,
  sizeWithHash,
  traceFixedPart,
  traceObject,
} from "./objects.ts";
import { visitPrebuilt, visitStack } from "./roots.ts";
import { AddressStack } from "./stack.ts";
import {
  finishWeakTables,
  oldReferences,
  traceWeakTables,
  updateCaught,
  updateReferences,
  weakTables,
} from "./weak.ts";

class Evacuation {
  /** The from-spaces; the second may be empty. */
  first: Address = NULL_ADDRESS;
  firstBytes: int = 0;
  second: Address = NULL_ADDRESS;
  secondBytes: int = 0;
  /** Next free byte of the to-space. */
  free: Address = NULL_ADDRESS;
  /** First object that was copied and not traced. */
  scan: Address = NULL_ADDRESS;
  /** Flags that each copy gets. */
  copyFlags: int = 0;
  /** Counts that go into the hashes of addresses of the two spaces. */
  firstEpoch: int = 0;
  secondEpoch: int = 0;
}

const state = new Evacuation();
/** Large objects that are marked and not traced. */
const largeGrey = new AddressStack();

export function setupEvacuation(): void {
  largeGrey.reset();
  state.firstBytes = 0;
  state.secondBytes = 0;
}

/** Names the from-space of the next collection; `epoch` goes into the hashes of its addresses. */
export function setFromSpace(base: Address, bytes: int, epoch: int): void {
  state.first = base;
  state.firstBytes = bytes;
  state.firstEpoch = epoch;
}

/** Names a second one. */
export function setSecondFromSpace(base: Address, bytes: int, epoch: int): void {
  state.second = base;
  state.secondBytes = bytes;
  state.secondEpoch = epoch;
}

/** Copies what is reachable to `to`, frees large objects that are not. Returns the end of the copies. */
export function evacuate(to: Address, copyFlags: int): Address {
  state.free = to;
  state.scan = to;
  state.copyFlags = copyFlags;
  visitStack(visitSlot);
  visitPrebuilt(visitSlot);
  visitFinalizers(visitSlot);
  traceCopies();
  traceWeakTables(survivor, visitSlot, traceCopies);
  orderFinalizers(survivor, visitOrdered, visitSlot);
  traceCopies();
  traceWeakTables(survivor, visitSlot, traceCopies);
  finishWeakTables(survivor);
  updateReferences(oldReferences, survivor);
  updateCaught(survivor);
  sweepLarge();
  return state.free;
}

function isFrom(object: Address): boolean {
  return isWithin(object, state.first, state.firstBytes) || isWithin(object, state.second, state.secondBytes);
}

function visitSlot(slot: Address): void {
  const object = slot.loadAddress(0);
  if (isFrom(object)) slot.storeAddress(0, isForwarded(object) ? forwardedTo(object) : copy(object));
  else if (!object.isNull()) visitStaying(object);
}

/** Prebuilt objects, large ones, and copies that were visited before. */
function visitStaying(object: Address): void {
  if ((headerFlags(object) & FLAG_LARGE) !== 0 && markLarge(object)) largeGrey.push(object);
}

function visitOrdered(slot: Address): void {
  orderSlot(slot, survivor, visitSlot);
}

function copy(object: Address): Address {
  const flags = headerFlags(object);
  const size = sizeOf(object);
  const to = state.free;
  state.free = to.add(copySize(size, flags));
  const epoch = isWithin(object, state.first, state.firstBytes) ? state.firstEpoch : state.secondEpoch;
  setHeaderFlags(to, copyObject(object, to, size, flags, epoch) | state.copyFlags);
  setForwarded(object, to);
  return to;
}

/** Traces until every copy and every marked large object was. */
function traceCopies(): void {
  for (;;) {
    while (state.scan.below(state.free)) {
      const object = state.scan;
      state.scan = object.add(sizeWithHash(object));
      trace(object);
    }
    if (largeGrey.isEmpty) return;
    trace(largeGrey.pop());
  }
}

function trace(object: Address): void {
  if (isWeakTable(object)) {
    weakTables.push(object);
    traceFixedPart(object, visitSlot);
  } else traceObject(object, visitSlot);
}

/** After tracing: where the object is now, null if it died. */
function survivor(object: Address): Address {
  if (isFrom(object)) return isForwarded(object) ? forwardedTo(object) : NULL_ADDRESS;
  return (headerFlags(object) & (FLAG_LARGE | FLAG_MARKED)) === FLAG_LARGE ? NULL_ADDRESS : object;
}
