/** Numbers as bytes, seven bits each, lowest first: the form of resume data. */
import { newList } from "../../rlib/collections.ts";
import type { int } from "../../rlib/types.ts";

/** Collects numbers. Used again for each guard. */
export class ByteWriter {
  #bytes: int[] = newList(256, 0);
  #length: int = 0;

  get length(): int {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** A number that is not negative. */
  number(n: int): void {
    let rest = n;
    while (rest >= 128) {
      this.#byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  #byte(byte: int): void {
    if (this.#length === this.#bytes.length) {
      const larger: int[] = newList(this.#length * 2, 0);
      for (let i = 0; i < this.#length; i++) larger[i] = this.#bytes[i];
      this.#bytes = larger;
    }
    this.#bytes[this.#length] = byte;
    this.#length++;
  }

  /** What another writer collected. */
  append(other: ByteWriter): void {
    for (let i = 0; i < other.#length; i++) this.#byte(other.#bytes[i]);
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    for (let i = 0; i < this.#length; i++) bytes[i] = this.#bytes[i];
    return bytes;
  }
}

/** Reads them again. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  at: int = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): int {
    let byte = this.#bytes[this.at];
    this.at++;
    if (byte < 128) return byte;
    let n = byte - 128;
    let unit = 128;
    for (;;) {
      byte = this.#bytes[this.at];
      this.at++;
      if (byte < 128) return n + byte * unit;
      n += (byte - 128) * unit;
      unit *= 128;
    }
  }
}
