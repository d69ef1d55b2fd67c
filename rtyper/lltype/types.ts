/**
 * Low-level types: what every value has from the rtyper on. Primitive types are singletons; arrays, pointers and
 * function types are interned by structure; structs are nominal (two structs with equal fields are different types),
 * created by name first and given their fields later, so that they may be recursive.
 *
 * The word size is a parameter of layout and of the meaning of `Signed`/`Unsigned`/`Address`, never part of a type.
 *
 * How constants and simulated values of each type are represented on Node:
 * `Signed Unsigned Int64 UInt64` bigint; narrower integers and `Char` number; `Bool` boolean; `Float SingleFloat`
 * number; `Void` any live value (known at translation time, no run-time existence); `Address` and `Ptr` objects of
 * `memory.ts` (`Ptr`: null or a Pointer).
 */
import type { ValueType } from "../../translator/flow/model.ts";
import type { StructHints } from "./jit.ts";

export type LowType = Primitive | Ptr | Struct | LowArray | FuncType | Opaque | PairType;

/** Family of a primitive, for the polymorphic operations of the table. */
export type PrimitiveKind = "integer" | "float" | "bool" | "char" | "void" | "address";

export class Primitive implements ValueType {
  readonly name: string;
  readonly kind: PrimitiveKind;
  /** Bits for fixed widths; 0 for word-sized integers and addresses, and for Void. */
  readonly bits: number;
  readonly signed: boolean;

  constructor(name: string, kind: PrimitiveKind, bits: number, signed: boolean) {
    this.name = name;
    this.kind = kind;
    this.bits = bits;
    this.signed = signed;
  }

  toText(): string {
    return this.name;
  }
}

export const Signed = new Primitive("Signed", "integer", 0, true);
export const Unsigned = new Primitive("Unsigned", "integer", 0, false);
export const Int8 = new Primitive("Int8", "integer", 8, true);
export const Int16 = new Primitive("Int16", "integer", 16, true);
export const Int32 = new Primitive("Int32", "integer", 32, true);
export const Int64 = new Primitive("Int64", "integer", 64, true);
export const UInt8 = new Primitive("UInt8", "integer", 8, false);
export const UInt16 = new Primitive("UInt16", "integer", 16, false);
export const UInt32 = new Primitive("UInt32", "integer", 32, false);
export const UInt64 = new Primitive("UInt64", "integer", 64, false);
export const Float = new Primitive("Float", "float", 64, true);
export const SingleFloat = new Primitive("SingleFloat", "float", 32, true);
export const Bool = new Primitive("Bool", "bool", 8, false);
/** One UTF-16 unit. */
export const Char = new Primitive("Char", "char", 16, false);
export const Void = new Primitive("Void", "void", 0, false);
/** A raw machine address; the collectors' and the JIT's view of memory. */
export const Address = new Primitive("Address", "address", 0, false);

export const PRIMITIVES: readonly Primitive[] = [
  Signed,
  Unsigned,
  Int8,
  Int16,
  Int32,
  Int64,
  UInt8,
  UInt16,
  UInt32,
  UInt64,
  Float,
  SingleFloat,
  Bool,
  Char,
  Void,
  Address,
];

export interface Field {
  readonly name: string;
  readonly type: LowType;
  /** Never written after the object is published: reads fold through prebuilt data and are trusted by the JIT. */
  readonly immutable: boolean;
}

/**
 * A struct, garbage collected (`gc`) or raw. `base`'s fields come first, so a pointer to a struct is a pointer to
 * its base (`cast_pointer`). `varArray` makes it variable-sized: it ends in a length and that many items, which
 * `getarrayitem`, `setarrayitem` and `getarraysize` on a pointer to the struct address.
 */
export class Struct implements ValueType {
  /** Unique name by origin (`goal/python/frame.ts#Frame`), stable between runs. */
  readonly name: string;
  readonly gc: boolean;
  readonly base: Struct | null;
  #fields: readonly Field[] | null = null;
  #varItem: LowType | null = null;
  #varItemImmutable = false;
  /** The vtable of an instance struct (class, record, closure): a raw prebuilt struct; set by the rtyper. */
  vtable: unknown = null;
  /**
   * The items are entries of a weak map: each begins with a key that the table does not keep alive, and the collector
   * clears the item when the key dies.
   */
  isWeakTable = false;
  /** What the program says to the JIT about the class; null: nothing. Set with the fields. */
  jit: StructHints | null = null;

