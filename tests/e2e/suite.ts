/**
 * All programs of `programs/` as one target: the first argument names the program. So one translation and one binary
 * for each collector and machine serve them all. Every program file exports `main(argv)`, is deterministic, and writes
 * what it finds to standard output.
 *
 *     bin/run tests/e2e/suite.ts NAME [arguments]        bin/translate tests/e2e/suite.ts -- NAME…     (some)
 */
import { readdirSync } from "node:fs";
import type { int, TargetOptions } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

type Main = (argv: string[]) => int;

const programs = new Map<string, Main>();

function main(argv: string[]): int {
  const program = argv.length > 0 ? programs.get(argv[0]) : undefined;
  if (program === undefined) {
    write(2, "usage: suite PROGRAM [arguments]\n");
    return 64;
  }
  return program(argv.slice(1));
}

/** The names of all programs, or those given after `--`. */
export async function target(options: TargetOptions) {
  const folder = new URL("./programs/", import.meta.url);
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -3))
    .sort();
  const wanted = options.arguments.length > 0 ? options.arguments : names;
  for (const name of wanted) {
    const module = (await import(new URL(`${name}.ts`, folder).href)) as { main: Main };
    programs.set(name, module.main);
  }
  return { entry: main, name: "suite" };
}
