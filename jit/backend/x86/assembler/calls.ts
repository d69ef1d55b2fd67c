// Calls: of the program's functions, of C, of other loops; and the ends of traces.
import type { int } from "../../../../rlib/types.ts";
import { type CallDescr, EFFECT_FORCES, type GuardDescr, type LoopToken } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import { NativeLoop } from "../code/block.ts";
import * as f from "../encoder/float.ts";
import * as x from "../encoder/integer.ts";
import { RAX, RBP, RCX, RDI, RDX, RSP } from "../encoder/registers.ts";
import { isConstant } from "../machine.ts";
import { assemblerInputsStart } from "../regalloc/calls.ts";
import type { Instruction } from "../regalloc/sink.ts";
import { AREA_FLOAT_RESULT, AREA_SLOW_RESULT } from "../runtime.ts";
import { type Assembler, Cold, type Emitter } from "./assembler.ts";
import * as c from "./conditions.ts";
import { loadImmediate } from "./moves.ts";

function collects(descr: CallDescr): boolean {
  return descr.effect.canCollect || descr.effect.extra >= EFFECT_FORCES;
}

function call(a: Assembler, ins: Instruction): void {
  const descr = ins.op.descr as CallDescr;
  if (collects(descr)) {
    a.closeGroup();
    a.setMap(ins.references);
  }
  callFunction(a, ins, descr);
  if (a.skipping >= 0) {
    a.e.here(a.skipping);
    a.skipping = -1;
  }
}

function callFunction(a: Assembler, ins: Instruction, descr: CallDescr): void {
  const callee = ins.args[0] as int;
  if (!isConstant(callee)) a.e.r(x.CALL_M, callee);
  else if (a.isImmediateAt(callee)) a.callAddress(a.immediateAt(callee));
  else a.emitAt(x.CALL_M, 0, callee, 0);
  if (descr.result === t.KIND_INT) narrow(a, descr);
  if (descr.result === t.KIND_FLOAT && descr.isC && !a.machine.wide) fromX87(a);
}

/** Makes an int result of few bits a whole word. */
export function narrow(a: Assembler, descr: CallDescr): void {
  const { e } = a;
  const bits = descr.resultBits;
  if (bits === 0) return;
  if (bits === 1) {
    e.register(RAX);
    e.emit(x.AND_D_I8, 0, 1);
  } else if (bits === 8) e.rr(descr.resultSigned ? x.MOVSX_8 : x.MOVZX_8, RAX, RAX);
  else if (bits === 16) e.rr(descr.resultSigned ? x.MOVSX_16 : x.MOVZX_16, RAX, RAX);
  else if (bits === 32 && a.machine.wide) e.rr(descr.resultSigned ? x.MOVSXD : x.MOV_R32, RAX, RAX);
}

/** C functions on x86-32 leave floats on the x87 stack. */
function fromX87(a: Assembler): void {
  a.e.memory(RBP, a.frame.savedXmm);
  a.e.emit(f.FSTP, 0, 0);
  a.e.rm(f.MOVSD_X, 0, RBP, a.frame.savedXmm);
}

/** Leaves the number of the guard behind the call where `force` finds it. */
function announceExit(a: Assembler, exitNumber: int): void {
  a.e.memory(RBP, a.frame.force);
  a.e.emit(x.MOV_D_I32, 0, exitNumber + 1);
}

function callMayForce(a: Assembler, ins: Instruction): void {
  a.closeGroup();
  a.setMap(ins.references);
  const exit = a.exitOf(ins);
  announceExit(a, exit.number);
  callFunction(a, ins, ins.op.descr as CallDescr);
  a.e.memory(RBP, a.frame.force);
  a.e.emit(x.CMP_D_I8, 0, 0);
  a.leaveIf(c.LESS, exit);
}

