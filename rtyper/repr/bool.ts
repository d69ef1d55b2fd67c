/** Booleans. In arithmetic a boolean is 0 or 1. */
import type { SomeBool } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { OpList } from "../hop.ts";
import type { LowValue } from "../lltype/memory.ts";
import { Bool, Int32, Signed } from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs } from "../repr.ts";
import { IntRepr } from "./int.ts";

export class BoolRepr extends Repr {
  readonly lowType = Bool;

  toText(): string {
    return "boolean";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    return typeof value === "boolean" ? value : badConst(this, value, place);
  }
}

export const BOOL_REPR = new BoolRepr();
reprs.on<SomeBool>("bool", () => BOOL_REPR);

conversions.on(BoolRepr, IntRepr, (v, _from, _to, ops) => ops.emit("bool_to_int", [v], Signed));
lowerings.on("is_true", BoolRepr, (hop) => hop.input(0));
lowerings.on("not", BoolRepr, (hop) => hop.emit("bool_not", [hop.input(0)], Bool));
pairLowerings.on("eq", BoolRepr, BoolRepr, (hop) => hop.emit("bool_eq", [hop.input(0), hop.input(1)], Bool));
pairLowerings.on("ne", BoolRepr, BoolRepr, (hop) =>
  hop.emit("bool_not", [hop.emit("bool_eq", [hop.input(0), hop.input(1)], Bool)], Bool),
);

/** Conjunction without control flow. */
export function andBool(a: Value, b: Value, ops: OpList): Value {
  const both = ops.emit("int_and", [ops.emit("bool_to_int", [a], Int32), ops.emit("bool_to_int", [b], Int32)], Int32);
  return ops.emit("int_to_bool", [both], Bool);
}

/** Disjunction without control flow. */
export function orBool(a: Value, b: Value, ops: OpList): Value {
  const any = ops.emit("int_or", [ops.emit("bool_to_int", [a], Int32), ops.emit("bool_to_int", [b], Int32)], Int32);
  return ops.emit("int_to_bool", [any], Bool);
}
