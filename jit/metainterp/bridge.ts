/**
 * The beginning of a bridge: the tracer's frames rebuilt from resume data, with an input for each value that the exit
 * leaves. Objects that were virtual are made by recorded operations, so that they become virtual again; stores that were
 * put off are done and recorded.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import type { DeadFrame } from "../backend/cpu.ts";
import { ArrayDescr, CallDescr, type FieldDescr, SizeDescr } from "../format/descr.ts";
import { LiveRegisters } from "../format/jitcode.ts";
import * as T from "../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, InputArg, NULL, type Op, type Value, ZERO_FLOAT } from "../format/values.ts";
import { FACT_CLASS, FACT_FRESH, FACT_NONNULL } from "./facts.ts";
import { PENDING_FIELD, TAG_BOX, TAG_CONSTANT, TAG_SMALL, VIRTUAL_ARRAY } from "./resume.ts";
import { type ResumeReader, smallInt, type VirtualSpec } from "./resumereader.ts";
import type { Tracer } from "./tracer.ts";

export class BridgeStart {
  readonly #tracer: Tracer;
  readonly #reader: ResumeReader;
  readonly #inputs: InputArg[] = [];
  /** Recorded operations of the virtuals, as far as they were needed. */
  readonly #made: (Op | null)[] = [];

  constructor(tracer: Tracer, reader: ResumeReader, dead: DeadFrame) {
    this.#tracer = tracer;
    this.#reader = reader;
    const { kinds } = reader.guard;
    for (let i = 0; i < kinds.length; i++) {
      const input = new InputArg(kinds[i]);
      if (kinds[i] === T.KIND_INT) input.concreteInt = dead.ints[i];
      else if (kinds[i] === T.KIND_REF) input.concreteRef = dead.refs[i];
      else input.concreteFloat = dead.floats[i];
      this.#inputs.push(input);
    }
    for (let i = 0; i < reader.virtuals.length; i++) this.#made.push(null);
    tracer.inputs = this.#inputs;
  }

  /** Rebuilds everything; the tracer stands at the `live` where the guard resumes. */
  rebuild(): void {
    const tracer = this.#tracer;
    const reader = this.#reader;
    const virtualizable = reader.readVirtualizable();
    const count = reader.bytes.number();
    for (let n = Math.floor(count / 2); n > 0; n--) this.#frame();
    if (count % 2 === 1) tracer.top.pc = reader.bytes.number();
    const driver = tracer.frames[0].jitcode.portalOf;
    const info = driver < 0 ? null : tracer.store.drivers[driver].virtualizableInfo;
    if (info !== null && virtualizable.length > 0) {
      reader.restoreVirtualizable(virtualizable, info);
      const values: Value[] = [this.#value(virtualizable[0], T.KIND_REF)];
      const kinds = tracer.virtualizableKinds(info, reader.refValue(virtualizable[0]));
      for (let i = 1; i < virtualizable.length; i++) values.push(this.#value(virtualizable[i], kinds[i]));
      tracer.holdVirtualizable(info, values);
    }
    this.#pendingStores();
  }

  #frame(): void {
    const tracer = this.#tracer;
    const bytes = this.#reader.bytes;
    const jitcode = tracer.store.jitcode(bytes.number());
    const frame = tracer.pushFrame(jitcode);
    frame.pc = bytes.number();
    frame.live = frame.pc;
    const live = new LiveRegisters(tracer.liveness, jitcode.wide(frame.pc + 1));
    for (let i = 0; i < live.count(T.KIND_INT); i++) {
      frame.ints[live.register(T.KIND_INT, i)] = this.#value(bytes.number(), T.KIND_INT);
    }
    for (let i = 0; i < live.count(T.KIND_REF); i++) {
      frame.refs[live.register(T.KIND_REF, i)] = this.#value(bytes.number(), T.KIND_REF);
    }
    for (let i = 0; i < live.count(T.KIND_FLOAT); i++) {
      frame.floats[live.register(T.KIND_FLOAT, i)] = this.#value(bytes.number(), T.KIND_FLOAT);
    }
  }

  /** A written value as a value of the trace. */
  #value(written: int, kind: int): Value {
    const payload = Math.floor(written / 4);
    const tag = written % 4;
    if (tag === TAG_BOX) return this.#inputs[payload];
    const { pool } = this.#reader;
    if (tag === TAG_CONSTANT) {
      if (kind === T.KIND_INT) return new ConstInt(pool.ints[payload]);
      return kind === T.KIND_REF ? new ConstRef(pool.refs[payload]) : new ConstFloat(pool.floats[payload]);
    }
    if (tag === TAG_SMALL) {
      if (kind === T.KIND_INT) return new ConstInt(smallInt(payload));
      return kind === T.KIND_REF ? NULL : ZERO_FLOAT;
    }
    return this.#virtual(payload);
  }

  #virtual(n: int): Op {
    const known = this.#made[n];
    if (known !== null) return known;
    const spec = this.#reader.virtuals[n];
    const object = this.#reader.virtual(n);
    const descr = spec.descr;
    if (descr instanceof SizeDescr) return this.#struct(n, spec, descr, object);
    if (descr instanceof ArrayDescr) return this.#array(n, spec, descr, object);
    if (descr instanceof CallDescr) return this.#call(n, spec, descr, object);
    const op = this.#tracer.recordRef(T.NEWSTR, [new ConstInt(spec.count)], null, object);
    this.#made[n] = op;
    for (let i = 0; i < spec.places.length; i++) {
      const unit = this.#value(spec.values[i], T.KIND_INT);
      this.#tracer.record(T.STRSETITEM, [op, new ConstInt(spec.places[i]), unit], null);
    }
    return op;
  }

  #struct(n: int, spec: VirtualSpec, descr: SizeDescr, object: GcRef): Op {
    const op = this.#tracer.recordRef(descr.hasClass ? T.NEW_WITH_VTABLE : T.NEW, [], descr, object);
    op.facts = descr.hasClass ? FACT_CLASS | FACT_NONNULL | FACT_FRESH : FACT_NONNULL | FACT_FRESH;
    this.#made[n] = op;
    for (let i = 0; i < spec.places.length; i++) {
      const field = descr.fields[spec.places[i]];
      this.#tracer.record(T.SETFIELD_GC, [op, this.#value(spec.values[i], field.kind)], field);
    }
    return op;
  }

  #array(n: int, spec: VirtualSpec, descr: ArrayDescr, object: GcRef): Op {
    const opnum = spec.sort === VIRTUAL_ARRAY ? T.NEW_ARRAY : T.NEW_ARRAY_CLEAR;
    const op = this.#tracer.recordRef(opnum, [new ConstInt(spec.count)], descr, object);
    op.facts = FACT_NONNULL | FACT_FRESH;
    this.#made[n] = op;
    const fields = descr.itemFields.length;
    for (let i = 0; i < spec.places.length; i++) {
      const place = spec.places[i];
      if (fields === 0) {
        const value = this.#value(spec.values[i], descr.kind);
        this.#tracer.record(T.SETARRAYITEM_GC, [op, new ConstInt(place), value], descr);
        continue;
      }
      const field = descr.itemFields[place % fields];
      const value = this.#value(spec.values[i], field.kind);
      this.#tracer.record(T.SETINTERIORFIELD_GC, [op, new ConstInt(Math.floor(place / fields)), value], field);
    }
    return op;
  }

  #call(n: int, spec: VirtualSpec, descr: CallDescr, object: GcRef): Op {
    const args: Value[] = [this.#value(spec.values[0], T.KIND_INT)];
    for (let i = 0; i < descr.arguments.length; i++) {
      const letter = descr.arguments[i];
      const kind = letter === "i" ? T.KIND_INT : letter === "r" ? T.KIND_REF : T.KIND_FLOAT;
      args.push(this.#value(spec.values[i + 1], kind));
    }
    const op = this.#tracer.recordRef(T.CALL_PURE_R, args, descr, object);
    op.facts = FACT_NONNULL;
    this.#made[n] = op;
    return op;
  }

  #pendingStores(): void {
    const { bytes, pool } = this.#reader;
    for (let n = bytes.number(); n > 0; n--) {
      const sort = bytes.number();
      const descr = pool.descrs[bytes.number()];
      const object = this.#value(bytes.number(), T.KIND_REF);
      if (sort === PENDING_FIELD) {
        const field = descr as FieldDescr;
        this.#tracer.setField(object, field, this.#value(bytes.number(), field.kind));
      } else {
        const index = new ConstInt(bytes.number());
        const array = descr as ArrayDescr;
        this.#tracer.setItem(object, index, array, this.#value(bytes.number(), array.kind));
      }
    }
  }
}
