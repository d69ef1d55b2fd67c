import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const it = [1, 2].values();
  return it.next().value;
}
