// _functools: reduce, partial, cmp_to_key, and the cache of lru_cache.
import type { int } from "rtypescript/rlib";
import {
  classMethodN,
  function1,
  functionN,
  getset,
  method0,
  methodKw,
  methodN,
  newKw,
  W_Method,
} from "../objects/builtin.ts";
import { makeAlias } from "../objects/classes.ts";
import { W_Dict } from "../objects/dict.ts";
import { newint, W_Int } from "../objects/int.ts";
import { CMP_EQ, CMP_NE, typeError, W_Root } from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { slots } from "../objects/slots.ts";
import { compareTruth, eq, iter, next, repr, truth } from "../objects/space.ts";
import { newstr } from "../objects/str.ts";
import { newtuple, tupleHash, W_Tuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_functools = builtinModule("_functools");

function reduce(w_function: W_Root, w_iterable: W_Root, w_initial: W_Root): W_Root {
  const w_class = w_iterable.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null) {
    throw typeError("reduce() arg 2 must support iteration");
  }
  const w_it = iter(w_iterable);
  let w_result: W_Root | null = w_initial === w_missing ? next(w_it) : w_initial;
  if (w_result === null) throw typeError("reduce() of empty iterable with no initial value");
  for (;;) {
    const w_item = next(w_it);
    if (w_item === null) return w_result;
    w_result = w_function.call2(w_result, w_item);
  }
}

// --- partial -----------------------------------------------------------------------------------------------------------------

const w_partial = builtinType("partial", null, "functools");
w_partial.hasDict = true;

class W_Partial extends W_Root {
  w_function: W_Root;
  args: W_Root[];
  w_keywords: W_Dict;
  user: W_Instance | null;
  constructor(w_function: W_Root, args: W_Root[], w_keywords: W_Dict) {
    super();
    this.w_function = w_function;
    this.args = args;
    this.w_keywords = w_keywords;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.user === null ? w_partial : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override ensureUserPart(): W_Instance | null {
    if (this.user === null) this.user = new W_Instance(w_partial.shape());
    return this.user;
  }
  override repr(): string {
    const parts: string[] = [repr(this.w_function)];
    for (const w of this.args) parts.push(repr(w));
    for (let e = this.w_keywords.nextEntry(0); e >= 0; e = this.w_keywords.nextEntry(e + 1)) {
      parts.push(`${this.w_keywords.keyAt(e).str()}=${repr(this.w_keywords.valueAt(e))}`);
    }
    return `${this.getclass().heap ? this.getclass().fullName() : "functools.partial"}(${parts.join(", ")})`;
  }
  override isCallable(): boolean {
    return true;
  }
  override call1(w_a: W_Root): W_Root {
    if (this.w_keywords.size() > 0) return this.callArgs([w_a], []);
    const args = this.args;
    if (args.length === 0) return this.w_function.call1(w_a);
    return args.length === 1 ? this.w_function.call2(args[0], w_a) : this.callArgs([w_a], []);
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    const given: int = args.length - names.length;
    const all: W_Root[] = this.args.slice();
    for (let i: int = 0; i < given; i++) all.push(args[i]);
    const keywords = this.w_keywords;
    if (keywords.size() === 0) {
      for (let i: int = given; i < args.length; i++) all.push(args[i]);
      return this.w_function.callArgs(all, names);
    }
    const w_merged = keywords.copyDict();
    for (let k: int = 0; k < names.length; k++) w_merged.setStr(names[k], args[given + k]);
    const allNames: string[] = [];
    for (let e = w_merged.nextEntry(0); e >= 0; e = w_merged.nextEntry(e + 1)) {
      allNames.push(w_merged.keyAt(e).str());
      all.push(w_merged.valueAt(e));
    }
    return this.w_function.callArgs(all, allNames);
  }
}
newKw(w_partial, (args, names) => {
  const given: int = args.length - names.length;
  if (given < 2) throw typeError("type 'partial' takes at least one argument");
  let w_function = args[1];
  if (!w_function.isCallable()) throw typeError("the first argument must be callable");
  let fixed = args.slice(2, given);
  let w_keywords = new W_Dict();
  if (w_function instanceof W_Partial && args[0] === w_partial) {
    fixed = w_function.args.concat(fixed);
    w_keywords = w_function.w_keywords.copyDict();
    w_function = w_function.w_function;
  }
  for (let k: int = 0; k < names.length; k++) w_keywords.setStr(names[k], args[given + k]);
  const w_made = new W_Partial(w_function, fixed, w_keywords);
  if (args[0] !== w_partial) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});
slots(w_partial, "repr");
methodKw(w_partial, "__call__", (args, names) => args[0].callArgs(args.slice(1), names));
getset(w_partial, "func", (w_self) => (w_self as W_Partial).w_function);
getset(w_partial, "args", (w_self) => newtuple((w_self as W_Partial).args));
getset(w_partial, "keywords", (w_self) => (w_self as W_Partial).w_keywords);
classMethodN(w_partial, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
method0(w_partial, "__reduce__", (w_self) => {
  const w_p = w_self as W_Partial;
  const w_state = new W_Tuple([w_p.w_function, newtuple(w_p.args), w_p.w_keywords, w_None]);
  return new W_Tuple([w_p.getclass(), new W_Tuple([w_p.w_function]), w_state]);
});
methodN(w_partial, "__setstate__", "state, /", (args) => {
  const w_p = args[0] as W_Partial;
  const w_state = args[1];
  if (!(w_state instanceof W_Tuple) || w_state.items.length !== 4) throw typeError("invalid partial state");
  w_p.w_function = w_state.items[0];
  if (w_state.items[1] instanceof W_Tuple) w_p.args = w_state.items[1].items;
  if (w_state.items[2] instanceof W_Dict) w_p.w_keywords = w_state.items[2];
  return w_None;
});

// --- cmp_to_key ----------------------------------------------------------------------------------------------------------------

const w_keyObject = builtinType("KeyWrapper", null, "functools");

class W_KeyObject extends W_Root {
  readonly w_compare: W_Root;
  readonly w_object: W_Root | null;
  constructor(w_compare: W_Root, w_object: W_Root | null) {
    super();
    this.w_compare = w_compare;
    this.w_object = w_object;
  }
  override getclass(): W_Type {
    return w_keyObject;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], _names: string[]): W_Root {
    if (args.length !== 1) throw typeError("K() takes exactly one argument");
    return new W_KeyObject(this.w_compare, args[0]);
  }
  override hash(): int {
    throw typeError("unhashable type: 'functools.KeyWrapper'");
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_KeyObject) || this.w_object === null || w_other.w_object === null) {
      throw typeError("other argument must be K instance");
    }
    const w_result = this.w_compare.call2(this.w_object, w_other.w_object);
    return compareTruth(op, w_result, newint(0)) ? 1 : 0;
  }
}
slots(w_keyObject, "eq ne lt le gt ge");
getset(w_keyObject, "obj", (w_self) => (w_self as W_KeyObject).w_object ?? w_None);

