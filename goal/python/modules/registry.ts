// Modules written in TypeScript: made at import time, prebuilt in the binary.
import type { W_Builtin } from "../objects/builtin.ts";
import { W_Module } from "../objects/module.ts";
import type { W_Root } from "../objects/root.ts";
import { newstr } from "../objects/str.ts";

/** By name. */
export const builtinModules = new Map<string, W_Module>();

/** What completes a module at run time, when it is first imported. */
export const starters = new Map<string, () => void>();

/** The built-in module of this name, completed; null without. */
export function findBuiltinModule(name: string): W_Module | null {
  const w_module = builtinModules.get(name);
  if (w_module === undefined) return null;
  const start = starters.get(name);
  if (start !== undefined) {
    starters.delete(name);
    start();
  }
  return w_module;
}

/** A new built-in module. Import time, like the following. */
export function builtinModule(name: string): W_Module {
  const w_module = new W_Module(name);
  w_module.isBuiltin = true;
  builtinModules.set(name, w_module);
  return w_module;
}
export function constant(w_module: W_Module, name: string, w_value: W_Root): void {
  w_module.w_dict.setStr(name, w_value);
}
/** Adds functions under their own names. */
export function functions(w_module: W_Module, list: W_Builtin[]): void {
  for (const w of list) {
    w.module = w_module.name();
    w_module.w_dict.setStr(w.name, w);
  }
}
export function docString(w_module: W_Module, text: string): void {
  w_module.w_dict.setStr("__doc__", newstr(text));
}
