/** What programs ask of the collector, natively: finalizers, weak maps, exhausted memory, statistics, pinned memory. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { COLLECTORS, GC_PARAMETERS } from "../../gc/interface.ts";
import { LIMIT_PARAMETER } from "../../rtyper/lltype/transformed.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const work = join(root, ".cache/gc-surface");

const WAYS = [
  ...Object.keys(COLLECTORS).map((gc) => ({ gc, machine: "x86-64" })),
  { gc: "hybrid", machine: "x86-32" },
].filter(({ gc }) => gc !== "none" && gc !== "boehm");

test("the backend knows which parameter is the heap's limit", () => {
  expect(GC_PARAMETERS[LIMIT_PARAMETER]).toBe("max");
});

describe.each(WAYS)("$gc on $machine", ({ gc, machine }) => {
  const binary = join(work, `${gc}-${machine}`);

  const run = (args: readonly string[], env: Record<string, string> = {}) => {
    const done = spawnSync(binary, args, { encoding: "utf8", env: { ...process.env, ...env }, timeout: 120_000 });
    return { out: done.stdout, error: done.stderr, status: done.status };
  };
  const check = (name: string, lines: readonly string[], env: Record<string, string> = {}): void => {
    expect(run([name], env)).toEqual({ out: lines.map((line) => `${line}\n`).join(""), error: "", status: 0 });
  };

  beforeAll(() => {
    mkdirSync(work, { recursive: true });
    const options = [`--gc=${gc}`, `--target=${machine}`, `--output=${binary}`];
    const done = spawnSync(join(root, "bin/translate"), [join(root, "tests/gc/surface/target.ts"), ...options], {
      encoding: "utf8",
    });
    if (done.status !== 0) throw new Error(done.stderr);
  }, 300_000);

  const FINALIZED = ["dropped 5 4 3; kept 2; saved 3", "then 5 4 3 2 2 1 1 0 0"];

  test("finalizers are called once, referring objects first, and may rescue", () => check("finalizers", FINALIZED));
  test("the same with a collection at every allocation", () => check("finalizers", FINALIZED, { RTS_GC_STRESS: "1" }));
  test("weak maps keep values no longer than keys, whatever the values refer to", () =>
    check("weak", ["values alive 50, found 50", "values alive 100"]));
  test("exhausted memory is caught again and again", () => {
    const caught = "caught true, blocks true";
    check("memory", [
      ...[caught, caught, caught, caught],
      "deep 7 finals 5",
      "large 10 too large 1000",
      `unlimited ${16 << 20}`,
    ]);
  });
  test("uncaught it ends the program with a message", () => {
    const { out, error, status } = run(["uncaught"], { RTS_GC_MAX: "32M" });
    expect({ out, status }).toEqual({ out: "", status: 1 });
    expect(error).toContain("OutOfMemoryError: Out of memory");
  });
  test("statistics tell what happened", () =>
    check("statistics", ["grown true true 500", "counted true true", "shrunk true"]));
  test("memory for C stays where it is", () => check("pinned", ["same 50"]));
});
