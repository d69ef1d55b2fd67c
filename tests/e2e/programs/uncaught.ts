/** An error that nobody catches: exit status 1. */
import type { int } from "rtypescript/rlib";

function deep(n: int): int {
  if (n === 0) throw new TypeError("nobody catches this");
  return deep(n - 1) + 1;
}

export function main(_argv: string[]): int {
  console.log("before");
  return deep(3);
}
