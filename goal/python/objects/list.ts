// list.
import { copyItems, type int } from "rtypescript/rlib";
import { method0, method1, methodKw, methodN, newKw } from "./builtin.ts";
import { newint, W_Int } from "./int.ts";
import { indexError, NOT_IMPLEMENTED, OP_ADD, OP_MUL, typeError, valueError, W_Root } from "./root.ts";
import { w_missing, w_None } from "./singletons.ts";
import { indexOf, intArgument, requireIndex, sliceIndices, W_Slice } from "./slice.ts";
import { sortItems } from "./sort.ts";
import { repr, reprGuard, truth, unpack } from "./space.ts";
import {
  bound,
  compareItems,
  concatItems,
  countItem,
  findItem,
  iterateInto,
  repeatItems,
  sliceItems,
} from "./tuple.ts";
import { builtinType, W_Instance, type W_Type } from "./type.ts";

export const w_list = builtinType("list");
w_list.sequence = true;
w_list.patternKind = 1;
export const w_list_iterator = builtinType("list_iterator");
export const w_list_reverseiterator = builtinType("list_reverseiterator");

export class W_List extends W_Root {
  items: W_Root[];
  user: W_Instance | null;
  constructor(items: W_Root[]) {
    super();
    this.items = items;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_list : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override repr(): string {
    if (this.items.length === 0) return "[]";
    if (!reprGuard.enter(this)) return "[...]";
    const parts: string[] = [];
    try {
      for (let i: int = 0; i < this.items.length; i++) parts.push(repr(this.items[i]));
    } finally {
      reprGuard.leave();
    }
    return `[${parts.join(", ")}]`;
  }
  override truth(): boolean {
    return this.items.length !== 0;
  }
  override hash(): int {
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
  override compare(op: int, w_other: W_Root): int {
    return w_other instanceof W_List ? compareItems(op, this.items, w_other.items) : NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (!(w_other instanceof W_List)) {
        throw typeError(`can only concatenate list (not "${w_other.typename()}") to list`);
      }
      return new W_List(concatItems(this.items, w_other.items));
    }
    return op === OP_MUL ? this.#repeat(w_other) : null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return op === OP_MUL ? this.#repeat(w_left) : null;
  }
  override ibinop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      this.extend(w_other);
      return this;
    }
    if (op !== OP_MUL) return null;
    const items = repeatItems(this.items, w_other);
    if (items === null) return null;
    this.items = items;
    return this;
  }
  #repeat(w_count: W_Root): W_Root | null {
    const items = repeatItems(this.items, w_count);
    return items === null ? null : new W_List(items);
  }
  extend(w_iterable: W_Root): void {
    iterateInto(w_iterable, this.items);
  }
  override len(): int {
    return this.items.length;
  }
  override getitem(w_key: W_Root): W_Root {
    const items = this.items;
    if (w_key instanceof W_Slice) return new W_List(sliceItems(items, w_key));
    return items[requireIndex(indexOf(w_key, "list"), items.length, "list index out of range")];
  }
  override setitem(w_key: W_Root, w_value: W_Root): void {
    if (w_key instanceof W_Slice) {
      this.#setSlice(w_key, w_value === this ? this.items.slice() : sliceValue(w_value, w_key));
      return;
    }
    const items = this.items;
    items[requireIndex(indexOf(w_key, "list"), items.length, "list assignment index out of range")] = w_value;
  }
  #setSlice(w_slice: W_Slice, values: W_Root[]): void {
    const items = this.items;
    const range = sliceIndices(w_slice, items.length);
    if (range.step === 1) {
      replaceRange(items, range.start, range.count, values);
      return;
    }
    if (values.length !== range.count) {
      throw valueError(`attempt to assign sequence of size ${values.length} to extended slice of size ${range.count}`);
    }
    for (let k: int = 0; k < range.count; k++) items[range.start + k * range.step] = values[k];
  }
  override delitem(w_key: W_Root): void {
    if (w_key instanceof W_Slice) {
      this.#delSlice(w_key);
      return;
    }
    removeAt(this.items, requireIndex(indexOf(w_key, "list"), this.items.length, "list assignment index out of range"));
  }
  #delSlice(w_slice: W_Slice): void {
    const items = this.items;
    const range = sliceIndices(w_slice, items.length);
    if (range.count === 0) return;
    if (range.step === 1) {
      replaceRange(items, range.start, range.count, []);
      return;
    }
    const step = range.step < 0 ? 0 - range.step : range.step;
    const first = range.step < 0 ? range.start + (range.count - 1) * range.step : range.start;
    const last = first + (range.count - 1) * step;
    const kept: W_Root[] = [];
    for (let i: int = 0; i < items.length; i++) {
      if (i < first || i > last || (i - first) % step !== 0) kept.push(items[i]);
    }
    this.items = kept;
  }
  override contains(w_item: W_Root): boolean | null {
    return findItem(this.items, w_item, 0, this.items.length) >= 0;
  }
  override iter(): W_Root {
    return new W_ListIterator(this);
  }
  override reversed(): W_Root | null {
    return new W_ListReverseIterator(this);
  }
  override itemsCopy(): W_Root[] | null {
    return this.items.slice();
  }
}

