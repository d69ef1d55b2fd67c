/**
 * Maps and sets: entries in order of insertion in one table, found through an index of open addressing.
 *
 * The index holds entry numbers plus one (0: free slot) and is twice as long as the table; up to eight entries have
 * none and are searched one after the other by hash. Removing clears an entry and marks it by hash -1; it stays in the
 * index until the table is rebuilt.
 *
 * Iteration is safe under any change, as in JavaScript: a table is never compacted in place. A rebuild makes a new one
 * and links the old to it; an iterator that finds its table replaced counts the entries that were alive before its
 * place in the old one. The rejected alternative, a list of a map's iterators, costs every loop that is left early.
 */
import { intAnd } from "../../rlib/bits.ts";
import {
  arrayFill,
  clearItemField,
  getItemField,
  type LowArrayOf,
  type LowTable,
  newArrayLike,
  newFieldArray,
  newStructLike,
  setItemField,
} from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";

/** Entry of a map; a set's has no value. */
export interface LowEntry<K, V> {
  key: K;
  value: V;
  /** -1: removed. */
  hash: int;
}

/** The entries; `next` is the table that replaced this one. */
export interface LowMapTable<K, V> extends LowTable<LowEntry<K, V>> {
  next: LowMapTable<K, V> | null;
}

export interface LowMap<K, V> {
  /** Live entries: `size`. */
  count: int;
  /** Entries in use, removed ones included. */
  used: int;
  /** Null as long as nothing was added. */
  entries: LowMapTable<K, V> | null;
  /** 32-bit entry numbers plus one; null up to eight entries. */
  index: LowArrayOf<int> | null;
}

/** Copies or clears what an entry has besides its key and hash. */
export type MoveValue<K, V> = (from: LowMapTable<K, V>, i: int, to: LowMapTable<K, V>, j: int) => void;
export type ClearValue<K, V> = (table: LowMapTable<K, V>, i: int) => void;

const SMALL = 8;
/** Hash of an entry that was removed. */
export const REMOVED = -1;

/** Number of the entry of a key, or -1. */
export function mapFind<K, V>(m: LowMap<K, V>, key: K, hash: int, equal: (a: K, b: K) => boolean): int {
  const table = m.entries;
  if (table === null) return -1;
  const index = m.index;
  if (index === null) {
    const n = m.used;
    for (let i = 0; i < n; i++) {
      if (getItemField(table, i, "hash") === hash && equal(getItemField(table, i, "key"), key)) return i;
    }
    return -1;
  }
  const mask = index.length - 1;
  let slot = intAnd(hash, mask);
  for (;;) {
    const i = (index[slot] as int) - 1;
    if (i < 0) return -1;
    if (getItemField(table, i, "hash") === hash && equal(getItemField(table, i, "key"), key)) return i;
    slot = intAnd(slot + 1, mask);
  }
}

/** `m.has(key)`. */
export function mapHas<K, V>(
  m: LowMap<K, V>,
  key: K,
  hashOf: (key: K) => int,
  equal: (a: K, b: K) => boolean,
): boolean {
  return m.count !== 0 && mapFind(m, key, hashOf(key), equal) >= 0;
}

/** `m.get(key)`. */
export function mapGet<K, V>(
  m: LowMap<K, V>,
  key: K,
  hashOf: (key: K) => int,
  equal: (a: K, b: K) => boolean,
): V | undefined {
  const table = m.entries;
  if (table === null) return undefined;
  const i = mapFind(m, key, hashOf(key), equal);
  if (i < 0) return undefined;
  return getItemField(table, i, "value");
}

/** Enters entry number i into the index. */
function indexInsert(index: LowArrayOf<int>, hash: int, i: int): void {
  const mask = index.length - 1;
  let slot = intAnd(hash, mask);
  while (index[slot] !== 0) slot = intAnd(slot + 1, mask);
  index[slot] = i + 1;
}

