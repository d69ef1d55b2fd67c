/**
 * What a log adds up to: time per section and component, and the pauses of the collector with their distribution.
 *
 * A pause is an outermost `gc` section: marking within a collection is no pause of its own, a collection that
 * happens while the JIT works is one.
 */
import type { Log } from "./model.ts";
import { type Component, describeSections, type SectionInfo } from "./sections.ts";

export interface SectionTotal {
  readonly name: string;
  readonly info: SectionInfo;
  count: number;
  /** Microseconds, what is inside included; a section inside one of its own name counts once. */
  total: number;
  /** Microseconds in no section inside it. */
  self: number;
  longest: number;
}

/** Totals per section, in the order of `log.names`. */
export function sectionTotals(log: Log): SectionTotal[] {
  const infos = describeSections(log.names);
  const totals = log.names.map((name, i) => ({
    name,
    info: infos[i] as SectionInfo,
    count: 0,
    total: 0,
    self: 0,
    longest: 0,
  }));
  for (let i = 0; i < log.count; i++) {
    const total = totals[log.name[i] as number] as SectionTotal;
    const took = (log.stop[i] as number) - (log.start[i] as number);
    total.count++;
    if (!isInsideItsLike(log, i)) total.total += took;
    total.self += log.self[i] as number;
    total.longest = Math.max(total.longest, took);
  }
  return totals;
}

function isInsideItsLike(log: Log, index: number): boolean {
  const name = log.name[index];
  for (let p = log.parent[index] as number; p >= 0; p = log.parent[p] as number) if (log.name[p] === name) return true;
  return false;
}

/** Microseconds per component. What no section accounts for is the program's. */
export function componentTotals(log: Log, totals: readonly SectionTotal[]): Record<Component, number> {
  const sums: Record<Component, number> = { gc: 0, jit: 0, program: 0 };
  for (const { info, self } of totals) sums[info.component] += self;
  sums.program = Math.max(0, log.end - sums.gc - sums.jit);
  return sums;
}

/** Pauses in order of time: when they began and how long they took, in microseconds. */
export interface Pauses {
  readonly start: Float64Array;
  readonly length: Float64Array;
}

/** The pauses that are sections of this name; of any name if null. */
export function pausesOf(log: Log, name: string | null = null): Pauses {
  const isGc = describeSections(log.names).map((info) => info.component === "gc");
  const start: number[] = [];
  const length: number[] = [];
  for (let i = 0; i < log.count; i++) {
    const section = log.name[i] as number;
    if (isGc[section] !== true || isInsideGc(log, i, isGc)) continue;
    if (name !== null && log.names[section] !== name) continue;
    start.push(log.start[i] as number);
    length.push((log.stop[i] as number) - (log.start[i] as number));
  }
  return { start: Float64Array.from(start), length: Float64Array.from(length) };
}

function isInsideGc(log: Log, index: number, isGc: readonly boolean[]): boolean {
  for (let p = log.parent[index] as number; p >= 0; p = log.parent[p] as number) {
    if (isGc[log.name[p] as number] === true) return true;
  }
  return false;
}

/** The percentiles that are shown. */
export const PERCENTILES = [50, 90, 99, 99.9, 99.99] as const;

/** The smallest value that at least this percentage of the values does not exceed (nearest rank); 0 of none. */
export function percentile(sorted: Float64Array, percent: number): number {
  if (sorted.length === 0) return 0;
  // 99.9 / 100 * 1000 is a little more than 999 in floating point; that is rank 999 all the same.
  const rank = Math.ceil((percent / 100) * sorted.length - 1e-9);
  return sorted[Math.max(0, rank - 1)] as number;
}

/** One row of a histogram: how many values are below `below` and not below the row before. */
export interface Bucket {
  readonly from: number;
  readonly below: number;
  count: number;
}

/** Values by size in steps of 1, 2, 5, 10, … from the smallest row that has any to the largest. */
export function histogram(values: Float64Array): Bucket[] {
  const buckets: Bucket[] = [{ from: 0, below: 1, count: 0 }];
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  for (let decade = 1; (buckets.at(-1) as Bucket).below <= largest; decade *= 10) {
    for (const [from, below] of [
      [1, 2],
      [2, 5],
      [5, 10],
    ] as const) {
      buckets.push({ from: from * decade, below: below * decade, count: 0 });
    }
  }
  for (const value of values) (buckets.find((bucket) => value < bucket.below) as Bucket).count++;
  const used = buckets.map((bucket) => bucket.count > 0);
  return buckets.slice(Math.max(0, used.indexOf(true)), used.lastIndexOf(true) + 1);
}
