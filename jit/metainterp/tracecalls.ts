/**
 * Calls, results and exceptions while tracing. A followed call pushes a frame; a call that stays is made and recorded,
 * with the guards on its outcome that its effects ask for, which resume behind it.
 *
 * Exceptions never leave the tracer: they are values that unwind the traced frames as the program would.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { type CallDescr, EFFECT_LOOPINVARIANT } from "../format/descr.ts";

import type { DriverInfo, JitCode } from "../format/jitcode.ts";
import * as T from "../format/traceops.ts";
import {
  ConstFloat,
  ConstInt,
  ConstRef,
  NULL,
  type Op,
  sameValue,
  type Value,
  ZERO,
  ZERO_FLOAT,
} from "../format/values.ts";
import { handlerBehindCall } from "./blackframe.ts";
import { intOf } from "./concrete.ts";
import { addFact, FACT_CLASS, FACT_NONNULL, markEscaped } from "./facts.ts";
import type { JitLoop } from "./loop.ts";
import { AbortReason } from "./stats.ts";
import type { TraceFrame } from "./traceframe.ts";
import { VirtualizableRecorder } from "./tracevirtualizable.ts";

/** How a tracing goes or went. */
export const TRACING = 0;
/** Given up; the frames go on in the blackhole interpreter. */
export const TRACE_ABORTED = 1;
/** The bottom frame returned or raised. */
export const TRACE_RETURNED = 2;
export const TRACE_RAISED = 3;
/** At a merge point where the trace ends in a jump. */
export const TRACE_CLOSED = 4;
/** It got too long and ends in a guard that always fails, from which the next trace goes on. */
export const TRACE_SEGMENTED = 5;

/** A traced part of a portal that was followed from another: who it was, and what it contributed. */
export class PortalSpan {
  readonly frame: TraceFrame;
  readonly length: int;

  constructor(frame: TraceFrame, length: int) {
    this.frame = frame;
    this.length = length;
  }
}

export class CallRecorder extends VirtualizableRecorder {
  /** TRACING or how it ended. */
  state: int = TRACING;
  abortReason: int = AbortReason.NotPossible;
  /** Result of the bottom frame, or its exception. */
  result: Value | null = null;
  resultKind: int = T.KIND_VOID;
  /** The flag that a followed function left for its caller's load_flag. */
  flag: Value | null = null;
  /** The exception that a handler is being entered with. */
  caught: Value = NULL;
  /** Portals that were followed and left again. */
  readonly spans: PortalSpan[] = [];
  /** Loop-invariant calls made so far. */
  readonly #invariants: Op[] = [];

  abort(reason: int): void {
    this.abortReason = reason;
    this.state = TRACE_ABORTED;
  }

  setResult(frame: TraceFrame, kind: int, value: Value): void {
    const register = frame.jitcode.code[frame.pc - 1];
    if (kind === T.KIND_INT) frame.ints[register] = value;
    else if (kind === T.KIND_REF) frame.refs[register] = value;
    else if (kind === T.KIND_FLOAT) frame.floats[register] = value;
  }

  /** Follows a call with the operands read. `frame.pc` is behind the call. */
  enter(frame: TraceFrame, callee: JitCode, kind: int): TraceFrame {
    frame.live = frame.pc;
    frame.state = null;
    // The result register is named alive behind the call; until there is a result, nothing is to be kept for it.
    this.setResult(frame, kind, kind === T.KIND_INT ? ZERO : kind === T.KIND_REF ? NULL : ZERO_FLOAT);
    const inner = this.pushFrame(callee);
    for (let i = 0; i < this.argInts.length; i++) inner.ints[i] = this.argInts[i];
    for (let i = 0; i < this.argRefs.length; i++) inner.refs[i] = this.argRefs[i];
    for (let i = 0; i < this.argFloats.length; i++) inner.floats[i] = this.argFloats[i];
    return inner;
  }

