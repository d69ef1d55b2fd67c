/**
 * What the programs of `tests/e2e/programs` do on Node with the checks of `bin/run`, all in one process:
 * `bin/run tests/kit/expected.ts NAME…` prints one line of JSON for each.
 */
import fs, { writeSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { int } from "rtypescript/rlib";

/** One program's behaviour; `out` is what it wrote to standard output. */
export interface Expected {
  readonly name: string;
  readonly out: string;
  readonly status: number;
  /** Message of the error that nobody caught. */
  readonly uncaught: string | null;
}

type Program = (argv: string[]) => int;
const programs = new Map<string, Program>();

function runOne(name: string, program: Program): Expected {
  let out = "";
  const decoder = new TextDecoder();
  const take = (chunk: string | Uint8Array): boolean => {
    out += decoder.decode(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk, { stream: true });
    return true;
  };
  const standard = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  const drop = (): boolean => true;
  for (const { stream } of standard) stream.write = (stream === process.stdout ? take : drop) as typeof stream.write;
  fs.writeSync = ((fd: number, bytes: Uint8Array, offset: number, count: number) => {
    if (fd === 1) take(bytes.subarray(offset, offset + count));
    return count;
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
  try {
    return { name, status: program([]) & 255, out, uncaught: null };
  } catch (e) {
    return { name, status: 1, out, uncaught: e instanceof Error ? e.message : String(e) };
  } finally {
    fs.writeSync = writeSync;
    syncBuiltinESMExports();
    for (const { stream, write } of standard) stream.write = write;
  }
}

function main(argv: string[]): int {
  for (const name of argv) {
    const program = programs.get(name);
    if (program === undefined) continue;
    const expected = runOne(name, program);
    process.stdout.write(`${JSON.stringify(expected)}\n`);
  }
  return 0;
}

export async function target() {
  const folder = new URL("../e2e/programs/", import.meta.url);
  for (const file of fs.readdirSync(folder)) {
    const module = (await import(new URL(file, folder).href)) as { main: Program };
    programs.set(file.replace(/\.ts$/, ""), module.main);
  }
  return { entry: main, name: "expected" };
}
