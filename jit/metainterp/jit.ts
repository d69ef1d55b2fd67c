/**
 * The JIT as the program sees it: counts back edges and function entries, and at a merge point runs compiled code,
 * traces, or says that the program just goes on.
 *
 * The program's portal calls `enter` at its merge point when `canEnter` or `functionEntry` left a mark. The answer is an
 * `Outcome`: go on at the merge point with these greens and reds, return this, or raise this. Guards that fail, compiled
 * code called by compiled code, virtualizables looked at from outside come here too.
 */

import { StackOverflowError } from "../../rlib/errors.ts";
import { logStart, logStop } from "../../rlib/log.ts";
import { fromGcRef, type GcRef, toGcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { Arguments, AssemblerHelper, type DeadFrame } from "../backend/cpu.ts";
import type { Watchers } from "../backend/watchers.ts";
import type { FieldDescr, LoopToken } from "../format/descr.ts";
import type { DriverInfo, VirtualizableInfo } from "../format/jitcode.ts";
import * as T from "../format/traceops.ts";
import type { BlackFrame } from "./blackframe.ts";
import { Blackhole, ENDED_MERGE_POINT, ENDED_RAISE, ENDED_RETURN, LoopHooks } from "./blackhole.ts";
import { BridgeStart } from "./bridge.ts";
import { compileTrace, TraceOrigin } from "./compile.ts";
import { floatOf, intOf, refOf } from "./concrete.ts";
import type { JitContext } from "./context.ts";
import { FinishDescr, PropagateDescr } from "./exits.ts";
import { JitLoop } from "./loop.ts";
import { ResumeGuard } from "./resume.ts";
import { ResumeReader } from "./resumereader.ts";
import { AbortReason, clock } from "./stats.ts";
import { TRACE_ABORTED, TRACE_RAISED, TRACE_RETURNED } from "./tracecalls.ts";
import { Tracer } from "./tracer.ts";
import { TOKEN_TRACING } from "./tracevirtualizable.ts";
import { CELL_HURRY, CELL_NEVER, CELL_SEGMENTED, CELL_TRACING, GreenKey, type JitCell } from "./warm.ts";

export const CONTINUE = ENDED_MERGE_POINT;
export const RETURN = ENDED_RETURN;
export const RAISE = ENDED_RAISE;

/** Times that a position or a guard is traced in vain before it is left alone. */
const MOST_ABORTS = 6;

/** How the portal goes on. */
export class Outcome {
  readonly status: int;
  /** Of RETURN: KIND_… and value. */
  kind: int = T.KIND_VOID;
  int: int = 0;
  ref: GcRef | null = null;
  float: float = 0.0;
  /** Of CONTINUE: greens, then reds. */
  readonly args: Arguments | null;

  constructor(status: int, args: Arguments | null) {
    this.status = status;
    this.args = args;
  }
}

/** Back edges that the blackhole interpreter passes count like others. */
class CountingHooks extends LoopHooks {
  readonly #jit: Jit;

  constructor(jit: Jit) {
    super();
    this.#jit = jit;
  }

  override loopHeader(driver: DriverInfo, greens: Arguments): void {
    this.#jit.canEnter(driver, greens);
  }
}

/**
 * What a look at a frame from outside leaves for the guard behind its call: the values are in memory already, and the
 * objects that had been virtual exist now.
 */
class ForcedFrame {
  /** By place among the exit's virtuals; null for those that nothing asked for. */
  readonly made: (GcRef | null)[] = [];

  constructor(reader: ResumeReader) {
    for (const spec of reader.virtuals) this.made.push(spec.made);
  }
}

export class Jit extends AssemblerHelper {
  readonly context: JitContext;
  /** The position whose next merge point is to call `enter`; null for none. */
  mark: JitCell | null = null;
  readonly #hooks: LoopHooks;
  readonly #key: GreenKey = new GreenKey();

  constructor(context: JitContext) {
    super();
    this.context = context;
    this.#hooks = new CountingHooks(this);
    context.cpu.helper = this;
  }

  // Counting.

  /** A back edge to these greens was passed. True if the next merge point with them is to call `enter`. */
  canEnter(driver: DriverInfo, greens: Arguments): boolean {
    return this.#count(driver, greens, this.context.params.threshold, 0);
  }

  /** A portal was entered with these arguments. True if its merge point is to call `enter`. */
  functionEntry(driver: DriverInfo, args: Arguments): boolean {
    return this.#count(driver, args, this.context.params.functionThreshold, 1);
  }

  #count(driver: DriverInfo, args: Arguments, threshold: int, salt: int): boolean {
    const { context } = this;
    if (context.params.enabled === 0) return false;
    const key = this.#key;
    key.setFromArguments(driver, args);
    const hash = key.hash(driver, context.cpu);
    const cell = context.cells.find(driver, key, hash);
    if (cell !== null) {
      if (cell.flags !== 0) {
        if (cell.has(CELL_TRACING) || cell.has(CELL_NEVER)) return false;
        if (salt === 1 && cell.has(CELL_HURRY)) {
          cell.clear(CELL_HURRY);
          this.mark = cell;
          return true;
        }
      }
      if (cell.loop !== null && !cell.loop.standIn) {
        this.mark = cell;
        return true;
      }
    }
    if (!context.counters.tick(hash + salt, threshold)) return false;
    this.mark = context.cells.findOrMake(driver, key, hash);
    return true;
  }

  // Entering.

  /** At a merge point while there is a mark; `args` are greens and reds by kind. */
  enter(driver: DriverInfo, args: Arguments): Outcome {
    const marked = this.mark;
    this.mark = null;
    const key = this.#key;
    key.setFromArguments(driver, args);
    let cell: JitCell | null = marked;
    if (marked === null || marked.driver !== driver || !key.matches(marked)) return new Outcome(CONTINUE, args);
    let values = args;
    for (;;) {
      if (cell === null) return new Outcome(CONTINUE, values);
      const loop = cell.loop;
      if (loop !== null && !loop.standIn) {
        const dead = this.context.cpu.execute(loop, redsOf(driver, values));
        // Without room for its frame nothing was run: the interpreter goes on and finds out by itself.
        if (!isExit(dead)) return new Outcome(CONTINUE, values);
        return this.#leave(dead);
      }
      if (cell.has(CELL_TRACING)) return new Outcome(CONTINUE, values);
      const outcome = this.#traceLoop(cell, values);
      const next = outcome.args;
      if (outcome.status !== CONTINUE || next === null) return outcome;
      // The trace may have become code for just this place.
      values = next;
      this.#key.setFromArguments(driver, values);
      cell = this.context.findCell(driver, this.#key);
      if (cell === null || cell.loop === null || cell.loop.standIn) return outcome;
    }
  }

  #traceLoop(cell: JitCell, args: Arguments): Outcome {
    const tracer = new Tracer(this.context);
    tracer.segmented = cell.has(CELL_SEGMENTED);
    cell.set(CELL_TRACING);
    this.#requireInMemory(cell.driver, args);
    tracer.startLoop(cell, args);
    const compiled = this.#trace(tracer, new TraceOrigin(cell, null, null));
    cell.clear(CELL_TRACING);
    if (!compiled) {
      cell.aborted++;
      if (cell.aborted >= MOST_ABORTS) cell.set(CELL_NEVER);
    }
    return this.#afterTrace(tracer);
  }

  /** Runs the tracer and compiles what it gives. */
  #trace(tracer: Tracer, origin: TraceOrigin): boolean {
    const { stats } = this.context;
    stats.tracings++;
    const begin = clock();
    logStart("jit-tracing");
    tracer.run();
    logStop("jit-tracing");
    stats.tracingTime += clock() - begin;
    if (tracer.state === TRACE_ABORTED) {
      stats.aborts[tracer.abortReason]++;
      return false;
    }
    return compileTrace(this.context, tracer, origin);
  }

  /** How the program goes on behind what was traced. */
  #afterTrace(tracer: Tracer): Outcome {
    const result = tracer.result;
    if (tracer.state === TRACE_RETURNED && result !== null) {
      const outcome = new Outcome(RETURN, null);
      outcome.kind = tracer.resultKind;
      if (outcome.kind === T.KIND_INT) outcome.int = intOf(result);
      else if (outcome.kind === T.KIND_REF) outcome.ref = refOf(result);
      else if (outcome.kind === T.KIND_FLOAT) outcome.float = floatOf(result);
      if (tracer.flag !== null) this.context.cpu.storeFlag(intOf(tracer.flag));
      return outcome;
    }
    if (tracer.state === TRACE_RAISED && result !== null) {
      const outcome = new Outcome(RAISE, null);
      outcome.ref = refOf(result);
      return outcome;
    }

    return this.#blackhole(tracer.blackFrames(), null, null);
  }

  // Leaving compiled code.

  #leave(dead: DeadFrame): Outcome {
    const { descr } = dead;
    if (descr instanceof FinishDescr) {
      const outcome = new Outcome(descr.raises ? RAISE : RETURN, null);
      outcome.kind = descr.kind;
      if (descr.kind === T.KIND_INT) outcome.int = dead.ints[0];
      else if (descr.kind === T.KIND_REF) outcome.ref = dead.refs[0];
      else if (descr.kind === T.KIND_FLOAT) outcome.float = dead.floats[0];
      return outcome;
    }
    if (descr instanceof PropagateDescr) {
      const outcome = new Outcome(RAISE, null);
      outcome.ref = dead.exception;
      return outcome;
    }
    if (descr instanceof ResumeGuard) return this.#failed(descr, dead);
    // The stack has no room for a frame of the loop.
    const outcome = new Outcome(RAISE, null);
    outcome.ref = toGcRef(new StackOverflowError("Maximum call stack size exceeded"));
    return outcome;
  }

  /** A guard failed: traces a bridge if that happened often, else resumes in the blackhole interpreter. */
  #failed(guard: ResumeGuard, dead: DeadFrame): Outcome {
    const reader = new ResumeReader(this.context.cpu, this.context.store, guard, dead);
    const forced = dead.forced;
    if (forced !== null) {
      const { made } = fromGcRef(forced, ForcedFrame);
      for (let i = 0; i < made.length; i++) reader.virtuals[i].made = made[i];
    }
    guard.failures++;
    if (guard.failures >= this.context.params.traceEagerness && this.#mayHaveBridge(guard)) {
      guard.failures = 0;
      return this.#traceBridge(guard, reader, dead);
    }
    const values = reader.readVirtualizable();
    const frame = reader.readFrames();
    if (frame === null) throw new Error(`${guard.name} resumes nowhere`);
    const info = this.#virtualizableOf(frame);
    // What was forced is in memory, and newer there.
    if (info !== null && dead.forced === null) reader.restoreVirtualizable(values, info);
    reader.doPendingStores();
    return this.#blackhole(frame, dead.exception, dead);
  }

  #virtualizableOf(frame: BlackFrame): VirtualizableInfo | null {
    let bottom = frame;
    for (;;) {
      const caller: BlackFrame | null = bottom.caller;
      if (caller === null) break;
      bottom = caller;
    }
    const driver = bottom.jitcode.portalOf;
    return driver < 0 ? null : this.context.store.drivers[driver].virtualizableInfo;
  }

  #mayHaveBridge(guard: ResumeGuard): boolean {
    if (guard.busy || guard.loop === null || this.context.params.enabled === 0) return false;
    return guard.opnum !== T.GUARD_NOT_FORCED && guard.opnum !== T.GUARD_NOT_INVALIDATED;
  }

  #traceBridge(guard: ResumeGuard, reader: ResumeReader, dead: DeadFrame): Outcome {
    guard.busy = true;
    const tracer = new Tracer(this.context);
    tracer.segmented = guard.segmented || guard.opnum === T.GUARD_ALWAYS_FAILS;
    new BridgeStart(tracer, reader, dead).rebuild();
    const exception = dead.exception;
    if (exception !== null) tracer.raised(exception);
    else if (guard.opnum === T.GUARD_EXCEPTION) tracer.guard(T.GUARD_NO_EXCEPTION, []);
    const compiled = this.#trace(tracer, new TraceOrigin(null, guard, guard.loop));
    guard.busy = false;
    if (!compiled) {
      if (tracer.state === TRACE_ABORTED && tracer.abortReason === AbortReason.TooLong) guard.segmented = true;
      guard.aborted++;
      if (guard.aborted >= MOST_ABORTS) guard.busy = true;
    }
    return this.#afterTrace(tracer);
  }

  #blackhole(frame: BlackFrame, exception: GcRef | null, dead: DeadFrame | null): Outcome {
    const { context } = this;
    const blackhole = new Blackhole(context.cpu, context.store, this.#hooks, false);
    context.stats.blackholes++;
    logStart("jit-blackhole");
    if (dead !== null) blackhole.setFlag(dead.flag);
    const ended = exception === null ? blackhole.run(frame) : blackhole.runRaised(frame, exception);
    logStop("jit-blackhole");
    context.stats.blackholeInstructions += blackhole.instructions;
    const outcome = new Outcome(ended, ended === ENDED_MERGE_POINT ? blackhole.merge : null);
    if (ended === ENDED_RAISE) outcome.ref = blackhole.raised;
    else if (ended === ENDED_RETURN) {
      outcome.kind = blackhole.resultKind;
      outcome.int = blackhole.resultInt;
      outcome.ref = blackhole.resultRef;
      outcome.float = blackhole.resultFloat;
    }
    return outcome;
  }

  // Compiled code called by compiled code.

  override finishCall(_token: LoopToken, dead: DeadFrame): void {
    const outcome = this.#leave(dead);
    const { cpu } = this.context;
    const args = outcome.args;
    if (outcome.status === RAISE) {
      if (outcome.ref !== null) cpu.setException(outcome.ref);
      return;
    }
    this.resultInt = outcome.int;
    this.resultRef = outcome.ref;
    this.resultFloat = outcome.float;
    if (outcome.status !== CONTINUE || args === null) return;
    const driver = this.#driverOf(dead);
    if (driver.result === T.KIND_INT) this.resultInt = cpu.callInt(driver.address, args, driver.callDescr);
    else if (driver.result === T.KIND_REF) this.resultRef = cpu.callRef(driver.address, args, driver.callDescr);
    else if (driver.result === T.KIND_FLOAT) this.resultFloat = cpu.callFloat(driver.address, args, driver.callDescr);
    else cpu.callVoid(driver.address, args, driver.callDescr);
  }

  #driverOf(dead: DeadFrame): DriverInfo {
    const { descr } = dead;
    const loop = descr instanceof ResumeGuard ? descr.loop : null;
    if (loop === null) throw new Error("a guard of no loop");
    return loop.driver;
  }

  // Quasi-immutable fields that change.

  /** A field changed on which compiled code relied: `watchers` is what the hidden field beside it holds. */
  changed(watchers: Watchers): void {
    for (const token of watchers.take()) {
      if (token.invalidated) continue;
      token.invalidated = true;
      this.context.cpu.invalidate(token);
      const cell = token instanceof JitLoop ? token.cell : null;
      if (cell === null || cell.loop !== token) continue;
      cell.stale = cell.loop;
      cell.loop = null;
    }
  }

  // Virtualizables looked at from outside.

  /** Writes the values of a virtualizable that compiled code or the tracer holds to memory. */
  force(object: GcRef, info: VirtualizableInfo): void {
    const { cpu } = this.context;
    const token = cpu.getFieldInt(object, info.token as FieldDescr);
    if (token === 0) return;
    this.context.stats.forcings++;
    if (token === TOKEN_TRACING) {
      cpu.setFieldInt(object, info.token as FieldDescr, 0);
      return;
    }
    const dead = cpu.force(token);
    const { descr } = dead;
    if (!(descr instanceof ResumeGuard)) throw new Error("a frame was forced at no guard");
    const reader = new ResumeReader(cpu, this.context.store, descr, dead);
    reader.restoreVirtualizable(reader.readVirtualizable(), info);
    cpu.setForced(token, toGcRef(new ForcedFrame(reader)));
  }

  /** The portal is going to be traced: nobody else may hold its virtualizable. */
  #requireInMemory(driver: DriverInfo, args: Arguments): void {
    const info = driver.virtualizableInfo;
    if (info === null || driver.virtualizable < 0) return;
    let place = 0;
    for (let i = 0; i < driver.greens.length; i++) if (driver.greens[i] === "r") place++;
    for (let i = 0; i < driver.virtualizable; i++) if (driver.reds[i] === "r") place++;
    const object = args.refs[place];
    if (object !== null) this.force(object, info);
  }
}

/** Was compiled code left by an exit of ours? */
function isExit(dead: DeadFrame): boolean {
  const { descr } = dead;
  return descr instanceof FinishDescr || descr instanceof ResumeGuard || descr instanceof PropagateDescr;
}

/** The reds behind the greens, as a loop's inputs. */
function redsOf(driver: DriverInfo, args: Arguments): Arguments {
  const reds = new Arguments();
  let ints = 0;
  let refs = 0;
  for (let i = 0; i < driver.greens.length; i++) {
    if (driver.greens[i] === "i") ints++;
    else refs++;
  }
  for (let i = ints; i < args.ints.length; i++) reds.ints.push(args.ints[i]);
  for (let i = refs; i < args.refs.length; i++) reds.refs.push(args.refs[i]);
  for (const value of args.floats) reds.floats.push(value);
  return reds;
}
