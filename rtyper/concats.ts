/**
 * Chains of concatenations become one call of three or four operands: `a + b + c` and template literals copy each part
 * once. An inner result must be used by the outer concatenation only, in the same block; between the two stand only the
 * conversions of other parts to text, so that doing the copies later changes nothing.
 */
import { STRING } from "../annotator/model.ts";
import {
  type Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  type Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import { bodyBlocks } from "../translator/flow/traverse.ts";
import type { LowFunction } from "./lltype/memory.ts";
import type { HelperFunction, Typer } from "./repr.ts";
import { stringConcat, stringConcat3, stringConcat4 } from "./runtime/string.ts";

/** Most parts that one call takes. */
const MOST = 4;

interface Concats {
  readonly plain: LowFunction;
  /** By number of parts. */
  readonly wide: ReadonlyMap<number, LowFunction>;
}

const known = new WeakMap<Typer, Concats>();

function concatsOf(typer: Typer): Concats {
  let made = known.get(typer);
  if (made === undefined) {
    const helper = (f: HelperFunction, n: number): LowFunction =>
      typer.helper(
        f,
        Array.from({ length: n }, () => STRING),
      ).lowered;
    made = {
      plain: helper(stringConcat, 2),
      wide: new Map([
        [3, helper(stringConcat3, 3)],
        [4, helper(stringConcat4, 4)],
      ]),
    };
    known.set(typer, made);
  }
  return made;
}

/** Merges the chains of a graph that has just been lowered. */
export function mergeConcats(graph: FunctionGraph, typer: Typer): void {
  for (const block of bodyBlocks(graph)) {
    if (block.exitswitch !== EXCEPTION && block.operations.length > 1) mergeInBlock(block, typer);
  }
}

function mergeInBlock(block: Block, typer: Typer): void {
  if (!block.operations.some((op) => op.opname === "direct_call")) return;
  const { plain, wide } = concatsOf(typer);
  const isConcat = (op: Operation): boolean =>
    op.opname === "direct_call" && op.args[0] instanceof Constant && op.args[0].value === plain;
  const chains = block.operations.filter(isConcat);
  if (chains.length < 2) return;
  const uses = countUses(block);
  /** Concatenations whose parts an outer one may take over. */
  const open = new Map<Value, Operation>();
  const gone = new Set<Operation>();
  for (const op of chains) {
    const parts = op.args.slice(1);
    const inner = open.get(parts[0] as Value);
    if (inner !== undefined && inner.args.length - 1 < MOST && uses.get(inner.result) === 1) {
      op.args = [op.args[0] as Value, ...inner.args.slice(1), ...parts.slice(1)];
      gone.add(inner);
    }
    open.set(op.result, op);
  }
  if (gone.size === 0) return;
  block.operations = block.operations.filter((op) => !gone.has(op));
  for (const op of chains) {
    const f = wide.get(op.args.length - 1);
    if (f !== undefined && !gone.has(op)) op.args[0] = typer.functionPointer(f);
  }
}

/** How often each variable is used in a block and on its exits. */
export function countUses(block: Block): Map<Variable, number> {
  const uses = new Map<Variable, number>();
  const use = (value: Value): void => {
    if (value instanceof Variable) uses.set(value, (uses.get(value) ?? 0) + 1);
  };
  for (const op of block.operations) op.args.forEach(use);
  for (const link of block.exits) link.args.forEach(use);
  if (block.exitswitch instanceof Variable) use(block.exitswitch);
  return uses;
}
