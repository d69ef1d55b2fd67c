// Tuples with named fields, as `sys.version_info` and `time.struct_time` are.
import type { int } from "rtypescript/rlib";
import { method0, newN } from "../objects/builtin.ts";
import { newint } from "../objects/int.ts";
import { typeError, W_Root } from "../objects/root.ts";
import { slots } from "../objects/slots.ts";
import { repr, unpack } from "../objects/space.ts";
import { W_Tuple, w_tuple } from "../objects/tuple.ts";
import { W_Type } from "../objects/type.ts";

class W_StructSequence extends W_Tuple {
  readonly w_class: StructClass;
  constructor(w_class: StructClass, items: W_Root[]) {
    super(items);
    this.w_class = w_class;
  }
  override getclass(): W_Type {
    return this.w_class;
  }
  override repr(): string {
    const parts: string[] = [];
    const fields = this.w_class.fields;
    for (let i: int = 0; i < fields.length && i < this.items.length; i++) {
      parts.push(`${fields[i]}=${repr(this.items[i])}`);
    }
    return `${this.w_class.shownName}(${parts.join(", ")})`;
  }
}

class W_Field extends W_Root {
  readonly name: string;
  readonly index: int;
  constructor(name: string, index: int) {
    super();
    this.name = name;
    this.index = index;
  }
  override getclass(): W_Type {
    return w_tuple;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj instanceof W_StructSequence ? w_obj.items[this.index] : this;
  }
}

export class StructClass extends W_Type {
  readonly fields: string[];
  readonly shownName: string;
  constructor(name: string, module: string, fields: string[]) {
    super(name.slice(name.lastIndexOf(".") + 1), module, [w_tuple], false);
    this.fields = fields;
    this.shownName = name;
  }
  make(items: W_Root[]): W_Root {
    return new W_StructSequence(this, items);
  }
}

/** A class of such tuples; import time. */
export function structSequence(name: string, module: string, fields: string[]): StructClass {
  const w_class = new StructClass(name, module, fields);
  w_class.acceptsSubclasses = false;
  for (let i = 0; i < fields.length; i++) w_class.setOwn(fields[i], new W_Field(fields[i], i));
  slots(w_class, "repr");
  newN(w_class, "sequence, dict=?, /", (args) => {
    const items = unpack(args[1]);
    if (items.length !== fields.length) {
      throw typeError(`${name}() takes a ${fields.length}-sequence (${items.length}-sequence given)`);
    }
    return w_class.make(items);
  });
  method0(w_class, "__reduce__", (w_self) => {
    const w_items = new W_Tuple((w_self as W_StructSequence).items);
    return new W_Tuple([w_class, new W_Tuple([w_items])]);
  });
  w_class.setOwn("n_fields", newint(fields.length));
  w_class.setOwn("n_sequence_fields", newint(fields.length));
  return w_class;
}
