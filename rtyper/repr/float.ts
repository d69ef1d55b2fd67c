/**
 * Floats: IEEE doubles. Where int and float meet, the int becomes float. A float that the annotator knows to be
 * integral becomes an int with a range check (RangeError) where an int is asked for.
 */
import type { SomeFloat } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { FlowOpName } from "../../translator/flow/ops.ts";
import { exactInt } from "../arith.ts";
import type { Hop } from "../hop.ts";
import type { LowValue } from "../lltype/memory.ts";
import type { OpName } from "../lltype/ops/index.ts";
import { Bool, Float } from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs } from "../repr.ts";
import { floatPower } from "../runtime/power.ts";
import { BoolRepr } from "./bool.ts";
import { COMPARISONS, INT_REPR, IntRepr, intToFloat, UInt32Repr } from "./int.ts";

export class FloatRepr extends Repr {
  readonly lowType = Float;

  toText(): string {
    return "float";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (typeof value === "number") return value;
    return typeof value === "boolean" ? Number(value) : badConst(this, value, place);
  }
}

export const FLOAT_REPR = new FloatRepr();
reprs.on<SomeFloat>("float", () => FLOAT_REPR);

conversions.on(IntRepr, FloatRepr, (v, _from, _to, ops) => intToFloat(v, ops));
conversions.on(UInt32Repr, FloatRepr, (v, _from, _to, ops) => intToFloat(v, ops));
conversions.on(BoolRepr, FloatRepr, (v, from, _to, ops) => intToFloat(ops.convert(v, from, INT_REPR), ops));
conversions.on(FloatRepr, IntRepr, (v, _from, _to, ops) => exactInt(ops, v));

function floats(hop: Hop): [Value, Value] {
  return [hop.inputArg(FLOAT_REPR, 0), hop.inputArg(FLOAT_REPR, 1)];
}

const ARITHMETIC: readonly (readonly [FlowOpName, OpName])[] = [
  ["add", "float_add"],
  ["sub", "float_sub"],
  ["mul", "float_mul"],
  ["div", "float_div"],
  ["mod", "float_mod"],
];
/** Operand classes of which at least one is a float (or the operation is `/`, whose result always is). */
const NUMBERS = [IntRepr, UInt32Repr, FloatRepr, BoolRepr] as const;

function onNumberPairs(name: FlowOpName, alsoInts: boolean, lower: (hop: Hop) => Value, isComparison = false): void {
  for (const a of NUMBERS) {
    for (const b of NUMBERS) {
      const isFloat = a === FloatRepr || b === FloatRepr || a !== b;
      if (isFloat || alsoInts || (a === UInt32Repr && !isComparison)) pairLowerings.on(name, a, b, (hop) => lower(hop));
    }
  }
}

for (const [name, opname] of ARITHMETIC) {
  onNumberPairs(name, name === "div", (hop) => {
    if (hop.resultRepr === INT_REPR) return intArithmetic(hop, name);
    return hop.toResult(hop.emit(opname, floats(hop), Float), FLOAT_REPR);
  });
}

/** Booleans and uint32 in arithmetic that the annotator took for ints. */
function intArithmetic(hop: Hop, name: FlowOpName): Value {
  const lower = pairLowerings.find(name, INT_REPR, INT_REPR);
  const value = lower === null ? null : lower(hop, INT_REPR, INT_REPR);
  if (value === null) throw new Error(`rtyper: no lowering of ${hop.describe()}`);
  return value;
}

for (const [name, suffix] of COMPARISONS) {
  onNumberPairs(name, false, (hop) => hop.emit(`float_${suffix}`, floats(hop), Bool), true);
}
onNumberPairs("pow", true, (hop) => {
  const [base, exponent] = floats(hop);
  if (hop.known(1)?.value === 2) return hop.toResult(hop.emit("float_mul", [base, base], Float), FLOAT_REPR);
  return hop.helperResult(floatPower, base, exponent);
});

lowerings.on("neg", UInt32Repr, (hop) => hop.emit("float_neg", [hop.inputArg(FLOAT_REPR, 0)], Float));
lowerings.on("neg", FloatRepr, (hop) => hop.emit("float_neg", [hop.input(0)], Float));
// NaN and both zeros are false: only of them |x| > 0 does not hold.
lowerings.on("is_true", FloatRepr, (hop) => isTrueFloat(hop.input(0), hop));

export function isTrueFloat(value: Value, hop: Pick<Hop, "emit" | "const">): Value {
  return hop.emit("float_gt", [hop.emit("float_abs", [value], Float), hop.const(0, Float)], Bool);
}
