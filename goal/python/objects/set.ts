// set and frozenset: the same table as CPython's, so that sets of numbers iterate in the same order.
//
// Open addressing with a short linear run at each probe. A slot is free (null), removed (REMOVED), or holds a key with
// its hash.
import { type int, intUshr, newList } from "rtypescript/rlib";
import { keyHash } from "./dict.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  NOT_IMPLEMENTED,
  OP_AND,
  OP_OR,
  OP_SUB,
  OP_XOR,
  runtimeError,
  typeError,
  W_Root,
} from "./root.ts";
import { w_missing } from "./singletons.ts";
import { eq, iter, next, repr, reprGuard } from "./space.ts";
import { builtinType, type W_Instance, type W_Type } from "./type.ts";

export const w_set = builtinType("set");
export const w_frozenset = builtinType("frozenset");
export const w_set_iterator = builtinType("set_iterator");

const MINIMUM = 8;
const RUN = 9;
const REMOVED = w_missing;
/** Result of a search that a change of the set made void. */
const CHANGED = -2;

/** The table of a set. */
export class SetTable {
  keys: (W_Root | null)[];
  hashes: int[];
  /** Slots that are not free. */
  fill: int;
  used: int;
  finger: int;
  constructor() {
    this.keys = newList<W_Root | null>(MINIMUM, null);
    this.hashes = newList<int>(MINIMUM, 0);
    this.fill = 0;
    this.used = 0;
    this.finger = 0;
  }

