import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const f: any = 3;
  return f(1);
}
