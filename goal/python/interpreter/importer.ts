// Imports: built-in modules by name, then files along `sys.path`.
import type { int } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { builtinModules, findBuiltinModule } from "../modules/registry.ts";
import type { W_Dict } from "../objects/dict.ts";
import { W_Int } from "../objects/int.ts";
import { newlist, W_List } from "../objects/list.ts";
import { W_Module } from "../objects/module.ts";
import {
  KIND_ImportError,
  KIND_KeyError,
  KIND_ModuleNotFoundError,
  type OperationError,
  operationError,
  typeError,
  valueError,
  type W_Root,
} from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { findattr, findattrQuiet, setattr, truth, unpack } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { compileText, MODE_EXEC } from "./compile.ts";
import { ec } from "./context.ts";
import { FROZEN_LIBRARY, frozenModules } from "./frozen.ts";
import { runCode } from "./function.ts";
import type { W_Code } from "./pycode.ts";

/** Directories searched for modules: the list object of `sys.path`. */
export const searchPath = newlist([]);

function notFound(text: string, name: string): OperationError {
  const error = operationError(KIND_ModuleNotFoundError, text);
  error.subject = name;
  return error;
}

/** `__import__(name, globals, locals, fromlist, level)` */
export function importModule(name: string, w_globals: W_Dict, w_fromlist: W_Root, w_level: W_Root): W_Root {
  const level: int = w_level instanceof W_Int ? w_level.value : 0;
  if (level < 0) throw valueError("level must be >= 0");
  if (name === "" && level === 0) throw valueError("Empty module name");
  const full = level === 0 ? name : absoluteName(name, w_globals, level);
  const w_module = importAbsolute(full);
  if (!truth(w_fromlist)) {
    if (level > 0) return level === 1 && name === "" ? w_module : relativeHead(full, name);
    const dot: int = name.indexOf(".");
    return dot < 0 ? w_module : (findModule(name.slice(0, dot)) as W_Root);
  }
  if (findattrQuiet(w_module, "__path__") !== null) importListed(w_module, full, w_fromlist);
  return w_module;
}
function relativeHead(full: string, name: string): W_Root {
  const dot: int = name.indexOf(".");
  const cut = dot < 0 ? full : full.slice(0, full.length - (name.length - dot));
  return findModule(cut) as W_Root;
}

/** The full name of a relative import. */
function absoluteName(name: string, w_globals: W_Dict, level: int): string {
  const w_package = w_globals.getStr("__package__");
  let base = "";
  if (w_package instanceof W_Str) base = w_package.text;
  else {
    const w_name = w_globals.getStr("__name__");
    base = w_name instanceof W_Str ? w_name.text : "";
    if (w_globals.getStr("__path__") === null) base = parentName(base);
  }
  if (base === "") throw operationError(KIND_ImportError, "attempted relative import with no known parent package");
  for (let i: int = 1; i < level; i++) {
    if (!base.includes(".")) {
      throw operationError(KIND_ImportError, "attempted relative import beyond top-level package");
    }
    base = parentName(base);
  }
  return name === "" ? base : `${base}.${name}`;
}
function parentName(name: string): string {
  const dot: int = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(0, dot);
}

/** Submodules named in `from package import a, b`. */
function importListed(w_package: W_Root, full: string, w_fromlist: W_Root): void {
  for (const w_name of unpack(w_fromlist)) {
    const w_text = w_name.asStr();
    if (!(w_text instanceof W_Str)) {
      throw typeError(`Item in \`\`from list'' must be str, not ${w_name.typename()}`);
    }
    if (w_text.text === "*") {
      const w_all = findattr(w_package, "__all__");
      if (w_all !== null) importListed(w_package, full, w_all);
    } else if (findattrQuiet(w_package, w_text.text) === null) {
      const name = `${full}.${w_text.text}`;
      if (findModule(name) === null) loadFrom(name, w_text.text, packagePath(w_package));
    }
  }
}

function findModule(name: string): W_Root | null {
  return ec.w_modules.findKey(newstr(name));
}

