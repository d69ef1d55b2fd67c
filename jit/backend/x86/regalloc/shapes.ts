// What each trace operation wants of its operands: one function per shape of instruction, and the table that says which
// operation has which shape. The assembler's table (`../assembler/table.ts`) must agree with the order of `args`.
import type { int } from "../../../../rlib/types.ts";
import type { ArrayDescr, FieldDescr, InteriorFieldDescr } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import type { Box, ConstInt, Op, Value } from "../../../format/values.ts";
import { NOWHERE, RAX, RCX, RDX } from "../encoder/registers.ts";
import { type Allocator, ANY_REGISTER } from "./allocator.ts";
import * as calls from "./calls.ts";
import * as ends from "./ends.ts";

/** Places the operands of one operation and emits it. `a.instruction` has been started. */
export type Shape = (a: Allocator, op: Op) => void;

// All registers but one or two.
const NOT_RCX = ~(1 << RCX);
const NOT_RAX_RDX = ~((1 << RAX) | (1 << RDX));

function arg(op: Op, i: int): Value {
  return op.args[i] as Value;
}

function push(a: Allocator, location: int): void {
  a.instruction.args.push(location);
}

// Guards that the operation before is merged with.

/**
 * The guard that tests this result and is its only reader: it takes the condition from the flags, and the result need
 * not exist. Null if there is none.
 */
function mergedGuard(a: Allocator, op: Op): Op | null {
  const next = a.at + 1 < a.trace.ops.length ? (a.trace.ops[a.at + 1] as Op) : null;
  if (next === null || (next.opnum !== t.GUARD_TRUE && next.opnum !== t.GUARD_FALSE)) return null;
  if (next.args[0] !== op || a.live.lastUse[op.number] !== a.at + 1) return null;
  if (next.failArgs !== null) for (const exit of next.failArgs) if (exit === op) return null;
  return next;
}

/** Emits a comparison: with the guard that follows, or with a result of 0 or 1. */
function emitCondition(a: Allocator, op: Op): void {
  const guard = mergedGuard(a, op);
  if (guard === null) {
    a.result(op, a.machine.bytes);
    a.emit(op);
    return;
  }
  a.instruction.result = NOWHERE;
  a.exits(guard);
  emitWithGuard(a, op, guard);
}

/** Emits an operation together with the guard after it, both of which end. */
function emitWithGuard(a: Allocator, op: Op, guard: Op): void {
  a.sink.emit(a.instruction);
  a.finish(op);
  a.at += 1;
  a.freeDead(guard);
  if (op.hasResult && a.live.lastUse[op.number] === a.at) a.places.free(op.number);
}

/** An overflow operation: the guard that must follow reads the flag. */
function emitOverflow(a: Allocator, op: Op): void {
  const guard = a.trace.ops[a.at + 1] as Op;
  if (guard.opnum !== t.GUARD_NO_OVERFLOW && guard.opnum !== t.GUARD_OVERFLOW)
    throw new Error("an overflow operation without its guard");
  a.exits(guard);
  emitWithGuard(a, op, guard);
}

// Integers and floats.

/** Result starts as the first operand; the second is anywhere. */
function binary(a: Allocator, op: Op): void {
  let first = arg(op, 0);
  let second = arg(op, 1);
  if (t.hasFlag(op.opnum, t.COMMUTES) && isBetterFirst(a, second, first)) {
    first = arg(op, 1);
    second = arg(op, 0);
  }
  const other = a.anyPlace(second);
  const result = a.resultFrom(op, first, ANY_REGISTER);
  push(a, result);
  push(a, other);
  if (t.hasFlag(op.opnum, t.OVERFLOW)) emitOverflow(a, op);
  else a.emit(op);
}

/** Is `value` better overwritten than `other`? */
function isBetterFirst(a: Allocator, value: Value, other: Value): boolean {
  if (value.isConstant) return false;
  if (other.isConstant) return true;
  return diesInRegister(a, value) && !diesInRegister(a, other);
}

