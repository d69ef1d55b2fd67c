// The _weakref module. References are weak towards the collector, which decides when an object is gone; callbacks run
// when it says so (`finalize.ts`), never in the middle of an operation, and not on Node.
import { type int, onFinalize, type WeakReference, weakRef } from "rtypescript/rlib";
import { function1, functionN, getset, methodKw, newKw } from "../objects/builtin.ts";
import { exceptionType } from "../objects/exceptions.ts";
import { newint } from "../objects/int.ts";
import { newlist } from "../objects/list.ts";
import {
  CMP_EQ,
  CMP_NE,
  NOT_IMPLEMENTED,
  type OperationError,
  raiseValue,
  typeError,
  W_Root,
} from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import * as space from "../objects/space.ts";
import { newstr } from "../objects/str.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { callAndReport } from "./finalize.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_weakref = builtinModule("_weakref");
const w_ref = builtinType("ReferenceType", null, "weakref");
const w_proxy = builtinType("ProxyType", null, "weakref");
const w_callableProxy = builtinType("CallableProxyType", null, "weakref");

/** Built-in classes whose instances cannot be referred to weakly. */
const REFUSED: string[] = [
  "int",
  "bool",
  "float",
  "complex",
  "str",
  "bytes",
  "bytearray",
  "tuple",
  "list",
  "dict",
  "NoneType",
  "range",
  "slice",
  "ellipsis",
];

function requireReferable(w_obj: W_Root): void {
  const w_class = w_obj.getclass();
  if (!w_class.heap && w_class.module === "builtins" && REFUSED.includes(w_class.name)) {
    throw typeError(`cannot create weak reference to '${w_class.name}' object`);
  }
}

class W_Ref extends W_Root {
  readonly target: WeakReference<W_Root>;
  readonly w_callback: W_Root;
  user: W_Instance | null;
  #hash: int;
  constructor(w_target: W_Root, w_callback: W_Root) {
    super();
    this.target = weakRef(w_target);
    this.w_callback = w_callback;
    this.user = null;
    this.#hash = 0;
  }
  override getclass(): W_Type {
    return this.user === null ? w_ref : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], _names: string[]): W_Root {
    if (args.length > 0) throw typeError(`weakref.__call__ expected 0 arguments, got ${args.length}`);
    return this.target.get() ?? w_None;
  }
  override repr(): string {
    const w_target = this.target.get();
    if (w_target === null) return `<weakref at ${this.address()}; dead>`;
    return `<weakref at ${this.address()}; to '${w_target.typename()}' at ${w_target.address()}>`;
  }
  override hash(): int {
    if (this.#hash !== 0) return this.#hash;
    const w_target = this.target.get();
    if (w_target === null) throw typeError("weak object has gone away");
    this.#hash = space.hash(w_target);
    return this.#hash;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Ref) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    const w_a = this.target.get();
    const w_b = w_other.target.get();
    const same = w_a === null || w_b === null ? this === w_other : space.eq(w_a, w_b);
    return same === (op === CMP_EQ) ? 1 : 0;
  }
}
slots(w_ref, "repr hash eq ne");

/** The references and proxies made of each object, the one without callback first; it keeps none of them alive. */
const referrers = new WeakMap<W_Root, WeakReference<W_Root>[]>();

function remember(w_target: W_Root, w_referrer: W_Root): void {
  const known = referrers.get(w_target);
  if (known === undefined) {
    referrers.set(w_target, [weakRef(w_referrer)]);
    return;
  }
  if (isPlain(w_referrer)) known.unshift(weakRef(w_referrer));
  else known.push(weakRef(w_referrer));
  const count = known.length;
  if (count < 8 || (count & (count - 1)) !== 0) return;
  referrers.set(
    w_target,
    known.filter((one) => one.get() !== null),
  );
}

function isPlain(w_referrer: W_Root): boolean {
  return w_referrer instanceof W_Ref && w_referrer.user === null && w_referrer.w_callback.isNone();
}

/** Those that are alive, oldest first. */
function livingReferrers(w_target: W_Root): W_Root[] {
  const living: W_Root[] = [];
  for (const one of referrers.get(w_target) ?? []) {
    const w_referrer = one.get();
    if (w_referrer !== null) living.push(w_referrer);
  }
  return living;
}

/** The reference without callback, of which there is one for each object. */
function plainRef(w_target: W_Root): W_Root | null {
  const known = referrers.get(w_target);
  if (known === undefined || known.length === 0) return null;
  const w_first = known[0].get();
  return w_first !== null && isPlain(w_first) ? w_first : null;
}

