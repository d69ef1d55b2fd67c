/** The least target: does nothing. What its binary weighs and takes is the cost of the run-time system itself. */
import type { int, Target, TargetOptions } from "rtypescript/rlib";

function main(_argv: string[]): int {
  return 0;
}

export function target(_options: TargetOptions): Target {
  return { entry: main, name: "nop" };
}
