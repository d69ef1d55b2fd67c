// Objects with finalizers. The program registers an object with a callback; when a full collection finds that nothing
// else refers to the object, both become due and stay alive until `takeDue` hands them out. The object is then as any
// other: it was resurrected, and dies for good at the next full collection if nothing kept it.
//
// Order: an object's finalizer may use what the object refers to, so an object is due only if no other unreachable object
// with a finalizer refers to it, directly or through others; those others wait for a later collection. Of a cycle, one
// object is due. To find this, each unreachable object with a finalizer that no earlier one reached is a candidate, and
// what it refers to is traced with states kept in the headers:
//
//     0: not reached while ordering    1: reached by the candidate at hand    2: by exactly one candidate    3: by several
//
// An object in state 2 is traced a second time when another candidate reaches it, so each at most twice. A candidate
// that ends in state 2 was reached by nobody but itself, and is due. The last candidate always is, so something is due
// whenever something is unreachable.

import { specialize } from "../../rlib/index.ts";
import { type Address, NULL_ADDRESS, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { FLAG_ORDER_MASK, FLAG_ORDER_UNIT, headerFlags, setHeaderFlags } from "./header.ts";
import { isWeakTable, traceFixedPart, traceObject, type Visit } from "./objects.ts";
import { AddressStack } from "./stack.ts";
import type { Survivor } from "./weak.ts";

/** Object and callback, in order of registration. */
const registered = new AddressStack();
/** Object and callback of those whose finalizers are to be called, first the first. */
const due = new AddressStack();
const candidates = new AddressStack();
const work = new AddressStack();
/** Objects whose state is not 0. */
const ordered = new AddressStack();

class DueState {
  /** How many bytes of `due` were handed out. */
  taken: int = 0;
  /** The callback of the object handed out last. */
  callback: Address = NULL_ADDRESS;
  /** Bytes of `registered` in front that no collection of the young need look at: those objects are old. */
  old: int = 0;
}

const dueState = new DueState();

const REACHED_NOW = 1;
const REACHED_ONCE = 2;
const REACHED_OFTEN = 3;

export function setupFinalizers(): void {
  registered.reset();
  due.reset();
  candidates.reset();
  work.reset();
  ordered.reset();
  dueState.taken = 0;
  dueState.callback = NULL_ADDRESS;
  dueState.old = 0;
}

export function registerFinalizer(object: Address, callback: Address): void {
  registered.push(object);
  registered.push(callback);
}

/** The next object that is due, null if there is none. */
export function takeDue(): Address {
  const at = dueState.taken;
  if (at === due.bytes) {
    due.cut(0);
    dueState.taken = 0;
    dueState.callback = NULL_ADDRESS;
    return NULL_ADDRESS;
  }
  const pair = due.base.add(at);
  dueState.taken = at + 2 * wordBytes();
  dueState.callback = pair.loadAddress(wordBytes());
  return pair.loadAddress(0);
}

/** The callback of the object that `takeDue` gave last; valid until the next collection. */
export function takenCallback(): Address {
  return dueState.callback;
}

/** Visits what waits to be handed out, and the callbacks of registered objects. */
export const visitFinalizers = specialize.byValue(function visitFinalizers(visit: Visit): void {
  const word = wordBytes();
  for (let i = dueState.taken; i < due.bytes; i += word) visit(due.base.add(i));
  for (let i = word; i < registered.bytes; i += 2 * word) visit(registered.base.add(i));
}, "visit");

/**
 * Visits what may be young: a collection of the young takes registered objects as alive. `isYoung` tells of an object that
 * was visited whether it is young still.
 */
export const visitYoungFinalizers = specialize.byValue(function visitYoungFinalizers(
  visit: Visit,
  isYoung: (object: Address) => boolean,
): void {
  const word = wordBytes();
  for (let i = dueState.taken; i < due.bytes; i += word) visit(due.base.add(i));
  let allOld = true;
  for (let i = dueState.old; i < registered.bytes; i += 2 * word) {
    const pair = registered.base.add(i);
    visit(pair);
    visit(pair.add(word));
    if (isYoung(pair.loadAddress(0)) || isYoung(pair.loadAddress(word))) allOld = false;
    if (allOld) dueState.old = i + 2 * word;
  }
}, "visit");

/**
 * At the end of a full collection, when everything reachable was traced: finds what is due, and keeps alive what is
 * registered. `visit` is the collector's visitor and `visitOrdered` a function of the collector that calls `orderSlot` with
 * it; what they reach is to be traced afterwards.
 */
export const orderFinalizers = specialize.byValue(function orderFinalizers(
  survivor: Survivor,
  visitOrdered: Visit,
  visit: Visit,
): void {
  findCandidates(survivor, visitOrdered, visit);
  settleRegistered(survivor);
  clearStates();
}, "visit");

/** Traces from each unreachable registered object that no earlier one reached. */
const findCandidates = specialize.byValue(function findCandidates(
  survivor: Survivor,
  visitOrdered: Visit,
  visit: Visit,
): void {
  const word = wordBytes();
  for (let i = 0; i < registered.bytes; i += 2 * word) {
    const slot = registered.base.add(i);
    if (!survivor(slot.loadAddress(0)).isNull()) continue;
    visit(slot);
    candidates.push(slot.loadAddress(0));
    const first = ordered.bytes;
    setState(slot.loadAddress(0), REACHED_NOW);
    ordered.push(slot.loadAddress(0));
    work.push(slot.loadAddress(0));
    while (!work.isEmpty) {
      const object = work.pop();
      if (isWeakTable(object)) traceFixedPart(object, visitOrdered);
      else traceObject(object, visitOrdered);
    }
    for (let at = first; at < ordered.bytes; at += word) {
      const object = ordered.base.loadAddress(at);
      if (stateOf(object) === REACHED_NOW) setState(object, REACHED_ONCE);
    }
  }
}, "visit");

/** The slot of an object that is traced for a candidate. */
export const orderSlot = specialize.byValue(function orderSlot(slot: Address, survivor: Survivor, visit: Visit): void {
  const target = slot.loadAddress(0);
  if (target.isNull()) return;
  const isNew = survivor(target).isNull();
  visit(slot);
  const object = slot.loadAddress(0);
  const state = stateOf(object);
  if (isNew) {
    setState(object, REACHED_NOW);
    ordered.push(object);
    work.push(object);
  } else if (state === REACHED_ONCE) {
    setState(object, REACHED_OFTEN);
    work.push(object);
  }
}, "visit");

/** Moves due pairs to their list; the others stay registered and follow what moved. */
function settleRegistered(survivor: Survivor): void {
  const word = wordBytes();
  let kept = 0;
  let nextCandidate = 0;
  for (let i = 0; i < registered.bytes; i += 2 * word) {
    const object = survivor(registered.base.loadAddress(i));
    const callback = registered.base.loadAddress(i + word);
    let isDue = false;
    if (nextCandidate < candidates.bytes && candidates.base.loadAddress(nextCandidate).equals(object)) {
      nextCandidate += word;
      isDue = stateOf(object) === REACHED_ONCE;
    }
    if (isDue) {
      due.push(object);
      due.push(callback);
    } else {
      registered.base.storeAddress(kept, object);
      registered.base.storeAddress(kept + word, callback);
      kept += 2 * word;
    }
  }
  registered.cut(kept);
  dueState.old = 0;
  candidates.cut(0);
}

function clearStates(): void {
  while (!ordered.isEmpty) {
    const object = ordered.pop();
    setHeaderFlags(object, headerFlags(object) & ~FLAG_ORDER_MASK);
  }
}

function stateOf(object: Address): int {
  return (headerFlags(object) & FLAG_ORDER_MASK) >> 13;
}

function setState(object: Address, state: int): void {
  setHeaderFlags(object, (headerFlags(object) & ~FLAG_ORDER_MASK) | (state * FLAG_ORDER_UNIT));
}
