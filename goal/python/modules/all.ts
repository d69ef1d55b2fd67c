// Everything that is registered by being imported: methods of built-in classes and built-in modules.
import "../objects/classes.ts";
import "../objects/objectmethods.ts";
import "../objects/typemethods.ts";
import "../objects/descriptors.ts";
import "../objects/intmethods.ts";
import "../objects/floatmethods.ts";
import "../objects/sequenceslots.ts";
import "../objects/dictmethods.ts";
import "../objects/setmethods.ts";
import "../objects/iterators.ts";
import "../objects/exceptions.ts";
import "../objects/exceptiongroups.ts";
import "../objects/complex.ts";
import "./builtintypes.ts";
import "../interpreter/builtins.ts";
import "../interpreter/loop.ts";
import "./library.ts";
import "./time.ts";
import "./math.ts";
import "./abc.ts";
import "./ast.ts";
import "./functools.ts";
import "./heapq.ts";
import "./importlib.ts";
import "./signal.ts";
import "./thread.ts";
import "./contextvars.ts";
import "./weakref.ts";
import "./combinatorics.ts";
import "./io/open.ts";
import { ec } from "../interpreter/context.ts";
import type { W_Module } from "../objects/module.ts";
import { newstr } from "../objects/str.ts";
import { newtuple } from "../objects/tuple.ts";
import { w_builtins } from "./builtins.ts";
import { builtinModules, constant } from "./registry.ts";

/** Copies the names of `builtins` to where compiled code looks; import time. */
export function loadModules(): void {
  const w_names = w_builtins.w_dict;
  for (let e = w_names.nextEntry(0); e >= 0; e = w_names.nextEntry(e + 1)) {
    ec.w_builtins.storeKey(w_names.keyAt(e), w_names.valueAt(e));
  }
  const names = [...builtinModules.keys()].sort().map((name) => newstr(name));
  constant(builtinModules.get("sys") as W_Module, "builtin_module_names", newtuple(names));
}
