/**
 * Random programs over a collector: they allocate, link, drop, hash, hold weakly and finalize, and compare every object
 * that can be reached with its model. One seed gives one program.
 */
import type { Collector } from "../../../gc/interface.ts";
import { typeIdOf } from "../../../gc/typetable.ts";
import { type Address, NULL_ADDRESS } from "../../../rlib/lowlevel.ts";
import { Random } from "../../kit/random-graphs.ts";
import { Model, reachableFrom } from "./model.ts";
import {
  addressAt,
  BOX,
  BYTES,
  EMPTY,
  type Entries,
  FRAME,
  INSTANCE,
  LINK,
  LIST,
  PAIR,
  ROWS,
  type Shape,
  WEAK_REF,
  WEAK_TABLE,
  WIDE,
  WORD,
  World,
  type WorldOptions,
} from "./world.ts";

/** How a program goes. */
export interface ProgramOptions extends WorldOptions {
  readonly seed: number;
  readonly steps: number;
  /** Everything is compared every so many steps. */
  readonly verifyEvery: number;
  /** Items of the largest arrays. */
  readonly largest: number;
}

/** How the program of a seed goes: the seed is all that is needed to repeat it. */
export function optionsOf(seed: number, steps: number): ProgramOptions {
  const random = new Random(seed * 31 + 7);
  const stress = random.below(4) === 0;
  return {
    seed,
    steps: stress ? Math.ceil(steps / 5) : steps,
    verifyEvery: stress ? 10 : 50,
    largest: random.pick([40, 600, 4000, 12000]),
    stress,
    verify: random.below(3) === 0,
    nursery: random.pick([0, 4096, 16384, 65536]),
    max: 0,
  };
}

/** What a program did, for reports. */
export interface Outcome {
  readonly allocated: number;
  readonly collections: number;
  readonly compared: number;
  readonly finalized: number;
  readonly weakDied: number;
}

const FIXED = [EMPTY, BOX, LINK, PAIR, PAIR, PAIR, WIDE, INSTANCE] as const;
const VARSIZED = [LIST, LIST, FRAME, ROWS, BYTES, WEAK_TABLE] as const;
/** Numbers in objects, one for each; not those of prebuilt ones. */
const FIRST_NUMBER = 100;
const MOST_ROOTS = 30;
const MOST_FINALIZERS = 12;

export class Program {
  readonly #options: ProgramOptions;
  readonly #random: Random;
  readonly #world: World;
  /** What the slots of the shadow stack should hold. */
  readonly #roots: (Model | null)[] = [];
  #exception: Model | null = null;
  readonly #prebuilt: readonly Model[];
  /** Objects with finalizers that were not handed out yet, in order of registration. */
  readonly #registered: Model[] = [];
  #allocated = 0;
  #compared = 0;
  #finalized = 0;
  #weakDied = 0;

  constructor(collector: Collector, entries: Entries, options: ProgramOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#world = new World(collector, entries, this.#random, options);
    this.#prebuilt = this.#prebuild();
  }

