/**
 * Where everything stands in memory: sizes, alignments and offsets of low-level types, for both word sizes and for
 * headers with and without a type pointer. Backends, the type table and symbolic constants all ask here.
 *
 * GC objects start with the header word; instances (structs below `Object`) may have the type pointer as second word.
 * Fields of GC structs are sorted by size, so that holes appear only after a base's fields, and holes of the base are
 * filled by the fields of the derived struct (a base is never copied as a value). Raw structs keep declaration order,
 * because C reads some. A variable-sized struct ends in a length word and the items.
 *
 * Invariant: no offset depends on anything but the type and the configuration; a derived struct's layout extends its
 * base's. On 32-bit nothing is aligned to more than 4 bytes, as the i386 ABI does it.
 */
import {
  FuncType,
  LowArray,
  type LowType,
  OBJECT,
  Opaque,
  PairType,
  Primitive,
  Ptr,
  type PtrTarget,
  Struct,
  WEAKREF,
} from "./types.ts";

export interface LayoutConfig {
  readonly wordBytes: 4 | 8;
  /** Whether instances have the address of their vtable as second word (without `--gcremovetypeptr`). */
  readonly typePointer: boolean;
}

export interface StructLayout {
  /** Bytes of the object without items, rounded up to its alignment (to a word for GC objects). */
  readonly size: number;
  readonly align: number;
  /** Byte offset of every field, base's included. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Variable-sized: where length and first item stand, and the distance between items. */
  readonly array: ArrayLayout | null;
}

export interface ArrayLayout {
  readonly lengthOffset: number;
  readonly itemsOffset: number;
  readonly itemSize: number;
  readonly align: number;
}

interface Hole {
  start: number;
  end: number;
}

/** Layout under construction: where the fields end and which gaps are left. */
interface Plan {
  readonly offsets: Map<string, number>;
  readonly holes: Hole[];
  end: number;
  align: number;
}

export class Layout {
  readonly wordBytes: 4 | 8;
  readonly typePointer: boolean;
  readonly #plans = new Map<Struct, Plan>();
  readonly #structs = new Map<Struct, StructLayout>();
  readonly #arrays = new Map<LowArray, ArrayLayout>();

  constructor(config: LayoutConfig) {
    this.wordBytes = config.wordBytes;
    this.typePointer = config.typePointer;
  }

  /** Bytes of a value of the type in memory; for GC objects of fixed size, with header. */
  sizeOf(type: LowType): number {
    if (type instanceof Primitive) return this.#primitiveSize(type);
    if (type instanceof Ptr) return this.wordBytes;
    if (type instanceof Struct) return this.struct(type).size;
    if (type instanceof LowArray) return this.array(type).itemsOffset;
    if (type instanceof Opaque && type === WEAKREF) return 3 * this.wordBytes;
    if (type instanceof Opaque) return this.wordBytes;
    throw new Error(`${type instanceof PairType ? "nullable scalar" : "function"} ${type.toText()} has no size`);
  }

  alignOf(type: LowType): number {
    if (type instanceof Struct) return this.struct(type).align;
    if (type instanceof LowArray) return this.array(type).align;
    return Math.min(Math.max(this.sizeOf(type), 1), this.wordBytes);
  }

  struct(type: Struct): StructLayout {
    let found = this.#structs.get(type);
    if (found === undefined) {
      found = this.#layStruct(type);
      this.#structs.set(type, found);
    }
    return found;
  }

  array(type: LowArray): ArrayLayout {
    let found = this.#arrays.get(type);
    if (found === undefined) {
      found = this.#layItems(type.gc ? this.wordBytes : 0, type.item, this.wordBytes);
      this.#arrays.set(type, found);
    }
    return found;
  }

  /** Layout of the items that `getarrayitem` addresses through a pointer to `target`. */
  itemsOf(target: PtrTarget): ArrayLayout {
    if (target instanceof LowArray) return this.array(target);
    if (target instanceof Struct) {
      const items = this.struct(target).array;
      if (items !== null) return items;
    }
    throw new Error(`${target.toText()} has no items`);
  }

