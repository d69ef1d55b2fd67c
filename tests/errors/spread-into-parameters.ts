import type { char, float, int } from "rtypescript/rlib";
function f(a: int, b: int) { return a + b; }
export function main(argv: string[]): int {
  const xs: any = [1, 2];
  return f(...xs);
}
