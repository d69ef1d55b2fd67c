// Programs for backend tests: low-level graphs written as text, built natively for both word sizes and run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, buildBinary } from "../../backends/llvm/build.ts";
import type { Target } from "../../backends/llvm/types.ts";
import { Interpreter } from "../../rtyper/llinterp/interpreter.ts";
import { Machine } from "../../rtyper/llinterp/machine.ts";
import { type ExternalFunction, LowArrayObject, LowFunction, LowStruct } from "../../rtyper/lltype/memory.ts";
import { parseLowGraphs, type TypeNames } from "../../rtyper/lltype/parse.ts";
import type { LowProgram } from "../../rtyper/lltype/program.ts";
import { type GcBinding, withoutCollector } from "../../rtyper/lltype/transformed.ts";
import {
  Address,
  type FuncType,
  funcType,
  gcArray,
  Int32,
  type LowType,
  ptr,
  Signed,
  STRING,
  Struct,
  Void,
} from "../../rtyper/lltype/types.ts";
import { requireValidFunction } from "../../rtyper/lltype/verify.ts";
import type { FunctionGraph, Variable } from "../../translator/flow/model.ts";

export const TARGETS: readonly Target[] = ["x86-64", "x86-32"];

function external(name: string, args: LowType[], result: LowType): ExternalFunction {
  return { name, args, result, library: null, pure: false, run: null };
}

/** `write(fd, bytes, offset, count)` and the like, known to every test graph by name. */
export const EXTERNALS = {
  rts_write: external("rts_write", [Int32, Address, Signed, Signed], Signed),
  rts_put: external("rts_put", [Address], Void),
  rts_exit: external("rts_exit", [Int32], Void),
} as const;

/** A prebuilt string. */
export function lowString(text: string, name: string | null = null): LowStruct {
  const made = new LowStruct(STRING, text.length);
  for (let i = 0; i < text.length; i++) made.setItem(i, text.charCodeAt(i));
  made.name = name;
  return made;
}

export interface ProgramOptions {
  readonly names?: TypeNames;
  /** Prebuilt objects and external functions that graphs name. */
  readonly known?: readonly (readonly [string, object, (LowType | null)?])[];
  readonly wordBits?: 32 | 64;
  readonly gc?: GcBinding;
  readonly systemErrors?: ReadonlyMap<string, LowStruct>;
}

/** Functions from text; those named before others may be called by them only through `stub`. */
export function parseFunctions(text: string, options: ProgramOptions = {}): Map<string, LowFunction> {
  const functions = new Map<string, LowFunction>();
  // Signatures first, so that functions may call each other.
  const heads = parseLowGraphs(text, options.names, [...(options.known ?? []), ...Object.entries(EXTERNALS)]);
  for (const graph of heads) functions.set(graph.name, new LowFunction(graph.name, typeOf(graph), null));
  const known = [...(options.known ?? []), ...Object.entries(EXTERNALS), ...functions.entries()];
  for (const graph of parseLowGraphs(text, options.names, known)) {
    const f = functions.get(graph.name) as LowFunction;
    f.graph = graph;
  }
  for (const f of functions.values()) requireValidFunction(f);
  return functions;
}

function typeOf(graph: FunctionGraph): FuncType {
  const result = (graph.returnBlock.inputargs[0] as Variable).type as LowType;
  return funcType(
    graph.startBlock.inputargs.map((v) => v.type as LowType),
    result,
  );
}

/** A program whose entry is the graph `main`. */
export function parseProgram(text: string, options: ProgramOptions = {}): { program: LowProgram; gc: GcBinding } {
  const functions = parseFunctions(text, options);
  const entry = functions.get("main");
  if (entry === undefined) throw new Error("the text has no graph main");
  const program: LowProgram = {
    entry,
    functions: new Set(functions.values()),
    classes: [],
    systemErrors: options.systemErrors ?? new Map(),
    printUncaught: null,
    wordBits: options.wordBits ?? 64,
    requested: [],
  };
  return { program, gc: options.gc ?? withoutCollector() };
}

export interface RunResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(binary: string, args: readonly string[] = [], env: Record<string, string> = {}): RunResult {
  const result = spawnSync(binary, [...args], { encoding: "utf8", env: { ...process.env, ...env }, timeout: 30_000 });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** A directory that goes away with the test process. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "rts-backend-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const scratch = scratchDirectory();
let binaries = 0;

/** Builds a program from text and gives the binary's path. */
export async function build(
  text: string,
  target: Target,
  options: ProgramOptions = {},
  build: Partial<BuildOptions> = {},
): Promise<string> {
  const transformed = parseProgram(text, { ...options, wordBits: target === "x86-64" ? 64 : 32 });
  const output = join(scratch, `program${binaries++}`);
  await buildBinary(transformed, { target, optimize: 2, output, ...build });
  return output;
}

/** Builds and runs. */
export async function buildAndRun(
  text: string,
  target: Target,
  options: ProgramOptions = {},
  buildOptions: Partial<BuildOptions> = {},
): Promise<RunResult> {
  return run(await build(text, target, options, buildOptions));
}

/** Makes the names, prebuilt objects and classes of a program afresh: llinterp writes into them. */
export type MakeOptions = () => ProgramOptions;

/**
 * Runs the graph `test -> Signed` of a text on llinterp and natively; the two must give the same, which is returned.
 */
export async function everyWay(
  text: string,
  target: Target,
  make: MakeOptions = () => ({}),
  buildOptions: Partial<BuildOptions> = {},
): Promise<bigint> {
  const wordBits = target === "x86-64" ? 64 : 32;
  const options = make();
  const functions = parseFunctions(text, options);
  const machine = new Machine({ wordBits });
  machine.registerClasses([...(options.names?.values() ?? [])].filter((type) => type instanceof Struct));
  const simulated = new Interpreter(machine).call(functions.get("test") as LowFunction, []) as bigint;
  const native = await runNatively(text, target, make(), buildOptions);
  if (native !== simulated) throw new Error(`llinterp gives ${simulated}, the binary ${native}`);
  return native;
}

/** Runs the graph `test -> Signed` natively only. */
export async function runNatively(
  text: string,
  target: Target,
  options: ProgramOptions = {},
  buildOptions: Partial<BuildOptions> = {},
): Promise<bigint> {
  const wordBytes = target === "x86-64" ? 8 : 4;
  const array = new LowArrayObject(gcArray(Signed), 1);
  const main = `
graph main -> Signed
b1():
    i1: Signed = direct_call(@test)
    setarrayitem(@"test result", 0, i1)
    r2 = array_items_address(@"test result")
    i3: Signed = external_call(@rts_write: Void, 1: Int32, r2, 0, ${wordBytes})
    return 0
`;
  const known = [...(options.known ?? []), ["test result", array, ptr(gcArray(Signed))] as const];
  const binary = await build(text + main, target, { ...options, known }, buildOptions);
  const { stdout, stderr, status } = spawnSync(binary, [], { timeout: 30_000 });
  if (status !== 0) throw new Error(`the binary ends with ${status}: ${stderr.toString()}`);
  return wordBytes === 8 ? stdout.readBigInt64LE(0) : BigInt(stdout.readInt32LE(0));
}
