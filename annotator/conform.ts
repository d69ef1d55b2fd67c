/**
 * A declared type as a contract on an inferred one. int, float and char are checked and converted; declarations of
 * lists, maps and records pass the contract on to the cells inside; everything else was checked by tsc and inference
 * knows more than it says, so the inferred type is kept.
 */
import { RecordDesc } from "./classes.ts";
import { TypeConflict } from "./conflict.ts";
import type { DeclaredType } from "./declared.ts";
import {
  NOTHING,
  type Nulls,
  SomeChar,
  SomeFloat,
  SomeInstance,
  SomeInt,
  type SomeKind,
  SomeList,
  SomeMap,
  SomeSet,
  SomeTuple,
  type SomeValue,
} from "./model.ts";
import type { Unifier } from "./union.ts";

/** Declared records and generic classes resolve to descriptions through this (`shapes.ts` provides it). */
export interface Shapes {
  /** The description of a declared record type or of a class with type arguments; null when not known. */
  describe(declared: DeclaredType): SomeValue | null;
}

/** See `Unifier.conform`. */
export function conform(u: Unifier, s: SomeValue, d: DeclaredType): SomeValue {
  if (s.kind === "nothing" || s.kind === "poison" || s.kind === "ptr") return s;
  const checked = d.nulls === 0 && s.nulls !== 0 && stripsNull(d) ? s.nonNull() : loneNull(s, d.nulls);
  return d.constrains ? conformKind(u, checked, d) : checked;
}

const SCALARS: ReadonlySet<SomeKind> = new Set(["int", "intValued", "float", "bool", "char", "machineInt"]);

/**
 * A nullable reference where the declaration allows only one of null and undefined: that one. tsc saw that the other
 * cannot arrive, by narrowing that inference may not see (`a.x = new X(); b.x = a.x`); both are the null pointer.
 */
export function loneNull(s: SomeValue, allowed: Nulls): SomeValue {
  if ((allowed !== 1 && allowed !== 2) || s.nulls === 0 || s.nulls === allowed) return s;
  return s.kind === "nothing" || SCALARS.has(s.kind) ? s : s.withNulls(allowed);
}

/** Does the declaration exclude null? (tsc checked it, with narrowing that inference may not see.) */
function stripsNull(d: DeclaredType): boolean {
  return d.kind !== "unknown" && d.kind !== "void" && d.kind !== "union" && d.kind !== "nullish" && d.kind !== "never";
}

function conformKind(u: Unifier, s: SomeValue, d: DeclaredType): SomeValue {
  switch (d.kind) {
    case "int":
      return conformInt(s, d);
    case "float":
      return conformFloat(s, d);
    case "char":
      return conformChar(s, d);
    case "list":
      if (s instanceof SomeList) u.declare(s.cell.item, d.item);
      return s;
    case "map":
      if (s instanceof SomeMap) {
        u.declare(s.cell.key, d.key);
        u.declare(s.cell.value, d.value);
      }
      return s;
    case "set":
      if (s instanceof SomeSet) u.declare(s.cell.key, d.key);
      return s;
    case "tuple":
      return conformTuple(u, s, d.items);
    case "record":
    case "instance":
      return conformShape(u, s, d);
    default:
      return s;
  }
}

function conformInt(s: SomeValue, d: DeclaredType): SomeValue {
  switch (s.kind) {
    case "int":
      return s;
    case "intValued": {
      const value = s.constant?.value;
      return new SomeInt(s.nulls, s.constant, typeof value === "number" && value >= 0);
    }
    case "float":
      if ((s as SomeFloat).integral) return new SomeInt(s.nulls);
      throw new TypeConflict(NOTHING, s, d);
    case "machineInt":
    case "address":
    case "gcRef":
      return s;
    default:
      throw new TypeConflict(NOTHING, s, d);
  }
}

function conformFloat(s: SomeValue, d: DeclaredType): SomeValue {
  switch (s.kind) {
    case "float":
      return s;
    case "int":
    case "intValued":
      return new SomeFloat(s.nulls, s.constant, true);
    default:
      throw new TypeConflict(NOTHING, s, d);
  }
}

function conformChar(s: SomeValue, d: DeclaredType): SomeValue {
  if (s.kind === "char") return s;
  if (s.isConstant("")) return new SomeChar(0, s.constant, true);
  throw new TypeConflict(NOTHING, s, d);
}

function conformTuple(u: Unifier, s: SomeValue, items: readonly DeclaredType[]): SomeValue {
  if (!(s instanceof SomeTuple) || s.items.length !== items.length) return s;
  let changed = false;
  const conformed = s.items.map((item, i) => {
    const c = u.conform(item, items[i] as DeclaredType);
    if (c !== item) changed = true;
    return c;
  });
  return changed ? new SomeTuple(conformed, s.nulls, s.constant) : s;
}

/** A record takes its declared shape; a variant of a generic class becomes the declared one. */
function conformShape(u: Unifier, s: SomeValue, d: DeclaredType): SomeValue {
  if (!(s instanceof SomeInstance)) return s;
  const shape = u.shapes?.describe(d) ?? null;
  if (!(shape instanceof SomeInstance)) return s;
  const [have, want] = [s.classDesc, shape.classDesc];
  if (have === want) return s;
  const bothRecords = have instanceof RecordDesc && want instanceof RecordDesc;
  const variants = [...have.chain()].some((c) => c.liveClass !== null && c.liveClass === want.liveClass && c !== want);
  if (!bothRecords && !variants) return s;
  u.union(shape, s.nonNull().withoutConstant());
  return s.copy(s.nulls, s.constant);
}
