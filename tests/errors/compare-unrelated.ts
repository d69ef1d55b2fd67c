import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const x: any = argv.length;
  return x === "1" ? 1 : 0;
}
