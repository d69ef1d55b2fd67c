/**
 * Reprs: how values of one inferred type are represented in the low-level world, and the tables that find the code
 * which lowers an operation on them.
 *
 * A `SomeValue` of the annotator gets its `Repr` by its kind (`reprs`). An operation is lowered by the first entry that
 * fits, searched along the prototype chain of the repr's class: first `pairLowerings` (two operands: `add`, `eq`, …),
 * then `lowerings` (first operand), then the entry for `Repr` itself. What the annotator resolved to a builtin
 * (`Math.floor`, `"s".slice`) is found by name in `builtins`. Whatever has control flow is not emitted here but written as a helper in RTypeScript and called
 * (`hop.helper`); a lowering emits straight-line operations only.
 *
 * Nullness: a nullable reference has the repr of the plain reference (null is the null pointer); a nullable scalar
 * has a `NullableRepr` of its own with a `PairType`.
 */
import type { FamilyShape, FunctionFamily, FunctionSpecialization, VirtualFamily } from "../annotator/functions.ts";
import type { SomeKind, SomeValue } from "../annotator/model.ts";
import type { AnnotationResult, CallTarget } from "../annotator/result.ts";
import { Constant, type Operation, type Value } from "../translator/flow/model.ts";
import type { FlowOpName } from "../translator/flow/ops.ts";
import type { ClassTable } from "./classes.ts";
import type { FunctionTable, LoweredSignature } from "./functions.ts";
import type { Hop, OpList } from "./hop.ts";
import type { LowDriver } from "./lltype/jit.ts";
import type { LowContainer, LowFunction, LowStruct } from "./lltype/memory.ts";
import type { LowType, Struct } from "./lltype/types.ts";
import type { ConstValue } from "./pair.ts";
import type { InstanceRepr } from "./repr/instance.ts";
import type { Synth } from "./synth.ts";

export abstract class Repr {
  /** Type of the variables that hold such a value. */
  abstract readonly lowType: LowType;

  /** Short text for messages and for the dump. */
  abstract toText(): string;

  /** The low-level value of a live value; prebuilt objects go through `place.prebuilt`. */
  abstract convertConst(value: unknown, place: ConstPlace): ConstValue;
}

/** A live value that cannot be represented: an inconsistency between annotator and rtyper. */
export function badConst(repr: Repr, value: unknown, place: ConstPlace): never {
  const what = typeof value === "object" && value !== null ? `an object of ${value.constructor?.name}` : String(value);
  throw new Error(`rtyper: ${what} (${place.path}) cannot become a constant of ${repr.toText()}`);
}

/** Services of the rtyper that reprs and lowerings use; one per translation. */
export interface Typer {
  readonly wordBits: 32 | 64;
  /** Assertions and checks that a release build leaves out. */
  readonly lldebug: boolean;
  /** Hints for the JIT become operations, and classes get the fields that it needs. */
  readonly jit: boolean;
  /** The JIT drivers met so far, by live driver. */
  readonly drivers: Map<object, LowDriver>;
  readonly annotation: AnnotationResult;

  readonly classes: ClassTable;
  readonly functions: FunctionTable;
  /** The repr of `Error`: every exception's. */
  readonly errorRepr: InstanceRepr;

