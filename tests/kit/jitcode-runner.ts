/**
 * Runs low-level programs with jitcodes in place of graphs: every function that the codewriter can write is run by the
 * blackhole interpreter, the rest by llinterp. One program, one answer: the same output as llinterp alone.
 */
import { Arguments } from "../../jit/backend/cpu.ts";
import { LowCpu } from "../../jit/backend/llgraph/cpu.ts";
import { floatFromLow, intFromLow, intToLow, refFromLow, refToLow } from "../../jit/backend/llgraph/values.ts";
import type { Codewriter, LiveStore } from "../../jit/codewriter/codewriter.ts";
import { NotSupported } from "../../jit/codewriter/kinds.ts";
import { instructionUnits, JIT_MERGE_POINT } from "../../jit/format/instructions.ts";
import type { JitCode } from "../../jit/format/jitcode.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../../jit/format/traceops.ts";
import { BlackFrame } from "../../jit/metainterp/blackframe.ts";
import { Blackhole, ENDED_MERGE_POINT, ENDED_RAISE } from "../../jit/metainterp/blackhole.ts";
import { Interpreter } from "../../rtyper/llinterp/interpreter.ts";
import { type Machine, RaisedException } from "../../rtyper/llinterp/machine.ts";
import type { LowFunction, LowStruct, LowValue } from "../../rtyper/lltype/memory.ts";
import type { LowProgram } from "../../rtyper/lltype/program.ts";
import { findReachable } from "../../rtyper/lltype/reach.ts";
import type { LowType } from "../../rtyper/lltype/types.ts";

/** Writes jitcodes of every function of the program that has only what jitcode knows; gives how many there are. */
export function writeEverything(codewriter: Codewriter, program: LowProgram): Map<LowFunction, JitCode> {
  const written = new Map<LowFunction, JitCode>();
  const roots = [program.entry, ...program.systemErrors.values()];
  for (const f of findReachable(roots).functions) {
    if (f.graph === null || f.name.startsWith("gc/")) continue;
    const reason = codewriter.policy.reasonAgainst(f);
    if (reason !== null && !/loop|elidable|large|dontLook/.test(reason)) continue;
    try {
      written.set(f, codewriter.addFunction(f));
    } catch (error) {
      if (!(error instanceof NotSupported)) throw error;
    }
  }
  return written;
}

/** llinterp, but calls of functions with jitcodes go to the blackhole interpreter. */
export class JitcodeInterpreter extends Interpreter {
  readonly #codes: ReadonlyMap<LowFunction, JitCode>;
  readonly #store: LiveStore;
  readonly #cpu: LowCpu;
  readonly #follow: boolean;
  /** Instructions run by the blackhole interpreter. */
  instructions = 0;

  constructor(
    machine: Machine,
    codewriter: Codewriter,
    store: LiveStore,
    codes: ReadonlyMap<LowFunction, JitCode>,
    follow: boolean,
  ) {
    super(machine);
    this.#codes = codes;
    this.#store = store;
    this.#cpu = new LowCpu(this, codewriter.descrs);
    this.#follow = follow;
  }

  override call(f: LowFunction, args: readonly LowValue[]): LowValue {
    const jitcode = this.#codes.get(f);
    return jitcode === undefined ? super.call(f, args) : this.#run(f, jitcode, args);
  }

  #run(f: LowFunction, jitcode: JitCode, args: readonly LowValue[]): LowValue {
    const values = new Arguments();
    let next = 0;
    for (const letter of jitcode.arguments) {
      const value = args[next++] as LowValue;
      if (letter === "i") values.ints.push(intFromLow(value));
      else if (letter === "r") values.refs.push(refFromLow(value));
      else values.floats.push(floatFromLow(value));
    }
    const frame = new BlackFrame(jitcode, null);
    frame.setArguments(values);
    const blackhole = new Blackhole(this.#cpu, this.#store, null, this.#follow);
    let ended = blackhole.run(frame);
    // A portal stops at its merge point, which is where it goes on.
    while (ended === ENDED_MERGE_POINT) {
      frame.pc = behindMergePoint(jitcode);
      ended = blackhole.run(frame);
    }
    this.instructions += blackhole.instructions;
    if (ended === ENDED_RAISE) throw new RaisedException(blackhole.raised as unknown as LowStruct);
    const type = f.type.result as LowType;
    if (jitcode.result === KIND_INT) return intToLow(blackhole.resultInt, type);
    if (jitcode.result === KIND_REF) return refToLow(blackhole.resultRef);
    return jitcode.result === KIND_FLOAT ? blackhole.resultFloat : null;
  }
}

/** The position behind the one merge point of a portal. */
function behindMergePoint(jitcode: JitCode): number {
  const { code } = jitcode;
  for (let at = 0; at < code.length; at += instructionUnits(code, at)) {
    if (code[at] === JIT_MERGE_POINT) return at + instructionUnits(code, at);
  }
  throw new Error(`${jitcode.name} has no merge point`);
}
