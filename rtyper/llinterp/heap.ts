/**
 * The simulated moving heap: what graphs after the gc transform run over. A collection copies every object that the
 * shadow stack and prebuilt data reach into a new container and frees the old one, so that a pointer which the
 * transform failed to save or to reload is a use of a freed object, reported at its operation.
 *
 * Addresses exist only between `gc_bump` and `address_to_ptr`; everything else works on containers.
 */
import { LowArrayObject, type LowContainer, LowOpaque, LowStruct, type LowValue } from "../lltype/memory.ts";
import { LowArray, Opaque, type PtrTarget, Struct, WEAKREF } from "../lltype/types.ts";

/** Memory taken by `gc_bump` whose header or length is not written yet. */
export class PendingObject {
  type: PtrTarget | null = null;
  length = 0;
}

export interface HeapOptions {
  /** A collection happens at every n-th allocation. */
  readonly collectEvery: number;
  /** Every n-th `gc_bump` fails, so that both paths are run. */
  readonly bumpFailsEvery: number;
  /** Prebuilt objects that can hold references. */
  readonly prebuilt: Iterable<LowContainer>;
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
  bump(): PendingObject | null {
    this.#bumps++;
    return this.#bumps % this.#options.bumpFailsEvery === 0 ? null : new PendingObject();
  }

  /** The object that memory taken by bump has become. */
  finish(pending: PendingObject): LowValue {
    if (pending.type === null) throw new Error("an object without header");
    return this.#adopt(create(pending.type, pending.length));
  }

  /** The slow path: may collect. */
  allocate(type: PtrTarget, length: number): LowValue {
    this.#allocations++;
    if (this.#allocations % this.#options.collectEvery === 0) this.collect();
    return this.#adopt(create(type, length));
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
