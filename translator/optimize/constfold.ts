/**
 * Constant folding: arithmetic on constants by the operations' own meanings, reads of immutable fields and items of
 * prebuilt objects, class tests and null tests of prebuilt objects, checks that are known to hold.
 *
 * What is folded is decided by values alone, so a folded program computes what the unfolded one would; a division
 * whose precondition fails stays as it is, because control may never reach it.
 */
import { LowArrayObject, LowStruct, type LowValue, SymbolicWord } from "../../rtyper/lltype/memory.ts";
import { findMeaning, wrap } from "../../rtyper/lltype/ops/meaning.ts";
import { type LowType, Ptr, Signed, Struct, Void } from "../../rtyper/lltype/types.ts";
import { Constant, type FunctionGraph, type Operation, type Value, Variable } from "../flow/model.ts";
import { substituteInBlock } from "../flow/simplify.ts";
import { bodyBlocks } from "../flow/traverse.ts";

/** The value of an operation that folds; `undefined` when it does not. */
type Folded = LowValue | undefined;

/** Folds one graph in place; says whether anything changed. */
export function foldConstants(graph: FunctionGraph, wordBits: number): boolean {
  let changed = false;
  for (const block of bodyBlocks(graph)) {
    const known = new Map<Variable, Value>();
    const kept: Operation[] = [];
    for (const op of block.operations) {
      op.args = op.args.map((arg) => (arg instanceof Variable ? (known.get(arg) ?? arg) : arg));
      const replacement = replacementOf(op, wordBits);
      if (replacement !== null) {
        known.set(op.result, replacement);
        changed = true;
      } else if (isKeptCheck(op)) {
        kept.push(op);
      } else {
        changed = true;
      }
    }
    block.operations = kept;
    if (known.size > 0) substituteInBlock(block, known);
  }
  return changed;
}

function replacementOf(op: Operation, wordBits: number): Value | null {
  if (op.result.type === Void) return null;
  if (op.opname === "same_as") return op.args[0] as Value;
  const same = algebraic(op);
  if (same !== null) return same;
  if (!op.args.every((arg) => arg instanceof Constant)) return null;
  const args = op.args.map((arg) => (arg as Constant).value as LowValue);
  if (args.some((arg) => arg instanceof SymbolicWord)) return null;
  const value = fold(op, args, wordBits);
  return value === undefined ? null : new Constant(value, op.result.type);
}

/** Identities with one operand known: `x + 0`, `x * 1`, and pointers compared with themselves. */
function algebraic(op: Operation): Value | null {
  const [a, b] = op.args;
  if (op.opname === "ptr_eq" && a === b) return new Constant(true, op.result.type);
  if (op.opname === "ptr_ne" && a === b) return new Constant(false, op.result.type);
  if (op.opname === "cast_pointer" && a?.type === op.result.type) return a ?? null;
  if (!(b instanceof Constant) || b.value instanceof SymbolicWord) return null;
  if (typeof b.value !== "bigint" && typeof b.value !== "number") return null;
  const zero = Number(b.value) === 0;
  switch (op.opname) {
    case "int_add":
    case "int_sub":
    case "int_or":
    case "int_xor":
    case "int_shl":
    case "int_shr":
      return zero ? (a as Value) : null;
    case "int_mul":
      return Number(b.value) === 1 ? (a as Value) : null;
    default:
      return null;
  }
}

function fold(op: Operation, args: readonly LowValue[], wordBits: number): Folded {
  const meaning = findMeaning(op.opname);
  if (meaning !== null) {
    if ((op.opname === "int_div" || op.opname === "int_mod") && Number(args[1]) === 0) return undefined;
    if (op.opname === "float_to_int" && !Number.isFinite(args[0])) return undefined;
    const argTypes = op.args.map((arg) => arg.type as LowType);
    return meaning({ wordBits, argTypes, resultType: op.result.type as LowType }, ...args);
  }
  return MEMORY_FOLDS[op.opname]?.(args, op, wordBits);
}

type Fold = (args: readonly LowValue[], op: Operation, wordBits: number) => Folded;

const MEMORY_FOLDS: Record<string, Fold | undefined> = {
  getfield: ([object, name]) => {
    if (!(object instanceof LowStruct)) return undefined;
    const field = object.type.findField(name as unknown as string);
    if (field === null || !field.immutable) return undefined;
    return foldable(object.get(field.name));
  },
  getarrayitem: ([object, i]) => {
    if (!(object instanceof LowArrayObject || object instanceof LowStruct)) return undefined;
    const immutable = object instanceof LowArrayObject ? object.type.immutable : object.type.varItemImmutable;
    if (!immutable) return undefined;
    const index = Number(i as bigint);
    return index >= 0 && index < object.length ? foldable(object.getItem(index)) : undefined;
  },
  getarraysize: ([object], _op, wordBits) =>
    object instanceof LowArrayObject || object instanceof LowStruct
      ? wrap(BigInt(object.length), Signed, wordBits)
      : undefined,
  ptr_is_null: ([p]) => p === null,
  ptr_nonnull: ([p]) => p !== null,
  ptr_eq: ([a, b]) => a === b,
  ptr_ne: ([a, b]) => a !== b,
  cast_pointer: ([p], op) => {
    const to = op.result.type instanceof Ptr ? op.result.type.to : null;
    if (p === null) return null;
    return p instanceof LowStruct && to instanceof Struct && p.type.inheritsFrom(to) ? p : undefined;
  },
  class_of: ([p]) => (p instanceof LowStruct && p.type.vtable !== null ? (p.type.vtable as LowValue) : undefined),
  is_instance: ([p, struct]) => (p instanceof LowStruct ? p.type.inheritsFrom(struct as unknown as Struct) : undefined),
};

/** Inlined structs are no values of their own; everything else is. */
function foldable(value: LowValue): Folded {
  return value instanceof LowStruct && !value.type.gc && value.name === null ? undefined : value;
}

/** A check whose condition is a constant that holds is dropped. */
function isKeptCheck(op: Operation): boolean {
  const [a, b] = op.args;
  if (!(a instanceof Constant)) return true;
  switch (op.opname) {
    case "check_true":
      return a.value !== true;
    case "check_nonnull":
      return a.value === null;
    case "check_index": {
      if (!(b instanceof Constant) || typeof a.value !== "bigint" || typeof b.value !== "bigint") return true;
      return !(a.value >= 0n && a.value < b.value);
    }
    case "check_instance":
      return !(a.value instanceof LowStruct && a.value.type.inheritsFrom((b as Constant).value as Struct));
    default:
      return true;
  }
}
