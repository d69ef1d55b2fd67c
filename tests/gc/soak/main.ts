// A program that allocates, links, drops and finds objects at random, and holds its heap against a model all the time.
// It tests collectors: run natively with any of them, plain or under stress; on Node it prints the same.
//
//     soak SEED STEPS SIZE [CHECKS]      one random program of so many steps, over about SIZE objects at a time
//
// CHECKS: 0 no finalizers, 1 finalizers run, 2 also weak references are empty after a full collection (the default
// natively; conservative collectors do not promise it).
//
// It prints what it did and how it ended; a difference is an uncaught error. What it prints does not depend on when
// collections happen, so it is the same for all collectors, and on Node.
import { gc, identityHash, type int, keepAlive, onFinalize, parseInteger, wordBits } from "rtypescript/rlib";
import {
  ARRAY,
  BYTES,
  CLOSURE,
  FINALIZED,
  fail,
  KEYED,
  KINDS,
  LINKS,
  LIST,
  Model,
  NONE,
  PAIR,
  Random,
  REGISTERED,
  TABLE,
  TEXT,
  WEAK,
} from "./model.ts";
import { Bytes, Closure, FixedArray, Keyed, List, Pair, Table, Text, type Thing, Weak } from "./objects.ts";

export const target = () => ({ entry: main, name: "soak" });

/** Roots are a quarter of the objects there may be. */
const ROOT_SHARE: int = 4;
/** Room of the model for objects that are dead and not yet known to be: times the size. */
const MODEL_SHARE: int = 4;
const MOST_FINALIZERS: int = 500;

// Values of the argument CHECKS.
const FINALIZERS: int = 1;
const WEAK_DIE: int = 2;

/** Numbers of objects whose finalizers ran, in order. Finalizers run in the midst of anything, so they only write this. */
class Finalized {
  readonly ids: Int32Array;
  readonly seeds: Int32Array;
  count: int = 0;
  constructor(capacity: int) {
    this.ids = new Int32Array(capacity);
    this.seeds = new Int32Array(capacity);
  }
}

class Soak {
  readonly random: Random;
  readonly model: Model;
  readonly roots: (Thing | null)[];
  readonly rootIds: Int32Array;
  readonly finalized: Finalized;
  readonly size: int;
  readonly checks: int;
  registered: int = 0;
  made: int = 0;
  linked: int = 0;
  checked: int = 0;
  /** Depends on everything that was read. */
  sum: int = 0;

  constructor(seed: int, size: int, checks: int) {
    this.random = new Random(seed);
    this.size = size;
    this.checks = checks;
    this.model = new Model(size * MODEL_SHARE);
    const count = Math.floor(size / ROOT_SHARE);
    this.roots = new Array<Thing | null>(count).fill(null);
    this.rootIds = new Int32Array(count).fill(NONE);
    this.finalized = new Finalized(size * MODEL_SHARE);
  }

  /** An index of a root that holds something; NONE if there was none in a few tries. */
  pickRoot(): int {
    for (let tries = 0; tries < 8; tries++) {
      const i = this.random.below(this.roots.length);
      if (this.rootIds[i] !== NONE) return i;
    }
    return NONE;
  }

  makeThing(): Thing {
    const kind = this.random.below(KINDS);
    const seed = this.random.below(1000000);
    const id = this.model.add(kind, seed);
    this.made += 1;
    if (kind === PAIR) return new Pair(id, seed);
    if (kind === LIST) return new List(id, seed);
    if (kind === ARRAY)
      return new FixedArray(id, seed, this.random.once(20) ? 8 * (500 + (seed & 2047)) : 8 + 8 * (seed & 7));
    if (kind === TEXT) return new Text(id, seed);
    if (kind === BYTES) return new Bytes(id, seed, this.random.once(20) ? 20000 + (seed & 0xffff) : seed & 255);
    if (kind === TABLE) return new Table(id, seed);
    if (kind === KEYED) return new Keyed(id, seed);
    return kind === CLOSURE ? new Closure(id, seed) : new Weak(id, seed);
  }

  /** A new object, linked to some others, in a root. */
  make(): void {
    if (this.made % (this.size >> 2) === 0) this.limit();
    if (this.model.isFull) this.collectModel();
    for (let tries = 0; this.model.isFull && tries < 10; tries++) {
      gc.collect();
      this.collectModel();
    }
    if (this.model.isFull) fail("finalizers do not run");
    const thing = this.makeThing();
    for (let n = this.random.below(3); n > 0; n--) {
      const i = this.pickRoot();
      if (i !== NONE) this.putLink(thing, this.random.below(this.placesOf(thing)), this.roots[i]);
    }
    this.setRoot(this.random.below(this.roots.length), thing, thing.id);
    const wants = this.random.once(16);
    if (wants && this.checks >= FINALIZERS && this.registered < MOST_FINALIZERS) this.register(thing);
  }

  /** Drops half of the roots when they reach too much. */
  limit(): void {
    if (this.model.countFrom(this.rootIds) <= this.size >> 1) return;
    for (let i = 0; i < this.roots.length; i += 2) this.setRoot(i, null, NONE);
  }

