/** Taking apart a list that is too short stops the program. */
import type { int } from "rtypescript/rlib";

function parts(text: string): string {
  const [key, value] = text.split("=");
  return `${key}:${value}`;
}

export function main(_argv: string[]): int {
  console.log(parts("a=b"));
  console.log(parts("a=b=c"));
  console.log(parts("none"));
  return 0;
}
