/** What all parts of the metainterp share: the program's memory and jitcodes, parameters, warm state, statistics. */
import type { int } from "../../rlib/types.ts";
import type { Cpu } from "../backend/cpu.ts";
import {
  CallDescr,
  EFFECT_CANNOT_RAISE,
  EffectInfo,
  type FieldDescr,
  type LoopToken,
  type SizeDescr,
  SPECIAL_NONE,
} from "../format/descr.ts";
import type { DriverInfo, JitCode, JitStore, VirtualizableInfo } from "../format/jitcode.ts";
import type { Trace } from "../format/values.ts";
import type { QuasiDependency } from "../optimizer/environment.ts";
import { Counters } from "./counters.ts";
import { Params } from "./params.ts";
import { Stats } from "./stats.ts";
import { FrameConstants } from "./traceframe.ts";
import { CellTable, type GreenKey, type JitCell } from "./warm.ts";

/** Sees every trace that becomes code. */
export abstract class TraceObserver {
  abstract compiled(name: string, trace: Trace): void;
}

export class JitContext {
  readonly cpu: Cpu;
  readonly store: JitStore;
  readonly params: Params = new Params();
  readonly stats: Stats = new Stats();
  readonly counters: Counters = new Counters();
  readonly cells: CellTable = new CellTable();
  /** The function that writes back a virtualizable which another frame's registers hold, and how to call it. */
  forceAddress: int = 0;
  forceDescr: CallDescr | null = null;
  observer: TraceObserver | null = null;
  /** Constants of jitcodes by number, as far as they were needed. */
  readonly #constants: (FrameConstants | null)[] = [];
  readonly #hidden = new Map<FieldDescr, FieldDescr>();
  /** Loops and bridges compiled so far, for names. */
  #names: int = 0;

  constructor(cpu: Cpu, store: JitStore) {
    this.cpu = cpu;
    this.store = store;
  }

  constantsOf(jitcode: JitCode): FrameConstants {
    while (this.#constants.length <= jitcode.index) this.#constants.push(null);
    const known = this.#constants[jitcode.index];
    if (known !== null) return known;
    const made = new FrameConstants(jitcode);
    this.#constants[jitcode.index] = made;
    return made;
  }

  /** How a class is virtualizable; null if it is not. */
  virtualizableOf(classId: int): VirtualizableInfo | null {
    for (const driver of this.store.drivers) {
      const info = driver.virtualizableInfo;
      if (info !== null && (info.size as SizeDescr).classId === classId) return info;
    }
    return null;
  }

  /** A number for the next loop or bridge. */
  nextNumber(): int {
    this.#names++;
    return this.#names;
  }

  /** Remembers the hidden field of a quasi-immutable one. */
  noteHidden(field: FieldDescr, hidden: FieldDescr): void {
    this.#hidden.set(field, hidden);
  }

  /** Makes a loop depend on fields that it took for constant. */
  depend(loop: LoopToken, dependencies: readonly QuasiDependency[]): void {
    for (const { object, field } of dependencies) {
      const hidden = this.#hidden.get(field);
      if (hidden !== undefined) this.cpu.watch(object, hidden, loop);
    }
  }

  /** Told about all compiled traces; tests look at them. */
  compiled(name: string, trace: Trace): void {
    const { observer } = this;
    if (observer !== null) observer.compiled(name, trace);
  }

  cellOf(driver: DriverInfo, key: GreenKey): JitCell {
    return this.cells.findOrMake(driver, key, key.hash(driver, this.cpu));
  }

  findCell(driver: DriverInfo, key: GreenKey): JitCell | null {
    return this.cells.find(driver, key, key.hash(driver, this.cpu));
  }
}

/** How to call a function of a driver's greens (`location`, `canInline`). */
export function greensCall(driver: DriverInfo, result: int): CallDescr {
  const effect = new EffectInfo(EFFECT_CANNOT_RAISE, [], [], SPECIAL_NONE, false, true);
  return new CallDescr(`greens of ${driver.name}`, driver.greens, result, effect, null);
}
