/**
 * `rtslog draw-time`: where the time went, as one picture. From top to bottom: a bar of coloured sections over time, the
 * longest pause of the collector at each moment, and the totals of components and sections.
 *
 * Every column of the bar is filled from below in the order collectors, JIT, the program's own sections; what no
 * section accounts for is left grey.
 */
import { basename } from "node:path";
import type { Log } from "./model.ts";
import { COMPONENTS, type Component, describeSections, REST_COLOUR, type SectionInfo } from "./sections.ts";
import { SvgWriter } from "./svg.ts";
import { type Timeline, timelineOf } from "./timeline.ts";
import { countText, roundStep, shareText, tickText, timeText } from "./units.ts";

const WIDTH = 1200;
const LEFT = 76;
const PLOT = 1100;
const BAR_TOP = 84;
const BAR_HEIGHT = 150;
const AXIS_HEIGHT = 40;
const LANE_HEIGHT = 84;
const LANE_GAP = 30;
const ROW = 22;
/** Sections with rows of their own; the smallest ones beyond share one. */
const MOST_ROWS = 24;

const GREY = "#6b7280";
const RULE = "#c9ced6";
const SMALL = { "font-size": 11, fill: GREY };
const SMALL_END = { ...SMALL, "text-anchor": "end" };
const END = { "text-anchor": "end" };
const BOLD = { "font-weight": "bold" };

/** A section or component in the list of totals. */
interface Total {
  readonly name: string;
  readonly colour: string;
  count: number;
  time: number;
  longest: number;
}

export interface Range {
  /** Microseconds since the log began. */
  readonly from: number;
  readonly to: number;
}

