import type { char, float, int } from "rtypescript/rlib";
class A { a = 1; }
class B { b = 2; }
function f(x: A | B) { return x; }
export function main(argv: string[]): int {
  f(new A());
  f(new B());
  return 0;
}
