/** A live list of 40,000,000 two-field nodes: built, dropped, built again. C never frees: `c/list.c`. */
import type { int } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const NODES: int = 40_000_000;

class Node {
  readonly value: int;
  readonly next: Node | null;

  constructor(value: int, next: Node | null) {
    this.value = value;
    this.next = next;
  }
}

function build(n: int): Node | null {
  let last: Node | null = null;
  for (let i = 0; i < n; i++) last = new Node(i, last);
  return last;
}

function sum(list: Node | null): int {
  let total = 0;
  for (let node = list; node !== null; node = node.next) total += node.value & 7;
  return total;
}

function workload(): string {
  let total = 0;
  for (let i = 0; i < 2; i++) total += sum(build(NODES));
  return `${total}`;
}

function main(argv: string[]): int {
  return benchmark("list", workload, argv);
}

export function target() {
  return { entry: main, name: "list" };
}
