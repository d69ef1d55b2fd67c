/**
 * Allocation: `malloc` and its relatives become the inline path (bump the nursery pointer, write the header, zero the
 * object) with a slow call to the collector, or for collectors without a nursery the call alone.
 *
 *     p = malloc(T)          ==>       a = gc_bump(24);  n = address_eq(a, 0)
 *                                      if n goto slow(live…) else goto fast(live…, a)
 *                                    fast: gc_init_header(a, T); raw_clear(a + 8, 16); goto rest(live…, a)
 *                                    slow: b = gc_call(malloc_slow, type id, 24);      goto rest(live…, b)
 *
 * Only the slow call can collect, so root handling (which runs after this) costs the fast path nothing.
 * Zeroing stays visible as `raw_clear` of a constant range: LLVM removes the part that initialising stores cover.
 */
import type { Layout } from "../../rtyper/lltype/layout.ts";
import { LowAddress, LowStruct } from "../../rtyper/lltype/memory.ts";
import {
  Address,
  Bool,
  LowArray,
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
  type FunctionGraph,
  Link,
  Operation,
  type Value,
  Variable,
} from "../../translator/flow/model.ts";
import { cutAfter } from "../../translator/flow/split.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import type { Collector, CollectorEntry } from "../interface.ts";

export interface AllocationContext {
  readonly layout: Layout;
  readonly collector: Collector;
}

const NULL_ADDRESS = new LowAddress(null, 0n);

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

const signed = (value: number): Constant => new Constant(BigInt(value), Signed);

/** Rewrites the allocations of one graph in place. */
export function transformAllocations(graph: FunctionGraph, context: AllocationContext): void {
  for (const block of bodyBlocks(graph)) {
    const found: number[] = [];
    for (const [i, op] of block.operations.entries()) if (LOWERINGS[op.opname] !== undefined) found.push(i);
    if (found.length > 0) lowerAll(block, found, context);
  }
}

type Lowering = (op: Operation, block: Block, following: Link, context: AllocationContext) => void;

/** Allocations that need control flow; the rest are single calls. */
const LOWERINGS: Record<string, Lowering | undefined> = {
  malloc: lowerFixed,
  malloc_varsize: (op, block, next, context) => lowerVarsize(op, block, next, context, true),
  malloc_varsize_uninit: (op, block, next, context) => lowerVarsize(op, block, next, context, false),
  malloc_of_class: (op, block, next, context) => {
    lowerCall("malloc_of_class", op, block, next);
    storeTypePointer(new Emitter(block, op.position), op.result, op.args[0] as Value, context);
  },
  identity_hash: (op, block, next) => lowerCall("identity_hash", op, block, next),
  weakref_create: (op, block, next) => lowerCall("weakref_create", op, block, next),
};

function lowerAll(block: Block, found: readonly number[], context: AllocationContext): void {
  const parts = cutAfter(block, found);
  for (const part of parts.slice(0, -1)) {
    const op = part.block.operations.pop() as Operation;
    const lowering = LOWERINGS[op.opname] as Lowering;
    lowering(op, part.block, part.block.exits[0] as Link, context);
  }
}

/** The type named by the first operand. */
function allocatedType(op: Operation): PtrTarget {
  return (op.args[0] as Constant).value as PtrTarget;
}

function lowerCall(entry: CollectorEntry, op: Operation, block: Block, _following: Link): void {
  block.operations.push(new Operation("gc_call", [new Constant(entry, Void), ...op.args], op.result, op.position));
}

function lowerFixed(op: Operation, block: Block, following: Link, context: AllocationContext): void {
  const type = allocatedType(op);
  const size = signed(Math.max(context.layout.objectSize(type), 2 * context.layout.wordBytes));
  const here = new Emitter(block, op.position);
  const slow = (at: Emitter): Variable => {
    const made = at.call("malloc_slow", [typeId(at, op), size], op.result.type as Ptr);
    const vtable = type instanceof Struct ? type.vtable : null;
    // The collector writes headers; the type pointer, where there is one, is the program's.
    if (vtable instanceof LowStruct) storeTypePointer(at, made, new Constant(vtable, ptr(vtable.type)), context);
    return made;
  };
  if (!context.collector.inlineAllocation) {
    const made = slow(here);
    replaceResult(op.result, made, following);
    return;
  }
  const taken = here.emit("gc_bump", [size], Address);
  const word = context.layout.wordBytes;
  branch(op, here, taken, following, slow, (at, address) => {
    const rest = Number(size.value) - word;
    if (rest > 0) clear(at, address, word, signed(rest));
    // After clearing: with a type pointer the header reaches into what is cleared.
    at.emit("gc_init_header", [address, op.args[0] as Value], Void);
    return at.emit("address_to_ptr", [address], op.result.type as Ptr);
  });
}

