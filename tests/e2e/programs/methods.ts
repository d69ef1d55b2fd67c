/** Bound methods and methods as values. */
import type { int } from "rtypescript/rlib";

class Greeter {
  // @ts-expect-error the repository itself is stricter
  constructor(readonly greeting: string) {}
  greet(name: string): string {
    return `${this.greeting}, ${name}`;
  }
}
class Loud extends Greeter {
  override greet(name: string): string {
    return `${super.greet(name)}!`;
  }
}

function twice(f: (name: string) => string): string {
  return `${f("Ann")} ${f("Bob")}`;
}

const prebuilt = new Loud("hey");
const bound = prebuilt.greet.bind(prebuilt);

export function main(_argv: string[]): int {
  const greeters = [new Greeter("hello"), new Loud("hi")];
  for (const g of greeters) console.log(twice((name) => g.greet(name)));
  const soft = greeters[0];
  const method = (name: string): string => soft.greet(name);
  console.log(method("Cid"));
  console.log(bound("Dan"));
  return 0;
}
