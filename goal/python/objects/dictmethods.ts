// Methods of dict, and its views.
import type { int } from "rtypescript/rlib";
import { classMethodN, getset, method0, method1, methodKw, methodN, newKw } from "./builtin.ts";
import { makeAlias } from "./classes.ts";
import {
  ITERATE_ITEMS,
  ITERATE_KEYS,
  ITERATE_VALUES,
  W_Dict,
  W_DictIterator,
  w_dict,
  w_dict_itemiterator,
  w_dict_keyiterator,
  w_dict_reverseitemiterator,
  w_dict_reversekeyiterator,
  w_dict_reversevalueiterator,
  w_dict_valueiterator,
} from "./dict.ts";
import { newbool } from "./int.ts";
import {
  CMP_EQ,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  keyError,
  NOT_IMPLEMENTED,
  OP_AND,
  OP_OR,
  OP_SUB,
  OP_XOR,
  typeError,
  valueError,
  W_Root,
} from "./root.ts";
import { asSet, W_Set } from "./set.ts";
import { w_missing, w_None } from "./singletons.ts";
import { COMPARISONS, slots } from "./slots.ts";
import { contains, eq, findattr, getitem, isIterator, iter, next, repr, reprGuard, setitem, unpack } from "./space.ts";
import { newstr } from "./str.ts";
import { W_Tuple } from "./tuple.ts";
import { builtinType, W_Instance, type W_Type } from "./type.ts";

export const w_dict_keys = builtinType("dict_keys");
export const w_dict_values = builtinType("dict_values");
export const w_dict_items = builtinType("dict_items");

/** `d.keys()`, `d.values()`, `d.items()`. */
export class W_DictView extends W_Root {
  readonly w_dict: W_Dict;
  readonly what: int;
  constructor(w_of: W_Dict, what: int) {
    super();
    this.w_dict = w_of;
    this.what = what;
  }
  override getclass(): W_Type {
    if (this.what === ITERATE_KEYS) return w_dict_keys;
    return this.what === ITERATE_VALUES ? w_dict_values : w_dict_items;
  }
  override repr(): string {
    if (!reprGuard.enter(this)) return "...";
    const parts: string[] = [];
    try {
      for (const w of unpack(this)) parts.push(repr(w));
    } finally {
      reprGuard.leave();
    }
    return `${this.typename()}([${parts.join(", ")}])`;
  }
  override len(): int {
    return this.w_dict.size();
  }
  override truth(): boolean {
    return this.w_dict.size() !== 0;
  }
  override iter(): W_Root {
    return new W_DictIterator(this.w_dict, this.what, false);
  }
  override reversed(): W_Root | null {
    return new W_DictIterator(this.w_dict, this.what, true);
  }
  override contains(w_item: W_Root): boolean | null {
    if (this.what === ITERATE_KEYS) return this.w_dict.findKey(w_item) !== null;
    if (this.what === ITERATE_VALUES) return null;
    if (!(w_item instanceof W_Tuple) || w_item.items.length !== 2) return false;
    const w_value = this.w_dict.findKey(w_item.items[0]);
    return w_value !== null && eq(w_value, w_item.items[1]);
  }
  override hash(): int {
    if (this.what === ITERATE_VALUES) return super.hash();
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
  override compare(op: int, w_other: W_Root): int {
    if (this.what === ITERATE_VALUES) return NOT_IMPLEMENTED;
    if (!(w_other instanceof W_Set) && !(w_other instanceof W_DictView && w_other.what !== ITERATE_VALUES)) {
      return NOT_IMPLEMENTED;
    }
    return compareViews(op, this, w_other) ? 1 : 0;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (this.what === ITERATE_VALUES || !isSetOperation(op)) return null;
    return copyOf(this).binop(op, asSet(w_other));
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    if (this.what === ITERATE_VALUES || !isSetOperation(op) || w_left instanceof W_DictView) return null;
    return copyOf(w_left).binop(op, asSet(this));
  }
}
/** Are all items of one in the other? Values need not be hashable. */
function allIn(w_a: W_Root, w_b: W_Root): boolean {
  for (const w of unpack(w_a)) if (!contains(w_b, w)) return false;
  return true;
}
function compareViews(op: int, w_a: W_Root, w_b: W_Root): boolean {
  const a = w_a.len();
  const b = w_b.len();
  switch (op) {
    case CMP_EQ:
      return a === b && allIn(w_a, w_b);
    case CMP_NE:
      return a !== b || !allIn(w_a, w_b);
    case CMP_LT:
      return a < b && allIn(w_a, w_b);
    case CMP_LE:
      return a <= b && allIn(w_a, w_b);
    case CMP_GT:
      return a > b && allIn(w_b, w_a);
    default:
      return a >= b && allIn(w_b, w_a);
  }
}
function isSetOperation(op: int): boolean {
  return op === OP_OR || op === OP_SUB || op === OP_XOR || op === OP_AND;
}
function copyOf(w_iterable: W_Root): W_Set {
  const w_set = new W_Set(false);
  w_set.update(w_iterable);
  return w_set;
}

for (const w_class of [w_dict_keys, w_dict_values, w_dict_items]) slots(w_class, "repr len iter");
for (const w_class of [w_dict_keys, w_dict_items]) {
  slots(w_class, `${COMPARISONS} contains or and sub xor ror rand rsub rxor`);
  method1(w_class, "isdisjoint", (w_self, w_other) => {
    const w_set = asSet(w_self).binop(OP_AND, asSet(w_other));
    return newbool(w_set === null || !w_set.truth());
  });
}
for (const w_class of [w_dict_keys, w_dict_values, w_dict_items]) {
  method0(w_class, "__reversed__", (w_self) => w_self.reversed() as W_Root);
}
for (const w_class of [
  w_dict_keyiterator,
  w_dict_valueiterator,
  w_dict_itemiterator,
  w_dict_reversekeyiterator,
  w_dict_reversevalueiterator,
  w_dict_reverseitemiterator,
]) {
  slots(w_class, "iter next length_hint");
}

// --- methods -------------------------------------------------------------------------------------------------------------

function dictOf(w_self: W_Root): W_Dict {
  return w_self as W_Dict;
}

slots(w_dict, `repr len iter getitem setitem delitem contains ${COMPARISONS} or ior`);
w_dict.setOwn("__hash__", w_None);

newKw(w_dict, (args, _names) => {
  const w_made = new W_Dict();
  const w_class = args[0] as W_Type;
  if (w_class !== w_dict) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});

/** `update(other?, **keywords)`, shared by the constructor. */
export function updateDict(name: string, args: W_Root[], names: string[]): W_Root {
  const w_self = dictOf(args[0]);
  const given: int = args.length - names.length - 1;
  if (given > 1) throw typeError(`${name} expected at most 1 argument, got ${given}`);
  if (given === 1) updateFromAny(w_self, args[1]);
  for (let k: int = 0; k < names.length; k++) w_self.storeKey(newstr(names[k]), args[given + 1 + k]);
  return w_None;
}
export function updateFromAny(w_self: W_Dict, w_other: W_Root): void {
  if (w_other instanceof W_Dict && (w_other.user === null || findattr(w_other, "keys") === null)) {
    w_self.updateFrom(w_other);
    return;
  }
  const w_keys = findattr(w_other, "keys");
  if (w_keys !== null) {
    for (const w_key of unpack(w_keys.call0())) w_self.storeKey(w_key, getitem(w_other, w_key));
    return;
  }
  const w_it = iter(w_other);
  let i: int = 0;
  for (;;) {
    const w_pair = next(w_it);
    if (w_pair === null) return;
    addPair(w_self, w_pair, i);
    i++;
  }
}
function addPair(w_self: W_Dict, w_pair: W_Root, i: int): void {
  const w_class = w_pair.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null && !isIterator(w_pair)) {
    throw typeError(`cannot convert dictionary update sequence element #${i} to a sequence`);
  }
  const pair = unpack(w_pair);
  if (pair.length !== 2) {
    throw valueError(`dictionary update sequence element #${i} has length ${pair.length}; 2 is required`);
  }
  w_self.storeKey(pair[0], pair[1]);
}

