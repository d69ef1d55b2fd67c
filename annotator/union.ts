/**
 * Union of types, and unification of the cells they hang on.
 *
 * `union(a, b)` returns `a` itself when `b` adds nothing: callers detect growth by identity. Meeting of two lists,
 * maps, record shapes, class variants or cells unifies what hangs on them, so it has effects; two types without a
 * union throw a `TypeConflict`, which the place of the meeting turns into a diagnostic with both chains.
 *
 * Values enter a cell through `merge`, which first conforms them to the cell's declared type, if it has one.
 */
import type { Inflow, ListCell, MapCell, Reader, TypeCell } from "./cells.ts";
import { type ClassDesc, commonBase, RecordDesc } from "./classes.ts";
import { TypeConflict } from "./conflict.ts";
import { conform, loneNull, type Shapes } from "./conform.ts";
import type { DeclaredType } from "./declared.ts";
import type { FunctionDesc } from "./functions.ts";
import {
  isBottom,
  type Nulls,
  SomeBigInt,
  SomeBool,
  SomeChar,
  SomeClass,
  SomeFloat,
  SomeFunction,
  SomeInstance,
  SomeInt,
  SomeIntValued,
  SomeIterator,
  type SomeList,
  SomeMachineInt,
  type SomeMap,
  type SomePtr,
  type SomeSet,
  SomeString,
  SomeTuple,
  type SomeTypedArray,
  type SomeValue,
  type SomeWeakRef,
  UNDEFINED,
} from "./model.ts";

/** Records why a cell grew; called only when it did. */
export type Why = (type: SomeValue) => Inflow;

export class Unifier {
  readonly wordBits: 32 | 64;
  /** Called when class variants or record shapes became one, so that cached lookups are redone. */
  readonly onClassesUnified: (kept: ClassDesc, gone: ClassDesc) => void;
  /** Finds the descriptions of declared shapes. */
  shapes: Shapes | null = null;

  constructor(wordBits: 32 | 64, onClassesUnified: (kept: ClassDesc, gone: ClassDesc) => void) {
    this.wordBits = wordBits;
    this.onClassesUnified = onClassesUnified;
  }

  union(a: SomeValue, b: SomeValue): SomeValue {
    if (a === b || isBottom(b)) return a;
    if (isBottom(a)) return b;
    const nulls = (a.nulls | b.nulls) as Nulls;
    if (b.kind === "nothing" || (b.kind === "poison" && a.kind !== "nothing")) return a.withNulls(nulls);
    if (a.kind === "nothing" || a.kind === "poison") return b.withNulls(nulls);
    const joined = this.#join(a, b);
    const constant = nulls === 0 && sameConstant(a, b) ? a.constant : null;
    if (joined === a && nulls === a.nulls && constant === a.constant) return a;
    return joined.copy(nulls, constant);
  }

