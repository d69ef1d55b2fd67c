/**
 * Descriptors of a program's types and functions, one for each thing that is described, so that the run-time part may
 * compare them by identity. Fields, arrays and interior fields are numbered in one sequence; effect sets are sets of
 * those numbers. What each describes stays here, for whoever needs the low-level type again (llgraph, weaving).
 *
 * A field that holds a list whose items never change gets a second, immutable view of the list's fields and items:
 * the same numbers, other descriptors.
 */
import { addressNumber } from "../../rtyper/lltype/addresses.ts";
import type { Layout } from "../../rtyper/lltype/layout.ts";
import type { LowStruct } from "../../rtyper/lltype/memory.ts";
import type { LowClass } from "../../rtyper/lltype/program.ts";
import { type Field, LowArray, type LowType, Primitive, Struct } from "../../rtyper/lltype/types.ts";
import {
  ArrayDescr,
  CallDescr,
  type Descr,
  type EffectInfo,
  FieldDescr,
  InteriorFieldDescr,
  Layout as Place,
  SizeDescr,
} from "../format/descr.ts";
import { TextDescr } from "../format/jitcode.ts";
import { KIND_LETTERS, KIND_VOID } from "../format/traceops.ts";
import { isSigned, kindOf, storedKind } from "./kinds.ts";

/** A field of a struct as it is declared. */
export interface FieldOrigin {
  readonly struct: Struct;
  readonly field: Field;
}

/** What a call descriptor was made from. */
export interface CallOrigin {
  readonly args: readonly LowType[];
  readonly result: LowType;
}

export class DescrTable {
  readonly wordBits: number;
  readonly layout: Layout;
  /** All descriptors by their number in the store. */
  readonly all: Descr[] = [];
  readonly fieldOrigins = new Map<FieldDescr, FieldOrigin>();
  readonly arrayOrigins = new Map<ArrayDescr, LowArray | Struct>();
  readonly sizeOrigins = new Map<SizeDescr, Struct>();
  readonly interiorOrigins = new Map<InteriorFieldDescr, Field>();
  readonly callOrigins = new Map<CallDescr, CallOrigin>();
  readonly #numbers = new Map<Descr, number>();
  readonly #sizes = new Map<Struct, SizeDescr>();
  readonly #fields = new Map<string, FieldDescr>();
  readonly #arrays = new Map<string, ArrayDescr>();
  readonly #interiors = new Map<string, InteriorFieldDescr>();
  readonly #calls = new Map<string, CallDescr>();
  readonly #texts = new Map<string, TextDescr>();
  readonly #raws = new Map<string, ArrayDescr>();
  readonly #indices = new Map<string, number>();
  readonly #preorder = new Map<Struct, { readonly first: number; readonly last: number }>();
  readonly #keys = new Map<object, number>();

  constructor(wordBits: number, layout: Layout, classes: readonly LowClass[]) {
    this.wordBits = wordBits;
    this.layout = layout;
    let next = 1;
    const number = (c: LowClass): void => {
      const first = next++;
      for (const sub of c.subclasses) number(sub);
      this.#preorder.set(c.struct, { first, last: next - 1 });
    };
    for (const c of classes) if (c.base === null) number(c);
  }

  /** The number of a descriptor in the store. */
  numberOf(descr: Descr): number {
    let n = this.#numbers.get(descr);
    if (n === undefined) {
      n = this.all.length;
      this.all.push(descr);
      this.#numbers.set(descr, n);
    }
    return n;
  }

  /** Size and class of a struct; its fields are filled in at the first use. */
  size(struct: Struct): SizeDescr {
    let made = this.#sizes.get(struct);
    if (made === undefined) {
      const { vtable } = struct;
      const range = this.#preorder.get(struct) ?? { first: 0, last: 0 };
      const classId = vtable === null ? 0 : addressNumber(vtable as LowStruct);
      const bytes = this.layout.objectSize(struct);
      made = new SizeDescr(struct.name, bytes, classId, vtable !== null, range.first, range.last);
      this.#sizes.set(struct, made);
      this.sizeOrigins.set(made, struct);
      for (const field of struct.allFields()) {
        if (this.#isStored(field.type)) made.fields.push(this.field(struct, field.name));
      }
    }
    return made;
  }

  /** Void fields stand nowhere, and inlined structs are not read as values. */
  #isStored(type: LowType): boolean {
    return !(type instanceof Struct) && storedKind(type, this.wordBits) !== KIND_VOID;
  }

