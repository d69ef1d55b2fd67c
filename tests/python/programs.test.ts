// Whole programs: output, errors and exit code are CPython's, on Node and natively.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runTargetPython } from "./run.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const reference = "/usr/bin/python3.11";
const binary = join(root, ".cache", "e2e", "python-c");
const names = readdirSync(join(here, "programs"))
  .filter((name) => name.endsWith(".py"))
  .sort();

/** Objects print their address. */
function normalized(text: string): string {
  return text.replace(/0x[0-9a-f]{6,}/g, "0x…");
}
function outcome(result: SpawnSyncReturns<string>): { stdout: string; stderr: string; status: number | null } {
  return { stdout: normalized(result.stdout), stderr: normalized(result.stderr), status: result.status };
}
function run(program: string, file: string, input: string): SpawnSyncReturns<string> {
  return spawnSync(program, [file], { cwd: root, input, encoding: "utf8", maxBuffer: 1 << 28, timeout: 60_000 });
}
/** Standard input of a program: the file of the same name with `.in`. */
function inputOf(name: string): string {
  const file = join(here, "programs", name.replace(/\.py$/, ".in"));
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

describe("programs", () => {
  beforeAll(() => {
    mkdirSync(dirname(binary), { recursive: true });
    const args = ["targetpython", `--output=${binary}`];
    const built = spawnSync(join(root, "bin", "translate"), args, { cwd: root, encoding: "utf8" });
    if (built.status !== 0) throw new Error(built.stderr);
  }, 900_000);

  for (const name of names) {
    const file = join("tests", "python", "programs", name);
    it(name, { timeout: 120_000 }, () => {
      const expected = outcome(run(reference, file, inputOf(name)));
      expect(outcome(runTargetPython([file], inputOf(name)))).toEqual(expected);
      expect(outcome(run(binary, file, inputOf(name)))).toEqual(expected);
    });
  }
});
