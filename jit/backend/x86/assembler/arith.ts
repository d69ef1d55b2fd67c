// Integer operations, and comparisons with what follows from them: a guard, or a 0 or 1 in a register.
import type { int } from "../../../../rlib/types.ts";
import type { SizeDescr } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import type { ConstInt } from "../../../format/values.ts";
import { fitsByte } from "../encoder/encoder.ts";
import type { Form } from "../encoder/form.ts";
import * as x from "../encoder/integer.ts";
import { NOWHERE, RDX } from "../encoder/registers.ts";
import { isConstant } from "../machine.ts";
import type { Instruction } from "../regalloc/sink.ts";
import type { Assembler, Emitter } from "./assembler.ts";
import * as c from "./conditions.ts";
import { loadImmediate } from "./moves.ts";

/** register op= operand anywhere. */
export function alu(a: Assembler, forms: x.Alu, register: int, operand: int): void {
  if (a.isImmediateAt(operand)) aluImmediate(a, forms, register, a.immediateAt(operand));
  else a.emitAt(forms.r, register, operand, 0);
}

export function aluImmediate(a: Assembler, forms: x.Alu, register: int, value: int): void {
  a.e.register(register);
  a.e.emit(fitsByte(value) ? forms.i8 : forms.i32, 0, value);
}

function arg(instruction: Instruction, i: int): int {
  return instruction.args[i] as int;
}

/** Operations of the shape `binary`; the first operand is in the result's register. */
function binary(forms: x.Alu): Emitter {
  return (a, ins) => alu(a, forms, arg(ins, 0), arg(ins, 1));
}

/** The same with a guard on the overflow flag. */
function overflowing(forms: x.Alu): Emitter {
  return (a, ins) => {
    alu(a, forms, arg(ins, 0), arg(ins, 1));
    guardOverflow(a, ins);
  };
}

function guardOverflow(a: Assembler, ins: Instruction): void {
  const fails = ins.guard !== null && ins.guard.opnum === t.GUARD_OVERFLOW ? c.inverse(c.OVERFLOW) : c.OVERFLOW;
  a.leaveIf(fails, a.exitOf(ins));
}

function multiply(a: Assembler, ins: Instruction): void {
  const factor = arg(ins, 1);
  const register = arg(ins, 0);
  if (!a.isImmediateAt(factor)) {
    a.emitAt(x.IMUL_R, register, factor, 0);
    return;
  }
  const value = a.immediateAt(factor);
  a.e.register(register);
  a.e.emit(fitsByte(value) ? x.IMUL_I8 : x.IMUL_I32, register, value);
}

function multiplyOverflowing(a: Assembler, ins: Instruction): void {
  multiply(a, ins);
  guardOverflow(a, ins);
}

/** A sum in place, or of two operands into a third register. */
function sum(a: Assembler, ins: Instruction): void {
  const negate = ins.op.opnum === t.INT_SUB;
  const first = arg(ins, 0);
  const second = arg(ins, 1);
  if (first === ins.result) {
    alu(a, negate ? x.SUB : x.ADD, first, second);
    return;
  }
  if (isConstant(second)) {
    const value = a.immediateAt(second);
    if (!negate || value !== -2147483648) {
      a.e.rm(x.LEA, ins.result, first, negate ? -value : value);
      return;
    }
    a.e.rr(x.MOV_R, ins.result, first);
    aluImmediate(a, x.SUB, ins.result, value);
    return;
  }
  a.e.indexed(first, second, 0, 0);
  a.e.emit(x.LEA, ins.result, 0);
}

function shift(immediate: Form, byCl: Form): Emitter {
  return (a, ins) => {
    const count = arg(ins, 1);
    a.e.register(arg(ins, 0));
    if (isConstant(count)) a.e.emit(immediate, 0, (a.constantAt(count) as ConstInt).value);
    else a.e.emit(byCl, 0, 0);
  };
}

