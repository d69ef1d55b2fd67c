/**
 * `rtypescript/testing`: what the JIT makes of an interpreter, for the tests of the interpreter's author.
 *
 *     const result = metaInterp(run, [1000]);
 *     expectLoop(result, { int_add: 1, int_lt: 1, guard_true: 1, jump: 1 });
 *
 * `metaInterp` annotates and lowers the function with what it calls, makes jitcodes of the portals that it reaches, and
 * runs it on Node with the JIT: traces are recorded, optimized and run on the graph backend. No native code is made.
 */
import { annotate } from "../annotator/annotate.ts";
import type { int } from "../rlib/types.ts";
import { Machine, RaisedException } from "../rtyper/llinterp/machine.ts";
import { Layout } from "../rtyper/lltype/layout.ts";
import { LowStruct, type LowValue } from "../rtyper/lltype/memory.ts";
import type { LowProgram } from "../rtyper/lltype/program.ts";
import { Bool, Float, type LowType, ptrTo, Signed, STRING } from "../rtyper/lltype/types.ts";
import { rtype } from "../rtyper/rtype.ts";
import { DiagnosticCollector } from "../translator/diagnostics/report.ts";
import { FlowBuilder } from "../translator/flow/build/index.ts";
import { LoadedProgram } from "../translator/load/program.ts";
import { foldConstants } from "../translator/optimize/constfold.ts";
import { removeDeadCode } from "../translator/optimize/deadcode.ts";
import { removeAllocations } from "../translator/optimize/mallocs.ts";
import { Codewriter } from "./codewriter/codewriter.ts";
import { splitPortals } from "./codewriter/portal.ts";
import type { GraphPasses } from "./codewriter/prepare.ts";
import { printTrace } from "./format/print.ts";
import { DEBUG_MERGE_POINT, LABEL, traceOpInfo } from "./format/traceops.ts";
import type { Trace } from "./format/values.ts";
import { TraceObserver } from "./metainterp/context.ts";
import { idle } from "./metainterp/idle.ts";
import { setParameter } from "./metainterp/params.ts";
import type { Stats } from "./metainterp/stats.ts";
import { JitInterpreter } from "./testing/interpreter.ts";

/** What a function may be called with: ints (`number` by default), floats, strings, booleans. */
export type Argument = number | string | boolean | Float64;

/** A number that is a float although its value is integral. */
export class Float64 {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A trace that became code. */
export interface CompiledTrace {
  /** `loop1`, `entry2`, `bridge3`. */
  readonly name: string;
  readonly trace: Trace;
  readonly text: string;
}

export interface MetaResult {
  /** What the function returned. */
  readonly result: unknown;
  /** Loops, function entries and bridges in the order in which they were compiled. */
  readonly traces: readonly CompiledTrace[];
  readonly stats: Stats;
}

/** Parameters of the JIT by name; thresholds are low unless given. */
export type MetaOptions = Readonly<Record<string, int>>;

const DEFAULTS: MetaOptions = { threshold: 4, function_threshold: 8, trace_eagerness: 3 };

/** The word of Node's own ints. */
const BITS = 53;

type LiveFunction = (...args: never[]) => unknown;

/** A function lowered for `metaInterp`; lowering is what takes time, so that a test may keep it. */
export class MetaProgram {
  readonly program: LowProgram;
  readonly #codewriter: Codewriter;
  readonly #types: readonly LowType[];

  constructor(f: LiveFunction, types: readonly LowType[]) {
    this.#types = types;
    this.program = lower(f, types);
    const passes = graphPasses();
    const portals = splitPortals(this.program.functions, (graph) => {
      passes.removeAllocations(graph);
      passes.removeDeadCode(graph);
    });
    const layout = new Layout({ wordBytes: 8, typePointer: true });
    this.#codewriter = new Codewriter(this.program, portals, { wordBits: BITS, layout, passes });
  }

