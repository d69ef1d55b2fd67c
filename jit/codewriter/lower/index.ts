/** All lowerings: by low-level operation. Calls of helpers and instructions come out; see `context.ts`. */
import type { LowFunction } from "../../../rtyper/lltype/memory.ts";
import type { Block, FunctionGraph, Link, Value } from "../../../translator/flow/model.ts";
import { entriesOf, reversePostorder } from "../../../translator/flow/traverse.ts";
import { NotSupported } from "../kinds.ts";
import { ARITHMETIC } from "./arith.ts";
import { CALLS } from "./calls.ts";
import { BlockLowering, type Lowering, type World } from "./context.ts";
import { HINTS } from "./hints.ts";
import { MEMORY } from "./memory.ts";

export const LOWERINGS: Readonly<Record<string, Lowering | undefined>> = {
  ...ARITHMETIC,
  ...MEMORY,
  ...CALLS,
  ...HINTS,
};

/** Lowers every block of a prepared graph. */
export function lowerGraphBlocks(world: World, f: LowFunction, graph: FunctionGraph): Map<Block, BlockLowering> {
  const lowered = new Map<Block, BlockLowering>();
  const pure = new Set<Value>();
  const entries = entriesOf(graph);
  for (const block of reversePostorder(graph)) {
    const l = new BlockLowering(world, f, block, pure);
    for (const [i, input] of block.inputargs.entries()) {
      if (isAlwaysPure(entries.get(block) ?? [], i, lowered, pure)) pure.add(input);
    }
    lowered.set(block, l);
    for (const op of block.operations) {
      const lower = LOWERINGS[op.opname];
      if (lower === undefined) throw new NotSupported(`${op.opname} in ${f.name}`);
      lower(l, op);
    }
  }
  return lowered;
}

/** Does every link pass a list that never changes? Links of blocks not lowered yet (around a loop) say no. */
function isAlwaysPure(
  entries: readonly { readonly from: Block; readonly link: Link }[],
  i: number,
  lowered: ReadonlyMap<Block, BlockLowering>,
  pure: ReadonlySet<Value>,
): boolean {
  return (
    entries.length > 0 &&
    entries.every(({ from, link }) => {
      const value = lowered.get(from)?.resolve(link.args[i] as Value);
      return value !== undefined && pure.has(value);
    })
  );
}
