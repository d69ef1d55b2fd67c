/** Maps and sets changed while they are iterated; order of insertion; deletion and insertion again; clear. */
import type { int } from "rtypescript/rlib";

export function main(_argv: string[]): int {
  const map = new Map<string, int>([
    ["a", 1],
    ["b", 2],
    ["c", 3],
    ["d", 4],
  ]);
  let seen = "";
  for (const [key, value] of map) {
    seen += `${key}${value} `;
    if (key === "a") map.delete("b");
    if (key === "c") {
      map.set("e", 5);
      map.set("a", 10);
    }
    if (key === "e" && value < 8) {
      map.delete("e");
      map.set("e", value + 2);
    }
  }
  console.log(`${seen}| ${[...map.keys()].join("")}`);
  map.delete("a");
  map.set("a", 0);
  console.log([...map].map(([k, v]) => k + v).join(" "));
  const set = new Set<int>([5, 3, 9]);
  const order: int[] = [];
  for (const x of set) {
    order.push(x);
    if (x < 20) set.add(x * 2);
    if (order.length > 30) break;
  }
  console.log(`${order.join()} ${set.size}`);
  set.forEach((x) => {
    if (x % 2 === 0) set.delete(x);
  });
  console.log([...set].join());
  let rounds = 0;
  for (const x of set) {
    rounds++;
    set.clear();
    if (rounds < 3) set.add(x + 1);
  }
  console.log(`${rounds} ${set.size}`);
  const big = new Map<int, int>();
  for (let i = 0; i < 1000; i++) big.set(i * 7919, i);
  for (let i = 0; i < 1000; i += 2) big.delete(i * 7919);
  let sum = 0;
  let previous = -1;
  let ordered = true;
  for (const [, v] of big) {
    sum += v;
    if (v < previous) ordered = false;
    previous = v;
  }
  console.log(`${big.size} ${sum} ${ordered}`);
  for (let i = 0; i < 500; i++) {
    big.set(-i - 1, i);
    big.delete((i * 2 + 1) * 7919);
  }
  console.log(`${big.size} ${[...big.keys()].slice(0, 3).join()} ${big.get(-500)}`);
  const values = big.values();
  let total = 0;
  for (const v of values) total += v;
  console.log(`${total}`);
  big.clear();
  console.log(`${big.size} ${big.has(-1)} ${[...big].length}`);
  big.set(1, 1).set(2, 2).set(1, 3);
  console.log([...big.entries()].map(([k, v]) => `${k}:${v}`).join());
  const counts = new Map<string, int[]>();
  for (const word of "one two three four five six seven".split(" ")) {
    const list = counts.get(`${word.length}`);
    if (list === undefined) counts.set(`${word.length}`, [word.charCodeAt(0)]);
    else list.push(word.charCodeAt(0));
  }
  for (const [k, list] of counts) console.log(`${k}: ${list.join()}`);
  return 0;
}
