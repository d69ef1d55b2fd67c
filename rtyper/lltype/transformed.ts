/**
 * What the backends take: a low-level program after the exception and gc transforms, with what the transform decided
 * about the collector. Calls that can raise are followed by explicit tests; allocation, barriers and roots are `gc_…`
 * operations. With `collector: null` the allocation operations (`malloc`, …) are still there and the backend maps them
 * to an allocator that never moves (`none`, `boehm`).
 */
import type { LowFunction } from "./memory.ts";
import type { LowProgram } from "./program.ts";

export interface TransformedProgram {
  readonly program: LowProgram;
  readonly gc: GcBinding;
}

export interface GcBinding {
  /** The value of `--gc`. */
  readonly name: string;
  /** Instances have no type pointer; their class is found by the type id in the header. */
  readonly removeTypePointer: boolean;
  /** A collector written in RTypeScript, or null for the C runtime's allocators. */
  readonly collector: CollectorBinding | null;
  /** Where the allocation operations go when there is no collector. */
  readonly allocator: "bump" | "boehm";
}

export interface CollectorBinding {
  /** Functions that `gc_call` names. */
  readonly entries: ReadonlyMap<string, LowFunction>;
  /** Called once before the program's entry, without arguments; null when nothing is to do. */
  readonly setup: LowFunction | null;
  /** Value of the flags half of a prebuilt object's header. */
  readonly prebuiltFlags: number;
  /** Added to it for an object that carries its identity hash in the word behind it. */
  readonly hashFlag: number;
  /** What `gc_barrier…` operations do; null when the collector needs no barrier. */
  readonly barrier: BarrierBinding | null;
  /** What code that is made at run time must know besides. */
  readonly allocation: AllocationFacts;
}

/** How objects come into being, for machine code that is made at run time. */
export interface AllocationFacts {
  /** Objects of up to so many bytes come from the Vm struct's nursery; 0 when none do. */
  readonly inlineLimit: number;
  /** The nursery's memory is zero already. */
  readonly zeroedNursery: boolean;
  /** Objects that are not prebuilt can move. */
  readonly moves: boolean;
}

/** What `set_param` calls the heap's limit: the place of "max" in the collectors' list of parameters. */
export const LIMIT_PARAMETER = 2;

/** A barrier by flags of the object's header; the collector's own record is described in `gc/interface.ts`. */
export interface BarrierBinding {
  readonly flagMask: number;
  /** Entry called with the object when a flag of the mask is set. */
  readonly slow: string;
  readonly cards: {
    readonly flagMask: number;
    readonly shift: number;
    readonly before: number;
    readonly slow: string;
    readonly range: string;
  } | null;
}

/** The binding of a program that was not transformed: memory is taken from the C runtime and never moves. */
export function withoutCollector(allocator: "bump" | "boehm" = "bump", removeTypePointer = false): GcBinding {
  return { name: allocator === "bump" ? "none" : "boehm", removeTypePointer, collector: null, allocator };
}
