/**
 * Contents of weak maps and sets that a target fills at import time. JavaScript lets nobody enumerate them, so their
 * methods take notes while the target is imported; what was entered then belongs to the program.
 */

/** What is known of each weak map or set. Keys are prebuilt objects afterwards, which never die. */
const contents = new WeakMap<object, Map<object, unknown>>();

const { get: known, set: note } = WeakMap.prototype;

function entriesOf(o: object): Map<object, unknown> {
  let entries = known.call(contents, o) as Map<object, unknown> | undefined;
  if (entries === undefined) {
    entries = new Map();
    note.call(contents, o, entries);
  }
  return entries;
}

/** Runs an import with weak maps and sets recorded. */
export async function recordingWeakMaps<T>(load: () => Promise<T>): Promise<T> {
  const map = WeakMap.prototype;
  const set = WeakSet.prototype;
  const { set: mapSet, delete: mapDelete } = map;
  const { add: setAdd, delete: setDelete } = set;
  map.set = function (this: WeakMap<WeakKey, unknown>, key: WeakKey, value: unknown) {
    entriesOf(this).set(key as object, value);
    return mapSet.call(this, key, value);
  };
  map.delete = function (this: WeakMap<WeakKey, unknown>, key: WeakKey) {
    entriesOf(this).delete(key as object);
    return mapDelete.call(this, key);
  };
  set.add = function (this: WeakSet<WeakKey>, key: WeakKey) {
    entriesOf(this).set(key as object, true);
    return setAdd.call(this, key);
  };
  set.delete = function (this: WeakSet<WeakKey>, key: WeakKey) {
    entriesOf(this).delete(key as object);
    return setDelete.call(this, key);
  };
  try {
    return await load();
  } finally {
    Object.assign(map, { set: mapSet, delete: mapDelete });
    Object.assign(set, { add: setAdd, delete: setDelete });
  }
}

/** The entries of a weak map, or the members of a weak set with a value that says nothing. */
export function weakContents(o: WeakMap<WeakKey, unknown> | WeakSet<WeakKey>): ReadonlyMap<object, unknown> {
  return (known.call(contents, o) as Map<object, unknown> | undefined) ?? new Map();
}
