/** Compound assignment on fields, items, nested places; increments; destructuring assignment. */
import type { int } from "rtypescript/rlib";

class Holder {
  n = 1;
  xs: int[] = [1, 2, 3];
  inner: Holder | null = null;
}

let evaluations = 0;
function at(i: int): int {
  evaluations++;
  return i;
}

export function main(_argv: string[]): int {
  const h = new Holder();
  h.inner = new Holder();
  h.n += 4;
  h.n *= 3;
  h.inner.n -= 10;
  h.xs[at(1)] += 40;
  h.xs[at(2)]++;
  --h.xs[at(0)];
  h.inner.xs[0] <<= 3;
  console.log(`${h.n} ${h.inner.n} ${h.xs.join(",")} ${h.inner.xs.join(",")} ${evaluations}`);
  let [a, b, c] = [1, 2, 3];
  [a, b, c] = [c, a, b];
  console.log(`${a}${b}${c}`);
  const xs = [10, 20, 30, 40];
  [xs[0], xs[3]] = [xs[3], xs[0]];
  const [first, , third = 99, ...rest] = xs;
  console.log(`${first} ${third} ${rest.length} ${rest[0]}`);
  let i = 5;
  const j = i++ + ++i;
  console.log(`${i} ${j}`);
  let s = "a";
  s += "b";
  s += 1 + 2;
  console.log(s);
  const {
    n,
    xs: [head],
  } = h;
  console.log(`${n} ${head}`);
  return 0;
}
