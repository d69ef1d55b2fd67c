/**
 * A Cpu without machine code, in RTypeScript: objects are lists of slots, functions are known by number, traces are
 * interpreted. With it the metainterp and the optimizer run natively before there is any backend.
 */

import { Arguments, Cpu, DeadFrame } from "../../../jit/backend/cpu.ts";
import {
  type ArrayDescr,
  type CallDescr,
  CompiledCode,
  type FieldDescr,
  type GuardDescr,
  type InteriorFieldDescr,
  type LoopToken,
  type SizeDescr,
  type TargetToken,
} from "../../../jit/format/descr.ts";
import type { TextDescr } from "../../../jit/format/jitcode.ts";
import { hasIntMeaning, intMeaning, overflows } from "../../../jit/format/meaning.ts";
import * as T from "../../../jit/format/traceops.ts";
import { Box, ConstFloat, ConstInt, ConstRef, type Op, type Trace, type Value } from "../../../jit/format/values.ts";
import { fromGcRef, type GcRef, sameObject, toGcRef } from "../../../rlib/lowlevel.ts";
import type { float, int } from "../../../rlib/types.ts";

/** An object: its class and its slots of each kind. */
export class ToyObject {
  readonly classId: int;
  readonly ints: int[] = [];
  readonly refs: (GcRef | null)[] = [];
  readonly floats: float[] = [];

  constructor(classId: int, slots: int) {
    this.classId = classId;
    for (let i = 0; i < slots; i++) {
      this.ints.push(0);
      this.refs.push(null);
      this.floats.push(0.0);
    }
  }
}

class ToyCode extends CompiledCode {
  readonly trace: Trace;

  constructor(trace: Trace) {
    super();
    this.trace = trace;
  }
}

function toy(ref: GcRef): ToyObject {
  return fromGcRef(ref, ToyObject);
}

/** Values of a running trace, in the boxes themselves. */
function intOf(value: Value): int {
  if (value instanceof ConstInt) return value.value;
  return value instanceof Box ? value.concreteInt : 0;
}

function refOf(value: Value): GcRef | null {
  if (value instanceof ConstRef) return value.value;
  return value instanceof Box ? value.concreteRef : null;
}

function floatOf(value: Value): float {
  if (value instanceof ConstFloat) return value.value;
  return value instanceof Box ? value.concreteFloat : 0.0;
}

function assign(to: Value, from: Value): void {
  if (!(to instanceof Box)) return;
  to.concreteInt = from.kind === T.KIND_INT ? intOf(from) : 0;
  to.concreteRef = from.kind === T.KIND_REF ? refOf(from) : null;
  to.concreteFloat = from.kind === T.KIND_FLOAT ? floatOf(from) : 0.0;
}

export class ToyCpu extends Cpu {
  /** Operations run in compiled code. */
  executed: int = 0;
  /** Calls made by number. */
  calls: int = 0;
  #pending: GcRef | null = null;
  #flag: int = 0;
  #overflow = false;

