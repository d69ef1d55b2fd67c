/** Generic classes and functions for ints, strings and instances. */
import type { int } from "rtypescript/rlib";

class Stack<T> {
  #items: T[] = [];
  push(item: T): void {
    this.#items.push(item);
  }
  pop(): T | undefined {
    return this.#items.pop();
  }
  get size(): int {
    return this.#items.length;
  }
}

class Box<T> {
  // @ts-expect-error the repository itself is stricter
  constructor(public value: T) {}
  map<U>(f: (value: T) => U): Box<U> {
    return new Box(f(this.value));
  }
}

function last<T>(xs: readonly T[], otherwise: T): T {
  return xs.length === 0 ? otherwise : xs[xs.length - 1];
}

export function main(_argv: string[]): int {
  const ints = new Stack<int>();
  const names = new Stack<string>();
  for (let i = 0; i < 5; i++) {
    ints.push(i * i);
    names.push(`n${i}`);
  }
  console.log(`${ints.pop() ?? -1} ${names.pop() ?? "?"} ${ints.size + names.size}`);
  const box = new Box(20).map((n) => n / 8).map((f) => `<${f}>`);
  console.log(box.value);
  console.log(`${last([1, 2, 3], 0)} ${last([], "empty")}`);
  return 0;
}
