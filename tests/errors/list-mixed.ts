import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const xs = [1, 2];
  xs.push("a" as never);
  return xs.length;
}
