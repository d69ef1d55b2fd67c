/**
 * Inlining on low-level graphs, before the exception and gc transforms. Its purpose is what LLVM cannot do afterwards:
 * to bring allocations (iterators, tuples, closures, small objects) together with their uses, so that `mallocs` removes
 * them; LLVM inlines again for the rest.
 *
 * A callee's block becomes a block of the caller that carries, besides its own inputs, the caller's variables that live
 * across the call (blocks are closed). Under a handler every raising operation of the callee gets an EXCEPTION link to
 * its own `exceptBlock` first, so that all its exceptional exits are explicit; that block then leads to the handler.
 *
 * Heuristic: bottom-up over the call graph; a callee is inlined when its weight (operations, calls count more) is below
 * a threshold, or when it is called from one place only and moderately small. Cold functions never.
 */
import { calleesOf, type Effects } from "../../rtyper/lltype/effects.ts";
import { LowFunction } from "../../rtyper/lltype/memory.ts";
import { copyGraph } from "../flow/copy.ts";
import {
  type Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  Link,
  type Operation,
  type Value,
  Variable,
} from "../flow/model.ts";
import { cutAfter } from "../flow/split.ts";
import { bodyBlocks, operationsOf } from "../flow/traverse.ts";

/** Weight below which a callee is inlined everywhere. */
const SMALL = 14;
/** Weight below which a callee with one call site is inlined there. */
const ONCE = 60;
/** A caller above this many operations takes only very small callees. */
const LARGE_CALLER = 1500;

/** Inlines through the whole program; gives the callers that changed. */
export function inlineCalls(functions: Iterable<LowFunction>, effects: Effects): Set<LowFunction> {
  const all = [...functions].filter((f) => f.graph !== null);
  const callSites = countCallSites(all);
  const changed = new Set<LowFunction>();
  for (const caller of bottomUp(all)) {
    const count = inlineInto(caller, effects, (callee) => mayInline(caller, callee, callSites.get(callee) ?? 0));
    if (count > 0) changed.add(caller);
  }
  return changed;
}

function countCallSites(all: readonly LowFunction[]): Map<LowFunction, number> {
  const count = new Map<LowFunction, number>();
  for (const f of all) {
    for (const op of operationsOf(f.graph as FunctionGraph)) {
      const times = op.opname === "direct_call" ? 1 : 2;
      for (const callee of calleesOf(op) ?? []) count.set(callee, (count.get(callee) ?? 0) + times);
    }
  }
  return count;
}

/** Callees before callers, except around cycles. */
function bottomUp(all: readonly LowFunction[]): LowFunction[] {
  const order: LowFunction[] = [];
  const seen = new Set<LowFunction>();
  for (const root of all) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack: { f: LowFunction; callees: LowFunction[] }[] = [{ f: root, callees: directCallees(root) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.callees.pop();
      if (next === undefined) {
        order.push(top.f);
        stack.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        if (next.graph !== null) stack.push({ f: next, callees: directCallees(next) });
      }
    }
  }
  return order;
}

function directCallees(f: LowFunction): LowFunction[] {
  const found = new Set<LowFunction>();
  for (const op of operationsOf(f.graph as FunctionGraph)) {
    if (op.opname === "direct_call") for (const callee of calleesOf(op) ?? []) found.add(callee);
  }
  return [...found].reverse();
}

const weights = new WeakMap<FunctionGraph, number>();

/** Operations of a graph, calls counted several times; links' arguments are free. */
function weightOf(graph: FunctionGraph): number {
  let weight = weights.get(graph);
  if (weight === undefined) {
    weight = 0;
    for (const op of operationsOf(graph)) weight += WEIGHT[op.opname] ?? 1;
    weights.set(graph, weight);
  }
  return weight;
}

const WEIGHT: Record<string, number | undefined> = {
  direct_call: 3,
  indirect_call: 4,
  malloc: 2,
  malloc_varsize: 4,
  malloc_varsize_uninit: 4,
  cast_pointer: 0,
  same_as: 0,
};

function mayInline(caller: LowFunction, callee: LowFunction, callSites: number): boolean {
  if (callee.graph === null || callee === caller || callee.attributes.has("noinline")) return false;
  if (callee.attributes.has("cold") || callee.attributes.has("c_entry")) return false;
  if (callee.attributes.has("alwaysinline")) return true;
  const weight = weightOf(callee.graph);
  if (callsItself(callee)) return false;
  const large = weightOf(caller.graph as FunctionGraph) > LARGE_CALLER;
  if (weight <= (large ? SMALL / 2 : SMALL)) return true;
  return callSites === 1 && !large && weight <= ONCE;
}

function callsItself(f: LowFunction): boolean {
  for (const op of operationsOf(f.graph as FunctionGraph)) if (calleesOf(op)?.includes(f)) return true;
  return false;
}

