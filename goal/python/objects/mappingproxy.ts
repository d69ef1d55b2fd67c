// mappingproxy: a read-only view of a dict; what `cls.__dict__` gives.
import type { int } from "rtypescript/rlib";
import { method0, methodN, newN } from "./builtin.ts";
import { W_Dict } from "./dict.ts";
import { typeError, W_Root } from "./root.ts";
import { COMPARISONS, slots } from "./slots.ts";
import { callMethod0, contains, findattr, getattr, getitem, iter, len, repr } from "./space.ts";
import { builtinType, type W_Type } from "./type.ts";

export const w_mappingproxy = builtinType("mappingproxy");
w_mappingproxy.patternKind = 2;

export class W_MappingProxy extends W_Root {
  readonly w_mapping: W_Root;
  constructor(w_mapping: W_Root) {
    super();
    this.w_mapping = w_mapping;
  }
  override getclass(): W_Type {
    return w_mappingproxy;
  }
  override repr(): string {
    return `mappingproxy(${repr(this.w_mapping)})`;
  }
  override len(): int {
    return len(this.w_mapping);
  }
  override getitem(w_key: W_Root): W_Root {
    return getitem(this.w_mapping, w_key);
  }
  override contains(w_item: W_Root): boolean | null {
    return contains(this.w_mapping, w_item);
  }
  override iter(): W_Root {
    return iter(this.w_mapping);
  }
  override compare(op: int, w_other: W_Root): int {
    return this.w_mapping.compare(op, w_other instanceof W_MappingProxy ? w_other.w_mapping : w_other);
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    return this.w_mapping.binop(op, w_other instanceof W_MappingProxy ? w_other.w_mapping : w_other);
  }
}

export function makeProxy(w_dict: W_Dict): W_Root {
  return new W_MappingProxy(w_dict);
}

slots(w_mappingproxy, `repr len getitem contains iter ${COMPARISONS} or`);
newN(w_mappingproxy, "mapping", (args) => {
  if (!(args[1] instanceof W_Dict) && findattr(args[1], "keys") === null) {
    throw typeError(`mappingproxy() argument must be a mapping, not ${args[1].typename()}`);
  }
  return new W_MappingProxy(args[1]);
});
method0(w_mappingproxy, "keys", (w_self) => callMethod0((w_self as W_MappingProxy).w_mapping, "keys"));
method0(w_mappingproxy, "values", (w_self) => callMethod0((w_self as W_MappingProxy).w_mapping, "values"));
method0(w_mappingproxy, "items", (w_self) => callMethod0((w_self as W_MappingProxy).w_mapping, "items"));
method0(w_mappingproxy, "copy", (w_self) => callMethod0((w_self as W_MappingProxy).w_mapping, "copy"));
methodN(w_mappingproxy, "get", "key, default=None, /", (args) =>
  getattr((args[0] as W_MappingProxy).w_mapping, "get").call2(args[1], args[2]),
);
