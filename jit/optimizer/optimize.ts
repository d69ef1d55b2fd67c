/** The optimizer's entry points; the README tells how they are used. */

import type { TargetToken } from "../format/descr.ts";
import { JUMP } from "../format/traceops.ts";
import { type Op, Trace } from "../format/values.ts";
import { removeDead } from "./dead.ts";
import type { OptimizeEnv, QuasiDependency } from "./environment.ts";
import { Optimizer } from "./optimizer.ts";

/** An optimized trace. */
export class Optimized {
  readonly trace: Trace;
  /** Quasi-immutable fields that must not change while the trace is valid. */
  readonly dependencies: readonly QuasiDependency[];
  /** The label that the trace jumps to at its end; null if it ends otherwise. */
  readonly target: TargetToken | null;

  constructor(trace: Trace, dependencies: readonly QuasiDependency[], target: TargetToken | null) {
    this.trace = trace;
    this.dependencies = dependencies;
    this.target = target;
  }
}

/** A straight trace: ends in finish, or in a jump whose descr is set. */
export function optimizeTrace(trace: Trace, env: OptimizeEnv): Optimized {
  const opt = new Optimizer(env);
  startInputs(trace);
  opt.run(trace.ops, 0, trace.ops.length);
  const last = trace.ops[trace.ops.length - 1];
  return new Optimized(new Trace(trace.inputs, removeDead(opt.out)), opt.dependencies, targetOf(last));
}

/** Inputs of which nothing is known. */
export function startInputs(trace: Trace): void {
  for (const input of trace.inputs) {
    input.forwarded = null;
    input.info = null;
  }
}

function targetOf(last: Op): TargetToken | null {
  return last.opnum === JUMP ? (last.descr as TargetToken | null) : null;
}
