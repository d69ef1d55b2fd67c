// What the less simple instructions do, as functions of their operands.
import type { int } from "rtypescript/rlib";
import { isinstance, issubclass } from "../objects/classes.ts";
import { W_Dict } from "../objects/dict.ts";
import { isExceptionClass, KIND_StopAsyncIteration, W_BaseException, w_AssertionError } from "../objects/exceptions.ts";
import { newlist, W_List } from "../objects/list.ts";
import { W_Module } from "../objects/module.ts";
import {
  KIND_AttributeError,
  KIND_ImportError,
  KIND_KeyError,
  KIND_NameError,
  KIND_UnboundLocalError,
  OperationError,
  operationError,
  raiseValue,
  typeError,
  valueError,
  type W_Root,
} from "../objects/root.ts";
import { W_Set } from "../objects/set.ts";
import { w_None } from "../objects/singletons.ts";
import {
  asciiText,
  callBound0,
  callBound1,
  delitem,
  findattr,
  findattrQuiet,
  format,
  getattr,
  getitem,
  isIterator,
  iter,
  matches,
  next,
  repr,
  setitem,
  str,
  strObject,
  unpack,
} from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { W_Instance, W_Type, w_object } from "../objects/type.ts";
import { ec } from "./context.ts";
import type { Frame, W_Cell } from "./frame.ts";
import { W_Function } from "./function.ts";
import { W_Generator } from "./generator.ts";
import { importModule } from "./importer.ts";
import type { W_Code } from "./pycode.ts";

// --- names -----------------------------------------------------------------------------------------------------------------

