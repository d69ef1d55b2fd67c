/**
 * One optimization in the forward pass. An operation goes through the passes in order; each may hand it on (`next`),
 * drop it, replace its result by a value (`opt.replace`), or send other operations in its place (`opt.send`). When
 * `process` returns, the operation has come to its end: emitted, or its result replaced.
 */
import type { Op } from "../format/values.ts";
import type { Optimizer } from "./optimizer.ts";

/** What is known of the overflow operation just processed, for the guard that follows it. */
export const OVERFLOW_OPEN = 0;
export const OVERFLOW_NEVER = 1;
export const OVERFLOW_ALWAYS = 2;

export abstract class Pass {
  readonly opt: Optimizer;
  readonly next: Pass | null;

  constructor(opt: Optimizer, next: Pass | null) {
    this.opt = opt;
    this.next = next;
  }

  abstract process(op: Op): void;

  /** Hands the operation on. */
  protected pass(op: Op): void {
    const next = this.next;
    if (next !== null) next.process(op);
  }
}
