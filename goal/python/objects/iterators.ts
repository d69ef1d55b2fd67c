// enumerate, zip, map, filter, reversed, and the iterators of `iter(callable, sentinel)`.
import type { int } from "rtypescript/rlib";
import { method0, newKw, newN, requireNoKeywords } from "./builtin.ts";
import { bigOf, fromBig, newint, W_Int } from "./int.ts";
import { KIND_StopIteration, OperationError, typeError, valueError, W_Root } from "./root.ts";
import { w_missing, w_None } from "./singletons.ts";
import { slots } from "./slots.ts";
import { callBound0, eq, getitem, index, iter, len, matches, next, truth, userMethod } from "./space.ts";
import { W_Tuple } from "./tuple.ts";
import { builtinType, W_Instance, type W_Type } from "./type.ts";

export const w_enumerate = builtinType("enumerate");
export const w_zip = builtinType("zip");
export const w_map = builtinType("map");
export const w_filter = builtinType("filter");
export const w_reversed = builtinType("reversed");
export const w_callable_iterator = builtinType("callable_iterator");

/** Base of native iterators that users may subclass. */
export abstract class W_NativeIterator extends W_Root {
  user: W_Instance | null;
  constructor() {
    super();
    this.user = null;
  }
  abstract nativeClass(): W_Type;
  override getclass(): W_Type {
    return this.user === null ? this.nativeClass() : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  /** Gives the object the class that was called. */
  withClass(w_class: W_Root): W_Root {
    if (w_class !== this.nativeClass()) this.user = new W_Instance((w_class as W_Type).shape());
    return this;
  }
}

export class W_Enumerate extends W_NativeIterator {
  readonly w_iterator: W_Root;
  count: int;
  /** The count once it is beyond a word. */
  w_big: W_Root | null;
  constructor(w_iterator: W_Root, w_start: W_Root) {
    super();
    this.w_iterator = w_iterator;
    this.count = w_start instanceof W_Int ? w_start.value : 0;
    this.w_big = w_start instanceof W_Int ? null : w_start;
  }
  override nativeClass(): W_Type {
    return w_enumerate;
  }
  override next(): W_Root | null {
    const w_item = next(this.w_iterator);
    if (w_item === null) return null;
    const w_big = this.w_big;
    if (w_big !== null) {
      this.w_big = fromBig(bigOf(w_big) + 1n);
      return new W_Tuple([w_big, w_item]);
    }
    const count = this.count;
    this.count = count + 1;
    return new W_Tuple([newint(count), w_item]);
  }
}
newN(w_enumerate, "iterable, start=?", (args) => {
  const w_start = args[2] === w_missing ? newint(0) : index(args[2]);
  return new W_Enumerate(iter(args[1]), w_start).withClass(args[0]);
});

export class W_Zip extends W_NativeIterator {
  readonly iterators: W_Root[];
  readonly strict: boolean;
  constructor(iterators: W_Root[], strict: boolean) {
    super();
    this.iterators = iterators;
    this.strict = strict;
  }
  override nativeClass(): W_Type {
    return w_zip;
  }
  override next(): W_Root | null {
    const iterators = this.iterators;
    if (iterators.length === 0) return null;
    const items: W_Root[] = [];
    for (let i: int = 0; i < iterators.length; i++) {
      const w_item = next(iterators[i]);
      if (w_item === null) {
        if (this.strict) this.#checkLengths(i);
        return null;
      }
      items.push(w_item);
    }
    return new W_Tuple(items);
  }
  #checkLengths(at: int): void {
    if (at > 0) {
      const others = at === 1 ? " 1" : `s 1-${at}`;
      throw valueError(`zip() argument ${at + 1} is shorter than argument${others}`);
    }
    for (let i: int = 1; i < this.iterators.length; i++) {
      if (next(this.iterators[i]) !== null) {
        const others = i === 1 ? " 1" : `s 1-${i}`;
        throw valueError(`zip() argument ${i + 1} is longer than argument${others}`);
      }
    }
  }
}
newKw(w_zip, (args, names) => {
  let strict = false;
  const given: int = args.length - names.length;
  for (let k: int = 0; k < names.length; k++) {
    if (names[k] !== "strict") throw typeError("zip() takes at most 1 keyword argument (2 given)");
    strict = truth(args[given + k]);
  }
  const iterators: W_Root[] = [];
  for (let i: int = 1; i < given; i++) iterators.push(iter(args[i]));
  return new W_Zip(iterators, strict).withClass(args[0]);
});

