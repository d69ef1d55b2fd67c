/**
 * Wrong programs: `tests/errors/NAME.ts` has the mistakes that `NAME.txt` lists, one a line: code, line (`-`: any), then
 * words that the report has (message, cure or chain), separated by `|`. A first line `check`: uncalled functions too;
 * `32 bits`: for a machine of that word.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderDiagnostic } from "../../translator/diagnostics/report.ts";
import { annotateModule, LoadedProgram, loadFile, type Module, root } from "./kit.ts";

const folder = join(root, "tests/errors");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3))
  .sort();
const modules = new Map<string, Module>();
for (const name of names) modules.set(name, await loadFile(join(folder, `${name}.ts`)));
const program = new LoadedProgram();

interface Expected {
  readonly code: string;
  readonly line: string;
  readonly words: readonly string[];
}

function readExpected(name: string): { check: boolean; bits: 32 | 64; expected: Expected[] } {
  const lines = readFileSync(join(folder, `${name}.txt`), "utf8")
    .trim()
    .split("\n");
  const check = lines[0] === "check";
  const bits = lines[0] === "32 bits" ? 32 : 64;
  const expected = lines.slice(check || bits === 32 ? 1 : 0).map((line) => {
    const match = /^(RTS\d+) (\d+|-) (.*)$/.exec(line);
    if (match === null) throw new Error(`${name}.txt: ${line}`);
    return {
      code: match[1] as string,
      line: match[2] as string,
      words: (match[3] as string).split("|").map((w) => w.trim()),
    };
  });
  return { check, bits, expected };
}

describe("wrong programs", () => {
  for (const name of names) {
    test(name, () => {
      const { check, bits, expected } = readExpected(name);
      const { diagnostics } = annotateModule(program, modules.get(name) as Module, check, bits);
      const reports = diagnostics.map((d) => renderDiagnostic(d, { cwd: folder }));
      const found = diagnostics.map((d) => `${d.code} ${d.position?.line ?? 0}`);
      const wanted = expected.map(
        (e, i) => `${e.code} ${e.line === "-" ? (diagnostics[i]?.position?.line ?? 0) : e.line}`,
      );
      expect(found, reports.join("\n\n")).toEqual(wanted);
      expected.forEach((e, i) => {
        for (const word of e.words) expect(reports[i]).toContain(word);
      });
    });
  }

  test("there are at least forty", () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });
});
