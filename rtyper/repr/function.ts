/** Function values: pointers to function objects (`closures.ts`); making closures. */
import { BoundMethod, ClosureFunction, type FunctionDesc, type LiveFunction } from "../../annotator/functions.ts";
import type { SomeFunction } from "../../annotator/model.ts";
import { FUNCTION_PTR } from "../closures.ts";
import { LowStruct, type LowValue } from "../lltype/memory.ts";
import { Bool, Void } from "../lltype/types.ts";
import { badConst, type ConstPlace, lowerings, Repr, reprs } from "../repr.ts";

export class FunctionRepr extends Repr {
  readonly lowType = FUNCTION_PTR;

  toText(): string {
    return "function";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (typeof value !== "function") return badConst(this, value, place);
    const some = place.typer.annotation.prebuilt(value);
    const desc = some.kind === "function" ? (some as SomeFunction).functions[0] : undefined;
    if (desc === undefined) return badConst(this, value, place);
    return prebuiltFunction(desc, value, this, place);
  }
}

function prebuiltFunction(desc: FunctionDesc, live: LiveFunction, repr: Repr, place: ConstPlace): LowValue {
  const layout = place.typer.functions.layoutOf(desc);
  if (!(desc instanceof BoundMethod)) return layout.singleton;
  return place.prebuilt(
    live,
    repr,
    () => new LowStruct(layout.struct, 0),
    (made, at) => {
      const [receiver] = layout.environmentReprs();
      if (receiver === undefined || receiver.lowType === Void) return;
      made.set(
        "value0",
        receiver.convertConst(place.typer.annotation.boundReceiver(live), at.child(".this")) as LowValue,
      );
    },
  );
}

export const FUNCTION_REPR = new FunctionRepr();
reprs.on<SomeFunction>("function", () => FUNCTION_REPR);

lowerings.on("make_closure", FunctionRepr, (hop) => {
  const some = hop.resultSome as SomeFunction;
  const desc = some.functions.find((f) => f instanceof ClosureFunction) ?? some.functions[0];
  if (desc === undefined) throw new Error(`rtyper: a closure of no function: ${hop.describe()}`);
  const layout = hop.typer.functions.layoutOf(desc);
  const captures = layout.environmentReprs();
  if (captures.length === 0) return hop.const(layout.singleton, FUNCTION_PTR);
  const values = captures.map((repr, i) => hop.inputArg(repr, i + 1));
  return hop.cast(layout.make(values, hop), FUNCTION_PTR);
});

/** References of all kinds are true unless null. */
lowerings.on("is_true", Repr, (hop, repr) => {
  if (!("to" in repr.lowType)) throw new Error(`rtyper: no lowering of ${hop.describe()}`);
  return hop.emit("ptr_nonnull", [hop.input(0)], Bool);
});
