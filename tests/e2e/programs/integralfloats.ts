/** Math.floor and its kin give integral floats, which become ints where ints are required. */
import { DivisionByZeroError, type float, type int } from "rtypescript/rlib";

class Grid {
  readonly cells: int[];
  readonly width: int;
  middle: int;

  constructor(width: int, height: int) {
    this.width = width;
    this.cells = new Array<int>(width * height).fill(0);
    this.middle = Math.floor((width * height) / 2);
  }

  at(x: float, y: float): int {
    return this.cells[Math.floor(y) * this.width + Math.floor(x)];
  }

  set(x: float, y: float, value: int): void {
    const row = Math.floor(y);
    const column = Math.floor(x);
    this.cells[row * this.width + column] = value;
  }
}

function binarySearch(xs: readonly int[], wanted: int): int {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (xs[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bucket(x: float, buckets: int): int {
  return Math.min(Math.trunc(x * buckets), buckets - 1);
}

function round(x: float): int {
  return Math.round(x);
}

function divide(a: int, b: int): string {
  try {
    return `${Math.floor(a / b)} ${Math.trunc(a / b)}`;
  } catch (e) {
    if (e instanceof DivisionByZeroError) return "by zero";
    throw e;
  }
}

function toIndex(x: float): string {
  try {
    const i: int = Math.floor(x);
    return `${i}`;
  } catch (e) {
    if (e instanceof RangeError) return e.message;
    throw e;
  }
}

export function main(_argv: string[]): int {
  const grid = new Grid(4, 3);
  grid.set(1.9, 2.1, 42);
  grid.set(0.0, 0.5, 7);
  console.log(`${grid.at(1.2, 2.7)} ${grid.at(0.3, 0.1)} ${grid.at(3.9, 1.0)} ${grid.middle}`);
  console.log(`${grid.cells.join("")}`);
  const xs: int[] = [1, 3, 5, 7, 9, 11];
  console.log(`${binarySearch(xs, 7)} ${binarySearch(xs, 8)} ${binarySearch(xs, 0)} ${binarySearch(xs, 99)}`);
  const counts = new Array<int>(4).fill(0);
  for (const x of [0.0, 0.1, 0.26, 0.5, 0.99, 1.0]) counts[bucket(x, 4)]++;
  console.log(counts.join(" "));
  console.log(`${round(2.5)} ${round(-2.5)} ${round(-0.4)} ${round(1e6 + 0.5)}`);
  console.log(`${divide(7, 2)} ${divide(-7, 2)} ${divide(7, -2)} ${divide(1, 0)} ${divide(0, 5)}`);
  console.log(`${toIndex(12.75)} ${toIndex(1e300)} ${toIndex(0 / 0)} ${toIndex(-1 / 0)} ${toIndex(-3.5)}`);
  const powers: int[] = [];
  for (let i = 0; i < 8; i++) powers.push(Math.round(10 ** (i / 2)));
  console.log(powers.join());
  const digits: int[] = [];
  let rest = 90210;
  while (rest > 0) {
    digits.push(rest % 10);
    rest = Math.floor(rest / 10);
  }
  console.log(digits.reverse().join(""));
  const half = Math.floor(xs.length / 2);
  console.log(`${xs.slice(0, half).join()} | ${xs.slice(half).join()} | ${xs[Math.floor(2.7)]}`);
  console.log(`${(7 / 2) | 0} ${(-7 / 2) | 0} ${(1 / 0) | 0} ${~~3.7} ${(2.9 | 0) + (-2.9 | 0)}`);
  console.log(`${"abcdef".charAt(Math.floor(3.3))} ${"abcdef"[Math.ceil(3.3)]} ${"ab".repeat(Math.round(1.6))}`);
  return 0;
}
