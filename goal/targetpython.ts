// Python 3.11.
import type { Target, TargetOptions } from "rtypescript/rlib";
import { main } from "./python/main.ts";
import { setNativeWord } from "./python/modules/sys.ts";

/** The interpreter as a program: `python-c [-c CMD | FILE | -] …`. */
export function target(options: TargetOptions): Target {
  if (options.target !== "node") setNativeWord();
  return { entry: main, name: "python" };
}
