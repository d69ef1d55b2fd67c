/**
 * `npm run bench [rts] [python] [start]`: the tables of docs/performance.md. Peers run in one session on one machine,
 * alternating, and the figure is the ratio of the best times, so that the machine's mood cancels out.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const work = join(root, ".cache/bench");

/** Rounds inside one process; the first half counts as warm-up. */
const ROUNDS = 16;
/** Times each program is started, alternating with its peers. */
const STARTS = 3;

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((c, i) => (i === 0 ? c.padEnd(widths[i] as number) : c.padStart(widths[i] as number))).join(" | ")} |`;
  const rule = `|${widths.map((w, i) => (i === 0 ? "-".repeat(w + 2) : `${"-".repeat(w + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

interface Run {
  /** Best milliseconds of one round after warm-up. */
  readonly best: number;
  readonly result: string;
}

function runRounds(command: string, args: readonly string[]): Run {
  const output = execFileSync(command, [...args, String(ROUNDS)], { encoding: "utf8", cwd: root });
  const lines = output.trim().split("\n");
  const times = lines.slice(0, -1).map((l) => Number(l.split(" ")[1]));
  return { best: Math.min(...times.slice(ROUNDS / 2)), result: lines.at(-1) ?? "" };
}

function build(target: string, output: string, options: readonly string[] = []): string {
  const file = join(work, output);
  execFileSync(join(root, "bin/translate"), [target, `--output=${file}`, ...options], { stdio: "pipe", cwd: root });
  return file;
}

function benchRts(): void {
  const names = ["richards", "mandelbrot", "spectralnorm", "binarytrees", "hashmap", "strings"];
  const rows: string[][] = [];
  const ofNode: number[] = [];
  const ofC: number[] = [];
  for (const name of names) {
    const native = build(join(root, `bench/rts/${name}.ts`), `${name}-c`);
    const c = join(work, `${name}-clang`);
    execFileSync("clang-19", ["-O2", "-o", c, join(root, `bench/c/${name}.c`), "-lm"]);
    const node = [join(root, "bin/start.mjs"), "run", "--fast", join(root, `bench/rts/${name}.ts`)];
    const best = { native: Number.POSITIVE_INFINITY, node: Number.POSITIVE_INFINITY, c: Number.POSITIVE_INFINITY };
    for (let i = 0; i < STARTS; i++) {
      const runs = { native: runRounds(native, []), node: runRounds("node", node), c: runRounds(c, []) };
      if (new Set(Object.values(runs).map((r) => r.result)).size !== 1) {
        throw new Error(`${name}: results differ: ${JSON.stringify(runs)}`);
      }
      for (const key of ["native", "node", "c"] as const) best[key] = Math.min(best[key], runs[key].best);
    }
    ofNode.push(best.native / best.node);
    ofC.push(best.native / best.c);
    const ms = (x: number): string => x.toFixed(2);
    rows.push([
      name,
      ms(best.native),
      ms(best.node),
      ms(best.c),
      ms(best.native / best.node),
      ms(best.native / best.c),
    ]);
  }
  rows.push(["geometric mean", "", "", "", geometricMean(ofNode).toFixed(2), geometricMean(ofC).toFixed(2)]);
  process.stdout.write("\nRTypeScript natively (-O2): milliseconds per round after warm-up\n\n");
  process.stdout.write(`${table(["program", "native", "node", "clang -O2", "× node", "× C"], rows)}\n`);
}

/** Wall milliseconds of a whole process; its output must equal the reference's. */
function wall(command: string, args: readonly string[], cwd: string): { ms: number; output: string } {
  const start = performance.now();
  const run = spawnSync(command, args, { encoding: "utf8", cwd, maxBuffer: 1 << 28 });
  return { ms: performance.now() - start, output: `${run.stdout}${run.status}` };
}

function pythonBinary(): string {
  const file = join(root, "python-c");
  if (!existsSync(file)) build("targetpython", "../../python-c");
  return file;
}

function benchPython(): void {
  const folder = join(root, "tests/python/programs");
  const python = pythonBinary();
  const rows: string[][] = [];
  const ratios: number[] = [];
  for (const file of readdirSync(folder)
    .filter((f) => f.endsWith(".py"))
    .sort()) {
    let ours = Number.POSITIVE_INFINITY;
    let theirs = Number.POSITIVE_INFINITY;
    let same = true;
    for (let i = 0; i < STARTS; i++) {
      const a = wall(python, [file], folder);
      const b = wall("/usr/bin/python3.11", ["-S", file], folder);
      same &&= a.output === b.output;
      ours = Math.min(ours, a.ms);
      theirs = Math.min(theirs, b.ms);
    }
    if (same) ratios.push(ours / theirs);
    rows.push([file, ours.toFixed(0), theirs.toFixed(0), same ? (ours / theirs).toFixed(2) : "output differs"]);
  }
  rows.push(["geometric mean", "", "", geometricMean(ratios).toFixed(2)]);
  process.stdout.write("\nPython programs, whole process: milliseconds\n\n");
  process.stdout.write(`${table(["program", "python-c", "python3.11", "ratio"], rows)}\n`);
}

function benchStart(): void {
  const python = pythonBinary();
  const times = Array.from({ length: 20 }, () => wall(python, ["-c", "pass"], root).ms);
  const memory = spawnSync("/usr/bin/time", ["-f", "%M", python, "-c", "pass"], { encoding: "utf8" });
  process.stdout.write(`\npython-c -c pass: ${Math.min(...times).toFixed(1)} ms, `);
  process.stdout.write(`${(Number(memory.stderr?.trim() ?? 0) / 1024).toFixed(1)} MB resident\n`);
}

const PARTS: Record<string, () => void> = { rts: benchRts, python: benchPython, start: benchStart };

/** Runs the parts named on the command line, or all. */
export function main(args: readonly string[]): void {
  mkdirSync(work, { recursive: true });
  for (const part of args.length > 0 ? args : Object.keys(PARTS)) {
    const run = PARTS[part];
    if (run === undefined) {
      process.stderr.write(`bench: unknown part ${part}: parts are ${Object.keys(PARTS).join(", ")}\n`);
      process.exitCode = 2;
      return;
    }
    run();
  }
}
