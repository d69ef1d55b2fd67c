/** Destructuring with defaults everywhere: declarations, assignments, parameters, loops, callbacks, nested. */
import type { float, int } from "rtypescript/rlib";

interface Point {
  x: int;
  y: int;
  label?: string;
}
interface Line {
  from: Point;
  to: Point;
  width?: float;
}

function length({ from: { x: x1, y: y1 }, to: { x: x2, y: y2 } }: Line): float {
  return Math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2);
}

function name({ label = "unnamed", x }: Point): string {
  return `${label}${x}`;
}

function options({
  depth = 3,
  verbose = false,
  tag = `d${depth}`,
}: {
  depth?: int;
  verbose?: boolean;
  tag?: string;
} = {}): string {
  return `${depth} ${verbose} ${tag}`;
}

function divmod(a: int, b: int): [int, int] {
  return [Math.floor(a / b), a % b];
}

function sumTail([, ...rest]: readonly int[]): int {
  return rest.reduce((a, b) => a + b, 0);
}

class Range {
  start = 0;
  end = 0;
  set([start, end]: readonly [int, int]): this {
    [this.start, this.end] = [start, end];
    return this;
  }
}

export function main(_argv: string[]): int {
  const line: Line = { from: { x: 0, y: 0 }, to: { x: 3, y: 4, label: "end" } };
  console.log(`${length(line)} ${name(line.from)} ${name(line.to)}`);
  console.log(`${options()} | ${options({})} | ${options({ depth: 5 })} | ${options({ verbose: true, tag: "t" })}`);
  const [quotient, remainder] = divmod(17, 5);
  console.log(`${quotient} ${remainder}`);
  let a = 1;
  let b = 2;
  let c = 3;
  [a, b, c] = [c, a, b];
  console.log(`${a} ${b} ${c}`);
  const {
    width = 1.5,
    to: { label: toLabel = "?" },
    from: { label: fromLabel = "?" },
  } = line;
  console.log(`${width} ${toLabel} ${fromLabel}`);
  const xs = [10, 20, 30, 40];
  const [first, , third, ...others] = xs;
  console.log(`${first} ${third} ${others.join()} ${sumTail(xs)}`);
  [xs[0], xs[3]] = [xs[3], xs[0]];
  console.log(xs.join());
  const points: Point[] = [
    { x: 1, y: 2 },
    { x: 3, y: 4, label: "p" },
  ];
  for (const { x, y, label = "-" } of points) console.log(`${x} ${y} ${label}`);
  for (const [i, { x }] of points.entries()) console.log(`${i}:${x}`);
  console.log(points.map(({ x, y }) => x * y).join());
  console.log(points.map(({ label = "none" }, i) => `${i}${label}`).join());
  const pairs: [string, int][] = [
    ["one", 1],
    ["two", 2],
  ];
  for (const [key, value] of pairs) console.log(`${key}=${value}`);
  console.log(pairs.map(([key, value]) => key.repeat(value)).join("+"));
  const sorted = [...pairs].sort(([k1], [k2]) => (k1 < k2 ? 1 : -1));
  console.log(sorted.map(([k]) => k).join());
  const map = new Map([
    ["a", { n: 1 }],
    ["b", { n: 2 }],
  ]);
  let sum = 0;
  for (const [, { n }] of map) sum += n;
  console.log(`${sum}`);
  const range = new Range().set([4, 9]);
  console.log(`${range.start} ${range.end}`);
  let x1: int;
  let rest: readonly int[];
  ({ x: x1 } = points[1]);
  [, ...rest] = [7, 8, 9];
  console.log(`${x1} ${rest.join()}`);
  const parts = "1,x".split(",");
  const [p = "p", q = "q", r = "r"] = parts;
  console.log(`${p} ${q} ${r}`);
  const [m = 5, n = 6] = [1].slice(0);
  console.log(`${m} ${n}`);
  const nested: [int, [int, int]] = [1, [2, 3]];
  const [n1, [n2, n3]] = nested;
  console.log(`${n1 + n2 + n3}`);
  const [h, ...tail] = "hello";
  console.log(`${h} ${tail.join("")}`);
  return 0;
}
