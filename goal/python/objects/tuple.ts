// tuple.
import {
  copyItems,
  type int,
  intAddWrap,
  intMulWrap,
  intShl,
  intUshr,
  intXor,
  newList,
  wordBits,
} from "rtypescript/rlib";
import { method0, methodN, newKw } from "./builtin.ts";
import { compareInts } from "./float.ts";
import { newint, W_Int } from "./int.ts";
import {
  CMP_EQ,
  CMP_NE,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_MUL,
  overflowError,
  typeError,
  valueError,
  W_Root,
} from "./root.ts";
import { w_missing } from "./singletons.ts";
import { clampedArgument, indexObject, indexOf, requireIndex, sliceIndices, W_Slice } from "./slice.ts";
import { prefixHook, TuplePrefixes } from "./sort.ts";
import { compareTruth, eq, hash, iter, next, PairMaker, pairHook, repr, reprGuard, unpack } from "./space.ts";
import { builtinType, W_Instance, type W_Type } from "./type.ts";

export const w_tuple = builtinType("tuple");
w_tuple.sequence = true;
w_tuple.patternKind = 1;
export const w_tuple_iterator = builtinType("tuple_iterator");

export class W_Tuple extends W_Root {
  readonly items: W_Root[];
  user: W_Instance | null;
  constructor(items: W_Root[]) {
    super();
    this.items = items;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_tuple : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override repr(): string {
    const items = this.items;
    if (items.length === 0) return "()";
    if (!reprGuard.enter(this)) return "(...)";
    const parts: string[] = [];
    try {
      for (const w of items) parts.push(repr(w));
    } finally {
      reprGuard.leave();
    }
    return items.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`;
  }
  override truth(): boolean {
    return this.items.length !== 0;
  }
  override hash(): int {
    return tupleHash(this.items);
  }
  override compare(op: int, w_other: W_Root): int {
    return w_other instanceof W_Tuple ? compareItems(op, this.items, w_other.items) : NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (!(w_other instanceof W_Tuple)) {
        throw typeError(`can only concatenate tuple (not "${w_other.typename()}") to tuple`);
      }
      if (w_other.items.length === 0 && this.getclass() === w_tuple) return this;
      if (this.items.length === 0 && w_other.getclass() === w_tuple) return w_other;
      return new W_Tuple(concatItems(this.items, w_other.items));
    }
    return op === OP_MUL ? this.#repeat(w_other) : null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return op === OP_MUL ? this.#repeat(w_left) : null;
  }
  #repeat(w_count: W_Root): W_Root | null {
    if (w_count instanceof W_Int && w_count.value === 1 && this.getclass() === w_tuple) return this;
    const items = repeatItems(this.items, w_count);
    return items === null ? null : new W_Tuple(items);
  }
  override len(): int {
    return this.items.length;
  }
  override getitem(w_key: W_Root): W_Root {
    if (w_key instanceof W_Slice) {
      const items = sliceItems(this.items, w_key);
      if (items.length === this.items.length && this.getclass() === w_tuple && isForward(w_key)) return this;
      return newtuple(items);
    }
    const items = this.items;
    return items[requireIndex(indexOf(w_key, "tuple"), items.length, "tuple index out of range")];
  }
  override contains(w_item: W_Root): boolean | null {
    return findItem(this.items, w_item, 0, this.items.length) >= 0;
  }
  override iter(): W_Root {
    return new W_TupleIterator(this.items);
  }
  override itemsCopy(): W_Root[] | null {
    return this.items.slice();
  }
}

class W_TupleIterator extends W_Root {
  readonly items: W_Root[];
  index: int;
  constructor(items: W_Root[]) {
    super();
    this.items = items;
    this.index = 0;
  }
  override getclass(): W_Type {
    return w_tuple_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    const i = this.index;
    if (i >= this.items.length) return null;
    this.index = i + 1;
    return this.items[i];
  }
  /** Items not yet given. */
  override lengthHint(): int {
    return this.items.length - this.index;
  }
}

class LeadingInts extends TuplePrefixes {
  override of(keys: W_Root[]): int[] | null {
    const prefixes = newList<int>(keys.length, 0);
    for (let i: int = 0; i < keys.length; i++) {
      const w_key = keys[i];
      if (!(w_key instanceof W_Tuple) || w_key.user !== null || w_key.items.length === 0) return null;
      const w_first = w_key.items[0];
      if (!(w_first instanceof W_Int)) return null;
      prefixes[i] = w_first.value;
    }
    return prefixes;
  }
}
prefixHook.prefixes = new LeadingInts();

class TuplePairs extends PairMaker {
  override pair(w_a: W_Root, w_b: W_Root): W_Root {
    return new W_Tuple([w_a, w_b]);
  }
}
pairHook.maker = new TuplePairs();

export const w_emptyTuple = new W_Tuple([]);
export function newtuple(items: W_Root[]): W_Root {
  return items.length === 0 ? w_emptyTuple : new W_Tuple(items);
}

/** Does a slice take items in their order, one after the other? */
function isForward(w_slice: W_Slice): boolean {
  return w_slice.w_step.isNone() || (w_slice.w_step instanceof W_Int && w_slice.w_step.value === 1);
}

/** Index of an item equal to `w_item` in `from … to − 1`, −1 without. */
export function findItem(items: W_Root[], w_item: W_Root, from: int, to: int): int {
  for (let i: int = from; i < to && i < items.length; i++) if (eq(items[i], w_item)) return i;
  return -1;
}

/** Lexicographic comparison of lists of items: 1 or 0. */
export function compareItems(op: int, a: W_Root[], b: W_Root[]): int {
  if ((op === CMP_EQ || op === CMP_NE) && a.length !== b.length) return op === CMP_NE ? 1 : 0;
  for (let i: int = 0; i < a.length && i < b.length; i++) {
    const w_x = a[i];
    const w_y = b[i];
    if (w_x instanceof W_Int && w_y instanceof W_Int) {
      if (w_x.value !== w_y.value) return compareInts(op, w_x.value, w_y.value);
    } else if (!eq(w_x, w_y)) {
      if (i >= a.length || i >= b.length) break;
      if (op === CMP_EQ) return 0;
      if (op === CMP_NE) return 1;
      return compareTruth(op, w_x, w_y) ? 1 : 0;
    }
  }
  return compareInts(op, a.length, b.length);
}

export function concatItems(a: W_Root[], b: W_Root[]): W_Root[] {
  const result = newList<W_Root>(a.length + b.length, w_missing);
  copyItems(a, 0, result, 0, a.length);
  copyItems(b, 0, result, a.length, b.length);
  return result;
}

/** Null when the count is no integer. */
export function repeatItems(items: W_Root[], w_count: W_Root): W_Root[] | null {
  const w_n = indexObject(w_count);
  if (w_n === null) return null;
  if (!(w_n instanceof W_Int)) throw overflowError("cannot fit 'int' into an index-sized integer");
  const n = w_n.value <= 0 ? 0 : w_n.value;
  const size = items.length;
  const result = newList<W_Root>(size * n, size === 0 ? w_missing : items[0]);
  if (size !== 1) for (let k: int = 0; k < n; k++) copyItems(items, 0, result, k * size, size);
  return result;
}

export function sliceItems(items: W_Root[], w_slice: W_Slice): W_Root[] {
  const range = sliceIndices(w_slice, items.length);
  if (range.step === 1) return items.slice(range.start, range.start + range.count);
  const result = newList<W_Root>(range.count, w_missing);
  for (let k: int = 0; k < range.count; k++) result[k] = items[range.start + k * range.step];
  return result;
}

function word(high: int, low: int): int {
  return intShl(high, 32) + low;
}

/** CPython's hash of a tuple (a variant of xxHash) on 64 bits; simpler on other machines. */
export function tupleHash(items: W_Root[]): int {
  if (wordBits() !== 64) {
    let h: int = 3430008;
    for (const w of items) h = (Math.imul(h, 1000003) ^ hash(w)) | 0;
    return h;
  }
  const prime1 = word(0x9e3779b1, 0x85ebca87);
  const prime2 = word(0xc2b2ae3d, 0x27d4eb4f);
  const prime5 = word(0x27d4eb2f, 0x165667c5);
  let acc: int = prime5;
  for (const w of items) {
    acc = intAddWrap(acc, intMulWrap(hash(w), prime2));
    acc = intXor(intShl(acc, 31), intUshr(acc, 33));
    acc = intMulWrap(acc, prime1);
  }
  acc = intAddWrap(acc, intXor(items.length, intXor(prime5, 3527539)));
  return acc === -1 ? 1546275796 : acc;
}

// --- methods -------------------------------------------------------------------------------------------------------------

newKw(w_tuple, (args, names) => {
  const w_class = args[0] as W_Type;
  const given: int = args.length - names.length - 1;
  if (names.length > 0 && !w_class.hasInit()) throw typeError("tuple() takes no keyword arguments");
  if (given > 1) throw typeError(`tuple expected at most 1 argument, got ${given}`);
  if (w_class === w_tuple) {
    if (given === 0) return w_emptyTuple;
    if (args[1] instanceof W_Tuple && args[1].user === null && args[1].getclass() === w_tuple) return args[1];
    return newtuple(unpack(args[1]));
  }
  const w_made = new W_Tuple(given === 0 ? [] : unpack(args[1]));
  w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodN(w_tuple, "index", "value, start=0, stop=4503599627370496, /", (args) => {
  const items = (args[0] as W_Tuple).items;
  const n = items.length;
  const i = findItem(items, args[1], bound(args[2], n), bound(args[3], n));
  if (i < 0) throw valueError("tuple.index(x): x not in tuple");
  return newint(i);
});
methodN(w_tuple, "count", "value, /", (args) => newint(countItem((args[0] as W_Tuple).items, args[1])));
method0(w_tuple, "__getnewargs__", (w_self) => new W_Tuple([new W_Tuple((w_self as W_Tuple).items)]));

/** A bound of a search: negative counts from the end. */
export function bound(w_bound: W_Root, n: int): int {
  const i = clampedArgument(w_bound);
  if (i >= 0) return i;
  return i + n < 0 ? 0 : i + n;
}
export function countItem(items: W_Root[], w_item: W_Root): int {
  let count: int = 0;
  for (const w of items) if (eq(w, w_item)) count++;
  return count;
}
export function iterateInto(w_iterable: W_Root, items: W_Root[]): void {
  const known = w_iterable.getclass().heap ? null : w_iterable.itemsCopy();
  if (known !== null) {
    for (const w of known) items.push(w);
    return;
  }
  const w_it = iter(w_iterable);
  for (;;) {
    const w_item = next(w_it);
    if (w_item === null) return;
    items.push(w_item);
  }
}
