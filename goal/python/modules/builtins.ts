// The built-in functions that need no interpreter: everything but `exec`, `globals`, `super` and the like.
import { type float, type int, intAddOvf } from "rtypescript/rlib";
import { functionN as fn, function1, function2, functionKw, functionN } from "../objects/builtin.ts";
import { W_Bytes } from "../objects/bytes.ts";
import { isinstance, issubclass } from "../objects/classes.ts";
import { W_Float, type W_Integer } from "../objects/float.ts";
import { bigOf, newbool, newint, W_Int } from "../objects/int.ts";
import { roundInt } from "../objects/intmethods.ts";
import { W_CallableIterator } from "../objects/iterators.ts";
import { newlist, sortedInPlace } from "../objects/list.ts";
import { attributeNames, nameArgument } from "../objects/objectmethods.ts";
import {
  CMP_GT,
  CMP_LT,
  KIND_StopIteration,
  OP_ADD,
  OP_DIVMOD,
  OperationError,
  objectId,
  overflowError,
  typeError,
  valueError,
  type W_Root,
} from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { stopIteration } from "../objects/slots.ts";
import {
  abs,
  asciiText,
  binaryOp,
  callBound0,
  callBound1,
  compareTruth,
  delattr,
  findattrQuiet,
  format,
  getattr,
  hash,
  index,
  isIterator,
  iter,
  len,
  next,
  power,
  repr,
  setattr,
  truth,
  unpack,
  userMethod,
} from "../objects/space.ts";
import { newchar, newstr, W_Str } from "../objects/str.ts";
import { W_Tuple } from "../objects/tuple.ts";
import { builtinModule, constant, functions } from "./registry.ts";

export const w_builtins = builtinModule("builtins");

function integerText(w_x: W_Root, radix: int, prefix: string): W_Root {
  const value = bigOf(index(w_x));
  return newstr(value < 0n ? `-${prefix}${(-value).toString(radix)}` : `${prefix}${value.toString(radix)}`);
}

/** A user's hash value as the int that Python shows. */
function hashValue(w_x: W_Root): W_Root {
  return newint(hash(w_x));
}

/** `min` and `max`. */
function extreme(name: string, op: int, args: W_Root[], names: string[]): W_Root {
  const given: int = args.length - names.length;
  let w_key: W_Root = w_None;
  let w_default: W_Root = w_missing;
  for (let k: int = 0; k < names.length; k++) {
    if (names[k] === "key") w_key = args[given + k];
    else if (names[k] === "default") w_default = args[given + k];
    else throw typeError(`'${names[k]}' is an invalid keyword argument for ${name}()`);
  }
  if (given === 0) throw typeError(`${name} expected at least 1 argument, got 0`);
  if (given > 1 && w_default !== w_missing) {
    throw typeError(`Cannot specify a default for ${name}() with multiple positional arguments`);
  }
  const w_it = given === 1 ? iter(args[0]) : new W_Tuple(args.slice(0, given)).iter();
  let w_best: W_Root | null = next(w_it);
  if (w_best === null) {
    if (w_default !== w_missing) return w_default;
    throw valueError(`${name}() arg is an empty sequence`);
  }
  let w_bestKey: W_Root = w_key === w_None ? w_best : w_key.call1(w_best);
  for (;;) {
    const w_item = next(w_it);
    if (w_item === null) return w_best;
    const w_itemKey = w_key === w_None ? w_item : w_key.call1(w_item);
    if (compareTruth(op, w_itemKey, w_bestKey)) {
      w_best = w_item;
      w_bestKey = w_itemKey;
    }
  }
}

/** `sum`, quick while everything is ints of a word, then floats. */
function sum(w_iterable: W_Root, w_start: W_Root): W_Root {
  const w_it = iter(w_iterable);
  if (w_start.asStr() !== null) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  if (w_start instanceof W_Bytes) throw typeError("sum() can't sum bytes [use b''.join(seq) instead]");
  let w_total = w_start;
  let w_item = next(w_it);
  if (w_total instanceof W_Int) {
    let total: int = w_total.value;
    while (w_item instanceof W_Int) {
      const r = intAddOvf(total, w_item.value);
      if (r === null) break;
      total = r;
      w_item = next(w_it);
    }
    w_total = newint(total);
  }
  if (w_total instanceof W_Float || (w_item instanceof W_Float && w_total instanceof W_Int)) {
    let total: float = w_total instanceof W_Float ? w_total.value : (w_total as W_Integer).toFloat();
    while (w_item instanceof W_Float) {
      total += w_item.value;
      w_item = next(w_it);
    }
    w_total = new W_Float(total);
  }
  while (w_item !== null) {
    w_total = binaryOp(OP_ADD, w_total, w_item);
    w_item = next(w_it);
  }
  return w_total;
}

function round(w_x: W_Root, w_digits: W_Root): W_Root {
  if (w_x instanceof W_Int) return roundInt(w_x, w_digits);
  const w_method = w_x.getclass().lookup("__round__");
  if (w_method === null) throw typeError(`type ${w_x.typename()} doesn't define __round__ method`);
  return w_digits === w_None ? callBound0(w_method, w_x) : callBound1(w_method, w_x, w_digits);
}

function ordinal(w_x: W_Root): W_Root {
  const w_text = w_x.asStr();
  if (w_text instanceof W_Str) {
    if (w_text.len() !== 1) throw typeError(`ord() expected a character, but string of length ${w_text.len()} found`);
    return newint(w_text.codeAt(0));
  }
  const w_bytes = w_x.asBytes();
  if (w_bytes instanceof W_Bytes) {
    if (w_bytes.data.length === 1) return newint(w_bytes.data[0]);
    throw typeError(`ord() expected a character, but string of length ${w_bytes.data.length} found`);
  }
  throw typeError(`ord() expected string of length 1, but ${w_x.typename()} found`);
}

