/** Classes as values: pointers to vtables. Static fields that run-time code assigns are prebuilt cells. */
import type { LiveClass } from "../../annotator/classes.ts";
import type { LiveFunction } from "../../annotator/functions.ts";
import type { SomeClass } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import { variantsOf } from "../construct.ts";
import type { Hop } from "../hop.ts";
import type { LowValue } from "../lltype/memory.ts";
import { Bool, ptrTo } from "../lltype/types.ts";
import { badConst, type ConstPlace, lowerings, Repr, reprs } from "../repr.ts";
import { orBool } from "./bool.ts";
import { cellRepr } from "./cell.ts";
import { InstanceRepr, instanceOf, instanceRepr } from "./instance.ts";

export class ClassRepr extends Repr {
  readonly lowType = ptrTo.vtable;

  toText(): string {
    return "class";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (typeof value !== "function") return badConst(this, value, place);
    return place.typer.classes.layoutOf(place.typer.annotation.classOf(value)).vtable;
  }
}

export const CLASS_REPR = new ClassRepr();
reprs.on<SomeClass>("class", () => CLASS_REPR);

/** The prebuilt cell of a static field. */
function staticCell(hop: Hop, live: LiveClass, name: string): { cell: Value; repr: ReturnType<typeof cellRepr> } {
  const desc = hop.typer.annotation.classOf(live as unknown as LiveFunction);
  const typeCell = hop.typer.annotation.staticCell(live as unknown as LiveFunction, name);
  const repr = cellRepr(typeCell, hop.typer);
  const place = hop.typer.placeOf(`${hop.typer.classes.layoutOf(desc).struct.name}.${name}`);
  const initial = (): unknown => hop.typer.annotation.readProperty(live, name);
  return { cell: hop.const(repr.prebuilt(typeCell.find(), initial, place), repr.lowType), repr };
}

/** Reads a static field that run-time code assigns. */
export function loadStatic(hop: Hop, live: unknown, name: string): Value {
  const { cell, repr } = staticCell(hop, live as LiveClass, name);
  return hop.toResult(repr.load(cell, hop), repr.inner);
}

lowerings.on("get_static", Repr, (hop) => loadStatic(hop, hop.literal(0), hop.literal(1)));
lowerings.on("set_static", Repr, (hop) => {
  const { cell, repr } = staticCell(hop, hop.literal(0), hop.literal(1));
  repr.store(cell, hop.inputArg(repr.inner, 2), hop);
  return null;
});

// `Error.stackTraceLimit` steers how Node collects stacks; the binary builds a stack only when it is read.
lowerings.on("setattr", ClassRepr, (hop) => {
  if (hop.literal(1) !== "stackTraceLimit") throw new Error(`rtyper: assigned class property: ${hop.describe()}`);
  return null;
});

lowerings.on("instance_of", InstanceRepr, (hop, repr) => {
  const value = hop.input(0);
  const mayBeNull = hop.some(0).canBeNull;
  const known = hop.known(1);
  if (known === null) return instanceOfClass(hop, value, mayBeNull);
  const tests: Value[] = [];
  for (const desc of variantsOf(known.value, hop.typer)) {
    if (repr.desc.isSubclassOf(desc)) tests.push(mayBeNull ? hop.emit("ptr_nonnull", [value], Bool) : hop.bool(true));
    else if (desc.isSubclassOf(repr.desc)) {
      tests.push(instanceOf(value, mayBeNull, instanceRepr(desc, hop.typer).struct, hop));
    }
  }
  return tests.length === 0 ? hop.bool(false) : tests.reduce((a, b) => orBool(a, b, hop));
});
lowerings.on("instance_of", Repr, (hop) => hop.bool(false));

/** `v instanceof cls` of a class value. */
function instanceOfClass(hop: Hop, value: Value, mayBeNull: boolean): Value {
  const cls = hop.inputNonNull(1);
  const test = (ops: Pick<Hop, "emit">, object: Value, wanted: Value): Value =>
    ops.emit("class_is_subclass", [ops.emit("class_of", [object], ptrTo.vtable), wanted], Bool);
  if (!mayBeNull) return test(hop, value, cls);
  const f = hop.typer.synthesized(
    "instanceof class",
    [
      ["p", ptrTo.object],
      ["cls", ptrTo.vtable],
    ],
    Bool,
    (s, p, c) =>
      s.branch(
        s.isNull(p as Value),
        [p as Value, c as Value],
        (none) => none.return(none.bool(false)),
        (some, q, d) => some.return(test(some, q as Value, d as Value)),
      ),
  );
  return hop.call(f, [hop.cast(value, ptrTo.object), cls], Bool);
}
