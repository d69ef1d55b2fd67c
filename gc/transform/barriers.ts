/**
 * Write barriers: before a store of a reference into a GC object the collector is told, by an operation that tests the
 * object's flags and calls the collector where they are set.
 *
 * A store needs none
 * - when it stores null or a prebuilt object;
 * - when it initialises: the object came from the inline path and nothing has collected since, so it is young;
 * - when the object was reported before and nothing has collected since (but a report of one item of an array covers
 *   that item only, because it may mark no more than a card).
 *
 * What is known of an object travels along links: a forward analysis, optimistic about loops.
 *
 *     p = malloc(T)                                p = malloc(T)
 *     setfield(p, next, a)                  ==>    setfield(p, next, a)
 *     setfield(q, next, p)                         gc_barrier(q); setfield(q, next, p)
 *     setfield(q, last, p)                         setfield(q, last, p)
 */
import type { Effects } from "../../rtyper/lltype/effects.ts";
import { LowArray, type LowType, Ptr, Struct, Void } from "../../rtyper/lltype/types.ts";
import { type Block, type FunctionGraph, Operation, type Value, Variable } from "../../translator/flow/model.ts";
import { entriesOf } from "../../translator/flow/traverse.ts";
import type { AllocationGroups } from "./groups.ts";

/** Which operands of a store are the object written to, the index, the number of items, the value (null: many). */
interface Store {
  readonly object: number;
  readonly index: number | null;
  readonly count: number | null;
  readonly value: number | null;
}

const STORES: Readonly<Record<string, Store | undefined>> = {
  setfield: { object: 0, index: null, count: null, value: 2 },
  setarrayitem: { object: 0, index: 1, count: null, value: 2 },
  setinteriorfield: { object: 0, index: 1, count: null, value: 3 },
  array_copy: { object: 2, index: 3, count: 4, value: null },
  array_fill: { object: 0, index: 1, count: 2, value: 3 },
};

/** The store that an operation is, if the collector may have to know of it. */
function reportedStore(op: Operation): Store | null {
  const store = STORES[op.opname];
  if (store === undefined) return null;
  const object = (op.args[store.object] as Value).type;
  if (!(object instanceof Ptr) || !object.isGc) return null;
  if (store.value === null) return hasReferenceItems(object.to) ? store : null;
  const value = op.args[store.value] as Value;
  return value instanceof Variable && value.type instanceof Ptr && value.type.isGc ? store : null;
}

function hasReferenceItems(type: Ptr["to"]): boolean {
  const item = type instanceof LowArray ? type.item : type instanceof Struct ? type.varItem : null;
  return item !== null && containsReference(item);
}

function containsReference(type: LowType): boolean {
  if (type instanceof Ptr) return type.isGc;
  return type instanceof Struct && [...type.allFields()].some((field) => containsReference(field.type));
}

/** The objects of which a store needs no report. */
type Known = Set<Variable>;

/** Inserts barriers in one graph; runs before allocations are lowered. Returns how many. */
export function insertBarriers(graph: FunctionGraph, effects: Effects, groups: AllocationGroups): number {
  const entries = entriesOf(graph);
  const blocks = [...entries.keys()];
  if (!blocks.some((block) => block.operations.some((op) => reportedStore(op) !== null))) return 0;
  const members = new Set<Operation>();
  for (const group of groups.values()) for (const planned of group) members.add(planned.op);
  const step = (op: Operation, known: Known): void => advance(op, known, effects, groups, members);
  const known = solve(graph, entries, step);
  let count = 0;
  for (const block of blocks) count += insertInBlock(block, new Set(known.get(block)), step);
  return count;
}

/** What is known at the start of each block. */
function solve(
  graph: FunctionGraph,
  entries: ReturnType<typeof entriesOf>,
  step: (op: Operation, known: Known) => void,
): Map<Block, Known> {
  const atStart = new Map<Block, Known>([[graph.startBlock, new Set()]]);
  const work = new Set<Block>([graph.startBlock]);
  for (const block of work) {
    work.delete(block);
    const known = new Set(atStart.get(block));
    for (const op of block.operations) {
      step(op, known);
      noteReport(op, known);
    }
    for (const { target, args } of block.exits) {
      if (!entries.has(target)) continue;
      const arriving = target.inputargs.filter((_input, i) => known.has(args[i] as Variable));
      const before = atStart.get(target);
      const kept = before === undefined ? arriving : arriving.filter((input) => before.has(input));
      if (before !== undefined && kept.length === before.size) continue;
      atStart.set(target, new Set(kept));
      work.add(target);
    }
  }
  return atStart;
}

/** What an operation changes besides reports. */
function advance(
  op: Operation,
  known: Known,
  effects: Effects,
  groups: AllocationGroups,
  members: ReadonlySet<Operation>,
): void {
  if (members.has(op)) {
    // Memory for the whole group is taken before its first object is made.
    if (groups.has(op)) known.clear();
    known.add(op.result);
    return;
  }
  if (effects.opCanCollect(op)) known.clear();
  if (op.opname === "malloc" || op.opname === "malloc_of_class") known.add(op.result);
  if (op.opname === "cast_pointer" && known.has(op.args[0] as Variable)) known.add(op.result);
}

/** After a report of a whole object its stores are covered. */
function noteReport(op: Operation, known: Known): void {
  const store = reportedStore(op);
  if (store === null || store.index !== null) return;
  const object = op.args[store.object];
  if (object instanceof Variable) known.add(object);
}

function insertInBlock(block: Block, known: Known, step: (op: Operation, known: Known) => void): number {
  const operations: Operation[] = [];
  for (const op of block.operations) {
    const store = reportedStore(op);
    if (store !== null && !known.has(op.args[store.object] as Variable)) operations.push(report(op, store));
    operations.push(op);
    step(op, known);
    noteReport(op, known);
  }
  const inserted = operations.length - block.operations.length;
  block.operations = operations;
  return inserted;
}

function report(op: Operation, store: Store): Operation {
  const operand = (i: number): Value => op.args[i] as Value;
  const args = [operand(store.object)];
  if (store.index !== null) args.push(operand(store.index));
  if (store.count !== null) args.push(operand(store.count));
  const name = store.index === null ? "gc_barrier" : store.count === null ? "gc_barrier_item" : "gc_barrier_range";
  return new Operation(name, args, new Variable("", Void), op.position);
}
