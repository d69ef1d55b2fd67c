/**
 * Fits a copied graph to a call shape: its start block then takes `this`, captured values and exactly the arguments
 * that the callers pass. Missing ones are `undefined` constants, so the prologue of a default parameter folds away;
 * superfluous ones are ignored; those of a rest parameter are put into a list.
 */
import type { FunctionSignature } from "../translator/flow/description.ts";
import {
  Block,
  Constant,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import type { CallShape } from "./functions.ts";

/** Number of inputs before the arguments. */
export function leadingInputs(signature: FunctionSignature): number {
  return (signature.hasThis ? 1 : 0) + signature.captures.length;
}

/** Index of the rest parameter, or -1. */
export function restIndex(signature: FunctionSignature): number {
  const last = signature.parameters.length - 1;
  return last >= 0 && signature.parameters[last]?.rest === true ? last : -1;
}

export function adaptGraph(graph: FunctionGraph, signature: FunctionSignature, shape: CallShape): void {
  const declared = signature.parameters.length;
  const rest = restIndex(signature);
  if (rest < 0 ? shape.count === declared : shape.restList && shape.count === declared) return;
  const leading = leadingInputs(signature);
  const old = graph.startBlock;
  const position = graph.position;
  const inputs = old.inputargs.slice(0, leading).map((v) => new Variable(v.name));
  const passed: Variable[] = [];
  for (let i = 0; i < shape.count; i++) passed.push(new Variable(signature.parameters[i]?.name ?? ""));
  const entry = new Block([...inputs, ...passed]);
  const args: Value[] = [...inputs];
  const fixed = rest < 0 ? declared : rest;
  for (let i = 0; i < fixed; i++) args.push(passed[i] ?? new Constant(undefined));
  if (rest >= 0) {
    const list = new Variable(signature.parameters[rest]?.name ?? "rest");
    const type = signature.parameters[rest]?.type ?? null;
    entry.operations.push(new Operation("new_list", [new Constant(type), ...passed.slice(fixed)], list, position));
    args.push(list);
  }
  entry.exits = [new Link(args, old)];
  graph.startBlock = entry;
}
