/**
 * Random traces are run as recorded and as optimized, on the inputs of the recording and on others. A run of the
 * optimized trace that leaves by a guard goes on in the recorded trace at that guard, as the interpreter would. Both
 * must end in the same way with the same values, the same heap, and the same calls on the way.
 */
import fc from "fast-check";
import { it } from "vitest";
import { type GuardDescr, LoopToken } from "../../../jit/format/descr.ts";
import { printTrace } from "../../../jit/format/print.ts";
import * as ops from "../../../jit/format/traceops.ts";
import { Box, ConstInt, type InputArg, Op, type Trace } from "../../../jit/format/values.ts";
import { InvalidLoop, OptimizeEnv } from "../../../jit/optimizer/environment.ts";
import { optimizeBridge, optimizeTrace } from "../../../jit/optimizer/optimize.ts";
import { optimizeLoop } from "../../../jit/optimizer/unroll.ts";
import { TraceTypes } from "../../../jit/text/types.ts";
import { recordBridge } from "./bridge.ts";
import { dump, Machine, type Outcome } from "./executor.ts";
import { ExitEncoder } from "./exits.ts";
import { type Scalar, TestHeap } from "./heap.ts";
import { Choices, DECLARATIONS, INTS, makeCallees, makeInputs, Recorder, RecordingEnds } from "./random.ts";

const BITS = 8;

interface Setting {
  readonly types: TraceTypes;
  readonly env: OptimizeEnv;
}

function setUp(): Setting {
  const types = new TraceTypes().declare(DECLARATIONS);
  const heap = new TestHeap();
  heap.structs = [...types.structs.values()];
  const machine = new Machine(BITS, new Map());
  heap.callees.set("pure", makeCallees(() => machine, []).get("pure")!);
  return { types, env: new OptimizeEnv(heap, new ExitEncoder(), BITS) };
}

/** A machine and the log of its calls. */
function newMachine(): { machine: Machine; log: string[] } {
  const log: string[] = [];
  const machine: Machine = new Machine(
    BITS,
    makeCallees(() => machine, log),
  );
  return { machine, log };
}

/** How a run of recorded operations ended, and all that can be seen afterwards. */
function describeEnd(
  trace: Trace,
  machine: Machine,
  outcome: Outcome,
  inputs: readonly Scalar[],
  log: string[],
): string {
  // A check stops the program: no one sees the heap afterwards.
  if (outcome.kind === "stop") return `stop ${log.join("; ")}`;
  const op = trace.ops[outcome.at]!;
  const values = outcome.kind === "exit" ? (op.failArgs ?? []).map((v) => machine.get(v)) : outcome.values;
  return `${outcome.kind} ${outcome.at} raised ${machine.raised} | ${dump([...values, ...inputs])} | ${log.join("; ")}`;
}

/** Runs recorded operations, following the jump at the end back to the start; one guard may be as if it held. */
function runRecorded(trace: Trace, machine: Machine, from: number, ignored = -1): Outcome {
  let at = from;
  for (;;) {
    const outcome = machine.run(trace.ops, at);
    if (outcome.kind === "exit" && outcome.at === ignored) {
      at = ignored + 1;
      continue;
    }
    if (outcome.kind !== "jump") return outcome;
    machine.values.clear();
    for (const [i, input] of trace.inputs.entries()) machine.values.set(input, outcome.values[i]!);
    at = 0;
  }
}

function bind(machine: Machine, inputs: readonly InputArg[], values: readonly Scalar[]): void {
  for (const [i, input] of inputs.entries()) machine.values.set(input, values[i]!);
}

function expectedEnd(trace: Trace, inputs: readonly Scalar[], ignored = -1): string {
  const { machine, log } = newMachine();
  bind(machine, trace.inputs, inputs);
  return describeEnd(trace, machine, runRecorded(trace, machine, 0, ignored), inputs, log);
}

/** A bridge and the guard that it belongs to. */
interface Bridge {
  readonly guard: Op;
  readonly trace: Trace;
  /** Place in the recorded trace of the guard that is as if it held. */
  readonly ignored: number;
}

