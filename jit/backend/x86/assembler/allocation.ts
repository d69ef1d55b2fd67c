// New objects. Memory comes from the nursery by moving a pointer; where there is not enough, cold code asks the collector
// with all registers saved. Objects of fixed size that follow each other with nothing between that can collect take their
// memory together: the first one moves the pointer for all and leaves the address for the others in the JIT's area.
//
// Fast and slow path meet before the object is made, so headers and clearing are written once. What a store that follows
// at once will write anyway is not cleared.
import type { int } from "../../../../rlib/types.ts";
import {
  type ArrayDescr,
  type CallDescr,
  EFFECT_FORCES,
  type FieldDescr,
  type SizeDescr,
} from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import { ConstInt, type Op } from "../../../format/values.ts";
import * as f from "../encoder/float.ts";
import * as x from "../encoder/integer.ts";
import { RSP, XMM } from "../encoder/registers.ts";
import { isConstant } from "../machine.ts";
import type { Instruction } from "../regalloc/sink.ts";
import {
  AREA_ARGUMENT,
  AREA_ARGUMENT_2,
  AREA_GROUP,
  AREA_SLOW_RESULT,
  VM_NURSERY_FREE,
  VM_NURSERY_TOP,
} from "../runtime.ts";
import { aluImmediate } from "./arith.ts";
import { type Assembler, Cold, type Emitter } from "./assembler.ts";
import * as c from "./conditions.ts";
import { storeArea } from "./memory.ts";

/** Most bytes that are taken together. */
const GROUP_LIMIT = 1024;
/** From here on clearing is a loop. */
const UNROLLED_BYTES = 256;

/** Bytes of the object that an operation makes, if they are known now and few; else 0. */
function fixedSize(a: Assembler, op: Op): int {
  const word = a.machine.wordBytes;
  let bytes = 0;
  if (op.opnum === t.NEW || op.opnum === t.NEW_WITH_VTABLE) bytes = (op.descr as SizeDescr).size;
  else {
    const length = op.args[0];
    if (!(length instanceof ConstInt) || length.value < 0 || length.value > GROUP_LIMIT) return 0;
    if (op.opnum === t.NEWSTR) bytes = a.runtime.stringUnits + 2 * length.value;
    else {
      const array = op.descr as ArrayDescr;
      bytes = array.baseOffset + length.value * array.itemSize;
    }
  }
  if (bytes < 2 * word) bytes = 2 * word;
  bytes = (bytes + word - 1) & -word;
  return bytes <= GROUP_LIMIT && bytes <= a.runtime.inlineLimit ? bytes : 0;
}

function isAllocation(opnum: int): boolean {
  return t.hasFlag(opnum, t.ALLOC) && opnum !== t.VIRTUAL_REF;
}

/** Can anything collect in this operation, which makes no object? */
function canCollect(op: Op): boolean {
  if (!t.isCall(op.opnum)) return false;
  if (op.opnum >= t.CALL_ASSEMBLER_I && op.opnum <= t.CALL_ASSEMBLER_N) return true;
  if (op.opnum >= t.CALL_MAY_FORCE_I && op.opnum <= t.CALL_MAY_FORCE_N) return true;
  const { effect } = op.descr as CallDescr;
  return effect.canCollect || effect.extra >= EFFECT_FORCES;
}

/** Bytes of the operations from a position on that can take their memory together. */
function groupBytes(a: Assembler, at: int): int {
  const { ops } = a.trace;
  let total = 0;
  for (let i = at; i < ops.length; i++) {
    const op = ops[i] as Op;
    if (op.opnum === t.LABEL || canCollect(op)) break;
    if (!isAllocation(op.opnum)) continue;
    const bytes = fixedSize(a, op);
    if (bytes === 0 || total + bytes > GROUP_LIMIT || total + bytes > a.runtime.inlineLimit) break;
    total += bytes;
  }
  return total;
}

