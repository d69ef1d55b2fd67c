/** Short-lived objects: two-field nodes, each dropped when the next one is made. C: `c/short.c`. */
import type { int } from "rtypescript/rlib";
import { benchmark } from "../rts/harness.ts";

const NODES: int = 100_000_000;

class Node {
  readonly value: int;
  readonly next: Node | null;

  constructor(value: int, next: Node | null) {
    this.value = value;
    this.next = next;
  }
}

/** Keeps the last node, so that no compiler may leave nodes out. */
class Holder {
  last: Node | null = null;
}

function workload(): string {
  const holder = new Holder();
  for (let i = 0; i < NODES; i++) holder.last = new Node(i, null);
  return `${holder.last?.value ?? -1}`;
}

function main(argv: string[]): int {
  return benchmark("short", workload, argv);
}

export function target() {
  return { entry: main, name: "short" };
}
