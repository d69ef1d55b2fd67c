/**
 * Instructions about objects while tracing: each is done, and recorded with what it gave. Reads of what never changes
 * from constants are constants.
 *
 * A virtualizable's instructions touch the trace's own virtualizable mostly: then the values live in the recorder, and
 * memory is kept up to date on the side, because code that is called while tracing may look at it. Any other object is
 * accessed in memory, after a test that it is not held by another frame's registers.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import {
  type ArrayDescr,
  type FieldDescr,
  type InteriorFieldDescr,
  LoopToken,
  type SizeDescr,
} from "../format/descr.ts";
import type { JitCode, TextDescr } from "../format/jitcode.ts";
import * as T from "../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, type Value } from "../format/values.ts";
import { floatOf, intOf, objectOf, refOf } from "./concrete.ts";
import { addFact, FACT_CLASS, FACT_FRESH, FACT_NONNULL, hasFact, markEscaped } from "./facts.ts";
import { Recorder } from "./recorder.ts";

export class MemoryRecorder extends Recorder {
  /** Stands for the trace among what depends on quasi-immutables: invalidated when one of them changes. */
  readonly watcher: LoopToken = new LoopToken("the trace");
  /** The field of a constant object that `record_quasiimmut_field` just named: its read folds. */
  #quasiObject: Value | null = null;
  #quasiField: FieldDescr | null = null;

  fieldAt(jitcode: JitCode, at: int): FieldDescr {
    return this.store.descr(jitcode.wide(at)) as FieldDescr;
  }

  arrayAt(jitcode: JitCode, at: int): ArrayDescr {
    return this.store.descr(jitcode.wide(at)) as ArrayDescr;
  }

  interiorAt(jitcode: JitCode, at: int): InteriorFieldDescr {
    return this.store.descr(jitcode.wide(at)) as InteriorFieldDescr;
  }

  sizeAt(jitcode: JitCode, at: int): SizeDescr {
    return this.store.descr(jitcode.wide(at)) as SizeDescr;
  }

  // Classes.

  /** Makes an object's class known; gives the address of its vtable. */
  guardClass(object: Value): Value {
    const cls = new ConstInt(this.cpu.classOf(objectOf(object)));
    if (!object.isConstant && !hasFact(object, FACT_CLASS)) {
      this.guard(T.GUARD_CLASS, [object, cls]);
      addFact(object, FACT_CLASS | FACT_NONNULL);
    }
    return new ConstInt(this.cpu.vtableOf(cls.value));
  }

  isInstance(object: Value, descr: SizeDescr): Value {
    const holds = this.cpu.isInstance(objectOf(object), descr) ? 1 : 0;
    if (object.isConstant || hasFact(object, FACT_CLASS)) return new ConstInt(holds);
    return this.recordInt(T.IS_INSTANCE, [object], descr, holds);
  }

  recordExactClass(object: Value, descr: SizeDescr): void {
    if (object.isConstant || hasFact(object, FACT_CLASS)) return;
    this.record(T.RECORD_EXACT_CLASS, [object, new ConstInt(descr.classId)], null);
    addFact(object, FACT_CLASS | FACT_NONNULL);
  }

  /** What a test for null gives; a guard unless it is known, which where it fails goes on at `next` (-1: tests again). */
  guardNull(object: Value, next: int): boolean {
    const isNull = refOf(object) === null;
    if (object.isConstant || hasFact(object, FACT_NONNULL)) return isNull;
    if (isNull) {
      this.guardTo(T.GUARD_ISNULL, [object], next);
      this.replace(object, new ConstRef(null));
    } else {
      this.guardTo(T.GUARD_NONNULL, [object], next);
      addFact(object, FACT_NONNULL);
    }
    return isNull;
  }

  // Checks that stop the program.

  checkNonNull(object: Value, text: TextDescr): void {
    if (refOf(object) === null) this.cpu.stop(text);
    if (object.isConstant || hasFact(object, FACT_NONNULL)) return;
    this.record(T.CHECK_NONNULL, [object], null);
    addFact(object, FACT_NONNULL);
  }

  checkInstance(object: Value, descr: SizeDescr, text: TextDescr): void {
    if (!this.cpu.isInstance(objectOf(object), descr)) this.cpu.stop(text);
    if (!object.isConstant && !hasFact(object, FACT_CLASS)) this.record(T.CHECK_CAST, [object], descr);
  }

  // Allocation.

  newStruct(descr: SizeDescr): Value {
    const opnum = descr.hasClass ? T.NEW_WITH_VTABLE : T.NEW;
    const op = this.recordRef(opnum, [], descr, this.cpu.newStruct(descr));
    op.facts = descr.hasClass ? FACT_CLASS | FACT_NONNULL | FACT_FRESH : FACT_NONNULL | FACT_FRESH;
    return op;
  }

  newArray(descr: ArrayDescr, n: Value, clear: boolean): Value {
    const opnum = clear ? T.NEW_ARRAY_CLEAR : T.NEW_ARRAY;
    const op = this.recordRef(opnum, [n], descr, this.cpu.newArray(descr, intOf(n), clear));
    op.facts = FACT_NONNULL | FACT_FRESH;
    return op;
  }

  newString(n: Value): Value {
    const op = this.recordRef(T.NEWSTR, [n], null, this.cpu.newString(intOf(n)));
    op.facts = FACT_NONNULL | FACT_FRESH;
    return op;
  }

  // Fields.

  /** `hidden` is the field that holds what depends on it. */
  recordQuasiImmutable(object: Value, field: FieldDescr, hidden: FieldDescr): void {
    if (hasFact(object, FACT_FRESH)) return;
    this.context.noteHidden(field, hidden);
    this.cpu.watch(objectOf(object), hidden, this.watcher);
    this.record(T.QUASIIMMUT_FIELD, [object], field);
    this.guard(T.GUARD_NOT_INVALIDATED, []);
    if (!object.isConstant) return;
    this.#quasiObject = object;
    this.#quasiField = field;
  }

  #folds(object: Value, d: FieldDescr): boolean {
    if (!object.isConstant) return false;
    if (d.immutable) return true;
    if (this.#quasiField !== d || this.#quasiObject !== object) return false;
    this.#quasiObject = null;
    this.#quasiField = null;
    return true;
  }

  getFieldInt(object: Value, d: FieldDescr): Value {
    const value = this.cpu.getFieldInt(objectOf(object), d);
    if (this.#folds(object, d)) return new ConstInt(value);
    return this.recordInt(T.GETFIELD_GC_I, [object], d, value);
  }

  getFieldRef(object: Value, d: FieldDescr): Value {
    const value = this.cpu.getFieldRef(objectOf(object), d);
    if (this.#folds(object, d)) return new ConstRef(value);
    return this.recordRef(T.GETFIELD_GC_R, [object], d, value);
  }

  getFieldFloat(object: Value, d: FieldDescr): Value {
    const value = this.cpu.getFieldFloat(objectOf(object), d);
    if (this.#folds(object, d)) return new ConstFloat(value);
    return this.recordFloat(T.GETFIELD_GC_F, [object], d, value);
  }

  setField(object: Value, d: FieldDescr, value: Value): void {
    this.setFieldConcrete(objectOf(object), d, value);
    markEscaped(value);
    this.record(T.SETFIELD_GC, [object, value], d);
  }

  setFieldConcrete(object: GcRef, d: FieldDescr, value: Value): void {
    if (value.kind === T.KIND_INT) this.cpu.setFieldInt(object, d, intOf(value));
    else if (value.kind === T.KIND_REF) this.cpu.setFieldRef(object, d, refOf(value));
    else this.cpu.setFieldFloat(object, d, floatOf(value));
  }

  getRawField(address: Value, d: FieldDescr): Value {
    if (d.kind === T.KIND_FLOAT) {
      const value = this.cpu.getRawFieldFloat(intOf(address), d);
      if (address.isConstant && d.immutable) return new ConstFloat(value);
      return this.recordFloat(T.GETFIELD_RAW_F, [address], d, value);
    }
    const value = this.cpu.getRawFieldInt(intOf(address), d);
    if (address.isConstant && d.immutable) return new ConstInt(value);
    return this.recordInt(T.GETFIELD_RAW_I, [address], d, value);
  }

  setRawField(address: Value, d: FieldDescr, value: Value): void {
    this.cpu.setRawFieldInt(intOf(address), d, intOf(value));
    this.record(T.SETFIELD_RAW, [address, value], d);
  }

  // Items.

  getItem(array: Value, index: Value, d: ArrayDescr): Value {
    const folds = d.immutable && array.isConstant && index.isConstant;
    const object = objectOf(array);
    const at = intOf(index);
    if (d.kind === T.KIND_INT) {
      const value = this.cpu.getItemInt(object, at, d);
      return folds ? new ConstInt(value) : this.recordInt(T.GETARRAYITEM_GC_I, [array, index], d, value);
    }
    if (d.kind === T.KIND_REF) {
      const value = this.cpu.getItemRef(object, at, d);
      return folds ? new ConstRef(value) : this.recordRef(T.GETARRAYITEM_GC_R, [array, index], d, value);
    }
    const value = this.cpu.getItemFloat(object, at, d);
    return folds ? new ConstFloat(value) : this.recordFloat(T.GETARRAYITEM_GC_F, [array, index], d, value);
  }

  setItem(array: Value, index: Value, d: ArrayDescr, value: Value): void {
    this.setItemConcrete(objectOf(array), intOf(index), d, value);
    markEscaped(value);
    this.record(T.SETARRAYITEM_GC, [array, index, value], d);
  }

  setItemConcrete(array: GcRef, index: int, d: ArrayDescr, value: Value): void {
    if (value.kind === T.KIND_INT) this.cpu.setItemInt(array, index, d, intOf(value));
    else if (value.kind === T.KIND_REF) this.cpu.setItemRef(array, index, d, refOf(value));
    else this.cpu.setItemFloat(array, index, d, floatOf(value));
  }

  getInterior(array: Value, index: Value, d: InteriorFieldDescr): Value {
    const object = objectOf(array);
    const at = intOf(index);
    if (d.kind === T.KIND_INT) {
      return this.recordInt(T.GETINTERIORFIELD_GC_I, [array, index], d, this.cpu.getInteriorInt(object, at, d));
    }
    if (d.kind === T.KIND_REF) {
      return this.recordRef(T.GETINTERIORFIELD_GC_R, [array, index], d, this.cpu.getInteriorRef(object, at, d));
    }
    return this.recordFloat(T.GETINTERIORFIELD_GC_F, [array, index], d, this.cpu.getInteriorFloat(object, at, d));
  }

  setInterior(array: Value, index: Value, d: InteriorFieldDescr, value: Value): void {
    const object = objectOf(array);
    const at = intOf(index);
    if (value.kind === T.KIND_INT) this.cpu.setInteriorInt(object, at, d, intOf(value));
    else if (value.kind === T.KIND_REF) this.cpu.setInteriorRef(object, at, d, refOf(value));
    else this.cpu.setInteriorFloat(object, at, d, floatOf(value));
    markEscaped(value);
    this.record(T.SETINTERIORFIELD_GC, [array, index, value], d);
  }

  arrayLength(array: Value, d: ArrayDescr): Value {
    const n = this.cpu.arrayLength(objectOf(array), d);
    return array.isConstant ? new ConstInt(n) : this.recordInt(T.ARRAYLEN_GC, [array], d, n);
  }

  // Strings.

  stringLength(text: Value): Value {
    const n = this.cpu.stringLength(objectOf(text));
    return text.isConstant ? new ConstInt(n) : this.recordInt(T.STRLEN, [text], null, n);
  }

  stringUnit(text: Value, index: Value): Value {
    const unit = this.cpu.stringUnit(objectOf(text), intOf(index));
    if (text.isConstant && index.isConstant) return new ConstInt(unit);
    return this.recordInt(T.STRGETITEM, [text, index], null, unit);
  }

  setUnit(text: Value, index: Value, unit: Value): void {
    this.cpu.setUnit(objectOf(text), intOf(index), intOf(unit));
    this.record(T.STRSETITEM, [text, index, unit], null);
  }

  copyUnits(from: Value, to: Value, fromStart: Value, toStart: Value, n: Value): void {
    this.cpu.copyUnits(objectOf(from), objectOf(to), intOf(fromStart), intOf(toStart), intOf(n));
    this.record(T.COPYSTRCONTENT, [from, to, fromStart, toStart, n], null);
  }

  // Raw memory.

  rawLoadInt(address: Value, offset: Value, d: ArrayDescr): Value {
    return this.recordInt(T.RAW_LOAD_I, [address, offset], d, this.cpu.rawLoadInt(intOf(address), intOf(offset), d));
  }

  rawLoadFloat(address: Value, offset: Value, d: ArrayDescr): Value {
    const value: float = this.cpu.rawLoadFloat(intOf(address), intOf(offset), d);
    return this.recordFloat(T.RAW_LOAD_F, [address, offset], d, value);
  }

  rawStore(address: Value, offset: Value, d: ArrayDescr, value: Value): void {
    if (value.kind === T.KIND_INT) this.cpu.rawStoreInt(intOf(address), intOf(offset), d, intOf(value));
    else this.cpu.rawStoreFloat(intOf(address), intOf(offset), d, floatOf(value));
    this.record(T.RAW_STORE, [address, offset, value], d);
  }
}
