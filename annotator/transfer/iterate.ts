/** `for…of` and its like. */
import { defaultWhat, iteratedItem } from "../iteration.ts";
import { BOOL, isBottom, NOTHING, POISON, SomeIterator, type SomeValue } from "../model.ts";
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

export const ITERATION: Readonly<Record<string, Transfer>> = { iter, iter_advance: advance, iter_value: value };
