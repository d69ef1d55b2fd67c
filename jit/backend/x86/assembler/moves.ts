// Single moves between registers, slots, outgoing words and constants.
import { floatHighBits, floatLowBits } from "../../../../rlib/bits.ts";
import type { int } from "../../../../rlib/types.ts";
import { KIND_FLOAT } from "../../../format/traceops.ts";
import * as f from "../encoder/float.ts";
import * as x from "../encoder/integer.ts";
import { isGeneral, isXmm, RBP, XMM } from "../encoder/registers.ts";
import { isConstant } from "../machine.ts";
import type { Assembler } from "./assembler.ts";

/** Copies a value of a kind from one location to another. */
export function moveValue(a: Assembler, from: int, to: int, kind: int): void {
  if (isXmm(to)) toXmm(a, from, to, kind);
  else if (isGeneral(to)) toGeneral(a, from, to);
  else toMemory(a, from, to, kind);
}

function toXmm(a: Assembler, from: int, to: int, kind: int): void {
  const n = to - XMM;
  if (isXmm(from)) a.e.rr(f.MOVAPS, n, from - XMM);
  else if (isConstant(from) && kind === KIND_FLOAT && isZero(a, from)) a.e.rr(f.XORPS, n, n);
  else if (kind === KIND_FLOAT) a.emitAt(f.MOVSD_X, n, from, 0);
  else if (a.machine.wide) a.emitAt(f.MOVQ_XR, n, from, 0);
  else a.emitAt(f.MOVD_XR, n, from, 0);
}

function isZero(a: Assembler, location: int): boolean {
  const value = a.floatAt(location);
  return floatLowBits(value) === 0 && floatHighBits(value) === 0;
}

function toGeneral(a: Assembler, from: int, to: int): void {
  if (isXmm(from)) {
    if (a.machine.wide) a.emitAt(f.MOVQ_RX, from - XMM, to, 0);
    else a.emitAt(f.MOVD_RX, from - XMM, to, 0);
  } else if (a.isImmediateAt(from)) loadImmediate(a, to, a.immediateAt(from));
  else a.emitAt(x.MOV_R, to, from, 0);
}

/** Loads a number into a register, in the shortest way; changes the flags. */
export function loadImmediate(a: Assembler, register: int, value: int): void {
  if (value === 0) a.e.rr(x.XOR_R32, register, register);
  else if (value > 0 || !a.machine.wide) a.e.plus(x.MOV_O32, register, value);
  else a.e.ri(x.MOV_I32, register, value);
}

function toMemory(a: Assembler, from: int, to: int, kind: int): void {
  if (isGeneral(from)) a.emitAt(x.MOV_M, from, to, 0);
  else if (isXmm(from)) {
    if (kind === KIND_FLOAT || a.machine.wide) a.emitAt(f.MOVSD_M, from - XMM, to, 0);
    else a.emitAt(f.MOVD_RX, from - XMM, to, 0);
  } else if (a.isImmediateAt(from)) a.emitAt(x.MOV_I32, 0, to, a.immediateAt(from));
  else if (a.machine.wide) {
    a.emitAt(x.MOV_R, a.machine.scratch, from, 0);
    a.emitAt(x.MOV_M, a.machine.scratch, to, 0);
  } else if (kind === KIND_FLOAT) throughStack(a, from, to);
  else {
    a.emitAt(x.PUSH_M, 0, from, 0);
    a.emitAt(x.POP_M, 0, to, 0);
  }
}

/** Eight bytes from memory to memory on x86-32, where neither register is ours to use. */
function throughStack(a: Assembler, from: int, to: int): void {
  if (isConstant(from)) {
    const value = a.floatAt(from);
    a.e.plain(x.PUSH_I32, floatHighBits(value) | 0);
    a.e.plain(x.PUSH_I32, floatLowBits(value) | 0);
  } else {
    a.emitUpper(x.PUSH_M, 0, from);
    a.emitAt(x.PUSH_M, 0, from, 0);
  }
  a.emitAt(x.POP_M, 0, to, 0);
  a.emitUpper(x.POP_M, 0, to);
}

/**
 * Fetches input n of a loop, of eight bytes, into a location. On x86-64 the scratch register holds the inputs' address;
 * on x86-32 it is the function's argument on the stack.
 */
export function fetchInput(a: Assembler, n: int, to: int, kind: int): void {
  const { e, machine } = a;
  const xmm = machine.scratchXmm - XMM;
  let base = machine.scratch;
  const borrowed = !machine.wide && !isGeneral(to);
  if (!machine.wide) {
    base = borrowed ? 0 : to;
    if (borrowed) e.plus(x.PUSH, base, 0);
    e.rm(x.MOV_R, base, RBP, a.frame.incoming);
  }
  if (isGeneral(to)) {
    e.rm(x.MOV_R, to, base, 8 * n);
    return;
  }
  const into = isXmm(to) ? to - XMM : xmm;
  e.rm(f.MOVSD_X, into, base, 8 * n);
  if (borrowed) e.plus(x.POP, base, 0);
  if (!isXmm(to)) a.emitAt(kind === KIND_FLOAT || machine.wide ? f.MOVSD_M : f.MOVD_RX, xmm, to, 0);
}
