/**
 * The lattice of inferred types. A `SomeValue` says what is known of a value at one place: its kind, whether it can be
 * null or undefined, and, if all that reaches the place is one live value, that value.
 *
 * Elements are immutable. What can still grow (the items of a list, the values of a field, what a closure captured)
 * hangs on *cells* (`cells.ts`), which are shared by all elements that can reach the same object and are unified when
 * two of them meet.
 *
 * Order: SomeNothing (no value yet) < SomePoison (a reported mistake; silences its followers) < all others;
 * `SomeIntValued < SomeInt < SomeFloat{integral} < SomeFloat`, `SomeChar < SomeString`, `SomeMachineInt < SomeBigInt`,
 * an instance of a class < one of its base. Nullness is a second, independent dimension of every element, so
 * `SomeNothing` with `nulls` set is the type of `null`, `undefined` or either.
 */
import type { ValueType } from "../translator/flow/model.ts";
import type { ListCell, MapCell, TypeCell } from "./cells.ts";
import type { ClassDesc } from "./classes.ts";
import type { FunctionDesc } from "./functions.ts";
import { cellText, describeNested, wrapped } from "./nested.ts";

/** Bits: 1 may be null, 2 may be undefined. */
export type Nulls = 0 | 1 | 2 | 3;
export const NULL_BIT = 1;
export const UNDEFINED_BIT = 2;

/** A live value that is the only one to reach a place. */
export interface Known {
  readonly value: unknown;
}

export type SomeKind =
  | "nothing"
  | "poison"
  | "intValued"
  | "int"
  | "machineInt"
  | "float"
  | "bool"
  | "string"
  | "char"
  | "bigint"
  | "instance"
  | "list"
  | "tuple"
  | "map"
  | "set"
  | "typedArray"
  | "function"
  | "class"
  | "iterator"
  | "stringBuilder"
  | "weakRef"
  | "cell"
  | "host"
  | "external"
  | "ptr"
  | "address"
  | "gcRef";

export abstract class SomeValue {
  abstract readonly kind: SomeKind;
  readonly nulls: Nulls;
  /** The only value that arrives here; null when several do or none is known. Never set together with `nulls`, except for a lone null or undefined. */
  readonly constant: Known | null;

  constructor(nulls: Nulls, constant: Known | null) {
    this.nulls = nulls;
    this.constant = constant;
  }

  /** The same element with other nullness and constant. */
  abstract copy(nulls: Nulls, constant: Known | null): SomeValue;

  /** Words for messages, without nullness. */
  abstract describe(): string;

  get canBeNull(): boolean {
    return this.nulls !== 0;
  }

  withNulls(nulls: Nulls): SomeValue {
    return nulls === this.nulls ? this : this.copy(nulls, nulls === 0 ? this.constant : null);
  }

  nonNull(): SomeValue {
    return this.withNulls(0);
  }

  withoutConstant(): SomeValue {
    return this.constant === null ? this : this.copy(this.nulls, null);
  }

  withConstant(value: unknown): SomeValue {
    return this.copy(0, { value });
  }

  /** Is exactly this value known to be all that arrives? */
  isConstant(value: unknown): boolean {
    return this.constant !== null && Object.is(this.constant.value, value);
  }

  toText(): string {
    const base = this.describe();
    const names = nullNames(this.nulls);
    return names === "" ? base : base === "" ? names : `${base} | ${names}`;
  }
}

function nullNames(nulls: Nulls): string {
  return ["", "null", "undefined", "null | undefined"][nulls] as string;
}

/** No value has arrived yet; with `nulls`, only null or undefined have. */
export class SomeNothing extends SomeValue {
  readonly kind = "nothing";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return constant === null && nulls === 0 ? NOTHING : new SomeNothing(nulls, constant);
  }
  override describe(): string {
    return this.nulls === 0 ? "never" : "";
  }
}

/** The result of an operation with a reported mistake. */
export class SomePoison extends SomeValue {
  readonly kind = "poison";
  override copy(nulls: Nulls): SomeValue {
    return nulls === 0 ? POISON : new SomePoison(nulls, null);
  }
  override describe(): string {
    return "error";
  }
}

/** A prebuilt number that is a safe integer, not yet decided to be int or float. After the fixpoint it is an int. */
export class SomeIntValued extends SomeValue {
  readonly kind = "intValued";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeIntValued(nulls, constant);
  }
  override describe(): string {
    return "int";
  }
}

