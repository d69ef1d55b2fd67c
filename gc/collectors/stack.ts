// A growing stack of addresses outside the heap: work lists, remembered sets, lists of large objects. Its memory is
// doubled when it is full and kept when it is empty.
import { type Address, NULL_ADDRESS, rawCopy, rawFree, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { rawMallocOrDie } from "./memory.ts";

const FIRST_WORDS = 512;

export class AddressStack {
  #base: Address = NULL_ADDRESS;
  #top: Address = NULL_ADDRESS;
  #end: Address = NULL_ADDRESS;

  push(value: Address): void {
    if (this.#top.equals(this.#end)) this.#grow();
    this.#top.storeAddress(0, value);
    this.#top = this.#top.add(wordBytes());
  }

  /** Removes the last address; the stack is not empty. */
  pop(): Address {
    const top = this.#top.add(-wordBytes());
    this.#top = top;
    return top.loadAddress(0);
  }

  get isEmpty(): boolean {
    return this.#top.equals(this.#base);
  }

  /** Number of addresses times the word size. */
  get bytes(): int {
    return this.#top.diff(this.#base);
  }

  /** Where the slots are; valid until the next push. */
  get base(): Address {
    return this.#base;
  }

  /** Keeps only the first so many bytes of slots. */
  cut(bytes: int): void {
    this.#top = this.#base.add(bytes);
  }

  /** Starts without memory: whatever there was belongs to an earlier life of the simulated memory. */
  reset(): void {
    this.#base = NULL_ADDRESS;
    this.#top = NULL_ADDRESS;
    this.#end = NULL_ADDRESS;
  }

  #grow(): void {
    const used = this.#top.diff(this.#base);
    const bytes = used === 0 ? FIRST_WORDS * wordBytes() : 2 * used;
    const base = rawMallocOrDie(bytes);
    if (used > 0) {
      rawCopy(this.#base, base, used);
      rawFree(this.#base, used);
    }
    this.#base = base;
    this.#top = base.add(used);
    this.#end = base.add(bytes);
  }
}
