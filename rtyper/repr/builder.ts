/** `StringBuilder`: the struct of `runtime/builder.ts`. A prebuilt one is frozen with what it holds. */
import type { SomeStringBuilder } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { OpList } from "../hop.ts";
import { LowStruct, type LowValue } from "../lltype/memory.ts";
import { Bool, ptr, ptrTo, Signed, STRING, Struct } from "../lltype/types.ts";
import { badConst, type ConstPlace, lowerings, Repr, reprs } from "../repr.ts";
import { newBuilder } from "../runtime/builder.ts";

export const BUILDER: Struct = new Struct("StringBuilder", true).define([
  { name: "length", type: Signed, immutable: false },
  { name: "units", type: ptrTo.string, immutable: false },
  { name: "capacity", type: Signed, immutable: false },
]);

interface LiveBuilder {
  build(): string;
}

export class BuilderRepr extends Repr {
  readonly lowType = ptr(BUILDER);

  toText(): string {
    return "StringBuilder";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (typeof (value as LiveBuilder).build !== "function") return badConst(this, value, place);
    return place.prebuilt(
      value,
      this,
      () => new LowStruct(BUILDER, 0),
      (made) => {
        const text = (value as LiveBuilder).build();
        const capacity = Math.max(text.length, 32);
        const units = new LowStruct(STRING, capacity);
        units.name = `${made.name}.units`;
        for (let i = 0; i < text.length; i++) units.setItem(i, text.charCodeAt(i));
        made.set("length", BigInt(text.length));
        made.set("units", units);
        made.set("capacity", BigInt(capacity));
      },
    );
  }
}

export const BUILDER_REPR = new BuilderRepr();
reprs.on<SomeStringBuilder>("stringBuilder", () => BUILDER_REPR);
lowerings.on("is_true", BuilderRepr, (hop) => hop.emit("ptr_nonnull", [hop.input(0)], Bool));

/** `new StringBuilder()`. */
export function makeBuilder(ops: OpList): Value {
  return ops.helper(newBuilder, ops.const(null, BUILDER_REPR.lowType));
}
