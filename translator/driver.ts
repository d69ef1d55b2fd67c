/**
 * The pipeline: a target's name to a binary, as a list of named tasks. Each stage is a function from its input to its
 * output; this file alone knows them all.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { annotate } from "../annotator/annotate.ts";
import { type BuildReport, buildBinary } from "../backends/llvm/build.ts";
import { COLLECTORS, type Collector } from "../gc/interface.ts";
import { transformProgram } from "../gc/transform/transform.ts";
import { markWordConstants } from "../rlib/word.ts";
import { Layout } from "../rtyper/lltype/layout.ts";
import type { LowProgram } from "../rtyper/lltype/program.ts";
import { findReachable } from "../rtyper/lltype/reach.ts";
import type { GcBinding } from "../rtyper/lltype/transformed.ts";
import { requireValidFunction } from "../rtyper/lltype/verify.ts";
import { rtype } from "../rtyper/rtype.ts";
import { bindCollector, collectorRequests, loadCollector } from "./collector.ts";
import { DiagnosticCollector } from "./diagnostics/report.ts";
import { FlowBuilder } from "./flow/build/index.ts";
import { codewriterPasses, loadJit } from "./jit.ts";
import { LoadedProgram } from "./load/program.ts";
import { type LoadedTarget, loadTarget } from "./load/target.ts";
import { optimize } from "./optimize/passes.ts";
import type { Options, Stage } from "./options.ts";
import type { Progress } from "./progress.ts";
import {
  flowFunctions,
  highFunctions,
  lowFunctions,
  noneShown,
  type Shown,
  type ShownFunction,
  textOf,
} from "./stages.ts";
import type { Describer } from "./view/snapshot.ts";

/** What a translation came to. */
export type Outcome =
  | { readonly kind: "built"; readonly report: BuildReport; readonly shown: Shown }
  | { readonly kind: "checked"; readonly functions: number; readonly shown: Shown }
  | { readonly kind: "errors"; readonly diagnostics: DiagnosticCollector };

/** Where binaries go by default: the current folder, named after the target. */
export function outputName(options: Options, target: LoadedTarget): string {
  return options.output ?? `${target.name}-c${options.machine === "x86-32" ? "32" : ""}`;
}

