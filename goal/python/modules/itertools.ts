// The itertools module: endless and terminating iterators. Combinatoric ones are in `combinatorics.ts`.
import { type int, intAddOvf } from "rtypescript/rlib";
import { classMethodN, method0, newKw, newN, requireNoKeywords } from "../objects/builtin.ts";
import { newint, W_Int } from "../objects/int.ts";
import { W_NativeIterator } from "../objects/iterators.ts";
import { OP_ADD, typeError, valueError, W_Root } from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { indexObject, intArgument } from "../objects/slice.ts";
import { slots } from "../objects/slots.ts";
import { binaryOp, eq, iter, next, repr, truth, unpack } from "../objects/space.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { builtinModule, constant } from "./registry.ts";

export const w_itertools = builtinModule("itertools");

/** A class of the module; import time. */
export function iteratorType(name: string): W_Type {
  const w_class = builtinType(name, null, "itertools");
  slots(w_class, "iter next");
  constant(w_itertools, name, w_class);
  return w_class;
}

const w_count = iteratorType("count");
class W_Count extends W_NativeIterator {
  w_value: W_Root;
  readonly w_step: W_Root;
  constructor(w_start: W_Root, w_step: W_Root) {
    super();
    this.w_value = w_start;
    this.w_step = w_step;
  }
  override nativeClass(): W_Type {
    return w_count;
  }
  override next(): W_Root | null {
    const w_value = this.w_value;
    if (w_value instanceof W_Int && this.w_step instanceof W_Int) {
      const r = intAddOvf(w_value.value, this.w_step.value);
      if (r !== null) {
        this.w_value = newint(r);
        return w_value;
      }
    }
    this.w_value = binaryOp(OP_ADD, w_value, this.w_step);
    return w_value;
  }
  override repr(): string {
    const step = this.w_step;
    if (step instanceof W_Int && step.value === 1) return `count(${repr(this.w_value)})`;
    return `count(${repr(this.w_value)}, ${repr(step)})`;
  }
}
slots(w_count, "repr");
newN(w_count, "start=0, step=1", (args) => {
  if (indexObject(args[1]) === null && args[1].asFloat() === null && args[1].getclass().lookup("__add__") === null) {
    throw typeError("a number is required");
  }
  return new W_Count(args[1], args[2]).withClass(args[0]);
});

const w_cycle = iteratorType("cycle");
class W_Cycle extends W_NativeIterator {
  w_iterator: W_Root | null;
  readonly saved: W_Root[];
  index: int;
  constructor(w_iterator: W_Root) {
    super();
    this.w_iterator = w_iterator;
    this.saved = [];
    this.index = 0;
  }
  override nativeClass(): W_Type {
    return w_cycle;
  }
  override next(): W_Root | null {
    if (this.w_iterator !== null) {
      const w_item = next(this.w_iterator);
      if (w_item !== null) {
        this.saved.push(w_item);
        return w_item;
      }
      this.w_iterator = null;
    }
    if (this.saved.length === 0) return null;
    const w_item = this.saved[this.index];
    this.index = this.index + 1 === this.saved.length ? 0 : this.index + 1;
    return w_item;
  }
}
newN(w_cycle, "iterable, /", (args) => new W_Cycle(iter(args[1])).withClass(args[0]));

const w_repeat = iteratorType("repeat");
class W_Repeat extends W_NativeIterator {
  readonly w_object: W_Root;
  /** −1: endless. */
  left: int;
  constructor(w_object: W_Root, left: int) {
    super();
    this.w_object = w_object;
    this.left = left;
  }
  override nativeClass(): W_Type {
    return w_repeat;
  }
  override next(): W_Root | null {
    if (this.left === 0) return null;
    if (this.left > 0) this.left -= 1;
    return this.w_object;
  }
  override lengthHint(): int {
    return this.left;
  }
  override repr(): string {
    return this.left < 0 ? `repeat(${repr(this.w_object)})` : `repeat(${repr(this.w_object)}, ${this.left})`;
  }
}
slots(w_repeat, "repr length_hint");
newN(w_repeat, "object, times=?", (args) => {
  const times = args[2] === w_missing ? -1 : Math.max(0, intArgument(args[2]));
  return new W_Repeat(args[1], times).withClass(args[0]);
});

