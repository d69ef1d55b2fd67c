// Spaces that are copied from and to. The one that a collection empties is kept for the next if it is large enough: its
// pages stay with the process, which spares their faults. Memory is touched only as far as it is used.
import { type Address, NULL_ADDRESS, rawFree, rawMalloc } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";

class Spare {
  base: Address = NULL_ADDRESS;
  bytes: int = 0;
}

const spare = new Spare();
/** Size of the space that `takeSpace` gave last. */
let takenBytes: int = 0;

export function setupSpaces(): void {
  spare.base = NULL_ADDRESS;
  spare.bytes = 0;
}

/** A space of at least `bytes`, null if there is no memory for it. `spaceBytes` tells how large it is. */
export function takeSpace(bytes: int): Address {
  if (spare.bytes >= bytes) {
    const base = spare.base;
    takenBytes = spare.bytes;
    spare.base = NULL_ADDRESS;
    spare.bytes = 0;
    return base;
  }
  releaseSpare();
  takenBytes = bytes;
  return rawMalloc(bytes);
}

/** Size of the space given last. */
export function spaceBytes(): int {
  return takenBytes;
}

/** Keeps a space that was emptied. */
export function keepSpace(base: Address, bytes: int): void {
  releaseSpare();
  spare.base = base;
  spare.bytes = bytes;
}

/** Bytes of the space that is kept. */
export function spareBytes(): int {
  return spare.bytes;
}

function releaseSpare(): void {
  if (spare.bytes > 0) rawFree(spare.base, spare.bytes);
  spare.base = NULL_ADDRESS;
  spare.bytes = 0;
}
