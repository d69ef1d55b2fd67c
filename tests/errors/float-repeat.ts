import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  return "ab".repeat(argv.length / 2).length;
}
