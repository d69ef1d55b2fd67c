import type { char, float, int } from "rtypescript/rlib";
const table: any[] = [(x: int) => x, (x: int) => "text"];
export function main(argv: string[]): int {
  const f = table[argv.length];
  f(1);
  return 0;
}
