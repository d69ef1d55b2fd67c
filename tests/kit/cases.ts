/**
 * The runner of case files. A case file is data, one or more cases of
 *
 *     test: simplify -- empty blocks vanish       command and its arguments, then a title
 *     <input>
 *     ==>
 *     <expected output>
 *
 * Lines of a case that start with `test:` begin the next one. An expected error is written on its culprit line of the
 * input as a comment, `; error: RTS1203` or `// error: RTS1203`; the output part may then be missing.
 * `RTS_UPDATE_CASES=1` writes the actual outputs into the files, for review in the diff.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";

export interface Case {
  readonly file: string;
  /** 1-based line of `test:`. */
  readonly line: number;
  /** The words after `test:`, for instance `["optimize", "inline,constfold"]`. */
  readonly command: readonly string[];
  readonly title: string;
  readonly input: string;
  /** Null when the case has no `==>`. */
  readonly expected: string | null;
}

/** An error that a case handler found; `line` is 1-based in the input. */
export interface CaseError {
  readonly code: string;
  readonly line: number;
}

export interface CaseResult {
  /** The output text; ignored when the case expects none. */
  readonly text: string;
  readonly errors?: readonly CaseError[];
}

/** What a command does with a case. */
export type CaseHandler = (input: string, args: readonly string[], testCase: Case) => string | CaseResult;

const ERROR_MARK = /(?:;|\/\/) error: (\S+)/;

/** Splits a case file. */
export function readCases(file: string, text: string): Case[] {
  const cases: Case[] = [];
  const lines = text.split("\n");
  let start = lines.findIndex((line) => line.startsWith("test:"));
  while (start >= 0) {
    const following = lines.findIndex((line, index) => index > start && line.startsWith("test:"));
    const end = following < 0 ? lines.length : following;
    const header = (lines[start] as string).slice("test:".length);
    const [command = "", title = ""] = header.split(" -- ");
    const body = lines.slice(start + 1, end);
    const arrow = body.indexOf("==>");
    const trim = (part: string[]): string => `${part.join("\n").replace(/^\n+|\s+$/g, "")}\n`;
    cases.push({
      file,
      line: start + 1,
      command: command.trim().split(/\s+/),
      title: title.trim(),
      input: trim(arrow < 0 ? body : body.slice(0, arrow)),
      expected: arrow < 0 ? null : trim(body.slice(arrow + 1)),
    });
    start = following;
  }
  return cases;
}

/** The errors that the input announces in comments. */
export function expectedErrors(input: string): CaseError[] {
  return input.split("\n").flatMap((line, index) => {
    const match = ERROR_MARK.exec(line);
    return match === null ? [] : [{ code: match[1] as string, line: index + 1 }];
  });
}

function caseText(testCase: Case, output: string): string {
  const title = testCase.title === "" ? "" : ` -- ${testCase.title}`;
  const result = testCase.expected === null ? "" : `==>\n${output}`;
  return `test: ${testCase.command.join(" ")}${title}\n${testCase.input}${result}`;
}

/** Runs one case; gives the actual output. */
function run(testCase: Case, handlers: Readonly<Record<string, CaseHandler>>): CaseResult {
  const [name = "", ...args] = testCase.command;
  const handler = handlers[name];
  if (handler === undefined) throw new Error(`${testCase.file}:${testCase.line}: unknown command "${name}"`);
  const result = handler(testCase.input, args, testCase);
  const { text, errors = [] } = typeof result === "string" ? { text: result } : result;
  return { text: `${text.replace(/\s+$/, "")}\n`, errors };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".txt"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Declares a vitest test for each case of the `.txt` files below `folder`. */
export function runCaseFiles(folder: string, handlers: Readonly<Record<string, CaseHandler>>): void {
  const update = process.env.RTS_UPDATE_CASES === "1";
  for (const file of filesBelow(folder)) {
    const cases = readCases(file, readFileSync(file, "utf8"));
    describe(relative(folder, file), () => {
      if (update) {
        test("update", () => {
          writeFileSync(file, cases.map((c) => caseText(c, run(c, handlers).text)).join("\n"));
        });
        return;
      }
      for (const testCase of cases) {
        test(`${testCase.title || testCase.command.join(" ")} (line ${testCase.line})`, () => {
          const result = run(testCase, handlers);
          expect(result.errors).toEqual(expectedErrors(testCase.input));
          if (testCase.expected !== null) expect(result.text).toBe(testCase.expected);
        });
      }
    });
  }
}
