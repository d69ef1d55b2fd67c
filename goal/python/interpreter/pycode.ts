// Code objects as Python sees them, with the inline caches of their instructions.
import { type int, newList } from "rtypescript/rlib";
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_GENERATOR,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type Code,
} from "../compiler/code.ts";
import { getset, method0 } from "../objects/builtin.ts";
import type { W_Dict } from "../objects/dict.ts";
import { newint } from "../objects/int.ts";
import { type GlobalCell, W_ModuleDict } from "../objects/moduledict.ts";
import { CMP_EQ, CMP_NE, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { newstr } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, type Shape, type W_Type } from "../objects/type.ts";
import { ec } from "./context.ts";

export const w_code = builtinType("code");
w_code.acceptsSubclasses = false;

export const CACHE_SLOT: int = 0;
/** A plain method of the class: `w_value`, to be called with the object. */
export const CACHE_METHOD: int = 1;
/** Another attribute of the class: `w_value`, bound by `descrGet`. */
export const CACHE_CLASS: int = 2;
/** A property: `w_value` is the getter. */
export const CACHE_PROPERTY: int = 3;
/** A store that adds the attribute: `shape` becomes `next`. */
export const CACHE_ADD: int = 4;

/** What an attribute access found, for objects of one shape (or one class) as long as the class has this version. */
export class AttributeCache {
  readonly kind: int;
  readonly shape: Shape | null;
  readonly w_class: W_Type;
  readonly version: int;
  readonly index: int;
  readonly w_value: W_Root | null;
  readonly next: Shape | null;
  constructor(kind: int, shape: Shape | null, w_class: W_Type, index: int, w_value: W_Root | null, next: Shape | null) {
    this.kind = kind;
    this.shape = shape;
    this.w_class = w_class;
    this.version = w_class.version;
    this.index = index;
    this.w_value = w_value;
    this.next = next;
  }
}

const NO_KEYWORDS: (string[] | null)[] = [];

export class W_Code extends W_Root {
  readonly code: Code;
  /** Per instruction. */
  readonly caches: (AttributeCache | null)[];
  /** Names of the keywords of a call, per instruction; made when first needed. */
  keywords: (string[] | null)[];
  /** Cells of `names` in `w_globals`. */
  cells: (GlobalCell | null)[];
  w_globals: W_Dict | null;
  /** Exact number of positional arguments that need no other treatment; −1 when calls must be bound in general. */
  readonly fast: int;
  /** Calling makes a generator or the like: its CO_ flag, else 0. */
  readonly resumable: int;

  constructor(code: Code) {
    super();
    this.code = code;
    this.caches = newList<AttributeCache | null>(code.bytecode.length >> 1, null);
    this.keywords = NO_KEYWORDS;
    this.cells = newList<GlobalCell | null>(code.names.length, null);
    this.w_globals = null;
    const general = (code.flags & (CO_VARARGS | CO_VARKEYWORDS)) !== 0 || code.kwonlyargcount > 0;
    this.fast = general ? -1 : code.argcount;
    this.resumable = code.flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
  }
  override getclass(): W_Type {
    return w_code;
  }
  override repr(): string {
    return `<code object ${this.code.name} at ${this.address()}, file "${this.code.filename}", line ${this.code.firstLine}>`;
  }
  override compare(op: int, w_other: W_Root): int {
    if (op !== CMP_EQ && op !== CMP_NE) return -1;
    return (this === w_other) === (op === CMP_EQ) ? 1 : 0;
  }

  /** The keyword names that a call instruction passes, given as a tuple of str. */
  keywordNames(at: int, w_names: W_Tuple): string[] {
    if (this.keywords.length === 0) this.keywords = newList<string[] | null>(this.caches.length, null);
    const known = this.keywords[at];
    if (known !== null) return known;
    const names: string[] = [];
    for (const w of w_names.items) names.push(w.str());
    this.keywords[at] = names;
    return names;
  }

  /** Prepares the cells for these globals. */
  bindGlobals(w_globals: W_Dict): void {
    if (this.w_globals !== null) this.cells = newList<GlobalCell | null>(this.code.names.length, null);
    this.w_globals = w_globals;
  }

  /** The value of a global or built-in name; null when neither. */
  loadGlobal(i: int, w_globals: W_Dict): W_Root | null {
    const cell = this.cells[i];
    if (cell !== null) {
      const w_value = cell.w_value;
      if (w_value !== null) return w_value;
      const fallback = cell.fallback;
      if (fallback !== null && fallback.w_value !== null) return fallback.w_value;
    }
    return this.#loadGlobalSlow(i, w_globals);
  }
  #loadGlobalSlow(i: int, w_globals: W_Dict): W_Root | null {
    const name = this.code.names[i];
    if (!(w_globals instanceof W_ModuleDict)) {
      return w_globals.findKey(this.code.w_names[i]) ?? ec.w_builtins.getStr(name);
    }
    const cell = w_globals.cellFor(name);
    if (cell.fallback === null) cell.fallback = ec.w_builtins.cellFor(name);
    this.cells[i] = cell;
    return cell.w_value ?? (cell.fallback as GlobalCell).w_value;
  }
}

function strings(names: readonly string[]): W_Root {
  const items: W_Root[] = [];
  for (const name of names) items.push(newstr(name));
  return newtuple(items);
}

getset(w_code, "co_name", (w_self) => newstr((w_self as W_Code).code.name));
getset(w_code, "co_qualname", (w_self) => newstr((w_self as W_Code).code.qualname));
getset(w_code, "co_filename", (w_self) => newstr((w_self as W_Code).code.filename));
getset(w_code, "co_firstlineno", (w_self) => newint((w_self as W_Code).code.firstLine));
getset(w_code, "co_argcount", (w_self) => newint((w_self as W_Code).code.argcount));
getset(w_code, "co_posonlyargcount", (w_self) => newint((w_self as W_Code).code.posonlyargcount));
getset(w_code, "co_kwonlyargcount", (w_self) => newint((w_self as W_Code).code.kwonlyargcount));
getset(w_code, "co_nlocals", (w_self) => newint((w_self as W_Code).code.nlocals));
getset(w_code, "co_flags", (w_self) => newint((w_self as W_Code).code.flags));
getset(w_code, "co_stacksize", (w_self) => newint((w_self as W_Code).code.stacksize));
getset(w_code, "co_varnames", (w_self) => strings((w_self as W_Code).code.varnames));
getset(w_code, "co_names", (w_self) => strings((w_self as W_Code).code.names));
getset(w_code, "co_cellvars", (w_self) => strings((w_self as W_Code).code.cellvars));
getset(w_code, "co_freevars", (w_self) => strings((w_self as W_Code).code.freevars));
getset(w_code, "co_consts", (w_self) => newtuple((w_self as W_Code).code.consts.slice()));
method0(w_code, "co_positions", (w_self) => {
  const code = (w_self as W_Code).code;
  const items: W_Root[] = [];
  for (let pc: int = 0; pc < code.bytecode.length; pc += 2) {
    const p = code.positionOf(pc);
    items.push(new W_Tuple([known(p.line), known(p.endLine), known(p.column), known(p.endColumn)]));
  }
  return new W_Tuple(items).iter();
});
function known(n: int): W_Root {
  return n < 0 ? w_None : newint(n);
}
