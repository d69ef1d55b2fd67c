/**
 * `npm run bench [rts] [python] [start] [gc]`: the tables of docs/performance.md. Peers run in one session on one machine,
 * alternating, and the figure is the ratio of the best times, so that the machine's mood cancels out.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { benchGc } from "./gc/run.ts";
import { build, buildC, compare, geometricMean, print, root, runRounds } from "./kit.ts";

/** Rounds inside one process; the first half counts as warm-up. */
const ROUNDS = 16;
/** Times each program is started, alternating with its peers. */
const STARTS = 3;

function benchRts(): void {
  const names = ["richards", "mandelbrot", "spectralnorm", "binarytrees", "hashmap", "strings"];
  const rows: string[][] = [];
  const ofNode: number[] = [];
  const ofC: number[] = [];
  for (const name of names) {
    const native = build(join(root, `bench/rts/${name}.ts`), `${name}-c`);
    const c = buildC(`bench/c/${name}.c`, `${name}-clang`);
    const node = [join(root, "bin/start.mjs"), "run", "--fast", join(root, `bench/rts/${name}.ts`)];
    const best = compare(STARTS, {
      native: () => runRounds(native, [], ROUNDS),
      node: () => runRounds("node", node, ROUNDS),
      c: () => runRounds(c, [], ROUNDS),
    });
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
  const head = ["program", "native", "node", "clang -O2", "× node", "× C"];
  print("RTypeScript natively (-O2): milliseconds per round after warm-up", head, rows);
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
  print("Python programs, whole process: milliseconds", ["program", "python-c", "python3.11", "ratio"], rows);
}

function benchStart(): void {
  const python = pythonBinary();
  const times = Array.from({ length: 20 }, () => wall(python, ["-c", "pass"], root).ms);
  const memory = spawnSync("/usr/bin/time", ["-f", "%M", python, "-c", "pass"], { encoding: "utf8" });
  process.stdout.write(`\npython-c -c pass: ${Math.min(...times).toFixed(1)} ms, `);
  process.stdout.write(`${(Number(memory.stderr?.trim() ?? 0) / 1024).toFixed(1)} MB resident\n`);
}

const PARTS: Record<string, () => void> = { rts: benchRts, python: benchPython, start: benchStart };

/** Runs the parts named on the command line, or all but `gc`, which may be followed by parts of its own. */
export function main(args: readonly string[]): void {
  for (const [i, part] of (args.length > 0 ? args : Object.keys(PARTS)).entries()) {
    if (part === "gc") {
      benchGc(args.slice(i + 1));
      return;
    }
    const run = PARTS[part];
    if (run === undefined) {
      process.stderr.write(`bench: unknown part ${part}: parts are ${Object.keys(PARTS).join(", ")}, gc\n`);
      process.exitCode = 2;
      return;
    }
    run();
  }
}
