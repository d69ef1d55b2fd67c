// `__reduce__` of built-in objects: how pickle and copy take them apart.
import { ec } from "../interpreter/context.ts";
import { importModule } from "../interpreter/importer.ts";
import {
  type Fn1,
  method0,
  methodN,
  W_BoundBuiltin,
  W_Builtin,
  type W_Method,
  w_builtin_function,
  w_method,
  w_method_descriptor,
} from "../objects/builtin.ts";
import { W_Dict, w_dict_itemiterator, w_dict_keyiterator, w_dict_valueiterator } from "../objects/dict.ts";
import { newint } from "../objects/int.ts";
import { newlist, w_list_iterator } from "../objects/list.ts";
import { type W_Range, w_range, w_range_iterator } from "../objects/range.ts";
import { typeError, type W_Root } from "../objects/root.ts";
import { w_set_iterator } from "../objects/set.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument, type W_Slice, w_slice } from "../objects/slice.ts";
import { getattr, next } from "../objects/space.ts";
import { newstr, w_str_iterator } from "../objects/str.ts";
import { newtuple, w_tuple_iterator } from "../objects/tuple.ts";
import { w_object } from "../objects/type.ts";

function builtin(name: string): W_Root {
  return ec.w_builtins.getStr(name) ?? w_None;
}

/** `(getattr, (object, name))` */
function attributeOf(w_obj: W_Root, name: string): W_Root {
  return newtuple([builtin("getattr"), newtuple([w_obj, newstr(name)])]);
}

method0(w_builtin_function, "__reduce__", (w_self) => {
  if (w_self instanceof W_BoundBuiltin) return attributeOf(w_self.w_self, w_self.w_func.name);
  if (w_self instanceof W_Builtin) return newstr(w_self.name);
  throw typeError(`cannot pickle '${w_self.typename()}' object`);
});
method0(w_method_descriptor, "__reduce__", (w_self) => {
  const w_owner = w_self instanceof W_Builtin ? w_self.w_owner : null;
  if (w_owner === null) throw typeError(`cannot pickle '${w_self.typename()}' object`);
  return attributeOf(w_owner, (w_self as W_Builtin).name);
});
method0(w_method, "__reduce__", (w_self) => {
  const w_of = w_self as W_Method;
  return attributeOf(w_of.w_self, getattr(w_of.w_func, "__name__").str());
});
method0(w_range, "__reduce__", (w_self) => {
  const w_of = w_self as W_Range;
  return newtuple([w_range, newtuple([w_of.w_start, w_of.w_stop, w_of.w_step])]);
});
method0(w_slice, "__reduce__", (w_self) => {
  const w_of = w_self as W_Slice;
  return newtuple([w_slice, newtuple([w_of.w_start, w_of.w_stop, w_of.w_step])]);
});

const w_plainReduce = w_object.dict.get("__reduce_ex__") as W_Root;
methodN(w_object, "__reduce_ex__", "protocol, /", (args) => {
  const w_reduce = args[0].getclass().lookup("__reduce__");
  const own = w_reduce !== null && !(w_reduce instanceof W_Builtin && w_reduce.w_owner === w_object);
  if (own || intArgument(args[1]) >= 2) return w_plainReduce.call2(args[0], args[1]);
  const w_copyreg = importModule("copyreg", new W_Dict(), w_None, newint(0));
  return getattr(w_copyreg, "_reduce_ex").call2(args[0], args[1]);
});

/** An iterator by what it has left; it is used up by that. */
const remaining: Fn1 = (w_self) => {
  const items: W_Root[] = [];
  for (;;) {
    const w_item = next(w_self);
    if (w_item === null) break;
    items.push(w_item);
  }
  return newtuple([builtin("iter"), newtuple([newlist(items)])]);
};
for (const w_class of [
  w_list_iterator,
  w_tuple_iterator,
  w_str_iterator,
  w_range_iterator,
  w_set_iterator,
  w_dict_keyiterator,
  w_dict_valueiterator,
  w_dict_itemiterator,
]) {
  method0(w_class, "__reduce__", remaining);
}
