/**
 * The gc transform of a whole program, in place: stack checks, exceptions, grouping of allocations, barriers, allocation,
 * roots, in this order.
 *
 * Why the order: stack checks raise, so they come before the exception transform; it makes calls end blocks, which the
 * others then need not care about; barriers must know which allocations are made in one step; allocation turns into an
 * inline path and a slow call, and only the slow call collects, so roots come last and see the true collecting
 * operations.
 */
import { analyzeEffects, type Effects } from "../../rtyper/lltype/effects.ts";
import type { Layout } from "../../rtyper/lltype/layout.ts";
import type { LowFunction, LowStruct } from "../../rtyper/lltype/memory.ts";
import type { Constant, Operation } from "../../translator/flow/model.ts";
import { COLLECTOR_ENTRIES, type Collector, type CollectorEntry } from "../interface.ts";
import { transformAllocations } from "./allocation.ts";
import { insertBarriers } from "./barriers.ts";
import { transformExceptions } from "./exceptions.ts";
import { planAllocations } from "./groups.ts";
import { insertRoots } from "./roots.ts";
import { findCycleCutters, insertStackCheck } from "./stackchecks.ts";

export interface TransformReport {
  readonly stackChecks: number;
  readonly functionsWithFrame: number;
  readonly slots: number;
  readonly barriers: number;
}

/** A `gc_call` collects only if its entry point does. */
function withEntries(effects: Effects): Effects {
  return {
    ...effects,
    opCanCollect: (op: Operation) => {
      if (op.opname !== "gc_call") return effects.opCanCollect(op);
      return COLLECTOR_ENTRIES[(op.args[0] as Constant).value as CollectorEntry].collects;
    },
  };
}

/** Transforms every function that has a graph. Exhausted memory raises `outOfMemory`, or stops the program. */
export function transformProgram(
  functions: Iterable<LowFunction>,
  collector: Collector,
  layout: Layout,
  outOfMemory: LowStruct | null = null,
): TransformReport {
  const all = [...functions].filter((f) => f.graph !== null);
  const graphs = all.map((f) => f.graph as NonNullable<LowFunction["graph"]>);
  const cutters = findCycleCutters(all, all);
  for (const f of cutters) if (f.graph !== null && !f.attributes.has("no_collect")) insertStackCheck(f.graph);
  const effects = withEntries(analyzeEffects(all));
  for (const graph of graphs) transformExceptions(graph, effects);
  if (collector.barrier?.kind === "full") throw new Error("no transform inserts full barriers yet");
  let barriers = 0;
  for (const graph of graphs) {
    const groups = planAllocations(graph, collector, layout, effects);
    if (collector.barrier !== null) barriers += insertBarriers(graph, effects, groups);
    transformAllocations(graph, groups, { layout, collector, outOfMemory });
  }
  let functionsWithFrame = 0;
  let slots = 0;
  if (collector.preciseRoots) {
    for (const graph of graphs) {
      const count = insertRoots(graph, effects);
      if (count > 0) functionsWithFrame++;
      slots += count;
    }
  }
  return { stackChecks: cutters.size, functionsWithFrame, slots, barriers };
}
