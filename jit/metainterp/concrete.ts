/** Concrete values of the values of a trace, as they were when it was recorded. */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../format/traceops.ts";
import { Box, ConstFloat, ConstInt, ConstRef, InputArg, type Value } from "../format/values.ts";

export function intOf(value: Value): int {
  if (value instanceof ConstInt) return value.value;
  if (value instanceof Box) return value.concreteInt;
  throw new Error("no int");
}

export function refOf(value: Value): GcRef | null {
  if (value instanceof ConstRef) return value.value;
  if (value instanceof Box) return value.concreteRef;
  throw new Error("no reference");
}

/** A reference that is not null. */
export function objectOf(value: Value): GcRef {
  const ref = refOf(value);
  if (ref === null) throw new Error("null used as an object while tracing");
  return ref;
}

export function floatOf(value: Value): float {
  if (value instanceof ConstFloat) return value.value;
  if (value instanceof Box) return value.concreteFloat;
  throw new Error("no float");
}

/** The concrete value as a constant. */
export function constantOf(value: Value): Value {
  if (value.kind === KIND_INT) return new ConstInt(intOf(value));
  if (value.kind === KIND_REF) return new ConstRef(refOf(value));
  return new ConstFloat(floatOf(value));
}

/** Gives a box the concrete value of another value of its kind. */
export function copyConcrete(to: Box, from: Value): void {
  if (from.kind === KIND_INT) to.concreteInt = intOf(from);
  else if (from.kind === KIND_REF) to.concreteRef = refOf(from);
  else if (from.kind === KIND_FLOAT) to.concreteFloat = floatOf(from);
}

/** An input with the concrete value of a value. */
export function inputLike(value: Value): InputArg {
  const input = new InputArg(value.kind);
  copyConcrete(input, value);
  return input;
}
