/** The optimizer's entry points besides `optimizeLoop` (unroll.ts); the README tells how they are used. */
import type { GuardKnowledge, LoopToken, TargetToken } from "../format/descr.ts";
import { JUMP } from "../format/traceops.ts";
import { Trace } from "../format/values.ts";
import { removeDead } from "./dead.ts";
import type { OptimizeEnv } from "./environment.ts";
import { importKnowledge, Knowledge } from "./knowledge.ts";
import { Optimized } from "./optimized.ts";
import { Optimizer } from "./optimizer.ts";
import { closeToLoop, startInputs } from "./unroll.ts";

/** A straight trace: ends in finish, or in a jump whose descr is set. */
export function optimizeTrace(trace: Trace, env: OptimizeEnv): Optimized {
  const opt = new Optimizer(env);
  startInputs(trace);
  opt.run(trace.ops, 0, trace.ops.length);
  return finished(trace, opt, targetOf(trace));
}

/**
 * A trace that begins at a guard's exit (or, without knowledge, anywhere) and ends in a jump to the merge point of a
 * loop with labels, or in a finish. `knowledge` is the guard's; the inputs stand for its failArgs, in order.
 */
export function optimizeBridge(
  trace: Trace,
  loop: LoopToken,
  knowledge: GuardKnowledge | null,
  env: OptimizeEnv,
): Optimized {
  const opt = new Optimizer(env);
  opt.exceptionPossible = true;
  startInputs(trace);
  if (knowledge instanceof Knowledge) importKnowledge(opt, knowledge, trace.inputs);
  const last = trace.ops[trace.ops.length - 1];
  if (last.opnum !== JUMP) {
    opt.run(trace.ops, 0, trace.ops.length);
    return finished(trace, opt, null);
  }
  opt.run(trace.ops, 0, trace.ops.length - 1);
  return finished(trace, opt, closeToLoop(opt, last, loop));
}

function finished(trace: Trace, opt: Optimizer, target: TargetToken | null): Optimized {
  return new Optimized(new Trace(trace.inputs, removeDead(opt.out)), opt.dependencies, target);
}

function targetOf(trace: Trace): TargetToken | null {
  const last = trace.ops[trace.ops.length - 1];
  return last.opnum === JUMP ? (last.descr as TargetToken | null) : null;
}
