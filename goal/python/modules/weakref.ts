// _weakref: references that do not keep their object.
import { type int, weakRef, type WeakReference } from "rtypescript/rlib";
import { function1, functionN, newN } from "../objects/builtin.ts";
import { newint } from "../objects/int.ts";
import { newlist } from "../objects/list.ts";
import { CMP_EQ, CMP_NE, NOT_IMPLEMENTED, typeError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import { eq, hash } from "../objects/space.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_weakref = builtinModule("_weakref");
export const w_ref = builtinType("ReferenceType", null, "weakref");

class W_Reference extends W_Root {
  readonly reference: WeakReference<W_Root>;
  readonly w_callback: W_Root;
  user: W_Instance | null;
  #hash: int;
  #hashed: boolean;
  constructor(w_obj: W_Root, w_callback: W_Root) {
    super();
    this.reference = weakRef(w_obj);
    this.w_callback = w_callback;
    this.user = null;
    this.#hash = 0;
    this.#hashed = false;
  }
  override getclass(): W_Type {
    return this.user === null ? w_ref : this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override repr(): string {
    const w_obj = this.reference.get();
    if (w_obj === null) return `<weakref at ${this.address()}; dead>`;
    return `<weakref at ${this.address()}; to '${w_obj.typename()}' at ${w_obj.address()}>`;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(_args: W_Root[], _names: string[]): W_Root {
    return this.reference.get() ?? w_None;
  }
  override hash(): int {
    if (!this.#hashed) {
      const w_obj = this.reference.get();
      if (w_obj === null) throw typeError("weak object has gone away");
      this.#hash = hash(w_obj);
      this.#hashed = true;
    }
    return this.#hash;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Reference) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    const w_a = this.reference.get();
    const w_b = w_other.reference.get();
    const same = w_a === null || w_b === null ? this === w_other : eq(w_a, w_b);
    return same === (op === CMP_EQ) ? 1 : 0;
  }
}
slots(w_ref, "repr hash eq ne");
newN(w_ref, "object, callback=None, /", (args) => {
  const w_made = new W_Reference(args[1], args[2]);
  if (args[0] !== w_ref) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});

constant(w_weakref, "ref", w_ref);
constant(w_weakref, "ReferenceType", w_ref);
constant(w_weakref, "ProxyType", builtinType("ProxyType", null, "weakref"));
constant(w_weakref, "CallableProxyType", builtinType("CallableProxyType", null, "weakref"));
functions(w_weakref, [
  functionN("proxy", "object, callback=None, /", (args) => args[0]),
  function1("getweakrefcount", (_w_obj) => newint(0)),
  function1("getweakrefs", (_w_obj) => newlist([])),
  functionN("_remove_dead_weakref", "dct, key, /", (_args) => w_None),
]);
