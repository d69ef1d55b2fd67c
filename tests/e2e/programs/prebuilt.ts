/** Objects made at import time: cyclic, shared, of subclasses, changed at run time. */
import type { int } from "rtypescript/rlib";

class Item {
  next: Item | null = null;
  constructor(
    // @ts-expect-error the repository itself is erasable
    readonly name: string,
    // @ts-expect-error the repository itself is erasable
    public count: int,
  ) {}
  text(): string {
    return `${this.name}:${this.count}`;
  }
}
class Special extends Item {
  readonly factor = 2.5;
  override text(): string {
    return `${super.text()}*${this.factor}`;
  }
}

const first = new Item("first", 1);
const second = new Special("second", 2);
const third = new Item("third", 3);
first.next = second;
second.next = third;
third.next = first;
const all: readonly Item[] = [first, second, third];
const squares: readonly int[] = Array.from({ length: 10 }, (_, i) => i * i);
const config = { depth: 3, names: ["x", "y"], nested: { ratio: 0.75 } };

export function main(_argv: string[]): int {
  let item: Item | null = first;
  let line = "";
  for (let i = 0; i < 7 && item !== null; i++) {
    item.count += i;
    line += ` ${item.text()}`;
    item = item.next;
  }
  console.log(line);
  for (const i of all) console.log(i.text());
  console.log(`${squares[7]} ${config.depth} ${config.names[1]} ${config.nested.ratio} ${first.next === second}`);
  return 0;
}
