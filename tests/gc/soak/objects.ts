// The objects of the soak program: one class for each way in which RTypeScript keeps references, each able to compare
// itself with the model. Contents are computed from a seed, so that the model need not keep them.
import { type int, type WeakReference, weakRef } from "rtypescript/rlib";
import { fail, LINKS, type Model, NONE, Random } from "./model.ts";

/** An object that the model knows by its number. */
export abstract class Thing {
  readonly id: int;
  readonly seed: int;
  constructor(id: int, seed: int) {
    this.id = id;
    this.seed = seed;
  }
  /** Puts a reference into place k, 0 ≤ k < LINKS. */
  abstract put(k: int, to: Thing | null, model: Model): void;
  /** What is in place k. */
  abstract get(k: int, model: Model): Thing | null;
  /** Compares what the object holds besides references. */
  checkContents(_model: Model): void {}
}

/** References in fields; places above 1 share the second field's list-free neighbours. */
export class Pair extends Thing {
  a: Thing | null = null;
  b: Thing | null = null;
  readonly x: int;
  readonly y: number;
  constructor(id: int, seed: int) {
    super(id, seed);
    this.x = seed * 3;
    this.y = seed + 0.5;
  }
  override put(k: int, to: Thing | null, _model: Model): void {
    if (k === 0) this.a = to;
    else this.b = to;
  }
  override get(k: int, _model: Model): Thing | null {
    return k === 0 ? this.a : k === 1 ? this.b : null;
  }
  override checkContents(_model: Model): void {
    if (this.x !== this.seed * 3 || this.y !== this.seed + 0.5) fail(`fields of ${this.id}`);
  }
}

/** A list that grows and shrinks. */
export class List extends Thing {
  items: (Thing | null)[] = [];
  override put(k: int, to: Thing | null, _model: Model): void {
    while (this.items.length <= k) this.items.push(null);
    this.items[k] = to;
  }
  override get(k: int, _model: Model): Thing | null {
    return k < this.items.length ? this.items[k] : null;
  }
  /** Copies the items into another list, as growing does. */
  renew(): void {
    this.items = this.items.slice();
  }
}

/** A list of fixed size, small or so large that a collector keeps it apart; few of its places are used. */
export class FixedArray extends Thing {
  readonly items: (Thing | null)[];
  constructor(id: int, seed: int, length: int) {
    super(id, seed);
    this.items = new Array<Thing | null>(length).fill(null);
  }
  override put(k: int, to: Thing | null, model: Model): void {
    const at = model.places[this.id * LINKS + k];
    if (at !== NONE) this.items[at] = null;
    const place = (k * this.items.length) / LINKS + ((this.seed + k * 31) % (this.items.length / LINKS));
    const index = Math.floor(place);
    model.places[this.id * LINKS + k] = index;
    this.items[index] = to;
  }
  override get(k: int, model: Model): Thing | null {
    const at = model.places[this.id * LINKS + k];
    return at === NONE ? null : this.items[at];
  }
  /** Moves the used places of the upper half down by one and up again, overlapping. */
  shuffle(): void {
    const half = this.items.length >> 1;
    const first = this.items[half];
    for (let i = half + 1; i < this.items.length; i++) this.items[i - 1] = this.items[i];
    for (let i = this.items.length - 1; i > half; i--) this.items[i] = this.items[i - 1];
    this.items[half] = first;
  }
}

/** The text of a seed. */
export function textOf(seed: int): string {
  let text = "";
  const random = new Random(seed);
  for (let n = random.below(12); n >= 0; n--) text += String.fromCharCode(0x20 + random.below(0x500));
  return `${text}:${seed}`;
}

/** No references: a string, cut and joined, with a hash that is computed late. */
export class Text extends Thing {
  readonly text: string;
  readonly parts: string[];
  constructor(id: int, seed: int) {
    super(id, seed);
    this.text = textOf(seed);
    this.parts = [this.text.slice(0, 2), this.text.slice(2)];
  }
  override put(_k: int, _to: Thing | null, _model: Model): void {}
  override get(_k: int, _model: Model): Thing | null {
    return null;
  }
  override checkContents(_model: Model): void {
    if (this.text !== textOf(this.seed) || this.parts.join("") !== this.text) fail(`text of ${this.id}`);
  }
}

