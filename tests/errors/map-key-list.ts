import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const m = new Map<string[], int>();
  m.set(argv, 1);
  return m.size;
}
