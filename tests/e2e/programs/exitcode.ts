/** The result of main is the exit code, modulo 256. */
import type { int } from "rtypescript/rlib";

export function main(_argv: string[]): int {
  console.log("exit code 300 - 256");
  return 300;
}
