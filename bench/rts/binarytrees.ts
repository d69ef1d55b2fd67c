/** Binary trees: allocation and collection of many small objects, some of them long-lived. */
import type { int } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const DEPTH = 14;

class Tree {
  readonly left: Tree | null;
  readonly right: Tree | null;

  constructor(left: Tree | null, right: Tree | null) {
    this.left = left;
    this.right = right;
  }

  count(): int {
    const { left, right } = this;
    if (left === null || right === null) return 1;
    return 1 + left.count() + right.count();
  }
}

function build(depth: int): Tree {
  if (depth === 0) return new Tree(null, null);
  return new Tree(build(depth - 1), build(depth - 1));
}

function workload(): string {
  let total: int = 0;
  const kept = build(DEPTH);
  for (let depth = 4; depth <= DEPTH; depth += 4) {
    const rounds: int = 1 << (DEPTH - depth + 4);
    for (let i = 0; i < rounds; i++) total += build(depth).count();
  }
  return `${total + kept.count()}`;
}

function main(argv: string[]): int {
  return benchmark("binarytrees", workload, argv);
}

export function target() {
  return { entry: main, name: "binarytrees" };
}