  offsetOf(type: Struct, field: string): number {
    const offset = this.struct(type).offsets.get(field);
    if (offset === undefined) throw new Error(`${type.name} has no field ${field}`);
    return offset;
  }

  /**
   * Bytes of an object of the type with that many items, as the collectors count it: a GC object has two words at
   * least, so that a moved one has room for its new address.
   */
  objectSize(type: PtrTarget, length = 0): number {
    if (type instanceof FuncType) throw new Error("a function has no size");
    const items = type instanceof LowArray || (type instanceof Struct && type.varItem !== null);
    if (!items) return type.gc ? Math.max(this.sizeOf(type), 2 * this.wordBytes) : this.sizeOf(type);
    const { itemsOffset, itemSize, align } = this.itemsOf(type);
    return roundUp(itemsOffset + itemSize * length, type.gc ? this.wordBytes : align);
  }

  #primitiveSize(type: Primitive): number {
    if (type.kind === "void") return 0;
    return type.bits === 0 ? this.wordBytes : type.bits / 8;
  }

  #plan(type: Struct): Plan {
    const found = this.#plans.get(type);
    if (found !== undefined) return found;
    const plan = type.base === null ? this.#rootPlan(type) : copyPlan(this.#plan(type.base));
    const fields = [...type.ownFields].filter((f) => this.sizeOf(f.type) > 0 || f.type instanceof Struct);
    if (type.gc) fields.sort((a, b) => this.alignOf(b.type) - this.alignOf(a.type));
    for (const f of fields) plan.offsets.set(f.name, place(plan, this.sizeOf(f.type), this.alignOf(f.type), type.gc));
    // Fields of type Void stand nowhere; offset 0 keeps questions about them harmless.
    for (const f of type.ownFields) if (!plan.offsets.has(f.name)) plan.offsets.set(f.name, 0);
    this.#plans.set(type, plan);
    return plan;
  }

  #rootPlan(type: Struct): Plan {
    if (!type.gc) return { offsets: new Map(), holes: [], end: 0, align: 1 };
    const words = type === OBJECT && this.typePointer ? 2 : 1;
    return { offsets: new Map(), holes: [], end: words * this.wordBytes, align: this.wordBytes };
  }

  #layStruct(type: Struct): StructLayout {
    const plan = this.#plan(type);
    if (type.varItem !== null) {
      const array = this.#layItems(plan.end, type.varItem, plan.align);
      return { size: array.itemsOffset, align: array.align, offsets: plan.offsets, array };
    }
    return { size: roundUp(plan.end, plan.align), align: plan.align, offsets: plan.offsets, array: null };
  }

  #layItems(end: number, item: LowType, align: number): ArrayLayout {
    const itemAlign = this.alignOf(item);
    const lengthOffset = roundUp(end, this.wordBytes);
    return {
      lengthOffset,
      itemsOffset: roundUp(lengthOffset + this.wordBytes, itemAlign),
      itemSize: roundUp(this.sizeOf(item), itemAlign),
      align: Math.max(align, itemAlign, this.wordBytes),
    };
  }
}

function copyPlan(plan: Plan): Plan {
  return {
    offsets: new Map(plan.offsets),
    holes: plan.holes.map((hole) => ({ ...hole })),
    end: plan.end,
    align: plan.align,
  };
}

/** Finds room for one field, in a hole if allowed; returns its offset. */
function place(plan: Plan, size: number, align: number, fillHoles: boolean): number {
  plan.align = Math.max(plan.align, align);
  if (fillHoles) {
    for (const hole of plan.holes) {
      const at = roundUp(hole.start, align);
      if (at + size > hole.end) continue;
      const rest = { start: at + size, end: hole.end };
      hole.end = at;
      if (rest.start < rest.end) plan.holes.push(rest);
      return at;
    }
  }
  const at = roundUp(plan.end, align);
  if (at > plan.end) plan.holes.push({ start: plan.end, end: at });
  plan.end = at + size;
  return at;
}

export function roundUp(bytes: number, align: number): number {
  return Math.ceil(bytes / align) * align;
}