/** Raw storage, sometimes large. */
export class Bytes extends Thing {
  readonly bytes: Uint8Array;
  readonly numbers: Float64Array;
  constructor(id: int, seed: int, length: int) {
    super(id, seed);
    this.bytes = new Uint8Array(length);
    for (let i = 0; i < length; i += 61) this.bytes[i] = seed + i;
    this.numbers = new Float64Array(3);
    this.numbers[2] = seed / 7;
  }
  override put(_k: int, _to: Thing | null, _model: Model): void {}
  override get(_k: int, _model: Model): Thing | null {
    return null;
  }
  override checkContents(_model: Model): void {
    for (let i = 0; i < this.bytes.length; i++) {
      if (this.bytes[i] !== (i % 61 === 0 ? (this.seed + i) & 255 : 0)) fail(`byte ${i} of ${this.id}`);
    }
    if (this.numbers[2] !== this.seed / 7 || this.numbers[0] !== 0) fail(`numbers of ${this.id}`);
  }
}

/** References as values of a map with strings as keys, which are forgotten and made anew. */
export class Table extends Thing {
  readonly entries = new Map<string, Thing>();
  override put(k: int, to: Thing | null, _model: Model): void {
    const key = `${this.seed}/${k}`;
    if (to === null) this.entries.delete(key);
    else this.entries.set(key, to);
  }
  override get(k: int, _model: Model): Thing | null {
    return this.entries.get(`${this.seed}/${k}`) ?? null;
  }
  override checkContents(_model: Model): void {
    for (const [key, value] of this.entries) {
      if (!key.startsWith(`${this.seed}/`) || value.id < 0) fail(`entry ${key} of ${this.id}`);
    }
  }
}

/** References as keys by identity: found again only if hashes stay while objects move. */
export class Keyed extends Thing {
  readonly places = new Map<Thing, int>();
  readonly #members = new Set<Thing>();
  override put(k: int, to: Thing | null, model: Model): void {
    const old = this.get(k, model);
    if (old !== null) {
      const mask = (this.places.get(old) ?? 0) & ~(1 << k);
      if (mask === 0) {
        this.places.delete(old);
        this.#members.delete(old);
      } else this.places.set(old, mask);
    }
    if (to === null) return;
    this.places.set(to, (this.places.get(to) ?? 0) | (1 << k));
    this.#members.add(to);
  }
  override get(k: int, _model: Model): Thing | null {
    for (const [thing, mask] of this.places) if ((mask & (1 << k)) !== 0) return thing;
    return null;
  }
  override checkContents(_model: Model): void {
    for (const [thing, mask] of this.places) {
      if ((this.places.get(thing) ?? 0) !== mask || !this.#members.has(thing)) fail(`key ${thing.id} of ${this.id}`);
    }
    if (this.#members.size !== this.places.size) fail(`keys of ${this.id}`);
  }
}

/** A reference that only a function holds. */
export class Closure extends Thing {
  call: (n: int) => Thing | null = () => null;
  override put(_k: int, to: Thing | null, _model: Model): void {
    const own = this.seed;
    this.call = (n) => (n === own ? to : null);
  }
  override get(k: int, _model: Model): Thing | null {
    return k === 0 ? this.call(this.seed) : null;
  }
  override checkContents(_model: Model): void {
    if (this.call(this.seed + 1) !== null) fail(`closure ${this.id}`);
  }
}

/** A reference that keeps nothing alive. */
export class Weak extends Thing {
  ref: WeakReference<Thing> | null = null;
  override put(_k: int, to: Thing | null, _model: Model): void {
    this.ref = to === null ? null : weakRef(to);
  }
  override get(k: int, _model: Model): Thing | null {
    return k === 0 && this.ref !== null ? this.ref.get() : null;
  }
}
