// A full collection of objects that do not move: marks what the roots reach, sweeps blocks and large objects. The whole
// of `marksweep`, and the old generation of `hybrid`, which has no young objects at that time.
//
// Marks of small objects stand in their blocks, those of large ones in their headers; prebuilt objects have none, since
// all that can refer to the heap are roots. The stack of objects to be traced is explicit: chains may be millions long.
import { type Address, NULL_ADDRESS } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { TYPE_FLAGS, TYPE_HAS_ITEM_POINTERS, TYPE_IS_LEAF, TYPE_IS_WEAK_TABLE } from "../typetable.ts";
import { blockBytesUsed, clearMarks, isCellMarked, markCell, sweepBlocks } from "./blocks.ts";
import { orderFinalizers, orderSlot, visitFinalizers } from "./finalizers.ts";
import { FLAG_LARGE, FLAG_MARKED, FLAG_PREBUILT, headerFlags } from "./header.ts";
import { largeBytes, markLarge, sweepLarge } from "./large.ts";
import { GC_MARK, GC_SWEEP, startSection, stopSection } from "./log.ts";
import { entryOf, itemCount, traceFixedPart, traceItems, traceObject } from "./objects.ts";
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

/** Objects that are marked and not traced yet. */
const grey = new AddressStack();
/** Long arrays that are being traced, each with the index of its next item. */
const sliced = new AddressStack();
/** Longer arrays are traced in slices, so that `grey` never holds all their items. */
const SLICE = 2048;

export function setupMarking(): void {
  grey.reset();
  sliced.reset();
}

/** Marks everything reachable and frees the rest. Returns the live bytes. */
export function markAndSweep(spare: int): int {
  startSection(GC_MARK);
  clearMarks();
  visitStack(markSlot);
  visitPrebuilt(markSlot);
  visitFinalizers(markSlot);
  traceGrey();
  traceWeakTables(survivor, markSlot, traceGrey);
  orderFinalizers(survivor, markOrdered, markSlot);
  traceGrey();
  traceWeakTables(survivor, markSlot, traceGrey);
  finishWeakTables(survivor);
  updateReferences(oldReferences, survivor);
  updateCaught(survivor);
  stopSection(GC_MARK);
  startSection(GC_SWEEP);
  sweepLarge();
  sweepBlocks(spare);
  stopSection(GC_SWEEP);
  return oldBytes();
}

/** Bytes of all objects in blocks and large ones. */
export function oldBytes(): int {
  return blockBytesUsed() + largeBytes();
}

function markSlot(slot: Address): void {
  const object = slot.loadAddress(0);
  if (!object.isNull()) markObject(object);
}

function markOrdered(slot: Address): void {
  orderSlot(slot, survivor, markSlot);
}

function markObject(object: Address): void {
  const flags = headerFlags(object);
  if ((flags & (FLAG_PREBUILT | FLAG_LARGE)) === 0) {
    if (!markCell(object)) return;
  } else if ((flags & FLAG_PREBUILT) !== 0 || !markLarge(object)) return;
  if ((entryOf(object).loadUInt32(TYPE_FLAGS) & TYPE_IS_LEAF) === 0) grey.push(object);
}

/** After marking: the object itself if it lives, else null. */
function survivor(object: Address): Address {
  return isMarkedObject(object) ? object : NULL_ADDRESS;
}

/** Whether the last full collection reached the object, which is not young. */
export function isMarkedObject(object: Address): boolean {
  const flags = headerFlags(object);
  if ((flags & FLAG_PREBUILT) !== 0) return true;
  return (flags & FLAG_LARGE) !== 0 ? (flags & FLAG_MARKED) !== 0 : isCellMarked(object);
}

function traceGrey(): void {
  for (;;) {
    while (!grey.isEmpty) trace(grey.pop());
    if (sliced.isEmpty) return;
    traceSlice();
  }
}

function trace(object: Address): void {
  const flags = entryOf(object).loadUInt32(TYPE_FLAGS);
  if ((flags & (TYPE_IS_WEAK_TABLE | TYPE_HAS_ITEM_POINTERS)) === 0) traceObject(object, markSlot);
  else if ((flags & TYPE_IS_WEAK_TABLE) !== 0) {
    weakTables.push(object);
    traceFixedPart(object, markSlot);
  } else if (itemCount(object) > SLICE) {
    traceFixedPart(object, markSlot);
    sliced.push(object);
    sliced.push(NULL_ADDRESS);
  } else traceObject(object, markSlot);
}

/** Traces one slice of the array found last. */
function traceSlice(): void {
  const from = sliced.pop().toInt();
  const object = sliced.pop();
  const count = itemCount(object);
  const to = from + SLICE;
  if (to < count) {
    sliced.push(object);
    sliced.push(NULL_ADDRESS.add(to));
  }
  traceItems(object, from, to < count ? to : count, markSlot);
}
