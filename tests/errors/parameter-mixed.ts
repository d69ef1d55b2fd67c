import type { char, float, int } from "rtypescript/rlib";
function f(x: any) { return x; }
export function main(argv: string[]): int {
  f(1);
  f("text");
  return 0;
}
