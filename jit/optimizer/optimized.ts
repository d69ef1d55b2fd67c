/** What the optimizer gives back. */
import type { TargetToken } from "../format/descr.ts";
import type { Trace } from "../format/values.ts";
import type { QuasiDependency } from "./environment.ts";

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
