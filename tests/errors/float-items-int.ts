import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const xs: int[] = [1];
  xs.push(0.5);
  return xs[0]!;
}
