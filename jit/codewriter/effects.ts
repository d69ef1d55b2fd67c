/**
 * What calls read, write and can do, for the optimizer of traces: which cached fields survive a call, whether an
 * exception has to be tested, whether a virtualizable can be forced.
 *
 * A function's sets are those of its own operations and of everything that it can call: the strongly connected
 * components of the call graph are visited callees first, one set for each component. Reads of what never changes do
 * not count, nor does what is stored into an object that the same block allocated, because no caller can have cached
 * it. Calls with unknown candidates do everything.
 */
import { analyzeEffects, calleesOf, type Effects } from "../../rtyper/lltype/effects.ts";
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import { LowArray, type LowType, Ptr, Struct } from "../../rtyper/lltype/types.ts";
import { Constant, type FunctionGraph, type Operation, type Value } from "../../translator/flow/model.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import {
  EFFECT_ANY,
  EFFECT_CAN_RAISE,
  EFFECT_CANNOT_RAISE,
  EFFECT_ELIDABLE,
  EFFECT_ELIDABLE_CAN_RAISE,
  EFFECT_FORCES,
  EFFECT_LOOPINVARIANT,
  EffectInfo,
} from "../format/descr.ts";
import { components } from "./components.ts";
import type { DescrTable } from "./descrs.ts";
import { knownFunction } from "./known.ts";

/** What one function can do by itself or through callees. */
class Summary {
  readonly reads = new Set<number>();
  readonly writes = new Set<number>();
  forces = false;
  invalidates = false;
  anything = false;

  add(other: Summary): void {
    for (const index of other.reads) this.reads.add(index);
    for (const index of other.writes) this.writes.add(index);
    this.forces ||= other.forces;
    this.invalidates ||= other.invalidates;
    this.anything ||= other.anything;
  }
}

export class CallEffects {
  readonly #descrs: DescrTable;
  readonly #effects: Effects;
  readonly #summaries = new Map<LowFunction, Summary>();
  readonly #infos = new Map<string, EffectInfo>();

  /** Analyses all functions of a program; graphs as the rtyper leaves them. */
  constructor(functions: Iterable<LowFunction>, descrs: DescrTable) {
    this.#descrs = descrs;
    const all = [...functions].filter((f) => f.graph !== null);
    this.#effects = analyzeEffects(all);
    const known = new Set(all);
    const callees = (f: LowFunction): LowFunction[] => calledBy(f).filter((callee) => known.has(callee));
    for (const component of components(all, callees)) {
      const summary = new Summary();
      for (const f of component) {
        this.#addOwn(f, summary);
        for (const callee of callees(f)) {
          const found = this.#summaries.get(callee);
          if (found !== undefined) summary.add(found);
        }
      }
      for (const f of component) this.#summaries.set(f, summary);
    }
  }

