/**
 * From a recorded trace to compiled code: closes it, has it optimized, gives it to the backend, and notes it in warm
 * state.
 *
 * A loop's code begins where the interpreter enters it, with the reds only. Where there is a virtualizable, its fields
 * are read first and a jump to the label `start` brings them in; everything that jumps to the loop from compiled code
 * brings them itself.
 */
import { logPrint, logStart, logStop, logWanted } from "../../rlib/log.ts";
import type { int } from "../../rlib/types.ts";
import { type ArrayDescr, type FieldDescr, type GuardKnowledge, TargetToken } from "../format/descr.ts";
import type { DriverInfo } from "../format/jitcode.ts";
import { printTrace } from "../format/print.ts";
import * as T from "../format/traceops.ts";
import { Box, ConstInt, InputArg, Op, Trace, type Value } from "../format/values.ts";
import { InvalidLoop, OptimizeEnv } from "../optimizer/environment.ts";
import { optimizeBridge, optimizeTrace } from "../optimizer/optimize.ts";
import type { Optimized } from "../optimizer/optimized.ts";
import { optimizeLoop } from "../optimizer/unroll.ts";
import { inputLike } from "./concrete.ts";
import type { JitContext } from "./context.ts";
import { FINISH_RAISE, FINISH_VOID, finishOfKind } from "./exits.ts";
import { JitLoop } from "./loop.ts";
import { ResumeEncoder, type ResumeGuard } from "./resume.ts";
import { type FrameState, TraceSnapshot } from "./snapshot.ts";
import { AbortReason, clock } from "./stats.ts";
import { withoutOptimizing } from "./straight.ts";
import { TRACE_CLOSED, TRACE_RAISED, TRACE_RETURNED, TRACE_SEGMENTED } from "./tracecalls.ts";
import type { MergeRecord } from "./tracemerge.ts";
import type { Tracer } from "./tracer.ts";
import type { JitCell } from "./warm.ts";

/** What a trace started from, and becomes part of. */
export class TraceOrigin {
  /** The position it is the code of; null for a bridge. */
  readonly cell: JitCell | null;
  /** The guard it goes on from, and the loop that has it; null for a loop. */
  readonly guard: ResumeGuard | null;
  readonly loop: JitLoop | null;

  constructor(cell: JitCell | null, guard: ResumeGuard | null, loop: JitLoop | null) {
    this.cell = cell;
    this.guard = guard;
    this.loop = loop;
  }
}

/** Makes code of a trace that has ended; false if it is of no use. */
export function compileTrace(context: JitContext, tracer: Tracer, origin: TraceOrigin): boolean {
  const { stats } = context;
  if (tracer.watcher.invalidated) {
    stats.aborts[AbortReason.ForcedQuasiImmutable]++;
    return false;
  }
  stats.recordedOps += tracer.ops.length;
  stats.recordedGuards += tracer.guardCount;
  const record = tracer.closedAt;
  if (tracer.state === TRACE_CLOSED && record !== null) return compileLoop(context, tracer, record);
  endTrace(tracer);
  if (tracer.state === TRACE_SEGMENTED) stats.segments++;
  const trace = new Trace(tracer.inputs, tracer.ops);
  const guard = origin.guard;
  if (guard !== null && origin.loop !== null) return compileBridge(context, tracer, trace, guard, origin.loop);
  if (origin.cell !== null) return compileEntry(context, trace, origin.cell, tracer);
  return false;
}

