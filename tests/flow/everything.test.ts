/** Every exported function and class of the run-time library and helpers builds, without reports, to well-formed graphs. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DiagnosticCollector } from "../../translator/diagnostics/report.ts";
import { FlowBuilder, type Live } from "../../translator/flow/build/index.ts";
import { type BuiltFunction, ClosureTemplate } from "../../translator/flow/description.ts";
import { Constant } from "../../translator/flow/model.ts";
import { operationsOf } from "../../translator/flow/traverse.ts";
import { problemText, verifyGraph } from "../../translator/flow/verify.ts";
import { LoadedProgram } from "../../translator/load/program.ts";
import { classInfo, functionInfo } from "../../translator/load/registry.ts";

const root = join(import.meta.dirname, "../..");

/** The exports of every module below the folders. */
async function importAll(folders: readonly string[]): Promise<Record<string, unknown>[]> {
  const modules: Record<string, unknown>[] = [];
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder), { recursive: true }) as string[]) {
      if (name.endsWith(".ts")) modules.push(await import(/* @vite-ignore */ join(root, folder, name)));
    }
  }
  return modules;
}

const folders = ["rlib", "rtyper/runtime"];
const modules = await importAll(folders);
const program = new LoadedProgram();
const diagnostics = new DiagnosticCollector();
const builder = new FlowBuilder(program, diagnostics);

function verified(built: BuiltFunction): number {
  const problems = verifyGraph(built.graph);
  expect(problems.length === 0 ? "" : problemText(built.graph, problems)).toBe("");
  let count = 1;
  for (const op of operationsOf(built.graph)) {
    for (const arg of op.args) {
      if (arg instanceof Constant && arg.value instanceof ClosureTemplate) count += verified(arg.value.build());
    }
  }
  return count;
}

test("everything that is exported builds", () => {
  let count = 0;
  const seen = new Set<unknown>();
  for (const exports of modules) {
    for (const value of Object.values(exports)) {
      if (seen.has(value) || typeof value !== "function") continue;
      seen.add(value);
      if (classInfo(value) !== null) {
        count += verified(builder.constructorGraph(value as Live));
        for (const { name, kind } of builder.memberDeclarations(value as Live)) {
          const built = builder.methodGraph(value as Live, name, kind);
          if (built !== null) count += verified(built);
        }
      } else if (functionInfo(value) !== null) {
        count += verified(builder.functionGraph(value as Live));
      }
    }
  }
  expect(count).toBeGreaterThan(100);
});