  #addOwn(f: LowFunction, summary: Summary): void {
    for (const block of bodyBlocks(f.graph as FunctionGraph)) {
      const fresh = new Set<Value>();
      for (const op of block.operations) {
        if (op.opname === "malloc" || op.opname === "malloc_varsize" || op.opname === "malloc_varsize_uninit") {
          fresh.add(op.result);
        }
        if (op.opname === "cast_pointer" && fresh.has(op.args[0] as Value)) fresh.add(op.result);
        this.#addOp(op, fresh, summary);
      }
    }
  }

  #addOp(op: Operation, fresh: ReadonlySet<Value>, summary: Summary): void {
    const [object, second, third] = op.args;
    const isFresh = object !== undefined && fresh.has(object);
    switch (op.opname) {
      case "getfield":
        this.#field(object, second, summary, false);
        break;
      case "setfield":
        if (!isFresh) this.#field(object, second, summary, true);
        break;
      case "getarrayitem":
        this.#array(object, summary, false);
        break;
      case "setarrayitem":
      case "array_fill":
        if (!isFresh) this.#array(object, summary, true);
        break;
      case "getinteriorfield":
        this.#interior(object, third, summary, false);
        break;
      case "setinteriorfield":
        if (!isFresh) this.#interior(object, third, summary, true);
        break;
      case "array_copy":
        this.#array(object, summary, false);
        if (third !== undefined && !fresh.has(third)) this.#array(third, summary, true);
        break;
      case "array_compare":
        this.#array(object, summary, false);
        break;
      case "array_items_address":
        // Whoever has the address reads and writes the items.
        this.#array(object, summary, false);
        this.#array(object, summary, true);
        break;
      case "indirect_call":
      case "direct_call":
        if (calleesOf(op) === null) summary.anything = true;
        break;
      case "address_to_ptr":
        summary.anything = true;
        break;
    }
  }

  #field(object: Value | undefined, name: Value | undefined, summary: Summary, writes: boolean): void {
    const struct = pointedTo(object);
    if (!(struct instanceof Struct) || !struct.gc || !(name instanceof Constant)) return;
    const field = struct.findField(name.value as string);
    if (field === null) return;
    const { owner, isVirtualizable, isQuasi } = hintsOf(struct, field.name);
    if (isVirtualizable) summary.forces = true;
    if (writes && isQuasi) summary.invalidates = true;
    if (field.immutable && !writes) return;
    (writes ? summary.writes : summary.reads).add(this.#descrs.fieldIndex(owner, field.name));
  }

  #array(array: Value | undefined, summary: Summary, writes: boolean): void {
    const type = pointedTo(array);
    if (!(type instanceof LowArray) && !(type instanceof Struct)) return;
    if (!type.gc) return;
    const immutable = type instanceof LowArray ? type.immutable : type.varItemImmutable;
    if (immutable && !writes) return;
    (writes ? summary.writes : summary.reads).add(this.#descrs.arrayIndex(type));
  }

  #interior(array: Value | undefined, name: Value | undefined, summary: Summary, writes: boolean): void {
    const type = pointedTo(array);
    if ((!(type instanceof LowArray) && !(type instanceof Struct)) || !(name instanceof Constant)) return;
    const index = this.#descrs.interiorIndex(type, name.value as string);
    (writes ? summary.writes : summary.reads).add(index);
  }

  /** Can an operation leave with an exception? */
  canRaise(op: Operation): boolean {
    return this.#effects.opCanRaise(op);
  }

  /** What a call of one of these functions does; null: of no known function. */
  of(callees: readonly LowFunction[] | null): EffectInfo {
    if (callees === null || callees.length === 0) return this.#intern(EFFECT_ANY, new Summary(), 0, true, true);
    const canRaise = callees.some((f) => this.#effects.canRaise(f));
    const canCollect = callees.some((f) => this.#effects.canCollect(f));
    const summary = new Summary();
    for (const f of callees) {
      const own = this.#summaries.get(f);
      if (own !== undefined) summary.add(own);
      else if (f.graph !== null) summary.anything = true;
    }
    if (callees.length === 1) {
      const single = this.#ofHints(callees[0] as LowFunction, canRaise, canCollect);
      if (single !== null) return single;
    }
    const extra = summary.anything
      ? EFFECT_ANY
      : summary.forces
        ? EFFECT_FORCES
        : canRaise
          ? EFFECT_CAN_RAISE
          : EFFECT_CANNOT_RAISE;
    const special = callees.length === 1 ? (knownFunction(callees[0] as LowFunction)?.special ?? 0) : 0;
    return this.#intern(extra, summary, special, summary.invalidates || summary.anything, canCollect);
  }

  #ofHints(f: LowFunction, canRaise: boolean, canCollect: boolean): EffectInfo | null {
    const known = knownFunction(f);
    const special = known?.special ?? 0;
    if (f.jit?.elidable === true || known?.elidable === true) {
      const extra = canRaise ? EFFECT_ELIDABLE_CAN_RAISE : EFFECT_ELIDABLE;
      return this.#intern(extra, new Summary(), special, false, canCollect);
    }
    if (f.jit?.loopInvariant === true) {
      return this.#intern(EFFECT_LOOPINVARIANT, new Summary(), special, false, canCollect);
    }
    return null;
  }

  /** What one operation other than a call reads and writes. */
  ofOperation(op: Operation): EffectInfo {
    const summary = new Summary();
    this.#addOp(op, new Set(), summary);
    return this.#intern(EFFECT_CANNOT_RAISE, summary, 0, summary.invalidates, true);
  }

  /** What a C function does: nothing that the JIT caches. */
  ofExternal(pure: boolean): EffectInfo {
    return this.#intern(pure ? EFFECT_ELIDABLE : EFFECT_CANNOT_RAISE, new Summary(), 0, false, false);
  }

  #intern(extra: number, summary: Summary, special: number, canInvalidate: boolean, canCollect: boolean): EffectInfo {
    const known = extra < EFFECT_FORCES;
    const reads = known ? [...summary.reads].sort((a, b) => a - b) : [];
    const writes = known ? [...summary.writes].sort((a, b) => a - b) : [];
    const key = `${extra} ${special} ${canInvalidate} ${canCollect} ${reads.join(",")} ${writes.join(",")}`;
    let info = this.#infos.get(key);
    if (info === undefined) {
      info = new EffectInfo(extra, reads, writes, special, canInvalidate, canCollect);
      this.#infos.set(key, info);
    }
    return info;
  }
}

/** All functions that a function calls, where they are known. */
export function calledBy(f: LowFunction): LowFunction[] {
  const found = new Set<LowFunction>();
  if (f.graph === null) return [];
  for (const block of bodyBlocks(f.graph)) {
    for (const op of block.operations) for (const callee of calleesOf(op) ?? []) found.add(callee);
  }
  return [...found];
}

function pointedTo(v: Value | undefined): LowType | null {
  return v?.type instanceof Ptr ? v.type.to : null;
}

/** What the JIT is told about a field of a struct, and the struct that declares it. */
export function hintsOf(
  struct: Struct,
  name: string,
): {
  readonly owner: Struct;
  readonly isVirtualizable: boolean;
  readonly isQuasi: boolean;
  readonly isPureList: boolean;
} {
  let owner = struct;
  let isVirtualizable = false;
  for (let s: Struct | null = struct; s !== null; s = s.base) {
    if (s.ownFields.some((f) => f.name === name)) owner = s;
    const listed = s.jit?.virtualizable ?? null;
    if (listed !== null && (listed.includes(name) || listed.includes(`${name}[*]`))) isVirtualizable = true;
  }
  return {
    owner,
    isVirtualizable,
    isQuasi: owner.jit?.quasiImmutable.has(name) ?? false,
    isPureList: owner.jit?.readonlyItems.has(name) ?? false,
  };
}
