/** Floats, their text, and where int and float meet. */
import type { float, int } from "rtypescript/rlib";

function average(xs: readonly float[]): float {
  let sum = 0.0;
  for (const x of xs) sum += x;
  return sum / xs.length;
}

function newton(x: float): float {
  let guess = x / 2;
  for (let i = 0; i < 20; i++) guess = (guess + x / guess) / 2;
  return guess;
}

export function main(argv: string[]): int {
  const n = argv.length;
  console.log(`${1 / 3} ${0.1 + 0.2} ${1e21} ${1.5e-7} ${100}`);
  console.log(`${1 / n} ${-1 / n} ${(n / n).toString()}`);
  console.log(`${average([1.5, 2.5, 4])} ${newton(2)}`);
  console.log(`${Math.sqrt(2)} ${Math.floor(-2.5)} ${Math.ceil(2.1)} ${Math.round(2.5)} ${Math.trunc(-7.9)}`);
  console.log(`${5.5 % 2} ${-5.5 % 2} ${2 ** 10} ${2 ** 0.5}`);
  console.log(`${0.5 < 1} ${n + 0.5 > 1} ${0 / 0 === 0 / 0}`);
  return 0;
}
