/** Much allocation, large lists and strings, long-lived structures that change. */
import type { int } from "rtypescript/rlib";

class Tree {
  left: Tree | null = null;
  right: Tree | null = null;
  readonly key: int;
  value: string;
  constructor(key: int, value: string) {
    this.key = key;
    this.value = value;
  }
}

function insert(tree: Tree | null, key: int, value: string): Tree {
  if (tree === null) return new Tree(key, value);
  if (key < tree.key) tree.left = insert(tree.left, key, value);
  else if (key > tree.key) tree.right = insert(tree.right, key, value);
  else tree.value = value;
  return tree;
}

function count(tree: Tree | null): int {
  return tree === null ? 0 : 1 + count(tree.left) + count(tree.right);
}

function bottomUp(depth: int): Tree {
  const node = new Tree(depth, "n");
  if (depth > 0) {
    node.left = bottomUp(depth - 1);
    node.right = bottomUp(depth - 1);
  }
  return node;
}

export function main(_argv: string[]): int {
  let root: Tree | null = null;
  let seed = 1;
  for (let i = 0; i < 400; i++) {
    seed = (seed * 1664525 + 1013904223) & 0xffffff;
    root = insert(root, seed % 1000, `v${i}`);
  }
  console.log(`${count(root)}`);
  let nodes = 0;
  for (let i = 0; i < 3; i++) nodes += count(bottomUp(7));
  console.log(`${nodes}`);
  const lists: int[][] = [];
  for (let i = 0; i < 60; i++) {
    const list: int[] = [];
    for (let j = 0; j < i; j++) list.push(j * i);
    lists.push(list);
    if (i % 3 === 0) lists.shift();
  }
  console.log(`${lists.length} ${lists.reduce((n, l) => n + l.length, 0)} ${lists[10][5]}`);
  let text = "";
  for (let i = 0; i < 500; i++) text += `${i},`;
  console.log(`${text.length} ${text.slice(-12)}`);
  const map = new Map<string, Tree>();
  for (let i = 0; i < 300; i++) map.set(`key${i % 70}`, new Tree(i, `${i}`));
  let total = 0;
  for (const tree of map.values()) total += tree.key;
  console.log(`${map.size} ${total}`);
  const big = new Array<int>(100000).fill(3);
  big[99999] = 4;
  const bytes = new Uint8Array(1 << 20);
  bytes[bytes.length - 1] = 9;
  console.log(`${big.length} ${big.reduce((a, b) => a + b, 0)} ${bytes.length} ${bytes[1048575]}`);
  const long = "ab".repeat(100000);
  console.log(`${long.length} ${long.lastIndexOf("ba")}`);
  return 0;
}
