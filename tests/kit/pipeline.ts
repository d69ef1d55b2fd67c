/**
 * A target brought to a stage and run there: low-level graphs in llinterp. For tests and, as a tool, from the command
 * line: `node bin/start.mjs tool tests/kit/pipeline.ts TARGET ARGUMENTS…`.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve } from "node:path";
import { annotate } from "../../annotator/annotate.ts";
import { markWordConstants } from "../../rlib/word.ts";
import { Heap, type HeapOptions } from "../../rtyper/llinterp/heap.ts";
import { Interpreter } from "../../rtyper/llinterp/interpreter.ts";
import { ExitStop, FatalStop, Machine, RaisedException } from "../../rtyper/llinterp/machine.ts";
import { LowAddress, LowArrayObject, type LowFunction, type LowStruct } from "../../rtyper/lltype/memory.ts";
import type { LowProgram } from "../../rtyper/lltype/program.ts";
import { Address, rawArray, UInt8 } from "../../rtyper/lltype/types.ts";
import { requireValidFunction } from "../../rtyper/lltype/verify.ts";
import { rtype } from "../../rtyper/rtype.ts";
import { DiagnosticCollector } from "../../translator/diagnostics/report.ts";
import { FlowBuilder } from "../../translator/flow/build/index.ts";
import { LoadedProgram } from "../../translator/load/program.ts";
import { loadTarget } from "../../translator/load/target.ts";

export interface LoweredTarget {
  readonly program: LowProgram;
  /** Milliseconds of each stage. */
  readonly times: Readonly<Record<string, number>>;
}

/** Translates a target up to low-level graphs; throws with the diagnostics' texts when it has errors. */
export async function lowerTarget(
  file: string,
  wordBits: 32 | 64 = 64,
  targetArguments: readonly string[] = [],
  jit = false,
): Promise<LoweredTarget> {
  const times: Record<string, number> = {};
  let last = performance.now();
  const lap = (stage: string): void => {
    times[stage] = performance.now() - last;
    last = performance.now();
  };
  markWordConstants(true);
  const target = await loadTarget(resolve(file), {
    target: wordBits === 64 ? "x86-64" : "x86-32",
    wordBits,
    gc: "semispace",
    jit,
    optimize: 2,
    arguments: targetArguments,
  });
  markWordConstants(false);
  lap("load");
  const loaded = new LoadedProgram();
  const diagnostics = new DiagnosticCollector();
  const annotation = annotate(target.entry, new FlowBuilder(loaded, diagnostics), loaded, {
    wordBits,
    checkUncalled: false,
  });
  for (const diagnostic of annotation.diagnostics) diagnostics.add(diagnostic);
  lap("annotate");
  if (diagnostics.hasErrors) throw new Error(`${file} has errors:\n${diagnostics.render()}`);
  const program = rtype(annotation, { wordBits, lldebug: true, jit, requests: [] });
  lap("rtype");
  for (const f of program.functions) if (f.graph !== null) requireValidFunction(f);
  lap("verify");
  return { program, times };
}

export interface Outcome {
  readonly out: string;
  readonly status: number;
  /** The message when the program was stopped. */
  readonly fatal: string | null;
}

function cArguments(args: readonly string[]): LowAddress {
  const texts = args.map((text) => {
    const bytes = new TextEncoder().encode(text);
    const array = new LowArrayObject(rawArray(UInt8), bytes.length + 1);
    for (const [i, byte] of bytes.entries()) array.setItem(i, byte);
    return new LowAddress(array, 0n);
  });
  const argv = new LowArrayObject(rawArray(Address), texts.length);
  for (const [i, text] of texts.entries()) argv.setItem(i, text);
  return new LowAddress(argv, 0n);
}

/** Collects what the program writes to standard output and error, and gives it `stdin` to read. */
function capture<T>(run: () => T, stdin = ""): { result: T | null; out: string; error: unknown } {
  const decoder = new TextDecoder();
  const { writeSync, readSync } = fs;
  let input = new TextEncoder().encode(stdin);
  let out = "";
  const give = (fd: number, bytes: Uint8Array, offset: number, count: number, position: number | null): number => {
    if (fd !== 0) return readSync(fd, bytes, offset, count, position);
    const given = input.subarray(0, count);
    bytes.set(given, offset);
    input = input.subarray(given.length);
    return given.length;
  };
  const take = (fd: number, bytes: Uint8Array, offset: number, count: number): number => {
    if (fd !== 1 && fd !== 2) return writeSync(fd, bytes, offset, count);
    if (fd === 1) out += decoder.decode(bytes.subarray(offset, offset + count), { stream: true });
    return count;
  };
  const { log, error: logError } = console;
  const { exit } = process;
  fs.writeSync = take as typeof fs.writeSync;
  fs.readSync = give as typeof fs.readSync;
  process.exit = (code) => {
    throw new ExitStop(Number(code));
  };
  syncBuiltinESMExports();
  console.log = console.error = (...values: unknown[]) => {
    out += `${values.join(" ")}\n`;
  };
  try {
    const result = run();
    return { result, out, error: null };
  } catch (error) {
    return { result: null, out, error };
  } finally {
    console.log = log;
    console.error = logError;
    fs.writeSync = writeSync;
    fs.readSync = readSync;
    process.exit = exit;
    syncBuiltinESMExports();
  }
}

/** Runs a low-level program in llinterp. */
export function interpret(program: LowProgram, args: readonly string[] = []): Outcome {
  return interpretOn(program, args, "", null);
}

/** The same on a moving heap, for programs after the gc transform. */
export function interpretOn(
  program: LowProgram,
  args: readonly string[],
  stdin: string,
  heap: HeapOptions | null,
  make: (machine: Machine) => Interpreter = (machine) => new Interpreter(machine),
  wordBits: number = program.wordBits,
): Outcome {
  const stackOverflowError = program.systemErrors.get("StackOverflowError") ?? null;
  const machine = new Machine({
    wordBits,
    stackOverflowError,
    heap: heap === null ? null : new Heap(heap),
  });
  machine.registerClasses(program.classes.map((c) => c.struct));
  const interpreter = make(machine);
  const argv = cArguments(["program", ...args]);
  const { result, out, error } = capture(() => interpreter.call(program.entry, [BigInt(args.length + 1), argv]), stdin);
  if (error === null && machine.exception !== null)
    return uncaught(program, interpreter, machine.fetchException(), out);
  if (error === null) return { out, status: Number((result as bigint) & 255n), fatal: null };
  if (error instanceof FatalStop) return { out, status: 70, fatal: error.message };
  if (error instanceof ExitStop) return { out, status: error.code, fatal: null };
  if (!(error instanceof RaisedException) || program.printUncaught === null) throw error;
  return uncaught(program, interpreter, error.value, out);
}

function uncaught(program: LowProgram, interpreter: Interpreter, value: LowStruct, out: string): Outcome {
  const printer = program.printUncaught as LowFunction;
  const printed = capture(() => interpreter.call(printer, [value]));
  if (printed.error !== null) throw printed.error;
  return { out, status: 1, fatal: null };
}

/** The tool. */
export async function main(args: string[]): Promise<number> {
  const [file, ...rest] = args;
  if (file === undefined) return 2;
  const { program, times } = await lowerTarget(file);
  const laps = Object.entries(times).map(([stage, ms]) => `${stage} ${Math.round(ms)}`);
  console.error(`${program.functions.size} functions, ms: ${laps.join(", ")}`);
  const { out, status, fatal } = interpret(program, rest);
  process.stdout.write(out);
  if (fatal !== null) console.error(`fatal: ${fatal}`);
  return status;
}
