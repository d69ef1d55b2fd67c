// Making classes, and the methods of `type`.
import type { int } from "rtypescript/rlib";
import {
  getset,
  method0,
  methodKw,
  newKw,
  W_Builtin,
  W_ClassMethod,
  W_GetSet,
  W_Member,
  W_StaticMethod,
} from "./builtin.ts";
import { W_Dict } from "./dict.ts";
import { newint } from "./int.ts";
import { newlist } from "./list.ts";
import { makeProxy } from "./mappingproxy.ts";
import { addClassNames } from "./objectmethods.ts";
import {
  attributeError,
  KIND_RuntimeError,
  OperationError,
  operationError,
  typeError,
  valueError,
  type W_Root,
} from "./root.ts";
import { w_None } from "./singletons.ts";
import { slots } from "./slots.ts";
import { sortItems } from "./sort.ts";
import { callBound0, callBound2, truth, unpack } from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import { W_Type, w_object, w_type } from "./type.ts";

/** A cell that a class body leaves for its class: `__class__`. */
export abstract class ClassCell {
  abstract fill(w_cell: W_Root, w_class: W_Root): void;
}
class ClassCellHook {
  filler: ClassCell | null;
  constructor() {
    this.filler = null;
  }
}
export const classCellHook = new ClassCellHook();

/** The most derived of the metaclasses of bases and a wanted one. */
export function commonMetaclass(w_meta: W_Type, bases: W_Root[]): W_Type {
  let w_winner = w_meta;
  for (const w_base of bases) {
    const w_other = w_base.getclass();
    if (w_winner.isSubtype(w_other)) continue;
    if (!w_other.isSubtype(w_winner)) {
      throw typeError(
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
      );
    }
    w_winner = w_other;
  }
  return w_winner;
}

newKw(w_type, (args, names) => {
  const w_meta = args[0] as W_Type;
  const given = args.length - names.length - 1;
  if (given === 1 && names.length === 0 && w_meta === w_type) return args[1].getclass();
  if (given !== 3) throw typeError("type() takes 1 or 3 arguments");
  const w_name = args[1].asStr();
  const w_bases = args[2];
  const w_ns = args[3];
  if (!(w_name instanceof W_Str)) throw typeError(`type.__new__() argument 1 must be str, not ${args[1].typename()}`);
  if (!(w_bases instanceof W_Tuple)) {
    throw typeError(`type.__new__() argument 2 must be tuple, not ${w_bases.typename()}`);
  }
  if (!(w_ns instanceof W_Dict)) throw typeError(`type.__new__() argument 3 must be dict, not ${w_ns.typename()}`);
  const w_winner = commonMetaclass(w_meta, w_bases.items);
  if (w_winner !== w_meta) {
    const w_new = w_winner.lookup("__new__");
    if (w_new !== null && w_new !== w_type.lookup("__new__")) {
      return w_new.descrGet(null, w_winner).callArgs([w_winner, ...args.slice(1)], names);
    }
  }
  const w_class = makeClass(w_winner, w_name.text, w_bases.items, w_ns);
  finishClass(w_class, args.slice(4), names);
  return w_class;
});
methodKw(w_type, "__init__", (_args, _names) => w_None);
methodKw(w_type, "__call__", (args, names) => (args[0] as W_Type).instantiate(args.slice(1), names));
slots(w_type, "repr");
w_type.setOwn("__prepare__", new W_ClassMethod(prepareFunction()));

function prepareFunction(): W_Builtin {
  const w = new W_Builtin("__prepare__", 0, null);
  w.fKw = (_args, _names) => new W_Dict();
  return w;
}

function baseClasses(bases: W_Root[]): W_Type[] {
  const classes: W_Type[] = [];
  for (const w of bases) {
    if (!(w instanceof W_Type)) throw typeError("bases must be types");
    if (!w.acceptsSubclasses) throw typeError(`type '${w.fullName()}' is not an acceptable base type`);
    for (const w_known of classes) if (w_known === w) throw typeError(`duplicate base class ${w.name}`);
    classes.push(w);
  }
  if (classes.length === 0) classes.push(w_object);
  return classes;
}

