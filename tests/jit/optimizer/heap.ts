/** Objects for optimizer tests: structs, arrays and strings as JavaScript objects, readable by descriptors. */
import type { ArrayDescr, CallDescr, FieldDescr, InteriorFieldDescr, SizeDescr } from "../../../jit/format/descr.ts";
import { HeapReader } from "../../../jit/format/heap.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../../../jit/format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, type Value } from "../../../jit/format/values.ts";
import type { GcRef } from "../../../rlib/lowlevel.ts";

export type Scalar = number | Struct | List | Text | null;

/** A struct or instance. */
export class Struct {
  readonly type: SizeDescr;
  readonly fields: Scalar[];
  constructor(type: SizeDescr) {
    this.type = type;
    this.fields = type.fields.map((f) => zero(f.kind));
  }
}

/** An array; items of arrays of structs are rows. */
export class List {
  readonly type: ArrayDescr;
  readonly items: Scalar[];
  constructor(type: ArrayDescr, n: number) {
    this.type = type;
    const row = type.kind === KIND_VOID ? type.itemFields.map((f) => zero(f.kind)) : [zero(type.kind)];
    this.items = Array.from({ length: n }, () => row).flat();
  }
  get length(): number {
    return this.type.kind === KIND_VOID ? this.items.length / this.type.itemFields.length : this.items.length;
  }
}

/** A string; under construction it may have holes. */
export class Text {
  readonly units: number[];
  constructor(units: number[]) {
    this.units = units;
  }
}

/** Class id of strings. */
export const TEXT_CLASS = 8;

function zero(kind: number): Scalar {
  return kind === KIND_REF ? null : 0;
}

/** What a function called from a trace does; arguments as values. */
export type Callee = (args: Scalar[]) => Scalar;

export class TestHeap extends HeapReader {
  /** Elidable functions that may be called while optimizing, by their descriptor's name. */
  readonly callees = new Map<string, Callee>();

  getFieldInt(o: GcRef, d: FieldDescr): number {
    return field(o, d) as number;
  }
  getFieldRef(o: GcRef, d: FieldDescr): GcRef | null {
    return field(o, d) as unknown as GcRef | null;
  }
  getFieldFloat(o: GcRef, d: FieldDescr): number {
    return field(o, d) as number;
  }
  getItemInt(o: GcRef, index: number, _d: ArrayDescr): number {
    return asList(o).items[index] as number;
  }
  getItemRef(o: GcRef, index: number, _d: ArrayDescr): GcRef | null {
    return asList(o).items[index] as unknown as GcRef | null;
  }
  getItemFloat(o: GcRef, index: number, _d: ArrayDescr): number {
    return asList(o).items[index] as number;
  }
  arrayLength(o: GcRef, _d: ArrayDescr): number {
    return asList(o).length;
  }
  stringLength(o: GcRef): number {
    return (o as unknown as Text).units.length;
  }
  stringUnit(o: GcRef, index: number): number {
    return (o as unknown as Text).units[index]!;
  }
  makeString(units: number[]): GcRef {
    return new Text([...units]) as unknown as GcRef;
  }
  classOf(o: GcRef): number {
    const object = o as unknown as Scalar;
    if (object instanceof Struct) return object.type.classId;
    return object instanceof List ? object.type.classId : TEXT_CLASS;
  }
  isSubclass(classId: number, of: SizeDescr): boolean {
    const known = this.structs.find((s) => s.classId === classId);
    return known !== undefined && known.number >= of.number && known.number <= of.lastNumber;
  }
  callElidable(args: Value[], descr: CallDescr): Value | null {
    const callee = this.callees.get(descr.name);
    if (callee === undefined) return null;
    return constant(callee(args.slice(1).map(scalarOf)), descr.result);
  }
  structs: SizeDescr[] = [];
}

function field(o: GcRef, d: FieldDescr): Scalar {
  return asStruct(o).fields[d.slot]!;
}

function asStruct(o: unknown): Struct {
  if (!(o instanceof Struct)) throw new Error("not a struct");
  return o;
}

function asList(o: unknown): List {
  if (!(o instanceof List)) throw new Error("not an array");
  return o;
}

/** The value of a constant. */
export function scalarOf(value: Value): Scalar {
  if (value instanceof ConstInt || value instanceof ConstFloat) return value.value;
  if (value instanceof ConstRef) return value.value as unknown as Scalar;
  throw new Error("not a constant");
}

/** A constant of that kind. */
export function constant(value: Scalar, kind: number): Value {
  if (kind === KIND_INT) return new ConstInt(value as number);
  if (kind === KIND_FLOAT) return new ConstFloat(value as number);
  return new ConstRef(value as unknown as GcRef | null);
}

/** Place of a field of an item in an array of structs. */
export function interiorAt(list: List, index: number, d: InteriorFieldDescr): number {
  return index * list.type.itemFields.length + d.slot;
}
