/**
 * Reads resume data with the concrete values of an exit: rebuilds virtual objects, does the stores that were put off,
 * writes the virtualizable back to memory, and makes the frames that the blackhole interpreter goes on with.
 *
 * The tracer reads the same data when it begins a bridge (`bridge.ts`), and asks here for concrete values.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { Arguments, type Cpu, type DeadFrame } from "../backend/cpu.ts";
import { ArrayDescr, CallDescr, type Descr, type FieldDescr, SizeDescr } from "../format/descr.ts";
import { type JitStore, LiveRegisters, type VirtualizableInfo } from "../format/jitcode.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../format/traceops.ts";
import { BlackFrame } from "./blackframe.ts";
import { ByteReader } from "./bytes.ts";
import {
  PENDING_FIELD,
  type ResumeGuard,
  type ResumePool,
  TAG_BOX,
  TAG_CONSTANT,
  TAG_SMALL,
  VIRTUAL_ARRAY,
  VIRTUAL_ARRAY_CLEAR,
  VIRTUAL_CALL,
  VIRTUAL_STRUCT,
  VIRTUAL_STRUCT_ARRAY,
} from "./resume.ts";

/** One object to be made. */
export class VirtualSpec {
  readonly sort: int;
  /** Null for a string. */
  readonly descr: Descr | null;
  /** Items or units; 0 of a struct. */
  readonly count: int;
  /** Places of the contents (slots, indices), and their values as written. */
  readonly places: int[] = [];
  readonly values: int[] = [];
  /** The object once it is made. */
  made: GcRef | null = null;

  constructor(sort: int, descr: Descr | null, count: int) {
    this.sort = sort;
    this.descr = descr;
    this.count = count;
  }
}

/** The small int of a value's payload. */
export function smallInt(payload: int): int {
  const half = Math.floor(payload / 2);
  return payload % 2 === 0 ? half : -1 - half;
}

export class ResumeReader {
  readonly #cpu: Cpu;
  readonly #store: JitStore;
  readonly guard: ResumeGuard;
  readonly pool: ResumePool;
  readonly #dead: DeadFrame;
  readonly bytes: ByteReader;
  readonly virtuals: VirtualSpec[] = [];

  constructor(cpu: Cpu, store: JitStore, guard: ResumeGuard, dead: DeadFrame) {
    this.#cpu = cpu;
    this.#store = store;
    this.guard = guard;
    this.pool = guard.pool;
    this.#dead = dead;
    this.bytes = new ByteReader(guard.data);
    for (let n = this.bytes.number(); n > 0; n--) this.virtuals.push(this.#readVirtual());
  }

  #readVirtual(): VirtualSpec {
    const bytes = this.bytes;
    const sort = bytes.number();
    let descr: Descr | null = null;
    if (sort === VIRTUAL_STRUCT || sort === VIRTUAL_ARRAY || sort === VIRTUAL_ARRAY_CLEAR) {
      descr = this.pool.descrs[bytes.number()];
    } else if (sort === VIRTUAL_STRUCT_ARRAY || sort === VIRTUAL_CALL) descr = this.pool.descrs[bytes.number()];
    const count = sort === VIRTUAL_STRUCT || sort === VIRTUAL_CALL ? 0 : bytes.number();
    const spec = new VirtualSpec(sort, descr, count);
    if (descr instanceof CallDescr) {
      for (let n = descr.arguments.length; n >= 0; n--) spec.values.push(bytes.number());
      return spec;
    }
    for (let n = bytes.number(); n > 0; n--) {
      spec.places.push(bytes.number());
      spec.values.push(bytes.number());
    }
    return spec;
  }

  /** Concrete value of a written int. */
  intValue(written: int): int {
    const payload = Math.floor(written / 4);
    const tag = written % 4;
    if (tag === TAG_BOX) return this.#dead.ints[payload];
    return tag === TAG_SMALL ? smallInt(payload) : this.pool.ints[payload];
  }

  floatValue(written: int): float {
    const payload = Math.floor(written / 4);
    return written % 4 === TAG_BOX ? this.#dead.floats[payload] : this.pool.floats[payload];
  }

  refValue(written: int): GcRef | null {
    const payload = Math.floor(written / 4);
    const tag = written % 4;
    if (tag === TAG_BOX) return this.#dead.refs[payload];
    if (tag === TAG_SMALL) return null;
    return tag === TAG_CONSTANT ? this.pool.refs[payload] : this.virtual(payload);
  }

  /** The object that stands for the n-th virtual; made at the first use, so that they may refer to each other. */
  virtual(n: int): GcRef {
    const spec = this.virtuals[n];
    const known = spec.made;
    if (known !== null) return known;
    return this.#make(spec);
  }

