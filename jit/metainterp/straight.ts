/**
 * Traces as they were recorded, made fit for a backend without optimizing: the reference that optimized traces are
 * compared with (parameter `optimize=0`).
 */
import { type FieldDescr, TargetToken } from "../format/descr.ts";
import * as T from "../format/traceops.ts";
import { ConstRef, type Op, Trace, type Value } from "../format/values.ts";
import { type GuardEncoder, type OptimizeEnv, QuasiDependency, TraceState } from "../optimizer/environment.ts";
import type { VirtualInfo } from "../optimizer/info.ts";
import { Optimized } from "../optimizer/optimized.ts";

/** Values are what they were recorded as. */
class AsRecorded extends TraceState {
  override resolve(value: Value): Value {
    return value;
  }

  override virtualOf(_value: Value): VirtualInfo | null {
    return null;
  }
}

/** Encodes the guards of a trace; nothing else changes. */
export function withoutOptimizing(trace: Trace, env: OptimizeEnv): Optimized {
  const state = new AsRecorded();
  const ops: Op[] = [];
  const dependencies: QuasiDependency[] = [];
  for (const op of trace.ops) {
    if (op.opnum === T.QUASIIMMUT_FIELD) {
      const object = op.args[0];
      if (object instanceof ConstRef && object.value !== null) {
        dependencies.push(new QuasiDependency(object.value, op.descr as FieldDescr));
      }
      continue;
    }
    if (T.isGuard(op.opnum)) encodeOnce(env.encoder, op, state);
    ops.push(op);
  }
  const last = ops[ops.length - 1];
  const target = last.opnum === T.JUMP && last.descr instanceof TargetToken ? last.descr : null;
  return new Optimized(new Trace(trace.inputs, ops), dependencies, target);
}

function encodeOnce(encoder: GuardEncoder, guard: Op, state: TraceState): void {
  if (guard.descr === null) encoder.encode(guard, state, []);
}