  constructor(name: string, gc: boolean, base: Struct | null = null) {
    this.name = name;
    this.gc = gc;
    this.base = base;
  }

  /** Gives the own fields (without the base's), once. */
  define(fields: readonly Field[], varItem: LowType | null = null, varItemImmutable = false): this {
    if (this.#fields !== null) throw new Error(`struct ${this.name} defined twice`);
    this.#fields = fields;
    this.#varItem = varItem;
    this.#varItemImmutable = varItemImmutable;
    return this;
  }

  get isDefined(): boolean {
    return this.#fields !== null;
  }

  /** Own fields in declaration order (layout sorts them; see layout.ts). */
  get ownFields(): readonly Field[] {
    if (this.#fields === null) throw new Error(`struct ${this.name} is not defined yet`);
    return this.#fields;
  }

  /** Item type of the trailing array of a variable-sized struct, or null. */
  get varItem(): LowType | null {
    return this.#varItem;
  }

  get varItemImmutable(): boolean {
    return this.#varItemImmutable;
  }

  /** Base's fields, then own ones. */
  *allFields(): Generator<Field> {
    if (this.base !== null) yield* this.base.allFields();
    yield* this.ownFields;
  }

  findField(name: string): Field | null {
    for (const field of this.allFields()) if (field.name === name) return field;
    return null;
  }

  inheritsFrom(other: Struct): boolean {
    for (let s: Struct | null = this; s !== null; s = s.base) if (s === other) return true;
    return false;
  }

  toText(): string {
    return this.name;
  }
}

/** An array with its length in front; items may be primitives, pointers, or non-gc structs (inlined). */
export class LowArray implements ValueType {
  readonly item: LowType;
  readonly gc: boolean;
  /** Items are never written after the array is published. */
  readonly immutable: boolean;

  constructor(item: LowType, gc: boolean, immutable: boolean) {
    this.item = item;
    this.gc = gc;
    this.immutable = immutable;
  }

  toText(): string {
    return `${this.gc ? "GcArray" : "Array"}(${this.item.toText()}${this.immutable ? ", immutable" : ""})`;
  }
}

export class FuncType implements ValueType {
  readonly args: readonly LowType[];
  readonly result: LowType;

  constructor(args: readonly LowType[], result: LowType) {
    this.args = args;
    this.result = result;
  }

  toText(): string {
    return `Func((${this.args.map((a) => a.toText()).join(", ")}) -> ${this.result.toText()})`;
  }
}

/** Memory whose content only the runtime or the collector knows; `gc` ones are traced by their type id. */
export class Opaque implements ValueType {
  readonly name: string;
  readonly gc: boolean;

  constructor(name: string, gc: boolean) {
    this.name = name;
    this.gc = gc;
  }

  toText(): string {
    return this.name;
  }
}

export type PtrTarget = Struct | LowArray | FuncType | Opaque;

export class Ptr implements ValueType {
  readonly to: PtrTarget;

  constructor(to: PtrTarget) {
    this.to = to;
  }

  /** Whether the collector must know this pointer. */
  get isGc(): boolean {
    return !(this.to instanceof FuncType) && this.to.gc;
  }

  toText(): string {
    return `Ptr(${this.to.toText()})`;
  }
}

/**
 * A nullable scalar before `explode` splits it: value and flag (0 null-free value, 1 null, 2 undefined). Exists only
 * inside the rtyper's own output; after `rtyper/explode` each such variable is two variables, each such field two
 * adjacent fields, and functions returning one return the value and leave the flag in the Vm struct.
 */
export class PairType implements ValueType {
  readonly value: Primitive;

  constructor(value: Primitive) {
    this.value = value;
  }

  toText(): string {
    return `Nullable(${this.value.toText()})`;
  }
}

const interned = new Map<string, LowType>();
const identities = new WeakMap<object, number>();
let nextIdentity = 1;

function identityOf(type: object): number {
  let id = identities.get(type);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(type, id);
  }
  return id;
}

function intern<T extends LowType>(key: string, make: () => T): T {
  const found = interned.get(key);
  if (found !== undefined) return found as T;
  const made = make();
  interned.set(key, made);
  return made;
}

/** Pointer to a target; the same object for the same target. */
export function ptr(to: PtrTarget): Ptr {
  return intern(`ptr ${identityOf(to)}`, () => new Ptr(to));
}

export function gcArray(item: LowType, immutable = false): LowArray {
  return intern(`gcarray ${identityOf(item)} ${immutable}`, () => new LowArray(item, true, immutable));
}

export function rawArray(item: LowType, immutable = false): LowArray {
  return intern(`array ${identityOf(item)} ${immutable}`, () => new LowArray(item, false, immutable));
}

export function funcType(args: readonly LowType[], result: LowType): FuncType {
  const key = `func ${args.map(identityOf).join(",")} ${identityOf(result)}`;
  return intern(key, () => new FuncType(args, result));
}

export function pairType(value: Primitive): PairType {
  return intern(`pair ${identityOf(value)}`, () => new PairType(value));
}

/** Root of every class, record and closure struct: no fields of its own; the header is the collector's. */
export const OBJECT = new Struct("Object", true).define([]);
/** Root of every vtable; the fields are known to layout and to the gc transform. */
export const VTABLE = new Struct("VTable", false).define([
  { name: "subclassMin", type: Int32, immutable: true },
  { name: "subclassMax", type: Int32, immutable: true },
  // Filled in by the backend when it lays out the type table.
  { name: "typeId", type: Int32, immutable: true },
  { name: "name", type: ptr(rawArray(UInt8, true)), immutable: true },
]);
/** Strings: cached hash (0 = not computed) and UTF-16 units. */
export const STRING = new Struct("String", true).define([{ name: "hash", type: Signed, immutable: false }], Char, true);
/** Bigints: signed number of limbs in use (negative for negative values) and the limbs, words, lowest first. */
export const BIGINT = new Struct("BigInt", true).define([{ name: "size", type: Signed, immutable: false }], Unsigned);
/** A weak reference object; dereferenced by `weakref_deref`. */
export const WEAKREF = new Opaque("WeakRef", true);
/** A function known only by its arguments' machine kinds (vtables of closures hold typed ones instead). */
export const RAW_CODE = new Opaque("Code", false);

export const ptrTo = { object: ptr(OBJECT), vtable: ptr(VTABLE), string: ptr(STRING), weakref: ptr(WEAKREF) } as const;

/** The suffix of the companion field that holds the flag of a nullable scalar stored in a struct. */
export const FLAG_SUFFIX = "$flag";

const pairStructs = new Map<Primitive, Struct>();
const pairOfStruct = new WeakMap<Struct, PairType>();

/** How an array stores nullable scalars: items are this raw struct, `value` and `value$flag` (0 present, 1 null, 2 undefined). */
export function pairStruct(value: Primitive): Struct {
  let made = pairStructs.get(value);
  if (made === undefined) {
    made = new Struct(`Nullable(${value.name})`, false).define([
      { name: "value", type: value, immutable: false },
      { name: `value${FLAG_SUFFIX}`, type: UInt8, immutable: false },
    ]);
    pairStructs.set(value, made);
    pairOfStruct.set(made, pairType(value));
  }
  return made;
}

/** The nullable scalar that an item struct of `pairStruct` stands for; null for every other type. */
export function pairOfItem(type: LowType): PairType | null {
  return type instanceof Struct ? (pairOfStruct.get(type) ?? null) : null;
}

/** The fields that store a value of a type under a name: one, or two for a nullable scalar. */
export function storageFields(name: string, type: LowType, immutable: boolean): Field[] {
  if (!(type instanceof PairType)) return [{ name, type, immutable }];
  return [
    { name, type: type.value, immutable },
    { name: `${name}${FLAG_SUFFIX}`, type: UInt8, immutable },
  ];
}

/** The item type of an array that stores values of a type. */
export function storageItem(type: LowType): LowType {
  return type instanceof PairType ? pairStruct(type.value) : type;
}
