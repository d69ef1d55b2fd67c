// bin/setup when nothing is to do.
import { expect, test } from "vitest";
import { root, runTool } from "./fixtures.ts";

test("is silent and quick", async () => {
  await runTool("setup", ["node"], root);
  const start = performance.now();
  expect(await runTool("setup", ["node"], root)).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(performance.now() - start).toBeLessThan(300);
});

test("unknown parts are usage errors", async () => {
  expect((await runTool("setup", ["everything"], root)).status).toBe(2);
});