/** Runs the pipeline. Throws UnknownTarget, DiagnosticError, and InternalError for our own mistakes. */
export async function translate(options: Options, progress: Progress): Promise<Outcome> {
  const collector: Collector = COLLECTORS[options.gc];
  const diagnostics = new DiagnosticCollector();
  const shown = noneShown();
  const { target, module, jit } = await progress.task("load", async (note) => {
    const loaded = await load(options);
    const collectorModule = await loadCollector(collector);
    const weaver = options.jit ? await loadJit() : null;
    note(loaded.file);
    return { target: loaded, module: collectorModule, jit: weaver };
  });
  const program = new LoadedProgram();
  const annotation = await progress.task("annotate", (note) => {
    const builder = new FlowBuilder(program, diagnostics);
    const result = annotate(target.entry, builder, program, {
      wordBits: options.wordBits,
      checkUncalled: options.check,
    });
    for (const diagnostic of result.diagnostics) diagnostics.add(diagnostic);
    note(`${result.specializations.length} functions`);
    return result;
  });
  if (diagnostics.hasErrors) return { kind: "errors", diagnostics };
  record(shown, options, "flow", "flow", () => flowFunctions(annotation));
  record(shown, options, "annotate", "annotate", () => highFunctions(annotation));
  if (options.check) return { kind: "checked", functions: annotation.specializations.length, shown };
  const entries = collectorRequests(module);
  const low = await progress.task("rtype", (note) => {
    const requests = [...entries, ...(jit?.JIT_REQUESTS ?? [])].map((entry) => entry.request);
    const { wordBits, lldebug } = options;
    const result = rtype(annotation, { wordBits, lldebug, jit: options.jit, requests });
    note(`${result.functions.size} functions`);
    return result;
  });
  const gc = bindGc(
    options,
    low,
    entries.map((entry) => entry.name),
  );
  const all = (): Set<LowFunctionOf> => reachableFunctions(low, gc);
  record(shown, options, "rtype", "rtype", () => lowFunctions(all()));
  const layout = new Layout({ wordBytes: options.wordBits === 64 ? 8 : 4, typePointer: !options.removeTypePointer });
  if (jit !== null) {
    await progress.task("jit", (note) => {
      const requested = low.requested.slice(entries.length);
      const passes = codewriterPasses(options.wordBits);
      const woven = jit.weave({ program: low, requested, layout, passes });
      note(`${woven.portals.length} portals, ${woven.jitcodes} jitcodes, ${woven.descrs} descriptors`);
      if (options.dump.includes("jitcode")) writeDump(options, "jitcode", jit.textOfJitcodes(woven));
    });
    record(shown, options, "jit", "jit", () => lowFunctions(all()));
  }
  await progress.task("optimize", (note) => {
    const functions = [...all()];
    const afterPass = (pass: string, round: number): void => {
      if (options.lldebug) for (const f of functions) if (f.graph !== null) requireValidFunction(f);
      if (options.view !== null) record(shown, options, `${pass} ${round}`, null, () => lowFunctions(all()));
    };
    const reports = optimize(functions, {
      wordBits: options.wordBits,
      level: options.level,
      switches: options.passes,
      afterPass,
    });
    for (const report of reports) progress.part(`${report.name} ${report.round}`, report.milliseconds);
    note(`${all().size} functions`);
    record(shown, options, "optimize", "optimize", () => lowFunctions(all()));
  });
  await progress.task("gc", (note) => {
    const outOfMemory = low.systemErrors.get("OutOfMemoryError") ?? null;
    const report = transformProgram(all(), collector, layout, outOfMemory);
    const { functionsWithFrame, slots, barriers, stackChecks } = report;
    note(`${functionsWithFrame} frames, ${slots} slots, ${barriers} barriers, ${stackChecks} stack checks`);
  });
  record(shown, options, "gc", "gc", () => lowFunctions(all()));
  const report = await progress.task("llvm", async (note) => {
    const built = await buildBinary(
      { program: low, gc },
      {
        target: options.machine,
        optimize: options.level as 0 | 1 | 2 | 3,
        output: resolve(outputName(options, target)),
        lldebug: options.lldebug,
        static: options.isStatic,
        ...(options.dump.includes("llvm") ? { dumpFolder: join(options.dumpFolder, "llvm") } : {}),
      },
    );
    progress.part("write modules", built.seconds.emit * 1000);
    progress.part("clang and link", built.seconds.compile * 1000);
    note(`${built.compiled} of ${built.modules} modules compiled`);
    return built;
  });
  return { kind: "built", report, shown };
}

type LowFunctionOf = LowProgram["entry"];

async function load(options: Options): Promise<LoadedTarget> {
  markWordConstants(true);
  try {
    return await loadTarget(options.targetName, {
      target: options.machine,
      wordBits: options.wordBits,
      gc: options.gc,
      jit: options.jit,
      optimize: options.level,
      arguments: options.targetArguments,
    });
  } finally {
    markWordConstants(false);
  }
}

function bindGc(options: Options, program: LowProgram, entries: readonly string[]): GcBinding {
  return {
    name: options.gc,
    removeTypePointer: options.removeTypePointer,
    collector: entries.length === 0 ? null : bindCollector(COLLECTORS[options.gc], entries, program),
    allocator: options.gc === "boehm" ? "boehm" : "bump",
  };
}

/** All functions of the binary: the program's and the collector's. */
function reachableFunctions(program: LowProgram, gc: GcBinding): Set<LowFunctionOf> {
  const roots = [program.entry, ...program.systemErrors.values()];
  if (program.printUncaught !== null) roots.push(program.printUncaught);
  if (gc.collector !== null) roots.push(...gc.collector.entries.values());
  if (gc.collector !== null && gc.collector.setup !== null) roots.push(gc.collector.setup);
  return findReachable(roots).functions;
}

/** Keeps graphs for the viewer under a title, and writes them where `--dump` asks for their stage. */
function record(
  shown: Shown,
  options: Options,
  title: string,
  stage: Stage | null,
  make: () => { functions: ShownFunction[]; describe: Describer },
): void {
  const dumped = stage !== null && options.dump.includes(stage);
  if (options.view === null && !dumped) return;
  const { functions, describe } = make();
  if (options.view !== null) shown.store.record(title, functions, describe);
  if (dumped) writeDump(options, stage, textOf(functions));
}

function writeDump(options: Options, stage: Stage, text: string): void {
  mkdirSync(options.dumpFolder, { recursive: true });
  writeFileSync(join(options.dumpFolder, `${stage}.txt`), text);
}
