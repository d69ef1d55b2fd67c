import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  let p: any = [1, 2] as [int, int];
  if (argv.length > 1) p = [1, 2, 3] as [int, int, int];
  return p[0];
}
