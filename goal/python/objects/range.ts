// range and its iterators. Bounds beyond a word are kept as objects and computed with generically.
import { type int, intAddOvf, intFloorDiv, intMulOvf, intSubOvf } from "rtypescript/rlib";
import { getset, method0, method1, newN } from "./builtin.ts";
import { bigOf, fromBig, newint, W_Int } from "./int.ts";
import { CMP_EQ, CMP_NE, indexError, NOT_IMPLEMENTED, overflowError, valueError, W_Root } from "./root.ts";
import { w_missing } from "./singletons.ts";
import { countOf, indexObject, indexOf, sliceIndices, W_Slice } from "./slice.ts";
import { eq, index, repr } from "./space.ts";
import { tupleHash } from "./tuple.ts";
import { builtinType, type W_Type } from "./type.ts";

export const w_range = builtinType("range");
w_range.acceptsSubclasses = false;
w_range.patternKind = 1;
export const w_range_iterator = builtinType("range_iterator");
export const w_longrange_iterator = builtinType("longrange_iterator");

export class W_Range extends W_Root {
  readonly w_start: W_Root;
  readonly w_stop: W_Root;
  readonly w_step: W_Root;
  /** Are bounds, step and length words? */
  readonly small: boolean;
  readonly start: int;
  readonly step: int;
  readonly count: int;
  constructor(w_start: W_Root, w_stop: W_Root, w_step: W_Root) {
    super();
    this.w_start = w_start;
    this.w_stop = w_stop;
    this.w_step = w_step;
    let small = false;
    let start: int = 0;
    let step: int = 0;
    let count: int = 0;
    if (w_start instanceof W_Int && w_stop instanceof W_Int && w_step instanceof W_Int) {
      const span = w_step.value > 0 ? intSubOvf(w_stop.value, w_start.value) : intSubOvf(w_start.value, w_stop.value);
      if (span !== null) {
        small = true;
        start = w_start.value;
        step = w_step.value;
        count = countOf(start, w_stop.value, step);
      }
    }
    this.small = small;
    this.start = start;
    this.step = step;
    this.count = count;
  }
  override getclass(): W_Type {
    return w_range;
  }
  override repr(): string {
    const bounds = `${repr(this.w_start)}, ${repr(this.w_stop)}`;
    return this.w_step instanceof W_Int && this.w_step.value === 1
      ? `range(${bounds})`
      : `range(${bounds}, ${repr(this.w_step)})`;
  }
  /** The number of items. */
  bigCount(): bigint {
    if (this.small) return BigInt(this.count);
    const start = bigOf(this.w_start);
    const stop = bigOf(this.w_stop);
    const step = bigOf(this.w_step);
    if (step > 0n) return start < stop ? (stop - start - 1n) / step + 1n : 0n;
    return start > stop ? (start - stop - 1n) / -step + 1n : 0n;
  }
  bigItem(i: bigint): W_Root {
    return fromBig(bigOf(this.w_start) + i * bigOf(this.w_step));
  }
  override truth(): boolean {
    return this.bigCount() !== 0n;
  }
  override len(): int {
    if (this.small) return this.count;
    const w_n = fromBig(this.bigCount());
    if (w_n instanceof W_Int) return w_n.value;
    throw overflowError("Python int too large to convert to C ssize_t");
  }
  override getitem(w_key: W_Root): W_Root {
    if (w_key instanceof W_Slice) return this.#slice(w_key);
    if (this.small) {
      const w_i = indexObject(w_key);
      if (w_i instanceof W_Int) {
        const i: int = w_i.value < 0 ? w_i.value + this.count : w_i.value;
        if (i < 0 || i >= this.count) throw indexError("range object index out of range");
        return newint(this.start + i * this.step);
      }
      indexOf(w_key, "range");
    }
    const n = this.bigCount();
    let i = bigOf(index(w_key));
    if (i < 0n) i += n;
    if (i < 0n || i >= n) throw indexError("range object index out of range");
    return this.bigItem(i);
  }
  #slice(w_slice: W_Slice): W_Root {
    const range = sliceIndices(w_slice, this.len());
    return new W_Range(
      this.bigItem(BigInt(range.start)),
      this.bigItem(BigInt(range.stop)),
      fromBig(bigOf(this.w_step) * BigInt(range.step)),
    );
  }
  /** Position of an int in the range, −1 without. */
  position(w_int: W_Root): bigint {
    const distance = bigOf(w_int) - bigOf(this.w_start);
    const step = bigOf(this.w_step);
    if (distance % step !== 0n) return -1n;
    const i = distance / step;
    return i >= 0n && i < this.bigCount() ? i : -1n;
  }
  override contains(w_item: W_Root): boolean | null {
    if (this.small && w_item instanceof W_Int) {
      const distance = intSubOvf(w_item.value, this.start);
      if (distance !== null) {
        if (distance % this.step !== 0) return false;
        const i = intFloorDiv(distance, this.step);
        return i >= 0 && i < this.count;
      }
    }
    const w_i = w_item.asInt();
    return w_i === null ? null : this.position(w_i) >= 0n;
  }
  override iter(): W_Root {
    if (!this.small) return new W_LongRangeIterator(this, false);
    const last = intMulOvf(this.count, this.step);
    if (last === null || intAddOvf(this.start, last) === null) return new W_LongRangeIterator(this, false);
    return new W_RangeIterator(this.start, this.step, this.count);
  }
  override reversed(): W_Root | null {
    if (!this.small || this.count === 0) return new W_LongRangeIterator(this, true);
    return new W_RangeIterator(this.start + (this.count - 1) * this.step, 0 - this.step, this.count);
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Range) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    return this.#equals(w_other) === (op === CMP_EQ) ? 1 : 0;
  }
  #equals(w_other: W_Range): boolean {
    const n = this.bigCount();
    if (n !== w_other.bigCount()) return false;
    if (n === 0n) return true;
    return eq(this.w_start, w_other.w_start) && (n === 1n || eq(this.w_step, w_other.w_step));
  }
  override hash(): int {
    const n = this.bigCount();
    return tupleHash([fromBig(n), n === 0n ? newint(0) : this.w_start, n < 2n ? newint(0) : this.w_step]);
  }
}

