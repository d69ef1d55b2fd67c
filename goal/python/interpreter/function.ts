// Functions and the binding of arguments.
import type { int } from "rtypescript/rlib";
import { CO_VARARGS, CO_VARKEYWORDS, type Code } from "../compiler/code.ts";
import { getset, W_Method, w_method } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { NO_NAMES, type OperationError, typeError, valueError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, W_Instance, type W_Type } from "../objects/type.ts";
import { Frame, NO_CELLS, runFrame, type W_Cell } from "./frame.ts";
import { W_Generator } from "./generator.ts";
import { W_Code } from "./pycode.ts";

export const w_function = builtinType("function");
w_function.hasDict = true;
w_function.acceptsSubclasses = false;

const NO_DEFAULTS: W_Root[] = [];

export class W_Function extends W_Root {
  w_code: W_Code;
  readonly w_globals: W_Dict;
  readonly closure: W_Cell[];
  defaults: W_Root[];
  w_kwdefaults: W_Dict | null;
  name: string;
  qualname: string;
  w_doc: W_Root;
  w_annotations: W_Root | null;
  w_module: W_Root;
  user: W_Instance | null;

  constructor(w_code: W_Code, w_globals: W_Dict, closure: W_Cell[]) {
    super();
    const code = w_code.code;
    this.w_code = w_code;
    this.w_globals = w_globals;
    this.closure = closure;
    this.defaults = NO_DEFAULTS;
    this.w_kwdefaults = null;
    this.name = code.name;
    this.qualname = code.qualname;
    this.w_doc = code.consts.length > 0 && code.consts[0] instanceof W_Str ? code.consts[0] : w_None;
    this.w_annotations = null;
    this.w_module = w_globals.getStr("__name__") ?? w_None;
    this.user = null;
  }
  override getclass(): W_Type {
    return w_function;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override ensureUserPart(): W_Instance | null {
    if (this.user === null) this.user = new W_Instance(w_function.shape());
    return this.user;
  }
  override repr(): string {
    return `<function ${this.qualname} at ${this.address()}>`;
  }
  override isCallable(): boolean {
    return true;
  }
  override isMethodDescriptor(): boolean {
    return true;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj === null ? this : new W_Method(w_obj, this);
  }

  newFrame(): Frame {
    return new Frame(this.w_code, this.w_globals, this.closure);
  }
  /** Runs a frame whose arguments are set, or makes its generator. */
  start(frame: Frame): W_Root {
    const resumable = this.w_code.resumable;
    if (resumable === 0) return runFrame(frame);
    return new W_Generator(frame, this.name, this.qualname, resumable);
  }

  override call0(): W_Root {
    const frame = this.newFrame();
    if (this.w_code.fast === 0) return this.start(frame);
    this.#bind(frame, [], NO_NAMES);
    return this.start(frame);
  }
  override call1(w_a: W_Root): W_Root {
    const frame = this.newFrame();
    if (this.w_code.fast === 1) frame.slots[0] = w_a;
    else this.#bind(frame, [w_a], NO_NAMES);
    return this.start(frame);
  }
  override call2(w_a: W_Root, w_b: W_Root): W_Root {
    const frame = this.newFrame();
    if (this.w_code.fast === 2) {
      frame.slots[0] = w_a;
      frame.slots[1] = w_b;
    } else this.#bind(frame, [w_a, w_b], NO_NAMES);
    return this.start(frame);
  }
  override call3(w_a: W_Root, w_b: W_Root, w_c: W_Root): W_Root {
    const frame = this.newFrame();
    if (this.w_code.fast === 3) {
      frame.slots[0] = w_a;
      frame.slots[1] = w_b;
      frame.slots[2] = w_c;
    } else this.#bind(frame, [w_a, w_b, w_c], NO_NAMES);
    return this.start(frame);
  }
  override callArgs(args: W_Root[], names: string[]): W_Root {
    const frame = this.newFrame();
    this.#bind(frame, args, names);
    return this.start(frame);
  }

  /** Calls with `count` arguments at `from` of a value stack. */
  callFromStack(stack: (W_Root | null)[], from: int, count: int): W_Root {
    const frame = this.newFrame();
    const fast = this.w_code.fast;
    if (fast === count) {
      const slots = frame.slots;
      for (let i: int = 0; i < count; i++) slots[i] = stack[from + i];
    } else if (fast > count && fast - count <= this.defaults.length) {
      const slots = frame.slots;
      for (let i: int = 0; i < count; i++) slots[i] = stack[from + i];
      const defaults = this.defaults;
      const skip = defaults.length - fast;
      for (let i: int = count; i < fast; i++) slots[i] = defaults[i + skip];
    } else {
      const args: W_Root[] = [];
      for (let i: int = 0; i < count; i++) args.push(stack[from + i] as W_Root);
      this.#bind(frame, args, NO_NAMES);
    }
    return this.start(frame);
  }

  #bind(frame: Frame, args: W_Root[], names: string[]): void {
    const code = this.w_code.code;
    const slots = frame.slots;
    const given: int = args.length - names.length;
    const argcount = code.argcount;
    const total: int = argcount + code.kwonlyargcount;
    const hasVarargs = (code.flags & CO_VARARGS) !== 0;
    const hasKeywords = (code.flags & CO_VARKEYWORDS) !== 0;
    const taken: int = given < argcount ? given : argcount;
    for (let i: int = 0; i < taken; i++) slots[i] = args[i];
    if (hasVarargs) slots[total] = newtuple(given > argcount ? args.slice(argcount, given) : []);
    let w_keywords: W_Dict | null = null;
    if (hasKeywords) {
      w_keywords = new W_Dict();
      slots[total + (hasVarargs ? 1 : 0)] = w_keywords;
    }
    for (let k: int = 0; k < names.length; k++) this.#keyword(code, slots, names, k, args[given + k], w_keywords);
    if (given > argcount && !hasVarargs) throw this.#tooMany(code, slots, given);
    if (taken < argcount) this.#fillDefaults(code, slots, taken);
    if (code.kwonlyargcount > 0) this.#fillKeywordDefaults(code, slots);
  }

