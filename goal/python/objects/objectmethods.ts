// The methods of `object`.
import type { int } from "rtypescript/rlib";
import {
  functionKw,
  getset,
  method0,
  method1,
  method2,
  methodKw,
  methodN,
  newKw,
  W_Builtin,
  W_ClassMethod,
  W_GetSet,
} from "./builtin.ts";
import { W_Dict } from "./dict.ts";
import { newbool, newint } from "./int.ts";
import { newlist } from "./list.ts";
import { CMP_EQ, typeError, valueError, type W_Root } from "./root.ts";
import { w_None, w_NotImplemented } from "./singletons.ts";
import { sortItems } from "./sort.ts";
import {
  callMethod0,
  compareTruth,
  findattr,
  findattrQuiet,
  nativeDelattr,
  nativeGetattr,
  nativeSetattr,
  repr,
  str,
  truth,
  unpack,
} from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import { instanceHook, W_AttrDict, W_Instance, W_Type, w_object } from "./type.ts";

/** The text of an attribute name. */
export function nameArgument(w_name: W_Root, what: string = "attribute name"): string {
  const w_text = w_name.asStr();
  if (w_text instanceof W_Str) return w_text.text;
  throw typeError(`${what} must be string, not '${w_name.typename()}'`);
}

/** "Can't instantiate …" for a class with abstract methods. */
export function requireConcrete(w_class: W_Type): void {
  const w_abstract = w_class.w_abstract;
  if (w_abstract === null || !truth(w_abstract)) return;
  const names = unpack(w_abstract);
  sortItems(names, names);
  const texts: string[] = [];
  for (const w of names) texts.push(str(w));
  throw typeError(
    `Can't instantiate abstract class ${w_class.name} with abstract method${texts.length === 1 ? "" : "s"} ${texts.join(", ")}`,
  );
}

