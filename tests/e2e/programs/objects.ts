/** Nested records, records in maps and lists, records with functions, identity. */
import type { int } from "rtypescript/rlib";

interface Node {
  name: string;
  children: Node[];
  parent: Node | null;
  size: int;
}

function node(name: string, size: int, children: Node[] = []): Node {
  const made: Node = { name, size, children, parent: null };
  for (const c of children) c.parent = made;
  return made;
}

function total(n: Node): int {
  let sum = n.size;
  for (const c of n.children) sum += total(c);
  return sum;
}

function path(n: Node): string {
  return n.parent === null ? n.name : `${path(n.parent)}/${n.name}`;
}

interface Rule {
  readonly name: string;
  test(n: int): boolean;
}

const RULES: readonly Rule[] = [
  { name: "even", test: (n) => n % 2 === 0 },
  { name: "big", test: (n) => n > 10 },
];

export function main(_argv: string[]): int {
  const leaf = node("leaf", 3);
  const tree = node("root", 1, [node("a", 2, [leaf]), node("b", 4)]);
  console.log(`${total(tree)} ${path(leaf)}`);
  const byName = new Map<string, Node>();
  byName.set(leaf.name, leaf);
  byName.set(tree.name, tree);
  const found = byName.get("leaf");
  console.log(`${found === leaf} ${found?.parent?.name ?? "?"} ${byName.get("zzz") === undefined}`);
  for (const n of [4, 7, 12, 13]) {
    let line = `${n}`;
    for (const rule of RULES) if (rule.test(n)) line += ` ${rule.name}`;
    console.log(line);
  }
  const counts = { hits: 0, misses: 0, last: "" };
  for (const name of ["leaf", "x", "root"]) {
    if (byName.has(name)) counts.hits++;
    else counts.misses += 1;
    counts.last = name;
  }
  console.log(`${counts.hits} ${counts.misses} ${counts.last}`);
  return 0;
}