function storeTypePointer(at: Emitter, object: Variable, vtable: Value, { layout }: AllocationContext): void {
  if (!layout.typePointer) return;
  const address = at.emit("ptr_to_address", [object], Address);
  at.emit("raw_store", [address, signed(layout.wordBytes), vtable], Void);
}

function typeId(at: Emitter, op: Operation): Variable {
  return at.emit("type_id", [op.args[0] as Value], Signed);
}

function clear(at: Emitter, address: Variable, offset: number, bytes: Value): void {
  const from = at.emit("address_add", [address, signed(offset)], Address);
  at.emit("raw_clear", [from, bytes], Void);
}

/** An array or variable-sized struct: the byte size is computed, and large ones go to the slow call at once. */
function lowerVarsize(op: Operation, block: Block, following: Link, context: AllocationContext, zeroed: boolean): void {
  const type = allocatedType(op);
  const items = context.layout.itemsOf(type);
  const length = op.args[1] as Value;
  const here = new Emitter(block, op.position);
  const word = context.layout.wordBytes;
  const bytes = varsizeBytes(here, length, items.itemsOffset, items.itemSize, word);
  const lengthOffset = signed(items.lengthOffset);
  const slow = (at: Emitter, n: Value, size: Value): Variable =>
    at.call("malloc_varsize_slow", [typeId(at, op), size, n, lengthOffset], op.result.type as Ptr);
  if (!context.collector.inlineAllocation) {
    replaceResult(op.result, slow(here, length, bytes), following);
    return;
  }
  const limit = Math.floor((context.collector.inlineLimit - items.itemsOffset - word) / items.itemSize);
  // Unsigned comparison is not needed: the length was checked to be non-negative.
  const small = here.emit("int_le", [length, signed(limit)], Bool);
  const attempt = new Block();
  const attemptLink = linkWith(following, attempt, op.result, [length, bytes]);
  const large = new Block();
  const largeLink = linkWith(following, large, op.result, [length, bytes]);
  block.exitswitch = small;
  setExits(block, largeLink.link, attemptLink.link);

  const slowEnd = (branchBlock: Block, arrived: Arrived): void => {
    const at = new Emitter(branchBlock, op.position);
    const made = slow(at, arrived.extra[0] as Value, arrived.extra[1] as Value);
    branchBlock.exits = [new Link(arrived.argsFor(made), following.target)];
  };
  slowEnd(large, largeLink);
  const trying = new Emitter(attempt, op.position);
  const taken = trying.emit("gc_bump", [attemptLink.extra[1] as Value], Address);
  const missed = trying.emit("address_eq", [taken, new Constant(NULL_ADDRESS, Address)], Bool);
  const fast = new Block();
  const slowBlock = new Block();
  const retry = new Link(attemptLink.argsFor(null), following.target);
  const fastLink = linkWith(retry, fast, null, [attemptLink.extra[0] as Value, attemptLink.extra[1] as Value, taken]);
  const slowLink = linkWith(retry, slowBlock, null, [attemptLink.extra[0] as Value, attemptLink.extra[1] as Value]);
  attempt.exitswitch = missed;
  setExits(attempt, slowLink.link, fastLink.link, true);
  slowEnd(slowBlock, slowLink);
  const at = new Emitter(fast, op.position);
  const [n, size, address] = fastLink.extra as [Variable, Variable, Variable];
  at.emit("gc_init_header", [address, op.args[0] as Value], Void);
  if (zeroed) {
    const rest = at.emit("int_sub", [size, signed(word)], Signed);
    clear(at, address, word, rest);
  } else if (items.lengthOffset > word) {
    clear(at, address, word, signed(items.lengthOffset - word));
  }
  at.emit("raw_store", [address, lengthOffset, n], Void);
  const made = at.emit("address_to_ptr", [address], op.result.type as Ptr);
  fast.exits = [new Link(fastLink.argsFor(made), following.target)];
}

