/** Nullable ints, floats, booleans and strings in variables, fields, lists and results. */
import type { float, int } from "rtypescript/rlib";

class Entry {
  count: int | null = null;
  weight?: float;
  label: string | null = null;
  flag: boolean | undefined;
}

function find(xs: readonly int[], wanted: int): int | null {
  for (let i = 0; i < xs.length; i++) if (xs[i] === wanted) return i;
  return null;
}

function show(n: int | null | undefined): string {
  if (n === null) return "null";
  if (n === undefined) return "undefined";
  return `${n}`;
}

export function main(_argv: string[]): int {
  const xs = [4, 8, 15, 16, 23, 42];
  console.log(`${find(xs, 16) ?? -1} ${find(xs, 17) ?? -1}`);
  const e = new Entry();
  console.log(`${e.count === null} ${e.weight === undefined} ${e.label ?? "none"} ${e.flag === undefined}`);
  e.count = 3;
  e.weight = 2.5;
  e.label = "x";
  e.flag = false;
  console.log(`${e.count + 1} ${e.weight * 2} ${e.label} ${e.flag}`);
  const list: (int | null)[] = [1, null, 3];
  list.push(null);
  let line = "";
  for (const x of list) line += ` ${x ?? -1}`;
  console.log(line);
  console.log(`${show(5)} ${show(null)} ${show(undefined)} ${xs.pop() ?? 0}`);
  let best: float | null = null;
  for (const x of xs) if (best === null || x > best) best = x + 0.5;
  console.log(`${best}`);
  return 0;
}
