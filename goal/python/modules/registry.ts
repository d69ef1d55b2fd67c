// The modules that are written in TypeScript, by name.
//
// A module object and its contents are made at import time and are part of the binary. What a module can only know at
// run time (the environment, command line, …) its `start` function adds when a program first imports it.
import type { W_Builtin } from "../objects/builtin.ts";
import { newint } from "../objects/int.ts";
import { W_Module } from "../objects/module.ts";
import type { W_Root } from "../objects/root.ts";
import { newstr } from "../objects/str.ts";
import type { W_Type } from "../objects/type.ts";

/** A module under construction or ready. The methods are for import time. */
export class BuiltinModule {
  readonly name: string;
  readonly w_module: W_Module;
  /** Completes the module at its first import; null when nothing is to be done (any more). */
  start: (() => void) | null;
  constructor(name: string, doc: string) {
    this.name = name;
    this.w_module = new W_Module(name);
    this.start = null;
    if (doc !== "") this.add("__doc__", newstr(doc));
  }
  add(name: string, w_value: W_Root): void {
    this.w_module.w_dict.setStr(name, w_value);
  }
  addInt(name: string, value: number): void {
    this.add(name, newint(value));
  }
  addText(name: string, text: string): void {
    this.add(name, newstr(text));
  }
  addFunction(w_function: W_Builtin): void {
    w_function.module = this.name;
    this.add(w_function.name, w_function);
  }
  addType(w_type: W_Type): void {
    this.add(w_type.name, w_type);
  }
}

const modules = new Map<string, BuiltinModule>();

/** Makes the module `name`; import time. */
export function defineModule(name: string, doc: string = ""): BuiltinModule {
  const made = new BuiltinModule(name, doc);
  modules.set(name, made);
  return made;
}

/** The ready module of this name, null when there is none written in TypeScript. */
export function findBuiltinModule(name: string): W_Module | null {
  const found = modules.get(name);
  if (found === undefined) return null;
  const start = found.start;
  if (start !== null) {
    found.start = null;
    start();
  }
  return found.w_module;
}

/** Names of all of them, for `sys.builtin_module_names`. */
export function builtinModuleNames(): string[] {
  const names: string[] = [];
  for (const name of modules.keys()) names.push(name);
  return names;
}
