/**
 * `WeakMap` and `WeakSet`: maps whose table the collector knows to be weak. When a key dies the collector makes it and
 * what hangs on it null in the table; the entry stays, equal to no key, until the table is full. Everything else is
 * `map.ts`'s.
 */
import { getItemField, isNull, setItemField } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import {
  type LowMap,
  type LowMapTable,
  type MoveValue,
  mapAppend,
  mapFind,
  moveMapValue,
  moveNothing,
  REMOVED,
} from "./map.ts";

/** Before a table grows: entries whose keys died count as removed. */
function dropDead<K, V>(m: LowMap<K, V>): void {
  const table = m.entries;
  if (table === null || m.used < table.length) return;
  for (let i = 0; i < m.used; i++) {
    if (getItemField(table, i, "hash") === REMOVED || !isNull(getItemField(table, i, "key"))) continue;
    setItemField(table, i, "hash", REMOVED);
    m.count--;
  }
}

function append<K, V>(m: LowMap<K, V>, key: K, hash: int, move: MoveValue<K, V>): int {
  dropDead(m);
  return mapAppend(m, key, hash, move);
}

/** `m.set(key, value)`. */
export function weakMapSet<K, V>(
  m: LowMap<K, V>,
  key: K,
  value: V,
  hashOf: (key: K) => int,
  equal: (a: K, b: K) => boolean,
): void {
  const hash = hashOf(key);
  let i = mapFind(m, key, hash, equal);
  if (i < 0) i = append(m, key, hash, moveMapValue);
  setItemField(m.entries as LowMapTable<K, V>, i, "value", value);
}

/** `s.add(key)`. */
export function weakSetAdd<K, V>(
  m: LowMap<K, V>,
  key: K,
  hashOf: (key: K) => int,
  equal: (a: K, b: K) => boolean,
): void {
  const hash = hashOf(key);
  if (mapFind(m, key, hash, equal) < 0) append(m, key, hash, moveNothing);
}
