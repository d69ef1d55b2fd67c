/**
 * The heap: what fields and items are known to hold, stores that are put off, reads that need not be done.
 *
 * For each field (array, interior field) the cache knows what some objects hold there. A store removes what it may have
 * changed: entries of objects that may be the same one, at an index that may be the same. A call removes what its
 * effects say. At most one store for each field is put off (`lazy`): until something may read or write that field,
 * or a guard may leave the trace. A second store to the same place before that makes the first one dead; a store of a
 * virtual stays put off even past guards, as a pending store of their exits, so that the virtual may never be needed.
 */
import type { int } from "../../rlib/types.ts";
import {
  ArrayDescr,
  CallDescr,
  type Descr,
  type EffectInfo,
  FieldDescr,
  InteriorFieldDescr,
  PendingStore,
} from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { Box, ConstFloat, ConstInt, ConstRef, type Op, sameValue, type Value } from "../format/values.ts";
import { QuasiDependency } from "./environment.ts";
import { Pass } from "./pass.ts";
import { isKnown } from "./relations.ts";

/** What one object holds. */
export class HeapEntry {
  readonly object: Value;
  /** Null for fields. */
  readonly index: Value | null;
  readonly value: Value;

  constructor(object: Value, index: Value | null, value: Value) {
    this.object = object;
    this.index = index;
    this.value = value;
  }
}

/** What is known of one field of all objects, of the items of all arrays of one type, of one field of their items. */
export class HeapCache {
  readonly descr: Descr;
  /** In sets of effects. */
  readonly effectIndex: int;
  readonly isImmutable: boolean;
  entries: HeapEntry[] = [];
  /** The store put off; its operands are the object, the index if there is one, the value. */
  lazy: Op | null = null;

  constructor(descr: Descr, effectIndex: int, isImmutable: boolean) {
    this.descr = descr;
    this.effectIndex = effectIndex;
    this.isImmutable = isImmutable;
  }
}

/** Entries kept for one field; the oldest go first. */
const MAX_ENTRIES = 128;

export class HeapPass extends Pass {
  readonly #byDescr: Map<Descr, HeapCache> = new Map();
  readonly caches: HeapCache[] = [];

  override process(op: Op): void {
    const opnum = op.opnum;
    if (opnum >= ops.GETFIELD_GC_I && opnum <= ops.SETINTERIORFIELD_GC) this.#access(op);
    else if (opnum >= ops.GETFIELD_RAW_I && opnum <= ops.GETFIELD_RAW_F) this.#read(op, null);
    else if (opnum === ops.SETFIELD_RAW) this.#write(op, null);
    else if (ops.hasFlag(opnum, ops.GUARD)) {
      this.#flushForGuard();
      this.pass(op);
    } else if (ops.hasFlag(opnum, ops.CALL)) this.#call(op);
    else if (opnum === ops.JUMP || opnum === ops.FINISH || opnum === ops.LABEL) {
      this.#forceArgs(op);
      this.flush();
      this.pass(op);
    } else if (opnum === ops.QUASIIMMUT_FIELD) this.#quasiImmutable(op);
    else this.pass(op);
  }