methodKw(w_dict, "__init__", (args, names) => updateDict("dict", args, names));
methodKw(w_dict, "update", (args, names) => updateDict("update", args, names));
method0(w_dict, "keys", (w_self) => new W_DictView(dictOf(w_self), ITERATE_KEYS));
method0(w_dict, "values", (w_self) => new W_DictView(dictOf(w_self), ITERATE_VALUES));
method0(w_dict, "items", (w_self) => new W_DictView(dictOf(w_self), ITERATE_ITEMS));
method0(w_dict, "__reversed__", (w_self) => new W_DictIterator(dictOf(w_self), ITERATE_KEYS, true));
methodN(w_dict, "get", "key, default=None, /", (args) => dictOf(args[0]).findKey(args[1]) ?? args[2]);
methodN(w_dict, "setdefault", "key, default=None, /", (args) => {
  const w_self = dictOf(args[0]);
  const w_known = w_self.findKey(args[1]);
  if (w_known !== null) return w_known;
  w_self.storeKey(args[1], args[2]);
  return args[2];
});
methodN(w_dict, "pop", "key, default=?, /", (args) => {
  const w_value = dictOf(args[0]).removeKey(args[1]);
  if (w_value !== null) return w_value;
  if (args[2] === w_missing) throw keyError(args[1]);
  return args[2];
});
method0(w_dict, "popitem", (w_self) => {
  const w_of = dictOf(w_self);
  const e = w_of.previousEntry(-1);
  if (e < 0) throw keyError(newstr("popitem(): dictionary is empty"));
  const w_pair = new W_Tuple([w_of.keyAt(e), w_of.valueAt(e)]);
  w_of.removeKey(w_of.keyAt(e));
  return w_pair;
});
method0(w_dict, "clear", (w_self) => {
  dictOf(w_self).clearAll();
  return w_None;
});
method0(w_dict, "copy", (w_self) => dictOf(w_self).copyDict());
classMethodN(w_dict, "fromkeys", "iterable, value=None, /", (args) => {
  const w_made = args[0].call0();
  const w_it = iter(args[1]);
  for (;;) {
    const w_key = next(w_it);
    if (w_key === null) return w_made;
    if (w_made instanceof W_Dict && w_made.user === null) w_made.storeKey(w_key, args[2]);
    else setitem(w_made, w_key, args[2]);
  }
});
classMethodN(w_dict, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
getset(w_dict_keys, "mapping", (w_self) => (w_self as W_DictView).w_dict);
