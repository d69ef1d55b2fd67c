/** Tuples where they are used as lists: iterated, searched, joined. Their items are put into a fixed list. */
import { ListCell } from "../../annotator/cells.ts";
import type { SomeTuple, SomeValue } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { OpList } from "../hop.ts";
import type { Repr, Typer } from "../repr.ts";
import { BigIntRepr } from "./bigint.ts";
import { MaybeCharRepr } from "./char.ts";
import { FloatRepr } from "./float.ts";
import { ListRepr, newList } from "./list.ts";
import { NullableRepr } from "./nullable.ts";
import { StringRepr } from "./string.ts";
import type { TupleRepr } from "./tuple.ts";

/** Which of the items' representations can hold all others. */
function breadth(repr: Repr): number {
  if (repr instanceof NullableRepr) return 3 + breadth(repr.inner);
  if (repr instanceof FloatRepr || repr instanceof StringRepr || repr instanceof BigIntRepr) return 2;
  return repr instanceof MaybeCharRepr ? 1 : 0;
}

const made = new WeakMap<TupleRepr, ListRepr>();

/** The repr of the list that holds a tuple's items. */
export function tupleListRepr(repr: TupleRepr, some: SomeTuple, typer: Typer): ListRepr {
  let list = made.get(repr);
  if (list === undefined) {
    let widest = 0;
    for (const [i, item] of repr.items.entries()) {
      if (breadth(item) > breadth(repr.items[widest] as Repr)) widest = i;
    }
    const cell = new ListCell(null);
    if (some.items.length > 0) cell.item.value = (some.items[widest] as SomeValue).withoutConstant();
    list = new ListRepr(cell, typer);
    made.set(repr, list);
  }
  return list;
}

/** The items of a tuple in such a list. */
export function tupleToList(ops: OpList, tuple: Value, repr: TupleRepr, list: ListRepr): Value {
  const values = repr.items.map((item, i) => ops.convert(repr.item(tuple, i, ops), item, list.item));
  return newList(list, values, ops);
}