  override getFieldInt(o: GcRef, d: FieldDescr): int {
    return toy(o).ints[d.slot];
  }
  override getFieldRef(o: GcRef, d: FieldDescr): GcRef | null {
    return toy(o).refs[d.slot];
  }
  override getFieldFloat(o: GcRef, d: FieldDescr): float {
    return toy(o).floats[d.slot];
  }
  override setFieldInt(o: GcRef, d: FieldDescr, value: int): void {
    toy(o).ints[d.slot] = value;
  }
  override setFieldRef(o: GcRef, d: FieldDescr, value: GcRef | null): void {
    toy(o).refs[d.slot] = value;
  }
  override setFieldFloat(o: GcRef, d: FieldDescr, value: float): void {
    toy(o).floats[d.slot] = value;
  }
  override getItemInt(o: GcRef, index: int, _d: ArrayDescr): int {
    return toy(o).ints[index];
  }
  override getItemRef(o: GcRef, index: int, _d: ArrayDescr): GcRef | null {
    return toy(o).refs[index];
  }
  override getItemFloat(o: GcRef, index: int, _d: ArrayDescr): float {
    return toy(o).floats[index];
  }
  override setItemInt(o: GcRef, index: int, _d: ArrayDescr, value: int): void {
    toy(o).ints[index] = value;
  }
  override setItemRef(o: GcRef, index: int, _d: ArrayDescr, value: GcRef | null): void {
    toy(o).refs[index] = value;
  }
  override setItemFloat(o: GcRef, index: int, _d: ArrayDescr, value: float): void {
    toy(o).floats[index] = value;
  }
  override getInteriorInt(o: GcRef, index: int, d: InteriorFieldDescr): int {
    return toy(o).ints[index * 8 + d.slot];
  }
  override getInteriorRef(o: GcRef, index: int, d: InteriorFieldDescr): GcRef | null {
    return toy(o).refs[index * 8 + d.slot];
  }
  override getInteriorFloat(o: GcRef, index: int, d: InteriorFieldDescr): float {
    return toy(o).floats[index * 8 + d.slot];
  }
  override setInteriorInt(o: GcRef, index: int, d: InteriorFieldDescr, value: int): void {
    toy(o).ints[index * 8 + d.slot] = value;
  }
  override setInteriorRef(o: GcRef, index: int, d: InteriorFieldDescr, value: GcRef | null): void {
    toy(o).refs[index * 8 + d.slot] = value;
  }
  override setInteriorFloat(o: GcRef, index: int, d: InteriorFieldDescr, value: float): void {
    toy(o).floats[index * 8 + d.slot] = value;
  }
  override arrayLength(o: GcRef, _d: ArrayDescr): int {
    return toy(o).ints.length;
  }
  override stringLength(o: GcRef): int {
    return toy(o).ints.length;
  }
  override stringUnit(o: GcRef, index: int): int {
    return toy(o).ints[index];
  }
  override makeString(units: int[]): GcRef | null {
    const made = new ToyObject(0, units.length);
    for (let i = 0; i < units.length; i++) made.ints[i] = units[i];
    return toGcRef(made);
  }
  override setUnit(o: GcRef, index: int, unit: int): void {
    toy(o).ints[index] = unit;
  }
  override copyUnits(from: GcRef, to: GcRef, fromStart: int, toStart: int, n: int): void {
    for (let i = 0; i < n; i++) toy(to).ints[toStart + i] = toy(from).ints[fromStart + i];
  }
  override classOf(o: GcRef): int {
    return toy(o).classId;
  }
  override isInstance(o: GcRef, d: SizeDescr): boolean {
    return toy(o).classId === d.classId;
  }
  override isSubclass(classId: int, of: SizeDescr): boolean {
    return classId === of.classId;
  }
  override identityHash(o: GcRef): int {
    return toy(o).classId;
  }
  override newStruct(d: SizeDescr): GcRef {
    return toGcRef(new ToyObject(d.classId, d.fields.length));
  }
  override newArray(_d: ArrayDescr, n: int, _clear: boolean): GcRef {
    return toGcRef(new ToyObject(0, n));
  }
  override newString(n: int): GcRef {
    return toGcRef(new ToyObject(0, n));
  }
  override rawLoadInt(_address: int, _offset: int, _d: ArrayDescr): int {
    return 0;
  }
  override rawLoadFloat(_address: int, _offset: int, _d: ArrayDescr): float {
    return 0.0;
  }
  override rawStoreInt(_address: int, _offset: int, _d: ArrayDescr, _value: int): void {}
  override rawStoreFloat(_address: int, _offset: int, _d: ArrayDescr, _value: float): void {}
  override getRawFieldInt(_address: int, _d: FieldDescr): int {
    return 0;
  }
  override getRawFieldRef(_address: int, _d: FieldDescr): GcRef | null {
    return null;
  }
  override getRawFieldFloat(_address: int, _d: FieldDescr): float {
    return 0.0;
  }
  override setRawFieldInt(_address: int, _d: FieldDescr, _value: int): void {}
  override setRawFieldRef(_address: int, _d: FieldDescr, _value: GcRef | null): void {}
  override setRawFieldFloat(_address: int, _d: FieldDescr, _value: float): void {}

