// How diagnostics are collected and printed.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CODES } from "../../translator/diagnostics/codes.ts";
import { errorPage } from "../../translator/diagnostics/errorpage.ts";
import { SourceLines } from "../../translator/diagnostics/frame.ts";
import { SourcePosition } from "../../translator/diagnostics/position.ts";
import {
  bug,
  Diagnostic,
  DiagnosticCollector,
  fail,
  InternalError,
  renderDiagnostic,
} from "../../translator/diagnostics/report.ts";

const file = "/p/a.ts";
const sources = new SourceLines();
sources.provide(file, 'const xs = [0];\nfunction f() {\n\txs.push("a");\n}\n');
const options = { cwd: "/p", sources };

function at(line: number, column: number): SourcePosition {
  return new SourcePosition(file, line, column, "f");
}

describe("rendering", () => {
  test("place, code frame, cure, chains", () => {
    const d = new Diagnostic("RTS1201", at(3, 2), "`xs` holds int and string", "use two lists", [
      { title: "`xs` holds int", steps: [{ text: "literal `0`", position: at(1, 13) }] },
      {
        title: "string",
        steps: [
          { text: 'literal `"a"`', position: at(3, 10) },
          { text: "argument 1 of `push`", position: null },
        ],
      },
    ]);
    expect(renderDiagnostic(d, options).split("\n")).toEqual([
      "a.ts:3:2 - error RTS1201: `xs` holds int and string",
      "",
      '3  xs.push("a");',
      "   ~~",
      "  cure: use two lists",
      "  `xs` holds int:",
      "      literal `0`  at a.ts:1:13",
      "  string:",
      '      literal `"a"`  at a.ts:3:10',
      "    → argument 1 of `push`",
    ]);
  });

  test("without a place; with the table's cure; with colours", () => {
    const d = new Diagnostic("RTS1401", null, "there is no target x");
    expect(renderDiagnostic(d)).toBe(`error RTS1401: there is no target x\n  cure: ${CODES.RTS1401.cure}`);
    expect(renderDiagnostic(d, { color: true })).toContain("\x1b[91merror");
  });

  test("a position without line, a file that is not there, a very long line", () => {
    const plain = (position: SourcePosition) =>
      renderDiagnostic(new Diagnostic("RTS1001", position, "m", "h"), options);
    expect(plain(new SourcePosition(file, 0, 0, "f"))).toBe("a.ts - error RTS1001: m\n  cure: h");
    expect(plain(new SourcePosition("/q/b.ts", 3, 1, "f"))).toBe("/q/b.ts:3:1 - error RTS1001: m\n  cure: h");
    sources.provide("/p/long.ts", `${"x".repeat(5000)} here`);
    const lines = plain(new SourcePosition("/p/long.ts", 1, 5002, "f")).split("\n");
    expect(lines[2]?.slice(lines[3]?.indexOf("~"))).toBe("here");
  });

  test("long chains lose their middle", () => {
    const steps = Array.from({ length: 20 }, (_, i) => ({ text: `s${i}`, position: null }));
    const text = renderDiagnostic(new Diagnostic("RTS1201", null, "m", "h", [{ title: "t", steps }]));
    expect(text).toContain("s3\n      … 12 more steps\n    → s16");
  });
});

describe("collecting", () => {
  test("each once, in source order", () => {
    const collector = new DiagnosticCollector();
    expect(collector.add(new Diagnostic("RTS1201", at(3, 2), "later"))).toBe(true);
    expect(collector.add(new Diagnostic("RTS1201", at(3, 2), "the same"))).toBe(false);
    collector.add(new Diagnostic("RTS1202", at(1, 1), "first"));
    expect(collector.collect(() => fail("RTS1001", at(2, 1), "thrown"))).toBe(null);
    expect(collector.collect(() => 5)).toBe(5);
    expect(collector.all().map((d) => d.message)).toEqual(["first", "thrown", "later"]);
    expect(collector.render(options)).toMatch(/Found 3 errors\.\n$/);
  });

  test("other errors go through", () => {
    const collector = new DiagnosticCollector();
    expect(() => collector.collect(() => bug("broken", "graph f"))).toThrow(InternalError);
    expect(collector.hasErrors).toBe(false);
  });
});

test("every code has all its texts", () => {
  for (const [code, info] of Object.entries(CODES)) {
    expect(code).toMatch(/^RTS1[0-5]\d\d$/);
    for (const text of [info.title, info.explanation, info.cure]) expect(text.length, code).toBeGreaterThan(3);
    expect(info.cure, code).not.toMatch(/\.$/);
  }
});

test("docs/errors.md is what the table says", () => {
  const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  expect(page, "run npm run docs:errors").toBe(errorPage());
});
