/** Tuples as values and results, destructuring. */
import type { float, int } from "rtypescript/rlib";

function divide(a: int, b: int): [int, int] {
  return [Math.floor(a / b), a % b];
}

function minmax(xs: readonly float[]): [float, float] {
  let low = xs[0];
  let high = xs[0];
  for (const x of xs) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return [low, high];
}

const ORIGIN: readonly [int, string] = [7, "origin"];

export function main(_argv: string[]): int {
  const [q, r] = divide(47, 5);
  console.log(`${q} ${r}`);
  const pair = minmax([3.5, -1.25, 9]);
  console.log(`${pair[0]} ${pair[1]}`);
  let [a, b] = [1, 2];
  [a, b] = [b, a + b];
  console.log(`${a} ${b} ${ORIGIN[0]} ${ORIGIN[1]}`);
  const pairs: [string, int][] = [
    ["one", 1],
    ["two", 2],
  ];
  for (const [name, value] of pairs) console.log(`${name}=${value}`);
  return 0;
}
