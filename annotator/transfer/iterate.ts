/** `for…of` and its like. */
import { defaultWhat, iteratedItem } from "../iteration.ts";
import {
  BOOL,
  isBottom,
  NOTHING,
  POISON,
  SomeCell,
  SomeFunction,
  SomeIterator,
  type SomeValue,
  UNDEFINED,
} from "../model.ts";
import type { OpContext, Transfer } from "../opcontext.ts";

function iter(ctx: OpContext): SomeValue {
  const source = ctx.arg(0);
  if (source.kind === "nothing") return NOTHING;
  if (source instanceof SomeIterator) return source.nonNull();
  return makeIterator(ctx, source.nonNull(), defaultWhat(source), 0);
}

/** An iterator over a source; its item cell grows with the source. */
export function makeIterator(
  ctx: OpContext,
  source: SomeValue,
  what: SomeIterator["what"],
  operand: number,
): SomeValue {
  const cell = ctx.typeCell("items", "items of the iteration", false);
  const item = iteratedItem(ctx, source, what, operand);
  if (!isBottom(item)) ctx.merge(cell, item, `item of ${source.describe()}`, operand);
  return new SomeIterator(source.withoutConstant(), what, cell);
}

function advance(ctx: OpContext): SomeValue {
  const it = ctx.arg(0);
  return it.kind === "nothing" ? NOTHING : BOOL;
}

function value(ctx: OpContext): SomeValue {
  const it = ctx.arg(0);
  if (it instanceof SomeIterator) return ctx.read(it.item);
  return it.kind === "nothing" ? NOTHING : POISON;
}

/**
 * The iterator of a generator. All steps that the program makes are one family, so that any iterator can be moved
 * without knowing which generator made it.
 */
function makeGenerator(ctx: OpContext): SomeValue {
  const [step, cell] = [ctx.arg(0), ctx.arg(1)];
  if (!(step instanceof SomeFunction) || !(cell instanceof SomeCell)) return NOTHING;
  ctx.solver.calls.callStep(ctx, step.functions);
  return new SomeIterator(null, "values", cell.cell, step.functions);
}

function close(ctx: OpContext): SomeValue {
  return ctx.arg(0).kind === "nothing" ? NOTHING : UNDEFINED;
}

/** These operations end in the builder. */
function unexpected(ctx: OpContext): SomeValue {
  throw new Error(`annotator: ${ctx.op.opname} outside of a generator`);
}

export const ITERATION: Readonly<Record<string, Transfer>> = {
  iter,
  iter_advance: advance,
  iter_value: value,
  iter_close: close,
  make_iterator: makeGenerator,
  generator_start: unexpected,
  yield: unexpected,
};
