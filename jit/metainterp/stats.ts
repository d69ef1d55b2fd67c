/**
 * What the JIT did, for the section `jit-summary` of the log and for tests, and why traces were given up: one table of
 * reasons, whose names are what logs and reports print.
 */

import { logPrint, logStart, logStop, logWanted } from "../../rlib/log.ts";
import { now } from "../../rlib/os.ts";
import type { float, int } from "../../rlib/types.ts";

/** Why a trace was given up; the place in `ABORT_REASONS`. */
export const AbortReason = {
  TooLong: 0,
  BadLoop: 1,
  EscapedVirtualizable: 2,
  ForcedQuasiImmutable: 3,
  VirtualRef: 4,
  CallsItself: 5,
  VectorFailed: 6,
  NotPossible: 7,
  OutOfMemory: 8,
} as const;

/** Name of each reason and what an author can do about it. */
export const ABORT_REASONS: readonly (readonly [string, string])[] = [
  ["too-long", "the trace passed trace_limit; the largest contributor is no longer followed"],
  ["bad-loop", "the optimizer proved that a guard always fails"],
  ["escaped-virtualizable", "a called function looked at a frame that lives in registers"],
  ["forced-quasi-immutable", "a quasi-immutable field was written while it was traced"],
  ["virtual-ref", "a virtual reference was forced while it was traced"],
  ["calls-itself", "the function to be traced is being compiled"],
  ["vector-failed", "the loop has no form that can be repeated"],
  ["not-possible", "an operation that traces do not hold"],
  ["out-of-memory", "no memory for machine code"],
];

export class Stats {
  /** Traces begun, and those that became code. */
  tracings: int = 0;
  loops: int = 0;
  bridges: int = 0;
  entries: int = 0;
  segments: int = 0;
  /** Traces given up, by reason. */
  readonly aborts: int[];
  /** Operations recorded, and those left by the optimizer. */
  recordedOps: int = 0;
  recordedGuards: int = 0;
  optimizedOps: int = 0;
  optimizedGuards: int = 0;
  /** Times that execution went on in the blackhole interpreter, and instructions run there. */
  blackholes: int = 0;
  blackholeInstructions: int = 0;
  forcings: int = 0;
  /** Bytes of resume data. */
  resumeBytes: int = 0;
  tracingTime: float = 0.0;
  optimizeTime: float = 0.0;
  backendTime: float = 0.0;

  constructor() {
    const aborts: int[] = [];
    for (let i = 0; i < ABORT_REASONS.length; i++) aborts.push(0);
    this.aborts = aborts;
  }

  totalAborts(): int {
    let sum = 0;
    for (const n of this.aborts) sum += n;
    return sum;
  }

  /** The section `jit-summary`. */
  log(): void {
    if (!logWanted("jit-summary")) return;
    logStart("jit-summary");
    logPrint(`tracing: ${this.tracings} traces, ${this.tracingTime.toFixed(6)} s`);
    logPrint(`optimizing: ${this.optimizeTime.toFixed(6)} s`);
    logPrint(`backend: ${this.backendTime.toFixed(6)} s`);
    logPrint(`loops: ${this.loops}, bridges: ${this.bridges}, function entries: ${this.entries}`);
    logPrint(`recorded: ${this.recordedOps} operations, ${this.recordedGuards} guards`);
    logPrint(`optimized: ${this.optimizedOps} operations, ${this.optimizedGuards} guards`);
    logPrint(`resume data: ${this.resumeBytes} bytes`);
    logPrint(`blackholes: ${this.blackholes}, ${this.blackholeInstructions} instructions`);
    logPrint(`forced virtualizables: ${this.forcings}`);
    logPrint(`aborted: ${this.totalAborts()}, segments: ${this.segments}`);
    for (let i = 0; i < this.aborts.length; i++) {
      const n = this.aborts[i];
      if (n > 0) logPrint(`abort ${ABORT_REASONS[i][0]}: ${n}`);
    }
    logStop("jit-summary");
  }
}

/** Seconds on the clock that the times above are taken from. */
export function clock(): float {
  return now();
}