function divide(a: Assembler, ins: Instruction): void {
  const { opnum } = ins.op;
  a.e.register(arg(ins, 1));
  if (opnum === t.INT_FLOORDIV || opnum === t.INT_MOD) {
    if (a.machine.wide) a.e.plain(x.CQO, 0);
    else a.e.plain(x.CDQ, 0);
    a.e.emit(x.IDIV, 0, 0);
  } else {
    a.e.rr(x.XOR_R32, RDX, RDX);
    a.e.register(arg(ins, 1));
    a.e.emit(x.DIV, 0, 0);
  }
}

function multiplyHigh(form: Form): Emitter {
  return (a, ins) => {
    a.e.register(arg(ins, 1));
    a.e.emit(form, 0, 0);
  };
}

function unary(form: Form): Emitter {
  return (a, ins) => a.e.r(form, arg(ins, 0));
}

function extend(a: Assembler, ins: Instruction): void {
  const from = arg(ins, 0);
  const bytes = (a.constantAt(arg(ins, 1)) as ConstInt).value;
  const signed = ins.op.opnum === t.INT_SIGNEXT;
  if (bytes === 1) a.e.rr(signed ? x.MOVSX_8 : x.MOVZX_8, ins.result, from);
  else if (bytes === 2) a.e.rr(signed ? x.MOVSX_16 : x.MOVZX_16, ins.result, from);
  else if (bytes === 4 && a.machine.wide) a.e.rr(signed ? x.MOVSXD : x.MOV_R32, ins.result, from);
  else if (from !== ins.result) a.e.rr(x.MOV_R, ins.result, from);
}

/** Leading zeros: the width less one less the highest bit's index; bsr gives nothing for 0. */
function leadingZeros(a: Assembler, ins: Instruction): void {
  const bits = a.machine.wide ? 64 : 32;
  loadImmediate(a, ins.result, 2 * bits - 1);
  zeroSafe(a, x.BSR, ins);
  aluImmediate(a, x.XOR, ins.result, bits - 1);
}

function trailingZeros(a: Assembler, ins: Instruction): void {
  loadImmediate(a, ins.result, a.machine.wide ? 64 : 32);
  zeroSafe(a, x.BSF, ins);
}

/** Scans the operand for a bit, keeping the result as it is for 0. */
function zeroSafe(a: Assembler, form: Form, ins: Instruction): void {
  const from = arg(ins, 0);
  a.e.rr(x.TEST, from, from);
  const skip = a.e.skipIf(c.EQUAL);
  a.e.rr(form, ins.result, from);
  a.e.hereShort(skip);
}

/** One bits: by the machine's instruction, or by shifting them out one after the other. */
function population(a: Assembler, ins: Instruction): void {
  const from = arg(ins, 0);
  const { e } = a;
  if (a.runtime.hasBitCount) {
    e.rr(x.POPCNT, ins.result, from);
    return;
  }
  const rest = ins.temps[0] as int;
  e.rr(x.XOR_R32, ins.result, ins.result);
  e.rr(x.MOV_R, rest, from);
  const again = e.position();
  e.rr(x.ADD_R, rest, rest);
  e.register(ins.result);
  e.emit(x.ADC_I8, 0, 0);
  e.rr(x.TEST, rest, rest);
  const done = e.skipIf(c.EQUAL);
  e.jumpBack(again);
  e.hereShort(done);
}

// Comparisons.

/** Conditions by distance from INT_LT. */
const INT_CONDITIONS = [
  c.LESS,
  c.LESS_EQUAL,
  c.EQUAL,
  c.NOT_EQUAL,
  c.GREATER,
  c.GREATER_EQUAL,
  c.BELOW,
  c.BELOW_EQUAL,
  c.ABOVE,
  c.ABOVE_EQUAL,
];

function compareInts(a: Assembler, ins: Instruction): void {
  compareOperands(a, ins, INT_CONDITIONS[ins.op.opnum - t.INT_LT] as int);
}

function compareRefs(a: Assembler, ins: Instruction): void {
  compareOperands(a, ins, ins.op.opnum === t.PTR_EQ ? c.EQUAL : c.NOT_EQUAL);
}

function compareOperands(a: Assembler, ins: Instruction, condition: int): void {
  compare(a, arg(ins, 0), arg(ins, 1));
  finishCondition(a, ins, ins.swapped ? c.exchanged(condition) : condition);
}

