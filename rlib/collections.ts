// Lists made in one step, and a hash map with the program's own notion of equality.
//
// HashMap is plain RTypeScript: open addressing into insertion-ordered entries, as native maps have, with the
// caller's `eq` and `hash`. A prebuilt one forgets its index (hashes may depend on the machine) and builds it at the
// first access.
import { freezeWith } from "./hints.ts";
import type { int } from "./types.ts";

/** A list of `n` times `value`. RangeError if `n` is negative. @intrinsic */
export function newList<T>(n: int, value: T): T[] {
  return new Array<T>(n).fill(value);
}

/**
 * Copies `count` items `source[from]…` over `target[to]…`, as if all were read before any is written. The program
 * stops if either range is not inside its list. @intrinsic
 */
export function copyItems<T>(source: readonly T[], from: int, target: T[], to: int, count: int): void {
  if (count < 0 || from < 0 || to < 0 || from + count > source.length || to + count > target.length) {
    throw new RangeError("copyItems: range outside the list");
  }
  if (source === target && from < to) {
    for (let i = count - 1; i >= 0; i--) target[to + i] = source[from + i] as T;
  } else {
    for (let i = 0; i < count; i++) target[to + i] = source[from + i] as T;
  }
}

const empty = -1;
const removed = -2;

/** A map with its own equality; keys keep their order of insertion. Made by `hashMap`. */
export class HashMap<K, V> {
  readonly eq: (a: K, b: K) => boolean;
  readonly hash: (key: K) => int;
  /** Entries in order; `alive` tells removed ones apart. */
  keyList: K[] = [];
  valueList: V[] = [];
  hashList: int[] = [];
  alive: boolean[] = [];
  /** Open addressing: entry number, `empty` or `removed`. Length a power of two; 0 if it has to be built. */
  index: int[] = [];
  /** Live entries. */
  count: int = 0;
  /** Slots of the index that are not `empty`. */
  used: int = 0;

  constructor(eq: (a: K, b: K) => boolean, hash: (key: K) => int) {
    this.eq = eq;
    this.hash = hash;
  }

  /** Number of entries. */
  get size(): int {
    return this.count;
  }

  /** The value of `key`, `missing` if it has none. */
  getOr(key: K, missing: V): V {
    const entry = this.findEntry(key, this.hash(key));
    return entry < 0 ? missing : (this.valueList[entry] as V);
  }

  /** The value of `key`, undefined if it has none. */
  get(key: K): V | undefined {
    const entry = this.findEntry(key, this.hash(key));
    return entry < 0 ? undefined : this.valueList[entry];
  }

  /** Is there an entry for `key`? */
  has(key: K): boolean {
    return this.findEntry(key, this.hash(key)) >= 0;
  }

  /** Adds or changes the entry of `key`; a changed one keeps its place and its key. */
  set(key: K, value: V): void {
    const hash = this.hash(key);
    const entry = this.findEntry(key, hash);
    if (entry >= 0) {
      this.valueList[entry] = value;
      return;
    }
    if ((this.used + 1) * 3 >= this.index.length * 2) this.rebuild();
    this.insertIndex(hash, this.keyList.length);
    this.keyList.push(key);
    this.valueList.push(value);
    this.hashList.push(hash);
    this.alive.push(true);
    this.count += 1;
  }

  /** Removes the entry of `key`; was there one? */
  delete(key: K): boolean {
    const hash = this.hash(key);
    const slot = this.findSlot(key, hash);
    if (slot < 0) return false;
    const entry = this.index[slot] as int;
    this.index[slot] = removed;
    this.alive[entry] = false;
    this.count -= 1;
    if (this.count === 0) this.clear();
    return true;
  }

  /** Removes all entries. */
  clear(): void {
    this.keyList = [];
    this.valueList = [];
    this.hashList = [];
    this.alive = [];
    this.index = [];
    this.count = 0;
    this.used = 0;
  }

  /** The keys in order of insertion, as a new list. */
  keys(): K[] {
    const result: K[] = [];
    for (let i = 0; i < this.keyList.length; i++) if (this.alive[i] === true) result.push(this.keyList[i] as K);
    return result;
  }

  /** The values in order of insertion, as a new list. */
  values(): V[] {
    const result: V[] = [];
    for (let i = 0; i < this.valueList.length; i++) if (this.alive[i] === true) result.push(this.valueList[i] as V);
    return result;
  }

  /** Calls `visit` for each entry in order. Entries added meanwhile are visited too. */
  forEach(visit: (value: V, key: K) => void): void {
    for (let i = 0; i < this.keyList.length; i++) {
      if (this.alive[i] === true) visit(this.valueList[i] as V, this.keyList[i] as K);
    }
  }

  private findEntry(key: K, hash: int): int {
    const slot = this.findSlot(key, hash);
    return slot < 0 ? -1 : (this.index[slot] as int);
  }

  private findSlot(key: K, hash: int): int {
    if (this.index.length === 0) {
      if (this.count === 0) return -1;
      this.rebuild();
    }
    const mask = this.index.length - 1;
    let slot = (hash ^ (hash >> 15)) & mask;
    for (;;) {
      const entry = this.index[slot] as int;
      if (entry === empty) return -1;
      if (entry >= 0 && this.hashList[entry] === hash && this.eq(this.keyList[entry] as K, key)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private insertIndex(hash: int, entry: int): void {
    const mask = this.index.length - 1;
    let slot = (hash ^ (hash >> 15)) & mask;
    while ((this.index[slot] as int) >= 0) slot = (slot + 1) & mask;
    if ((this.index[slot] as int) === empty) this.used += 1;
    this.index[slot] = entry;
  }

  /** Drops removed entries, recomputes hashes if the index was dropped, and makes an index with room to grow. */
  private rebuild(): void {
    const rehash = this.index.length === 0;
    let live = 0;
    for (let i = 0; i < this.keyList.length; i++) {
      if (this.alive[i] !== true) continue;
      const key = this.keyList[i] as K;
      this.keyList[live] = key;
      this.valueList[live] = this.valueList[i] as V;
      this.hashList[live] = rehash ? this.hash(key) : (this.hashList[i] as int);
      this.alive[live] = true;
      live += 1;
    }
    while (this.keyList.length > live) {
      this.keyList.pop();
      this.valueList.pop();
      this.hashList.pop();
      this.alive.pop();
    }
    let size = 8;
    while (size < live * 3) size *= 2;
    this.index = newList(size, empty);
    this.used = 0;
    for (let i = 0; i < live; i++) this.insertIndex(this.hashList[i] as int, i);
  }
}

freezeWith(HashMap, (map: HashMap<unknown, unknown>) => {
  const frozen = new HashMap(map.eq, map.hash);
  frozen.keyList = map.keyList;
  frozen.valueList = map.valueList;
  frozen.hashList = map.hashList;
  frozen.alive = map.alive;
  frozen.count = map.count;
  return frozen;
});

/** A map with the program's own equality; equal keys must have equal hashes. */
export function hashMap<K, V>(eq: (a: K, b: K) => boolean, hash: (key: K) => int): HashMap<K, V> {
  return new HashMap<K, V>(eq, hash);
}