  /** The kinds of both, ignoring nullness and constants; `a` when b's kind adds nothing. */
  #join(a: SomeValue, b: SomeValue): SomeValue {
    const ra = numberRank(a);
    if (ra >= 0) {
      if (numberRank(b) < 0) throw new TypeConflict(a, b);
      return this.#joinNumbers(a, b, ra, numberRank(b));
    }
    if (a.kind === b.kind) return this.#joinSameKind(a, b);
    return joinTexts(a, b) ?? joinBigInts(a, b) ?? conflict(a, b);
  }

  #joinNumbers(a: SomeValue, b: SomeValue, ra: number, rb: number): SomeValue {
    if (ra === 1 && rb === 1) return this.#joinInts(a as SomeInt, b as SomeInt);
    if (rb <= ra) return a.kind === "int" && ra > rb && !fits(a as SomeInt, b) ? new SomeInt() : a;
    return ra === 0 && rb === 1 && !fits(b as SomeInt, a) ? new SomeInt() : b;
  }

  #joinInts(a: SomeInt, b: SomeInt): SomeValue {
    const nonNegative = a.nonNegative && b.nonNegative;
    if (a.uint32 !== b.uint32) {
      if (this.wordBits === 64 || !nonNegative)
        return this.wordBits === 64 ? new SomeInt(0, null, nonNegative) : new SomeFloat(0, null, true);
      return a.uint32 ? a : b;
    }
    if (nonNegative === a.nonNegative) return a;
    return new SomeInt(0, null, nonNegative, a.uint32 && b.uint32);
  }

  #joinSameKind(a: SomeValue, b: SomeValue): SomeValue {
    switch (a.kind) {
      case "list":
        this.unifyLists((a as SomeList).cell, (b as SomeList).cell);
        return a;
      case "map":
      case "set":
        this.unifyMaps((a as SomeMap | SomeSet).cell, (b as SomeMap | SomeSet).cell);
        return a;
      case "instance":
        return this.#joinInstances(a as SomeInstance, b as SomeInstance);
      case "tuple":
        return this.#joinTuples(a as SomeTuple, b as SomeTuple);
      case "function": {
        const all = mergeById((a as SomeFunction).functions, (b as SomeFunction).functions);
        return all === (a as SomeFunction).functions ? a : new SomeFunction(all);
      }
      case "class": {
        const all = mergeById((a as SomeClass).classes, (b as SomeClass).classes);
        return all === (a as SomeClass).classes ? a : new SomeClass(all);
      }
      case "iterator":
        return this.#joinIterators(a as SomeIterator, b as SomeIterator);
      case "weakRef":
        this.unify((a as SomeWeakRef).target, (b as SomeWeakRef).target);
        return a;
      case "typedArray":
        return (a as SomeTypedArray).array === (b as SomeTypedArray).array ? a : conflict(a, b);
      case "char":
        return (b as SomeChar).mayBeEmpty && !(a as SomeChar).mayBeEmpty ? b : a;
      case "machineInt": {
        const same =
          (a as SomeMachineInt).bits === (b as SomeMachineInt).bits &&
          (a as SomeMachineInt).signed === (b as SomeMachineInt).signed;
        return same ? a : new SomeBigInt(0, null);
      }
      case "ptr":
        return (a as SomePtr).lltype === (b as SomePtr).lltype ? a : conflict(a, b);
      case "cell":
        this.unify((a as unknown as { cell: TypeCell }).cell, (b as unknown as { cell: TypeCell }).cell);
        return a;
      case "host":
      case "external":
        return (a as unknown as { name: string }).name === (b as unknown as { name: string }).name ? a : conflict(a, b);
      default:
        return a;
    }
  }

  #joinInstances(a: SomeInstance, b: SomeInstance): SomeValue {
    const ca = a.classDesc;
    const cb = b.classDesc;
    if (ca === cb || cb.isSubclassOf(ca)) return a;
    if (ca.isSubclassOf(cb)) return b;
    if (this.#unifyClasses(ca, cb)) return a;
    for (const x of ca.chain()) {
      for (const y of cb.chain()) {
        if (x !== y && isVariantPair(x, y) && this.#unifyClasses(x, y)) return this.#joinInstances(a, b);
      }
    }
    const base = commonBase(ca, cb);
    return base === null ? conflict(a, b) : new SomeInstance(base);
  }

  /** Makes two variants of one generic class, or two record shapes, one. False when they are neither. */
  #unifyClasses(a: ClassDesc, b: ClassDesc): boolean {
    const records = a instanceof RecordDesc && b instanceof RecordDesc;
    if (!records && !isVariantPair(a, b)) return false;
    if (records && a.declared !== null && b.declared !== null && !relatedShapes(a, b)) return false;
    const [kept, gone] = preferred(a, b) ? [a, b] : [b, a];
    if (records) this.#unifyShapes(kept as RecordDesc, gone as RecordDesc);
    gone.forwardTo(kept);
    kept.instantiated ||= gone.instantiated;
    kept.prebuilt.push(...gone.prebuilt);
    for (const sub of gone.subclasses) if (!kept.subclasses.includes(sub)) kept.subclasses.push(sub);
    for (const [name, field] of gone.fields) {
      const other = kept.fields.get(name);
      if (other === undefined) {
        kept.fields.set(name, field);
        continue;
      }
      other.assignedLater ||= field.assignedLater;
      other.declaredReadonly &&= field.declaredReadonly;
      this.unify(other.cell, field.cell);
    }
    if (gone.base !== null && kept.base !== null && gone.base.find() !== kept.base.find()) {
      this.#unifyClasses(kept.base.find(), gone.base.find());
    }
    this.onClassesUnified(kept, gone);
    return true;
  }

  /** Properties that only one of two shapes has can be absent in the other's objects. */
  #unifyShapes(kept: RecordDesc, gone: RecordDesc): void {
    for (const [x, y] of [
      [kept, gone],
      [gone, kept],
    ] as const) {
      for (const [name, field] of x.fields) {
        if (!y.names.has(name) && (y.instantiated || y.prebuilt.length > 0)) this.merge(field.cell, UNDEFINED, absent);
      }
    }
    for (const name of gone.names) {
      if (!kept.names.has(name)) kept.sometimesAbsent.add(name);
      kept.names.add(name);
    }
    for (const name of kept.names) if (!gone.names.has(name)) kept.sometimesAbsent.add(name);
    for (const name of gone.sometimesAbsent) kept.sometimesAbsent.add(name);
  }

  #joinTuples(a: SomeTuple, b: SomeTuple): SomeValue {
    if (a.items.length !== b.items.length) return conflict(a, b);
    let changed = false;
    const items = a.items.map((item, i) => {
      const joined = this.union(item, b.items[i] as SomeValue);
      if (joined !== item) changed = true;
      return joined;
    });
    return changed ? new SomeTuple(items) : a;
  }

  #joinIterators(a: SomeIterator, b: SomeIterator): SomeValue {
    if ((a.source === null) !== (b.source === null) || a.what !== b.what) return conflict(a, b);
    if (a.item.find() !== b.item.find()) this.unify(a.item, b.item);
    if (a.source === null || b.source === null) {
      const all = mergeById(a.generators, b.generators);
      return all === a.generators ? a : new SomeIterator(null, a.what, a.item, all);
    }
    if (a.source.kind !== b.source.kind) return conflict(a, b);
    const source = this.union(a.source, b.source);
    return source === a.source ? a : new SomeIterator(source, a.what, a.item);
  }

  unifyLists(a: ListCell, b: ListCell): void {
    const x = a.find();
    const y = b.find();
    if (x === y) return;
    y.forwardTo(x);
    x.resized ||= y.resized;
    x.assigned ||= y.assigned;
    if (y.prebuilt.length > 0) x.prebuilt.push(...y.prebuilt);
    this.unify(x.item, y.item);
  }

  unifyMaps(a: MapCell, b: MapCell): void {
    const x = a.find();
    const y = b.find();
    if (x === y) return;
    y.forwardTo(x);
    x.weak ||= y.weak;
    x.prebuilt.push(...y.prebuilt);
    this.unify(x.key, y.key);
    this.unify(x.value, y.value);
  }

  /** Makes two cells one. */
  unify(a: TypeCell, b: TypeCell): void {
    let x = a.find();
    let y = b.find();
    if (x === y) return;
    if ((x.readers?.size ?? 0) < (y.readers?.size ?? 0)) [x, y] = [y, x];
    const [vx, vy] = [x.value, y.value];
    const pending = [...(x.pending ?? []), ...(y.pending ?? [])];
    const used = x.pending === null || y.pending === null;
    const inflows = y.inflows;
    const declared = x.declared ?? y.declared;
    if (x.declared !== null && y.declared !== null && x.declared !== y.declared) requireCompatible(x, y);
    y.forwardTo(x);
    x.pending = pending;
    if (y.declared !== null && x.declared === null) x.declared = declared;
    if (x.loneNull !== y.loneNull) x.loneNull = 0;
    x.keepsConstants &&= y.keepsConstants;
    x.isShared ||= y.isShared;
    x.inflows.push(...inflows);
    try {
      x.value = this.#conformed(x, this.union(vx, vy));
    } catch (e) {
      if (e instanceof TypeConflict && e.cell === null) {
        e.cell = x;
        e.otherCell = y;
      }
      throw e;
    } finally {
      if (x.value !== vx) notify(x.readers);
      if (x.value !== vy) notify(y.readers);
      if (y.readers !== null) {
        x.readers ??= new Set();
        for (const r of y.readers) x.readers.add(r);
        y.readers = null;
      }
      if (used) this.use(x);
    }
  }

  /** Pours live data into a cell at its first use. */
  use(cell: TypeCell): void {
    const root = cell.find();
    if (root.pending === null) return;
    const pending = root.pending;
    root.pending = null;
    for (const pour of pending) pour();
  }

  /** Lets a value flow into a cell. Returns the cell's type after it. */
  merge(cell: TypeCell, value: SomeValue, why: Why): SomeValue {
    const root = cell.find();
    if (root.pending !== null) this.use(root);
    const target = root.find();
    const before = target.value;
    if (before === value) return before;
    let joined: SomeValue;
    try {
      const incoming = this.#conformed(target, target.keepsConstants ? value : withoutScalarConstant(value));
      joined = this.union(target.value, incoming);
    } catch (e) {
      if (e instanceof TypeConflict && e.cell === null) {
        e.cell = target;
        e.inflow = why(value);
      }
      throw e;
    }
    const now = target.find();
    if (joined !== now.value) {
      now.value = joined;
      now.inflows.push(why(value));
      notify(now.readers);
    }
    return joined;
  }

  /** Gives a cell its contract; what has already flowed in must meet it. */
  declare(cell: TypeCell, declared: DeclaredType): void {
    const root = cell.find();
    if (!declared.constrains || root.declared === declared) return;
    if (root.declared !== null) {
      requireDeclarations(root, root.declared, declared);
      if (!moreExact(declared, root.declared)) return;
    }
    root.declared = declared;
    if (isBottom(root.value)) return;
    try {
      const conformed = this.#conformed(root, root.value);
      const now = root.find();
      if (conformed !== now.value) {
        now.value = conformed;
        notify(now.readers);
      }
    } catch (e) {
      if (e instanceof TypeConflict && e.cell === null) e.cell = root;
      throw e;
    }
  }

  #conformed(cell: TypeCell, value: SomeValue): SomeValue {
    const conformed = cell.declared === null ? value : conform(this, value, cell.declared);
    return cell.loneNull === 0 ? conformed : loneNull(conformed, cell.loneNull);
  }

  /** The value as the declared type has it; throws a TypeConflict when it contradicts the declaration. */
  conform(value: SomeValue, declared: DeclaredType): SomeValue {
    return conform(this, value, declared);
  }
}

