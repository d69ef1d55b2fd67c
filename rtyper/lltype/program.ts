/**
 * A whole low-level program: what the rtyper hands to optimization, the gc transform, llinterp and the backends.
 * Functions are found from `entry` through Constants; prebuilt data through Constants and other prebuilt data.
 */
import type { FunctionGraph } from "../../translator/flow/model.ts";
import type { LowFunction, LowStruct } from "./memory.ts";
import type { Struct } from "./types.ts";

/** One class (record, closure) of the program in preorder of the hierarchy. */
export interface LowClass {
  readonly struct: Struct;
  readonly vtable: LowStruct;
  readonly base: LowClass | null;
  readonly subclasses: readonly LowClass[];
}

export interface LowProgram {
  /** (argv: list of strings) -> exit code; wraps the user's entry, called by the C runtime's main. */
  readonly entry: LowFunction;
  /** Every function reachable from the entry, in a stable order. Later passes may add and remove. */
  readonly functions: Set<LowFunction>;
  readonly classes: readonly LowClass[];
  /** Prebuilt exception objects and classes the runtime raises by name (`StackOverflowError`, `OutOfMemoryError`, …). */
  readonly systemErrors: ReadonlyMap<string, LowStruct>;
  /** Prints an uncaught exception's text; called by the C runtime with the object: (exception) -> void. */
  readonly printUncaught: LowFunction | null;
  readonly wordBits: 32 | 64;
  /** The functions that were requested for later stages (the collector's entry points), in the order of the requests. */
  readonly requested: readonly LowFunction[];
}

/** The graph of a function that must have one. */
export function graphOf(f: LowFunction): FunctionGraph {
  if (f.graph === null) throw new Error(`${f.name} has no graph`);
  return f.graph;
}