function allocate(a: Assembler, ins: Instruction): void {
  const bytes = a.runtime.inlineAllocation ? fixedSize(a, ins.op) : 0;
  if (bytes === 0) {
    a.closeGroup();
    if (ins.op.opnum === t.NEW || ins.op.opnum === t.NEW_WITH_VTABLE) allocateByCall(a, ins);
    else allocateVariable(a, ins);
    return;
  }
  if (a.groupLeft >= bytes) {
    a.e.ra(x.MOV_R, ins.result, a.runtime.areaEntry(AREA_GROUP));
    if (a.groupUsed > 0) aluImmediate(a, x.ADD, ins.result, a.groupUsed);
  } else {
    a.fresh.length = 0;
    const total = groupBytes(a, ins.at);
    bump(a, ins, total);
    a.groupLeft = total;
    a.groupUsed = 0;
    if (total > bytes) a.e.ra(x.MOV_M, ins.result, a.runtime.areaEntry(AREA_GROUP));
  }
  a.groupLeft -= bytes;
  a.groupUsed += bytes;
  initialise(a, ins, bytes);
  a.fresh.push(ins.op);
}

/** Takes so many bytes of the nursery into the result's register. */
function bump(a: Assembler, ins: Instruction, bytes: int): void {
  const { e, runtime } = a;
  const temp = a.machine.wide ? a.machine.scratch : (ins.temps[0] as int);
  e.ra(x.MOV_R, ins.result, runtime.vmField(VM_NURSERY_FREE));
  e.rm(x.LEA, temp, ins.result, bytes);
  e.ra(x.CMP_R, temp, runtime.vmField(VM_NURSERY_TOP));
  const slow = new RoomCall(e.jumpIf(c.ABOVE), ins.result, bytes, ins.references.slice());
  e.ra(x.MOV_M, temp, runtime.vmField(VM_NURSERY_FREE));
  slow.back = e.position();
  a.later(slow);
}

/** Asks the collector for memory. */
class RoomCall extends Cold {
  readonly #from: int;
  readonly #result: int;
  readonly #bytes: int;
  readonly #references: int[];
  back: int;

  constructor(from: int, result: int, bytes: int, references: int[]) {
    super();
    this.#from = from;
    this.#result = result;
    this.#bytes = bytes;
    this.#references = references;
    this.back = 0;
  }

