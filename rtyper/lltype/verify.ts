/**
 * The verifier of low-level graphs: that of all graphs (`translator/flow/verify.ts`), and
 *
 *  8. every value has a low-level type;
 *  9. operands and results have the types that the operation table asks for;
 * 10. constants are values of their types;
 * 11. the value returned has the function's result type.
 */
import { Constant, type FunctionGraph, type Operation, type Value } from "../../translator/flow/model.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import { type Problem, problemText, verifyGraph } from "../../translator/flow/verify.ts";
import { isValueOf, type LowFunction, type LowValue } from "./memory.ts";
import { findOp } from "./ops/index.ts";
import { lowPrintOptions } from "./print.ts";
import { graphOf } from "./program.ts";
import { assignable, checkLowOperation } from "./signature.ts";
import { type LowType, Void } from "./types.ts";

function checkConstant(value: Value): string | null {
  if (!(value instanceof Constant)) return value.type === null ? `${value.name} has no type` : null;
  if (value.type === null) return "a constant without type";
  if (value.type === Void) return null;
  return isValueOf(value.value as LowValue, value.type as LowType)
    ? null
    : `a constant of type ${value.type.toText()} has the value ${String(value.value)}`;
}

function checkOperation(op: Operation): string | null {
  for (const arg of op.args) {
    const wrong = checkConstant(arg);
    if (wrong !== null) return `${op.opname}: ${wrong}`;
  }
  return checkLowOperation(op);
}

const OPTIONS = {
  checkOperation,
  canRaise: (op: Operation) => findOp(op.opname)?.raises ?? false,
  neverPasses: (op: Operation) => op.opname === "unreachable" || op.opname === "fatal",
};

/** Everything wrong with a low-level graph. */
export function verifyLowGraph(graph: FunctionGraph): Problem[] {
  const problems = verifyGraph(graph, OPTIONS);
  for (const block of bodyBlocks(graph)) {
    for (const link of block.exits) {
      for (const arg of link.args) {
        const message = checkConstant(arg);
        if (message !== null) problems.push({ message, block, culprit: link });
      }
    }
  }
  return problems;
}

/** Throws, with the graph's text and the culprits marked, when a graph is not valid. */
export function requireValidLow(graph: FunctionGraph): void {
  const problems = verifyLowGraph(graph);
  if (problems.length > 0) throw new Error(problemText(graph, problems, lowPrintOptions()));
}

/** A function whose graph fits its type. */
export function requireValidFunction(f: LowFunction): void {
  const graph = graphOf(f);
  requireValidLow(graph);
  const inputs = graph.startBlock.inputargs;
  if (inputs.length !== f.type.args.length) throw new Error(`${f.name}: ${inputs.length} inputs for its type`);
  for (const [i, input] of inputs.entries()) {
    if (!assignable(f.type.args[i] as LowType, input.type as LowType)) {
      throw new Error(`${f.name}: input ${i} has type ${input.type?.toText()}`);
    }
  }
  const result = graph.returnBlock.inputargs[0]?.type as LowType;
  if (!assignable(result, f.type.result)) throw new Error(`${f.name}: the result has type ${result.toText()}`);
}
