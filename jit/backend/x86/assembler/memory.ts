// Reads and writes of memory: fields, items, raw memory; write barriers.
import type { int } from "../../../../rlib/types.ts";
import type { ArrayDescr, FieldDescr, InteriorFieldDescr } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import { ConstInt, ConstRef, type Value } from "../../../format/values.ts";
import * as f from "../encoder/float.ts";
import * as x from "../encoder/integer.ts";
import { isGeneral, isXmm, XMM } from "../encoder/registers.ts";
import { isConstant } from "../machine.ts";
import type { Instruction } from "../regalloc/sink.ts";
import { AREA_ARGUMENT, AREA_ARGUMENT_2 } from "../runtime.ts";
import { loadClassId } from "./arith.ts";
import { type Assembler, Cold, type Emitter } from "./assembler.ts";
import * as c from "./conditions.ts";

function arg(ins: Instruction, i: int): int {
  return ins.args[i] as int;
}

/** The rm operand: base (a register, or a constant address) plus a distance. */
function at(a: Assembler, base: int, distance: int): void {
  if (isConstant(base)) a.e.absolute(a.immediateAt(base) + distance);
  else a.e.memory(base, distance);
}

/** The rm operand: an item of `size` bytes; `temp` is needed for sizes that do not scale. */
function atItem(a: Assembler, base: int, index: int, size: int, distance: int, temp: int): void {
  if (isConstant(index)) {
    at(a, base, distance + a.immediateAt(index) * size);
    return;
  }
  const scale = scaleOf(size);
  if (scale >= 0) {
    atScaled(a, base, index, scale, distance);
    return;
  }
  a.e.register(index);
  a.e.emit(x.IMUL_I32, temp, size);
  atScaled(a, base, temp, 0, distance);
}

function atScaled(a: Assembler, base: int, index: int, scale: int, distance: int): void {
  if (isConstant(base)) a.e.scaled(index, scale, a.immediateAt(base) + distance);
  else a.e.indexed(base, index, scale, distance);
}

/** log2 of a size that addressing modes scale by, else -1. */
function scaleOf(size: int): int {
  if (size === 1) return 0;
  if (size === 2) return 1;
  if (size === 4) return 2;
  return size === 8 ? 3 : -1;
}

/** Loads the rm operand, which has `size` bytes, into the result. */
function load(a: Assembler, to: int, size: int, signed: boolean): void {
  const { e, machine } = a;
  if (isXmm(to)) {
    if (size === 4) e.emit(f.CVTSS2SD, to - XMM, 0);
    else e.emit(f.MOVSD_X, to - XMM, 0);
  } else if (size === 1) e.emit(signed ? x.MOVSX_8 : x.MOVZX_8, to, 0);
  else if (size === 2) e.emit(signed ? x.MOVSX_16 : x.MOVZX_16, to, 0);
  else if (size === 4 && machine.wide) e.emit(signed ? x.MOVSXD : x.MOV_R32, to, 0);
  else e.emit(x.MOV_R, to, 0);
}

/** Stores a register or immediate into the rm operand of `size` bytes. */
function store(a: Assembler, from: int, size: int): void {
  const { e, machine } = a;
  if (isConstant(from)) {
    const value = a.immediateAt(from);
    if (size === 1) e.emit(x.MOV_B_I8, 0, value);
    else if (size === 2) e.emit(x.MOV_H_I16, 0, value);
    else if (size === 4) e.emit(x.MOV_D_I32, 0, value);
    else e.emit(x.MOV_I32, 0, value);
  } else if (size === 1) e.emit(x.MOV_M8, from, 0);
  else if (size === 2) e.emit(x.MOV_M16, from, 0);
  else if (size === 4 && machine.wide) e.emit(x.MOV_M32, from, 0);
  else e.emit(x.MOV_M, from, 0);
}

/** Stores a float: narrow ones are rounded first, so before the rm operand is set. */
function storeFloat(a: Assembler, from: int, size: int, place: () => void): void {
  if (size === 4) {
    const scratch = a.machine.scratchXmm - XMM;
    a.e.rr(f.CVTSD2SS, scratch, from - XMM);
    place();
    a.e.emit(f.MOVSS_M, scratch, 0);
  } else {
    place();
    a.e.emit(f.MOVSD_M, from - XMM, 0);
  }
}

