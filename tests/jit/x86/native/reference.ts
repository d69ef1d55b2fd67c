// Runs traces one operation after the other, by what the operations mean: what compiled code is compared with. Memory
// and calls go through the same Cpu as everything of the JIT's run-time part.

import { Arguments, type Cpu } from "../../../../jit/backend/cpu.ts";
import type { ArrayDescr, CallDescr, Descr, FieldDescr, GuardDescr, SizeDescr } from "../../../../jit/format/descr.ts";
import {
  floatMeaning,
  floatToIntMeaning,
  hasIntMeaning,
  intMeaning,
  intToFloatMeaning,
  overflows,
} from "../../../../jit/format/meaning.ts";
import * as t from "../../../../jit/format/traceops.ts";
import {
  type Box,
  ConstFloat,
  ConstInt,
  ConstRef,
  type Op,
  sameFloat,
  type Trace,
  type Value,
} from "../../../../jit/format/values.ts";
import { type GcRef, sameObject } from "../../../../rlib/lowlevel.ts";
import type { float, int } from "../../../../rlib/types.ts";

/** A place to jump to. */
class Target {
  readonly descr: Descr;
  readonly trace: Trace;
  /** Position of the label, -1 for the start. */
  readonly at: int;

  constructor(descr: Descr, trace: Trace, at: int) {
    this.descr = descr;
    this.trace = trace;
    this.at = at;
  }
}

/** How a run ended. */
export class Outcome {
  readonly descr: GuardDescr;
  readonly values: readonly Value[];
  readonly ints: int[];
  readonly refs: (GcRef | null)[];
  readonly floats: float[];
  exception: GcRef | null = null;

  constructor(descr: GuardDescr, values: readonly Value[], ints: int[], refs: (GcRef | null)[], floats: float[]) {
    this.descr = descr;
    this.values = values;
    this.ints = ints;
    this.refs = refs;
    this.floats = floats;
  }
}

export class Reference {
  readonly cpu: Cpu;
  /** The loop's quasi-immutables have changed. */
  invalidated = false;
  /** Operations run. */
  steps: int = 0;
  readonly #targets: Target[] = [];
  readonly #bridgeOf: GuardDescr[] = [];
  readonly #bridges: Trace[] = [];
  #ints: int[] = [];
  #refs: (GcRef | null)[] = [];
  #floats: float[] = [];
  #overflow = false;

  constructor(cpu: Cpu) {
    this.cpu = cpu;
  }

  /** Makes a trace known: its start as `start`, and its labels. */
  add(trace: Trace, start: Descr | null): void {
    numberBoxes(trace);
    if (start !== null) this.#targets.push(new Target(start, trace, -1));
    for (let i = 0; i < trace.ops.length; i++) {
      const op = trace.ops[i] as Op;
      if (op.opnum === t.LABEL && op.descr !== null) this.#targets.push(new Target(op.descr, trace, i));
    }
  }

  attach(guard: GuardDescr, trace: Trace): void {
    this.add(trace, null);
    this.#bridgeOf.push(guard);
    this.#bridges.push(trace);
  }

  #bridge(guard: Descr): Trace | null {
    for (let i = 0; i < this.#bridgeOf.length; i++) if (this.#bridgeOf[i] === guard) return this.#bridges[i] as Trace;
    return null;
  }

  // Values.