/** The last operations of a trace that does not become a loop. */
function endTrace(tracer: Tracer): void {
  if (tracer.state === TRACE_CLOSED) {
    const jump = new Op(T.JUMP, tracer.closedValues, null);
    jump.snapshot = tracer.closedSnapshot;
    tracer.ops.push(jump);
    return;
  }
  if (tracer.state === TRACE_RAISED) {
    const exception = tracer.result;
    tracer.ops.push(new Op(T.FINISH, exception === null ? [] : [exception], FINISH_RAISE));
    return;
  }
  if (tracer.state !== TRACE_RETURNED) {
    tracer.ops.push(new Op(T.FINISH, [], FINISH_VOID));
    return;
  }
  const kind = tracer.resultKind;
  const flag = tracer.flag;
  if (flag !== null) tracer.ops.push(new Op(T.STORE_FLAG, [flag], null));
  const result = tracer.result;
  tracer.ops.push(new Op(T.FINISH, kind === T.KIND_VOID || result === null ? [] : [result], finishOfKind(kind)));
}

/** A loop from a merge point that the trace passed to its end. */
function compileLoop(context: JitContext, tracer: Tracer, record: MergeRecord): boolean {
  const { cell } = record;
  const number = context.nextNumber();
  const loop = new JitLoop(`loop${number}`, number, cell.driver, false);
  loop.width = record.values.length;
  const jump = new Op(T.JUMP, tracer.closedValues, null);
  jump.snapshot = tracer.closedSnapshot;
  tracer.ops.push(jump);
  const trace =
    record.position === 0 && isInputs(record) ? new Trace(tracer.inputs, tracer.ops) : cutTrace(tracer, record);
  const encoder = new ResumeEncoder(`g${number}_`);
  const optimized = optimize(context, trace, encoder, new LoopWork(loop, context.params.peel !== 0));
  if (optimized === null) return false;
  finishLoop(context, tracer, loop, optimized, encoder, cell);
  context.stats.loops++;
  return true;
}

/** One way to optimize a trace. */
abstract class Work {
  abstract run(trace: Trace, env: OptimizeEnv): Optimized;
  /** The same without optimizing. */
  abstract runStraight(trace: Trace, env: OptimizeEnv): Optimized;
}

/** A loop: peeled, or in one piece. */
class LoopWork extends Work {
  readonly #loop: JitLoop;
  readonly #peel: boolean;

  constructor(loop: JitLoop, peel: boolean) {
    super();
    this.#loop = loop;
    this.#peel = peel;
  }

