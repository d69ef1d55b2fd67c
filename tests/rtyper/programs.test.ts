/**
 * Every program of `tests/e2e/programs` as low-level graphs, run in llinterp, against what it does on Node. All are
 * lowered together, before any has run: running one on Node changes its live data.
 */
import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { capture, interpret, type LoweredTarget, lowerTarget } from "../kit/pipeline.ts";

const folder = new URL("../e2e/programs/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3));
/** Recursion without end needs more of Node's stack than a test has. */
const DEEP = new Set(["overflow"]);

let lowered: LoweredTarget;

beforeAll(async () => {
  lowered = await lowerTarget(new URL("../e2e/suite.ts", import.meta.url).pathname);
});

test.each(names.filter((name) => !DEEP.has(name)))("%s", async (name) => {
  const { main } = (await import(`../e2e/programs/${name}.ts`)) as { main: (argv: string[]) => number };
  const low = interpret(lowered.program, [name]);
  const node = capture(() => main([]));
  if (node.error instanceof Error) {
    expect(low.status).toBe(1);
    expect(low.out.startsWith(node.out)).toBe(true);
    expect(low.out).toContain(node.error.message);
    return;
  }
  expect(low.out).toBe(node.out);
  expect(low.status).toBe((node.result ?? 0) & 255);
});