// --- lru_cache -----------------------------------------------------------------------------------------------------------------

const w_lruWrapper = builtinType("_lru_cache_wrapper", null, "functools");
w_lruWrapper.hasDict = true;

/** A cached result in the list of uses, most recent last. */
class CacheLink extends W_Root {
  preceding: CacheLink | null;
  following: CacheLink | null;
  readonly w_key: W_Root;
  readonly w_result: W_Root;
  constructor(w_key: W_Root, w_result: W_Root) {
    super();
    this.preceding = null;
    this.following = null;
    this.w_key = w_key;
    this.w_result = w_result;
  }
  override getclass(): W_Type {
    return w_lruWrapper;
  }
}

/** The arguments of a call as a key. */
class W_CallKey extends W_Root {
  readonly items: W_Root[];
  #hash: int;
  constructor(items: W_Root[]) {
    super();
    this.items = items;
    this.#hash = tupleHash(items);
  }
  override getclass(): W_Type {
    return w_lruWrapper;
  }
  override hash(): int {
    return this.#hash;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_CallKey)) return op === CMP_NE ? 1 : 0;
    let same = this.items.length === w_other.items.length;
    for (let i: int = 0; same && i < this.items.length; i++) same = eq(this.items[i], w_other.items[i]);
    return same === (op === CMP_EQ) ? 1 : 0;
  }
}

