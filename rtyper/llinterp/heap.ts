/**
 * The simulated moving heap: what graphs after the gc transform run over. A collection copies every object that the
 * shadow stack and prebuilt data reach into a new container and frees the old one, so that a pointer which the
 * transform failed to save or to reload is a use of a freed object, reported at its operation.
 *
 * It also plays the strictest collector of generations: what survived a collection is old, a store of a young object
 * into an old one without a barrier stops the program; and fields that compiled code neither clears nor writes cannot be
 * read.
 *
 * Addresses exist only between `gc_bump` and `address_to_ptr`; everything else works on containers.
 */
import type { Layout } from "../lltype/layout.ts";
import { LowArrayObject, type LowContainer, LowOpaque, LowStruct, type LowValue } from "../lltype/memory.ts";
import { LowArray, Opaque, Ptr, type PtrTarget, Struct, WEAKREF } from "../lltype/types.ts";

/** An object whose header is written and which no pointer refers to yet. */
interface PendingObject {
  readonly type: PtrTarget;
  length: number;
}

/** Memory taken by `gc_bump`: objects by their offset, and what of it was cleared. */
interface Region {
  readonly objects: Map<number, PendingObject>;
  readonly cleared: { readonly from: number; readonly to: number }[];
}

/** An address inside memory that is becoming objects. */
export class Place {
  readonly region: Region;
  readonly offset: number;

  constructor(region: Region = { objects: new Map(), cleared: [] }, offset = 0) {
    this.region = region;
    this.offset = offset;
  }

  add(bytes: number): Place {
    return new Place(this.region, this.offset + bytes);
  }

  clear(bytes: number): void {
    this.region.cleared.push({ from: this.offset, to: this.offset + bytes });
  }

  setHeader(type: PtrTarget): void {
    this.region.objects.set(this.offset, { type, length: 0 });
  }

  setLength(length: number): void {
    this.pending().length = length;
  }

  pending(): PendingObject {
    const pending = this.region.objects.get(this.offset);
    if (pending === undefined) throw new Error("an object without header");
    return pending;
  }

  isCleared(from: number, to: number): boolean {
    return this.region.cleared.some((range) => range.from <= this.offset + from && this.offset + to <= range.to);
  }
}

export interface HeapOptions {
  /** A collection happens at every n-th allocation. */
  readonly collectEvery: number;
  /** Every n-th `gc_bump` fails, so that both paths are run. */
  readonly bumpFailsEvery: number;
  /** Prebuilt objects that can hold references. */
  readonly prebuilt: Iterable<LowContainer>;
  /** The layout that the transform was made with; without it what is not cleared counts as cleared. */
  readonly layout?: Layout;
  /** Stores of young objects into old ones need a barrier. */
  readonly checkBarriers?: boolean;
}

type Movable = LowStruct | LowArrayObject | LowOpaque;

const GARBAGE = { toString: () => "garbage" };

export class Heap {
  /** The shadow stack. */
  readonly shadow: LowValue[] = [];
  /** First slot of the running function's frame. */
  frameBase = 0;
  collections = 0;
  readonly #options: HeapOptions;
  readonly #objects = new Set<object>();
  /** Objects that no collection has seen. */
  readonly #young = new Set<object>();
  /** Objects reported since the last collection: wholly, or some items of them. */
  readonly #reported = new Map<object, "all" | Set<number>>();
  readonly #hashes = new Map<object, bigint>();
  readonly #typeIds = new Map<PtrTarget, bigint>();
  readonly #types: PtrTarget[] = [];
  #allocations = 0;
  #bumps = 0;
  #nextHash = 1n;

  constructor(options: HeapOptions) {
    this.#options = options;
  }

  /** Raises the frame of the running function; the new slots hold what an older frame left: garbage. */
  push(slots: number): void {
    this.shadow.length = this.frameBase;
    for (let i = 0; i < slots; i++) this.shadow.push(GARBAGE as unknown as LowValue);
  }

