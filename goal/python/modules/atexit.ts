// The atexit module; `runExitFunctions` is called when the program ends.
import type { int } from "rtypescript/rlib";
import { ec } from "../interpreter/context.ts";
import { formatCaught } from "../interpreter/report.ts";
import { function0, function1, functionKw } from "../objects/builtin.ts";
import { newint } from "../objects/int.ts";
import { OperationError, typeError, type W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { eq, repr } from "../objects/space.ts";
import { builtinModule, functions } from "./registry.ts";
import { w_stderr } from "./sys.ts";

class ExitFunction {
  readonly w_function: W_Root;
  readonly args: W_Root[];
  readonly names: string[];
  constructor(w_function: W_Root, args: W_Root[], names: string[]) {
    this.w_function = w_function;
    this.args = args;
    this.names = names;
  }
}
class ExitFunctions {
  list: ExitFunction[];
  constructor() {
    this.list = [];
  }
}
const exits = new ExitFunctions();

/** Calls the registered functions, the last one first. */
export function runExitFunctions(): void {
  for (;;) {
    const last = exits.list.pop();
    if (last === undefined) return;
    try {
      last.w_function.callArgs(last.args, last.names);
    } catch (e) {
      if (!(e instanceof OperationError)) throw e;
      w_stderr.writeText(`Exception ignored in atexit callback: ${repr(last.w_function)}\n`);
      w_stderr.writeText(formatCaught(e));
      ec.w_handled = null;
    }
  }
}

functions(builtinModule("atexit"), [
  functionKw("register", (args, names) => {
    if (args.length === names.length) throw typeError("register() takes at least 1 argument (0 given)");
    if (!args[0].isCallable()) throw typeError("the first argument must be callable");
    exits.list.push(new ExitFunction(args[0], args.slice(1), names));
    return args[0];
  }),
  function1("unregister", (w_function) => {
    const kept: ExitFunction[] = [];
    for (const one of exits.list) if (!eq(one.w_function, w_function)) kept.push(one);
    exits.list = kept;
    return w_None;
  }),
  function0("_clear", () => {
    exits.list = [];
    return w_None;
  }),
  function0("_run_exitfuncs", () => {
    runExitFunctions();
    return w_None;
  }),
  function0("_ncallbacks", () => {
    const n: int = exits.list.length;
    return newint(n);
  }),
]);
