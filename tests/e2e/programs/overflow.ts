/** The stack runs out: an error like others, with room to handle it. */
import type { int } from "rtypescript/rlib";
import { StackOverflowError } from "rtypescript/rlib";

class Link {
  next: Link | null = null;
}

function length(link: Link | null): int {
  return link === null ? 0 : 1 + length(link.next);
}

function forever(n: int): int {
  return forever(n + 1) + 1;
}

export function main(_argv: string[]): int {
  try {
    console.log(`${forever(0)}`);
  } catch (e) {
    console.log(e instanceof StackOverflowError ? "overflow" : "other");
    console.log(e instanceof RangeError ? "a RangeError" : "no RangeError");
  }
  const first = new Link();
  let last = first;
  for (let i = 0; i < 500; i++) {
    last.next = new Link();
    last = last.next;
  }
  console.log(`${length(first)}`);
  return 0;
}
