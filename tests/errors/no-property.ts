import type { char, float, int } from "rtypescript/rlib";
class Base { a = 1; }
class Sub extends Base { b = 2; }
export function main(argv: string[]): int {
  const x: Base = argv.length > 1 ? new Base() : new Sub();
  return (x as any).b;
}
