/** Exceptions: typed dispatch, finally in every way out, rethrow, errors of the system. */
import { DivisionByZeroError, type int, intDiv } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";

class ParseError extends Error {
  readonly at: int;

  constructor(message: string, at: int) {
    super(message);
    this.at = at;
  }
}

class Stop extends Error {}

function parse(text: string): int {
  let value: int = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) throw new ParseError(`bad digit ${text[i]}`, i);
    value = value * 10 + digit;
  }
  if (value > 1000) throw new Stop("too large");
  return value;
}

function attempt(text: string): string {
  try {
    return `${intDiv(100, parse(text))}`;
  } catch (e) {
    if (e instanceof ParseError) return `${e.message} at ${e.at}`;
    if (e instanceof DivisionByZeroError) return "division by zero";
    throw e;
  } finally {
    write(1, `tried ${text}\n`);
  }
}

function early(limit: int): int {
  let sum: int = 0;
  for (let i = 0; ; i++) {
    try {
      if (i === limit) return sum;
      if (i % 2 === 0) continue;
      if (i > 50) break;
      sum += i;
    } finally {
      sum += 1;
    }
  }
  return -sum;
}

export function main(_argv: string[]): int {
  for (const text of ["5", "0", "1x", "33", "9999"]) {
    try {
      write(1, `${attempt(text)}\n`);
    } catch (e) {
      if (e instanceof Error) write(1, `outer: ${e.message}\n`);
    }
  }
  write(1, `${early(10)} ${early(100)}\n`);
  try {
    try {
      throw new Stop("inner");
    } catch (e) {
      throw new ParseError("second", 7);
    }
  } catch (e) {
    if (e instanceof ParseError) write(1, `${e.message} ${e.at}\n`);
  }
  return 0;
}
