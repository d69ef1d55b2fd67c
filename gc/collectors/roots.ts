// Where references come from that no object of the heap holds: the shadow stack, the exception in flight, and those
// prebuilt objects that were written to. Prebuilt data refers to prebuilt data only until the program stores into it, and
// the write barrier tells of the first store; so the rest of it, usually most, is never looked at.

import { specialize } from "../../rlib/index.ts";
import { type Address, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { FLAG_WRITTEN, headerFlags, setHeaderFlags } from "./header.ts";
import { isFrameEntry, visitFrame, visitMachineCode } from "./machinecode.ts";
import { isWeakTable, traceFixedPart, traceObject, type Visit } from "./objects.ts";
import { AddressStack } from "./stack.ts";
import { exception, exceptionSlot, setShadowTop, shadowBase, shadowTop } from "./vm.ts";
import { weakTables } from "./weak.ts";

/** Prebuilt objects that were written to. */
const written = new AddressStack();

export function setupRoots(): void {
  written.reset();
}

/** Called by write barriers for each prebuilt object. */
export function notePrebuilt(object: Address): void {
  const flags = headerFlags(object);
  if ((flags & FLAG_WRITTEN) !== 0) return;
  setHeaderFlags(object, flags | FLAG_WRITTEN);
  written.push(object);
}

/** Visits the slots of the shadow stack, the frames of machine code that it names, and the exception in flight. */
export const visitStack = specialize.byValue(function visitStack(visit: Visit): void {
  const word = wordBytes();
  const top = shadowTop();
  for (let slot = shadowBase(); slot.below(top); slot = slot.add(word)) {
    const entry = slot.loadAddress(0);
    if (isFrameEntry(entry)) visitFrame(entry, visit);
    else visit(slot);
  }
  visitMachineCode(visit);
  if (!exception().isNull()) visit(exceptionSlot());
}, "visit");

/** Visits the references of prebuilt objects that were written to, and sets weak tables among them aside. */
export const visitPrebuilt = specialize.byValue(function visitPrebuilt(visit: Visit): void {
  const word = wordBytes();
  for (let i = 0; i < written.bytes; i += word) {
    const object = written.base.loadAddress(i);
    if (isWeakTable(object)) {
      weakTables.push(object);
      traceFixedPart(object, visit);
    } else traceObject(object, visit);
  }
}, "visit");

/** Calls a function with each prebuilt object that was written to. */
export const forEachWritten = specialize.byValue(function forEachWritten(call: (object: Address) => void): void {
  const word = wordBytes();
  for (let i = 0; i < written.bytes; i += word) call(written.base.loadAddress(i));
}, "call");

/** Number of slots on the shadow stack. */
export function stackSlots(): int {
  return shadowTop().diff(shadowBase()) >> (wordBytes() === 8 ? 3 : 2);
}

/** Keeps an object alive, and up to date if it moves, until `popRoot`. */
export function pushRoot(object: Address): void {
  const slot = shadowTop();
  slot.storeAddress(0, object);
  setShadowTop(slot.add(wordBytes()));
}

/** The object given last to `pushRoot`. */
export function popRoot(): Address {
  const slot = shadowTop().add(-wordBytes());
  setShadowTop(slot);
  return slot.loadAddress(0);
}
