/** The semispace collector on Node, over simulated memory, under random programs, against a model of plain objects. */
import { beforeEach, describe, expect, test } from "vitest";
import {
  identity_hash,
  malloc_slow,
  malloc_varsize_slow,
  setup,
  weakref_create,
} from "../../gc/collectors/semispace.ts";
import { setShadowTop, shadowTop, VM_SHADOW_BASE } from "../../gc/collectors/vm.ts";
import {
  TYPE_FLAGS,
  TYPE_HAS_ITEM_POINTERS,
  TYPE_HAS_POINTERS,
  TYPE_IS_LEAF,
  TYPE_IS_VARSIZED,
  TYPE_IS_WEAKREF,
  TYPE_ITEM_POINTERS,
  TYPE_ITEM_SIZE,
  TYPE_ITEMS_OFFSET,
  TYPE_LENGTH_OFFSET,
  TYPE_POINTERS,
  TYPE_SIZE,
} from "../../gc/typetable.ts";
import { type Address, NULL_ADDRESS, rawMalloc, resetSimulatedMemory, symbolAddress } from "../../rlib/lowlevel.ts";
import { Random } from "../kit/random-graphs.ts";

const WORD = 8;
const PAIR = 64;
const LIST = 192;
const BYTES = 320;
const LENGTH_OFFSET = WORD;
const ITEMS_OFFSET = 2 * WORD;

interface EntryText {
  readonly size: number;
  readonly itemSize?: number;
  readonly flags: number;
  readonly pointers?: readonly number[];
  readonly itemPointers?: readonly number[];
}

function writeEntry(id: number, { size, itemSize = 0, flags, pointers = [], itemPointers = [] }: EntryText): void {
  const entry = symbolAddress("rts_types").add(id);
  entry.storeInt32(TYPE_SIZE, size);
  entry.storeInt32(TYPE_ITEM_SIZE, itemSize);
  entry.storeInt32(TYPE_LENGTH_OFFSET, itemSize === 0 ? 0 : LENGTH_OFFSET);
  entry.storeInt32(TYPE_ITEMS_OFFSET, itemSize === 0 ? 0 : ITEMS_OFFSET);
  entry.storeInt32(TYPE_FLAGS, flags);
  entry.storeInt32(TYPE_POINTERS, 40);
  entry.storeInt32(40, pointers.length);
  for (const [i, offset] of pointers.entries()) entry.storeInt32(44 + 4 * i, offset);
  entry.storeInt32(TYPE_ITEM_POINTERS, 80);
  entry.storeInt32(80, itemPointers.length);
  for (const [i, offset] of itemPointers.entries()) entry.storeInt32(84 + 4 * i, offset);
}

const VARSIZED_REFERENCES = TYPE_IS_VARSIZED | TYPE_HAS_ITEM_POINTERS;

beforeEach(() => {
  resetSimulatedMemory();
  writeEntry(PAIR, { size: 4 * WORD, flags: TYPE_HAS_POINTERS, pointers: [WORD, 2 * WORD] });
  writeEntry(LIST, { size: ITEMS_OFFSET, itemSize: WORD, flags: VARSIZED_REFERENCES, itemPointers: [0] });
  writeEntry(BYTES, { size: ITEMS_OFFSET, itemSize: 1, flags: TYPE_IS_VARSIZED | TYPE_IS_LEAF });
  const weak = symbolAddress("tid.WeakRef").toInt();
  // A type id is an offset into the region; the simulated symbol's is large, so its entry lies behind both symbols.
  rawMalloc(16 * 1024);
  writeEntry(weak, { size: 3 * WORD, flags: TYPE_IS_WEAKREF | TYPE_IS_LEAF });
  const stack = rawMalloc(64 * 1024);
  symbolAddress("rts_vm").storeAddress(VM_SHADOW_BASE * WORD, stack);
  setShadowTop(stack);
});

/** What an object should be. */
interface Model {
  readonly kind: "pair" | "list" | "bytes" | "weak";
  readonly refs: (Model | null)[];
  readonly value: number;
  hash: number | null;
}

/** A shadow stack of roots kept beside a stack of models. */
class World {
  readonly models: (Model | null)[] = [];

  push(model: Model | null, object: Address): void {
    const top = shadowTop();
    top.storeAddress(0, object);
    setShadowTop(top.add(WORD));
    this.models.push(model);
  }

  at(i: number): Address {
    return symbolAddress("rts_vm")
      .loadAddress(VM_SHADOW_BASE * WORD)
      .loadAddress(i * WORD);
  }

  pop(): void {
    setShadowTop(shadowTop().add(-WORD));
    this.models.pop();
  }
}

