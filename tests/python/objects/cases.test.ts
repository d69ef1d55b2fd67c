// Every line of `cases/*.txt` is an expression; its value or error must be CPython's.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runTargetPython } from "../run.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "cases");

const head = `def t(f):
    try: print(ascii(f()))
    except BaseException as e: print(type(e).__name__ + ":", ascii(str(e)))
`;

function check(name: string): void {
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  const setup = lines.filter((line) => line.startsWith("# ")).map((line) => line.slice(2));
  const cases = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const scratch = mkdtempSync(join(tmpdir(), "cases-"));
  try {
    const file = join(scratch, "case.py");
    writeFileSync(file, `${setup.join("\n")}\n${head}${cases.map((line) => `t(lambda: (${line}))`).join("\n")}\n`);
    const reference = spawnSync("/usr/bin/python3.11", ["-W", "ignore", file], { encoding: "utf8" });
    expect(reference.stderr).toBe("");
    const ours = runTargetPython([file]);
    const expected = reference.stdout.split("\n");
    const got = ours.stdout.split("\n");
    const wrong: string[] = [];
    cases.forEach((line, i) => {
      if (expected[i] !== got[i]) wrong.push(`${line}\n  CPython ${expected[i]}\n  ours    ${got[i]}`);
    });
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(ours.stderr).not.toContain("Traceback");
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

describe("expressions as CPython evaluates them", () => {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".txt")) it(name, () => check(name));
  }
});
