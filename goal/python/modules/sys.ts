// The sys module.
import type { int } from "rtypescript/rlib";
import { maxInt } from "rtypescript/rlib";
import { interned } from "../interpreter/compile.ts";
import { ec } from "../interpreter/context.ts";
import type { Frame } from "../interpreter/frame.ts";
import { searchPath } from "../interpreter/importer.ts";
import { formatException } from "../interpreter/report.ts";
import { function0, function1, functionKw, functionN } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { W_BaseException, w_SystemExit } from "../objects/exceptions.ts";
import { W_Float } from "../objects/float.ts";
import { digitLimit, newbool, newint, W_Int, W_Long } from "../objects/int.ts";
import { newlist } from "../objects/list.ts";
import type { W_Module } from "../objects/module.ts";
import { W_Namespace, w_SimpleNamespace } from "../objects/namespace.ts";
import { raiseValue, typeError, valueError, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { repr } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { W_BinaryFile } from "./io/binaryfile.ts";
import { RawFile } from "./io/rawfile.ts";
import { W_TextFile } from "./io/textfile.ts";
import { builtinModule, builtinModules, constant, functions } from "./registry.ts";
import { structSequence } from "./structseq.ts";

export const w_sys = builtinModule("sys");

function standardFile(fd: int, name: string, mode: string, errors: string): W_TextFile {
  const w_name = newstr(name);
  const raw = new W_BinaryFile(new RawFile(fd, mode === "r", mode === "w"), w_name, `${mode}b`);
  return new W_TextFile(raw, w_name, mode, "utf-8", errors, mode === "r" ? null : "\n");
}
export const w_stdin = standardFile(0, "<stdin>", "r", "strict");
export const w_stdout = standardFile(1, "<stdout>", "w", "strict");
export const w_stderr = standardFile(2, "<stderr>", "w", "backslashreplace");
w_stderr.lineBuffered = true;

/** `sys.exit(code)` */
function exit(w_code: W_Root): W_Root {
  throw raiseValue(
    w_SystemExit.callArgs(w_code === w_None ? [] : w_code instanceof W_Tuple ? w_code.items : [w_code], []),
  );
}

function frameAt(depth: int): Frame {
  let frame = ec.top;
  for (let i: int = 0; i < depth && frame !== null; i++) frame = frame.back;
  if (frame === null) throw valueError("call stack is not deep enough");
  return frame;
}

function exceptionInfo(): W_Root {
  const w_error = ec.w_handled;
  if (!(w_error instanceof W_BaseException)) return new W_Tuple([w_None, w_None, w_None]);
  return new W_Tuple([w_error.w_exctype, w_error, w_error.w_traceback ?? w_None]);
}

functions(w_sys, [
  functionN("exit", "status=None, /", (args) => exit(args[0])),
  function0("exc_info", exceptionInfo),
  function0("exception", () => ec.w_handled ?? w_None),
  function0("getrecursionlimit", () => newint(ec.recursionLimit)),
  function1("setrecursionlimit", (w_limit) => {
    const limit = intArgument(w_limit);
    if (limit < 1) throw valueError("recursion limit must be greater or equal than 1");
    ec.recursionLimit = limit;
    return w_None;
  }),
  functionN("_getframe", "depth=0, /", (args) => frameAt(intArgument(args[0]))),
  function1("intern", (w_text) => {
    if (!(w_text instanceof W_Str)) throw typeError(`intern() argument must be str, not ${w_text.typename()}`);
    return interned.get(w_text.text);
  }),
  function0("getdefaultencoding", () => newstr("utf-8")),
  function0("getfilesystemencoding", () => newstr("utf-8")),
  function0("getfilesystemencodeerrors", () => newstr("surrogateescape")),
  functionN("getsizeof", "object, default=?", (args) => newint(48 + (args[0].lengthHint() > 0 ? 8 : 0))),
  function1("getrefcount", (_w_x) => newint(2)),
  function0("get_int_max_str_digits", () => newint(digitLimit.digits)),
  functionN("set_int_max_str_digits", "maxdigits", (args) => {
    const digits = intArgument(args[0]);
    if (digits !== 0 && digits < 640) throw valueError("maxdigits must be 0 or larger than 640");
    digitLimit.digits = digits;
    return w_None;
  }),
  function1("displayhook", (w_value) => {
    if (w_value === w_None) return w_None;
    w_stdout.writeText(`${repr(w_value)}\n`);
    constant(builtinModules.get("builtins") as W_Module, "_", w_value);
    return w_None;
  }),
  functionN("excepthook", "exctype, value, traceback, /", (args) => {
    const w_error = args[1];
    if (w_error instanceof W_BaseException) w_stderr.writeText(formatException(w_error));
    return w_None;
  }),
  function0("gettrace", () => w_None),
  function1("settrace", (_w_f) => w_None),
  function0("getprofile", () => w_None),
  function1("setprofile", (_w_f) => w_None),
  function0("getswitchinterval", () => new W_Float(0.005)),
  function1("setswitchinterval", (_w_f) => w_None),
  function0("is_finalizing", () => newbool(false)),
  functionN("call_tracing", "func, args, /", (args) => args[0].callArgs((args[1] as W_Tuple).items, [])),
  function0("_clear_type_cache", () => w_None),
  functionKw("audit", (_args, _names) => w_None),
]);

const w_versionInfo = structSequence("sys.version_info", "sys", ["major", "minor", "micro", "releaselevel", "serial"]);
const w_flagsType = structSequence("sys.flags", "sys", [
  "debug",
  "inspect",
  "interactive",
  "optimize",
  "dont_write_bytecode",
  "no_user_site",
  "no_site",
  "ignore_environment",
  "verbose",
  "bytes_warning",
  "quiet",
  "hash_randomization",
  "isolated",
  "dev_mode",
  "utf8_mode",
  "warn_default_encoding",
  "safe_path",
  "int_max_str_digits",
]);
const w_floatInfo = structSequence("sys.float_info", "sys", [
  "max",
  "max_exp",
  "max_10_exp",
  "min",
  "min_exp",
  "min_10_exp",
  "dig",
  "mant_dig",
  "epsilon",
  "radix",
  "rounds",
]);
const w_intInfo = structSequence("sys.int_info", "sys", [
  "bits_per_digit",
  "sizeof_digit",
  "default_max_str_digits",
  "str_digits_check_threshold",
]);
const w_hashInfo = structSequence("sys.hash_info", "sys", [
  "width",
  "modulus",
  "inf",
  "nan",
  "imag",
  "algorithm",
  "hash_bits",
  "seed_bits",
  "cutoff",
]);

function ints(values: int[]): W_Root[] {
  const items: W_Root[] = [];
  for (const v of values) items.push(newint(v));
  return items;
}
function versionItems(): W_Root[] {
  return [newint(3), newint(11), newint(2), newstr("final"), newint(0)];
}

constant(w_sys, "version", newstr("3.11.2 (RTypeScript)"));
constant(w_sys, "version_info", w_versionInfo.make(versionItems()));
constant(w_sys, "hexversion", newint(51053296));
constant(w_sys, "api_version", newint(1013));
constant(w_sys, "copyright", newstr(""));
constant(w_sys, "abiflags", newstr(""));
constant(w_sys, "platform", newstr("linux"));
constant(w_sys, "byteorder", newstr("little"));
constant(w_sys, "maxsize", new W_Long(9223372036854775807n));
constant(w_sys, "maxunicode", newint(1114111));
constant(w_sys, "modules", ec.w_modules);
constant(w_sys, "path", searchPath);
constant(w_sys, "argv", newlist([]));
constant(w_sys, "orig_argv", newlist([]));
constant(w_sys, "meta_path", newlist([]));
constant(w_sys, "path_hooks", newlist([]));
constant(w_sys, "path_importer_cache", new W_Dict());
constant(w_sys, "warnoptions", newlist([]));
constant(w_sys, "_xoptions", new W_Dict());
constant(w_sys, "dont_write_bytecode", newbool(true));
constant(w_sys, "prefix", newstr("/usr"));
constant(w_sys, "exec_prefix", newstr("/usr"));
constant(w_sys, "base_prefix", newstr("/usr"));
constant(w_sys, "base_exec_prefix", newstr("/usr"));
constant(w_sys, "platlibdir", newstr("lib"));
constant(w_sys, "executable", newstr(""));
constant(w_sys, "float_repr_style", newstr("short"));
constant(w_sys, "ps1", newstr(">>> "));
constant(w_sys, "ps2", newstr("... "));
constant(w_sys, "stdin", w_stdin);
constant(w_sys, "stdout", w_stdout);
constant(w_sys, "stderr", w_stderr);
constant(w_sys, "__stdin__", w_stdin);
constant(w_sys, "__stdout__", w_stdout);
constant(w_sys, "__stderr__", w_stderr);
constant(w_sys, "__excepthook__", w_sys.w_dict.getStr("excepthook") as W_Root);
constant(w_sys, "__displayhook__", w_sys.w_dict.getStr("displayhook") as W_Root);
constant(w_sys, "flags", w_flagsType.make(ints([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 4300])));
constant(
  w_sys,
  "float_info",
  w_floatInfo.make([
    new W_Float(1.7976931348623157e308),
    newint(1024),
    newint(308),
    new W_Float(2.2250738585072014e-308),
    newint(-1021),
    newint(-307),
    newint(15),
    newint(53),
    new W_Float(2.220446049250313e-16),
    newint(2),
    newint(1),
  ]),
);
constant(w_sys, "int_info", w_intInfo.make(ints([30, 4, 4300, 640])));
constant(
  w_sys,
  "hash_info",
  w_hashInfo.make([
    newint(64),
    new W_Long(2305843009213693951n),
    newint(314159),
    newint(0),
    newint(1000003),
    newstr("siphash13"),
    newint(64),
    newint(128),
    newint(0),
  ]),
);
const w_implementation = new W_Namespace(w_SimpleNamespace);
w_implementation.set("name", newstr("cpython"));
w_implementation.set("version", w_versionInfo.make(versionItems()));
w_implementation.set("hexversion", newint(51053296));
w_implementation.set("cache_tag", newstr("cpython-311"));
w_implementation.set("_multiarch", newstr("x86_64-linux-gnu"));
constant(w_sys, "implementation", w_implementation);
const names: W_Root[] = [];
for (const name of ["builtins", "sys", "time", "math", "itertools"]) names.push(newstr(name));
constant(w_sys, "builtin_module_names", newtuple(names));
constant(w_sys, "stdlib_module_names", newtuple([]));

/** Gives `sys.maxsize` the target's word; at import time, because the word's bounds are symbols until then. */
export function setNativeWord(): void {
  constant(w_sys, "maxsize", new W_Int(maxInt()));
}
