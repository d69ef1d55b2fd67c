/** What iterating over a value gives: for `for…of`, spread and destructuring. */
import {
  CHAR,
  type IteratorWhat,
  isBottom,
  NON_NEGATIVE,
  NOTHING,
  POISON,
  SomeIterator,
  SomeList,
  SomeMap,
  SomeSet,
  SomeTuple,
  SomeTypedArray,
  type SomeValue,
  STRING,
} from "./model.ts";
import type { OpContext } from "./opcontext.ts";
import { itemOfTypedArray } from "./scalars.ts";

/** Item type when iterating over `source`; bottom as long as nothing is in it. */
export function iteratedItem(ctx: OpContext, source: SomeValue, what: IteratorWhat = "values", operand = 0): SomeValue {
  if (source.kind === "poison") return POISON;
  if (isBottom(source) || source.kind === "nothing") return NOTHING;
  if (source instanceof SomeIterator) return ctx.read(source.item);
  if (source instanceof SomeMap) return mapItem(ctx, source, what);
  if (source instanceof SomeSet) {
    const key = ctx.read(source.cell.key);
    return what === "entries" ? pair(key, key) : key;
  }
  const value = indexedItem(ctx, source, operand);
  if (what === "values") return value;
  return what === "keys" ? NON_NEGATIVE : pair(NON_NEGATIVE, value);
}

function indexedItem(ctx: OpContext, source: SomeValue, operand: number): SomeValue {
  if (source instanceof SomeList) return ctx.read(source.cell.item);
  if (source instanceof SomeTypedArray) return itemOfTypedArray(source.array, ctx.solver.options.wordBits);
  if (source.kind === "string") return STRING;
  if (source.kind === "char") return CHAR;
  if (source instanceof SomeTuple) return source.items.reduce((a, b) => ctx.union(a, b.withoutConstant()), NOTHING);
  return ctx.fail("RTS1207", `${source.toText()} cannot be iterated`, null, operand >= 0 ? [operand] : []);
}

function mapItem(ctx: OpContext, source: SomeMap, what: IteratorWhat): SomeValue {
  if (what === "keys") return ctx.read(source.cell.key);
  const value = ctx.read(source.cell.value);
  if (what === "values") return value;
  return pair(ctx.read(source.cell.key), value);
}

function pair(a: SomeValue, b: SomeValue): SomeValue {
  return isBottom(a) || isBottom(b) ? NOTHING : new SomeTuple([a, b]);
}

/** What iterating over a value itself means: a map gives entries. */
export function defaultWhat(source: SomeValue): IteratorWhat {
  return source instanceof SomeMap ? "entries" : "values";
}