function varsizeBytes(at: Emitter, length: Value, itemsOffset: number, itemSize: number, word: number): Value {
  const body = itemSize === 1 ? length : at.emit("int_mul", [length, signed(itemSize)], Signed);
  const padded = itemSize % word === 0 && itemsOffset % word === 0 ? itemsOffset : itemsOffset + word - 1;
  const total = at.emit("int_add", [body, signed(padded)], Signed);
  return padded === itemsOffset ? total : at.emit("int_and", [total, signed(-word)], Signed);
}

/** Where control arrives in a new block: the link to it, the extra values under their names there. */
interface Arrived {
  readonly link: Link;
  readonly extra: Variable[];
  /** The arguments for the link on to the original target, with `made` in place of the allocation's result. */
  argsFor(made: Value | null): Value[];
}

/** A link to a new block that carries the variables of `following` (but the allocation's result) and extra values. */
function linkWith(following: Link, block: Block, result: Variable | null, extra: readonly Value[]): Arrived {
  const hole = result ?? RESULT_HOLE;
  const carried = following.args.filter((arg) => arg instanceof Variable && arg !== hole) as Variable[];
  const distinct = [...new Set(carried)];
  const inside = new Map(distinct.map((v) => [v, new Variable(v.name, v.type)]));
  const extraInside = extra.map((v) => new Variable(v instanceof Variable ? v.name : "", v.type));
  block.inputargs = [...inside.values(), ...extraInside];
  const argsFor = (made: Value | null): Value[] =>
    following.args.map((arg) => {
      if (arg === hole) return made ?? RESULT_HOLE;
      return arg instanceof Variable ? (inside.get(arg) as Variable) : arg;
    });
  return { link: new Link([...distinct, ...extra], block), extra: extraInside, argsFor };
}

/** Stands for the result in a link's arguments while the allocation is spread over several blocks. */
const RESULT_HOLE = new Variable("result");

function setExits(block: Block, whenFirst: Link, otherwise: Link, firstCase = false): void {
  whenFirst.exitcase = firstCase;
  whenFirst.weight = "unlikely";
  otherwise.exitcase = !firstCase;
  otherwise.weight = "likely";
  block.exits = [whenFirst, otherwise];
}

function branch(
  op: Operation,
  here: Emitter,
  taken: Variable,
  following: Link,
  slow: (at: Emitter) => Variable,
  fast: (at: Emitter, address: Variable) => Variable,
): void {
  const missed = here.emit("address_eq", [taken, new Constant(NULL_ADDRESS, Address)], Bool);
  const fastBlock = new Block();
  const slowBlock = new Block();
  const fastLink = linkWith(following, fastBlock, op.result, [taken]);
  const slowLink = linkWith(following, slowBlock, op.result, []);
  here.block.exitswitch = missed;
  setExits(here.block, slowLink.link, fastLink.link, true);
  const made = fast(new Emitter(fastBlock, op.position), fastLink.extra[0] as Variable);
  fastBlock.exits = [new Link(fastLink.argsFor(made), following.target)];
  const slowMade = slow(new Emitter(slowBlock, op.position));
  slowBlock.exits = [new Link(slowLink.argsFor(slowMade), following.target)];
}

function replaceResult(result: Variable, made: Variable, following: Link): void {
  following.args = following.args.map((arg) => (arg === result ? made : arg));
}

/** Whether items of the type are references that a barrier must see. */
export function hasReferenceItems(type: PtrTarget): boolean {
  const item = type instanceof LowArray ? type.item : type instanceof Struct ? type.varItem : null;
  return item !== null && containsReference(item);
}

function containsReference(type: LowType): boolean {
  if (type instanceof Struct) return [...type.allFields()].some((f) => containsReference(f.type));
  return "isGc" in type && (type as Ptr).isGc;
}