const w_chain = iteratorType("chain");
class W_Chain extends W_NativeIterator {
  readonly w_sources: W_Root;
  w_current: W_Root | null;
  constructor(w_sources: W_Root) {
    super();
    this.w_sources = w_sources;
    this.w_current = null;
  }
  override nativeClass(): W_Type {
    return w_chain;
  }
  override next(): W_Root | null {
    for (;;) {
      if (this.w_current !== null) {
        const w_item = next(this.w_current);
        if (w_item !== null) return w_item;
      }
      const w_source = next(this.w_sources);
      if (w_source === null) {
        this.w_current = null;
        return null;
      }
      this.w_current = iter(w_source);
    }
  }
}
newKw(w_chain, (args, names) => {
  requireNoKeywords("chain", names);
  return new W_Chain(newtuple(args.slice(1)).iter()).withClass(args[0]);
});
classMethodN(w_chain, "from_iterable", "iterable, /", (args) => new W_Chain(iter(args[1])).withClass(args[0]));

const w_compress = iteratorType("compress");
class W_Compress extends W_NativeIterator {
  readonly w_data: W_Root;
  readonly w_selectors: W_Root;
  constructor(w_data: W_Root, w_selectors: W_Root) {
    super();
    this.w_data = w_data;
    this.w_selectors = w_selectors;
  }
  override nativeClass(): W_Type {
    return w_compress;
  }
  override next(): W_Root | null {
    for (;;) {
      const w_item = next(this.w_data);
      if (w_item === null) return null;
      const w_selector = next(this.w_selectors);
      if (w_selector === null) return null;
      if (truth(w_selector)) return w_item;
    }
  }
}
newN(w_compress, "data, selectors", (args) => new W_Compress(iter(args[1]), iter(args[2])).withClass(args[0]));

const w_dropwhile = iteratorType("dropwhile");
class W_DropWhile extends W_NativeIterator {
  readonly w_function: W_Root;
  readonly w_iterator: W_Root;
  started: boolean;
  constructor(w_function: W_Root, w_iterator: W_Root) {
    super();
    this.w_function = w_function;
    this.w_iterator = w_iterator;
    this.started = false;
  }
  override nativeClass(): W_Type {
    return w_dropwhile;
  }
  override next(): W_Root | null {
    for (;;) {
      const w_item = next(this.w_iterator);
      if (w_item === null || this.started) return w_item;
      if (!truth(this.w_function.call1(w_item))) {
        this.started = true;
        return w_item;
      }
    }
  }
}
newN(w_dropwhile, "predicate, iterable, /", (args) => new W_DropWhile(args[1], iter(args[2])).withClass(args[0]));

const w_takewhile = iteratorType("takewhile");
class W_TakeWhile extends W_NativeIterator {
  readonly w_function: W_Root;
  readonly w_iterator: W_Root;
  stopped: boolean;
  constructor(w_function: W_Root, w_iterator: W_Root) {
    super();
    this.w_function = w_function;
    this.w_iterator = w_iterator;
    this.stopped = false;
  }
  override nativeClass(): W_Type {
    return w_takewhile;
  }
  override next(): W_Root | null {
    if (this.stopped) return null;
    const w_item = next(this.w_iterator);
    if (w_item === null) return null;
    if (truth(this.w_function.call1(w_item))) return w_item;
    this.stopped = true;
    return null;
  }
}
newN(w_takewhile, "predicate, iterable, /", (args) => new W_TakeWhile(args[1], iter(args[2])).withClass(args[0]));