functions(w_builtins, [
  function1("abs", abs),
  function1("all", (w_iterable) => {
    const w_it = iter(w_iterable);
    for (;;) {
      const w_item = next(w_it);
      if (w_item === null) return newbool(true);
      if (!truth(w_item)) return newbool(false);
    }
  }),
  function1("any", (w_iterable) => {
    const w_it = iter(w_iterable);
    for (;;) {
      const w_item = next(w_it);
      if (w_item === null) return newbool(false);
      if (truth(w_item)) return newbool(true);
    }
  }),
  function1("ascii", (w_x) => newstr(asciiText(repr(w_x)))),
  function1("bin", (w_x) => integerText(w_x, 2, "0b")),
  function1("oct", (w_x) => integerText(w_x, 8, "0o")),
  function1("hex", (w_x) => integerText(w_x, 16, "0x")),
  function1("callable", (w_x) => newbool(w_x.isCallable())),
  function1("chr", (w_x) => {
    const w_i = index(w_x);
    if (!(w_i instanceof W_Int) || w_i.value < -2147483648 || w_i.value > 2147483647) {
      throw overflowError("Python int too large to convert to C int");
    }
    if (w_i.value < 0 || w_i.value > 1114111) throw valueError("chr() arg not in range(0x110000)");
    return newchar(w_i.value);
  }),
  function1("ord", ordinal),
  function2("delattr", (w_obj, w_name) => {
    delattr(w_obj, nameArgument(w_name));
    return w_None;
  }),
  function2("divmod", (w_a, w_b) => binaryOp(OP_DIVMOD, w_a, w_b)),
  fn("format", "value, format_spec='', /", (args) => {
    const w_spec = args[1].asStr();
    if (!(w_spec instanceof W_Str)) throw typeError(`format() argument 2 must be str, not ${args[1].typename()}`);
    return newstr(format(args[0], w_spec.text));
  }),
  fn("getattr", "object, name, default=?, /", (args) => {
    const name = nameArgument(args[1]);
    if (args[2] === w_missing) return getattr(args[0], name);
    return findattrQuiet(args[0], name) ?? args[2];
  }),
  function2("hasattr", (w_obj, w_name) => newbool(findattrQuiet(w_obj, nameArgument(w_name)) !== null)),
  function1("hash", hashValue),
  function1("id", (w_x) => newint(objectId(w_x) + 139637976727552)),
  function2("isinstance", (w_obj, w_class) => newbool(isinstance(w_obj, w_class))),
  function2("issubclass", (w_sub, w_class) => newbool(issubclass(w_sub, w_class))),
  fn("iter", "object, sentinel=?, /", (args) => {
    if (args[1] === w_missing) return iter(args[0]);
    if (!args[0].isCallable()) throw typeError("iter(v, w): v must be callable");
    return new W_CallableIterator(args[0], args[1]);
  }),
  function1("len", (w_x) => newint(len(w_x))),
  functionKw("max", (args, names) => extreme("max", CMP_GT, args, names)),
  functionKw("min", (args, names) => extreme("min", CMP_LT, args, names)),
  fn("next", "iterator, default=?, /", (args) => {
    const w_it = args[0];
    if (!isIterator(w_it)) throw typeError(`'${w_it.typename()}' object is not an iterator`);
    const w_method = userMethod(w_it, "__next__");
    if (w_method !== null) return nextOfUser(w_method, w_it, args[1]);
    const w_item = w_it.next();
    if (w_item !== null) return w_item;
    if (args[1] !== w_missing) return args[1];
    throw stopIteration(w_it);
  }),
  fn("pow", "base, exp, mod=None", (args) => power(args[0], args[1], args[2])),
  function1("repr", (w_x) => newstr(repr(w_x))),
  fn("round", "number, ndigits=None", (args) => round(args[0], args[1])),
  functionN("setattr", "obj, name, value, /", (args) => {
    setattr(args[0], nameArgument(args[1]), args[2]);
    return w_None;
  }),
  fn("sorted", "iterable, /, *, key=None, reverse=False", (args) => {
    const items = unpack(args[0]);
    sortedInPlace(items, args[1], truth(args[2]));
    return newlist(items);
  }),
  fn("sum", "iterable, /, start=0", (args) => sum(args[0], args[1])),
]);

function nextOfUser(w_method: W_Root, w_it: W_Root, w_default: W_Root): W_Root {
  if (w_default === w_missing) return callBound0(w_method, w_it);
  try {
    return callBound0(w_method, w_it);
  } catch (e) {
    if (e instanceof OperationError && isStop(e)) return w_default;
    throw e;
  }
}
function isStop(error: OperationError): boolean {
  if (error.w_value === null) return error.kind === KIND_StopIteration;
  const w_stop = KIND_StopIteration.w_type;
  return w_stop !== null && isinstance(error.w_value, w_stop);
}

/** `dir(x)` */
export function dirOf(w_obj: W_Root): W_Root {
  const w_method = w_obj.getclass().lookup("__dir__");
  if (w_method === null) return newlist(attributeNames(w_obj));
  const names = unpack(callBound0(w_method, w_obj));
  sortedInPlace(names, w_None, false);
  return newlist(names);
}
constant(w_builtins, "__debug__", newbool(true));
