/** Spread and rest: lists, calls, maps and sets, strings, records, constructors. */
import type { int } from "rtypescript/rlib";

class Group {
  readonly members: readonly string[];
  readonly size: int;
  constructor(...members: string[]) {
    this.members = members;
    this.size = members.length;
  }
  with(...more: string[]): Group {
    return new Group(...this.members, ...more);
  }
}

interface Style {
  color: string;
  width: int;
  dashed?: boolean;
}

function max(first: int, ...rest: int[]): int {
  let best = first;
  for (const x of rest) if (x > best) best = x;
  return best;
}

function format(template: string, ...values: readonly string[]): string {
  let out = "";
  let next = 0;
  for (const c of template) out += c === "%" ? values[next++] : c;
  return out;
}

function call(f: (...xs: int[]) => int, xs: int[]): int {
  return f(...xs);
}

function pair(a: int, b: int): int {
  return a * 100 + b;
}

function curry(f: (a: int, b: int) => int, given: [int]): (b: int) => int {
  return (b) => f(...given, b);
}

export function main(_argv: string[]): int {
  const xs = [3, 1, 2];
  const ys = [0, ...xs, ...xs.slice(1), 9];
  console.log(`${ys.join()} ${max(1, ...xs)} ${Math.max(...xs)} ${Math.min(...xs, -1)} ${max(5)}`);
  const copy = [...xs];
  copy[0] = 99;
  console.log(`${xs[0]} ${copy[0]}`);
  const group = new Group("ann", "bob").with("cid", "dee");
  console.log(`${group.size} ${group.members.join("+")}`);
  console.log(format("<%|%>", "x", "y"));
  console.log(`${call((...all) => all.length, xs)}`);
  const args: [int, int] = [4, 2];
  console.log(`${pair(...args)} ${curry(pair, [7])(8)}`);
  const set = new Set([...xs, ...xs]);
  console.log(`${[...set].join()} ${set.size}`);
  const map = new Map<string, int>([
    ["a", 1],
    ["b", 2],
  ]);
  const merged = new Map([...map, ["c", 3] as [string, int]]);
  console.log(`${[...merged.keys()].join("")} ${[...merged.values()].join()} ${[...map].length}`);
  console.log([...map].map(([k, v]) => `${k}${v}`).join(" "));
  console.log([...map.entries()].length);
  const base: Style = { color: "red", width: 1 };
  const wide: Style = { ...base, width: 5 };
  const dashed: Style = { ...wide, dashed: true };
  console.log(
    `${base.width} ${wide.color} ${wide.width} ${dashed.color} ${dashed.dashed ?? false} ${wide.dashed ?? false}`,
  );
  console.log([..."abc"].reverse().join(""));
  console.log([...xs.keys()].join() + [...xs.entries()].map(([i, x]) => i * x).join());
  const unique = Array.from(new Set([5, 5, 6, 7, 7]));
  console.log(unique.join());
  const squares = Array.from({ length: 5 }, (_, i) => i * i);
  console.log(squares.join());
  const target = [1];
  target.push(...[2, 3], ...xs);
  console.log(target.join());
  const nested = [[1, 2], [3], []];
  console.log(`${nested.flatMap((x) => x).join()} ${([] as int[]).concat(...nested).length}`);
  return 0;
}
