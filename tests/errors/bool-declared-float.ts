import type { char, float, int } from "rtypescript/rlib";
function f(x: float) { return x; }
export function main(argv: string[]): int {
  return f((argv.length > 1) as any) > 1 ? 1 : 0;
}
