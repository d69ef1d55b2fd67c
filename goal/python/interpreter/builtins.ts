// Built-in functions that look at frames, compile, print or make classes.
import type { int } from "rtypescript/rlib";
import { utf8Decode } from "rtypescript/rlib/os";
import { dirOf, w_builtins } from "../modules/builtins.ts";
import { w_open } from "../modules/io/open.ts";
import { W_TextFile } from "../modules/io/textfile.ts";
import { constant, functions } from "../modules/registry.ts";
import { w_stdin, w_stdout, w_sys } from "../modules/sys.ts";
import { functionKw, functionN, getset, method0, newKw, newN, W_Builtin } from "../objects/builtin.ts";
import { W_Bytes } from "../objects/bytes.ts";
import { w_complex } from "../objects/complex.ts";
import { W_Dict } from "../objects/dict.ts";
import { w_SystemExit } from "../objects/exceptions.ts";
import { newlist, sortedInPlace } from "../objects/list.ts";
import { W_Module, w_module } from "../objects/module.ts";
import {
  KIND_EOFError,
  KIND_RuntimeError,
  operationError,
  raiseValue,
  typeError,
  valueError,
  type W_Root,
} from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { slots } from "../objects/slots.ts";
import { callMethod0, findattr, findattrQuiet, getattr, str, truth, unpack } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { FrameSuper, frameSuperHook, makeSuper } from "../objects/super.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { W_Instance, W_Type, w_type } from "../objects/type.ts";
import { ClassCell, classCellHook, commonMetaclass } from "../objects/typemethods.ts";
import { compileText, MODE_EVAL, MODE_EXEC, MODE_SINGLE } from "./compile.ts";
import { ec } from "./context.ts";
import { Frame, W_Cell, w_cell, w_frame } from "./frame.ts";
import { runCode, W_Function, w_function } from "./function.ts";
import { importModule } from "./importer.ts";
import { W_Code } from "./pycode.ts";
import { W_Traceback, w_traceback } from "./traceback.ts";

// --- print and input --------------------------------------------------------------------------------------------------------

/** A stream by its name in sys. */
function standardStream(name: string, w_usual: W_Root): W_Root {
  const w_file = w_sys.w_dict.getStr(name);
  if (w_file === null) throw operationError(KIND_RuntimeError, `lost sys.${name}`);
  return w_file === w_usual ? w_usual : w_file;
}
function separator(w_text: W_Root, name: string, usual: string): string {
  if (w_text === w_None) return usual;
  const w_s = w_text.asStr();
  if (w_s instanceof W_Str) return w_s.text;
  throw typeError(`${name} must be None or a string, not ${w_text.typename()}`);
}

function print(args: W_Root[], names: string[]): W_Root {
  const given: int = args.length - names.length;
  let sep = " ";
  let end = "\n";
  let w_file: W_Root = w_None;
  let flush = false;
  for (let k: int = 0; k < names.length; k++) {
    const w_value = args[given + k];
    if (names[k] === "sep") sep = separator(w_value, "sep", " ");
    else if (names[k] === "end") end = separator(w_value, "end", "\n");
    else if (names[k] === "file") w_file = w_value;
    else if (names[k] === "flush") flush = truth(w_value);
    else throw typeError(`'${names[k]}' is an invalid keyword argument for print()`);
  }
  if (w_file === w_None) {
    w_file = standardStream("stdout", w_stdout);
    if (w_file === w_None) return w_None;
  }
  if (w_file instanceof W_TextFile && w_file.user === null) {
    w_file.requireOpen();
    printTo(w_file, args, given, sep, end);
  } else {
    const w_write = getattr(w_file, "write");
    for (let i: int = 0; i < given; i++) {
      if (i > 0 && sep !== "") w_write.call1(newstr(sep));
      w_write.call1(newstr(str(args[i])));
    }
    if (end !== "") w_write.call1(newstr(end));
  }
  if (flush) callMethod0(w_file, "flush");
  return w_None;
}
function printTo(w_file: W_TextFile, args: W_Root[], given: int, sep: string, end: string): void {
  if (given === 1) {
    w_file.writeText(str(args[0]) + end);
    return;
  }
  const parts: string[] = [];
  for (let i: int = 0; i < given; i++) parts.push(str(args[i]));
  w_file.writeText(parts.join(sep) + end);
}

function input(w_prompt: W_Root): W_Root {
  const w_out = standardStream("stdout", w_stdout);
  if (w_prompt !== w_missing) getattr(w_out, "write").call1(newstr(str(w_prompt)));
  callMethod0(w_out, "flush");
  const w_in = standardStream("stdin", w_stdin);
  const line = str(callMethod0(w_in, "readline"));
  if (line === "") throw operationError(KIND_EOFError, "EOF when reading a line");
  return newstr(line.endsWith("\n") ? line.slice(0, line.length - 1) : line);
}

