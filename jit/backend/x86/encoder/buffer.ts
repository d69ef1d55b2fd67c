// A growing buffer of machine code under construction, in raw memory outside the heap: the bytes are copied to their
// place when the code is whole, because only then its size is known.
import { type Address, fatalError, NULL_ADDRESS, rawCopy, rawFree, rawMalloc } from "../../../../rlib/lowlevel.ts";
import type { int } from "../../../../rlib/types.ts";

const FIRST_BYTES = 16384;
/** Room that must be left before an instruction is written: more than the longest one. */
const MARGIN = 32;

export class CodeBuffer {
  /** Bytes written. */
  length: int;
  #base: Address;
  #capacity: int;

  constructor() {
    this.length = 0;
    this.#base = NULL_ADDRESS;
    this.#capacity = 0;
  }

  /** Starts afresh, keeping the memory. */
  clear(): void {
    this.length = 0;
  }

  /** Makes room for one instruction. */
  reserve(): void {
    if (this.length + MARGIN > this.#capacity) this.#grow();
  }

  #grow(): void {
    const capacity = this.#capacity === 0 ? FIRST_BYTES : this.#capacity * 2;
    const base = rawMalloc(capacity);
    if (base.isNull()) fatalError("out of memory for machine code");
    if (this.#capacity > 0) {
      rawCopy(this.#base, base, this.length);
      rawFree(this.#base, this.#capacity);
    }
    this.#base = base;
    this.#capacity = capacity;
  }

  /** Appends a byte; there must be room. */
  byte(value: int): void {
    this.#base.storeUInt8(this.length, value & 255);
    this.length += 1;
  }

  int16(value: int): void {
    this.#base.storeUInt16(this.length, value & 0xffff);
    this.length += 2;
  }

  /** Appends the low 32 bits. */
  int32(value: int): void {
    this.#base.storeInt32(this.length, value | 0);
    this.length += 4;
  }

  /** Replaces the byte at an offset. */
  patch8(at: int, value: int): void {
    this.#base.storeUInt8(at, value & 255);
  }

  /** Replaces 32 bits at an offset. */
  patch32(at: int, value: int): void {
    this.#base.storeInt32(at, value | 0);
  }

  byteAt(at: int): int {
    return this.#base.loadUInt8(at);
  }

  int32At(at: int): int {
    return this.#base.loadInt32(at);
  }

  /** Copies everything to memory at `target`. */
  copyTo(target: Address): void {
    rawCopy(this.#base, target, this.length);
  }
}