/** A new table of a capacity with the live entries in order. */
function mapRebuild<K, V>(m: LowMap<K, V>, capacity: int, move: MoveValue<K, V>): void {
  const old = m.entries;
  const table = newFieldArray(m, "entries", capacity);
  let count = 0;
  if (old !== null) {
    const n = m.used;
    for (let i = 0; i < n; i++) {
      const hash = getItemField(old, i, "hash");
      if (hash === REMOVED) continue;
      setItemField(table, count, "hash", hash);
      setItemField(table, count, "key", getItemField(old, i, "key"));
      move(old, i, table, count);
      count++;
    }
    old.next = table;
  }
  m.entries = table;
  m.used = count;
  if (capacity <= SMALL) {
    m.index = null;
    return;
  }
  const index = newFieldArray(m, "index", capacity * 2);
  arrayFill(index, 0, capacity * 2, 0);
  for (let i = 0; i < count; i++) indexInsert(index, getItemField(table, i, "hash"), i);
  m.index = index;
}

/** Makes room for one more entry. */
function mapGrow<K, V>(m: LowMap<K, V>, move: MoveValue<K, V>): void {
  let capacity = 4;
  while (capacity < m.count * 2) capacity *= 2;
  if (capacity <= m.count) capacity *= 2;
  mapRebuild(m, capacity, move);
}

/** Adds an entry for a key that has none, without its value; gives its number. */
export function mapAppend<K, V>(m: LowMap<K, V>, key: K, hash: int, move: MoveValue<K, V>): int {
  const old = m.entries;
  if (old === null || m.used === old.length) mapGrow(m, move);
  const table = m.entries as LowMapTable<K, V>;
  const i = m.used;
  setItemField(table, i, "key", key);
  setItemField(table, i, "hash", hash);
  m.used = i + 1;
  m.count++;
  const index = m.index;
  if (index !== null) indexInsert(index, hash, i);
  return i;
}

export function moveMapValue<K, V>(from: LowMapTable<K, V>, i: int, to: LowMapTable<K, V>, j: int): void {
  setItemField(to, j, "value", getItemField(from, i, "value"));
}

export function moveNothing<K, V>(_from: LowMapTable<K, V>, _i: int, _to: LowMapTable<K, V>, _j: int): void {}

export function clearMapValue<K, V>(table: LowMapTable<K, V>, i: int): void {
  clearItemField(table, i, "value");
}

export function clearNothing<K, V>(_table: LowMapTable<K, V>, _i: int): void {}

/** `m.set(key, value)`. */
export function mapSet<K, V>(
  m: LowMap<K, V>,
  key: K,
  value: V,
  hashOf: (key: K) => int,
  equal: (a: K, b: K) => boolean,
): void {
  const hash = hashOf(key);
  let i = mapFind(m, key, hash, equal);
  if (i < 0) i = mapAppend(m, key, hash, moveMapValue);
  setItemField(m.entries as LowMapTable<K, V>, i, "value", value);
}

/** `s.add(key)`. */
export function setAdd<K, V>(m: LowMap<K, V>, key: K, hashOf: (key: K) => int, equal: (a: K, b: K) => boolean): void {
  const hash = hashOf(key);
  if (mapFind(m, key, hash, equal) < 0) mapAppend(m, key, hash, moveNothing);
}

function removeEntry<K, V>(m: LowMap<K, V>, i: int, clear: ClearValue<K, V>, move: MoveValue<K, V>): void {
  const table = m.entries as LowMapTable<K, V>;
  clearItemField(table, i, "key");
  setItemField(table, i, "hash", REMOVED);
  clear(table, i);
  m.count--;
  if (table.length > 4 * SMALL && m.count * 4 < table.length) mapGrow(m, move);
}

/** `m.delete(key)`: was there an entry? */
export function mapDelete<K, V>(
  m: LowMap<K, V>,
  key: K,
  hashOf: (key: K) => int,
  equal: (a: K, b: K) => boolean,
): boolean {
  const i = mapFind(m, key, hashOf(key), equal);
  if (i < 0) return false;
  removeEntry(m, i, clearMapValue, moveMapValue);
  return true;
}

export function setDelete<K, V>(
  m: LowMap<K, V>,
  key: K,
  hashOf: (key: K) => int,
  equal: (a: K, b: K) => boolean,
): boolean {
  const i = mapFind(m, key, hashOf(key), equal);
  if (i < 0) return false;
  removeEntry(m, i, clearNothing, moveNothing);
  return true;
}

