/**
 * The virtualizable while tracing. Its fields and items are values of the recorder; memory is kept equal on the side,
 * so that code called while tracing sees them. In compiled code memory is stale between the trace's start and its exits;
 * the token field says who has the values:
 *
 *     0              memory
 *     TOKEN_TRACING  memory too, but whoever looks while tracing clears it, and the trace is given up
 *     else           the machine frame of that address: look there (`cpu.force`)
 *
 * The token is stored in front of each call that may look, and stays until the trace is left.
 */

import { type GcRef, sameObject } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import type { ArrayDescr, FieldDescr } from "../format/descr.ts";
import type { VirtualizableInfo } from "../format/jitcode.ts";
import * as T from "../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, sameValue, type Value, ZERO } from "../format/values.ts";
import { inputLike, intOf, objectOf, refOf } from "./concrete.ts";
import { addFact, FACT_FRESH, FACT_OTHER_VIRTUALIZABLE, hasFact, markEscaped } from "./facts.ts";
import { MemoryRecorder } from "./tracememory.ts";

/** Token of a virtualizable that is being traced. No machine frame stands at this address. */
export const TOKEN_TRACING = 1;

export class VirtualizableRecorder extends MemoryRecorder {
  /** Place of the first item of each array among the values, and one behind the last. */
  #starts: int[] = [];

  /** Begins to hold an object whose values are given, in the order of `readVirtualizable`. */
  holdVirtualizable(info: VirtualizableInfo, values: Value[]): void {
    this.virtualizableInfo = info;
    this.virtualizable = values;
    this.#measure(info);
  }

