/** What the annotator infers, feature by feature: each case is a module with `main`; the output is its signatures. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missingTransfers } from "../../annotator/transfer/index.ts";
import { FLOW_OPS, type FlowOpName } from "../../translator/flow/ops.ts";
import { problemText, verifyGraph } from "../../translator/flow/verify.ts";
import { type CaseResult, readCases, runCaseFiles } from "../kit/cases.ts";
import { annotateModule, LoadedProgram, loadTexts, summary } from "./kit.ts";

const folder = join(import.meta.dirname, "cases");
const texts = new Map<string, string>();
for (const name of readdirSync(folder)) {
  for (const one of readCases(join(folder, name), readFileSync(join(folder, name), "utf8"))) {
    texts.set(`${one.file}:${one.line}`, one.input);
  }
}
const modules = await loadTexts("annotate", texts);
const program = new LoadedProgram();

test("every operation has a transfer function", () => {
  expect(missingTransfers(Object.keys(FLOW_OPS) as FlowOpName[])).toEqual([]);
});

runCaseFiles(folder, {
  annotate: (_input, args, testCase): CaseResult => {
    const module = modules.get(`${testCase.file}:${testCase.line}`);
    if (module === undefined) throw new Error("not loaded");
    const { result, diagnostics } = annotateModule(program, module, args.includes("check"));
    for (const s of result.specializations) {
      const problems = verifyGraph(s.graph);
      expect(problems.length === 0 ? "" : problemText(s.graph, problems)).toBe("");
    }
    const errors = diagnostics.map((d) => ({ code: d.code, line: d.position?.line ?? 0 }));
    return { text: summary(module, result), errors };
  },
});
