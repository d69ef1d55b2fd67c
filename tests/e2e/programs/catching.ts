/** Errors thrown and caught, by class, with finally and rethrow. */
import type { int } from "rtypescript/rlib";

class ParseError extends Error {
  constructor(
    message: string,
    // @ts-expect-error the repository itself is erasable
    readonly line: int,
  ) {
    super(message);
    this.name = "ParseError";
  }
}
class FatalParseError extends ParseError {}

function parse(n: int): int {
  if (n === 3) throw new ParseError("three", n);
  if (n === 5) throw new FatalParseError("five", n * 10);
  if (n === 6) throw new RangeError("six");
  return n * n;
}

function attempt(n: int): string {
  try {
    return `value ${parse(n)}`;
  } catch (e) {
    if (e instanceof FatalParseError) return `fatal ${e.message} at ${e.line}`;
    if (e instanceof ParseError) return `error ${e.message} at ${e.line}`;
    throw e;
  } finally {
    log.push(n);
  }
}

const log: int[] = [];

export function main(argv: string[]): int {
  for (let i = 2; i < 6; i++) console.log(attempt(i));
  try {
    attempt(6);
  } catch (e) {
    if (e instanceof Error) console.log(`${e.name}: ${e.message}`);
  }
  console.log(`${log.length} ${log[log.length - 1]}`);
  try {
    console.log(`${10 % (argv.length * 0)}`);
  } catch (e) {
    console.log(e instanceof RangeError ? "division" : "other");
  }
  return 0;
}
