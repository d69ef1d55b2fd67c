/** Making objects: `new C(…)`, `new cls(…)` of one of several classes, object literals. */
import type { ClassDesc, FieldDesc } from "../annotator/classes.ts";
import { BOOL, UNDEFINED_BIT } from "../annotator/model.ts";
import type { NewFamilyTarget, NewTarget } from "../annotator/result.ts";
import type { RecordShape, SpreadMask } from "../translator/flow/description.ts";
import { Constant, type Value } from "../translator/flow/model.ts";
import { type Hop, type OpList, Typed } from "./hop.ts";
import { initError } from "./hosterrors.ts";
import { asReceiver, callSpecialization, directCall, type Held, type Passed, planned } from "./invoke.ts";
import { Bool, FLAG_SUFFIX, type LowType, PairType, ptrTo, UInt8, Void } from "./lltype/types.ts";
import { storageName } from "./names.ts";
import { InstanceRepr, instanceRepr } from "./repr/instance.ts";
import { lowerings, type Repr, type Typer } from "./repr.ts";

/**
 * A new zeroed instance. A nullable scalar field that the constructor does not assign is undefined, which is not what
 * zero means for its flag.
 */
export function allocate(repr: InstanceRepr, ops: OpList, assigned: ReadonlySet<string> = new Set()): Value {
  const made = ops.emit("malloc", [ops.void(repr.struct)], repr.lowType);
  for (const c of repr.desc.chain()) {
    for (const field of c.fields.values()) {
      if (assigned.has(field.name) || !(repr.fieldRepr(field).lowType instanceof PairType)) continue;
      const owner = instanceRepr(c, ops.typer);
      const object = ops.cast(made, owner.lowType);
      ops.emit("setfield", [object, ops.void(`${storageName(field)}${FLAG_SUFFIX}`), ops.const(2, UInt8)], Void);
    }
  }
  return made;
}

export function construct(hop: Hop, target: NewTarget): Value {
  const repr = instanceRepr(target.classDesc, hop.typer);
  const made = allocate(repr, hop);
  if (target.construct !== null) {
    directCall(hop, target.construct, asReceiver({ value: made, repr }, hop), planned(hop, target.construct.plan));
  }
  if (target.errorInit !== null) initError(hop, made, repr, target.errorInit);
  return hop.toResult(made, repr);
}

/** `new cls(…)`: a synthesized function compares the class with each candidate. */
export function constructOneOf(hop: Hop, target: NewFamilyTarget, passed: Passed): Value {
  const typer = hop.typer;
  const classes = [...target.classes].map(([desc, s]) => ({ desc: desc.find(), s }));
  const some = classes.find((c) => c.s !== null)?.s ?? null;
  const reprs = some === null ? [] : typer.functions.of(some).argReprs.slice(1);
  const to = hop.resultRepr;
  const names = classes.map((c) => typer.classes.layoutOf(c.desc).struct.name).sort();
  const args: [string, LowType][] = [["cls", ptrTo.vtable]];
  for (const [i, repr] of reprs.entries()) args.push([`a${i}`, repr.lowType]);
  const f = typer.synthesized(
    `new ${names.join("|")}(${reprs.map((r) => r.toText()).join(", ")})`,
    args,
    to.lowType,
    (s, cls, ...values) => {
      const tryFrom = (ops: typeof s, at: number, given: Value, rest: Value[]): void => {
        const candidate = classes[at];
        if (candidate === undefined) {
          ops.emit("unreachable", [], Void);
          ops.unreachable();
          return;
        }
        const repr = instanceRepr(candidate.desc, typer);
        const same = ops.emit("ptr_eq", [given, ops.const(repr.layout.vtable, ptrTo.vtable)], Bool);
        ops.branch(
          same,
          [given, ...rest],
          (yes, _cls, ...mine) => {
            const made = allocate(repr, yes);
            if (candidate.s !== null) {
              callSpecialization(yes, candidate.s, null, asReceiver({ value: made, repr }, yes), (k, wanted) =>
                yes.convert(mine[k] as Value, reprs[k] as Repr, wanted),
              );
            }
            yes.return(yes.convert(made, repr, to));
          },
          (no, next, ...others) => tryFrom(no, at + 1, next as Value, others),
        );
      };
      tryFrom(s, 0, cls as Value, values);
    },
  );
  const cls = hop.inputNonNull(0);
  return hop.call(f, [cls, ...reprs.map((repr, k) => passed(k, repr))], to.lowType);
}

