/**
 * Write barriers: before a store of a reference into a GC object, the collector's flag in the object's header is
 * tested, and set flags lead to its slow entry.
 *
 * A store is exempt when it initialises: the object was allocated earlier in the same block, by a fixed-size
 * allocation (a large array may be born old), and nothing that can collect came between. A stored null is exempt for
 * collectors with a flag barrier.
 */
import type { Effects } from "../../rtyper/lltype/effects.ts";
import { Bool, Ptr, Void } from "../../rtyper/lltype/types.ts";
import {
  Block,
  Constant,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { cutAfter } from "../../translator/flow/split.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import type { Barrier } from "../interface.ts";

/** For each store of references: which operand is the object written to, and which the value (null: many values). */
const STORES: Record<string, { object: number; value: number | null } | undefined> = {
  setfield: { object: 0, value: 2 },
  setarrayitem: { object: 0, value: 2 },
  setinteriorfield: { object: 0, value: 3 },
  array_copy: { object: 2, value: null },
  array_fill: { object: 0, value: 3 },
};

function storesReference(op: Operation): boolean {
  const store = STORES[op.opname];
  if (store === undefined) return false;
  const object = (op.args[store.object] as Value).type;
  if (!(object instanceof Ptr) || !object.isGc) return false;
  if (store.value === null) return "item" in object.to && object.to.item instanceof Ptr && object.to.item.isGc;
  const value = op.args[store.value] as Value;
  return value.type instanceof Ptr && value.type.isGc && !(value instanceof Constant && value.value === null);
}

/** Inserts barriers in one graph; runs before allocations are lowered. */
export function insertBarriers(graph: FunctionGraph, barrier: Barrier, effects: Effects): void {
  if (barrier.kind !== "flag") throw new Error("only flag barriers are inserted by this transform");
  for (const block of bodyBlocks(graph)) {
    const before: number[] = [];
    const fresh = new Set<Value>();
    for (const [i, op] of block.operations.entries()) {
      if (storesReference(op)) {
        const object = op.args[(STORES[op.opname] as { object: number }).object] as Value;
        if (!fresh.has(object)) before.push(i);
      }
      if (effects.opCanCollect(op)) fresh.clear();
      if (op.opname === "malloc") fresh.add(op.result);
      if (op.opname === "cast_pointer" && fresh.has(op.args[0] as Value)) fresh.add(op.result);
    }
    if (before.length > 0) guardStores(block, before, barrier.slow);
  }
}

function guardStores(block: Block, stores: readonly number[], slow: string): void {
  const tests = new Set<Operation>();
  const operations: Operation[] = [];
  const cuts: number[] = [];
  for (const [i, op] of block.operations.entries()) {
    if (stores.includes(i)) {
      const object = op.args[(STORES[op.opname] as { object: number }).object] as Value;
      const test = new Operation("gc_needs_barrier", [object], new Variable("old", Bool), op.position);
      tests.add(test);
      cuts.push(operations.length);
      operations.push(test);
    }
    operations.push(op);
  }
  block.operations = operations;
  for (const part of cutAfter(block, cuts).slice(0, -1)) branchToSlow(part.block, slow);
}

function branchToSlow(block: Block, slow: string): void {
  const test = block.operations.at(-1) as Operation;
  const following = block.exits[0] as Link;
  const carried = [...new Set([test.args[0] as Value, ...following.args])].filter((v) => v instanceof Variable);
  const inside = new Map<Value, Variable>(carried.map((v) => [v, new Variable(v.name, v.type)]));
  const name = (v: Value): Value => inside.get(v) ?? v;
  const remember = new Block([...inside.values()]);
  remember.operations.push(
    new Operation(
      "gc_call",
      [new Constant(slow, Void), name(test.args[0] as Value)],
      new Variable("", Void),
      test.position,
    ),
  );
  remember.exits = [new Link(following.args.map(name), following.target)];
  block.exitswitch = test.result;
  following.exitcase = false;
  following.weight = "likely";
  const unlikely = new Link(carried, remember, true);
  unlikely.weight = "unlikely";
  block.exits = [following, unlikely];
}
