// Methods and attributes of functions' relatives: property, staticmethod, classmethod, built-in functions, slices, None.

import {
  getset,
  method0,
  method1,
  methodKw,
  methodN,
  newKw,
  newN,
  W_BoundBuiltin,
  type W_Builtin,
  W_ClassMethod,
  type W_GetSet,
  W_Member,
  W_Method,
  W_Property,
  W_StaticMethod,
  w_builtin_function,
  w_classmethod,
  w_getset_descriptor,
  w_member_descriptor,
  w_method,
  w_method_descriptor,
  w_method_wrapper,
  w_property,
  w_staticmethod,
  w_wrapper_descriptor,
} from "./builtin.ts";
import { newint, w_False, w_True } from "./int.ts";
import { typeError, type W_Root } from "./root.ts";
import {
  w_Ellipsis,
  w_ellipsis,
  w_missing,
  w_None,
  w_NoneType,
  w_NotImplemented,
  w_NotImplementedType,
} from "./singletons.ts";
import { intArgument, sliceIndices, W_Slice, w_slice } from "./slice.ts";
import { slots } from "./slots.ts";
import { findattrQuiet, setattr, truth } from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";
import { W_Instance, type W_Type } from "./type.ts";

// --- property ------------------------------------------------------------------------------------------------------------

newKw(w_property, (args, _names) => {
  const w_made = new W_Property(w_None, w_None, w_None, w_None);
  const w_class = args[0] as W_Type;
  if (w_class !== w_property) w_made.user = new W_Instance(w_class.shape());
  return w_made;
});
methodN(w_property, "__init__", "fget=None, fset=None, fdel=None, doc=None", (args) => {
  const w_self = args[0] as W_Property;
  w_self.w_get = args[1];
  w_self.w_set = args[2];
  w_self.w_delete = args[3];
  w_self.w_doc = args[4];
  w_self.docFromGetter = false;
  if (args[4] === w_None && args[1] !== w_None) {
    w_self.w_doc = findattrQuiet(args[1], "__doc__") ?? w_None;
    w_self.docFromGetter = w_self.w_doc !== w_None;
  }
  if (w_self.user !== null && w_self.w_doc !== w_None) setattr(w_self, "__doc__", w_self.w_doc);
  return w_None;
});
function copyProperty(w_self: W_Root, w_get: W_Root, w_set: W_Root, w_delete: W_Root): W_Root {
  const w_old = w_self as W_Property;
  const w_doc = w_old.docFromGetter && w_get !== w_None ? w_None : w_old.w_doc;
  const w_made = w_old.getclass().callArgs([w_get, w_set, w_delete, w_doc], []);
  if (w_made instanceof W_Property) w_made.name = w_old.name;
  return w_made;
}
method1(w_property, "getter", (w_self, w_f) => {
  const w_old = w_self as W_Property;
  return copyProperty(w_self, w_f, w_old.w_set, w_old.w_delete);
});
method1(w_property, "setter", (w_self, w_f) => {
  const w_old = w_self as W_Property;
  return copyProperty(w_self, w_old.w_get, w_f, w_old.w_delete);
});
method1(w_property, "deleter", (w_self, w_f) => {
  const w_old = w_self as W_Property;
  return copyProperty(w_self, w_old.w_get, w_old.w_set, w_f);
});
methodN(w_property, "__set_name__", "owner, name, /", (args) => {
  if (args[2] instanceof W_Str) (args[0] as W_Property).name = args[2].text;
  return w_None;
});
getset(w_property, "fget", (w_self) => (w_self as W_Property).w_get);
getset(w_property, "fset", (w_self) => (w_self as W_Property).w_set);
getset(w_property, "fdel", (w_self) => (w_self as W_Property).w_delete);
getset(
  w_property,
  "__doc__",
  (w_self) => (w_self as W_Property).w_doc,
  (w_self, w_value) => {
    (w_self as W_Property).w_doc = w_value;
    return w_None;
  },
);
getset(w_property, "__isabstractmethod__", (w_self) => {
  const w_of = w_self as W_Property;
  for (const w of [w_of.w_get, w_of.w_set, w_of.w_delete]) {
    const w_mark = findattrQuiet(w, "__isabstractmethod__");
    if (w_mark !== null && truth(w_mark)) return w_True;
  }
  return w_False;
});

/** `__get__(obj, type)` of any native descriptor. */
function get(args: W_Root[]): W_Root {
  const w_obj = args[1] === w_None ? null : args[1];
  if (w_obj === null && args[2] === w_None) throw typeError("__get__(None, None) is invalid");
  return args[0].descrGet(w_obj, args[2] === w_None ? args[1].getclass() : args[2]);
}
for (const w_class of [w_property, w_staticmethod, w_classmethod, w_method_descriptor, w_wrapper_descriptor]) {
  methodN(w_class, "__get__", "instance, owner=None, /", get);
}
for (const w_class of [w_getset_descriptor, w_member_descriptor])
  methodN(w_class, "__get__", "instance, owner=None, /", get);
for (const w_class of [w_property, w_getset_descriptor, w_member_descriptor]) {
  methodN(w_class, "__set__", "instance, value, /", (args) => {
    args[0].descrSet(args[1], args[2]);
    return w_None;
  });
  method1(w_class, "__delete__", (w_self, w_obj) => {
    w_self.descrDelete(w_obj);
    return w_None;
  });
}

// --- staticmethod, classmethod ----------------------------------------------------------------------------------------------

