/**
 * Shows what the annotator infers: `node bin/start.mjs tool tests/annotator/show.ts TARGET [FUNCTION]` prints the
 * signatures of all functions that the program runs, or the typed graph of one, and the diagnostics.
 */
import { resolve } from "node:path";
import { annotate } from "../../annotator/annotate.ts";
import type { FunctionSpecialization } from "../../annotator/functions.ts";
import type { AnnotationResult } from "../../annotator/result.ts";
import type { TargetOptions } from "../../rlib/types.ts";
import { markWordConstants } from "../../rlib/word.ts";
import { DiagnosticCollector } from "../../translator/diagnostics/report.ts";
import { FlowBuilder } from "../../translator/flow/build/index.ts";
import { Constant, type Value } from "../../translator/flow/model.ts";
import { reversePostorder } from "../../translator/flow/traverse.ts";
import { LoadedProgram } from "../../translator/load/program.ts";
import { loadTarget } from "../../translator/load/target.ts";

function signature(s: FunctionSpecialization): string {
  return `${s.name}(${s.paramTypes.map((t) => t.toText()).join(", ")}) -> ${s.resultType.toText()}`;
}

function showGraph(result: AnnotationResult, s: FunctionSpecialization): void {
  const names = new Map<unknown, string>();
  const name = (v: Value): string => {
    if (v instanceof Constant) {
      const shown =
        typeof v.value === "object" || typeof v.value === "function"
          ? (v.value?.constructor.name ?? "null")
          : JSON.stringify(v.value);
      return shown ?? "undefined";
    }
    let n = names.get(v);
    if (n === undefined) {
      n = `${v.name || "v"}${names.size}`;
      names.set(v, n);
    }
    return n;
  };
  const blocks = reversePostorder(s.graph);
  for (const block of blocks) {
    const inputs = block.inputargs.map((v) => `${name(v)}: ${result.typeOf(v).toText()}`);
    console.log(`b${blocks.indexOf(block)}(${inputs.join(", ")})`);
    for (const op of block.operations) {
      const type = result.typeOf(op.result);
      const known = type.constant === null ? "" : ` = ${String(type.constant.value)}`;
      console.log(
        `    ${name(op.result)} = ${op.opname}(${op.args.map(name).join(", ")}) : ${type.toText()}${known}   ; ${op.position.line}:${op.position.column}`,
      );
    }
    for (const link of block.exits) {
      console.log(`    ${String(link.exitcase)} -> b${blocks.indexOf(link.target)}(${link.args.map(name).join(", ")})`);
    }
  }
}

/** The tool. */
export async function main(args: string[]): Promise<number> {
  const [file, wanted] = args;
  if (file === undefined) return 2;
  if (process.env.RTS_UNMARKED === undefined) markWordConstants(true);
  const wordBits = process.env.RTS_WORD_BITS === "32" ? 32 : 64;
  const options: TargetOptions = {
    target: wordBits === 64 ? "x86-64" : "x86-32",
    wordBits,
    gc: "semispace",
    jit: false,
    optimize: 2,
    arguments: [],
  };
  const target = await loadTarget(resolve(file), options);
  markWordConstants(false);
  const started = performance.now();
  const program = new LoadedProgram();
  const diagnostics = new DiagnosticCollector();
  const checkUncalled = wanted === "--check";
  const result = annotate(target.entry, new FlowBuilder(program, diagnostics), program, {
    wordBits: 64,
    checkUncalled,
  });
  for (const d of result.diagnostics) diagnostics.add(d);
  console.log(`${result.specializations.length} functions, ${Math.round(performance.now() - started)} ms`);
  for (const s of result.specializations) {
    if (wanted === undefined) console.log(signature(s));
    else if (s.name === wanted) showGraph(result, s);
  }
  if (diagnostics.hasErrors) console.log(diagnostics.render());
  return diagnostics.hasErrors ? 1 : 0;
}
