/** Maps and sets with keys of several kinds, in insertion order. */
import type { int } from "rtypescript/rlib";

class Key {
  // @ts-expect-error the repository itself is stricter
  constructor(readonly id: int) {}
}

export function main(_argv: string[]): int {
  const counts = new Map<string, int>();
  for (const word of "the cat and the dog and the bird".split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [word, count] of counts) console.log(`${word} ${count}`);
  const squares = new Map<int, int>();
  for (let i = 0; i < 100; i++) squares.set(i * 3, i * i);
  squares.delete(30);
  console.log(`${squares.size} ${squares.get(60) ?? -1} ${squares.has(30)} ${squares.get(31) ?? -1}`);
  const a = new Key(1);
  const b = new Key(1);
  const byKey = new Map<Key, string>([[a, "a"]]);
  byKey.set(b, "b");
  console.log(`${byKey.get(a) ?? "?"} ${byKey.get(b) ?? "?"} ${byKey.size}`);
  const seen = new Set<int>();
  for (const n of [3, 1, 3, 2, 1]) seen.add(n);
  console.log([...seen].join(","));
  return 0;
}
