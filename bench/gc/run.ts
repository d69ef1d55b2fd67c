/**
 * `npm run bench gc`: the collectors' figures. Every ratio is of two programs that ran in turn in this session; times are
 * the processor's, richards' and pauses excepted.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { COLLECTORS } from "../../gc/interface.ts";
import { build, buildC, compare, measure, print, root, runRounds, work } from "../kit.ts";

/** Times each program is started, alternating with its peers. */
const STARTS = 3;

const ms = (x: number): string => x.toFixed(1);
const ratio = (x: number): string => `${x.toFixed(2)}×`;

const source = (name: string): string => join(root, `bench/gc/${name}.ts`);

function native(name: string, gc: string, options: readonly string[] = []): string {
  const suffix = options.map((o) => o.replace(/^-+/, "-")).join("");
  return build(source(name), `gc-${name}-${gc}${suffix}`, [`--gc=${gc}`, ...options]);
}

/** The collector that the figures are about. */
function ours(): string {
  return "hybrid" in COLLECTORS ? "hybrid" : "semispace";
}

/** Objects that die at once, against a C loop that bumps a pointer through a buffer. */
function benchShort(): void {
  const gc = ours();
  const binary = native("short", gc);
  const c = buildC("bench/gc/c/short.c", "gc-short-clang");
  const best = compare(STARTS, { native: () => runRounds(binary, [], 6), c: () => runRounds(c, [], 6) });
  const rate = (x: number): string => `${(100_000 / x).toFixed(0)} M/s`;
  print(
    "Short-lived objects: 100,000,000 two-field nodes, each dropped at once",
    ["", "ms", "nodes", "rate of C"],
    [
      [gc, ms(best.native), rate(best.native), `${((100 * best.c) / best.native).toFixed(0)}%`],
      ["C, bump pointer through 4 MiB", ms(best.c), rate(best.c), "100%"],
    ],
  );
}

/** A live list of 40,000,000 nodes built, dropped and rebuilt. */
function benchList(): void {
  const gc = ours();
  const binary = native("list", gc);
  const c = buildC("bench/gc/c/list.c", "gc-list-clang");
  const best = compare(STARTS, { native: () => runRounds(binary, [], 1), c: () => runRounds(c, [], 1) });
  const memory = { native: measure(binary, ["1"]).megabytes, c: measure(c, ["1"]).megabytes };
  print(
    "A live list of 40,000,000 two-field nodes, built, dropped, rebuilt",
    ["", "ms", "peak MB", "time of C"],
    [
      [gc, ms(best.native), memory.native.toFixed(0), ratio(best.native / best.c)],
      ["C, bump allocator, never freed", ms(best.c), memory.c.toFixed(0), "1.00×"],
    ],
  );
}

/** Binary trees with every collector. */
function benchTrees(): void {
  const main = ours();
  const names = Object.keys(COLLECTORS).filter((name) => name !== "none");
  const binaries = new Map(names.map((gc) => [gc, native("trees", gc)]));
  const c = buildC("bench/gc/c/trees.c", "gc-trees-clang");
  const peers: Record<string, () => ReturnType<typeof runRounds>> = { "C, malloc and free": () => runRounds(c, [], 2) };
  for (const [gc, binary] of binaries) peers[gc] = () => runRounds(binary, [], 2);
  const best = compare(2, peers);
  const reference = best[main] as number;
  print(
    "Binary trees, depth 18",
    ["", "ms", "peak MB", `time of ${main}`],
    Object.entries(best).map(([name, time]) => {
      const memory = measure(binaries.get(name) ?? c, ["1"]).megabytes;
      return [name, ms(time), memory.toFixed(0), ratio(time / reference)];
    }),
  );
}

/** Cost of precision: the same program with a collector and without, memory for everything. */
function benchRichards(): void {
  const target = join(root, "bench/rts/richards.ts");
  const rows: string[][] = [];
  const gcs = [ours(), "none", "boehm"];
  for (const options of [[], ["--no-gcremovetypeptr"]]) {
    const binaries = gcs.map((gc) => build(target, `gc-richards-${gc}${options.join("")}`, [`--gc=${gc}`, ...options]));
    const peers = Object.fromEntries(gcs.map((gc, i) => [gc, () => runRounds(binaries[i] as string, [], 20)]));
    const best = compare(STARTS, peers);
    for (const gc of gcs) {
      const time = best[gc] as number;
      const title = options.length === 0 ? gc : `${gc}, with type pointer`;
      rows.push([title, time.toFixed(2), ratio(time / (best.none as number))]);
    }
  }
  print("richards: the cost of precision", ["", "ms", "time of none"], rows);
}

