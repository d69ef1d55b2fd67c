/** Closures that capture values, share variables, and are passed around. */
import type { int } from "rtypescript/rlib";

function counter(start: int): () => int {
  let n = start;
  return () => {
    n++;
    return n;
  };
}

function compose(f: (x: int) => int, g: (x: int) => int): (x: int) => int {
  return (x) => g(f(x));
}

function apply(times: int, f: (x: int) => int, x: int): int {
  for (let i = 0; i < times; i++) x = f(x);
  return x;
}

export function main(_argv: string[]): int {
  const a = counter(10);
  const b = counter(100);
  console.log(`${a()} ${a()} ${b()} ${a()}`);
  const add = (n: int) => (x: int) => x + n;
  const both = compose(add(3), (x) => x * 2);
  console.log(`${both(4)} ${apply(5, both, 1)}`);
  const fs: ((x: int) => int)[] = [];
  for (let i = 0; i < 4; i++) fs.push((x) => x * i);
  let line = "";
  for (const f of fs) line += ` ${f(10)}`;
  console.log(line);
  let total = 0;
  const accumulate = (x: int): void => {
    total += x;
  };
  accumulate(5);
  accumulate(6);
  console.log(`${total}`);
  return 0;
}
