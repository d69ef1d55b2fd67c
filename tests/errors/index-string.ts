import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const i: any = argv[0];
  const xs = [1, 2];
  return xs[i]!;
}
