/**
 * Which allocations are made in one step, and which of their bytes need zeroing.
 *
 * Allocations of constant size that follow each other in a block with nothing between them that can collect form a
 * group: they move up to the first of them and take their memory with one comparison.
 *
 *     a = malloc(A); setfield(a, x, i); b = malloc(B); setfield(b, next, a)
 *
 * A new object is zeroed only where no store of the same block writes before anybody can look: a collection, or a read
 * through the object or through whatever it was stored into. Clearing everything and leaving the rest to LLVM (the
 * tempting alternative) does not work: its dead store elimination gives up where slow and fast path meet.
 *
 * Invariant: between the members of a group stands nothing, so none of them is seen half made by a collection.
 */
import type { Effects } from "../../rtyper/lltype/effects.ts";
import type { Layout } from "../../rtyper/lltype/layout.ts";
import { opInfo } from "../../rtyper/lltype/ops/index.ts";
import { LowArray, type LowType, type PtrTarget, Struct } from "../../rtyper/lltype/types.ts";
import { type Block, Constant, EXCEPTION, type FunctionGraph, type Operation } from "../../translator/flow/model.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import type { Collector } from "../interface.ts";

/** Bytes `from` up to, but not including, `to` of an object. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** An allocation of constant size. */
export interface PlannedAllocation {
  readonly op: Operation;
  readonly type: PtrTarget;
  /** Bytes with header, a multiple of the word. */
  readonly size: number;
  /** Items of an array or variable-sized struct; null for fixed types. */
  readonly length: number | null;
  /** Whole words to clear, in order. */
  zero: readonly ByteRange[];
}

/** For the first operation of each group its members in order; they stand one directly behind the other. */
export type AllocationGroups = ReadonlyMap<Operation, readonly PlannedAllocation[]>;

/** Bytes that one step takes at most; beyond it a second comparison costs nothing in proportion. */
const GROUP_BYTES = 1024;

export function planAllocations(
  graph: FunctionGraph,
  collector: Collector,
  layout: Layout,
  effects: Effects,
): AllocationGroups {
  const groups = new Map<Operation, PlannedAllocation[]>();
  if (!collector.inlineAllocation) return groups;
  for (const block of bodyBlocks(graph)) {
    for (const group of gather(block, collector, layout, effects))
      groups.set((group[0] as PlannedAllocation).op, group);
  }
  return groups;
}

/** Brings the groups of one block together. */
function gather(block: Block, collector: Collector, layout: Layout, effects: Effects): PlannedAllocation[][] {
  const groups: PlannedAllocation[][] = [];
  const operations: Operation[] = [];
  let open: { members: PlannedAllocation[]; end: number; bytes: number } | null = null;
  const last = block.exitswitch === EXCEPTION ? block.operations.at(-1) : undefined;
  for (const op of block.operations) {
    const planned = plan(op, layout);
    const fits = planned !== null && planned.size <= collector.inlineLimit;
    if (fits && open !== null && op !== last && open.bytes + planned.size <= GROUP_BYTES) {
      operations.splice(open.end, 0, op);
      open.members.push(planned);
      open.end++;
      open.bytes += planned.size;
      continue;
    }
    operations.push(op);
    if (fits) {
      open = { members: [planned], end: operations.length, bytes: planned.size };
      groups.push(open.members);
    } else if (effects.opCanCollect(op)) {
      open = null;
    }
  }
  block.operations = operations;
  for (const group of groups) planZeroing(block, group, layout, effects);
  return groups;
}

function plan(op: Operation, layout: Layout): PlannedAllocation | null {
  if (op.opname === "malloc") {
    const type = (op.args[0] as Constant).value as PtrTarget;
    return { op, type, size: layout.objectSize(type), length: null, zero: [] };
  }
  if (op.opname !== "malloc_varsize" && op.opname !== "malloc_varsize_uninit") return null;
  const length = op.args[1];
  if (!(length instanceof Constant) || typeof length.value !== "bigint") return null;
  const type = (op.args[0] as Constant).value as PtrTarget;
  const items = Number(length.value);
  return { op, type, size: layout.objectSize(type, items), length: items, zero: [] };
}

/** Which values a new object must have although nobody writes them. */
class Coverage {
  readonly planned: PlannedAllocation;
  /** Bytes not written yet: by field name, or by index of an item (`index` or `index.field`). */
  readonly missing = new Map<string, ByteRange>();
  /** Stored somewhere, so that reads of other objects can see it. */
  escaped = false;
  /** No later store counts. */
  closed = false;

