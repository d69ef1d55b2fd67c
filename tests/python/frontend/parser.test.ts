/**
 * The parser against CPython 3.11: trees of the cases here (dumps made by dump.py), of the standard library where
 * Python is installed, and the errors of wrong programs.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compileSource } from "../../../goal/python/compiler/compile.ts";
import { decodeSource } from "../../../goal/python/parser/encoding.ts";
import { PySyntaxError, SYNTAX_ERROR_NAMES } from "../../../goal/python/parser/errors.ts";
import { MODE_EVAL, MODE_EXEC, MODE_SINGLE, parseSource } from "../../../goal/python/parser/parser.ts";
import { dump } from "./dump.ts";
import { TestFactory } from "./factory.ts";

const here = new URL(".", import.meta.url).pathname;
const library = "/usr/lib/python3.11";
const python = spawnSync("python3.11", ["-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"]).status === 0;

function tree(source: string): string {
  return dump(parseSource(source, "<test>", MODE_EXEC, []).body);
}

function errorOf(source: string): PySyntaxError {
  try {
    compileSource(source, "<s>", MODE_EXEC, new TestFactory());
  } catch (e) {
    if (e instanceof PySyntaxError) return e;
    throw e;
  }
  throw new Error(`no error in ${source}`);
}

describe("trees", () => {
  for (const name of ["statements", "fstrings", "unicode"]) {
    test(name, () => {
      const source = readFileSync(`${here}cases/${name}.py`, "utf8");
      expect(tree(source)).toBe(readFileSync(`${here}cases/${name}.dump`, "utf8"));
    });
  }

  test.skipIf(!python)("standard library", { timeout: 120_000 }, () => {
    const files = readdirSync(library).filter((f) => f.endsWith(".py") && f < "b");
    const paths = files.map((f) => `${library}/${f}`);
    const run = spawnSync("python3.11", [`${here}dump.py`, ...paths], { encoding: "latin1", maxBuffer: 1 << 30 });
    const dumps = run.stdout.split(/^== /m).slice(1);
    expect(dumps.length).toBe(files.length);
    for (const text of dumps) {
      const path = text.slice(0, text.indexOf("\n"));
      const same = tree(readFileSync(path, "utf8")).trim() === text.slice(path.length + 1).trim();
      expect(`${path} ${same}`).toBe(`${path} true`);
    }
  });
});

type Expected = [
  name: string,
  msg: string,
  line: number,
  offset: number,
  endLine: number,
  endOffset: number,
  text: string,
];

describe("errors", () => {
  const cases: [string, Expected | null][] = JSON.parse(readFileSync(`${here}errors.json`, "utf8"));

  test(`${cases.length} programs fail, or not, as in CPython`, () => {
    for (const [source, expected] of cases) {
      let found: unknown[] | null = null;
      try {
        compileSource(source, "<s>", MODE_EXEC, new TestFactory());
      } catch (e) {
        if (!(e instanceof PySyntaxError)) throw e;
        // CPython leaves the end of errors about __future__ open.
        const end = expected?.[5] === -9 ? -9 : e.endOffset;
        const endLine = expected?.[4] === -9 ? -9 : e.endLineno;
        found = [SYNTAX_ERROR_NAMES[e.kind], e.msg, e.lineno, e.offset, endLine, end, e.text];
      }
      expect([source, found]).toEqual([source, expected]);
    }
  });

  test("errors of the compiler show the line of files only", () => {
    expect(errorOf("return").text).toBeNull();
    let text: string | null = null;
    try {
      compileSource("x\nreturn 1\n", "prog.py", MODE_EXEC, new TestFactory());
    } catch (e) {
      text = (e as PySyntaxError).text;
    }
    expect(text).toBe("return 1\n");
  });

  test("what more input would complete", () => {
    for (const source of ["if x:", "def f(a,", "x = '''abc", "for x in y:\n  a\nelse:", "try:\n  a\n", "a = (", "\\"]) {
      expect([source, errorOf(source).incomplete]).toEqual([source, true]);
    }
    for (const source of ["a b", "x = 'abc", "x = )", "if x\n  y\nz"]) {
      expect([source, errorOf(source).incomplete]).toEqual([source, false]);
    }
  });
});

describe("encodings", () => {
  function decoded(...bytes: (number | string)[]): string {
    const all = bytes.flatMap((b) => (typeof b === "number" ? [b] : [...Buffer.from(b, "utf8")]));
    try {
      return decodeSource(Uint8Array.from(all), "f.py");
    } catch (e) {
      if (!(e instanceof PySyntaxError)) throw e;
      return `! ${e.msg}`;
    }
  }

  test("marks, comments, malformed bytes", () => {
    expect(decoded("é = 1")).toBe("é = 1");
    expect(decoded(0xef, 0xbb, 0xbf, "x")).toBe("x");
    expect(decoded("#!/bin/python\n# vim: set fileencoding=latin-1 :\n", 0xe9)).toMatch(/é$/);
    expect(decoded("x\n# coding: latin-1\n", "é")).toMatch(/é$/);
    expect(decoded("# coding: foo\n")).toBe("! encoding problem: foo");
    expect(decoded("# coding: ascii\né")).toBe("! encoding problem: ascii");
    expect(decoded("a\n", 0xff)).toContain("! Non-UTF-8 code starting with '\\xff' in file f.py on line 2");
    expect(decoded(0xed, 0xa0, 0x80)).toContain("! Non-UTF-8");
  });
});

describe("modes", () => {
  test("an expression", () => {
    expect(dump(parseSource("a, b\n\n", "<e>", MODE_EVAL, []).body)).toContain("Tuple");
    expect(() => parseSource("a = 1", "<e>", MODE_EVAL, [])).toThrow("invalid syntax");
    expect(() => parseSource("", "<e>", MODE_EVAL, [])).toThrow("invalid syntax");
  });

  test("one statement", () => {
    expect(parseSource("a; b\n", "<i>", MODE_SINGLE, []).body.length).toBe(2);
    expect(parseSource("if a:\n  b\n", "<i>", MODE_SINGLE, []).body.length).toBe(1);
  });

  test("warnings about escapes", () => {
    const warnings: { message: string; line: number }[] = [];
    parseSource("a\n'\\d'\nb'\\q'; r'\\d'", "<w>", MODE_EXEC, warnings as never[]);
    expect(warnings.map((w) => `${w.line} ${w.message}`)).toEqual([
      "2 invalid escape sequence '\\d'",
      "3 invalid escape sequence '\\q'",
    ]);
  });

  test("newlines of all kinds", () => {
    const unix = tree("if a:\n  b\nc = '''x\ny'''\n");
    expect(tree("if a:\r\n  b\r\nc = '''x\r\ny'''\r\n")).toBe(unix);
    expect(tree("if a:\r  b\rc = '''x\ry'''")).toBe(unix);
  });
});
