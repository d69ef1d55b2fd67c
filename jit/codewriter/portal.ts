/**
 * Splitting a portal at its merge point.
 *
 *     interpret(code):  pc = 0          interpret(code):   pc = 0
 *       loop: mergePoint(pc, code)  ==>   return portal(pc, code, acc)
 *         …                             portal(pc, code, acc):
 *         goto loop                       loop: mergePoint(pc, code; acc)  …  goto loop
 *
 * Blocks are closed, so this is cutting one block and copying what is reachable from there: the inputs of the cut part
 * are exactly the values alive at the merge point. Greens come first in the portal's arguments, in the driver's order,
 * then the reds. Handlers around the loop are reachable from it and so go along; what stays behind calls the portal
 * and returns its result. Recursion calls the function that stayed behind, as before.
 */
import type { LowDriver } from "../../rtyper/lltype/jit.ts";
import { LowFunction } from "../../rtyper/lltype/memory.ts";
import { graphOf } from "../../rtyper/lltype/program.ts";
import { funcType, type LowType, ptr, Void } from "../../rtyper/lltype/types.ts";
import { fail } from "../../translator/diagnostics/report.ts";
import { copyBlocks } from "../../translator/flow/copy.ts";
import { Block, Constant, FunctionGraph, Link, Operation, type Value, Variable } from "../../translator/flow/model.ts";
import { cutAfter } from "../../translator/flow/split.ts";
import { bodyBlocks, linksOf } from "../../translator/flow/traverse.ts";

/** One driver with the function that has its loop. */
export interface Portal {
  readonly driver: LowDriver;
  /** Starts at the merge point with greens, then reds. */
  readonly portal: LowFunction;
  /** The function of the program, which now calls the portal. */
  readonly outer: LowFunction;
  /** Names of the reds in the order of the arguments, as far as they have names. */
  readonly redNames: readonly string[];
  /** Place among the reds of the virtualizable, -1 without. */
  readonly virtualizable: number;
}

/** Where a function has its merge point; null without. */
function findMergePoint(graph: FunctionGraph): { block: Block; index: number } | null {
  for (const block of bodyBlocks(graph)) {
    const index = block.operations.findIndex((op) => op.opname === "jit_merge_point");
    if (index >= 0) return { block, index };
  }
  return null;
}

/**
 * Splits every function of the program that has a merge point. `prepare` is called with a graph before, to remove the
 * object literals by which the program names its greens.
 */
export function splitPortals(functions: Iterable<LowFunction>, prepare: (graph: FunctionGraph) => void): Portal[] {
  const portals: Portal[] = [];
  const seen = new Set<LowDriver>();
  for (const f of [...functions]) {
    if (f.graph === null || findMergePoint(f.graph) === null) continue;
    prepare(f.graph);
    const portal = split(f);
    if (seen.has(portal.driver)) {
      fail("RTS1506", f.graph.position, `driver ${portal.driver.name} has a second merge point in ${f.name}`);
    }
    seen.add(portal.driver);
    portals.push(portal);
  }
  return portals;
}

function split(outer: LowFunction): Portal {
  const graph = graphOf(outer);
  const found = findMergePoint(graph);
  if (found === null) throw new Error(`${outer.name} has no merge point`);
  const head = isolate(found.block, found.index);
  const op = head.operations[0] as Operation;
  const driver = (op.args[0] as Constant).value as LowDriver;
  const { greens, reds } = orderInputs(head, op, driver);
  const inputs = [...greens, ...reds];
  const portal = makePortal(outer, graph, head, inputs);
  const virtualizable = placeOfVirtualizable(driver, op, reds);
  op.args = [op.args[0] as Value, ...inputs];
  // The portal was copied with the operation as it was; it names all its inputs too.
  const copied = portal.graph as FunctionGraph;
  for (const block of bodyBlocks(copied)) {
    const merge = block.operations.find((o) => o.opname === "jit_merge_point");
    if (merge !== undefined) merge.args = [merge.args[0] as Value, ...block.inputargs];
  }
  callPortal(graph, head, portal, inputs);
  if (findMergePoint(graph) !== null || countMergePoints(copied) !== 1) {
    fail("RTS1506", graph.position, `${outer.name} has more than one merge point`);
  }
  return { driver, portal, outer, redNames: reds.map((v) => v.name), virtualizable };
}

function countMergePoints(graph: FunctionGraph): number {
  let count = 0;
  for (const block of bodyBlocks(graph)) {
    count += block.operations.filter((op) => op.opname === "jit_merge_point").length;
  }
  return count;
}

/** Makes the merge point the first operation of a block. */
function isolate(block: Block, index: number): Block {
  if (index === 0) return block;
  const parts = cutAfter(block, [index - 1]);
  return (parts[1] as { block: Block }).block;
}

