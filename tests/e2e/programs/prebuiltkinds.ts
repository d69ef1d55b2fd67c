/** Prebuilt data of every kind: cyclic, shared, mutable maps and sets, closures, instances, tuples, bytes, bigints. */
import { type float, type int, StringBuilder } from "rtypescript/rlib";

class Node {
  readonly name: string;
  readonly links: Node[] = [];
  weight = 0.5;
  parent: Node | null = null;
  #secret: int;
  constructor(name: string, secret: int) {
    this.name = name;
    this.#secret = secret;
  }
  reveal(): int {
    return this.#secret++;
  }
}
class Leaf extends Node {
  readonly flags = [true, false, true];
}

const root = new Node("root", 100);
const left = new Leaf("left", 200);
root.links.push(left, root);
left.parent = root;
left.links.push(...root.links);

const index = new Map<string, Node>([
  ["root", root],
  ["left", left],
]);
const codes = new Map<int, string>();
for (let i = 0; i < 300; i++) codes.set(i * i, `sq${i}`);
const seen = new Set(["a", "b"]);
const weights = new Map<Node, float>([
  [root, 1],
  [left, 2.5],
]);
const bytes = new Uint8Array([1, 2, 250]);
const reals = new Float64Array([0.5, 1e100]);
const big = 2n ** 100n - 1n;
const pair: readonly [string, int] = ["p", 9];
const table: readonly (readonly [int, string])[] = [
  [1, "one"],
  [2, "two"],
];
const matrix = Array.from({ length: 3 }, (_, i) => Array.from({ length: 3 }, (_, j) => i * 3 + j));
const nested = {
  list: [{ deep: { value: 1 } }, { deep: { value: 2 } }],
  empty: [] as string[],
  none: null as string | null,
};
const text = "prebuilt \u{1f600} text";
const negativeZero = -0.0;
const nan = Number.NaN;
const nothing: string | null = null;
let counter = 5;
let current: Node = root;
const increment = () => ++counter;
function makeAdder(n: int) {
  return (x: int): int => {
    n += x;
    return n;
  };
}
const adder = makeAdder(1000);
const adders = [1, 2, 3].map((n) => makeAdder(n * 10));
const shared = [1, 2, 3];
const holders = [{ items: shared }, { items: shared }];
const optional: { a?: int; b: string }[] = [{ b: "x" }, { a: 1, b: "y" }];
const frozen = Object.freeze([3, 1, 4]);
const methods = {
  base: 10,
  scale(x: int): int {
    return x * this.base;
  },
};

export function main(_argv: string[]): int {
  console.log(`${root.links[1] === root} ${left.links[0] === left} ${left.parent === root} ${left.flags.join()}`);
  console.log(`${root.reveal()} ${root.reveal()} ${left.reveal()} ${left.weight}`);
  console.log(
    `${index.get("left") === left} ${index.size} ${codes.get(289 * 289) ?? "none"} ${codes.get(7) ?? "none"} ${codes.size}`,
  );
  codes.set(7, "seven");
  codes.delete(4);
  console.log(`${codes.get(7)} ${codes.has(4)} ${[...codes.keys()].slice(-2).join()}`);
  seen.add("c");
  console.log(`${[...seen].join("")} ${weights.get(left) ?? 0} ${weights.get(root) ?? 0}`);
  weights.set(root, 0.75);
  console.log(`${[...weights.values()].join()}`);
  bytes[0] += 5;
  console.log(`${bytes.join()} ${reals[1]} ${bytes.length} ${big} ${pair[0]}${pair[1]}`);
  for (const [n, name] of table) console.log(`${n} ${name}`);
  matrix[1][1] = 40;
  console.log(
    `${matrix.map((row) => row.join(" ")).join("|")} ${nested.list[1].deep.value} ${nested.empty.length} ${nested.none ?? "null"}`,
  );
  nested.list[0].deep.value += 10;
  nested.empty.push("now");
  nested.none = "some";
  console.log(
    `${nested.list[0].deep.value} ${nested.empty[0]} ${nested.none} ${text} ${1 / negativeZero} ${nan} ${nothing ?? "nothing"}`,
  );
  console.log(`${increment()} ${increment()} ${counter} ${current.name}`);
  current = left;
  console.log(
    `${current.name} ${adder(5)} ${adder(6)} ${adders.map((f) => f(1)).join()} ${adders.map((f) => f(1)).join()}`,
  );
  holders[0].items.push(4);
  console.log(`${holders[1].items.join()} ${shared.length} ${holders[0].items === shared}`);
  console.log(optional.map((o) => `${o.a ?? "-"}${o.b}`).join());
  console.log(`${frozen[2]} ${frozen.length} ${methods.scale(4)}`);
  methods.base = 3;
  console.log(`${methods.scale(4)}`);
  const out = new StringBuilder();
  for (const node of index.values()) out.append(node.name);
  console.log(out.build());
  return 0;
}