  int(value: Value): int {
    return value instanceof ConstInt ? value.value : (this.#ints[(value as Box).number] as int);
  }

  ref(value: Value): GcRef | null {
    return value instanceof ConstRef ? value.value : (this.#refs[(value as Box).number] as GcRef | null);
  }

  object(value: Value): GcRef {
    const ref = this.ref(value);
    if (ref === null) throw new Error("null used as an object in a trace");
    return ref;
  }

  float(value: Value): float {
    return value instanceof ConstFloat ? value.value : (this.#floats[(value as Box).number] as float);
  }

  /** Values move to the boxes of a label, or to the inputs (-1), as if at once. */
  #enter(trace: Trace, at: int, values: Outcome): void {
    let count = trace.inputs.length + trace.ops.length;
    for (const op of trace.ops) if (op.opnum === t.LABEL) count += op.args.length;
    const ints = new Array<int>(count).fill(0);
    const refs = new Array<GcRef | null>(count).fill(null);
    const floats = new Array<float>(count).fill(0.0);
    for (let i = 0; i < values.ints.length; i++) {
      const box = at < 0 ? (trace.inputs[i] as Box) : ((trace.ops[at] as Op).args[i] as Box);
      const n = box.number;
      ints[n] = values.ints[i] as int;
      refs[n] = values.refs[i] as GcRef | null;
      floats[n] = values.floats[i] as float;
    }
    this.#ints = ints;
    this.#refs = refs;
    this.#floats = floats;
  }

  #take(descr: GuardDescr, values: readonly Value[]): Outcome {
    const out = new Outcome(descr, values, [], [], []);
    for (const value of values) {
      out.ints.push(value.kind === t.KIND_INT ? this.int(value) : 0);
      out.refs.push(value.kind === t.KIND_REF ? this.ref(value) : null);
      out.floats.push(value.kind === t.KIND_FLOAT ? this.float(value) : 0.0);
    }
    return out;
  }

  /** Runs a loop from its start; `inputs` holds a value for each input. */
  run(trace: Trace, inputs: Outcome): Outcome {
    this.#enter(trace, -1, inputs);
    let now = trace;
    let at = 0;
    for (;;) {
      const op = now.ops[at] as Op;
      this.steps += 1;
      if (op.opnum === t.FINISH) return this.#take(op.descr as GuardDescr, op.args);
      if (op.opnum === t.JUMP) {
        const target = this.#target(op.descr as Descr);
        const values = this.#take(inputs.descr, op.args);
        now = target.trace;
        this.#enter(now, target.at, values);
        at = target.at + 1;
      } else if (t.isGuard(op.opnum) && !this.#holds(op)) {
        const out = this.#take(op.descr as GuardDescr, op.failArgs ?? []);
        const bridge = this.#bridge(out.descr);
        if (bridge === null) {
          if (this.cpu.exceptionPending()) out.exception = this.cpu.takeException();
          return out;
        }
        now = bridge;
        this.#enter(now, -1, out);
        at = 0;
      } else {
        if (!t.isGuard(op.opnum)) this.#step(op);
        at += 1;
      }
    }
  }

  #target(descr: Descr): Target {
    for (const target of this.#targets) if (target.descr === descr) return target;
    throw new Error("a jump to nowhere");
  }

  #holds(op: Op): boolean {
    const a = op.args.length > 0 ? (op.args[0] as Value) : null;
    switch (op.opnum) {
      case t.GUARD_TRUE:
        return this.int(op.args[0] as Value) !== 0;
      case t.GUARD_FALSE:
        return this.int(op.args[0] as Value) === 0;
      case t.GUARD_VALUE:
        if (a !== null && a.kind === t.KIND_FLOAT) return this.#sameBits(a, op.args[1] as Value);
        return this.int(op.args[0] as Value) === this.int(op.args[1] as Value);
      case t.GUARD_CLASS:
        return this.cpu.classOf(this.object(op.args[0] as Value)) === this.int(op.args[1] as Value);
      case t.GUARD_NONNULL:
        return this.ref(op.args[0] as Value) !== null;
      case t.GUARD_ISNULL:
        return this.ref(op.args[0] as Value) === null;
      case t.GUARD_NONNULL_CLASS: {
        const ref = this.ref(op.args[0] as Value);
        return ref !== null && this.cpu.classOf(ref) === this.int(op.args[1] as Value);
      }
      case t.GUARD_NO_EXCEPTION:
        return !this.cpu.exceptionPending();
      case t.GUARD_NO_OVERFLOW:
        return !this.#overflow;
      case t.GUARD_OVERFLOW:
        return this.#overflow;
      case t.GUARD_NOT_INVALIDATED:
        return !this.invalidated;
      default:
        throw new Error(`no meaning of ${t.traceOpInfo(op.opnum).name} here`);
    }
  }

