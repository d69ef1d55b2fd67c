import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  let n = 0;
  const x: any = 3;
  for (const y of x) n++;
  return n;
}