  reprOf(s: SomeValue): Repr;
  /** What the annotator resolved the operation to; null where nothing had to be resolved. */
  targetOf(op: Operation): CallTarget | null;
  /** The code pointer that a family's function objects have for a call shape. */
  familySlot(family: FunctionFamily, shape: FamilyShape): FamilySlot;
  /** The vtable field of a family of virtual methods. */
  virtualSlot(family: VirtualFamily): string;
  /** The function that the slot of a family holds for an implementation. */
  slotCode(family: VirtualFamily, implementation: FunctionSpecialization): LowFunction;
  /** The container of a live instance, of its own class. */
  prebuiltInstance(value: object, repr: InstanceRepr, place: ConstPlace): LowStruct;
  /** A place with a path, for constants that no live object names. */
  placeOf(path: string): ConstPlace;
  /** The same repr object for the same key (a cell, a desc, a text), so that reprs compare by identity. */
  intern<R extends Repr>(key: object | string, make: () => R): R;
  /** The element of the lattice by which run-time helpers see a low-level value: SomeInt for Signed, SomeString for
   * a string pointer, SomePtr for other pointers, nullable scalars for pairs. */
  someOfLowType(type: LowType): SomeValue;
  /** The element for one live function (of an RT folder), for passing it to a helper. */
  functionType(f: HelperFunction): SomeValue;
  /** The annotated and rtyped helper for arguments of these types; its low-level signature is `lowered.type`. */
  helper(f: HelperFunction, args: readonly SomeValue[]): LoweredHelper;
  /** The name itself, or with a number behind it when a struct or function has it already. */
  uniqueName(name: string): string;
  /** A Constant of the repr's type for a live value. */
  constant(repr: Repr, value: unknown, path?: string): Constant;
  /** A Constant pointer to a function. */
  functionPointer(f: LowFunction): Constant;
  /** A function written as a low-level graph (`synth.ts`), made once per name. */
  synthesized(
    name: string,
    args: readonly (readonly [name: string, type: LowType])[],
    result: LowType,
    build: (s: Synth, ...args: Value[]) => void,
  ): LowFunction;
  /**
   * For builtins with callbacks: code that calls a function value as `target` says, with arguments of these reprs.
   * Its first parameter is the function value; `result` null means the callee's own result repr.
   */
  callback(target: CallTarget, functionRepr: Repr, args: readonly Repr[], result: Repr | null): LoweredHelper;
}

/** How function objects of a family are called with one shape. */
export interface FamilySlot {
  readonly signature: LoweredSignature;
  /** Vtable struct that has the field. */
  readonly vtable: Struct;
  /** Every function that a call can reach; complete when all graphs are lowered. */
  readonly candidates: readonly LowFunction[];
}

// biome-ignore lint/suspicious/noExplicitAny: helpers have all signatures
export type HelperFunction = (...args: any[]) => unknown;

export interface LoweredHelper {
  readonly lowered: LowFunction;
  readonly argReprs: readonly Repr[];
  readonly resultRepr: Repr;
}

/** Where a prebuilt value was met: its path names the object, stable between runs. */
export interface ConstPlace {
  readonly typer: Typer;
  /** By origin: `goal/python/opcodes.ts#TABLE[3].x`. */
  readonly path: string;
  /** The place of a part: `child("[3]")`, `child(".x")`. */
  child(suffix: string): ConstPlace;
  /**
   * The container that stands for a live object under a repr, made once. `fill` runs later (data may be cyclic and
   * deep) and converts the parts with `place.child(…)`.
   */
  prebuilt<C extends LowContainer>(
    value: object,
    repr: Repr,
    create: () => C,
    fill: (made: C, place: ConstPlace) => void,
  ): C;
}

/** A Constant of a type. */
export function lowConstant(value: unknown, type: LowType): Constant {
  return new Constant(value, type);
}

// biome-ignore lint/suspicious/noExplicitAny: constructors of reprs have all signatures
export type ReprClass<R extends Repr> = abstract new (...args: any[]) => R;

/** Lowers one operation: emits low-level operations and gives the result, null for operations without one. */
export type Lowering<R extends Repr> = (hop: Hop, repr: R) => Value | null;
export type PairLowering<A extends Repr, B extends Repr> = (hop: Hop, first: A, second: B) => Value | null;
/** Converts a value between reprs, emitting into `ops`; null when this pair needs another way. */
export type Conversion<A extends Repr, B extends Repr> = (value: Value, from: A, to: B, ops: OpList) => Value;

function rowOf<K, A, B>(table: Map<K, Map<A, B>>, key: K): Map<A, B> {
  let row = table.get(key);
  if (row === undefined) {
    row = new Map();
    table.set(key, row);
  }
  return row;
}

function* chainOf(repr: object): Generator<object> {
  for (let p = Object.getPrototypeOf(repr); p !== null && p !== Object.prototype; p = Object.getPrototypeOf(p)) {
    yield p.constructor;
  }
}