/** A machine word. */
export class SomeInt extends SomeValue {
  readonly kind = "int";
  readonly nonNegative: boolean;
  /** The result of `>>>`: up to 2**32 - 1, also where the word has 32 bits. */
  readonly uint32: boolean;
  constructor(nulls: Nulls = 0, constant: Known | null = null, nonNegative = false, uint32 = false) {
    super(nulls, constant);
    this.nonNegative = nonNegative;
    this.uint32 = uint32;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    if (constant === null && !this.uint32) return commonInt(nulls, this.nonNegative);
    return new SomeInt(nulls, constant, this.nonNegative, this.uint32);
  }
  override describe(): string {
    return this.uint32 ? "uint32" : "int";
  }
}

/** `BigInt.asIntN(bits, e)` or `asUintN`: an unboxed bigint of that width. */
export class SomeMachineInt extends SomeValue {
  readonly kind = "machineInt";
  readonly bits: number;
  readonly signed: boolean;
  constructor(nulls: Nulls, constant: Known | null, bits: number, signed: boolean) {
    super(nulls, constant);
    this.bits = bits;
    this.signed = signed;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeMachineInt(nulls, constant, this.bits, this.signed);
  }
  override describe(): string {
    return `${this.signed ? "" : "unsigned "}${this.bits}-bit bigint`;
  }
}

export class SomeFloat extends SomeValue {
  readonly kind = "float";
  /** Known to have no fraction (or not to be finite): converts to int with a range check where an int is required. */
  readonly integral: boolean;
  constructor(nulls: Nulls = 0, constant: Known | null = null, integral = false) {
    super(nulls, constant);
    this.integral = integral;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return constant === null ? commonFloat(nulls, this.integral) : new SomeFloat(nulls, constant, this.integral);
  }
  override describe(): string {
    return "float";
  }
}

export class SomeBool extends SomeValue {
  readonly kind = "bool";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return constant === null && nulls === 0 ? BOOL : new SomeBool(nulls, constant);
  }
  override describe(): string {
    return "boolean";
  }
}

export class SomeString extends SomeValue {
  readonly kind = "string";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return constant === null && nulls === 0 ? STRING : new SomeString(nulls, constant);
  }
  override describe(): string {
    return "string";
  }
}

/** One UTF-16 unit, unboxed. */
export class SomeChar extends SomeValue {
  readonly kind = "char";
  /** Can also be `""`, as `charAt` past the end gives. */
  readonly mayBeEmpty: boolean;
  constructor(nulls: Nulls = 0, constant: Known | null = null, mayBeEmpty = false) {
    super(nulls, constant);
    this.mayBeEmpty = mayBeEmpty;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeChar(nulls, constant, this.mayBeEmpty);
  }
  override describe(): string {
    return "char";
  }
}

export class SomeBigInt extends SomeValue {
  readonly kind = "bigint";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeBigInt(nulls, constant);
  }
  override describe(): string {
    return "bigint";
  }
}

/** An instance of a class or of one of its subclasses; a record is an instance of a final RecordDesc. */
export class SomeInstance extends SomeValue {
  readonly kind = "instance";
  readonly #desc: ClassDesc;
  constructor(desc: ClassDesc, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.#desc = desc;
  }
  /** The representative: variants of generic classes and record shapes are unified when values meet. */
  get classDesc(): ClassDesc {
    return this.#desc.find();
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeInstance(this.classDesc, nulls, constant);
  }
  override describe(): string {
    return this.classDesc.name;
  }
}

export class SomeList extends SomeValue {
  readonly kind = "list";
  readonly #cell: ListCell;
  constructor(cell: ListCell, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.#cell = cell;
  }
  get cell(): ListCell {
    return this.#cell.find();
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeList(this.cell, nulls, constant);
  }
  override describe(): string {
    return `${wrapped(this.cell.item)}[]`;
  }
}

/** An immutable value of fixed length. */
export class SomeTuple extends SomeValue {
  readonly kind = "tuple";
  readonly items: readonly SomeValue[];
  constructor(items: readonly SomeValue[], nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.items = items;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeTuple(this.items, nulls, constant);
  }
  override describe(): string {
    return `[${this.items.map((s) => describeNested(() => s.toText())).join(", ")}]`;
  }
}

