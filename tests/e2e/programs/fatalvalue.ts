/** A missing value of a map, taken with `!`, stops the program where it is used. */
import type { int } from "rtypescript/rlib";

export function main(_argv: string[]): int {
  const map = new Map<string, int>([["a", 1]]);
  let sum = 0;
  for (const key of ["a", "b"]) {
    console.log(key);
    sum += map.get(key)!;
    console.log(`${sum}`);
  }
  return 0;
}
