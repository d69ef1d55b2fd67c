/**
 * Instances of classes and records: pointers to the class's struct. A base-class pointer and a derived one differ in
 * type only. `instanceof` is a range test of preorder numbers; casts that inference cannot prove are checked in a
 * synthesized function, because null passes them.
 */
import type { ClassDesc, FieldDesc } from "../../annotator/classes.ts";
import type { SomeInstance } from "../../annotator/model.ts";
import { fail } from "../../translator/diagnostics/report.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { ClassLayout } from "../classes.ts";
import type { Hop, OpList } from "../hop.ts";
import type { LowStruct, LowValue } from "../lltype/memory.ts";
import { Bool, type Ptr, ptr, ptrTo, type Struct, Void } from "../lltype/types.ts";
import { storageName } from "../names.ts";
import { storeField } from "../pair.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs, type Typer } from "../repr.ts";
import { loadField, storeValue } from "../storage.ts";
import { andBool } from "./bool.ts";
import { NoneRepr } from "./none.ts";

export class InstanceRepr extends Repr {
  readonly desc: ClassDesc;
  readonly layout: ClassLayout;
  readonly lowType: Ptr;
  readonly #typer: Typer;

  constructor(desc: ClassDesc, typer: Typer) {
    super();
    this.desc = desc;
    this.#typer = typer;
    this.layout = typer.classes.layoutOf(desc);
    this.lowType = ptr(this.layout.struct);
  }

  get struct(): Struct {
    return this.layout.struct;
  }

  toText(): string {
    return this.desc.name;
  }

  fieldRepr(field: FieldDesc): Repr {
    return this.#typer.reprOf(field.cell.type);
  }

  /** Reads a field of a non-null instance (of this class or below). */
  load(object: Value, field: FieldDesc, ops: OpList): Value {
    const owner = this.#typer.classes.layoutOf(field.owner);
    return loadField(ops.cast(object, ptr(owner.struct)), storageName(field), this.fieldRepr(field).lowType, ops);
  }

  store(object: Value, field: FieldDesc, value: Value, ops: OpList): void {
    const owner = this.#typer.classes.layoutOf(field.owner);
    storeValue(ops.cast(object, ptr(owner.struct)), storageName(field), value, ops);
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    if (typeof value !== "object") return badConst(this, value, place);
    return this.#typer.prebuiltInstance(value, this, place);
  }

  /** Fills a prebuilt instance; `read` gives the live values of fields by name. */
  fillPrebuilt(made: LowStruct, read: (field: FieldDesc) => unknown, place: ConstPlace): void {
    for (const c of this.desc.chain()) {
      for (const field of c.fields.values()) {
        const repr = this.fieldRepr(field);
        if (repr.lowType === Void) continue;
        storeField(made, storageName(field), repr.convertConst(read(field), place.child(`.${field.name}`)));
      }
    }
  }
}

/** The repr of instances of a class. */
export function instanceRepr(given: ClassDesc, typer: Typer): InstanceRepr {
  const desc = given.find();
  return typer.intern(desc, () => new InstanceRepr(desc, typer));
}

reprs.on<SomeInstance>("instance", (s, typer) => instanceRepr(s.classDesc, typer));

// Up: always right. Down: only where control flow or a check proved it.
conversions.on(InstanceRepr, InstanceRepr, (v, _from, to, ops) => ops.cast(v, to.lowType));

/** Whether a possibly null instance is of a class or below; null is not. */
export function instanceOf(value: Value, mayBeNull: boolean, struct: Struct, ops: OpList): Value {
  if (!mayBeNull) return ops.emit("is_instance", [value, ops.void(struct)], Bool);
  const f = ops.typer.synthesized(`${struct.name} instanceof`, [["p", ptrTo.object]], Bool, (s, p) =>
    s.branch(
      s.isNull(p as Value),
      [p as Value],
      (none) => none.return(none.bool(false)),
      (some, q) => some.return(some.emit("is_instance", [q as Value, some.void(struct)], Bool)),
    ),
  );
  return ops.call(f, [ops.cast(value, ptrTo.object)], Bool);
}

