/**
 * Keys of specializations: what of an argument's type makes a copy of its own. Lists and maps count by what is in
 * them, instances by their class, functions by identity; constants and nullness of references do not count.
 */
import type { TypeCell } from "./cells.ts";
import type {
  SomeClass,
  SomeExternal,
  SomeFloat,
  SomeFunction,
  SomeInstance,
  SomeIterator,
  SomeList,
  SomeMachineInt,
  SomeMap,
  SomePtr,
  SomeTuple,
  SomeTypedArray,
  SomeValue,
  SomeWeakRef,
} from "./model.ts";

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** A number for an object, the same for the same object. */
export function identityOf(o: object): number {
  let id = identities.get(o);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(o, id);
  }
  return id;
}

const MAX_DEPTH = 4;

export function typeKey(s: SomeValue, depth = 0): string {
  const base = kindKey(s, depth);
  return s.nulls === 0 ? base : `${base}?${s.nulls}`;
}

function kindKey(s: SomeValue, depth: number): string {
  if (depth > MAX_DEPTH) return "*";
  const inside = (cell: TypeCell): string => typeKey(cell.type, depth + 1);
  switch (s.kind) {
    case "intValued":
      return "int";
    case "float":
      return (s as SomeFloat).integral ? "integral" : "float";
    case "machineInt":
      return `big${(s as SomeMachineInt).signed ? "" : "u"}${(s as SomeMachineInt).bits}`;
    case "instance":
      return `@${(s as SomeInstance).classDesc.id}`;
    case "list":
      return `[${inside((s as SomeList).cell.item)}]`;
    case "tuple":
      return `(${(s as SomeTuple).items.map((i) => typeKey(i, depth + 1)).join(",")})`;
    case "map":
      return `${(s as SomeMap).cell.weak ? "weak" : ""}map(${inside((s as SomeMap).cell.key)},${inside((s as SomeMap).cell.value)})`;
    case "set":
      return `${(s as SomeMap).cell.weak ? "weak" : ""}set(${inside((s as SomeMap).cell.key)})`;
    case "typedArray":
      return (s as SomeTypedArray).array;
    case "function":
      return `f${(s as SomeFunction).functions.map((f) => f.id).join("+")}`;
    case "class":
      return `c${(s as SomeClass).classes.map((c) => c.find().id).join("+")}`;
    case "iterator":
      return iteratorKey(s as SomeIterator, inside((s as SomeIterator).item));
    case "weakRef":
      return `weak(${inside((s as SomeWeakRef).target)})`;
    case "external":
      return (s as SomeExternal).name;
    case "ptr":
      return `p${identityOf((s as SomePtr).lltype)}`;
    default:
      return s.kind;
  }
}

/** A constant as part of a key. */
export function constantKey(value: unknown): string {
  if ((typeof value === "object" && value !== null) || typeof value === "function") return `#${identityOf(value)}`;
  return `${typeof value}:${String(value)}`;
}

function iteratorKey(s: SomeIterator, item: string): string {
  return s.source === null ? `gen(${item})` : `it(${s.what},${typeKey(s.source)},${item})`;
}
