// types.SimpleNamespace: attributes and nothing else.
import type { int } from "rtypescript/rlib";
import { method0, methodKw, newKw } from "./builtin.ts";
import { W_Dict } from "./dict.ts";
import { CMP_EQ, CMP_NE, NOT_IMPLEMENTED, typeError, W_Root } from "./root.ts";
import { w_None } from "./singletons.ts";
import { slots } from "./slots.ts";
import { eq, repr, reprGuard } from "./space.ts";
import { newtuple } from "./tuple.ts";
import { builtinType, W_Instance, type W_Type } from "./type.ts";

export const w_SimpleNamespace = builtinType("SimpleNamespace", null, "types");
w_SimpleNamespace.hasDict = true;

export class W_Namespace extends W_Root {
  readonly user: W_Instance;
  constructor(w_class: W_Type) {
    super();
    this.user = new W_Instance(w_class.shape());
  }
  override getclass(): W_Type {
    return this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  set(name: string, w_value: W_Root): void {
    this.user.setslot(name, w_value);
  }
  /** The attributes as a new dict. */
  attributes(): W_Dict {
    const w_dict = new W_Dict();
    if (this.user.shape.dictMode) {
      w_dict.updateFrom(this.user.goDictMode() as W_Dict);
      return w_dict;
    }
    const names = this.user.shape.names();
    for (let i: int = 0; i < names.length; i++) {
      const w_value = this.user.storage[i];
      if (w_value !== null) w_dict.setStr(names[i], w_value);
    }
    return w_dict;
  }
  override repr(): string {
    const w_class = this.getclass();
    const name = w_class === w_SimpleNamespace ? "namespace" : w_class.name;
    if (!reprGuard.enter(this)) return `${name}(...)`;
    const parts: string[] = [];
    try {
      const w_dict = this.attributes();
      for (let e = w_dict.nextEntry(0); e >= 0; e = w_dict.nextEntry(e + 1)) {
        parts.push(`${w_dict.keyAt(e).str()}=${repr(w_dict.valueAt(e))}`);
      }
    } finally {
      reprGuard.leave();
    }
    return `${name}(${parts.join(", ")})`;
  }
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Namespace) || (op !== CMP_EQ && op !== CMP_NE)) return NOT_IMPLEMENTED;
    return eq(this.attributes(), w_other.attributes()) === (op === CMP_EQ) ? 1 : 0;
  }
  override hash(): int {
    throw typeError(`unhashable type: '${this.typename()}'`);
  }
}
slots(w_SimpleNamespace, "repr eq ne");
w_SimpleNamespace.setOwn("__hash__", w_None);

newKw(w_SimpleNamespace, (args, _names) => new W_Namespace(args[0] as W_Type));
methodKw(w_SimpleNamespace, "__init__", (args, names) => {
  const given: int = args.length - names.length;
  if (given > 1) throw typeError("no positional arguments expected");
  for (let k: int = 0; k < names.length; k++) (args[0] as W_Namespace).set(names[k], args[given + k]);
  return w_None;
});
method0(w_SimpleNamespace, "__reduce__", (w_self) =>
  newtuple([w_self.getclass(), newtuple([]), (w_self as W_Namespace).attributes()]),
);