/** Checks that an instance is of a class or below (null passes) and gives it with the class's pointer type. */
export function checkedCast(value: Value, mayBeNull: boolean, to: InstanceRepr, ops: OpList): Value {
  const text = `wrong cast: the value is no ${to.desc.name}`;
  if (!mayBeNull) {
    ops.emit("check_instance", [value, ops.void(to.struct), ops.void(text)], Void);
    return ops.cast(value, to.lowType);
  }
  const f = ops.typer.synthesized(`${to.struct.name} cast`, [["p", ptrTo.object]], to.lowType, (s, p) =>
    s.branch(
      s.isNull(p as Value),
      [p as Value],
      (none) => none.return(none.const(null, to.lowType)),
      (some, q) => {
        some.emit("check_instance", [q as Value, some.void(to.struct), some.void(text)], Void);
        some.return(some.cast(q as Value, to.lowType));
      },
    ),
  );
  return ops.call(f, [ops.cast(value, ptrTo.object)], to.lowType);
}

/** Comparing by identity at a common type. */
function identical(hop: Hop): Value {
  return hop.emit("ptr_eq", [hop.cast(hop.input(0), ptrTo.object), hop.cast(hop.input(1), ptrTo.object)], Bool);
}

const not = (v: Value, hop: Hop): Value => hop.emit("bool_not", [v], Bool);
pairLowerings.on("eq", InstanceRepr, InstanceRepr, identical);
pairLowerings.on("ne", InstanceRepr, InstanceRepr, (hop) => not(identical(hop), hop));

/** References of one repr (lists, maps, tuples, functions, …) compare by address. */
function sameReference(hop: Hop, a: Repr, b: Repr): Value {
  if (!("to" in a.lowType) || !("to" in b.lowType)) throw new Error(`rtyper: no lowering of ${hop.describe()}`);
  if (a.lowType === b.lowType) return hop.emit("ptr_eq", [hop.input(0), hop.input(1)], Bool);
  // Values of unrelated types are never the same object; only two nulls agree.
  return andBool(isNone(hop, 0, a), isNone(hop, 1, b), hop);
}

pairLowerings.on("eq", Repr, Repr, sameReference);
pairLowerings.on("ne", Repr, Repr, (hop, a, b) => not(sameReference(hop, a, b), hop));
pairLowerings.on("eq", Repr, NoneRepr, (hop, repr) => isThisNone(hop, 0, repr));
pairLowerings.on("eq", NoneRepr, Repr, (hop, _none, repr) => isThisNone(hop, 1, repr));
pairLowerings.on("ne", Repr, NoneRepr, (hop, repr) => not(isThisNone(hop, 0, repr), hop));
pairLowerings.on("ne", NoneRepr, Repr, (hop, _none, repr) => not(isThisNone(hop, 1, repr), hop));
pairLowerings.on("eq", NoneRepr, NoneRepr, (hop, a, b) => hop.bool(a === b));
pairLowerings.on("ne", NoneRepr, NoneRepr, (hop, a, b) => hop.bool(a !== b));

/** `=== null` or `=== undefined`: one of the two must be all that can arrive, for both are the null pointer. */
function isThisNone(hop: Hop, i: number, repr: Repr): Value {
  if ("to" in repr.lowType && hop.some(i).nulls === 3 && hop.some(1 - i).nulls !== 3) refuseBoth(hop);
  return isNone(hop, i, repr);
}

/** A reference holds null or undefined, and the program asks which. */
export function refuseBoth(hop: Hop): never {
  return fail(
    "RTS1018",
    hop.position,
    "a reference that can be both null and undefined is asked for one of them",
    "compare with `== null`, or let only one of the two arrive",
  );
}

/** Whether a reference is null; a type without null never is, except the pointers that helpers see. */
function isNone(hop: Hop, i: number, repr: Repr): Value {
  const isPointer = "to" in repr.lowType;
  const some = hop.some(i);
  return isPointer && (some.canBeNull || some.kind === "ptr") ? hop.isNull(hop.input(i)) : hop.bool(false);
}

lowerings.on("is_nullish", Repr, (hop, repr) => isNone(hop, 0, repr));