/** Runs a loop, and its bridge each time the guard fails. */
function runOptimized(machine: Machine, optimized: Trace, bridge: Bridge | null): { outcome: Outcome; all: Op[] } {
  let outcome = machine.run(optimized.ops);
  while (bridge !== null && outcome.kind === "exit" && optimized.ops[outcome.at] === bridge.guard) {
    const kept = bridge.guard.failArgs!.map((v) => machine.get(v));
    machine.values.clear();
    bind(machine, bridge.trace.inputs, kept);
    const end = machine.run(bridge.trace.ops);
    if (end.kind !== "jump") return { outcome: end, all: bridge.trace.ops };
    const descr = bridge.trace.ops[end.at]!.descr;
    const label = optimized.ops.findIndex((op) => op.opnum === ops.LABEL && op.descr === descr);
    machine.enter(optimized.ops[label]!, end.values);
    outcome = machine.run(optimized.ops, label);
  }
  return { outcome, all: optimized.ops };
}

/** Place in the recorded trace where a guard's exit goes on. */
function resumePlace(trace: Trace, guard: Op): number {
  const name = guard.descr!.name;
  return name === "g" ? trace.ops.length - 1 : Number(name.slice(1));
}

function actualEnd(trace: Trace, optimized: Trace, inputs: readonly Scalar[], bridge: Bridge | null = null): string {
  const { machine, log } = newMachine();
  bind(machine, optimized.inputs, inputs);
  const { outcome, all } = runOptimized(machine, optimized, bridge);
  if (outcome.kind !== "exit") {
    const at = outcome.kind === "stop" ? -1 : trace.ops.length - 1;
    if (at >= 0) return describeEnd(trace, machine, { ...outcome, at }, inputs, log);
    return `stop ${log.join("; ")}`;
  }
  const guard = all[outcome.at]!;
  const values = machine.leave(guard);
  const resumed = newMachine();
  resumed.machine.raised = machine.raised;
  resumed.log.push(...log);
  const at = resumePlace(trace, guard);
  // The recorded guard behind an overflow operation has the values before that operation.
  const kept = guardAt(trace, at);
  for (const [i, box] of kept.entries()) resumed.machine.values.set(box, values[i]!);
  const end = runRecorded(trace, resumed.machine, at, bridge?.ignored);
  return describeEnd(trace, resumed.machine, end, inputs, resumed.log);
}

/** The failArgs recorded for resuming at a place. */
function guardAt(trace: Trace, at: number): Box[] {
  const op = trace.ops[at]!;
  const kept = op.failArgs ?? trace.ops[at + 1]!.failArgs;
  return (kept ?? []) as Box[];
}

const numbers = fc.array(fc.nat(9999), { minLength: 60, maxLength: 400, size: "max" });
const ints = fc.array(fc.integer({ min: -128, max: 127 }), { minLength: INTS, maxLength: INTS });
const others = fc.array(fc.tuple(ints, fc.nat(15)), { minLength: 3, maxLength: 3 });

function record(setting: Setting, choices: number[], given: number[], shape: number): Recorder | null {
  const { machine } = newMachine();
  const recorder = new Recorder(setting.types, machine, new Choices(choices), makeInputs(setting.types, given, shape));
  try {
    recorder.record();
  } catch (e) {
    if (e instanceof RecordingEnds) return null;
    throw e;
  }
  return recorder;
}

function compareAll(
  setting: Setting,
  trace: Trace,
  optimized: Trace,
  runs: readonly (readonly [number[], number])[],
  bridge: Bridge | null = null,
): void {
  for (const [given, shape] of runs) {
    const expected = expectedEnd(trace, makeInputs(setting.types, given, shape), bridge?.ignored);
    let actual: string;
    try {
      actual = actualEnd(trace, optimized, makeInputs(setting.types, given, shape), bridge);
    } catch (e) {
      actual = String(e);
    }
    if (actual === expected) continue;
    const added = bridge === null ? "" : `bridge of ${bridge.guard.descr?.name}:\n${printTrace(bridge.trace)}`;
    const text = `${printTrace(trace)}==>\n${printTrace(optimized)}${added}with ${given} shape ${shape}`;
    throw new Error(`${text}\nexpected ${expected}\nactual   ${actual}\n`);
  }
}

