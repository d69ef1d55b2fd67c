/**
 * What a program consists of and who refers to whom: functions, prebuilt objects and GC types, found from the entry
 * points in a stable order. Names, partitions, linkage and the type table are computed from this.
 */
import {
  LowAddress,
  LowArrayObject,
  type LowContainer,
  LowFunction,
  LowOpaque,
  LowStruct,
  SymbolicWord,
} from "../../rtyper/lltype/memory.ts";
import { LowArray, Opaque, type PtrTarget, Struct } from "../../rtyper/lltype/types.ts";
import { Constant, type Value } from "../../translator/flow/model.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";

/** How an object was reached first, for naming it: the referring function or object and the path inside it. */
export interface Origin {
  readonly parent: LowContainer | null;
  readonly path: string;
}

export interface References {
  /** Functions with graphs and C functions whose address is taken, in order of discovery. */
  readonly functions: readonly LowFunction[];
  /** Prebuilt objects except functions. */
  readonly objects: readonly LowContainer[];
  readonly origins: ReadonlyMap<LowContainer, Origin>;
  /** Types of GC objects, prebuilt or made by the program, and classes tested for. */
  readonly types: ReadonlySet<PtrTarget>;
  /** Who names a function: functions (by code) or other objects (by content). */
  readonly referrers: ReadonlyMap<LowFunction, ReadonlySet<LowContainer>>;
  /** Number of operations per function. */
  readonly sizes: ReadonlyMap<LowFunction, number>;
}

class Collector implements References {
  readonly functions: LowFunction[] = [];
  readonly objects: LowContainer[] = [];
  readonly origins = new Map<LowContainer, Origin>();
  readonly types = new Set<PtrTarget>();
  readonly referrers = new Map<LowFunction, Set<LowContainer>>();
  readonly sizes = new Map<LowFunction, number>();
  readonly #queue: LowContainer[] = [];

  visit(value: unknown, parent: LowContainer | null, path: string): void {
    if (typeof value !== "object" || value === null) return;
    if (value instanceof SymbolicWord) this.visitType(value.type);
    if (value instanceof LowAddress) this.visit(value.base, parent, path);
    if (!isContainer(value)) return;
    if (value instanceof LowFunction && parent !== null) this.#refer(value, parent);
    if (this.origins.has(value)) return;
    this.origins.set(value, { parent, path });
    this.#queue.push(value);
    if (value instanceof LowFunction) this.functions.push(value);
    else this.objects.push(value);
  }

  #refer(f: LowFunction, by: LowContainer): void {
    let set = this.referrers.get(f);
    if (set === undefined) {
      set = new Set();
      this.referrers.set(f, set);
    }
    set.add(by);
  }

  visitType(type: unknown): void {
    if (!(type instanceof Struct || type instanceof LowArray || type instanceof Opaque)) return;
    if (!type.gc || this.types.has(type)) return;
    this.types.add(type);
    if (type instanceof Struct) {
      if (type.vtable !== null) this.visit(type.vtable, null, `${type.name}.vtable`);
      if (type.base !== null) this.visitType(type.base);
    }
  }

  run(): void {
    for (let at = 0; at < this.#queue.length; at++) this.#contents(this.#queue[at] as LowContainer);
  }

  #contents(container: LowContainer): void {
    if (container instanceof LowFunction) {
      this.#graph(container);
      return;
    }
    if (container instanceof LowStruct) {
      this.visitType(container.type);
      for (const field of container.type.allFields())
        this.#member(container, container.get(field.name), `.${field.name}`);
      for (const [i, item] of (container.items ?? []).entries()) this.#member(container, item, `[${i}]`);
    } else if (container instanceof LowArrayObject) {
      this.visitType(container.type);
      for (const [i, item] of container.items.entries()) this.#member(container, item, `[${i}]`);
    } else {
      this.visitType(container.type);
      this.visit(container.target, container, ".target");
    }
  }

  /** A field or item: a reference, or a struct inlined in the array. */
  #member(owner: LowContainer, value: unknown, path: string): void {
    if (
      value instanceof LowStruct &&
      !value.type.gc &&
      owner instanceof LowArrayObject &&
      owner.type.item === value.type
    ) {
      for (const field of value.type.allFields()) this.visit(value.get(field.name), owner, `${path}.${field.name}`);
      return;
    }
    this.visit(value, owner, path);
  }

  #graph(f: LowFunction): void {
    if (f.graph === null) return;
    let constants = 0;
    let size = 0;
    const visitValue = (value: Value): void => {
      if (!(value instanceof Constant)) return;
      if (value.type !== null && value.type.toText() === "Void") {
        this.visitType(value.value);
        // A collector's entry point may be given as the function itself.
        if (value.value instanceof LowFunction) this.visit(value.value, f, "");
        return;
      }
      if (typeof value.value === "object") this.visit(value.value, f, `$${constants++}`);
    };
    for (const block of bodyBlocks(f.graph)) {
      for (const op of block.operations) {
        size++;
        for (const arg of op.args) visitValue(arg);
      }
      for (const link of block.exits) for (const arg of link.args) visitValue(arg);
    }
    this.sizes.set(f, size);
  }
}

function isContainer(value: unknown): value is LowContainer {
  return (
    value instanceof LowStruct ||
    value instanceof LowArrayObject ||
    value instanceof LowFunction ||
    value instanceof LowOpaque
  );
}

/** Walks the program from its roots. */
export function collectReferences(roots: Iterable<LowContainer>, types: Iterable<PtrTarget>): References {
  const collector = new Collector();
  for (const root of roots) collector.visit(root, null, "");
  for (const type of types) collector.visitType(type);
  collector.run();
  return collector;
}
