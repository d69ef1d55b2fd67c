/** `rtslog summary`: a log as tables, or as JSON for other programs. */
import { basename } from "node:path";
import type { Fact, Log } from "./model.ts";
import { BYTE_FACTS, COMPONENTS, type Component } from "./sections.ts";
import {
  componentTotals,
  histogram,
  PERCENTILES,
  pausesOf,
  percentile,
  type SectionTotal,
  sectionTotals,
} from "./totals.ts";
import { countText, shareText, sizeText, tickText, timeText } from "./units.ts";

/** Width of the bars of a histogram. */
const BAR = 40;

/** Text in columns: the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[i] as number))).join("  ");
  return rows.map((row) => `  ${line(row).trimEnd()}\n`).join("");
}

function componentTable(log: Log, totals: readonly SectionTotal[]): string {
  const sums = componentTotals(log, totals);
  const rows = [["component", "time", "share"]];
  for (const key of Object.keys(COMPONENTS) as Component[]) {
    if (sums[key] > 0 || key === "program")
      rows.push([COMPONENTS[key], timeText(sums[key]), shareText(sums[key], log.end)]);
  }
  rows.push(["all", timeText(log.end), shareText(log.end, log.end)]);
  return table(rows);
}

/** Sections by their own time, the largest first. */
function bySelf(totals: readonly SectionTotal[]): SectionTotal[] {
  return [...totals].sort((a, b) => b.self - a.self || (a.name < b.name ? -1 : 1));
}

function sectionTable(log: Log, totals: readonly SectionTotal[]): string {
  const rows = [["section", "count", "own time", "share", "with inner", "mean", "longest"]];
  for (const t of bySelf(totals)) {
    const mean = timeText(t.total / t.count);
    const share = shareText(t.self, log.end);
    rows.push([t.name, countText(t.count), timeText(t.self), share, timeText(t.total), mean, timeText(t.longest)]);
  }
  return table(rows);
}

/** What is known of a set of pauses; microseconds. */
export interface PauseFigures {
  readonly count: number;
  readonly total: number;
  readonly mean: number;
  readonly longest: number;
  /** By the percentile as text: "99.9". */
  readonly percentiles: Readonly<Record<string, number>>;
}

function pauseFigures(lengths: Float64Array): PauseFigures {
  const sorted = lengths.slice().sort();
  const total = sorted.reduce((a, b) => a + b, 0);
  return {
    count: sorted.length,
    total,
    mean: sorted.length === 0 ? 0 : total / sorted.length,
    longest: sorted.at(-1) ?? 0,
    percentiles: Object.fromEntries(PERCENTILES.map((p) => [String(p), percentile(sorted, p)])),
  };
}

/** All pauses, and those of each section when there are several kinds. */
function pauseKinds(log: Log): { name: string; lengths: Float64Array }[] {
  const all = pausesOf(log).length;
  const kinds = log.names
    .map((name) => ({ name, lengths: pausesOf(log, name).length }))
    .filter(({ lengths }) => lengths.length > 0);
  return kinds.length > 1 ? [{ name: "all", lengths: all }, ...kinds] : kinds;
}

function pauseTable(kinds: readonly { name: string; lengths: Float64Array }[]): string {
  const rows = [["pauses", "count", "total", "mean", ...PERCENTILES.map((p) => `${p}% ≤`), "longest"]];
  for (const { name, lengths } of kinds) {
    const { count, total, mean, percentiles, longest } = pauseFigures(lengths);
    const cells = PERCENTILES.map((p) => timeText(percentiles[p] as number));
    rows.push([name, countText(count), timeText(total), timeText(mean), ...cells, timeText(longest)]);
  }
  return table(rows);
}

function histogramTable(lengths: Float64Array): string {
  const buckets = histogram(lengths);
  const most = Math.max(...buckets.map((bucket) => bucket.count));
  let sofar = 0;
  const rows = [["length", "count", "up to here", ""]];
  for (const { from, below, count } of buckets) {
    sofar += count;
    const width = count === 0 ? 0 : Math.max(1, Math.round((BAR * count) / most));
    const share = `${((100 * sofar) / lengths.length).toFixed(3)}%`;
    rows.push([`${tickText(from)} to ${tickText(below)}`, countText(count), share, "█".repeat(width).padEnd(BAR)]);
  }
  return table(rows);
}

function factTable(log: Log): string {
  const rows = [["number", "times", "sum", "mean", "largest", "last"]];
  for (const [section, facts] of log.facts) {
    for (const [name, fact] of facts) rows.push([`${section}: ${name}`, ...factCells(name, fact)]);
  }
  return table(rows);
}

function factCells(name: string, { count, sum, largest, last }: Fact): string[] {
  const text = BYTE_FACTS.has(name) ? sizeText : (n: number) => countText(Math.round(n));
  return [countText(count), text(sum), text(sum / count), text(largest), text(last)];
}

function headText(log: Log): string {
  const { program, pid, word, time } = log.header;
  const machine = word === 53 ? "Node" : `${word}-bit`;
  const when = new Date(time * 1000).toISOString().slice(0, 19).replace("T", " ");
  const state = log.ended ? "" : "; the process was killed or is still running";
  return `${basename(program)} (${program}), ${machine}, process ${pid}, ${when} UTC, ${timeText(log.end)}${state}\n`;
}

/** The tables as text. */
export function summaryText(log: Log): string {
  const totals = sectionTotals(log);
  const parts = [headText(log), componentTable(log, totals)];
  if (totals.length === 0) parts.push("  The log has no section: none of the wanted ones was entered.\n");
  else parts.push(sectionTable(log, totals));
  const kinds = pauseKinds(log);
  const first = kinds[0];
  if (first !== undefined) parts.push(pauseTable(kinds), histogramTable(first.lengths));
  if (log.facts.size > 0) parts.push(factTable(log));
  return parts.join("\n");
}

/** The same as one JSON object; all times in microseconds. */
export function summaryJson(log: Log): string {
  const totals = sectionTotals(log);
  const sections = totals.map(({ name, info, count, total, self, longest }) => [
    name,
    { component: info.component, count, total, self, longest },
  ]);
  const facts = [...log.facts].map(([section, found]) => [section, Object.fromEntries(found)]);
  const value = {
    ...log.header,
    end: log.end,
    ended: log.ended,
    components: componentTotals(log, totals),
    sections: Object.fromEntries(sections),
    pauses: Object.fromEntries(pauseKinds(log).map(({ name, lengths }) => [name, pauseFigures(lengths)])),
    numbers: Object.fromEntries(facts),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