/** Sets the flags by a register less an operand anywhere. */
export function compare(a: Assembler, register: int, operand: int): void {
  if (a.isImmediateAt(operand) && a.immediateAt(operand) === 0) a.e.rr(x.TEST, register, register);
  else alu(a, x.CMP, register, operand);
}

/** The condition decides the instruction's guard, or its result. */
export function finishCondition(a: Assembler, ins: Instruction, condition: int): void {
  if (ins.guard !== null) {
    const fails = ins.guard.opnum === t.GUARD_TRUE ? c.inverse(condition) : condition;
    a.leaveIf(fails, a.exitOf(ins));
    return;
  }
  if (ins.result === NOWHERE) return;
  a.e.r(x.SETCC[condition] as Form, ins.result);
  a.e.rr(x.MOVZX_8, ins.result, ins.result);
}

function truth(a: Assembler, ins: Instruction): void {
  a.e.rr(x.TEST, arg(ins, 0), arg(ins, 0));
  finishCondition(a, ins, ins.op.opnum === t.INT_IS_TRUE ? c.NOT_EQUAL : c.EQUAL);
}

function isInstance(a: Assembler, ins: Instruction): void {
  const temp = a.machine.wide ? a.machine.scratch : (ins.temps[0] as int);
  finishCondition(a, ins, compareClassRange(a, arg(ins, 0), temp, ins.op.descr as SizeDescr));
}

/** Sets the flags for "is an object of this class or below"; null is not. Gives the condition. */
export function compareClassRange(a: Assembler, object: int, temp: int, size: SizeDescr): int {
  const { e } = a;
  e.rr(x.XOR_R32, temp, temp);
  e.rr(x.TEST, object, object);
  const isNull = e.skipIf(c.EQUAL);
  loadClassId(a, temp, object);
  e.hereShort(isNull);
  if (size.number === size.lastNumber) {
    aluImmediate(a, x.CMP, temp, size.number);
    return c.EQUAL;
  }
  aluImmediate(a, x.SUB, temp, size.number);
  aluImmediate(a, x.CMP, temp, size.lastNumber - size.number);
  return c.BELOW_EQUAL;
}

/** The class id of an object: the lower half of its header. */
export function loadClassId(a: Assembler, to: int, object: int): void {
  a.e.memory(object, 0);
  a.e.emit(a.machine.wide ? x.MOV_R32 : x.MOVZX_16, to, 0);
}

export const ARITH: Record<string, Emitter> = {
  int_add: sum,
  int_sub: sum,
  int_mul: multiply,
  int_and: binary(x.AND),
  int_or: binary(x.OR),
  int_xor: binary(x.XOR),
  int_add_ovf: overflowing(x.ADD),
  int_sub_ovf: overflowing(x.SUB),
  int_mul_ovf: multiplyOverflowing,
  int_lshift: shift(x.SHL_I, x.SHL_CL),
  int_rshift: shift(x.SAR_I, x.SAR_CL),
  int_urshift: shift(x.SHR_I, x.SHR_CL),
  int_floordiv: divide,
  int_mod: divide,
  uint_floordiv: divide,
  uint_mod: divide,
  int_mul_high: multiplyHigh(x.IMUL_WIDE),
  uint_mul_high: multiplyHigh(x.MUL),
  int_neg: unary(x.NEG),
  int_invert: unary(x.NOT),
  int_signext: extend,
  int_zeroext: extend,
  int_clz: leadingZeros,
  int_ctz: trailingZeros,
  int_popcount: population,
  int_lt: compareInts,
  int_le: compareInts,
  int_eq: compareInts,
  int_ne: compareInts,
  int_gt: compareInts,
  int_ge: compareInts,
  uint_lt: compareInts,
  uint_le: compareInts,
  uint_gt: compareInts,
  uint_ge: compareInts,
  ptr_eq: compareRefs,
  ptr_ne: compareRefs,
  int_is_true: truth,
  int_is_zero: truth,
  is_instance: isInstance,
};