  setRoot(i: int, thing: Thing | null, id: int): void {
    this.roots[i] = thing;
    this.rootIds[i] = id;
  }

  /** How many places for references objects of its kind have; at least 1, which may be unused. */
  placesOf(thing: Thing): int {
    const kind = this.model.kind[thing.id];
    if (kind === PAIR) return 2;
    return kind === CLOSURE || kind === WEAK || kind === TEXT || kind === BYTES ? 1 : LINKS;
  }

  putLink(from: Thing, k: int, to: Thing | null): void {
    const kind = this.model.kind[from.id];
    if (kind === TEXT || kind === BYTES) return;
    from.put(k, to, this.model);
    this.model.setLink(from.id, k, to === null ? NONE : to.id);
    this.linked += 1;
  }

  register(thing: Thing): void {
    const finalized = this.finalized;
    this.model.finalizer[thing.id] = REGISTERED;
    this.registered += 1;
    onFinalize(thing, (o: Thing) => {
      finalized.ids[finalized.count] = o.id;
      finalized.seeds[finalized.count] = o.seed;
      finalized.count += 1;
    });
  }

  /** What the finalizers that ran were about: unreachable objects, once each, before those they refer to. */
  settleFinalizers(): void {
    const finalized = this.finalized;
    // The count can rise while this runs; what comes then is looked at next time.
    const count = finalized.count;
    if (count === 0) return;
    this.model.markFrom(this.rootIds);
    for (let i = 0; i < count; i++) {
      const id = finalized.ids[i];
      if (this.model.finalizer[id] !== REGISTERED) fail(`object ${id} was finalized though it has no finalizer`);
      if (this.model.seed[id] !== finalized.seeds[i]) fail(`object ${id} has wrong contents when it is finalized`);
      if (this.model.isReached(id)) fail(`object ${id} was finalized but can be reached`);
    }
    for (let i = 0; i < count; i++) this.checkOrder(finalized.ids[i], i, count);
    for (let i = 0; i < count; i++) this.model.finalizer[finalized.ids[i]] = FINALIZED;
    for (let i = count; i < finalized.count; i++) {
      finalized.ids[i - count] = finalized.ids[i];
      finalized.seeds[i - count] = finalized.seeds[i];
    }
    finalized.count -= count;
    this.registered -= count;
  }

  /** Objects finalized before this one, unless they lie in a circle with it, are not among what it reaches. */
  checkOrder(id: int, index: int, _count: int): void {
    if (index === 0) return;
    this.model.markFromOne(id);
    for (let i = 0; i < index; i++) {
      const earlier = this.finalized.ids[i];
      if (!this.model.isReached(earlier)) continue;
      this.model.markFromOne(earlier);
      if (!this.model.isReached(id)) fail(`object ${earlier} was finalized before ${id}, which refers to it`);
      this.model.markFromOne(id);
    }
  }

  collectModel(): void {
    this.settleFinalizers();
    this.model.collect(this.rootIds);
  }

  /** Compares one object with the model and gives what stands in a random place of it. */
  visit(thing: Thing): Thing | null {
    const { model } = this;
    const id = thing.id;
    if (id < 0 || id >= model.capacity || model.seed[id] !== thing.seed) fail(`object ${id} with seed ${thing.seed}`);
    thing.checkContents(model);
    if (model.hash[id] !== NONE && model.hash[id] !== (identityHash(thing) & 0xffffff)) fail(`hash of ${id}`);
    const places = this.placesOf(thing);
    for (let k = 0; k < places; k++) this.compare(thing, k);
    this.checked += 1;
    return model.kind[id] === WEAK ? null : thing.get(this.random.below(places), model);
  }

  compare(thing: Thing, k: int): void {
    const held = thing.get(k, this.model);
    const expected = this.model.link(thing.id, k);
    if (this.model.kind[thing.id] === WEAK) {
      if (held !== null && expected !== NONE && held.id !== expected) fail(`weak reference ${thing.id} has ${held.id}`);
    } else if (held !== null) {
      if (held.id !== expected) fail(`place ${k} of ${thing.id} holds ${held.id} and should hold ${expected}`);
      if (held.seed !== this.model.seed[expected]) fail(`object ${expected} in place ${k} of ${thing.id}`);
      this.sum = (this.sum * 31 + held.seed) & 0xffffff;
    } else if (expected !== NONE) {
      fail(`place ${k} of ${thing.id} should hold ${expected}`);
    }
  }

  /** Follows references from a root, comparing what it passes; may keep what it finds. */
  walk(): void {
    const i = this.pickRoot();
    if (i === NONE) return;
    let thing = this.roots[i];
    for (let n = 0; thing !== null && n < 20; n++) {
      const next = this.visit(thing);
      if (next === null) break;
      thing = next;
    }
    if (thing !== null && this.random.once(3)) this.setRoot(this.random.below(this.roots.length), thing, thing.id);
  }