/** Iterates over ints of a word. */
export class W_RangeIterator extends W_Root {
  value: int;
  readonly step: int;
  left: int;
  constructor(start: int, step: int, count: int) {
    super();
    this.value = start;
    this.step = step;
    this.left = count;
  }
  override getclass(): W_Type {
    return w_range_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    if (this.left <= 0) return null;
    this.left -= 1;
    const value = this.value;
    this.value = value + this.step;
    return new W_Int(value);
  }
  override lengthHint(): int {
    return this.left;
  }
}

class W_LongRangeIterator extends W_Root {
  readonly w_range: W_Range;
  readonly count: bigint;
  readonly backward: boolean;
  at: bigint;
  constructor(w_of: W_Range, backward: boolean) {
    super();
    this.w_range = w_of;
    this.count = w_of.bigCount();
    this.backward = backward;
    this.at = 0n;
  }
  override getclass(): W_Type {
    return w_longrange_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    const i = this.at;
    if (i >= this.count) return null;
    this.at = i + 1n;
    return this.w_range.bigItem(this.backward ? this.count - 1n - i : i);
  }
}

// --- methods -------------------------------------------------------------------------------------------------------------

newN(w_range, "start, stop=?, step=?, /", (args) => {
  const w_first = index(args[1]);
  if (args[2] === w_missing) return new W_Range(newint(0), w_first, newint(1));
  const w_stop = index(args[2]);
  if (args[3] === w_missing) return new W_Range(w_first, w_stop, newint(1));
  const w_step = index(args[3]);
  if (!w_step.truth()) throw valueError("range() arg 3 must not be zero");
  return new W_Range(w_first, w_stop, w_step);
});
getset(w_range, "start", (w_self) => (w_self as W_Range).w_start);
getset(w_range, "stop", (w_self) => (w_self as W_Range).w_stop);
getset(w_range, "step", (w_self) => (w_self as W_Range).w_step);
method1(w_range, "count", (w_self, w_item) => {
  const w_range = w_self as W_Range;
  return newint(w_range.contains(w_item) === true ? 1 : 0);
});
method1(w_range, "index", (w_self, w_item) => {
  const w_i = w_item.asInt();
  const at = w_i === null ? -1n : (w_self as W_Range).position(w_i);
  if (at < 0n) throw valueError(`${repr(w_item)} is not in range`);
  return fromBig(at);
});
method0(w_range, "__reversed__", (w_self) => w_self.reversed() ?? w_self);
