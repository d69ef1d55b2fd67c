// The model that the soak program (`main.ts`) holds its heap against: which object refers to which, in arrays of
// numbers, which no collector follows. An object of the heap knows its number here; numbers are used again when the
// model finds that nothing can reach their objects.
import type { int } from "rtypescript/rlib";

/** Places for references that one object has at most. */
export const LINKS: int = 8;
export const NONE: int = -1;

// What an object is. The numbers stand in the arrays below.
export const PAIR: int = 0;
export const LIST: int = 1;
export const ARRAY: int = 2;
export const TEXT: int = 3;
export const BYTES: int = 4;
export const TABLE: int = 5;
export const KEYED: int = 6;
export const CLOSURE: int = 7;
export const WEAK: int = 8;
export const KINDS: int = 9;

// States of a finalizer.
export const NO_FINALIZER: int = 0;
export const REGISTERED: int = 1;
export const FINALIZED: int = 2;

/** Numbers that look random, the same on every machine. */
export class Random {
  #state: int;
  constructor(seed: int) {
    this.#state = (seed * 7919 + 104729) | 0;
  }
  /** At least 0, less than n. */
  below(n: int): int {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x | 0;
    return (x & 0x7fffffff) % n;
  }
  /** True once in n times. */
  once(n: int): boolean {
    return this.below(n) === 0;
  }
}

/** Ends the program with what is wrong. */
export function fail(what: string): never {
  throw new Error(`the heap is not what the model says: ${what}`);
}

export class Model {
  readonly capacity: int;
  readonly kind: Int32Array;
  /** What the contents are computed from. */
  readonly seed: Int32Array;
  /** Numbers of the objects referred to, LINKS for each object; the link of a WEAK does not keep alive. */
  readonly links: Int32Array;
  /** Where in an ARRAY a link stands, its key in a TABLE. */
  readonly places: Int32Array;
  /** Identity hash; NONE if nobody asked. */
  readonly hash: Int32Array;
  readonly finalizer: Int32Array;
  /** Number of the last marking that reached the object. */
  readonly #reached: Int32Array;
  readonly #work: Int32Array;
  readonly #free: Int32Array;
  #freeCount: int = 0;
  #marking: int = 0;

  constructor(capacity: int) {
    this.capacity = capacity;
    this.kind = new Int32Array(capacity);
    this.seed = new Int32Array(capacity);
    this.links = new Int32Array(capacity * LINKS);
    this.places = new Int32Array(capacity * LINKS);
    this.hash = new Int32Array(capacity);
    this.finalizer = new Int32Array(capacity);
    this.#reached = new Int32Array(capacity);
    this.#work = new Int32Array(capacity);
    this.#free = new Int32Array(capacity);
    for (let i = capacity - 1; i >= 0; i--) {
      this.#free[this.#freeCount] = i;
      this.#freeCount += 1;
    }
  }

  get isFull(): boolean {
    return this.#freeCount === 0;
  }

  /** A number for a new object. */
  add(kind: int, seed: int): int {
    this.#freeCount -= 1;
    const id = this.#free[this.#freeCount];
    this.kind[id] = kind;
    this.seed[id] = seed;
    this.hash[id] = NONE;
    this.finalizer[id] = NO_FINALIZER;
    for (let k = 0; k < LINKS; k++) {
      this.links[id * LINKS + k] = NONE;
      this.places[id * LINKS + k] = NONE;
    }
    this.#reached[id] = this.#marking;
    return id;
  }

  link(id: int, k: int): int {
    return this.links[id * LINKS + k];
  }

  setLink(id: int, k: int, to: int): void {
    this.links[id * LINKS + k] = to;
  }

  /** Marks what the roots reach. */
  markFrom(roots: Int32Array): void {
    this.#marking += 1;
    for (let i = 0; i < roots.length; i++) if (roots[i] !== NONE) this.#markFrom(roots[i]);
  }

  /** Marks what one object reaches, and nothing else. */
  markFromOne(id: int): void {
    this.#marking += 1;
    this.#markFrom(id);
  }

  #markFrom(root: int): void {
    if (this.#reached[root] === this.#marking) return;
    this.#reached[root] = this.#marking;
    let top = 0;
    this.#work[top] = root;
    top += 1;
    while (top > 0) {
      top -= 1;
      const id = this.#work[top];
      if (this.kind[id] === WEAK) continue;
      for (let k = 0; k < LINKS; k++) {
        const to = this.links[id * LINKS + k];
        if (to === NONE || this.#reached[to] === this.#marking) continue;
        this.#reached[to] = this.#marking;
        this.#work[top] = to;
        top += 1;
      }
    }
  }

  /** How many objects the roots reach. */
  countFrom(roots: Int32Array): int {
    this.markFrom(roots);
    let count = 0;
    for (let id = 0; id < this.capacity; id++) if (this.isReached(id)) count += 1;
    return count;
  }

  /** Did the last marking reach it? */
  isReached(id: int): boolean {
    return this.#reached[id] === this.#marking;
  }

  /**
   * Takes the numbers of all objects that nothing can reach any more: not the roots, not an object whose finalizer
   * has still to run. WEAK objects forget targets whose numbers go.
   */
  collect(roots: Int32Array): void {
    this.markFrom(roots);
    for (let id = 0; id < this.capacity; id++) if (this.finalizer[id] === REGISTERED) this.#markFrom(id);
    for (let id = 0; id < this.capacity; id++) {
      if (this.kind[id] !== WEAK || !this.isReached(id)) continue;
      const to = this.link(id, 0);
      if (to !== NONE && !this.isReached(to)) this.setLink(id, 0, NONE);
    }
    this.#freeCount = 0;
    for (let id = this.capacity - 1; id >= 0; id--) {
      if (this.isReached(id)) continue;
      this.finalizer[id] = NO_FINALIZER;
      this.kind[id] = NONE;
      this.#free[this.#freeCount] = id;
      this.#freeCount += 1;
    }
  }
}
