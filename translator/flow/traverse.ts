/**
 * Walking a graph. All orders are deterministic and iterative (graphs of thousands of blocks must not recurse).
 */
import type { Block, FunctionGraph, Link, Operation, Variable } from "./model.ts";
import { EXCEPTION, Variable as VariableClass } from "./model.ts";

/**
 * The reachable blocks in reverse postorder, start block first; `returnBlock` and `exceptBlock` are included where
 * reachable. An edge's target comes after its source except for loop edges; the first exit's region comes first.
 */
export function reversePostorder(graph: FunctionGraph): Block[] {
  const order: Block[] = [];
  const seen = new Set<Block>([graph.startBlock]);
  // The path to the block being visited, and for each the number of its exits still to visit (from the last to the
  // first). Two arrays rather than pairs: this is the toolchain's most frequent loop.
  const path: Block[] = [graph.startBlock];
  const left: number[] = [graph.startBlock.exits.length];
  for (let top = 0; top >= 0; ) {
    const block = path[top] as Block;
    const exit = (left[top] as number) - 1;
    if (exit < 0) {
      order.push(block);
      top--;
      continue;
    }
    left[top] = exit;
    const { target } = block.exits[exit] as Link;
    if (seen.has(target)) continue;
    seen.add(target);
    top++;
    path[top] = target;
    left[top] = target.exits.length;
  }
  return order.reverse();
}

/** The reachable blocks except `returnBlock` and `exceptBlock`, in reverse postorder. */
export function bodyBlocks(graph: FunctionGraph): Block[] {
  return reversePostorder(graph).filter((block) => block !== graph.returnBlock && block !== graph.exceptBlock);
}

/** Every operation of the reachable blocks. */
export function* operationsOf(graph: FunctionGraph): Generator<Operation> {
  for (const block of bodyBlocks(graph)) yield* block.operations;
}

/** Every link between reachable blocks. */
export function* linksOf(graph: FunctionGraph): Generator<Link> {
  for (const block of bodyBlocks(graph)) yield* block.exits;
}

/** The links that enter each reachable block, with the block they leave. */
export function entriesOf(graph: FunctionGraph): Map<Block, { from: Block; link: Link }[]> {
  const entries = new Map<Block, { from: Block; link: Link }[]>();
  const blocks = reversePostorder(graph);
  for (const block of blocks) entries.set(block, []);
  for (const block of blocks) {
    for (const link of block.exits) entries.get(link.target)?.push({ from: block, link });
  }
  return entries;
}

/** Every variable that a block defines: inputs, results, caught exceptions of its links. */
export function definitionsOf(block: Block): Variable[] {
  const found = [...block.inputargs];
  for (const op of block.operations) found.push(op.result);
  for (const link of block.exits) if (link.exceptionValue !== null) found.push(link.exceptionValue);
  return found;
}

/** Calls `visit` for every variable that a block uses: operands, the exit switch, link arguments. */
export function forEachUse(block: Block, visit: (variable: Variable) => void): void {
  for (const op of block.operations) {
    for (const arg of op.args) if (arg instanceof VariableClass) visit(arg);
  }
  if (block.exitswitch instanceof VariableClass) visit(block.exitswitch);
  for (const link of block.exits) {
    for (const arg of link.args) if (arg instanceof VariableClass) visit(arg);
  }
}

/** The exit taken when the block's last operation raised, null when it has none. */
export function exceptionLink(block: Block): Link | null {
  if (block.exitswitch !== EXCEPTION) return null;
  return block.exits.find((link) => link.exitcase === EXCEPTION) ?? null;
}
