import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LowTable } from "../../rlib/lowlevel.ts";
import { equalInts, equalStrings, hashFloat, hashInt, hashString, sameFloats } from "../../rtyper/runtime/hash.ts";
import * as map from "../../rtyper/runtime/map.ts";

class Table<K, V> extends LowTable<map.LowEntry<K, V>> {
  next: map.LowMapTable<K, V> | null = null;
}

function newMap<K, V>(): map.LowMap<K, V> {
  return { count: 0, used: 0, entries: new Table<K, V>([]) as map.LowMapTable<K, V>, index: null };
}

function iterator<K, V>(m: map.LowMap<K, V>): map.LowMapIterator<K, V> {
  return map.mapIterator(m, { map: m, table: null, at: 0 });
}

type Command = { what: "set" | "delete" | "get" | "clear" | "step" | "restart"; key: number };

const command: fc.Arbitrary<Command> = fc.record({
  what: fc.constantFrom(
    ...(["set", "set", "set", "delete", "delete", "get", "step", "step", "restart"] as const),
    "clear",
  ),
  key: fc.integer({ min: 0, max: 40 }),
});

/** Runs commands on a native map and on JavaScript's, an iteration running beside; all answers must agree. */
function run<K>(
  commands: Command[],
  keyOf: (n: number) => K,
  hash: (k: K) => number,
  equal: (a: K, b: K) => boolean,
): void {
  const ours = newMap<K, number>();
  const theirs = new Map<K, number>();
  let ourIterator = iterator(ours);
  let theirIterator = theirs.entries();
  let done = false;
  for (const [step, c] of commands.entries()) {
    const key = keyOf(c.key);
    if (c.what === "set") {
      map.mapSet(ours, key, step, hash, equal);
      theirs.set(key, step);
    } else if (c.what === "delete") expect(map.mapDelete(ours, key, hash, equal)).toBe(theirs.delete(key));
    else if (c.what === "get") {
      expect(map.mapGet(ours, key, hash, equal)).toBe(theirs.get(key));
      expect(map.mapHas(ours, key, hash, equal)).toBe(theirs.has(key));
    } else if (c.what === "clear" && c.key < 4) {
      map.mapClear(ours);
      theirs.clear();
    } else if (c.what === "restart") {
      ourIterator = iterator(ours);
      theirIterator = theirs.entries();
      done = false;
    } else if (c.what === "step" && !done) {
      const next = theirIterator.next();
      done = next.done === true;
      expect(map.mapAdvance(ourIterator)).toBe(!done);
      if (!done) expect([map.mapIteratorKey(ourIterator), map.mapIteratorValue(ourIterator)]).toEqual(next.value);
    }
    expect(ours.count).toBe(theirs.size);
  }
  expect(map.mapKeys(ours, [])).toEqual([...theirs.keys()]);
  expect(map.mapValues(ours, [])).toEqual([...theirs.values()]);
}

describe("maps", () => {
  const commands = fc.array(command, { maxLength: 300 });
  test("int keys", () => {
    fc.assert(
      fc.property(commands, (c) => run(c, (n) => n * 1024 - 7, hashInt, equalInts)),
      { numRuns: 300 },
    );
  });
  test("string keys", () => {
    fc.assert(
      fc.property(commands, (c) => run(c, (n) => `k${n}`, hashString, equalStrings)),
      { numRuns: 200 },
    );
  });
  test("float keys by SameValueZero", () => {
    const keys = [0, -0, Number.NaN, 0.5, 1e300, -1, Number.POSITIVE_INFINITY];
    fc.assert(
      fc.property(commands, (c) => run(c, (n) => (keys[n % 7] as number) + 0, hashFloat, sameFloats)),
      { numRuns: 100 },
    );
  });
  test("colliding hashes", () => {
    fc.assert(
      fc.property(commands, (c) =>
        run(
          c,
          (n) => n,
          (n) => n % 3,
          equalInts,
        ),
      ),
      { numRuns: 200 },
    );
  });
  test("sets", () => {
    const s = newMap<number, number>();
    for (let i = 0; i < 100; i++) map.setAdd(s, i % 37, hashInt, equalInts);
    expect(s.count).toBe(37);
    for (let i = 0; i < 30; i++) expect(map.setDelete(s, i, hashInt, equalInts)).toBe(true);
    expect(map.mapKeys(s, [])).toEqual([30, 31, 32, 33, 34, 35, 36]);
  });
  test("hashes are 32-bit and never the marks", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), fc.double(), (i, s, f) => {
        for (const h of [hashInt(i), hashString(s), hashFloat(f)]) {
          expect(h | 0).toBe(h);
          expect(h).not.toBe(-1);
        }
        expect(hashString(s)).not.toBe(0);
      }),
    );
  });
});
