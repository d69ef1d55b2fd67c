// Large objects have memory of their own and never move. Before the header stands a record of 16 bytes (where the memory
// begins, how much there is), before that the cards, growing downwards:
//
//     [ … card 1, card 0 ][ base, bytes ][ header, fields, items … ]
//                           ^ header - 16  ^ header
//
// Two lists: objects that no collection has seen (young), and the others. A collection of the young frees the young ones
// that it did not reach, a full collection (`sweepLarge`) every one that is not marked.

import { intShr } from "../../rlib/bits.ts";
import { type Address, NULL_ADDRESS, rawFree, rawMalloc, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { TYPE_HAS_ITEM_POINTERS } from "../typetable.ts";
import {
  CARD_BEFORE,
  CARD_SHIFT,
  FLAG_HAS_CARDS,
  FLAG_LARGE,
  FLAG_MARKED,
  FLAG_YOUNG_LARGE,
  headerFlags,
  initHeader,
  setHeaderFlags,
} from "./header.ts";
import { roundUp } from "./memory.ts";
import { itemCount } from "./objects.ts";
import { AddressStack } from "./stack.ts";

const RECORD_BYTES = 16;
/** Where memory for cards ends is a multiple of this, so that objects are well aligned. */
const ALIGNMENT = 16;

class LargeState {
  /** Bytes of all large objects, records and cards included. */
  bytes: int = 0;
  /** Of these, bytes of the young ones. */
  youngBytes: int = 0;
  /** All young ones lie between these addresses. */
  youngLow: Address = NULL_ADDRESS;
  youngHigh: Address = NULL_ADDRESS;
}

const state = new LargeState();
const young = new AddressStack();
const old = new AddressStack();

export function setupLarge(): void {
  state.bytes = 0;
  state.youngBytes = 0;
  state.youngLow = NULL_ADDRESS;
  state.youngHigh = NULL_ADDRESS;
  young.reset();
  old.reset();
}

/** Bytes that large objects hold. */
export function largeBytes(): int {
  return state.bytes;
}

export function youngLargeBytes(): int {
  return state.youngBytes;
}

/** Can this address be a young large object? */
export function maybeYoungLarge(object: Address): boolean {
  return !object.below(state.youngLow) && object.below(state.youngHigh);
}

/**
 * A zeroed object with its header, on the list of the young (`flags` then has FLAG_YOUNG_LARGE) or of the old. `cards` is
 * the number of its items that cards are wanted for, or 0. Null when the system has no more memory.
 */
export function allocateLarge(typeId: int, bytes: int, cards: int, flags: int): Address {
  const cardBytes = cards === 0 ? 0 : roundUp(intShr(cards, CARD_SHIFT) + 1, ALIGNMENT);
  const all = cardBytes + RECORD_BYTES + bytes;
  const base = rawMalloc(all);
  if (base.isNull()) return base;
  const object = base.add(cardBytes + RECORD_BYTES);
  object.storeAddress(-RECORD_BYTES, base);
  object.storeWord(wordBytes() - RECORD_BYTES, all);
  initHeader(object, typeId, flags | FLAG_LARGE | (cards === 0 ? 0 : FLAG_HAS_CARDS));
  state.bytes += all;
  if ((flags & FLAG_YOUNG_LARGE) !== 0) {
    state.youngBytes += all;
    if (young.isEmpty || object.below(state.youngLow)) state.youngLow = object;
    if (young.isEmpty || !object.below(state.youngHigh)) state.youngHigh = object.add(1);
    young.push(object);
  } else old.push(object);
  return object;
}

/** How many cards an object should have for a collector that tracks stores: one for each item if items have references. */
export function wantedCards(entryFlags: int, length: int): int {
  return (entryFlags & TYPE_HAS_ITEM_POINTERS) !== 0 ? length : 0;
}

function bytesOf(object: Address): int {
  return object.loadWord(wordBytes() - RECORD_BYTES);
}

function free(object: Address): void {
  const bytes = bytesOf(object);
  state.bytes -= bytes;
  rawFree(object.loadAddress(-RECORD_BYTES), bytes);
}

/** After a collection of the young: those that were reached (no longer FLAG_YOUNG_LARGE) are old now, the rest is freed. */
export function settleYoungLarge(): void {
  while (!young.isEmpty) {
    const object = young.pop();
    if ((headerFlags(object) & FLAG_YOUNG_LARGE) === 0) old.push(object);
    else free(object);
  }
  state.youngBytes = 0;
  state.youngLow = NULL_ADDRESS;
  state.youngHigh = NULL_ADDRESS;
}

/** Before a full collection: all large objects are old. */
export function ageYoungLarge(trackedFlag: int): void {
  const word = wordBytes();
  for (let at = 0; at < young.bytes; at += word) reachYoungLarge(young.base.loadAddress(at), trackedFlag);
  settleYoungLarge();
}

/** Counts a large object as reached by a collection of the young; false if it was not young any more. */
export function reachYoungLarge(object: Address, trackedFlag: int): boolean {
  const flags = headerFlags(object);
  if ((flags & FLAG_YOUNG_LARGE) === 0) return false;
  setHeaderFlags(object, (flags & ~FLAG_YOUNG_LARGE) | trackedFlag);
  return true;
}

/** Marks a large object; false if it was marked already. */
export function markLarge(object: Address): boolean {
  const flags = headerFlags(object);
  if ((flags & FLAG_MARKED) !== 0) return false;
  setHeaderFlags(object, flags | FLAG_MARKED);
  return true;
}

/** Frees every large object that is not marked and takes the marks from the others. */
export function sweepLarge(): void {
  const word = wordBytes();
  const slots = old.base;
  let kept = 0;
  for (let at = 0; at < old.bytes; at += word) {
    const object = slots.loadAddress(at);
    const flags = headerFlags(object);
    if ((flags & FLAG_MARKED) === 0) {
      free(object);
    } else {
      setHeaderFlags(object, flags & ~FLAG_MARKED);
      slots.storeAddress(kept, object);
      kept += word;
    }
  }
  old.cut(kept);
}

/** Is there a large object at this address? For the verifier: it looks at the whole list. */
export function isKnownLarge(object: Address): boolean {
  return contains(old, object) || contains(young, object);
}

function contains(list: AddressStack, object: Address): boolean {
  const slots = list.base;
  for (let at = 0; at < list.bytes; at += wordBytes()) if (slots.loadAddress(at).equals(object)) return true;
  return false;
}

/** The card of an item. */
export function cardOf(object: Address, index: int): Address {
  return object.add(-CARD_BEFORE - intShr(index, CARD_SHIFT));
}

/** Marks the cards of the items `from` to `to`. */
export function markCards(object: Address, from: int, to: int): void {
  if (to <= from) return;
  const last = cardOf(object, to - 1);
  let card = cardOf(object, from);
  while (!card.below(last)) {
    card.storeUInt8(0, 1);
    card = card.add(-1);
  }
}

/** Number of cards of an object that has some. */
export function cardCount(object: Address): int {
  return intShr(itemCount(object), CARD_SHIFT) + 1;
}
