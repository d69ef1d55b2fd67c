/** Tuples in lists, maps, fields and results; nested and nullable tuples. */
import type { float, int } from "rtypescript/rlib";

class Range {
  readonly bounds: [int, int];
  constructor(low: int, high: int) {
    this.bounds = [low, high];
  }
}

function extremes(xs: readonly int[]): [int, int] | null {
  if (xs.length === 0) return null;
  let [low, high] = [xs[0], xs[0]];
  for (const x of xs) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return [low, high];
}

function nested(n: int): [string, [int, float]] {
  return [`n${n}`, [n * n, n / 2]];
}

export function main(_argv: string[]): int {
  const [low, high] = new Range(3, 9).bounds;
  console.log(`${low} ${high}`);
  const found = extremes([5, -2, 8]);
  console.log(found === null ? "none" : `${found[0]} ${found[1]}`);
  console.log(extremes([]) === null ? "none" : "some");
  const table = new Map<string, [int, string]>();
  table.set("one", [1, "uno"]);
  table.set("two", [2, "due"]);
  for (const [key, [n, word]] of table) console.log(`${key} ${n} ${word}`);
  const queue: [int, boolean][] = [];
  for (let i = 0; i < 4; i++) queue.push([i, i % 2 === 0]);
  let line = "";
  for (const [n, even] of queue) line += `${n}${even ? "e" : "o"} `;
  console.log(line);
  const [name, [square, half]] = nested(7);
  console.log(`${name} ${square} ${half}`);
  return 0;
}
