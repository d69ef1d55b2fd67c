/**
 * The trace being recorded: its operations, the frames that are traced through, and the virtualizable whose fields live
 * in the trace. Operations are recorded with the concrete value they had; what guards resume from is taken from the
 * frames at the time of the guard.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import type { Cpu } from "../backend/cpu.ts";
import { Arguments } from "../backend/cpu.ts";
import type { Descr } from "../format/descr.ts";
import type { JitCode, JitStore, VirtualizableInfo } from "../format/jitcode.ts";
import * as T from "../format/traceops.ts";
import { type InputArg, NULL, ONE, Op, type Value, ZERO } from "../format/values.ts";
import { BlackFrame } from "./blackframe.ts";
import { constantOf, floatOf, intOf, refOf } from "./concrete.ts";
import type { JitContext } from "./context.ts";
import { FrameState, TraceSnapshot } from "./snapshot.ts";
import { TraceFrame } from "./traceframe.ts";

export class Recorder {
  readonly context: JitContext;
  readonly cpu: Cpu;
  readonly store: JitStore;
  readonly liveness: Uint16Array;
  readonly bits: int;
  inputs: InputArg[] = [];
  ops: Op[] = [];
  readonly frames: TraceFrame[] = [];
  /** The virtualizable object, then its fields and items; empty without one. */
  virtualizable: Value[] = [];
  virtualizableInfo: VirtualizableInfo | null = null;
  /** A snapshot holds the array above: it is copied before the next assignment. */
  #virtualizableShared = false;
  guardCount: int = 0;
  /** Operands of the instruction at hand, by kind. */
  readonly argInts: Value[] = [];
  readonly argRefs: Value[] = [];
  readonly argFloats: Value[] = [];
  readonly args: Arguments = new Arguments();

  constructor(context: JitContext) {
    this.context = context;
    this.cpu = context.cpu;
    this.store = context.store;
    this.liveness = context.store.liveness;
    this.bits = context.cpu.wordBits;
  }

  /** The innermost frame. */
  get top(): TraceFrame {
    return this.frames[this.frames.length - 1];
  }

  pushFrame(jitcode: JitCode): TraceFrame {
    const frame = new TraceFrame(jitcode, this.context.constantsOf(jitcode), this.ops.length);
    this.frames.push(frame);
    return frame;
  }

  record(opnum: int, args: Value[], descr: Descr | null): Op {
    const op = new Op(opnum, args, descr);
    this.ops.push(op);
    return op;
  }

  recordInt(opnum: int, args: Value[], descr: Descr | null, value: int): Op {
    const op = this.record(opnum, args, descr);
    op.concreteInt = value;
    return op;
  }

  recordRef(opnum: int, args: Value[], descr: Descr | null, value: GcRef | null): Op {
    const op = this.record(opnum, args, descr);
    op.concreteRef = value;
    return op;
  }

  recordFloat(opnum: int, args: Value[], descr: Descr | null, value: float): Op {
    const op = this.record(opnum, args, descr);
    op.concreteFloat = value;
    return op;
  }

  /** A guard that resumes at the `live` that the innermost frame passed last. */
  guard(opnum: int, args: Value[]): Op {
    return this.guardTo(opnum, args, -1);
  }

  /**
   * A guard of a conditional jump: where it fails the other way is taken, which goes on at `next`. There its operand is
   * known, so the exit need not keep it.
   */
  guardTo(opnum: int, args: Value[], next: int): Op {
    const op = this.record(opnum, args, null);
    const snapshot = this.#snapshotTo(next);
    op.snapshot = snapshot;
    this.guardCount++;
    const otherwise = next < 0 || args.length === 0 ? null : whenFailed(opnum, args[0]);
    if (otherwise === null) return op;
    const values = snapshot.frame.values;
    for (let i = 0; i < values.length; i++) if (values[i] === args[0]) values[i] = otherwise;
    return op;
  }

  snapshot(): TraceSnapshot {
    return this.#snapshotTo(-1);
  }

  #snapshotTo(next: int): TraceSnapshot {
    this.#virtualizableShared = true;
    return new TraceSnapshot(this.#stateOf(this.frames.length - 1, true), next, this.virtualizable);
  }

  #stateOf(depth: int, isTop: boolean): FrameState {
    const frame = this.frames[depth];
    if (!isTop) {
      const known = frame.state;
      if (known !== null) return known;
    }
    const caller = depth === 0 ? null : this.#stateOf(depth - 1, false);
    const state = new FrameState(frame.jitcode, frame.live, this.#liveValues(frame), caller);
    if (!isTop) frame.state = state;
    return state;
  }

  #liveValues(frame: TraceFrame): Value[] {
    const table = this.liveness;
    const at = frame.jitcode.wide(frame.live + 1);
    let next = at + 3;
    const values: Value[] = [];
    for (let n = table[at]; n > 0; n--) {
      values.push(frame.ints[table[next]]);
      next++;
    }
    for (let n = table[at + 1]; n > 0; n--) {
      values.push(frame.refs[table[next]]);
      next++;
    }
    for (let n = table[at + 2]; n > 0; n--) {
      values.push(frame.floats[table[next]]);
      next++;
    }
    return values;
  }

  /** Assigns the n-th value of the virtualizable. */
  setVirtualizable(n: int, value: Value): void {
    if (this.#virtualizableShared) {
      this.virtualizable = this.virtualizable.slice();
      this.#virtualizableShared = false;
    }
    this.virtualizable[n] = value;
  }

  /** From here on `value` is known to be its concrete value: it becomes a constant wherever it is held. */
  promote(value: Value): Value {
    if (value.isConstant) return value;
    const constant = constantOf(value);
    this.guard(T.GUARD_VALUE, [value, constant]);
    this.replace(value, constant);
    return constant;
  }

  /** Puts a value in the place of another in all frames. */
  replace(old: Value, value: Value): void {
    for (const frame of this.frames) {
      const registers = old.kind === T.KIND_INT ? frame.ints : old.kind === T.KIND_REF ? frame.refs : frame.floats;
      for (let i = 0; i < registers.length; i++) if (registers[i] === old) registers[i] = value;
    }
    for (let i = 0; i < this.virtualizable.length; i++) {
      if (this.virtualizable[i] === old) this.setVirtualizable(i, value);
    }
  }

  // Operands.

  /** Reads three operand lists of the innermost frame; returns the position behind them. */
  readLists(frame: TraceFrame, at: int): int {
    this.argInts.length = 0;
    this.argRefs.length = 0;
    this.argFloats.length = 0;
    return this.readMoreLists(frame, at);
  }

  readMoreLists(frame: TraceFrame, at: int): int {
    const code = frame.jitcode.code;
    let i = at + 1;
    for (let n = code[at]; n > 0; n--) {
      this.argInts.push(frame.ints[code[i]]);
      i++;
    }
    let n = code[i];
    i++;
    for (; n > 0; n--) {
      this.argRefs.push(frame.refs[code[i]]);
      i++;
    }
    n = code[i];
    i++;
    for (; n > 0; n--) {
      this.argFloats.push(frame.floats[code[i]]);
      i++;
    }
    return i;
  }

  /** Concrete values of the operands, as arguments of a call. */
  concreteArguments(): Arguments {
    const args = this.args;
    args.clear();
    for (const value of this.argInts) args.ints.push(intOf(value));
    for (const value of this.argRefs) args.refs.push(refOf(value));
    for (const value of this.argFloats) args.floats.push(floatOf(value));
    return args;
  }

  /** The operands in the order of a signature, behind `first` if there is one. */
  orderedArguments(first: Value | null, letters: string): Value[] {
    const values: Value[] = [];
    if (first !== null) values.push(first);
    let ints = 0;
    let refs = 0;
    let floats = 0;
    for (let i = 0; i < letters.length; i++) {
      if (letters[i] === "i") {
        values.push(this.argInts[ints]);
        ints++;
      } else if (letters[i] === "r") {
        values.push(this.argRefs[refs]);
        refs++;
      } else {
        values.push(this.argFloats[floats]);
        floats++;
      }
    }
    return values;
  }

  allArgumentsConstant(): boolean {
    for (const value of this.argInts) if (!value.isConstant) return false;
    for (const value of this.argRefs) if (!value.isConstant) return false;
    for (const value of this.argFloats) if (!value.isConstant) return false;
    return true;
  }

  /** The frames with concrete values, for the blackhole interpreter. */
  blackFrames(): BlackFrame {
    let black: BlackFrame | null = null;
    for (const frame of this.frames) {
      const made: BlackFrame = new BlackFrame(frame.jitcode, black);
      made.pc = frame.pc;
      for (let i = 0; i < frame.jitcode.intRegisters; i++) made.ints[i] = intOf(frame.ints[i]);
      for (let i = 0; i < frame.jitcode.refRegisters; i++) made.refs[i] = refOf(frame.refs[i]);
      for (let i = 0; i < frame.jitcode.floatRegisters; i++) made.floats[i] = floatOf(frame.floats[i]);
      black = made;
    }
    if (black === null) throw new Error("no frames are traced");
    return black;
  }
}

/** What the operand of a guard is where the guard fails; null if that is not known. */
function whenFailed(opnum: int, operand: Value): Value | null {
  if (opnum === T.GUARD_TRUE) return ZERO;
  if (opnum === T.GUARD_NONNULL) return NULL;
  if (opnum === T.GUARD_FALSE && operand instanceof Op && T.hasFlag(operand.opnum, T.BOOL)) return ONE;
  return null;
}
