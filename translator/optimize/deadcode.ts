/** Removal of operations without effect whose result nobody uses, together with the graph clean-up of the flow stage. */
import { opInfo } from "../../rtyper/lltype/ops/index.ts";
import type { FunctionGraph, Operation } from "../flow/model.ts";
import { simplifyGraph } from "../flow/simplify.ts";

/** Whether a low-level operation may go when its result is unused. */
export function isRemovable(op: Operation): boolean {
  const { effect } = opInfo(op.opname);
  return effect === "pure" || effect === "read" || effect === "alloc";
}

/** Cleans one graph; says whether anything changed. */
export function removeDeadCode(graph: FunctionGraph): boolean {
  return simplifyGraph(graph, { canRemove: isRemovable });
}
