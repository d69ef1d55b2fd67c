// Floats: SSE2 on doubles, conversions, and bits of floats.
import type { float, int } from "../../../../rlib/types.ts";
import * as t from "../../../format/traceops.ts";
import { ConstFloat } from "../../../format/values.ts";
import * as f from "../encoder/float.ts";
import type { Form } from "../encoder/form.ts";
import * as x from "../encoder/integer.ts";
import { NOWHERE, XMM } from "../encoder/registers.ts";
import type { Instruction } from "../regalloc/sink.ts";
import type { Assembler, Emitter } from "./assembler.ts";
import * as c from "./conditions.ts";

/** From here on doubles have no fraction. */
const ALL_INTEGERS = 4503599627370496.0;

function arg(ins: Instruction, i: int): int {
  return ins.args[i] as int;
}

function xmm(location: int): int {
  return location - XMM;
}

/** Emits a form whose rm operand is an eight-byte float constant. */
function withFloat(a: Assembler, form: Form, reg: int, value: float): void {
  a.emitData(form, reg, a.data.float(value), 0);
}

function binary(form: Form): Emitter {
  return (a, ins) => a.emitAt(form, xmm(arg(ins, 0)), arg(ins, 1), 0);
}

/** A register with only the sign bit set. */
function loadSign(a: Assembler, register: int): void {
  withFloat(a, f.MOVSD_X, register, -0.0);
}

function negate(a: Assembler, ins: Instruction): void {
  const scratch = xmm(a.machine.scratchXmm);
  loadSign(a, scratch);
  a.e.rr(f.XORPD, xmm(ins.result), scratch);
}

function absolute(a: Assembler, ins: Instruction): void {
  const scratch = xmm(a.machine.scratchXmm);
  loadSign(a, scratch);
  // scratch := not scratch and result
  a.e.rr(f.ANDNPD, scratch, xmm(ins.result));
  a.e.rr(f.MOVAPS, xmm(ins.result), scratch);
}

function squareRoot(a: Assembler, ins: Instruction): void {
  a.emitAt(f.SQRTSD, xmm(ins.result), arg(ins, 0), 0);
}

/**
 * Rounds down (1), up (2), toward 0 (3). Without the instruction: adding and taking away 2**52 rounds the magnitude to
 * the nearest integer, which is then corrected by one; the sign comes from the operand, so that zeros keep theirs.
 */
function round(mode: int): Emitter {
  return (a, ins) => {
    const { e } = a;
    const from = xmm(arg(ins, 0));
    const result = xmm(ins.result);
    if (a.runtime.hasRound) {
      e.register(from);
      e.emit(f.ROUNDSD, result, mode + 8);
      return;
    }
    const magnitude = xmm(ins.temps[0] as int);
    const scratch = xmm(a.machine.scratchXmm);
    loadSign(a, scratch);
    e.rr(f.MOVAPS, magnitude, scratch);
    e.rr(f.ANDNPD, magnitude, from);
    e.rr(f.MOVAPS, result, from);
    withFloat(a, f.UCOMISD, magnitude, ALL_INTEGERS);
    // Large ones, infinities and NaN are their own result.
    const isLarge = e.jumpIf(c.ABOVE_EQUAL);
    const isUnordered = e.jumpIf(c.PARITY);
    withFloat(a, f.ADDSD, magnitude, ALL_INTEGERS);
    withFloat(a, f.SUBSD, magnitude, ALL_INTEGERS);
    e.rr(f.ANDPD, scratch, from);
    e.rr(f.ORPD, magnitude, scratch);
    correct(a, mode, magnitude, from);
    e.rr(f.ORPD, magnitude, scratch);
    e.rr(f.MOVAPS, result, magnitude);
    e.here(isLarge);
    e.here(isUnordered);
  };
}

