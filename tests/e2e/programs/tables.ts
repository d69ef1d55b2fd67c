/** Prebuilt maps, nested structures, closures and cells made at import time. */
import type { int } from "rtypescript/rlib";

class Op {
  readonly name: string;
  readonly run: (a: int, b: int) => int;
  uses = 0;
  #secret: int;
  constructor(name: string, run: (a: int, b: int) => int, secret: int) {
    this.name = name;
    this.run = run;
    this.#secret = secret;
  }
  reveal(): int {
    return this.#secret;
  }
}

const OPS = new Map<string, Op>();
for (const [i, [name, run]] of (
  [
    ["+", (a: int, b: int) => a + b],
    ["-", (a: int, b: int) => a - b],
    ["*", (a: int, b: int) => a * b],
  ] as [string, (a: int, b: int) => int][]
).entries())
  OPS.set(name, new Op(name, run, i * 7));

function makeCounter(start: int): { next: () => int; peek: () => int } {
  let n = start;
  return { next: () => ++n, peek: () => n };
}
const counter = makeCounter(41);
counter.next();

const adders = [1, 10, 100].map(
  (n) =>
    (x: int): int =>
      x + n,
);
const LIMITS: ReadonlyMap<int, readonly string[]> = new Map([
  [1, ["one", "uno"]],
  [2, ["two"]],
]);
let level = 3;

export function main(argv: string[]): int {
  for (const name of ["+", "*", "-", "+"]) {
    const op = OPS.get(name);
    if (op === undefined) continue;
    op.uses++;
    console.log(`${name} ${op.run(12, 5)} ${op.uses} ${op.reveal()}`);
  }
  console.log(`${counter.next()} ${counter.next()} ${counter.peek()}`);
  let line = "";
  for (const add of adders) line += ` ${add(5)}`;
  console.log(line);
  console.log(`${LIMITS.get(1)?.length ?? 0} ${LIMITS.get(2)?.[0] ?? "?"} ${LIMITS.get(3) === undefined}`);
  level += argv.length;
  console.log(`${level} ${OPS.size}`);
  return 0;
}
