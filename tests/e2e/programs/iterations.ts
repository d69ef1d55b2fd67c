/** `for…of` over everything builtin, spread, destructuring of iterables, iterators as values. */
import type { int } from "rtypescript/rlib";

function lists(xs: readonly int[]): int {
  let total = 0;
  for (const x of xs) {
    if (x === 3) continue;
    if (x > 8) break;
    total += x;
  }
  for (const [i, x] of xs.entries()) total += i * x;
  for (const i of xs.keys()) total += i;
  return total;
}

function growingLoop(): string {
  const queue = [1];
  const seen: int[] = [];
  for (const x of queue) {
    seen.push(x);
    if (x < 6) queue.push(x + 1, x + 2);
  }
  return `${seen.length} ${seen.slice(0, 8).join()}`;
}

function sumAll(items: Iterable<int>): int {
  let total = 0;
  for (const x of items) total += x;
  return total;
}

export function main(_argv: string[]): int {
  console.log(`${lists([1, 2, 3, 4, 9, 10])} ${growingLoop()}`);
  let text = "";
  for (const c of "aé\u{1f600}z") text += `<${c}>`;
  console.log(text);
  const m = new Map([
    ["x", [1, 2]],
    ["y", [3]],
  ]);
  for (const [k, [first]] of m) console.log(`${k} ${first}`);
  const [a, b = 7, ...rest] = [1, 2, 3, 4];
  const [p, q] = "hi";
  console.log(`${a} ${b} ${rest.join()} ${p}${q}`);
  const nested = [
    [1, [2]],
    [3, [4]],
  ] as const;
  console.log(`${sumAll([1, 2, 3])} ${Math.max(...[3, 1, 2], 0)}`);
  const set = new Set([1, 2, 3]);
  console.log([...set].map((x) => x * x).join() + [...m.keys()].join("") + [..."ab"].join("-"));
  const bytes = new Uint8Array([1, 2, 3]);
  for (const x of bytes) if (x > 1) console.log(`${x}`);
  return 0;
}
