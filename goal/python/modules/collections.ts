// The _collections module: deque, OrderedDict, defaultdict, and what namedtuple and Counter use.
import { type int, intAddOvf } from "rtypescript/rlib";
import { functionN, method0, method1, methodKw, newKw, newN } from "../objects/builtin.ts";
import { W_Dict, w_dict } from "../objects/dict.ts";
import { updateDict } from "../objects/dictmethods.ts";
import { newint, W_Int } from "../objects/int.ts";
import { keyError, OP_ADD, OP_OR, typeError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { slots } from "../objects/slots.ts";
import { binaryOp, callMethod0, getitem, iter, next, repr, reprGuard, setitem, userMethod } from "../objects/space.ts";
import { newstr } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, missingAttribute, W_Instance, type W_Type } from "../objects/type.ts";
import { w_deque } from "./deque.ts";
import { w_OrderedDict } from "./ordereddict.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_collections = builtinModule("_collections");
constant(w_collections, "deque", w_deque);
constant(w_collections, "OrderedDict", w_OrderedDict);

// --- defaultdict -----------------------------------------------------------------------------------------------------------

const w_defaultdict = builtinType("defaultdict", w_dict, "collections");
w_defaultdict.patternKind = 2;
constant(w_collections, "defaultdict", w_defaultdict);

class W_DefaultDict extends W_Dict {
  w_factory: W_Root;
  constructor() {
    super();
    this.w_factory = w_None;
  }
  override getclass(): W_Type {
    return this.user === null ? w_defaultdict : this.user.shape.w_class;
  }
  override missing(w_key: W_Root): W_Root {
    const w_method = userMethod(this, "__missing__");
    if (w_method !== null && w_method !== w_missingMethod) return w_method.call2(this, w_key);
    return this.makeValue(w_key);
  }
  makeValue(w_key: W_Root): W_Root {
    if (this.w_factory === w_None) throw keyError(w_key);
    const w_value = this.w_factory.call0();
    if (this.user === null) this.storeKey(w_key, w_value);
    else setitem(this, w_key, w_value);
    return w_value;
  }
  override copyDict(): W_Dict {
    const w_made = new W_DefaultDict();
    w_made.w_factory = this.w_factory;
    if (this.user !== null) w_made.user = new W_Instance(this.getclass().shape());
    w_made.updateFrom(this);
    return w_made;
  }
  override repr(): string {
    let factory = "...";
    if (reprGuard.enter(this.w_factory)) {
      try {
        factory = repr(this.w_factory);
      } finally {
        reprGuard.leave();
      }
    }
    return `${this.getclass().name}(${factory}, ${super.repr()})`;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (op !== OP_OR || !(w_other instanceof W_Dict)) return null;
    const w_made = this.copyDict();
    w_made.updateFrom(w_other);
    return w_made;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    if (op !== OP_OR || !(w_left instanceof W_Dict)) return null;
    const w_made = new W_DefaultDict();
    w_made.w_factory = this.w_factory;
    w_made.updateFrom(w_left);
    w_made.updateFrom(this);
    return w_made;
  }
}
slots(w_defaultdict, "repr or ror");

