import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  return Math.floor(Math.sqrt(argv[0] as any));
}
