/** Maps and sets of all kinds of keys; iteration while they change; order; conversion to lists and back. */
import type { float, int } from "rtypescript/rlib";

class Key {
  readonly id: int;
  constructor(id: int) {
    this.id = id;
  }
}

function strings(): void {
  const m = new Map<string, int>([
    ["one", 1],
    ["two", 2],
  ]);
  m.set("three", 3).set("one", 11);
  console.log(
    `${m.size} ${m.get("one") ?? -1} ${m.get("none") ?? -1} ${m.has("two")} ${m.delete("two")} ${m.delete("two")}`,
  );
  for (const [k, v] of m) console.log(`${k}=${v}`);
  console.log(`${[...m.keys()].join()} ${[...m.values()].join()} ${[...m].map(([k, v]) => k + v).join()}`);
  m.forEach((v, k) => console.log(`${k}:${v}`));
  for (const key of m.keys()) if (key === "one") m.delete(key);
  m.clear();
  console.log(`${m.size} ${[...m.entries()].length}`);
}

function ints(): void {
  const m = new Map<int, string>();
  for (let i = 0; i < 1000; i++) m.set(i * 7919, `v${i}`);
  for (let i = 0; i < 1000; i += 3) m.delete(i * 7919);
  let text = 0;
  for (const [k, v] of m) text = (text * 31 + k + v.length) % 1000003;
  console.log(`${m.size} ${text} ${m.get(7919) ?? ""} ${m.get(0) ?? "gone"} ${m.get(-5) ?? "none"}`);
  let visits = 0;
  for (const [k] of m) {
    visits++;
    if (k < 20000) m.set(k + 1, "more");
    if (visits % 2 === 0) m.delete(k);
  }
  console.log(`${visits} ${m.size}`);
}

function others(): void {
  const f = new Map<float, int>([[0.5, 1]]);
  f.set(NaN, 2).set(-0.0, 3).set(0.0, 4);
  console.log(`${f.size} ${f.get(NaN) ?? 0} ${f.get(0.0) ?? 0} ${[...f.keys()].map((k) => 1 / k).join()}`);
  const keys = [new Key(1), new Key(2)];
  const o = new Map<Key, string>();
  for (const k of keys) o.set(k, `k${k.id}`);
  console.log(`${o.get(keys[1]) ?? ""} ${o.get(new Key(1)) ?? "other"} ${o.size}`);
  const b = new Map<boolean, float>([[true, 1.5]]);
  console.log(`${b.get(true) ?? 0} ${b.get(false) ?? -1}`);
  const big = new Map<bigint, int>([[10n ** 30n, 1]]);
  console.log(`${big.get(10n ** 30n) ?? 0} ${big.has(5n)}`);
  const chars = new Map<string, int>();
  for (const c of "mississippi") chars.set(c, (chars.get(c) ?? 0) + 1);
  console.log([...chars].map(([c, n]) => `${c}${n}`).join(" "));
  const lists = new Map<string, int[]>();
  for (const w of ["ab", "cd", "ae"]) {
    const list = lists.get(w[0]);
    if (list === undefined) lists.set(w[0], [w.length]);
    else list.push(w.charCodeAt(1));
  }
  for (const [k, v] of lists) console.log(`${k} ${v.join()}`);
  const maybe = new Map<string, int | null>([
    ["n", null],
    ["k", 4],
  ]);
  console.log(`${maybe.get("n") === null} ${maybe.get("m") === undefined} ${maybe.has("n")}`);
}

function sets(): void {
  const s = new Set([3, 1, 3, 2]);
  s.add(5).add(1);
  console.log(`${s.size} ${s.has(3)} ${s.delete(3)} ${s.has(3)} ${[...s].join()}`);
  for (const x of s) if (x < 8) s.add(x + 3);
  console.log([...s].join());
  const words = new Set("the cat the dog".split(" "));
  words.forEach((w) => console.log(w));
  console.log(
    `${[...words].sort().join()} ${new Set([...words, "cow"]).size} ${new Map([...words].map((w, i) => [w, i])).get("dog") ?? -1}`,
  );
  const empty = new Set<string>();
  console.log(`${empty.size} ${empty.has("x")} ${[...empty].length}`);
}

const prebuilt = new Map<string, float>(Array.from({ length: 50 }, (_, i) => [`key${i}`, i / 4]));
const prebuiltInts = new Set(Array.from({ length: 20 }, (_, i) => i * i));

export function main(_argv: string[]): int {
  strings();
  ints();
  others();
  sets();
  prebuilt.set("new", 9.5);
  console.log(
    `${prebuilt.get("key49") ?? -1} ${prebuilt.get("key7") ?? -1} ${prebuilt.size} ${prebuiltInts.has(361)} ${prebuiltInts.has(2)}`,
  );
  return 0;
}
