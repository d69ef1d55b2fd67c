/**
 * Graph copies for the codewriter: what happens between the rtyper's graph and jitcode.
 *
 * The tracer executes jitcode one instruction at a time, so what folds here is saved on every tracing; but nothing may
 * be done that hides calls with hints, or moves work across them. The general passes are the optimizer's own, handed
 * in as functions. Then conditions that were stored as ints become conditions again, next to the jump that asks for them.
 */

import { copyGraph } from "../../translator/flow/copy.ts";
import {
  type Block,
  Constant,
  type FunctionGraph,
  type Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { bodyBlocks, forEachUse } from "../../translator/flow/traverse.ts";

/** General passes over one graph, in place; the driver of the pipeline provides them. */
export interface GraphPasses {
  readonly foldConstants: (graph: FunctionGraph) => void;
  readonly removeAllocations: (graph: FunctionGraph) => void;
  readonly removeDeadCode: (graph: FunctionGraph) => void;
}

/** A copy of a graph, ready to be made into jitcode. */
export function prepareCopy(original: FunctionGraph, passes: GraphPasses): FunctionGraph {
  const { graph } = copyGraph(original, original.name);
  passes.foldConstants(graph);
  passes.removeAllocations(graph);
  passes.removeDeadCode(graph);
  for (const block of bodyBlocks(graph)) restoreConditions(block);
  passes.removeDeadCode(graph);
  return graph;
}

/**
 * `int_ne(bool_to_int(b), 0)` is b; `int_eq(…, 0)` and `bool_not` of the switch exchange the exits. What remains is
 * the operation that made the condition, next to the jump.
 */
function restoreConditions(block: Block): void {
  const definitions = new Map<Value, Operation>(block.operations.map((op) => [op.result, op]));
  for (const op of block.operations) {
    const same = conditionBehind(op, definitions);
    if (same === null) continue;
    op.opname = same.negated ? "bool_not" : "same_as";
    op.args = [same.condition];
  }
  while (block.exitswitch instanceof Variable) {
    const op = definitions.get(block.exitswitch);
    if (op?.opname === "same_as" || op?.opname === "likely" || op?.opname === "unlikely") {
      block.exitswitch = op.args[0] as Value;
    } else if (op?.opname === "bool_not") {
      block.exitswitch = op.args[0] as Value;
      for (const link of block.exits) if (typeof link.exitcase === "boolean") link.exitcase = !link.exitcase;
      block.exits.reverse();
    } else break;
  }
  if (block.exitswitch instanceof Constant) throw new Error("a switch on a constant was not folded");
}

/** The boolean that a comparison of its int form tests. */
function conditionBehind(
  op: Operation,
  definitions: ReadonlyMap<Value, Operation>,
): { readonly condition: Value; readonly negated: boolean } | null {
  if (op.opname !== "int_ne" && op.opname !== "int_eq") return null;
  const [left, right] = op.args;
  const made = left === undefined ? undefined : definitions.get(left);
  if (made?.opname !== "bool_to_int" || !(right instanceof Constant)) return null;
  const condition = made.args[0] as Value;
  if (condition instanceof Constant) return null;
  const value = Number(right.value);
  if (value !== 0 && value !== 1) return null;
  return { condition, negated: (op.opname === "int_eq") === (value === 0) };
}

/** How often each variable of a block is used. */
export function countUses(block: Block): Map<Variable, number> {
  const uses = new Map<Variable, number>();
  forEachUse(block, (v) => uses.set(v, (uses.get(v) ?? 0) + 1));
  return uses;
}
