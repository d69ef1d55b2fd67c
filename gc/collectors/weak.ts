// Weak references and weak tables.
//
// A weak reference is an object of three words: header, target, and one for the collector's use. Each is put on a list
// when it is made; after each collection the list is gone through: dead references leave it, references to dead targets
// become null and leave it, the rest follows what moved.
//
// A weak table is an array of entries whose first reference is the key (TYPE_IS_WEAK_TABLE). A full collection sets
// tables aside when it reaches them, and when nothing else is left to trace visits the values of those entries whose keys
// are alive, again and again until nothing new comes to life: so a value may refer to its own key. Then it clears the
// entries with dead keys. Collections of the young take all entries as strong.

import { specialize } from "../../rlib/index.ts";
import { type Address, NULL_ADDRESS, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { TYPE_ITEM_POINTERS, TYPE_ITEM_SIZE, TYPE_ITEMS_OFFSET } from "../typetable.ts";
import { entryOf, itemCount, type Visit } from "./objects.ts";
import { AddressStack } from "./stack.ts";
import { caughtSlot } from "./vm.ts";

/** Where an object is after the collection, null if it died; objects that cannot move or die are themselves. */
export type Survivor = (object: Address) => Address;

/** Weak reference objects: made since the last collection or not old yet, and the others. */
export const youngReferences = new AddressStack();
export const oldReferences = new AddressStack();
/** Tables that the full collection going on reached. */
export const weakTables = new AddressStack();

export function setupWeak(): void {
  youngReferences.reset();
  oldReferences.reset();
  weakTables.reset();
}

/** The word of a weak reference that refers to its target. */
export function targetOf(reference: Address): Address {
  return reference.loadAddress(wordBytes());
}

/** Goes through a list after a collection; what stays on it is alive and has a target. */
export const updateReferences = specialize.byValue(function updateReferences(
  list: AddressStack,
  survivor: Survivor,
): void {
  const word = wordBytes();
  const slots = list.base;
  let kept = 0;
  for (let i = 0; i < list.bytes; i += word) {
    const reference = survivor(slots.loadAddress(i));
    if (reference.isNull()) continue;
    const old = targetOf(reference);
    const target = old.isNull() ? old : survivor(old);
    reference.storeAddress(word, target);
    if (target.isNull()) continue;
    slots.storeAddress(kept, reference);
    kept += word;
  }
  list.cut(kept);
}, "survivor");

/** The exception caught last, which is only compared, follows its object. */
export const updateCaught = specialize.byValue(function updateCaught(survivor: Survivor): void {
  const slot = caughtSlot();
  const caught = slot.loadAddress(0);
  if (!caught.isNull()) slot.storeAddress(0, survivor(caught));
}, "survivor");

/**
 * Visits what the reached tables keep alive; `drain` traces everything that was visited, and may set further tables
 * aside.
 */
export const traceWeakTables = specialize.byValue(function traceWeakTables(
  survivor: Survivor,
  visit: Visit,
  drain: () => void,
): void {
  const word = wordBytes();
  let found = true;
  while (found) {
    found = false;
    for (let i = 0; i < weakTables.bytes; i += word)
      if (visitLiveEntries(weakTables.base.loadAddress(i), survivor, visit)) found = true;
    drain();
  }
}, "visit");

/** Whether something was visited that was not alive before. */
const visitLiveEntries = specialize.byValue(function visitLiveEntries(
  table: Address,
  survivor: Survivor,
  visit: Visit,
): boolean {
  const entry = entryOf(table);
  const itemSize = entry.loadUInt32(TYPE_ITEM_SIZE);
  const offsets = entry.add(entry.loadUInt32(TYPE_ITEM_POINTERS));
  const pointers = offsets.loadUInt32(0);
  const count = itemCount(table);
  let item = table.add(entry.loadUInt32(TYPE_ITEMS_OFFSET));
  let found = false;
  for (let n = 0; n < count; n++) {
    const key = item.loadAddress(offsets.loadUInt32(4));
    if (!key.isNull() && !survivor(key).isNull()) {
      for (let i = 2; i <= pointers; i++) {
        const slot = item.add(offsets.loadUInt32(i * 4));
        const value = slot.loadAddress(0);
        if (value.isNull() || !survivor(value).isNull()) continue;
        visit(slot);
        found = true;
      }
    }
    item = item.add(itemSize);
  }
  return found;
}, "visit");

/** Clears entries with dead keys, lets the others follow what moved, and forgets the tables. */
export const finishWeakTables = specialize.byValue(function finishWeakTables(survivor: Survivor): void {
  while (!weakTables.isEmpty) clearDeadEntries(weakTables.pop(), survivor);
}, "survivor");

const clearDeadEntries = specialize.byValue(function clearDeadEntries(table: Address, survivor: Survivor): void {
  const entry = entryOf(table);
  const itemSize = entry.loadUInt32(TYPE_ITEM_SIZE);
  const offsets = entry.add(entry.loadUInt32(TYPE_ITEM_POINTERS));
  const pointers: int = offsets.loadUInt32(0);
  const count = itemCount(table);
  let item = table.add(entry.loadUInt32(TYPE_ITEMS_OFFSET));
  for (let n = 0; n < count; n++) {
    const key = item.loadAddress(offsets.loadUInt32(4));
    const alive = !key.isNull() && !survivor(key).isNull();
    for (let i = 1; i <= pointers; i++) {
      const slot = item.add(offsets.loadUInt32(i * 4));
      const value = slot.loadAddress(0);
      if (!alive) slot.storeAddress(0, NULL_ADDRESS);
      else if (!value.isNull()) slot.storeAddress(0, survivor(value));
    }
    item = item.add(itemSize);
  }
}, "survivor");
