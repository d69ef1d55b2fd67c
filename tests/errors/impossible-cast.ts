import type { char, float, int } from "rtypescript/rlib";
class Animal { name = "x"; }
class Cat extends Animal { c = 1; }
class Dog extends Animal { d = 1; }
export function main(argv: string[]): int {
  const c = new Cat();
  return (c as unknown as Dog).d;
}