  /** A field by any struct that has it. `pure`: the view of it that never changes. */
  field(of: Struct, name: string, pure = false): FieldDescr {
    const { struct, field } = declared(of, name);
    const key = `${this.#keyOf(struct)} ${name}${pure && !field.immutable ? " pure" : ""}`;
    let made = this.#fields.get(key);
    if (made === undefined) {
      made = this.#makeField(struct, field, pure);
      this.#fields.set(key, made);
      this.fieldOrigins.set(made, { struct, field });
    }
    return made;
  }

  #makeField(struct: Struct, field: Field, pure: boolean): FieldDescr {
    const place = new Place(
      this.layout.offsetOf(struct, field.name),
      this.layout.sizeOf(field.type),
      isSigned(field.type),
    );
    let slot = 0;
    for (const other of struct.allFields()) {
      if (other.name === field.name) break;
      if (this.#isStored(other.type)) slot++;
    }
    const quasi = struct.jit?.quasiImmutable.has(field.name) ?? false;
    return new FieldDescr(
      `${struct.name}.${field.name}${pure && !field.immutable ? "!" : ""}`,
      this.size(struct),
      this.fieldIndex(struct, field.name),
      storedKind(field.type, this.wordBits),
      place,
      field.immutable || pure,
      quasi,
      slot,
    );
  }

  /** The items of an array type or variable-sized struct. */
  array(type: LowArray | Struct, pure = false): ArrayDescr {
    const item = itemOf(type);
    const immutable = type instanceof LowArray ? type.immutable : type.varItemImmutable;
    const key = `${this.#keyOf(type)}${pure && !immutable ? " pure" : ""}`;
    let made = this.#arrays.get(key);
    if (made === undefined) {
      const items = this.layout.itemsOf(type);
      made = new ArrayDescr(
        `${type.toText()}${pure && !immutable ? "!" : ""}`,
        this.arrayIndex(type),
        0,
        item instanceof Struct ? KIND_VOID : storedKind(item, this.wordBits),
        items.itemsOffset,
        items.itemSize,
        items.lengthOffset,
        isSigned(item),
        immutable || pure,
      );
      this.#arrays.set(key, made);
      this.arrayOrigins.set(made, type);
      if (item instanceof Struct && !pure) {
        for (const field of item.allFields()) made.itemFields.push(this.interior(type, field.name));
      }
    }
    return made;
  }

  /** A field of the items of an array of structs. */
  interior(type: LowArray | Struct, name: string): InteriorFieldDescr {
    const item = itemOf(type) as Struct;
    const key = `${this.#keyOf(type)} ${name}`;
    let made = this.#interiors.get(key);
    if (made === undefined) {
      const fields = [...item.allFields()];
      const slot = fields.findIndex((f) => f.name === name);
      const field = fields[slot] as Field;
      const place = new Place(this.layout.offsetOf(item, name), this.layout.sizeOf(field.type), isSigned(field.type));
      const kind = storedKind(field.type, this.wordBits);
      const index = this.interiorIndex(type, name);
      made = new InteriorFieldDescr(`${type.toText()}.${name}`, this.array(type), index, kind, place, slot);
      this.#interiors.set(key, made);
      this.interiorOrigins.set(made, field);
    }
    return made;
  }

