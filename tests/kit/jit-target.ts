/** Whole targets run on Node with the JIT, for tests and, as a tool: `… tool tests/kit/jit-target.ts TARGET ARGUMENTS…`. */

import { printTrace } from "../../jit/format/print.ts";
import { setParameter } from "../../jit/metainterp/params.ts";
import type { Stats } from "../../jit/metainterp/stats.ts";
import { JitInterpreter } from "../../jit/testing/interpreter.ts";
import type { CompiledTrace, MetaOptions } from "../../jit/testing.ts";
import { TraceCollector } from "../../jit/testing.ts";
import { saveMemory } from "../../rtyper/llinterp/snapshot.ts";
import { findReachable } from "../../rtyper/lltype/reach.ts";
import { type Codewritten, codewriterOf } from "./jitcodes.ts";
import { interpretOn, lowerTarget, type Outcome } from "./pipeline.ts";

const BITS = 53;

export interface JitOutcome extends Outcome {
  readonly traces: readonly CompiledTrace[];
  readonly stats: Stats;
}

/** A target lowered once, to be run with several arguments and parameters. */
export class JitTarget {
  readonly #written: Codewritten;
  readonly #restore: () => void;

  constructor(written: Codewritten) {
    this.#written = written;
    const { program } = written;
    this.#restore = saveMemory(findReachable([program.entry, ...program.systemErrors.values()]).objects);
  }

  run(args: readonly string[], options: MetaOptions = {}, stdin = ""): JitOutcome {
    const { program, codewriter } = this.#written;
    const traces: CompiledTrace[] = [];
    let made: JitInterpreter | null = null;
    const outcome = interpretOn(
      program,
      args,
      stdin,
      null,
      (machine) => {
        made = new JitInterpreter(machine, codewriter);
        const { context } = made.jit;
        const all = { threshold: 3, function_threshold: 5, trace_eagerness: 2, ...options };
        for (const [name, value] of Object.entries(all)) setParameter(context.params, name, value);
        context.observer = new TraceCollector(traces);
        return made;
      },
      BITS,
    );
    this.#restore();
    const { context } = (made as unknown as JitInterpreter).jit;
    return { ...outcome, traces, stats: context.stats };
  }
}

export async function jitTarget(file: string): Promise<JitTarget> {
  const { program } = await lowerTarget(file, 64, [], true);
  return new JitTarget(codewriterOf(program, BITS));
}

/** The tool. */
export async function main(args: string[]): Promise<number> {
  const [file, ...rest] = args;
  if (file === undefined) return 2;
  const target = await jitTarget(file);
  const options: Record<string, number> = {};
  for (const part of (process.env.RTS_JIT ?? "").split(",")) {
    const [name, value] = part.split("=");
    if (name !== undefined && value !== undefined) options[name] = Number(value);
  }
  const start = performance.now();
  const { out, status, fatal, traces, stats } = target.run(rest, options);
  for (const { name, trace } of traces) console.log(`${name} ${printTrace(trace)}`);
  process.stdout.write(out);
  if (fatal !== null) console.error(`fatal: ${fatal}`);
  console.error(JSON.stringify(stats), Math.round(performance.now() - start));
  return status;
}
