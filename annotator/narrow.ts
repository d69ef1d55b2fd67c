/**
 * Narrowing: what the exit that a block takes tells of the values it passes on. Because blocks are closed, a test and
 * the values it tells about stand in one block, and the narrower types enter through the link's arguments.
 *
 * Understood: comparison with null and undefined, truthiness, `instanceof`, `typeof v === "…"`, and negations.
 */
import {
  type Block,
  Constant,
  EXCEPTION,
  type Link,
  type Operation,
  type Value,
  Variable,
} from "../translator/flow/model.ts";
import { type ClassDesc, commonBase } from "./classes.ts";
import {
  isBottom,
  NOTHING,
  NULL_BIT,
  type Nulls,
  SomeClass,
  SomeInstance,
  SomeNothing,
  type SomeValue,
  UNDEFINED_BIT,
} from "./model.ts";
import type { Solver } from "./solve.ts";
import { definition } from "./state.ts";

export type Refine = (s: SomeValue) => SomeValue;
type Refinements = Map<Variable, Refine>;

/** How the values of a block are refined on one of its exits; null when not at all. */
export function refinement(solver: Solver, block: Block, link: Link): Refinements | null {
  const { exitswitch } = block;
  if (!(exitswitch instanceof Variable) || link.exitcase === EXCEPTION) return null;
  if (typeof link.exitcase !== "boolean") return null;
  const found: Refinements = new Map();
  learn(solver, block, exitswitch, link.exitcase, found);
  return found.size === 0 ? null : found;
}

function learn(solver: Solver, block: Block, condition: Value, truth: boolean, found: Refinements): void {
  if (!(condition instanceof Variable)) return;
  const op = definition(block, condition);
  if (op === null) {
    add(found, condition, truth ? (s) => (s.kind === "bool" ? s : s.nonNull()) : (s) => s);
    return;
  }
  switch (op.opname) {
    case "is_true":
      learnTruth(solver, block, op.args[0] as Value, truth, found);
      return;
    case "not":
      learn(solver, block, op.args[0] as Value, !truth, found);
      return;
    case "is_nullish":
      add(found, op.args[0] as Value, truth ? onlyNull(3) : (s) => s.nonNull());
      return;
    case "eq":
    case "ne":
      learnEqual(solver, block, op, truth === (op.opname === "eq"), found);
      return;
    case "instance_of":
      learnInstance(solver, op, truth, found);
      return;
    default:
      return;
  }
}

function learnTruth(solver: Solver, block: Block, value: Value, truth: boolean, found: Refinements): void {
  learn(solver, block, value, truth, found);
  add(found, value, truth ? (s) => s.nonNull() : falsy);
}

/** Objects are never falsy. */
function falsy(s: SomeValue): SomeValue {
  switch (s.kind) {
    case "instance":
    case "list":
    case "tuple":
    case "map":
    case "set":
    case "typedArray":
    case "function":
    case "class":
    case "iterator":
    case "stringBuilder":
    case "weakRef":
      return s.nulls === 0 ? NOTHING : new SomeNothing(s.nulls, null);
    default:
      return s;
  }
}

function onlyNull(bits: Nulls): Refine {
  return (s) => {
    const left = (s.nulls & bits) as Nulls;
    if (s.kind === "ptr" || s.kind === "gcRef" || s.kind === "address") return s;
    return left === 0 ? (s.kind === "poison" ? s : NOTHING) : new SomeNothing(left, lone(left));
  };
}

function lone(bits: Nulls): { value: null | undefined } | null {
  if (bits === 3) return null;
  return { value: bits === NULL_BIT ? null : undefined };
}

function withoutNull(bits: Nulls): Refine {
  return (s) => {
    const left = (s.nulls & ~bits) as Nulls;
    if (s.kind === "nothing") return left === 0 ? NOTHING : new SomeNothing(left, lone(left));
    return s.withNulls(left);
  };
}