/** The class object with the attributes of a namespace. */
function makeClass(w_meta: W_Type, name: string, bases: W_Root[], w_ns: W_Dict): W_Type {
  const w_class = new W_Type(name, "", baseClasses(bases), true);
  if (w_meta !== w_type) w_class.w_metaclass = w_meta;
  let w_slots: W_Root | null = null;
  let w_cell: W_Root | null = null;
  for (let e = w_ns.nextEntry(0); e >= 0; e = w_ns.nextEntry(e + 1)) {
    const w_key = w_ns.keyAt(e).asStr();
    if (!(w_key instanceof W_Str)) continue;
    const key = w_key.text;
    let w_value = w_ns.valueAt(e);
    if (key === "__qualname__") {
      if (!(w_value instanceof W_Str)) throw typeError(`type __qualname__ must be a str, not ${w_value.typename()}`);
      w_class.qualname = w_value.text;
      continue;
    }
    if (key === "__classcell__") {
      w_cell = w_value;
      continue;
    }
    if (key === "__slots__") w_slots = w_value;
    else if (w_value.isMethodDescriptor() && !(w_value instanceof W_Builtin)) {
      if (key === "__new__") w_value = new W_StaticMethod(w_value);
      else if (key === "__init_subclass__" || key === "__class_getitem__") w_value = new W_ClassMethod(w_value);
    }
    w_class.dict.set(key, w_value);
  }
  if (w_class.dict.has("__eq__") && !w_class.dict.has("__hash__")) w_class.dict.set("__hash__", w_None);
  if (w_slots === null) w_class.hasDict = true;
  else addSlots(w_class, w_slots);
  if (!w_class.dict.has("__doc__")) w_class.dict.set("__doc__", w_None);
  addDictAttributes(w_class);
  if (!w_class.dict.has("__doc__")) w_class.dict.set("__doc__", w_None);
  w_class.mutated();
  if (w_cell !== null && classCellHook.filler !== null) classCellHook.filler.fill(w_cell, w_class);
  const w_order = w_meta.lookup("mro");
  if (w_order !== null && w_order !== w_type.lookup("mro")) w_class.setOrder(orderFrom(w_order, w_class));
  return w_class;
}

/** `__dict__` and `__weakref__`, for the first class of a line that has them. */
function addDictAttributes(w_class: W_Type): void {
  if (!w_class.hasDict) return;
  for (const w_base of w_class.bases) if (w_base.hasDict) return;
  const w_dict = w_object.dict.get("__dict__");
  if (w_dict instanceof W_GetSet && !w_class.dict.has("__dict__")) {
    w_class.dict.set("__dict__", new W_GetSet("__dict__", w_class, w_dict.getter, w_dict.setter, w_dict.deleter));
  }
  if (!w_class.dict.has("__weakref__")) {
    w_class.dict.set("__weakref__", new W_GetSet("__weakref__", w_class, (_w_self) => w_None, null, null));
  }
}

/** The order that a metaclass's own `mro()` gives. */
function orderFrom(w_order: W_Root, w_class: W_Type): W_Type[] {
  const order: W_Type[] = [];
  for (const w of unpack(callBound0(w_order, w_class))) {
    if (!(w instanceof W_Type)) throw typeError(`mro() returned a non-class ('${w.typename()}')`);
    if (!w_class.w_layout.isSubtype(w.w_layout))
      throw typeError(`mro() returned base with unsuitable layout ('${w.name}')`);
    order.push(w);
  }
  return order;
}