const absent: Why = (type) => ({ type, what: "property absent", position: null, from: null, cell: null });

function notify(readers: Set<Reader> | null): void {
  if (readers !== null) for (const r of readers) r.reflow();
}

function conflict(a: SomeValue, b: SomeValue): never {
  throw new TypeConflict(a, b);
}

function sameConstant(a: SomeValue, b: SomeValue): boolean {
  return a.constant !== null && b.constant !== null && Object.is(a.constant.value, b.constant.value);
}

/** 0 int-valued, 1 int, 2 integral float, 3 float; -1 no number. */
export function numberRank(s: SomeValue): number {
  switch (s.kind) {
    case "intValued":
      return 0;
    case "int":
      return 1;
    case "float":
      return (s as SomeFloat).integral ? 2 : 3;
    default:
      return -1;
  }
}

/** Does an int-valued number keep the int's attributes? */
function fits(int: SomeInt, other: SomeValue): boolean {
  if (!int.nonNegative) return true;
  return other.constant !== null && (other.constant.value as number) >= 0;
}

/** chars and strings; null when either is something else. The constant "" joins chars without making them strings. */
function joinTexts(a: SomeValue, b: SomeValue): SomeValue | null {
  const [char, string] = a.kind === "char" ? [a, b] : [b, a];
  if (char.kind !== "char" || string.kind !== "string") return null;
  if (!string.isConstant("")) return string;
  if ((char as SomeChar).mayBeEmpty) return char;
  return new SomeChar(0, null, true);
}

