/**
 * Every program of `tests/e2e/programs` as low-level graphs, run in llinterp, against what it does on Node
 * (`bin/run`, with its checks).
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { Expected } from "../kit/expected.ts";
import { interpret, type LoweredTarget, lowerTarget } from "../kit/pipeline.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const folder = new URL("../e2e/programs/", import.meta.url);
/** Recursion without end needs more of Node's stack than a test has. */
const DEEP = new Set(["overflow", "stackoverflow"]);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3))
  .filter((name) => !DEEP.has(name) && !/function\*|\*\w+\(/.test(readFileSync(new URL(`${name}.ts`, folder), "utf8")));

let lowered: LoweredTarget;
const onNode = new Map<string, Expected>();

beforeAll(async () => {
  const lines = execFileSync(path("../../bin/run"), [path("../kit/expected.ts"), ...names], { encoding: "utf8" });
  for (const line of lines.trim().split("\n")) {
    const expected = JSON.parse(line) as Expected;
    onNode.set(expected.name, expected);
  }
  lowered = await lowerTarget(path("../e2e/suite.ts"), 64, names);
});

test.each(names)("%s", (name) => {
  const low = interpret(lowered.program, [name]);
  const node = onNode.get(name) as Expected;
  expect(low.out).toBe(node.out);
  expect(low.status).toBe(node.status);
});
