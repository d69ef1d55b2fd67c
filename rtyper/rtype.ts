/**
 * From annotated graphs to a low-level program: the stage as a whole.
 */
import type { AnnotationResult } from "../annotator/result.ts";
import "./lowerings.ts";
import { simplifyGraph } from "../translator/flow/simplify.ts";
import { makeEntry } from "./entry.ts";
import { systemErrors } from "./errors.ts";
import type { LowContainer } from "./lltype/memory.ts";
import { opInfo } from "./lltype/ops/index.ts";
import type { LowProgram } from "./lltype/program.ts";
import { findReachable } from "./lltype/reach.ts";
import { ProgramTyper } from "./typer.ts";

export interface RtypeOptions {
  readonly wordBits: 32 | 64;
  /** Keep assertions and verify every graph. */
  readonly lldebug: boolean;
}

export function rtype(annotation: AnnotationResult, options: RtypeOptions): LowProgram {
  const typer = new ProgramTyper(annotation, options);
  const entry = makeEntry(typer);
  const errors = systemErrors(typer);
  typer.lowerAll();
  typer.finish();
  const roots: LowContainer[] = [entry.main, entry.printUncaught, ...errors.values()];
  for (const f of typer.lowFunctions) if (f.graph !== null) simplifyGraph(f.graph, { canRemove: isRemovable });
  const { functions } = findReachable(roots);
  return {
    entry: entry.main,
    functions,
    classes: typer.lowClasses(),
    systemErrors: errors,
    printUncaught: entry.printUncaught,
    wordBits: options.wordBits,
    helper: (f, args) => typer.lateHelper(f, args),
  };
}

function isRemovable(op: { readonly opname: string }): boolean {
  const { effect } = opInfo(op.opname);
  return effect === "pure" || effect === "read" || effect === "alloc";
}