  #access(op: Op): void {
    const opnum = op.opnum;
    if (opnum <= ops.GETFIELD_GC_F) this.#read(op, null);
    else if (opnum === ops.SETFIELD_GC) this.#write(op, null);
    else if (opnum === ops.SETARRAYITEM_GC || opnum === ops.SETINTERIORFIELD_GC) this.#write(op, op.args[1]);
    else this.#read(op, op.args[1]);
  }

  /** The cache of what an operation with that descriptor reads or writes. */
  cacheOf(descr: Descr): HeapCache {
    const known = this.#byDescr.get(descr);
    if (known !== undefined) return known;
    let made = new HeapCache(descr, -1, false);
    if (descr instanceof FieldDescr) made = new HeapCache(descr, descr.index, descr.immutable);
    else if (descr instanceof ArrayDescr) made = new HeapCache(descr, descr.index, descr.immutable);
    else if (descr instanceof InteriorFieldDescr) made = new HeapCache(descr, descr.index, false);
    this.#byDescr.set(descr, made);
    this.caches.push(made);
    return made;
  }

  // Reads.

  #read(op: Op, index: Value | null): void {
    const object = this.opt.force(op.args[0]);
    const cache = this.cacheOf(op.descr as Descr);
    if (this.#foldConstant(op, object, index)) return;
    const known = this.find(cache, object, index);
    if (known !== null) {
      this.opt.replace(op, known);
      return;
    }
    this.#learnObject(object, op.descr as Descr);
    op.args[0] = object;
    this.pass(op);
    this.remember(cache, object, index, op);
  }

  /** What the object holds, as far as known. A store put off that may be to the same place is done first. */
  find(cache: HeapCache, object: Value, index: Value | null): Value | null {
    // Doing a store may make its value, and that may put off another one.
    for (let lazy = cache.lazy; lazy !== null; lazy = cache.lazy) {
      if (this.#isPlace(object, index, lazy.args[0], this.#indexOf(lazy))) {
        return this.opt.resolve(lazy.args[lazy.args.length - 1]);
      }
      if (!this.#mayBePlace(object, index, lazy.args[0], this.#indexOf(lazy))) break;
      this.#store(cache);
    }
    return this.#lookUp(cache, object, index);
  }

  #lookUp(cache: HeapCache, object: Value, index: Value | null): Value | null {
    const entries = cache.entries;
    for (let i = entries.length - 1; i >= 0; i--) {
      const entry = entries[i];
      if (this.#isPlace(object, index, entry.object, entry.index)) return this.opt.use(entry.value);
    }
    return null;
  }

  remember(cache: HeapCache, object: Value, index: Value | null, value: Value): void {
    if (cache.entries.length >= MAX_ENTRIES) cache.entries = cache.entries.slice(MAX_ENTRIES >> 1);
    cache.entries.push(new HeapEntry(object, index, value));
  }

  /** The object is one that has the field. */
  #learnObject(object: Value, descr: Descr): void {
    if (object.kind !== ops.KIND_REF) return;
    this.opt.learnNonNull(object);
    if (!(descr instanceof FieldDescr) || !descr.parent.hasClass || !(object instanceof Box)) return;
    const info = this.opt.refInfo(object);
    const known = info.atLeast;
    if (known === null || (descr.parent.number >= known.number && descr.parent.lastNumber <= known.lastNumber)) {
      info.atLeast = descr.parent;
    }
  }

  /** A read of what never changes, from a constant object. */
  #foldConstant(op: Op, object: Value, index: Value | null): boolean {
    if (!(object instanceof ConstRef)) return false;
    const ref = object.value;
    const descr = op.descr;
    if (ref === null) return false;
    const heap = this.opt.env.heap;
    if (descr instanceof FieldDescr && index === null) {
      if (!descr.immutable && !this.#isQuasiConstant(object, descr)) return false;
      if (op.kind === ops.KIND_INT) this.opt.replaceByInt(op, heap.getFieldInt(ref, descr));
      else if (op.kind === ops.KIND_REF) this.opt.replace(op, new ConstRef(heap.getFieldRef(ref, descr)));
      else this.opt.replace(op, new ConstFloat(heap.getFieldFloat(ref, descr)));
      return true;
    }
    if (!(descr instanceof ArrayDescr) || !descr.immutable || !(index instanceof ConstInt)) return false;
    const at = index.value;
    if (at < 0 || at >= heap.arrayLength(ref, descr)) return false;
    if (op.kind === ops.KIND_INT) this.opt.replaceByInt(op, heap.getItemInt(ref, at, descr));
    else if (op.kind === ops.KIND_REF) this.opt.replace(op, new ConstRef(heap.getItemRef(ref, at, descr)));
    else this.opt.replace(op, new ConstFloat(heap.getItemFloat(ref, at, descr)));
    return true;
  }

  /** Does the trace depend on this quasi-immutable field of this object? */
  #isQuasiConstant(object: ConstRef, field: FieldDescr): boolean {
    if (!field.quasiImmutable) return false;
    for (const dependency of this.opt.dependencies) {
      if (dependency.field === field && sameValue(new ConstRef(dependency.object), object)) return true;
    }
    return false;
  }

  /** A quasi-immutable field is about to be read. Of a constant object it is a constant until someone changes it. */
  #quasiImmutable(op: Op): void {
    const object = op.args[0];
    const field = op.descr;
    if (!(object instanceof ConstRef) || !(field instanceof FieldDescr)) return;
    const ref = object.value;
    if (ref === null || this.#isQuasiConstant(object, field)) return;
    this.opt.dependencies.push(new QuasiDependency(ref, field));
  }

  // Writes.

  #write(op: Op, index: Value | null): void {
    const opt = this.opt;
    const object = opt.force(op.args[0]);
    op.args[0] = object;
    const value = op.args[op.args.length - 1];
    const cache = this.cacheOf(op.descr as Descr);
    this.#learnObject(object, cache.descr);
    for (let lazy = cache.lazy; lazy !== null; lazy = cache.lazy) {
      // The store put off is dead if this one is to the same place.
      if (this.#isPlace(object, index, lazy.args[0], this.#indexOf(lazy))) cache.lazy = null;
      else this.#store(cache);
    }
    const held = this.#lookUp(cache, object, index);
    if (held !== null && sameValue(held, opt.resolve(value))) return;
    cache.lazy = op;
  }

  /** Does the store that was put off. */
  #store(cache: HeapCache): void {
    const lazy = cache.lazy;
    if (lazy === null) return;
    cache.lazy = null;
    for (let i = 0; i < lazy.args.length; i++) lazy.args[i] = this.opt.resolve(lazy.args[i]);
    this.pass(lazy);
    const object = lazy.args[0];
    const index = this.#indexOf(lazy);
    cache.entries = cache.entries.filter((e) => !this.#mayBePlace(object, index, e.object, e.index));
    this.remember(cache, object, index, lazy.args[lazy.args.length - 1]);
  }

  #indexOf(store: Op): Value | null {
    return store.args.length === 3 ? store.args[1] : null;
  }

  #isPlace(object: Value, index: Value | null, other: Value, otherIndex: Value | null): boolean {
    const opt = this.opt;
    if (!sameValue(opt.resolve(object), opt.resolve(other))) return false;
    if (index === null || otherIndex === null) return true;
    return sameValue(opt.resolve(index), opt.resolve(otherIndex));
  }

  #mayBePlace(object: Value, index: Value | null, other: Value, otherIndex: Value | null): boolean {
    const opt = this.opt;
    if (opt.areDistinct(opt.resolve(object), opt.resolve(other))) return false;
    if (index === null || otherIndex === null) return true;
    const a = opt.resolve(index);
    const b = opt.resolve(otherIndex);
    return !isKnown(opt, a, b, -1) && !isKnown(opt, b, a, -1);
  }

  /** Does all stores put off: something is about to see everything. */
  flush(): void {
    // Making a virtual that a store needs puts off stores in turn.
    let found = true;
    while (found) {
      found = false;
      for (let i = 0; i < this.caches.length; i++) {
        if (this.caches[i].lazy === null) continue;
        found = true;
        this.#store(this.caches[i]);
      }
    }
  }

  /** Does those that the exit of a guard cannot do by itself. */
  #flushForGuard(): void {
    let found = true;
    while (found) {
      found = false;
      for (let i = 0; i < this.caches.length; i++) {
        const lazy = this.caches[i].lazy;
        if (lazy === null || this.#canStayPending(lazy)) continue;
        found = true;
        this.#store(this.caches[i]);
      }
    }
  }

  #canStayPending(lazy: Op): boolean {
    if (lazy.opnum !== ops.SETFIELD_GC && lazy.opnum !== ops.SETARRAYITEM_GC) return false;
    const opt = this.opt;
    if (!opt.isVirtual(opt.resolve(lazy.args[lazy.args.length - 1]))) return false;
    return lazy.args.length === 2 || opt.resolve(lazy.args[1]) instanceof ConstInt;
  }

  /** The stores that are still put off at a guard. */
  pendingStores(): PendingStore[] {
    const opt = this.opt;
    const pending: PendingStore[] = [];
    for (const cache of this.caches) {
      const lazy = cache.lazy;
      if (lazy === null) continue;
      const index = lazy.args.length === 3 ? opt.resolve(lazy.args[1]) : null;
      const at = index instanceof ConstInt ? index.value : 0;
      const value = opt.resolve(lazy.args[lazy.args.length - 1]);
      pending.push(new PendingStore(opt.resolve(lazy.args[0]), cache.descr, at, value));
    }
    return pending;
  }

  // Calls.

  #forceArgs(op: Op): void {
    for (let i = 0; i < op.args.length; i++) op.args[i] = this.opt.force(op.args[i]);
  }

  #call(op: Op): void {
    this.#forceArgs(op);
    const descr = op.descr;
    const effect = descr instanceof CallDescr ? descr.effect : null;
    this.#flushForCall(effect);
    for (const cache of this.caches) {
      const writes = effect === null || effect.mayWrite(cache.effectIndex);
      if (writes && !cache.isImmutable) cache.entries = [];
    }
    this.pass(op);
  }

  /** Does the stores that a call can see, or that it would come before. */
  #flushForCall(effect: EffectInfo | null): void {
    let found = true;
    while (found) {
      found = false;
      for (let i = 0; i < this.caches.length; i++) {
        const cache = this.caches[i];
        const at = cache.effectIndex;
        if (cache.lazy === null || (effect !== null && !effect.mayWrite(at) && !effect.mayRead(at))) continue;
        found = true;
        this.#store(cache);
      }
    }
  }
}
