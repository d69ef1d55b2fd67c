/**
 * Values of traces: constants, input arguments, operations.
 *
 * An operation is also its result: `Op` stands for both, so a trace is a list of Ops whose operands are other Ops,
 * input arguments or constants. Single assignment. Every value has a `forwarded` slot, by which the optimizer says
 * "this is now that value", and an `info` slot, in which it keeps what it knows about a value; both are null outside
 * of an optimization. The metainterp runs a trace while it records it: boxes (inputs and operations) carry the
 * concrete value that they had then.
 */
import { type GcRef, sameObject } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import type { Descr } from "./descr.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID, traceOpInfo } from "./traceops.ts";

/** What the optimizer knows about a value; it subclasses it. */
export abstract class ValueInfo {}

/** What a guard resumes from, as recorded; the metainterp subclasses it. */
export abstract class Snapshot {}

export abstract class Value {
  /** KIND_… */
  readonly kind: int;

  constructor(kind: int) {
    this.kind = kind;
  }

  get isConstant(): boolean {
    return false;
  }
}

export class ConstInt extends Value {
  readonly value: int;

  constructor(value: int) {
    super(KIND_INT);
    this.value = value;
  }

  override get isConstant(): boolean {
    return true;
  }
}

export class ConstRef extends Value {
  readonly value: GcRef | null;

  constructor(value: GcRef | null) {
    super(KIND_REF);
    this.value = value;
  }

  override get isConstant(): boolean {
    return true;
  }
}

export class ConstFloat extends Value {
  readonly value: float;

  constructor(value: float) {
    super(KIND_FLOAT);
    this.value = value;
  }

  override get isConstant(): boolean {
    return true;
  }
}

/** A value that is computed at run time: an input or an operation. */
export abstract class Box extends Value {
  /** The value that the optimizer replaced this one by. */
  forwarded: Value | null = null;
  info: ValueInfo | null = null;
  /** Scratch number: of the printer, of resume numbering, of a backend's register allocator. */
  number: int = -1;
  /** Facts that the tracer keeps about a box while it records; see `metainterp/facts.ts`. */
  facts: int = 0;
  /** The concrete value while tracing, by kind. */
  concreteInt: int = 0;
  concreteRef: GcRef | null = null;
  concreteFloat: float = 0.0;
}

/** A value that enters the trace (or, of a label's target, the loop). */
export class InputArg extends Box {}

/** An operation and its result. */
export class Op extends Box {
  readonly opnum: int;
  args: Value[];
  descr: Descr | null;
  /** Guards: values that the exit needs, in the order that its descriptor expects. */
  failArgs: Value[] | null = null;
  /** Guards as recorded: where to resume. */
  snapshot: Snapshot | null = null;

  constructor(opnum: int, args: Value[], descr: Descr | null) {
    super(traceOpInfo(opnum).result);
    this.opnum = opnum;
    this.args = args;
    this.descr = descr;
  }

  /** A copy with other operands; it keeps descriptor, snapshot and concrete value. */
  copyWith(opnum: int, args: Value[]): Op {
    const copy = new Op(opnum, args, this.descr);
    copy.failArgs = this.failArgs;
    copy.snapshot = this.snapshot;
    copy.concreteInt = this.concreteInt;
    copy.concreteRef = this.concreteRef;
    copy.concreteFloat = this.concreteFloat;
    return copy;
  }

  get hasResult(): boolean {
    return this.kind !== KIND_VOID;
  }
}

/** Inputs and operations; the last operation is a jump or a finish once the trace is complete. */
export class Trace {
  inputs: InputArg[];
  ops: Op[];

  constructor(inputs: InputArg[], ops: Op[]) {
    this.inputs = inputs;
    this.ops = ops;
  }
}

/** The constant 0, as null is: what a zeroed field of that kind holds. */
export function zeroOf(kind: int): Value {
  if (kind === KIND_INT) return ZERO;
  return kind === KIND_REF ? NULL : ZERO_FLOAT;
}

export const ZERO: ConstInt = new ConstInt(0);
export const ONE: ConstInt = new ConstInt(1);
export const NULL: ConstRef = new ConstRef(null);
export const ZERO_FLOAT: ConstFloat = new ConstFloat(0.0);

/** Are both the same value for sure: one box, or constants of equal value (floats by their bits)? */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof ConstInt) return b instanceof ConstInt && a.value === b.value;
  if (a instanceof ConstRef) return b instanceof ConstRef && sameObject(a.value, b.value);
  if (a instanceof ConstFloat) return b instanceof ConstFloat && sameFloat(a.value, b.value);
  return false;
}

/** The same bits, taking all NaNs as one. */
export function sameFloat(a: float, b: float): boolean {
  if (Number.isNaN(a)) return Number.isNaN(b);
  return a === b && (a !== 0 || 1 / a === 1 / b);
}
