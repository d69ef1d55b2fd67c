import type { char, float, int } from "rtypescript/rlib";
function f(n: int): any { if (n > 1) return "text"; return 1; }
export function main(argv: string[]): int {
  f(argv.length);
  return 0;
}