/** A picture and what a page needs to know of it. */
export interface Picture {
  readonly svg: string;
  readonly timeline: Timeline;
  /** Where the bar stands in the picture. */
  readonly bar: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Draws a range of a log. */
export function drawTime(log: Log, range: Range): Picture {
  const infos = describeSections(log.names);
  // A log without any time has one column of nothing.
  const to = range.to > range.from ? range.to : range.from + 1;
  const timeline = timelineOf(log, range.from, to, PLOT);
  const svg = new SvgWriter();
  drawHead(svg, log, range);
  drawBar(svg, timeline, infos);
  let y = drawAxis(svg, timeline, BAR_TOP + BAR_HEIGHT);
  if (timeline.pauses.some((pause) => pause > 0)) y = drawPauses(svg, timeline, y + LANE_GAP);
  const height = drawTotals(svg, log, timeline, infos, y + LANE_GAP);
  const bar = { x: LEFT, y: BAR_TOP, width: PLOT, height: BAR_HEIGHT };
  return { svg: svg.finish(WIDTH, height), timeline, bar };
}

function drawHead(svg: SvgWriter, log: Log, { from, to }: Range): void {
  const { program, pid, word, time } = log.header;
  const whole = from === 0 && to === log.end;
  const what = whole ? timeText(log.end) : `${tickText(from)} to ${tickText(to)} of ${timeText(log.end)}`;
  svg.text(LEFT, 34, `${basename(program)}: where the time went in ${what}`, { ...BOLD, "font-size": 19 });
  const machine = word === 53 ? "Node" : `${word}-bit`;
  const when = new Date(time * 1000).toISOString().slice(0, 16).replace("T", " ");
  const state = log.ended ? "" : " · killed or still running";
  svg.text(LEFT, 55, `${program} · ${machine} · process ${pid} · ${when} UTC${state}`, SMALL);
}

/** Indices of sections in the order in which columns are filled. */
function stackOrder(infos: readonly SectionInfo[]): number[] {
  const rank = Object.keys(COMPONENTS);
  return infos
    .map((_info, i) => i)
    .sort(
      (a, b) =>
        rank.indexOf((infos[a] as SectionInfo).component) - rank.indexOf((infos[b] as SectionInfo).component) || a - b,
    );
}

function drawBar(svg: SvgWriter, timeline: Timeline, infos: readonly SectionInfo[]): void {
  const { columns, spent, from, to } = timeline;
  const bottom = BAR_TOP + BAR_HEIGHT;
  svg.rect(LEFT, BAR_TOP, PLOT, BAR_HEIGHT, REST_COLOUR);
  const perColumn = (to - from) / columns;
  const filled = new Float64Array(columns);
  const width = PLOT / columns;
  for (const name of stackOrder(infos)) {
    const { colour } = infos[name] as SectionInfo;
    const heightAt = (column: number): number => {
      const share = Math.min(1, (spent[name * columns + column] as number) / perColumn);
      return Math.round(share * BAR_HEIGHT * 10) / 10;
    };
    // Neighbours of equal height are one rectangle.
    for (let column = 0; column < columns; ) {
      const [height, base] = [heightAt(column), filled[column] as number];
      let end = column;
      while (end < columns && filled[end] === base && heightAt(end) === height) filled[end++] = base + height;
      if (height > 0)
        svg.rect(LEFT + column * width, bottom - base - height, (end - column) * width, height, colour, {
          "data-section": infos.length > 0 ? String(name) : "",
        });
      column = end;
    }
  }
  for (const [share, y] of [
    ["100%", BAR_TOP],
    ["50%", BAR_TOP + BAR_HEIGHT / 2],
    ["0%", bottom],
  ] as const) {
    svg.text(LEFT - 8, y + 4, share, SMALL_END);
    svg.line(LEFT - 4, y, LEFT, y, RULE);
  }
}

/** Draws the axis of time below `y` and gives where it ends. */
function drawAxis(svg: SvgWriter, { from, to }: Timeline, y: number): number {
  svg.line(LEFT, y, LEFT + PLOT, y, GREY);
  const step = roundStep(to - from, 11);
  for (let n = Math.ceil(from / step); n * step <= to; n++) {
    const x = LEFT + ((n * step - from) / (to - from)) * PLOT;
    svg.line(x, y, x, y + 5, GREY);
    svg.text(x, y + 19, tickText(n * step), { ...SMALL, "text-anchor": "middle" });
  }
  return y + AXIS_HEIGHT - LANE_GAP / 2;
}

/** Draws the lane of pauses below `y` and gives where it ends. */
function drawPauses(svg: SvgWriter, { pauses, columns }: Timeline, y: number): number {
  const top = y + 16;
  const bottom = top + LANE_HEIGHT;
  const longest = pauses.reduce((a, b) => Math.max(a, b), 0);
  const shortest = pauses.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), longest);
  const low = Math.floor(Math.log10(Math.max(1, shortest)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, longest))));
  const heightOf = (length: number): number =>
    (Math.max(0, Math.log10(Math.max(1, length)) - low) / (high - low)) * LANE_HEIGHT;
  svg.text(LEFT, y + 6, "Longest pause of the collector at each moment (logarithmic)", SMALL);
  svg.rect(LEFT, top, PLOT, LANE_HEIGHT, "#f6f7f9");
  for (let decade = low; decade <= high; decade++) {
    const at = bottom - heightOf(10 ** decade);
    svg.line(LEFT, at, LEFT + PLOT, at, RULE);
    svg.text(LEFT - 8, at + 4, tickText(10 ** decade), SMALL_END);
  }
  const width = PLOT / columns;
  for (const [column, length] of pauses.entries()) {
    if (length === 0) continue;
    const height = Math.max(1.5, heightOf(length));
    svg.rect(LEFT + column * width, bottom - height, width, height, "#c93530");
  }
  return bottom;
}

/** What each section has in the range. */
function totalsInRange(log: Log, timeline: Timeline, infos: readonly SectionInfo[]): Total[] {
  const { columns, spent, from, to } = timeline;
  const totals = log.names.map((name, i) => {
    const time = spent.subarray(i * columns, (i + 1) * columns).reduce((a, b) => a + b, 0);
    return { name, colour: (infos[i] as SectionInfo).colour, count: 0, time: Math.max(0, time), longest: 0 };
  });
  for (let i = 0; i < log.count; i++) {
    const [start, stop] = [log.start[i] as number, log.stop[i] as number];
    if (stop < from || start >= to) continue;
    const total = totals[log.name[i] as number] as Total;
    total.count++;
    total.longest = Math.max(total.longest, stop - start);
  }
  return totals.filter((total) => total.count > 0);
}

