// collections.OrderedDict: a dict already keeps its order; what is added are moves and comparison by order.
import type { int } from "rtypescript/rlib";
import { method0, methodN, newKw } from "../objects/builtin.ts";
import { ITERATE_ITEMS, W_Dict, W_DictIterator, w_dict } from "../objects/dict.ts";
import { CMP_EQ, CMP_NE, keyError, NOT_IMPLEMENTED, OP_OR, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import { eq, repr, reprGuard, truth } from "../objects/space.ts";
import { newstr } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";

export const w_OrderedDict = builtinType("OrderedDict", w_dict, "collections");
w_OrderedDict.hasDict = true;
w_OrderedDict.patternKind = 2;

export class W_OrderedDict extends W_Dict {
  override getclass(): W_Type {
    return this.user === null ? w_OrderedDict : this.user.shape.w_class;
  }
  override ensureUserPart(): W_Instance | null {
    if (this.user === null) this.user = new W_Instance(w_OrderedDict.shape());
    return this.user;
  }
  /** An empty one of the same class. */
  emptyCopy(): W_OrderedDict {
    const w_made = new W_OrderedDict();
    if (this.user !== null) w_made.user = new W_Instance(this.getclass().shape());
    return w_made;
  }
  override copyDict(): W_Dict {
    const w_made = this.emptyCopy();
    w_made.updateFrom(this);
    return w_made;
  }
  override repr(): string {
    const name = this.getclass().name;
    if (this.size() === 0) return `${name}()`;
    if (!reprGuard.enter(this)) return "...";
    const parts: string[] = [];
    try {
      for (let e = this.nextEntry(0); e >= 0; e = this.nextEntry(e + 1)) {
        parts.push(`(${repr(this.keyAt(e))}, ${repr(this.valueAt(e))})`);
      }
    } finally {
      reprGuard.leave();
    }
    return `${name}([${parts.join(", ")}])`;
  }
  override compare(op: int, w_other: W_Root): int {
    if (op !== CMP_EQ && op !== CMP_NE) return NOT_IMPLEMENTED;
    if (!(w_other instanceof W_OrderedDict)) return super.compare(op, w_other);
    return this.#sameOrder(w_other) === (op === CMP_EQ) ? 1 : 0;
  }
  #sameOrder(w_other: W_OrderedDict): boolean {
    if (this.size() !== w_other.size()) return false;
    let k = w_other.nextEntry(0);
    for (let e = this.nextEntry(0); e >= 0; e = this.nextEntry(e + 1)) {
      if (!eq(this.keyAt(e), w_other.keyAt(k)) || !eq(this.valueAt(e), w_other.valueAt(k))) return false;
      k = w_other.nextEntry(k + 1);
    }
    return true;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op !== OP_OR || !(w_other instanceof W_Dict)) return null;
    const w_made = this.copyDict();
    w_made.updateFrom(w_other);
    return w_made;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    if (op !== OP_OR || !(w_left instanceof W_Dict)) return null;
    const w_made = this.emptyCopy();
    w_made.updateFrom(w_left);
    w_made.updateFrom(this);
    return w_made;
  }
  moveToEnd(w_key: W_Root): void {
    const w_value = this.removeKey(w_key);
    if (w_value === null) throw keyError(w_key);
    this.storeKey(w_key, w_value);
  }
  moveToStart(w_key: W_Root): void {
    const w_value = this.removeKey(w_key);
    if (w_value === null) throw keyError(w_key);
    const w_rest = new W_Dict();
    w_rest.updateFrom(this);
    this.clearAll();
    this.storeKey(w_key, w_value);
    this.updateFrom(w_rest);
  }
}
slots(w_OrderedDict, "repr eq ne or ror ior");
w_OrderedDict.setOwn("__hash__", w_None);

function ordered(w_self: W_Root): W_OrderedDict {
  return w_self as W_OrderedDict;
}

newKw(w_OrderedDict, (args, _names) => {
  const w_class = args[0] as W_Type;
  const w_made = new W_OrderedDict();
  if (w_class !== w_OrderedDict) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodN(w_OrderedDict, "move_to_end", "key, last=True", (args) => {
  const w_self = ordered(args[0]);
  if (truth(args[2])) w_self.moveToEnd(args[1]);
  else w_self.moveToStart(args[1]);
  return w_None;
});
methodN(w_OrderedDict, "popitem", "last=True", (args) => {
  const w_self = ordered(args[0]);
  if (w_self.size() === 0) throw keyError(newstr("dictionary is empty"));
  const e = truth(args[1]) ? w_self.previousEntry(-1) : w_self.nextEntry(0);
  const w_pair = new W_Tuple([w_self.keyAt(e), w_self.valueAt(e)]);
  w_self.removeKey(w_pair.items[0]);
  return w_pair;
});
method0(w_OrderedDict, "copy", (w_self) => ordered(w_self).copyDict());
method0(w_OrderedDict, "__reduce__", (w_self) => {
  const w_items = new W_DictIterator(ordered(w_self), ITERATE_ITEMS, false);
  return newtuple([w_self.getclass(), newtuple([]), w_None, w_None, w_items]);
});
