/**
 * A program's world over simulated memory: type table, Vm struct, shadow stack, prebuilt objects, and what compiled code
 * does around a collector: inline allocation, write barriers with cards, initialising stores. Everything a collector's
 * record in `gc/interface.ts` promises is used here, at random where there is a choice.
 */
import { headerFlags, initHeader } from "../../../gc/collectors/header.ts";
import {
  nurseryFree,
  setNursery,
  setShadowTop,
  shadowTop,
  VM_EXCEPTION,
  VM_NURSERY_TOP,
  VM_SHADOW_BASE,
} from "../../../gc/collectors/vm.ts";
import {
  type Cards,
  type Collector,
  type CollectorEntry,
  GC_PARAMETERS,
  GC_STATISTICS,
} from "../../../gc/interface.ts";
import {
  objectSize,
  TYPE_FLAGS,
  TYPE_HAS_ITEM_POINTERS,
  TYPE_HAS_POINTERS,
  TYPE_IS_INSTANCE,
  TYPE_IS_LEAF,
  TYPE_IS_VARSIZED,
  TYPE_IS_WEAK_TABLE,
  TYPE_IS_WEAKREF,
  TYPE_ITEM_POINTERS,
  TYPE_ITEM_SIZE,
  TYPE_ITEMS_ARE_POINTERS,
  TYPE_ITEMS_OFFSET,
  TYPE_LENGTH_OFFSET,
  TYPE_POINTERS,
  TYPE_SIZE,
  TYPE_VTABLE,
  VTABLE_TYPE_ID,
} from "../../../gc/typetable.ts";
import { Address, NULL_ADDRESS, rawMalloc, resetSimulatedMemory, symbolAddress } from "../../../rlib/lowlevel.ts";
import type { Random } from "../../kit/random-graphs.ts";

export const WORD = 8;
/** Room of one type's entry with its lists of offsets and its vtable. */
const ENTRY_ROOM = 256;

/** A type of objects; offsets and sizes are bytes. */
export interface Shape {
  readonly name: string;
  /** The fixed part, header included. */
  readonly size: number;
  readonly pointers: readonly number[];
  /** Where a number may be kept; null for none. */
  readonly value: number | null;
  /** Trailing items: the word with their number stands at WORD. */
  readonly item: { readonly size: number; readonly pointers: readonly number[]; readonly value: number | null } | null;
  readonly flags: number;
}

const fixed = (name: string, size: number, pointers: readonly number[], value: number | null, flags = 0): Shape => ({
  ...{ name, size, pointers, value, item: null },
  flags: flags | (pointers.length > 0 ? TYPE_HAS_POINTERS : TYPE_IS_LEAF),
});

function varsized(
  name: string,
  size: number,
  pointers: readonly number[],
  item: Shape["item"] & object,
  flags = 0,
): Shape {
  const hasItems = item.pointers.length > 0;
  const isPlain = item.size === WORD && hasItems;
  const kind =
    TYPE_IS_VARSIZED |
    (pointers.length > 0 ? TYPE_HAS_POINTERS : 0) |
    (hasItems ? TYPE_HAS_ITEM_POINTERS : 0) |
    (isPlain ? TYPE_ITEMS_ARE_POINTERS : 0) |
    (hasItems || pointers.length > 0 ? 0 : TYPE_IS_LEAF);
  return { name, size, pointers, value: null, item, flags: flags | kind };
}

