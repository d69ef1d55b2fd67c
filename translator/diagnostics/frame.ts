// Code frames: the source line of a position with the culprit underlined, as tsc prints it.
import { readFileSync } from "node:fs";
import type { SourcePosition } from "./position.ts";

/** Reads lines of source files; one file is read once. */
export class SourceLines {
  readonly #files = new Map<string, readonly string[] | null>();

  /** Line `line` (from 1) of a file, null if there is none. */
  findLine(file: string, line: number): string | null {
    let lines = this.#files.get(file);
    if (lines === undefined) {
      lines = readLines(file);
      this.#files.set(file, lines);
    }
    return lines?.[line - 1] ?? null;
  }

  /** Uses this text for a file rather than what is on disk. */
  provide(file: string, text: string): void {
    this.#files.set(file, text.split(/\r?\n/));
  }
}

function readLines(file: string): readonly string[] | null {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return null;
  }
}

const token = /[A-Za-z_$#][\w$]*|\d[\w.]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|=>|[=!]==?|[<>]=?|\?\?=?|&&|\|\||\S/y;

/** Columns that the token at a position takes, at least 1. */
function tokenLength(line: string, column: number): number {
  token.lastIndex = column - 1;
  return token.exec(line)?.[0].length ?? 1;
}

/** Widest part of a line that is shown. */
const widest = 160;

/**
 * Two lines: the source line after its number, and tildes under `length` columns (the token there if null). Empty if
 * the position has no line or its file cannot be read.
 */
export function codeFrame(sources: SourceLines, position: SourcePosition, length: number | null = null): string[] {
  if (position.line === 0) return [];
  const line = sources.findLine(position.file, position.line);
  if (line === null) return [];
  const start = Math.max(0, position.column - 1 - widest / 2);
  const shown = line.slice(start, start + widest).replace(/\t/g, " ");
  const room = Math.max(1, shown.length - (position.column - 1 - start));
  const marks = "~".repeat(Math.min(length ?? tokenLength(line, position.column), room));
  const number = `${position.line}`;
  return [`${number} ${shown}`, `${" ".repeat(number.length + 1 + position.column - 1 - start)}${marks}`];
}
