import type { char, float, int } from "rtypescript/rlib";
class A { a = 1; }
export function main(argv: string[]): int {
  const a: any = new A();
  return a - 1;
}
