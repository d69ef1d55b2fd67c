// Python 3.11.
import type { Target, TargetOptions } from "rtypescript/rlib";
import { main } from "./python/main.ts";

/** The interpreter as a program: `python-c [-c CMD | FILE | -] …`. */
export function target(_options: TargetOptions): Target {
  return { entry: main, name: "python" };
}
