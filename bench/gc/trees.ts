/** Binary trees to depth 18: one that lives on, and many short-lived ones of all sizes. C with malloc: `c/trees.c`. */
import type { int } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const DEPTH: int = 18;

class Tree {
  readonly left: Tree | null;
  readonly right: Tree | null;

  constructor(left: Tree | null, right: Tree | null) {
    this.left = left;
    this.right = right;
  }
}

function build(depth: int): Tree {
  return depth === 0 ? new Tree(null, null) : new Tree(build(depth - 1), build(depth - 1));
}

function count(tree: Tree): int {
  const { left, right } = tree;
  return left === null || right === null ? 1 : 1 + count(left) + count(right);
}

function workload(): string {
  let total = count(build(DEPTH + 1));
  const kept = build(DEPTH);
  for (let depth = 4; depth <= DEPTH; depth += 2) {
    const rounds: int = 1 << (DEPTH - depth + 4);
    for (let i = 0; i < rounds; i++) total += count(build(depth));
  }
  return `${total + count(kept)}`;
}

function main(argv: string[]): int {
  return benchmark("trees", workload, argv);
}

export function target() {
  return { entry: main, name: "trees" };
}
