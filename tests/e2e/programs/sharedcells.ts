/** Captured variables: shared between closures, one per iteration, parameters, changed after capture, prebuilt lets. */
import type { int } from "rtypescript/rlib";

function makeStack(): { push: (x: int) => void; pop: () => int; size: () => int } {
  const items: int[] = [];
  let pushed = 0;
  return {
    push: (x) => {
      items.push(x);
      pushed++;
    },
    pop: () => items.pop() ?? -1,
    size: () => items.length * 100 + pushed,
  };
}

function accumulate(start: int): [(by: int) => void, () => int] {
  let total = start;
  return [
    (by) => {
      total += by;
    },
    () => total,
  ];
}

function parameters(x: int, f: () => void): int {
  const get = () => x;
  x += 5;
  f();
  return get() + x;
}

function lazily(compute: () => string): () => string {
  let cached: string | null = null;
  return () => {
    if (cached === null) cached = compute();
    return cached;
  };
}

function loops(): string {
  const fs: (() => int)[] = [];
  for (let i = 0; i < 3; i++) {
    const square = i * i;
    fs.push(() => i + square);
  }
  let j = 0;
  while (j < 2) {
    let k = j * 10;
    fs.push(() => k++ + j);
    j++;
  }
  for (const word of ["a", "bb"]) fs.push(() => word.length);
  return `${fs.map((f) => f()).join()} ${fs.map((f) => f()).join()}`;
}

let global = 10;
let settings: string | null = null;
const bump = () => ++global;
const read = () => `${global} ${settings ?? "unset"}`;

function makeCounters(): { inc: () => int; dec: () => int }[] {
  const made: { inc: () => int; dec: () => int }[] = [];
  for (let i = 0; i < 2; i++) {
    let n = i * 100;
    made.push({ inc: () => ++n, dec: () => --n });
  }
  return made;
}
const prebuilt = makeCounters();
const [addToBase, readBase] = accumulate(1000);

function nest(a: int): (b: int) => (c: int) => int {
  return (b) => {
    let calls = 0;
    return (c) => {
      calls++;
      return a * 100 + b * 10 + c + calls * 1000;
    };
  };
}

export function main(_argv: string[]): int {
  const stack = makeStack();
  stack.push(4);
  stack.push(5);
  console.log(`${stack.pop()} ${stack.size()} ${stack.pop()} ${stack.pop()}`);
  const [add, get] = accumulate(1);
  add(5);
  add(6);
  console.log(`${get()}`);
  let touched = "";
  console.log(`${parameters(1, () => (touched += "!"))} ${touched}`);
  let computed = 0;
  const lazy = lazily(() => `v${++computed}`);
  console.log(`${lazy()} ${lazy()} ${computed}`);
  console.log(loops());
  console.log(`${bump()} ${bump()} ${read()}`);
  settings = "on";
  global = 50;
  console.log(`${read()} ${bump()}`);
  console.log(
    `${prebuilt[0].inc()} ${prebuilt[1].inc()} ${prebuilt[0].inc()} ${prebuilt[1].dec()} ${prebuilt[1].dec()}`,
  );
  addToBase(5);
  console.log(`${readBase()}`);
  const f = nest(1)(2);
  console.log(`${f(3)} ${f(4)} ${nest(7)(8)(9)}`);
  let late = 1;
  const show = () => late;
  late = 2;
  const first = show();
  late = 3;
  console.log(`${first} ${show()}`);
  const swap = (): void => {
    [late, global] = [global, late];
  };
  swap();
  console.log(`${late} ${global}`);
  return 0;
}
