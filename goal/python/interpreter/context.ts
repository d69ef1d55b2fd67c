// The state of one thread of execution.
import type { int } from "rtypescript/rlib";
import { W_Dict } from "../objects/dict.ts";
import { W_ModuleDict } from "../objects/moduledict.ts";
import type { W_Root } from "../objects/root.ts";
import type { Frame } from "./frame.ts";

export class ExecutionContext {
  /** The frame that runs. */
  top: Frame | null;
  /** The exception being handled: `sys.exc_info()`. */
  w_handled: W_Root | null;
  depth: int;
  recursionLimit: int;
  readonly w_builtins: W_ModuleDict;
  /** `sys.modules` */
  w_modules: W_Dict;
  constructor() {
    this.top = null;
    this.w_handled = null;
    this.depth = 0;
    this.recursionLimit = 1000;
    this.w_builtins = new W_ModuleDict();
    this.w_modules = new W_Dict();
  }
}

export const ec = new ExecutionContext();