newN(w_staticmethod, "function, /", (args) => {
  const w_made = new W_StaticMethod(args[1]);
  if (args[0] !== w_staticmethod) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});
newN(w_classmethod, "function, /", (args) => {
  const w_made = new W_ClassMethod(args[1]);
  if (args[0] !== w_classmethod) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});
for (const w_class of [w_staticmethod, w_classmethod]) {
  methodN(w_class, "__init__", "function, /", (_args) => w_None);
  slots(w_class, "repr");
}
function wrapped(w_self: W_Root): W_Root {
  return w_self instanceof W_StaticMethod ? w_self.w_func : (w_self as W_ClassMethod).w_func;
}
for (const w_class of [w_staticmethod, w_classmethod]) {
  getset(w_class, "__func__", wrapped);
  getset(w_class, "__wrapped__", wrapped);
  getset(w_class, "__name__", (w_self) => findattrQuiet(wrapped(w_self), "__name__") ?? w_None);
  getset(w_class, "__qualname__", (w_self) => findattrQuiet(wrapped(w_self), "__qualname__") ?? w_None);
  getset(w_class, "__module__", (w_self) => findattrQuiet(wrapped(w_self), "__module__") ?? w_None);
  getset(w_class, "__doc__", (w_self) => findattrQuiet(wrapped(w_self), "__doc__") ?? w_None);
  getset(
    w_class,
    "__isabstractmethod__",
    (w_self) => findattrQuiet(wrapped(w_self), "__isabstractmethod__") ?? w_False,
  );
}

// --- built-in functions and methods --------------------------------------------------------------------------------------------

for (const w_class of [
  w_builtin_function,
  w_method_descriptor,
  w_wrapper_descriptor,
  w_method_wrapper,
  w_method,
  w_staticmethod,
]) {
  methodKw(w_class, "__call__", (args, names) => args[0].callArgs(args.slice(1), names));
}
function builtinOf(w_self: W_Root): W_Builtin {
  return w_self instanceof W_BoundBuiltin ? w_self.w_func : (w_self as W_Builtin);
}
for (const w_class of [w_builtin_function, w_method_descriptor, w_wrapper_descriptor, w_method_wrapper]) {
  getset(w_class, "__name__", (w_self) => newstr(builtinOf(w_self).name));
  getset(w_class, "__qualname__", (w_self) => {
    const w_f = builtinOf(w_self);
    return newstr(w_f.w_owner === null ? w_f.name : `${w_f.w_owner.name}.${w_f.name}`);
  });
  getset(w_class, "__doc__", (w_self) => {
    const doc = builtinOf(w_self).doc;
    return doc === "" ? w_None : newstr(doc);
  });
  getset(w_class, "__text_signature__", (_w_self) => w_None);
  slots(w_class, "repr");
}
getset(w_builtin_function, "__module__", (w_self) =>
  w_self instanceof W_BoundBuiltin ? w_None : newstr(builtinOf(w_self).module),
);
getset(w_builtin_function, "__self__", (w_self) => (w_self instanceof W_BoundBuiltin ? w_self.w_self : w_None));
getset(w_method_wrapper, "__self__", (w_self) => (w_self instanceof W_BoundBuiltin ? w_self.w_self : w_None));
getset(w_method_descriptor, "__objclass__", (w_self) => builtinOf(w_self).w_owner ?? w_None);
getset(w_wrapper_descriptor, "__objclass__", (w_self) => builtinOf(w_self).w_owner ?? w_None);
for (const w_class of [w_builtin_function, w_method_wrapper]) slots(w_class, "eq ne hash");

slots(w_method, "repr hash eq ne");
newN(w_method, "function, instance, /", (args) => new W_Method(args[2], args[1]));

getset(w_getset_descriptor, "__name__", (w_self) => newstr((w_self as W_GetSet).name));
getset(w_getset_descriptor, "__objclass__", (w_self) => (w_self as W_GetSet).w_owner);
slots(w_getset_descriptor, "repr");
getset(w_member_descriptor, "__name__", (w_self) => newstr(w_self instanceof W_Member ? w_self.name : ""));
slots(w_member_descriptor, "repr");

// --- slice, None, NotImplemented, Ellipsis ----------------------------------------------------------------------------------------

newN(w_slice, "start, stop=?, step=None, /", (args) =>
  args[2] === w_missing ? new W_Slice(w_None, args[1], w_None) : new W_Slice(args[1], args[2], args[3]),
);
getset(w_slice, "start", (w_self) => (w_self as W_Slice).w_start);
getset(w_slice, "stop", (w_self) => (w_self as W_Slice).w_stop);
getset(w_slice, "step", (w_self) => (w_self as W_Slice).w_step);
method1(w_slice, "indices", (w_self, w_n) => {
  const range = sliceIndices(w_self as W_Slice, intArgument(w_n));
  return new W_Tuple([newint(range.start), newint(range.stop), newint(range.step)]);
});
slots(w_slice, "repr eq ne");
slots(w_NoneType, "repr bool");
slots(w_NotImplementedType, "repr");
slots(w_ellipsis, "repr");
newN(w_NoneType, "", (_args) => w_None);
newN(w_NotImplementedType, "", (_args) => w_NotImplemented);
newN(w_ellipsis, "", (_args) => w_Ellipsis);
method0(w_NotImplementedType, "__reduce__", (_w_self) => newstr("NotImplemented"));
method0(w_ellipsis, "__reduce__", (_w_self) => newstr("Ellipsis"));