  constructor(planned: PlannedAllocation, layout: Layout) {
    this.planned = planned;
    const { type, length, op } = planned;
    if (type instanceof Struct) addFields(this.missing, "", type, 0, layout);
    if (length === null || op.opname === "malloc_varsize_uninit") return;
    const item = type instanceof LowArray ? type.item : (type as Struct).varItem;
    const { itemsOffset, itemSize } = layout.itemsOf(type);
    for (let i = 0; i < length; i++) {
      addValue(this.missing, String(i), item as LowType, itemsOffset + i * itemSize, layout);
    }
  }

  write(name: string): void {
    if (!this.closed) this.missing.delete(name);
  }
}

function addFields(into: Map<string, ByteRange>, prefix: string, type: Struct, base: number, layout: Layout): void {
  for (const field of type.allFields()) {
    addValue(into, prefix + field.name, field.type, base + layout.offsetOf(type, field.name), layout);
  }
}

function addValue(into: Map<string, ByteRange>, name: string, type: LowType, at: number, layout: Layout): void {
  if (type instanceof Struct) {
    addFields(into, `${name}.`, type, at, layout);
    return;
  }
  const size = layout.sizeOf(type);
  if (size > 0) into.set(name, { from: at, to: at + size });
}

function planZeroing(block: Block, group: readonly PlannedAllocation[], layout: Layout, effects: Effects): void {
  const coverages = group.map((planned) => new Coverage(planned, layout));
  const objects = new Map<unknown, Coverage>(coverages.map((c) => [c.planned.op.result, c]));
  const start = block.operations.indexOf((group.at(-1) as PlannedAllocation).op) + 1;
  for (let i = start; i < block.operations.length; i++) {
    const op = block.operations[i] as Operation;
    if (effects.opCanCollect(op)) break;
    follow(op, objects);
  }
  for (const coverage of coverages)
    coverage.planned.zero = wholeWords([...coverage.missing.values()], layout.wordBytes);
}

/** What one operation means for the objects under construction. */
function follow(op: Operation, objects: Map<unknown, Coverage>): void {
  const [object] = op.args;
  const target = objects.get(object);
  if (target !== undefined && op.opname === "cast_pointer") {
    objects.set(op.result, target);
    return;
  }
  const written = target === undefined ? null : writtenBy(op);
  if (target !== undefined && written !== null) {
    for (const name of written) target.write(name);
    for (const value of op.args.slice(1)) {
      const stored = objects.get(value);
      if (stored !== undefined) stored.escaped = true;
    }
    return;
  }
  const { effect } = opInfo(op.opname);
  if (effect === "pure" || effect === "check" || op.opname === "keep_alive") return;
  const writes = op.opname === "setfield" || op.opname === "setarrayitem" || op.opname === "setinteriorfield";
  for (const arg of op.args) {
    const used = objects.get(arg);
    if (used === undefined) continue;
    if (writes) used.escaped = true;
    else used.closed = true;
  }
  if (writes) return;
  for (const coverage of objects.values()) if (coverage.escaped) coverage.closed = true;
}

/** The places of its first operand that a store certainly writes; null for other operations. */
function writtenBy(op: Operation): readonly string[] | null {
  const constant = (i: number): unknown => {
    const arg = op.args[i];
    return arg instanceof Constant ? arg.value : null;
  };
  switch (op.opname) {
    case "setfield":
      return [constant(1) as string];
    case "setarrayitem": {
      const index = constant(1);
      return typeof index === "bigint" ? [String(index)] : [];
    }
    case "setinteriorfield": {
      const index = constant(1);
      return typeof index === "bigint" ? [`${index}.${constant(2) as string}`] : [];
    }
    case "array_fill": {
      const [start, count] = [constant(1), constant(2)];
      if (typeof start !== "bigint" || typeof count !== "bigint") return [];
      return Array.from({ length: Number(count) }, (_v, i) => String(Number(start) + i));
    }
    default:
      return null;
  }
}

/** The words that the ranges touch, joined where they meet. */
function wholeWords(ranges: readonly ByteRange[], word: number): ByteRange[] {
  const sorted = ranges
    .map(({ from, to }) => ({ from: Math.floor(from / word) * word, to: Math.ceil(to / word) * word }))
    .sort((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else joined.push({ ...range });
  }
  return joined;
}