function allocate(world: World, random: Random): void {
  const pickIndex = (): number => random.below(world.models.length + 1) - 1;
  const kind = random.pick(["pair", "pair", "list", "bytes", "weak"] as const);
  const value = random.below(200);
  if (kind === "pair") {
    const object = malloc_slow(PAIR, 4 * WORD);
    const [a, b] = [pickIndex(), pickIndex()];
    object.storeAddress(WORD, a < 0 ? NULL_ADDRESS : world.at(a));
    object.storeAddress(2 * WORD, b < 0 ? NULL_ADDRESS : world.at(b));
    object.storeWord(3 * WORD, value);
    world.push({ kind, refs: [world.models[a] ?? null, world.models[b] ?? null], value, hash: null }, object);
  } else if (kind === "list") {
    const n = random.below(20);
    const object = malloc_varsize_slow(LIST, ITEMS_OFFSET + n * WORD, n, LENGTH_OFFSET);
    const refs = Array.from({ length: n }, (_v, i) => {
      const at = pickIndex();
      object.storeAddress(ITEMS_OFFSET + i * WORD, at < 0 ? NULL_ADDRESS : world.at(at));
      return world.models[at] ?? null;
    });
    world.push({ kind, refs, value: n, hash: null }, object);
  } else if (kind === "bytes") {
    // Large enough that collections happen within a short program.
    const n = 20000 + value;
    const object = malloc_varsize_slow(BYTES, (ITEMS_OFFSET + n + 7) & ~7, n, LENGTH_OFFSET);
    object.storeUInt8(ITEMS_OFFSET + n - 1, value);
    world.push({ kind, refs: [], value, hash: null }, object);
  } else if (world.models.length > 0) {
    const at = random.below(world.models.length);
    const model = world.models[at] as Model;
    world.push({ kind, refs: [model], value: 0, hash: null }, weakref_create(world.at(at)));
  }
}

/** Compares a real object with its model, following references. */
function verify(model: Model | null, object: Address, seen: Map<Model, number>): void {
  if (model === null) {
    expect(object.isNull()).toBe(true);
    return;
  }
  const known = seen.get(model);
  if (known !== undefined) {
    expect(object.toInt()).toBe(known);
    return;
  }
  seen.set(model, object.toInt());
  if (model.hash !== null) expect(identity_hash(object)).toBe(model.hash);
  if (model.kind === "pair") {
    expect(object.loadWord(3 * WORD)).toBe(model.value);
    for (const i of [0, 1]) verify(model.refs[i] ?? null, object.loadAddress((i + 1) * WORD), seen);
  } else if (model.kind === "list") {
    expect(object.loadWord(LENGTH_OFFSET)).toBe(model.refs.length);
    for (const [i, ref] of model.refs.entries()) verify(ref, object.loadAddress(ITEMS_OFFSET + i * WORD), seen);
  } else if (model.kind === "bytes") {
    expect(object.loadUInt8(ITEMS_OFFSET + 20000 + model.value - 1)).toBe(model.value);
  }
}

/** Strongly reachable models. */
function reachable(world: World): Set<Model> {
  const found = new Set<Model>();
  const visit = (model: Model | null): void => {
    if (model === null || found.has(model)) return;
    found.add(model);
    if (model.kind !== "weak") for (const ref of model.refs) visit(ref);
  };
  for (const model of world.models) visit(model);
  return found;
}

function verifyWorld(world: World, collected: boolean): void {
  const seen = new Map<Model, number>();
  for (const [i, model] of world.models.entries()) verify(model, world.at(i), seen);
  const alive = reachable(world);
  for (const model of alive) {
    if (model.kind !== "weak") continue;
    const target = model.refs[0] as Model;
    const address = seen.get(model);
    if (address === undefined) continue;
    const held = symbolAddress("rts_vm")
      .add(address - symbolAddress("rts_vm").toInt())
      .loadAddress(WORD);
    if (alive.has(target)) expect(held.toInt()).toBe(seen.get(target));
    else if (collected) expect(held.isNull()).toBe(true);
  }
}

function runProgram(seed: number, steps: number, verifyEvery: number, stress: boolean): void {
  const random = new Random(seed);
  const world = new World();
  setShadowTop(symbolAddress("rts_vm").loadAddress(VM_SHADOW_BASE * WORD));
  for (let step = 0; step < steps; step++) {
    if (world.models.length > 30 || random.below(5) === 0) {
      for (let i = random.below(world.models.length + 1); i > 0; i--) world.pop();
    } else {
      allocate(world, random);
    }
    if (world.models.length > 0 && random.below(4) === 0) {
      const i = random.below(world.models.length);
      const model = world.models[i] as Model;
      const hash = identity_hash(world.at(i));
      if (model.hash !== null) expect(hash).toBe(model.hash);
      model.hash = hash;
    }
    if (step % verifyEvery === 0) verifyWorld(world, false);
  }
  // Under stress each allocation collects, so after one more the weak references are decided.
  if (stress) {
    malloc_slow(PAIR, 4 * WORD);
    verifyWorld(world, true);
  }
}

describe("semispace over simulated memory", () => {
  test("random programs keep what the model keeps", () => {
    setup();
    for (let seed = 1; seed <= 5; seed++) runProgram(seed, 600, 20, false);
  });

  test("the same with a collection at every allocation and poisoned old space", () => {
    symbolAddress("rts_gc_stress").storeWord(0, 1);
    setup();
    for (let seed = 11; seed <= 13; seed++) runProgram(seed, 60, 3, true);
  });
});
