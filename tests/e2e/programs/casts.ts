/** Casts to subclasses, narrowing by instanceof and by null tests, deep hierarchies. */
import type { int } from "rtypescript/rlib";

class A {
  a(): int {
    return 1;
  }
}
class B extends A {
  readonly extra = 20;
  override a(): int {
    return 2;
  }
}
class C extends B {
  readonly more = "c";
  override a(): int {
    return 3;
  }
}
class D extends A {}

function pick(n: int): A | null {
  switch (n) {
    case 0:
      return new A();
    case 1:
      return new B();
    case 2:
      return new C();
    case 3:
      return new D();
  }
  return null;
}

function describe(x: A | null): string {
  if (x === null) return "null";
  if (x instanceof C) return `C ${x.more} ${x.extra}`;
  if (x instanceof B) return `B ${x.extra}`;
  if (x instanceof D) return "D";
  return `A ${x.a()}`;
}

export function main(_argv: string[]): int {
  for (let i = 0; i < 5; i++) {
    const x = pick(i);
    console.log(`${describe(x)} ${x instanceof A} ${x instanceof B}`);
  }
  const b = pick(2) as B;
  console.log(`${b.extra + b.a()}`);
  const c = pick(2)!;
  console.log(`${(c as C).more}`);
  const maybe = pick(9) as B | null;
  console.log(`${maybe?.extra ?? 0}`);
  return 0;
}