const w_filterfalse = iteratorType("filterfalse");
class W_FilterFalse extends W_NativeIterator {
  readonly w_function: W_Root;
  readonly w_iterator: W_Root;
  constructor(w_function: W_Root, w_iterator: W_Root) {
    super();
    this.w_function = w_function;
    this.w_iterator = w_iterator;
  }
  override nativeClass(): W_Type {
    return w_filterfalse;
  }
  override next(): W_Root | null {
    for (;;) {
      const w_item = next(this.w_iterator);
      if (w_item === null) return null;
      if (!truth(this.w_function === w_None ? w_item : this.w_function.call1(w_item))) return w_item;
    }
  }
}
newN(w_filterfalse, "function, iterable, /", (args) => new W_FilterFalse(args[1], iter(args[2])).withClass(args[0]));

const w_starmap = iteratorType("starmap");
class W_StarMap extends W_NativeIterator {
  readonly w_function: W_Root;
  readonly w_iterator: W_Root;
  constructor(w_function: W_Root, w_iterator: W_Root) {
    super();
    this.w_function = w_function;
    this.w_iterator = w_iterator;
  }
  override nativeClass(): W_Type {
    return w_starmap;
  }
  override next(): W_Root | null {
    const w_args = next(this.w_iterator);
    return w_args === null ? null : this.w_function.callArgs(unpack(w_args), []);
  }
}
newN(w_starmap, "function, iterable, /", (args) => new W_StarMap(args[1], iter(args[2])).withClass(args[0]));

const w_accumulate = iteratorType("accumulate");
class W_Accumulate extends W_NativeIterator {
  readonly w_iterator: W_Root;
  readonly w_function: W_Root;
  w_total: W_Root | null;
  w_initial: W_Root;
  constructor(w_iterator: W_Root, w_function: W_Root, w_initial: W_Root) {
    super();
    this.w_iterator = w_iterator;
    this.w_function = w_function;
    this.w_total = null;
    this.w_initial = w_initial;
  }
  override nativeClass(): W_Type {
    return w_accumulate;
  }
  override next(): W_Root | null {
    const w_initial = this.w_initial;
    if (w_initial !== w_None) {
      this.w_initial = w_None;
      this.w_total = w_initial;
      return w_initial;
    }
    const w_item = next(this.w_iterator);
    if (w_item === null) return null;
    const w_total = this.w_total;
    if (w_total === null) this.w_total = w_item;
    else if (this.w_function === w_None) this.w_total = binaryOp(OP_ADD, w_total, w_item);
    else this.w_total = this.w_function.call2(w_total, w_item);
    return this.w_total;
  }
}
newN(w_accumulate, "iterable, func=None, *, initial=None", (args) =>
  new W_Accumulate(iter(args[1]), args[2], args[3]).withClass(args[0]),
);