export const EMPTY = fixed("empty", WORD, [], null);
export const BOX = fixed("box", 2 * WORD, [], WORD);
export const LINK = fixed("link", 2 * WORD, [WORD], null);
export const PAIR = fixed("pair", 4 * WORD, [WORD, 2 * WORD], 3 * WORD);
export const WIDE = fixed("wide", 12 * WORD, [WORD, 5 * WORD, 11 * WORD], 2 * WORD);
export const INSTANCE = fixed("instance", 4 * WORD, [2 * WORD], 3 * WORD, TYPE_IS_INSTANCE);
export const LIST = varsized("list", 2 * WORD, [], { size: WORD, pointers: [0], value: null });
export const FRAME = varsized("frame", 3 * WORD, [2 * WORD], { size: WORD, pointers: [0], value: null });
export const ROWS = varsized("rows", 2 * WORD, [], { size: 3 * WORD, pointers: [0, 2 * WORD], value: WORD });
export const BYTES = varsized("bytes", 2 * WORD, [], { size: 1, pointers: [], value: 0 });
export const WEAK_TABLE = varsized(
  "weak table",
  2 * WORD,
  [],
  { size: 3 * WORD, pointers: [0, 2 * WORD], value: WORD },
  TYPE_IS_WEAK_TABLE,
);
export const WEAK_REF = fixed("weak reference", 3 * WORD, [], null, TYPE_IS_WEAKREF);

const SHAPES = [EMPTY, BOX, LINK, PAIR, WIDE, INSTANCE, LIST, FRAME, ROWS, BYTES, WEAK_TABLE] as const;

/** The entry points of a collector's module; which ones there are depends on the collector. */
export type Entries = Readonly<Record<"setup" | CollectorEntry, (...args: never[]) => unknown>>;

export interface WorldOptions {
  readonly stress: boolean;
  readonly verify: boolean;
  /** Bytes; 0 leaves the collector's own choice. */
  readonly nursery: number;
  /** Bytes that the heap may have, 0 for no limit. */
  readonly max: number;
}

export class World {
  readonly collector: Collector;
  readonly random: Random;
  readonly #entries: Entries;
  readonly #types = new Map<Shape, number>();
  readonly #shadowBase: Address;

  constructor(collector: Collector, entries: Entries, random: Random, options: WorldOptions) {
    this.collector = collector;
    this.random = random;
    this.#entries = entries;
    // What the collector holds since the last program goes back to the memory that it came from.
    (entries.setup as () => void)();
    resetSimulatedMemory();
    this.#writeTypes();
    this.#shadowBase = rawMalloc(64 * 1024);
    symbolAddress("rts_vm").storeAddress(VM_SHADOW_BASE * WORD, this.#shadowBase);
    setShadowTop(this.#shadowBase);
    symbolAddress("rts_gc_stress").storeWord(0, options.stress ? 1 : 0);
    const parameters = symbolAddress("rts_gc_parameters");
    for (const [i, value] of [options.nursery, 0, options.max, options.verify ? 1 : 0].entries())
      parameters.storeWord(i * WORD, value);
    (entries.setup as () => void)();
  }

  /** Calls an entry point. */
  #call(name: CollectorEntry, ...args: readonly (number | Address)[]): Address {
    const entry = this.#entries[name] as ((...args: readonly (number | Address)[]) => Address) | undefined;
    if (entry === undefined) throw new Error(`${this.collector.name} has no ${name}`);
    return entry(...args);
  }

  /** Whether the collector has an entry point. */
  has(name: CollectorEntry): boolean {
    return this.#entries[name] !== undefined;
  }

  #writeTypes(): void {
    // Entries are distances from this symbol, and those of symbols are as large as their addresses.
    symbolAddress("rts_types");
    const weak = symbolAddress("tid.WeakRef").toInt();
    rawMalloc(32 * 1024);
    for (const [i, shape] of SHAPES.entries()) this.#writeType(shape, (i + 1) * ENTRY_ROOM);
    this.#writeType(WEAK_REF, weak);
  }