/** The classes that `instanceof C` means: all variants of a generic class. */
export function variantsOf(live: unknown, typer: Typer): readonly ClassDesc[] {
  return typer.classes.variantsOf(live);
}

function storeProperty(repr: InstanceRepr, made: Value, name: string, hop: Hop, give: (to: Repr) => Value): void {
  const field = repr.desc.findField(name);
  if (field !== null) repr.store(made, field, give(repr.fieldRepr(field)), hop);
}

lowerings.on("new_record", InstanceRepr, (hop, repr) => {
  const shape = hop.literal<RecordShape>(0);
  const made = allocate(repr, hop, new Set(shape.names));
  for (const [i, name] of shape.names.entries()) {
    storeProperty(repr, made, name, hop, (to) => hop.inputArg(to, i + 1));
  }
  return made;
});

lowerings.on("record_extend", InstanceRepr, (hop, repr) => {
  const shape = hop.literal<RecordShape>(0);
  const { spread } = hop.literal<SpreadMask>(1);
  const made = allocate(repr, hop);
  const given = new Set<string>();
  let named = 0;
  for (let i = 2; i < hop.argCount; i++) {
    if (spread[i - 2] !== true) {
      const name = shape.names[named++] as string;
      given.add(name);
      storeProperty(repr, made, name, hop, (to) => hop.inputArg(to, i));
      continue;
    }
    const from = hop.repr(i);
    if (!(from instanceof InstanceRepr)) throw new Error(`rtyper: spread of ${from.toText()}: ${hop.describe()}`);
    const object = hop.inputNonNull(i);
    for (const c of from.desc.chain()) {
      for (const field of c.fields.values()) {
        const value = { value: from.load(object, field, hop), repr: from.fieldRepr(field) };
        if (given.has(field.name)) replaceUnlessAbsent(repr, made, field, value, hop);
        else storeProperty(repr, made, field.name, hop, (to) => hop.convert(value.value, value.repr, to));
      }
    }
    for (const c of from.desc.chain()) for (const name of c.fields.keys()) given.add(name);
  }
  return made;
});

/** A spread record's property replaces an earlier one, unless it is absent, that is undefined. */
function replaceUnlessAbsent(repr: InstanceRepr, made: Value, field: FieldDesc, fresh: Held, hop: Hop): void {
  const own = repr.desc.findField(field.name);
  if (own === null) return;
  const to = repr.fieldRepr(own);
  const { type } = field.cell.find();
  const value = hop.convert(fresh.value, fresh.repr, to);
  if ((type.nulls & UNDEFINED_BIT) === 0) {
    repr.store(made, own, value, hop);
    return;
  }
  const absent = hop.again("eq", [new Typed(fresh.value, type, fresh.repr), new Constant(undefined)], BOOL);
  const before = repr.load(made, own, hop);
  const text = to.lowType.toText();
  const pick = hop.typer.synthesized(
    `unless absent ${text}`,
    [
      ["absent", Bool],
      ["fresh", to.lowType],
      ["before", to.lowType],
    ],
    to.lowType,
    (s, isAbsent, given, kept) =>
      s.branch(
        isAbsent as Value,
        [given as Value, kept as Value],
        (yes, _given, k) => yes.return(k as Value),
        (no, g) => no.return(g as Value),
      ),
  );
  repr.store(made, own, hop.call(pick, [absent, value, before], to.lowType), hop);
}

/** Field access that needs no annotator's resolution (records in helpers). */
lowerings.on("getattr", InstanceRepr, (hop, repr) => {
  const field = repr.desc.findField(hop.literal<string>(1));
  if (field === null) throw new Error(`rtyper: unknown field: ${hop.describe()}`);
  return hop.toResult(repr.load(hop.inputNonNull(0), field, hop), repr.fieldRepr(field));
});
lowerings.on("getitem", InstanceRepr, (hop, repr) => {
  const field = repr.desc.findField(String(hop.known(1)?.value));
  if (field === null) throw new Error(`rtyper: unknown field: ${hop.describe()}`);
  return hop.toResult(repr.load(hop.inputNonNull(0), field, hop), repr.fieldRepr(field));
});
