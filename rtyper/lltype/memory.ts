/**
 * Simulated memory: the objects that prebuilt data consists of and that `llinterp` runs over. A pointer value is the
 * container itself (or null), so identity is JavaScript identity. Containers refuse unknown fields, values of a wrong
 * type, indices out of range and any use after `free`.
 *
 * The same containers are the input of the backend: it walks them from the constants of the graphs.
 */
import type { FunctionGraph } from "../../translator/flow/model.ts";
import type { FunctionHints } from "./jit.ts";
import {
  Address,
  Bool,
  FuncType,
  type LowArray,
  type LowType,
  OBJECT,
  Opaque,
  PairType,
  Primitive,
  Ptr,
  type PtrTarget,
  Struct,
} from "./types.ts";

/** A value of a low-level type (see types.ts for which type uses which representation). */
export type LowValue = bigint | number | boolean | null | LowContainer | LowAddress | SymbolicWord;

export type LowContainer = LowStruct | LowArrayObject | LowFunction | LowOpaque;

/** A word known only when the program is laid out; the backend and llinterp resolve it. */
export class SymbolicWord {
  readonly kind: "type_id" | "last_type_id" | "size_of" | "offset_of" | "subclass_min" | "subclass_max";
  readonly type: PtrTarget;
  readonly field: string;

  constructor(kind: SymbolicWord["kind"], type: PtrTarget, field = "") {
    this.kind = kind;
    this.type = type;
    this.field = field;
  }
}

/** An address on the simulated heap: container and byte offset, or a plain number for arithmetic on null. */
export class LowAddress {
  readonly base: LowContainer | null;
  readonly offset: bigint;

  constructor(base: LowContainer | null, offset: bigint) {
    this.base = base;
    this.offset = offset;
  }
}

/** What went wrong in a simulated access; always a bug of the graph or the pass, never of the user's program. */
export class MemoryError extends Error {}

/** The value that zeroed memory holds for a type. */
export function zeroValue(type: LowType): LowValue {
  if (type instanceof Ptr) return null;
  if (type instanceof Primitive) {
    if (type === Bool) return false;
    if (type === Address) return new LowAddress(null, 0n);
    if (type.kind === "integer") return type.bits === 0 || type.bits === 64 ? 0n : 0;
    return 0;
  }
  if (type instanceof Struct) return new LowStruct(type, 0);
  throw new MemoryError(`no zero value of type ${type instanceof PairType ? type.toText() : String(type)}`);
}

/** Whether a value has the representation that a type asks for. */
export function isValueOf(value: LowValue, type: LowType): boolean {
  if (type instanceof Ptr) return value === null || isContainerFor(value, type.to);
  if (type instanceof Primitive) {
    switch (type.kind) {
      case "bool":
        return typeof value === "boolean";
      case "address":
        return value instanceof LowAddress;
      case "integer":
        return type.bits === 0 || type.bits === 64
          ? typeof value === "bigint" || value instanceof SymbolicWord
          : typeof value === "number" || (type.bits === 32 && value instanceof SymbolicWord);
      case "void":
        return true;
      default:
        return typeof value === "number";
    }
  }
  return type instanceof Struct && value instanceof LowStruct && value.type === type;
}

function isContainerFor(value: LowValue, target: PtrTarget): boolean {
  // A pointer to `Object` holds a reference to anything that is collected.
  if (target === OBJECT) return (value instanceof LowStruct || value instanceof LowArrayObject) && value.type.gc;
  if (target instanceof Struct) return value instanceof LowStruct && value.type.inheritsFrom(target);
  if (target instanceof FuncType) return value instanceof LowFunction && value.type === target;
  if (target instanceof Opaque) return value instanceof LowOpaque || value instanceof LowStruct;
  return value instanceof LowArrayObject && value.type === target;
}

function requireValue(value: LowValue, type: LowType, where: string): void {
  if (!isValueOf(value, type)) {
    throw new MemoryError(`${where} has type ${type.toText()}, not the value ${describeValue(value)}`);
  }
}

/** A short text for messages. */
export function describeValue(value: LowValue): string {
  if (value instanceof LowStruct || value instanceof LowArrayObject) return `a ${value.type.toText()}`;
  if (value instanceof LowFunction) return `@${value.name}`;
  if (value instanceof LowOpaque) return `a ${value.type.name}`;
  if (value instanceof SymbolicWord) return `${value.kind}(${value.type.toText()})`;
  if (value instanceof LowAddress) return "an address";
  return `${typeof value} ${String(value)}`;
}

/** A struct, with its trailing items if the type is variable-sized. */
export class LowStruct {
  readonly type: Struct;
  readonly items: LowValue[] | null;
  /** Stable name by origin (file, declaration, path) for prebuilt objects; null for objects made by llinterp. */
  name: string | null = null;
  /** A number given at translation to a prebuilt object whose identity hash may be taken; 0 otherwise. */
  identityHash = 0;
  /** Filled at the first access: an object may be named before its struct is defined. */
  #values: Map<string, LowValue> | null = null;
  #freed = false;

