/**
 * From a transformed program to an executable: writes module texts, compiles those that are not in the cache through
 * ninja, links.
 *
 * The cache is by content: a module's file is named by the hash of its text, the flags and clang's version, and never
 * rewritten; its object lies beside it. So an unchanged module costs nothing, whichever program it belongs to, and
 * ninja's own time stamps agree with the content.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import type { TransformedProgram } from "../../rtyper/lltype/transformed.ts";
import { vmHeader } from "../../rtyper/lltype/vm.ts";
import { Constant } from "../../translator/flow/model.ts";
import { operationsOf } from "../../translator/flow/traverse.ts";
import { contentName, markUsed, prune, writeOnce } from "./cache.ts";
import { type ModuleText, writeModules } from "./modules.ts";
import { type BuildEdge, ninjaText } from "./ninja.ts";
import { findTools, linkFlags, ROOT, runtimeHeaders, runtimeSources } from "./toolchain.ts";
import type { Target } from "./types.ts";
import { World } from "./world.ts";

export interface BuildOptions {
  readonly target: Target;
  /** clang's level. */
  readonly optimize: 0 | 1 | 2 | 3;
  /** The executable's path. */
  readonly output: string;
  readonly lldebug?: boolean;
  /** Links libc statically too. */
  readonly static?: boolean;
  /** Where objects are kept; by default `.cache` of the installation. */
  readonly cache?: string;
  /** Where the modules' texts are written for people to read; by default only the cache has them. */
  readonly dumpFolder?: string;
  /** Leaves out debug information; fatal errors then show their own position only. */
  readonly strip?: boolean;
}

export interface BuildReport {
  readonly output: string;
  /** Bytes of the executable. */
  readonly size: number;
  readonly functions: number;
  readonly objects: number;
  readonly modules: number;
  /** Modules that had to be compiled. */
  readonly compiled: number;
  readonly seconds: { readonly emit: number; readonly compile: number };
}

/** An object file that the link needs. */
interface Unit {
  readonly object: string;
  /** What compiles it when it is missing. */
  readonly edge: BuildEdge;
}

/** Builds the executable; throws with clang's words when a tool fails. */
export async function buildBinary(transformed: TransformedProgram, options: BuildOptions): Promise<BuildReport> {
  const started = performance.now();
  const world = new World(transformed, { target: options.target, lldebug: options.lldebug ?? false });
  const cache = resolve(options.cache ?? join(ROOT, ".cache"), "objects");
  mkdirSync(cache, { recursive: true });
  prune(cache);
  const units: Unit[] = [];
  for (const module of writeModules(world)) {
    units.push(moduleUnit(module, world, options, cache));
    if (options.dumpFolder !== undefined) dumpModule(module, options.dumpFolder);
  }
  const emitted = performance.now();
  units.push(...runtimeUnits(world, cache));
  const missing = units.filter((unit) => !existsSync(unit.object));
  for (const unit of units) markUsed(unit.object);
  await runNinja(units, world, options, cache);
  return {
    output: options.output,
    size: statSync(options.output).size,
    functions: world.functionPartitions.size,
    objects: world.objectPartitions.size,
    modules: units.length,
    compiled: missing.length,
    seconds: { emit: (emitted - started) / 1000, compile: (performance.now() - emitted) / 1000 },
  };
}

function dumpModule(module: ModuleText, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${module.name.replaceAll("/", "_")}.${module.extension}`), module.text);
}

function moduleUnit(module: ModuleText, world: World, options: BuildOptions, cache: string): Unit {
  const { clang, version } = findTools();
  const level = module.isCode ? options.optimize : 0;
  const flags = [
    "-c",
    ...world.target.clangFlags,
    ...[`-O${level}`, "-fno-pic", "-ffunction-sections", "-fdata-sections", "-Wno-override-module", "-Werror"],
    "-Wno-unused-command-line-argument",
  ];
  const name = contentName(module.text, module.extension, flags.join(" "), version);
  const source = join(cache, `${name}.${module.extension}`);
  writeOnce(source, module.text);
  const object = join(cache, `${name}.o`);
  return { object, edge: { output: object, input: source, command: [clang, ...flags], label: module.name } };
}

function runtimeUnits(world: World, cache: string): Unit[] {
  const { clang, version } = findTools();
  const header = vmHeader();
  const include = join(cache, `vm-${contentName(header)}`);
  mkdirSync(include, { recursive: true });
  writeOnce(join(include, "vm.h"), header);
  const headers = `${header}\0${runtimeHeaders()}`;
  return runtimeSources(world.target, world.gc).map(({ path, flags }) => {
    const name = contentName(readFileSync(path, "utf8"), headers, flags.join(" "), version);
    const object = join(cache, `${name}.o`);
    const command = [clang, "-c", `-I${include}`, ...flags];
    return { object, edge: { output: object, input: path, command, label: basename(path) } };
  });
}

/** Libraries that the program's external functions name. */
function librariesOf(world: World): string[] {
  const libraries = new Set<string>();
  for (const f of world.references.functions) {
    if (f.external?.library) libraries.add(f.external.library);
    if (f.graph === null) continue;
    for (const op of operationsOf(f.graph)) {
      const [first] = op.args;
      if (op.opname !== "external_call" || !(first instanceof Constant)) continue;
      const library = (first.value as { library?: string | null }).library;
      if (library) libraries.add(library);
    }
  }
  return [...libraries].sort();
}

async function runNinja(units: readonly Unit[], world: World, options: BuildOptions, cache: string): Promise<void> {
  const { clang, ninja } = findTools();
  const output = resolve(options.output);
  const flags = linkFlags(world.target, world.gc, librariesOf(world), options.static ?? false);
  if (options.strip === true) flags.push("-Wl,--strip-all");
  const text = ninjaText(
    units.map((unit) => unit.edge),
    { output, objects: units.map((unit) => unit.object), command: [clang], flags },
  );
  const directory = join(cache, "..", "build", contentName(output).slice(0, 16));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "build.ninja"), text);
  await run(ninja, ["-C", directory, "-j", String(availableParallelism()), "--quiet"]);
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    execFile(program, [...args], { encoding: "utf8", maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) done();
      else fail(new Error(`${basename(program)} failed:\n${withoutBacktraces(stdout + stderr)}`.slice(0, 20_000)));
    });
  });
}

/** clang's own stack when it refuses a module says nothing about the module. */
function withoutBacktraces(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^ *#\d+ 0x/.test(line))
    .join("\n");
}
