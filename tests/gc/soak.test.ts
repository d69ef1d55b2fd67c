/**
 * The soak program natively with every collector, a few seconds each, plain and under stress: the same lines as under
 * `--gc=none`, which never collects. `npm run fuzz` does the same for as long as one likes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BUILDS, buildName, type Run, runSoak, translateSoak } from "./soak/build.ts";

const folder = mkdtempSync(join(tmpdir(), "rts-soak-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RUNS: readonly Run[] = [
  { seed: 1, steps: 60000, size: 300, environment: {} },
  { seed: 2, steps: 60000, size: 8000, environment: { RTS_GC_NURSERY: "128K" } },
  { seed: 3, steps: 20000, size: 2000, environment: { RTS_GC_NURSERY: "32K", RTS_GC_MAJOR_FACTOR: "110" } },
  { seed: 4, steps: 10000, size: 1000, environment: { RTS_GC_NURSERY: "64K", RTS_GC_VERIFY: "1" } },
  { seed: 5, steps: 1500, size: 200, environment: { RTS_GC_STRESS: "1" } },
];

const reference = translateSoak({ collector: "none", machine: "x86-64" }, folder);
const expected = RUNS.map((run) => runSoak(reference, "none", { ...run, environment: {} }));

describe.each(
  BUILDS.filter(({ collector }) => collector !== "none").map((build) => [buildName(build), build] as const),
)("%s", (_name, build) => {
  test("keeps what the model keeps", () => {
    const binary = translateSoak(build, folder);
    for (const [i, run] of RUNS.entries()) expect(runSoak(binary, build.collector, run)).toBe(expected[i]);
  });
});
