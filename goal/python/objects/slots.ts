// The `__dunder__` methods of built-in classes: each shows one native operation, so that programs can call and override
// it. `slots(w_class, names)` gives a class those that it has.
import type { int } from "rtypescript/rlib";
import { type Fn1, type Fn2, type Fn3, method0, method1, method2, methodN } from "./builtin.ts";
import { newbool, newint } from "./int.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  KIND_StopIteration,
  OP_ADD,
  OP_AND,
  OP_FLOORDIV,
  OP_LSHIFT,
  OP_MATMUL,
  OP_MOD,
  OP_MUL,
  OP_OR,
  OP_POW,
  OP_RSHIFT,
  OP_SUB,
  OP_TRUEDIV,
  OP_XOR,
  OperationError,
  typeError,
  type W_Root,
} from "./root.ts";
import { w_None, w_NotImplemented } from "./singletons.ts";
import { nativeDivmod } from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import type { W_Type } from "./type.ts";

function wrap(w_result: W_Root | null): W_Root {
  return w_result === null ? w_NotImplemented : w_result;
}
function wrapCompare(result: int): W_Root {
  return result < 0 ? w_NotImplemented : newbool(result === 1);
}

/** Raises what a native iterator's end means for `__next__`. */
export function stopIteration(w_iterator: W_Root): OperationError {
  const error = new OperationError(KIND_StopIteration, "", null);
  error.w_argument = w_iterator.stopValue();
  return error;
}

const UNARY = new Map<string, Fn1>([
  ["__repr__", (w) => newstr(w.repr())],
  ["__str__", (w) => newstr(w.str())],
  ["__hash__", (w) => newint(w.hash())],
  ["__bool__", (w) => newbool(w.truth())],
  ["__len__", (w) => newint(w.len())],
  ["__iter__", (w) => w.iter()],
  [
    "__next__",
    (w) => {
      const w_item = w.next();
      if (w_item === null) throw stopIteration(w);
      return w_item;
    },
  ],
  ["__neg__", (w) => w.neg()],
  ["__pos__", (w) => w.pos()],
  ["__invert__", (w) => w.invert()],
  ["__abs__", (w) => w.abs()],
  ["__length_hint__", (w) => newint(Math.max(0, w.lengthHint()))],
]);