  constructor(type: Struct, length: number) {
    this.type = type;
    const item = type.varItem;
    this.items = item === null ? null : Array.from({ length }, () => zeroValue(item));
  }

  get(name: string): LowValue {
    this.#requireLive(name);
    const value = this.#fields().get(name);
    if (value !== undefined) return value;
    const known = this.type.findField(name) !== null;
    throw new MemoryError(
      known
        ? `field ${name} of ${this.type.name} is read before it is written`
        : `${this.type.name} has no field ${name}`,
    );
  }

  /** Makes reading a field an error until it is written: memory that nobody cleared. */
  forget(name: string): void {
    this.#fields().delete(name);
  }

  set(name: string, value: LowValue): void {
    this.#requireLive(name);
    const field = this.type.findField(name);
    if (field === null) throw new MemoryError(`${this.type.name} has no field ${name}`);
    requireValue(value, field.type, `field ${name} of ${this.type.name}`);
    this.#fields().set(name, value);
  }

  #fields(): Map<string, LowValue> {
    if (this.#values === null) {
      this.#values = new Map();
      for (const field of this.type.allFields()) this.#values.set(field.name, zeroValue(field.type));
    }
    return this.#values;
  }

  get length(): number {
    return itemsOf(this).length;
  }

  getItem(index: number): LowValue {
    this.#requireLive("item");
    return itemAt(itemsOf(this), index, this.type.toText());
  }

  setItem(index: number, value: LowValue): void {
    this.#requireLive("item");
    requireIndex(itemsOf(this), index, this.type.toText());
    requireValue(value, this.type.varItem as LowType, `item of ${this.type.name}`);
    itemsOf(this)[index] = value;
  }

  free(): void {
    this.#freed = true;
  }

  #requireLive(what: string): void {
    if (this.#freed) throw new MemoryError(`use of ${what} of a freed ${this.type.name}`);
  }
}

function itemsOf(object: LowStruct): LowValue[] {
  if (object.items === null) throw new MemoryError(`${object.type.name} has no trailing array`);
  return object.items;
}

function itemAt(items: LowValue[], index: number, type: string): LowValue {
  const value = items[index];
  if (value !== undefined) return value;
  requireIndex(items, index, type);
  throw new MemoryError(`item ${index} of a ${type} is read before it is written`);
}

function requireIndex(items: LowValue[], index: number, type: string): void {
  if (index >= 0 && index < items.length) return;
  throw new MemoryError(`index ${index} outside the ${items.length} items of a ${type}`);
}

/** An array; items that are inlined structs are LowStruct values of their own. */
export class LowArrayObject {
  readonly type: LowArray;
  readonly items: LowValue[];
  name: string | null = null;
  identityHash = 0;
  #freed = false;

  constructor(type: LowArray, length: number) {
    this.type = type;
    this.items = Array.from({ length }, () => zeroValue(type.item));
  }

  get length(): number {
    return this.items.length;
  }

  getItem(index: number): LowValue {
    if (this.#freed) throw new MemoryError(`use of a freed ${this.type.toText()}`);
    return itemAt(this.items, index, this.type.toText());
  }

  setItem(index: number, value: LowValue): void {
    if (this.#freed) throw new MemoryError(`use of a freed ${this.type.toText()}`);
    requireIndex(this.items, index, this.type.toText());
    requireValue(value, this.type.item, `item of ${this.type.toText()}`);
    this.items[index] = value;
  }

  free(): void {
    this.#freed = true;
  }
}

/** A C function as `external_call` sees it. */
export interface ExternalFunction {
  /** C symbol. */
  readonly name: string;
  readonly args: readonly LowType[];
  readonly result: LowType;
  /** Library to link (`m`), or null for the C library and our runtime. */
  readonly library: string | null;
  /** Same arguments, same result, no effect. */
  readonly pure: boolean;
  /** Its meaning on Node over low-level values, for llinterp; null when it has none there. */
  readonly run: ((...args: LowValue[]) => LowValue) | null;
}

/** A function: a graph of the program, or a C function whose address is taken. */
export class LowFunction {
  /** Unique and stable between runs (`goal/python/frame.ts#Frame.push`, with specialization suffix). */
  readonly name: string;
  readonly type: FuncType;
  graph: FunctionGraph | null;
  readonly external: ExternalFunction | null;
  /** What the program says to the JIT about it; null: nothing. */
  jit: FunctionHints | null = null;
  /** Hints that survive to the backend: never inlined (cold paths), always inlined, entry point of C. */
  readonly attributes: Set<"noinline" | "cold" | "alwaysinline" | "c_entry" | "never_returns" | "no_collect">;

  constructor(name: string, type: FuncType, graph: FunctionGraph | null, external: ExternalFunction | null = null) {
    this.name = name;
    this.type = type;
    this.graph = graph;
    this.external = external;
    this.attributes = new Set();
  }
}

/** An opaque object: its content is known to the runtime only (a weak reference holds its target here). */
export class LowOpaque {
  readonly type: Opaque;
  target: LowValue;
  name: string | null = null;
  identityHash = 0;

  constructor(type: Opaque, target: LowValue = null) {
    this.type = type;
    this.target = target;
  }
}