  #popFrame(): void {
    if (this.frames.length === 1) this.recordWriteBack();
    const frame = this.frames.pop()!;
    if (frame.cell !== null && this.frames.length > 0) {
      this.spans.push(new PortalSpan(frame, this.ops.length - frame.start));
    }
  }

  /** The innermost frame returns. */
  return(kind: int, value: Value): void {
    this.#popFrame();
    if (this.frames.length === 0) {
      this.result = value;
      this.resultKind = kind;
      this.state = TRACE_RETURNED;
      return;
    }
    this.setResult(this.top, kind, value);
  }

  /** An exception arises at the innermost frame's last call. */
  raise(exception: Value): void {
    for (;;) {
      if (this.frames.length === 0) {
        this.result = exception;
        this.state = TRACE_RAISED;
        return;
      }
      const frame = this.top;
      const handler = handlerBehindCall(frame.jitcode, frame.pc);
      if (handler >= 0) {
        frame.pc = handler;
        this.caught = exception;
        return;
      }
      this.#popFrame();
    }
  }

  /** The innermost frame leaves with an exception that it has in a register. */
  raiseFrom(exception: Value): void {
    this.#popFrame();
    this.raise(exception);
  }

  /** An exception that the call just recorded left. */
  raised(exception: GcRef): void {
    const op = this.guard(T.GUARD_EXCEPTION, [new ConstInt(this.cpu.classOf(exception))]);
    op.concreteRef = exception;
    addFact(op, FACT_CLASS | FACT_NONNULL);
    this.raise(op);
  }

  /** A call that stays one, with the operands read. `frame.pc` is behind it. */
  residualCall(frame: TraceFrame, address: Value, d: CallDescr, kind: int): void {
    const effect = d.effect;
    this.flag = null;
    if (effect.isElidable && address.isConstant && this.allArgumentsConstant()) {
      const constant = this.#callConstant(address, d, kind);
      if (constant !== null) {
        this.setResult(frame, kind, constant);
        return;
      }
    }
    const args = this.orderedArguments(address, d.arguments);
    if (effect.extra === EFFECT_LOOPINVARIANT) {
      const known = this.#findInvariant(args);
      if (known !== null) {
        this.setResult(frame, kind, known);
        return;
      }
    }
    for (const value of this.argRefs) markEscaped(value);
    let family = T.CALL_I;
    if (effect.canForce) {
      family = T.CALL_MAY_FORCE_I;
      this.beforeForcingCall();
    } else if (effect.isElidable) family = T.CALL_PURE_I;
    else if (effect.extra === EFFECT_LOOPINVARIANT) family = T.CALL_LOOPINVARIANT_I;
    const op = this.record(T.opForKind(family, kind), args, d);
    if (effect.extra === EFFECT_LOOPINVARIANT) this.#invariants.push(op);
    this.#execute(op, intOf(address), d, kind);
    this.#afterCall(frame, op, kind, effect.canForce, effect.canRaise);
  }

  /** Guards on the outcome of a call that was made. */
  #afterCall(frame: TraceFrame, op: Op, kind: int, canForce: boolean, canRaise: boolean): void {
    frame.live = frame.pc;
    if (kind !== T.KIND_VOID) this.setResult(frame, kind, op);
    if (canForce) {
      this.guard(T.GUARD_NOT_FORCED, []);
      if (this.wasForced()) this.abort(AbortReason.EscapedVirtualizable);
    }
    if (this.cpu.exceptionPending()) this.raised(this.cpu.takeException());
    else if (canRaise) this.guard(T.GUARD_NO_EXCEPTION, []);
  }

  #execute(op: Op, address: int, d: CallDescr, kind: int): void {
    const args = this.concreteArguments();
    if (kind === T.KIND_INT) op.concreteInt = this.cpu.callInt(address, args, d);
    else if (kind === T.KIND_REF) op.concreteRef = this.cpu.callRef(address, args, d);
    else if (kind === T.KIND_FLOAT) op.concreteFloat = this.cpu.callFloat(address, args, d);
    else this.cpu.callVoid(address, args, d);
  }

  /** The result of an elidable call of constants; null if it raised. */
  #callConstant(address: Value, d: CallDescr, kind: int): Value | null {
    const args = this.concreteArguments();
    const at = intOf(address);
    let result: Value = ZERO;
    if (kind === T.KIND_INT) result = new ConstInt(this.cpu.callInt(at, args, d));
    else if (kind === T.KIND_REF) result = new ConstRef(this.cpu.callRef(at, args, d));
    else if (kind === T.KIND_FLOAT) result = new ConstFloat(this.cpu.callFloat(at, args, d));
    else this.cpu.callVoid(at, args, d);
    if (!this.cpu.exceptionPending()) return result;
    this.cpu.takeException();
    return null;
  }

  #findInvariant(args: readonly Value[]): Value | null {
    for (const op of this.#invariants) {
      let same = op.args.length === args.length;
      for (let i = 0; same && i < args.length; i++) same = sameValue(op.args[i], args[i]);
      if (same) return op;
    }
    return null;
  }

  /** `if (condition) f(…)`, without a guard on the condition. `frame.pc` is behind it. */
  conditionalCall(frame: TraceFrame, condition: Value, address: Value, d: CallDescr): void {
    frame.live = frame.pc;
    if (condition.isConstant) {
      if (intOf(condition) !== 0) this.residualCall(frame, address, d, T.KIND_VOID);
      return;
    }
    const args: Value[] = [condition];
    for (const value of this.orderedArguments(address, d.arguments)) args.push(value);
    for (const value of this.argRefs) markEscaped(value);
    const { effect } = d;
    if (effect.canForce) this.beforeForcingCall();
    this.record(T.COND_CALL, args, d);
    if (intOf(condition) !== 0) this.cpu.callVoid(intOf(address), this.concreteArguments(), d);
    if (effect.canForce) {
      this.guard(T.GUARD_NOT_FORCED, []);
      if (this.wasForced()) this.abort(AbortReason.EscapedVirtualizable);
    }
    if (this.cpu.exceptionPending()) this.raised(this.cpu.takeException());
    else if (effect.canRaise) this.guard(T.GUARD_NO_EXCEPTION, []);
  }

  /** A call of a portal through its compiled code, with the portal's arguments read. `frame.pc` is behind it. */
  callLoop(frame: TraceFrame, driver: DriverInfo, loop: JitLoop, reds: Value[]): void {
    const kind = driver.result;
    this.flag = null;
    for (const value of this.argRefs) markEscaped(value);
    this.beforeForcingCall();
    const op = this.record(T.opForKind(T.CALL_ASSEMBLER_I, kind), reds, loop);
    this.#execute(op, driver.address, driver.callDescr, kind);
    this.#afterCall(frame, op, kind, true, true);
  }

  /** A loop may begin here: what was called before is called again in each round. */
  forgetInvariants(): void {
    this.#invariants.length = 0;
  }

  loadFlag(): Value {
    const flag = this.flag;
    if (flag !== null) return flag;
    return this.recordInt(T.LOAD_FLAG, [], null, this.cpu.loadFlag());
  }
}
