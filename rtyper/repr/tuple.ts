/** Tuples: immutable structs, one per sequence of item reprs. Allocation removal takes most of them away again. */
import type { SomeTuple } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { OpList } from "../hop.ts";
import { LowStruct, type LowValue } from "../lltype/memory.ts";
import { type Field, type Ptr, ptr, Struct, storageFields, Void } from "../lltype/types.ts";
import { storeField } from "../pair.ts";
import { badConst, type ConstPlace, conversions, lowerings, Repr, reprs, type Typer } from "../repr.ts";
import { loadField, storeValue } from "../storage.ts";

export class TupleRepr extends Repr {
  readonly items: readonly Repr[];
  readonly struct: Struct;
  readonly lowType: Ptr;

  constructor(items: readonly Repr[], typer: Typer) {
    super();
    this.items = items;
    const fields: Field[] = items.flatMap((item, i) =>
      item.lowType === Void ? [] : storageFields(fieldName(i), item.lowType, true),
    );
    this.struct = new Struct(
      typer.uniqueName(`Tuple(${items.map((i) => i.lowType.toText()).join(", ")})`),
      true,
    ).define(fields);
    this.lowType = ptr(this.struct);
  }

  toText(): string {
    return `[${this.items.map((i) => i.toText()).join(", ")}]`;
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return badConst(this, value, place);
    return place.prebuilt(
      value,
      this,
      () => new LowStruct(this.struct, 0),
      (made, at) => {
        for (const [i, item] of this.items.entries()) {
          if (item.lowType === Void) continue;
          storeField(made, fieldName(i), item.convertConst(value[i], at.child(`[${i}]`)));
        }
      },
    );
  }

  /** A new tuple of values that have the items' reprs. */
  make(values: readonly Value[], ops: OpList): Value {
    const made = ops.emit("malloc", [ops.void(this.struct)], this.lowType);
    for (const [i, value] of values.entries()) storeValue(made, fieldName(i), value, ops);
    return made;
  }

  item(tuple: Value, i: number, ops: OpList): Value {
    return loadField(tuple, fieldName(i), (this.items[i] as Repr).lowType, ops);
  }
}

function fieldName(i: number): string {
  return `item${i}`;
}

const keys = new WeakMap<Repr, number>();
let nextKey = 1;

function keyOf(repr: Repr): number {
  let key = keys.get(repr);
  if (key === undefined) {
    key = nextKey++;
    keys.set(repr, key);
  }
  return key;
}

/** The repr of tuples of these items. */
export function tupleRepr(items: readonly Repr[], typer: Typer): TupleRepr {
  return typer.intern(`tuple ${items.map(keyOf).join(" ")}`, () => new TupleRepr(items, typer));
}

reprs.on<SomeTuple>("tuple", (s, typer) =>
  tupleRepr(
    s.items.map((item) => typer.reprOf(item)),
    typer,
  ),
);

/** Item by item into a new tuple; null stays null. */
conversions.on(TupleRepr, TupleRepr, (v, from, to, ops) => {
  const name = `${from.struct.name} to ${to.struct.name}`;
  const f = ops.typer.synthesized(name, [["tuple", from.lowType]], to.lowType, (s, t) =>
    s.branch(
      s.isNull(t as Value),
      [t as Value],
      (none) => none.return(none.const(null, to.lowType)),
      (some, tuple) => {
        const items = to.items.map((item, i) =>
          some.convert(from.item(tuple as Value, i, some), from.items[i] as Repr, item),
        );
        some.return(to.make(items, some));
      },
    ),
  );
  return ops.call(f, [v], to.lowType);
});

lowerings.on("new_tuple", Repr, (hop) => {
  const repr = hop.resultRepr as TupleRepr;
  return repr.make(
    repr.items.map((item, i) => hop.inputArg(item, i + 1)),
    hop,
  );
});

lowerings.on("getitem", TupleRepr, (hop, repr) => {
  const index = hop.known(1);
  if (index === null) throw new Error(`rtyper: index of a tuple is not constant: ${hop.describe()}`);
  const i = Number(index.value);
  return hop.toResult(repr.item(hop.inputNonNull(0), i, hop), repr.items[i] as Repr);
});
lowerings.on("getattr", TupleRepr, (hop, repr) => hop.int(repr.items.length));
