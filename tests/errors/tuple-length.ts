import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const p: [int, int] = [1, 2];
  const [a, b, c] = p as any;
  return a + b + c;
}