function joinBigInts(a: SomeValue, b: SomeValue): SomeValue | null {
  if (a.kind === "bigint" && b.kind === "machineInt") return a;
  if (b.kind === "bigint" && a.kind === "machineInt") return b;
  return null;
}

function isVariantPair(a: ClassDesc, b: ClassDesc): boolean {
  return a.liveClass !== null && a.liveClass === b.liveClass && a !== b;
}

/** The declared or older description is kept. */
function preferred(a: ClassDesc, b: ClassDesc): boolean {
  const da = a instanceof RecordDesc && a.declared !== null;
  const db = b instanceof RecordDesc && b.declared !== null;
  return da === db ? a.id < b.id : da;
}

/** Declared shapes meet as variants of one declaration, or as members of one union or hierarchy of shapes. */
function relatedShapes(a: RecordDesc, b: RecordDesc): boolean {
  if (a.declared?.declaration === b.declared?.declaration) return true;
  for (const name of a.names) if (b.names.has(name)) return true;
  return a.names.size === 0 || b.names.size === 0;
}

/** Union of two id-sorted lists; `a` itself when b adds nothing. */
export function mergeById<T extends FunctionDesc | ClassDesc>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a === b) return a;
  const known = new Set(a);
  const added = b.filter((x) => !known.has(x));
  return added.length === 0 ? a : [...a, ...added].sort((x, y) => x.id - y.id);
}

function withoutScalarConstant(s: SomeValue): SomeValue {
  if (s.constant === null || s.kind === "nothing") return s;
  if (s.kind === "string" || s.kind === "char") return s.isConstant("") ? s : s.withoutConstant();
  if (s instanceof SomeInt || s instanceof SomeFloat || s instanceof SomeIntValued) return s.withoutConstant();
  if (s instanceof SomeBool || s instanceof SomeString || s instanceof SomeBigInt || s instanceof SomeMachineInt) {
    return s.withoutConstant();
  }
  return s;
}

function requireCompatible(x: TypeCell, y: TypeCell): void {
  const [dx, dy] = [x.declared as DeclaredType, y.declared as DeclaredType];
  try {
    requireDeclarations(x, dx, dy);
  } catch (e) {
    if (e instanceof TypeConflict) e.otherCell = y;
    throw e;
  }
}

function requireDeclarations(cell: TypeCell, a: DeclaredType, b: DeclaredType): void {
  const contradict = (a.kind === "int" && b.kind === "float") || (a.kind === "float" && b.kind === "int");
  if (!contradict) return;
  const error = new TypeConflict(
    a.kind === "int" ? new SomeInt() : new SomeFloat(),
    a.kind === "int" ? new SomeFloat() : new SomeInt(),
    a,
  );
  error.cell = cell;
  error.otherDeclared = b;
  throw error;
}

/** int and float say more than number, a list of floats more than a list. */
function moreExact(a: DeclaredType, b: DeclaredType): boolean {
  return a.constrains && !b.constrains;
}
