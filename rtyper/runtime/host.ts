/** `console` and `process`, on rlib's os. */
import { floatHighBits, unitAt } from "../../rlib/lowlevel.ts";
import { env, programPath, write } from "../../rlib/os.ts";
import type { float, int } from "../../rlib/types.ts";
import { programArgumentList } from "./arglist.ts";
import { floatToString } from "./number.ts";
import { stringIndexOf, stringPart } from "./string.ts";

export function writeLine(fd: int, line: string): void {
  write(fd, `${line}\n`);
}

export function writeText(fd: int, text: string): void {
  write(fd, text);
}

/** A number as `console.log` writes it. */
export function printedFloat(x: float): string {
  if (x === 0.0 && floatHighBits(x) !== 0) return "-0";
  return floatToString(x);
}

export function joinWords(line: string, word: string): string {
  return `${line} ${word}`;
}

/** Marks, in a text being formatted, where the part begins that later arguments may still fill. */
const MARK = "\u0000\uffff";

/** Index of the first `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%O` or `%c` from a place on, `%%` skipped; or -1. */
function nextDirective(s: string, from: int): int {
  let at = stringIndexOf(s, "%", from);
  while (at >= 0 && at + 1 < s.length) {
    const kind = unitAt(s, at + 1);
    if (stringIndexOf("sdifjoOc", stringPart(s, at + 1, at + 2), 0) >= 0) return at;
    at = stringIndexOf(s, "%", kind === 37 ? at + 2 : at + 1);
  }
  return -1;
}

/** Puts a word in place of the next directive of a line, or behind it when there is none. */
export function formatNext(line: string, word: string): string {
  const mark = stringIndexOf(line, MARK, 0);
  const start = mark < 0 ? 0 : mark + MARK.length;
  const head = mark < 0 ? "" : stringPart(line, 0, mark);
  const at = nextDirective(line, start);
  if (at < 0) return `${head}${withoutDoubles(stringPart(line, start, line.length))} ${word}${MARK}`;
  const kind = unitAt(line, at + 1);
  const shown = kind === 99 ? "" : kind === 105 ? wholePart(word) : word;
  const before = withoutDoubles(stringPart(line, start, at));
  return `${head}${before}${shown}${MARK}${stringPart(line, at + 2, line.length)}`;
}

/** A number's text up to its point, for `%i`. */
function wholePart(word: string): string {
  const point = stringIndexOf(word, ".", 0);
  return point < 0 ? word : stringPart(word, 0, point);
}

/** The finished line. */
export function formatEnd(line: string): string {
  const mark = stringIndexOf(line, MARK, 0);
  if (mark < 0) return line;
  return `${stringPart(line, 0, mark)}${withoutDoubles(stringPart(line, mark + MARK.length, line.length))}`;
}

/** `%%` is `%` in a text that is formatted. */
function withoutDoubles(s: string): string {
  const at = stringIndexOf(s, "%%", 0);
  if (at < 0) return s;
  return `${stringPart(s, 0, at + 1)}${withoutDoubles(stringPart(s, at + 2, s.length))}`;
}

export function exitCodeOf(code: int | null | undefined): int {
  return code === null || code === undefined ? 0 : code;
}

/** `process.argv`: the program twice, for Node and for the script, then the arguments. */
export function processArguments(): string[] {
  const path = programPath();
  const list: string[] = [path, path];
  const own = programArgumentList();
  for (const argument of own) list.push(argument);
  return list;
}

/** `process.env[name]`. */
export function environmentVariable(name: string): string | undefined {
  const value = env(name);
  return value === null ? undefined : value;
}

/** `Object.is` of numbers. */
export function sameValue(a: float, b: float): boolean {
  if (a === b) return a !== 0.0 || floatHighBits(a) === floatHighBits(b);
  return Number.isNaN(a) && Number.isNaN(b);
}