/** The items assigned to a slice. */
function sliceValue(w_value: W_Root, w_slice: W_Slice): W_Root[] {
  if (w_value.getclass().lookup("__iter__") === null && w_value.getclass().lookup("__getitem__") === null) {
    throw typeError(w_slice.w_step.isNone() ? "can only assign an iterable" : "must assign iterable to extended slice");
  }
  return unpack(w_value);
}

/** Replaces `count` items from `at` by `values`. */
export function replaceRange(items: W_Root[], at: int, count: int, values: W_Root[]): void {
  const n = items.length;
  const grow = values.length - count;
  if (grow > 0) {
    for (let i: int = 0; i < grow; i++) items.push(w_missing);
    for (let i: int = n - 1; i >= at + count; i--) items[i + grow] = items[i];
  } else if (grow < 0) {
    for (let i: int = at + count; i < n; i++) items[i + grow] = items[i];
    for (let i: int = grow; i < 0; i++) items.pop();
  }
  copyItems(values, 0, items, at, values.length);
}

export function removeAt(items: W_Root[], at: int): W_Root {
  const w_item = items[at];
  for (let i: int = at + 1; i < items.length; i++) items[i - 1] = items[i];
  items.pop();
  return w_item;
}

export class W_ListIterator extends W_Root {
  w_list: W_List | null;
  index: int;
  constructor(w_of: W_List) {
    super();
    this.w_list = w_of;
    this.index = 0;
  }
  override getclass(): W_Type {
    return w_list_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    const w_of = this.w_list;
    if (w_of === null) return null;
    const i = this.index;
    if (i < w_of.items.length) {
      this.index = i + 1;
      return w_of.items[i];
    }
    this.w_list = null;
    return null;
  }
  override lengthHint(): int {
    return this.w_list === null ? 0 : this.w_list.items.length - this.index;
  }
}

class W_ListReverseIterator extends W_Root {
  readonly w_list: W_List;
  index: int;
  constructor(w_of: W_List) {
    super();
    this.w_list = w_of;
    this.index = w_of.items.length - 1;
  }
  override getclass(): W_Type {
    return w_list_reverseiterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    const i = this.index;
    if (i < 0 || i >= this.w_list.items.length) return null;
    this.index = i - 1;
    return this.w_list.items[i];
  }
  override lengthHint(): int {
    return this.index + 1;
  }
}

export function newlist(items: W_Root[]): W_List {
  return new W_List(items);
}

// --- methods -------------------------------------------------------------------------------------------------------------

function listOf(w_self: W_Root): W_Root[] {
  return (w_self as W_List).items;
}

