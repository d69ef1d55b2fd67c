import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const xs: any[] = [1, 2];
  return xs.includes("a") ? 1 : 0;
}
