import type { char, float, int } from "rtypescript/rlib";
class A { a = 1; }
export function main(argv: string[]): int {
  const x: any = new A();
  return x.missing(1);
}
