// The collector as a program sees it: references that do not keep alive, finalizers, statistics.
//
// On Node these have the nearest equivalent: finalizers never run, `collect` collects if Node was started with
// --expose-gc. Functions and classes tagged @intrinsic are recognised by identity.
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

/** Has `finalize` called with `o` some time after nothing else refers to it. Never on Node. @intrinsic */
export function onFinalize<T extends object>(o: T, finalize: (o: T) => void): void {
  void o;
  void finalize;
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

/** Collects everything now. @intrinsic */
export function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

/** Counts and sizes. @intrinsic */
export function stats(): GcStats {
  const usage = process.memoryUsage();
  return new GcStats(usage.heapUsed, usage.heapTotal, 0, 0, 0);
}

/** Sets a parameter of the collector (`"nursery"`, `"max"`); unknown ones are ignored. @intrinsic */
export function setParam(name: string, value: int): void {
  void name;
  void value;
}
