// collections.deque: a ring buffer.
import { type int, newList } from "rtypescript/rlib";
import { classMethodN, getset, method0, method1, methodN, newKw } from "../objects/builtin.ts";
import { makeAlias } from "../objects/classes.ts";
import { newint, W_Int } from "../objects/int.ts";
import { W_NativeIterator } from "../objects/iterators.ts";
import { newlist } from "../objects/list.ts";
import {
  indexError,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_MUL,
  overflowError,
  runtimeError,
  typeError,
  valueError,
  W_Root,
} from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { indexObject, intArgument, W_Slice } from "../objects/slice.ts";
import { COMPARISONS, slots } from "../objects/slots.ts";
import { eq, iter, next, repr, reprGuard, unpack } from "../objects/space.ts";
import { searchBound } from "../objects/strsearch.ts";
import { compareItems, newtuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";

export const w_deque = builtinType("deque", null, "collections");
w_deque.sequence = true;
w_deque.patternKind = 1;
const w_deque_iterator = builtinType("_deque_iterator", null, "_collections");
const w_deque_reverse_iterator = builtinType("_deque_reverse_iterator", null, "_collections");

export class W_Deque extends W_Root {
  /** A power of two of places. */
  ring: W_Root[];
  first: int;
  size: int;
  /** −1 unbounded. */
  maxlen: int;
  /** Counts changes of the length, for iterators. */
  changes: int;
  user: W_Instance | null;
  constructor() {
    super();
    this.ring = newList<W_Root>(8, w_missing);
    this.first = 0;
    this.size = 0;
    this.maxlen = -1;
    this.changes = 0;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_deque : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  at(i: int): W_Root {
    return this.ring[(this.first + i) & (this.ring.length - 1)];
  }
  put(i: int, w_item: W_Root): void {
    this.ring[(this.first + i) & (this.ring.length - 1)] = w_item;
  }
  #grow(): void {
    const ring = newList<W_Root>(this.ring.length * 2, w_missing);
    for (let i: int = 0; i < this.size; i++) ring[i] = this.at(i);
    this.ring = ring;
    this.first = 0;
  }
  append(w_item: W_Root): void {
    if (this.size === this.ring.length) this.#grow();
    this.put(this.size, w_item);
    this.size += 1;
    this.changes += 1;
    if (this.maxlen >= 0 && this.size > this.maxlen) this.popleft();
  }
  appendleft(w_item: W_Root): void {
    if (this.size === this.ring.length) this.#grow();
    this.first = (this.first - 1) & (this.ring.length - 1);
    this.ring[this.first] = w_item;
    this.size += 1;
    this.changes += 1;
    if (this.maxlen >= 0 && this.size > this.maxlen) this.pop();
  }
  pop(): W_Root {
    if (this.size === 0) throw indexError("pop from an empty deque");
    this.size -= 1;
    this.changes += 1;
    const w_item = this.at(this.size);
    this.put(this.size, w_missing);
    return w_item;
  }
  popleft(): W_Root {
    if (this.size === 0) throw indexError("pop from an empty deque");
    const w_item = this.ring[this.first];
    this.ring[this.first] = w_missing;
    this.first = (this.first + 1) & (this.ring.length - 1);
    this.size -= 1;
    this.changes += 1;
    return w_item;
  }
  clear(): void {
    this.ring = newList<W_Root>(8, w_missing);
    this.first = 0;
    this.size = 0;
    this.changes += 1;
  }
  items(): W_Root[] {
    const items: W_Root[] = [];
    for (let i: int = 0; i < this.size; i++) items.push(this.at(i));
    return items;
  }
  extend(w_iterable: W_Root): void {
    if (w_iterable === this) {
      for (const w of this.items()) this.append(w);
      return;
    }
    const w_it = iter(w_iterable);
    for (;;) {
      const w_item = next(w_it);
      if (w_item === null) return;
      this.append(w_item);
    }
  }
  /** A deque of the same class with the same bound, without items. */
  emptyCopy(): W_Deque {
    const w_made = new W_Deque();
    w_made.maxlen = this.maxlen;
    if (this.user !== null) w_made.user = new W_Instance(this.getclass().shape());
    return w_made;
  }
  copy(): W_Deque {
    const w_made = this.emptyCopy();
    for (let i: int = 0; i < this.size; i++) w_made.append(this.at(i));
    return w_made;
  }
  rotate(n: int): void {
    if (this.size < 2) return;
    let steps: int = n % this.size;
    if (steps < 0) steps += this.size;
    for (let i: int = 0; i < steps; i++) {
      const w_last = this.at(this.size - 1);
      this.put(this.size - 1, w_missing);
      this.first = (this.first - 1) & (this.ring.length - 1);
      this.ring[this.first] = w_last;
    }
  }
  removeAt(i: int): void {
    for (let k: int = i + 1; k < this.size; k++) this.put(k - 1, this.at(k));
    this.pop();
  }
  indexOf(w_key: W_Root): int {
    if (w_key instanceof W_Slice) throw typeError("sequence index must be integer, not 'slice'");
    const w_i = indexObject(w_key);
    if (w_i === null) throw typeError(`sequence index must be integer, not '${w_key.typename()}'`);
    let i: int = w_i instanceof W_Int ? w_i.value : this.size;
    if (i < 0) i += this.size;
    if (i < 0 || i >= this.size) throw indexError("deque index out of range");
    return i;
  }
  override repr(): string {
    const name = this.getclass().name;
    if (!reprGuard.enter(this)) return "[...]";
    const parts: string[] = [];
    try {
      for (const w of this.items()) parts.push(repr(w));
    } finally {
      reprGuard.leave();
    }
    const bound = this.maxlen >= 0 ? `, maxlen=${this.maxlen}` : "";
    return `${name}([${parts.join(", ")}]${bound})`;
  }
  override hash(): int {
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
  override truth(): boolean {
    return this.size !== 0;
  }
  override len(): int {
    return this.size;
  }
  override compare(op: int, w_other: W_Root): int {
    return w_other instanceof W_Deque ? compareItems(op, this.items(), w_other.items()) : NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      if (!(w_other instanceof W_Deque)) {
        throw typeError(`can only concatenate deque (not "${w_other.typename()}") to deque`);
      }
      const w_made = this.copy();
      w_made.extend(w_other);
      return w_made;
    }
    return op === OP_MUL ? this.#repeat(w_other) : null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return op === OP_MUL ? this.#repeat(w_left) : null;
  }
  #repeat(w_count: W_Root): W_Deque | null {
    const w_n = w_count.asInt();
    if (w_n === null) return null;
    if (!(w_n instanceof W_Int)) throw overflowError("cannot fit 'int' into an index-sized integer");
    const w_made = this.emptyCopy();
    const items = this.items();
    for (let k: int = 0; k < w_n.value; k++) for (const w of items) w_made.append(w);
    return w_made;
  }
  override ibinop(op: int, w_other: W_Root): W_Root | null {
    if (op === OP_ADD) {
      this.extend(w_other);
      return this;
    }
    if (op !== OP_MUL) return null;
    const w_made = this.#repeat(w_other);
    if (w_made === null) return null;
    this.ring = w_made.ring;
    this.first = w_made.first;
    this.size = w_made.size;
    this.changes += 1;
    return this;
  }
  override getitem(w_key: W_Root): W_Root {
    return this.at(this.indexOf(w_key));
  }
  override setitem(w_key: W_Root, w_value: W_Root): void {
    this.put(this.indexOf(w_key), w_value);
  }
  override delitem(w_key: W_Root): void {
    this.removeAt(this.indexOf(w_key));
  }
  override contains(w_item: W_Root): boolean | null {
    const changes = this.changes;
    for (let i: int = 0; i < this.size; i++) {
      if (eq(this.at(i), w_item)) return true;
      if (this.changes !== changes) throw runtimeError("deque mutated during iteration");
    }
    return false;
  }
  override iter(): W_Root {
    return new W_DequeIterator(this, false);
  }
  override reversed(): W_Root | null {
    return new W_DequeIterator(this, true);
  }
}

