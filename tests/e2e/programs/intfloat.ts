/** Where ints and floats meet: fields, lists, parameters, results, integral floats as indices. */
import type { float, int } from "rtypescript/rlib";

class Stat {
  count = 0;
  mean = 0.0;
  add(x: float): void {
    this.count++;
    this.mean += (x - this.mean) / this.count;
  }
}

function half(n: int): float {
  return n / 2;
}

function middle(xs: readonly int[]): int {
  return xs[Math.floor(xs.length / 2)];
}

function pick(xs: readonly string[], ratio: float): string {
  const index = Math.floor(ratio * xs.length);
  return xs[Math.min(index, xs.length - 1)];
}

function grow(x: float, times: int): float {
  for (let i = 0; i < times; i++) x = x * 1.5 + i;
  return x;
}

export function main(argv: string[]): int {
  const stat = new Stat();
  for (const x of [1, 2, 3.5, 10]) stat.add(x);
  console.log(`${stat.count} ${stat.mean}`);
  console.log(`${half(7)} ${half(8)} ${middle([5, 6, 7, 8])} ${pick(["a", "b", "c"], 0.5)} ${pick(["a", "b"], 1)}`);
  console.log(`${grow(1, 3)} ${grow(0.5, 2)}`);
  let mixed = 3;
  mixed += argv.length;
  const scaled: float = mixed;
  console.log(`${scaled / 4} ${mixed % 2} ${scaled % 2.5}`);
  const floor: int = Math.floor(7.9);
  console.log(`${floor} ${Math.round(2.6) + 1} ${Math.ceil(-0.5) + 0}`);
  const ys: float[] = [1, 2, 3];
  ys.push(0.25);
  console.log(ys.map((y) => y * 2).join(" "));
  return 0;
}