  override emit(a: Assembler): void {
    const { e, runtime } = a;
    e.here(this.#from);
    a.setMap(this.#references);
    e.absolute(runtime.areaEntry(AREA_ARGUMENT));
    e.emit(x.MOV_I32, 0, this.#bytes);
    a.callAddress(a.stubs.allocateRoom);
    e.ra(x.MOV_R, this.#result, runtime.areaEntry(AREA_SLOW_RESULT));
    e.jumpBack(this.back);
  }
}

/** Writes header and length of an object of fixed size and clears what needs to be. */
function initialise(a: Assembler, ins: Instruction, bytes: int): void {
  const { op } = ins;
  const word = a.machine.wordBytes;
  if (op.opnum === t.NEW || op.opnum === t.NEW_WITH_VTABLE) {
    const size = op.descr as SizeDescr;
    let from = header(a, ins.result, size.classId, size.hasClass);
    if (a.runtime.zeroedNursery) return;
    // Fields that are written at once split what is cleared.
    const written = writtenSoon(a, ins);
    while (from < bytes) {
      if (written.includes(from)) {
        from += word;
        continue;
      }
      let to = from;
      while (to < bytes && !written.includes(to)) to += word;
      clear(a, ins.result, from, to);
      from = to;
    }
    return;
  }
  const isString = op.opnum === t.NEWSTR;
  const array = isString ? null : (op.descr as ArrayDescr);
  header(a, ins.result, array === null ? a.runtime.stringType : array.classId, false);
  const lengthOffset = array === null ? a.runtime.stringLength : array.lengthOffset;
  a.e.memory(ins.result, lengthOffset);
  a.e.emit(x.MOV_I32, 0, (op.args[0] as ConstInt).value);
  if (a.runtime.zeroedNursery) return;
  if (array === null) clear(a, ins.result, word, lengthOffset);
  else if (needsClearing(op)) clear(a, ins.result, array.baseOffset, bytes);
}

function needsClearing(op: Op): boolean {
  if (op.opnum === t.NEWSTR) return false;
  const { kind } = op.descr as ArrayDescr;
  return op.opnum === t.NEW_ARRAY_CLEAR || kind === t.KIND_REF || kind === t.KIND_VOID;
}

/** Writes an object's header; gives how many bytes are written now. */
function header(a: Assembler, object: int, classId: int, hasClass: boolean): int {
  const { e, runtime, machine } = a;
  e.memory(object, 0);
  e.emit(x.MOV_I32, 0, classId);
  if (!runtime.typePointer || !hasClass) return machine.wordBytes;
  e.memory(object, machine.wordBytes);
  e.emit(x.MOV_I32, 0, runtime.vtableOf(classId));
  return 2 * machine.wordBytes;
}

/** Offsets of whole words of a new object that the operations after it store before anything can look. */
function writtenSoon(a: Assembler, ins: Instruction): int[] {
  const found: int[] = [];
  const { ops } = a.trace;
  for (let i = ins.at + 1; i < ops.length; i++) {
    const op = ops[i] as Op;
    if (op.opnum === t.SETFIELD_GC) {
      const field = op.descr as FieldDescr;
      const isWord = field.size === a.machine.wordBytes;
      if (op.args[0] === ins.op && (isWord || field.size === 8)) {
        found.push(field.offset);
        if (!isWord) found.push(field.offset + 4);
      }
    } else if (isAllocation(op.opnum)) {
      if (a.groupLeft === 0) break;
    } else if (!t.hasFlag(op.opnum, t.PURE) || t.hasFlag(op.opnum, t.OVERFLOW)) break;
  }
  return found;
}

/** Zeroes bytes of an object: whole words. */
function clear(a: Assembler, object: int, from: int, to: int): void {
  const { e, machine } = a;
  const word = machine.wordBytes;
  let at = from;
  if (to - at <= word) {
    if (to > at) {
      e.memory(object, at);
      e.emit(x.MOV_I32, 0, 0);
    }
    return;
  }
  const zero = machine.scratchXmm - XMM;
  e.rr(f.XORPS, zero, zero);
  if (to - at > UNROLLED_BYTES) at = clearInLoop(a, object, at, to);
  while (to - at >= 16) {
    e.rm(f.MOVUPS_M, zero, object, at);
    at += 16;
  }
  if (to - at >= 8) {
    e.rm(f.MOVSD_M, zero, object, at);
    at += 8;
  }
  if (to - at >= 4) e.rm(f.MOVD_RX, zero, object, at);
}

/** Clears all but the last few bytes sixteen at a time, counting on the stack: no register is free here. */
function clearInLoop(a: Assembler, object: int, from: int, to: int): int {
  const { e } = a;
  const rounds = (to - from) >> 4;
  const word = a.machine.wordBytes;
  e.plain(x.PUSH_I32, rounds);
  const again = e.position();
  e.rm(f.MOVUPS_M, a.machine.scratchXmm - XMM, object, from);
  aluImmediate(a, x.ADD, object, 16);
  e.memory(RSP, 0);
  e.emit(x.SUB_I8, 0, 1);
  const done = e.skipIf(c.EQUAL);
  e.jumpBack(again);
  e.hereShort(done);
  e.rm(x.LEA, RSP, RSP, word);
  aluImmediate(a, x.SUB, object, 16 * rounds);
  return from + 16 * rounds;
}

/** An array whose length is known only now, or large. */
function allocateVariable(a: Assembler, ins: Instruction): void {
  const { e, runtime } = a;
  const isString = ins.op.opnum === t.NEWSTR;
  const array = isString ? null : (ins.op.descr as ArrayDescr);
  const classId = array === null ? runtime.stringType : array.classId;
  const length = ins.args[0] as int;
  if (!runtime.inlineAllocation || isConstant(length)) {
    const call = new ItemsCall(-1, ins.result, classId, length, ins.references.slice());
    call.emit(a);
    return;
  }
  const base = array === null ? runtime.stringUnits : array.baseOffset;
  const itemSize = array === null ? 2 : array.itemSize;
  const temp = ins.temps[0] as int;
  const word = a.machine.wordBytes;
  aluImmediate(a, x.CMP, length, Math.trunc((runtime.inlineLimit - base - word) / itemSize));
  const tooLong = e.jumpIf(c.ABOVE);
  byteSize(a, temp, length, itemSize, base);
  e.ra(x.MOV_R, ins.result, runtime.vmField(VM_NURSERY_FREE));
  e.rr(x.ADD_R, temp, ins.result);
  e.ra(x.CMP_R, temp, runtime.vmField(VM_NURSERY_TOP));
  const slow = new ItemsCall(e.jumpIf(c.ABOVE), ins.result, classId, length, ins.references.slice());
  slow.other = tooLong;
  e.ra(x.MOV_M, temp, runtime.vmField(VM_NURSERY_FREE));
  header(a, ins.result, classId, false);
  const lengthOffset = array === null ? runtime.stringLength : array.lengthOffset;
  e.rm(x.MOV_M, length, ins.result, lengthOffset);
  if (!runtime.zeroedNursery) {
    if (isString) clear(a, ins.result, word, lengthOffset);
    else if (needsClearing(ins.op)) clearTo(a, ins.result, temp, base);
  }
  slow.back = e.position();
  a.later(slow);
}

/** temp := bytes of an array of so many items, rounded up to words. */
function byteSize(a: Assembler, temp: int, length: int, itemSize: int, base: int): void {
  const { e } = a;
  const word = a.machine.wordBytes;
  const isScale = itemSize === 1 || itemSize === 2 || itemSize === 4 || itemSize === 8;
  if (isScale) {
    e.scaled(length, itemSize === 1 ? 0 : itemSize === 2 ? 1 : itemSize === 4 ? 2 : 3, base + word - 1);
    e.emit(x.LEA, temp, 0);
  } else {
    e.register(length);
    e.emit(x.IMUL_I32, temp, itemSize);
    aluImmediate(a, x.ADD, temp, base + word - 1);
  }
  aluImmediate(a, x.AND, temp, -word);
}

/** Clears from `base` to the end of an object, whose address `end` holds; `end` is used up. */
function clearTo(a: Assembler, object: int, end: int, base: int): void {
  const { e } = a;
  const word = a.machine.wordBytes;
  e.rr(x.SUB_R, end, object);
  const again = e.position();
  aluImmediate(a, x.CMP, end, base);
  const done = e.skipIf(c.BELOW_EQUAL);
  aluImmediate(a, x.SUB, end, word);
  e.indexed(object, end, 0, 0);
  e.emit(x.MOV_I32, 0, 0);
  e.jumpBack(again);
  e.hereShort(done);
}

/** Asks the collector for an array: out of line, or in line where there is no fast path. */
class ItemsCall extends Cold {
  readonly #from: int;
  readonly #result: int;
  readonly #classId: int;
  readonly #length: int;
  readonly #references: int[];
  /** Another jump that comes here, or -1. */
  other: int;
  /** Where to go on; -1: right behind. */
  back: int;

  constructor(from: int, result: int, classId: int, length: int, references: int[]) {
    super();
    this.#from = from;
    this.#result = result;
    this.#classId = classId;
    this.#length = length;
    this.#references = references;
    this.other = -1;
    this.back = -1;
  }

  override emit(a: Assembler): void {
    const { e, runtime } = a;
    if (this.#from >= 0) e.here(this.#from);
    if (this.other >= 0) e.here(this.other);
    a.setMap(this.#references);
    e.absolute(runtime.areaEntry(AREA_ARGUMENT));
    e.emit(x.MOV_I32, 0, this.#classId);
    storeArea(a, AREA_ARGUMENT_2, this.#length);
    a.callAddress(a.stubs.allocateItems);
    e.ra(x.MOV_R, this.#result, runtime.areaEntry(AREA_SLOW_RESULT));
    if (this.back >= 0) e.jumpBack(this.back);
  }
}

/** An object of fixed size from a collector without nursery, or a large one. */
function allocateByCall(a: Assembler, ins: Instruction): void {
  const { e, runtime } = a;
  const size = ins.op.descr as SizeDescr;
  a.setMap(ins.references);
  e.absolute(runtime.areaEntry(AREA_ARGUMENT));
  e.emit(x.MOV_I32, 0, size.classId);
  e.absolute(runtime.areaEntry(AREA_ARGUMENT_2));
  e.emit(x.MOV_I32, 0, Math.max(size.size, 2 * a.machine.wordBytes));
  a.callAddress(a.stubs.allocateObject);
  e.ra(x.MOV_R, ins.result, runtime.areaEntry(AREA_SLOW_RESULT));
  if (runtime.typePointer && size.hasClass) {
    e.memory(ins.result, a.machine.wordBytes);
    e.emit(x.MOV_I32, 0, runtime.vtableOf(size.classId));
  }
  a.fresh.push(ins.op);
}

export const ALLOCATION: Record<string, Emitter> = {
  new: allocate,
  new_with_vtable: allocate,
  new_array: allocate,
  new_array_clear: allocate,
  newstr: allocate,
};