const w_islice = iteratorType("islice");
class W_Islice extends W_NativeIterator {
  w_iterator: W_Root | null;
  nextIndex: int;
  /** −1: no end. */
  readonly stop: int;
  readonly step: int;
  count: int;
  constructor(w_iterator: W_Root, start: int, stop: int, step: int) {
    super();
    this.w_iterator = w_iterator;
    this.nextIndex = start;
    this.stop = stop;
    this.step = step;
    this.count = 0;
  }
  override nativeClass(): W_Type {
    return w_islice;
  }
  override next(): W_Root | null {
    const w_it = this.w_iterator;
    if (w_it === null) return null;
    const wanted: int = this.stop >= 0 && this.nextIndex > this.stop ? this.stop : this.nextIndex;
    while (this.count < wanted) {
      if (next(w_it) === null) {
        this.w_iterator = null;
        return null;
      }
      this.count += 1;
    }
    if (this.stop >= 0 && this.count >= this.stop) {
      this.w_iterator = null;
      return null;
    }
    const w_item = next(w_it);
    if (w_item === null) {
      this.w_iterator = null;
      return null;
    }
    this.count += 1;
    this.nextIndex += this.step;
    return w_item;
  }
}
function sliceBound(w_x: W_Root, text: string): int {
  const w_i = indexObject(w_x);
  if (!(w_i instanceof W_Int) || w_i.value < 0) throw valueError(text);
  return w_i.value;
}
const STOP_TEXT = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
const INDEX_TEXT = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
newN(w_islice, "iterable, start, stop=?, step=None, /", (args) => {
  const w_it = iter(args[1]);
  if (args[3] === w_missing) {
    const stop = args[2] === w_None ? -1 : sliceBound(args[2], STOP_TEXT);
    return new W_Islice(w_it, 0, stop, 1).withClass(args[0]);
  }
  const start = args[2] === w_None ? 0 : sliceBound(args[2], INDEX_TEXT);
  const stop = args[3] === w_None ? -1 : sliceBound(args[3], STOP_TEXT);
  const step = args[4] === w_None ? 1 : sliceBound(args[4], "Step for islice() must be a positive integer or None.");
  if (step === 0) throw valueError("Step for islice() must be a positive integer or None.");
  return new W_Islice(w_it, start, stop, step).withClass(args[0]);
});

const w_pairwise = iteratorType("pairwise");
class W_Pairwise extends W_NativeIterator {
  readonly w_iterator: W_Root;
  w_old: W_Root | null;
  constructor(w_iterator: W_Root) {
    super();
    this.w_iterator = w_iterator;
    this.w_old = null;
  }
  override nativeClass(): W_Type {
    return w_pairwise;
  }
  override next(): W_Root | null {
    const w_old = this.w_old ?? next(this.w_iterator);
    if (w_old === null) return null;
    const w_new = next(this.w_iterator);
    if (w_new === null) return null;
    this.w_old = w_new;
    return new W_Tuple([w_old, w_new]);
  }
}
newN(w_pairwise, "iterable, /", (args) => new W_Pairwise(iter(args[1])).withClass(args[0]));

const w_zip_longest = iteratorType("zip_longest");
class W_ZipLongest extends W_NativeIterator {
  readonly iterators: (W_Root | null)[];
  readonly w_fill: W_Root;
  active: int;
  constructor(iterators: (W_Root | null)[], w_fill: W_Root) {
    super();
    this.iterators = iterators;
    this.w_fill = w_fill;
    this.active = iterators.length;
  }
  override nativeClass(): W_Type {
    return w_zip_longest;
  }
  override next(): W_Root | null {
    if (this.active === 0) return null;
    const items: W_Root[] = [];
    for (let i: int = 0; i < this.iterators.length; i++) {
      const w_it = this.iterators[i];
      const w_item = w_it === null ? null : next(w_it);
      if (w_it !== null && w_item === null) {
        this.active -= 1;
        this.iterators[i] = null;
        if (this.active === 0) return null;
      }
      items.push(w_item ?? this.w_fill);
    }
    return new W_Tuple(items);
  }
}
newKw(w_zip_longest, (args, names) => {
  let w_fill: W_Root = w_None;
  const given: int = args.length - names.length;
  for (let k: int = 0; k < names.length; k++) {
    if (names[k] !== "fillvalue") throw typeError("zip_longest() got an unexpected keyword argument");
    w_fill = args[given + k];
  }
  const iterators: (W_Root | null)[] = [];
  for (let i: int = 1; i < given; i++) iterators.push(iter(args[i]));
  return new W_ZipLongest(iterators, w_fill).withClass(args[0]);
});

