/**
 * The project's central test: one program, run at each stage, gives one answer. The programs of `programs/` run on Node,
 * in llinterp (as lowered, optimized, and after the gc transform on a heap that moves everything), and natively for each
 * collector and machine, plain and with a collection at every allocation.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { COLLECTORS, FLAG_BARRIER } from "../../gc/interface.ts";
import { transformProgram } from "../../gc/transform/transform.ts";
import { saveMemory } from "../../rtyper/llinterp/snapshot.ts";
import { Layout } from "../../rtyper/lltype/layout.ts";
import { findReachable } from "../../rtyper/lltype/reach.ts";
import { requireValidFunction } from "../../rtyper/lltype/verify.ts";
import { optimize } from "../../translator/optimize/passes.ts";
import { interpretOn, type LoweredTarget, lowerTarget, type Outcome } from "../kit/pipeline.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const suite = join(here, "suite.ts");
const work = join(root, ".cache/e2e");
const names = readdirSync(join(here, "programs"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3))
  .sort();

/** What the head of a program says of how it is run. */
interface Head {
  /** Words after `// args:`; `\\s` stands for a space. */
  readonly args: readonly string[];
  /** Standard input after `// stdin:`; `\\n` ends a line. */
  readonly stdin: string;
  /** Programs about ints beyond 32 bits say so; the smaller machine leaves them out. */
  readonly wide: boolean;
}

function readHead(name: string): Head {
  const text = readFileSync(join(here, "programs", `${name}.ts`), "utf8");
  const args = /^\/\/ args: (.*)$/m.exec(text);
  const stdin = /^\/\/ stdin: (.*)$/m.exec(text);
  return {
    args: args === null ? [] : args[1].split(" ").map((word) => word.replaceAll("\\s", " ")),
    stdin: stdin === null ? "" : stdin[1].replaceAll("\\n", "\n"),
    wide: text.includes("Needs 64-bit words"),
  };
}

const heads = new Map(names.map((name) => [name, readHead(name)]));
const headOf = (name: string): Head => heads.get(name) as Head;
const narrow = names.filter((name) => !headOf(name).wide);

interface Result {
  readonly out: string;
  readonly status: number | null;
}

const AT_ONCE = 2;

/** Runs one program with what its head asks for: `command` is a suite, `before` stands in front of the name. */
function run(
  command: string,
  before: readonly string[],
  name: string,
  env: Record<string, string> = {},
): Promise<Result> {
  const { args, stdin } = headOf(name);
  return new Promise((resolve) => {
    const options = {
      encoding: "utf8",
      env: { ...process.env, ...env },
      timeout: 120_000,
      maxBuffer: 1 << 26,
    } as const;
    const child = execFile(command, [...before, name, ...args], options, (error, out) => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ out, status });
    });
    if (stdin === "") child.stdin?.end();
    else child.stdin?.end(stdin);
  });
}

/** Runs every program, a few at a time. */
async function runAll(
  programs: readonly string[],
  runOne: (name: string) => Promise<Result> | Result,
): Promise<Map<string, Result>> {
  const results = new Map<string, Result>();
  const waiting = [...programs];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) results.set(name, await runOne(name));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

let onNode: Map<string, Result>;

/** Every program that differs from Node is named, with both results. */
async function requireEqual(
  runOne: (name: string) => Promise<Result> | Result,
  programs: readonly string[] = names,
): Promise<void> {
  const expected: Record<string, Result> = {};
  const actual: Record<string, Result> = {};
  for (const [name, got] of await runAll(programs, runOne)) {
    const wanted = onNode.get(name) as Result;
    if (got.out === wanted.out && got.status === wanted.status) continue;
    expected[name] = wanted;
    actual[name] = got;
  }
  expect(actual).toEqual(expected);
}

function build(output: string, options: readonly string[], programs: readonly string[]): string {
  const file = join(work, output);
  const args = [suite, `--output=${file}`, ...options, "--", ...programs];
  const done = spawnSync(join(root, "bin/translate"), args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return file;
}

beforeAll(async () => {
  mkdirSync(work, { recursive: true });
  onNode = await runAll(names, (name) => run(join(root, "bin/run"), [suite], name));
}, 600_000);

test("there are programs, and they end as programs do on Node", () => {
  expect(names.length).toBeGreaterThanOrEqual(120);
  for (const [name, { out }] of onNode) expect(out, name).not.toBe("");
});

describe("llinterp", () => {
  let lowered: LoweredTarget;

  const command = (name: string) => [[name, ...headOf(name).args], headOf(name).stdin] as const;

  /** Runs every program from the same memory. */
  const compare = (interpret: (name: string) => Outcome): Promise<void> => {
    const roots = [lowered.program.entry, ...lowered.program.systemErrors.values()];
    const restore = saveMemory(findReachable(roots).objects);
    return requireEqual((name) => {
      try {
        const { out, status } = interpret(name);
        return { out, status };
      } finally {
        restore();
      }
    });
  };

  const functions = () => {
    const { program } = lowered;
    const roots = [program.entry, ...program.systemErrors.values()];
    if (program.printUncaught !== null) roots.push(program.printUncaught);
    return [...findReachable(roots).functions];
  };

  beforeAll(async () => {
    lowered = await lowerTarget(suite);
  }, 300_000);

  test("as lowered", () => compare((name) => interpretOn(lowered.program, ...command(name), null)), 300_000);

  test("optimized", async () => {
    optimize(functions(), {
      wordBits: 64,
      level: 2,
      switches: new Map(),
      afterPass: () => {
        for (const f of functions()) if (f.graph !== null) requireValidFunction(f);
      },
    });
    await compare((name) => interpretOn(lowered.program, ...command(name), null));
  }, 300_000);

  test("after the gc transform, on a moving heap that checks barriers", async () => {
    const layout = new Layout({ wordBytes: 8, typePointer: false });
    const collector = { ...COLLECTORS.semispace, barrier: FLAG_BARRIER };
    transformProgram(functions(), collector, layout, lowered.program.systemErrors.get("OutOfMemoryError"));
    for (const f of functions()) if (f.graph !== null) requireValidFunction(f);
    const prebuilt = [...findReachable([lowered.program.entry]).objects];
    const heap = { collectEvery: 50, bumpFailsEvery: 2, prebuilt, layout, checkBarriers: true };
    await compare((name) => interpretOn(lowered.program, ...command(name), heap));
  }, 600_000);
});

const WAYS = [
  { title: "x86-64, semispace", output: "suite-semispace", options: ["--gc=semispace"], stress: true },
  {
    title: "x86-64, semispace, type pointer",
    output: "suite-ptr",
    options: ["--no-gcremovetypeptr", "-O1"],
    stress: false,
  },
  { title: "x86-64, boehm", output: "suite-boehm", options: ["--gc=boehm"], stress: false },
  { title: "x86-32, semispace", output: "suite-32", options: ["--target=x86-32"], stress: true },
] as const;

describe.each(WAYS)("natively: $title", ({ output, options, stress }) => {
  let binary: string;
  const programs = output === "suite-32" ? narrow : names;

  beforeAll(() => {
    binary = build(output, options, programs);
  }, 600_000);

  test("as on Node", () => requireEqual((name) => run(binary, [], name), programs), 300_000);

  test.runIf(stress)(
    "with a collection at every allocation",
    () => requireEqual((name) => run(binary, [], name, { RTS_GC_STRESS: "1" }), programs),
    900_000,
  );
});
