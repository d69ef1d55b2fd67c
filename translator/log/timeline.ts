/**
 * The data of the picture: the time of a log divided into equal columns, and in each column the share of every section,
 * so that ten thousand collections too short for a pixel are still seen for what they cost together.
 *
 * A moment belongs to the innermost section that is open then. Each section adds its interval to its own row and takes
 * it from its parent's, in one pass and in any order.
 */
import type { Log } from "./model.ts";
import { pausesOf } from "./totals.ts";

export interface Timeline {
  /** Microseconds since the log began. */
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  /** Microseconds of each section (index into `log.names`) in each column: `spent[name * columns + column]`. */
  readonly spent: Float64Array;
  /** The longest pause that begins in each column, in microseconds; 0 for none. */
  readonly pauses: Float64Array;
}

/** Divides the range of a log into columns. */
export function timelineOf(log: Log, from: number, to: number, columns: number): Timeline {
  const spent = new Float64Array(log.names.length * columns);
  const scale = columns / (to - from);
  const add = (name: number, start: number, stop: number, sign: number): void => {
    const first = (Math.max(start, from) - from) * scale;
    const last = (Math.min(stop, to) - from) * scale;
    for (let column = Math.floor(first); column < last; column++) {
      const part = Math.min(last, column + 1) - Math.max(first, column);
      if (part <= 0) continue;
      const at = name * columns + column;
      spent[at] = (spent[at] as number) + (sign * part) / scale;
    }
  };
  for (let i = 0; i < log.count; i++) {
    const [start, stop] = [log.start[i] as number, log.stop[i] as number];
    if (stop <= from || start >= to) continue;
    add(log.name[i] as number, start, stop, 1);
    const parent = log.parent[i] as number;
    if (parent >= 0) add(log.name[parent] as number, start, stop, -1);
  }
  return { from, to, columns, spent, pauses: longestPauses(log, from, to, columns) };
}

function longestPauses(log: Log, from: number, to: number, columns: number): Float64Array {
  const longest = new Float64Array(columns);
  const { start, length } = pausesOf(log);
  for (const [i, at] of start.entries()) {
    if (at < from || at >= to) continue;
    const column = Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns));
    longest[column] = Math.max(longest[column] as number, length[i] as number);
  }
  return longest;
}
