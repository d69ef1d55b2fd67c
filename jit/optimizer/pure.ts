/**
 * Reuse of results: an operation without effects, or a call of an elidable function, gives what an earlier one of the
 * same operands gave. Reads of what never changes from constant objects are folded here.
 *
 * Earlier operations are kept in one short list for each opnum, searched from the newest: what is reused is mostly near.
 */
import type { int } from "../../rlib/types.ts";
import type { ArrayDescr, CallDescr, Descr } from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, type Op, sameValue, type Value } from "../format/values.ts";
import type { Optimizer } from "./optimizer.ts";
import { OVERFLOW_NEVER, Pass } from "./pass.ts";

/** Operations of one opnum that are looked through. */
const MAX_SEARCH = 64;

/** An operation and what it gave. */
export class PureEntry {
  readonly opnum: int;
  readonly args: readonly Value[];
  readonly descr: Descr | null;
  readonly result: Value;

  constructor(opnum: int, args: readonly Value[], descr: Descr | null, result: Value) {
    this.opnum = opnum;
    this.args = args;
    this.descr = descr;
    this.result = result;
  }
}

export class PurePass extends Pass {
  /** By opnum; calls stand under their `call_pure_…` and `call_loopinvariant_…`. */
  readonly #entries: PureEntry[][] = [];

  constructor(opt: Optimizer, next: Pass) {
    super(opt, next);
    for (let i = 0; i < ops.TRACE_OPS.length; i++) this.#entries.push([]);
  }

  override process(op: Op): void {
    const opnum = op.opnum;
    if (opnum >= ops.CALL_PURE_I && opnum <= ops.CALL_PURE_N) this.#call(op, ops.CALL_PURE_I);
    else if (opnum >= ops.CALL_LOOPINVARIANT_I && opnum <= ops.CALL_LOOPINVARIANT_N) {
      this.#call(op, ops.CALL_LOOPINVARIANT_I);
    } else if (!ops.hasFlag(opnum, ops.PURE)) this.pass(op);
    else if (!this.#foldRead(op)) this.#pureOp(op);
  }

  #pureOp(op: Op): void {
    const isChecked = ops.hasFlag(op.opnum, ops.OVERFLOW);
    const following = this.opt.following;
    // Of a sum that overflowed, nothing is reused.
    if (isChecked && (following === null || following.opnum !== ops.GUARD_NO_OVERFLOW)) {
      this.pass(op);
      return;
    }
    const known = this.find(op.opnum, op.args, op.descr);
    if (known !== null) {
      if (isChecked) this.opt.overflow = OVERFLOW_NEVER;
      this.opt.replace(op, known);
      return;
    }
    this.pass(op);
    this.add(op.opnum, op.args, op.descr, op);
  }

  /** An elidable or loop-invariant call: done once for the same operands. */
  #call(op: Op, family: int): void {
    const opt = this.opt;
    const descr = op.descr as CallDescr;
    if (family === ops.CALL_PURE_I && this.#foldCall(op, descr)) return;
    const known = this.find(op.opnum, op.args, descr);
    if (known !== null) {
      opt.callRemoved = true;
      opt.replace(op, known);
      return;
    }
    const call = op.copyWith(op.opnum - family + ops.CALL_I, op.args);
    op.forwarded = call;
    const raised = opt.following !== null && opt.following.opnum === ops.GUARD_EXCEPTION;
    this.pass(call);
    if (!raised) this.add(op.opnum, call.args, descr, call);
  }

  #foldCall(op: Op, descr: CallDescr): boolean {
    for (const arg of op.args) if (!arg.isConstant) return false;
    const result = this.opt.env.heap.callElidable(op.args, descr);
    if (result === null) return false;
    this.opt.callRemoved = true;
    this.opt.replace(op, result);
    return true;
  }

  /** Lengths, units and classes of constant objects. */
  #foldRead(op: Op): boolean {
    if (op.args.length === 0) return false;
    const object = op.args[0];
    if (!(object instanceof ConstRef)) return false;
    const ref = object.value;
    if (ref === null) return false;
    const heap = this.opt.env.heap;
    if (op.opnum === ops.ARRAYLEN_GC) this.opt.replaceByInt(op, heap.arrayLength(ref, op.descr as ArrayDescr));
    else if (op.opnum === ops.STRLEN) this.opt.replaceByInt(op, heap.stringLength(ref));
    else if (op.opnum === ops.STRGETITEM) {
      const index = op.args[1];
      if (!(index instanceof ConstInt) || index.value < 0 || index.value >= heap.stringLength(ref)) return false;
      this.opt.replaceByInt(op, heap.stringUnit(ref, index.value));
    } else return false;
    return true;
  }

  /** What an earlier operation like this gave; null if there was none. */
  find(opnum: int, args: readonly Value[], descr: Descr | null): Value | null {
    const entries = this.#entries[opnum];
    const commutes = ops.hasFlag(opnum, ops.COMMUTES);
    const last = entries.length - 1;
    for (let i = last; i >= 0 && i > last - MAX_SEARCH; i--) {
      const entry = entries[i];
      if (entry.descr !== descr) continue;
      if (this.#isSame(entry.args, args) || (commutes && this.#isSwapped(entry.args, args))) {
        return this.opt.use(entry.result);
      }
    }
    return null;
  }

  add(opnum: int, args: readonly Value[], descr: Descr | null, result: Value): void {
    this.#entries[opnum].push(new PureEntry(opnum, args, descr, result));
  }

  /** All that is known, by opnum. */
  entries(opnum: int): readonly PureEntry[] {
    return this.#entries[opnum];
  }

  #isSame(known: readonly Value[], args: readonly Value[]): boolean {
    if (known.length !== args.length) return false;
    for (let i = 0; i < args.length; i++) if (!this.#isArg(known[i], args[i])) return false;
    return true;
  }

  #isSwapped(known: readonly Value[], args: readonly Value[]): boolean {
    return this.#isArg(known[0], args[1]) && this.#isArg(known[1], args[0]);
  }

  #isArg(known: Value, arg: Value): boolean {
    return sameValue(this.opt.resolve(known), arg);
  }
}

/** Is the value a constant of any kind? */
export function isConstant(value: Value): boolean {
  return value instanceof ConstInt || value instanceof ConstRef || value instanceof ConstFloat;
}
