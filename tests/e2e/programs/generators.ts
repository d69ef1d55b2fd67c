/** Generator functions: loops, state, early return, yield*, finally, recursion, generic, spread and destructured. */
import type { int } from "rtypescript/rlib";

function* range(start: int, end: int, step = 1): Generator<int> {
  for (let i = start; i < end; i += step) yield i;
}

function* fibonacci(): Generator<int> {
  let [a, b] = [0, 1];
  for (;;) {
    yield a;
    [a, b] = [b, a + b];
  }
}

function* words(text: string): IterableIterator<string> {
  let word = "";
  for (const c of text) {
    if (c === " ") {
      if (word !== "") yield word;
      word = "";
    } else word += c;
  }
  if (word !== "") yield word;
}

class Tree {
  readonly value: int;
  readonly left: Tree | null;
  readonly right: Tree | null;
  constructor(value: int, left: Tree | null = null, right: Tree | null = null) {
    this.value = value;
    this.left = left;
    this.right = right;
  }
  *walk(): Generator<int> {
    if (this.left !== null) yield* this.left.walk();
    yield this.value;
    if (this.right !== null) yield* this.right.walk();
  }
}

function* take<T>(source: Iterable<T>, n: int): Generator<T> {
  if (n <= 0) return;
  let taken = 0;
  for (const item of source) {
    yield item;
    if (++taken >= n) return;
  }
}

function* mapped<T, U>(source: Iterable<T>, f: (x: T) => U): Generator<U> {
  for (const x of source) yield f(x);
}

const log: string[] = [];

function* guarded(): Generator<int> {
  try {
    yield 1;
    yield 2;
    yield 3;
  } finally {
    log.push("cleanup");
  }
}

function sum(xs: Iterable<int>): int {
  let total = 0;
  for (const x of xs) total += x;
  return total;
}

export function main(_argv: string[]): int {
  console.log(`${[...range(0, 5)].join()} ${[...range(0, 10, 3)].join()} ${sum(range(1, 101))}`);
  console.log([...take(fibonacci(), 12)].join());
  for (const word of words("  the quick  fox ")) console.log(word);
  const tree = new Tree(5, new Tree(2, new Tree(1)), new Tree(8, new Tree(7), new Tree(9)));
  console.log([...tree.walk()].join(" "));
  console.log([...mapped(take(tree.walk(), 3), (x) => `<${x}>`)].join(""));
  for (const x of guarded()) {
    log.push(`got ${x}`);
    if (x === 2) break;
  }
  for (const x of guarded()) log.push(`all ${x}`);
  console.log(log.join(" "));
  const [a, b, c] = fibonacci();
  console.log(`${a} ${b} ${c}`);
  console.log(`${Array.from(range(3, 6)).length} ${new Set(range(0, 4)).size} ${Math.max(...range(0, 7))}`);
  console.log(`${sum([1, 2, 3])} ${sum(new Set([4, 5]))} ${sum(take([7, 8, 9], 2))}`);
  let product = 1;
  for (const i of range(1, 6)) for (const j of range(0, 2)) product += i * j;
  console.log(`${product}`);
  return 0;
}