function callAssembler(a: Assembler, ins: Instruction): void {
  const { e, machine } = a;
  a.closeGroup();
  a.setMap(ins.references);
  const exit = a.exitOf(ins);
  announceExit(a, exit.number);
  if (machine.wide) e.rr(x.MOV_R, RDI, RSP);
  else {
    e.rm(x.LEA, RAX, RSP, 4 * assemblerInputsStart(false));
    e.rm(x.MOV_M, RAX, RSP, 0);
  }
  const token = ins.op.descr as LoopToken;
  const { compiled } = token;
  if (!(compiled instanceof NativeLoop)) throw new Error(`a call of ${token.name}, which is not compiled`);
  if (!a.block.calls.includes(token)) a.block.calls.push(token);
  e.absolute(compiled.cell.toInt());
  e.emit(x.CALL_M, 0, 0);
  // The lowest bit of edx says that the loop ended with its function's result.
  e.register(RDX);
  e.emit(x.TEST_B_I8, 0, 1);
  const slow = new UnfinishedCall(e.jumpIf(c.EQUAL), a.numberOfLoop(token), ins.op.kind);
  a.later(slow);
  slow.back = e.position();
  e.memory(RBP, a.frame.force);
  e.emit(x.CMP_D_I8, 0, 0);
  a.leaveIf(c.LESS, exit);
}

/** The loop that was called left early: the metainterp finishes the call. */
class UnfinishedCall extends Cold {
  readonly #from: int;
  readonly #loop: int;
  readonly #kind: int;
  back: int;

  constructor(from: int, loop: int, kind: int) {
    super();
    this.#from = from;
    this.#loop = loop;
    this.#kind = kind;
    this.back = 0;
  }

  override emit(a: Assembler): void {
    const { e, runtime } = a;
    e.here(this.#from);
    loadImmediate(a, RCX, this.#loop);
    a.callAddress(a.stubs.finishCall);
    if (this.#kind === t.KIND_FLOAT) e.ra(f.MOVSD_X, 0, runtime.areaEntry(AREA_FLOAT_RESULT));
    else if (this.#kind !== t.KIND_VOID) e.ra(x.MOV_R, RAX, runtime.areaEntry(AREA_SLOW_RESULT));
    e.jumpBack(this.back);
  }
}

function copyUnits(a: Assembler, _ins: Instruction): void {
  a.callAddress(a.runtime.copyUnits);
}

function forceToken(a: Assembler, ins: Instruction): void {
  a.e.rr(x.MOV_R, ins.result, RBP);
}

/** Leaves with the result where results are, and in edx the exit's number and whether that is all. */
function finish(a: Assembler, ins: Instruction): void {
  const { op } = ins;
  const descr = op.descr as GuardDescr;
  const exit = a.makeExit(descr, op.args, ins.args, true);
  a.e.plus(x.MOV_O32, RDX, exit.number * 2 + (descr.returnsResult ? 1 : 0));
  a.jumpAddress(a.stubs.leave);
}

function nothing(_a: Assembler, _ins: Instruction): void {}

/** Emitted by the instruction before, or by the allocator's own calls. */
function never(_a: Assembler, ins: Instruction): void {
  throw new Error(`${t.traceOpInfo(ins.op.opnum).name} is no instruction of its own`);
}

export const CALLS: Record<string, Emitter> = {
  call_i: call,
  call_r: call,
  call_f: call,
  call_n: call,
  call_pure_i: call,
  call_pure_r: call,
  call_pure_f: call,
  call_pure_n: call,
  call_loopinvariant_i: call,
  call_loopinvariant_r: call,
  call_loopinvariant_f: call,
  call_loopinvariant_n: call,
  call_may_force_i: callMayForce,
  call_may_force_r: callMayForce,
  call_may_force_f: callMayForce,
  call_may_force_n: callMayForce,
  call_assembler_i: callAssembler,
  call_assembler_r: callAssembler,
  call_assembler_f: callAssembler,
  call_assembler_n: callAssembler,
  cond_call: call,
  cond_call_value_i: call,
  cond_call_value_r: call,
  copystrcontent: copyUnits,
  force_token: forceToken,
  finish,
  debug_merge_point: nothing,
  guard_no_overflow: never,
  guard_overflow: never,
  guard_not_forced: never,
  same_as_i: never,
  same_as_r: never,
  same_as_f: never,
  virtual_ref: never,
  virtual_ref_finish: never,
  keepalive: never,
  quasiimmut_field: never,
  record_exact_class: never,
  label: never,
  jump: never,
};
