// The command line: what to run, and how the program's end becomes an exit code.
import { type int, OSError } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { compilerFlags, compileText, MODE_EXEC } from "./interpreter/compile.ts";
import { ec } from "./interpreter/context.ts";
import { FROZEN_LIBRARY } from "./interpreter/frozen.ts";
import { runCode } from "./interpreter/function.ts";
import { importModule, searchPath } from "./interpreter/importer.ts";
import { formatException } from "./interpreter/report.ts";
import { loadModules } from "./modules/all.ts";
import { runExitFunctions } from "./modules/atexit.ts";
import { w_builtins } from "./modules/builtins.ts";
import { finishMortals } from "./modules/finalize.ts";
import { openFiles } from "./modules/io/openfiles.ts";
import { w_stderr, w_stdout, w_sys } from "./modules/sys.ts";
import { normalize, type W_BaseException, w_SystemExit } from "./objects/exceptions.ts";
import { W_Int } from "./objects/int.ts";
import { newlist } from "./objects/list.ts";
import { W_Module } from "./objects/module.ts";
import { errorText } from "./objects/oserror.ts";
import { OperationError, type W_Root } from "./objects/root.ts";
import { w_None } from "./objects/singletons.ts";
import { str } from "./objects/space.ts";
import { newstr } from "./objects/str.ts";

loadModules();

const USAGE = "usage: python-c [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";

/** What the command line asks for. */
class Command {
  /** Text of `-c`. */
  command: string | null;
  /** Module of `-m`. */
  module: string | null;
  /** Script; null: standard input. */
  file: string | null;
  /** `sys.argv` after its first element. */
  rest: string[];
  constructor() {
    this.command = null;
    this.module = null;
    this.file = null;
    this.rest = [];
  }
}

/** Null after an error that has been reported. */
function parseCommand(argv: string[]): Command | null {
  const result = new Command();
  let i: int = 0;
  while (i < argv.length) {
    const argument = argv[i];
    if (argument === "-c" || argument === "-m") {
      if (i + 1 >= argv.length) {
        os.write(2, `Argument expected for the ${argument} option\n${USAGE}`);
        return null;
      }
      if (argument === "-c") result.command = argv[i + 1];
      else result.module = argv[i + 1];
      result.rest = argv.slice(i + 2);
      return result;
    }
    if (argument === "-O" || argument === "-OO") compilerFlags.optimize = argument.length - 1;
    else if (!["-u", "-B", "-E", "-s", "-S", "-I", "-q"].includes(argument)) {
      if (argument.startsWith("-") && argument !== "-") {
        os.write(2, `Unknown option: ${argument}\n${USAGE}`);
        return null;
      }
      result.file = argument === "-" ? null : argument;
      result.rest = argv.slice(i + 1);
      return result;
    }
    i++;
  }
  return result;
}

export function main(argv: string[]): int {
  if (argv.length > 0 && (argv[0] === "-V" || argv[0] === "--version")) {
    os.write(1, "Python 3.11.2\n");
    return 0;
  }
  const command = parseCommand(argv);
  if (command === null) return 2;
  let code: int = 0;
  try {
    code = runCommand(command);
  } catch (e) {
    if (!(e instanceof OperationError)) throw e;
    code = reportError(e);
  }
  return finish(code);
}

/** Flushes what is buffered. */
function finish(code: int): int {
  runExitFunctions();
  finishMortals();
  try {
    openFiles.flushAll();
    if (!w_stdout.closed) w_stdout.flushOut();
  } catch (e) {
    if (e instanceof OperationError) {
      const w_error = normalize(e);
      os.write(2, `Exception ignored in: ${w_stdout.repr()}\n${formatException(w_error)}`);
      return 120;
    }
    throw e;
  }
  if (!w_stderr.closed) w_stderr.flushOut();
  return code;
}

/** The directory of the standard library, "" when there is none. */
function libraryPath(): string {
  const home = os.env("PYTHONHOME");
  if (home !== null && home !== "") return `${home}/lib/python3.11`;
  const program = os.programPath();
  const slash: int = program.lastIndexOf("/");
  const beside = `${slash < 0 ? "." : program.slice(0, slash)}/lib/python3.11`;
  return os.exists(beside) ? beside : FROZEN_LIBRARY;
}

function setPath(first: string): void {
  const items: W_Root[] = [newstr(first)];
  const extra = os.env("PYTHONPATH");
  if (extra !== null && extra !== "") for (const part of extra.split(":")) items.push(newstr(part));
  items.push(newstr(libraryPath()));
  searchPath.items = items;
}

