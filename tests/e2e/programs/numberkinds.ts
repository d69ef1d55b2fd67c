/** Which numbers are ints: inference through variables, fields, lists, prebuilt values; where int and float meet. Needs 64-bit words. */
import type { float, int } from "rtypescript/rlib";

const LIMITS = [10, 20, 30];
const RATIOS = [1.5, 2, 4];
const SCALE = 1e3;
const mixed = { whole: 7, half: 0.5, big: 1e15 };

class Stats {
  count = 0;
  sum = 0;
  mean = 0.0;
  best = -1;

  add(x: number): void {
    this.count++;
    this.sum += x;
    this.mean = this.sum / this.count;
  }
}

class Tally {
  total = 0;
  add(n: number): void {
    this.total += n;
  }
}

function half(n: number): number {
  return n / 2;
}

function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

function pick(flag: boolean, a: int, b: float): float {
  return flag ? a : b;
}

export function main(argv: string[]): int {
  const zero = argv.length;
  const stats = new Stats();
  stats.add(3);
  stats.add(4.5);
  console.log(`${stats.count} ${stats.sum} ${stats.mean} ${stats.best}`);
  const tally = new Tally();
  for (const limit of LIMITS) tally.add(limit);
  console.log(`${tally.total} ${tally.total % 7} ${LIMITS[zero]} ${RATIOS[1]} ${RATIOS[zero] + LIMITS[zero]}`);
  console.log(`${half(7)} ${half(8)} ${half(zero + 3)}`);
  console.log(`${clamp(5, 0, 3)} ${clamp(zero - 5, 0, 3)} ${clamp(2, 0, 3)}`);
  console.log(`${SCALE} ${SCALE / 8} ${mixed.whole % 4} ${mixed.half * 3} ${mixed.big}`);
  let n = 0;
  for (let i = 0; i < 10; i++) n += i;
  let x = 0;
  for (let i = 0; i < 10; i++) x += i / 4;
  console.log(`${n} ${x} ${n + x} ${n * x} ${n - x} ${n / x}`);
  console.log(`${pick(zero === 0, 3, 1.25)} ${pick(zero !== 0, 3, 1.25)}`);
  const xs = [1, 2, 3];
  const ys = [1, 2.5, 3];
  const zs: float[] = [1, 2, 3];
  console.log(`${xs.join()} ${ys.join()} ${zs.join()} ${xs[zero] / 2} ${zs[1] / 4}`);
  console.log(`${xs.length / 2} ${"abc".length * 1.5} ${Math.max(xs[0], ys[1])} ${Math.min(1, 0.5)}`);
  console.log(`${1 / (zero - 0.0)} ${-1 / (0.0 * -1)} ${0.0 * -1}`);
  let big = 1;
  for (let i = 0; i < 60; i++) big *= 2.0;
  console.log(`${big} ${big / 3}`);
  console.log(`${zero === 0.0} ${xs[1] === ys[0] * 2} ${n > x} ${xs[2] <= ys[2]} ${0.5 < xs[0]}`);
  const total: float = xs[0] + xs[1];
  const exact: int = xs[0] + xs[1];
  console.log(`${total / 2} ${exact / 2} ${total} ${exact}`);
  return zero;
}
