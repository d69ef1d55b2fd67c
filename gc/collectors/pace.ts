// When full collections are due, what the heap may have at most, and what the collector counts about itself.
//
// A full collection is due when the old objects have grown to a factor of what lived after the last one (RTS_GC_MAJOR_FACTOR,
// in percent), so that tracing costs a constant share of each allocated byte; small heaps get a least threshold. With a
// limit (RTS_GC_MAX) the next one is due earlier, when the heap comes near to it. What still does not fit after a full
// collection is refused: the allocation gives null, and the program gets its OutOfMemoryError. When that happens again
// before a full collection found the heap below the limit, the program ends: there is no memory to handle it in.
import { intSubWrap } from "../../rlib/bits.ts";
import { fatalError, wordDiv } from "../../rlib/lowlevel.ts";
import { sysMicroseconds } from "../../rlib/sys.ts";
import type { int } from "../../rlib/types.ts";
import { MAJOR_FACTOR, MAX_BYTES, parameter } from "./parameters.ts";

const DEFAULT_FACTOR = 200;
/** Least room that a full collection leaves before the next, in bytes. */
const LEAST_ROOM = 1 << 20;

class Pace {
  minorCollections: int = 0;
  majorCollections: int = 0;
  /** Spent in collections. */
  microseconds: int = 0;
  /** When the collection going on began. */
  started: int = 0;
  /** Bytes of old objects at which the next full collection is due. */
  threshold: int = 0;
  /** The least threshold. */
  least: int = 0;
  /** Memory was refused, and no full collection has found room since. */
  refused: boolean = false;
}

const pace = new Pace();

/** Called once; `least` is the least threshold in bytes. */
export function setupPace(least: int): void {
  pace.minorCollections = 0;
  pace.majorCollections = 0;
  pace.microseconds = 0;
  pace.refused = false;
  pace.least = least;
  setThreshold(0);
}

export function startPause(): void {
  pace.started = sysMicroseconds();
}

export function stopPause(): void {
  pace.microseconds += intSubWrap(sysMicroseconds(), pace.started);
}

export function countMinor(): void {
  pace.minorCollections += 1;
}

/** A full collection ended with so many live bytes. */
export function countMajor(live: int): void {
  pace.majorCollections += 1;
  setThreshold(live);
  const max = parameter(MAX_BYTES);
  if (max === 0 || live < max) pace.refused = false;
}

function setThreshold(live: int): void {
  const percent = parameter(MAJOR_FACTOR);
  const factor = percent > 100 ? percent : DEFAULT_FACTOR;
  let threshold = live + wordDiv(live, 100) * (factor - 100);
  if (threshold < pace.least) threshold = pace.least;
  const max = parameter(MAX_BYTES);
  if (max > 0 && threshold > max) threshold = max > live + LEAST_ROOM ? max : live + LEAST_ROOM;
  pace.threshold = threshold;
}

/** Is a full collection due when old objects have so many bytes? */
export function isMajorDue(bytes: int): boolean {
  return bytes > pace.threshold;
}

/** Bytes of old objects at which the next full collection is due. */
export function majorThreshold(): int {
  return pace.threshold;
}

/** May the heap have so many bytes? */
export function isAllowed(bytes: int): boolean {
  const max = parameter(MAX_BYTES);
  return max === 0 || bytes <= max;
}

/** The program asks for more than it may have, or than there is: the first time it is told so, then it ends. */
export function refuse(): void {
  if (pace.refused) fatalError("out of memory");
  pace.refused = true;
}

/** The statistics that are counted here, as in GC_STATISTICS of `gc/interface.ts`. */
export function countedStatistic(index: int): int {
  if (index === 2) return pace.minorCollections;
  if (index === 3) return pace.majorCollections;
  if (index === 4) return pace.microseconds;
  return 0;
}
