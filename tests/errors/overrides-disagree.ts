import type { char, float, int } from "rtypescript/rlib";
abstract class A { abstract f(): any; }
class B extends A { override f() { return 1; } }
class C extends A { override f() { return "text"; } }
export function main(argv: string[]): int {
  const x: A = argv.length > 1 ? new B() : new C();
  x.f();
  return 0;
}
