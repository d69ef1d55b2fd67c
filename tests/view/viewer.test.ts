/// <reference lib="dom" />
/** The viewer in headless Chromium: open, search a function, walk to a callee, switch stage, read a type, see source. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LowFunction } from "../../rtyper/lltype/memory.ts";
import { funcType, ptr, Signed } from "../../rtyper/lltype/types.ts";
import { SourcePosition } from "../../translator/diagnostics/position.ts";
import { Block, Constant, FunctionGraph, Link, Operation, Variable } from "../../translator/flow/model.ts";
import { lowFunctions } from "../../translator/stages.ts";
import { startViewer } from "../../translator/view/server.ts";
import { SnapshotStore } from "../../translator/view/snapshot.ts";

const FUNCTIONS = 3000;
let folder: string;
let server: Server;
let url: string;
let browser: Browser;
let page: Page;

/** f(n) calls the next function with n + 1. */
function makeFunction(name: string, file: string, line: number, callee: LowFunction | null): LowFunction {
  const n = new Variable("n", Signed);
  const block = new Block([n]);
  const at = (offset: number): SourcePosition => new SourcePosition(file, line + offset, 3, name);
  const graph = new FunctionGraph(name, block, at(0));
  (graph.returnBlock.inputargs[0] as Variable).type = Signed;
  const sum = new Variable("sum", Signed);
  block.operations.push(new Operation("int_add", [n, new Constant(1n, Signed)], sum, at(1)));
  let result = sum;
  if (callee !== null) {
    result = new Variable("answer", Signed);
    const target = new Constant(callee, ptr(callee.type));
    block.operations.push(new Operation("direct_call", [target, sum], result, at(2)));
  }
  block.exits = [new Link([result], graph.returnBlock)];
  return new LowFunction(name, funcType([Signed], Signed), graph);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rts-view-"));
  const file = join(folder, "program.ts");
  writeFileSync(file, Array.from({ length: 20 }, (_v, i) => `// source line ${i + 1}`).join("\n"));
  const leaf = makeFunction("leaf", file, 10, null);
  const caller = makeFunction("outer caller", file, 3, leaf);
  const others = Array.from({ length: FUNCTIONS }, (_v, i) => makeFunction(`filler ${i}`, file, 1, null));
  const store = new SnapshotStore();
  const all = lowFunctions([caller, leaf, ...others]);
  store.record("rtype", all.functions, all.describe);
  const [first] = (leaf.graph as FunctionGraph).startBlock.operations;
  (first as Operation).opname = "int_sub";
  store.record("optimize", all.functions, all.describe);
  ({ server, url } = await startViewer(store, "rtype"));
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  page = await browser.newPage();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const shown = (text: string): Promise<unknown> => page.waitForFunction((t) => document.body.dataset.shown === t, text);

test("a person finds a function, walks to its callee, switches stage and reads a type", async () => {
  await page.goto(url);
  await page.fill("#search", "outer");
  await page.click("#functions li:has-text('outer caller')");
  await shown("rtype outer caller");
  expect(await page.textContent("#drawing")).toContain("int_add");
  expect(await page.locator("#source .line.hit").first().textContent()).toContain("source line 3");

  await page.hover(".block.start .value:has-text('sum')");
  expect(await page.textContent("#tip")).toMatch(/^sum\d*: Signed$/);

  await page.click(".call:has-text('leaf')");
  await shown("rtype leaf");
  expect(await page.textContent("#neighbours")).toContain("outer caller");

  await page.click("#stages button:has-text('optimize')");
  await shown("optimize leaf");
  expect(await page.textContent("#drawing")).toContain("int_sub");

  await page.click(".block.start");
  await expect.poll(() => page.locator("#source .line.hit").first().textContent()).toContain("source line 11");
}, 60_000);

test("the call graph leads into functions", async () => {
  await page.click("#stages button:has-text('call graph')");
  await shown("calls optimize leaf");
  expect(await page.locator("#drawing .block").count()).toBe(2);
  await page.click("#drawing .call:has-text('outer caller')");
  await shown("optimize outer caller");
}, 60_000);

test("thousands of functions: only what is asked for is drawn", async () => {
  await page.fill("#search", "");
  await page.waitForFunction(() => (document.getElementById("count")?.textContent ?? "").includes("of"));
  expect(await page.textContent("#count")).toBe(`200 of ${FUNCTIONS + 2} functions`);
  expect(await page.locator("#functions li").count()).toBe(200);
  expect(await page.locator(".block").count()).toBeLessThan(10);
}, 60_000);

test("the wheel zooms", async () => {
  const before = await page.locator("#drawing").getAttribute("style");
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, -200);
  await page.waitForFunction((old) => document.getElementById("drawing")?.getAttribute("style") !== old, before);
  expect(await page.locator("#drawing").getAttribute("style")).toMatch(/scale\(1\.\d+\)/);
}, 60_000);

test("files that no graph refers to are not served", async () => {
  const response = await page.request.get(`${new URL(url).origin}/api/source?file=/etc/passwd`);
  expect(response.status()).toBe(404);
});