function loadField(a: Assembler, ins: Instruction): void {
  const field = ins.op.descr as FieldDescr;
  at(a, arg(ins, 0), field.offset);
  load(a, ins.result, field.size, field.signed);
}

function storeField(a: Assembler, ins: Instruction): void {
  const field = ins.op.descr as FieldDescr;
  const base = arg(ins, 0);
  const from = arg(ins, 1);
  if (ins.op.opnum === t.SETFIELD_GC && field.kind === t.KIND_REF) barrier(a, ins, ins.op.args[1] as Value, base);
  if (isXmm(from)) storeFloat(a, from, field.size, () => at(a, base, field.offset));
  else {
    at(a, base, field.offset);
    store(a, from, field.size);
  }
}

function loadItem(a: Assembler, ins: Instruction): void {
  const array = ins.op.descr as ArrayDescr;
  atItem(a, arg(ins, 0), arg(ins, 1), array.itemSize, array.baseOffset, -1);
  load(a, ins.result, array.itemSize, array.signed);
}

function storeItem(a: Assembler, ins: Instruction): void {
  const array = ins.op.descr as ArrayDescr;
  const base = arg(ins, 0);
  const index = arg(ins, 1);
  const from = arg(ins, 2);
  if (array.kind === t.KIND_REF) arrayBarrier(a, ins, ins.op.args[2] as Value, base, index);
  const place = () => atItem(a, base, index, array.itemSize, array.baseOffset, -1);
  if (isXmm(from)) storeFloat(a, from, array.itemSize, place);
  else {
    place();
    store(a, from, array.itemSize);
  }
}

function temporary(a: Assembler, ins: Instruction): int {
  return ins.temps.length > 0 ? (ins.temps[0] as int) : a.machine.scratch;
}

function loadInterior(a: Assembler, ins: Instruction): void {
  const field = ins.op.descr as InteriorFieldDescr;
  const { array } = field;
  atItem(a, arg(ins, 0), arg(ins, 1), array.itemSize, array.baseOffset + field.offset, temporary(a, ins));
  load(a, ins.result, field.size, field.signed);
}

function storeInterior(a: Assembler, ins: Instruction): void {
  const field = ins.op.descr as InteriorFieldDescr;
  const { array } = field;
  const base = arg(ins, 0);
  const from = arg(ins, 2);
  if (field.kind === t.KIND_REF) barrier(a, ins, ins.op.args[2] as Value, base);
  const place = () => atItem(a, base, arg(ins, 1), array.itemSize, array.baseOffset + field.offset, temporary(a, ins));
  if (isXmm(from)) storeFloat(a, from, field.size, place);
  else {
    place();
    store(a, from, field.size);
  }
}

/** Raw memory: the distance is in bytes. */
function rawLoad(a: Assembler, ins: Instruction): void {
  const array = ins.op.descr as ArrayDescr;
  atItem(a, arg(ins, 0), arg(ins, 1), 1, 0, -1);
  load(a, ins.result, array.itemSize, array.signed);
}

function rawStore(a: Assembler, ins: Instruction): void {
  const array = ins.op.descr as ArrayDescr;
  const from = arg(ins, 2);
  const place = () => atItem(a, arg(ins, 0), arg(ins, 1), 1, 0, -1);
  if (isXmm(from)) storeFloat(a, from, array.itemSize, place);
  else {
    place();
    store(a, from, array.itemSize);
  }
}

function arrayLength(a: Assembler, ins: Instruction): void {
  at(a, arg(ins, 0), (ins.op.descr as ArrayDescr).lengthOffset);
  a.e.emit(x.MOV_R, ins.result, 0);
}

function stringLength(a: Assembler, ins: Instruction): void {
  at(a, arg(ins, 0), a.runtime.stringLength);
  a.e.emit(x.MOV_R, ins.result, 0);
}

function loadUnit(a: Assembler, ins: Instruction): void {
  atItem(a, arg(ins, 0), arg(ins, 1), 2, a.runtime.stringUnits, -1);
  a.e.emit(x.MOVZX_16, ins.result, 0);
}

function storeUnit(a: Assembler, ins: Instruction): void {
  atItem(a, arg(ins, 0), arg(ins, 1), 2, a.runtime.stringUnits, -1);
  store(a, arg(ins, 2), 2);
}

