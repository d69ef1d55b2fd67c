import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const r: any = { x: 1 };
  return r.y;
}
