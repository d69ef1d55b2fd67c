/**
 * The collectors' fuzzers: random programs over simulated memory (`model/`), and the native soak program (`soak/`) with
 * every collector under parameters drawn at random, compared with a run that never collects.
 */
import { spawnSync } from "node:child_process";
import { Random } from "../kit/random-graphs.ts";
import { MODEL_COLLECTORS } from "./model/collectors.ts";
import { BUILDS, buildName, type Run, runSoak, translateSoak } from "./soak/build.ts";

export interface FuzzOptions {
  /** For each collector. */
  readonly minutes: number;
  readonly seed: number;
  /** Null for all. */
  readonly collectors: readonly string[] | null;
  /** Where binaries may be left. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

export interface Fuzzer {
  readonly name: string;
  readonly describe: string;
  /** Throws at the first failure, saying how to repeat it. */
  run(options: FuzzOptions): void;
}

const MODEL_STEPS = 1000;

const model: Fuzzer = {
  name: "gc-model",
  describe: "collectors on Node, over simulated memory, against a model",
  run({ minutes, seed, collectors, say }) {
    for (const name of MODEL_COLLECTORS.filter((c) => collectors?.includes(c) ?? true)) {
      const args = ["tests/gc/model/run.ts", name, seed, 1e9, MODEL_STEPS, minutes * 60].map(String);
      const done = spawnSync("node", ["--import", "./bin/dev-register.mjs", ...args], { encoding: "utf8" });
      if (done.status !== 0) throw new Error(done.stderr);
      const { programs, allocated, collections, compared, finalized, weakDied } = JSON.parse(done.stdout);
      const what = `${programs} programs, ${allocated} objects, ${collections} collections, ${compared} comparisons`;
      say(`gc-model ${name}: ${what}, ${finalized} finalized, ${weakDied} weak references cleared`);
    }
  },
};

/** Parameters of one run, so that young and old, small and large heaps are all collected often. */
function randomRun(random: Random): Run {
  const environment: Record<string, string> = {};
  const nursery = random.pick(["", "", "32K", "128K", "1M"]);
  if (nursery !== "") environment.RTS_GC_NURSERY = nursery;
  const factor = random.pick(["", "", "110", "150", "400"]);
  if (factor !== "") environment.RTS_GC_MAJOR_FACTOR = factor;
  const stress = random.below(6) === 0;
  const verify = random.below(5) === 0;
  if (stress) environment.RTS_GC_STRESS = "1";
  if (verify) environment.RTS_GC_VERIFY = "1";
  const seed = random.below(1_000_000);
  if (stress) return { seed, steps: 1000 + random.below(3000), size: random.pick([50, 200, 500]), environment };
  const steps = (verify ? 5000 : 50000) + random.below(verify ? 20000 : 400000);
  return { seed, steps, size: random.pick([100, 1000, 10000, 60000]), environment };
}

const soak: Fuzzer = {
  name: "gc-soak",
  describe: "a native program of random allocation with each collector, against a model and --gc=none",
  run({ minutes, seed, collectors, folder, say }) {
    const reference = translateSoak({ collector: "none", machine: "x86-64" }, folder);
    for (const build of BUILDS) {
      if (build.collector === "none" || !(collectors?.includes(build.collector) ?? true)) continue;
      const binary = translateSoak(build, folder);
      const random = new Random(seed);
      const end = performance.now() + minutes * 60_000;
      let runs = 0;
      let steps = 0;
      let compared = 0;
      while (performance.now() < end) {
        const run = randomRun(random);
        const printed = runSoak(binary, build.collector, run);
        const expected = runSoak(reference, "none", { ...run, environment: {} });
        if (printed !== expected) {
          throw new Error(`${buildName(build)}: ${JSON.stringify(run)} printed\n${printed}instead of\n${expected}`);
        }
        runs++;
        steps += run.steps;
        compared += Number(/(\d+) compared/.exec(printed)?.[1]);
      }
      say(`gc-soak ${buildName(build)}: ${runs} runs, ${steps} steps, ${compared} comparisons`);
    }
  },
};

export const FUZZERS: readonly Fuzzer[] = [model, soak];
