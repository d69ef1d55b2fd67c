import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const s = new Set<[int, int]>();
  s.add([1, argv.length]);
  return s.size;
}
