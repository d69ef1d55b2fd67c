// product, permutations and combinations of itertools.
import { type int, newList } from "rtypescript/rlib";
import { functionN, newKw, newN } from "../objects/builtin.ts";
import { W_NativeIterator } from "../objects/iterators.ts";
import { typeError, valueError, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { unpack } from "../objects/space.ts";
import { newtuple } from "../objects/tuple.ts";
import type { W_Type } from "../objects/type.ts";
import { iteratorType, tee, w_itertools } from "./itertools.ts";
import { functions } from "./registry.ts";

const w_product = iteratorType("product");
const w_permutations = iteratorType("permutations");
const w_combinations = iteratorType("combinations");
const w_combinations_with_replacement = iteratorType("combinations_with_replacement");

function pick(pool: W_Root[], indices: int[]): W_Root {
  const items: W_Root[] = [];
  for (let i: int = 0; i < indices.length; i++) items.push(pool[indices[i]]);
  return newtuple(items);
}

class W_Product extends W_NativeIterator {
  readonly pools: W_Root[][];
  readonly indices: int[];
  started: boolean;
  stopped: boolean;
  constructor(pools: W_Root[][]) {
    super();
    this.pools = pools;
    this.indices = newList<int>(pools.length, 0);
    this.started = false;
    this.stopped = false;
    for (const pool of pools) if (pool.length === 0) this.stopped = true;
  }
  override nativeClass(): W_Type {
    return w_product;
  }
  override next(): W_Root | null {
    if (this.stopped) return null;
    const indices = this.indices;
    if (this.started) {
      let i: int = indices.length - 1;
      for (; i >= 0; i--) {
        indices[i] += 1;
        if (indices[i] < this.pools[i].length) break;
        indices[i] = 0;
      }
      if (i < 0) {
        this.stopped = true;
        return null;
      }
    }
    this.started = true;
    const items: W_Root[] = [];
    for (let i: int = 0; i < indices.length; i++) items.push(this.pools[i][indices[i]]);
    return newtuple(items);
  }
}
newKw(w_product, (args, names) => {
  const given: int = args.length - names.length;
  let times: int = 1;
  for (let k: int = 0; k < names.length; k++) {
    if (names[k] !== "repeat") throw typeError(`'${names[k]}' is an invalid keyword argument for product()`);
    times = intArgument(args[given + k]);
    if (times < 0) throw valueError("repeat argument cannot be negative");
  }
  const once: W_Root[][] = [];
  for (let i: int = 1; i < given; i++) once.push(unpack(args[i]));
  const pools: W_Root[][] = [];
  for (let t: int = 0; t < times; t++) for (const pool of once) pools.push(pool);
  return new W_Product(pools).withClass(args[0]);
});

class W_Permutations extends W_NativeIterator {
  readonly pool: W_Root[];
  readonly indices: int[];
  readonly cycles: int[];
  readonly r: int;
  started: boolean;
  stopped: boolean;
  constructor(pool: W_Root[], r: int) {
    super();
    const n: int = pool.length;
    this.pool = pool;
    this.r = r;
    this.indices = newList<int>(n, 0);
    for (let i: int = 0; i < n; i++) this.indices[i] = i;
    this.cycles = newList<int>(r, 0);
    for (let i: int = 0; i < r; i++) this.cycles[i] = n - i;
    this.started = false;
    this.stopped = r > n;
  }
  override nativeClass(): W_Type {
    return w_permutations;
  }
  override next(): W_Root | null {
    if (this.stopped) return null;
    if (this.started && !this.#advance()) {
      this.stopped = true;
      return null;
    }
    this.started = true;
    const items: W_Root[] = [];
    for (let i: int = 0; i < this.r; i++) items.push(this.pool[this.indices[i]]);
    return newtuple(items);
  }
  #advance(): boolean {
    const n: int = this.pool.length;
    const indices = this.indices;
    const cycles = this.cycles;
    for (let i: int = this.r - 1; i >= 0; i--) {
      cycles[i] -= 1;
      if (cycles[i] === 0) {
        const index = indices[i];
        for (let j: int = i; j < n - 1; j++) indices[j] = indices[j + 1];
        indices[n - 1] = index;
        cycles[i] = n - i;
      } else {
        const j: int = n - cycles[i];
        const index = indices[i];
        indices[i] = indices[j];
        indices[j] = index;
        return true;
      }
    }
    return false;
  }
}
newN(w_permutations, "iterable, r=None", (args) => {
  const pool = unpack(args[1]);
  const r = args[2] === w_None ? pool.length : intArgument(args[2]);
  if (r < 0) throw valueError("r must be non-negative");
  return new W_Permutations(pool, r).withClass(args[0]);
});

/** Combinations, with or without repeated items. */
class W_Combinations extends W_NativeIterator {
  readonly pool: W_Root[];
  readonly indices: int[];
  readonly repeats: boolean;
  started: boolean;
  stopped: boolean;
  constructor(pool: W_Root[], r: int, repeats: boolean) {
    super();
    this.pool = pool;
    this.repeats = repeats;
    this.indices = newList<int>(r, 0);
    if (!repeats) for (let i: int = 0; i < r; i++) this.indices[i] = i;
    this.started = false;
    this.stopped = repeats ? r > 0 && pool.length === 0 : r > pool.length;
  }
  override nativeClass(): W_Type {
    return this.repeats ? w_combinations_with_replacement : w_combinations;
  }
  override next(): W_Root | null {
    if (this.stopped) return null;
    if (this.started && !this.#advance()) {
      this.stopped = true;
      return null;
    }
    this.started = true;
    return pick(this.pool, this.indices);
  }
  #advance(): boolean {
    const indices = this.indices;
    const n: int = this.pool.length;
    const r: int = indices.length;
    for (let i: int = r - 1; i >= 0; i--) {
      const most: int = this.repeats ? n - 1 : i + n - r;
      if (indices[i] === most) continue;
      const first: int = indices[i] + 1;
      for (let j: int = i; j < r; j++) indices[j] = this.repeats ? first : first + j - i;
      return true;
    }
    return false;
  }
}
newN(w_combinations, "iterable, r", (args) => {
  const r = intArgument(args[2]);
  if (r < 0) throw valueError("r must be non-negative");
  return new W_Combinations(unpack(args[1]), r, false).withClass(args[0]);
});
newN(w_combinations_with_replacement, "iterable, r", (args) => {
  const r = intArgument(args[2]);
  if (r < 0) throw valueError("r must be non-negative");
  return new W_Combinations(unpack(args[1]), r, true).withClass(args[0]);
});

functions(w_itertools, [functionN("tee", "iterable, n=2, /", (args) => tee(args[0], intArgument(args[1])))]);
