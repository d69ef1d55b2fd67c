import type { float, int } from "rtypescript/rlib";
const table: int[] = [1, 3000000000];
function half(x: float) { return x * 0.5 + 5000000000; }
export function main(argv: string[]): int {
  const n = argv.length + 5000000000;
  return half(argv.length * 6000000000.0) > 1 ? n : table[0]!;
}
