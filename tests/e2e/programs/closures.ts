/** Closures: shared cells, functions as values and in tables, callbacks, bound methods. */
import type { int } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

function counter(step: int): () => int {
  let count: int = 0;
  return () => {
    count += step;
    return count;
  };
}

class Account {
  balance: int = 0;

  deposit(amount: int): int {
    this.balance += amount;
    return this.balance;
  }
}

const operations = new Map<string, (a: int, b: int) => int>([
  ["plus", (a, b) => a + b],
  ["minus", (a, b) => a - b],
  ["times", (a, b) => a * b],
]);

function applyTwice(f: (x: int) => int, x: int): int {
  return f(f(x));
}

export function main(_argv: string[]): int {
  const byTwo = counter(2);
  const byFive = counter(5);
  write(1, `${byTwo()} ${byTwo()} ${byFive()} ${byTwo()} ${byFive()}\n`);
  const account = new Account();
  const amounts: int[] = [10, 20, 30];
  amounts.forEach((amount) => {
    account.deposit(amount);
  });
  write(1, `${account.balance}\n`);
  for (const [name, operation] of operations) write(1, `${name} ${operation(7, 3)}\n`);
  const offset = account.balance;
  write(1, `${applyTwice((x) => x * 2 + offset, 1)}\n`);
  const squares = amounts.map((x) => x * x).filter((x) => x > 100);
  write(1, `${squares.join(",")} ${amounts.reduce((a, b) => a + b, 0)} ${amounts.some((x) => x === 20)}\n`);
  const makers: (() => int)[] = [];
  for (let i = 0; i < 3; i++) makers.push(() => i * 10);
  write(1, `${makers.map((f) => f()).join(" ")}\n`);
  return 0;
}
