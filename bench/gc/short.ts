/** Short-lived objects: two-field nodes, each dropped when the next one is made. C: `c/short.c`. */
import type { int } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const NODES: int = 100_000_000;

class Node {
  readonly value: int;
  readonly next: Node | null;

  constructor(value: int, next: Node | null) {
    this.value = value;
    this.next = next;
  }
}

/** Refers to the last node only, so that no compiler may leave nodes out. */
let last: Node | null = null;

function workload(): string {
  const end = new Node(-1, null);
  for (let i = 0; i < NODES; i++) last = new Node(i, end);
  return `${last?.value ?? -1} ${last?.next?.value ?? 0}`;
}

function main(argv: string[]): int {
  return benchmark("short", workload, argv);
}

export function target() {
  return { entry: main, name: "short" };
}
