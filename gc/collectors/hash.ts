// Identity hashes. An object costs no field for one: its hash is its address, until it moves with its hash taken; the
// copy is one word longer and keeps it there. Prebuilt objects used as keys have that word from the start.
//
// Addresses of the nursery come again after each collection, so a count of collections goes into the hash: else all
// objects born at one address would share a hash. An object asked twice has not moved meanwhile, so the count is the same.

import { intAnd, intShr } from "../../rlib/bits.ts";
import { type Address, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { FLAG_HASH_STORED, FLAG_HASH_TAKEN, headerFlags, setHeaderFlags } from "./header.ts";
import { copyWords } from "./memory.ts";
import { sizeOf } from "./objects.ts";

/** Hashes are not negative on 32-bit machines either. */
const HASH_MASK = 0x3fffffff;
/** How far apart the hashes of one address in two collections are. */
const EPOCH_STEP = 0x9e3779b;

/** Hash by address of an object that does not move before `epoch` changes. */
export function addressHash(object: Address, epoch: int): int {
  return intAnd(intAnd(intShr(object.toInt(), 3), HASH_MASK) + (epoch & 0xffff) * EPOCH_STEP, HASH_MASK);
}

/** The hash of an object that can move; `epoch` counts the times that it could have moved. */
export function movingHash(object: Address, epoch: int): int {
  const flags = headerFlags(object);
  if ((flags & FLAG_HASH_STORED) !== 0) return object.loadWord(sizeOf(object));
  if ((flags & FLAG_HASH_TAKEN) === 0) setHeaderFlags(object, flags | FLAG_HASH_TAKEN);
  return addressHash(object, epoch);
}

/** The hash of an object that stays where it is. */
export function stayingHash(object: Address): int {
  if ((headerFlags(object) & FLAG_HASH_STORED) !== 0) return object.loadWord(sizeOf(object));
  return addressHash(object, 0);
}

/** Bytes that a copy of an object of `size` bytes needs. */
export function copySize(size: int, flags: int): int {
  return (flags & (FLAG_HASH_TAKEN | FLAG_HASH_STORED)) !== 0 ? size + wordBytes() : size;
}

/** Copies an object of `size` bytes, and its hash behind it if it was asked for. Returns the flags of the copy. */
export function copyObject(object: Address, copy: Address, size: int, flags: int, epoch: int): int {
  copyWords(object, copy, size);
  if ((flags & (FLAG_HASH_TAKEN | FLAG_HASH_STORED)) === 0) return flags;
  const stored = (flags & FLAG_HASH_STORED) !== 0;
  copy.storeWord(size, stored ? object.loadWord(size) : addressHash(object, epoch));
  return (flags | FLAG_HASH_STORED) & ~FLAG_HASH_TAKEN;
}
