/**
 * What the gc transform and the backends know of a collector: data, not code. A new collector is one file in
 * `collectors/` and one record here.
 */

/** How stores of references are reported to the collector. */
export type Barrier =
  /** Before a store into an object whose header has a bit of the mask set, `slow` is called with the object. */
  | { readonly kind: "flag"; readonly flagMask: number; readonly slow: CollectorEntry }
  /** Every store is reported: (object, slot address, old value, new value). */
  | { readonly kind: "full"; readonly call: CollectorEntry };

/** Entry points that the transform calls by name; exported by the collector's module as `rts_gc_<name>`. */
export type CollectorEntry = keyof typeof COLLECTOR_ENTRIES;

/** One entry point: whether a collection can happen in it, and its meaning. */
interface EntryInfo {
  readonly collects: boolean;
  readonly doc: string;
}

export const COLLECTOR_ENTRIES = {
  malloc_slow: { collects: true, doc: "(typeId, bytes) -> address: a zeroed object with its header" },
  malloc_varsize_slow: {
    collects: true,
    doc: "(typeId, bytes, length, lengthOffset) -> address: a zeroed variable-sized object with header and length",
  },
  malloc_of_class: { collects: true, doc: "(vtable address) -> address: a zeroed instance of the class" },
  identity_hash: { collects: true, doc: "(object) -> number that stays with the object" },
  weakref_create: { collects: true, doc: "(object) -> weak reference" },
  write_barrier: { collects: false, doc: "(object): remembers an old object that is about to refer to a young one" },
} as const satisfies Record<string, EntryInfo>;

export interface Collector {
  readonly name: string;
  /** Needs exact roots on the shadow stack. */
  readonly preciseRoots: boolean;
  /** Small objects are taken from `vm.nurseryFree…nurseryTop` inline. */
  readonly inlineAllocation: boolean;
  /** Objects larger than this (bytes) never come from the inline path. */
  readonly inlineLimit: number;
  readonly barrier: Barrier | null;
  /** The module with the entry points, relative to the repository; null when they are in the C runtime. */
  readonly module: string | null;
}

export const COLLECTORS = {
  semispace: {
    name: "semispace",
    preciseRoots: true,
    inlineAllocation: true,
    inlineLimit: 1 << 16,
    barrier: null,
    module: "gc/collectors/semispace.ts",
  },
  boehm: {
    name: "boehm",
    preciseRoots: false,
    inlineAllocation: false,
    inlineLimit: 0,
    barrier: null,
    module: null,
  },
  none: {
    name: "none",
    preciseRoots: false,
    inlineAllocation: true,
    inlineLimit: 1 << 16,
    barrier: null,
    module: null,
  },
} as const satisfies Record<string, Collector>;

export type CollectorName = keyof typeof COLLECTORS;