  #fail(what: string): never {
    throw new Error(`seed ${this.#options.seed}: ${what}`);
  }

  #prebuild(): Model[] {
    const wanted = [PAIR, PAIR, LIST, INSTANCE, ROWS, WIDE, LIST].map((shape, i) => ({
      shape,
      length: shape.item === null ? 0 : i === 6 ? 300 : 7,
      hash: i % 2 === 1 ? 1000 + i : null,
    }));
    const places = this.#world.prebuild(wanted);
    const models = wanted.map(({ shape, length, hash }, i) => {
      const place = places[i] as Address;
      const model = new Model(shape, length, i, place.toInt(), true);
      model.hash = hash;
      this.#writeNumbers(model, place);
      return model;
    });
    // Prebuilt data refers to prebuilt data only until the program runs.
    for (const [i, model] of models.entries()) {
      if (model.refs.length === 0) continue;
      const to = models[(i + 3) % models.length] as Model;
      model.refs[0] = to;
      (places[i] as Address).storeAddress(model.slot(0).offset, addressAt(to.place as number));
    }
    return models;
  }

  /** Runs the whole program; throws when the heap is not as it should be. */
  run(): Outcome {
    const { steps, verifyEvery, stress } = this.#options;
    for (let step = 1; step <= steps; step++) {
      this.#step();
      if (this.#random.below(3) > 0) this.#runFinalizers();
      if (step % verifyEvery === 0) this.#verify();
    }
    this.#finish();
    const collections = this.#world.statistic("minorCollections") + this.#world.statistic("majorCollections");
    if (stress && collections < this.#allocated / 8) this.#fail(`${collections} collections under stress`);
    return {
      allocated: this.#allocated,
      collections,
      compared: this.#compared,
      finalized: this.#finalized,
      weakDied: this.#weakDied,
    };
  }

  #step(): void {
    const random = this.#random;
    const what = random.below(100);
    if (this.#roots.length > MOST_ROOTS) this.#drop(random.below(this.#roots.length + 1));
    else if (what < 30) this.#allocateFixed();
    else if (what < 40) this.#allocateVarsized();
    else if (what < 46) this.#makeWeak();
    else if (what < 66) this.#link();
    else if (what < 71) this.#copyItems();
    else if (what < 79) this.#follow();
    else if (what < 84) this.#hash();
    else if (what < 89) this.#register();
    else if (what < 91) this.#throwOrCatch();
    else if (what < 94) this.#collect(random.below(3) === 0);
    else this.#drop(random.below(6));
  }

  // Roots.

  #push(model: Model | null, object: Address): void {
    this.#roots.push(model);
    this.#world.push(object);
  }

  #drop(count: number): void {
    for (let n = Math.min(count, this.#roots.length); n > 0; n--) {
      this.#roots.pop();
      this.#world.pop();
    }
  }

  /** Some object that the program has at hand. */
  #pick(): { readonly model: Model; readonly object: Address } | null {
    const i = this.#random.below(this.#roots.length + this.#prebuilt.length);
    if (i >= this.#roots.length) {
      const model = this.#prebuilt[i - this.#roots.length] as Model;
      return { model, object: addressAt(model.place as number) };
    }
    const model = this.#roots[i] ?? null;
    return model === null ? null : { model, object: this.#world.root(i) };
  }

  // Allocation.

  #writeNumbers(model: Model, object: Address): void {
    const { shape } = model;
    if (shape.value !== null) object.storeWord(shape.value, model.value);
    const item = shape.item;
    if (item === null || item.value === null) return;
    for (let i = 0; i < model.length; i++) {
      const at = shape.size + i * item.size + item.value;
      if (item.size === 1) object.storeUInt8(at, model.itemValue(i));
      else object.storeWord(at, model.itemValue(i));
    }
  }

  /** Memory is not limited in these programs. */
  #require<T>(made: T | null): T {
    return made ?? this.#fail("an allocation was refused");
  }

  #allocateFixed(): void {
    const random = this.#random;
    if (!this.#world.collector.inlineAllocation || random.below(4) === 0) {
      const shape = random.pick(FIXED);
      this.#born(shape, 0, this.#require(this.#world.allocateSlow(shape, 0, false)), true);
      return;
    }
    const wanted: { shape: Shape; length: number }[] = [];
    for (let n = random.below(4); n >= 0; n--) {
      const shape = random.below(6) === 0 ? random.pick([LIST, BYTES, FRAME]) : random.pick(FIXED);
      wanted.push({ shape, length: shape.item === null ? 0 : random.below(12) });
    }
    const made = this.#require(this.#world.allocateInline(wanted));
    for (const [i, { shape, length }] of wanted.entries()) this.#born(shape, length, made[i] as Address, true);
  }

  #allocateVarsized(): void {
    const random = this.#random;
    const shape = random.pick(VARSIZED);
    const size = random.below(10);
    const most = size < 6 ? 12 : size < 9 ? 200 : this.#options.largest;
    const length = shape === BYTES ? random.below(most * 30) : random.below(most);
    const isPinned = shape === BYTES && this.#world.has("malloc_pinned") && random.below(3) === 0;
    const object = this.#require(this.#world.allocateSlow(shape, length, isPinned));
    this.#born(shape, length, object, false, isPinned);
  }

  /** Fills a new object; `isNew`: initialising stores need no barrier. */
  #born(shape: Shape, length: number, object: Address, isNew: boolean, isPinned = false): void {
    this.#allocated++;
    const model = new Model(shape, length, FIRST_NUMBER + this.#allocated, isPinned ? object.toInt() : null);
    this.#requireZero(model, object);
    this.#writeNumbers(model, object);
    for (let n = Math.min(4, model.refs.length); n > 0; n--) {
      const to = this.#pick();
      if (to === null) continue;
      const k = this.#random.below(model.refs.length);
      model.refs[k] = to.model;
      const { offset, index } = model.slot(k);
      if (isNew) this.#world.initialise(object, offset, to.object);
      else this.#world.store(object, offset, index, to.object, to.model.isPrebuilt);
    }
    this.#push(model, object);
  }

  #requireZero(model: Model, object: Address): void {
    const bytes = this.#world.sizeOf(model.shape, model.length);
    const from = model.shape.item === null ? WORD : 2 * WORD;
    for (let at = from; at < bytes; at += WORD)
      if (object.loadWord(at) !== 0) this.#fail(`a new ${model.shape.name} is not zeroed at ${at}`);
    if (model.shape.item !== null && object.loadWord(WORD) !== model.length) this.#fail("a new object's length");
  }

  #makeWeak(): void {
    const to = this.#pick();
    if (to === null) return;
    const made = this.#require(this.#world.weakReference(to.object));
    this.#allocated++;
    const model = new Model(WEAK_REF, 0, 0);
    model.refs[0] = to.model;
    this.#push(model, made);
  }

  // Stores and reads.

  #link(): void {
    const [from, to] = [this.#pick(), this.#random.below(6) === 0 ? null : this.#pick()];
    if (from === null || from.model.refs.length === 0 || from.model.shape === WEAK_REF) return;
    const k = this.#random.below(from.model.refs.length);
    const { offset, index } = from.model.slot(k);
    if (from.model.shape === WEAK_TABLE) this.#settleEntry(from.model, index, from.object);
    this.#world.store(from.object, offset, index, to?.object ?? NULL_ADDRESS, to?.model.isPrebuilt ?? true);
    from.model.refs[k] = to?.model ?? null;
  }

  /** Copies items of one list into another, or within one, after reporting the range. */
  #copyItems(): void {
    const [from, to] = [this.#pick(), this.#pick()];
    if (from === null || to === null || from.model.shape !== LIST || to.model.shape !== LIST) return;
    const count = this.#random.below(Math.min(from.model.length, to.model.length) + 1);
    const si = this.#random.below(from.model.length - count + 1);
    const di = this.#random.below(to.model.length - count + 1);
    if (count === 0) return;
    this.#world.rangeBarrier(to.object, di, count);
    const items = from.model.refs.slice(si, si + count);
    const addresses = items.map((_item, i) => from.object.loadAddress(from.model.slot(si + i).offset));
    for (const [i, item] of items.entries()) {
      to.model.refs[di + i] = item;
      this.#world.initialise(to.object, to.model.slot(di + i).offset, addresses[i] as Address);
    }
  }

  /** Makes what an object refers to a root, weakly held objects too. */
  #follow(): void {
    const from = this.#pick();
    if (from === null || from.model.refs.length === 0) return;
    const { model, object } = from;
    const k = this.#random.below(model.refs.length);
    const held = object.loadAddress(model.shape === WEAK_REF ? WORD : model.slot(k).offset);
    if (model.shape === WEAK_REF) this.#settleWeak(model, held);
    if (model.shape === WEAK_TABLE) this.#settleEntry(model, k >> 1, object);
    const found = model.refs[k] ?? null;
    // What a finalizer that is due was registered for is not for the program to find again before.
    if (found === null || !this.#mayBeDue(found)) this.#push(found, held);
  }

  #hash(): void {
    const from = this.#pick();
    if (from === null) return;
    const hash = this.#world.identityHash(from.object);
    if (from.model.hash !== null && from.model.hash !== hash) this.#fail(`hash was ${from.model.hash} and is ${hash}`);
    from.model.hash = hash;
  }

  #throwOrCatch(): void {
    const what = this.#exception === null ? this.#pick() : null;
    this.#exception = what?.model ?? null;
    this.#world.setException(what?.object ?? NULL_ADDRESS);
  }

  #collect(everything: boolean): void {
    this.#world.collect(everything);
    this.#verify();
  }

  /** Whether the object is kept by a finalizer only, which may be due already. */
  #mayBeDue(model: Model): boolean {
    const strong = this.#strong();
    if (strong.has(model)) return false;
    return reachableFrom(this.#registered.filter((registered) => !strong.has(registered))).has(model);
  }

  // Weak references.

  /** Everything that the program itself can get at. */
  #strong(): Set<Model> {
    return reachableFrom([...this.#roots, this.#exception, ...this.#prebuilt]);
  }

  /** What a weak reference shows: null only if nothing else refers to its target, and then for ever. */
  #settleWeak(model: Model, held: Address): void {
    const target = model.refs[0] ?? null;
    if (target === null) {
      if (!held.isNull()) this.#fail("a weak reference came back to life");
      return;
    }
    if (!held.isNull()) return;
    if (this.#strong().has(target)) this.#fail(`a weak reference lost a ${target.shape.name}`);
    model.refs[0] = null;
    this.#weakDied++;
  }

  /** The same for an entry of a weak table. */
  #settleEntry(model: Model, i: number, object: Address): void {
    const key = model.refs[2 * i] ?? null;
    if (!object.loadAddress(model.slot(2 * i).offset).isNull()) return;
    // An entry that never had a key may lose its value.
    if (key === null) {
      if (object.loadAddress(model.slot(2 * i + 1).offset).isNull()) model.refs[2 * i + 1] = null;
      return;
    }
    if (this.#strong().has(key)) this.#fail(`a weak table lost a ${key.shape.name}`);
    if (!object.loadAddress(model.slot(2 * i + 1).offset).isNull()) this.#fail("a weak table kept a dead key's value");
    model.refs[2 * i] = null;
    model.refs[2 * i + 1] = null;
    this.#weakDied++;
  }

  // Finalizers.

  #register(): void {
    const from = this.#pick();
    if (from === null || from.model.isPrebuilt || from.model.shape.value === null) return;
    if (this.#registered.length >= MOST_FINALIZERS) return;
    if (!this.#world.has("register_finalizer") || this.#registered.includes(from.model)) return;
    const callback = this.#random.pick(this.#prebuilt);
    this.#world.registerFinalizer(from.object, addressAt(callback.place as number));
    from.model.callbacks.push(callback);
    this.#registered.push(from.model);
  }

  /** Takes what is due; the program has not seen these objects since, for it takes them at once or without looking around. */
  #runFinalizers(): void {
    if (!this.#world.has("next_finalizer")) return;
    for (let next = this.#world.nextFinalizer(); next !== null; next = this.#world.nextFinalizer()) {
      this.#finalize(next.object, next.callback);
    }
  }

  #finalize(object: Address, callback: Address): void {
    const model = this.#findRegistered(object);
    if (callback.toInt() !== model.callbacks[0]?.place) this.#fail("a finalizer came with another's callback");
    // What a weak table keeps alive counts for no order: its owner does not refer to it.
    for (const other of this.#registered) {
      if (other === model || !reachableFrom([other], false).has(model)) continue;
      if (!reachableFrom([model], false).has(other)) this.#fail("an object was finalized before one that refers to it");
    }
    this.#registered.splice(this.#registered.indexOf(model), 1);
    model.callbacks.shift();
    this.#finalized++;
    this.#compare(model, object, new Map(), new Map());
    if (this.#random.below(3) === 0) this.#push(model, object);
  }

  /** Which registered object this is: no two objects have one number. */
  #findRegistered(object: Address): Model {
    const found = this.#registered.find(
      ({ shape, value }) =>
        typeIdOf(object) === this.#world.typeId(shape) && object.loadWord(shape.value as number) === value,
    );
    if (found === undefined) this.#fail("an object was finalized that has no finalizer");
    if (this.#strong().has(found)) this.#fail("an object was finalized that can be reached");
    return found;
  }

  // Comparing.

  /** Compares everything the program can get at. */
  #verify(): void {
    const seen = new Map<Model, number>();
    const owners = new Map<number, Model>();
    for (const [i, model] of this.#roots.entries()) this.#compare(model, this.#world.root(i), seen, owners);
    this.#compare(this.#exception, this.#world.exception(), seen, owners);
    for (const model of this.#prebuilt) this.#compare(model, addressAt(model.place as number), seen, owners);
  }

  /** Compares an object and what it refers to with the model; `seen` and `owners` make it one to one. */
  #compare(root: Model | null, at: Address, seen: Map<Model, number>, owners: Map<number, Model>): void {
    const work: { model: Model; object: Address }[] = [];
    const add = (model: Model | null, object: Address): void => {
      if (model === null) {
        if (!object.isNull()) this.#fail("a reference that should be null");
        return;
      }
      if (object.isNull()) this.#fail(`a ${model.shape.name} was lost`);
      const known = seen.get(model);
      if (known !== undefined) {
        if (known !== object.toInt()) this.#fail(`a ${model.shape.name} is in two places`);
        return;
      }
      if (owners.has(object.toInt())) this.#fail(`a ${model.shape.name} is where another object is`);
      seen.set(model, object.toInt());
      owners.set(object.toInt(), model);
      work.push({ model, object });
    };
    add(root, at);
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      const { model, object } = next;
      this.#compareContents(model, object);
      if (model.shape === WEAK_REF) {
        const held = object.loadAddress(WORD);
        this.#settleWeak(model, held);
        // A target that nothing else refers to may be there still; then it is whole.
        if (model.refs[0] !== null) add(model.refs[0] as Model, held);
        continue;
      }
      for (const [k, ref] of model.refs.entries()) {
        if (model.shape === WEAK_TABLE) this.#settleEntry(model, k >> 1, object);
        const current = model.shape === WEAK_TABLE ? (model.refs[k] ?? null) : ref;
        add(current, object.loadAddress(model.slot(k).offset));
      }
    }
  }

  #compareContents(model: Model, object: Address): void {
    this.#compared++;
    const { shape } = model;
    const wrong = (what: string): never => this.#fail(`${what} of a ${shape.name}`);
    if (model.place !== null && model.place !== object.toInt()) wrong("place");
    if (shape.value !== null && object.loadWord(shape.value) !== model.value) wrong("value");
    if (shape.item !== null && object.loadWord(WORD) !== model.length) wrong("length");
    if (model.hash !== null && this.#world.identityHash(object) !== model.hash) wrong("hash");
    const item = shape.item;
    if (item === null || item.value === null) return;
    for (let i = 0; i < model.length; i++) {
      const at = shape.size + i * item.size + item.value;
      const held = item.size === 1 ? object.loadUInt8(at) : object.loadWord(at);
      if (held !== model.itemValue(i)) wrong(`item ${i}`);
    }
  }

  // The end.

  /** When the program drops everything, all finalizers run, weak references are empty and the heap is as small as at first. */
  #finish(): void {
    this.#runFinalizers();
    this.#verify();
    const kept = this.#random.below(this.#roots.length + 1);
    this.#drop(this.#roots.length - kept);
    this.#exception = null;
    this.#world.setException(NULL_ADDRESS);
    for (let n = 0; n <= MOST_FINALIZERS + 1; n++) {
      this.#world.collect(true);
      this.#runFinalizers();
      this.#drop(this.#roots.length - kept);
    }
    this.#world.collect(true);
    const strong = this.#strong();
    for (const model of this.#registered)
      if (!strong.has(model) && this.#world.has("next_finalizer"))
        this.#fail(`the finalizer of a ${model.shape.name} was not called`);
    this.#verify();
    this.#requireWeakDead(reachableFrom([...strong, ...this.#registered]));
  }

  /** After a full collection dead targets and keys are gone. */
  #requireWeakDead(alive: ReadonlySet<Model>): void {
    for (const model of alive) {
      if (model.shape === WEAK_REF) {
        const target = model.refs[0] ?? null;
        if (target !== null && !alive.has(target)) this.#fail(`a weak reference still has a dead ${target.shape.name}`);
      } else if (model.shape === WEAK_TABLE) {
        for (let i = 0; i < model.length; i++) {
          const key = model.refs[2 * i] ?? null;
          if (key !== null && !alive.has(key)) this.#fail(`a weak table still has a dead ${key.shape.name}`);
        }
      }
    }
  }
}