/**
 * The head's inputs as greens and reds. A green that is no input of its own (a constant, or one value under two names)
 * gets one, which all links then pass.
 */
function orderInputs(head: Block, op: Operation, driver: LowDriver): { greens: Variable[]; reds: Variable[] } {
  const greens: Variable[] = [];
  for (let i = 0; i < driver.greens.length; i++) {
    const value = op.args[i + 1] as Value;
    if (value instanceof Variable && head.inputargs.includes(value) && !greens.includes(value)) {
      greens.push(value);
      continue;
    }
    fail("RTS1506", op.position, `green \`${driver.greens[i]}\` is not a variable of its own at the merge point`);
  }
  const reds = head.inputargs.filter((v) => !greens.includes(v));
  return { greens, reds };
}

function placeOfVirtualizable(driver: LowDriver, op: Operation, reds: readonly Variable[]): number {
  const name = driver.virtualizables[0];
  if (name === undefined) return -1;
  const listed = [...(driver.reds ?? []), ...driver.virtualizables];
  const names = [...driver.greens, ...new Set(listed.filter((n) => !driver.greens.includes(n)))];
  const value = op.args[names.indexOf(name) + 1];
  const place = value instanceof Variable ? reds.indexOf(value) : -1;
  if (place < 0) fail("RTS1504", op.position, `virtualizable \`${name}\` is not alive at the merge point`);
  return place;
}

/** The portal: a copy of what is reachable from the head. */
function makePortal(outer: LowFunction, graph: FunctionGraph, head: Block, inputs: readonly Variable[]): LowFunction {
  const result = graph.returnBlock.inputargs[0] as Variable;
  const name = `${outer.name} portal`;
  const start = new Block(inputs.map((v) => new Variable(v.name, v.type)));
  const copy = new FunctionGraph(name, start, graph.position);
  (copy.returnBlock.inputargs[0] as Variable).type = result.type;
  (copy.exceptBlock.inputargs[0] as Variable).type = (graph.exceptBlock.inputargs[0] as Variable).type;
  const blocks = reachableFrom(head, graph);
  const maps = {
    blocks: new Map([
      [graph.returnBlock, copy.returnBlock],
      [graph.exceptBlock, copy.exceptBlock],
    ]),
    variables: new Map<Variable, Variable>(),
  };
  copyBlocks(blocks, maps);
  const copiedHead = maps.blocks.get(head) as Block;
  const order = inputs.map((v) => head.inputargs.indexOf(v));
  permute(copy, copiedHead, order);
  start.exits = [new Link([...start.inputargs], copiedHead)];
  const type = funcType(
    inputs.map((v) => v.type as LowType),
    outer.type.result,
  );
  const portal = new LowFunction(name, type, copy);
  portal.jit = outer.jit;
  return portal;
}

function reachableFrom(head: Block, graph: FunctionGraph): Block[] {
  const seen = new Set<Block>([head]);
  for (const block of seen) {
    for (const link of block.exits) {
      if (link.target !== graph.returnBlock && link.target !== graph.exceptBlock) seen.add(link.target);
    }
  }
  return [...seen];
}

/** Brings a block's inputs into another order, and the arguments of the links to it. */
function permute(graph: FunctionGraph, block: Block, order: readonly number[]): void {
  for (const link of linksFrom(graph, block)) {
    if (link.target === block) link.args = order.map((i) => link.args[i] as Value);
  }
  block.inputargs = order.map((i) => block.inputargs[i] as Variable);
}

/** Links of all blocks reachable from one; the start block is not connected yet. */
function linksFrom(graph: FunctionGraph, block: Block): Link[] {
  return reachableFrom(block, graph).flatMap((b) => b.exits);
}

/** Replaces the head in the outer graph by a call of the portal. */
function callPortal(graph: FunctionGraph, head: Block, portal: LowFunction, inputs: readonly Variable[]): void {
  const call = new Block(head.inputargs.map((v) => new Variable(v.name, v.type)));
  const value = (v: Variable): Variable => call.inputargs[head.inputargs.indexOf(v)] as Variable;
  const callee = new Constant(portal, ptr(portal.type));
  const result = new Variable("", portal.type.result);
  const { position } = head.operations[0] as Operation;
  call.operations.push(new Operation("direct_call", [callee, ...inputs.map(value)], result, position));
  const returned = portal.type.result === Void ? new Constant(undefined, Void) : result;
  call.exits = [new Link([returned], graph.returnBlock)];
  for (const link of [...linksOf(graph)]) if (link.target === head) link.target = call;
  if (graph.startBlock === head) graph.startBlock = call;
}