// --- namespaces ---------------------------------------------------------------------------------------------------------------

function currentFrame(): Frame {
  return ec.top as Frame;
}

function vars(w_obj: W_Root): W_Root {
  if (w_obj === w_missing) return currentFrame().localsDict();
  const w_dict = findattr(w_obj, "__dict__");
  if (w_dict === null) throw typeError("vars() argument must have __dict__ attribute");
  return w_dict;
}
function dir(w_obj: W_Root): W_Root {
  if (w_obj !== w_missing) return dirOf(w_obj);
  const names = unpack(callMethod0(currentFrame().localsDict(), "keys"));
  sortedInPlace(names, w_None, false);
  return newlist(names);
}

// --- compile, exec, eval ----------------------------------------------------------------------------------------------------------

function sourceText(w_source: W_Root, name: string): string {
  const w_text = w_source.asStr();
  if (w_text instanceof W_Str) {
    if (w_text.text.includes("\0")) throw valueError("source code string cannot contain null bytes");
    return w_text.text;
  }
  if (w_source instanceof W_Bytes) return utf8Decode(w_source.data);
  throw typeError(`${name}() arg 1 must be a string, bytes or code object`);
}

function compile(args: W_Root[]): W_Root {
  const w_filename = args[1].asStr();
  const w_mode = args[2].asStr();
  const filename = w_filename instanceof W_Str ? w_filename.text : "<string>";
  const mode = w_mode instanceof W_Str ? w_mode.text : "";
  const w_source = args[0];
  if (w_source instanceof W_Code) return w_source;
  if (w_source.asStr() === null && !(w_source instanceof W_Bytes)) {
    throw typeError("compile() arg 1 must be a string, bytes or AST object");
  }
  if (mode === "exec") return compileText(sourceText(w_source, "compile"), filename, MODE_EXEC);
  if (mode === "eval") return compileText(sourceText(w_source, "compile").trimStart(), filename, MODE_EVAL);
  if (mode === "single") return compileText(sourceText(w_source, "compile"), filename, MODE_SINGLE);
  throw valueError("compile() mode must be 'exec', 'eval' or 'single'");
}

/** `exec` and `eval`. */
function evaluate(name: string, w_source: W_Root, w_globals: W_Root, w_locals: W_Root): W_Root {
  const frame = currentFrame();
  let w_g: W_Root = w_globals;
  let w_l: W_Root = w_locals;
  if (w_g === w_None) {
    w_g = frame.w_globals;
    if (w_l === w_None) w_l = frame.localsDict();
  } else if (w_l === w_None) w_l = w_g;
  if (!(w_g instanceof W_Dict)) {
    throw typeError(
      name === "eval" ? "globals must be a dict" : `${name}() globals must be a dict, not ${w_g.typename()}`,
    );
  }
  if (w_l.getclass().lookup("__getitem__") === null) {
    throw typeError(
      `${name === "eval" ? "" : "exec() "}locals must be a mapping${name === "eval" ? "" : ` or None, not ${w_l.typename()}`}`,
    );
  }
  if (w_g.getStr("__builtins__") === null) w_g.setStr("__builtins__", w_builtins);
  let w_code: W_Code;
  if (w_source instanceof W_Code) w_code = w_source;
  else if (name === "eval") w_code = compileText(trimBlanks(sourceText(w_source, name)), "<string>", MODE_EVAL);
  else w_code = compileText(sourceText(w_source, name), "<string>", MODE_EXEC);
  if (w_code.code.freevars.length > 0) {
    throw typeError(`code object passed to ${name}() may not contain free variables`);
  }
  return runCode(w_code, w_g, w_l);
}
function trimBlanks(text: string): string {
  let from: int = 0;
  while (from < text.length && (text.charAt(from) === " " || text.charAt(from) === "\t")) from++;
  return text.slice(from);
}

// --- classes ------------------------------------------------------------------------------------------------------------------------

class CellFiller extends ClassCell {
  override fill(w_cell: W_Root, w_class: W_Root): void {
    if (!(w_cell instanceof W_Cell)) {
      throw typeError(`type.__new__() __classcell__ must be a nonlocal cell, not ${w_cell.getclass().repr()}`);
    }
    w_cell.w_value = w_class;
  }
}
classCellHook.filler = new CellFiller();

/** Bases with `__mro_entries__` replaced by what they stand for. */
function resolveBases(bases: W_Root[]): W_Root[] {
  const result: W_Root[] = [];
  for (const w of bases) {
    const w_method = w instanceof W_Type ? null : findattrQuiet(w, "__mro_entries__");
    if (w_method === null) result.push(w);
    else for (const w_entry of unpack(w_method.call1(newtuple(bases)))) result.push(w_entry);
  }
  return result;
}