newKw(w_list, (args, _names) => {
  const w_class = args[0] as W_Type;
  const w_made = new W_List([]);
  if (w_class !== w_list) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodKw(w_list, "__init__", (args, names) => {
  const w_self = args[0] as W_List;
  const given: int = args.length - names.length - 1;
  const w_class = w_self.getclass();
  // Keywords are for a subclass's own `__new__`.
  if (names.length > 0 && w_class.lookup("__new__") === w_list.lookup("__new__")) {
    throw typeError("list() takes no keyword arguments");
  }
  if (given > 1) throw typeError(`list expected at most 1 argument, got ${given}`);
  w_self.items = given === 0 ? [] : unpack(args[1]);
  return w_None;
});
method1(w_list, "append", (w_self, w_item) => {
  listOf(w_self).push(w_item);
  return w_None;
});
method1(w_list, "extend", (w_self, w_iterable) => {
  (w_self as W_List).extend(w_iterable);
  return w_None;
});
methodN(w_list, "insert", "index, object, /", (args) => {
  const items = listOf(args[0]);
  let i = intArgument(args[1]);
  if (i < 0) i = Math.max(i + items.length, 0);
  replaceRange(items, Math.min(i, items.length), 0, [args[2]]);
  return w_None;
});
methodN(w_list, "pop", "index=-1, /", (args) => {
  const items = listOf(args[0]);
  const n = items.length;
  if (n === 0) throw indexError("pop from empty list");
  const w_i = args[1];
  const i: int = w_i instanceof W_Int ? w_i.value : intArgument(w_i);
  if (i === -1 || i === n - 1) return items.pop() as W_Root;
  return removeAt(items, requireIndex(i, n, "pop index out of range"));
});
method1(w_list, "remove", (w_self, w_item) => {
  const items = listOf(w_self);
  const i = findItem(items, w_item, 0, items.length);
  if (i < 0) throw valueError("list.remove(x): x not in list");
  removeAt(items, i);
  return w_None;
});
method0(w_list, "clear", (w_self) => {
  (w_self as W_List).items = [];
  return w_None;
});
method0(w_list, "copy", (w_self) => new W_List(listOf(w_self).slice()));
method0(w_list, "reverse", (w_self) => {
  reverseItems(listOf(w_self));
  return w_None;
});
method0(w_list, "__reversed__", (w_self) => new W_ListReverseIterator(w_self as W_List));
methodN(w_list, "index", "value, start=0, stop=9007199254740991, /", (args) => {
  const items = listOf(args[0]);
  const n = items.length;
  const i = findItem(items, args[1], bound(args[2], n), Math.min(bound(args[3], n), n));
  if (i < 0) throw valueError(`${repr(args[1])} is not in list`);
  return newint(i);
});
method1(w_list, "count", (w_self, w_item) => newint(countItem(listOf(w_self), w_item)));
methodN(w_list, "sort", "*, key=None, reverse=False", (args) => {
  sortList(args[0] as W_List, args[1], truth(args[2]));
  return w_None;
});

export function reverseItems(items: W_Root[]): void {
  let i: int = 0;
  let j: int = items.length - 1;
  while (i < j) {
    const w = items[i];
    items[i] = items[j];
    items[j] = w;
    i++;
    j--;
  }
}

/** Sorts in place; the list is empty while keys are computed and compared. */
export function sortList(w_of: W_List, w_key: W_Root, reverse: boolean): void {
  const items = w_of.items;
  const empty: W_Root[] = [];
  let changed = false;
  w_of.items = empty;
  try {
    sortedInPlace(items, w_key, reverse);
  } finally {
    changed = w_of.items !== empty || empty.length > 0;
    w_of.items = items;
  }
  if (changed) throw valueError("list modified during sort");
}

export function sortedInPlace(items: W_Root[], w_key: W_Root, reverse: boolean): void {
  let keys = items;
  if (w_key !== w_None) {
    keys = [];
    for (const w of items) keys.push(w_key.call1(w));
  }
  if (reverse) {
    reverseItems(items);
    if (keys !== items) reverseItems(keys);
  }
  sortItems(keys, items);
  if (reverse) reverseItems(items);
}