  #keyword(
    code: Code,
    slots: (W_Root | null)[],
    names: string[],
    k: int,
    w_value: W_Root,
    w_keywords: W_Dict | null,
  ): void {
    const name = names[k];
    const total: int = code.argcount + code.kwonlyargcount;
    for (let i: int = code.posonlyargcount; i < total; i++) {
      if (code.varnames[i] === name) {
        if (slots[i] !== null) throw typeError(`${this.qualname}() got multiple values for argument '${name}'`);
        slots[i] = w_value;
        return;
      }
    }
    if (w_keywords !== null) {
      w_keywords.setStr(name, w_value);
      return;
    }
    const wrong: string[] = [];
    for (let i: int = 0; i < code.posonlyargcount; i++)
      if (names.includes(code.varnames[i])) wrong.push(code.varnames[i]);
    if (wrong.length > 0) {
      throw typeError(
        `${this.qualname}() got some positional-only arguments passed as keyword arguments: '${wrong.join(", ")}'`,
      );
    }
    throw typeError(`${this.qualname}() got an unexpected keyword argument '${name}'`);
  }

  #tooMany(code: Code, slots: (W_Root | null)[], given: int): OperationError {
    const argcount = code.argcount;
    const least = argcount - this.defaults.length;
    let keywordOnly: int = 0;
    for (let i: int = argcount; i < argcount + code.kwonlyargcount; i++) if (slots[i] !== null) keywordOnly++;
    const plural = this.defaults.length > 0 || argcount !== 1 ? "s" : "";
    const expected = this.defaults.length > 0 ? `from ${least} to ${argcount}` : `${argcount}`;
    let tail = given === 1 ? "was" : "were";
    if (keywordOnly > 0) {
      tail = `positional argument${given === 1 ? "" : "s"} (and ${keywordOnly} keyword-only argument${keywordOnly === 1 ? "" : "s"}) were`;
    }
    return typeError(`${this.qualname}() takes ${expected} positional argument${plural} but ${given} ${tail} given`);
  }

  #fillDefaults(code: Code, slots: (W_Root | null)[], taken: int): void {
    const defaults = this.defaults;
    const first: int = code.argcount - defaults.length;
    const missing: string[] = [];
    for (let i: int = taken; i < code.argcount; i++) {
      if (slots[i] !== null) continue;
      if (i >= first) slots[i] = defaults[i - first];
      else missing.push(code.varnames[i]);
    }
    if (missing.length > 0) throw this.#missing(missing, "positional");
  }

  #fillKeywordDefaults(code: Code, slots: (W_Root | null)[]): void {
    const missing: string[] = [];
    for (let i: int = code.argcount; i < code.argcount + code.kwonlyargcount; i++) {
      if (slots[i] !== null) continue;
      const w_default = this.w_kwdefaults === null ? null : this.w_kwdefaults.getStr(code.varnames[i]);
      if (w_default === null) missing.push(code.varnames[i]);
      else slots[i] = w_default;
    }
    if (missing.length > 0) throw this.#missing(missing, "keyword-only");
  }

  #missing(names: string[], kind: string): OperationError {
    const n = names.length;
    let list = `'${names[0]}'`;
    if (n === 2) list = `'${names[0]}' and '${names[1]}'`;
    else if (n > 2) list = `'${names.slice(0, n - 1).join("', '")}', and '${names[n - 1]}'`;
    return typeError(`${this.qualname}() missing ${n} required ${kind} argument${n === 1 ? "" : "s"}: ${list}`);
  }
}

/** A function with arguments in its frame, for `exec`, `eval` and modules: runs code in given namespaces. */
export function runCode(w_code: W_Code, w_globals: W_Dict, w_locals: W_Root): W_Root {
  const frame = new Frame(w_code, w_globals, NO_CELLS);
  frame.w_locals = w_locals;
  return runFrame(frame);
}

