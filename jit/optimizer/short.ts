/**
 * What the first iteration of a loop computed and the next ones can use: results of pure operations on the label's
 * operands, and what fields of them hold. Each such fact is a *short operation* that gives the value again. Inside the
 * loop it is known under an imported box; if the loop uses it, the box becomes one more operand of the label, and
 * whoever jumps to the label does the short operation first (which mostly turns out to be known there too).
 */
import type { int } from "../../rlib/types.ts";
import { ArrayDescr, CallDescr, type Descr, FieldDescr, InteriorFieldDescr } from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { Box, ConstInt, InputArg, type Op, sameValue, type Value } from "../format/values.ts";
import type { HeapEntry } from "./heap.ts";
import { IntInfo, RefInfo, UNKNOWN_CLASS } from "./info.ts";
import type { Optimizer } from "./optimizer.ts";
import type { PureEntry } from "./pure.ts";
import { isKnown } from "./relations.ts";
import { ConstantNode, guardNode, infoOfNode, RefNode, type StateNode, sendGuard } from "./state.ts";

/** An operation whose operands are a label's own boxes, constants, or results of other short operations. */
export class ShortOp {
  readonly opnum: int;
  readonly args: readonly Value[];
  readonly descr: Descr | null;
  readonly result: ImportedBox;
  /** What is known of the result besides, to be guarded; null for nothing. */
  readonly node: StateNode | null;
  /** Does someone in the loop rely on it? Then it is in the label's list. */
  isNeeded: boolean = false;

  constructor(opnum: int, args: readonly Value[], descr: Descr | null, kind: int, node: StateNode | null) {
    this.opnum = opnum;
    this.args = args;
    this.descr = descr;
    this.result = new ImportedBox(kind, this);
    this.node = node;
  }
}

/** The result of a short operation, as the loop sees it. */
export class ImportedBox extends InputArg {
  readonly source: ShortOp;

  constructor(kind: int, source: ShortOp) {
    super(kind);
    this.source = source;
  }
}

/** What a field or item holds at the end of the first iteration. */
class HeapFact {
  readonly descr: Descr;
  readonly entry: HeapEntry;

  constructor(descr: Descr, entry: HeapEntry) {
    this.descr = descr;
    this.entry = entry;
  }
}

/** Collects what the first iteration knows, in terms of the label's boxes. */
export class ShortExport {
  readonly #opt: Optimizer;
  /** What a value of the first iteration is inside the loop. */
  readonly #inside: Map<Value, Value> = new Map();
  /** Pure entries by their result. */
  readonly #producers: Map<Value, PureEntry> = new Map();
  /** Facts about the heap by the value held. */
  readonly #holders: Map<Value, HeapFact> = new Map();
  readonly #busy: Value[] = [];
  /** All short operations, operands before users. */
  readonly found: ShortOp[] = [];
  /** What each gave in the first iteration. */
  readonly originals: Value[] = [];

