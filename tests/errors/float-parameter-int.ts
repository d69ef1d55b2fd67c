import type { char, float, int } from "rtypescript/rlib";
function f(n: int) { return n; }
export function main(argv: string[]): int {
  return f(1.5);
}
