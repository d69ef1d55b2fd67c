/** Null used as an object stops the program. */
import type { int } from "rtypescript/rlib";

class Node {
  next: Node | null = null;
  readonly value: int;
  constructor(value: int) {
    this.value = value;
  }
}

function second(node: Node): int {
  return node.next!.value;
}

export function main(_argv: string[]): int {
  const node = new Node(1);
  node.next = new Node(2);
  console.log(`${second(node)}`);
  node.next = null;
  console.log(`${second(node)}`);
  return 0;
}
