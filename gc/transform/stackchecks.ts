/**
 * Stack-overflow checks: `stack_check` at the start of a set of functions that cuts every cycle of the call graph.
 * The set is the targets of back edges of one depth-first walk: not the smallest possible (that is NP-hard), but a
 * function is in it only if it really closes a cycle.
 */
import { calleesOf } from "../../rtyper/lltype/effects.ts";
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { Void } from "../../rtyper/lltype/types.ts";
import { type FunctionGraph, Operation, Variable } from "../../translator/flow/model.ts";
import { operationsOf } from "../../translator/flow/traverse.ts";

/** The functions that get a check. Calls with unknown candidates can reach every function in `addressTaken`. */
export function findCycleCutters(
  functions: Iterable<LowFunction>,
  addressTaken: readonly LowFunction[],
): Set<LowFunction> {
  const callees = new Map<LowFunction, LowFunction[]>();
  const cutters = new Set<LowFunction>();
  const state = new Map<LowFunction, "open" | "done">();
  const calleesCached = (f: LowFunction): LowFunction[] => {
    let list = callees.get(f);
    if (list === undefined) {
      list = f.graph === null ? [] : directCallees(f.graph, addressTaken);
      callees.set(f, list);
    }
    return list;
  };
  for (const root of functions) {
    if (state.has(root)) continue;
    const stack: { f: LowFunction; at: number }[] = [{ f: root, at: 0 }];
    state.set(root, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = calleesCached(top.f)[top.at++];
      if (next === undefined) {
        state.set(top.f, "done");
        stack.pop();
      } else if (!state.has(next)) {
        state.set(next, "open");
        stack.push({ f: next, at: 0 });
      } else if (state.get(next) === "open") {
        cutters.add(next);
      }
    }
  }
  return cutters;
}

function directCallees(graph: FunctionGraph, addressTaken: readonly LowFunction[]): LowFunction[] {
  const found = new Set<LowFunction>();
  for (const op of operationsOf(graph)) for (const f of calleesOf(op) ?? addressTaken) found.add(f);
  return [...found];
}

/** Puts the check at the start of a graph whose function can afford to raise. */
export function insertStackCheck(graph: FunctionGraph): void {
  graph.startBlock.operations.unshift(new Operation("stack_check", [], new Variable("", Void), graph.position));
}
