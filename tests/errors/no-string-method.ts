import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const s: any = argv[0];
  return s.frobnicate();
}
