// Code that all blocks share: the way in and out, slow paths, and calls of functions by their signature.
//
// Slow paths save all registers in the frame, so that a block calls them anywhere at the price of one call; operands and
// result go through the JIT's area. The stack pointer is a multiple of 16 in blocks.
import { AREA_DEAD_COUNT, AREA_EXCEPTION, AREA_FORCED } from "../../../gc/collectors/machinecode.ts";
import type { int } from "../../../rlib/types.ts";
import type { CallDescr } from "../../format/descr.ts";
import * as t from "../../format/traceops.ts";
import { aluImmediate } from "./assembler/arith.ts";
import type { Assembler } from "./assembler/assembler.ts";
import { narrow } from "./assembler/calls.ts";
import { BELOW } from "./assembler/conditions.ts";
import * as f from "./encoder/float.ts";
import * as x from "./encoder/integer.ts";
import { R11, RAX, RBP, RBX, RCX, RDI, RDX, RSI, RSP, XMM } from "./encoder/registers.ts";
import { CONVENTION_C, CONVENTION_FAST } from "./machine.ts";
import * as r from "./runtime.ts";

/** Everything between two entries to the shared code: one block of its own. */
export function emitStubs(a: Assembler): int {
  const { stubs, runtime } = a;
  const enter = a.e.position();
  emitEnter(a);
  stubs.guardFailed = emitGuardFailed(a);
  stubs.stackOverflow = emitStackOverflow(a);
  stubs.allocateRoom = slowPath(a, runtime.room, 1, true);
  stubs.allocateItems = slowPath(a, runtime.allocateItems, 2, true);
  stubs.allocateObject = slowPath(a, runtime.allocateObject, 2, true);
  stubs.barrier = slowPath(a, runtime.barrier, 1, false);
  stubs.arrayBarrier = slowPath(a, runtime.arrayBarrier, 2, false);
  stubs.stop = slowPath(a, runtime.stop, 1, false);
  stubs.finishCall = emitFinishCall(a);
  return enter;
}

/** Adds the address of the stubs' block to their offsets. */
export function settleStubs(a: Assembler, base: int): void {
  const { stubs } = a;
  stubs.guardFailed += base;
  stubs.leave += base;
  stubs.stackOverflow += base;
  stubs.allocateRoom += base;
  stubs.allocateItems += base;
  stubs.allocateObject += base;
  stubs.barrier += base;
  stubs.arrayBarrier += base;
  stubs.stop += base;
  stubs.finishCall += base;
}

/** Copies a word from one address to another through a register. */
function copyWord(a: Assembler, from: int, to: int, through: int): void {
  a.e.ra(x.MOV_R, through, from);
  a.e.ra(x.MOV_M, through, to);
}

function storeZero(a: Assembler, address: int): void {
  a.e.absolute(address);
  a.e.emit(x.MOV_I32, 0, 0);
}

/** A C function (inputs, code) that runs a loop and leaves what it gives in the area. */
function emitEnter(a: Assembler): void {
  const { e, runtime } = a;
  if (a.machine.wide) {
    e.plus(x.PUSH, RBX, 0);
    e.r(x.CALL_M, RSI);
  } else {
    e.rm(x.MOV_R, RAX, RSP, 4);
    e.rm(x.MOV_R, RCX, RSP, 8);
    aluImmediate(a, x.SUB, RSP, 12);
    e.rm(x.MOV_M, RAX, RSP, 0);
    e.r(x.CALL_M, RCX);
  }
  e.ra(x.MOV_M, RDX, runtime.areaEntry(r.AREA_EXIT));
  e.ra(x.MOV_M, RAX, runtime.areaEntry(r.AREA_RESULT));
  e.ra(f.MOVSD_M, 0, runtime.areaEntry(r.AREA_FLOAT_RESULT));
  copyWord(a, runtime.vmField(r.VM_FLAG), runtime.areaEntry(r.AREA_EXIT_FLAG), RAX);
  if (a.machine.wide) e.plus(x.POP, RBX, 0);
  else aluImmediate(a, x.ADD, RSP, 12);
  e.plain(x.RET, 0);
}

