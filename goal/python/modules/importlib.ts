// importlib, as far as programs use it: import_module, reload of nothing, specs without loaders.

import { ec } from "../interpreter/context.ts";
import { importModule } from "../interpreter/importer.ts";
import { function0, functionN } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { newint } from "../objects/int.ts";
import { newlist } from "../objects/list.ts";
import type { W_Module } from "../objects/module.ts";
import { KIND_ImportError, NO_NAMES, operationError, typeError, type W_Root } from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { findattr, getattr, str } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple } from "../objects/tuple.ts";
import { W_Type, w_object } from "../objects/type.ts";
import { builtinModule, builtinModules, constant, functions } from "./registry.ts";

const w_importlib = builtinModule("importlib");
const w_machinery = builtinModule("importlib.machinery");
const w_util = builtinModule("importlib.util");
const w_abc = builtinModule("importlib.abc");
constant(w_importlib, "__path__", newlist([]));

/** `import_module(name, package)` */
function importNamed(w_name: W_Root, w_package: W_Root): W_Root {
  const w_text = w_name.asStr();
  if (!(w_text instanceof W_Str)) throw typeError(`module name must be str, not ${w_name.typename()}`);
  let name = w_text.text;
  let level = 0;
  while (name.charAt(level) === ".") level++;
  name = name.slice(level);
  const w_globals = new W_Dict();
  if (level > 0) {
    if (w_package === w_None) {
      throw typeError(`the 'package' argument is required to perform a relative import for '${w_text.text}'`);
    }
    w_globals.setStr("__package__", w_package);
  }
  return importModule(name, w_globals, newtuple([newstr("*none*")]), newint(level));
}

functions(w_importlib, [
  functionN("import_module", "name, package=None", (args) => {
    importNamed(args[0], args[1]);
    const name = str(args[0]);
    const w_known = ec.w_modules.getStr(name.startsWith(".") ? `${str(args[1])}${name}` : name);
    if (w_known !== null) return w_known;
    throw operationError(KIND_ImportError, `cannot import ${name}`);
  }),
  function0("invalidate_caches", () => w_None),
  functionN("reload", "module", (args) => args[0]),
  functionN("__import__", "name, globals=None, locals=None, fromlist=?, level=0", (args) =>
    getattr(builtinModules.get("builtins") as W_Module, "__import__").callArgs(
      args[3] === w_missing ? [args[0]] : args.slice(0, 5),
      NO_NAMES,
    ),
  ),
]);
for (const name of ["SOURCE_SUFFIXES", "DEBUG_BYTECODE_SUFFIXES", "BYTECODE_SUFFIXES", "EXTENSION_SUFFIXES"]) {
  constant(w_machinery, name, newlist(name === "SOURCE_SUFFIXES" ? [newstr(".py")] : []));
}
for (const name of [
  "ModuleSpec",
  "SourceFileLoader",
  "SourcelessFileLoader",
  "ExtensionFileLoader",
  "FileFinder",
  "PathFinder",
  "BuiltinImporter",
  "FrozenImporter",
]) {
  constant(w_machinery, name, new W_Type(name, "importlib.machinery", [w_object], false));
}
for (const name of [
  "Loader",
  "MetaPathFinder",
  "PathEntryFinder",
  "InspectLoader",
  "ExecutionLoader",
  "SourceLoader",
]) {
  constant(w_abc, name, new W_Type(name, "importlib.abc", [w_object], false));
}
functions(w_machinery, [function0("all_suffixes", () => newlist([newstr(".py")]))]);
functions(w_util, [
  functionN("find_spec", "name, package=None", (args) => {
    const w_module = ec.w_modules.getStr(str(args[0]));
    return w_module === null ? w_None : (findattr(w_module, "__spec__") ?? w_None);
  }),
]);
constant(w_importlib, "machinery", w_machinery);
constant(w_importlib, "util", w_util);
constant(w_importlib, "abc", w_abc);