function learnEqual(solver: Solver, block: Block, op: Operation, equal: boolean, found: Refinements): void {
  const [a, b] = op.args as [Value, Value];
  for (const [value, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!(value instanceof Variable)) continue;
    const type = solver.typeOf(other);
    const known = other instanceof Constant ? { value: other.value } : type.constant;
    if (known !== null && (known.value === null || known.value === undefined)) {
      const bit = known.value === null ? NULL_BIT : UNDEFINED_BIT;
      add(found, value, equal ? onlyNull(bit) : withoutNull(bit));
    } else if (equal && type.nulls === 0 && !isBottom(type)) {
      add(found, value, (s) => s.nonNull());
    }
    const source = definition(block, value);
    if (source?.opname === "typeof" && known !== null && typeof known.value === "string") {
      add(found, source.args[0] as Value, byTypeof(known.value, equal));
    }
  }
}

/** What `typeof` says of each kind, without null. */
export function typeofName(s: SomeValue): string | null {
  switch (s.kind) {
    case "intValued":
    case "int":
    case "float":
      return "number";
    case "string":
    case "char":
      return "string";
    case "bool":
      return "boolean";
    case "bigint":
    case "machineInt":
      return "bigint";
    case "function":
    case "class":
      return "function";
    case "nothing":
    case "poison":
      return null;
    default:
      return "object";
  }
}

function byTypeof(name: string, equal: boolean): Refine {
  return (s) => {
    const own = typeofName(s);
    const keepsKind = own !== null && (own === name) === equal;
    let bits = 0;
    if ((s.nulls & NULL_BIT) !== 0 && (name === "object") === equal) bits |= NULL_BIT;
    if ((s.nulls & UNDEFINED_BIT) !== 0 && (name === "undefined") === equal) bits |= UNDEFINED_BIT;
    if (s.kind === "poison") return s;
    if (keepsKind) return s.withNulls(bits as Nulls);
    return bits === 0 ? NOTHING : new SomeNothing(bits as Nulls, lone(bits as Nulls));
  };
}

function learnInstance(solver: Solver, op: Operation, truth: boolean, found: Refinements): void {
  const [value, cls] = op.args as [Value, Value];
  const type = solver.typeOf(cls);
  if (!(value instanceof Variable) || !(type instanceof SomeClass)) return;
  if (truth) {
    const classes = type.classes.flatMap((c) =>
      c.liveClass === null ? [c] : solver.classes.variants(c.liveClass as never),
    );
    add(found, value, (s) => narrowToClasses(s, classes));
  } else if (type.constant !== null) {
    add(found, value, (s) => withoutInstances(solver, s, type.classes));
  }
}

/** The value is an instance of one of these classes. */
export function narrowToClasses(s: SomeValue, classes: readonly ClassDesc[]): SomeValue {
  if (!(s instanceof SomeInstance)) return s.kind === "nothing" ? NOTHING : s.nonNull();
  const have = s.classDesc;
  let joined: ClassDesc | null = null;
  for (const c of classes) {
    if (have.isSubclassOf(c)) return s.nonNull();
    if (!c.isSubclassOf(have)) continue;
    joined = joined === null ? c.find() : commonBase(joined, c);
  }
  return joined === null ? NOTHING : new SomeInstance(joined, 0, s.constant);
}

/** Not an instance of the class: nothing is left when all were. */
function withoutInstances(solver: Solver, s: SomeValue, classes: readonly ClassDesc[]): SomeValue {
  if (!(s instanceof SomeInstance)) return s;
  const all = classes.flatMap((c) => (c.liveClass === null ? [c] : solver.classes.variants(c.liveClass as never)));
  if (!all.some((c) => s.classDesc.isSubclassOf(c))) return s;
  return s.nulls === 0 ? NOTHING : new SomeNothing(s.nulls, lone(s.nulls));
}

function add(found: Refinements, value: Value, refine: Refine): void {
  if (!(value instanceof Variable)) return;
  const before = found.get(value);
  found.set(value, before === undefined ? refine : (s) => refine(before(s)));
}