  #measure(info: VirtualizableInfo): void {
    const object = objectOf(this.virtualizable[0]);
    let at = 1 + info.fields.length;
    const starts: int[] = [at];
    for (let i = 0; i < info.arrays.length; i++) {
      const array = this.cpu.getFieldRef(object, info.arrayFields[i] as FieldDescr);
      if (array !== null) at += this.cpu.arrayLength(array, info.arrays[i] as ArrayDescr);
      starts.push(at);
    }
    this.#starts = starts;
  }

  /** Items of the n-th array. */
  arrayLengthOf(n: int): int {
    return this.#starts[n + 1] - this.#starts[n];
  }

  /** Inputs for the fields and items of an object, with their values now; the object comes first. */
  virtualizableInputs(info: VirtualizableInfo, object: Value): Value[] {
    const values: Value[] = [object];
    const o = objectOf(object);
    for (const descr of info.fields) values.push(inputLike(this.#fieldNow(o, descr as FieldDescr)));
    for (let i = 0; i < info.arrays.length; i++) {
      const descr = info.arrays[i] as ArrayDescr;
      const array = this.cpu.getFieldRef(o, info.arrayFields[i] as FieldDescr);
      if (array === null) continue;
      const length = this.cpu.arrayLength(array, descr);
      for (let index = 0; index < length; index++) values.push(inputLike(this.#itemNow(array, index, descr)));
    }
    return values;
  }

  /** KIND_… of the values of an object: of itself, its fields, the items of its arrays. */
  virtualizableKinds(info: VirtualizableInfo, object: GcRef | null): int[] {
    const kinds: int[] = [T.KIND_REF];
    if (object === null) return kinds;
    for (const descr of info.fields) kinds.push((descr as FieldDescr).kind);
    for (let i = 0; i < info.arrays.length; i++) {
      const descr = info.arrays[i] as ArrayDescr;
      const array = this.cpu.getFieldRef(object, info.arrayFields[i] as FieldDescr);
      if (array === null) continue;
      for (let n = this.cpu.arrayLength(array, descr); n > 0; n--) kinds.push(descr.kind);
    }
    return kinds;
  }

  #fieldNow(object: GcRef, d: FieldDescr): Value {
    if (d.kind === T.KIND_INT) return new ConstInt(this.cpu.getFieldInt(object, d));
    if (d.kind === T.KIND_REF) return new ConstRef(this.cpu.getFieldRef(object, d));
    return new ConstFloat(this.cpu.getFieldFloat(object, d));
  }

  #itemNow(array: GcRef, index: int, d: ArrayDescr): Value {
    if (d.kind === T.KIND_INT) return new ConstInt(this.cpu.getItemInt(array, index, d));
    if (d.kind === T.KIND_REF) return new ConstRef(this.cpu.getItemRef(array, index, d));
    return new ConstFloat(this.cpu.getItemFloat(array, index, d));
  }

  /** Is this the object that the trace holds? Guards it where it is not known. */
  isStandard(object: Value): boolean {
    if (this.virtualizable.length === 0) return false;
    const standard = this.virtualizable[0];
    if (sameValue(object, standard)) return true;
    if (hasFact(object, FACT_OTHER_VIRTUALIZABLE) || hasFact(object, FACT_FRESH)) return false;
    const same = sameObject(refOf(object), refOf(standard));
    if (object.isConstant && standard.isConstant) return same;
    const test = this.recordInt(T.PTR_EQ, [object, standard], null, same ? 1 : 0);
    this.guard(same ? T.GUARD_TRUE : T.GUARD_FALSE, [test]);
    if (same) this.replace(object, standard);
    else addFact(object, FACT_OTHER_VIRTUALIZABLE);
    return same;
  }

  #placeOfField(d: FieldDescr): int {
    const info = this.virtualizableInfo;
    if (info !== null) for (let i = 0; i < info.fields.length; i++) if (info.fields[i] === d) return i + 1;
    throw new Error(`${d.name} is no field of the virtualizable`);
  }

  #placeOfItem(field: FieldDescr, index: Value): int {
    const info = this.virtualizableInfo;
    if (info !== null) {
      for (let i = 0; i < info.arrayFields.length; i++) {
        if (info.arrayFields[i] === field) return this.#starts[i] + intOf(this.promote(index));
      }
    }
    throw new Error(`${field.name} is no array of the virtualizable`);
  }

  getVirtualizableField(object: Value, d: FieldDescr): Value {
    if (this.isStandard(object)) return this.virtualizable[this.#placeOfField(d)];
    this.#requireMemory(object);
    if (d.kind === T.KIND_INT) return this.getFieldInt(object, d);
    return d.kind === T.KIND_REF ? this.getFieldRef(object, d) : this.getFieldFloat(object, d);
  }

  setVirtualizableField(object: Value, d: FieldDescr, value: Value): void {
    if (!this.isStandard(object)) {
      this.#requireMemory(object);
      this.setField(object, d, value);
      return;
    }
    markEscaped(value);
    this.setVirtualizable(this.#placeOfField(d), value);
    this.setFieldConcrete(objectOf(object), d, value);
  }

  getVirtualizableItem(object: Value, index: Value, field: FieldDescr, d: ArrayDescr): Value {
    if (this.isStandard(object)) return this.virtualizable[this.#placeOfItem(field, index)];
    this.#requireMemory(object);
    return this.getItem(this.getFieldRef(object, field), index, d);
  }

  setVirtualizableItem(object: Value, index: Value, field: FieldDescr, d: ArrayDescr, value: Value): void {
    if (!this.isStandard(object)) {
      this.#requireMemory(object);
      this.setItem(this.getFieldRef(object, field), index, d, value);
      return;
    }
    markEscaped(value);
    this.setVirtualizable(this.#placeOfItem(field, index), value);
    this.setItemConcrete(this.cpu.getFieldRef(objectOf(object), field)!, intOf(index), d, value);
  }

  virtualizableArrayLength(object: Value, field: FieldDescr, d: ArrayDescr): Value {
    const info = this.virtualizableInfo;
    if (this.isStandard(object) && info !== null) {
      for (let i = 0; i < info.arrayFields.length; i++) {
        if (info.arrayFields[i] === field) return new ConstInt(this.#starts[i + 1] - this.#starts[i]);
      }
    }
    this.#requireMemory(object);
    return this.arrayLength(this.getFieldRef(object, field), d);
  }

  /** Another frame's registers may hold the object: then they are written back first. */
  #requireMemory(object: Value): void {
    const { forceAddress, forceDescr } = this.context;
    const info = this.virtualizableInfo ?? this.context.virtualizableOf(this.cpu.classOf(objectOf(object)));
    if (forceDescr === null || info === null || hasFact(object, FACT_FRESH)) return;
    const descr = info.token as FieldDescr;
    const token = this.getFieldInt(object, descr);
    this.record(T.COND_CALL, [token, new ConstInt(forceAddress), object], forceDescr);
    if (intOf(token) === 0) return;
    this.args.clear();
    this.args.refs.push(refOf(object));
    this.cpu.callVoid(forceAddress, this.args, forceDescr);
  }

  /** Records stores of all values and clears the token: memory is right from here on. */
  recordWriteBack(): void {
    const info = this.virtualizableInfo;
    if (info === null || this.virtualizable.length === 0) return;
    const object = this.virtualizable[0];
    for (let i = 0; i < info.fields.length; i++) {
      this.record(T.SETFIELD_GC, [object, this.virtualizable[i + 1]], info.fields[i]);
    }
    for (let i = 0; i < info.arrays.length; i++) {
      const array = this.getFieldRef(object, info.arrayFields[i] as FieldDescr);
      for (let at = this.#starts[i]; at < this.#starts[i + 1]; at++) {
        const index = new ConstInt(at - this.#starts[i]);
        this.record(T.SETARRAYITEM_GC, [array, index, this.virtualizable[at]], info.arrays[i]);
      }
    }
    this.record(T.SETFIELD_GC, [object, ZERO], info.token);
  }

  /** The program asks for the object in memory: the trace does not hold it any more. */
  forceVirtualizable(object: Value): void {
    if (this.virtualizable.length === 0 || !sameValue(object, this.virtualizable[0])) return;
    this.recordWriteBack();
    this.virtualizable = [];
  }

  /** In front of a call that may look at the object. */
  beforeForcingCall(): void {
    const info = this.virtualizableInfo;
    if (info === null || this.virtualizable.length === 0) return;
    const object = this.virtualizable[0];
    const token = this.recordInt(T.FORCE_TOKEN, [], null, TOKEN_TRACING);
    this.record(T.SETFIELD_GC, [object, token], info.token);
    this.cpu.setFieldInt(objectOf(object), info.token as FieldDescr, TOKEN_TRACING);
  }

  /** Behind it: did it look? */
  wasForced(): boolean {
    const info = this.virtualizableInfo;
    if (info === null || this.virtualizable.length === 0) return false;
    const object = objectOf(this.virtualizable[0]);
    const token = this.cpu.getFieldInt(object, info.token as FieldDescr);
    this.cpu.setFieldInt(object, info.token as FieldDescr, 0);
    return token === 0;
  }
}