  constructor(opt: Optimizer, outside: readonly Value[], leaves: readonly InputArg[]) {
    this.#opt = opt;
    for (let i = 0; i < leaves.length; i++) {
      const value = outside[i];
      if (value instanceof Box && !this.#inside.has(value)) this.#inside.set(value, leaves[i]);
    }
  }

  /** Exports everything, and teaches it to the optimizer of the loop. */
  exportTo(loop: Optimizer): void {
    for (let opnum = 0; opnum < ops.TRACE_OPS.length; opnum++) {
      if (!isRepeatable(opnum)) continue;
      for (const entry of this.#opt.pure.entries(opnum)) {
        const result = this.#opt.resolve(entry.result);
        if (result instanceof Box && result.kind !== ops.KIND_VOID) this.#producers.set(result, entry);
      }
    }
    for (const cache of this.#opt.heap.caches) {
      for (const entry of cache.entries) {
        const value = this.#opt.resolve(entry.value);
        if (value instanceof Box) this.#holders.set(value, new HeapFact(cache.descr, entry));
      }
    }
    for (let opnum = 0; opnum < ops.TRACE_OPS.length; opnum++) {
      if (!isRepeatable(opnum)) continue;
      for (const entry of this.#opt.pure.entries(opnum)) this.#exportPure(entry, loop);
    }
    for (const cache of this.#opt.heap.caches) {
      for (const entry of cache.entries) this.#exportHeap(new HeapFact(cache.descr, entry), loop);
    }
  }

  #exportPure(entry: PureEntry, loop: Optimizer): void {
    const result = this.#opt.resolve(entry.result);
    if (!(result instanceof Box) || this.#opt.isVirtual(result)) return;
    const inside = this.#import(result);
    const short = inside instanceof ImportedBox ? inside.source : null;
    if (short === null || short.opnum !== entry.opnum || short.descr !== entry.descr) return;
    loop.pure.add(short.opnum, short.args, short.descr, short.result);
    const bound = loop.ints.naturalBound(entry.opnum, short.args, short.descr);
    if (bound !== null && result.kind === ops.KIND_INT) short.result.info = new IntInfo(bound);
  }

  /** What a value of the first iteration is inside the loop, by a short operation if need be; null if it is nothing. */
  #import(given: Value): Value | null {
    const value = this.#opt.resolve(given);
    if (!(value instanceof Box)) return value;
    const known = this.#inside.get(value);
    if (known !== undefined) return known;
    if (this.#busy.includes(value) || this.#opt.isVirtual(value)) return null;
    this.#busy.push(value);
    const made = this.#produce(value);
    this.#busy.pop();
    return made === null ? null : made.result;
  }

  #produce(value: Value): ShortOp | null {
    const producer = this.#producers.get(value);
    if (producer !== undefined && isSafe(producer)) {
      const args = this.#importAll(producer.args);
      if (args !== null) return this.#add(producer.opnum, args, producer.descr, value);
    }
    const fact = this.#holders.get(value);
    return fact === undefined ? null : this.#read(fact, value);
  }

  /** The read that gives what a fact about the heap says; null if its object is nothing inside the loop. */
  #read(fact: HeapFact, value: Value): ShortOp | null {
    const entry = fact.entry;
    const object = this.#import(entry.object);
    const index = entry.index === null ? null : this.#import(entry.index);
    if (object === null || (entry.index !== null && index === null)) return null;
    const opnum = readOf(fact.descr, object.kind, value.kind);
    if (opnum < 0 || (object.kind === ops.KIND_INT && !(object instanceof ConstInt))) return null;
    return this.#add(opnum, index === null ? [object] : [object, index], fact.descr, value);
  }

  #importAll(values: readonly Value[]): Value[] | null {
    const inside: Value[] = [];
    for (const value of values) {
      const one = this.#import(value);
      if (one === null) return null;
      inside.push(one);
    }
    return inside;
  }

  #add(opnum: int, args: Value[], descr: Descr | null, original: Value): ShortOp {
    const short = new ShortOp(opnum, args, descr, original.kind, this.#factsOf(original));
    this.found.push(short);
    this.originals.push(original);
    if (original instanceof Box && !this.#inside.has(original)) this.#inside.set(original, short.result);
    return short;
  }

  /** What is known of a result by guards and not by the operation itself. */
  #factsOf(value: Value): StateNode | null {
    if (!(value instanceof Box)) return new ConstantNode(value);
    const info = value.info;
    if (!(info instanceof RefInfo)) return null;
    if (!info.nonNull && info.classId === UNKNOWN_CLASS && info.atLeast === null) return null;
    return new RefNode(info.nonNull, info.classId, info.atLeast);
  }

  #exportHeap(fact: HeapFact, loop: Optimizer): void {
    const value = this.#opt.resolve(fact.entry.value);
    if (this.#opt.isVirtual(value)) return;
    const inside = value instanceof Box ? this.#import(value) : null;
    // The value may be known inside the loop by this very read.
    const source = inside instanceof ImportedBox ? inside.source : null;
    const short = source !== null && this.#isReadOf(source, fact) ? source : this.#read(fact, value);
    if (short === null) return;
    const args = short.args;
    loop.heap.remember(loop.heap.cacheOf(fact.descr), args[0], args.length > 1 ? args[1] : null, short.result);
    const bound = value.kind === ops.KIND_INT ? loop.ints.naturalBound(short.opnum, args, fact.descr) : null;
    if (bound !== null) short.result.info = new IntInfo(bound);
  }

  #isReadOf(short: ShortOp, fact: HeapFact): boolean {
    const entry = fact.entry;
    if (short.descr !== fact.descr || short.args[0] !== this.#import(entry.object)) return false;
    return entry.index === null || (short.args.length > 1 && short.args[1] === this.#import(entry.index));
  }
}