  /** Memory for one object, or null when the nursery is full. */
  bump(): Place | null {
    this.#bumps++;
    return this.#bumps % this.#options.bumpFailsEvery === 0 ? null : new Place();
  }

  /** The object that memory taken by bump has become. */
  finish(place: Place): LowValue {
    const { type, length } = place.pending();
    const object = create(type, length);
    const { layout } = this.#options;
    if (layout !== undefined) forgetUncleared(object, place, layout);
    this.#young.add(object as object);
    return this.#adopt(object);
  }

  /** Room for small objects: may collect. */
  room(): Place {
    this.#countAllocation();
    return new Place();
  }

  /** The slow path for one object: may collect. Variable-sized ones are born old. */
  allocate(type: PtrTarget, length: number): LowValue {
    this.#countAllocation();
    const object = create(type, length);
    if (type instanceof Struct && type.varItem === null) this.#young.add(object as object);
    return this.#adopt(object);
  }

  #countAllocation(): void {
    this.#allocations++;
    if (this.#allocations % this.#options.collectEvery === 0) this.collect();
  }

  /** A barrier: the object, or `count` items of it from `first`. */
  report(object: object, first: number | null = null, count = 1): void {
    const known = this.#reported.get(object);
    if (known === "all") return;
    if (first === null) {
      this.#reported.set(object, "all");
      return;
    }
    const items = known ?? new Set<number>();
    for (let i = first; i < first + count; i++) items.add(i);
    this.#reported.set(object, items);
  }