function sumOf(name: string, colour: string, parts: readonly Total[]): Total {
  const sum = { name, colour, count: 0, time: 0, longest: 0 };
  for (const part of parts) {
    sum.count += part.count;
    sum.time += part.time;
    sum.longest = Math.max(sum.longest, part.longest);
  }
  return sum;
}

const COLUMNS = { swatch: LEFT, name: LEFT + 22, count: 420, time: 520, share: 600, longest: 700, bar: 724 } as const;
const BAR_ROOM = LEFT + PLOT - COLUMNS.bar;

/** Draws the list of totals below `y` and gives the height of the picture. */
function drawTotals(svg: SvgWriter, log: Log, timeline: Timeline, infos: readonly SectionInfo[], y: number): number {
  const range = timeline.to - timeline.from;
  const totals = totalsInRange(log, timeline, infos);
  for (const [name, x] of [
    ["count", COLUMNS.count],
    ["own time", COLUMNS.time],
    ["share", COLUMNS.share],
    ["longest", COLUMNS.longest],
  ] as const) {
    svg.text(x, y, name, SMALL_END);
  }
  let at = y + ROW;
  const inSections = totals.reduce((sum, total) => sum + total.time, 0);
  const groups = (Object.keys(COMPONENTS) as Component[]).map((component) => ({
    component,
    rows: totals.filter(({ name }) => (infos[log.names.indexOf(name)] as SectionInfo).component === component),
  }));
  for (const { component, rows } of groups) {
    const isProgram = component === "program";
    if (rows.length === 0 && !isProgram) continue;
    const rest: Total = {
      name: rows.length === 0 ? "" : "outside any section",
      colour: REST_COLOUR,
      count: 0,
      time: Math.max(0, range - inSections),
      longest: 0,
    };
    const all = isProgram ? [...rows, rest] : rows;
    at = drawRow(svg, sumOf(COMPONENTS[component], "", all), range, at, true);
    for (const row of shortened(all)) if (row.name !== "") at = drawRow(svg, row, range, at, false);
    at += 8;
  }
  return at + 6;
}

/** The rows by time, the smallest ones put together if there are too many. */
function shortened(rows: readonly Total[]): Total[] {
  const sorted = [...rows].sort((a, b) => b.time - a.time);
  if (sorted.length <= MOST_ROWS) return sorted;
  const others = sorted.slice(MOST_ROWS - 1);
  return [...sorted.slice(0, MOST_ROWS - 1), sumOf(`${others.length} others`, GREY, others)];
}

function drawRow(svg: SvgWriter, row: Total, range: number, y: number, isComponent: boolean): number {
  const weight = isComponent ? BOLD : {};
  if (!isComponent) svg.rect(COLUMNS.swatch, y - 11, 14, 14, row.colour);
  svg.text(isComponent ? COLUMNS.swatch : COLUMNS.name, y, row.name, weight);
  if (row.count > 0) svg.text(COLUMNS.count, y, countText(row.count), { ...END, ...weight });
  svg.text(COLUMNS.time, y, timeText(row.time), { ...END, ...weight });
  svg.text(COLUMNS.share, y, shareText(row.time, range), { ...END, ...weight });
  if (row.longest > 0) svg.text(COLUMNS.longest, y, timeText(row.longest), { ...END, ...weight });
  const width = (row.time / range) * BAR_ROOM;
  if (isComponent) svg.rect(COLUMNS.bar, y - 9, Math.max(0.5, width), 10, "#3b4252");
  else svg.rect(COLUMNS.bar, y - 11, Math.max(0.5, width), 14, row.colour);
  return y + ROW;
}
