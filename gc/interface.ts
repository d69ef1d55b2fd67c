/**
 * What the gc transform and the backends know of a collector: data, not code. A new collector is one file in
 * `collectors/` and one record here.
 *
 * Flags are bits of the upper half of an object's header word (`collectors/header.ts`): a test loads that half (32 bits
 * on 64-bit machines, 16 on 32-bit ones) at `headerFlagsOffset()`. Code that LLVM emits, interpreters of jitcodes and
 * machine code all take masks and offsets from these records.
 */
import {
  CARD_BEFORE,
  CARD_SHIFT,
  FLAG_CARDS_DIRTY,
  FLAG_HASH_STORED,
  FLAG_PREBUILT,
  FLAG_TRACKED,
} from "./collectors/header.ts";

/** How stores of references are reported to the collector. */
export type Barrier =
  /**
   * Before a store of a reference into an object whose flags have a bit of the mask set, `slow` is called with the object;
   * it clears the bit. It need not be called for a stored null or a stored prebuilt object, nor for a store that
   * initialises: the object came from the inline path, `malloc_slow` or `malloc_of_class` and nothing collected since
   * (variable-sized objects may be born old).
   */
  | { readonly kind: "flag"; readonly flagMask: number; readonly slow: CollectorEntry; readonly cards: Cards | null }
  /** Every store is reported: (object, slot address, old value, new value). */
  | { readonly kind: "full"; readonly call: CollectorEntry };

/**
 * Card marking of large arrays and variable-sized structs whose items have references, tested after the barrier's mask
 * was found set. Where the flags have a bit of `flagMask` too, a store into item i is reported by setting one byte to 1, at the object − `before` − (i >> `shift`);
 * otherwise by calling `slow`, which takes any array, with cards or without. Several items at once (copies, fills) are
 * reported by `range`. Using `Barrier.slow` for an array is right too, and reports all its items.
 */
export interface Cards {
  readonly flagMask: number;
  /** log2 of the items that share a card. */
  readonly shift: number;
  /** Bytes between the object's header and the end of its first card. */
  readonly before: number;
  /** (array, index) */
  readonly slow: CollectorEntry;
  /** (array, first index, count) */
  readonly range: CollectorEntry;
}

/** Entry points that the transform calls by name; exported by the collector's module under the same name, or C functions `rts_gc_<name>`. */
export type CollectorEntry = keyof typeof COLLECTOR_ENTRIES;

/** One entry point: whether a collection can happen in it, and its meaning. */
interface EntryInfo {
  readonly collects: boolean;
  readonly doc: string;
}

export const COLLECTOR_ENTRIES = {
  malloc_room: {
    collects: true,
    doc: "(bytes) -> address: that much of the nursery, at most the inline limit, for one or more small objects that follow each other; compiled code writes their headers and clears them; null when memory is exhausted, as for all that allocate",
  },
  malloc_slow: { collects: true, doc: "(typeId, bytes) -> address: a zeroed object with its header" },
  malloc_varsize_slow: {
    collects: true,
    doc: "(typeId, bytes, length, lengthOffset) -> address: a zeroed variable-sized object with header and length",
  },
  malloc_of_class: { collects: true, doc: "(vtable address) -> address: a zeroed instance of the class" },
  malloc_pinned: {
    collects: true,
    doc: "(typeId, bytes, length, lengthOffset) -> address: like malloc_varsize_slow, and the object never moves",
  },
  identity_hash: { collects: false, doc: "(object) -> number that stays with the object" },
  weakref_create: { collects: true, doc: "(object) -> weak reference" },
  write_barrier: { collects: false, doc: "(object): remembers an old object that is about to refer to a young one" },
  array_barrier: { collects: false, doc: "(array, index): the same for one item of an array of references" },
  array_range_barrier: { collects: false, doc: "(array, first index, count): the same for several items" },
  register_finalizer: {
    collects: false,
    doc: "(object, callback): when nothing else refers to the object, both wait for `next_finalizer`",
  },
  next_finalizer: {
    collects: false,
    doc: "() -> the next object whose finalizer is due, or null; objects come before those they refer to",
  },
  finalizer_callback: {
    collects: false,
    doc: "() -> the callback of the object that `next_finalizer` gave last; ask before anything else can collect",
  },
  collect: { collects: true, doc: "(0: young objects, 1: everything): collects now" },
  stats_word: { collects: false, doc: "(index into GC_STATISTICS) -> number" },
  set_param: { collects: false, doc: "(index into GC_PARAMETERS, value): others are ignored" },
} as const satisfies Record<string, EntryInfo>;

