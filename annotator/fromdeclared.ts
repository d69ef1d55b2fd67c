/** The type of a value of which only the declared type is known: results of intrinsics, parameters of uncalled functions. */
import { ListCell, MapCell, TypeCell } from "./cells.ts";
import type { ClassDesc } from "./classes.ts";
import type { DeclaredType } from "./declared.ts";
import type { LiveFunction } from "./functions.ts";
import {
  ADDRESS,
  BIGINT,
  BOOL,
  CHAR,
  FLOAT,
  GCREF,
  INT,
  isBottom,
  NOTHING,
  type Nulls,
  SomeInstance,
  SomeIterator,
  SomeList,
  SomeMap,
  SomeNothing,
  SomeSet,
  SomeStringBuilder,
  SomeTuple,
  SomeTypedArray,
  type SomeValue,
  STRING,
  UNDEFINED,
} from "./model.ts";
import type { Solver } from "./solve.ts";
import type { Why } from "./union.ts";

/** The element for a declared type; bottom where the declaration does not tell. */
export function fromDeclared(solver: Solver, d: DeclaredType): SomeValue {
  const s = kindOf(solver, d);
  const nulls = (s.nulls | d.nulls) as Nulls;
  if (s.kind === "nothing") return nulls === 0 ? s : new SomeNothing(nulls, null);
  return s.withNulls(nulls);
}

function kindOf(solver: Solver, d: DeclaredType): SomeValue {
  switch (d.kind) {
    case "int":
      return INT;
    case "float":
    case "number":
      return FLOAT;
    case "boolean":
      return BOOL;
    case "string":
      return STRING;
    case "char":
      return CHAR;
    case "bigint":
      return BIGINT;
    case "void":
      return UNDEFINED;
    case "list":
      return new SomeList(filled(new ListCell(null), (c) => fill(solver, c.item, d.item)));
    case "tuple":
      return new SomeTuple(d.items.map((i) => fromDeclared(solver, i)));
    case "map":
    case "set": {
      const cell = filled(new MapCell(null), (c) => {
        c.weak = d.weak;
        fill(solver, c.key, d.key);
        fill(solver, c.value, d.value);
      });
      return d.kind === "map" ? new SomeMap(cell) : new SomeSet(cell);
    }
    case "typedArray":
      return new SomeTypedArray(d.array);
    case "iterator":
      return new SomeIterator(
        null,
        "values",
        filled(new TypeCell("items"), (c) => fill(solver, c, d.item)),
      );
    case "record": {
      const desc = solver.classes.declaredRecord(d);
      assumeDeclared(solver, desc);
      return new SomeInstance(desc);
    }
    case "instance": {
      const live = solver.classes.liveOf(d.declaration) as unknown as LiveFunction | null;
      if (live === null) return NOTHING;
      const low = solver.world.intrinsicClass(live);
      if (low === "Address") return ADDRESS;
      if (low === "GcRef") return GCREF;
      const desc = solver.classes.descOf(
        live,
        d.typeArguments.some((t) => t.kind === "unknown") ? [] : d.typeArguments,
      );
      assumeDeclared(solver, desc);
      return new SomeInstance(desc);
    }
    case "stringBuilder":
      return new SomeStringBuilder(0, null);
    default:
      return NOTHING;
  }
}

/** Instances come from outside of what is analysed: they may exist, and their fields hold what they declare. */
export function assumeDeclared(solver: Solver, desc: ClassDesc): void {
  if (solver.assumed.has(desc)) return;
  solver.assumed.add(desc);
  solver.classes.markInstantiated(desc);
  for (const { owner, name, type } of solver.classes.declaredFields(desc)) {
    const { cell } = solver.classes.field(owner, name);
    const why: Why = (s) => ({
      type: s,
      what: `declared type of ${name}`,
      position: cell.position,
      from: null,
      cell: null,
    });
    const root = cell.find();
    const pour = (): void => {
      const s = fromDeclared(solver, type);
      if (!isBottom(s)) solver.unifier.merge(cell, s, why);
    };
    if (root.pending === null) pour();
    else root.pending.push(pour);
  }
}

function fill(solver: Solver, cell: TypeCell, d: DeclaredType): void {
  if (d.constrains) cell.declared = d;
  cell.pending = [
    () => {
      const root = cell.find();
      root.value = solver.unifier.union(root.value, fromDeclared(solver, d));
    },
  ];
}

function filled<T>(cell: T, fillIt: (cell: T) => void): T {
  fillIt(cell);
  return cell;
}
