/** Lists of ints, floats and strings: growing, slices, search, sorting, callbacks. */
import type { int } from "rtypescript/rlib";

export function main(_argv: string[]): int {
  const xs: int[] = [];
  for (let i = 0; i < 20; i++) xs.push((i * 7) % 11);
  console.log(`${xs.length} ${xs[5]} ${xs.indexOf(10)} ${xs.includes(99)}`);
  const sorted = xs.slice(0, 8).sort((a, b) => a - b);
  console.log(sorted.join(","));
  const evens = xs.filter((x) => x % 2 === 0).map((x) => x * 1.5);
  console.log(evens.join(" "));
  console.log(`${xs.reduce((a, b) => a + b, 0)} ${xs.some((x) => x > 9)} ${xs.every((x) => x < 11)}`);
  const names = ["pear", "apple", "fig"];
  names.sort();
  names.unshift("zebra");
  names.splice(1, 1);
  console.log(`${names.join("|")} ${names.concat(["q"]).length} ${names.reverse()[0]}`);
  const grid: int[][] = [];
  for (let i = 0; i < 3; i++) grid.push(new Array<int>(3).fill(i));
  grid[1][2] = 9;
  console.log(grid.map((row) => row.join("")).join("/"));
  console.log(`${xs.find((x) => x > 7) ?? -1} ${xs.findIndex((x) => x === 4)} ${xs.lastIndexOf(0)}`);
  return 0;
}
