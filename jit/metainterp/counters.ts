/**
 * Counters that tell what is hot: a table indexed by hashes of positions. Two positions that share a slot share a
 * count, which at worst traces one of them early; a map would cost an allocation for each position ever passed.
 *
 * Counts decay with time measured in ticks, so that what is run now and then over hours never becomes hot.
 */

import { intAnd } from "../../rlib/bits.ts";
import { newList } from "../../rlib/collections.ts";
import type { int } from "../../rlib/types.ts";

const SLOTS = 4096;
/** Ticks between two decays. */
const PERIOD = 1 << 18;

export class Counters {
  readonly #counts: int[];
  #untilDecay: int = PERIOD;
  /** Thousandths of its value that a count loses at a decay. */
  decay: int = 40;

  constructor() {
    this.#counts = newList(SLOTS, 0);
  }

  /** Counts one passage of a position; true when it makes `threshold` passages, and then the count starts again. */
  tick(hash: int, threshold: int): boolean {
    const slot = intAnd(hash, SLOTS - 1);
    const count = this.#counts[slot] + 1;
    this.#untilDecay--;
    if (this.#untilDecay === 0) this.#decayAll();
    if (count >= threshold) {
      this.#counts[slot] = 0;
      return true;
    }
    this.#counts[slot] = count;
    return false;
  }

  /** Makes the next passages reach the threshold after `n` more. */
  setRemaining(hash: int, threshold: int, n: int): void {
    this.#counts[intAnd(hash, SLOTS - 1)] = threshold > n ? threshold - n : 0;
  }

  #decayAll(): void {
    this.#untilDecay = PERIOD;
    for (let i = 0; i < SLOTS; i++) {
      const count = this.#counts[i];
      this.#counts[i] = count - Math.floor((count * this.decay) / 1000);
    }
  }
}