class W_DequeIterator extends W_NativeIterator {
  readonly w_deque: W_Deque;
  readonly backward: boolean;
  readonly changes: int;
  index: int;
  constructor(w_of: W_Deque, backward: boolean) {
    super();
    this.w_deque = w_of;
    this.backward = backward;
    this.changes = w_of.changes;
    this.index = 0;
  }
  override nativeClass(): W_Type {
    return this.backward ? w_deque_reverse_iterator : w_deque_iterator;
  }
  override lengthHint(): int {
    return this.w_deque.size - this.index;
  }
  override next(): W_Root | null {
    const w_of = this.w_deque;
    if (w_of.changes !== this.changes) throw runtimeError("deque mutated during iteration");
    const i = this.index;
    if (i >= w_of.size) return null;
    this.index = i + 1;
    return w_of.at(this.backward ? w_of.size - 1 - i : i);
  }
}
slots(w_deque_iterator, "iter next length_hint");
slots(w_deque_reverse_iterator, "iter next length_hint");
slots(w_deque, `repr len iter getitem setitem delitem contains ${COMPARISONS} add mul rmul iadd imul`);
w_deque.setOwn("__hash__", w_None);

function deque(w_self: W_Root): W_Deque {
  return w_self as W_Deque;
}

newKw(w_deque, (args, _names) => {
  const w_class = args[0] as W_Type;
  const w_made = new W_Deque();
  if (w_class !== w_deque) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodN(w_deque, "__init__", "iterable=?, maxlen=None", (args) => {
  const w_self = deque(args[0]);
  w_self.maxlen = -1;
  if (args[2] !== w_None) {
    if (args[2].asInt() === null) throw typeError("an integer is required");
    w_self.maxlen = intArgument(args[2]);
    if (w_self.maxlen < 0) throw valueError("maxlen must be non-negative");
  }
  if (w_self.size > 0) w_self.clear();
  if (args[1] !== w_missing) w_self.extend(args[1]);
  return w_None;
});
method1(w_deque, "append", (w_self, w_item) => {
  deque(w_self).append(w_item);
  return w_None;
});
method1(w_deque, "appendleft", (w_self, w_item) => {
  deque(w_self).appendleft(w_item);
  return w_None;
});
method0(w_deque, "pop", (w_self) => deque(w_self).pop());
method0(w_deque, "popleft", (w_self) => deque(w_self).popleft());
method0(w_deque, "clear", (w_self) => {
  deque(w_self).clear();
  return w_None;
});
method0(w_deque, "copy", (w_self) => deque(w_self).copy());
method0(w_deque, "__copy__", (w_self) => deque(w_self).copy());
method0(w_deque, "__reversed__", (w_self) => new W_DequeIterator(deque(w_self), true));
method1(w_deque, "extend", (w_self, w_iterable) => {
  deque(w_self).extend(w_iterable);
  return w_None;
});
method1(w_deque, "extendleft", (w_self, w_iterable) => {
  for (const w of unpack(w_iterable)) deque(w_self).appendleft(w);
  return w_None;
});
methodN(w_deque, "rotate", "n=1, /", (args) => {
  deque(args[0]).rotate(intArgument(args[1]));
  return w_None;
});
method0(w_deque, "reverse", (w_self) => {
  const w_of = deque(w_self);
  for (let i: int = 0, j: int = w_of.size - 1; i < j; i++, j--) {
    const w = w_of.at(i);
    w_of.put(i, w_of.at(j));
    w_of.put(j, w);
  }
  return w_None;
});
method1(w_deque, "count", (w_self, w_item) => {
  const w_of = deque(w_self);
  const changes = w_of.changes;
  let count: int = 0;
  for (let i: int = 0; i < w_of.size; i++) {
    if (eq(w_of.at(i), w_item)) count++;
    if (w_of.changes !== changes) throw runtimeError("deque mutated during iteration");
  }
  return newint(count);
});
methodN(w_deque, "index", "value, start=?, stop=?, /", (args) => {
  const w_of = deque(args[0]);
  const changes = w_of.changes;
  const from = searchBound(args[2], w_of.size, 0);
  const to = Math.min(searchBound(args[3], w_of.size, w_of.size), w_of.size);
  for (let i: int = from; i < to; i++) {
    if (eq(w_of.at(i), args[1])) return newint(i);
    if (w_of.changes !== changes) throw runtimeError("deque mutated during iteration");
  }
  throw valueError(`${repr(args[1])} is not in deque`);
});
methodN(w_deque, "insert", "index, object, /", (args) => {
  const w_of = deque(args[0]);
  if (w_of.maxlen >= 0 && w_of.size >= w_of.maxlen) throw indexError("deque already at its maximum size");
  let i = intArgument(args[1]);
  if (i < 0) i = Math.max(0, i + w_of.size);
  i = Math.min(i, w_of.size);
  w_of.append(args[2]);
  for (let k: int = w_of.size - 1; k > i; k--) w_of.put(k, w_of.at(k - 1));
  w_of.put(i, args[2]);
  return w_None;
});
method1(w_deque, "remove", (w_self, w_item) => {
  const w_of = deque(w_self);
  const changes = w_of.changes;
  for (let i: int = 0; i < w_of.size; i++) {
    const same = eq(w_of.at(i), w_item);
    if (w_of.changes !== changes) throw indexError("deque mutated during remove().");
    if (same) {
      w_of.removeAt(i);
      return w_None;
    }
  }
  throw valueError(`${repr(w_item)} is not in deque`);
});
method0(w_deque, "__reduce__", (w_self) => {
  const w_of = deque(w_self);
  const args: W_Root[] = w_of.maxlen < 0 ? [] : [newtuple([]), newint(w_of.maxlen)];
  return newtuple([w_of.getclass(), newtuple(args), w_None, newlist(w_of.items()).iter()]);
});
getset(w_deque, "maxlen", (w_self) => (deque(w_self).maxlen < 0 ? w_None : newint(deque(w_self).maxlen)));
classMethodN(w_deque, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