function diesInRegister(a: Allocator, value: Value): boolean {
  const n = (value as Box).number;
  return a.places.register[n] !== NOWHERE && !a.live.livesAfter(n, a.at);
}

/** A sum: in place like `binary`, or of three operands where both are registers or one an immediate. */
function sum(a: Allocator, op: Op): void {
  let first = arg(op, 0);
  let second = arg(op, 1);
  if (op.opnum === t.INT_ADD && first.isConstant && !second.isConstant) {
    first = arg(op, 1);
    second = arg(op, 0);
  }
  const threeOperands =
    op.opnum === t.INT_ADD || (second.isConstant && a.sink.isImmediate(second) && !first.isConstant);
  const inPlace = first.isConstant || diesInRegister(a, first);
  if (!threeOperands || inPlace || (!second.isConstant && a.places.register[(second as Box).number] === NOWHERE)) {
    binary(a, op);
    return;
  }
  if (!second.isConstant && diesInRegister(a, second)) {
    binary(a, op);
    return;
  }
  push(a, a.inRegister(first, ANY_REGISTER));
  push(a, a.registerOrImmediate(second, ANY_REGISTER));
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

function shift(a: Allocator, op: Op): void {
  const count = arg(op, 1);
  if (count.isConstant) {
    const result = a.resultFrom(op, arg(op, 0), ANY_REGISTER);
    push(a, result);
    push(a, a.sink.constant(count));
  } else {
    a.inFixed(count, RCX);
    const result = a.resultFrom(op, arg(op, 0), NOT_RCX);
    push(a, result);
    push(a, RCX);
  }
  a.emit(op);
}

/** Division: dividend in rax, rdx is overwritten; the quotient comes in rax, the remainder in rdx. */
function divide(a: Allocator, op: Op): void {
  const divisor = a.inRegister(arg(op, 1), NOT_RAX_RDX);
  a.copyInto(arg(op, 0), RAX);
  a.vacate(RDX);
  const isQuotient = op.opnum === t.INT_FLOORDIV || op.opnum === t.UINT_FLOORDIV;
  a.dropAfterwards(isQuotient ? RDX : RAX);
  push(a, RAX);
  push(a, divisor);
  a.resultIn(op, isQuotient ? RAX : RDX);
  a.emit(op);
}

/** Upper word of a product: rax times the operand, in rdx. */
function multiplyHigh(a: Allocator, op: Op): void {
  const other = a.inRegister(arg(op, 1), NOT_RAX_RDX);
  a.copyInto(arg(op, 0), RAX);
  a.vacate(RDX);
  a.dropAfterwards(RAX);
  push(a, RAX);
  push(a, other);
  a.resultIn(op, RDX);
  a.emit(op);
}

/** Result starts as the only operand. */
function unary(a: Allocator, op: Op): void {
  push(a, a.resultFrom(op, arg(op, 0), ANY_REGISTER));
  a.emit(op);
}

/** The result is computed from an operand in a register, and a constant. */
function extend(a: Allocator, op: Op): void {
  const isByte = (arg(op, 1) as ConstInt).value === 1;
  push(a, a.inRegister(arg(op, 0), isByte ? a.machine.bytes : ANY_REGISTER));
  push(a, a.sink.constant(arg(op, 1)));
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

/** The result, in another register, is computed from an operand in a register. */
function unarySeparate(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  a.separateResult(op, ANY_REGISTER);
  a.emit(op);
}

/** The result is computed from an operand anywhere, of the same kind or another. */
function convert(a: Allocator, op: Op): void {
  push(a, a.anyPlace(arg(op, 0)));
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

/** The same with the operand in a register. */
function convertRegister(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

/** The same with a register to compute in. */
function convertWithTemporary(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  a.separateResult(op, ANY_REGISTER);
  a.emit(op);
}

/** Rounding without the machine's instruction for it: two more registers. */
function round(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  a.instruction.temps.push(a.temporary(t.KIND_FLOAT, ANY_REGISTER));
  a.separateResult(op, ANY_REGISTER);
  a.emit(op);
}

function halves(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  push(a, a.inRegister(arg(op, 1), ANY_REGISTER));
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

/** A comparison of ints, references or floats. */
function compare(a: Allocator, op: Op): void {
  let first = arg(op, 0);
  let second = arg(op, 1);
  if (first.isConstant && !second.isConstant) {
    first = arg(op, 1);
    second = arg(op, 0);
    a.instruction.swapped = true;
  }
  push(a, a.inRegister(first, ANY_REGISTER));
  push(a, a.anyPlace(second));
  emitCondition(a, op);
}

/** A comparison of floats: which operand comes first is the assembler's choice, so both are in registers. */
function compareFloats(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  push(a, a.inRegister(arg(op, 1), ANY_REGISTER));
  emitCondition(a, op);
}

function truth(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  emitCondition(a, op);
}

function isInstance(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  if (!a.machine.wide) a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  emitCondition(a, op);
}

/** A copy under another name: no instruction if the operand dies. */
function same(a: Allocator, op: Op): void {
  a.resultFrom(op, arg(op, 0), ANY_REGISTER);
  a.finish(op);
}

// Memory.

/** The index of a memory operand: a constant, or a register. */
function index(a: Allocator, value: Value): int {
  return value.isConstant && a.sink.isImmediate(value) ? a.sink.constant(value) : a.inRegister(value, ANY_REGISTER);
}

/** A value to be stored in `size` bytes. */
function stored(a: Allocator, value: Value, size: int): int {
  if (value.kind === t.KIND_FLOAT) return a.inRegister(value, ANY_REGISTER);
  return a.registerOrImmediate(value, size === 1 ? a.machine.bytes : ANY_REGISTER);
}

function loadField(a: Allocator, op: Op): void {
  push(a, a.base(arg(op, 0)));
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

function storeField(a: Allocator, op: Op): void {
  push(a, a.base(arg(op, 0)));
  push(a, stored(a, arg(op, 1), (op.descr as FieldDescr).size));
  a.emit(op);
}

function loadItem(a: Allocator, op: Op): void {
  push(a, a.base(arg(op, 0)));
  push(a, index(a, arg(op, 1)));
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

function storeItem(a: Allocator, op: Op): void {
  push(a, a.base(arg(op, 0)));
  push(a, index(a, arg(op, 1)));
  push(a, stored(a, arg(op, 2), (op.descr as ArrayDescr).itemSize));
  a.emit(op);
}

function storeUnit(a: Allocator, op: Op): void {
  push(a, a.base(arg(op, 0)));
  push(a, index(a, arg(op, 1)));
  push(a, stored(a, arg(op, 2), 2));
  a.emit(op);
}

/** Items of a size that no addressing mode scales by need a register to multiply in. */
function scaledTemporary(a: Allocator, op: Op): void {
  const size = (op.descr as InteriorFieldDescr).array.itemSize;
  const isScale = size === 1 || size === 2 || size === 4 || size === 8;
  if (!isScale && !arg(op, 1).isConstant && !a.machine.wide)
    a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
}

function loadInterior(a: Allocator, op: Op): void {
  push(a, a.base(arg(op, 0)));
  push(a, index(a, arg(op, 1)));
  scaledTemporary(a, op);
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

function storeInterior(a: Allocator, op: Op): void {
  push(a, a.base(arg(op, 0)));
  push(a, index(a, arg(op, 1)));
  push(a, stored(a, arg(op, 2), (op.descr as InteriorFieldDescr).size));
  scaledTemporary(a, op);
  a.emit(op);
}

/** A new object of fixed size: the result, and on x86-32 a register to compute the new free pointer in. */
function allocateFixed(a: Allocator, op: Op): void {
  if (!a.machine.wide) a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  a.separateResult(op, ANY_REGISTER);
  a.references(true);
  a.emit(op);
}

/** A new array: the length, the result, a register to compute in. */
function allocateArray(a: Allocator, op: Op): void {
  push(a, index(a, arg(op, 0)));
  a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  a.separateResult(op, ANY_REGISTER);
  a.references(true);
  a.emit(op);
}

/** Something stored outside of objects: a register or an immediate. */
function storeGlobal(a: Allocator, op: Op): void {
  push(a, a.registerOrImmediate(arg(op, 0), ANY_REGISTER));
  a.emit(op);
}

/** Only a result. */
function produce(a: Allocator, op: Op): void {
  a.result(op, ANY_REGISTER);
  a.emit(op);
}

/** No operand in need of a place, no result. */
function bare(a: Allocator, op: Op): void {
  a.emit(op);
}

/** Nothing is emitted; operands live up to here. */
function nothing(a: Allocator, op: Op): void {
  a.finish(op);
}

// Guards and checks.

function endGuard(a: Allocator, op: Op): void {
  a.exits(op);
  a.emit(op);
}

function guardTruth(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  endGuard(a, op);
}

function guardValue(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  push(a, a.sink.constant(arg(op, 1)));
  if (arg(op, 0).kind === t.KIND_FLOAT && !a.machine.wide)
    a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  endGuard(a, op);
}

function guardClass(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  push(a, a.sink.constant(arg(op, 1)));
  endGuard(a, op);
}

function guardBare(a: Allocator, op: Op): void {
  endGuard(a, op);
}

/** Takes the exception; on x86-32 with a register to copy the trace's position in. */
function guardException(a: Allocator, op: Op): void {
  push(a, a.sink.constant(arg(op, 0)));
  if (!a.machine.wide) a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  a.separateResult(op, ANY_REGISTER);
  a.exits(op);
  a.emit(op);
}

function saveException(a: Allocator, op: Op): void {
  if (!a.machine.wide) a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  a.separateResult(op, ANY_REGISTER);
  a.emit(op);
}

function checkIndex(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  push(a, a.anyPlace(arg(op, 1)));
  a.emit(op);
}

function checkOne(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  a.emit(op);
}

function checkCast(a: Allocator, op: Op): void {
  push(a, a.inRegister(arg(op, 0), ANY_REGISTER));
  if (!a.machine.wide) a.instruction.temps.push(a.temporary(t.KIND_INT, ANY_REGISTER));
  a.emit(op);
}

/** Shapes by name of operation. */
const SHAPES_BY_NAME: Record<string, Shape> = {
  int_add: sum,
  int_sub: sum,
  int_mul: binary,
  int_floordiv: divide,
  int_mod: divide,
  uint_floordiv: divide,
  uint_mod: divide,
  int_and: binary,
  int_or: binary,
  int_xor: binary,
  int_lshift: shift,
  int_rshift: shift,
  int_urshift: shift,
  int_neg: unary,
  int_invert: unary,
  int_signext: extend,
  int_zeroext: extend,
  int_clz: unarySeparate,
  int_ctz: unarySeparate,
  int_popcount: convertWithTemporary,
  int_mul_high: multiplyHigh,
  uint_mul_high: multiplyHigh,
  int_lt: compare,
  int_le: compare,
  int_eq: compare,
  int_ne: compare,
  int_gt: compare,
  int_ge: compare,
  uint_lt: compare,
  uint_le: compare,
  uint_gt: compare,
  uint_ge: compare,
  int_is_true: truth,
  int_is_zero: truth,
  int_add_ovf: binary,
  int_sub_ovf: binary,
  int_mul_ovf: binary,
  float_add: binary,
  float_sub: binary,
  float_mul: binary,
  float_truediv: binary,
  float_neg: unary,
  float_abs: unary,
  float_sqrt: convert,
  float_floor: round,
  float_ceil: round,
  float_trunc: round,
  float_lt: compareFloats,
  float_le: compareFloats,
  float_eq: compareFloats,
  float_ne: compareFloats,
  float_gt: compareFloats,
  float_ge: compareFloats,
  cast_int_to_float: convert,
  cast_uint_to_float: convertWithTemporary,
  cast_float_to_int: convert,
  float_high_bits: convertRegister,
  float_low_bits: convertRegister,
  float_from_halves: halves,
  float_to_word_bits: convertRegister,
  word_bits_to_float: convertRegister,
  ptr_eq: compare,
  ptr_ne: compare,
  class_of: loadField,
  is_instance: isInstance,
  same_as_i: same,
  same_as_r: same,
  same_as_f: same,
  getfield_gc_i: loadField,
  getfield_gc_r: loadField,
  getfield_gc_f: loadField,
  setfield_gc: storeField,
  getarrayitem_gc_i: loadItem,
  getarrayitem_gc_r: loadItem,
  getarrayitem_gc_f: loadItem,
  setarrayitem_gc: storeItem,
  getinteriorfield_gc_i: loadInterior,
  getinteriorfield_gc_r: loadInterior,
  getinteriorfield_gc_f: loadInterior,
  setinteriorfield_gc: storeInterior,
  arraylen_gc: loadField,
  strlen: loadField,
  strgetitem: loadItem,
  newstr: allocateArray,
  strsetitem: storeUnit,
  copystrcontent: calls.copyUnits,
  new: allocateFixed,
  new_with_vtable: allocateFixed,
  new_array: allocateArray,
  new_array_clear: allocateArray,
  raw_load_i: loadItem,
  raw_load_f: loadItem,
  raw_store: storeItem,
  getfield_raw_i: loadField,
  getfield_raw_r: loadField,
  getfield_raw_f: loadField,
  setfield_raw: storeField,
  call_i: calls.call,
  call_r: calls.call,
  call_f: calls.call,
  call_n: calls.call,
  call_pure_i: calls.call,
  call_pure_r: calls.call,
  call_pure_f: calls.call,
  call_pure_n: calls.call,
  call_may_force_i: calls.callMayForce,
  call_may_force_r: calls.callMayForce,
  call_may_force_f: calls.callMayForce,
  call_may_force_n: calls.callMayForce,
  call_loopinvariant_i: calls.call,
  call_loopinvariant_r: calls.call,
  call_loopinvariant_f: calls.call,
  call_loopinvariant_n: calls.call,
  call_assembler_i: calls.callAssembler,
  call_assembler_r: calls.callAssembler,
  call_assembler_f: calls.callAssembler,
  call_assembler_n: calls.callAssembler,
  cond_call: calls.condCall,
  cond_call_value_i: calls.condCallValue,
  cond_call_value_r: calls.condCallValue,
  load_flag: produce,
  store_flag: storeGlobal,
  save_exception: saveException,
  save_exc_class: produce,
  restore_exception: storeGlobal,
  guard_true: guardTruth,
  guard_false: guardTruth,
  guard_value: guardValue,
  guard_class: guardClass,
  guard_nonnull: guardTruth,
  guard_isnull: guardTruth,
  guard_nonnull_class: guardClass,
  guard_no_exception: guardBare,
  guard_exception: guardException,
  guard_no_overflow: misplaced,
  guard_overflow: misplaced,
  guard_not_forced: misplaced,
  guard_not_forced_2: guardBare,
  guard_not_invalidated: guardBare,
  guard_always_fails: guardBare,
  check_index: checkIndex,
  check_nonnull: checkOne,
  check_cast: checkCast,
  check_true: checkOne,
  label: ends.label,
  jump: ends.jump,
  finish: ends.finish,
  force_token: produce,
  virtual_ref: misplaced,
  virtual_ref_finish: misplaced,
  keepalive: nothing,
  quasiimmut_field: nothing,
  record_exact_class: nothing,
  debug_merge_point: bare,
  check_memory_error: checkOne,
  increment_debug_counter: bare,
};

/** An operation that the one before takes in, or that the optimizer replaces. */
function misplaced(_a: Allocator, op: Op): void {
  throw new Error(`${t.traceOpInfo(op.opnum).name} out of place`);
}

/** Shapes by opnum. */
export const SHAPES: readonly Shape[] = t.TRACE_OPS.map((row) => {
  const shape = SHAPES_BY_NAME[row.name];
  if (shape === undefined) throw new Error(`the register allocator has no shape for ${row.name}`);
  return shape;
});