export function undefinedName(name: string): OperationError {
  const error = operationError(KIND_NameError, `name '${name}' is not defined`);
  error.subject = name;
  return error;
}
export function unboundCell(frame: Frame, i: int): OperationError {
  const name = frame.cellName(i);
  const own = i < frame.code.cellvars.length;
  const error = operationError(
    own ? KIND_UnboundLocalError : KIND_NameError,
    own
      ? `cannot access local variable '${name}' where it is not associated with a value`
      : `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  );
  error.subject = name;
  return error;
}

/** A look-up in a namespace that may be any mapping; null without. */
function findLocal(w_locals: W_Root, w_name: W_Root): W_Root | null {
  if (w_locals instanceof W_Dict && w_locals.user === null) return w_locals.findKey(w_name);
  try {
    return getitem(w_locals, w_name);
  } catch (e) {
    if (e instanceof OperationError && matches(e, KIND_KeyError)) return null;
    throw e;
  }
}

export function loadName(frame: Frame, i: int): W_Root {
  const w_locals = frame.w_locals;
  if (w_locals !== null && w_locals !== frame.w_globals) {
    const w_value = findLocal(w_locals, frame.code.w_names[i]);
    if (w_value !== null) return w_value;
  }
  const w_value = frame.w_code.loadGlobal(i, frame.w_globals);
  if (w_value === null) throw undefinedName(frame.code.names[i]);
  return w_value;
}
export function storeName(frame: Frame, i: int, w_value: W_Root): void {
  const w_locals = frame.w_locals as W_Root;
  if (w_locals instanceof W_Dict && w_locals.user === null) w_locals.storeKey(frame.code.w_names[i], w_value);
  else setitem(w_locals, frame.code.w_names[i], w_value);
}
export function deleteName(frame: Frame, i: int): void {
  const w_locals = frame.w_locals as W_Root;
  if (w_locals instanceof W_Dict && w_locals.user === null) {
    if (w_locals.removeKey(frame.code.w_names[i]) === null) throw undefinedName(frame.code.names[i]);
  } else delitem(w_locals, frame.code.w_names[i]);
}
export function loadClassDeref(frame: Frame, i: int): W_Root {
  const w_locals = frame.w_locals;
  if (w_locals !== null) {
    const w_value = findLocal(w_locals, newstr(frame.cellName(i)));
    if (w_value !== null) return w_value;
  }
  const w_value = frame.cells[i].w_value;
  if (w_value === null) throw unboundCell(frame, i);
  return w_value;
}
export function setupAnnotations(frame: Frame): void {
  const w_locals = frame.w_locals as W_Root;
  const w_name = newstr("__annotations__");
  if (findLocal(w_locals, w_name) === null) setitem(w_locals, w_name, new W_Dict());
}
export function builtinNamed(name: string): W_Root {
  const w_value = ec.w_builtins.getStr(name);
  if (w_value === null) throw undefinedName(name);
  return w_value;
}
export function assertionError(): W_Root {
  return w_AssertionError;
}

// --- building ----------------------------------------------------------------------------------------------------------------

export function buildSet(slots: (W_Root | null)[], from: int, n: int): W_Root {
  const w_set = new W_Set(false);
  for (let i: int = 0; i < n; i++) w_set.add(slots[from + i] as W_Root);
  return w_set;
}
export function buildConstKeyMap(slots: (W_Root | null)[], from: int, n: int): W_Root {
  const keys = (slots[from + n] as W_Tuple).items;
  const w_dict = new W_Dict();
  for (let i: int = 0; i < n; i++) w_dict.storeKey(keys[i], slots[from + i] as W_Root);
  return w_dict;
}
export function buildString(slots: (W_Root | null)[], from: int, n: int): W_Root {
  const parts: string[] = [];
  for (let i: int = 0; i < n; i++) parts.push((slots[from + i] as W_Str).text);
  return new W_Str(parts.join(""));
}
export function setAdd(w_set: W_Root, w_item: W_Root): void {
  (w_set as W_Set).add(w_item);
}
export function setUpdate(w_set: W_Root, w_items: W_Root): void {
  (w_set as W_Set).update(w_items);
}
export function listExtend(w_list: W_List, w_items: W_Root): void {
  const w_class = w_items.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null && !isIterator(w_items)) {
    throw typeError(`Value after * must be an iterable, not ${w_class.name}`);
  }
  w_list.extend(w_items);
}

/** The keys of a mapping that is no dict; null when it has no `keys`. */
function mappingKeys(w_map: W_Root): W_Root[] | null {
  const w_keys = findattr(w_map, "keys");
  return w_keys === null ? null : unpack(w_keys.call0());
}
export function dictUpdate(w_dict: W_Dict, w_map: W_Root): void {
  if (w_map instanceof W_Dict) {
    w_dict.updateFrom(w_map);
    return;
  }
  const keys = mappingKeys(w_map);
  if (keys === null) throw typeError(`'${w_map.typename()}' object is not a mapping`);
  for (const w_key of keys) w_dict.storeKey(w_key, getitem(w_map, w_key));
}

/** `module.qualname()` of a callable for messages. */
function functionText(w_f: W_Root): string {
  const w_name = findattr(w_f, "__qualname__");
  if (w_name === null) return str(w_f);
  const w_module = findattr(w_f, "__module__");
  if (w_module instanceof W_Str && w_module.text !== "builtins") return `${w_module.text}.${str(w_name)}()`;
  return `${str(w_name)}()`;
}
export function dictMerge(w_dict: W_Dict, w_map: W_Root, w_f: W_Root): void {
  let w_from: W_Dict | null = null;
  if (w_map instanceof W_Dict) w_from = w_map;
  else {
    const keys = mappingKeys(w_map);
    if (keys === null) {
      throw typeError(`${functionText(w_f)} argument after ** must be a mapping, not ${w_map.typename()}`);
    }
    w_from = new W_Dict();
    for (const w_key of keys) w_from.storeKey(w_key, getitem(w_map, w_key));
  }
  for (let e = w_from.nextEntry(0); e >= 0; e = w_from.nextEntry(e + 1)) {
    const w_key = w_from.keyAt(e);
    if (w_key.asStr() === null) throw typeError("keywords must be strings");
    if (w_dict.findKey(w_key) !== null) {
      throw typeError(`${functionText(w_f)} got multiple values for keyword argument '${str(w_key)}'`);
    }
    w_dict.storeKey(w_key, w_from.valueAt(e));
  }
}

export function formatValue(w_value: W_Root, conversion: int, spec: string): W_Root {
  switch (conversion) {
    case 0:
      if (w_value instanceof W_Str && spec === "") return w_value;
      return newstr(format(w_value, spec));
    case 1: {
      const w_text = strObject(w_value);
      return spec === "" ? w_text : newstr(w_text.format(spec));
    }
    case 2:
      return formatted(repr(w_value), spec);
    default:
      return formatted(asciiText(repr(w_value)), spec);
  }
}
function formatted(text: string, spec: string): W_Root {
  const w_text = newstr(text);
  return spec === "" ? w_text : newstr(w_text.format(spec));
}

// --- unpacking -----------------------------------------------------------------------------------------------------------------

function iterToUnpack(w_value: W_Root): W_Root {
  const w_class = w_value.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null && !isIterator(w_value)) {
    throw typeError(`cannot unpack non-iterable ${w_class.name} object`);
  }
  return iter(w_value);
}

/** Replaces the iterable at `at` by its `n` items, the first on top. */
export function unpackSequence(slots: (W_Root | null)[], at: int, n: int): void {
  const w_value = slots[at] as W_Root;
  let items: W_Root[] | null = null;
  if (w_value instanceof W_Tuple) items = w_value.items;
  else if (w_value instanceof W_List) items = w_value.items;
  if (items !== null && !w_value.getclass().heap) {
    if (items.length === n) {
      for (let i: int = 0; i < n; i++) slots[at + n - 1 - i] = items[i];
      return;
    }
    if (items.length > n) throw valueError(`too many values to unpack (expected ${n})`);
    throw valueError(`not enough values to unpack (expected ${n}, got ${items.length})`);
  }
  const w_it = iterToUnpack(w_value);
  for (let i: int = 0; i < n; i++) {
    const w_item = next(w_it);
    if (w_item === null) throw valueError(`not enough values to unpack (expected ${n}, got ${i})`);
    slots[at + n - 1 - i] = w_item;
  }
  if (next(w_it) !== null) throw valueError(`too many values to unpack (expected ${n})`);
}

export function unpackEx(slots: (W_Root | null)[], at: int, before: int, after: int): void {
  const w_it = iterToUnpack(slots[at] as W_Root);
  const items = unpack(w_it);
  const n = items.length;
  if (n < before + after) {
    const least = after === 0 ? before : before + after;
    throw valueError(`not enough values to unpack (expected at least ${least}, got ${n})`);
  }
  const total: int = before + after + 1;
  for (let i: int = 0; i < before; i++) slots[at + total - 1 - i] = items[i];
  slots[at + after] = newlist(items.slice(before, n - after));
  for (let i: int = 0; i < after; i++) slots[at + after - 1 - i] = items[n - after + i];
}

// --- calls and functions ---------------------------------------------------------------------------------------------------------

export function callEx(w_f: W_Root, w_args: W_Root, w_kwargs: W_Root | null): W_Root {
  const w_class = w_args.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null && !isIterator(w_args)) {
    throw typeError(`${functionText(w_f)} argument after * must be an iterable, not ${w_class.name}`);
  }
  const args = unpack(w_args);
  const names: string[] = [];
  if (w_kwargs !== null) {
    let w_dict: W_Dict;
    if (w_kwargs instanceof W_Dict) w_dict = w_kwargs;
    else {
      w_dict = new W_Dict();
      dictMerge(w_dict, w_kwargs, w_f);
    }
    for (let e = w_dict.nextEntry(0); e >= 0; e = w_dict.nextEntry(e + 1)) {
      const w_key = w_dict.keyAt(e).asStr();
      if (!(w_key instanceof W_Str)) throw typeError("keywords must be strings");
      names.push(w_key.text);
      args.push(w_dict.valueAt(e));
    }
  }
  return w_f.callArgs(args, names);
}

/** Gives the new stack top. */
export function makeFunction(frame: Frame, slots: (W_Root | null)[], top: int, flags: int): int {
  let sp: int = top - 1;
  const w_code = slots[sp] as W_Code;
  const closure: W_Cell[] = [];
  if ((flags & 8) !== 0) {
    sp -= 1;
    for (const w of (slots[sp] as W_Tuple).items) closure.push(w as W_Cell);
  }
  const w_f = new W_Function(w_code, frame.w_globals, closure);
  if ((flags & 4) !== 0) {
    sp -= 1;
    w_f.w_annotations = slots[sp];
  }
  if ((flags & 2) !== 0) {
    sp -= 1;
    w_f.w_kwdefaults = slots[sp] as W_Dict;
  }
  if ((flags & 1) !== 0) {
    sp -= 1;
    w_f.defaults = (slots[sp] as W_Tuple).items;
  }
  slots[sp] = w_f;
  return sp + 1;
}

// --- imports ---------------------------------------------------------------------------------------------------------------------

export function importName(frame: Frame, name: string, w_level: W_Root, w_fromlist: W_Root): W_Root {
  const w_import = ec.w_builtins.getStr("__import__");
  if (w_import === null) throw operationError(KIND_ImportError, "__import__ not found");
  return importModule(name, frame.w_globals, w_fromlist, w_level);
}
export function importFrom(w_module: W_Root, name: string): W_Root {
  const w_value = findattrQuiet(w_module, name);
  if (w_value !== null) return w_value;
  const w_name = findattr(w_module, "__name__");
  const w_modules = ec.w_modules.findKey(newstr(`${w_name === null ? "?" : str(w_name)}.${name}`));
  if (w_modules !== null) return w_modules;
  const module = w_name instanceof W_Str ? w_name.text : "<unknown module name>";
  const w_file = findattr(w_module, "__file__");
  const place = w_file instanceof W_Str ? w_file.text : "unknown location";
  const error = operationError(KIND_ImportError, `cannot import name '${name}' from '${module}' (${place})`);
  error.subject = module;
  throw error;
}
export function importStar(frame: Frame, w_module: W_Root): void {
  const w_locals = frame.w_locals as W_Root;
  const w_all = findattr(w_module, "__all__");
  if (w_all !== null) {
    for (const w_name of unpack(w_all)) setitem(w_locals, w_name, getattr(w_module, str(w_name)));
    return;
  }
  const w_dict = w_module instanceof W_Module ? w_module.w_dict : getattr(w_module, "__dict__");
  for (const w_name of unpack(w_dict)) {
    if (!str(w_name).startsWith("_")) setitem(w_locals, w_name, getattr(w_module, str(w_name)));
  }
}

// --- exceptions --------------------------------------------------------------------------------------------------------------------

/** The instance that `raise x` raises. */
export function exceptionInstance(w_x: W_Root): W_BaseException {
  if (w_x instanceof W_BaseException) return w_x;
  if (isExceptionClass(w_x)) {
    const w_made = w_x.call0();
    if (w_made instanceof W_BaseException) return w_made;
    throw typeError(
      `calling ${repr(w_x)} should have returned an instance of BaseException, not ${repr(w_made.getclass())}`,
    );
  }
  throw typeError("exceptions must derive from BaseException");
}
export function causeInstance(w_x: W_Root): W_Root {
  if (w_x === w_None || w_x instanceof W_BaseException) return w_x;
  if (isExceptionClass(w_x)) return w_x.call0();
  throw typeError("exception causes must derive from BaseException");
}
export function raised(w_error: W_BaseException): OperationError {
  const error = raiseValue(w_error);
  error.w_traceback = w_error.w_traceback;
  return error;
}
/** Raises an exception that was caught; `here`: in the frame that caught it, which has its traceback entry. */
export function raisedAgain(w_x: W_Root, here: boolean): OperationError {
  const w_error = w_x as W_BaseException;
  const error = raiseValue(w_error);
  error.w_traceback = w_error.w_traceback;
  error.contextSet = true;
  error.again = here;
  return error;
}

export function exceptionMatches(w_error: W_Root, w_wanted: W_Root): boolean {
  if (w_wanted instanceof W_Tuple) {
    for (const w of w_wanted.items) if (!isExceptionClass(w)) throw notCatchable();
    for (const w of w_wanted.items) if (w_error.getclass().isSubtype(w as W_Type)) return true;
    return false;
  }
  if (!isExceptionClass(w_wanted)) throw notCatchable();
  return w_error.getclass().isSubtype(w_wanted as W_Type);
}
/** `except*` may not name groups. */
function requireCatchable(w_wanted: W_Root): void {
  const w_group = builtinNamed("BaseExceptionGroup") as W_Type;
  const wanted = w_wanted instanceof W_Tuple ? w_wanted.items : [w_wanted];
  for (const w of wanted) {
    if (!isExceptionClass(w)) throw notCatchable();
    if ((w as W_Type).isSubtype(w_group)) {
      throw typeError("catching ExceptionGroup with except* is not allowed. Use except instead.");
    }
  }
}
function notCatchable(): OperationError {
  return typeError("catching classes that do not inherit from BaseException is not allowed");
}

/** [m] becomes [m.exit, m.enter()]. */
export function beforeWith(slots: (W_Root | null)[], sp: int, enter: string, exit: string, what: string): void {
  const w_manager = slots[sp - 1] as W_Root;
  const w_class = w_manager.getclass();
  const w_enter = w_class.lookup(enter);
  if (w_enter === null) throw typeError(`'${w_class.name}' object does not support the ${what} protocol`);
  const w_exit = w_class.lookup(exit);
  if (w_exit === null) {
    throw typeError(`'${w_class.name}' object does not support the ${what} protocol (missed ${exit} method)`);
  }
  slots[sp - 1] = w_exit.descrGet(w_manager, w_class);
  slots[sp] = callBound0(w_enter, w_manager);
}
export function callExit(w_exit: W_Root, w_error: W_BaseException): W_Root {
  return w_exit.call3(w_error.getclass(), w_error, w_error.w_traceback ?? w_None);
}

// --- iteration -----------------------------------------------------------------------------------------------------------------------

export function yieldFromIter(_frame: Frame, w_obj: W_Root): W_Root {
  return w_obj instanceof W_Generator ? w_obj : iter(w_obj);
}

export function awaitable(w_obj: W_Root, arg: int): W_Root {
  if (w_obj instanceof W_Generator && !w_obj.isIterator()) return w_obj;
  const w_method = w_obj.getclass().lookup("__await__");
  if (w_method === null) {
    const name = w_obj.typename();
    if (arg === 1) {
      throw typeError(`'async with' received an object from __aenter__ that does not implement __await__: ${name}`);
    }
    if (arg === 2) {
      throw typeError(`'async with' received an object from __aexit__ that does not implement __await__: ${name}`);
    }
    throw typeError(`object ${name} can't be used in 'await' expression`);
  }
  return callBound0(w_method, w_obj);
}
export function asyncIter(w_obj: W_Root): W_Root {
  const w_method = w_obj.getclass().lookup("__aiter__");
  if (w_method === null) {
    throw typeError(`'async for' requires an object with __aiter__ method, got ${w_obj.typename()}`);
  }
  return callBound0(w_method, w_obj);
}
export function asyncNext(w_obj: W_Root): W_Root {
  const w_method = w_obj.getclass().lookup("__anext__");
  if (w_method === null) {
    throw typeError(`'async for' requires an iterator with __anext__ method, got ${w_obj.typename()}`);
  }
  return awaitable(callBound0(w_method, w_obj), 0);
}
export function endAsyncFor(w_error: W_Root): void {
  const error = raisedAgain(w_error, true);
  if (!matches(error, KIND_StopAsyncIteration)) throw error;
}