  /** The slot of a key, −1 without. A user's `__eq__` may change the set meanwhile: then the search starts again. */
  find(w_key: W_Root, h: int): int {
    for (;;) {
      const slot = this.#search(w_key, h);
      if (slot > CHANGED) return slot;
    }
  }
  #search(w_key: W_Root, h: int): int {
    const keys = this.keys;
    const hashes = this.hashes;
    const mask: int = keys.length - 1;
    let slot: int = h & mask;
    let perturb: int = h;
    for (;;) {
      const last: int = slot + RUN <= mask ? slot + RUN : slot;
      for (let i: int = slot; i <= last; i++) {
        const w_k = keys[i];
        if (w_k === null) return -1;
        if (w_k === REMOVED || hashes[i] !== h) continue;
        if (w_k === w_key) return i;
        const same = eq(w_k, w_key);
        if (this.keys !== keys || keys[i] !== w_k) return CHANGED;
        if (same) return i;
      }
      perturb = intUshr(perturb, 5);
      slot = (slot * 5 + 1 + perturb) & mask;
    }
  }

  add(w_key: W_Root, h: int): void {
    let added = false;
    while (!added) added = this.#tryAdd(w_key, h);
  }
  /** False when a user's `__eq__` changed the set. */
  #tryAdd(w_key: W_Root, h: int): boolean {
    const keys = this.keys;
    const hashes = this.hashes;
    const mask: int = keys.length - 1;
    let slot: int = h & mask;
    let perturb: int = h;
    let removed: int = -1;
    for (;;) {
      const last: int = slot + RUN <= mask ? slot + RUN : slot;
      for (let i: int = slot; i <= last; i++) {
        const w_k = keys[i];
        if (w_k === null) {
          this.#place(w_key, h, i, removed);
          return true;
        }
        if (w_k === REMOVED) removed = i;
        else if (hashes[i] === h) {
          if (w_k === w_key) return true;
          const same = eq(w_k, w_key);
          if (this.keys !== keys || keys[i] !== w_k) return false;
          if (same) return true;
        }
      }
      perturb = intUshr(perturb, 5);
      slot = (slot * 5 + 1 + perturb) & mask;
    }
  }
  /** Puts a new key into the free slot, or into a removed one met before it. */
  #place(w_key: W_Root, h: int, free: int, removed: int): void {
    const i: int = removed < 0 ? free : removed;
    this.keys[i] = w_key;
    this.hashes[i] = h;
    this.used += 1;
    if (removed >= 0) return;
    this.fill += 1;
    if (this.fill * 5 >= (this.keys.length - 1) * 3) this.resize(this.used > 50000 ? this.used * 2 : this.used * 4);
  }

  /** Adds a key known to be absent to a table without removed slots. */
  addClean(w_key: W_Root, h: int): void {
    const keys = this.keys;
    const mask: int = keys.length - 1;
    let slot: int = h & mask;
    let perturb: int = h;
    for (;;) {
      const last: int = slot + RUN <= mask ? slot + RUN : slot;
      for (let i: int = slot; i <= last; i++) {
        if (keys[i] === null) {
          keys[i] = w_key;
          this.hashes[i] = h;
          return;
        }
      }
      perturb = intUshr(perturb, 5);
      slot = (slot * 5 + 1 + perturb) & mask;
    }
  }

  /** Makes room for more than `least` keys. */
  resize(least: int): void {
    let size: int = MINIMUM;
    while (size <= least) size *= 2;
    const keys = this.keys;
    const hashes = this.hashes;
    this.keys = newList<W_Root | null>(size, null);
    this.hashes = newList<int>(size, 0);
    this.fill = this.used;
    for (let i: int = 0; i < keys.length; i++) {
      const w_k = keys[i];
      if (w_k !== null && w_k !== REMOVED) this.addClean(w_k, hashes[i]);
    }
  }

  removeSlot(i: int): W_Root {
    const w_key = this.keys[i] as W_Root;
    this.keys[i] = REMOVED;
    this.hashes[i] = -1;
    this.used -= 1;
    return w_key;
  }

  /** The next used slot from `i` on, −1 at the end. */
  nextSlot(i: int): int {
    const keys = this.keys;
    for (let k: int = i; k < keys.length; k++) if (keys[k] !== null && keys[k] !== REMOVED) return k;
    return -1;
  }

  /** Adds all keys of another table. */
  merge(other: SetTable): void {
    if (other.used === 0) return;
    if ((this.fill + other.used) * 5 >= (this.keys.length - 1) * 3) this.resize((this.used + other.used) * 2);
    if (this.fill === 0) {
      if (this.keys.length === other.keys.length && other.fill === other.used) {
        for (let i: int = 0; i < other.keys.length; i++) {
          this.keys[i] = other.keys[i];
          this.hashes[i] = other.hashes[i];
        }
      } else {
        for (let i = other.nextSlot(0); i >= 0; i = other.nextSlot(i + 1)) {
          this.addClean(other.keys[i] as W_Root, other.hashes[i]);
        }
      }
      this.fill = other.used;
      this.used = other.used;
      return;
    }
    for (let i = other.nextSlot(0); i >= 0; i = other.nextSlot(i + 1)) {
      this.add(other.keys[i] as W_Root, other.hashes[i]);
    }
  }
}