  override run(trace: Trace, env: OptimizeEnv): Optimized {
    if (this.#peel) return optimizeLoop(trace, this.#loop, env);
    jumpOf(trace).descr = addStart(this.#loop);
    return withLabel(this.#loop, optimizeTrace(trace, env));
  }

  override runStraight(trace: Trace, env: OptimizeEnv): Optimized {
    jumpOf(trace).descr = addStart(this.#loop);
    return withLabel(this.#loop, withoutOptimizing(trace, env));
  }
}

/** A trace that ends in a jump to a loop, or in a finish: a bridge, or a way into a loop that gets a label itself. */
class StraightWork extends Work {
  readonly #entry: JitLoop | null;
  readonly #to: JitLoop | null;
  readonly #knowledge: GuardKnowledge | null;

  constructor(entry: JitLoop | null, to: JitLoop | null, knowledge: GuardKnowledge | null) {
    super();
    this.#entry = entry;
    this.#to = to;
    this.#knowledge = knowledge;
  }

  override run(trace: Trace, env: OptimizeEnv): Optimized {
    const to = this.#to;
    const optimized = to === null ? optimizeTrace(trace, env) : optimizeBridge(trace, to, this.#knowledge, env);
    return this.#labelled(optimized);
  }

  override runStraight(trace: Trace, env: OptimizeEnv): Optimized {
    const to = this.#to;
    const jump = jumpOf(trace);
    if (to !== null && jump.opnum === T.JUMP) jump.descr = to.targets[0];
    return this.#labelled(withoutOptimizing(trace, env));
  }

  #labelled(optimized: Optimized): Optimized {
    const entry = this.#entry;
    if (entry === null) return optimized;
    addStart(entry);
    return withLabel(entry, optimized);
  }
}

/** The label at the start of a loop's trace. */
function addStart(loop: JitLoop): TargetToken {
  const start = new TargetToken(`${loop.name}_start`, loop);
  loop.targets.push(start);
  return start;
}

function withLabel(loop: JitLoop, optimized: Optimized): Optimized {
  const { trace } = optimized;
  trace.ops.unshift(new Op(T.LABEL, trace.inputs.slice(), loop.targets[0]));
  return optimized;
}

function jumpOf(trace: Trace): Op {
  return trace.ops[trace.ops.length - 1];
}

function isInputs(record: MergeRecord): boolean {
  return record.values.length === 0 || record.values[0] instanceof InputArg;
}

/** Code of a function from its start, or a way into a loop. */
function compileEntry(context: JitContext, trace: Trace, cell: JitCell, tracer: Tracer): boolean {
  const number = context.nextNumber();
  const loop = new JitLoop(`entry${number}`, number, cell.driver, false);
  loop.width = trace.inputs.length;
  const encoder = new ResumeEncoder(`g${number}_`);
  const optimized = optimize(context, trace, encoder, new StraightWork(loop, tracer.closedTo, null));
  if (optimized === null) return false;
  finishLoop(context, tracer, loop, optimized, encoder, cell);
  if (tracer.state === TRACE_CLOSED) context.stats.loops++;
  else context.stats.entries++;
  return true;
}

function finishLoop(
  context: JitContext,
  tracer: Tracer,
  loop: JitLoop,
  optimized: Optimized,
  encoder: ResumeEncoder,
  cell: JitCell,
): void {
  const trace = withEntry(optimized.trace, tracer, loop.driver, loop.targets[0]);
  for (const guard of encoder.guards) guard.loop = loop;
  countOps(context, trace, encoder);
  logTrace("jit-log-opt-loop", loop.name, trace);
  const begin = clock();
  logStart("jit-backend");
  context.cpu.compileLoop(loop, trace);
  logStop("jit-backend");
  context.stats.backendTime += clock() - begin;
  context.depend(loop, optimized.dependencies);
  const old = cell.loop ?? cell.stale;
  cell.loop = loop;
  cell.stale = null;
  loop.cell = cell;
  if (old !== null) context.cpu.redirect(old, loop);
  context.compiled(loop.name, trace);
}

function compileBridge(context: JitContext, tracer: Tracer, trace: Trace, guard: ResumeGuard, loop: JitLoop): boolean {
  const number = context.nextNumber();
  const encoder = new ResumeEncoder(`g${number}_`);
  const work = new StraightWork(null, tracer.closedTo ?? loop, guard.knowledge);
  const optimized = optimize(context, trace, encoder, work);
  if (optimized === null) return false;
  for (const descr of encoder.guards) descr.loop = loop;
  countOps(context, optimized.trace, encoder);
  logTrace("jit-log-opt-bridge", `bridge${number} of ${guard.name}`, optimized.trace);
  const begin = clock();
  logStart("jit-backend");
  context.cpu.compileBridge(loop, guard, optimized.trace);
  logStop("jit-backend");
  context.stats.backendTime += clock() - begin;
  context.depend(loop, optimized.dependencies);
  context.stats.bridges++;
  loop.bridges++;
  context.compiled(`bridge${number}`, optimized.trace);
  return true;
}

function optimize(context: JitContext, trace: Trace, encoder: ResumeEncoder, work: Work): Optimized | null {
  const env = new OptimizeEnv(context.cpu, encoder, context.cpu.wordBits);
  env.hasConcrete = true;
  const begin = clock();
  logStart("jit-optimize");
  let optimized: Optimized | null = null;
  try {
    optimized = context.params.optimize === 0 ? work.runStraight(trace, env) : work.run(trace, env);
  } catch (e) {
    if (!(e instanceof InvalidLoop)) throw e;
    context.stats.aborts[AbortReason.BadLoop]++;
  }
  logStop("jit-optimize");
  context.stats.optimizeTime += clock() - begin;
  return optimized;
}

function countOps(context: JitContext, trace: Trace, encoder: ResumeEncoder): void {
  const { stats, params } = context;
  // The end of a segment is left each time: its bridge is not waited for.
  for (const guard of encoder.guards) if (guard.opnum === T.GUARD_ALWAYS_FAILS) guard.failures = params.traceEagerness;
  stats.optimizedOps += trace.ops.length;
  stats.optimizedGuards += encoder.guards.length;
  stats.resumeBytes += encoder.bytes;
}

function logTrace(section: string, name: string, trace: Trace): void {
  if (!logWanted(section)) return;
  logStart(section);
  logPrint(`# ${name}, ${trace.ops.length} operations`);
  logPrint(printTrace(trace));
  logStop(section);
}

/** Puts the reading of a virtualizable's fields in front of a trace, which begins with the label `start`. */
function withEntry(trace: Trace, tracer: Tracer, driver: DriverInfo, start: TargetToken): Trace {
  const info = driver.virtualizableInfo;
  // A trace that wrote its virtualizable back does not hold it.
  if (info === null || trace.inputs.length === driver.reds.length) return trace;
  const inputs: InputArg[] = [];
  const values: Value[] = [];
  const ops: Op[] = [];
  for (let i = 0; i < driver.reds.length; i++) {
    const input = inputLike(trace.inputs[i]);
    inputs.push(input);
    values.push(input);
  }
  const object = values[driver.virtualizable];
  for (const descr of info.fields) {
    values.push(load(ops, T.GETFIELD_GC_I, (descr as FieldDescr).kind, [object], descr as FieldDescr));
  }
  for (let i = 0; i < info.arrays.length; i++) {
    const descr = info.arrays[i] as ArrayDescr;
    const array = load(ops, T.GETFIELD_GC_I, T.KIND_REF, [object], info.arrayFields[i] as FieldDescr);
    for (let index = 0; index < tracer.arrayLengthOf(i); index++) {
      values.push(load(ops, T.GETARRAYITEM_GC_I, descr.kind, [array, new ConstInt(index)], descr));
    }
  }
  ops.push(new Op(T.JUMP, values, start));
  for (const op of trace.ops) ops.push(op);
  return new Trace(inputs, ops);
}

function load(ops: Op[], family: int, kind: int, args: Value[], descr: FieldDescr | ArrayDescr): Op {
  const op = new Op(T.opForKind(family, kind), args, descr);
  ops.push(op);
  return op;
}

/**
 * The trace from a merge point on, with inputs of its own in place of the boxes that the merge point had. What stands
 * before it is left out: it was run, and whoever comes there again finds the loop.
 */
function cutTrace(tracer: Tracer, record: MergeRecord): Trace {
  const inputs: InputArg[] = [];
  for (const value of record.values) {
    const input = inputLike(value);
    if (value instanceof Box) value.number = inputs.length;
    inputs.push(input);
  }
  const seen = new Set<FrameState>();
  const ops: Op[] = [];
  for (let i = record.position; i < tracer.ops.length; i++) {
    const op = tracer.ops[i];
    exchange(op.args, inputs);
    const snapshot = op.snapshot;
    if (snapshot instanceof TraceSnapshot) op.snapshot = exchangeSnapshot(snapshot, inputs, seen);
    ops.push(op);
  }
  for (const value of record.values) if (value instanceof Box) value.number = -1;
  return new Trace(inputs, ops);
}

function exchange(values: Value[], inputs: readonly InputArg[]): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value instanceof Box && value.number >= 0) values[i] = inputs[value.number];
  }
}

function exchangeSnapshot(snapshot: TraceSnapshot, inputs: readonly InputArg[], seen: Set<FrameState>): TraceSnapshot {
  for (let frame: FrameState | null = snapshot.frame; frame !== null && !seen.has(frame); frame = frame.caller) {
    seen.add(frame);
    exchange(frame.values, inputs);
  }
  const virtualizable = snapshot.virtualizable.slice();
  exchange(virtualizable, inputs);
  return new TraceSnapshot(snapshot.frame, snapshot.next, virtualizable);
}
