// Python 3.11.
import type { Target, TargetOptions } from "rtypescript/rlib";
import { freezeLibrary } from "./python/interpreter/frozen.ts";
import { main } from "./python/main.ts";

/** The interpreter as a program: `python-c [-c CMD | FILE | -] …`. */
export function target(options: TargetOptions): Target {
  if (options.target === "x86-64" || options.target === "x86-32") freezeLibrary(options.wordBits);
  return { entry: main, name: "python" };
}