  #writeType(shape: Shape, id: number): void {
    this.#types.set(shape, id);
    const entry = symbolAddress("rts_types").add(id);
    const list = (at: number, offsets: readonly number[]): void => {
      entry.storeInt32(at, offsets.length);
      for (const [i, offset] of offsets.entries()) entry.storeInt32(at + 4 + 4 * i, offset);
    };
    entry.storeInt32(TYPE_SIZE, shape.size);
    entry.storeInt32(TYPE_ITEM_SIZE, shape.item?.size ?? 0);
    entry.storeInt32(TYPE_LENGTH_OFFSET, shape.item === null ? 0 : WORD);
    entry.storeInt32(TYPE_ITEMS_OFFSET, shape.item === null ? 0 : shape.size);
    entry.storeInt32(TYPE_FLAGS, shape.flags);
    entry.storeInt32(TYPE_POINTERS, 40);
    list(40, shape.pointers);
    entry.storeInt32(TYPE_ITEM_POINTERS, 80);
    list(80, shape.item?.pointers ?? []);
    entry.storeInt32(TYPE_VTABLE, 128);
    entry.add(128).storeInt32(VTABLE_TYPE_ID, id);
  }

  typeId(shape: Shape): number {
    return this.#types.get(shape) as number;
  }

  /** Bytes of an object with its forwarding room. */
  sizeOf(shape: Shape, length: number): number {
    return Math.max(2 * WORD, objectSize(symbolAddress("rts_types").add(this.typeId(shape)), length));
  }

  // Roots.

  push(object: Address): void {
    const top = shadowTop();
    top.storeAddress(0, object);
    setShadowTop(top.add(WORD));
  }

  pop(): void {
    setShadowTop(shadowTop().add(-WORD));
  }

  root(i: number): Address {
    return this.#shadowBase.loadAddress(i * WORD);
  }

  setException(object: Address): void {
    symbolAddress("rts_vm").storeAddress(VM_EXCEPTION * WORD, object);
  }

  exception(): Address {
    return symbolAddress("rts_vm").loadAddress(VM_EXCEPTION * WORD);
  }

  /** Prebuilt objects: zeroed, with headers as the backend writes them; `hash` stands behind an object that has one. */
  prebuild(
    shapes: readonly { readonly shape: Shape; readonly length: number; readonly hash: number | null }[],
  ): Address[] {
    const table = symbolAddress("rts_prebuilt");
    symbolAddress("rts_prebuilt_count").storeWord(0, shapes.length);
    return shapes.map(({ shape, length, hash }, i) => {
      const bytes = this.sizeOf(shape, length);
      const object = rawMalloc(bytes + WORD);
      const { prebuiltFlags, hashFlag } = this.collector;
      initHeader(object, this.typeId(shape), hash === null ? prebuiltFlags : prebuiltFlags | hashFlag);
      if (shape.item !== null) object.storeWord(WORD, length);
      if (hash !== null) object.storeWord(bytes, hash);
      table.storeAddress(i * WORD, object);
      return object;
    });
  }

  // Allocation.

  /**
   * Several small objects in one piece of the nursery, as compiled code takes them: their addresses, zeroed, headers
   * written. Null when memory is exhausted.
   */
  allocateInline(wanted: readonly { readonly shape: Shape; readonly length: number }[]): Address[] | null {
    const sizes = wanted.map(({ shape, length }) => this.sizeOf(shape, length));
    const bytes = sizes.reduce((a, b) => a + b, 0);
    const at = this.#takeNursery(bytes);
    if (at.isNull()) return null;
    let offset = 0;
    return wanted.map(({ shape, length }, i) => {
      const object = at.add(offset);
      offset += sizes[i] as number;
      for (let k = 0; k < (sizes[i] as number); k += WORD) {
        if (this.collector.zeroedNursery && object.loadWord(k) !== 0) throw new Error("the nursery is not zeroed");
        object.storeWord(k, 0);
      }
      initHeader(object, this.typeId(shape), 0);
      if (shape.item !== null) object.storeWord(WORD, length);
      return object;
    });
  }

  #takeNursery(bytes: number): Address {
    const free = nurseryFree();
    const top = symbolAddress("rts_vm").loadAddress(VM_NURSERY_TOP * WORD);
    const after = free.add(bytes);
    if (after.diff(top) > 0) return this.#call("malloc_room", bytes);
    setNursery(after, top);
    return free;
  }

  /** One object through the collector's own function; null when memory is exhausted. */
  allocateSlow(shape: Shape, length: number, pinned: boolean): Address | null {
    const made = this.#allocateSlow(shape, length, pinned);
    return made.isNull() ? null : made;
  }

  #allocateSlow(shape: Shape, length: number, pinned: boolean): Address {
    const id = this.typeId(shape);
    if (shape === INSTANCE && this.random.below(2) === 0)
      return this.#call("malloc_of_class", symbolAddress("rts_types").add(id + 128));
    const bytes = this.sizeOf(shape, length);
    if (shape.item === null) return this.#call("malloc_slow", id, bytes);
    return this.#call(pinned ? "malloc_pinned" : "malloc_varsize_slow", id, bytes, length, WORD);
  }

  weakReference(target: Address): Address | null {
    const made = this.#call("weakref_create", target);
    return made.isNull() ? null : made;
  }

  // Stores.

  /** Assigns a reference as compiled code does; `index` is the item that the slot belongs to, −1 for fixed parts. */
  store(object: Address, offset: number, index: number, value: Address, valueIsPrebuilt: boolean): void {
    const { barrier } = this.collector;
    const slot = object.add(offset);
    if (barrier?.kind === "full") this.#call(barrier.call, object, slot, slot.loadAddress(0), value);
    else if (barrier !== null && !this.#mayOmit(value, valueIsPrebuilt)) {
      const flags = headerFlags(object);
      if ((flags & barrier.flagMask) !== 0) {
        if (barrier.cards !== null && index >= 0 && this.random.below(8) > 0)
          this.#cardBarrier(object, index, flags, barrier.cards);
        else this.#call(barrier.slow, object);
      }
    }
    slot.storeAddress(0, value);
  }

  /** The barrier of a stored null or prebuilt object may be left out. */
  #mayOmit(value: Address, valueIsPrebuilt: boolean): boolean {
    return (value.isNull() || valueIsPrebuilt) && this.random.below(2) === 0;
  }

  #cardBarrier(object: Address, index: number, flags: number, cards: Cards): void {
    if ((flags & cards.flagMask) !== 0) object.add(-cards.before - (index >> cards.shift)).storeUInt8(0, 1);
    else this.#call(cards.slow, object, index);
  }

  /** Assigns to an object that was just made and that nothing collected since: no barrier. */
  initialise(object: Address, offset: number, value: Address): void {
    object.storeAddress(offset, value);
  }

  /** Reports a store of several items, which follows. */
  rangeBarrier(object: Address, first: number, count: number): void {
    const { barrier } = this.collector;
    if (barrier?.kind !== "flag" || (headerFlags(object) & barrier.flagMask) === 0) return;
    if (barrier.cards === null) this.#call(barrier.slow, object);
    else this.#call(barrier.cards.range, object, first, count);
  }

  // The rest of the interface.

  identityHash(object: Address): number {
    return Number(this.#call("identity_hash", object));
  }

  registerFinalizer(object: Address, callback: Address): void {
    this.#call("register_finalizer", object, callback);
  }

  /** Object and callback that are due; null if none is. */
  nextFinalizer(): { readonly object: Address; readonly callback: Address } | null {
    const object = this.#call("next_finalizer");
    return object.isNull() ? null : { object, callback: this.#call("finalizer_callback") };
  }

  collect(everything: boolean): void {
    this.#call("collect", everything ? 1 : 0);
  }

  statistic(name: (typeof GC_STATISTICS)[number]): number {
    return Number(this.#call("stats_word", GC_STATISTICS.indexOf(name)));
  }

  setParameter(name: (typeof GC_PARAMETERS)[number], value: number): void {
    this.#call("set_param", GC_PARAMETERS.indexOf(name), value);
  }
}

/** An address out of a number that was kept. */
export function addressAt(offset: number): Address {
  return offset === 0 ? NULL_ADDRESS : new Address(offset);
}
