// Names of the built-in classes in `builtins`.
import { w_classmethod, w_property, w_staticmethod } from "../objects/builtin.ts";
import { w_bytearray, w_bytes } from "../objects/bytes.ts";
import { w_dict } from "../objects/dict.ts";
import { exceptionTypes, w_OSError } from "../objects/exceptions.ts";
import { w_float } from "../objects/float.ts";
import { w_bool, w_int } from "../objects/int.ts";
import { w_enumerate, w_filter, w_map, w_reversed, w_zip } from "../objects/iterators.ts";
import { w_list } from "../objects/list.ts";
import { w_memoryview } from "../objects/memoryview.ts";
import { w_range } from "../objects/range.ts";
import { w_frozenset, w_set } from "../objects/set.ts";
import { w_Ellipsis, w_None, w_NotImplemented } from "../objects/singletons.ts";
import { w_slice } from "../objects/slice.ts";
import { w_str } from "../objects/str.ts";
import { w_super } from "../objects/super.ts";
import { w_tuple } from "../objects/tuple.ts";
import { type W_Type, w_object, w_type } from "../objects/type.ts";
import { w_builtins } from "./builtins.ts";
import { constant } from "./registry.ts";

const TYPES: W_Type[] = [
  w_object,
  w_type,
  w_int,
  w_bool,
  w_float,
  w_str,
  w_bytes,
  w_bytearray,
  w_tuple,
  w_list,
  w_dict,
  w_set,
  w_frozenset,
  w_range,
  w_slice,
  w_enumerate,
  w_zip,
  w_map,
  w_filter,
  w_reversed,
  w_property,
  w_staticmethod,
  w_classmethod,
  w_super,
  w_memoryview,
];
for (const w of TYPES) constant(w_builtins, w.name, w);
for (const [name, w] of exceptionTypes) constant(w_builtins, name, w);
constant(w_builtins, "EnvironmentError", w_OSError);
constant(w_builtins, "IOError", w_OSError);
constant(w_builtins, "None", w_None);
constant(w_builtins, "Ellipsis", w_Ellipsis);
constant(w_builtins, "NotImplemented", w_NotImplemented);
