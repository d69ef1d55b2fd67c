// The collector as a program sees it: references that do not keep alive, finalizers, statistics.
//
// On Node these have the nearest equivalent: finalizers never run, `collect` collects if Node was started with
// --expose-gc. Functions and classes tagged @intrinsic are recognised by identity.
import {
  collectNow,
  finalizerAction,
  nextFinalizer,
  objectAt,
  registerFinalizer,
  setParameter,
  statistic,
} from "./heap.ts";
import type { Address } from "./lowlevel.ts";
import type { int } from "./types.ts";

/** Refers to an object without keeping it alive. @intrinsic class */
export class WeakReference<T extends object> {
  #ref: WeakRef<T>;
  constructor(target: T) {
    this.#ref = new WeakRef(target);
  }
  /** The object, null once it has been collected. */
  get(): T | null {
    return this.#ref.deref() ?? null;
  }
}

/** A reference that does not keep `target` alive. @intrinsic */
export function weakRef<T extends object>(target: T): WeakReference<T> {
  return new WeakReference(target);
}

/** Calls a finalizer; the object stands at the address until something collects. */
type FinalizerAction = (at: Address) => void;

/** The action that is being registered; its type is that of all actions. */
let registering: FinalizerAction | null = null;

/**
 * Has `finalize` called with `o` some time after nothing else refers to it, once; never on Node. Of objects that die
 * together, each comes before those that it refers to. Calls happen inside `onFinalize`, `collect` and `runFinalizers`,
 * nowhere else; the object may be made reachable again. What `finalize` itself refers to stays alive until then, so it
 * must not refer to `o`. Objects alive at the end of the program are not finalized.
 */
export function onFinalize<T extends object>(o: T, finalize: (o: T) => void): void {
  runFinalizers();
  // Captured for its type; the action must not keep the object alive.
  let like: T | null = o;
  const action: FinalizerAction = (at) => finalize(objectAt(at, like));
  like = null;
  registering = action;
  registerFinalizer(o, action);
  registering = null;
}

/** Calls the finalizers that are due; gives how many. An error that one throws passes on, the rest stay due. */
export function runFinalizers(): int {
  let count: int = 0;
  for (let at = nextFinalizer(); !at.isNull(); at = nextFinalizer()) {
    count += 1;
    objectAt(finalizerAction(), registering)(at);
  }
  return count;
}

const identities = new WeakMap<object, int>();
let lastIdentity = 0;

/** A number that stays the same for an object and differs between most objects; 0 or more. @intrinsic */
export function identityHash(o: object): int {
  const known = identities.get(o);
  if (known !== undefined) return known;
  lastIdentity += 1;
  const hash = Math.imul(lastIdentity, 0x9e3779b1) >>> 1;
  identities.set(o, hash);
  return hash;
}

/** What the collector has done so far. Sizes in bytes. */
export class GcStats {
  /** Live and dead objects in the heap now. */
  readonly heapBytes: int;
  /** Memory held from the system. */
  readonly totalBytes: int;
  readonly minorCollections: int;
  readonly majorCollections: int;
  /** Time spent collecting, in microseconds. */
  readonly pauseMicroseconds: int;
  constructor(heapBytes: int, totalBytes: int, minor: int, major: int, pauseMicroseconds: int) {
    this.heapBytes = heapBytes;
    this.totalBytes = totalBytes;
    this.minorCollections = minor;
    this.majorCollections = major;
    this.pauseMicroseconds = pauseMicroseconds;
  }
}

/** Collects everything now, and calls the finalizers that are due. */
export function collect(): void {
  collectNow(1);
  runFinalizers();
}

/** Counts and sizes. */
export function stats(): GcStats {
  return new GcStats(statistic(0), statistic(1), statistic(2), statistic(3), statistic(4));
}

/**
 * Sets a parameter of the collector: `"nursery"` (bytes for young objects), `"major_factor"` (percent of what lived after
 * the last full collection at which the next one is due), `"max"` (bytes; beyond it OutOfMemoryError; 0: no limit).
 * Collectors without such a parameter ignore it. RangeError for another name.
 */
export function setParam(name: string, value: int): void {
  if (name === "nursery") setParameter(0, value);
  else if (name === "major_factor") setParameter(1, value);
  else if (name === "max") setParameter(2, value);
  else throw new RangeError(`the collector has no parameter ${name}`);
}