  /** A store of a value into a field (null) or item of an object. */
  checkStore(object: object, index: number | null, value: LowValue): void {
    if (this.#options.checkBarriers !== true) return;
    if (!this.#young.has(value as object) || this.#young.has(object)) return;
    const reported = this.#reported.get(object);
    if (reported === "all" || (reported !== undefined && index !== null && reported.has(index))) return;
    throw new Error("a young object is stored into an old one without a barrier");
  }

  /** A weak reference; its target is a root during the allocation. */
  weakReference(target: LowValue): LowValue {
    this.shadow.push(target);
    const made = this.allocate(WEAKREF, 0) as LowOpaque;
    made.target = this.shadow.pop() as LowValue;
    return made;
  }

  typeId(type: PtrTarget): bigint {
    let id = this.#typeIds.get(type);
    if (id === undefined) {
      id = BigInt(this.#types.length);
      this.#types.push(type);
      this.#typeIds.set(type, id);
    }
    return id;
  }

  typeOfId(id: bigint): PtrTarget {
    const type = this.#types[Number(id)];
    if (type === undefined) throw new Error(`type id ${id} was never asked for`);
    return type;
  }

  identityHash(object: object): bigint {
    let hash = this.#hashes.get(object);
    if (hash === undefined) {
      // Prebuilt keys of maps have a number from the start, by which their maps were filled.
      const given = "identityHash" in object ? (object.identityHash as number) : 0;
      hash = given === 0 ? this.#nextHash++ : BigInt(given);
      this.#hashes.set(object, hash);
    }
    return hash;
  }

  /** Moves everything reachable and frees the rest. */
  collect(): void {
    this.collections++;
    const moved = new Map<object, Movable>();
    const queue: { from: Movable; to: Movable }[] = [];
    const forward = (value: LowValue): LowValue => {
      if (!this.#objects.has(value as object)) return value;
      const object = value as Movable;
      let copy = moved.get(object);
      if (copy === undefined) {
        copy = create(object.type, object instanceof LowOpaque ? 0 : (object.items?.length ?? 0)) as Movable;
        moved.set(object, copy);
        queue.push({ from: object, to: copy });
      }
      return copy;
    };
    for (const [i, value] of this.shadow.entries()) {
      if ((value as unknown) === GARBAGE) throw new Error("a collection sees a slot that was never written");
      this.shadow[i] = forward(value);
    }
    for (const object of this.#options.prebuilt) mapReferences(object, object, forward);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) mapReferences(next.from, next.to, forward);
    for (const [from, to] of moved) {
      if (to instanceof LowOpaque) to.target = followWeak((from as LowOpaque).target, moved, this.#objects);
      const hash = this.#hashes.get(from);
      if (hash !== undefined) this.#hashes.set(to, hash);
    }
    for (const object of this.#objects) {
      this.#hashes.delete(object);
      if (!(object instanceof LowOpaque)) (object as LowStruct | LowArrayObject).free();
    }
    this.#objects.clear();
    this.#young.clear();
    this.#reported.clear();
    for (const copy of moved.values()) this.#objects.add(copy);
  }

  #adopt(object: LowValue): LowValue {
    this.#objects.add(object as object);
    return object;
  }
}

function create(type: PtrTarget, length: number): LowValue {
  if (type instanceof Struct) return new LowStruct(type, length);
  if (type instanceof LowArray) return new LowArrayObject(type, length);
  if (type instanceof Opaque) return new LowOpaque(type);
  throw new Error(`cannot allocate ${type.toText()}`);
}

/** What compiled code did not clear cannot be read before it is written. Numbers in arrays are left out. */
function forgetUncleared(object: LowValue, place: Place, layout: Layout): void {
  if (object instanceof LowStruct) forgetFields(object, place, 0, layout);
  if (!(object instanceof LowStruct || object instanceof LowArrayObject)) return;
  const item = object instanceof LowArrayObject ? object.type.item : object.type.varItem;
  if (item === null || !(item instanceof Ptr || item instanceof Struct)) return;
  const items = object.items as LowValue[];
  const { itemsOffset, itemSize } = layout.itemsOf(object.type);
  for (const [i, value] of items.entries()) {
    const at = itemsOffset + i * itemSize;
    if (value instanceof LowStruct && item instanceof Struct) forgetFields(value, place, at, layout);
    else if (!place.isCleared(at, at + itemSize)) items[i] = undefined as unknown as LowValue;
  }
}

function forgetFields(object: LowStruct, place: Place, base: number, layout: Layout): void {
  for (const field of object.type.allFields()) {
    const at = base + layout.offsetOf(object.type, field.name);
    const value = object.get(field.name);
    if (field.type instanceof Struct) forgetFields(value as LowStruct, place, at, layout);
    else if (!place.isCleared(at, at + layout.sizeOf(field.type))) object.forget(field.name);
  }
}

/** Weak targets follow their object; a target that nothing else reached is gone. */
function followWeak(target: LowValue, moved: Map<object, Movable>, objects: Set<object>): LowValue {
  if (!objects.has(target as object)) return target;
  return moved.get(target as object) ?? null;
}

/** Writes the mapped contents of one object into another of the same type (or into itself). */
function mapReferences(from: LowContainer, to: LowContainer, map: (value: LowValue) => LowValue): void {
  if (from instanceof LowStruct && to instanceof LowStruct) {
    for (const field of from.type.allFields()) to.set(field.name, mapped(from.get(field.name), map));
    if (from.items !== null) mapItems(from, to, map);
  } else if (from instanceof LowArrayObject && to instanceof LowArrayObject) mapItems(from, to, map);
}

function mapItems(
  from: LowStruct | LowArrayObject,
  to: LowStruct | LowArrayObject,
  map: (value: LowValue) => LowValue,
): void {
  for (let i = 0; i < from.length; i++) {
    const item = from.getItem(i);
    // An inlined struct is part of what holds it: its contents move into the copy's own struct.
    if (item instanceof LowStruct && !item.type.gc) mapReferences(item, to.getItem(i) as LowStruct, map);
    else to.setItem(i, map(item));
  }
}

function mapped(value: LowValue, map: (value: LowValue) => LowValue): LowValue {
  if (value instanceof LowStruct && !value.type.gc) return value;
  return map(value);
}
