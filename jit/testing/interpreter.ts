/**
 * A program with its JIT on Node: llinterp runs the program, portals run as jitcodes in the blackhole interpreter, whose
 * merge points ask the JIT, and compiled traces run on the graph backend.
 */
import { Interpreter } from "../../rtyper/llinterp/interpreter.ts";
import { type Machine, RaisedException } from "../../rtyper/llinterp/machine.ts";
import type { LowFunction, LowStruct, LowValue } from "../../rtyper/lltype/memory.ts";
import { Arguments } from "../backend/cpu.ts";
import { LowCpu } from "../backend/llgraph/cpu.ts";
import { floatFromLow, intFromLow, intToLow, refFromLow, refToLow } from "../backend/llgraph/values.ts";
import type { Codewriter, LiveStore } from "../codewriter/codewriter.ts";
import { instructionUnits, JIT_MERGE_POINT } from "../format/instructions.ts";
import type { DriverInfo, JitCode } from "../format/jitcode.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../format/traceops.ts";
import { BlackFrame } from "../metainterp/blackframe.ts";
import { Blackhole, ENDED_MERGE_POINT, ENDED_RAISE, LoopHooks } from "../metainterp/blackhole.ts";
import { JitContext } from "../metainterp/context.ts";
import { CONTINUE, Jit, type Outcome, RAISE } from "../metainterp/jit.ts";

/** Back edges of portals that run here. */
class PortalHooks extends LoopHooks {
  readonly jit: Jit;

  constructor(jit: Jit) {
    super();
    this.jit = jit;
  }

  override loopHeader(driver: DriverInfo, greens: Arguments): void {
    this.jit.canEnter(driver, greens);
  }
}

/** What the portal gave: a value by kind, or an exception. */
interface Ended {
  readonly raised: LowStruct | null;
  readonly value: LowValue;
}

export class JitInterpreter extends Interpreter {
  readonly store: LiveStore;
  readonly cpu: LowCpu;
  readonly jit: Jit;
  readonly #drivers = new Map<LowFunction, DriverInfo>();
  readonly #hooks: PortalHooks;

  constructor(machine: Machine, codewriter: Codewriter) {
    super(machine);
    this.store = codewriter.run();
    this.cpu = new LowCpu(this, codewriter.descrs);
    this.jit = new Jit(new JitContext(this.cpu, this.store));
    this.#hooks = new PortalHooks(this.jit);
    this.cpu.onChange = (watchers) => this.jit.changed(watchers);
    this.cpu.onLook = (o) => {
      const info = this.jit.context.virtualizableOf(this.cpu.classOf(o));
      if (info !== null) this.jit.force(o, info);
    };
    for (const [index, { portal }] of codewriter.portals.entries()) {
      this.#drivers.set(portal, this.store.drivers[index] as DriverInfo);
    }
  }

  override call(f: LowFunction, args: readonly LowValue[]): LowValue {
    const driver = this.#drivers.get(f);
    if (driver === undefined) return super.call(f, args);
    const { raised, value } = this.#runPortal(f, driver, args);
    if (raised !== null) throw new RaisedException(raised);
    return value;
  }

  #runPortal(f: LowFunction, driver: DriverInfo, args: readonly LowValue[]): Ended {
    let values = new Arguments();
    const letters = driver.greens + driver.reds;
    for (const [i, letter] of [...letters].entries()) {
      const value = args[i] as LowValue;
      if (letter === "i") values.ints.push(intFromLow(value));
      else if (letter === "r") values.refs.push(refFromLow(value));
      else values.floats.push(floatFromLow(value));
    }
    this.jit.functionEntry(driver, values);
    const jitcode = this.store.jitcode(driver.portal);
    for (;;) {
      if (this.jit.mark !== null) {
        const outcome = this.jit.enter(driver, values);
        if (outcome.status !== CONTINUE) return ended(outcome, f);
        values = outcome.args as Arguments;
      }
      const blackhole = new Blackhole(this.cpu, this.store, this.#hooks, false);
      const status = stretch(blackhole, jitcode, values);
      if (status === ENDED_RAISE) return { raised: blackhole.raised as unknown as LowStruct, value: null };
      if (status !== ENDED_MERGE_POINT) return { raised: null, value: resultOf(blackhole, f) };
      values = blackhole.merge;
    }
  }
}

/** Runs a portal from its merge point to the next one, or to its end. */
function stretch(blackhole: Blackhole, jitcode: JitCode, values: Arguments): number {
  const frame = new BlackFrame(jitcode, null);
  frame.setArguments(values);
  // Moves may stand in front of the merge point: this run ends there at once.
  blackhole.run(frame);
  frame.pc = behindMergePoint(jitcode);
  return blackhole.run(frame);
}

/** The position behind the one merge point of a portal. */
function behindMergePoint(jitcode: JitCode): number {
  const { code } = jitcode;
  for (let at = 0; at < code.length; at += instructionUnits(code, at)) {
    if (code[at] === JIT_MERGE_POINT) return at + instructionUnits(code, at);
  }
  throw new Error(`${jitcode.name} has no merge point`);
}

function resultOf(blackhole: Blackhole, f: LowFunction): LowValue {
  const type = f.type.result;
  if (blackhole.resultKind === KIND_INT) return intToLow(blackhole.resultInt, type);
  if (blackhole.resultKind === KIND_REF) return refToLow(blackhole.resultRef);
  return blackhole.resultKind === KIND_FLOAT ? blackhole.resultFloat : null;
}

function ended(outcome: Outcome, f: LowFunction): Ended {
  if (outcome.status === RAISE) return { raised: outcome.ref as unknown as LowStruct, value: null };
  const type = f.type.result;
  if (outcome.kind === KIND_INT) return { raised: null, value: intToLow(outcome.int, type) };
  if (outcome.kind === KIND_REF) return { raised: null, value: refToLow(outcome.ref) };
  return { raised: null, value: outcome.kind === KIND_FLOAT ? outcome.float : null };
}
