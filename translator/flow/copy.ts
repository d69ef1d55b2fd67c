/**
 * Copying graphs and parts of graphs: for specialization, inlining, duplication of `finally` bodies, the JIT's fork.
 * Constants are shared (they are immutable but for their type slot: a copy that the rtyper will retype asks for fresh
 * ones); variables, operations, links and blocks are always new.
 */
import type { SourcePosition } from "../diagnostics/position.ts";
import { Block, Constant, FunctionGraph, Link, Operation, type Value, Variable } from "./model.ts";
import { reversePostorder } from "./traverse.ts";

export interface CopyOptions {
  /** Gives the positions of the copies, for instance those of an inlined body. */
  readonly position?: (position: SourcePosition) => SourcePosition;
  /** Replaces constants; by default they are shared. */
  readonly constant?: (constant: Constant) => Value;
}

/** What became of each block and variable. */
export interface CopyMaps {
  readonly blocks: Map<Block, Block>;
  readonly variables: Map<Variable, Variable>;
}

function copyVariable(variable: Variable, maps: CopyMaps): Variable {
  let copy = maps.variables.get(variable);
  if (copy === undefined) {
    copy = new Variable(variable.name, variable.type);
    maps.variables.set(variable, copy);
  }
  return copy;
}

/**
 * Copies `blocks` into `maps`; links to blocks neither in `blocks` nor in `maps.blocks` keep their target. Put
 * replacements of return and except blocks (or of variables) into `maps` beforehand to redirect the copy.
 */
export function copyBlocks(blocks: readonly Block[], maps: CopyMaps, options: CopyOptions = {}): void {
  const value = (v: Value): Value =>
    v instanceof Variable ? copyVariable(v, maps) : options.constant === undefined ? v : options.constant(v);
  const fresh = blocks.filter((block) => !maps.blocks.has(block));
  for (const block of fresh) maps.blocks.set(block, new Block(block.inputargs.map((v) => copyVariable(v, maps))));
  for (const block of fresh) {
    const copy = maps.blocks.get(block) as Block;
    for (const op of block.operations) {
      const position = options.position === undefined ? op.position : options.position(op.position);
      copy.operations.push(new Operation(op.opname, op.args.map(value), copyVariable(op.result, maps), position));
    }
    copy.exitswitch =
      block.exitswitch instanceof Variable || block.exitswitch instanceof Constant
        ? value(block.exitswitch)
        : block.exitswitch;
    copy.exits = block.exits.map((link) => {
      const caught = link.exceptionValue === null ? null : copyVariable(link.exceptionValue, maps);
      const target = maps.blocks.get(link.target) ?? link.target;
      const exit = new Link(link.args.map(value), target, link.exitcase, caught);
      exit.weight = link.weight;
      const thrown = link.position;
      exit.position = thrown === null || options.position === undefined ? thrown : options.position(thrown);
      return exit;
    });
  }
}

/** A copy of a whole graph, with what became of its blocks and variables. */
export function copyGraph(
  graph: FunctionGraph,
  name: string = graph.name,
  options: CopyOptions = {},
): { graph: FunctionGraph; maps: CopyMaps } {
  const maps: CopyMaps = { blocks: new Map(), variables: new Map() };
  const copy = new FunctionGraph(name, new Block(), graph.position);
  for (const [from, to] of [
    [graph.returnBlock, copy.returnBlock],
    [graph.exceptBlock, copy.exceptBlock],
  ] as const) {
    maps.blocks.set(from, to);
    to.inputargs = from.inputargs.map((v) => copyVariable(v, maps));
  }
  copyBlocks(reversePostorder(graph), maps, options);
  copy.startBlock = maps.blocks.get(graph.startBlock) as Block;
  return { graph: copy, maps };
}