  /** NaN equals nothing: which NaN compiled code has is its own affair. */
  #sameBits(a: Value, b: Value): boolean {
    const x = this.float(a);
    return !Number.isNaN(x) && sameFloat(x, this.float(b));
  }

  #step(op: Op): void {
    const { opnum } = op;
    if (hasIntMeaning(opnum)) this.#intStep(op);
    else if (t.hasFlag(opnum, t.CALL) && opnum !== t.LOAD_FLAG) this.#call(op);
    else if (!this.#floatStep(op)) this.#memoryStep(op);
  }

  #setInt(op: Op, value: int): void {
    this.#ints[op.number] = value;
  }

  #setRef(op: Op, value: GcRef | null): void {
    this.#refs[op.number] = value;
  }

  #setFloat(op: Op, value: float): void {
    this.#floats[op.number] = value;
  }

  #intStep(op: Op): void {
    const bits = this.cpu.wordBits;
    const a = this.int(op.args[0] as Value);
    const b = op.args.length > 1 ? this.int(op.args[1] as Value) : 0;
    if (t.hasFlag(op.opnum, t.OVERFLOW)) this.#overflow = overflows(op.opnum, a, b, bits);
    this.#setInt(op, intMeaning(op.opnum, a, b, bits));
  }

  #floatStep(op: Op): boolean {
    const info = t.traceOpInfo(op.opnum);
    const bits = this.cpu.wordBits;
    if (!t.hasFlag(op.opnum, t.PURE)) return false;
    if (info.operands === "f" || info.operands === "ff") {
      const a = this.float(op.args[0] as Value);
      const b = op.args.length > 1 ? this.float(op.args[1] as Value) : 0.0;
      if (info.result === t.KIND_FLOAT) this.#setFloat(op, floatMeaning(op.opnum, a, b));
      else this.#setInt(op, floatToIntMeaning(op.opnum, a, b));
      return true;
    }
    if (info.result !== t.KIND_FLOAT) return false;
    const a = this.int(op.args[0] as Value);
    const b = op.args.length > 1 ? this.int(op.args[1] as Value) : 0;
    this.#setFloat(op, intToFloatMeaning(op.opnum, a, b, bits));
    return true;
  }

  #memoryStep(op: Op): void {
    const { cpu } = this;
    const a = (op.args.length > 0 ? op.args[0] : op) as Value;
    const b = (op.args.length > 1 ? op.args[1] : op) as Value;
    const c = (op.args.length > 2 ? op.args[2] : op) as Value;
    switch (op.opnum) {
      case t.PTR_EQ:
        this.#setInt(op, sameObject(this.ref(a), this.ref(b)) ? 1 : 0);
        break;
      case t.PTR_NE:
        this.#setInt(op, sameObject(this.ref(a), this.ref(b)) ? 0 : 1);
        break;
      case t.CLASS_OF:
        this.#setInt(op, cpu.classOf(this.object(a)));
        break;
      case t.IS_INSTANCE:
        this.#setInt(op, cpu.isInstance(this.object(a), op.descr as SizeDescr) ? 1 : 0);
        break;
      case t.GETFIELD_GC_I:
        this.#setInt(op, cpu.getFieldInt(this.object(a), fieldOf(op)));
        break;
      case t.GETFIELD_GC_R:
        this.#setRef(op, cpu.getFieldRef(this.object(a), fieldOf(op)));
        break;
      case t.GETFIELD_GC_F:
        this.#setFloat(op, cpu.getFieldFloat(this.object(a), fieldOf(op)));
        break;
      case t.SETFIELD_GC:
        if (b.kind === t.KIND_INT) cpu.setFieldInt(this.object(a), fieldOf(op), this.int(b));
        else if (b.kind === t.KIND_REF) cpu.setFieldRef(this.object(a), fieldOf(op), this.ref(b));
        else cpu.setFieldFloat(this.object(a), fieldOf(op), this.float(b));
        break;
      case t.GETARRAYITEM_GC_I:
        this.#setInt(op, cpu.getItemInt(this.object(a), this.int(b), arrayOf(op)));
        break;
      case t.GETARRAYITEM_GC_R:
        this.#setRef(op, cpu.getItemRef(this.object(a), this.int(b), arrayOf(op)));
        break;
      case t.GETARRAYITEM_GC_F:
        this.#setFloat(op, cpu.getItemFloat(this.object(a), this.int(b), arrayOf(op)));
        break;
      case t.SETARRAYITEM_GC:
        if (c.kind === t.KIND_INT) cpu.setItemInt(this.object(a), this.int(b), arrayOf(op), this.int(c));
        else if (c.kind === t.KIND_REF) cpu.setItemRef(this.object(a), this.int(b), arrayOf(op), this.ref(c));
        else cpu.setItemFloat(this.object(a), this.int(b), arrayOf(op), this.float(c));
        break;
      default:
        this.#restStep(op, a, b, c);
    }
  }

  #restStep(op: Op, a: Value, b: Value, c: Value): void {
    const { cpu } = this;
    switch (op.opnum) {
      case t.ARRAYLEN_GC:
        this.#setInt(op, cpu.arrayLength(this.object(a), op.descr as ArrayDescr));
        break;
      case t.STRLEN:
        this.#setInt(op, cpu.stringLength(this.object(a)));
        break;
      case t.STRGETITEM:
        this.#setInt(op, cpu.stringUnit(this.object(a), this.int(b)));
        break;
      case t.NEWSTR:
        this.#setRef(op, cpu.newString(this.int(a)));
        break;
      case t.STRSETITEM:
        cpu.setUnit(this.object(a), this.int(b), this.int(c));
        break;
      case t.COPYSTRCONTENT: {
        const start = this.int(op.args[3] as Value);
        cpu.copyUnits(this.object(a), this.object(b), this.int(c), start, this.int(op.args[4] as Value));
        break;
      }
      case t.NEW_WITH_VTABLE:
        this.#setRef(op, cpu.newStruct(op.descr as SizeDescr));
        break;
      case t.NEW_ARRAY_CLEAR:
        this.#setRef(op, cpu.newArray(op.descr as ArrayDescr, this.int(a), true));
        break;
      case t.SAME_AS_R:
        this.#setRef(op, this.ref(a));
        break;
      case t.CHECK_INDEX:
        if (this.int(a) < 0 || this.int(a) >= this.int(b)) throw new Error("a check failed in a trace");
        break;
      case t.LABEL:
        break;
      default:
        throw new Error(`no meaning of ${t.traceOpInfo(op.opnum).name} here`);
    }
  }

  #call(op: Op): void {
    const descr = op.descr as CallDescr;
    const isConditional = op.opnum === t.COND_CALL_VALUE_I;
    const first = isConditional ? 2 : 1;
    if (isConditional && this.int(op.args[0] as Value) !== 0) {
      this.#setInt(op, this.int(op.args[0] as Value));
      return;
    }
    const args = new Arguments();
    for (let i = first; i < op.args.length; i++) {
      const value = op.args[i] as Value;
      if (value.kind === t.KIND_INT) args.ints.push(this.int(value));
      else if (value.kind === t.KIND_REF) args.refs.push(this.ref(value));
      else args.floats.push(this.float(value));
    }
    const address = this.int(op.args[first - 1] as Value);
    if (descr.result === t.KIND_INT) this.#setInt(op, this.cpu.callInt(address, args, descr));
    else if (descr.result === t.KIND_REF) this.#setRef(op, this.cpu.callRef(address, args, descr));
    else if (descr.result === t.KIND_FLOAT) this.#setFloat(op, this.cpu.callFloat(address, args, descr));
    else this.cpu.callVoid(address, args, descr);
  }
}

/** Numbers the boxes of a trace as the register allocator does. */
function numberBoxes(trace: Trace): void {
  let n = 0;
  for (const op of trace.ops) if (op.opnum === t.LABEL) for (const arg of op.args) (arg as Box).number = -1;
  for (const input of trace.inputs) input.number = n++;
  for (const op of trace.ops) {
    if (op.opnum === t.LABEL) {
      for (const arg of op.args) {
        const box = arg as Box;
        if (box.number < 0) box.number = n++;
      }
    }
    if (op.hasResult) op.number = n++;
  }
}

function fieldOf(op: Op): FieldDescr {
  return op.descr as FieldDescr;
}

function arrayOf(op: Op): ArrayDescr {
  return op.descr as ArrayDescr;
}
