import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const r = { a: 1, b: 2 };
  return (r as any)[argv[0]!];
}