newKw(w_object, (args, _names) => {
  const w_class = args[0];
  if (!(w_class instanceof W_Type)) {
    throw typeError(`object.__new__(X): X is not a type object (${w_class.typename()})`);
  }
  if (args.length > 1) {
    if (w_class.hasNew()) {
      throw typeError("object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if (!w_class.hasInit()) throw typeError(`${w_class.name}() takes no arguments`);
  }
  requireConcrete(w_class);
  if (w_class.w_layout !== w_object) {
    throw typeError(`object.__new__(${w_class.name}) is not safe, use ${w_class.w_layout.name}.__new__()`);
  }
  const w_made = new W_Instance(w_class.shape());
  if (w_class.hasDel()) instanceHook.made(w_made);
  return w_made;
});
methodKw(w_object, "__init__", (args, _names) => {
  if (args.length > 1) {
    const w_class = args[0].getclass();
    if (w_class.hasInit()) throw typeError("object.__init__() takes exactly one argument (the instance to initialize)");
    if (!w_class.hasNew()) {
      throw typeError(`${w_class.name}.__init__() takes exactly one argument (the instance to initialize)`);
    }
  }
  return w_None;
});
/** `object.__repr__` of a user class's instance, whatever native part it has. */
method0(w_object, "__repr__", (w_self) => newstr(w_self.repr()));
method0(w_object, "__str__", (w_self) => newstr(repr(w_self)));
method0(w_object, "__hash__", (w_self) => newint(w_self.hash()));
method1(w_object, "__eq__", (w_self, w_other) => (w_self === w_other ? newbool(true) : w_NotImplemented));
method1(w_object, "__ne__", (w_self, w_other) => {
  const w_method = w_self.getclass().lookup("__eq__");
  if (w_method === null || w_method instanceof W_Builtin) {
    return w_self === w_other ? newbool(false) : w_NotImplemented;
  }
  return newbool(!compareTruth(CMP_EQ, w_self, w_other));
});
method1(w_object, "__lt__", (_w_self, _w_other) => w_NotImplemented);
method1(w_object, "__le__", (_w_self, _w_other) => w_NotImplemented);
method1(w_object, "__gt__", (_w_self, _w_other) => w_NotImplemented);
method1(w_object, "__ge__", (_w_self, _w_other) => w_NotImplemented);
method1(w_object, "__getattribute__", (w_self, w_name) => {
  const name = nameArgument(w_name);
  const w_value = nativeGetattr(w_self, name);
  if (w_value === null) throw w_self.noAttribute(name);
  return w_value;
});
method2(w_object, "__setattr__", (w_self, w_name, w_value) => {
  nativeSetattr(w_self, nameArgument(w_name), w_value);
  return w_None;
});
method1(w_object, "__delattr__", (w_self, w_name) => {
  nativeDelattr(w_self, nameArgument(w_name));
  return w_None;
});
method1(w_object, "__format__", (w_self, w_spec) => {
  const spec = nameArgument(w_spec, "format_spec");
  if (spec.length > 0) throw typeError(`unsupported format string passed to ${w_self.typename()}.__format__`);
  return newstr(str(w_self));
});
method0(w_object, "__sizeof__", (_w_self) => newint(16));
method0(w_object, "__dir__", (w_self) => newlist(attributeNames(w_self)));

/** Names of the attributes of an object and its class, sorted. */
export function attributeNames(w_obj: W_Root): W_Root[] {
  const w_names = new W_Dict();
  const w_dict = findattrQuiet(w_obj, "__dict__");
  if (w_dict instanceof W_Dict) for (const w of w_dict.keyList()) w_names.storeKey(w, w_None);
  addClassNames(w_names, w_obj.getclass());
  const names = w_names.keyList();
  sortItems(names, names);
  return names;
}
export function addClassNames(w_names: W_Dict, w_class: W_Type): void {
  for (const w_base of w_class.mro) for (const name of w_base.dict.keys()) w_names.setStr(name, w_None);
}

getset(
  w_object,
  "__class__",
  (w_self) => w_self.getclass(),
  (w_self, w_class) => {
    if (!(w_class instanceof W_Type)) {
      throw typeError(`__class__ must be set to a class, not '${w_class.typename()}' object`);
    }
    if (!(w_self instanceof W_Instance) || !w_class.heap || w_class.w_layout !== w_object) {
      throw typeError("__class__ assignment only supported for heap types or ModuleType subclasses");
    }
    w_self.changeClass(w_class);
    return w_None;
  },
);
getset(
  w_object,
  "__dict__",
  (w_self) => {
    const part = w_self.getclass().hasDict ? w_self.ensureUserPart() : null;
    if (part === null) throw w_self.noAttribute("__dict__");
    return part.goDictMode();
  },
  (w_self, w_value) => {
    const part = w_self.getclass().hasDict ? w_self.ensureUserPart() : null;
    if (part === null) throw w_self.noAttribute("__dict__");
    if (!(w_value instanceof W_AttrDict)) {
      throw typeError(`__dict__ must be set to a dictionary, not a '${w_value.typename()}'`);
    }
    part.adoptDict(w_value);
    return w_None;
  },
  (w_self) => {
    const part = w_self.getclass().hasDict ? w_self.ensureUserPart() : null;
    if (part === null) throw w_self.noAttribute("__dict__");
    part.adoptDict(new W_Dict());
    return w_None;
  },
);
/** `__doc__` of instances: that of the class, unless the instance has its own. */
class W_DocAttribute extends W_GetSet {
  override isDataDescriptor(): boolean {
    return false;
  }
}
w_object.setOwn(
  "__doc__",
  new W_DocAttribute(
    "__doc__",
    w_object,
    (w_self) => {
      const w_doc = w_self.getclass().lookup("__doc__");
      return w_doc === null || w_doc instanceof W_GetSet ? w_None : w_doc;
    },
    null,
    null,
  ),
);

w_object.setOwn(
  "__init_subclass__",
  new W_ClassMethod(
    functionKw("__init_subclass__", (args, names) => {
      if (names.length > 0 || args.length > 1) {
        const w_class = args[0] as W_Type;
        throw typeError(`${w_class.name}.__init_subclass__() takes no keyword arguments`);
      }
      return w_None;
    }),
  ),
);
w_object.setOwn(
  "__subclasshook__",
  new W_ClassMethod(functionKw("__subclasshook__", (_args, _names) => w_NotImplemented)),
);

// --- copying and pickling ------------------------------------------------------------------------------------------------------

/** State of an object for copying: its attributes, or None. */
function stateOf(w_self: W_Root): W_Root {
  const w_getstate = w_self.getclass().lookup("__getstate__");
  if (w_getstate !== null && !(w_getstate instanceof W_Builtin)) return callMethod0(w_self, "__getstate__");
  const part = w_self.userPart();
  if (part === null) return w_None;
  const w_dict = new W_Dict();
  const w_slots = new W_Dict();
  if (part.shape.dictMode) w_dict.updateFrom(part.goDictMode() as W_Dict);
  else {
    const names = part.shape.names();
    for (let i: int = 0; i < names.length; i++) {
      const w_value = part.storage[i];
      if (w_value === null) continue;
      if (names[i].startsWith(".")) w_slots.setStr(names[i].slice(1), w_value);
      else w_dict.setStr(names[i], w_value);
    }
  }
  const w_state: W_Root = w_dict.size() === 0 ? w_None : w_dict;
  return w_slots.size() === 0 ? w_state : new W_Tuple([w_state, w_slots]);
}
method0(w_object, "__getstate__", stateOf);

methodN(w_object, "__reduce_ex__", "protocol, /", (args) => {
  const w_self = args[0];
  const w_reduce = w_self.getclass().lookup("__reduce__");
  if (w_reduce !== null && !(w_reduce instanceof W_Builtin && w_reduce.w_owner === w_object)) {
    return callMethod0(w_self, "__reduce__");
  }
  return reduceNew(w_self);
});
method0(w_object, "__reduce__", reduceNew);

/** `(copyreg.__newobj__, (cls, *args), state, items, pairs)` as `copy` wants it. */
function reduceNew(w_self: W_Root): W_Root {
  const w_class = w_self.getclass();
  if (!w_class.heap && w_class.lookup("__new__") === null) {
    throw typeError(`cannot pickle '${w_class.name}' object`);
  }
  const newArgs: W_Root[] = [w_class];
  const w_getnewEx = findattr(w_self, "__getnewargs_ex__");
  const w_getnew = w_getnewEx === null ? findattr(w_self, "__getnewargs__") : null;
  let w_maker: W_Root = newObject;
  if (w_getnewEx !== null) {
    const pair = unpack(w_getnewEx.call0());
    if (pair.length !== 2) throw valueError(`__getnewargs_ex__ should return a tuple of length 2, not ${pair.length}`);
    w_maker = newObjectEx;
    newArgs.push(pair[0]);
    newArgs.push(pair[1]);
  }
  if (w_getnew !== null) for (const w of unpack(w_getnew.call0())) newArgs.push(w);
  let w_items: W_Root = w_None;
  let w_pairs: W_Root = w_None;
  if (w_self.getclass().w_layout.name === "list") w_items = w_self.iter();
  if (w_self instanceof W_Dict) w_pairs = callMethod0(callMethod0(w_self, "items"), "__iter__");
  return new W_Tuple([w_maker, newtuple(newArgs), stateOf(w_self), w_items, w_pairs]);
}
const newObject = functionKw("__newobj__", (args, _names) => {
  const w_class = args[0] as W_Type;
  return (w_class.lookup("__new__") as W_Root).descrGet(null, w_class).callArgs(args, []);
});
newObject.module = "copyreg";
const newObjectEx = functionKw("__newobj_ex__", (args, _names) => {
  const w_class = args[0] as W_Type;
  const all: W_Root[] = [w_class];
  for (const w of unpack(args[1])) all.push(w);
  const names: string[] = [];
  const w_keywords = args[2] as W_Dict;
  for (let e = w_keywords.nextEntry(0); e >= 0; e = w_keywords.nextEntry(e + 1)) {
    names.push(w_keywords.keyAt(e).str());
    all.push(w_keywords.valueAt(e));
  }
  return (w_class.lookup("__new__") as W_Root).descrGet(null, w_class).callArgs(all, names);
});
newObjectEx.module = "copyreg";