function defaulting(w_self: W_Root): W_DefaultDict {
  return w_self as W_DefaultDict;
}
newKw(w_defaultdict, (args, _names) => {
  const w_class = args[0] as W_Type;
  const w_made = new W_DefaultDict();
  if (w_class !== w_defaultdict) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodKw(w_defaultdict, "__init__", (args, names) => {
  const w_self = defaulting(args[0]);
  const given: int = args.length - names.length - 1;
  if (given === 0) return updateDict("defaultdict", args, names);
  const w_factory = args[1];
  if (w_factory !== w_None && !w_factory.isCallable()) throw typeError("first argument must be callable or None");
  w_self.w_factory = w_factory;
  return updateDict("defaultdict", [w_self, ...args.slice(2)], names);
});
method1(w_defaultdict, "__missing__", (w_self, w_key) => defaulting(w_self).makeValue(w_key));
const w_missingMethod: W_Root = w_defaultdict.lookup("__missing__") as W_Root;
method0(w_defaultdict, "copy", (w_self) => defaulting(w_self).copyDict());
method0(w_defaultdict, "__copy__", (w_self) => defaulting(w_self).copyDict());
method0(w_defaultdict, "__reduce__", (w_self) => {
  const w_of = defaulting(w_self);
  const w_args = w_of.w_factory === w_None ? newtuple([]) : newtuple([w_of.w_factory]);
  return newtuple([w_of.getclass(), w_args, w_None, w_None, callMethod0(w_of, "items").iter()]);
});

class W_FactorySlot extends W_Root {
  override getclass(): W_Type {
    return w_dict;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj === null ? this : defaulting(w_obj).w_factory;
  }
  override descrSet(w_obj: W_Root, w_value: W_Root): void {
    defaulting(w_obj).w_factory = w_value;
  }
}
w_defaultdict.setOwn("default_factory", new W_FactorySlot());

// --- _tuplegetter ------------------------------------------------------------------------------------------------------------

const w_tuplegetter = builtinType("_tuplegetter", null, "_collections");
constant(w_collections, "_tuplegetter", w_tuplegetter);

/** A field of a namedtuple. */
class W_TupleGetter extends W_Root {
  readonly index: int;
  w_doc: W_Root;
  constructor(index: int, w_doc: W_Root) {
    super();
    this.index = index;
    this.w_doc = w_doc;
  }
  override getclass(): W_Type {
    return w_tuplegetter;
  }
  override repr(): string {
    return `_tuplegetter(${this.index}, ${repr(this.w_doc)})`;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    if (w_obj === null) return this;
    if (w_obj instanceof W_Tuple) return w_obj.items[this.index];
    throw typeError(
      `descriptor for index '${this.index}' for tuple subclasses doesn't apply to '${w_obj.typename()}' object`,
    );
  }
  override descrSet(w_obj: W_Root, _w_value: W_Root): void {
    throw missingAttribute(w_obj, "", "can't set attribute");
  }
}
newN(w_tuplegetter, "index, doc, /", (args) => new W_TupleGetter(intArgument(args[1]), args[2]));
slots(w_tuplegetter, "repr");

class W_DocSlot extends W_Root {
  override getclass(): W_Type {
    return w_tuplegetter;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj instanceof W_TupleGetter ? w_obj.w_doc : newstr("");
  }
  override descrSet(w_obj: W_Root, w_value: W_Root): void {
    if (w_obj instanceof W_TupleGetter) w_obj.w_doc = w_value;
  }
}
w_tuplegetter.setOwn("__doc__", new W_DocSlot());

// --- _count_elements -----------------------------------------------------------------------------------------------------------

function countOne(w_mapping: W_Dict, w_item: W_Root): void {
  const w_old = w_mapping.findKey(w_item);
  if (w_old === null) {
    w_mapping.storeKey(w_item, newint(1));
    return;
  }
  const sum = w_old instanceof W_Int ? intAddOvf(w_old.value, 1) : null;
  w_mapping.storeKey(w_item, sum === null ? binaryOp(OP_ADD, w_old, newint(1)) : newint(sum));
}
functions(w_collections, [
  functionN("_count_elements", "mapping, iterable, /", (args) => {
    const w_mapping = args[0];
    const w_it = iter(args[1]);
    const native =
      w_mapping instanceof W_Dict &&
      userMethod(w_mapping, "__setitem__") === null &&
      w_mapping.getclass().lookup("get") === w_dict.lookup("get");
    for (;;) {
      const w_item = next(w_it);
      if (w_item === null) return w_None;
      if (native) countOne(w_mapping as W_Dict, w_item);
      else {
        const w_old = (w_mapping.contains(w_item) ?? false) ? getitem(w_mapping, w_item) : newint(0);
        setitem(w_mapping, w_item, binaryOp(OP_ADD, w_old, newint(1)));
      }
    }
  }),
]);