export class W_Set extends W_Root {
  table: SetTable;
  readonly frozen: boolean;
  user: W_Instance | null;
  #hash: int;
  constructor(frozen: boolean) {
    super();
    this.table = new SetTable();
    this.frozen = frozen;
    this.user = null;
    this.#hash = 0;
  }
  override getclass(): W_Type {
    if (this.user !== null) return this.user.shape.w_class;
    return this.frozen ? w_frozenset : w_set;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  has(w_key: W_Root): boolean {
    return this.table.find(w_key, keyHash(w_key)) >= 0;
  }
  add(w_key: W_Root): void {
    this.table.add(w_key, keyHash(w_key));
  }
  discard(w_key: W_Root): boolean {
    const h = keyHash(w_key);
    const table = this.table;
    const slot = table.find(w_key, h);
    if (slot < 0) return false;
    table.removeSlot(slot);
    return true;
  }
  /** Adds the items of any iterable. */
  update(w_iterable: W_Root): void {
    if (w_iterable instanceof W_Set) {
      this.table.merge(w_iterable.table);
      return;
    }
    const w_it = iter(w_iterable);
    for (;;) {
      const w_item = next(w_it);
      if (w_item === null) return;
      this.add(w_item);
    }
  }
  /** A new set of the same kind (subclasses: the built-in one) with the same items. */
  copySet(): W_Set {
    const w_copy = new W_Set(this.frozen);
    w_copy.table.merge(this.table);
    return w_copy;
  }
  items(): W_Root[] {
    const items: W_Root[] = [];
    const table = this.table;
    for (let i = table.nextSlot(0); i >= 0; i = table.nextSlot(i + 1)) items.push(table.keys[i] as W_Root);
    return items;
  }

  override repr(): string {
    const name = this.getclass().name;
    if (this.table.used === 0) return `${name}()`;
    if (!reprGuard.enter(this)) return `${name}(...)`;
    const parts: string[] = [];
    try {
      for (const w of this.items()) parts.push(repr(w));
    } finally {
      reprGuard.leave();
    }
    const text = `{${parts.join(", ")}}`;
    return this.getclass() === w_set ? text : `${name}(${text})`;
  }
  override truth(): boolean {
    return this.table.used !== 0;
  }
  override hash(): int {
    if (!this.frozen) throw typeError(`unhashable type: '${this.typename()}'`);
    if (this.#hash !== 0) return this.#hash;
    let h: int = Math.imul(1927868237, this.table.used + 1) | 0;
    const table = this.table;
    for (let i = table.nextSlot(0); i >= 0; i = table.nextSlot(i + 1)) {
      const k: int = table.hashes[i] | 0;
      h = (h ^ Math.imul(k ^ 89869747 ^ (k << 16), -594004297)) | 0;
    }
    h = (Math.imul(h, 69069) + 907133923) | 0;
    this.#hash = h === 0 ? 590923713 : h;
    return this.#hash;
  }
  override len(): int {
    return this.table.used;
  }
  override contains(w_item: W_Root): boolean | null {
    if (w_item instanceof W_Set && !w_item.frozen) return this.has(frozenOf(w_item));
    return this.has(w_item);
  }
  override iter(): W_Root {
    return new W_SetIterator(this);
  }
  isSubset(w_other: W_Set): boolean {
    if (this.table.used > w_other.table.used) return false;
    const table = this.table;
    for (let i = table.nextSlot(0); i >= 0; i = table.nextSlot(i + 1)) {
      if (w_other.table.find(table.keys[i] as W_Root, table.hashes[i]) < 0) return false;
    }
    return true;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Set)) return NOT_IMPLEMENTED;
    return this.#compareSet(op, w_other) ? 1 : 0;
  }
  #compareSet(op: int, w_other: W_Set): boolean {
    const a = this.table.used;
    const b = w_other.table.used;
    switch (op) {
      case CMP_EQ:
        return a === b && this.isSubset(w_other);
      case CMP_NE:
        return a !== b || !this.isSubset(w_other);
      case CMP_LE:
        return this.isSubset(w_other);
      case CMP_LT:
        return a < b && this.isSubset(w_other);
      case CMP_GE:
        return w_other.isSubset(this);
      case CMP_GT:
        return b < a && w_other.isSubset(this);
      default:
        return false;
    }
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (!(w_other instanceof W_Set)) return null;
    switch (op) {
      case OP_OR: {
        const w_result = this.copySet();
        w_result.update(w_other);
        return w_result;
      }
      case OP_AND:
        return intersection(this, w_other);
      case OP_SUB:
        return difference(this, w_other);
      case OP_XOR:
        return symmetricDifference(this, w_other);
      default:
        return null;
    }
  }
  override ibinop(op: int, w_other: W_Root): W_Root | null {
    if (this.frozen || !(w_other instanceof W_Set)) return null;
    switch (op) {
      case OP_OR:
        this.update(w_other);
        return this;
      case OP_AND:
        this.table = intersection(this, w_other).table;
        return this;
      case OP_SUB:
        differenceUpdate(this, w_other);
        return this;
      case OP_XOR:
        symmetricUpdate(this, w_other);
        return this;
      default:
        return null;
    }
  }
}

/** A frozenset with the items of a set, for look-ups of sets in sets. */
export function frozenOf(w_of: W_Set): W_Set {
  const w_frozen = new W_Set(true);
  w_frozen.table.merge(w_of.table);
  return w_frozen;
}