  /** Function 1 doubles an int; every other one gives its number. */
  override callInt(address: int, args: Arguments, _d: CallDescr): int {
    this.calls++;
    return address === 1 ? args.ints[0] * 2 : address;
  }
  override callRef(_address: int, _args: Arguments, _d: CallDescr): GcRef | null {
    return null;
  }
  override callFloat(_address: int, args: Arguments, _d: CallDescr): float {
    return args.floats.length > 0 ? args.floats[0] : 0.0;
  }
  override callVoid(_address: int, _args: Arguments, _d: CallDescr): void {
    this.calls++;
  }
  override exceptionPending(): boolean {
    return this.#pending !== null;
  }
  override takeException(): GcRef {
    const pending = this.#pending!;
    this.#pending = null;
    return pending;
  }
  override setException(e: GcRef): void {
    this.#pending = e;
  }
  override pendingClass(): int {
    const pending = this.#pending;
    return pending === null ? 0 : toy(pending).classId;
  }
  override loadFlag(): int {
    return this.#flag;
  }
  override storeFlag(flag: int): void {
    this.#flag = flag;
  }
  override stop(text: TextDescr): void {
    throw new Error(text.name);
  }

  override compileLoop(token: LoopToken, trace: Trace): void {
    token.compiled = new ToyCode(trace);
  }
  override compileBridge(_loop: LoopToken, guard: GuardDescr, trace: Trace): void {
    guard.exit = new ToyCode(trace);
  }
  override redirect(from: LoopToken, to: LoopToken): void {
    from.compiled = to.compiled;
  }
  override invalidate(_token: LoopToken): void {}
  override free(token: LoopToken): void {
    token.compiled = null;
  }
  override force(_frame: int): DeadFrame {
    throw new Error("nothing runs");
  }
  override setForced(_frame: int, _data: GcRef): void {}

  override execute(token: LoopToken, args: Arguments): DeadFrame {
    const code = token.compiled as ToyCode;
    let trace = code.trace;
    this.#enter(trace, args);
    let at = 0;
    for (;;) {
      const op = trace.ops[at];
      at++;
      this.executed++;
      if (T.isGuard(op.opnum)) {
        if (this.#holds(op)) continue;
        const guard = op.descr as GuardDescr;
        const bridge = guard.exit;
        if (bridge === null) return this.#dead(guard, op.failArgs ?? []);
        trace = (bridge as ToyCode).trace;
        this.#pass(op.failArgs ?? [], [...trace.inputs]);
        at = 0;
      } else if (op.opnum === T.JUMP) {
        const target = op.descr as TargetToken;
        trace = (target.loop.compiled as ToyCode).trace;
        at = labelAt(trace, target);
        this.#pass(op.args, trace.ops[at].args);
      } else if (op.opnum === T.FINISH) return this.#dead(op.descr as GuardDescr, op.args);
      else this.#run(op);
    }
  }

  #enter(trace: Trace, args: Arguments): void {
    let ints = 0;
    let refs = 0;
    let floats = 0;
    for (const input of trace.inputs) {
      if (input.kind === T.KIND_INT) input.concreteInt = args.ints[ints++];
      else if (input.kind === T.KIND_REF) input.concreteRef = args.refs[refs++];
      else input.concreteFloat = args.floats[floats++];
    }
  }

