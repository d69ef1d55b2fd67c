/**
 * The metainterp and the optimizer as a native program, over a machine without machine code (`toycpu.ts`): one jitcode,
 * written by hand, of an interpreter that adds up what an accumulator counts down.
 *
 * Usage: `metainterp N`. Prints the sum, then what was traced, and how much of it ran in compiled code.
 */
import type { int, Target, TargetOptions } from "rtypescript/rlib";
import { parseInteger } from "rtypescript/rlib";
import { write } from "rtypescript/rlib/os";
import { Arguments } from "../../../jit/backend/cpu.ts";
import {
  ArrayDescr,
  CallDescr,
  type Descr,
  EFFECT_CAN_RAISE,
  EffectInfo,
  FieldDescr,
  InteriorFieldDescr,
  Layout,
  SizeDescr,
  SPECIAL_NONE,
} from "../../../jit/format/descr.ts";
import * as I from "../../../jit/format/instructions.ts";
import {
  DriverInfo,
  DriverVariables,
  JitCode,
  JitConstants,
  JitStore,
  SwitchDescr,
  TextDescr,
} from "../../../jit/format/jitcode.ts";
import { printTrace } from "../../../jit/format/print.ts";
import { KIND_INT } from "../../../jit/format/traceops.ts";
import type { Trace } from "../../../jit/format/values.ts";
import { BlackFrame } from "../../../jit/metainterp/blackframe.ts";
import { Blackhole, ENDED_MERGE_POINT, LoopHooks } from "../../../jit/metainterp/blackhole.ts";
import { JitContext, TraceObserver } from "../../../jit/metainterp/context.ts";
import { CONTINUE, Jit } from "../../../jit/metainterp/jit.ts";
import { setParametersFromEnvironment } from "../../../jit/metainterp/params.ts";
import { ToyCpu } from "./toycpu.ts";

/** Units of the portal: `while (i > 0) { sum += double(i); i--; }`, green pc = 0 in register 0. */
const CODE: readonly int[] = Object.freeze([
  // 0: live; 3: jit_merge_point driver 0, greens [i0] [] [], reds [i1, i2] [] []
  ...[I.LIVE, 0, 0, I.JIT_MERGE_POINT, 0, 1, 0, 0, 0, 2, 1, 2, 0, 0],
  // 14: live; 17: goto_if_not_int_gt i1, 0 -> 49
  ...[I.LIVE, 0, 0, I.GOTO_IF_NOT_INT_GT, 1, 5, 49, 0],
  // 22: residual_call_i f=1 (i1) -> i3; live
  ...[I.RESIDUAL_CALL_I, 6, 1, 1, 0, 0, 0, 0, 3, I.LIVE, 6, 0],
  // 34: i2 = i2 + i3; i1 = i1 - 1; loop_header; goto 0
  ...[I.INT_ADD, 2, 3, 2, I.INT_SUB, 1, 6, 1, I.LOOP_HEADER, 0, 1, 0, 0, 0, I.GOTO, 0, 0],
  // 51
  ...[I.INT_RETURN, 2],
]);

/** Where the return stands. */
const RETURN_AT = 51;

/** i0, i1, i2; then with i3. */
const LIVENESS: readonly int[] = Object.freeze([3, 0, 0, 0, 1, 2, 4, 0, 0, 0, 1, 2, 3]);

class ToyStore extends JitStore {
  readonly liveness: Uint16Array;
  readonly drivers: readonly DriverInfo[];
  readonly #code: JitCode;
  /** Number 0 is the call; the others are there because programs have them. */
  readonly #descrs: Descr[] = [];

  constructor() {
    super();
    const effect = new EffectInfo(EFFECT_CAN_RAISE, [], [], SPECIAL_NONE, false, false);
    this.#descrs.push(new CallDescr("double", "i", KIND_INT, effect, null));
    const box = new SizeDescr("Box", 16, 1, true, 1, 1);
    const array = new ArrayDescr("Ints", 1, 0, KIND_INT, 16, 8, 8, true, false);
    this.#descrs.push(box, new FieldDescr("Box.value", box, 0, KIND_INT, new Layout(8, 8, true), false, false, 0));
    this.#descrs.push(array, new InteriorFieldDescr("Ints.value", array, 2, KIND_INT, new Layout(0, 8, true), 0));
    this.#descrs.push(new SwitchDescr("cases", [1], [0]), new TextDescr("a check failed", 0));
    const units = new Uint16Array(CODE.length);
    for (let i = 0; i < CODE.length; i++) units[i] = CODE[i];
    units[20] = RETURN_AT;
    const constants = new JitConstants([0, 1], [], []);
    const portalCall = new CallDescr("portal", "iii", KIND_INT, effect, null);
    this.#code = new JitCode(0, "portal", units, [5, 0, 0], constants, "iii", KIND_INT, 2, portalCall, 0);
    const variables = new DriverVariables("i", "ii", ["pc"], ["i", "sum"]);
    this.drivers = [new DriverInfo(0, "toy", 0, variables, -1, null, KIND_INT, 2, portalCall, 0, 0)];
    const live = new Uint16Array(LIVENESS.length);
    for (let i = 0; i < LIVENESS.length; i++) live[i] = LIVENESS[i];
    this.liveness = live;
  }

  override jitcode(_index: int): JitCode {
    return this.#code;
  }

  override descr(index: int): Descr {
    return this.#descrs[index];
  }

  override jitcodeAt(_address: int): int {
    return -1;
  }
}

class Hooks extends LoopHooks {
  readonly #jit: Jit;

  constructor(jit: Jit) {
    super();
    this.#jit = jit;
  }

  override loopHeader(driver: DriverInfo, greens: Arguments): void {
    this.#jit.canEnter(driver, greens);
  }
}

class Printer extends TraceObserver {
  override compiled(name: string, trace: Trace): void {
    write(1, `${name} ${printTrace(trace)}`);
  }
}

function run(jit: Jit, store: ToyStore, cpu: ToyCpu, n: int): int {
  const driver = store.drivers[0];
  let args = new Arguments();
  args.ints.push(0, n, 0);
  jit.functionEntry(driver, args);
  const hooks = new Hooks(jit);
  for (;;) {
    if (jit.mark !== null) {
      const outcome = jit.enter(driver, args);
      const next = outcome.args;
      if (outcome.status !== CONTINUE || next === null) return outcome.int;
      args = next;
    }
    const blackhole = new Blackhole(cpu, store, hooks, false);
    const frame = new BlackFrame(store.jitcode(0), null);
    frame.setArguments(args);
    frame.pc = 14;
    if (blackhole.run(frame) !== ENDED_MERGE_POINT) return blackhole.resultInt;
    args = blackhole.merge;
  }
}

function main(argv: string[]): int {
  const n = argv.length === 1 ? parseInteger(argv[0], 10) : null;
  if (n === null) {
    write(2, "usage: metainterp N\n");
    return 64;
  }
  const store = new ToyStore();
  const cpu = new ToyCpu(64);
  const context = new JitContext(cpu, store);
  context.observer = new Printer();
  context.params.threshold = 10;
  setParametersFromEnvironment(context.params);
  const jit = new Jit(context);
  write(1, `${run(jit, store, cpu, n)}\n`);
  write(1, `${context.stats.loops} loops, ${cpu.calls} calls, ${cpu.executed} operations\n`);
  return 0;
}

export function target(_options: TargetOptions): Target {
  return { entry: main, name: "metainterp" };
}
