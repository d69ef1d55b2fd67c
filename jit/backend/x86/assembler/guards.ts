// Guards that are not merged with a comparison, checks that stop the program, and the execution state around exceptions.
import type { int } from "../../../../rlib/types.ts";
import type { SizeDescr } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import { ConstInt } from "../../../format/values.ts";
import * as x from "../encoder/integer.ts";
import { isXmm, RAX, RBP } from "../encoder/registers.ts";
import type { Instruction } from "../regalloc/sink.ts";
import { AREA_ARGUMENT, VM_CAUGHT, VM_CAUGHT_POSITION, VM_EXCEPTION, VM_FLAG, VM_TRACE_POSITION } from "../runtime.ts";
import { compare, compareClassRange } from "./arith.ts";
import { type Assembler, Cold, type Emitter } from "./assembler.ts";
import * as c from "./conditions.ts";
import { compareBits } from "./floats.ts";

function arg(ins: Instruction, i: int): int {
  return ins.args[i] as int;
}

/** Leaves if the operand is 0 or null (or is not, for the opposite guards). */
function guardTruth(a: Assembler, ins: Instruction): void {
  const { opnum } = ins.op;
  a.e.rr(x.TEST, arg(ins, 0), arg(ins, 0));
  const wantsZero = opnum === t.GUARD_FALSE || opnum === t.GUARD_ISNULL;
  a.leaveIf(wantsZero ? c.NOT_EQUAL : c.EQUAL, a.exitOf(ins));
}

function guardValue(a: Assembler, ins: Instruction): void {
  const at = arg(ins, 0);
  if (isXmm(at)) compareBits(a, at, arg(ins, 1), temporary(a, ins));
  else compare(a, at, arg(ins, 1));
  a.leaveIf(c.NOT_EQUAL, a.exitOf(ins));
}

function temporary(a: Assembler, ins: Instruction): int {
  return ins.temps.length > 0 ? (ins.temps[0] as int) : a.machine.scratch;
}

/** Compares the lower half of an object's header. */
function compareClass(a: Assembler, object: int, classId: int): void {
  a.e.memory(object, 0);
  if (!a.machine.wide) a.e.emit(x.CMP_H_I16, 0, classId);
  else if (classId < 128) a.e.emit(x.CMP_D_I8, 0, classId);
  else a.e.emit(x.CMP_D_I32, 0, classId);
}

function guardClass(a: Assembler, ins: Instruction): void {
  const object = arg(ins, 0);
  const exit = a.exitOf(ins);
  if (ins.op.opnum === t.GUARD_NONNULL_CLASS) {
    a.e.rr(x.TEST, object, object);
    a.leaveIf(c.EQUAL, exit);
  }
  compareClass(a, object, a.immediateAt(arg(ins, 1)));
  a.leaveIf(c.NOT_EQUAL, exit);
}

function guardNoException(a: Assembler, ins: Instruction): void {
  a.e.absolute(a.runtime.vmField(VM_EXCEPTION));
  a.e.emit(x.CMP_I8, 0, 0);
  a.leaveIf(c.NOT_EQUAL, a.exitOf(ins));
}

function guardException(a: Assembler, ins: Instruction): void {
  const exit = a.exitOf(ins);
  const { e, runtime } = a;
  e.ra(x.MOV_R, ins.result, runtime.vmField(VM_EXCEPTION));
  e.rr(x.TEST, ins.result, ins.result);
  a.leaveIf(c.EQUAL, exit);
  compareClass(a, ins.result, a.immediateAt(arg(ins, 0)));
  a.leaveIf(c.NOT_EQUAL, exit);
  takeException(a, ins);
}

/** The pending exception, which is in the result, is caught: it can go on from here if it is raised again. */
function takeException(a: Assembler, ins: Instruction): void {
  const { e, runtime } = a;
  const temp = temporary(a, ins);
  e.absolute(runtime.vmField(VM_EXCEPTION));
  e.emit(x.MOV_I32, 0, 0);
  e.ra(x.MOV_M, ins.result, runtime.vmField(VM_CAUGHT));
  e.ra(x.MOV_R, temp, runtime.vmField(VM_TRACE_POSITION));
  e.ra(x.MOV_M, temp, runtime.vmField(VM_CAUGHT_POSITION));
}

function saveException(a: Assembler, ins: Instruction): void {
  a.e.ra(x.MOV_R, ins.result, a.runtime.vmField(VM_EXCEPTION));
  takeException(a, ins);
}

function saveExceptionClass(a: Assembler, ins: Instruction): void {
  const { e, runtime } = a;
  e.ra(x.MOV_R, ins.result, runtime.vmField(VM_EXCEPTION));
  e.rr(x.TEST, ins.result, ins.result);
  const none = e.skipIf(c.EQUAL);
  e.memory(ins.result, 0);
  e.emit(a.machine.wide ? x.MOV_R32 : x.MOVZX_16, ins.result, 0);
  e.hereShort(none);
}

