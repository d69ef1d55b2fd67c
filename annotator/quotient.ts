/**
 * `Math.floor(a / b)` and `Math.trunc(a / b)` of ints are exact integer divisions. The quotient need not stand in the
 * same block: inside `try` a block ends after each operation that may raise. It is followed back through blocks with
 * one entry.
 */
import { type Block, EXCEPTION, type Link, type Operation, type Value, Variable } from "../translator/flow/model.ts";
import type { OpContext } from "./opcontext.ts";
import { definition, type SpecializationState } from "./state.ts";
import { numberRank } from "./union.ts";

export interface Quotient {
  readonly op: Operation;
  /** Links from the block of the division to the block of the use, first to last. */
  readonly path: readonly Link[];
}

/** The division of ints whose result operand `i` is, or null. */
export function quotientOf(ctx: OpContext, i: number): Quotient | null {
  const value = ctx.op.args[i];
  if (value === undefined) return null;
  const found = findDivision(ctx.state.owner, ctx.state.block, value);
  if (found === null) return null;
  const isInt = (v: Value): boolean => {
    const rank = numberRank(ctx.solver.typeOf(v));
    return rank === 0 || rank === 1;
  };
  return found.op.args.every(isInt) ? found : null;
}

/** The `div` that defines a value, followed back through blocks with a single entry. */
export function findDivision(state: SpecializationState, start: Block, used: Value): Quotient | null {
  let block = start;
  let value = used;
  const path: Link[] = [];
  for (let steps = 0; steps < 4; steps++) {
    if (!(value instanceof Variable)) return null;
    const op = definition(block, value);
    if (op !== null) return op.opname === "div" ? { op, path } : null;
    const index = block.inputargs.indexOf(value);
    const entry = state.onlyEntry(block);
    if (index < 0 || entry === null || entry.link.exitcase === EXCEPTION) return null;
    value = entry.link.args[index] as Value;
    path.unshift(entry.link);
    block = entry.from;
  }
  return null;
}
