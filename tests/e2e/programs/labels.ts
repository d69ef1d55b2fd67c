/** Labels on loops and blocks; break and continue through switches, loops of every kind, nested functions. */
import type { int } from "rtypescript/rlib";

function search(grid: readonly (readonly int[])[], wanted: int): string {
  let where = "none";
  rows: for (let r = 0; r < grid.length; r++) {
    for (let c = 0; c < grid[r].length; c++) {
      if (grid[r][c] < 0) continue rows;
      if (grid[r][c] === wanted) {
        where = `${r},${c}`;
        break rows;
      }
    }
  }
  return where;
}

function blocks(n: int): string {
  let out = "";
  first: {
    out += "a";
    if (n === 1) break first;
    out += "b";
    second: {
      if (n === 2) break second;
      if (n === 3) break first;
      out += "c";
    }
    out += "d";
  }
  return `${out}e`;
}

function primes(limit: int): int[] {
  const found: int[] = [];
  outer: for (let n = 2; n < limit; n++) {
    for (const p of found) {
      if (p * p > n) break;
      if (n % p === 0) continue outer;
    }
    found.push(n);
  }
  return found;
}

function machine(codes: readonly int[]): string {
  let out = "";
  let pc = 0;
  loop: while (true) {
    switch (codes[pc++]) {
      case 0:
        break loop;
      case 1:
        out += "1";
        break;
      case 2:
        out += "2";
        continue loop;
      case 3:
        do {
          out += "3";
          if (out.length > 8) continue loop;
          if (out.length > 5) break;
        } while (true);
        break;
      default:
        out += "?";
    }
    out += ".";
  }
  return out;
}

function collatz(n: int): int {
  let steps = 0;
  for (;;) {
    if (n === 1) break;
    n = n % 2 === 0 ? Math.floor(n / 2) : 3 * n + 1;
    steps++;
  }
  return steps;
}

export function main(_argv: string[]): int {
  const grid = [
    [1, 2, 3],
    [4, -1, 5],
    [6, 5, 7],
  ];
  console.log(`${search(grid, 5)} ${search(grid, 3)} ${search(grid, 99)}`);
  console.log([0, 1, 2, 3].map((n) => blocks(n)).join(" "));
  console.log(primes(60).join());
  console.log(machine([1, 2, 3, 9, 3, 2, 1, 0]));
  console.log(`${collatz(27)} ${collatz(1)}`);
  let i = 10;
  let text = "";
  while (i-- > 0) {
    if (i % 3 === 0) continue;
    text += i;
    if (i < 4) break;
  }
  console.log(text);
  do {
    i++;
    if (i === 5) continue;
  } while (i < 8);
  console.log(`${i}`);
  for (let a = 0, b = 10; a < b; a += 2, b--) text += `${a}${b};`;
  console.log(text);
  let count = 0;
  for (const x of [1, 2, 3]) for (const y of [1, 2, 3]) if (x !== y) count++;
  console.log(`${count}`);
  return 0;
}
