/**
 * Declared types at run time: contracts, casts, narrowing by the checker, `!`. What inference proved costs nothing;
 * the rest is checked and stops the program.
 */

import type { SomeKind } from "../annotator/model.ts";
import type { Value } from "../translator/flow/model.ts";
import type { Hop } from "./hop.ts";
import { PairType, Void } from "./lltype/types.ts";
import { checkedCast, InstanceRepr, refuseBoth } from "./repr/instance.ts";
import { NullableRepr } from "./repr/nullable.ts";
import { lowerings, Repr } from "./repr.ts";
import { typeofReference, typeofScalar } from "./runtime/typeof.ts";

/** Operand 0 in the result's representation, with the checks that its type does not prove. */
function checked(hop: Hop): Value {
  const from = hop.repr(0);
  const to = hop.resultRepr;
  const mustBePresent = hop.some(0).canBeNull && !hop.resultSome.canBeNull;
  if (from instanceof InstanceRepr && to instanceof InstanceRepr && !from.desc.isSubclassOf(to.desc)) {
    const value = mustBePresent ? hop.inputNonNull(0) : hop.input(0);
    return checkedCast(value, hop.some(0).canBeNull && !mustBePresent, to, hop);
  }
  if (!mustBePresent) return hop.inputArg(to, 0);
  const value = hop.inputPresent(0);
  return hop.convert(value, from instanceof NullableRepr ? from.inner : from, to);
}

lowerings.on(["contract", "cast", "narrow", "nonnull"], Repr, checked);

/** `typeof` of a value without nulls, by its kind. */
function typeName(kind: SomeKind): string {
  switch (kind) {
    case "int":
    case "intValued":
    case "float":
      return "number";
    case "bool":
      return "boolean";
    case "string":
    case "char":
      return "string";
    case "bigint":
    case "machineInt":
      return "bigint";
    case "function":
    case "class":
      return "function";
    default:
      return "object";
  }
}

lowerings.on("typeof", Repr, (hop) => {
  const { kind, nulls, canBeNull } = hop.some(0);
  const text = hop.typer.constant(hop.resultRepr, typeName(kind));
  if (!canBeNull) return text;
  const value = hop.input(0);
  if (nulls === 3 && !(value.type instanceof PairType)) refuseBoth(hop);
  const none = hop.typer.constant(hop.resultRepr, nulls === 1 ? "object" : "undefined");
  if (value.type instanceof PairType) return hop.helperResult(typeofScalar, hop.pairFlag(value), text);
  return hop.helperResult(typeofReference, hop.isNull(value), none, text);
});

/** What inference or the checker rules out: a program whose casts lie may come here all the same, and stops. */
lowerings.on("unreachable", Repr, (hop) => {
  hop.emit("fatal", [hop.void(hop.literal<string>(0))], Void);
  hop.emit("unreachable", [], Void);
  return null;
});
