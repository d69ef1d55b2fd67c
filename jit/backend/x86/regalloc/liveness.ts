// Where the values of a trace are used: the whole analysis that allocation of a straight line of code needs.
//
// Values are numbered in the order of their definition (`Box.number`), and facts about them are lists by that number.
// A use is *strong* where the operand is wanted in a register, weak where any place will do (operands of labels and
// jumps, what guards need on exit). Strong uses decide what to evict; both decide how long a value lives.
import type { int } from "../../../../rlib/types.ts";
import { isGuard, JUMP, LABEL } from "../../../format/traceops.ts";
import type { Box, Op, Trace } from "../../../format/values.ts";

/** Later than every position. */
export const NEVER = 1000000000;

export class Liveness {
  /** By number: the value. */
  readonly values: Box[];
  /** By number: position of the last use; -1 when there is none. */
  readonly lastUse: int[];
  /** By number: first entry of the value's chain of strong uses, -1 at the end. */
  readonly #nextStrong: int[];
  readonly #usePosition: int[];
  readonly #useLink: int[];

  constructor(trace: Trace) {
    this.values = [];
    this.lastUse = [];
    this.#nextStrong = [];
    this.#usePosition = [];
    this.#useLink = [];
    for (const op of trace.ops) {
      if (op.opnum === LABEL) for (const arg of op.args) this.#forget(arg as Box);
    }
    for (const input of trace.inputs) this.#add(input);
    for (const op of trace.ops) {
      if (op.opnum === LABEL) this.#addOperands(op);
      if (op.hasResult) this.#add(op);
    }
    for (let i = trace.ops.length - 1; i >= 0; i--) this.#scan(trace.ops[i] as Op, i);
  }

  #forget(value: Box): void {
    value.number = -1;
  }

  /** Operands of a label may be boxes of its own, which the label defines. */
  #addOperands(label: Op): void {
    for (const arg of label.args) if ((arg as Box).number < 0) this.#add(arg as Box);
  }

  #add(value: Box): void {
    value.number = this.values.length;
    this.values.push(value);
    this.lastUse.push(-1);
    this.#nextStrong.push(-1);
  }

  #scan(op: Op, at: int): void {
    const strong = op.opnum !== LABEL && op.opnum !== JUMP;
    for (const arg of op.args) if (!arg.isConstant) this.#use(arg as Box, at, strong);
    const exits = op.failArgs;
    if (exits !== null && isGuard(op.opnum)) {
      for (const arg of exits) if (!arg.isConstant) this.#use(arg as Box, at, false);
    }
  }

  #use(value: Box, at: int, strong: boolean): void {
    const n = value.number;
    if ((this.lastUse[n] as int) < 0) this.lastUse[n] = at;
    if (!strong) return;
    this.#useLink.push(this.#nextStrong[n] as int);
    this.#nextStrong[n] = this.#usePosition.length;
    this.#usePosition.push(at);
  }

  /** Position of the first strong use at or after a position, NEVER when there is none. Positions asked must not fall. */
  nextUse(n: int, at: int): int {
    let entry = this.#nextStrong[n] as int;
    while (entry >= 0 && (this.#usePosition[entry] as int) < at) entry = this.#useLink[entry] as int;
    this.#nextStrong[n] = entry;
    return entry < 0 ? NEVER : (this.#usePosition[entry] as int);
  }

  /** Does the value of this number live beyond the operation at a position? */
  livesAfter(n: int, at: int): boolean {
    return (this.lastUse[n] as int) > at;
  }
}
