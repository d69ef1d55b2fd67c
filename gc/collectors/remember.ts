// What the write barrier of a collector with generations remembers: old and prebuilt objects that may refer to young ones.
//
// An object is either remembered as a whole (its FLAG_TRACKED is clear, and stores into it cost only the test), or, if it is
// a large array with cards, by the cards of the items that were stored to (FLAG_TRACKED stays, FLAG_CARDS_DIRTY is set).
// A collection of the young visits what is remembered; what refers to objects that stay young remains remembered.
import { specialize } from "../../rlib/index.ts";
import { type Address, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import {
  CARD_SHIFT,
  FLAG_CARDS_DIRTY,
  FLAG_HAS_CARDS,
  FLAG_PREBUILT,
  FLAG_TRACKED,
  headerFlags,
  setHeaderFlags,
} from "./header.ts";
import { cardCount, cardOf, markCards } from "./large.ts";
import { itemCount, traceItems, traceObject, type Visit } from "./objects.ts";
import { notePrebuilt } from "./roots.ts";
import { AddressStack } from "./stack.ts";

const remembered = new AddressStack();
const dirtyArrays = new AddressStack();

export function setupRemember(): void {
  remembered.reset();
  dirtyArrays.reset();
}

/** An object whose FLAG_TRACKED is set is about to be written to. */
export function write_barrier(object: Address): void {
  const flags = headerFlags(object);
  setHeaderFlags(object, flags & ~FLAG_TRACKED);
  remembered.push(object);
  if ((flags & FLAG_PREBUILT) !== 0) notePrebuilt(object);
}

/** The same for one item. */
export function array_barrier(array: Address, index: int): void {
  if (noteCards(array)) markCards(array, index, index + 1);
  else write_barrier(array);
}

/** The same for several items. */
export function array_range_barrier(array: Address, first: int, count: int): void {
  if (noteCards(array)) markCards(array, first, first + count);
  else write_barrier(array);
}

/** Puts an array on the list of those with dirty cards; false if it has no cards. */
function noteCards(array: Address): boolean {
  const flags = headerFlags(array);
  if ((flags & FLAG_HAS_CARDS) === 0) return false;
  if ((flags & FLAG_CARDS_DIRTY) === 0) {
    setHeaderFlags(array, flags | FLAG_CARDS_DIRTY);
    dirtyArrays.push(array);
  }
  return true;
}

/** An old object that refers to an object that stays young. */
export function rememberPromoted(object: Address): void {
  setHeaderFlags(object, headerFlags(object) & ~FLAG_TRACKED);
  remembered.push(object);
}

/** Number of remembered objects and arrays. */
export function rememberedCount(): int {
  return (remembered.bytes + dirtyArrays.bytes) >> (wordBytes() === 8 ? 3 : 2);
}

/**
 * Visits the references of everything that is remembered. `takeYoungSeen` tells whether since it was last asked a reference
 * to an object that stays young was visited.
 */
export const visitRemembered = specialize.byValue(function visitRemembered(
  visit: Visit,
  takeYoungSeen: () => boolean,
): void {
  const word = wordBytes();
  const slots = remembered.base;
  const bytes = remembered.bytes;
  let kept = 0;
  for (let i = 0; i < bytes; i += word) {
    const object = slots.loadAddress(i);
    traceObject(object, visit);
    if (takeYoungSeen()) {
      slots.storeAddress(kept, object);
      kept += word;
    } else setHeaderFlags(object, headerFlags(object) | FLAG_TRACKED);
  }
  remembered.cut(kept);
  visitDirty(visit, takeYoungSeen);
}, "visit");

const visitDirty = specialize.byValue(function visitDirty(visit: Visit, takeYoungSeen: () => boolean): void {
  const word = wordBytes();
  const slots = dirtyArrays.base;
  const bytes = dirtyArrays.bytes;
  let kept = 0;
  for (let i = 0; i < bytes; i += word) {
    const array = slots.loadAddress(i);
    if (visitCards(array, visit, takeYoungSeen)) {
      slots.storeAddress(kept, array);
      kept += word;
    } else setHeaderFlags(array, headerFlags(array) & ~FLAG_CARDS_DIRTY);
  }
  dirtyArrays.cut(kept);
}, "visit");

/** Visits the items under dirty cards; whether some cards stay dirty. */
const visitCards = specialize.byValue(function visitCards(
  array: Address,
  visit: Visit,
  takeYoungSeen: () => boolean,
): boolean {
  const items = itemCount(array);
  const cards = cardCount(array);
  let staysDirty = false;
  for (let n = 0; n < cards; n++) {
    const card = cardOf(array, n << CARD_SHIFT);
    if (card.loadUInt8(0) === 0) continue;
    const from = n << CARD_SHIFT;
    const to = from + (1 << CARD_SHIFT);
    traceItems(array, from, to < items ? to : items, visit);
    if (takeYoungSeen()) staysDirty = true;
    else card.storeUInt8(0, 0);
  }
  return staysDirty;
}, "visit");

/** When nothing is young: nothing is remembered any more. */
export function forgetRemembered(): void {
  while (!remembered.isEmpty) {
    const object = remembered.pop();
    setHeaderFlags(object, headerFlags(object) | FLAG_TRACKED);
  }
  while (!dirtyArrays.isEmpty) {
    const array = dirtyArrays.pop();
    const cards = cardCount(array);
    for (let n = 0; n < cards; n++) cardOf(array, n << CARD_SHIFT).storeUInt8(0, 0);
    setHeaderFlags(array, headerFlags(array) & ~FLAG_CARDS_DIRTY);
  }
}
