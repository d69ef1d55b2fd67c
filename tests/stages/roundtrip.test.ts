/** Every stage's graphs print, parse back, and print the same; the verifier accepts them after every pass. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { annotate } from "../../annotator/annotate.ts";
import type { AnnotationResult } from "../../annotator/result.ts";
import { COLLECTORS } from "../../gc/interface.ts";
import { transformProgram } from "../../gc/transform/transform.ts";
import { Layout } from "../../rtyper/lltype/layout.ts";
import { LowFunction } from "../../rtyper/lltype/memory.ts";
import { LowConstants, parseType } from "../../rtyper/lltype/parse.ts";
import type { LowProgram } from "../../rtyper/lltype/program.ts";
import { findReachable } from "../../rtyper/lltype/reach.ts";
import { resultTypeOf } from "../../rtyper/lltype/signature.ts";
import { LowArray, type LowType, Opaque, Ptr, Struct } from "../../rtyper/lltype/types.ts";
import { requireValidFunction } from "../../rtyper/lltype/verify.ts";
import { rtype } from "../../rtyper/rtype.ts";
import { DiagnosticCollector } from "../../translator/diagnostics/report.ts";
import { FlowBuilder } from "../../translator/flow/build/index.ts";
import { TextConstants } from "../../translator/flow/constants.ts";
import { Constant, type FunctionGraph, type Value } from "../../translator/flow/model.ts";
import { parseGraph } from "../../translator/flow/parse.ts";
import { printGraph } from "../../translator/flow/print.ts";
import { bodyBlocks } from "../../translator/flow/traverse.ts";
import { LoadedProgram } from "../../translator/load/program.ts";
import { loadTarget } from "../../translator/load/target.ts";
import { optimize } from "../../translator/optimize/passes.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const TARGETS = ["goal/targetbf.ts", "bench/rts/richards.ts", "bench/rts/hashmap.ts"];

/** Named types that a graph mentions, for the type parser. */
function namedTypes(graph: FunctionGraph): Map<string, Struct | Opaque> {
  const names = new Map<string, Struct | Opaque>();
  const seen = new Set<unknown>();
  const visit = (type: unknown): void => {
    if (type === null || type === undefined || seen.has(type)) return;
    seen.add(type);
    if (type instanceof Struct || type instanceof Opaque) names.set(type.name, type);
    else if (type instanceof Ptr) visit(type.to);
    else if (type instanceof LowArray) visit(type.item);
    else if (typeof type === "object" && "args" in type) {
      const { args, result } = type as { args: readonly LowType[]; result: LowType };
      for (const t of [...args, result]) visit(t);
    }
  };
  const note = (value: Value): void => {
    visit(value.type);
    if (value instanceof Constant) visit(value.value);
    if (value instanceof Constant && value.value instanceof LowFunction) visit(value.value.type);
  };
  for (const block of [...bodyBlocks(graph), graph.returnBlock, graph.exceptBlock]) {
    for (const v of block.inputargs) note(v);
    for (const op of block.operations) {
      note(op.result);
      for (const arg of op.args) note(arg);
    }
    for (const link of block.exits) {
      for (const arg of link.args) note(arg);
      if (link.exceptionValue !== null) note(link.exceptionValue);
    }
  }
  return names;
}

function roundTripLow(f: LowFunction): void {
  const graph = f.graph as FunctionGraph;
  const names = namedTypes(graph);
  const constants = new LowConstants(names);
  const text = printGraph(graph, { constants, resultType: resultTypeOf });
  const parsed = parseGraph(text, { parseType: (t) => parseType(t, names), constants, resultType: resultTypeOf });
  expect(printGraph(parsed, { constants, resultType: resultTypeOf })).toBe(text);
}

function roundTripHigh(graph: FunctionGraph): void {
  const constants = new TextConstants();
  const text = printGraph(graph, { constants });
  expect(printGraph(parseGraph(text, { constants }), { constants })).toBe(text);
}

describe.each(TARGETS)("%s", (file) => {
  let annotation: AnnotationResult;
  let program: LowProgram;

  const functions = (): LowFunction[] => {
    const found = findReachable([program.entry, ...program.systemErrors.values()]).functions;
    return [...found].filter((f) => f.graph !== null);
  };

  beforeAll(async () => {
    const options = {
      target: "x86-64",
      wordBits: 64,
      gc: "semispace",
      jit: false,
      optimize: 2,
      arguments: [],
    } as const;
    const target = await loadTarget(join(root, file), options);
    const loaded = new LoadedProgram();
    const builder = new FlowBuilder(loaded, new DiagnosticCollector());
    annotation = annotate(target.entry, builder, loaded, { wordBits: 64, checkUncalled: false });
  }, 120_000);

  test("annotated graphs", () => {
    expect(annotation.specializations.length).toBeGreaterThan(5);
    for (const s of annotation.specializations) roundTripHigh(s.graph);
  });

  test("low-level graphs, after every pass, and after the gc transform", () => {
    program = rtype(annotation, { wordBits: 64, lldebug: true, requests: [] });
    for (const f of functions()) roundTripLow(f);
    const passes: string[] = [];
    optimize(functions(), {
      wordBits: 64,
      level: 2,
      switches: new Map(),
      afterPass: (pass) => {
        passes.push(pass);
        for (const f of functions()) requireValidFunction(f);
      },
    });
    expect(passes.length).toBeGreaterThan(5);
    for (const f of functions()) roundTripLow(f);
    transformProgram(functions(), COLLECTORS.semispace, new Layout({ wordBytes: 8, typePointer: false }));
    for (const f of functions()) {
      requireValidFunction(f);
      roundTripLow(f);
    }
  }, 120_000);
});