  /** Assigns all values at once. */
  #pass(from: readonly Value[], to: readonly Value[]): void {
    const values: Value[] = [];
    for (const value of from) {
      if (value.kind === T.KIND_INT) values.push(new ConstInt(intOf(value)));
      else if (value.kind === T.KIND_REF) values.push(new ConstRef(refOf(value)));
      else values.push(new ConstFloat(floatOf(value)));
    }
    for (let i = 0; i < to.length; i++) assign(to[i], values[i]);
  }

  #dead(descr: GuardDescr, values: readonly Value[]): DeadFrame {
    const ints: int[] = [];
    const refs: (GcRef | null)[] = [];
    const floats: float[] = [];
    for (const value of values) {
      ints.push(value.kind === T.KIND_INT ? intOf(value) : 0);
      refs.push(value.kind === T.KIND_REF ? refOf(value) : null);
      floats.push(value.kind === T.KIND_FLOAT ? floatOf(value) : 0.0);
    }
    return new DeadFrame(descr, ints, refs, floats);
  }

  #holds(op: Op): boolean {
    switch (op.opnum) {
      case T.GUARD_TRUE:
        return intOf(op.args[0]) !== 0;
      case T.GUARD_FALSE:
        return intOf(op.args[0]) === 0;
      case T.GUARD_NONNULL:
        return refOf(op.args[0]) !== null;
      case T.GUARD_ISNULL:
        return refOf(op.args[0]) === null;
      case T.GUARD_NO_OVERFLOW:
        return !this.#overflow;
      case T.GUARD_OVERFLOW:
        return this.#overflow;
      case T.GUARD_NO_EXCEPTION:
        return this.#pending === null;
      case T.GUARD_VALUE:
        if (op.args[0].kind === T.KIND_INT) return intOf(op.args[0]) === intOf(op.args[1]);
        return sameObject(refOf(op.args[0]), refOf(op.args[1]));
      case T.GUARD_CLASS:
        return toy(refOf(op.args[0])!).classId === intOf(op.args[1]);
      default:
        return false;
    }
  }

  #run(op: Op): void {
    const opnum = op.opnum;
    if (hasIntMeaning(opnum)) {
      const a = intOf(op.args[0]);
      const b = op.args.length > 1 ? intOf(op.args[1]) : 0;
      if (T.hasFlag(opnum, T.OVERFLOW)) this.#overflow = overflows(opnum, a, b, this.wordBits);
      op.concreteInt = intMeaning(opnum, a, b, this.wordBits);
      return;
    }
    const d = op.descr;
    switch (opnum) {
      case T.GETFIELD_GC_I:
        op.concreteInt = this.getFieldInt(refOf(op.args[0])!, d as FieldDescr);
        break;
      case T.GETFIELD_GC_R:
        op.concreteRef = this.getFieldRef(refOf(op.args[0])!, d as FieldDescr);
        break;
      case T.SETFIELD_GC:
        if (op.args[1].kind === T.KIND_INT) {
          this.setFieldInt(refOf(op.args[0])!, d as FieldDescr, intOf(op.args[1]));
        } else this.setFieldRef(refOf(op.args[0])!, d as FieldDescr, refOf(op.args[1]));
        break;
      case T.GETARRAYITEM_GC_I:
        op.concreteInt = toy(refOf(op.args[0])!).ints[intOf(op.args[1])];
        break;
      case T.NEW_WITH_VTABLE:
        op.concreteRef = this.newStruct(d as SizeDescr);
        break;
      case T.CALL_I: {
        const args = new Arguments();
        for (let i = 1; i < op.args.length; i++) args.ints.push(intOf(op.args[i]));
        op.concreteInt = this.callInt(intOf(op.args[0]), args, d as CallDescr);
        break;
      }
      case T.LABEL:
      case T.DEBUG_MERGE_POINT:
        break;
      default:
        throw new Error(`${T.traceOpInfo(opnum).name} is not for the toy machine`);
    }
  }
}

function labelAt(trace: Trace, target: TargetToken): int {
  for (let i = 0; i < trace.ops.length; i++) {
    const op = trace.ops[i];
    if (op.opnum === T.LABEL && op.descr === target) return i;
  }
  throw new Error("a jump to a label that is not there");
}
