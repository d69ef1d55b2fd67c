import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const x: any = argv.length;
  const xs = [...x];
  return xs.length;
}