function inlineInto(caller: LowFunction, effects: Effects, wanted: (callee: LowFunction) => boolean): number {
  const graph = caller.graph as FunctionGraph;
  let count = 0;
  for (const start of bodyBlocks(graph)) {
    // Inlining cuts the block; what follows the call is looked at next.
    let block: Block | null = start;
    while (block !== null) {
      const index: number = block.operations.findIndex((op) => {
        const callee = inlinableCallee(op);
        return callee !== null && wanted(callee);
      });
      if (index < 0) break;
      const callee = inlinableCallee(block.operations[index] as Operation) as LowFunction;
      block = inlineCall(graph, block, index, callee.graph as FunctionGraph, effects);
      count++;
    }
  }
  if (count > 0) weights.delete(graph);
  return count;
}

function inlinableCallee(op: Operation): LowFunction | null {
  if (op.opname !== "direct_call") return null;
  const callee = op.args[0];
  return callee instanceof Constant && callee.value instanceof LowFunction ? callee.value : null;
}

/**
 * Replaces the call at `index` by the callee's body. Returns the block that holds what followed the call, or null when
 * the call ended its block.
 */
export function inlineCall(
  graph: FunctionGraph,
  block: Block,
  index: number,
  calleeGraph: FunctionGraph,
  effects: Effects,
): Block | null {
  const isLast = index === block.operations.length - 1;
  const handler = isLast && block.exitswitch === EXCEPTION ? findHandler(block) : null;
  let rest: Block | null = null;
  if (handler === null) {
    const parts = cutAfter(block, [index]);
    rest = (parts[1] as { block: Block }).block;
  }
  const call = block.operations.pop() as Operation;
  const normal = block.exits.find((link) => link !== handler) as Link;
  const { graph: body } = copyGraph(calleeGraph, calleeGraph.name, {
    position: (position) => position.inlinedInto(call.position),
  });
  if (handler !== null) makeRaisesExplicit(body, effects);
  const carried = carriedVariables(normal, handler, call.result);
  connect(graph, body, block, call, normal, handler, carried);
  return rest;
}

function findHandler(block: Block): Link | null {
  return block.exits.find((link) => link.exitcase === EXCEPTION) ?? null;
}

/** The caller's variables that what follows the call needs. */
function carriedVariables(normal: Link, handler: Link | null, result: Variable): Variable[] {
  const found = new Set<Variable>();
  for (const arg of normal.args) if (arg instanceof Variable && arg !== result) found.add(arg);
  for (const arg of handler?.args ?? []) {
    if (arg instanceof Variable && arg !== handler?.exceptionValue) found.add(arg);
  }
  return [...found];
}

/** Gives every raising operation of a body a link to its `exceptBlock`. */
function makeRaisesExplicit(body: FunctionGraph, effects: Effects): void {
  const exceptionType = (body.exceptBlock.inputargs[0] as Variable).type;
  for (const block of bodyBlocks(body)) {
    const handled = block.exitswitch === EXCEPTION;
    const cuts: number[] = [];
    for (const [i, op] of block.operations.entries()) {
      if (effects.opCanRaise(op) && !(handled && i === block.operations.length - 1)) cuts.push(i);
    }
    for (const part of cutAfter(block, cuts).slice(0, -1)) {
      const raised = new Variable("exception", exceptionType);
      part.block.exitswitch = EXCEPTION;
      part.block.exits.push(new Link([raised], body.exceptBlock, EXCEPTION, raised));
    }
  }
}

function connect(
  graph: FunctionGraph,
  body: FunctionGraph,
  block: Block,
  call: Operation,
  normal: Link,
  handler: Link | null,
  carried: readonly Variable[],
): void {
  const blocks = bodyBlocks(body);
  const inner = new Map<Block, Map<Value, Variable>>();
  for (const b of blocks) {
    const names = new Map<Value, Variable>(carried.map((v) => [v, new Variable(v.name, v.type)]));
    inner.set(b, names);
    b.inputargs = [...b.inputargs, ...names.values()];
  }
  for (const b of blocks) {
    const names = inner.get(b) as Map<Value, Variable>;
    const outer = (v: Value): Value => (v instanceof Variable ? (names.get(v) as Variable) : v);
    for (const link of b.exits) {
      if (link.target === body.returnBlock) {
        const value = link.args[0] as Value;
        link.args = normal.args.map((arg) => (arg === call.result ? value : outer(arg)));
        link.target = normal.target;
      } else if (link.target === body.exceptBlock) {
        const value = link.args[0] as Value;
        if (handler === null) {
          link.target = graph.exceptBlock;
        } else {
          link.args = handler.args.map((arg) => (arg === handler.exceptionValue ? value : outer(arg)));
          link.target = handler.target;
        }
      } else {
        link.args = [...link.args, ...names.values()];
      }
    }
  }
  block.exitswitch = null;
  block.exits = [new Link([...call.args.slice(1), ...carried], body.startBlock)];
}
