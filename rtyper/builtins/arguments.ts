/** Arguments of builtins: optional ones, indices, and results that may be absent. */
import { INT } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import { type Hop, type OpList, Typed } from "../hop.ts";
import { Signed } from "../lltype/types.ts";
import { BOOL_REPR } from "../repr/bool.ts";
import { FLOAT_REPR, FloatRepr } from "../repr/float.ts";
import { INT_REPR } from "../repr/int.ts";
import { NoneRepr } from "../repr/none.ts";
import { NullableRepr } from "../repr/nullable.ts";
import type { Repr } from "../repr.ts";
import { indexOfFloat, presentOr } from "../runtime/arguments.ts";

/** Beyond every length: what "to the end" means where a helper takes an end. */
export const NO_END = 0x3fffffff;

/** Whether operand i is there: passed and not a lone undefined. */
export function isPassed(hop: Hop, i: number): boolean {
  return i < hop.argCount && !(hop.repr(i) instanceof NoneRepr);
}

/** Operand i as an index or count: floats of any size are clamped to what helpers take; `missing` if it is not passed. */
export function indexArg(hop: Hop, i: number, missing: number): Value {
  if (!isPassed(hop, i)) return hop.int(missing);
  const repr = hop.repr(i);
  const known = hop.known(i);
  if (known !== null && typeof known.value === "number") {
    const clamped = Math.max(-NO_END, Math.min(NO_END, known.value));
    return hop.int(Number.isNaN(clamped) ? 0 : Math.trunc(clamped));
  }
  if (repr instanceof FloatRepr) return hop.helper(indexOfFloat, hop.input(i));
  if (repr instanceof NullableRepr) {
    return hop.helper(
      presentOr,
      new Typed(hop.inputArg(NULLABLE_INT, i), INT.withNulls(3), NULLABLE_INT),
      hop.int(missing),
    );
  }
  return hop.inputArg(INT_REPR, i);
}

const NULLABLE_INT = new NullableRepr(INT_REPR);

/** Operand i as a float. */
export function floatArg(hop: Hop, i: number): Value {
  return hop.inputArg(FLOAT_REPR, i);
}

/** Operand i as an int. */
export function intArg(hop: Hop, i: number): Value {
  return hop.inputArg(INT_REPR, i);
}

/** A value of a helper in the operation's result repr. */
export function result(hop: Hop, value: Value, repr: Repr): Value {
  return hop.toResult(value, repr);
}

/** A length or index as the operation's result. */
export function intResult(hop: Hop, value: Value): Value {
  return hop.toResult(value, INT_REPR);
}

export function boolResult(hop: Hop, value: Value): Value {
  return hop.toResult(value, BOOL_REPR);
}

export function floatResult(hop: Hop, value: Value): Value {
  return hop.toResult(value, FLOAT_REPR);
}

/** The flag of a nullable scalar: 2 (undefined) where the word is negative, else 0. */
export function undefinedIfNegative(ops: OpList, word: Value): Value {
  const sign = ops.emit("int_shr", [word, ops.int(ops.typer.wordBits - 1)], Signed);
  return ops.emit("int_and", [sign, ops.int(2)], Signed);
}
