/**
 * Allocation: `malloc` and its relatives become the inline path (bump the nursery pointer, write headers, clear what
 * nobody writes) with a slow call to the collector, or for collectors without a nursery the call alone.
 *
 *     p = malloc(T); q = malloc(U)     ==>       a = gc_bump(40);  n = address_eq(a, 0)
 *                                                if n goto slow(live…) else goto made(live…, a)
 *                                          slow: b = gc_call(malloc_room, 40);  m = address_eq(b, 0)
 *                                                if m goto exhausted(…) else goto made(live…, b)
 *                                          made: gc_init_header(a', T); gc_clear(a' + 8, 16); … goto rest(live…, p, q)
 *
 * Only the slow call can collect, so root handling (which runs after this) costs the fast path nothing; only it can
 * find memory exhausted, so OutOfMemoryError costs it nothing either. Fast and slow path meet before the objects are
 * made: what follows is compiled once, and LLVM sees header, fields and clearing together.
 */
import type { Layout } from "../../rtyper/lltype/layout.ts";
import { LowAddress, LowStruct } from "../../rtyper/lltype/memory.ts";
import {
  Address,
  Bool,
  type LowType,
  type Ptr,
  type PtrTarget,
  ptr,
  Signed,
  Struct,
  Void,
} from "../../rtyper/lltype/types.ts";
import type { SourcePosition } from "../../translator/diagnostics/position.ts";
import {
  Block,
  Constant,
  EXCEPTION,
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { cutAfter } from "../../translator/flow/split.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import type { Collector, CollectorEntry } from "../interface.ts";
import { fetching, leave } from "./exceptions.ts";
import type { AllocationGroups, PlannedAllocation } from "./groups.ts";

export interface AllocationContext {
  readonly layout: Layout;
  readonly collector: Collector;
  /** What is raised when memory is exhausted; null stops the program. */
  readonly outOfMemory: LowStruct | null;
}

const NULL_ADDRESS = new Constant(new LowAddress(null, 0n), Address);

const signed = (value: number): Constant => new Constant(BigInt(value), Signed);

/** Appends operations at one position to a block. */
class Emitter {
  readonly block: Block;
  readonly position: SourcePosition;

  constructor(block: Block, position: SourcePosition) {
    this.block = block;
    this.position = position;
  }

  emit(opname: string, args: Value[], type: LowType): Variable {
    const result = new Variable("", type);
    this.block.operations.push(new Operation(opname, args, result, this.position));
    return result;
  }

  call(entry: CollectorEntry, args: Value[], type: LowType): Variable {
    return this.emit("gc_call", [new Constant(entry, Void), ...args], type);
  }
}

/** Rewrites the allocations of one graph in place. */
export function transformAllocations(graph: FunctionGraph, groups: AllocationGroups, context: AllocationContext): void {
  for (const block of bodyBlocks(graph)) {
    // Before the block is cut at its allocations.
    for (const op of block.operations) if (op.opname === "identity_hash") callCollector("identity_hash", op);
    const units = findUnits(block, groups);
    if (units.length > 0) lowerUnits(graph, block, units, groups, context);
  }
}

/** Operations of a block that are lowered together, as indices of the first and the last. */
interface Unit {
  readonly first: number;
  readonly last: number;
}

function findUnits(block: Block, groups: AllocationGroups): Unit[] {
  const units: Unit[] = [];
  for (let i = 0; i < block.operations.length; i++) {
    const op = block.operations[i] as Operation;
    const members = groups.get(op)?.length ?? (SINGLE[op.opname] === undefined ? 0 : 1);
    if (members > 0) units.push({ first: i, last: i + members - 1 });
    if (members > 1) i += members - 1;
  }
  return units;
}

function lowerUnits(
  graph: FunctionGraph,
  block: Block,
  units: readonly Unit[],
  groups: AllocationGroups,
  context: AllocationContext,
): void {
  const end = block.operations.length - 1;
  const isHandled = block.exitswitch === EXCEPTION;
  const cuts = units.map((unit) => unit.last).filter((last) => !isHandled || last !== end);
  const parts = cutAfter(block, cuts);
  for (const [k, unit] of units.entries()) {
    const { block: part } = parts[k] as { block: Block };
    const operations = part.operations.splice(part.operations.length - (unit.last - unit.first + 1));
    const handler = part.exits.find((link) => link.exitcase === EXCEPTION) ?? null;
    const following = part.exits.find((link) => link !== handler) as Link;
    part.exitswitch = null;
    part.exits = [];
    const first = operations[0] as Operation;
    const results = operations.map((op) => op.result);
    const spread = new Spread(graph, first.position, { following, handler }, results, context);
    const group = groups.get(first);
    if (group !== undefined) lowerGroup(group, part, spread, context);
    else (SINGLE[first.opname] as Lowering)(first, part, spread, context);
  }
}

/** Makes a variable, or none where a name is all that counts, stand for another in one block. */
type Names = ReadonlyMap<Variable, Variable>;

/**
 * One allocation spread over several blocks: knows which variables each of them must be given for the exits, and makes
 * the links on to what follows and to the handler of exhausted memory.
 */
class Spread {
  readonly #graph: FunctionGraph;
  readonly #position: SourcePosition;
  readonly #following: Link;
  readonly #handler: Link | null;
  readonly #results: readonly Variable[];
  readonly #outOfMemory: LowStruct | null;
  readonly #carried: readonly Variable[];

  constructor(
    graph: FunctionGraph,
    position: SourcePosition,
    exits: { following: Link; handler: Link | null },
    results: readonly Variable[],
    { outOfMemory }: AllocationContext,
  ) {
    this.#graph = graph;
    this.#position = position;
    this.#following = exits.following;
    this.#handler = exits.handler;
    this.#results = results;
    this.#outOfMemory = outOfMemory;
    const needed = new Set<Variable>();
    for (const arg of exits.following.args) if (arg instanceof Variable && !results.includes(arg)) needed.add(arg);
    for (const arg of exits.handler?.args ?? [])
      if (arg instanceof Variable && arg !== exits.handler?.exceptionValue) needed.add(arg);
    this.#carried = [...needed];
  }

  /** A new block that receives the carried variables and some more. */
  open(extra: readonly Value[]): { block: Block; names: Names; extra: Variable[] } {
    const names = new Map(this.#carried.map((v) => [v, new Variable(v.name, v.type)]));
    const more = extra.map((v) => new Variable(v instanceof Variable ? v.name : "", v.type));
    return { block: new Block([...names.values(), ...more]), names, extra: more };
  }

  /** A link to a block made by `open`, from the allocation's own block (null) or another. */
  to(target: Block, from: Names | null, extra: readonly Value[]): Link {
    return new Link([...this.#carried.map((v) => from?.get(v) ?? v), ...extra], target);
  }

  /** The link on, with what was made in place of the results. */
  onward(from: Names | null, made: readonly Value[]): Link {
    const args = this.#following.args.map((arg) => {
      if (!(arg instanceof Variable)) return arg;
      const result = this.#results.indexOf(arg);
      return result >= 0 ? (made[result] as Value) : (from?.get(arg) ?? arg);
    });
    return new Link(args, this.#following.target);
  }

  /** The link taken when memory is exhausted: to the handler, or out of the function. */
  exhausted(from: Names | null): Link {
    const operation = (name: string, args: Value[]): Operation =>
      new Operation(name, args, new Variable("", Void), this.#position);
    if (this.#outOfMemory === null) {
      const stop = new Block();
      stop.operations.push(operation("fatal", [new Constant("out of memory", Void)]));
      leave(this.#graph, stop);
      return new Link([], stop);
    }
    const error = new Constant(this.#outOfMemory, (this.#graph.exceptBlock.inputargs[0] as Variable).type);
    const raise = operation("exc_set", [error]);
    if (this.#handler === null) {
      const out = new Block();
      out.operations.push(raise);
      leave(this.#graph, out);
      return new Link([], out);
    }
    const caught = fetching(this.#handler, this.#position);
    caught.target.operations.unshift(raise);
    caught.args = caught.args.map((arg) => (arg instanceof Variable ? (from?.get(arg) ?? arg) : arg));
    return caught;
  }
}

/** Ends a block by a test whose true exit is cold. */
function branch(block: Block, test: Variable, cold: Link, normal: Link): void {
  block.exitswitch = test;
  cold.exitcase = true;
  cold.weight = "unlikely";
  normal.exitcase = false;
  normal.weight = "likely";
  block.exits = [normal, cold];
}

function lowerGroup(
  group: readonly PlannedAllocation[],
  block: Block,
  spread: Spread,
  context: AllocationContext,
): void {
  const { position } = (group[0] as PlannedAllocation).op;
  const bytes = signed(group.reduce((sum, planned) => sum + planned.size, 0));
  const here = new Emitter(block, position);
  const taken = here.emit("gc_bump", [bytes], Address);
  const missed = here.emit("address_eq", [taken, NULL_ADDRESS], Bool);
  const slow = spread.open([]);
  const made = spread.open([taken]);
  branch(block, missed, spread.to(slow.block, null, []), spread.to(made.block, null, [taken]));

  const asking = new Emitter(slow.block, position);
  const room = asking.call("malloc_room", [bytes], Address);
  const refused = asking.emit("address_eq", [room, NULL_ADDRESS], Bool);
  branch(slow.block, refused, spread.exhausted(slow.names), spread.to(made.block, slow.names, [room]));

  const results = makeObjects(group, made.block, made.extra[0] as Variable, context);
  made.block.exits = [spread.onward(made.names, results)];
}

/** Writes the objects of a group into memory taken for all of them. */
function makeObjects(
  group: readonly PlannedAllocation[],
  block: Block,
  memory: Variable,
  { collector }: AllocationContext,
): Variable[] {
  const results: Variable[] = [];
  let offset = 0;
  for (const planned of group) {
    const { op, type, length } = planned;
    const at = new Emitter(block, op.position);
    const address = offset === 0 ? memory : at.emit("address_add", [memory, signed(offset)], Address);
    at.emit("gc_init_header", [address, new Constant(type, Void)], Void);
    if (length !== null) at.emit("gc_init_length", [address, new Constant(type, Void), signed(length)], Void);
    for (const { from, to } of collector.zeroedNursery ? [] : planned.zero) {
      at.emit("gc_clear", [at.emit("address_add", [address, signed(from)], Address), signed(to - from)], Void);
    }
    results.push(at.emit("address_to_ptr", [address], op.result.type as Ptr));
    offset += planned.size;
  }
  return results;
}

type Lowering = (op: Operation, block: Block, spread: Spread, context: AllocationContext) => void;

/** Allocations that are not in a group. */
const SINGLE: Readonly<Record<string, Lowering | undefined>> = {
  malloc: (op, block, spread, context) => {
    const type = allocatedType(op);
    const at = new Emitter(block, op.position);
    const size = signed(context.layout.objectSize(type));
    const made = at.call("malloc_slow", [typeId(at, op), size], op.result.type as Ptr);
    finishSlow(at, made, vtableOf(type), spread, null, context);
  },
  malloc_varsize: (op, block, spread, context) => lowerVarsize(op, block, spread, context, true),
  malloc_varsize_uninit: (op, block, spread, context) => lowerVarsize(op, block, spread, context, false),
  malloc_pinned: (op, block, spread, context) => {
    const { layout } = context;
    const { itemsOffset, itemSize } = layout.itemsOf(allocatedType(op));
    const length = op.args[1] as Value;
    const bytes = varsizeBytes(new Emitter(block, op.position), length, itemsOffset, itemSize, layout.wordBytes);
    const slow = spread.open([length, bytes]);
    callVarsizeSlow("malloc_pinned", op, slow, spread, context);
    block.exits = [spread.to(slow.block, null, [length, bytes])];
  },
  malloc_of_class: (op, block, spread, context) => {
    const at = new Emitter(block, op.position);
    const vtable = op.args[0] as Value;
    const made = at.call("malloc_of_class", [vtable], op.result.type as Ptr);
    finishSlow(at, made, vtable, spread, null, context);
  },
  weakref_create: (op, block, spread, context) => {
    const at = new Emitter(block, op.position);
    const made = at.call("weakref_create", [...op.args], op.result.type as Ptr);
    finishSlow(at, made, null, spread, null, context);
  },
};

/** The type named by the first operand. */
function allocatedType(op: Operation): PtrTarget {
  return (op.args[0] as Constant).value as PtrTarget;
}

function callCollector(entry: CollectorEntry, op: Operation): void {
  op.opname = "gc_call";
  op.args = [new Constant(entry, Void), ...op.args];
}

function typeId(at: Emitter, op: Operation): Variable {
  return at.emit("type_id", [op.args[0] as Value], Signed);
}

function vtableOf(type: PtrTarget): Value | null {
  const vtable = type instanceof Struct ? type.vtable : null;
  return vtable instanceof LowStruct ? new Constant(vtable, ptr(vtable.type)) : null;
}

/**
 * Ends the block behind a call of the collector that gave an object or null. The collector writes headers; the type
 * pointer, where there is one, is the program's.
 */
function finishSlow(
  at: Emitter,
  made: Variable,
  vtable: Value | null,
  spread: Spread,
  names: Names | null,
  { layout }: AllocationContext,
): void {
  const refused = at.emit("ptr_is_null", [made], Bool);
  const normal = spread.onward(names, [made]);
  if (vtable === null || !layout.typePointer) {
    branch(at.block, refused, spread.exhausted(names), normal);
    return;
  }
  const typed = spread.open([made, ...(vtable instanceof Variable ? [vtable] : [])]);
  const [object, variableTable] = typed.extra as [Variable, Variable | undefined];
  const extra = vtable instanceof Variable ? [made, vtable] : [made];
  branch(at.block, refused, spread.exhausted(names), spread.to(typed.block, names, extra));
  const writing = new Emitter(typed.block, at.position);
  const address = writing.emit("ptr_to_address", [object], Address);
  writing.emit("raw_store", [address, signed(layout.wordBytes), variableTable ?? vtable], Void);
  typed.block.exits = [spread.onward(typed.names, [object])];
}

/** Items beyond this make no object that a word can count the bytes of. */
function mostItems(layout: Layout, itemSize: number): Constant {
  return new Constant((1n << BigInt(layout.wordBytes * 8 - 2)) / BigInt(itemSize), Signed);
}

/** An array or variable-sized struct: the byte size is computed, and large ones go to the slow call at once. */
function lowerVarsize(op: Operation, block: Block, spread: Spread, context: AllocationContext, zeroed: boolean): void {
  const { layout, collector } = context;
  const items = layout.itemsOf(allocatedType(op));
  const length = op.args[1] as Value;
  const here = new Emitter(block, op.position);
  const bytes = varsizeBytes(here, length, items.itemsOffset, items.itemSize, layout.wordBytes);
  const slow = spread.open([length, bytes]);
  callVarsizeSlow("malloc_varsize_slow", op, slow, spread, context);
  if (!collector.inlineAllocation) {
    block.exits = [spread.to(slow.block, null, [length, bytes])];
    return;
  }
  const limit = Math.floor((collector.inlineLimit - items.itemsOffset - layout.wordBytes) / items.itemSize);
  // Unsigned comparison is not needed: the length was checked to be non-negative.
  const large = here.emit("int_gt", [length, signed(limit)], Bool);
  const attempt = spread.open([length, bytes]);
  branch(block, large, spread.to(slow.block, null, [length, bytes]), spread.to(attempt.block, null, [length, bytes]));
  const trying = new Emitter(attempt.block, op.position);
  const taken = trying.emit("gc_bump", [attempt.extra[1] as Variable], Address);
  const missed = trying.emit("address_eq", [taken, NULL_ADDRESS], Bool);
  const fast = spread.open([...attempt.extra, taken]);
  branch(
    attempt.block,
    missed,
    spread.to(slow.block, attempt.names, attempt.extra),
    spread.to(fast.block, attempt.names, [...attempt.extra, taken]),
  );
  const at = new Emitter(fast.block, op.position);
  const [n, size, address] = fast.extra as [Variable, Variable, Variable];
  at.emit("gc_init_header", [address, op.args[0] as Value], Void);
  const word = layout.wordBytes;
  // What stands between header and length (a string's hash), and the items.
  const before = items.lengthOffset - word;
  const clear = (from: number, count: Value): void => {
    at.emit("gc_clear", [at.emit("address_add", [address, signed(from)], Address), count], Void);
  };
  if (!collector.zeroedNursery && before > 0) clear(word, signed(before));
  if (!collector.zeroedNursery && zeroed) {
    const start = items.lengthOffset + word;
    clear(start, at.emit("int_sub", [size, signed(start)], Signed));
  }
  at.emit("gc_init_length", [address, op.args[0] as Value, n], Void);
  const made = at.emit("address_to_ptr", [address], op.result.type as Ptr);
  fast.block.exits = [spread.onward(fast.names, [made])];
}

/** The block that asks the collector for a variable-sized object; given its length and bytes. */
function callVarsizeSlow(
  entry: CollectorEntry,
  op: Operation,
  { block, names, extra }: { block: Block; names: Names; extra: Variable[] },
  spread: Spread,
  context: AllocationContext,
): void {
  const items = context.layout.itemsOf(allocatedType(op));
  const [length, bytes] = extra as [Variable, Variable];
  const at = new Emitter(block, op.position);
  const beyond = at.emit("int_gt", [length, mostItems(context.layout, items.itemSize)], Bool);
  const calling = spread.open([length, bytes]);
  branch(block, beyond, spread.exhausted(names), spread.to(calling.block, names, [length, bytes]));
  const inner = new Emitter(calling.block, op.position);
  const [n, size] = calling.extra as [Variable, Variable];
  const args = [typeId(inner, op), size, n, signed(items.lengthOffset)];
  const made = inner.call(entry, args, op.result.type as Ptr);
  finishSlow(inner, made, null, spread, calling.names, context);
}

function varsizeBytes(at: Emitter, length: Value, itemsOffset: number, itemSize: number, word: number): Value {
  const body = itemSize === 1 ? length : at.emit("int_mul", [length, signed(itemSize)], Signed);
  const padded = itemSize % word === 0 && itemsOffset % word === 0 ? itemsOffset : itemsOffset + word - 1;
  const total = at.emit("int_add", [body, signed(padded)], Signed);
  return padded === itemsOffset ? total : at.emit("int_and", [total, signed(-word)], Signed);
}
