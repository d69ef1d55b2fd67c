/** Generic classes and functions for several kinds of items, with constraints, defaults and static helpers. */
import type { float, int } from "rtypescript/rlib";

class Stack<T> {
  readonly #items: T[] = [];
  push(...items: T[]): this {
    for (const item of items) this.#items.push(item);
    return this;
  }
  pop(): T | undefined {
    return this.#items.pop();
  }
  peek(): T | null {
    return this.#items.length === 0 ? null : this.#items[this.#items.length - 1];
  }
  get size(): int {
    return this.#items.length;
  }
  map<U>(f: (item: T) => U): Stack<U> {
    const made = new Stack<U>();
    for (const item of this.#items) made.push(f(item));
    return made;
  }
  toList(): T[] {
    return [...this.#items];
  }
}

class Pair<A, B = A> {
  readonly first: A;
  readonly second: B;
  constructor(first: A, second: B) {
    this.first = first;
    this.second = second;
  }
  swap(): Pair<B, A> {
    return new Pair(this.second, this.first);
  }
}

interface Ordered {
  compareTo(other: Ordered): int;
  readonly rank: int;
}
class Card implements Ordered {
  readonly rank: int;
  constructor(rank: int) {
    this.rank = rank;
  }
  compareTo(other: Ordered): int {
    return this.rank - other.rank;
  }
}

function largest<T extends Ordered>(items: readonly T[]): T {
  let best = items[0];
  for (const item of items) if (item.compareTo(best) > 0) best = item;
  return best;
}

function first<T>(items: readonly T[]): T | undefined {
  return items.length > 0 ? items[0] : undefined;
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const k = key(item);
    const group = groups.get(k);
    if (group === undefined) groups.set(k, [item]);
    else group.push(item);
  }
  return groups;
}

function zip<A, B>(as: readonly A[], bs: readonly B[]): [A, B][] {
  const made: [A, B][] = [];
  for (let i = 0; i < Math.min(as.length, bs.length); i++) made.push([as[i], bs[i]]);
  return made;
}

class LinkedList<T> {
  head: ListNode<T> | null = null;
  length = 0;
  add(value: T): void {
    this.head = new ListNode(value, this.head);
    this.length++;
  }
  each(f: (value: T, index: int) => void): void {
    let i = 0;
    for (let n = this.head; n !== null; n = n.next) f(n.value, i++);
  }
}
class ListNode<T> {
  readonly value: T;
  readonly next: ListNode<T> | null;
  constructor(value: T, next: ListNode<T> | null) {
    this.value = value;
    this.next = next;
  }
}

class Cache<K, V> {
  readonly #map = new Map<K, V>();
  hits = 0;
  get(key: K, make: (key: K) => V): V {
    const known = this.#map.get(key);
    if (known !== undefined) {
      this.hits++;
      return known;
    }
    const made = make(key);
    this.#map.set(key, made);
    return made;
  }
}

const identity = <T>(x: T): T => x;

export function main(_argv: string[]): int {
  const ints = new Stack<int>().push(1, 2, 3);
  const texts = new Stack<string>();
  texts.push("a").push("b");
  const floats = new Stack<float>().push(0.5, 2);
  console.log(`${ints.pop() ?? -1} ${texts.pop() ?? ""} ${floats.pop() ?? -1} ${ints.size} ${ints.peek() ?? 0}`);
  console.log(
    `${ints
      .map((x) => `<${x}>`)
      .toList()
      .join()} ${floats.map((x) => x * 3).peek() ?? 0} ${ints
      .map((x) => x / 2)
      .toList()
      .join()}`,
  );
  const pair = new Pair(1, "one");
  console.log(`${pair.swap().first} ${pair.swap().second + 1} ${new Pair(0.5, 1.5).second}`);
  console.log(`${largest([new Card(3), new Card(9), new Card(5)]).rank}`);
  console.log(`${first([7, 8]) ?? 0} ${first(["x"]) ?? "none"} ${first<string>([]) ?? "none"} ${first([0.25]) ?? 0}`);
  for (const [k, group] of groupBy([1, 2, 3, 4, 5], (x) => x % 2 === 0)) console.log(`${k}: ${group.join()}`);
  for (const [k, group] of groupBy(["one", "two", "three"], (s) => s.length)) console.log(`${k}: ${group.join()}`);
  console.log(
    zip([1, 2, 3], ["a", "b"])
      .map(([n, s]) => s.repeat(n))
      .join(),
  );
  const list = new LinkedList<string>();
  list.add("x");
  list.add("y");
  list.each((v, i) => console.log(`${i} ${v}`));
  const numbers = new LinkedList<float>();
  numbers.add(1);
  numbers.add(2.5);
  let sum = 0;
  numbers.each((v) => (sum += v));
  console.log(`${sum} ${numbers.length}`);
  const cache = new Cache<string, int>();
  console.log(`${cache.get("abc", (k) => k.length)} ${cache.get("abc", () => 99)} ${cache.hits}`);
  console.log(`${identity(3)} ${identity("s")} ${identity([1, 2]).length} ${identity(true)}`);
  return 0;
}