/** `m.clear()`: the old table's entries count as removed for iterators. */
export function mapClear<K, V>(m: LowMap<K, V>): void {
  const old = m.entries;
  if (old === null) return;
  const n = m.used;
  for (let i = 0; i < n; i++) setItemField(old, i, "hash", REMOVED);
  const table = newFieldArray(m, "entries", 4);
  old.next = table;
  m.entries = table;
  m.index = null;
  m.count = 0;
  m.used = 0;
}

/** A running iteration over a map or set. */
export interface LowMapIterator<K, V> {
  map: LowMap<K, V>;
  /** The table that `at` refers to; null if the map had none. */
  table: LowMapTable<K, V> | null;
  /** Entry to look at next; the current one is the one before. */
  at: int;
}

/** Starts an iteration; `like` gives the type. */
export function mapIterator<K, V>(m: LowMap<K, V>, like: LowMapIterator<K, V>): LowMapIterator<K, V> {
  const it = newStructLike(like);
  it.map = m;
  it.table = m.entries;
  it.at = 0;
  return it;
}

/** Follows a map that got other tables since. */
function followTables<K, V>(it: LowMapIterator<K, V>): void {
  let table = it.table;
  if (table === null) {
    it.table = it.map.entries;
    return;
  }
  for (let next = table.next; next !== null; next = table.next) {
    let alive = 0;
    for (let i = 0; i < it.at; i++) if (getItemField(table, i, "hash") !== REMOVED) alive++;
    it.at = alive;
    table = next;
  }
  it.table = table;
}

/** Moves to the next entry; false at the end. */
export function mapAdvance<K, V>(it: LowMapIterator<K, V>): boolean {
  const m = it.map;
  if (it.table !== m.entries) followTables(it);
  const table = it.table;
  if (table === null) return false;
  let i = it.at;
  const n = m.used;
  while (i < n) {
    const hash = getItemField(table, i, "hash");
    i++;
    if (hash !== REMOVED) {
      it.at = i;
      return true;
    }
  }
  it.at = i;
  return false;
}

/** Key of the current entry. */
export function mapIteratorKey<K, V>(it: LowMapIterator<K, V>): K {
  return getItemField(it.table as LowMapTable<K, V>, it.at - 1, "key");
}

/** Value of the current entry. */
export function mapIteratorValue<K, V>(it: LowMapIterator<K, V>): V {
  return getItemField(it.table as LowMapTable<K, V>, it.at - 1, "value");
}

/** `m.forEach(code)`. */
export function mapForEach<K, V, E>(
  m: LowMap<K, V>,
  code: (env: E, value: V, key: K, map: LowMap<K, V>) => void,
  env: E,
  like: LowMapIterator<K, V>,
): void {
  const it = mapIterator(m, like);
  while (mapAdvance(it)) code(env, mapIteratorValue(it), mapIteratorKey(it), m);
}

/** `s.forEach(code)`. */
export function setForEach<K, V, E>(
  m: LowMap<K, V>,
  code: (env: E, value: K, key: K, set: LowMap<K, V>) => void,
  env: E,
  like: LowMapIterator<K, V>,
): void {
  const it = mapIterator(m, like);
  while (mapAdvance(it)) {
    const key = mapIteratorKey(it);
    code(env, key, key, m);
  }
}

/** Keys in order as an exact array. */
export function mapKeys<K, V>(m: LowMap<K, V>, like: LowArrayOf<K>): LowArrayOf<K> {
  const made = newArrayLike(like, m.count);
  const table = m.entries;
  if (table === null) return made;
  let count = 0;
  for (let i = 0; i < m.used; i++) {
    if (getItemField(table, i, "hash") === REMOVED) continue;
    made[count] = getItemField(table, i, "key");
    count++;
  }
  return made;
}

/** Values in order as an exact array. */
export function mapValues<K, V>(m: LowMap<K, V>, like: LowArrayOf<V>): LowArrayOf<V> {
  const made = newArrayLike(like, m.count);
  const table = m.entries;
  if (table === null) return made;
  let count = 0;
  for (let i = 0; i < m.used; i++) {
    if (getItemField(table, i, "hash") === REMOVED) continue;
    made[count] = getItemField(table, i, "value");
    count++;
  }
  return made;
}
