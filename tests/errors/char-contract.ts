import type { char, float, int } from "rtypescript/rlib";
function f(c: char) { return c; }
export function main(argv: string[]): int {
  return f(argv[0]!).length;
}
