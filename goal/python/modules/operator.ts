// The _operator module: the operators of the language as functions.
import { type int, intAddOvf } from "rtypescript/rlib";
import {
  type Fn1,
  function1,
  function2,
  function3,
  functionKw,
  functionN,
  method0,
  newKw,
} from "../objects/builtin.ts";
import { requireBuffer, W_Buffer } from "../objects/bytes.ts";
import { newbool, newint, W_Int } from "../objects/int.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
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
  overflowError,
  typeError,
  valueError,
  W_Root,
} from "../objects/root.ts";
import { w_None, w_NotImplemented } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import {
  abs,
  binaryOp,
  callBound0,
  compareOp,
  contains,
  delitem,
  eq,
  getattr,
  getitem,
  index,
  inplaceOp,
  invert,
  iter,
  neg,
  next,
  pos,
  repr,
  reprGuard,
  setitem,
  truth,
  userMethod,
} from "../objects/space.ts";
import { W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_operator = builtinModule("_operator");

functions(w_operator, [
  function2("add", (w_a, w_b) => binaryOp(OP_ADD, w_a, w_b)),
  function2("sub", (w_a, w_b) => binaryOp(OP_SUB, w_a, w_b)),
  function2("mul", (w_a, w_b) => binaryOp(OP_MUL, w_a, w_b)),
  function2("matmul", (w_a, w_b) => binaryOp(OP_MATMUL, w_a, w_b)),
  function2("truediv", (w_a, w_b) => binaryOp(OP_TRUEDIV, w_a, w_b)),
  function2("floordiv", (w_a, w_b) => binaryOp(OP_FLOORDIV, w_a, w_b)),
  function2("mod", (w_a, w_b) => binaryOp(OP_MOD, w_a, w_b)),
  function2("pow", (w_a, w_b) => binaryOp(OP_POW, w_a, w_b)),
  function2("lshift", (w_a, w_b) => binaryOp(OP_LSHIFT, w_a, w_b)),
  function2("rshift", (w_a, w_b) => binaryOp(OP_RSHIFT, w_a, w_b)),
  function2("and_", (w_a, w_b) => binaryOp(OP_AND, w_a, w_b)),
  function2("or_", (w_a, w_b) => binaryOp(OP_OR, w_a, w_b)),
  function2("xor", (w_a, w_b) => binaryOp(OP_XOR, w_a, w_b)),
  function2("iadd", (w_a, w_b) => inplaceOp(OP_ADD, w_a, w_b)),
  function2("isub", (w_a, w_b) => inplaceOp(OP_SUB, w_a, w_b)),
  function2("imul", (w_a, w_b) => inplaceOp(OP_MUL, w_a, w_b)),
  function2("imatmul", (w_a, w_b) => inplaceOp(OP_MATMUL, w_a, w_b)),
  function2("itruediv", (w_a, w_b) => inplaceOp(OP_TRUEDIV, w_a, w_b)),
  function2("ifloordiv", (w_a, w_b) => inplaceOp(OP_FLOORDIV, w_a, w_b)),
  function2("imod", (w_a, w_b) => inplaceOp(OP_MOD, w_a, w_b)),
  function2("ipow", (w_a, w_b) => inplaceOp(OP_POW, w_a, w_b)),
  function2("ilshift", (w_a, w_b) => inplaceOp(OP_LSHIFT, w_a, w_b)),
  function2("irshift", (w_a, w_b) => inplaceOp(OP_RSHIFT, w_a, w_b)),
  function2("iand", (w_a, w_b) => inplaceOp(OP_AND, w_a, w_b)),
  function2("ior", (w_a, w_b) => inplaceOp(OP_OR, w_a, w_b)),
  function2("ixor", (w_a, w_b) => inplaceOp(OP_XOR, w_a, w_b)),
  function2("eq", (w_a, w_b) => compareOp(CMP_EQ, w_a, w_b)),
  function2("ne", (w_a, w_b) => compareOp(CMP_NE, w_a, w_b)),
  function2("lt", (w_a, w_b) => compareOp(CMP_LT, w_a, w_b)),
  function2("le", (w_a, w_b) => compareOp(CMP_LE, w_a, w_b)),
  function2("gt", (w_a, w_b) => compareOp(CMP_GT, w_a, w_b)),
  function2("ge", (w_a, w_b) => compareOp(CMP_GE, w_a, w_b)),
  function1("neg", neg),
  function1("pos", pos),
  function1("abs", abs),
  function1("inv", invert),
  function1("invert", invert),
  function1("index", index),
  function1("truth", (w_a) => newbool(truth(w_a))),
  function1("not_", (w_a) => newbool(!truth(w_a))),
  function2("is_", (w_a, w_b) => newbool(w_a.is(w_b))),
  function2("is_not", (w_a, w_b) => newbool(!w_a.is(w_b))),
  function2("getitem", getitem),
  function3("setitem", (w_a, w_b, w_c) => {
    setitem(w_a, w_b, w_c);
    return w_None;
  }),
  function2("delitem", (w_a, w_b) => {
    delitem(w_a, w_b);
    return w_None;
  }),
  function2("contains", (w_a, w_b) => newbool(contains(w_a, w_b))),
  function2("concat", (w_a, w_b) => {
    requireSequence(w_a);
    return binaryOp(OP_ADD, w_a, w_b);
  }),
  function2("iconcat", (w_a, w_b) => {
    requireSequence(w_a);
    return inplaceOp(OP_ADD, w_a, w_b);
  }),
  function2("countOf", (w_a, w_b) => {
    const w_it = iter(w_a);
    let count: int = 0;
    for (;;) {
      const w_item = next(w_it);
      if (w_item === null) return newint(count);
      if (eq(w_item, w_b)) count++;
    }
  }),
  function2("indexOf", (w_a, w_b) => {
    const w_it = iter(w_a);
    for (let i: int = 0; ; i++) {
      const w_item = next(w_it);
      if (w_item === null) throw valueError("sequence.index(x): x not in sequence");
      if (eq(w_item, w_b)) return newint(i);
    }
  }),
  functionN("length_hint", "obj, default=0, /", (args) => {
    if (!(args[1] instanceof W_Int)) {
      throw typeError(`'${args[1].typename()}' object cannot be interpreted as an integer`);
    }
    return newint(lengthHint(args[0], args[1].value));
  }),
  functionKw("call", (args, names) => {
    if (args.length === names.length) throw typeError("call expected at least 1 argument, got 0");
    return args[0].callArgs(args.slice(1), names);
  }),
  functionN("_compare_digest", "a, b, /", (args) => newbool(sameDigest(args[0], args[1]))),
]);

function requireSequence(w_a: W_Root): void {
  if (w_a.getclass().lookup("__getitem__") === null || w_a.getclass().patternKind === 2) {
    throw typeError(`'${w_a.typename()}' object can't be concatenated`);
  }
}

/** How many items an object may give: its length, its own estimate, or `otherwise`. */
export function lengthHint(w_of: W_Root, otherwise: int): int {
  const w_class = w_of.getclass();
  if (w_class.lookup("__len__") !== null) {
    const w_length = userMethod(w_of, "__len__");
    if (w_length === null) return w_of.len();
    const w_n = callBound0(w_length, w_of);
    if (w_n instanceof W_Int) return w_n.value;
  }
  const w_hint = userMethod(w_of, "__length_hint__");
  if (w_hint === null) {
    const n = w_class.heap ? -1 : w_of.lengthHint();
    return n < 0 ? otherwise : n;
  }
  const w_n = callBound0(w_hint, w_of);
  if (w_n === w_NotImplemented) return otherwise;
  if (!(w_n instanceof W_Int)) throw typeError(`__length_hint__ must be an integer, not ${w_n.typename()}`);
  if (w_n.value < 0) throw valueError("__length_hint__() should return >= 0");
  if (intAddOvf(w_n.value, 1) === null) throw overflowError("cannot fit 'int' into an index-sized integer");
  return w_n.value;
}

function sameDigest(w_a: W_Root, w_b: W_Root): boolean {
  const w_s = w_a.asStr();
  const w_t = w_b.asStr();
  if (w_s instanceof W_Str && w_t instanceof W_Str) return w_s.text === w_t.text;
  if (!(w_a instanceof W_Buffer) || !(w_b instanceof W_Buffer)) {
    throw typeError(
      `unsupported operand types(s) or combination of types: '${w_a.typename()}' and '${w_b.typename()}'`,
    );
  }
  const a = requireBuffer(w_a);
  const b = requireBuffer(w_b);
  let difference: int = a.length === b.length ? 0 : 1;
  for (let i: int = 0; i < a.length && i < b.length; i++) difference |= a[i] ^ b[i];
  return difference === 0;
}

// --- getters ---------------------------------------------------------------------------------------------------------------

/** A callable made from arguments that it shows in its repr. */
abstract class W_Getter extends W_Root {
  readonly args: W_Root[];
  readonly names: string[];
  user: W_Instance | null;
  constructor(args: W_Root[], names: string[]) {
    super();
    this.args = args;
    this.names = names;
    this.user = null;
  }
  abstract nativeClass(): W_Type;
  abstract apply(w_obj: W_Root): W_Root;
  override getclass(): W_Type {
    return this.user === null ? this.nativeClass() : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  withClass(w_class: W_Root): W_Root {
    if (w_class !== this.nativeClass()) this.user = new W_Instance((w_class as W_Type).shape());
    return this;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    if (names.length > 0) throw typeError(`${this.getclass().name}() takes no keyword arguments`);
    if (args.length !== 1) throw typeError(`${this.getclass().name} expected 1 argument, got ${args.length}`);
    return this.apply(args[0]);
  }
  override call1(w_a: W_Root): W_Root {
    return this.apply(w_a);
  }
  override repr(): string {
    const name = this.getclass().fullName();
    if (!reprGuard.enter(this)) return `${name}(...)`;
    try {
      const parts: string[] = [];
      const n = this.args.length - this.names.length;
      for (let i: int = 0; i < n; i++) parts.push(repr(this.args[i]));
      for (let k: int = 0; k < this.names.length; k++) parts.push(`${this.names[k]}=${repr(this.args[n + k])}`);
      return `${name}(${parts.join(", ")})`;
    } finally {
      reprGuard.leave();
    }
  }
}

function getterType(name: string): W_Type {
  const w_class = builtinType(name, null, "operator");
  constant(w_operator, name, w_class);
  slots(w_class, "repr");
  const reduce: Fn1 = (w_self) => newtuple([w_self.getclass(), new W_Tuple((w_self as W_Getter).args)]);
  method0(w_class, "__reduce__", reduce);
  return w_class;
}

const w_itemgetter = getterType("itemgetter");
class W_ItemGetter extends W_Getter {
  override nativeClass(): W_Type {
    return w_itemgetter;
  }
  override apply(w_obj: W_Root): W_Root {
    if (this.args.length === 1) return getitem(w_obj, this.args[0]);
    const items: W_Root[] = [];
    for (const w of this.args) items.push(getitem(w_obj, w));
    return new W_Tuple(items);
  }
}
newKw(w_itemgetter, (args, names) => {
  if (names.length > 0) throw typeError("itemgetter() takes no keyword arguments");
  if (args.length < 2) throw typeError("itemgetter expected 1 argument, got 0");
  return new W_ItemGetter(args.slice(1), names).withClass(args[0]);
});

const w_attrgetter = getterType("attrgetter");
class W_AttrGetter extends W_Getter {
  override nativeClass(): W_Type {
    return w_attrgetter;
  }
  override apply(w_obj: W_Root): W_Root {
    if (this.args.length === 1) return attributePath(w_obj, this.args[0]);
    const items: W_Root[] = [];
    for (const w of this.args) items.push(attributePath(w_obj, w));
    return new W_Tuple(items);
  }
}
function attributePath(w_obj: W_Root, w_name: W_Root): W_Root {
  let w_value = w_obj;
  for (const name of (w_name.asStr() as W_Str).text.split(".")) w_value = getattr(w_value, name);
  return w_value;
}
newKw(w_attrgetter, (args, names) => {
  if (names.length > 0) throw typeError("attrgetter() takes no keyword arguments");
  if (args.length < 2) throw typeError("attrgetter expected 1 argument, got 0");
  for (let i: int = 1; i < args.length; i++) {
    if (args[i].asStr() === null) throw typeError("attribute name must be a string");
  }
  return new W_AttrGetter(args.slice(1), names).withClass(args[0]);
});

const w_methodcaller = getterType("methodcaller");
class W_MethodCaller extends W_Getter {
  override nativeClass(): W_Type {
    return w_methodcaller;
  }
  override apply(w_obj: W_Root): W_Root {
    return getattr(w_obj, this.args[0].str()).callArgs(this.args.slice(1), this.names);
  }
}
newKw(w_methodcaller, (args, names) => {
  if (args.length - names.length < 2) throw typeError("methodcaller needs at least one argument, the method name");
  if (args[1].asStr() === null) throw typeError("method name must be a string");
  return new W_MethodCaller(args.slice(1), names).withClass(args[0]);
});
