/**
 * From annotated graphs to a low-level program: the stage as a whole.
 */
import type { AnnotationResult } from "../annotator/result.ts";
import { someOfLowType } from "../annotator/scalars.ts";
import "./lowerings.ts";
import { simplifyGraph } from "../translator/flow/simplify.ts";
import { makeEntry } from "./entry.ts";
import { systemErrors } from "./errors.ts";
import type { LowContainer } from "./lltype/memory.ts";
import { opInfo } from "./lltype/ops/index.ts";
import type { LowProgram } from "./lltype/program.ts";
import { findReachable } from "./lltype/reach.ts";
import type { LowType } from "./lltype/types.ts";
import { ProgramTyper } from "./typer.ts";

/** A run-time helper that a later stage will call, with the low-level types of its arguments. */
export interface HelperRequest {
  readonly f: (...args: never[]) => unknown;
  readonly args: readonly LowType[];
}

export interface RtypeOptions {
  readonly wordBits: 32 | 64;
  /** Keep assertions and verify every graph. */
  readonly lldebug: boolean;
  /** The program gets a JIT: keep its hints. */
  readonly jit?: boolean;
  /**
   * Functions of the collector (and whatever else joins the program later). They are typed together and before anything
   * is lowered, because they share module-level variables: a later one may widen the type of an earlier one's variable.
   */
  readonly requests: readonly HelperRequest[];
}

export function rtype(annotation: AnnotationResult, options: RtypeOptions): LowProgram {
  const typer = new ProgramTyper(annotation, options);
  const entry = makeEntry(typer);
  const errors = systemErrors(typer);
  const specialized = typer.helpers(
    options.requests.map(({ f, args }) => ({ helper: f, args: args.map(someOfLowType) })),
  );
  const requested = specialized.map((helper) => helper.lowered);
  typer.lowerAll();
  typer.finish();
  const roots: LowContainer[] = [entry.main, entry.printUncaught, ...errors.values(), ...requested];
  for (const f of typer.lowFunctions) if (f.graph !== null) simplifyGraph(f.graph, { canRemove: isRemovable });
  const { functions } = findReachable(roots);
  return {
    entry: entry.main,
    functions,
    classes: typer.lowClasses(),
    systemErrors: errors,
    printUncaught: entry.printUncaught,
    wordBits: options.wordBits,
    requested,
  };
}

function isRemovable(op: { readonly opname: string }): boolean {
  const { effect } = opInfo(op.opname);
  return effect === "pure" || effect === "read" || effect === "alloc";
}