const w_groupby = iteratorType("groupby");
const w_grouper = builtinType("_grouper", null, "itertools");
slots(w_grouper, "iter next");
class W_GroupBy extends W_NativeIterator {
  readonly w_iterator: W_Root;
  readonly w_function: W_Root;
  /** Key of the group that is given out. */
  w_targetKey: W_Root | null;
  w_currentKey: W_Root | null;
  w_current: W_Root | null;
  w_group: W_Root | null;
  constructor(w_iterator: W_Root, w_function: W_Root) {
    super();
    this.w_iterator = w_iterator;
    this.w_function = w_function;
    this.w_targetKey = null;
    this.w_currentKey = null;
    this.w_current = null;
    this.w_group = null;
  }
  override nativeClass(): W_Type {
    return w_groupby;
  }
  /** Reads the next item; false at the end. */
  step(): boolean {
    const w_item = next(this.w_iterator);
    if (w_item === null) return false;
    this.w_currentKey = this.w_function === w_None ? w_item : this.w_function.call1(w_item);
    this.w_current = w_item;
    return true;
  }
  override next(): W_Root | null {
    this.w_group = null;
    for (;;) {
      const w_key = this.w_currentKey;
      if (w_key !== null && (this.w_targetKey === null || !eq(this.w_targetKey, w_key))) break;
      if (!this.step()) return null;
    }
    this.w_targetKey = this.w_currentKey;
    const w_group = new W_Grouper(this, this.w_targetKey as W_Root);
    this.w_group = w_group;
    return new W_Tuple([this.w_currentKey as W_Root, w_group]);
  }
}
class W_Grouper extends W_Root {
  readonly w_parent: W_GroupBy;
  readonly w_key: W_Root;
  constructor(w_parent: W_GroupBy, w_key: W_Root) {
    super();
    this.w_parent = w_parent;
    this.w_key = w_key;
  }
  override getclass(): W_Type {
    return w_grouper;
  }
  override isIterator(): boolean {
    return true;
  }
  override iter(): W_Root {
    return this;
  }
  override next(): W_Root | null {
    const w_parent = this.w_parent;
    if (w_parent.w_group !== this) return null;
    if (w_parent.w_current === null && !w_parent.step()) return null;
    if (!eq(this.w_key, w_parent.w_currentKey as W_Root)) return null;
    const w_item = w_parent.w_current;
    w_parent.w_current = null;
    return w_item;
  }
}
newN(w_groupby, "iterable, key=None", (args) => new W_GroupBy(iter(args[1]), args[2]).withClass(args[0]));

/** Items read by one of several `tee` iterators and not yet by all. */
class TeeLink {
  readonly w_item: W_Root;
  next: TeeLink | null;
  constructor(w_item: W_Root) {
    this.w_item = w_item;
    this.next = null;
  }
}
const w_tee = builtinType("_tee", null, "itertools");
slots(w_tee, "iter next");
class W_Tee extends W_NativeIterator {
  readonly w_source: W_Root;
  /** The last item given; its successors are what comes. */
  last: TeeLink;
  constructor(w_source: W_Root, last: TeeLink) {
    super();
    this.w_source = w_source;
    this.last = last;
  }
  override nativeClass(): W_Type {
    return w_tee;
  }
  override next(): W_Root | null {
    let link = this.last.next;
    if (link === null) {
      const w_item = next(this.w_source);
      if (w_item === null) return null;
      link = new TeeLink(w_item);
      this.last.next = link;
    }
    this.last = link;
    return link.w_item;
  }
}
method0(w_tee, "__copy__", (w_self) => new W_Tee((w_self as W_Tee).w_source, (w_self as W_Tee).last));

/** `tee(iterable, n)` */
export function tee(w_iterable: W_Root, n: int): W_Root {
  if (n < 0) throw valueError("n must be >= 0");
  const items: W_Root[] = [];
  if (n === 0) return newtuple(items);
  const w_it = iter(w_iterable);
  const w_first = w_it instanceof W_Tee ? w_it : new W_Tee(w_it, new TeeLink(w_None));
  items.push(w_first);
  for (let i: int = 1; i < n; i++) items.push(new W_Tee(w_first.w_source, w_first.last));
  return newtuple(items);
}
