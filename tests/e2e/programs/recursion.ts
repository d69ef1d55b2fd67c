/** Mutual recursion, deep recursion, Ackermann. */
import type { int } from "rtypescript/rlib";

function isEven(n: int): boolean {
  return n === 0 ? true : isOdd(n - 1);
}
function isOdd(n: int): boolean {
  return n === 0 ? false : isEven(n - 1);
}
function ackermann(m: int, n: int): int {
  if (m === 0) return n + 1;
  if (n === 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}
function fib(n: int): int {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
function hanoi(n: int, from: string, to: string, via: string): int {
  return n === 0 ? 0 : hanoi(n - 1, from, via, to) + 1 + hanoi(n - 1, via, to, from);
}

export function main(_argv: string[]): int {
  console.log(`${isEven(300)} ${isOdd(301)} ${ackermann(2, 5)} ${fib(18)} ${hanoi(8, "a", "b", "c")}`);
  return 0;
}
