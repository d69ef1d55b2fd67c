/** What the parts of the benchmark harness share: building, running peers in turn, tables. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Where binaries are kept between runs. */
export const work = join(root, ".cache/bench");

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
}

/** A table as Markdown; the first column is text, the others numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((c, i) => (i === 0 ? c.padEnd(widths[i] as number) : c.padStart(widths[i] as number))).join(" | ")} |`;
  const rule = `|${widths.map((w, i) => (i === 0 ? "-".repeat(w + 2) : `${"-".repeat(w + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Prints a table under a title. */
export function print(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  process.stdout.write(`\n${title}\n\n${table(head, rows)}\n`);
}

export interface Run {
  /** Best milliseconds of one round after warm-up. */
  readonly best: number;
  readonly result: string;
}

/** Runs a program of `rts/harness.ts` or `c/harness.h`; the first half of its rounds counts as warm-up. */
export function runRounds(
  command: string,
  args: readonly string[],
  rounds: number,
  env: Readonly<Record<string, string>> = {},
): Run {
  const options = { encoding: "utf8", cwd: root, env: { ...process.env, ...env } } as const;
  const output = execFileSync(command, [...args, String(rounds)], options);
  const lines = output.trim().split("\n");
  const times = lines.slice(0, -1).map((l) => Number(l.split(" ")[1]));
  return { best: Math.min(...times.slice(Math.floor(rounds / 2))), result: lines.at(-1) ?? "" };
}

/** Translates a target; gives the binary. */
export function build(target: string, output: string, options: readonly string[] = []): string {
  mkdirSync(work, { recursive: true });
  const file = join(work, output);
  execFileSync(join(root, "bin/translate"), [target, `--output=${file}`, ...options], { stdio: "pipe", cwd: root });
  return file;
}

/** Compiles a C peer. */
export function buildC(source: string, output: string, libraries: readonly string[] = ["-lm"]): string {
  mkdirSync(work, { recursive: true });
  const file = join(work, output);
  execFileSync("clang-19", ["-O2", "-o", file, join(root, source), ...libraries]);
  return file;
}

export interface Measured {
  readonly output: string;
  readonly seconds: number;
  /** Of the processor, the system's work for the process included. */
  readonly cpuSeconds: number;
  /** Most megabytes resident at any time. */
  readonly megabytes: number;
}

/** Runs a whole process under GNU time. */
export function measure(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Measured {
  const options = { encoding: "utf8", cwd: root, maxBuffer: 1 << 28, env: { ...process.env, ...env } } as const;
  const run = spawnSync("/usr/bin/time", ["-f", "%e %U %S %M", command, ...args], options);
  const [seconds, user, system, kilobytes] = (run.stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr.slice(0, 2000)}`);
  const cpuSeconds = (user ?? 0) + (system ?? 0);
  return { output: run.stdout, seconds: seconds ?? 0, cpuSeconds, megabytes: (kilobytes ?? 0) / 1024 };
}

/** Runs peers in turn, some times each, and keeps the best of each; their results must agree. */
export function compare<K extends string>(times: number, peers: Readonly<Record<K, () => Run>>): Record<K, number> {
  const names = Object.keys(peers) as K[];
  const best = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<K, number>;
  for (let i = 0; i < times; i++) {
    const results = new Set<string>();
    for (const name of names) {
      const run = peers[name]();
      results.add(run.result);
      best[name] = Math.min(best[name], run.best);
    }
    if (results.size !== 1) throw new Error(`results differ: ${[...results].join(" / ")}`);
  }
  return best;
}
