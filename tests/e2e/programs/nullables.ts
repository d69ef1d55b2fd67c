/** Nullable references, ints, floats and booleans; optional parameters and properties; optional chaining. */
import type { float, int } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

class Node {
  readonly value: int;
  next: Node | null = null;
  weight: int | null = null;
  ratio?: float;

  constructor(value: int) {
    this.value = value;
  }
}

function find(node: Node | null, value: int): Node | null {
  for (let n = node; n !== null; n = n.next) if (n.value === value) return n;
  return null;
}

function position(list: int[], value: int): int | undefined {
  const at = list.indexOf(value);
  return at < 0 ? undefined : at;
}

function greet(name?: string, times = 1, loud: boolean | null = null): string {
  const who = name ?? "nobody";
  return `${loud === true ? who.toUpperCase() : who}x${times}${loud === null ? "?" : ""}`;
}

export function main(_argv: string[]): int {
  const head = new Node(1);
  head.next = new Node(2);
  head.next.next = new Node(3);
  head.next.weight = 20;
  head.ratio = 0.5;
  write(1, `${find(head, 2)?.weight ?? -1} ${find(head, 3)?.weight ?? -1} ${find(head, 9)?.weight ?? -2}\n`);
  write(1, `${head.ratio ?? 9} ${head.next.ratio ?? 9}\n`);
  write(1, `${position([4, 5], 5) ?? -1} ${position([4, 5], 6) ?? -1} ${position([], 1) === undefined}\n`);
  write(1, `${greet()} ${greet("ann")} ${greet("bob", 2, true)} ${greet(undefined, 3, false)}\n`);
  let limit: int | null = null;
  for (let i = 0; i < 5; i++) {
    if (limit === null) limit = i;
    else limit += i;
  }
  write(1, `${limit ?? -1}\n`);
  const map = new Map<string, boolean | null>([
    ["a", true],
    ["b", null],
  ]);
  write(1, `${map.get("a") ?? "none"} ${map.get("b") === null} ${map.get("c") === undefined}\n`);
  return 0;
}
