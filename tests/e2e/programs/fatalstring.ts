/** A string index past the end stops the program. */
import type { int } from "rtypescript/rlib";

export function main(argv: string[]): int {
  const text = "abc";
  for (let i = 0; i < 5 + argv.length; i++) console.log(text[i]);
  return 0;
}