/** Shrinking a trace takes long: it is cut off. */
const limits = { interruptAfterTimeLimit: 120_000, endOnFailure: process.env.RTS_NO_SHRINK === "1" };
const runs = Number(process.env.RTS_RUNS ?? 300);

it("straight traces do the same", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(numbers, ints, fc.nat(15), others, (choices, given, shape, more) => {
      const setting = setUp();
      const recorder = record(setting, choices, given, shape);
      if (recorder === null) return;
      recorder.ops.push(new Op(ops.FINISH, recorder.live, null));
      const trace = recorder.finished();
      const optimized = optimizeTrace(trace, setting.env).trace;
      compareAll(setting, trace, optimized, [[given, shape], ...more]);
    }),
    { numRuns: runs, ...limits },
  );
});

/** Records a loop whose last int input counts iterations, and sets the inputs to a few of them. */
function recordLoop(setting: Setting, choices: number[], inputs: [number[], number][]): Trace | null {
  for (const [values] of inputs) values[INTS - 1] = (values[INTS - 1]! & 3) + 1;
  const recorder = record(setting, choices, ...inputs[0]!);
  if (recorder === null) return null;
  const counter = recorder.inputs.at(-1)!;
  const next = recorder.add(ops.INT_SUB, [counter, new ConstInt(1)]);
  const goesOn = recorder.add(ops.INT_GT, [next, new ConstInt(-3)]);
  recorder.guard(ops.GUARD_TRUE, [goesOn], 0, [...recorder.live, next, goesOn]);
  const jump = new Op(ops.JUMP, [...recorder.jumpArgs().slice(0, -1), next], null);
  jump.failArgs = [...recorder.live, next].filter((v) => v instanceof Box);
  recorder.ops.push(jump);
  return recorder.finished();
}

it("loops do the same", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(numbers, ints, fc.nat(15), others, (choices, given, shape, more) => {
      const setting = setUp();
      const inputs: [number[], number][] = [[given, shape], ...more];
      const trace = recordLoop(setting, choices, inputs);
      if (trace === null) return;
      const optimized = optimizeLoop(trace, new LoopToken("loop"), setting.env).trace;
      compareAll(setting, trace, optimized, inputs);
    }),
    { numRuns: runs, ...limits },
  );
});

/** Guards of int conditions that can be gone past, but for the one that ends the loop. */
function canPass(trace: Trace, guard: Op): boolean {
  if (guard.opnum !== ops.GUARD_TRUE && guard.opnum !== ops.GUARD_FALSE) return false;
  const at = Number(guard.descr!.name.slice(1));
  const condition = trace.ops[at]?.args[0];
  if (at === trace.ops.length - 2 || !(condition instanceof Op)) return false;
  return condition.opnum >= ops.INT_LT && condition.opnum <= ops.INT_IS_ZERO && trace.ops[at]!.failArgs !== null;
}

it("bridges do the same", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(numbers, ints, fc.nat(15), others, fc.nat(99), (choices, given, shape, more, which) => {
      const setting = setUp();
      const inputs: [number[], number][] = [[given, shape], ...more];
      const trace = recordLoop(setting, choices, inputs);
      if (trace === null) return;
      const loop = new LoopToken("loop");
      const optimized = optimizeLoop(trace, loop, setting.env).trace;
      const guards = optimized.ops.filter((op) => ops.isGuard(op.opnum) && canPass(trace, op));
      const guard = guards[which % guards.length];
      if (guard === undefined) return;
      const ignored = resumePlace(trace, guard);
      const recorded = recordBridge(trace, guard, ignored);
      if (recorded === null) return;
      try {
        const made = optimizeBridge(recorded, loop, (guard.descr as GuardDescr).knowledge, setting.env);
        compareAll(setting, trace, optimized, inputs, { guard, trace: made.trace, ignored });
      } catch (e) {
        // What the guard excluded may make a later guard impossible.
        if (!(e instanceof InvalidLoop)) throw e;
      }
    }),
    { numRuns: runs, ...limits },
  );
});
