import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const n: int = argv[0] as any;
  return n;
}