/** Type id and vtable from one half word, or a word of its own for the class. */
function benchTypePointer(): void {
  const gc = ours();
  const rows: string[][] = [];
  for (const [name, target, rounds] of [
    ["richards", join(root, "bench/rts/richards.ts"), 20],
    ["binary trees", source("trees"), 2],
    ["hash map", join(root, "bench/rts/hashmap.ts"), 16],
  ] as const) {
    const short = build(target, `gc-merged-${name.replace(" ", "")}`, [`--gc=${gc}`]);
    const long = build(target, `gc-pointer-${name.replace(" ", "")}`, [`--gc=${gc}`, "--no-gcremovetypeptr"]);
    const best = compare(STARTS, {
      merged: () => runRounds(short, [], rounds),
      pointer: () => runRounds(long, [], rounds),
    });
    const memory = { merged: measure(short, ["2"]).megabytes, pointer: measure(long, ["2"]).megabytes };
    rows.push([
      name,
      ms(best.merged),
      ms(best.pointer),
      ratio(best.merged / best.pointer),
      memory.merged.toFixed(0),
      memory.pointer.toFixed(0),
    ]);
  }
  const head = ["", "merged ms", "pointer ms", "ratio", "merged MB", "pointer MB"];
  print(`--gcremovetypeptr (the default) and --no-gcremovetypeptr, ${gc}`, head, rows);
}

/** Pauses on a heap of 1 GB, from the log. */
function benchPauses(): void {
  const gc = ours();
  const binary = native("pauses", gc);
  const log = join(work, "gc-pauses.log");
  rmSync(log, { force: true });
  const run = measure(binary, ["1024", "20"], { RTSLOG: `gc-minor,gc-collect:${log}` });
  process.stdout.write(`\nPauses, ${gc}, 1 GB heap that is written to\n\n${run.output}`);
  process.stdout.write(`peak ${run.megabytes.toFixed(0)} MB, ${run.seconds.toFixed(1)} s\n\n`);
  if (existsSync(log)) process.stdout.write(measure(join(root, "bin/rtslog"), ["summary", log]).output);
}

/** The linked list of Python objects. */
function benchPython(): void {
  const gc = ours();
  const program = join(root, "bench/gc/nodes.py");
  const binaries = [["python-c", build("targetpython", `gc-python-${gc}`, [`--gc=${gc}`])]];
  const small = join(work, `gc-python-${gc}-32`);
  if (existsSync(small)) binaries.push(["python-c, x86-32", small]);
  const peers = [...binaries, ["python3.11", "/usr/bin/python3.11"]] as [string, string][];
  const best = new Map<string, { seconds: number; megabytes: number }>();
  for (let i = 0; i < STARTS; i++) {
    for (const [name, command] of peers) {
      const run = measure(command, [program]);
      if (run.output.trim() !== "4000000") throw new Error(`${name} printed ${run.output}`);
      const before = best.get(name)?.seconds ?? Number.POSITIVE_INFINITY;
      best.set(name, { seconds: Math.min(before, run.cpuSeconds), megabytes: run.megabytes });
    }
  }
  const reference = best.get("python3.11")?.seconds ?? 1;
  print(
    "A linked list of 4,000,000 Python objects, whole process",
    ["", "s", "peak MB", "time of python3.11"],
    [...best].map(([name, { seconds, megabytes }]) => [
      name,
      seconds.toFixed(2),
      megabytes.toFixed(0),
      ratio(seconds / reference),
    ]),
  );
}

const PARTS: Record<string, () => void> = {
  short: benchShort,
  list: benchList,
  trees: benchTrees,
  richards: benchRichards,
  typeptr: benchTypePointer,
  pauses: benchPauses,
  python: benchPython,
};

/** Prints the tables named, or all. */
export function benchGc(parts: readonly string[]): void {
  for (const part of parts.length > 0 ? parts : Object.keys(PARTS)) {
    const run = PARTS[part];
    if (run === undefined)
      throw new Error(`bench gc: unknown part ${part}: parts are ${Object.keys(PARTS).join(", ")}`);
    run();
  }
}
