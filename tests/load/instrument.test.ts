// The emitted text: positions, import forms, cycles, and that code means what it meant.
import { SourceMap, type SourceMapping } from "node:module";
import { describe, expect, test } from "vitest";
import { instrument } from "../../translator/load/instrument.ts";
import { makeFolder, root, runTool } from "./fixtures.ts";

function mapOf(code: string): SourceMap {
  const data = code.slice(code.lastIndexOf("base64,") + 7);
  return new SourceMap(JSON.parse(Buffer.from(data, "base64").toString("utf8")));
}

/** Every `mark…` identifier of the source is found at its own line and column through the map. */
function checkPositions(source: string, mode: "record" | "check"): void {
  const code = instrument(source, "/p/a.ts", mode);
  const map = mapOf(code);
  const sourceLines = source.split("\n");
  const emitted = code.split("\n");
  let found = 0;
  sourceLines.forEach((line, row) => {
    for (const match of line.matchAll(/mark\w+/g)) {
      const at = emitted.findIndex((l) => l.includes(match[0]));
      const entry = map.findEntry(at, emitted[at]?.indexOf(match[0]) ?? 0) as SourceMapping;
      expect([match[0], entry.originalLine, entry.originalColumn]).toEqual([match[0], row, match.index]);
      found += 1;
    }
  });
  expect(found).toBeGreaterThan(3);
}

const positions = `import type { X } from "./x.ts";
const f = (n: number): number[] => [markA(n), n + markB()]; let q = () => () => f; q = f as never;
function g(this: void, xs: number[], i: number): number { for (const x of xs) { markC(x); } return xs[i] + markD(xs[0]!, { a: new markE(1) }); }
class C<T extends X> { #p: T = markF([1]) as T; m(a: number = markG()): void { const [u, v] = markH(a); xs[u] = markI(v); } }
`;

describe("positions", () => {
  test("recording moves no position", () => checkPositions(positions, "record"));
  test("checks move no position", () => checkPositions(positions, "check"));
});

async function evaluate(source: string): Promise<Record<string, unknown>> {
  const code = instrument(source, `/p/${Math.random()}.ts`, "record");
  return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as Record<
    string,
    unknown
  >;
}

describe("meaning is kept", () => {
  test("loops without blocks, arrows in arrows, switch, labels, hoisting", async () => {
    const { result } = await evaluate(`
      const fs: (() => number)[] = [];
      for (let i = 0; i < 3; i++) fs.push(() => i++ * 0 + i)
      for (const k of [5]) { let n = k; const h = () => () => n++; h()(); fs.push(h()) }
      let w = 0; while (w < 2) fs.push(((c) => () => c + w)(w++))
      outer: switch (fs.length) { case 6: { let z = 1; fs.push(() => z++); break outer } default: fs.length = 0 }
      const early = later(); function later() { return 9 }
      const [a, b = () => early] = [1] as [number, (() => number)?];
      export const result = [...fs.map((f) => f()), early, a, b()]
    `);
    expect(result).toEqual([1, 2, 3, 6, 2, 3, 1, 9, 1, 9]);
  });

  test("default exports, generators, async, classes without a name, getters, computed names", async () => {
    const { default: d, rest } = (await evaluate(`
      export default function () { return 1 }
      const key = "k"
      const o = { [key]() { return 2 }, get g() { return 3 }, async a() { return 4 }, *gen() { yield 5 }, x: class { y = 6 } }
      const K = class { static s = 7; static { this.s += 1 } }
      export const rest = [o.k(), o.g, [...o.gen()], new o.x().y, K.s, K.name, o.x.name, o.gen.name]
    `)) as { default: () => number; rest: unknown[] };
    expect([d(), d.name]).toEqual([1, "default"]);
    expect(rest).toEqual([2, 3, [5], 6, 8, "K", "x", "gen"]);
  });

  test("parameter properties, enums, namespaces, abstract members, overloads", async () => {
    const { result } = await evaluate(`
      enum E { A = 3, B }
      namespace N { export const v = E.B; export function f() { return () => v } }
      abstract class P { constructor(readonly x: number, private y = () => x) {} abstract z(): number; get() { return this.y() } }
      class Q extends P { declare other: string; constructor(n: number) { super(n); n++; this.later = () => n } later: () => number; z(): number { return this.x } }
      function over(a: number): number; function over(a: string): string; function over(a: never): never { return a }
      const q = new Q(5);
      export const result = [N.f()(), q.get(), q.z(), q.later(), over(8), E[3]]
    `);
    expect(result).toEqual([4, 5, 5, 6, 8, "A"]);
  });

  test("a shebang line and an import used only as a type", async () => {
    expect(
      instrument('#!/usr/bin/env node\nimport { T } from "./t.ts";\nexport const a: T = 1;\n', "/p/s.ts", "record"),
    ).not.toContain("./t.ts");
  });
});

test("import cycles: functions run before their module's body", async () => {
  const place = makeFolder({
    "a.ts":
      'import { b } from "./b.ts";\nlet n = 1;\nexport function make() { return [() => b, { k: 1 }]; }\nexport const target = () => ({ entry: () => b + n });\nn = 2;\n',
    "b.ts": 'import { make } from "./a.ts";\nexport const b: number = make().length + 3;\n',
    "go.mjs": `import { startLoader } from "${root}/bin/start.mjs";
await startLoader("translate");
const { target } = await import("./a.ts");
const { functionInfo } = await import("${root}/translator/load/registry.ts");
const { entry } = target();
const info = functionInfo(entry);
console.log(entry(), [...info.captures.keys()].join(), info.captures.get("b").read(), info.captures.get("n").read());
`,
  });
  const { execFileSync } = await import("node:child_process");
  expect(execFileSync("node", ["go.mjs"], { cwd: place.path, encoding: "utf8" })).toBe("7 b,n 5 2\n");
  place.remove();
});

test("a program outside the toolchain finds rtypescript, and its tsconfig's paths", async () => {
  const place = makeFolder({
    "tsconfig.json": '{ // comment\n "compilerOptions": { "paths": { "@app/*": ["./src/*"], }, }, }',
    "src/one.ts": "export const one = 1;\n",
    "main.ts":
      'import { one } from "@app/one";\nimport { intAdd } from "./types";\nimport { parseInteger, type int } from "rtypescript/rlib";\nexport const target = () => ({ entry: (argv: string[]): int => (parseInteger(argv[0] ?? "") ?? 0) + one });\n',
  });
  expect((await runTool("run", ["main.ts", "41"], place.path)).status).toBe(42);
  place.remove();
});