/** The module of this full name, its parents imported before. */
function importAbsolute(name: string): W_Root {
  const w_known = findModule(name);
  if (w_known !== null) {
    if (w_known === w_None) throw notFound(`import of ${name} halted; None in sys.modules`, name);
    return w_known;
  }
  const parent = parentName(name);
  if (parent === "") return loadTop(name);
  const w_parent = importAbsolute(parent);
  const w_again = findModule(name);
  if (w_again !== null) return w_again;
  const last = name.slice(parent.length + 1);
  if (findattrQuiet(w_parent, "__path__") === null) {
    throw notFound(`No module named '${name}'; '${parent}' is not a package`, name);
  }
  const w_module = loadFrom(name, last, packagePath(w_parent));
  if (w_module === null) throw notFound(`No module named '${name}'`, name);
  return w_module;
}

function packagePath(w_package: W_Root): W_Root[] {
  const w_path = findattrQuiet(w_package, "__path__");
  return w_path === null ? [] : unpack(w_path);
}

function loadTop(name: string): W_Root {
  const w_builtin = findBuiltinModule(name);
  if (w_builtin !== null) {
    ec.w_modules.setStr(name, w_builtin);
    return w_builtin;
  }
  const w_module = loadFrom(name, name, searchPath.items);
  if (w_module === null) throw notFound(`No module named '${name}'`, name);
  return w_module;
}

/** Loads a module or package from one of these directories; null when it is in none. */
function loadFrom(name: string, last: string, path: W_Root[]): W_Root | null {
  const w_builtin = findBuiltinModule(name);
  if (w_builtin !== null) {
    ec.w_modules.setStr(name, w_builtin);
    bindInParent(name, w_builtin);
    return w_builtin;
  }
  for (const w_directory of path) {
    if (!(w_directory instanceof W_Str)) continue;
    if (w_directory.text.startsWith(FROZEN_LIBRARY)) {
      const frozen = frozenModules.get(name);
      if (frozen !== undefined) return runModule(name, frozen.file, frozen.directory, frozen.code());
    }
    const directory = w_directory.text === "" ? "" : `${w_directory.text}/`;
    const init = `${directory}${last}/__init__.py`;
    if (isFile(init)) return loadFile(name, init, `${directory}${last}`);
    const file = `${directory}${last}.py`;
    if (isFile(file)) return loadFile(name, file, "");
    if (isDirectory(`${directory}${last}`)) return namespacePackage(name, `${directory}${last}`);
  }
  return null;
}
function isFile(path: string): boolean {
  return os.exists(path) && os.stat(path).isFile();
}
function isDirectory(path: string): boolean {
  return os.exists(path) && os.stat(path).isDirectory();
}

function namespacePackage(name: string, directory: string): W_Root {
  const w_module = new W_Module(name);
  w_module.w_dict.setStr("__package__", newstr(name));
  w_module.w_dict.setStr("__path__", newlist([newstr(directory)]));
  ec.w_modules.setStr(name, w_module);
  bindInParent(name, w_module);
  return w_module;
}

/** Runs a file as a module; `directory` is a package's. */
function loadFile(name: string, file: string, directory: string): W_Root {
  return runModule(name, file, directory, compileText(os.readFile(file), file, MODE_EXEC));
}

function runModule(name: string, file: string, directory: string, w_code: W_Code): W_Root {
  const w_module = new W_Module(name);
  const w_dict = w_module.w_dict;
  w_dict.setStr("__file__", newstr(file));
  w_dict.setStr("__builtins__", builtinModules.get("builtins") as W_Module);
  w_dict.setStr("__package__", newstr(directory === "" ? parentName(name) : name));
  if (directory !== "") w_dict.setStr("__path__", new W_List([newstr(directory)]));
  ec.w_modules.setStr(name, w_module);
  let done = false;
  try {
    runCode(w_code, w_dict, w_dict);
    done = true;
  } finally {
    if (!done) ec.w_modules.delStr(name);
  }
  // A module may put another object in its place.
  const w_final = findModule(name);
  if (w_final === null) throw operationError(KIND_KeyError, name);
  bindInParent(name, w_final);
  return w_final;
}

function bindInParent(name: string, w_module: W_Root): void {
  const parent = parentName(name);
  if (parent === "") return;
  const w_parent = findModule(parent);
  if (w_parent !== null) setattr(w_parent, name.slice(parent.length + 1), w_module);
}
