/** An uncaught error of a class of the program, with a cause, after output and finally blocks. */
import type { int } from "rtypescript/rlib";

class ConfigError extends Error {
  readonly key: string;
  constructor(key: string, cause: Error) {
    super(`bad key ${key}`, { cause });
    this.name = "ConfigError";
    this.key = key;
  }
}

function read(key: string): string {
  try {
    if (key === "x") throw new RangeError("no such key");
    return key;
  } catch (e) {
    throw new ConfigError(key, e as Error);
  } finally {
    console.log(`read ${key}`);
  }
}

export function main(_argv: string[]): int {
  console.log(read("a"));
  console.log(read("x"));
  return 0;
}
