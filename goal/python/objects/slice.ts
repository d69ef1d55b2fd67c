// slice objects and what indexing shares: `__index__` and the arithmetic of slices.
import type { int } from "rtypescript/rlib";
import { W_Int, type W_Long } from "./int.ts";
import {
  CMP_EQ,
  CMP_NE,
  indexError,
  KIND_IndexError,
  NOT_IMPLEMENTED,
  operationError,
  overflowError,
  typeError,
  valueError,
  W_Root,
} from "./root.ts";
import { builtinType, type W_Type } from "./type.ts";

export const w_slice = builtinType("slice");
w_slice.acceptsSubclasses = false;

export class W_Slice extends W_Root {
  readonly w_start: W_Root;
  readonly w_stop: W_Root;
  readonly w_step: W_Root;
  constructor(w_start: W_Root, w_stop: W_Root, w_step: W_Root) {
    super();
    this.w_start = w_start;
    this.w_stop = w_stop;
    this.w_step = w_step;
  }
  override getclass(): W_Type {
    return w_slice;
  }
  override repr(): string {
    return `slice(${this.w_start.repr()}, ${this.w_stop.repr()}, ${this.w_step.repr()})`;
  }
  override hash(): int {
    throw typeError("unhashable type: 'slice'");
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Slice) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    const same =
      sameBound(this.w_start, w_other.w_start) &&
      sameBound(this.w_stop, w_other.w_stop) &&
      sameBound(this.w_step, w_other.w_step);
    return same === (op === CMP_EQ) ? 1 : 0;
  }
}

function sameBound(w_a: W_Root, w_b: W_Root): boolean {
  return w_a === w_b || w_a.compare(CMP_EQ, w_b) === 1;
}

/** The exact int of an object that is one or has `__index__`; null for others. */
export function indexObject(w_x: W_Root): W_Root | null {
  if (w_x instanceof W_Int) return w_x;
  const w_i = w_x.asInt();
  if (w_i !== null) return w_i;
  const w_class = w_x.getclass();
  if (!w_class.heap) return null;
  const w_method = w_class.lookup("__index__");
  if (w_method === null) return null;
  const w_result = w_method.descrGet(w_x, w_class).call0();
  const w_exact = w_result.asInt();
  if (w_exact === null) throw typeError(`__index__ returned non-int (type ${w_result.typename()})`);
  return w_exact;
}

/** An index of a sequence; `what` names it in the TypeError. Negative ones stay so. */
export function indexOf(w_key: W_Root, what: string): int {
  if (w_key instanceof W_Int) return w_key.value;
  const w_i = indexObject(w_key);
  if (w_i === null) {
    if (what === "string") throw typeError(`string indices must be integers, not '${w_key.typename()}'`);
    if (what === "byte") throw typeError(`byte indices must be integers or slices, not ${w_key.typename()}`);
    throw typeError(`${what} indices must be integers or slices, not ${w_key.typename()}`);
  }
  if (w_i instanceof W_Int) return w_i.value;
  throw operationError(KIND_IndexError, `cannot fit '${w_key.typename()}' into an index-sized integer`);
}

/** An int argument of a built-in function; TypeError and OverflowError as CPython's. */
export function intArgument(w_x: W_Root): int {
  if (w_x instanceof W_Int) return w_x.value;
  const w_i = indexObject(w_x);
  if (w_i === null) throw typeError(`'${w_x.typename()}' object cannot be interpreted as an integer`);
  if (w_i instanceof W_Int) return w_i.value;
  throw overflowError("Python int too large to convert to C ssize_t");
}

/** As `intArgument`, but with a value outside the word brought to its nearest end. */
export function clampedArgument(w_x: W_Root): int {
  const w_i = indexObject(w_x);
  if (w_i === null) throw typeError(`'${w_x.typename()}' object cannot be interpreted as an integer`);
  return clamped(w_i);
}

const FAR: int = 1073741823 * 1048576;

function clamped(w_i: W_Root): int {
  if (w_i instanceof W_Int) return w_i.value;
  return (w_i as W_Long).value > 0n ? FAR : -FAR;
}

/** A slice of a sequence of known length: `count` items from `start` in steps of `step`. */
export class SliceRange {
  readonly start: int;
  readonly stop: int;
  readonly step: int;
  readonly count: int;
  constructor(start: int, stop: int, step: int, count: int) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.count = count;
  }
}

/** A bound of a slice, None being `otherwise`, with the TypeError of slices. */
function boundOf(w_bound: W_Root, otherwise: int): int {
  if (w_bound instanceof W_Int) return w_bound.value;
  if (w_bound.isNone()) return otherwise;
  const w_i = indexObject(w_bound);
  if (w_i === null) throw typeError("slice indices must be integers or None or have an __index__ method");
  return clamped(w_i);
}

export function sliceIndices(w_slice: W_Slice, n: int): SliceRange {
  const step = boundOf(w_slice.w_step, 1);
  if (step === 0) throw valueError("slice step cannot be zero");
  const low: int = step < 0 ? -1 : 0;
  const high: int = step < 0 ? n - 1 : n;
  let start = boundOf(w_slice.w_start, step < 0 ? high : low);
  let stop = boundOf(w_slice.w_stop, step < 0 ? FAR + 1 : high);
  if (!w_slice.w_start.isNone()) start = place(start, n, low, high);
  if (w_slice.w_stop.isNone()) stop = step < 0 ? -1 : n;
  else stop = place(stop, n, low, high);
  return new SliceRange(start, stop, step, countOf(start, stop, step));
}

function place(bound: int, n: int, low: int, high: int): int {
  let at = bound;
  if (at < 0) at += n;
  return at < low ? low : at > high ? high : at;
}

/** How many items `range(start, stop, step)` has. */
export function countOf(start: int, stop: int, step: int): int {
  if (step > 0) return start < stop ? Math.floor((stop - start - 1) / step) + 1 : 0;
  return start > stop ? Math.floor((start - stop - 1) / (0 - step)) + 1 : 0;
}

/** An index brought into 0 … n − 1; IndexError with this text otherwise. */
export function requireIndex(i: int, n: int, text: string): int {
  const at = i < 0 ? i + n : i;
  if (at < 0 || at >= n) throw indexError(text);
  return at;
}
