/**
 * Cells: variables that closures share, module-level `let`s and static fields that run-time code assigns. A struct of
 * one field `value` each, prebuilt where the variable existed at import time.
 */
import type { TypeCell } from "../../annotator/cells.ts";
import type { SomeCell } from "../../annotator/model.ts";
import { Cell } from "../../translator/flow/description.ts";
import type { Value } from "../../translator/flow/model.ts";
import { type Hop, isLive, type OpList } from "../hop.ts";
import { LowStruct, type LowValue } from "../lltype/memory.ts";
import { type Ptr, ptr, Struct, storageFields, Void } from "../lltype/types.ts";
import { storeField } from "../pair.ts";
import { badConst, type ConstPlace, lowerings, Repr, reprs, type Typer } from "../repr.ts";
import { loadField, storeValue } from "../storage.ts";

export class CellRepr extends Repr {
  readonly lowType: Ptr;
  readonly inner: Repr;
  readonly struct: Struct;

  constructor(inner: Repr, typer: Typer) {
    super();
    this.inner = inner;
    const type = inner.lowType;
    this.struct = new Struct(typer.uniqueName(`Cell(${type.toText()})`), true);
    this.struct.define(type === Void ? [] : storageFields("value", type, false));
    this.lowType = ptr(this.struct);
  }

  toText(): string {
    return `cell of ${this.inner.toText()}`;
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (!(value instanceof Cell)) return badConst(this, value, place);
    return this.prebuilt(value, () => value.initial, place);
  }

  /** The prebuilt cell that stands for `key`. */
  prebuilt(key: object, initial: () => unknown, place: ConstPlace): LowValue {
    return place.prebuilt(
      key,
      this,
      () => new LowStruct(this.struct, 0),
      (made, at) => {
        if (this.inner.lowType !== Void) storeField(made, "value", this.inner.convertConst(initial(), at));
      },
    );
  }

  load(cell: Value, ops: OpList): Value {
    return loadField(cell, "value", this.inner.lowType, ops);
  }

  store(cell: Value, value: Value, ops: OpList): void {
    storeValue(cell, "value", value, ops);
  }
}

/** The repr of all cells with this content. */
export function cellRepr(cell: TypeCell, typer: Typer): CellRepr {
  const inner = typer.reprOf(cell.type);
  return typer.intern(inner, () => new CellRepr(inner, typer));
}

reprs.on<SomeCell>("cell", (s, typer) => cellRepr(s.cell, typer));

lowerings.on("new_cell", Repr, (hop) => {
  const repr = hop.resultRepr as CellRepr;
  const made = hop.emit("malloc", [hop.void(repr.struct)], repr.lowType);
  if (hop.op.args.length > 0) repr.store(made, hop.inputArg(repr.inner, 0), hop);
  return made;
});
/** The cell that the operation is about: a variable, or the prebuilt cell of a module's or captured `let`. */
function operand(hop: Hop): { cell: Value; repr: CellRepr } {
  const arg = hop.args[0];
  if (isLive(arg)) {
    const repr = cellRepr(hop.typer.annotation.cellOf(arg.value as Cell), hop.typer);
    return { cell: hop.typer.constant(repr, arg.value, `variable ${(arg.value as Cell).name}`), repr };
  }
  return { cell: hop.input(0), repr: hop.repr(0) as CellRepr };
}

lowerings.on("get_cell", Repr, (hop) => {
  const { cell, repr } = operand(hop);
  return hop.toResult(repr.load(cell, hop), repr.inner);
});
lowerings.on("set_cell", Repr, (hop) => {
  const { cell, repr } = operand(hop);
  repr.store(cell, hop.inputArg(repr.inner, 1), hop);
  return null;
});