function addSlots(w_class: W_Type, w_slots: W_Root): void {
  const names = w_slots.asStr() !== null ? [w_slots] : unpack(w_slots);
  for (const w_name of names) {
    const w_text = w_name.asStr();
    if (!(w_text instanceof W_Str)) throw typeError(`__slots__ items must be strings, not '${w_name.typename()}'`);
    let name = w_text.text;
    if (name === "__dict__") {
      w_class.hasDict = true;
      continue;
    }
    if (name === "__weakref__") continue;
    if (!isIdentifier(name)) throw typeError("__slots__ must be identifiers");
    if (w_class.w_layout !== w_object && SIZED.includes(w_class.w_layout.name)) {
      throw typeError(`nonempty __slots__ not supported for subtype of '${w_class.bases[0].name}'`);
    }
    if (name.startsWith("__") && !name.endsWith("__")) name = `_${withoutUnderscores(w_class.name)}${name}`;
    if (w_class.dict.get(name) instanceof W_Member) continue;
    if (w_class.dict.has(name)) throw valueError(`'${name}' in __slots__ conflicts with class variable`);
    w_class.dict.set(name, new W_Member(name, w_class));
  }
}
function isIdentifier(name: string): boolean {
  if (name.length === 0 || (name.charCodeAt(0) >= 48 && name.charCodeAt(0) <= 57)) return false;
  for (let i: int = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    const letter = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c > 127;
    if (!letter) return false;
  }
  return true;
}
const SIZED = ["int", "tuple", "bytes"];
function withoutUnderscores(name: string): string {
  let i: int = 0;
  while (i < name.length && name.charCodeAt(i) === 95) i++;
  return name.slice(i);
}

/** `__set_name__` of the attributes, then `__init_subclass__` of the bases. */
function finishClass(w_class: W_Type, values: W_Root[], names: string[]): void {
  const keys: string[] = [];
  for (const key of w_class.dict.keys()) keys.push(key);
  for (const key of keys) {
    const w_value = w_class.dict.get(key);
    if (w_value === undefined) continue;
    const w_method = w_value.getclass().lookup("__set_name__");
    if (w_method !== null) callSetName(w_method, w_value, w_class, key);
  }
  const w_init = w_class.lookupAfter(w_class, "__init_subclass__");
  if (w_init === null) return;
  w_init.descrGet(null, w_class).callArgs(values, names);
}
function callSetName(w_method: W_Root, w_value: W_Root, w_class: W_Type, key: string): void {
  try {
    callBound2(w_method, w_value, w_class, newstr(key));
  } catch (e) {
    if (!(e instanceof OperationError)) throw e;
    const error = operationError(
      KIND_RuntimeError,
      `Error calling __set_name__ on '${w_value.typename()}' instance '${key}' in '${w_class.name}'`,
    );
    error.causeError = e;
    throw error;
  }
}

// --- attributes of classes -----------------------------------------------------------------------------------------------------

