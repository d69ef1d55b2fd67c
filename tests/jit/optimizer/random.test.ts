/**
 * Random traces are run as recorded and as optimized, on the inputs of the recording and on others. A run of the
 * optimized trace that leaves by a guard goes on in the recorded trace at that guard, as the interpreter would. Both
 * must end in the same way with the same values, the same heap, and the same calls on the way.
 */
import fc from "fast-check";
import { it } from "vitest";
import { LoopToken } from "../../../jit/format/descr.ts";
import { printTrace } from "../../../jit/format/print.ts";
import * as ops from "../../../jit/format/traceops.ts";
import { Box, ConstInt, type InputArg, Op, type Trace } from "../../../jit/format/values.ts";
import { OptimizeEnv } from "../../../jit/optimizer/environment.ts";
import { optimizeTrace } from "../../../jit/optimizer/optimize.ts";
import { optimizeLoop } from "../../../jit/optimizer/unroll.ts";
import { TraceTypes } from "../../../jit/text/types.ts";
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

/** Runs recorded operations, following the jump at the end back to the start. */
function runRecorded(trace: Trace, machine: Machine, from: number): Outcome {
  let at = from;
  for (;;) {
    const outcome = machine.run(trace.ops, at);
    if (outcome.kind !== "jump") return outcome;
    machine.values.clear();
    for (const [i, input] of trace.inputs.entries()) machine.values.set(input, outcome.values[i]!);
    at = 0;
  }
}

function bind(machine: Machine, inputs: readonly InputArg[], values: readonly Scalar[]): void {
  for (const [i, input] of inputs.entries()) machine.values.set(input, values[i]!);
}

function expectedEnd(trace: Trace, inputs: readonly Scalar[]): string {
  const { machine, log } = newMachine();
  bind(machine, trace.inputs, inputs);
  return describeEnd(trace, machine, runRecorded(trace, machine, 0), inputs, log);
}

/** Place in the recorded trace where a guard's exit goes on. */
function resumePlace(trace: Trace, guard: Op): number {
  const name = guard.descr!.name;
  return name === "g" ? trace.ops.length - 1 : Number(name.slice(1));
}

function actualEnd(trace: Trace, optimized: Trace, inputs: readonly Scalar[]): string {
  const { machine, log } = newMachine();
  bind(machine, optimized.inputs, inputs);
  const outcome = machine.run(optimized.ops);
  if (outcome.kind !== "exit") {
    const at = outcome.kind === "stop" ? -1 : trace.ops.length - 1;
    if (at >= 0) return describeEnd(trace, machine, { ...outcome, at }, inputs, log);
    return `stop ${log.join("; ")}`;
  }
  const guard = optimized.ops[outcome.at]!;
  const values = machine.leave(guard);
  const resumed = newMachine();
  resumed.machine.raised = machine.raised;
  resumed.log.push(...log);
  const at = resumePlace(trace, guard);
  // The recorded guard behind an overflow operation has the values before that operation.
  const kept = guardAt(trace, at);
  for (const [i, box] of kept.entries()) resumed.machine.values.set(box, values[i]!);
  const end = runRecorded(trace, resumed.machine, at);
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
): void {
  for (const [given, shape] of runs) {
    const expected = expectedEnd(trace, makeInputs(setting.types, given, shape));
    let actual: string;
    try {
      actual = actualEnd(trace, optimized, makeInputs(setting.types, given, shape));
    } catch (e) {
      actual = String(e);
    }
    if (actual === expected) continue;
    const text = `${printTrace(trace)}==>\n${printTrace(optimized)}with ${given} shape ${shape}`;
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

it("loops do the same", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(numbers, ints, fc.nat(15), others, (choices, given, shape, more) => {
      const setting = setUp();
      const inputs: [number[], number][] = [[given, shape], ...more];
      // The last int counts iterations.
      for (const [values] of inputs) values[INTS - 1] = (values[INTS - 1]! & 3) + 1;
      const recorder = record(setting, choices, given, shape);
      if (recorder === null) return;
      const counter = recorder.inputs.at(-1)!;
      const next = recorder.add(ops.INT_SUB, [counter, new ConstInt(1)]);
      const goesOn = recorder.add(ops.INT_GT, [next, new ConstInt(-3)]);
      recorder.guard(ops.GUARD_TRUE, [goesOn], 0, [...recorder.live, next, goesOn]);
      const jump = new Op(ops.JUMP, [...recorder.jumpArgs().slice(0, -1), next], null);
      jump.failArgs = [...recorder.live, next].filter((v) => v instanceof Box);
      recorder.ops.push(jump);
      const trace = recorder.finished();
      const optimized = optimizeLoop(trace, new LoopToken("loop"), setting.env).trace;
      compareAll(setting, trace, optimized, inputs);
    }),
    { numRuns: runs, ...limits },
  );
});
