/** Functions used before they are declared, nested functions, shadowed names, blocks. */
import type { int } from "rtypescript/rlib";

export function main(_argv: string[]): int {
  console.log(`${early(3)} ${nested(4)}`);
  const x = 1;
  {
    const x = 2;
    console.log(`${x}`);
  }
  for (let x = 10; x < 12; x++) {
    const y = x * 2;
    console.log(`${y}`);
  }
  console.log(`${x}`);
  return 0;
}

function early(n: int): int {
  return later(n) + 1;
}

function later(n: int): int {
  return n * SCALE;
}

const SCALE = 100;

function nested(n: int): int {
  function inner(k: int): int {
    return k <= 0 ? base : inner(k - 1) + n;
  }
  const base = 1000;
  return inner(3);
}