function storeVm(a: Assembler, field: int, from: int): void {
  a.e.absolute(a.runtime.vmField(field));
  if (from >= 0) a.e.emit(x.MOV_M, from, 0);
  else a.e.emit(x.MOV_I32, 0, a.immediateAt(from));
}

/** The frame was forced: its word for it is negative. */
export function leaveIfForced(a: Assembler, ins: Instruction): void {
  a.e.memory(RBP, a.frame.force);
  a.e.emit(x.CMP_D_I8, 0, 0);
  a.leaveIf(c.LESS, a.exitOf(ins));
}

/** Room for a jump that is written when the loop is invalidated. */
function guardNotInvalidated(a: Assembler, ins: Instruction): void {
  const exit = a.exitOf(ins);
  exit.patchable = a.e.position();
  a.e.indexed(RAX, RAX, 0, 1);
  a.e.emit(x.NOP_M, 0, 0);
}

function guardAlwaysFails(a: Assembler, ins: Instruction): void {
  a.exitOf(ins).jumps.push(a.e.jump());
}

// Checks.

export const STOP_INDEX = 0;
export const STOP_NULL = 1;
export const STOP_CAST = 2;
export const STOP_ASSERTION = 3;
export const STOP_MEMORY = 4;

/** Ends the program. */
class Stop extends Cold {
  readonly #from: int;
  readonly #which: int;

  constructor(from: int, which: int) {
    super();
    this.#from = from;
    this.#which = which;
  }

  override emit(a: Assembler): void {
    a.e.here(this.#from);
    a.e.absolute(a.runtime.areaEntry(AREA_ARGUMENT));
    a.e.emit(x.MOV_I32, 0, this.#which);
    a.callAddress(a.stubs.stop);
  }
}

function stopIf(a: Assembler, condition: int, which: int): void {
  a.later(new Stop(a.e.jumpIf(condition), which));
}

function checkIndex(a: Assembler, ins: Instruction): void {
  compareAlways(a, arg(ins, 0), arg(ins, 1));
  stopIf(a, c.ABOVE_EQUAL, STOP_INDEX);
}

/** A comparison that sets the carry also for 0. */
function compareAlways(a: Assembler, register: int, operand: int): void {
  if (a.isImmediateAt(operand)) {
    a.e.register(register);
    const value = a.immediateAt(operand);
    a.e.emit(value >= -128 && value <= 127 ? x.CMP_I8 : x.CMP_I32, 0, value);
  } else a.emitAt(x.CMP_R, register, operand, 0);
}

function checkNonzero(which: int): Emitter {
  return (a, ins) => {
    a.e.rr(x.TEST, arg(ins, 0), arg(ins, 0));
    stopIf(a, c.EQUAL, which);
  };
}

function checkCast(a: Assembler, ins: Instruction): void {
  const condition = compareClassRange(a, arg(ins, 0), temporary(a, ins), ins.op.descr as SizeDescr);
  stopIf(a, c.inverse(condition), STOP_CAST);
}

function debugCounter(a: Assembler, ins: Instruction): void {
  const counter = ins.op.args[0];
  if (!(counter instanceof ConstInt)) return;
  a.e.absolute(counter.value);
  a.e.emit(x.ADD_I8, 0, 1);
}

export const GUARDS: Record<string, Emitter> = {
  guard_true: guardTruth,
  guard_false: guardTruth,
  guard_nonnull: guardTruth,
  guard_isnull: guardTruth,
  guard_value: guardValue,
  guard_class: guardClass,
  guard_nonnull_class: guardClass,
  guard_no_exception: guardNoException,
  guard_exception: guardException,
  guard_not_forced_2: leaveIfForced,
  guard_not_invalidated: guardNotInvalidated,
  guard_always_fails: guardAlwaysFails,
  save_exception: saveException,
  save_exc_class: saveExceptionClass,
  restore_exception: (a, ins) => storeVm(a, VM_EXCEPTION, arg(ins, 0)),
  load_flag: (a, ins) => a.e.ra(x.MOV_R, ins.result, a.runtime.vmField(VM_FLAG)),
  store_flag: (a, ins) => storeVm(a, VM_FLAG, arg(ins, 0)),
  check_index: checkIndex,
  check_nonnull: checkNonzero(STOP_NULL),
  check_true: checkNonzero(STOP_ASSERTION),
  check_memory_error: checkNonzero(STOP_MEMORY),
  check_cast: checkCast,
  increment_debug_counter: debugCounter,
};
