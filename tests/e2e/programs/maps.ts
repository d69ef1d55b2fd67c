/** Maps and sets with keys of every kind, in insertion order, under mutation. */
import type { int } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

class Key {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export function main(_argv: string[]): int {
  const words = new Map<string, int>();
  for (const word of "the cat and the dog and the bird".split(" ")) words.set(word, (words.get(word) ?? 0) + 1);
  for (const [word, count] of words) write(1, `${word} ${count}\n`);
  words.delete("cat");
  words.set("cat", 9);
  write(1, `${[...words.keys()].join(",")} ${[...words.values()].join(",")} ${words.size}\n`);
  const numbers = new Map<int, string>();
  for (let i = 0; i < 100; i++) numbers.set((i * 37) % 101, `n${i}`);
  for (let i = 0; i < 100; i += 3) numbers.delete(i);
  let text = "";
  for (const [key, value] of numbers) text += `${key}${value} `;
  write(1, `${text}${numbers.size} ${numbers.has(4)} ${numbers.has(3)}\n`);
  const keys = [new Key("a"), new Key("b"), new Key("a")];
  const byIdentity = new Map<Key, int>();
  for (const [i, key] of keys.entries()) byIdentity.set(key, i);
  write(1, `${byIdentity.size} ${byIdentity.get(keys[2]) ?? -1}\n`);
  const seen = new Set<string>(["x", "y", "x"]);
  seen.add("z");
  seen.delete("y");
  write(1, `${[...seen].join("")} ${seen.has("y")} ${seen.size}\n`);
  const floats = new Map<number, string>();
  floats.set(0.5, "half");
  floats.set(Number.NaN, "nan");
  floats.set(0.0, "zero");
  write(1, `${floats.get(0.5) ?? ""} ${floats.get(Number.NaN) ?? ""} ${floats.get(-0.0) ?? ""}\n`);
  return 0;
}