/** Items of both; those of the smaller are looked up in the larger. */
export function intersection(w_a: W_Set, w_b: W_Set): W_Set {
  const w_result = new W_Set(w_a.frozen);
  const swap = w_b.table.used > w_a.table.used;
  const small = swap ? w_a.table : w_b.table;
  const large = swap ? w_b.table : w_a.table;
  for (let i = small.nextSlot(0); i >= 0; i = small.nextSlot(i + 1)) {
    const w_key = small.keys[i] as W_Root;
    const h = small.hashes[i];
    if (large.find(w_key, h) >= 0) w_result.table.add(w_key, h);
  }
  return w_result;
}

export function difference(w_a: W_Set, w_b: W_Set): W_Set {
  if (w_a.table.used >> 2 > w_b.table.used) {
    const w_result = w_a.copySet();
    differenceUpdate(w_result, w_b);
    return w_result;
  }
  const w_result = new W_Set(w_a.frozen);
  const table = w_a.table;
  for (let i = table.nextSlot(0); i >= 0; i = table.nextSlot(i + 1)) {
    const w_key = table.keys[i] as W_Root;
    const h = table.hashes[i];
    if (w_b.table.find(w_key, h) < 0) w_result.table.add(w_key, h);
  }
  return w_result;
}

export function differenceUpdate(w_a: W_Set, w_b: W_Set): void {
  if (w_a === w_b) {
    w_a.table = new SetTable();
    return;
  }
  const table = w_b.table;
  const own = w_a.table;
  for (let i = table.nextSlot(0); i >= 0; i = table.nextSlot(i + 1)) {
    const slot = own.find(table.keys[i] as W_Root, table.hashes[i]);
    if (slot >= 0) own.removeSlot(slot);
  }
  if (w_a.table.fill - w_a.table.used > (w_a.table.keys.length - 1) >> 2) {
    w_a.table.resize(w_a.table.used > 50000 ? w_a.table.used * 2 : w_a.table.used * 4);
  }
}

export function symmetricDifference(w_a: W_Set, w_b: W_Set): W_Set {
  const w_result = new W_Set(w_a.frozen);
  w_result.table.merge(w_b.table);
  symmetricUpdate(w_result, w_a);
  return w_result;
}

export function symmetricUpdate(w_a: W_Set, w_b: W_Set): void {
  if (w_a === w_b) {
    w_a.table = new SetTable();
    return;
  }
  const table = w_b.table;
  const own = w_a.table;
  for (let i = table.nextSlot(0); i >= 0; i = table.nextSlot(i + 1)) {
    const w_key = table.keys[i] as W_Root;
    const h = table.hashes[i];
    const slot = own.find(w_key, h);
    if (slot >= 0) own.removeSlot(slot);
    else own.add(w_key, h);
  }
}

class W_SetIterator extends W_Root {
  w_set: W_Set | null;
  slot: int;
  readonly expected: int;
  left: int;
  constructor(w_of: W_Set) {
    super();
    this.w_set = w_of;
    this.slot = 0;
    this.expected = w_of.table.used;
    this.left = this.expected;
  }
  override getclass(): W_Type {
    return w_set_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override lengthHint(): int {
    return this.left;
  }
  override next(): W_Root | null {
    const w_of = this.w_set;
    if (w_of === null) return null;
    if (w_of.table.used !== this.expected) {
      this.w_set = null;
      throw runtimeError("Set changed size during iteration");
    }
    const i = w_of.table.nextSlot(this.slot);
    if (i < 0) {
      this.w_set = null;
      return null;
    }
    this.slot = i + 1;
    this.left -= 1;
    return w_of.table.keys[i];
  }
}

/** A set with the items of an iterable; the iterable itself when it is a set already. */
export function asSet(w_iterable: W_Root): W_Set {
  if (w_iterable instanceof W_Set) return w_iterable;
  const w_made = new W_Set(false);
  w_made.update(w_iterable);
  return w_made;
}
