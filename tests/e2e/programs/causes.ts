/** Errors with causes, wrapped and unwrapped; errors as values; toString. */
import type { int } from "rtypescript/rlib";

class Wrapped extends Error {
  constructor(message: string, cause: Error) {
    super(message, { cause });
    this.name = "Wrapped";
  }
}

function inner(n: int): int {
  if (n % 2 === 0) throw new RangeError(`even ${n}`);
  return n;
}

function outer(n: int): int {
  try {
    return inner(n);
  } catch (e) {
    if (e instanceof Error) throw new Wrapped(`outer ${n}`, e);
    throw e;
  }
}

export function main(_argv: string[]): int {
  const errors: Error[] = [];
  for (let i = 1; i < 5; i++) {
    try {
      console.log(`${outer(i)}`);
    } catch (e) {
      if (e instanceof Error) errors.push(e);
    }
  }
  for (const e of errors) {
    console.log(`${e}`);
    const cause = e.cause;
    if (cause instanceof Error) console.log(`  because ${cause.name}: ${cause.message}`);
  }
  return errors.length;
}
