// The _abc module: registration and subclass checks of abstract base classes.
import type { int } from "rtypescript/rlib";
import { function0, function1, function2, W_ClassMethod, W_Property, W_StaticMethod } from "../objects/builtin.ts";
import { issubclass } from "../objects/classes.ts";
import { newbool, newint, W_Int } from "../objects/int.ts";
import { runtimeError, typeError, W_Root } from "../objects/root.ts";
import { W_Set } from "../objects/set.ts";
import { w_None, w_NotImplemented } from "../objects/singletons.ts";
import { callMethod1, findattrQuiet, getattr, setattr, truth, unpack } from "../objects/space.ts";
import { newstr } from "../objects/str.ts";
import { newtuple } from "../objects/tuple.ts";
import { builtinType, W_Type } from "../objects/type.ts";
import { builtinModule, functions } from "./registry.ts";

const w_abcData = builtinType("_abc_data", null, "_abc");

/** What an abstract class remembers: registered classes, and classes found to be subclasses or not. */
class W_AbcData extends W_Root {
  readonly registry: Set<W_Type>;
  readonly known: Set<W_Type>;
  refused: Set<W_Type>;
  /** The registrations, of all classes, when `refused` was begun. */
  refusedAt: int;
  constructor() {
    super();
    this.registry = new Set<W_Type>();
    this.known = new Set<W_Type>();
    this.refused = new Set<W_Type>();
    this.refusedAt = 0;
  }
  override getclass(): W_Type {
    return w_abcData;
  }
}

class Registrations {
  count: int;
  constructor() {
    this.count = 0;
  }
}
const registrations = new Registrations();

function dataOf(w_class: W_Root): W_AbcData {
  const w_data = w_class instanceof W_Type ? w_class.lookup("_abc_impl") : null;
  if (w_data instanceof W_AbcData) return w_data;
  throw typeError("_abc_impl is set to a wrong type");
}

/** Is the value of a class attribute marked as abstract? */
export function isAbstract(w_value: W_Root): boolean {
  if (w_value instanceof W_Property) {
    return isAbstract(w_value.w_get) || isAbstract(w_value.w_set) || isAbstract(w_value.w_delete);
  }
  if (w_value instanceof W_ClassMethod) return isAbstract(w_value.w_func);
  if (w_value instanceof W_StaticMethod) return isAbstract(w_value.w_func);
  if (w_value instanceof W_Type) return false;
  const w_mark = findattrQuiet(w_value, "__isabstractmethod__");
  return w_mark !== null && truth(w_mark);
}

function initClass(w_class: W_Root): W_Root {
  if (!(w_class instanceof W_Type)) throw typeError("_abc_init() argument must be a class");
  const w_names = new W_Set(true);
  for (const [name, w_value] of w_class.dict) if (isAbstract(w_value)) w_names.add(newstr(name));
  for (const w_base of w_class.bases) {
    const w_inherited = w_base.heap ? findattrQuiet(w_base, "__abstractmethods__") : null;
    if (w_inherited === null) continue;
    for (const w_name of unpack(w_inherited)) {
      const w_value = w_class.lookup(w_name.str());
      if (w_value !== null && isAbstract(w_value)) w_names.add(w_name);
    }
  }
  setattr(w_class, "__abstractmethods__", w_names);
  w_class.setOwn("_abc_impl", new W_AbcData());
  const w_flags = w_class.dict.get("__abc_tpflags__");
  if (w_flags instanceof W_Int) {
    w_class.patternKind = w_flags.value === 32 ? 1 : w_flags.value === 64 ? 2 : 0;
    w_class.dict.delete("__abc_tpflags__");
    w_class.mutated();
  }
  return w_None;
}

function markPattern(w_class: W_Type, kind: int): void {
  // Built-in classes stay what they are: a str is no sequence to a pattern.
  if (!w_class.heap) return;
  w_class.patternKind = kind;
  for (const w_sub of w_class.subclasses) if (w_sub.patternKind === 0) markPattern(w_sub, kind);
}

function register(w_class: W_Root, w_sub: W_Root): W_Root {
  if (!(w_sub instanceof W_Type)) throw typeError("Can only register classes");
  if (issubclass(w_sub, w_class)) return w_sub;
  if (issubclass(w_class, w_sub)) throw runtimeError("Refusing to create an inheritance cycle");
  dataOf(w_class).registry.add(w_sub);
  registrations.count += 1;
  const kind = (w_class as W_Type).patternKind;
  if (kind !== 0) markPattern(w_sub, kind);
  return w_sub;
}

function checkInstance(w_class: W_Root, w_obj: W_Root): W_Root {
  const data = dataOf(w_class);
  const w_type = w_obj.getclass();
  const w_claimed = w_type.heap ? getattr(w_obj, "__class__") : w_type;
  if (w_claimed instanceof W_Type) {
    if (data.known.has(w_claimed)) return newbool(true);
    if (w_claimed === w_type) {
      if (data.refusedAt === registrations.count && data.refused.has(w_claimed)) return newbool(false);
      return callMethod1(w_class, "__subclasscheck__", w_claimed);
    }
  }
  if (truth(callMethod1(w_class, "__subclasscheck__", w_claimed))) return newbool(true);
  return callMethod1(w_class, "__subclasscheck__", w_type);
}

function checkSubclass(w_class: W_Root, w_sub: W_Root): W_Root {
  if (!(w_sub instanceof W_Type)) throw typeError("issubclass() arg 1 must be a class");
  const data = dataOf(w_class);
  if (data.known.has(w_sub)) return newbool(true);
  if (data.refusedAt < registrations.count) {
    data.refused = new Set<W_Type>();
    data.refusedAt = registrations.count;
  } else if (data.refused.has(w_sub)) return newbool(false);
  const found = isDeclaredSubclass(data, w_class as W_Type, w_sub);
  if (found) data.known.add(w_sub);
  else data.refused.add(w_sub);
  return newbool(found);
}

function isDeclaredSubclass(data: W_AbcData, w_class: W_Type, w_sub: W_Type): boolean {
  const w_answer = callMethod1(w_class, "__subclasshook__", w_sub);
  if (w_answer !== w_NotImplemented) return truth(w_answer);
  if (w_sub.isSubtype(w_class)) return true;
  if (data.registry.has(w_sub)) return true;
  for (const w_registered of data.registry) if (issubclass(w_sub, w_registered)) return true;
  for (const w_derived of w_class.subclasses) if (issubclass(w_sub, w_derived)) return true;
  return false;
}

functions(builtinModule("_abc"), [
  function0("get_cache_token", () => newint(registrations.count)),
  function1("_abc_init", initClass),
  function2("_abc_register", register),
  function2("_abc_instancecheck", checkInstance),
  function2("_abc_subclasscheck", checkSubclass),
  function1("_reset_registry", (w_class) => {
    dataOf(w_class).registry.clear();
    return w_None;
  }),
  function1("_reset_caches", (w_class) => {
    const data = dataOf(w_class);
    data.known.clear();
    data.refused.clear();
    return w_None;
  }),
  function1("_get_dump", (w_class) => {
    const data = dataOf(w_class);
    const sets: W_Root[] = [];
    for (const types of [data.registry, data.known, data.refused]) {
      const w_set = new W_Set(false);
      for (const w of types) w_set.add(w);
      sets.push(w_set);
    }
    return newtuple([...sets, newint(data.refusedAt)]);
  }),
]);
