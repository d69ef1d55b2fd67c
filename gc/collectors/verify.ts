// The heap verifier (RTS_GC_VERIFY=1): walks everything reachable, without a mark in any object, and stops the program at
// the first thing that cannot be: a reference to memory that holds no object, a forwarded object, a reference that the
// write barrier should have told of. Slow, and independent of how the collectors trace: it keeps its own set of addresses.
import { intAnd, intMulWrap, intUshr } from "../../rlib/bits.ts";
import { specialize } from "../../rlib/index.ts";
import { type Address, fatalError, NULL_ADDRESS, rawFree, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { visitFinalizers } from "./finalizers.ts";
import { FLAG_FORWARDED, FLAG_ORDER_MASK, FLAG_PREBUILT, FLAG_WRITTEN, headerFlags } from "./header.ts";
import { isPoison, rawMallocOrDie } from "./memory.ts";
import { traceObject, type Visit } from "./objects.ts";
import { parameter, VERIFY } from "./parameters.ts";
import { forEachWritten, visitStack } from "./roots.ts";
import { AddressStack } from "./stack.ts";

const FIRST_SLOTS = 4096;

/** A set of addresses outside the heap: open addressing, at most half full. */
class AddressSet {
  #slots: Address = NULL_ADDRESS;
  /** Number of slots, a power of two. */
  #size: int = 0;
  #count: int = 0;

  /** Adds an address; false if it was there. */
  add(p: Address): boolean {
    if (2 * this.#count >= this.#size) this.#grow();
    const slot = this.#find(p);
    if (!slot.loadAddress(0).isNull()) return false;
    slot.storeAddress(0, p);
    this.#count += 1;
    return true;
  }

  clear(): void {
    if (this.#size > 0) rawFree(this.#slots, this.#size * wordBytes());
    this.#slots = NULL_ADDRESS;
    this.#size = 0;
    this.#count = 0;
  }

  #find(p: Address): Address {
    const word = wordBytes();
    let i = intAnd(intMulWrap(intUshr(p.toInt(), 3), 0x9e3779b), this.#size - 1);
    for (;;) {
      const slot = this.#slots.add(i * word);
      const held = slot.loadAddress(0);
      if (held.isNull() || held.equals(p)) return slot;
      i = intAnd(i + 1, this.#size - 1);
    }
  }

  #grow(): void {
    const word = wordBytes();
    const old = this.#slots;
    const oldSize = this.#size;
    this.#size = oldSize === 0 ? FIRST_SLOTS : 2 * oldSize;
    this.#slots = rawMallocOrDie(this.#size * word);
    for (let i = 0; i < oldSize; i++) {
      const p = old.loadAddress(i * word);
      if (!p.isNull()) this.#find(p).storeAddress(0, p);
    }
    if (oldSize > 0) rawFree(old, oldSize * word);
  }
}

const seen = new AddressSet();
const work = new AddressStack();

/** Whether the environment asks for verification. */
export function isVerifying(): boolean {
  return parameter(VERIFY) !== 0;
}

/**
 * Checks everything reachable. `verifySlot` is a function of the collector that calls `checkSlot` with its test of what is an
 * object; `checkObject` is called with each object of the heap, and stops the program if it breaks an invariant.
 */
export const verifyHeap = specialize.byValue(function verifyHeap(verifySlot: Visit, checkObject: Visit): void {
  visitStack(verifySlot);
  forEachWritten(addWork);
  visitFinalizers(verifySlot);
  while (!work.isEmpty) {
    const object = work.pop();
    checkObject(object);
    traceObject(object, verifySlot);
  }
  seen.clear();
  work.reset();
  verifyPrebuilt();
}, "verifySlot");

function addWork(object: Address): void {
  work.push(object);
}

/** Checks the reference in a slot. */
export const checkSlot = specialize.byValue(function checkSlot(
  slot: Address,
  isObject: (object: Address) => boolean,
): void {
  const object = slot.loadAddress(0);
  if (object.isNull()) return;
  if (isPoison(object)) fatalError("heap verifier: a reference in memory that was freed");
  if (intAnd(object.toInt(), wordBytes() - 1) !== 0) fatalError("heap verifier: a reference that is not aligned");
  if (!seen.add(object)) return;
  const flags = headerFlags(object);
  if ((flags & FLAG_PREBUILT) !== 0) return;
  if ((flags & FLAG_FORWARDED) !== 0) fatalError("heap verifier: a reference to an object that was moved");
  if ((flags & FLAG_ORDER_MASK) !== 0) fatalError("heap verifier: a state of ordering was left in an object");
  if (!isObject(object)) fatalError("heap verifier: a reference to no object");
  work.push(object);
}, "isObject");

/** Prebuilt objects that no barrier told of refer to prebuilt objects only. */
function verifyPrebuilt(): void {
  const table = symbolAddress("rts_prebuilt");
  const count = symbolAddress("rts_prebuilt_count").loadWord(0);
  for (let i = 0; i < count; i++) {
    const object = table.loadAddress(i * wordBytes());
    if ((headerFlags(object) & FLAG_WRITTEN) === 0) traceObject(object, requirePrebuilt);
  }
}

function requirePrebuilt(slot: Address): void {
  const target = slot.loadAddress(0);
  if (target.isNull() || (headerFlags(target) & FLAG_PREBUILT) !== 0) return;
  fatalError("heap verifier: a prebuilt object was written to without its barrier");
}