/** The operation that reads a field or item; -1 if there is none. */
function readOf(descr: Descr, objectKind: int, kind: int): int {
  if (descr instanceof FieldDescr) {
    return (objectKind === ops.KIND_REF ? ops.GETFIELD_GC_I : ops.GETFIELD_RAW_I) + kind;
  }
  if (descr instanceof ArrayDescr) return ops.GETARRAYITEM_GC_I + kind;
  return descr instanceof InteriorFieldDescr ? ops.GETINTERIORFIELD_GC_I + kind : -1;
}

/** May operations of this sort be done again, before the guards of an iteration? */
function isRepeatable(opnum: int): boolean {
  if (opnum >= ops.CALL_LOOPINVARIANT_I && opnum <= ops.CALL_LOOPINVARIANT_N) return true;
  if (opnum >= ops.CALL_PURE_I && opnum <= ops.CALL_PURE_N) return true;
  if (!ops.hasFlag(opnum, ops.PURE) || ops.hasFlag(opnum, ops.OVERFLOW)) return false;
  return opnum !== ops.CAST_FLOAT_TO_INT && opnum !== ops.STRGETITEM && opnum !== ops.FORCE_TOKEN;
}

/** With these operands it has no precondition. */
function isSafe(entry: PureEntry): boolean {
  const descr = entry.descr;
  if (descr instanceof CallDescr) return !descr.effect.canRaise;
  if (entry.opnum >= ops.INT_FLOORDIV && entry.opnum <= ops.UINT_MOD) {
    const divisor = entry.args[1];
    return divisor instanceof ConstInt && divisor.value > 0;
  }
  return true;
}

/** Marks a short operation and those that it needs; operands come first in the list. */
export function need(short: ShortOp, list: ShortOp[]): void {
  if (short.isNeeded) return;
  short.isNeeded = true;
  for (const arg of short.args) if (arg instanceof ImportedBox) need(arg.source, list);
  list.push(short);
}

/** The loop looks at an imported fact: from now on it may rely on it. */
export function activate(box: ImportedBox, list: ShortOp[]): void {
  const short = box.source;
  if (short.isNeeded) return;
  need(short, list);
  for (const one of list) {
    const node = one.node;
    if (node instanceof ConstantNode) one.result.forwarded = node.value;
    else if (node instanceof RefNode && one.result.info === null) one.result.info = infoOfNode(node);
  }
}

/** Values of a label's boxes at a jump to it. */
export class ShortReplay {
  readonly #opt: Optimizer;
  readonly #jump: Op;
  readonly #values: Map<Value, Value> = new Map();

  constructor(opt: Optimizer, jump: Op, leaves: readonly InputArg[], values: readonly Value[]) {
    this.#opt = opt;
    this.#jump = jump;
    for (let i = 0; i < leaves.length; i++) this.#values.set(leaves[i], values[i]);
  }

  /** Does a short operation for the jump's values. Those that it needs were done before. */
  replay(short: ShortOp): void {
    const opt = this.#opt;
    const args: Value[] = [];
    for (const arg of short.args) args.push(this.valueOf(arg));
    if (args.length === 2 && (short.descr instanceof ArrayDescr || short.descr instanceof InteriorFieldDescr)) {
      // The array and index of the iteration before were in range; others must be looked at.
      const isSame = args[0] === short.args[0] && sameValue(args[1], short.args[1]);
      if (!isSame) this.#requireIndex(args[0], args[1], short.descr);
    }
    const result = opt.send(short.opnum, args, short.descr);
    const node = short.node;
    if (node !== null) guardNode(opt, node, result, this.#jump);
    this.#values.set(short.result, opt.resolve(result));
  }

  valueOf(inside: Value): Value {
    const value = this.#values.get(inside);
    return this.#opt.resolve(value === undefined ? inside : value);
  }

  /** The item exists: another iteration may see a shorter array. */
  #requireIndex(array: Value, index: Value, descr: Descr): void {
    const opt = this.#opt;
    const arrayDescr = descr instanceof InteriorFieldDescr ? descr.array : descr;
    const length = opt.send(ops.ARRAYLEN_GC, [array], arrayDescr);
    if (opt.boundOf(index).lo >= 0 && isKnown(opt, index, length, -1)) return;
    sendGuard(opt, ops.GUARD_TRUE, [opt.send(ops.UINT_LT, [index, length], null)], this.#jump);
  }
}