const BINARY = new Map<string, Fn2>([
  ["__eq__", (w_a, w_b) => wrapCompare(w_a.compare(CMP_EQ, w_b))],
  ["__ne__", (w_a, w_b) => wrapCompare(w_a.compare(CMP_NE, w_b))],
  ["__lt__", (w_a, w_b) => wrapCompare(w_a.compare(CMP_LT, w_b))],
  ["__le__", (w_a, w_b) => wrapCompare(w_a.compare(CMP_LE, w_b))],
  ["__gt__", (w_a, w_b) => wrapCompare(w_a.compare(CMP_GT, w_b))],
  ["__ge__", (w_a, w_b) => wrapCompare(w_a.compare(CMP_GE, w_b))],
  ["__add__", (w_a, w_b) => wrap(w_a.binop(OP_ADD, w_b))],
  ["__sub__", (w_a, w_b) => wrap(w_a.binop(OP_SUB, w_b))],
  ["__mul__", (w_a, w_b) => wrap(w_a.binop(OP_MUL, w_b))],
  ["__matmul__", (w_a, w_b) => wrap(w_a.binop(OP_MATMUL, w_b))],
  ["__truediv__", (w_a, w_b) => wrap(w_a.binop(OP_TRUEDIV, w_b))],
  ["__mod__", (w_a, w_b) => wrap(w_a.binop(OP_MOD, w_b))],
  ["__lshift__", (w_a, w_b) => wrap(w_a.binop(OP_LSHIFT, w_b))],
  ["__rshift__", (w_a, w_b) => wrap(w_a.binop(OP_RSHIFT, w_b))],
  ["__or__", (w_a, w_b) => wrap(w_a.binop(OP_OR, w_b))],
  ["__xor__", (w_a, w_b) => wrap(w_a.binop(OP_XOR, w_b))],
  ["__and__", (w_a, w_b) => wrap(w_a.binop(OP_AND, w_b))],
  ["__floordiv__", (w_a, w_b) => wrap(w_a.binop(OP_FLOORDIV, w_b))],
  ["__divmod__", (w_a, w_b) => wrap(nativeDivmod(w_a, w_b))],
  ["__radd__", (w_a, w_b) => wrap(w_a.rbinop(OP_ADD, w_b))],
  ["__rsub__", (w_a, w_b) => wrap(w_a.rbinop(OP_SUB, w_b))],
  ["__rmul__", (w_a, w_b) => wrap(w_a.rbinop(OP_MUL, w_b))],
  ["__rtruediv__", (w_a, w_b) => wrap(w_a.rbinop(OP_TRUEDIV, w_b))],
  ["__rmod__", (w_a, w_b) => wrap(w_a.rbinop(OP_MOD, w_b))],
  ["__rpow__", (w_a, w_b) => wrap(w_a.rbinop(OP_POW, w_b))],
  ["__rlshift__", (w_a, w_b) => wrap(w_a.rbinop(OP_LSHIFT, w_b))],
  ["__rrshift__", (w_a, w_b) => wrap(w_a.rbinop(OP_RSHIFT, w_b))],
  ["__ror__", (w_a, w_b) => wrap(w_a.rbinop(OP_OR, w_b))],
  ["__rxor__", (w_a, w_b) => wrap(w_a.rbinop(OP_XOR, w_b))],
  ["__rand__", (w_a, w_b) => wrap(w_a.rbinop(OP_AND, w_b))],
  ["__rfloordiv__", (w_a, w_b) => wrap(w_a.rbinop(OP_FLOORDIV, w_b))],
  ["__rdivmod__", (w_a, w_b) => wrap(nativeDivmod(w_b, w_a))],
  ["__iadd__", (w_a, w_b) => wrap(w_a.ibinop(OP_ADD, w_b))],
  ["__isub__", (w_a, w_b) => wrap(w_a.ibinop(OP_SUB, w_b))],
  ["__imul__", (w_a, w_b) => wrap(w_a.ibinop(OP_MUL, w_b))],
  ["__ior__", (w_a, w_b) => wrap(w_a.ibinop(OP_OR, w_b))],
  ["__ixor__", (w_a, w_b) => wrap(w_a.ibinop(OP_XOR, w_b))],
  ["__iand__", (w_a, w_b) => wrap(w_a.ibinop(OP_AND, w_b))],
  ["__getitem__", (w_a, w_b) => w_a.getitem(w_b)],
  [
    "__delitem__",
    (w_a, w_b) => {
      w_a.delitem(w_b);
      return w_None;
    },
  ],
  ["__contains__", (w_a, w_b) => newbool(w_a.contains(w_b) === true)],
  [
    "__format__",
    (w_a, w_b) => {
      const w_spec = w_b.asStr();
      if (w_spec instanceof W_Str) return newstr(w_a.format(w_spec.text));
      throw typeError(`__format__() argument must be str, not ${w_b.typename()}`);
    },
  ],
]);

const setitem: Fn3 = (w_a, w_b, w_c) => {
  w_a.setitem(w_b, w_c);
  return w_None;
};

/** Gives a class its special methods; import time. `names` without underscores, separated by blanks. */
export function slots(w_class: W_Type, names: string): void {
  for (const short of names.split(" ")) {
    const name = `__${short}__`;
    const unary = UNARY.get(name);
    const binary = BINARY.get(name);
    if (unary !== undefined) method0(w_class, name, unary);
    else if (binary !== undefined) method1(w_class, name, binary);
    else if (name === "__setitem__") method2(w_class, name, setitem);
    else if (name === "__pow__") {
      methodN(w_class, name, "value, mod=None, /", (args) =>
        args[2] === w_None ? wrap(args[0].binop(OP_POW, args[1])) : wrap(args[0].powmod(args[1], args[2])),
      );
    } else throw new Error(`no such slot: ${name}`);
  }
}

export const COMPARISONS = "eq ne lt le gt ge";
