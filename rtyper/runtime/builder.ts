/**
 * The native form of rlib's `StringBuilder`: a buffer of units that doubles. `build` copies, so the builder may be used
 * further.
 */
import {
  copyOfUnits,
  copyUnits,
  newStructLike,
  newUnits,
  type StringUnits,
  setUnit,
  wholeString,
} from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { MAX_STRING_LENGTH, stringTooLong } from "./limits.ts";

export interface LowBuilder {
  /** Units in use. */
  length: int;
  /** Its size is the capacity. */
  units: StringUnits;
  capacity: int;
}

const INITIAL_UNITS = 32;

/** A new builder; `like` gives the type. */
export function newBuilder(like: LowBuilder): LowBuilder {
  const b = newStructLike(like);
  b.length = 0;
  b.capacity = INITIAL_UNITS;
  b.units = newUnits(INITIAL_UNITS);
  return b;
}

/** Makes room for `needed` units in all. */
function growBuilder(b: LowBuilder, needed: int): void {
  if (needed > MAX_STRING_LENGTH) stringTooLong();
  let capacity = b.capacity * 2;
  if (capacity < needed) capacity = needed;
  b.units = copyOfUnits(b.units, b.length, capacity);
  b.capacity = capacity;
}

export function builderAppend(b: LowBuilder, s: string): void {
  const at = b.length;
  const n = s.length;
  if (at + n > b.capacity) growBuilder(b, at + n);
  copyUnits(s, 0, b.units, at, n);
  b.length = at + n;
}

/** Appends the unit of a char. */
export function builderAppendUnit(b: LowBuilder, code: int): void {
  const at = b.length;
  if (at === b.capacity) growBuilder(b, at + 1);
  setUnit(b.units, at, code);
  b.length = at + 1;
}

/** The same, nothing for -1 (the empty char). */
export function builderAppendUnitOrNone(b: LowBuilder, code: int): void {
  if (code >= 0) builderAppendUnit(b, code);
}

/** Appends units `start` up to `end` of a string, which are in range. */
export function builderAppendPart(b: LowBuilder, s: string, start: int, end: int): void {
  const at = b.length;
  const n = end - start;
  if (at + n > b.capacity) growBuilder(b, at + n);
  copyUnits(s, start, b.units, at, n);
  b.length = at + n;
}

export function builderBuild(b: LowBuilder): string {
  const n = b.length;
  if (n === 0) return "";
  return wholeString(copyOfUnits(b.units, n, n));
}