export class W_Map extends W_NativeIterator {
  readonly w_function: W_Root;
  readonly iterators: W_Root[];
  constructor(w_function: W_Root, iterators: W_Root[]) {
    super();
    this.w_function = w_function;
    this.iterators = iterators;
  }
  override nativeClass(): W_Type {
    return w_map;
  }
  override next(): W_Root | null {
    const iterators = this.iterators;
    if (iterators.length === 1) {
      const w_item = next(iterators[0]);
      return w_item === null ? null : this.w_function.call1(w_item);
    }
    const items: W_Root[] = [];
    for (const w_it of iterators) {
      const w_item = next(w_it);
      if (w_item === null) return null;
      items.push(w_item);
    }
    return this.w_function.callArgs(items, []);
  }
}
newKw(w_map, (args, names) => {
  requireNoKeywords("map", names);
  if (args.length < 3) throw typeError("map() must have at least two arguments.");
  const iterators: W_Root[] = [];
  for (let i: int = 2; i < args.length; i++) iterators.push(iter(args[i]));
  return new W_Map(args[1], iterators).withClass(args[0]);
});

export class W_Filter extends W_NativeIterator {
  readonly w_function: W_Root;
  readonly w_iterator: W_Root;
  constructor(w_function: W_Root, w_iterator: W_Root) {
    super();
    this.w_function = w_function;
    this.w_iterator = w_iterator;
  }
  override nativeClass(): W_Type {
    return w_filter;
  }
  override next(): W_Root | null {
    for (;;) {
      const w_item = next(this.w_iterator);
      if (w_item === null) return null;
      if (truth(this.w_function === w_None ? w_item : this.w_function.call1(w_item))) return w_item;
    }
  }
}
newN(w_filter, "function, iterable, /", (args) => new W_Filter(args[1], iter(args[2])).withClass(args[0]));

export class W_Reversed extends W_NativeIterator {
  readonly w_sequence: W_Root;
  index: int;
  constructor(w_sequence: W_Root) {
    super();
    this.w_sequence = w_sequence;
    this.index = len(w_sequence) - 1;
  }
  override nativeClass(): W_Type {
    return w_reversed;
  }
  override next(): W_Root | null {
    if (this.index < 0) return null;
    this.index -= 1;
    return getitem(this.w_sequence, newint(this.index + 1));
  }
  override lengthHint(): int {
    return this.index + 1;
  }
}
newN(w_reversed, "sequence, /", (args) => {
  const w_sequence = args[1];
  const w_class = w_sequence.getclass();
  const w_method = userMethod(w_sequence, "__reversed__");
  if (w_method === w_None) throw typeError(`'${w_class.name}' object is not reversible`);
  if (w_method !== null) return callBound0(w_method, w_sequence);
  const w_native = w_sequence.reversed();
  if (w_native !== null) return w_native;
  if (w_class.lookup("__getitem__") === null || w_class.lookup("__len__") === null || w_class.patternKind === 2) {
    throw typeError(`'${w_class.name}' object is not reversible`);
  }
  return new W_Reversed(w_sequence).withClass(args[0]);
});

/** `iter(callable, sentinel)` */
export class W_CallableIterator extends W_Root {
  w_function: W_Root | null;
  readonly w_sentinel: W_Root;
  constructor(w_function: W_Root, w_sentinel: W_Root) {
    super();
    this.w_function = w_function;
    this.w_sentinel = w_sentinel;
  }
  override getclass(): W_Type {
    return w_callable_iterator;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    if (this.w_function === null) return null;
    try {
      const w_item = this.w_function.call0();
      if (!eq(w_item, this.w_sentinel)) return w_item;
    } catch (e) {
      if (!(e instanceof OperationError) || !matches(e, KIND_StopIteration)) throw e;
    }
    this.w_function = null;
    return null;
  }
}

for (const w_class of [w_enumerate, w_zip, w_map, w_filter, w_reversed, w_callable_iterator])
  slots(w_class, "iter next");
method0(w_reversed, "__length_hint__", (w_self) => newint(w_self.lengthHint()));
