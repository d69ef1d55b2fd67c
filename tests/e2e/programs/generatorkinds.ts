/** Generators as methods (also virtual), closures and values; closed early; shared between loops; chosen at run time. */
import type { int } from "rtypescript/rlib";

const log: string[] = [];

abstract class Source {
  abstract items(): Iterable<int>;
  *doubled(): Generator<int> {
    for (const x of this.items()) yield x * 2;
  }
  total(): int {
    let sum = 0;
    for (const x of this.doubled()) sum += x;
    return sum;
  }
}
class Up extends Source {
  readonly #n: int;
  constructor(n: int) {
    super();
    this.#n = n;
  }
  *items(): Generator<int> {
    for (let i = 0; i < this.#n; i++) yield i;
  }
}
class Down extends Source {
  *items(): Generator<int> {
    yield* [3, 2, 1];
  }
}

function* cleanup(name: string, n: int): Generator<int> {
  log.push(`open ${name}`);
  try {
    for (let i = 0; i < n; i++) yield i;
  } finally {
    log.push(`close ${name}`);
  }
}

function* outer(): Generator<int> {
  try {
    yield* cleanup("inner", 3);
    for (const x of cleanup("loop", 5)) {
      if (x === 4) return;
      yield x * 100;
    }
  } catch (e) {
    log.push("caught");
  } finally {
    log.push("outer done");
  }
}

function find(wanted: int): int {
  for (const x of outer()) if (x === wanted) return x;
  return -1;
}

function makeCounter(): () => Generator<int> {
  let rounds = 0;
  return function* () {
    rounds++;
    for (let i = 0; i < rounds; i++) {
      const squared = () => i * i;
      yield squared();
    }
  };
}

function* evens(n: int): Generator<int> {
  for (let i = 0; i < n; i += 2) yield i;
}
function* odds(n: int): Generator<int> {
  let i = 1;
  while (i < n) {
    yield i;
    i += 2;
  }
}

function* words(): Generator<string> {
  yield "a";
  yield "b";
}
function* pairs(): Generator<[string, int]> {
  let n = 0;
  for (const w of words()) yield [w, n++];
}

function* throwing(): Generator<int> {
  yield 1;
  throw new Error("from generator");
}

function* defaults(n: int, label: string = `n${n}`): Generator<string> {
  yield label;
  yield label + n;
}

export function main(argv: string[]): int {
  const sources: Source[] = [new Up(4), new Down()];
  console.log(sources.map((s) => s.total()).join());
  console.log(`${find(200)} ${find(1)} ${find(99)}`);
  console.log(log.join("; "));
  const counter = makeCounter();
  for (let i = 0; i < 3; i++) console.log([...counter()].join());
  const chosen = argv.length === 0 ? odds(8) : evens(8);
  console.log([...chosen].join());
  const both = [evens(5), odds(5), evens(3)];
  for (const g of both) console.log([...g].join());
  const shared = evens(20);
  for (const x of shared) {
    if (x > 4) break;
    console.log(`first ${x}`);
  }
  console.log(`${[...shared].length}`);
  console.log([...pairs()].map(([w, n]) => w + n).join());
  const map = new Map(pairs());
  console.log(`${map.get("b")} ${map.size}`);
  let seen = 0;
  try {
    for (const x of throwing()) seen += x;
  } catch (e) {
    if (e instanceof Error) console.log(`${e.message} ${seen}`);
  }
  try {
    for (const x of cleanup("thrown", 9)) if (x === 2) throw new Error("body");
  } catch {
    console.log(log[log.length - 1]);
  }
  console.log([...defaults(7)].join() + [...defaults(8, "x")].join());
  outer: for (const x of cleanup("a", 3)) {
    for (const y of cleanup("b", 3)) {
      if (y === 1) continue outer;
      if (x === 1) break outer;
    }
  }
  console.log(log.slice(-6).join("; "));
  const [one, , three] = odds(100);
  console.log(`${one} ${three}`);
  return 0;
}
