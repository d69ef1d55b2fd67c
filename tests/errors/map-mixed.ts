import type { char, float, int } from "rtypescript/rlib";
export function main(argv: string[]): int {
  const m = new Map<string, any>();
  m.set("a", 1);
  m.set("b", "text");
  return m.size;
}
