/**
 * Low-level pointers in run-time helpers: fields, items and lengths of structs and arrays, unchecked. Small integers are
 * ints to the helper; nullable scalars are nullable.
 */
import type { SomePtr } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { Hop, OpList } from "../hop.ts";
import { LowArrayObject, LowFunction, LowOpaque, LowStruct, type LowValue } from "../lltype/memory.ts";
import {
  Char,
  FLAG_SUFFIX,
  Float,
  FuncType,
  LowArray,
  type LowType,
  PairType,
  Primitive,
  type Ptr,
  pairOfItem,
  pairType,
  ptr,
  Signed,
  SingleFloat,
  Struct,
  Void,
} from "../lltype/types.ts";
import { badConst, builtins, type ConstPlace, conversions, lowerings, Repr, reprs } from "../repr.ts";
import { loadField, loadItem, storeItemValue, storeValue } from "../storage.ts";
import { lowSignature } from "../synth.ts";

export class PointerRepr extends Repr {
  readonly lowType: Ptr;
  /** Of a pointer to code: its type as helpers write calls, nullable scalars not yet split and nothing left out. */
  readonly signature: FuncType | null;

  constructor(type: Ptr) {
    super();
    this.signature = type.to instanceof FuncType ? type.to : null;
    this.lowType = type.to instanceof FuncType ? ptr(lowSignature(type.to.args, type.to.result)) : type;
  }

  toText(): string {
    return this.lowType.toText();
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    const isLow =
      value instanceof LowStruct ||
      value instanceof LowArrayObject ||
      value instanceof LowFunction ||
      value instanceof LowOpaque;
    return isLow ? value : badConst(this, value, place);
  }
}

reprs.on<SomePtr>("ptr", (s, typer) => typer.intern(s.lltype, () => new PointerRepr(s.lltype as Ptr)));

// A helper sees any reference by its pointer.
conversions.on(PointerRepr, Repr, (v, _from, to, ops) => castTo(v, to, ops));
conversions.on(Repr, PointerRepr, (v, _from, to, ops) => castTo(v, to, ops));

function castTo(v: Value, to: Repr, ops: OpList): Value {
  if (v.type === to.lowType) return v;
  if (to.lowType === Void) return ops.void(null);
  if (to.lowType instanceof Primitive) throw new Error(`rtyper: a pointer cannot become ${to.toText()}`);
  return ops.cast(v, to.lowType);
}

/** The type by which a helper holds what memory stores as `type`. */
function heldType(type: LowType): LowType {
  if (!(type instanceof Primitive)) return type;
  if (type === SingleFloat) return Float;
  return type.kind === "integer" && type.bits > 0 && type.bits <= 32 ? Signed : type;
}

/** From memory's type to the helper's. */
function widen(value: Value, ops: OpList): Value {
  const type = value.type as LowType;
  const held = heldType(type);
  if (held === type) return value;
  return ops.emit(type === SingleFloat ? "single_to_float" : "int_cast", [value], held);
}

/** From the helper's type to memory's. */
function narrow(hop: Hop, i: number, type: LowType): Value {
  const held = hop.typer.reprOf(hop.typer.someOfLowType(heldType(type)));
  const value = hop.inputArg(held, i);
  if (value.type === type) return value;
  if (type === SingleFloat) return hop.emit("float_to_single", [value], type);
  return hop.emit(type === Char ? "int_to_char" : "int_cast", [value], type);
}

function structOf(repr: PointerRepr, hop: Hop): Struct {
  if (repr.lowType.to instanceof Struct) return repr.lowType.to;
  throw new Error(`rtyper: no struct: ${hop.describe()}`);
}

/** Type of a field as a value: a pair when the struct has a flag beside it. */
function fieldType(struct: Struct, name: string, hop: Hop): LowType {
  const field = struct.findField(name);
  if (field === null) throw new Error(`rtyper: ${struct.name} has no field ${name}: ${hop.describe()}`);
  const hasFlag = struct.findField(`${name}${FLAG_SUFFIX}`) !== null;
  return hasFlag ? pairType(field.type as Primitive) : field.type;
}

function finished(value: Value, hop: Hop): Value {
  const wide = widen(value, hop);
  const from = hop.typer.reprOf(hop.typer.someOfLowType(wide.type as LowType));
  return hop.toResult(wide, from);
}

builtins.on("ptr.length", (hop) => finished(hop.emit("getarraysize", [hop.input(0)], Signed), hop));

lowerings.on("getattr", PointerRepr, (hop, repr) => {
  const name = hop.literal<string>(1);
  const object = hop.input(0);
  const struct = structOf(repr, hop);
  return finished(loadField(object, name, fieldType(struct, name, hop), hop), hop);
});

lowerings.on("setattr", PointerRepr, (hop, repr) => {
  const name = hop.literal<string>(1);
  const struct = structOf(repr, hop);
  storeValue(hop.input(0), name, stored(hop, 2, fieldType(struct, name, hop)), hop);
  return null;
});

function stored(hop: Hop, i: number, type: LowType): Value {
  return type instanceof PairType
    ? hop.inputArg(hop.typer.reprOf(hop.typer.someOfLowType(type)), i)
    : narrow(hop, i, type);
}

/** Item type of an array or variable-sized struct. */
function itemType(repr: PointerRepr, hop: Hop): LowType {
  const { to } = repr.lowType;
  const type = to instanceof LowArray ? to.item : to instanceof Struct ? to.varItem : null;
  if (type === null) throw new Error(`rtyper: no array: ${hop.describe()}`);
  return type;
}

function index(hop: Hop): Value {
  return hop.inputArg(hop.typer.reprOf(hop.typer.someOfLowType(Signed)), 1);
}

lowerings.on("getitem", PointerRepr, (hop, repr) => {
  const type = itemType(repr, hop);
  return finished(loadItem(hop.input(0), index(hop), type, hop), hop);
});

lowerings.on("setitem", PointerRepr, (hop, repr) => {
  const type = itemType(repr, hop);
  const pair = pairOfItem(type);
  storeItemValue(hop.input(0), index(hop), stored(hop, 2, pair ?? type), hop);
  return null;
});

/** Whether the pointer is to code. */
export function isCode(repr: PointerRepr): boolean {
  return repr.lowType.to instanceof FuncType;
}
