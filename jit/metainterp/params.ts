/**
 * Parameters of the JIT, set at run time by name: the program's `--jit`, rlib's `setParam`, tests.
 *
 * One table of names with meaning, unit and default; the record of values is read directly where speed matters.
 */

import { parseInteger } from "../../rlib/checked.ts";
import { env } from "../../rlib/os.ts";
import type { int } from "../../rlib/types.ts";

export class Params {
  /** Is the JIT on at all? 0 or 1. */
  enabled: int = 1;
  /** Back edges of a loop before it is traced. */
  threshold: int = 1039;
  /** Calls of a function (entries of the portal) before it is traced from its start. */
  functionThreshold: int = 1619;
  /** Failures of one guard before a bridge is traced from it. */
  traceEagerness: int = 200;
  /** Operations of a trace beyond which it is given up as too long. */
  traceLimit: int = 16000;
  /** Counters lose this many thousandths of their value each time they decay. */
  decay: int = 40;
  /** Iterations of the same loop that tracing tries before it gives up closing it. */
  retraceLimit: int = 0;
  /** Guards that may fail to reach a compiled loop's state before a new version of it is made. */
  maxRetraceGuards: int = 15;
  /** Versions of one loop that an unstable bridge may add. */
  maxUnrollLoops: int = 0;
  /** Levels of one recursive function that one trace follows. */
  maxUnrollRecursion: int = 7;
  /** Is one iteration peeled? 0 or 1. */
  peel: int = 1;
  /** Are traces optimized? 0 or 1. */
  optimize: int = 1;
  /** Machine code kept before the least recently used is dropped, in kilobytes. */
  codeLimit: int = 262144;

  /** Everything as it is at the start of a program, but early: for tests of the JIT itself. */
  setStress(): void {
    this.threshold = 2;
    this.functionThreshold = 3;
    this.traceEagerness = 2;
  }
}

/** Assigns one parameter; false if there is none of that name. */
export function setParameter(params: Params, name: string, value: int): boolean {
  switch (name) {
    case "enabled":
      params.enabled = value;
      return true;
    case "threshold":
      params.threshold = atLeast(value, 2);
      return true;
    case "function_threshold":
      params.functionThreshold = atLeast(value, 2);
      return true;
    case "trace_eagerness":
      params.traceEagerness = atLeast(value, 1);
      return true;
    case "trace_limit":
      params.traceLimit = value;
      return true;
    case "decay":
      params.decay = value;
      return true;
    case "retrace_limit":
      params.retraceLimit = value;
      return true;
    case "max_retrace_guards":
      params.maxRetraceGuards = value;
      return true;
    case "max_unroll_loops":
      params.maxUnrollLoops = value;
      return true;
    case "max_unroll_recursion":
      params.maxUnrollRecursion = value;
      return true;
    case "peel":
      params.peel = value;
      return true;
    case "optimize":
      params.optimize = value;
      return true;
    case "code_limit":
      params.codeLimit = value;
      return true;
    default:
      return false;
  }
}

function atLeast(value: int, least: int): int {
  return value < least ? least : value;
}

/**
 * Assigns from a text like `threshold=100,trace_limit=8000`; `off` switches the JIT off, `default` changes nothing.
 * Returns the part that makes no sense, or null.
 */
export function setParametersFromText(params: Params, text: string): string | null {
  if (text === "" || text === "default") return null;
  if (text === "off") {
    params.enabled = 0;
    return null;
  }
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    if (equals < 0) return part;
    const value = parseInteger(part.slice(equals + 1), 10);
    if (value === null || !setParameter(params, part.slice(0, equals), value)) return part;
  }
  return null;
}

/** What the environment asks for: `RTS_JIT_STRESS` lowers all thresholds, `RTS_JIT` holds parameters. */
export function setParametersFromEnvironment(params: Params): void {
  const stress = env("RTS_JIT_STRESS");
  if (stress !== null && stress !== "" && stress !== "0") params.setStress();
  const text = env("RTS_JIT");
  if (text !== null) setParametersFromText(params, text);
}
