/**
 * TypeScript source → graph text, construct by construct. Each case is a module; its exported functions are built
 * (`build`), or run by Node and through their graphs, which must give one answer (`run`).
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { DiagnosticCollector } from "../../translator/diagnostics/report.ts";
import { FlowBuilder, type Live } from "../../translator/flow/build/index.ts";
import { TextConstants } from "../../translator/flow/constants.ts";
import { type BuiltFunction, ClosureTemplate } from "../../translator/flow/description.ts";
import { Constant } from "../../translator/flow/model.ts";
import { printGraph } from "../../translator/flow/print.ts";
import { operationsOf } from "../../translator/flow/traverse.ts";
import { problemText, verifyGraph } from "../../translator/flow/verify.ts";
import { instrument } from "../../translator/load/instrument.ts";
import { LoadedProgram } from "../../translator/load/program.ts";
import { type CaseResult, readCases, runCaseFiles } from "../kit/cases.ts";
import { FlowInterpreter } from "./interpreter.ts";

const folder = join(import.meta.dirname, "build");
const temporary = mkdtempSync(join(tmpdir(), "rts-flow-"));
/** Exports of each case's module, by file and line of the case. */
const modules = new Map<string, { readonly exports: Record<string, unknown> }>();

/**
 * Imports the case's text as the loader would. `//// name.ts` begins a further file of the case; the last one is the
 * case's module, and imports the others by `./name.ts`.
 */
async function load(key: string, text: string): Promise<void> {
  const home = join(temporary, `case${modules.size}`);
  mkdirSync(home);
  const parts = text.split(/^\/\/\/\/ (\S+)\n/m);
  if (parts.length === 1) parts.unshift("", "main.ts");
  let main = "";
  for (let i = 1; i < parts.length; i += 2) {
    const source = join(home, parts[i] as string);
    writeFileSync(source, parts[i + 1] as string);
    main = source.replace(/ts$/, "mjs");
    const code = instrument(parts[i + 1] as string, source, "record");
    writeFileSync(main, code.replace(/(from "\.\/\w+\.)ts"/g, '$1mjs"'));
  }
  modules.set(key, { exports: await import(/* @vite-ignore */ pathToFileURL(main).href) });
}

for (const name of readdirSync(folder)) {
  if (!name.endsWith(".txt")) continue;
  for (const one of readCases(join(folder, name), readFileSync(join(folder, name), "utf8"))) {
    await load(`${one.file}:${one.line}`, one.input);
  }
}

const program = new LoadedProgram();

function isClass(value: unknown): value is Live {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

/** The graphs of a class: constructor and members. */
function classGraphs(builder: FlowBuilder, cls: Live): BuiltFunction[] {
  const members = builder.memberDeclarations(cls).map(({ name, kind }) => builder.methodGraph(cls, name, kind));
  return [builder.constructorGraph(cls), ...members.filter((built) => built !== null)];
}

/** A graph and those of the closures it makes. */
function withClosures(built: BuiltFunction, seen = new Set<ClosureTemplate>()): BuiltFunction[] {
  const found = [built];
  for (const op of operationsOf(built.graph)) {
    for (const arg of op.args) {
      if (!(arg instanceof Constant) || !(arg.value instanceof ClosureTemplate) || seen.has(arg.value)) continue;
      seen.add(arg.value);
      found.push(...withClosures(arg.value.build(), seen));
    }
  }
  return found;
}

runCaseFiles(folder, {
  run: (_input, _args, testCase): CaseResult => {
    const loaded = modules.get(`${testCase.file}:${testCase.line}`);
    const diagnostics = new DiagnosticCollector();
    const interpreter = new FlowInterpreter(new FlowBuilder(program, diagnostics));
    for (const f of Object.values(loaded?.exports ?? {}) as (() => unknown)[]) {
      const actual = interpreter.call(f, []);
      expect(diagnostics.hasErrors ? diagnostics.render() : "").toBe("");
      expect(actual).toEqual(f());
    }
    return { text: "" };
  },
  build: (_input, args, testCase): CaseResult => {
    const loaded = modules.get(`${testCase.file}:${testCase.line}`);
    if (loaded === undefined) throw new Error("not loaded");
    const diagnostics = new DiagnosticCollector();
    const builder = new FlowBuilder(program, diagnostics);
    const constants = new TextConstants();
    const texts: string[] = [];
    for (const value of Object.values(loaded.exports)) {
      if (typeof value !== "function") continue;
      const built = isClass(value) ? classGraphs(builder, value) : [builder.functionGraph(value)];
      for (const one of built.flatMap((b) => withClosures(b))) {
        const problems = verifyGraph(one.graph);
        expect(problems.length === 0 ? "" : problemText(one.graph, problems)).toBe("");
        texts.push(printGraph(one.graph, { constants, positions: args.includes("positions"), fileText: () => "f.ts" }));
      }
    }
    const errors = diagnostics.all().map((d) => ({ code: d.code, line: d.position?.line ?? 0 }));
    return { text: texts.join(""), errors };
  },
});
