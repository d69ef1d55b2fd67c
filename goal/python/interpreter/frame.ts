// Frames: one flat list of locals and value stack, cells, and where execution stands.
import { type int, newList } from "rtypescript/rlib";
import { virtualizable } from "rtypescript/rlib/jit";
import type { Code } from "../compiler/code.ts";
import { getset } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { compareInts } from "../objects/float.ts";
import { newint } from "../objects/int.ts";
import { NOT_IMPLEMENTED, type OperationError, valueError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { COMPARISONS, slots } from "../objects/slots.ts";
import { compareTruth } from "../objects/space.ts";

import { builtinType, type W_Type } from "../objects/type.ts";
import { ec } from "./context.ts";
import type { W_Code } from "./pycode.ts";

export const w_cell = builtinType("cell");
export const w_frame = builtinType("frame");

/** A variable that inner functions share. */
export class W_Cell extends W_Root {
  w_value: W_Root | null;
  constructor(w_value: W_Root | null) {
    super();
    this.w_value = w_value;
  }
  override getclass(): W_Type {
    return w_cell;
  }
  override repr(): string {
    const w_value = this.w_value;
    const what = w_value === null ? "empty" : `${w_value.typename()} object at ${w_value.address()}`;
    return `<cell at ${this.address()}: ${what}>`;
  }
  /** By contents; an empty cell comes first. */
  override compare(op: int, w_other: W_Root): int {
    if (!(w_other instanceof W_Cell)) return NOT_IMPLEMENTED;
    const w_a = this.w_value;
    const w_b = w_other.w_value;
    if (w_a !== null && w_b !== null) return compareTruth(op, w_a, w_b) ? 1 : 0;
    return compareInts(op, w_a === null ? 0 : 1, w_b === null ? 0 : 1);
  }
}
getset(
  w_cell,
  "cell_contents",
  (w_self) => {
    const w_value = (w_self as W_Cell).w_value;
    if (w_value === null) throw valueError("Cell is empty");
    return w_value;
  },
  (w_self, w_value) => {
    (w_self as W_Cell).w_value = w_value;
    return w_None;
  },
  (w_self) => {
    (w_self as W_Cell).w_value = null;
    return w_None;
  },
);

slots(w_cell, `repr ${COMPARISONS}`);
export const NO_CELLS: W_Cell[] = [];

export class Frame extends W_Root {
  readonly w_code: W_Code;
  readonly code: Code;
  readonly w_globals: W_Dict;
  /** Locals first, then the value stack. */
  readonly slots: (W_Root | null)[];
  /** Cell variables, then free variables. */
  readonly cells: W_Cell[];
  /** The namespace of module and class bodies; null for functions. */
  w_locals: W_Root | null;
  /** Instruction that runs, or where to resume. */
  pc: int;
  /** Index in `slots` of the first free stack entry. */
  sp: int;
  back: Frame | null;
  /** A generator's frame that has been left by a yield. */
  suspended: boolean;
  /** To be raised at `pc` when the frame runs next: a generator's `throw`. */
  raiseOnResume: OperationError | null;
  #snapshot: W_Dict | null;

  constructor(w_code: W_Code, w_globals: W_Dict, closure: W_Cell[]) {
    super();
    const code = w_code.code;
    this.w_code = w_code;
    this.code = code;
    this.w_globals = w_globals;
    this.slots = newList<W_Root | null>(code.nlocals + code.stacksize, null);
    this.cells = NO_CELLS;
    this.w_locals = null;
    this.pc = 0;
    this.sp = code.nlocals;
    this.back = null;
    this.suspended = false;
    this.raiseOnResume = null;
    this.#snapshot = null;
    if (w_code.w_globals !== w_globals) w_code.bindGlobals(w_globals);
    const own: int = code.cellvars.length;
    if (own + closure.length > 0) {
      const cells = newList<W_Cell>(own + closure.length, EMPTY_CELL);
      for (let i: int = 0; i < closure.length; i++) cells[own + i] = closure[i];
      this.cells = cells;
    }
  }
  override getclass(): W_Type {
    return w_frame;
  }
  /** Drops the references of a frame that has ended. */
  clear(): void {
    for (let i: int = 0; i < this.slots.length; i++) this.slots[i] = null;
  }
  lineNumber(): int {
    return this.code.lineOf(this.pc);
  }
  override repr(): string {
    return `<frame at ${this.address()}, file '${this.code.filename}', line ${this.lineNumber()}, code ${this.code.name}>`;
  }

  /** `locals()`: the namespace itself, or for functions a dict that is brought up to date at each call. */
  localsDict(): W_Root {
    if (this.w_locals !== null) return this.w_locals;
    const w_dict = this.#snapshot ?? new W_Dict();
    this.#snapshot = w_dict;
    const code = this.code;
    for (let i: int = 0; i < code.nlocals; i++) {
      const w_value = this.slots[i];
      if (w_value === null) w_dict.delStr(code.varnames[i]);
      else if (!code.varnames[i].startsWith(".")) w_dict.setStr(code.varnames[i], w_value);
    }
    for (let i: int = 0; i < this.cells.length; i++) {
      const w_value = this.cells[i].w_value;
      if (w_value !== null) w_dict.setStr(this.cellName(i), w_value);
    }
    return w_dict;
  }
  cellName(i: int): string {
    const code = this.code;
    return i < code.cellvars.length ? code.cellvars[i] : code.freevars[i - code.cellvars.length];
  }
}
const EMPTY_CELL = new W_Cell(null);
virtualizable(Frame, ["pc", "sp", "slots[*]"]);

getset(w_frame, "f_code", (w_self) => (w_self as Frame).w_code);
getset(w_frame, "f_globals", (w_self) => (w_self as Frame).w_globals);
getset(w_frame, "f_builtins", (_w_self) => ec.w_builtins);
getset(w_frame, "f_locals", (w_self) => (w_self as Frame).localsDict());
getset(w_frame, "f_back", (w_self) => (w_self as Frame).back ?? w_None);
getset(w_frame, "f_lineno", (w_self) => newint((w_self as Frame).lineNumber()));
getset(w_frame, "f_lasti", (w_self) => newint((w_self as Frame).pc));
getset(w_frame, "f_trace", (_w_self) => w_None);

/** Runs frames; the bytecode loop sets it. */
export abstract class FrameRunner {
  abstract run(frame: Frame): W_Root;
}
class RunnerCell {
  runner: FrameRunner | null;
  constructor() {
    this.runner = null;
  }
}
export const runnerCell = new RunnerCell();

/** Runs a frame until it returns or yields. */
export function runFrame(frame: Frame): W_Root {
  return (runnerCell.runner as FrameRunner).run(frame);
}