export class SomeMap extends SomeValue {
  readonly kind = "map";
  readonly #cell: MapCell;
  constructor(cell: MapCell, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.#cell = cell;
  }
  get cell(): MapCell {
    return this.#cell.find();
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeMap(this.cell, nulls, constant);
  }
  override describe(): string {
    return `${this.cell.weak ? "Weak" : ""}Map<${cellText(this.cell.key)}, ${cellText(this.cell.value)}>`;
  }
}

/** A set is a map whose value cell is never used. */
export class SomeSet extends SomeValue {
  readonly kind = "set";
  readonly #cell: MapCell;
  constructor(cell: MapCell, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.#cell = cell;
  }
  get cell(): MapCell {
    return this.#cell.find();
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeSet(this.cell, nulls, constant);
  }
  override describe(): string {
    return `${this.cell.weak ? "Weak" : ""}Set<${cellText(this.cell.key)}>`;
  }
}

export type TypedArrayKind =
  | "Uint8Array"
  | "Uint8ClampedArray"
  | "Int8Array"
  | "Uint16Array"
  | "Int16Array"
  | "Uint32Array"
  | "Int32Array"
  | "Float32Array"
  | "Float64Array"
  | "BigInt64Array"
  | "BigUint64Array";

export class SomeTypedArray extends SomeValue {
  readonly kind = "typedArray";
  readonly array: TypedArrayKind;
  constructor(array: TypedArrayKind, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.array = array;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeTypedArray(this.array, nulls, constant);
  }
  override describe(): string {
    return this.array;
  }
}

/** One of a set of functions: live ones, closures, bound methods, builtins. */
export class SomeFunction extends SomeValue {
  readonly kind = "function";
  /** Sorted by id. */
  readonly functions: readonly FunctionDesc[];
  constructor(functions: readonly FunctionDesc[], nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.functions = functions;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeFunction(this.functions, nulls, constant);
  }
  override describe(): string {
    const names = this.functions.slice(0, 3).map((f) => f.name);
    return `function ${names.join(" or ")}${this.functions.length > 3 ? " or …" : ""}`;
  }
}

/** A class as a value: one of a set. */
export class SomeClass extends SomeValue {
  readonly kind = "class";
  /** Sorted by id. */
  readonly classes: readonly ClassDesc[];
  constructor(classes: readonly ClassDesc[], nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.classes = classes;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeClass(this.classes, nulls, constant);
  }
  override describe(): string {
    return `class ${this.classes
      .slice(0, 3)
      .map((c) => c.name)
      .join(" or ")}`;
  }
}

/** What an iterator gives of its source. */
export type IteratorWhat = "values" | "keys" | "entries";

/**
 * A running iteration. `source` is the element iterated over (list, string, map, set, typed array), or null for a
 * generator; `item` is what `iter_value` gives.
 */
export class SomeIterator extends SomeValue {
  readonly kind = "iterator";
  readonly source: SomeValue | null;
  readonly what: IteratorWhat;
  readonly item: TypeCell;
  /** The generator functions that can have made it (when source is null). */
  readonly generators: readonly FunctionDesc[];
  constructor(
    source: SomeValue | null,
    what: IteratorWhat,
    item: TypeCell,
    generators: readonly FunctionDesc[] = [],
    nulls: Nulls = 0,
    constant: Known | null = null,
  ) {
    super(nulls, constant);
    this.source = source;
    this.what = what;
    this.item = item;
    this.generators = generators;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeIterator(this.source, this.what, this.item, this.generators, nulls, constant);
  }
  override describe(): string {
    return `iterator over ${this.source === null ? cellText(this.item) : this.source.describe()}`;
  }
}

export class SomeStringBuilder extends SomeValue {
  readonly kind = "stringBuilder";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeStringBuilder(nulls, constant);
  }
  override describe(): string {
    return "StringBuilder";
  }
}

export class SomeWeakRef extends SomeValue {
  readonly kind = "weakRef";
  readonly target: TypeCell;
  constructor(target: TypeCell, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.target = target;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeWeakRef(this.target, nulls, constant);
  }
  override describe(): string {
    return `WeakRef<${cellText(this.target)}>`;
  }
}