/** Has the callback called with the reference when the object is gone, unless the reference went first. */
function callBack(w_target: W_Root, w_referrer: W_Root, w_callback: W_Root): void {
  const referrer = weakRef(w_referrer);
  onFinalize(w_target, (_w_gone) => {
    const w_left = referrer.get();
    if (w_left !== null) callAndReport(w_callback, () => void w_callback.call1(w_left));
  });
}
newKw(w_ref, (args, names) => {
  const given = args.length - names.length;
  if (given < 2) throw typeError("__new__ expected at least 1 argument, got 0");
  requireReferable(args[1]);
  const w_callback = given > 2 ? args[2] : w_None;
  if (args[0] === w_ref && w_callback.isNone()) {
    const w_known = plainRef(args[1]);
    if (w_known !== null) return w_known;
  }
  const w_made = new W_Ref(args[1], w_callback);
  if (args[0] !== w_ref) w_made.user = new W_Instance((args[0] as W_Type).shape());
  remember(args[1], w_made);
  if (!w_callback.isNone()) callBack(args[1], w_made, w_callback);
  return w_made;
});
methodKw(w_ref, "__init__", (_args, _names) => w_None);
getset(w_ref, "__callback__", (w_self) => (w_self as W_Ref).w_callback);

/** Stands for its object in attribute access, calls and operations. */
class W_Proxy extends W_Root {
  readonly target: WeakReference<W_Root>;
  readonly callable: boolean;
  constructor(w_target: W_Root) {
    super();
    this.target = weakRef(w_target);
    this.callable = w_target.isCallable();
  }
  object(): W_Root {
    const w_target = this.target.get();
    if (w_target === null) throw gone();
    return w_target;
  }
  override getclass(): W_Type {
    return this.callable ? w_callableProxy : w_proxy;
  }
  override hasCustomGetattr(): boolean {
    return true;
  }
  override customGetattr(name: string): W_Root | null {
    return space.findattr(this.object(), name);
  }
  override customSetattr(name: string, w_value: W_Root): boolean {
    space.setattr(this.object(), name, w_value);
    return true;
  }
  override customDelattr(name: string): boolean {
    space.delattr(this.object(), name);
    return true;
  }
  override isCallable(): boolean {
    return this.callable;
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    return this.object().callArgs(args, names);
  }
  override repr(): string {
    const w_target = this.object();
    return `<weakproxy at ${this.address()} to ${w_target.typename()} at ${w_target.address()}>`;
  }
  override str(): string {
    return space.str(this.object());
  }
  override hash(): int {
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
  override truth(): boolean {
    return space.truth(this.object());
  }
  override compare(op: int, w_other: W_Root): int {
    const w_right = w_other instanceof W_Proxy ? w_other.object() : w_other;
    return space.compareTruth(op, this.object(), w_right) ? 1 : 0;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    return space.binaryOp(op, this.object(), w_other instanceof W_Proxy ? w_other.object() : w_other);
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return space.binaryOp(op, w_left, this.object());
  }
  override len(): int {
    return space.len(this.object());
  }
  override getitem(w_key: W_Root): W_Root {
    return space.getitem(this.object(), w_key);
  }
  override setitem(w_key: W_Root, w_value: W_Root): void {
    space.setitem(this.object(), w_key, w_value);
  }
  override delitem(w_key: W_Root): void {
    space.delitem(this.object(), w_key);
  }
  override contains(w_item: W_Root): boolean | null {
    return space.contains(this.object(), w_item);
  }
  override iter(): W_Root {
    return space.iter(this.object());
  }
  override isIterator(): boolean {
    return space.isIterator(this.object());
  }
  override next(): W_Root | null {
    return space.next(this.object());
  }
}
for (const w_class of [w_proxy, w_callableProxy]) {
  slots(w_class, "repr str bool len getitem setitem delitem contains iter eq ne lt le gt ge");
}

function gone(): OperationError {
  return raiseValue(exceptionType("ReferenceError").call1(newstr("weakly-referenced object no longer exists")));
}

constant(w_weakref, "ref", w_ref);
constant(w_weakref, "ReferenceType", w_ref);
constant(w_weakref, "ProxyType", w_proxy);
constant(w_weakref, "CallableProxyType", w_callableProxy);
functions(w_weakref, [
  functionN("proxy", "object, callback=None, /", (args) => {
    requireReferable(args[0]);
    const w_callback = args.length > 1 ? args[1] : w_None;
    const w_made = new W_Proxy(args[0]);
    remember(args[0], w_made);
    if (!w_callback.isNone()) callBack(args[0], w_made, w_callback);
    return w_made;
  }),
  function1("getweakrefcount", (w_obj) => newint(livingReferrers(w_obj).length)),
  function1("getweakrefs", (w_obj) => newlist(livingReferrers(w_obj))),
  functionN("_remove_dead_weakref", "dct, key, /", (args) => {
    const w_value = args[0].getitem(args[1]);
    if (w_value instanceof W_Ref && w_value.target.get() === null) args[0].delitem(args[1]);
    return w_None;
  }),
]);
