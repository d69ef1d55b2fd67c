/** A generic linked list and a generic class that extends another. */
import type { int } from "rtypescript/rlib";

class Item<T> {
  readonly value: T;
  next: Item<T> | null = null;
  constructor(value: T) {
    this.value = value;
  }
}

class Chain<T> {
  protected head: Item<T> | null = null;
  protected tail: Item<T> | null = null;
  length = 0;
  add(value: T): this {
    const item = new Item(value);
    if (this.tail === null) this.head = item;
    else this.tail.next = item;
    this.tail = item;
    this.length++;
    return this;
  }
  reduce<R>(start: R, f: (r: R, value: T) => R): R {
    let r = start;
    for (let item = this.head; item !== null; item = item.next) r = f(r, item.value);
    return r;
  }
}

class Queue<T> extends Chain<T> {
  take(): T | null {
    const item = this.head;
    if (item === null) return null;
    this.head = item.next;
    if (item.next === null) this.tail = null;
    this.length--;
    return item.value;
  }
}

export function main(_argv: string[]): int {
  const numbers = new Queue<int>();
  for (let i = 1; i <= 5; i++) numbers.add(i * i);
  console.log(`${numbers.reduce(0, (a, b) => a + b)} ${numbers.reduce("", (text, n) => `${text}<${n}>`)}`);
  console.log(`${numbers.take() ?? -1} ${numbers.take() ?? -1} ${numbers.length}`);
  const names = new Queue<string>().add("x").add("y");
  console.log(`${names.take() ?? "?"}${names.take() ?? "?"}${names.take() ?? "?"}`);
  return 0;
}