export function copyStack(stack: (W_Root | null)[], from: int, count: int): W_Root[] {
  const items: W_Root[] = [];
  for (let i: int = from; i < from + count; i++) items.push(stack[i] as W_Root);
  return items;
}

// --- attributes ------------------------------------------------------------------------------------------------------------

function functionOf(w_self: W_Root): W_Function {
  return w_self as W_Function;
}
function textOf(w_value: W_Root, what: string): string {
  const w_text = w_value.asStr();
  if (w_text instanceof W_Str) return w_text.text;
  throw typeError(`${what} must be set to a string object`);
}
getset(
  w_function,
  "__name__",
  (w_self) => newstr(functionOf(w_self).name),
  (w_self, w_value) => {
    functionOf(w_self).name = textOf(w_value, "__name__");
    return w_None;
  },
  (_w_self) => {
    throw typeError("__name__ must be set to a string object");
  },
);
getset(
  w_function,
  "__qualname__",
  (w_self) => newstr(functionOf(w_self).qualname),
  (w_self, w_value) => {
    functionOf(w_self).qualname = textOf(w_value, "__qualname__");
    return w_None;
  },
  (_w_self) => {
    throw typeError("__qualname__ must be set to a string object");
  },
);
getset(
  w_function,
  "__doc__",
  (w_self) => functionOf(w_self).w_doc,
  (w_self, w_value) => {
    functionOf(w_self).w_doc = w_value;
    return w_None;
  },
  (w_self) => {
    functionOf(w_self).w_doc = w_None;
    return w_None;
  },
);
getset(
  w_function,
  "__module__",
  (w_self) => functionOf(w_self).w_module,
  (w_self, w_value) => {
    functionOf(w_self).w_module = w_value;
    return w_None;
  },
);
getset(
  w_function,
  "__annotations__",
  (w_self) => {
    const w_f = functionOf(w_self);
    if (w_f.w_annotations === null) w_f.w_annotations = new W_Dict();
    if (w_f.w_annotations instanceof W_Tuple) w_f.w_annotations = annotationDict(w_f.w_annotations);
    return w_f.w_annotations;
  },
  (w_self, w_value) => {
    functionOf(w_self).w_annotations = w_value === w_None ? null : w_value;
    return w_None;
  },
);
function annotationDict(w_pairs: W_Tuple): W_Dict {
  const w_dict = new W_Dict();
  for (let i: int = 0; i < w_pairs.items.length; i += 2) w_dict.storeKey(w_pairs.items[i], w_pairs.items[i + 1]);
  return w_dict;
}
getset(
  w_function,
  "__defaults__",
  (w_self) => {
    const defaults = functionOf(w_self).defaults;
    return defaults.length === 0 ? w_None : new W_Tuple(defaults);
  },
  (w_self, w_value) => {
    if (w_value !== w_None && !(w_value instanceof W_Tuple))
      throw typeError("__defaults__ must be set to a tuple object");
    functionOf(w_self).defaults = w_value instanceof W_Tuple ? w_value.items : NO_DEFAULTS;
    return w_None;
  },
  (w_self) => {
    functionOf(w_self).defaults = NO_DEFAULTS;
    return w_None;
  },
);
getset(
  w_function,
  "__kwdefaults__",
  (w_self) => functionOf(w_self).w_kwdefaults ?? w_None,
  (w_self, w_value) => {
    if (w_value !== w_None && !(w_value instanceof W_Dict))
      throw typeError("__kwdefaults__ must be set to a dict object");
    functionOf(w_self).w_kwdefaults = w_value instanceof W_Dict ? w_value : null;
    return w_None;
  },
  (w_self) => {
    functionOf(w_self).w_kwdefaults = null;
    return w_None;
  },
);
getset(
  w_function,
  "__code__",
  (w_self) => functionOf(w_self).w_code,
  (w_self, w_value) => {
    if (!(w_value instanceof W_Code)) throw typeError("__code__ must be set to a code object");
    const w_f = functionOf(w_self);
    const free: int = w_value.code.freevars.length;
    if (free !== w_f.closure.length) {
      throw valueError(`${w_f.name}() requires a code object with ${w_f.closure.length} free vars, not ${free}`);
    }
    functionOf(w_self).w_code = w_value;
    return w_None;
  },
);
getset(w_function, "__globals__", (w_self) => functionOf(w_self).w_globals);
getset(w_function, "__builtins__", (w_self) => functionOf(w_self).w_globals.getStr("__builtins__") ?? w_None);
getset(w_function, "__closure__", (w_self) => {
  const closure = functionOf(w_self).closure;
  if (closure.length === 0) return w_None;
  const items: W_Root[] = [];
  for (const cell of closure) items.push(cell);
  return new W_Tuple(items);
});
getset(w_method, "__func__", (w_self) => (w_self as W_Method).w_func);
getset(w_method, "__self__", (w_self) => (w_self as W_Method).w_self);
