/** A generic priority queue with a comparing function, used for ints, strings and instances. */
import type { float, int } from "rtypescript/rlib";

class Heap<T> {
  readonly #items: T[] = [];
  readonly #less: (a: T, b: T) => boolean;
  constructor(less: (a: T, b: T) => boolean) {
    this.#less = less;
  }
  get size(): int {
    return this.#items.length;
  }
  push(item: T): void {
    const items = this.#items;
    items.push(item);
    let i = items.length - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!this.#less(items[i], items[up])) break;
      this.#swap(i, up);
      i = up;
    }
  }
  pop(): T {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined) throw new RangeError("empty heap");
    if (items.length > 0) {
      items[0] = last;
      this.#sink(0);
    }
    return top;
  }
  #sink(i: int): void {
    const items = this.#items;
    for (;;) {
      let least = i;
      for (let c = 2 * i + 1; c <= 2 * i + 2 && c < items.length; c++) {
        if (this.#less(items[c], items[least])) least = c;
      }
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }
  #swap(i: int, j: int): void {
    const t = this.#items[i];
    this.#items[i] = this.#items[j];
    this.#items[j] = t;
  }
}

class Task {
  readonly name: string;
  readonly due: float;
  constructor(name: string, due: float) {
    this.name = name;
    this.due = due;
  }
}

export function main(_argv: string[]): int {
  const ints = new Heap<int>((a, b) => a < b);
  let x = 7;
  for (let i = 0; i < 20; i++) {
    x = (x * 37 + 11) % 101;
    ints.push(x);
  }
  let line = "";
  while (ints.size > 0) line += ` ${ints.pop()}`;
  console.log(line);
  const words = new Heap<string>((a, b) => a.length > b.length || (a.length === b.length && a < b));
  for (const w of ["pear", "fig", "banana", "kiwi", "apple"]) words.push(w);
  while (words.size > 0) console.log(words.pop());
  const tasks = new Heap<Task>((a, b) => a.due < b.due);
  tasks.push(new Task("late", 9.5));
  tasks.push(new Task("soon", 0.25));
  console.log(tasks.pop().name);
  return 0;
}
