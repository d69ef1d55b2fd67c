/** Programs of the tests: texts become modules in a temporary folder, imported through the instrumenting plugin. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { annotate } from "../../annotator/annotate.ts";
import type { FunctionSpecialization } from "../../annotator/functions.ts";
import type { AnnotationResult } from "../../annotator/result.ts";
import { type Diagnostic, DiagnosticCollector } from "../../translator/diagnostics/report.ts";
import { FlowBuilder } from "../../translator/flow/build/index.ts";
import { LoadedProgram } from "../../translator/load/program.ts";

export const root = join(import.meta.dirname, "../..");

export interface Module {
  readonly file: string;
  readonly exports: Record<string, unknown>;
}

/** Imports texts as modules of their own. */
export async function loadTexts(group: string, texts: ReadonlyMap<string, string>): Promise<Map<string, Module>> {
  const folder = mkdtempSync(join(tmpdir(), `rts-${group}-`));
  const modules = new Map<string, Module>();
  let count = 0;
  for (const [key, text] of texts) {
    const file = join(folder, `case${count++}.ts`);
    writeFileSync(file, text);
    modules.set(key, await loadFile(file));
  }
  return modules;
}

export async function loadFile(file: string): Promise<Module> {
  return { file, exports: (await import(/* @vite-ignore */ file)) as Record<string, unknown> };
}

export interface Annotated {
  readonly result: AnnotationResult;
  /** Of builder and annotator, in the order of the source. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Annotates a module's `main`. */
export function annotateModule(
  program: LoadedProgram,
  module: Module,
  checkUncalled = false,
  wordBits: 32 | 64 = 64,
): Annotated {
  const diagnostics = new DiagnosticCollector();
  const builder = new FlowBuilder(program, diagnostics);
  const entry = module.exports.main as (argv: string[]) => number;
  const result = annotate(entry, builder, program, { wordBits, checkUncalled });
  for (const d of result.diagnostics) diagnostics.add(d);
  return { result, diagnostics: diagnostics.all() };
}

/** `f(int, string) -> int | null` */
export function signature(s: FunctionSpecialization): string {
  return `${s.name}(${s.paramTypes.map((t) => t.toText()).join(", ")}) -> ${s.resultType.toText()}`;
}

/** Signatures of the module's own functions, then fields of its classes and shapes. */
export function summary(module: Module, result: AnnotationResult): string {
  const lines: string[] = [];
  for (const s of result.specializations) if (s.graph.position.file === module.file) lines.push(signature(s));
  for (const c of result.classes) {
    if (c.node?.getSourceFile().getFilePath() !== module.file) continue;
    const fields = [...c.fields.values()].map(
      (f) => `${f.immutable ? "readonly " : ""}${f.name}: ${f.cell.type.toText()}`,
    );
    lines.push(`${c.isRecord ? "shape" : "class"} ${c.name} { ${fields.join("; ")} }`);
  }
  return lines.join("\n");
}

export { LoadedProgram };
