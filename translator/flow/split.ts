/**
 * Cutting blocks: what transforms use to turn an operation in the middle of a block into control flow. Blocks are
 * closed, so the part after a cut receives everything it uses as input arguments, under fresh names.
 */
import { Block, Link, type Operation, type Value, Variable } from "./model.ts";

/** One part of a cut block. The parts are joined by plain links, to be replaced by whoever asked for the cut. */
export interface Part {
  readonly block: Block;
  /** The variables of this part that the next part receives, in the order of its inputs; empty for the last part. */
  readonly passed: readonly Variable[];
}

function usesOfExits(block: Block, live: Set<Variable>): void {
  for (const link of block.exits) {
    for (const arg of link.args) if (arg instanceof Variable && arg !== link.exceptionValue) live.add(arg);
  }
  if (block.exitswitch instanceof Variable) live.add(block.exitswitch);
}

/**
 * Cuts a block after each of the given operation indices (ascending). The first part is the block itself; each part
 * but the last ends with the operation it was cut after and one plain link to the next part.
 */
export function cutAfter(block: Block, indices: readonly number[]): Part[] {
  const lives: Variable[][] = [];
  const live = new Set<Variable>();
  usesOfExits(block, live);
  let next = indices.length - 1;
  for (let i = block.operations.length - 1; i >= 0 && next >= 0; i--) {
    if (i === indices[next]) {
      lives[next] = [...live].sort((a, b) => a.id - b.id);
      next--;
    }
    const op = block.operations[i] as Operation;
    live.delete(op.result);
    for (const arg of op.args) if (arg instanceof Variable) live.add(arg);
  }
  const operations = block.operations;
  const { exits, exitswitch } = block;
  const parts: Part[] = [];
  let current = block;
  let names = new Map<Variable, Variable>();
  let from = 0;
  for (const [k, index] of indices.entries()) {
    const passedOriginal = lives[k] as Variable[];
    fill(current, operations.slice(from, index + 1), names);
    const passed = passedOriginal.map((v) => names.get(v) ?? v);
    const inputs = passedOriginal.map((v) => new Variable(v.name, v.type));
    const following = new Block(inputs);
    current.exitswitch = null;
    current.exits = [new Link([...passed], following)];
    parts.push({ block: current, passed });
    names = new Map(passedOriginal.map((v, i) => [v, inputs[i] as Variable]));
    current = following;
    from = index + 1;
  }
  fill(current, operations.slice(from), names);
  const renamed = (v: Value): Value => (v instanceof Variable ? (names.get(v) ?? v) : v);
  current.exitswitch = exitswitch instanceof Variable ? (renamed(exitswitch) as Variable) : exitswitch;
  current.exits = exits;
  for (const link of exits) link.args = link.args.map(renamed);
  parts.push({ block: current, passed: [] });
  return parts;
}

/** Result variables keep their identity; only uses of what came from an earlier part are renamed. */
function fill(block: Block, operations: readonly Operation[], names: ReadonlyMap<Variable, Variable>): void {
  for (const op of operations) op.args = op.args.map((v) => (v instanceof Variable ? (names.get(v) ?? v) : v));
  block.operations = [...operations];
}
