// What run-time code asks of the collector itself: the words under `gc.ts` and `RawBuffer`. Natively each is one entry
// point of the collector (`gc/interface.ts`); on Node the nearest thing that Node has.
//
// Finalizers never run on Node: what a program computes must not depend on when objects die.
import { type Address, type LowArrayOf, NULL_ADDRESS, newArrayLike } from "./lowlevel.ts";
import type { int } from "./types.ts";

/** Collects the young objects (0) or everything (1). @intrinsic */
export function collectNow(generations: int): void {
  if (generations > 0) (globalThis as { gc?: () => void }).gc?.();
}

/** Bytes in the heap, bytes held from the system, minor and major collections, microseconds of pauses. @intrinsic */
export function statistic(index: int): int {
  const usage = process.memoryUsage();
  if (index === 0) return usage.heapUsed;
  return index === 1 ? usage.heapTotal : 0;
}

/** Size of the nursery (0), percent of growth between full collections (1), limit of the heap (2). @intrinsic */
export function setParameter(index: int, value: int): void {
  void index;
  void value;
}

/** When nothing else refers to `o`, it and `action` are given by `nextFinalizer` and `finalizerAction`. @intrinsic */
export function registerFinalizer(o: object, action: object): void {
  void o;
  void action;
}

/** An object whose finalizer is due, or null; valid until something collects. @intrinsic */
export function nextFinalizer(): Address {
  return NULL_ADDRESS;
}

/** What was registered with the object that `nextFinalizer` gave last. @intrinsic */
export function finalizerAction(): Address {
  return NULL_ADDRESS;
}

/** The object at an address, of the type of `like`, whose value is not looked at. Natively only. @intrinsic */
export function objectAt<T extends object>(at: Address, like: T | null): T {
  void at;
  void like;
  throw new Error("simulated memory holds no objects");
}

/** A zeroed array of the type of `like` that the collector never moves; n is not negative. @intrinsic */
export function newPinnedLike<T>(like: LowArrayOf<T>, n: int): LowArrayOf<T> {
  return newArrayLike(like, n);
}

/** Zeroed bytes that the collector never moves. @intrinsic */
export function newPinnedBytes(size: int): Uint8Array {
  return new Uint8Array(size);
}
