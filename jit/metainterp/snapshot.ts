/**
 * What a guard resumes from, as recorded: for each frame the position of a `live` instruction and the values of the
 * registers that it names, innermost frame first; and the virtualizable with the values of its fields.
 *
 * While a callee runs its callers do not change, so snapshots of one call share the states of the callers. The values
 * of the virtualizable are shared until the tracer assigns one (`VirtualizableState` copies then).
 */
import type { int } from "../../rlib/types.ts";
import type { JitCode } from "../format/jitcode.ts";
import { Snapshot, type Value } from "../format/values.ts";

/** One frame at a `live` instruction. */
export class FrameState {
  readonly jitcode: JitCode;
  /** Position of the `live`. */
  readonly pc: int;
  /** Live registers: ints, references, floats, each ascending. */
  readonly values: Value[];
  readonly caller: FrameState | null;

  constructor(jitcode: JitCode, pc: int, values: Value[], caller: FrameState | null) {
    this.jitcode = jitcode;
    this.pc = pc;
    this.values = values;
    this.caller = caller;
  }
}

export class TraceSnapshot extends Snapshot {
  /** The innermost frame. */
  readonly frame: FrameState;
  /** Where the innermost frame goes on if not at its `live`; -1. The registers are those that the `live` names. */
  readonly next: int;
  /** The virtualizable object, then its fields and items; empty without one. */
  readonly virtualizable: readonly Value[];

  constructor(frame: FrameState, next: int, virtualizable: readonly Value[]) {
    super();
    this.frame = frame;
    this.next = next;
    this.virtualizable = virtualizable;
  }
}
