import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const xs = [1, 2, 3];
  return xs[argv.length / 2]!;
}
