// _abc: what `abc.ABCMeta` rests on.
import type { int } from "rtypescript/rlib";
import { function0, function1, function2 } from "../objects/builtin.ts";
import { issubclass } from "../objects/classes.ts";
import { newbool, newint, W_Int } from "../objects/int.ts";
import { typeError, runtimeError, W_Root } from "../objects/root.ts";
import { W_Set } from "../objects/set.ts";
import { w_NotImplemented, w_None } from "../objects/singletons.ts";
import { callMethod1, findattrQuiet, getattr, truth, unpack } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { builtinType, W_Type } from "../objects/type.ts";
import { builtinModule, functions } from "./registry.ts";

const w_abcData = builtinType("_abc_data", null, "_abc");

/** Registered subclasses of an abstract class, and answers given before. */
class W_AbcData extends W_Root {
  readonly registry: W_Type[];
  readonly positive: Set<W_Type>;
  readonly negative: Set<W_Type>;
  /** The state of all registries for which `negative` holds. */
  negativeVersion: int;
  constructor() {
    super();
    this.registry = [];
    this.positive = new Set<W_Type>();
    this.negative = new Set<W_Type>();
    this.negativeVersion = registrations.count;
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
  const w_data = w_class instanceof W_Type ? w_class.dict.get("_abc_impl") : undefined;
  if (w_data instanceof W_AbcData) return w_data;
  throw typeError("_abc_impl is set to a wrong type");
}

function isAbstract(w_value: W_Root): boolean {
  const w_mark = findattrQuiet(w_value, "__isabstractmethod__");
  return w_mark !== null && truth(w_mark);
}

/** Names of the abstract methods of a new class. */
function computeAbstract(w_class: W_Type): W_Set {
  const w_names = new W_Set(true);
  for (const [name, w_value] of w_class.dict) if (isAbstract(w_value)) w_names.add(newstr(name));
  for (const w_base of w_class.bases) {
    const w_inherited = w_base.w_abstract;
    if (w_inherited === null) continue;
    for (const w_name of unpack(w_inherited)) {
      if (!(w_name instanceof W_Str)) continue;
      const w_value = findattrQuiet(w_class, w_name.text);
      if (w_value !== null && isAbstract(w_value)) w_names.add(w_name);
    }
  }
  return w_names;
}

function initialize(w_self: W_Root): W_Root {
  const w_class = w_self as W_Type;
  const w_abstract = computeAbstract(w_class);
  w_class.setOwn("_abc_impl", new W_AbcData());
  w_class.w_abstract = w_abstract.truth() ? w_abstract : null;
  w_class.setOwn("__abstractmethods__", w_abstract);
  const w_flags = w_class.dict.get("__abc_tpflags__");
  if (w_flags instanceof W_Int) {
    if ((w_flags.value & 32) !== 0) w_class.patternKind = 1;
    if ((w_flags.value & 64) !== 0) w_class.patternKind = 2;
    w_class.dict.delete("__abc_tpflags__");
  }
  return w_None;
}

function spreadPattern(w_class: W_Type, kind: int): void {
  if (w_class.patternKind !== 0) return;
  w_class.patternKind = kind;
  for (const w_sub of w_class.subclasses) spreadPattern(w_sub, kind);
}

function register(w_self: W_Root, w_sub: W_Root): W_Root {
  if (!(w_sub instanceof W_Type)) throw typeError("Can only register classes");
  if (issubclass(w_sub, w_self)) return w_sub;
  if (issubclass(w_self, w_sub)) throw runtimeError("Refusing to create an inheritance cycle");
  dataOf(w_self).registry.push(w_sub);
  registrations.count += 1;
  const kind = (w_self as W_Type).patternKind;
  if (kind !== 0) spreadPattern(w_sub, kind);
  return w_sub;
}

function subclassCheck(w_self: W_Root, w_sub: W_Root): boolean {
  if (!(w_sub instanceof W_Type)) throw typeError("issubclass() arg 1 must be a class");
  const data = dataOf(w_self);
  if (data.positive.has(w_sub)) return true;
  if (data.negativeVersion < registrations.count) {
    data.negative.clear();
    data.negativeVersion = registrations.count;
  } else if (data.negative.has(w_sub)) return false;
  const result = search(w_self as W_Type, w_sub, data);
  if (result) data.positive.add(w_sub);
  else data.negative.add(w_sub);
  return result;
}

function search(w_self: W_Type, w_sub: W_Type, data: W_AbcData): boolean {
  const w_answer = callMethod1(w_self, "__subclasshook__", w_sub);
  if (w_answer !== w_NotImplemented) return truth(w_answer);
  if (w_sub.isSubtype(w_self)) return true;
  for (const w of data.registry.slice()) if (issubclass(w_sub, w)) return true;
  for (const w of w_self.subclasses.slice()) if (issubclass(w_sub, w)) return true;
  return false;
}

function instanceCheck(w_self: W_Root, w_obj: W_Root): boolean {
  const w_class = getattr(w_obj, "__class__");
  if (w_class instanceof W_Type && dataOf(w_self).positive.has(w_class)) return true;
  const w_real = w_obj.getclass();
  if (w_class === w_real) return truth(callMethod1(w_self, "__subclasscheck__", w_class));
  return truth(callMethod1(w_self, "__subclasscheck__", w_class)) || truth(callMethod1(w_self, "__subclasscheck__", w_real));
}

functions(builtinModule("_abc"), [
  function1("_abc_init", initialize),
  function2("_abc_register", register),
  function2("_abc_instancecheck", (w_self, w_obj) => newbool(instanceCheck(w_self, w_obj))),
  function2("_abc_subclasscheck", (w_self, w_sub) => newbool(subclassCheck(w_self, w_sub))),
  function0("get_cache_token", () => newint(registrations.count)),
  function1("_get_dump", (_w_self) => w_None),
  function1("_reset_registry", (_w_self) => w_None),
  function1("_reset_caches", (_w_self) => w_None),
]);
