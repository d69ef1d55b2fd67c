// Building strings piece by piece.
import type { char, int } from "./types.ts";

/** Collects pieces of text; appending takes constant time on average. @intrinsic class */
export class StringBuilder {
  #text = "";
  /** UTF-16 units so far. */
  get length(): int {
    return this.#text.length;
  }
  /** Adds a string. */
  append(s: string): void {
    this.#text += s;
  }
  /** Adds one UTF-16 unit; nothing for the empty char. */
  appendChar(c: char): void {
    this.#text += c;
  }
  /** All that was added; the builder may be used further. */
  build(): string {
    return this.#text;
  }
}