/** The start of every loop: a function of the address of its inputs. */
export function emitPrologue(a: Assembler): void {
  const { e, frame, machine, runtime } = a;
  const word = machine.wordBytes;
  e.plus(x.PUSH, RBP, 0);
  for (const register of frame.pushed) e.plus(x.PUSH, register, 0);
  e.rm(x.LEA, RBP, RSP, -frame.header);
  // The depth is known at the end; the displacement has room for any.
  e.memory(RBP, -0x7fffff00);
  e.emit(x.LEA, RSP, 0);
  a.depthFixup = e.position();
  e.ra(x.CMP_R, RSP, runtime.vmField(r.VM_STACK_LIMIT));
  a.jumpAddressIf(BELOW, a.stubs.stackOverflow);
  e.ra(x.MOV_R, RAX, runtime.vmField(r.VM_SHADOW_TOP));
  e.rm(x.LEA, RCX, RBP, 1);
  e.rm(x.MOV_M, RCX, RAX, 0);
  aluImmediate(a, x.ADD, RAX, word);
  e.ra(x.MOV_M, RAX, runtime.vmField(r.VM_SHADOW_TOP));
  for (const field of [frame.gcMap, frame.force, frame.forced]) {
    e.memory(RBP, field);
    e.emit(x.MOV_I32, 0, 0);
  }
  e.memory(RBP, frame.block);
  e.emit(x.MOV_I32, 0, a.block.number);
  if (machine.wide) e.rr(x.MOV_R, R11, RDI);
}

function saveRegisters(a: Assembler): void {
  const { e, frame, machine } = a;
  for (let n = 0; n < 16; n++) if (((machine.general >> n) & 1) !== 0) e.rm(x.MOV_M, n, RBP, frame.saved(n));
  for (let n = 0; n < 16; n++) if (((machine.xmm >> n) & 1) !== 0) e.rm(f.MOVSD_M, n, RBP, frame.saved(XMM + n));
}

function restoreRegisters(a: Assembler): void {
  const { e, frame, machine } = a;
  for (let n = 0; n < 16; n++) if (((machine.general >> n) & 1) !== 0) e.rm(x.MOV_R, n, RBP, frame.saved(n));
  for (let n = 0; n < 16; n++) if (((machine.xmm >> n) & 1) !== 0) e.rm(f.MOVSD_X, n, RBP, frame.saved(XMM + n));
}

/** Registers of the first two arguments of the program's functions. */
function firstArgument(a: Assembler): int {
  return a.machine.wide ? RDI : RCX;
}

function secondArgument(a: Assembler): int {
  return a.machine.wide ? RSI : RDX;
}

/** Bytes that make the stack a multiple of 16 again behind a return address. */
function padding(a: Assembler): int {
  return 16 - a.machine.wordBytes;
}

/** Calls a function with what is in the area, all registers kept. */
function slowPath(a: Assembler, target: int, args: int, hasResult: boolean): int {
  const { e, runtime } = a;
  const start = e.position();
  saveRegisters(a);
  e.ra(x.MOV_R, firstArgument(a), runtime.areaEntry(r.AREA_ARGUMENT));
  if (args > 1) e.ra(x.MOV_R, secondArgument(a), runtime.areaEntry(r.AREA_ARGUMENT_2));
  aluImmediate(a, x.SUB, RSP, padding(a));
  a.callAddress(target);
  aluImmediate(a, x.ADD, RSP, padding(a));
  if (hasResult) e.ra(x.MOV_M, RAX, runtime.areaEntry(r.AREA_SLOW_RESULT));
  restoreRegisters(a);
  e.plain(x.RET, 0);
  return start;
}

/** A guard failed: its exit's values are kept, then the frame is left. The number of the exit is on the stack. */
function emitGuardFailed(a: Assembler): int {
  const { e, frame, runtime } = a;
  const start = e.position();
  saveRegisters(a);
  copyWord(a, runtime.vmField(r.VM_EXCEPTION), runtime.areaEntry(AREA_EXCEPTION), RAX);
  storeZero(a, runtime.vmField(r.VM_EXCEPTION));
  e.rm(x.MOV_R, RAX, RBP, frame.forced);
  e.ra(x.MOV_M, RAX, runtime.areaEntry(AREA_FORCED));
  e.plus(x.POP, RBX, 0);
  e.rr(x.MOV_R, firstArgument(a), RBX);
  e.rr(x.MOV_R, secondArgument(a), RBP);
  a.callAddress(runtime.rescue);
  e.rm(x.LEA, RDX, RBX, 0);
  e.rr(x.ADD_R, RDX, RDX);
  a.stubs.leave = emitLeave(a);
  return start;
}

/** Gives up the frame and returns, with the exit in edx. */
function emitLeave(a: Assembler): int {
  const { e, runtime } = a;
  const start = e.position();
  e.absolute(runtime.vmField(r.VM_SHADOW_TOP));
  e.emit(x.SUB_I8, 0, a.machine.wordBytes);
  popFrame(a);
  return start;
}

function popFrame(a: Assembler): void {
  const { e, frame } = a;
  e.memory(RBP, frame.header);
  e.emit(x.LEA, RSP, 0);
  for (let i = frame.pushed.length - 1; i >= 0; i--) e.plus(x.POP, frame.pushed[i] as int, 0);
  e.plus(x.POP, RBP, 0);
  e.plain(x.RET, 0);
}

