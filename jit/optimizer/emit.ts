/**
 * The end of the chain: appends operations to the new trace. Operands that are still virtual are allocated here, guards
 * get their resume data here.
 */

import { CallDescr, GuardDescr } from "../format/descr.ts";
import { CALL, GUARD, GUARD_EXCEPTION, GUARD_NO_EXCEPTION, hasFlag } from "../format/traceops.ts";
import type { Op } from "../format/values.ts";
import { exportKnowledge } from "./knowledge.ts";
import { Pass } from "./pass.ts";

export class EmitPass extends Pass {
  override process(op: Op): void {
    const args = op.args;
    for (let i = 0; i < args.length; i++) args[i] = this.opt.force(args[i]);
    if (hasFlag(op.opnum, GUARD)) this.#encode(op);
    else if (hasFlag(op.opnum, CALL)) this.#noteCall(op);
    this.opt.out.push(op);
  }

  #noteCall(op: Op): void {
    const descr = op.descr;
    this.opt.callRemoved = false;
    if (!(descr instanceof CallDescr) || descr.effect.canRaise) this.opt.exceptionPossible = true;
  }

  #encode(guard: Op): void {
    const opt = this.opt;
    if (guard.opnum === GUARD_NO_EXCEPTION || guard.opnum === GUARD_EXCEPTION) opt.exceptionPossible = false;
    opt.env.encoder.encode(guard, opt, opt.heap.pendingStores());
    const descr = guard.descr;
    const failArgs = guard.failArgs;
    if (descr instanceof GuardDescr && failArgs !== null) descr.knowledge = exportKnowledge(opt, failArgs);
  }
}
