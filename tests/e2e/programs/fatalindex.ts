/** A list index out of range stops the program; no catch clause sees it. */
import type { int } from "rtypescript/rlib";

function third(xs: readonly int[]): int {
  return xs[2];
}

export function main(argv: string[]): int {
  const xs = [1, 2, 3];
  console.log(`${third(xs)}`);
  xs.pop();
  try {
    console.log(`${third(xs)}`);
  } catch {
    console.log("caught");
  } finally {
    console.log(`finally ${argv.length}`);
  }
  return 0;
}