  /**
   * Compares everything that can be reached. `isFresh`: a full collection came after the model's, so weak references
   * whose targets it found dead must be empty.
   */
  checkAll(isFresh: boolean): void {
    const { model } = this;
    model.markFrom(this.rootIds);
    const seen = new Uint8Array(model.capacity);
    const work: Thing[] = [];
    for (const root of this.roots) if (root !== null) work.push(root);
    while (work.length > 0) {
      const thing = work.pop() as Thing;
      if (seen[thing.id] !== 0) continue;
      seen[thing.id] = 1;
      this.visit(thing);
      if (model.kind[thing.id] === WEAK) {
        this.checkWeak(thing, isFresh);
        continue;
      }
      for (let k = this.placesOf(thing) - 1; k >= 0; k--) {
        const next = thing.get(k, model);
        if (next !== null) work.push(next);
      }
    }
    for (let id = 0; id < model.capacity; id++) {
      if (model.isReached(id) !== (seen[id] !== 0)) fail(`object ${id} can be reached in one world only`);
    }
  }

  checkWeak(thing: Thing, isFresh: boolean): void {
    const to = this.model.link(thing.id, 0);
    const held = thing.get(0, this.model);
    if (held === null && to !== NONE && this.model.isReached(to)) fail(`weak reference ${thing.id} lost ${to}`);
    if (held !== null && to === NONE && isFresh) fail(`weak reference ${thing.id} still has ${held.id}`);
  }

  /** The end of a program: after some collections every finalizer that is due has run. */
  finish(): void {
    for (let n = 0; n < 3; n++) {
      gc.collect();
      this.settleFinalizers();
    }
    this.collectModel();
    gc.collect();
    this.checkAll(this.checks >= WEAK_DIE);
  }

  hash(): void {
    const i = this.pickRoot();
    if (i === NONE) return;
    const thing = this.roots[i];
    if (thing === null) return;
    const hash = identityHash(thing) & 0xffffff;
    const known = this.model.hash[thing.id];
    if (known !== NONE && known !== hash) fail(`hash of ${thing.id} was ${known} and is ${hash}`);
    this.model.hash[thing.id] = hash;
  }

  /** Objects on the stack of many frames, in locals and in an error, while others are made. */
  descend(depth: int): Thing | null {
    const i = this.pickRoot();
    const held = i === NONE ? null : this.roots[i];
    const seed = held === null ? 0 : held.seed;
    if (depth === 0) {
      for (let n = 0; n < 20; n++) this.churn();
      if (this.random.once(2)) throw new Error(textLike(seed));
      return held;
    }
    const found = this.descend(depth - 1);
    if (held !== null && held.seed !== seed) fail(`object ${held.id} in a local variable`);
    return this.random.once(2) ? held : found;
  }

  recurse(): void {
    try {
      const found = this.descend(this.random.below(100));
      if (found !== null) this.visit(found);
    } catch (e) {
      if (!(e instanceof Error) || !e.message.startsWith("of ")) throw e;
      this.sum = (this.sum + e.message.length) & 0xffffff;
    }
  }

  /** Garbage of all sizes. */
  churn(): void {
    const n = this.random.below(1000);
    const words = [textLike(n), textLike(n + 1)];
    const pair = new Pair(NONE, n);
    const big = this.random.once(50) ? new Array<string>(3000).fill(words[0]) : words;
    const joined = words.join("-");
    this.sum = (this.sum + joined.length + big.length + pair.x) & 0xffffff;
  }

  /** Lists that are copied and moved within themselves, with everything in them. */
  rearrange(): void {
    const i = this.pickRoot();
    if (i === NONE) return;
    const thing = this.roots[i];
    if (thing instanceof List) thing.renew();
    else if (thing instanceof FixedArray) thing.shuffle();
  }

  relink(): void {
    const [i, j] = [this.pickRoot(), this.pickRoot()];
    if (i === NONE || j === NONE) return;
    const from = this.roots[i];
    if (from !== null)
      this.putLink(from, this.random.below(this.placesOf(from)), this.random.once(5) ? null : this.roots[j]);
  }

  step(): void {
    const what = this.random.below(100);
    if (what < 25) this.make();
    else if (what < 45) this.relink();
    else if (what < 60) this.setRoot(this.random.below(this.roots.length), null, NONE);
    else if (what < 75) this.walk();
    else if (what < 85) this.churn();
    else if (what < 92) this.hash();
    else if (what < 97) this.rearrange();
    else this.recurse();
    this.settleFinalizers();
  }
}

function textLike(n: int): string {
  return `of ${n}`;
}

function argument(argv: string[], index: int, otherwise: int): int {
  return index < argv.length ? (parseInteger(argv[index], 10) ?? otherwise) : otherwise;
}

function main(argv: string[]): int {
  const seed = argument(argv, 0, 1);
  const steps = argument(argv, 1, 10000);
  const size = argument(argv, 2, 2000);
  const soak = new Soak(seed, size, wordBits() === 53 ? 0 : argument(argv, 3, WEAK_DIE));
  for (let n = 1; n <= steps; n++) {
    soak.step();
    if (n % 2000 === 0) soak.checkAll(false);
  }
  soak.finish();
  console.log(`seed ${seed}: ${soak.made} made, ${soak.linked} links, ${soak.checked} compared, ${soak.sum}`);
  keepAlive(soak);
  return 0;
}