/** No room for a loop's frame: left through exit 0 with a StackOverflowError. */
function emitStackOverflow(a: Assembler): int {
  const { e, runtime } = a;
  const start = e.position();
  e.absolute(runtime.areaEntry(AREA_EXCEPTION));
  e.emit(x.MOV_I32, 0, runtime.stackOverflow);
  storeZero(a, runtime.areaEntry(AREA_FORCED));
  storeZero(a, runtime.areaEntry(AREA_DEAD_COUNT));
  e.rr(x.XOR_R32, RDX, RDX);
  popFrame(a);
  return start;
}

/**
 * A call_assembler's callee left early, with its exit in edx and the loop's number in ecx: the metainterp finishes the
 * call and leaves result, flag and perhaps an exception in the area.
 */
function emitFinishCall(a: Assembler): int {
  const { e, runtime } = a;
  const start = e.position();
  e.ra(x.MOV_M, RAX, runtime.areaEntry(r.AREA_RESULT));
  e.ra(f.MOVSD_M, 0, runtime.areaEntry(r.AREA_FLOAT_RESULT));
  copyWord(a, runtime.vmField(r.VM_FLAG), runtime.areaEntry(r.AREA_EXIT_FLAG), RAX);
  if (a.machine.wide) {
    e.rr(x.MOV_R, RDI, RCX);
    e.rr(x.MOV_R, RSI, RDX);
  }
  aluImmediate(a, x.SUB, RSP, padding(a));
  a.callAddress(runtime.finishCall);
  aluImmediate(a, x.ADD, RSP, padding(a));
  copyWord(a, runtime.areaEntry(r.AREA_PENDING), runtime.vmField(r.VM_EXCEPTION), RAX);
  storeZero(a, runtime.areaEntry(r.AREA_PENDING));
  copyWord(a, runtime.areaEntry(r.AREA_PENDING_FLAG), runtime.vmField(r.VM_FLAG), RAX);
  e.plain(x.RET, 0);
  return start;
}

/**
 * A C function (arguments, function) that calls a function of a signature: arguments of eight bytes each are read from
 * memory, the result goes to the first of them. What the call leaves pending goes to the area.
 */
export function emitCaller(a: Assembler, descr: CallDescr): void {
  const { e, machine, runtime } = a;
  const places: int[] = [];
  const bytes = machine.placeArguments(descr.arguments, descr.isC ? CONVENTION_C : CONVENTION_FAST, places);
  const room = (bytes + 15) & -16;
  // Behind the return address and one register the stack is a multiple of 16, or of 16 plus 8.
  const extra = machine.wide ? 0 : 8;
  e.plus(x.PUSH, RBX, 0);
  if (machine.wide) {
    e.rr(x.MOV_R, RBX, RDI);
    e.rr(x.MOV_R, RAX, RSI);
  } else {
    e.rm(x.MOV_R, RBX, RSP, 8);
    e.rm(x.MOV_R, RAX, RSP, 12);
  }
  if (room + extra > 0) aluImmediate(a, x.SUB, RSP, room + extra);
  for (let i = 0; i < places.length; i++) fetchArgument(a, i, places[i] as int, descr.arguments.charAt(i) === "f");
  e.r(x.CALL_M, RAX);
  if (room + extra > 0) aluImmediate(a, x.ADD, RSP, room + extra);
  if (descr.result === t.KIND_INT) narrow(a, descr);
  if (descr.result === t.KIND_FLOAT) {
    e.memory(RBX, 0);
    if (descr.isC && !machine.wide) e.emit(f.FSTP, 0, 0);
    else e.emit(f.MOVSD_M, 0, 0);
  } else e.rm(x.MOV_M, RAX, RBX, 0);
  copyWord(a, runtime.vmField(r.VM_EXCEPTION), runtime.areaEntry(r.AREA_PENDING), RAX);
  storeZero(a, runtime.vmField(r.VM_EXCEPTION));
  copyWord(a, runtime.vmField(r.VM_FLAG), runtime.areaEntry(r.AREA_PENDING_FLAG), RAX);
  e.plus(x.POP, RBX, 0);
  e.plain(x.RET, 0);
}

/** Argument i, in memory at rbx, goes to its place. */
function fetchArgument(a: Assembler, i: int, place: int, isFloat: boolean): void {
  const { e, machine } = a;
  if (place >= XMM) {
    e.rm(f.MOVSD_X, place - XMM, RBX, 8 * i);
    return;
  }
  if (place >= 0) {
    e.rm(x.MOV_R, place, RBX, 8 * i);
    return;
  }
  const scratch = machine.scratchXmm - XMM;
  const isWord = !isFloat && !machine.wide;
  e.memory(RBX, 8 * i);
  e.emit(isWord ? f.MOVD_XR : f.MOVSD_X, scratch, 0);
  e.memory(RSP, a.frame.outgoing(place));
  e.emit(isWord ? f.MOVD_RX : f.MOVSD_M, scratch, 0);
}
