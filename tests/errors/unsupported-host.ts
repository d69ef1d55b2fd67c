import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  return JSON.parse("1");
}
