/**
 * Whole-program effects of functions: which can leave with an exception, in which a collection can happen. A least
 * fixpoint over the call graph: a function has an effect when one of its operations has it by the table or calls a
 * function that has it. A call with unknown candidates has every effect.
 */
import { Constant, type FunctionGraph, type Operation } from "../../translator/flow/model.ts";
import { bodyBlocks, operationsOf } from "../../translator/flow/traverse.ts";
import { LowFunction } from "./memory.ts";
import { opInfo } from "./ops/index.ts";

export interface Effects {
  /** Whether the operation can leave with an exception. */
  opCanRaise(op: Operation): boolean;
  /** Whether it can leave with another exception than OutOfMemoryError. */
  opCanRaiseBesidesMemory(op: Operation): boolean;
  /** Whether a collection can happen during the operation. */
  opCanCollect(op: Operation): boolean;
  canRaise(f: LowFunction): boolean;
  canCollect(f: LowFunction): boolean;
}

/** The functions that a call can reach; null when unknown. Empty for other operations. */
export function calleesOf(op: Operation): readonly LowFunction[] | null {
  if (op.opname === "direct_call") {
    const callee = op.args[0];
    return callee instanceof Constant && callee.value instanceof LowFunction ? [callee.value] : null;
  }
  if (op.opname === "indirect_call") {
    const candidates = op.args.at(-1);
    return candidates instanceof Constant && Array.isArray(candidates.value)
      ? (candidates.value as LowFunction[])
      : null;
  }
  return [];
}

type OwnEffect = (op: Operation, graph: FunctionGraph) => boolean;

function closure(
  functions: Iterable<LowFunction>,
  own: OwnEffect,
  ofCallee: (f: LowFunction) => boolean,
): Set<LowFunction> {
  const callers = new Map<LowFunction, LowFunction[]>();
  const found = new Set<LowFunction>();
  const work: LowFunction[] = [];
  const mark = (f: LowFunction): void => {
    if (found.has(f) || !ofCallee(f)) return;
    found.add(f);
    work.push(f);
  };
  for (const f of functions) {
    if (f.graph === null) continue;
    for (const op of operationsOf(f.graph)) {
      const callees = calleesOf(op);
      if (callees === null || own(op, f.graph)) mark(f);
      for (const callee of callees ?? []) {
        const list = callers.get(callee);
        if (list === undefined) callers.set(callee, [f]);
        else list.push(f);
      }
    }
    if (own !== ownCollect && raisesByLink(f.graph)) mark(f);
  }
  for (let f = work.pop(); f !== undefined; f = work.pop()) for (const caller of callers.get(f) ?? []) mark(caller);
  return found;
}

function raisesByLink(graph: FunctionGraph): boolean {
  return bodyBlocks(graph).some((block) => block.exits.some((link) => link.target === graph.exceptBlock));
}

/** Calls count through their callees only. An allocation raises OutOfMemoryError. */
const ownRaise: OwnEffect = (op) =>
  op.opname !== "direct_call" && op.opname !== "indirect_call" && op.opname !== "gc_call" && opInfo(op.opname).raises;

/** The same without exhausted memory. */
const ownProperRaise: OwnEffect = (op, graph) => ownRaise(op, graph) && opInfo(op.opname).effect !== "alloc";

const ownCollect: OwnEffect = (op) =>
  op.opname !== "direct_call" && op.opname !== "indirect_call" && opInfo(op.opname).collects;

/** Computes the effects of all functions given; a function outside the set has none. */
export function analyzeEffects(functions: Iterable<LowFunction>): Effects {
  const all = [...functions];
  // Collectors neither collect nor raise, whatever they are made of.
  const isProgram = (f: LowFunction): boolean => !f.attributes.has("no_collect");
  const raising = closure(all, ownRaise, isProgram);
  const properlyRaising = closure(all, ownProperRaise, isProgram);
  const collecting = closure(all, ownCollect, isProgram);
  const through = (op: Operation, own: OwnEffect, set: Set<LowFunction>): boolean => {
    const callees = calleesOf(op);
    if (callees === null) return true;
    if (op.opname === "direct_call" || op.opname === "indirect_call") return callees.some((f) => set.has(f));
    return own(op, null as never);
  };
  return {
    opCanRaise: (op) => through(op, ownRaise, raising),
    opCanRaiseBesidesMemory: (op) => through(op, ownProperRaise, properlyRaising),
    opCanCollect: (op) => through(op, ownCollect, collecting),
    canRaise: (f) => raising.has(f),
    canCollect: (f) => collecting.has(f),
  };
}