  #make(spec: VirtualSpec): GcRef {
    const cpu = this.#cpu;
    const descr = spec.descr;
    if (descr instanceof SizeDescr) {
      const made = cpu.newStruct(descr);
      spec.made = made;
      for (let i = 0; i < spec.places.length; i++) this.#setField(made, descr.fields[spec.places[i]], spec.values[i]);
      return made;
    }
    if (descr instanceof ArrayDescr) {
      const made = cpu.newArray(descr, spec.count, spec.sort !== VIRTUAL_ARRAY);
      spec.made = made;
      for (let i = 0; i < spec.places.length; i++) this.#setPlace(made, descr, spec.places[i], spec.values[i]);
      return made;
    }
    if (descr instanceof CallDescr) {
      const made = this.#callMaker(spec, descr);
      spec.made = made;
      return made;
    }
    const made = cpu.newString(spec.count);
    spec.made = made;
    for (let i = 0; i < spec.places.length; i++) cpu.setUnit(made, spec.places[i], this.intValue(spec.values[i]));
    return made;
  }

  #callMaker(spec: VirtualSpec, descr: CallDescr): GcRef {
    const args = new Arguments();
    for (let i = 0; i < descr.arguments.length; i++) {
      const written = spec.values[i + 1];
      if (descr.arguments[i] === "i") args.ints.push(this.intValue(written));
      else if (descr.arguments[i] === "r") args.refs.push(this.refValue(written));
      else args.floats.push(this.floatValue(written));
    }
    const made = this.#cpu.callRef(this.intValue(spec.values[0]), args, descr);
    if (made === null) throw new Error("an elidable call that makes an object gave null");
    return made;
  }

  #setField(object: GcRef, descr: FieldDescr, written: int): void {
    const cpu = this.#cpu;
    if (descr.kind === KIND_INT) cpu.setFieldInt(object, descr, this.intValue(written));
    else if (descr.kind === KIND_REF) cpu.setFieldRef(object, descr, this.refValue(written));
    else cpu.setFieldFloat(object, descr, this.floatValue(written));
  }

  #setItem(object: GcRef, index: int, descr: ArrayDescr, written: int): void {
    const cpu = this.#cpu;
    if (descr.kind === KIND_INT) cpu.setItemInt(object, index, descr, this.intValue(written));
    else if (descr.kind === KIND_REF) cpu.setItemRef(object, index, descr, this.refValue(written));
    else cpu.setItemFloat(object, index, descr, this.floatValue(written));
  }

  /** An item of an array, or a field of an item of an array of structs. */
  #setPlace(object: GcRef, descr: ArrayDescr, place: int, written: int): void {
    const fields = descr.itemFields.length;
    if (fields === 0) {
      this.#setItem(object, place, descr, written);
      return;
    }
    const cpu = this.#cpu;
    const index = Math.floor(place / fields);
    const field = descr.itemFields[place % fields];
    if (field.kind === KIND_INT) cpu.setInteriorInt(object, index, field, this.intValue(written));
    else if (field.kind === KIND_REF) cpu.setInteriorRef(object, index, field, this.refValue(written));
    else cpu.setInteriorFloat(object, index, field, this.floatValue(written));
  }

  /** The values of the virtualizable as written, the object first; empty without one. */
  readVirtualizable(): int[] {
    const values: int[] = [];
    for (let n = this.bytes.number(); n > 0; n--) values.push(this.bytes.number());
    return values;
  }

  /** Writes a virtualizable back to memory and says that memory holds it. */
  restoreVirtualizable(values: readonly int[], info: VirtualizableInfo): void {
    if (values.length === 0) return;
    const object = this.refValue(values[0]);
    if (object === null) return;
    const cpu = this.#cpu;
    let at = 1;
    for (const field of info.fields) {
      this.#setField(object, field as FieldDescr, values[at]);
      at++;
    }
    for (let i = 0; i < info.arrays.length; i++) {
      const descr = info.arrays[i] as ArrayDescr;
      const array = cpu.getFieldRef(object, info.arrayFields[i] as FieldDescr);
      if (array === null) continue;
      const length = cpu.arrayLength(array, descr);
      for (let index = 0; index < length; index++) {
        this.#setItem(array, index, descr, values[at]);
        at++;
      }
    }
    cpu.setFieldInt(object, info.token as FieldDescr, 0);
  }

  /** Makes the frames; the innermost is returned. */
  readFrames(): BlackFrame | null {
    let frame: BlackFrame | null = null;
    const count = this.bytes.number();
    for (let n = Math.floor(count / 2); n > 0; n--) frame = this.#readFrame(frame);
    if (count % 2 === 1 && frame !== null) frame.pc = this.bytes.number();
    return frame;
  }

  #readFrame(caller: BlackFrame | null): BlackFrame {
    const jitcode = this.#store.jitcode(this.bytes.number());
    const frame = new BlackFrame(jitcode, caller);
    frame.pc = this.bytes.number();
    const live = new LiveRegisters(this.#store.liveness, jitcode.wide(frame.pc + 1));
    for (let i = 0; i < live.count(KIND_INT); i++) {
      frame.ints[live.register(KIND_INT, i)] = this.intValue(this.bytes.number());
    }
    for (let i = 0; i < live.count(KIND_REF); i++) {
      frame.refs[live.register(KIND_REF, i)] = this.refValue(this.bytes.number());
    }
    for (let i = 0; i < live.count(KIND_FLOAT); i++) {
      frame.floats[live.register(KIND_FLOAT, i)] = this.floatValue(this.bytes.number());
    }
    return frame;
  }

  /** Does the stores that were put off; they come last in the data. */
  doPendingStores(): void {
    for (let n = this.bytes.number(); n > 0; n--) {
      const sort = this.bytes.number();
      const descr = this.pool.descrs[this.bytes.number()];
      const object = this.refValue(this.bytes.number())!;
      if (sort === PENDING_FIELD) this.#setField(object, descr as FieldDescr, this.bytes.number());
      else {
        const index = this.bytes.number();
        this.#setItem(object, index, descr as ArrayDescr, this.bytes.number());
      }
    }
  }
}