/** Moves the nearest integer by one where it lies on the wrong side of the operand. */
function correct(a: Assembler, mode: int, nearest: int, from: int): void {
  const { e } = a;
  if (mode === 3) {
    // Toward 0: down for positive operands, up for negative ones.
    e.rr(f.XORPS, xmm(a.machine.scratchXmm), xmm(a.machine.scratchXmm));
    e.rr(f.UCOMISD, from, xmm(a.machine.scratchXmm));
    const isNegative = e.skipIf(c.BELOW);
    downward(a, nearest, from);
    const done = e.skip();
    e.hereShort(isNegative);
    upward(a, nearest, from);
    e.hereShort(done);
    loadSign(a, xmm(a.machine.scratchXmm));
    e.rr(f.ANDPD, xmm(a.machine.scratchXmm), from);
  } else if (mode === 1) downward(a, nearest, from);
  else upward(a, nearest, from);
}

function downward(a: Assembler, nearest: int, from: int): void {
  a.e.rr(f.UCOMISD, nearest, from);
  const fine = a.e.skipIf(c.BELOW_EQUAL);
  withFloat(a, f.SUBSD, nearest, 1.0);
  a.e.hereShort(fine);
}

function upward(a: Assembler, nearest: int, from: int): void {
  a.e.rr(f.UCOMISD, nearest, from);
  const fine = a.e.skipIf(c.ABOVE_EQUAL);
  withFloat(a, f.ADDSD, nearest, 1.0);
  a.e.hereShort(fine);
}

/**
 * After ucomisd, "above" and "above or equal" are false for NaN; so less is tested with operands exchanged. Equality
 * needs the parity flag too.
 */
function compare(a: Assembler, ins: Instruction): void {
  const { opnum } = ins.op;
  const exchange = opnum === t.FLOAT_LT || opnum === t.FLOAT_LE;
  const first = arg(ins, exchange ? 1 : 0);
  const second = arg(ins, exchange ? 0 : 1);
  a.e.rr(f.UCOMISD, xmm(first), xmm(second));
  if (opnum === t.FLOAT_EQ || opnum === t.FLOAT_NE) finishEquality(a, ins, opnum === t.FLOAT_EQ);
  else finishOrder(a, ins, opnum === t.FLOAT_LT || opnum === t.FLOAT_GT ? c.ABOVE : c.ABOVE_EQUAL);
}

function finishOrder(a: Assembler, ins: Instruction, condition: int): void {
  if (ins.guard !== null) {
    a.leaveIf(ins.guard.opnum === t.GUARD_TRUE ? c.inverse(condition) : condition, a.exitOf(ins));
    return;
  }
  if (ins.result === NOWHERE) return;
  a.e.r(x.SETCC[condition] as Form, ins.result);
  a.e.rr(x.MOVZX_8, ins.result, ins.result);
}

function finishEquality(a: Assembler, ins: Instruction, wantEqual: boolean): void {
  const { e } = a;
  if (ins.guard !== null) {
    const exit = a.exitOf(ins);
    if ((ins.guard.opnum === t.GUARD_TRUE) === wantEqual) {
      a.leaveIf(c.NOT_EQUAL, exit);
      a.leaveIf(c.PARITY, exit);
    } else {
      const unordered = e.skipIf(c.PARITY);
      a.leaveIf(c.EQUAL, exit);
      e.hereShort(unordered);
    }
    return;
  }
  if (ins.result === NOWHERE) return;
  e.plus(x.MOV_O32, ins.result, wantEqual ? 0 : 1);
  const unordered = e.skipIf(c.PARITY);
  const different = e.skipIf(c.NOT_EQUAL);
  e.plus(x.MOV_O32, ins.result, wantEqual ? 1 : 0);
  e.hereShort(unordered);
  e.hereShort(different);
}

// Conversions.

function fromInt(a: Assembler, ins: Instruction): void {
  // The conversion leaves the upper part alone; cleared, it waits for nothing.
  a.e.rr(f.XORPS, xmm(ins.result), xmm(ins.result));
  a.emitAt(f.CVTSI2SD, xmm(ins.result), arg(ins, 0), 0);
}