function typeOf(w_self: W_Root): W_Type {
  return w_self as W_Type;
}
function requireHeap(w_class: W_Type, name: string): void {
  if (!w_class.heap) throw typeError(`cannot set '${name}' attribute of immutable type '${w_class.name}'`);
}
getset(
  w_type,
  "__name__",
  (w_self) => newstr(typeOf(w_self).name),
  (w_self, w_value) => {
    requireHeap(typeOf(w_self), "__name__");
    const w_text = w_value.asStr();
    if (!(w_text instanceof W_Str)) {
      throw typeError(`can only assign string to ${typeOf(w_self).name}.__name__, not '${w_value.typename()}'`);
    }
    typeOf(w_self).name = w_text.text;
    return w_None;
  },
);
getset(
  w_type,
  "__qualname__",
  (w_self) => newstr(typeOf(w_self).qualname),
  (w_self, w_value) => {
    requireHeap(typeOf(w_self), "__qualname__");
    if (w_value instanceof W_Str) typeOf(w_self).qualname = w_value.text;
    return w_None;
  },
);
getset(
  w_type,
  "__module__",
  (w_self) => {
    const w_own = typeOf(w_self).dict.get("__module__");
    return w_own !== undefined ? w_own : newstr(typeOf(w_self).module);
  },
  (w_self, w_value) => {
    requireHeap(typeOf(w_self), "__module__");
    typeOf(w_self).setOwn("__module__", w_value);
    return w_None;
  },
);
getset(w_type, "__mro__", (w_self) => typeTuple(typeOf(w_self).mro));
getset(
  w_type,
  "__bases__",
  (w_self) => typeTuple(typeOf(w_self).bases),
  (w_self, w_value) => {
    const w_class = typeOf(w_self);
    requireHeap(w_class, "__bases__");
    if (!(w_value instanceof W_Tuple)) {
      throw typeError(`can only assign tuple to ${w_class.name}.__bases__, not ${w_value.typename()}`);
    }
    if (w_value.items.length === 0) {
      throw typeError(`can only assign non-empty tuple to ${w_class.name}.__bases__, not ()`);
    }
    w_class.setBases(baseClasses(w_value.items));
    return w_None;
  },
);
getset(w_type, "__base__", (w_self) => {
  const bases = typeOf(w_self).bases;
  return bases.length === 0 ? w_None : bases[0];
});
getset(w_type, "__dict__", (w_self) => makeProxy(classDict(typeOf(w_self))));
getset(
  w_type,
  "__doc__",
  (w_self) => {
    const w_doc = typeOf(w_self).dict.get("__doc__");
    if (w_doc === undefined || w_doc instanceof W_GetSet) return w_None;
    return w_doc.descrGet(null, w_self);
  },
  (w_self, w_value) => {
    requireHeap(typeOf(w_self), "__doc__");
    typeOf(w_self).setOwn("__doc__", w_value);
    return w_None;
  },
);
getset(
  w_type,
  "__abstractmethods__",
  (w_self) => {
    const w_abstract = typeOf(w_self).dict.get("__abstractmethods__");
    if (w_abstract === undefined) throw attributeError("__abstractmethods__");
    return w_abstract;
  },
  (w_self, w_value) => {
    typeOf(w_self).w_abstract = truth(w_value) ? w_value : null;
    typeOf(w_self).dict.set("__abstractmethods__", w_value);
    typeOf(w_self).mutated();
    return w_None;
  },
);
getset(
  w_type,
  "__annotations__",
  (w_self) => {
    const w_class = typeOf(w_self);
    const w_known = w_class.dict.get("__annotations__");
    if (w_known !== undefined) return w_known;
    if (!w_class.heap) throw w_class.noAttribute("__annotations__");
    const w_made = new W_Dict();
    w_class.setOwn("__annotations__", w_made);
    return w_made;
  },
  (w_self, w_value) => {
    typeOf(w_self).setOwn("__annotations__", w_value);
    return w_None;
  },
);
getset(w_type, "__flags__", (w_self) =>
  newint((typeOf(w_self).heap ? 512 : 256) + (typeOf(w_self).w_abstract === null ? 0 : 1048576)),
);
getset(w_type, "__basicsize__", (_w_self) => newint(16));
getset(w_type, "__itemsize__", (_w_self) => newint(0));
getset(w_type, "__dictoffset__", (w_self) => newint(typeOf(w_self).hasDict ? 16 : 0));
method0(w_type, "mro", (w_self) => newlist(typeList(typeOf(w_self).mro)));
method0(w_type, "__subclasses__", (w_self) => newlist(typeList(typeOf(w_self).subclasses)));
method0(w_type, "__dir__", (w_self) => {
  const w_names = new W_Dict();
  addClassNames(w_names, typeOf(w_self));
  const names = w_names.keyList();
  sortItems(names, names);
  return newlist(names);
});

function typeList(types: W_Type[]): W_Root[] {
  const items: W_Root[] = [];
  for (const w of types) items.push(w);
  return items;
}
function typeTuple(types: W_Type[]): W_Root {
  return newtuple(typeList(types));
}
/** A dict with a class's own attributes. */
export function classDict(w_class: W_Type): W_Dict {
  const w_dict = new W_Dict();
  for (const [name, w_value] of w_class.dict) w_dict.setStr(name, w_value);
  return w_dict;
}