export function printExpression(w_value: W_Root): void {
  const w_sys = ec.w_modules.findKey(newstr("sys"));
  if (w_sys !== null) getattr(w_sys, "displayhook").call1(w_value);
}

// --- patterns --------------------------------------------------------------------------------------------------------------------------

/** What `get` gives for a key that a mapping has not. */
const absentKey: W_Root = new W_Instance(w_object.shape());

/** The values of the keys as a tuple, None when one is absent. */
export function matchKeys(w_map: W_Root, w_keys: W_Tuple): W_Root {
  const values: W_Root[] = [];
  const w_seen = new W_Set(false);
  for (const w_key of w_keys.items) {
    if (w_seen.has(w_key)) throw valueError(`mapping pattern checks duplicate key (${repr(w_key)})`);
    w_seen.add(w_key);
    const w_value = w_map instanceof W_Dict ? w_map.findKey(w_key) : getattr(w_map, "get").call2(w_key, absentKey);
    if (w_value === null || w_value === absentKey) return w_None;
    values.push(w_value);
  }
  return newtuple(values);
}

/** Classes whose single positional sub-pattern matches the subject itself. */
const SELF_MATCHING = [
  "bool",
  "bytearray",
  "bytes",
  "dict",
  "float",
  "frozenset",
  "int",
  "list",
  "set",
  "str",
  "tuple",
];

