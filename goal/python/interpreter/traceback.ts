// Traceback entries. Lines are computed when somebody looks.
import type { int } from "rtypescript/rlib";
import { getset } from "../objects/builtin.ts";
import { newint } from "../objects/int.ts";
import { typeError, valueError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import type { Frame } from "./frame.ts";

export const w_traceback = builtinType("traceback");

/** One frame that an exception left, or was caught in; outer frames come first. */
export class W_Traceback extends W_Root {
  /** The next inner entry. */
  w_next: W_Root | null;
  readonly frame: Frame;
  readonly pc: int;
  /** The line where a program has made the entry; −1: that of `pc`. */
  readonly givenLine: int;
  constructor(w_next: W_Root | null, frame: Frame, pc: int, givenLine: int = -1) {
    super();
    this.w_next = w_next;
    this.frame = frame;
    this.pc = pc;
    this.givenLine = givenLine;
  }
  override getclass(): W_Type {
    return w_traceback;
  }
  line(): int {
    return this.givenLine >= 0 ? this.givenLine : this.frame.code.lineOf(this.pc);
  }
}

getset(w_traceback, "tb_frame", (w_self) => (w_self as W_Traceback).frame);
getset(w_traceback, "tb_lineno", (w_self) => newint((w_self as W_Traceback).line()));
getset(w_traceback, "tb_lasti", (w_self) => newint((w_self as W_Traceback).pc));
getset(
  w_traceback,
  "tb_next",
  (w_self) => (w_self as W_Traceback).w_next ?? w_None,
  (w_self, w_value) => {
    if (w_value !== w_None && !(w_value instanceof W_Traceback)) {
      throw typeError(`expected traceback object, got '${w_value.typename()}'`);
    }
    let w_at: W_Root = w_value;
    while (w_at instanceof W_Traceback) {
      if (w_at === w_self) throw valueError("traceback loop detected");
      w_at = w_at.w_next ?? w_None;
    }
    (w_self as W_Traceback).w_next = w_value === w_None ? null : w_value;
    return w_None;
  },
);
