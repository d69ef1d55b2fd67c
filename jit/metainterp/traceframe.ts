/** One activation of a jitcode while it is traced: registers hold values of the trace, constants behind them. */
import type { int } from "../../rlib/types.ts";
import type { JitCode } from "../format/jitcode.ts";
import { ConstFloat, ConstInt, ConstRef, NULL, type Value, ZERO, ZERO_FLOAT } from "../format/values.ts";
import type { FrameState } from "./snapshot.ts";
import type { JitCell } from "./warm.ts";

/** A jitcode's constants as values of traces; made once. */
export class FrameConstants {
  readonly ints: Value[] = [];
  readonly refs: Value[] = [];
  readonly floats: Value[] = [];

  constructor(jitcode: JitCode) {
    for (const value of jitcode.intConstants) this.ints.push(new ConstInt(value));
    for (const value of jitcode.refConstants) this.refs.push(new ConstRef(value));
    for (const value of jitcode.floatConstants) this.floats.push(new ConstFloat(value));
  }
}

export class TraceFrame {
  readonly jitcode: JitCode;
  readonly ints: Value[] = [];
  readonly refs: Value[] = [];
  readonly floats: Value[] = [];
  pc: int = 0;
  /** Position of the `live` passed last: where a guard resumes. */
  live: int = 0;
  /** What snapshots hold of this frame while a callee runs; null until one is taken. */
  state: FrameState | null = null;
  /** Of a portal: the position of the user's program that it was entered with. */
  cell: JitCell | null = null;
  /** Operations recorded when it was entered. */
  readonly start: int;

  constructor(jitcode: JitCode, constants: FrameConstants, start: int) {
    this.jitcode = jitcode;
    this.start = start;
    for (let i = 0; i < jitcode.intRegisters; i++) this.ints.push(ZERO);
    for (const value of constants.ints) this.ints.push(value);
    for (let i = 0; i < jitcode.refRegisters; i++) this.refs.push(NULL);
    for (const value of constants.refs) this.refs.push(value);
    for (let i = 0; i < jitcode.floatRegisters; i++) this.floats.push(ZERO_FLOAT);
    for (const value of constants.floats) this.floats.push(value);
  }
}
