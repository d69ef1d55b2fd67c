/**
 * Objects as they should be: plain objects that refer to each other, with their numbers, hashes and whether they must
 * be alive. Nothing here knows how a collector works; weak references and finalizers follow what `rlib/gc.ts` promises.
 */
import { BYTES, type Shape, WEAK_REF, WEAK_TABLE } from "./world.ts";

/** What an object should be. */
export class Model {
  readonly shape: Shape;
  /** Number of items. */
  readonly length: number;
  /** References: those of the fixed part, then those of the items. A weak reference has its target here. */
  readonly refs: (Model | null)[];
  /** The number in the fixed part, or the seed of the items' numbers. */
  readonly value: number;
  hash: number | null = null;
  /** Where a prebuilt or pinned object stands for ever; null for the others. */
  readonly place: number | null;
  readonly isPrebuilt: boolean;
  /** How often a finalizer was registered that was not handed out yet, by the callbacks. */
  readonly callbacks: Model[] = [];

  constructor(shape: Shape, length: number, value: number, place: number | null = null, isPrebuilt = false) {
    this.shape = shape;
    this.length = length;
    this.value = value;
    this.place = place;
    this.isPrebuilt = isPrebuilt;
    const count = shape === WEAK_REF ? 1 : shape.pointers.length + length * (shape.item?.pointers.length ?? 0);
    this.refs = new Array<Model | null>(count).fill(null);
  }

  /** Where reference k stands in the object, and of which item it is a part (−1: none). */
  slot(k: number): { readonly offset: number; readonly index: number } {
    const { pointers, item, size } = this.shape;
    if (k < pointers.length) return { offset: pointers[k] as number, index: -1 };
    const perItem = item?.pointers.length ?? 1;
    const index = Math.floor((k - pointers.length) / perItem);
    const within = item?.pointers[(k - pointers.length) % perItem] as number;
    return { offset: size + index * (item?.size ?? 0) + within, index };
  }

  /** The number that item i should hold. */
  itemValue(i: number): number {
    return this.shape === BYTES ? (this.value + i) & 255 : this.value + i;
  }
}

/** Everything that the roots keep alive, weak tables by their own rule; `throughTables`: or by references alone. */
export function reachableFrom(roots: Iterable<Model | null>, throughTables = true): Set<Model> {
  const found = new Set<Model>();
  const work: Model[] = [];
  const tables: Model[] = [];
  const add = (model: Model | null): void => {
    if (model === null || found.has(model)) return;
    found.add(model);
    work.push(model);
  };
  const drain = (): void => {
    for (let model = work.pop(); model !== undefined; model = work.pop()) {
      if (model.shape === WEAK_TABLE) tables.push(model);
      else if (model.shape !== WEAK_REF) for (const ref of model.refs) add(ref);
    }
  };
  for (const root of roots) add(root);
  drain();
  if (!throughTables) return found;
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const table of tables) {
      for (let i = 0; i < table.length; i++) {
        const key = table.refs[2 * i] ?? null;
        if (key !== null && found.has(key)) add(table.refs[2 * i + 1] ?? null);
      }
    }
    drain();
  }
  return found;
}
