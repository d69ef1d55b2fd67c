/** A stack overflow is caught, the program goes on, and it can happen again; through methods, closures, try blocks. */
import { type int, StackOverflowError } from "rtypescript/rlib";

let depth = 0;

function forever(n: int): int {
  depth = n;
  return forever(n + 1) + 1;
}

class Node {
  next: Node | null = null;
  length(): int {
    return this.next === null ? 1 : 1 + this.next.length();
  }
}

function isEven(n: int): boolean {
  return n === 0 ? true : isOdd(n - 1);
}
function isOdd(n: int): boolean {
  return n === 0 ? false : isEven(n - 1);
}

function caught(f: () => void): string {
  try {
    f();
    return "finished";
  } catch (e) {
    if (e instanceof StackOverflowError) return `overflow: ${e instanceof RangeError}`;
    throw e;
  }
}

function counted(n: int): int {
  try {
    return counted(n + 1);
  } finally {
    unwound++;
  }
}
let unwound = 0;

export function main(_argv: string[]): int {
  console.log(
    caught(() => {
      forever(0);
    }),
  );
  console.log(`${depth > 1000}`);
  const cycle = new Node();
  cycle.next = cycle;
  console.log(
    caught(() => {
      cycle.length();
    }),
  );
  console.log(
    caught(() => {
      console.log(`${isEven(1000)} ${isOdd(777)}`);
    }),
  );
  const f = (n: int): int => (n < 0 ? 0 : f(n + 1) + 1);
  console.log(
    caught(() => {
      f(1);
    }),
  );
  for (let i = 0; i < 3; i++) {
    try {
      forever(i);
    } catch (e) {
      console.log(e instanceof StackOverflowError ? `again ${i}` : "?");
    }
  }
  console.log(
    caught(() => {
      counted(0);
    }),
  );
  console.log(`${unwound > 1000}`);
  try {
    forever(0);
  } catch (e) {
    if (e instanceof RangeError) console.log(e.message);
  }
  return 0;
}
