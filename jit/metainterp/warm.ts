/**
 * Warm state: what is known of each position of the user's program, keyed by the greens of its driver. A cell exists
 * only where something happened (tracing, compiled code, a decision); mere counting needs none.
 */
import { intAddWrap, intAnd, intMulWrap, intShr, intXor } from "../../rlib/bits.ts";
import { newList } from "../../rlib/collections.ts";
import { type GcRef, sameObject } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import type { Arguments, Cpu } from "../backend/cpu.ts";
import type { DriverInfo } from "../format/jitcode.ts";
import { ConstInt, ConstRef, type Value } from "../format/values.ts";
import type { JitLoop } from "./loop.ts";

/** Being traced now. */
export const CELL_TRACING = 1;
/** Too large to be followed from another trace: it is called instead. */
export const CELL_NOT_INLINED = 2;
/** Too long in itself: its next trace ends where the limit is, and goes on from there as a bridge. */
export const CELL_SEGMENTED = 4;
/** Given up for good. */
export const CELL_NEVER = 8;
/** The next trace of it begins at its function's start without waiting. */
export const CELL_HURRY = 16;

export class JitCell {
  readonly driver: DriverInfo;
  readonly hash: int;
  readonly ints: int[];
  readonly refs: (GcRef | null)[];
  /** Compiled code for this position. */
  loop: JitLoop | null = null;
  /** Code that is valid no more, but that other code may still call. */
  stale: JitLoop | null = null;
  /** CELL_…. */
  flags: int = 0;
  /** Traces of it that were given up. */
  aborted: int = 0;
  /** The next one of the same bucket. */
  next: JitCell | null;

  constructor(driver: DriverInfo, hash: int, ints: int[], refs: (GcRef | null)[], next: JitCell | null) {
    this.driver = driver;
    this.hash = hash;
    this.ints = ints;
    this.refs = refs;
    this.next = next;
  }

  has(flag: int): boolean {
    return (this.flags & flag) !== 0;
  }

  set(flag: int): void {
    this.flags |= flag;
  }

  clear(flag: int): void {
    this.flags &= ~flag;
  }
}

/** A position as constants by kind, in the order of the driver's greens. */
export class GreenKey {
  readonly ints: int[] = [];
  readonly refs: (GcRef | null)[] = [];

  /** The greens at the front of a portal's arguments. */
  setFromArguments(driver: DriverInfo, args: Arguments): void {
    this.#clear();
    for (let i = 0; i < driver.greens.length; i++) {
      if (driver.greens[i] === "i") this.ints.push(args.ints[this.ints.length]);
      else this.refs.push(args.refs[this.refs.length]);
    }
  }

  /** Greens while tracing, which are constants by kind. False if one is not. */
  setFromValues(ints: readonly Value[], refs: readonly Value[]): boolean {
    this.#clear();
    for (const value of ints) {
      if (!(value instanceof ConstInt)) return false;
      this.ints.push(value.value);
    }
    for (const value of refs) {
      if (!(value instanceof ConstRef)) return false;
      this.refs.push(value.value);
    }
    return true;
  }

  #clear(): void {
    this.ints.length = 0;
    this.refs.length = 0;
  }

  hash(driver: DriverInfo, cpu: Cpu): int {
    let hash = driver.index + 17;
    for (const value of this.ints) hash = mix(hash, value);
    for (const value of this.refs) hash = mix(hash, value === null ? 0 : cpu.identityHash(value));
    return intXor(hash, intShr(hash, 15));
  }

  matches(cell: JitCell): boolean {
    for (let i = 0; i < this.ints.length; i++) if (this.ints[i] !== cell.ints[i]) return false;
    for (let i = 0; i < this.refs.length; i++) if (!sameObject(this.refs[i], cell.refs[i])) return false;
    return true;
  }
}

/** 31 bits of the product with an odd number: the same on all machines. */
function mix(hash: int, value: int): int {
  return intAnd(intMulWrap(intAddWrap(intAnd(hash, 0x3fffff), intAnd(value, 0x3fffff)), 1000003), 0x7fffffff);
}

const FIRST_SIZE = 256;

/** All cells, in a table of chains. */
export class CellTable {
  #buckets: (JitCell | null)[] = newBuckets(FIRST_SIZE);
  #count: int = 0;

  find(driver: DriverInfo, key: GreenKey, hash: int): JitCell | null {
    let cell = this.#buckets[intAnd(hash, this.#buckets.length - 1)];
    while (cell !== null) {
      if (cell.hash === hash && cell.driver === driver && key.matches(cell)) return cell;
      cell = cell.next;
    }
    return null;
  }

  findOrMake(driver: DriverInfo, key: GreenKey, hash: int): JitCell {
    const found = this.find(driver, key, hash);
    if (found !== null) return found;
    if (this.#count >= this.#buckets.length) this.#grow();
    const bucket = intAnd(hash, this.#buckets.length - 1);
    const made = new JitCell(driver, hash, key.ints.slice(), key.refs.slice(), this.#buckets[bucket]);
    this.#buckets[bucket] = made;
    this.#count++;
    return made;
  }

  #grow(): void {
    const old = this.#buckets;
    const buckets = newBuckets(old.length * 2);
    for (const first of old) {
      let cell = first;
      while (cell !== null) {
        const next: JitCell | null = cell.next;
        const bucket = intAnd(cell.hash, buckets.length - 1);
        cell.next = buckets[bucket];
        buckets[bucket] = cell;
        cell = next;
      }
    }
    this.#buckets = buckets;
  }
}

function newBuckets(size: int): (JitCell | null)[] {
  return newList<JitCell | null>(size, null);
}

/** Has the driver's signature floats among its greens? It must not. */
export function requireGreens(driver: DriverInfo): void {
  for (let i = 0; i < driver.greens.length; i++) {
    if (driver.greens[i] !== "i" && driver.greens[i] !== "r") throw new Error(`a green of ${driver.name} is a float`);
  }
}