/** A word with the highest bit set is halved first, the lost bit kept as a sticky one, and doubled after. */
function fromUnsigned(a: Assembler, ins: Instruction): void {
  const { e, machine } = a;
  const from = arg(ins, 0);
  const temp = ins.temps[0] as int;
  const result = xmm(ins.result);
  e.rr(f.XORPS, result, result);
  e.rr(x.TEST, from, from);
  const isLarge = e.skipIf(c.SIGN);
  e.rr(f.CVTSI2SD, result, from);
  const done = e.jump();
  e.hereShort(isLarge);
  if (machine.wide) {
    e.rr(x.MOV_R, temp, from);
    e.rr(x.MOV_R, machine.scratch, from);
    e.register(temp);
    e.emit(x.SHR_I, 0, 1);
    e.register(machine.scratch);
    e.emit(x.AND_D_I8, 0, 1);
    e.rr(x.OR_R, temp, machine.scratch);
    e.rr(f.CVTSI2SD, result, temp);
    e.rr(f.ADDSD, result, result);
  } else {
    e.rr(f.CVTSI2SD, result, from);
    withFloat(a, f.ADDSD, result, 4294967296.0);
  }
  e.here(done);
}

function toInt(a: Assembler, ins: Instruction): void {
  a.emitAt(f.CVTTSD2SI, ins.result, arg(ins, 0), 0);
}

function highBits(a: Assembler, ins: Instruction): void {
  const scratch = xmm(a.machine.scratchXmm);
  a.e.rr(f.MOVAPS, scratch, xmm(arg(ins, 0)));
  a.e.register(scratch);
  a.e.emit(f.PSRLQ_I, 0, 32);
  a.e.register(ins.result);
  a.e.emit(f.MOVD_RX, scratch, 0);
}

function lowBits(a: Assembler, ins: Instruction): void {
  a.e.register(ins.result);
  a.e.emit(f.MOVD_RX, xmm(arg(ins, 0)), 0);
}

function fromHalves(a: Assembler, ins: Instruction): void {
  const scratch = xmm(a.machine.scratchXmm);
  a.e.rr(f.MOVD_XR, scratch, arg(ins, 0));
  a.e.rr(f.MOVD_XR, xmm(ins.result), arg(ins, 1));
  a.e.rr(f.UNPCKLPS, xmm(ins.result), scratch);
}

function toWordBits(a: Assembler, ins: Instruction): void {
  a.e.register(ins.result);
  a.e.emit(f.MOVQ_RX, xmm(arg(ins, 0)), 0);
}

function fromWordBits(a: Assembler, ins: Instruction): void {
  a.e.rr(f.MOVQ_XR, xmm(ins.result), arg(ins, 0));
}

/** Does the value in a register have the bits of a constant? Sets the flags: equal or not. */
export function compareBits(a: Assembler, register: int, location: int, temp: int): void {
  const scratch = xmm(a.machine.scratchXmm);
  const value = a.constantAt(location);
  withFloat(a, f.MOVSD_X, scratch, value instanceof ConstFloat ? value.value : 0.0);
  a.e.rr(f.PCMPEQD, scratch, xmm(register));
  a.e.rr(f.MOVMSKPS, temp, scratch);
  a.e.register(temp);
  a.e.emit(x.AND_D_I8, 0, 3);
  a.e.register(temp);
  a.e.emit(x.CMP_D_I8, 0, 3);
}

export const FLOATS: Record<string, Emitter> = {
  float_add: binary(f.ADDSD),
  float_sub: binary(f.SUBSD),
  float_mul: binary(f.MULSD),
  float_truediv: binary(f.DIVSD),
  float_neg: negate,
  float_abs: absolute,
  float_sqrt: squareRoot,
  float_floor: round(1),
  float_ceil: round(2),
  float_trunc: round(3),
  float_lt: compare,
  float_le: compare,
  float_eq: compare,
  float_ne: compare,
  float_gt: compare,
  float_ge: compare,
  cast_int_to_float: fromInt,
  cast_uint_to_float: fromUnsigned,
  cast_float_to_int: toInt,
  float_high_bits: highBits,
  float_low_bits: lowBits,
  float_from_halves: fromHalves,
  float_to_word_bits: toWordBits,
  word_bits_to_float: fromWordBits,
};