function buildClass(args: W_Root[], names: string[]): W_Root {
  const given: int = args.length - names.length;
  if (given < 2) throw typeError("__build_class__: not enough arguments");
  const w_func = args[0];
  if (!(w_func instanceof W_Function)) throw typeError("__build_class__: func must be a function");
  const original = args.slice(2, given);
  const bases = resolveBases(original);
  let w_meta: W_Root = bases.length > 0 ? bases[0].getclass() : w_type;
  const keywords: string[] = [];
  const values: W_Root[] = [];
  for (let k: int = 0; k < names.length; k++) {
    if (names[k] === "metaclass") w_meta = args[given + k];
    else {
      keywords.push(names[k]);
      values.push(args[given + k]);
    }
  }
  if (w_meta instanceof W_Type) w_meta = commonMetaclass(w_meta, bases);
  const w_bases = newtuple(bases);
  const w_name = args[1];
  const w_prepare = w_meta === w_type ? null : findattr(w_meta, "__prepare__");
  const w_ns: W_Root = w_prepare === null ? new W_Dict() : w_prepare.callArgs([w_name, w_bases, ...values], keywords);
  if (!(w_ns instanceof W_Dict) && w_ns.getclass().lookup("__getitem__") === null) {
    const metaname = w_meta instanceof W_Type ? w_meta.name : "<metaclass>";
    throw typeError(`${metaname}.__prepare__() must return a mapping, not ${w_ns.typename()}`);
  }
  const frame = w_func.newFrame();
  frame.w_locals = w_ns;
  const w_cell = w_func.start(frame);
  if (!sameItems(bases, original)) setOriginalBases(w_ns, original);
  const w_class = w_meta.callArgs([w_name, w_bases, w_ns, ...values], keywords);
  if (w_cell instanceof W_Cell && w_class instanceof W_Type && w_cell.w_value !== null && w_cell.w_value !== w_class) {
    throw typeError(`__class__ set to ${w_cell.w_value.repr()} defining '${str(w_name)}' as ${w_class.repr()}`);
  }
  if (w_cell instanceof W_Cell && w_class instanceof W_Type && w_cell.w_value === null) {
    throw operationError(
      KIND_RuntimeError,
      `__class__ not set defining '${str(w_name)}' as ${w_class.repr()}. Was __classcell__ propagated to type.__new__?`,
    );
  }
  return w_class;
}
function sameItems(a: W_Root[], b: W_Root[]): boolean {
  if (a.length !== b.length) return false;
  for (let i: int = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
function setOriginalBases(w_ns: W_Root, original: W_Root[]): void {
  if (w_ns instanceof W_Dict) w_ns.setStr("__orig_bases__", newtuple(original));
}

class SuperOfFrame extends FrameSuper {
  override make(): W_Root {
    const frame = currentFrame();
    const code = frame.code;
    if (code.argcount === 0 && code.nlocals === 0) throw operationError(KIND_RuntimeError, "super(): no arguments");
    let w_obj: W_Root | null = null;
    for (let i: int = 0; i < code.cellvars.length; i++) {
      if (code.cellToArg[i] === 0) w_obj = frame.cells[i].w_value;
    }
    if (w_obj === null && code.argcount > 0) w_obj = frame.slots[0];
    if (w_obj === null && code.argcount === 0) {
      // `def method(*args)`: the receiver is the first of the tuple.
      throw operationError(KIND_RuntimeError, "super(): no arguments");
    }
    if (w_obj === null) throw operationError(KIND_RuntimeError, "super(): arg[0] deleted");
    for (let i: int = 0; i < code.freevars.length; i++) {
      if (code.freevars[i] !== "__class__") continue;
      const w_class = frame.cells[code.cellvars.length + i].w_value;
      if (w_class === null) throw operationError(KIND_RuntimeError, "super(): empty __class__ cell");
      return makeSuper(w_class, w_obj);
    }
    throw operationError(KIND_RuntimeError, "super(): __class__ cell not found");
  }
}
frameSuperHook.maker = new SuperOfFrame();

functions(w_builtins, [
  functionKw("print", print),
  functionN("input", "prompt=?, /", (args) => input(args[0])),
  functionN("globals", "", (_args) => currentFrame().w_globals),
  functionN("locals", "", (_args) => currentFrame().localsDict()),
  functionN("vars", "object=?, /", (args) => vars(args[0])),
  functionN("dir", "object=?, /", (args) => dir(args[0])),
  functionN(
    "compile",
    "source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1",
    compile,
  ),
  functionN("exec", "source, globals=None, locals=None, /, *, closure=None", (args) => {
    evaluate("exec", args[0], args[1], args[2]);
    return w_None;
  }),
  functionN("eval", "source, globals=None, locals=None, /", (args) => evaluate("eval", args[0], args[1], args[2])),
  functionKw("__build_class__", buildClass),
  functionN("__import__", "name, globals=None, locals=None, fromlist=?, level=0", (args) => {
    const w_name = args[0].asStr();
    if (!(w_name instanceof W_Str)) throw typeError("module name must be a string");
    const w_globals = args[1] instanceof W_Dict ? args[1] : currentFrame().w_globals;
    return importModule(w_name.text, w_globals, args[3] === w_missing ? w_None : args[3], args[4]);
  }),
  functionN("exit", "code=None", (args) => {
    throw raiseValue(w_SystemExit.call1(args[0]));
  }),
  functionN("quit", "code=None", (args) => {
    throw raiseValue(w_SystemExit.call1(args[0]));
  }),
]);
constant(w_builtins, "open", w_open);
constant(w_builtins, "complex", w_complex);

// --- classes of the interpreter's own objects -------------------------------------------------------------------------------------------

slots(w_function, "repr");
newKw(w_function, (args, _names) => {
  const w_code = args[1];
  const w_globals = args[2];
  if (!(w_code instanceof W_Code)) throw typeError(`function() argument 'code' must be code, not ${w_code.typename()}`);
  if (!(w_globals instanceof W_Dict)) {
    throw typeError(`function() argument 'globals' must be dict, not ${w_globals.typename()}`);
  }
  const closure: W_Cell[] = [];
  if (args.length > 5 && args[5] instanceof W_Tuple) for (const w of args[5].items) closure.push(w as W_Cell);
  const w_f = new W_Function(w_code, w_globals, closure);
  if (args.length > 3 && args[3] instanceof W_Str) w_f.name = args[3].text;
  if (args.length > 4 && args[4] instanceof W_Tuple) w_f.defaults = args[4].items;
  return w_f;
});
w_function.setOwn("__get__", boundGetter());
function boundGetter(): W_Builtin {
  const w = new W_Builtin("__get__", 1, w_function);
  w.form = 5;
  w.fKw = (args, _names) => args[0].descrGet(args[1] === w_None ? null : args[1], args.length > 2 ? args[2] : w_None);
  return w;
}
function callAny(args: W_Root[], names: string[]): W_Root {
  return args[0].callArgs(args.slice(1), names);
}
w_function.setOwn("__call__", callMethodOf(w_function));
function callMethodOf(w_class: W_Type): W_Builtin {
  const w = new W_Builtin("__call__", 2, w_class);
  w.form = 5;
  w.fKw = callAny;
  return w;
}
method0(w_frame, "clear", (w_self) => {
  const frame = w_self as Frame;
  let at: Frame | null = ec.top;
  while (at !== null) {
    if (at === frame) throw operationError(KIND_RuntimeError, "cannot clear an executing frame");
    at = at.back;
  }
  frame.clear();
  return w_None;
});
newN(w_traceback, "tb_next, tb_frame, tb_lasti, tb_lineno", (args) => {
  if (args[1] !== w_None && !(args[1] instanceof W_Traceback)) {
    throw typeError(`expected traceback object or None, got '${args[1].typename()}'`);
  }
  if (!(args[2] instanceof Frame)) {
    throw typeError(`traceback() argument 'tb_frame' must be frame, not ${args[2].typename()}`);
  }
  return new W_Traceback(args[1] === w_None ? null : args[1], args[2], intArgument(args[3]), intArgument(args[4]));
});
newKw(w_cell, (args, _names) => new W_Cell(args.length > 1 ? args[1] : null));
newKw(w_module, (args, _names) => {
  const w_made = new W_Module(args.length > 1 ? str(args[1]) : "?");
  if (args[0] !== w_module) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});
w_module.setOwn("__init__", moduleInit());
function moduleInit(): W_Builtin {
  const w = new W_Builtin("__init__", 2, w_module);
  w.form = 5;
  w.fKw = (args, _names) => {
    if (args.length < 2) throw typeError("ModuleType() missing required argument 'name' (pos 1)");
    const w_self = args[0] as W_Module;
    w_self.w_dict.setStr("__name__", args[1]);
    w_self.w_dict.setStr("__doc__", args.length > 2 ? args[2] : w_None);
    return w_None;
  };
  return w;
}
getset(w_module, "__dict__", (w_self) => (w_self as W_Module).w_dict);
method0(w_module, "__dir__", (w_self) => newlist((w_self as W_Module).w_dict.keyList()));
