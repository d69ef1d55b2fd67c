/** The soak program as a binary for each collector, and what one run of it should print. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { COLLECTORS, type CollectorName } from "../../../gc/interface.ts";

/** A collector and a machine. */
export interface Build {
  readonly collector: CollectorName;
  readonly machine: "x86-64" | "x86-32";
}

/** One run of the program. */
export interface Run {
  readonly seed: number;
  readonly steps: number;
  readonly size: number;
  /** RTS_GC_… variables. */
  readonly environment: Readonly<Record<string, string>>;
}

const ROOT = join(import.meta.dirname, "../../..");
const TIMEOUT = 600_000;
const ANY_LINE = /^seed \d+: \d+ made, \d+ links, \d+ compared, \d+\n$/;

/** Every collector for x86-64, the default one for x86-32 too. */
export const BUILDS: readonly Build[] = [
  ...(Object.keys(COLLECTORS) as CollectorName[]).map((collector) => ({ collector, machine: "x86-64" }) as const),
  { collector: "hybrid", machine: "x86-32" },
];

export function buildName({ collector, machine }: Build): string {
  return machine === "x86-64" ? collector : `${collector}-${machine}`;
}

/** Translates the program; gives the binary's path. */
export function translateSoak(build: Build, folder: string): string {
  const output = join(folder, `soak-${buildName(build)}`);
  const source = join(ROOT, "tests/gc/soak/main.ts");
  const options = [`--gc=${build.collector}`, `--target=${build.machine}`, `--output=${output}`];
  execFileSync(join(ROOT, "bin/translate"), [source, ...options], { stdio: "pipe", timeout: TIMEOUT });
  return output;
}

/** What the program may hold a collector to: conservative ones promise nothing of weak references and finalizers. */
function checksFor(collector: CollectorName): number {
  return COLLECTORS[collector].preciseRoots ? 2 : 0;
}

/** The environment of a run as words before its command. */
function environmentText(environment: Run["environment"]): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value} `)
    .join("");
}

/** Runs a binary; what is wrong is thrown with the command that repeats it. Gives what it printed. */
export function runSoak(binary: string, collector: CollectorName, run: Run): string {
  const args = [run.seed, run.steps, run.size, checksFor(collector)].map(String);
  const env = { ...process.env, ...run.environment };
  const { status, signal, stdout, stderr } = spawnSync(binary, args, { encoding: "utf8", env, timeout: TIMEOUT });
  if (status === 0 && ANY_LINE.test(stdout)) return stdout;
  const command = `${environmentText(run.environment)}${binary} ${args.join(" ")}`;
  throw new Error(`${command}\nended with ${signal ?? status}:\n${stdout}${stderr.slice(0, 3000)}`);
}
