/** Property paths that tests narrow: nullable scalars and references passed on as what they are. */
import type { float, int } from "rtypescript/rlib";

class Limits {
  low: int | null = null;
  ratio: float | null = null;
  name: string | null = null;
  flag?: boolean;
  inner: Limits | null = null;
}

function within(n: int, max: int): boolean {
  return n <= max;
}
function half(x: float): float {
  return x / 2;
}
function shout(s: string): string {
  return s.toUpperCase();
}
function yes(b: boolean): string {
  return b ? "yes" : "no";
}

class Holder {
  readonly limits: Limits;
  #count: int | null = null;
  constructor(limits: Limits) {
    this.limits = limits;
  }
  check(max: int): string {
    let out = "";
    if (this.limits.low !== null && within(this.limits.low, max)) out += `within ${this.limits.low + 1} `;
    if (this.limits.ratio !== null) out += `${half(this.limits.ratio)} `;
    if (this.limits.name) out += `${shout(this.limits.name)} `;
    if (this.limits.flag !== undefined) out += yes(this.limits.flag);
    if (this.limits.inner !== null) {
      const inner: Limits = this.limits.inner;
      const kept: int[] = [];
      if (inner.low !== null) kept.push(inner.low);
      out += ` [${kept.join()}]`;
    }
    return out;
  }
  bump(): int {
    if (this.#count === null) this.#count = 10;
    else this.#count += 5;
    const now: int = this.#count;
    return now;
  }
}

interface Options {
  depth?: int;
  label?: string;
  nested?: { width?: int };
}

function total(options: Options): int {
  let sum: int = 0;
  if (options.depth !== undefined) sum += within(options.depth, 5) ? options.depth : 0;
  if (options.nested?.width !== undefined) {
    const width: int = options.nested.width;
    sum += width;
  }
  return sum;
}

function first(values: (int | null)[]): int {
  const head = values[0];
  if (head === null) return -1;
  const exact: int = head;
  return exact;
}

const table: { key: string; value: int | null }[] = [
  { key: "a", value: 1 },
  { key: "b", value: null },
];

let current: int | null = null;
function next(): int {
  if (current === null) current = 0;
  else current++;
  return current;
}

export function main(_argv: string[]): int {
  const limits = new Limits();
  const holder = new Holder(limits);
  console.log(`[${holder.check(5)}]`);
  limits.low = 3;
  limits.ratio = 0.5;
  limits.name = "name";
  limits.flag = false;
  limits.inner = new Limits();
  limits.inner.low = 99;
  console.log(`[${holder.check(5)}] [${holder.check(2)}]`);
  const low: int = limits.low;
  console.log(`${low} ${holder.bump()} ${holder.bump()}`);
  console.log(
    `${total({})} ${total({ depth: 4 })} ${total({ depth: 9, nested: {} })} ${total({ nested: { width: 7 } })}`,
  );
  console.log(`${first([4])} ${first([null])}`);
  let sum: int = 0;
  for (const row of table) if (row.value !== null) sum += within(row.value, 100) ? row.value : 1000;
  console.log(`${sum} ${next()} ${next()} ${next()}`);
  return 0;
}
