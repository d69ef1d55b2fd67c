/** Nullable ints, floats, booleans, chars and strings in locals, fields, lists, map values, parameters, returns. */
import type { char, float, int } from "rtypescript/rlib";

interface Options {
  width?: int;
  ratio?: float;
  wrap?: boolean;
  title?: string;
}

class Slot {
  count: int | null = null;
  ratio: float | null = null;
  flag: boolean | null = null;
  name: string | null = null;
  mark: char | undefined = undefined;
}

function describe(slot: Slot): string {
  return `${slot.count} ${slot.ratio} ${slot.flag} ${slot.name} ${slot.mark}`;
}

function layout(options: Options = {}): string {
  const { width = 80, ratio = 0.5, wrap, title } = options;
  return `${width} ${ratio} ${wrap ?? "unset"} ${title ?? "untitled"}`;
}

function parseDigit(c: char): int | null {
  return c >= "0" && c <= "9" ? c.charCodeAt(0) - 48 : null;
}

function sumAll(xs: (int | null)[]): int {
  let sum = 0;
  for (const x of xs) sum += x ?? 100;
  return sum;
}

function firstNegative(xs: readonly float[]): float | undefined {
  for (const x of xs) if (x < 0) return x;
  return undefined;
}

function tri(x: int | null | undefined): string {
  if (x === null) return "null";
  if (x === undefined) return "undefined";
  return x > 0 ? "positive" : "other";
}

function both(a: int | null, b: int | null): int | null {
  return a !== null && b !== null ? a + b : null;
}

export function main(argv: string[]): int {
  const slot = new Slot();
  console.log(describe(slot));
  slot.count = 3;
  slot.ratio = 0.25;
  slot.flag = false;
  slot.name = "n";
  slot.mark = "m";
  console.log(describe(slot));
  slot.count += 4;
  slot.count = slot.count === 7 ? null : slot.count;
  slot.flag = argv.length === 0 ? true : null;
  console.log(`${describe(slot)} ${slot.count ?? -1} ${slot.ratio * 2}`);
  console.log(layout());
  console.log(layout({ width: 10 }));
  console.log(layout({ ratio: 2, wrap: false, title: "T" }));
  console.log(
    "a1b2"
      .split("")
      .map((c) => parseDigit(c))
      .join("|"),
  );
  const values: (int | null)[] = [1, null, 3, null];
  console.log(`${sumAll(values)} ${values[1] === null} ${values[2] === null} ${values.indexOf(null)} ${values.length}`);
  values[1] = 50;
  values.push(null, 7);
  console.log(`${sumAll(values)} ${values.join()}`);
  const floats: (float | undefined)[] = [0.5, undefined, 2];
  console.log(`${floats[0] ?? 9} ${floats[1] ?? 9} ${floats.length}`);
  const flags: (boolean | null)[] = [true, false, null];
  for (const flag of flags) console.log(flag === null ? "none" : flag ? "yes" : "no");
  console.log(
    `${firstNegative([1, -2.5]) ?? "none"} ${firstNegative([1]) ?? "none"} ${firstNegative([]) === undefined}`,
  );
  const map = new Map<string, int | null>();
  map.set("a", 1);
  map.set("b", null);
  console.log(`${map.get("a") ?? "?"} ${map.get("b") ?? "?"} ${map.get("c") ?? "?"} ${map.has("b")} ${map.size}`);
  console.log(`${tri(5)} ${tri(-5)} ${tri(null)} ${tri(undefined)}`);
  console.log(`${both(1, 2)} ${both(null, 2)} ${both(1, null)}`);
  let best: int | null = null;
  for (const x of [3, 9, 4]) if (best === null || x > best) best = x;
  console.log(`${best} ${best! + 1}`);
  let chosen: float | undefined;
  if (argv.length > 5) chosen = 1;
  console.log(`${chosen === undefined} ${chosen ?? 2.5} ${typeof chosen}`);
  const letter = "xyz".at(-5);
  console.log(`${letter ?? "none"} ${"xyz".at(1) ?? "none"}`);
  let n: int | null = 5;
  let steps = "";
  while (n !== null) {
    steps += `${n} `;
    n = n > 1 ? n - 2 : null;
  }
  console.log(steps);
  return 0;
}
