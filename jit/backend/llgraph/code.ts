/** What the graph backend runs: steps made of a trace's operations, activations, exits. */
import type { GcRef } from "../../../rlib/lowlevel.ts";
import { CompiledCode, type LoopToken } from "../../format/descr.ts";
import { KIND_FLOAT, KIND_INT } from "../../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, type Trace, type Value } from "../../format/values.ts";

/** A value of any kind. */
export type Slot = number | GcRef | null;

/** Runs one operation; the number of the step to go on with, negative when the code is left. */
export type Step = (act: Activation) => number;

/** Reads an operand. */
export type Read = (values: readonly Slot[]) => Slot;

/** A trace made runnable. */
export class LowCode extends CompiledCode {
  readonly trace: Trace;
  readonly loop: LoopToken;
  readonly steps: Step[] = [];
  /** Slots of the inputs. */
  readonly inputs: number[];
  /** A quasi-immutable that it relied on changed. */
  invalidated = false;
  readonly #slots = new Map<Value, number>();

  constructor(trace: Trace, loop: LoopToken) {
    super();
    this.trace = trace;
    this.loop = loop;
    this.inputs = trace.inputs.map((input) => this.slotOf(input));
  }

  get slotCount(): number {
    return this.#slots.size;
  }

  slotOf(value: Value): number {
    let slot = this.#slots.get(value);
    if (slot === undefined) {
      slot = this.#slots.size;
      this.#slots.set(value, slot);
    }
    return slot;
  }

  reader(value: Value): Read {
    if (value instanceof ConstInt || value instanceof ConstFloat) {
      const constant = value.value;
      return () => constant;
    }
    if (value instanceof ConstRef) {
      const constant = value.value;
      return () => constant;
    }
    const slot = this.#slots.get(value);
    if (slot === undefined) throw new Error("a trace uses a value before it is made");
    return (values) => values[slot] as Slot;
  }
}

/** All code of a loop: its own and that of the bridges attached to it. */
export class LowLoop extends CompiledCode {
  readonly entry: LowCode;
  readonly parts: LowCode[];

  constructor(entry: LowCode) {
    super();
    this.entry = entry;
    this.parts = [entry];
  }
}

/** A bridge attached to a guard's exit. */
export class LowBridge extends CompiledCode {
  readonly code: LowCode;

  constructor(code: LowCode) {
    super();
    this.code = code;
  }
}

/** A running piece of compiled code: what a machine frame is natively. */
export class Activation {
  /** What force_token gives. */
  readonly number: number;
  code: LowCode;
  values: Slot[];
  /** Outcome of the last overflow operation. */
  overflow = false;
  /** The step of the call that is running. */
  callStep = -1;
  /** Values of this frame were taken out during the call. */
  forced = false;
  forcedData: GcRef | null = null;

  constructor(number: number, code: LowCode) {
    this.number = number;
    this.code = code;
    this.values = new Array(code.slotCount).fill(null);
  }

  /** Goes on in other code with these inputs. */
  enter(code: LowCode, slots: readonly number[], values: readonly Slot[]): void {
    this.code = code;
    const fresh: Slot[] = new Array(code.slotCount).fill(null);
    for (const [i, slot] of slots.entries()) fresh[slot] = values[i] as Slot;
    this.values = fresh;
  }
}

/** The zero of a kind. */
export function zeroSlot(kind: number): Slot {
  return kind === KIND_INT || kind === KIND_FLOAT ? 0 : null;
}