  /** Width and sign of raw memory of a primitive type. */
  raw(type: LowType): ArrayDescr {
    const key = type.toText();
    let made = this.#raws.get(key);
    if (made === undefined) {
      const bytes = this.layout.sizeOf(type);
      const kind = storedKind(type, this.wordBits);
      made = new ArrayDescr(`raw ${key}`, this.#index(`raw ${key}`), 0, kind, 0, bytes, 0, isSigned(type), false);
      this.#raws.set(key, made);
    }
    return made;
  }

  text(text: string): TextDescr {
    let made = this.#texts.get(text);
    if (made === undefined) {
      made = new TextDescr(text, 0);
      this.#texts.set(text, made);
    }
    return made;
  }

  /** A call by signature and effects. `isC`: of a function that is called as C functions are. */
  call(
    name: string,
    args: readonly LowType[],
    result: LowType,
    effect: EffectInfo,
    array: ArrayDescr | null,
    isC = false,
  ): CallDescr {
    const letters = args.map((type) => KIND_LETTERS[kindOf(type, this.wordBits)] as string).filter((l) => l !== "n");
    const kind = kindOf(result, this.wordBits);
    const width = resultWidth(result);
    const signed = isSigned(result);
    const facts = `${kind} ${width} ${signed} ${isC} ${array === null ? "" : array.index}`;
    const key = `${letters.join("")} ${facts} ${effectKey(effect)} ${widths(args, result)}`;
    let made = this.#calls.get(key);
    if (made === undefined) {
      made = new CallDescr(name, letters.join(""), kind, effect, array);
      made.isC = isC;
      made.resultBits = width;
      made.resultSigned = signed;
      this.#calls.set(key, made);
      this.callOrigins.set(made, { args, result });
    }
    return made;
  }

  // ---- what descriptors stand for

  structOf(d: SizeDescr): Struct {
    return originOf(this.sizeOrigins, d);
  }

  arrayOf(d: ArrayDescr): LowArray | Struct {
    return originOf(this.arrayOrigins, d);
  }

  fieldName(d: FieldDescr | InteriorFieldDescr): string {
    return d instanceof FieldDescr ? originOf(this.fieldOrigins, d).field.name : originOf(this.interiorOrigins, d).name;
  }

  // ---- numbers of what effects are about

  fieldIndex(of: Struct, name: string): number {
    return this.#index(`${this.#keyOf(declared(of, name).struct)} ${name}`);
  }

  arrayIndex(type: LowArray | Struct): number {
    return this.#index(`${this.#keyOf(type)}`);
  }

  interiorIndex(type: LowArray | Struct, name: string): number {
    return this.#index(`${this.#keyOf(type)} [].${name}`);
  }

  /** How many numbers there are so far. */
  get indexCount(): number {
    return this.#indices.size;
  }

  #index(key: string): number {
    let index = this.#indices.get(key);
    if (index === undefined) {
      index = this.#indices.size;
      this.#indices.set(key, index);
    }
    return index;
  }

  #keyOf(type: object): number {
    let key = this.#keys.get(type);
    if (key === undefined) {
      key = this.#keys.size;
      this.#keys.set(type, key);
    }
    return key;
  }
}

/** The struct that declares a field, and the field. */
function declared(of: Struct, name: string): FieldOrigin {
  for (let struct: Struct | null = of; struct !== null; struct = struct.base) {
    const field = struct.ownFields.find((f) => f.name === name);
    if (field !== undefined) return { struct, field };
  }
  throw new Error(`${of.name} has no field ${name}`);
}

/** Item type of an array or variable-sized struct. */
export function itemOf(type: LowArray | Struct): LowType {
  const item = type instanceof LowArray ? type.item : type.varItem;
  if (item === null) throw new Error(`${type.toText()} has no items`);
  return item;
}

function effectKey(effect: EffectInfo): string {
  const { extra, special, canInvalidate, canCollect } = effect;
  return `${extra} ${special} ${canInvalidate} ${canCollect} ${effect.reads.join(",")} ${effect.writes.join(",")}`;
}

/** Bits of an int result that mean something; 0 for a whole word. */
function resultWidth(type: LowType): number {
  if (!(type instanceof Primitive)) return 0;
  return type.kind === "bool" ? 1 : type.kind === "float" ? 0 : type.bits;
}

/** Widths matter for the stub that makes the call, not for the trace. */
function widths(args: readonly LowType[], result: LowType): string {
  return [...args, result].map((type) => ("kind" in type ? type.toText() : "p")).join(",");
}

function originOf<D extends Descr, O>(origins: ReadonlyMap<D, O>, d: D): O {
  const found = origins.get(d);
  if (found === undefined) throw new Error(`${d.name} is no descriptor of this program`);
  return found;
}
