/**
 * One program, one answer: the programs of the end-to-end suite with every function that the codewriter can write run
 * as jitcode by the blackhole interpreter, compared with llinterp. Both run at 32 bits, whose
 * words are exact in Node's numbers.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { Codewriter } from "../../../jit/codewriter/codewriter.ts";
import type { JitCode } from "../../../jit/format/jitcode.ts";
import { saveMemory } from "../../../rtyper/llinterp/snapshot.ts";
import type { LowFunction } from "../../../rtyper/lltype/memory.ts";
import { findReachable } from "../../../rtyper/lltype/reach.ts";
import { JitcodeInterpreter, writeEverything } from "../../kit/jitcode-runner.ts";
import { codewriterOf } from "../../kit/jitcodes.ts";
import { interpretOn, type LoweredTarget, lowerTarget, type Outcome } from "../../kit/pipeline.ts";

const suite = join(dirname(fileURLToPath(import.meta.url)), "../../e2e");
const BITS = 32;

/**
 * What the frames of the blackhole interpreter cannot show: the depth at which the program's own stack ends. And what
 * needs more than the 32 bits of this machine or a collector: unsigned words, weak tables.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "deeprecursion",
  "overflow",
  "stackoverflow",
  "unsigned",
  "visitor",
  "weakmaps",
  "weakrefs",
  "wordops",
]);

function textOf(name: string): string {
  return readFileSync(join(suite, "programs", `${name}.ts`), "utf8");
}

const names = readdirSync(join(suite, "programs"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3))
  .filter((name) => !LEFT_OUT.has(name) && !textOf(name).includes("Needs 64-bit words"))
  .sort();

/** Arguments and standard input that a program's head asks for. */
function commandOf(name: string): readonly [args: string[], stdin: string] {
  const text = textOf(name);
  const args = /^\/\/ args: (.*)$/m.exec(text);
  const stdin = /^\/\/ stdin: (.*)$/m.exec(text);
  const words = args === null ? [] : (args[1] as string).split(" ").map((word) => word.replaceAll("\\s", " "));
  return [[name, ...words], stdin === null ? "" : (stdin[1] as string).replaceAll("\\n", "\n")];
}

let lowered: LoweredTarget;
let codewriter: Codewriter;
let codes: Map<LowFunction, JitCode>;
let restore: () => void;

beforeAll(async () => {
  lowered = await lowerTarget(join(suite, "suite.ts"), BITS, names, true);
  codewriter = codewriterOf(lowered.program, BITS).codewriter;
  codes = writeEverything(codewriter, lowered.program);
  codewriter.run();
  const roots = [lowered.program.entry, ...lowered.program.systemErrors.values()];
  restore = saveMemory(findReachable(roots).objects);
}, 300_000);

/** Runs a program by llinterp alone, then with jitcodes. */
function run(name: string, follow: boolean): { wanted: Outcome; got: Outcome; instructions: number } {
  const [args, stdin] = commandOf(name);
  const { program } = lowered;
  const wanted = interpretOn(program, args, stdin, null, undefined, BITS);
  restore();
  let made: JitcodeInterpreter | null = null;
  const got = interpretOn(
    program,
    args,
    stdin,
    null,
    (machine) => {
      made = new JitcodeInterpreter(machine, codewriter, codewriter.run(), codes, follow);
      return made;
    },
    BITS,
  );
  restore();
  return { wanted, got, instructions: (made as unknown as JitcodeInterpreter).instructions };
}

test("nearly every function becomes a jitcode", () => {
  const { functions } = findReachable([lowered.program.entry]);
  const ours = [...functions].filter((f) => f.graph !== null && !f.name.startsWith("gc/"));
  expect(codes.size).toBeGreaterThan(ours.length * 0.8);
});

test.each(names)("%s", (name) => {
  const { wanted, got, instructions } = run(name, true);
  expect(got).toEqual(wanted);
  expect(instructions).toBeGreaterThan(0);
});
