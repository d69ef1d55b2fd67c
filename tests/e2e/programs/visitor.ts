/** Dispatch over a tree of node classes; nullable children. */
import type { int } from "rtypescript/rlib";

class Node {
  constructor(
    // @ts-expect-error the repository itself is erasable
    readonly left: Node | null,
    // @ts-expect-error the repository itself is erasable
    readonly right: Node | null,
    // @ts-expect-error the repository itself is erasable
    readonly value: int,
  ) {}
  sum(): int {
    return this.value + (this.left === null ? 0 : this.left.sum()) + (this.right?.sum() ?? 0);
  }
  depth(): int {
    return 1 + Math.max(this.left?.depth() ?? 0, this.right?.depth() ?? 0);
  }
}

class Marked extends Node {
  override sum(): int {
    return super.sum() * 2;
  }
}

function build(depth: int): Node | null {
  if (depth === 0) return null;
  if (depth % 3 === 0) return new Marked(build(depth - 1), build(depth - 2 < 0 ? 0 : depth - 2), depth);
  return new Node(build(depth - 1), build(depth - 1), depth);
}

export function main(_argv: string[]): int {
  for (let d = 1; d < 8; d++) {
    const tree = build(d);
    if (tree !== null) console.log(`${tree.sum()} ${tree.depth()}`);
  }
  return 0;
}