  /** Runs the function with the JIT. Each run starts cold. */
  run(args: readonly Argument[], options: MetaOptions = {}): MetaResult {
    const stackOverflowError = this.program.systemErrors.get("StackOverflowError") ?? null;
    const machine = new Machine({ wordBits: BITS, stackOverflowError });
    machine.registerClasses(this.program.classes.map((c) => c.struct));
    const interpreter = new JitInterpreter(machine, this.#codewriter);
    const { context } = interpreter.jit;
    for (const [name, value] of Object.entries({ ...DEFAULTS, ...options })) {
      if (!setParameter(context.params, name, value)) throw new Error(`the JIT has no parameter ${name}`);
    }
    const traces: CompiledTrace[] = [];
    context.observer = new TraceCollector(traces);
    const f = this.program.requested[0];
    if (f === undefined) throw new Error("the function was not lowered");
    const low = args.map((arg, i) => toLow(arg, this.#types[i] as LowType));
    const result = fromLow(
      callUncaught(interpreter, () => interpreter.call(f, low)),
      f.type.result,
    );
    return { result, traces, stats: context.stats };
  }
}

/** Keeps all traces that become code. */
export class TraceCollector extends TraceObserver {
  readonly #traces: CompiledTrace[];

  constructor(traces: CompiledTrace[]) {
    super();
    this.#traces = traces;
  }

  override compiled(name: string, trace: Trace): void {
    this.#traces.push({ name, trace, text: printTrace(trace) });
  }
}

/** Runs a function with the JIT. Integral numbers are ints; wrap one in Float64 to pass it as float. */
export function metaInterp(f: LiveFunction, args: readonly Argument[], options: MetaOptions = {}): MetaResult {
  return new MetaProgram(f, args.map(typeOfArgument)).run(args, options);
}

function graphPasses(): GraphPasses {
  return {
    foldConstants: (graph) => void foldConstants(graph, BITS),
    removeAllocations: (graph) => void removeAllocations(graph),
    removeDeadCode: (graph) => void removeDeadCode(graph),
  };
}

function lower(f: LiveFunction, types: readonly LowType[]): LowProgram {
  const loaded = new LoadedProgram();
  const diagnostics = new DiagnosticCollector();
  const builder = new FlowBuilder(loaded, diagnostics);
  const annotation = annotate(idle, builder, loaded, { wordBits: 64, checkUncalled: false });
  const program = rtype(annotation, { wordBits: 64, lldebug: true, jit: true, requests: [{ f, args: types }] });
  for (const diagnostic of annotation.diagnostics) diagnostics.add(diagnostic);
  if (diagnostics.hasErrors) throw new Error(diagnostics.render());
  return program;
}

/** The low-level type of an argument. */
export function typeOfArgument(arg: Argument): LowType {
  if (typeof arg === "string") return ptrTo.string;
  if (typeof arg === "boolean") return Bool;
  return arg instanceof Float64 || !Number.isInteger(arg) ? Float : Signed;
}

function toLow(arg: Argument, type: LowType): LowValue {
  if (arg instanceof Float64) return arg.value;
  if (typeof arg === "string") {
    const made = new LowStruct(STRING, arg.length);
    for (let i = 0; i < arg.length; i++) made.setItem(i, arg.charCodeAt(i));
    return made;
  }
  return type === Signed ? BigInt(arg) : arg;
}

function fromLow(value: LowValue, type: LowType): unknown {
  if (type === Signed) return Number(value);
  if (value instanceof LowStruct && value.type === STRING) {
    return String.fromCharCode(...Array.from({ length: value.length }, (_v, i) => value.getItem(i) as number));
  }
  return value;
}

function callUncaught(interpreter: JitInterpreter, run: () => LowValue): LowValue {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RaisedException)) throw error;
    const { type } = error.value;
    void interpreter;
    throw new Error(`the program threw ${type.name}`);
  }
}

/** Operations of a trace by name: of its last segment, the loop itself, without labels and positions. */
export function countOperations(trace: Trace): Record<string, int> {
  const counts: Record<string, int> = {};
  const last = trace.ops.findLastIndex((op) => op.opnum === LABEL);
  for (const op of trace.ops.slice(last + 1)) {
    if (op.opnum === DEBUG_MERGE_POINT) continue;
    const { name } = traceOpInfo(op.opnum);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The only loop (or the named trace) has exactly these operations. */
export function expectLoop(result: MetaResult, wanted: Readonly<Record<string, int>>, name?: string): void {
  const loops = result.traces.filter((t) => (name === undefined ? t.name.startsWith("loop") : t.name === name));
  const [loop] = loops;
  if (loop === undefined || loops.length !== 1) {
    const names = result.traces.map((t) => t.name).join(", ");
    throw new Error(`there is not one ${name ?? "loop"} but ${loops.length}; traces: ${names}`);
  }
  const counts = countOperations(loop.trace);
  const all = [...new Set([...Object.keys(wanted), ...Object.keys(counts)])].sort();
  const wrong = all.filter((op) => (wanted[op] ?? 0) !== (counts[op] ?? 0));
  if (wrong.length === 0) return;
  const lines = wrong.map((op) => `  ${op}: ${counts[op] ?? 0} instead of ${wanted[op] ?? 0}`);
  throw new Error(`${loop.name} has other operations:\n${lines.join("\n")}\n${loop.text}`);
}