function classOf(a: Assembler, ins: Instruction): void {
  const base = arg(ins, 0);
  if (!isConstant(base)) {
    loadClassId(a, ins.result, base);
    return;
  }
  at(a, base, 0);
  a.e.emit(a.machine.wide ? x.MOV_R32 : x.MOVZX_16, ins.result, 0);
}

// Barriers.

/** Does a store of this value into this object need no barrier? */
function isExempt(a: Assembler, ins: Instruction, value: Value): boolean {
  if (a.runtime.barrierMask === 0) return true;
  if (value instanceof ConstRef && a.hasAddress(value.value)) return true;
  return a.isFresh(ins.op.args[0] as Value);
}

/** Before a store of a reference: tests the collector's bit. */
function barrier(a: Assembler, ins: Instruction, value: Value, base: int): void {
  if (isExempt(a, ins, value)) return;
  testFlags(a, base, a.runtime.barrierMask);
  const slow = new BarrierCall(a.e.jumpIf(c.NOT_EQUAL), base, -1);
  a.later(slow);
  slow.back = a.e.position();
}

function arrayBarrier(a: Assembler, ins: Instruction, value: Value, base: int, index: int): void {
  if (isExempt(a, ins, value)) return;
  testFlags(a, base, a.runtime.barrierMask);
  const slow = new BarrierCall(a.e.jumpIf(c.NOT_EQUAL), base, index);
  a.later(slow);
  slow.back = a.e.position();
}

/** Tests bits of the flags half of an object's header; the byte that they are in, where it is one. */
function testFlags(a: Assembler, base: int, mask: int): void {
  const offset = a.runtime.flagsOffset;
  if (mask < 256) {
    at(a, base, offset);
    a.e.emit(x.TEST_B_I8, 0, mask > 127 ? mask - 256 : mask);
  } else if (a.machine.wide) {
    at(a, base, offset);
    a.e.emit(x.TEST_D_I32, 0, mask);
  } else {
    at(a, base, offset);
    a.e.emit(x.TEST_H_I16, 0, mask);
  }
}

/** Tells the collector of a store; for arrays with cards, marks the card. */
class BarrierCall extends Cold {
  readonly #from: int;
  readonly #base: int;
  /** Index of the item, -1 for a field. */
  readonly #index: int;
  back: int;

  constructor(from: int, base: int, index: int) {
    super();
    this.#from = from;
    this.#base = base;
    this.#index = index;
    this.back = 0;
  }

  override emit(a: Assembler): void {
    const { e, runtime } = a;
    e.here(this.#from);
    storeArea(a, AREA_ARGUMENT, this.#base);
    if (this.#index === -1 || runtime.cardMask === 0) a.callAddress(a.stubs.barrier);
    else {
      storeArea(a, AREA_ARGUMENT_2, this.#index);
      a.callAddress(a.stubs.arrayBarrier);
    }
    e.jumpBack(this.back);
  }
}

/** Puts a register or an immediate into the JIT's area. */
export function storeArea(a: Assembler, index: int, from: int): void {
  a.e.absolute(a.runtime.areaEntry(index));
  if (isGeneral(from)) a.e.emit(x.MOV_M, from, 0);
  else a.e.emit(x.MOV_I32, 0, a.immediateAt(from));
}

/** Is a value the constant 0, or null? */
export function isZero(value: Value): boolean {
  if (value instanceof ConstInt) return value.value === 0;
  return value instanceof ConstRef && value.value === null;
}

export const MEMORY: Record<string, Emitter> = {
  getfield_gc_i: loadField,
  getfield_gc_r: loadField,
  getfield_gc_f: loadField,
  getfield_raw_i: loadField,
  getfield_raw_r: loadField,
  getfield_raw_f: loadField,
  setfield_gc: storeField,
  setfield_raw: storeField,
  getarrayitem_gc_i: loadItem,
  getarrayitem_gc_r: loadItem,
  getarrayitem_gc_f: loadItem,
  setarrayitem_gc: storeItem,
  getinteriorfield_gc_i: loadInterior,
  getinteriorfield_gc_r: loadInterior,
  getinteriorfield_gc_f: loadInterior,
  setinteriorfield_gc: storeInterior,
  raw_load_i: rawLoad,
  raw_load_f: rawLoad,
  raw_store: rawStore,
  arraylen_gc: arrayLength,
  strlen: stringLength,
  strgetitem: loadUnit,
  strsetitem: storeUnit,
  class_of: classOf,
};
