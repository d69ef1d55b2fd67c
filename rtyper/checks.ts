/**
 * Declared types at run time: contracts, casts, narrowing by the checker, `!`. What inference proved costs nothing;
 * the rest is checked and stops the program.
 */
import type { Value } from "../translator/flow/model.ts";
import type { Hop } from "./hop.ts";
import { Void } from "./lltype/types.ts";
import { checkedCast, InstanceRepr } from "./repr/instance.ts";
import { NullableRepr } from "./repr/nullable.ts";
import { lowerings, Repr } from "./repr.ts";

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

lowerings.on("unreachable", Repr, (hop) => {
  hop.emit("unreachable", [], Void);
  return null;
});