/** What `stats_word` tells, in this order. Bytes, counts, and microseconds. */
export const GC_STATISTICS = [
  "heapBytes",
  "totalBytes",
  "minorCollections",
  "majorCollections",
  "pauseMicroseconds",
] as const;

/** What `set_param` sets, in this order: bytes, percent of what lived after the last full collection, bytes (0: no limit). */
export const GC_PARAMETERS = ["nursery", "major_factor", "max"] as const;

export interface Collector {
  readonly name: string;
  /** Needs exact roots on the shadow stack. */
  readonly preciseRoots: boolean;
  /** Small objects are taken from `vm.nurseryFree…nurseryTop` inline. */
  readonly inlineAllocation: boolean;
  /** Memory of the nursery is zero already: compiled code need not clear what it takes. */
  readonly zeroedNursery: boolean;
  /** Objects larger than this (bytes) never come from the inline path. */
  readonly inlineLimit: number;
  readonly barrier: Barrier | null;
  /** Objects can move in a collection: only prebuilt ones and those of `malloc_pinned` have lasting addresses. */
  readonly moves: boolean;
  /** Flags half of a prebuilt object's header. */
  readonly prebuiltFlags: number;
  /** Added to it for an object that carries its identity hash in the word behind it. */
  readonly hashFlag: number;
  /** The module with the entry points, relative to the repository; null when they are in the C runtime. */
  readonly module: string | null;
}

/** The barrier of collectors that only want to know which prebuilt objects were ever written to. */
export const PREBUILT_BARRIER: Barrier = { kind: "flag", flagMask: FLAG_TRACKED, slow: "write_barrier", cards: null };

/** The barrier of collectors with generations: it tells of old and of prebuilt objects. */
export const FLAG_BARRIER: Barrier = {
  kind: "flag",
  flagMask: FLAG_TRACKED,
  slow: "write_barrier",
  cards: {
    flagMask: FLAG_CARDS_DIRTY,
    shift: CARD_SHIFT,
    before: CARD_BEFORE,
    slow: "array_barrier",
    range: "array_range_barrier",
  },
};

export const COLLECTORS = {
  hybrid: {
    name: "hybrid",
    preciseRoots: true,
    inlineAllocation: true,
    zeroedNursery: false,
    inlineLimit: 1 << 15,
    barrier: FLAG_BARRIER,
    moves: true,
    prebuiltFlags: FLAG_PREBUILT | FLAG_TRACKED,
    hashFlag: FLAG_HASH_STORED,
    module: "gc/collectors/hybrid.ts",
  },
  semispace: {
    name: "semispace",
    preciseRoots: true,
    inlineAllocation: true,
    zeroedNursery: false,
    inlineLimit: 1 << 16,
    barrier: PREBUILT_BARRIER,
    moves: true,
    prebuiltFlags: FLAG_PREBUILT | FLAG_TRACKED,
    hashFlag: FLAG_HASH_STORED,
    module: "gc/collectors/semispace.ts",
  },
  generation: {
    name: "generation",
    preciseRoots: true,
    inlineAllocation: true,
    zeroedNursery: false,
    inlineLimit: 1 << 15,
    barrier: FLAG_BARRIER,
    moves: true,
    prebuiltFlags: FLAG_PREBUILT | FLAG_TRACKED,
    hashFlag: FLAG_HASH_STORED,
    module: "gc/collectors/generation.ts",
  },
  marksweep: {
    name: "marksweep",
    preciseRoots: true,
    inlineAllocation: false,
    zeroedNursery: false,
    inlineLimit: 0,
    barrier: PREBUILT_BARRIER,
    moves: false,
    prebuiltFlags: FLAG_PREBUILT | FLAG_TRACKED,
    hashFlag: FLAG_HASH_STORED,
    module: "gc/collectors/marksweep.ts",
  },
  boehm: {
    name: "boehm",
    preciseRoots: false,
    inlineAllocation: false,
    zeroedNursery: false,
    inlineLimit: 0,
    barrier: null,
    moves: false,
    prebuiltFlags: 0,
    hashFlag: 0,
    module: null,
  },
  none: {
    name: "none",
    preciseRoots: false,
    inlineAllocation: true,
    zeroedNursery: true,
    inlineLimit: 1 << 16,
    barrier: null,
    moves: false,
    prebuiltFlags: 0,
    hashFlag: 0,
    module: null,
  },
} as const satisfies Record<string, Collector>;

export type CollectorName = keyof typeof COLLECTORS;