/** A variable that closures share and assign: made by `new_cell`, or a Constant `Cell`. */
export class SomeCell extends SomeValue {
  readonly kind = "cell";
  readonly #cell: TypeCell;
  constructor(cell: TypeCell, constant: Known | null = null) {
    super(0, constant);
    this.#cell = cell;
  }
  get cell(): TypeCell {
    return this.#cell.find();
  }
  override copy(_nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeCell(this.cell, constant);
  }
  override describe(): string {
    return `variable of ${cellText(this.cell)}`;
  }
}

/** A host or namespace object (`Math`, `console`, a module namespace); only ever a constant. */
export class SomeHost extends SomeValue {
  readonly kind = "host";
  readonly name: string;
  constructor(name: string, constant: Known | null) {
    super(0, constant);
    this.name = name;
  }
  override copy(_nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeHost(this.name, constant);
  }
  override describe(): string {
    return this.name;
  }
}

/** An rlib object with a native form of its own, named by its live class (`JitDriver`, `RawBuffer`). */
export class SomeExternal extends SomeValue {
  readonly kind = "external";
  readonly name: string;
  constructor(name: string, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.name = name;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeExternal(this.name, nulls, constant);
  }
  override describe(): string {
    return this.name;
  }
}

/** A low-level pointer: only in run-time helpers. */
export class SomePtr extends SomeValue {
  readonly kind = "ptr";
  readonly lltype: ValueType;
  constructor(lltype: ValueType, nulls: Nulls = 0, constant: Known | null = null) {
    super(nulls, constant);
    this.lltype = lltype;
  }
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomePtr(this.lltype, nulls, constant);
  }
  override describe(): string {
    return this.lltype.toText();
  }
}

export class SomeAddress extends SomeValue {
  readonly kind = "address";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeAddress(nulls, constant);
  }
  override describe(): string {
    return "Address";
  }
}

export class SomeGcRef extends SomeValue {
  readonly kind = "gcRef";
  override copy(nulls: Nulls, constant: Known | null): SomeValue {
    return new SomeGcRef(nulls, constant);
  }
  override describe(): string {
    return "GcRef";
  }
}

export const NOTHING: SomeValue = new SomeNothing(0, null);
export const POISON: SomeValue = new SomePoison(0, null);
export const NULL: SomeValue = new SomeNothing(NULL_BIT, { value: null });
export const UNDEFINED: SomeValue = new SomeNothing(UNDEFINED_BIT, { value: undefined });
export const BOOL: SomeValue = new SomeBool(0, null);
export const TRUE: SomeValue = new SomeBool(0, { value: true });
export const FALSE: SomeValue = new SomeBool(0, { value: false });
export const STRING: SomeValue = new SomeString(0, null);
export const CHAR: SomeValue = new SomeChar(0, null, false);
export const CHAR_OR_EMPTY: SomeValue = new SomeChar(0, null, true);
export const BIGINT: SomeValue = new SomeBigInt(0, null);
export const ADDRESS: SomeValue = new SomeAddress(0, null);
export const GCREF: SomeValue = new SomeGcRef(0, null);
export const INT_VALUED: SomeValue = new SomeIntValued(0, null);

const INTS: readonly SomeInt[] = [0, 1, 2, 3].map((n) => new SomeInt(n as Nulls));
const NON_NEGATIVES: readonly SomeInt[] = [0, 1, 2, 3].map((n) => new SomeInt(n as Nulls, null, true));
const FLOATS: readonly SomeFloat[] = [0, 1, 2, 3].map((n) => new SomeFloat(n as Nulls));
const INTEGRALS: readonly SomeFloat[] = [0, 1, 2, 3].map((n) => new SomeFloat(n as Nulls, null, true));

function commonInt(nulls: Nulls, nonNegative: boolean): SomeValue {
  return (nonNegative ? NON_NEGATIVES : INTS)[nulls] as SomeInt;
}

function commonFloat(nulls: Nulls, integral: boolean): SomeValue {
  return (integral ? INTEGRALS : FLOATS)[nulls] as SomeFloat;
}

export const INT: SomeValue = commonInt(0, false);
export const NON_NEGATIVE: SomeValue = commonInt(0, true);
export const UINT32: SomeValue = new SomeInt(0, null, true, true);
export const FLOAT: SomeValue = commonFloat(0, false);
export const INTEGRAL: SomeValue = commonFloat(0, true);

/** Is this the bottom: no value at all has arrived? */
export function isBottom(s: SomeValue): boolean {
  return s.kind === "nothing" && s.nulls === 0;
}
