// The data behind a block's code while it is made: floats, wide ints, maps of frames; and the block's references.
import { floatHighBits, floatLowBits, intShr } from "../../../../rlib/bits.ts";
import { type Address, type GcRef, sameObject } from "../../../../rlib/lowlevel.ts";
import type { float, int } from "../../../../rlib/types.ts";
import { CodeBuffer } from "../encoder/buffer.ts";
import type { Frame } from "../frame.ts";

export class DataPool {
  readonly #bytes: CodeBuffer;
  /** Offsets of the eight-byte entries. */
  readonly #entries: int[];
  readonly references: (GcRef | null)[];
  /** Offset of the last map, and what it says. */
  #lastMap: int;
  #lastPlaces: int[];

  constructor() {
    this.#bytes = new CodeBuffer();
    this.#entries = [];
    this.references = [];
    this.#lastMap = -1;
    this.#lastPlaces = [];
  }

  clear(): void {
    this.#bytes.clear();
    this.#entries.length = 0;
    this.references.length = 0;
    this.#lastMap = -1;
    this.#lastPlaces = [];
  }

  get length(): int {
    return this.#bytes.length;
  }

  copyTo(target: Address): void {
    this.#bytes.copyTo(target);
  }

  /** Offset of a float. */
  float(value: float): int {
    return this.#entry(floatLowBits(value), floatHighBits(value));
  }

  /** Offset of an int, in eight bytes. */
  word(value: int): int {
    return this.#entry(value, intShr(value, 32));
  }

  /** Offset of eight bytes, at a multiple of eight. */
  #entry(low: int, high: int): int {
    for (const at of this.#entries)
      if (this.#bytes.int32At(at) === (low | 0) && this.#bytes.int32At(at + 4) === (high | 0)) return at;
    this.#bytes.reserve();
    if ((this.#bytes.length & 7) !== 0) this.#bytes.int32(0);
    const at = this.#bytes.length;
    this.#bytes.int32(low);
    this.#bytes.int32(high);
    this.#entries.push(at);
    return at;
  }

  /** Index of a reference in the block's table. */
  reference(ref: GcRef | null): int {
    for (let i = 0; i < this.references.length; i++) if (sameObject(this.references[i], ref)) return i;
    this.references.push(ref);
    return this.references.length - 1;
  }

  /** Offset of a map of these places of a frame: their count, then their distances from the frame's address. */
  map(places: readonly int[], frame: Frame): int {
    if (this.#lastMap >= 0 && equal(places, this.#lastPlaces)) return this.#lastMap;
    this.#lastPlaces = places.slice();
    this.#lastMap = this.#bytes.length;
    this.#bytes.reserve();
    this.#bytes.int32(places.length);
    for (const place of places) {
      this.#bytes.reserve();
      this.#bytes.int32(frame.offsetOf(place));
    }
    return this.#lastMap;
  }
}

function equal(a: readonly int[], b: readonly int[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
