// Memory for machine code: one region below 2 GB, given out in pieces and taken back.
//
// Free pieces are kept in order of their addresses and joined with their neighbours; the first one that is large enough
// is taken. Loops live long and are few, so this needs to be compact rather than fast.

import { ControlFlow } from "../../../../rlib/errors.ts";
import { external } from "../../../../rlib/external.ts";
import { type Address, addressOf } from "../../../../rlib/lowlevel.ts";
import { type int, int32, nothing, int as word } from "../../../../rlib/types.ts";

const reserve = external("rts_code_reserve", [word], word, { node: () => 0 });
const discard = external("rts_code_discard", [word, word], nothing, { node: () => {} });
const protect = external("rts_code_protect", [word, word, int32], nothing, { node: () => {} });

/** Pieces are multiples of this, so that code starts at a line of the cache. */
const UNIT = 64;
/** Pages are given back from here on. */
const LARGE = 65536;

/** There is no room for more code. */
export class CodeMemoryFull extends ControlFlow {}

export class CodeMemory {
  /** Bytes in use, and how many may be. */
  used: int;
  limit: int;
  /** Code is never writable and executable at once. */
  readonly strict: boolean;
  #start: int;
  #size: int;
  /** Free pieces by address. */
  readonly #freeAt: int[];
  readonly #freeBytes: int[];

  constructor(limit: int, strict: boolean) {
    this.used = 0;
    this.limit = limit;
    this.strict = strict;
    this.#start = 0;
    this.#size = 0;
    this.#freeAt = [];
    this.#freeBytes = [];
  }

  /** A piece for so many bytes; throws CodeMemoryFull. */
  allocate(bytes: int): Address {
    if (this.#start === 0) this.#open();
    const needed = (bytes + UNIT - 1) & -UNIT;
    if (this.used + needed > this.limit) throw new CodeMemoryFull();
    for (let i = 0; i < this.#freeAt.length; i++) {
      if ((this.#freeBytes[i] as int) < needed) continue;
      const at = this.#freeAt[i] as int;
      this.#freeAt[i] = at + needed;
      this.#freeBytes[i] = (this.#freeBytes[i] as int) - needed;
      if (this.#freeBytes[i] === 0) {
        this.#freeAt.splice(i, 1);
        this.#freeBytes.splice(i, 1);
      }
      this.used += needed;
      return addressOf(at);
    }
    throw new CodeMemoryFull();
  }

  #open(): void {
    let size = (this.limit * 2 + LARGE - 1) & -LARGE;
    this.#start = reserve(size);
    while (this.#start === 0 && size > LARGE) {
      size = (size >> 1) & -LARGE;
      this.#start = reserve(size);
    }
    if (this.#start === 0) throw new CodeMemoryFull();
    this.#size = size;
    this.#freeAt.push(this.#start);
    this.#freeBytes.push(size);
    if (this.strict) protect(this.#start, size, 0);
  }

  /** Takes back a piece. */
  free(piece: Address, bytes: int): void {
    const at = piece.toInt();
    const size = (bytes + UNIT - 1) & -UNIT;
    this.used -= size;
    let i = 0;
    while (i < this.#freeAt.length && (this.#freeAt[i] as int) < at) i += 1;
    this.#freeAt.splice(i, 0, at);
    this.#freeBytes.splice(i, 0, size);
    this.#join(i);
    if (i > 0) this.#join(i - 1);
    if (size >= LARGE) discard((at + 4095) & -4096, (size - 8192) & -4096);
  }

  /** Joins a free piece with the next one if they touch. */
  #join(i: int): void {
    if (i + 1 >= this.#freeAt.length) return;
    if ((this.#freeAt[i] as int) + (this.#freeBytes[i] as int) !== this.#freeAt[i + 1]) return;
    this.#freeBytes[i] = (this.#freeBytes[i] as int) + (this.#freeBytes[i + 1] as int);
    this.#freeAt.splice(i + 1, 1);
    this.#freeBytes.splice(i + 1, 1);
  }

  /** Before bytes of code are written. */
  open(at: Address, bytes: int): void {
    if (this.strict) protect(at.toInt(), bytes, 1);
  }

  /** After they were written. */
  close(at: Address, bytes: int): void {
    if (this.strict) protect(at.toInt(), bytes, 0);
  }

  /** Is an address within the region? */
  contains(address: int): boolean {
    return address >= this.#start && address < this.#start + this.#size;
  }
}