function runCommand(command: Command): int {
  let first = "";
  let filename = "<stdin>";
  let source = "";
  if (command.command !== null) {
    first = "-c";
    filename = "<string>";
    source = `${command.command}\n`;
    setPath("");
  } else if (command.module !== null) {
    first = "-m";
    setPath(os.cwd());
  } else if (command.file !== null) {
    first = command.file;
    filename = absoluteFile(command.file);
    setPath(filename.slice(0, filename.lastIndexOf("/")));
    const text = readScript(command.file);
    if (text === null) return 2;
    source = text;
  } else {
    setPath("");
    source = os.readStdin();
  }
  setArguments(first, command.rest);
  const w_main = mainModule(filename, command.file !== null);
  if (command.module !== null) return runModule(command.module, w_main);
  runCode(compileText(source, filename, MODE_EXEC), w_main.w_dict, w_main.w_dict);
  return 0;
}

function absoluteFile(file: string): string {
  if (file.startsWith("/")) return file;
  return `${os.cwd()}/${file.startsWith("./") ? file.slice(2) : file}`;
}

/** The text of the script; null after an error that has been reported. */
function readScript(filename: string): string | null {
  try {
    if (os.stat(filename).isDirectory()) {
      const inner = `${filename}/__main__.py`;
      if (os.exists(inner)) return os.readFile(inner);
      os.write(2, `${os.programPath()}: can't find '__main__' module in '${filename}'\n`);
      return null;
    }
    return os.readFile(filename);
  } catch (e) {
    if (!(e instanceof OSError)) throw e;
    os.write(
      2,
      `${os.programPath()}: can't open file '${absoluteFile(filename)}': [Errno ${e.errno}] ${errorText(e.errno)}\n`,
    );
    return null;
  }
}

function setArguments(first: string, rest: string[]): void {
  const items: W_Root[] = [newstr(first)];
  for (const argument of rest) items.push(newstr(argument));
  w_sys.w_dict.setStr("argv", newlist(items));
  w_sys.w_dict.setStr("executable", newstr(os.programPath()));
  ec.w_modules.setStr("sys", w_sys);
  ec.w_modules.setStr("builtins", w_builtins);
}

function mainModule(filename: string, hasFile: boolean): W_Module {
  const w_main = new W_Module("__main__");
  w_main.w_dict.setStr("__builtins__", w_builtins);
  if (hasFile) w_main.w_dict.setStr("__file__", newstr(filename));
  ec.w_modules.setStr("__main__", w_main);
  return w_main;
}

/** `-m name`: runs a module, or a package's `__main__`, as the program. */
function runModule(name: string, w_main: W_Module): int {
  const path = name.replaceAll(".", "/");
  const dot: int = name.lastIndexOf(".");
  if (dot >= 0) importModule(name.slice(0, dot), w_main.w_dict, w_None, new W_Int(0));
  for (const w_directory of searchPath.items) {
    const base = `${str(w_directory)}/${path}`;
    if (os.exists(`${base}/__init__.py`)) {
      if (!os.exists(`${base}/__main__.py`)) {
        os.write(
          2,
          `${os.programPath()}: No module named ${name}.__main__; '${name}' is a package and cannot be directly executed\n`,
        );
        return 1;
      }
      importModule(name, w_main.w_dict, w_None, new W_Int(0));
      return runMain(`${base}/__main__.py`, name, w_main);
    }
    if (os.exists(`${base}.py`)) return runMain(`${base}.py`, dot < 0 ? "" : name.slice(0, dot), w_main);
  }
  os.write(2, `${os.programPath()}: No module named ${name}\n`);
  return 1;
}
function runMain(file: string, packageName: string, w_main: W_Module): int {
  const w_argv = w_sys.w_dict.getStr("argv");
  if (w_argv !== null) w_argv.setitem(new W_Int(0), newstr(file));
  w_main.w_dict.setStr("__file__", newstr(file));
  w_main.w_dict.setStr("__package__", newstr(packageName));
  runCode(compileText(os.readFile(file), file, MODE_EXEC), w_main.w_dict, w_main.w_dict);
  return 0;
}

/** Prints an uncaught exception; gives the exit code. */
function reportError(error: OperationError): int {
  const w_error = normalize(error);
  w_error.w_traceback = error.w_traceback;
  if (w_error.w_exctype.isSubtype(w_SystemExit)) return exitCode(w_error);
  if (!w_stdout.closed) {
    try {
      w_stdout.flushOut();
    } catch (e) {
      if (!(e instanceof OperationError)) throw e;
    }
  }
  w_stderr.flushOut();
  os.write(2, formatException(w_error));
  return 1;
}

function exitCode(w_error: W_BaseException): int {
  const w_code = w_error.field("code");
  if (w_code === w_None) return 0;
  const w_int = w_code.asInt();
  if (w_int instanceof W_Int) return w_int.value & 255;
  if (w_int !== null) return 255;
  if (!w_stdout.closed) w_stdout.flushOut();
  os.write(2, `${str(w_code)}\n`);
  return 1;
}