function matchesSelf(w_class: W_Type): boolean {
  for (const w_base of w_class.mro) {
    if (!w_base.heap && SELF_MATCHING.includes(w_base.name)) return true;
  }
  return false;
}

export function matchClass(w_subject: W_Root, w_class: W_Root, w_names: W_Tuple, positional: int): W_Root {
  if (!(w_class instanceof W_Type)) throw typeError("called match pattern must be a type");
  if (!isinstance(w_subject, w_class)) return w_None;
  const values: W_Root[] = [];
  const seen: string[] = [];
  if (positional > 0) {
    const w_args = findattr(w_class, "__match_args__");
    if (w_args === null) {
      const most: int = matchesSelf(w_class) ? 1 : 0;
      if (positional > most) throw tooManyPatterns(w_class, most, positional);
      values.push(w_subject);
    } else {
      if (!(w_args instanceof W_Tuple)) {
        throw typeError(`${w_class.name}.__match_args__ must be a tuple (got ${w_args.typename()})`);
      }
      if (positional > w_args.items.length) throw tooManyPatterns(w_class, w_args.items.length, positional);
      for (let i: int = 0; i < positional; i++) {
        const w_name = w_args.items[i];
        if (!(w_name instanceof W_Str)) {
          throw typeError(`__match_args__ elements must be strings (got ${w_name.typename()})`);
        }
        if (!addAttribute(w_subject, w_class, w_name.text, seen, values)) return w_None;
      }
    }
  }
  for (const w_name of w_names.items) {
    if (!addAttribute(w_subject, w_class, (w_name as W_Str).text, seen, values)) return w_None;
  }
  return newtuple(values);
}
function tooManyPatterns(w_class: W_Type, most: int, given: int): OperationError {
  return typeError(`${w_class.name}() accepts ${most} positional sub-pattern${most === 1 ? "" : "s"} (${given} given)`);
}
function addAttribute(w_subject: W_Root, w_class: W_Type, name: string, seen: string[], values: W_Root[]): boolean {
  if (seen.includes(name)) throw typeError(`${w_class.name}() got multiple sub-patterns for attribute '${name}'`);
  seen.push(name);
  try {
    const w_value = findattr(w_subject, name);
    if (w_value === null) return false;
    values.push(w_value);
    return true;
  } catch (e) {
    if (e instanceof OperationError && matches(e, KIND_AttributeError)) return false;
    throw e;
  }
}

