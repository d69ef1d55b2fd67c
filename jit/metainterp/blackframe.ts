/**
 * One activation of a jitcode with concrete values: registers by kind, the jitcode's constants behind them, so that an
 * operand is an index whatever it is.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import type { Arguments } from "../backend/cpu.ts";
import { CATCH_EXCEPTION, LIVE, LIVE_UNITS } from "../format/instructions.ts";
import type { JitCode } from "../format/jitcode.ts";

export class BlackFrame {
  readonly jitcode: JitCode;
  readonly ints: int[];
  readonly refs: (GcRef | null)[];
  readonly floats: float[];
  /** Where it goes on: the position behind the call while a callee runs. */
  pc: int = 0;
  /** The frame that called this one; null at the bottom. */
  caller: BlackFrame | null;

  constructor(jitcode: JitCode, caller: BlackFrame | null) {
    this.jitcode = jitcode;
    this.caller = caller;
    const ints: int[] = [];
    for (let i = 0; i < jitcode.intRegisters; i++) ints.push(0);
    for (const value of jitcode.intConstants) ints.push(value);
    this.ints = ints;
    const refs: (GcRef | null)[] = [];
    for (let i = 0; i < jitcode.refRegisters; i++) refs.push(null);
    for (const value of jitcode.refConstants) refs.push(value);
    this.refs = refs;
    const floats: float[] = [];
    for (let i = 0; i < jitcode.floatRegisters; i++) floats.push(0.0);
    for (const value of jitcode.floatConstants) floats.push(value);
    this.floats = floats;
  }

  /** Puts arguments into the first registers of each kind. */
  setArguments(args: Arguments): void {
    for (let i = 0; i < args.ints.length; i++) this.ints[i] = args.ints[i];
    for (let i = 0; i < args.refs.length; i++) this.refs[i] = args.refs[i];
    for (let i = 0; i < args.floats.length; i++) this.floats[i] = args.floats[i];
  }
}

/** Where a call at whose back a frame stands has its handler of exceptions; -1 without one. */
export function handlerBehindCall(jitcode: JitCode, pc: int): int {
  const at = jitcode.code[pc] === LIVE ? pc + LIVE_UNITS : pc;
  return jitcode.code[at] === CATCH_EXCEPTION ? jitcode.wide(at + 1) : -1;
}
