import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  let x: any = 1;
  if (argv.length > 1) x = "text";
  return x === 1 ? 0 : 1;
}