// --- exception groups ----------------------------------------------------------------------------------------------------------------------

/** [exc type] becomes [rest match]. */
export function matchGroup(slots: (W_Root | null)[], sp: int): void {
  const w_wanted = slots[sp - 1] as W_Root;
  const w_error = slots[sp - 2];
  if (!(w_error instanceof W_BaseException)) {
    // Nothing is left of the group.
    slots[sp - 1] = w_None;
    return;
  }
  requireCatchable(w_wanted);
  if (exceptionMatches(w_error, w_wanted)) {
    slots[sp - 2] = w_None;
    slots[sp - 1] = isGroup(w_error) ? w_error : wrapInGroup(w_error);
    ec.w_handled = slots[sp - 1];
    return;
  }
  if (isGroup(w_error)) {
    const w_pair = callBound1(getattr(w_error.getclass(), "split"), w_error, w_wanted);
    if (w_pair instanceof W_Tuple && w_pair.items.length === 2) {
      slots[sp - 2] = w_pair.items[1];
      slots[sp - 1] = w_pair.items[0];
      if (w_pair.items[0] !== w_None) ec.w_handled = w_pair.items[0];
      return;
    }
  }
  slots[sp - 1] = w_None;
}
function isGroup(w_error: W_Root): boolean {
  return (
    w_error.getclass().lookup("split") !== null && issubclass(w_error.getclass(), builtinNamed("BaseExceptionGroup"))
  );
}
function wrapInGroup(w_error: W_BaseException): W_Root {
  const w_made = builtinNamed("ExceptionGroup").call2(newstr(""), newtuple([w_error]));
  if (w_made instanceof W_BaseException) w_made.w_traceback = w_error.w_traceback;
  return w_made;
}
/** What is left to raise after the clauses of `except*`: parts of the original as one, beside what was raised anew. */
export function prepareReraise(w_original: W_Root, w_raised: W_List): W_Root {
  const fresh: W_Root[] = [];
  const again: W_Root[] = [];
  for (const w of w_raised.items) {
    if (w === w_None) continue;
    if (isPartOf(w, w_original)) again.push(w);
    else fresh.push(w);
  }
  if (fresh.length === 0 && again.length === 0) return w_None;
  if (!isGroup(w_original) && fresh.length + again.length === 1) return fresh.length === 1 ? fresh[0] : again[0];
  if (again.length === 1) fresh.push(again[0]);
  else if (again.length > 1)
    fresh.push(callBound1(getattr(w_original.getclass(), "derive"), w_original, newlist(again)));
  if (fresh.length === 1 && again.length > 0) return fresh[0];
  return builtinNamed("ExceptionGroup").call2(newstr(""), newlist(fresh));
}
/** Parts of a split group share its traceback, cause and context. */
function isPartOf(w: W_Root, w_original: W_Root): boolean {
  if (!(w instanceof W_BaseException) || !(w_original instanceof W_BaseException)) return false;
  return (
    w.w_traceback === w_original.w_traceback && w.w_cause === w_original.w_cause && w.w_context === w_original.w_context
  );
}
