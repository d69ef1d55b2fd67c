/** Loops of all forms, break and continue with labels. */
import type { int } from "rtypescript/rlib";

function primes(limit: int): int {
  let count = 0;
  outer: for (let i = 2; i < limit; i++) {
    for (let j = 2; j * j <= i; j++) {
      if (i % j === 0) continue outer;
    }
    count++;
  }
  return count;
}

function collatz(n: int): int {
  let steps = 0;
  while (n !== 1) {
    n = n % 2 === 0 ? Math.floor(n / 2) : 3 * n + 1;
    steps++;
  }
  return steps;
}

export function main(_argv: string[]): int {
  console.log(`${primes(200)} ${collatz(27)}`);
  let i = 0;
  do {
    i += 3;
  } while (i < 10);
  console.log(`${i}`);
  found: for (let a = 1; a < 50; a++) {
    for (let b = a; b < 50; b++) {
      const c = a * a + b * b;
      if (c === 50 * 50) {
        console.log(`${a} ${b}`);
        break found;
      }
    }
  }
  for (let k = 10, m = 0; k > m; k--, m += 2) console.log(`${k} ${m}`);
  return 0;
}