/** Entries by operation (or builtin) name and repr class. */
export class LoweringTable<Name extends string> {
  readonly #entries = new Map<string, Map<object, Lowering<Repr>>>();
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
  }

  on<R extends Repr>(name: Name | readonly Name[], repr: ReprClass<R>, lower: Lowering<R>): this {
    for (const one of typeof name === "string" ? [name] : name) {
      const row = rowOf(this.#entries, one);
      if (row.has(repr)) throw new Error(`${this.#what} ${one} on ${repr.name} is defined twice`);
      row.set(repr, lower as Lowering<Repr>);
    }
    return this;
  }

  find(name: string, repr: Repr): Lowering<Repr> | null {
    const row = this.#entries.get(name);
    if (row === undefined) return null;
    for (const cls of chainOf(repr)) {
      const found = row.get(cls);
      if (found !== undefined) return found;
    }
    return null;
  }
}

/** Entries by name and two repr classes; the first operand's class is the more significant. */
export class PairTable<Entry> {
  readonly #entries = new Map<string, Map<object, Map<object, Entry>>>();
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
  }

  add(name: string, first: object, second: object, entry: Entry): void {
    const column = rowOf(rowOf(this.#entries, name), first);
    if (column.has(second)) throw new Error(`${this.#what} ${name} is defined twice for the same pair`);
    column.set(second, entry);
  }

  /** Whether there are entries for the name at all. */
  has(name: string): boolean {
    return this.#entries.has(name);
  }

  find(name: string, first: Repr, second: Repr): Entry | null {
    const row = this.#entries.get(name);
    if (row === undefined) return null;
    for (const a of chainOf(first)) {
      const column = row.get(a);
      if (column === undefined) continue;
      for (const b of chainOf(second)) {
        const found = column.get(b);
        if (found !== undefined) return found;
      }
    }
    return null;
  }
}

class PairLoweringTable extends PairTable<PairLowering<Repr, Repr>> {
  on<A extends Repr, B extends Repr>(
    name: FlowOpName | readonly FlowOpName[],
    first: ReprClass<A>,
    second: ReprClass<B>,
    lower: PairLowering<A, B>,
  ): this {
    for (const one of typeof name === "string" ? [name] : name) {
      this.add(one, first, second, lower as unknown as PairLowering<Repr, Repr>);
    }
    return this;
  }
}

class ConversionTable extends PairTable<Conversion<Repr, Repr>> {
  on<A extends Repr, B extends Repr>(from: ReprClass<A>, to: ReprClass<B>, convert: Conversion<A, B>): this {
    this.add("convert", from, to, convert as unknown as Conversion<Repr, Repr>);
    return this;
  }
}

/** Lowerings by name. */
export class NamedTable {
  readonly #entries = new Map<string, (hop: Hop) => Value | null>();

  on(name: string | readonly string[], lower: (hop: Hop) => Value | null): this {
    for (const one of typeof name === "string" ? [name] : name) {
      if (this.#entries.has(one)) throw new Error(`builtin ${one} is defined twice`);
      this.#entries.set(one, lower);
    }
    return this;
  }

  find(name: string): ((hop: Hop) => Value | null) | null {
    return this.#entries.get(name) ?? null;
  }
}

export type ReprFactory<S extends SomeValue> = (s: S, typer: Typer) => Repr;

class ReprTable {
  readonly #entries = new Map<SomeKind, ReprFactory<SomeValue>>();

  /** `make` gets the element without nulls; a nullable scalar is wrapped by the caller. */
  on<S extends SomeValue>(kind: S["kind"], make: ReprFactory<S>): this {
    if (this.#entries.has(kind)) throw new Error(`the repr of ${kind} is defined twice`);
    this.#entries.set(kind, make as unknown as ReprFactory<SomeValue>);
    return this;
  }

  find(kind: SomeKind): ReprFactory<SomeValue> | null {
    return this.#entries.get(kind) ?? null;
  }
}

/** From the annotator's kinds to reprs. */
export const reprs = new ReprTable();
/** High-level operations by the repr of their first operand. */
export const lowerings = new LoweringTable<FlowOpName>("lowering of");
/** High-level operations by the reprs of their first two operands. */
export const pairLowerings = new PairLoweringTable("lowering of");
/** How a value of one repr becomes one of another. */
export const conversions = new ConversionTable("conversion");
/**
 * Builtins by the annotator's stable name (`"list.push"`, `"math.floor"`, `"rlib.intAddOvf"`, `BuiltinTarget.name`),
 * for calls, method calls, attributes and constructors alike. The hop's operands are the builtin's own: receiver first
 * for methods, then the arguments.
 */
export const builtins = new NamedTable();