class W_LruWrapper extends W_Root {
  readonly w_function: W_Root;
  /** −1: no limit. */
  readonly maximum: int;
  readonly typed: boolean;
  readonly w_infoClass: W_Root;
  readonly w_cache: W_Dict;
  hits: int;
  misses: int;
  first: CacheLink | null;
  last: CacheLink | null;
  user: W_Instance;
  constructor(w_function: W_Root, maximum: int, typed: boolean, w_infoClass: W_Root) {
    super();
    this.w_function = w_function;
    this.maximum = maximum;
    this.typed = typed;
    this.w_infoClass = w_infoClass;
    this.w_cache = new W_Dict();
    this.hits = 0;
    this.misses = 0;
    this.first = null;
    this.last = null;
    this.user = new W_Instance(w_lruWrapper.shape());
  }
  override getclass(): W_Type {
    return w_lruWrapper;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override isCallable(): boolean {
    return true;
  }
  override isMethodDescriptor(): boolean {
    return true;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj === null ? this : new W_Method(w_obj, this);
  }
  #key(args: W_Root[], names: string[]): W_Root {
    if (!this.typed && names.length === 0 && args.length === 1) {
      const w_only = args[0];
      if (w_only instanceof W_Int || w_only.asStr() === w_only) return w_only;
    }
    const items = args.slice();
    if (names.length > 0) {
      items.push(w_None);
      for (const name of names) items.push(newstr(name));
    }
    if (this.typed) for (const w of args) items.push(w.getclass());
    return new W_CallKey(items);
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    if (this.maximum === 0) {
      this.misses += 1;
      return this.w_function.callArgs(args, names);
    }
    const w_key = this.#key(args, names);
    const w_known = this.w_cache.findKey(w_key);
    if (w_known !== null) {
      this.hits += 1;
      const link = w_known as CacheLink;
      if (this.maximum > 0 && link !== this.last) {
        this.#unlink(link);
        this.#append(link);
      }
      return link.w_result;
    }
    this.misses += 1;
    const w_result = this.w_function.callArgs(args, names);
    if (this.w_cache.findKey(w_key) !== null) return w_result;
    const link = new CacheLink(w_key, w_result);
    if (this.maximum > 0 && this.w_cache.size() >= this.maximum && this.first !== null) {
      this.w_cache.removeKey(this.first.w_key);
      this.#unlink(this.first);
    }
    this.w_cache.storeKey(w_key, link);
    if (this.maximum > 0) this.#append(link);
    return w_result;
  }
  #unlink(link: CacheLink): void {
    const before = link.preceding;
    const after = link.following;
    if (before === null) this.first = after;
    else before.following = after;
    if (after === null) this.last = before;
    else after.preceding = before;
    link.preceding = null;
    link.following = null;
  }
  #append(link: CacheLink): void {
    const last = this.last;
    link.preceding = last;
    if (last === null) this.first = link;
    else last.following = link;
    this.last = link;
  }
  clear(): void {
    this.w_cache.clearAll();
    this.first = null;
    this.last = null;
    this.hits = 0;
    this.misses = 0;
  }
}
newKw(w_lruWrapper, (args, _names) => {
  if (args.length < 5) throw typeError("_lru_cache_wrapper() missing required arguments");
  const w_maximum = args[2];
  if (!args[1].isCallable()) throw typeError("the first argument must be callable");
  const maximum = w_maximum === w_None ? -1 : Math.max(0, intArgument(w_maximum));
  return new W_LruWrapper(args[1], maximum, truth(args[3]), args[4]);
});
methodKw(w_lruWrapper, "__call__", (args, names) => args[0].callArgs(args.slice(1), names));
method0(w_lruWrapper, "cache_info", (w_self) => {
  const w_l = w_self as W_LruWrapper;
  const w_max: W_Root = w_l.maximum < 0 ? w_None : newint(w_l.maximum);
  return w_l.w_infoClass.callArgs([newint(w_l.hits), newint(w_l.misses), w_max, newint(w_l.w_cache.size())], []);
});
method0(w_lruWrapper, "cache_clear", (w_self) => {
  (w_self as W_LruWrapper).clear();
  return w_None;
});
method0(w_lruWrapper, "__copy__", (w_self) => w_self);
methodN(w_lruWrapper, "__deepcopy__", "memo, /", (args) => args[0]);

functions(w_functools, [
  functionN("reduce", "function, iterable, initial=?, /", (args) => reduce(args[0], args[1], args[2])),
  function1("cmp_to_key", (w_compare) => new W_KeyObject(w_compare, null)),
]);
constant(w_functools, "partial", w_partial);
constant(w_functools, "_lru_cache_wrapper", w_lruWrapper);
