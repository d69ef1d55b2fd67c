/**
 * Merge points while tracing: where traces begin, are closed, are cut, and where a portal that was followed turns out
 * to be better called.
 *
 * At each merge point of the bottom frame that follows a back edge the trace could be closed later, so its values get
 * fresh boxes there: a loop that begins at it must not use what was learnt before.
 */
import type { int } from "../../rlib/types.ts";
import type { Arguments } from "../backend/cpu.ts";
import type { CallDescr } from "../format/descr.ts";
import type { DriverInfo } from "../format/jitcode.ts";
import * as T from "../format/traceops.ts";
import { ConstInt, ConstRef, InputArg, type Op, type Value } from "../format/values.ts";
import { constantOf, copyConcrete } from "./concrete.ts";
import { greensCall } from "./context.ts";
import type { JitLoop } from "./loop.ts";
import type { TraceSnapshot } from "./snapshot.ts";
import { standInFor } from "./standin.ts";
import { AbortReason } from "./stats.ts";
import { CallRecorder, TRACE_CLOSED, TRACE_SEGMENTED } from "./tracecalls.ts";
import type { TraceFrame } from "./traceframe.ts";
import { CELL_HURRY, CELL_NOT_INLINED, CELL_SEGMENTED, GreenKey, type JitCell } from "./warm.ts";

/** A merge point that the trace passed: a loop can be closed here. */
export class MergeRecord {
  readonly cell: JitCell;
  /** Operations recorded before it. */
  readonly position: int;
  /** Reds in the driver's order, then the values of the virtualizable without the object: distinct boxes. */
  readonly values: Value[];

  constructor(cell: JitCell, position: int, values: Value[]) {
    this.cell = cell;
    this.position = position;
    this.values = values;
  }
}

export class MergeRecorder extends CallRecorder {
  readonly merges: MergeRecord[] = [];
  /** After TRACE_CLOSED: where it ended, with what values, resuming from where. */
  closedCell: JitCell | null = null;
  closedValues: Value[] = [];
  closedSnapshot: TraceSnapshot | null = null;
  /** The record that the loop begins at; null when the trace ends in a jump to compiled code. */
  closedAt: MergeRecord | null = null;
  closedTo: JitLoop | null = null;
  /** The driver whose back edge was passed since the last merge point, -1 for none. */
  loopHeader: int = -1;
  /** The trace is cut, rather than given up, where it gets too long. */
  segmented = false;
  /** Positions of the user's program are recorded, for logs. */
  wantsPositions = false;
  /** The next merge point is the one that the trace begins at. */
  #atStart = false;
  readonly #key: GreenKey = new GreenKey();

  /** Begins at the merge point of a cell, with the portal's arguments. */
  startLoop(cell: JitCell, args: Arguments): void {
    const { driver } = cell;
    const frame = this.pushFrame(this.store.jitcode(driver.portal));
    frame.cell = cell;
    this.#atStart = true;
    const next = [0, 0, 0];
    for (let i = 0; i < driver.greens.length; i++) {
      if (driver.greens[i] === "i") {
        frame.ints[next[0]] = new ConstInt(args.ints[next[0]]);
        next[0]++;
      } else {
        frame.refs[next[1]] = new ConstRef(args.refs[next[1]]);
        next[1]++;
      }
    }
    const values: Value[] = [];
    for (let i = 0; i < driver.reds.length; i++) values.push(this.#inputRed(frame, driver.reds[i], next, args));
    this.#holdRed(driver, values);
    for (let i = 1; i < this.virtualizable.length; i++) values.push(this.virtualizable[i]);
    for (const value of values) this.inputs.push(value as InputArg);
    this.merges.push(new MergeRecord(cell, 0, values));
  }

  /** An input for a red, in its register; `next` are the registers to be used next, by kind. */
  #inputRed(frame: TraceFrame, letter: string, next: int[], args: Arguments): Value {
    if (letter === "i") {
      const input = new InputArg(T.KIND_INT);
      input.concreteInt = args.ints[next[0]];
      frame.ints[next[0]] = input;
      next[0]++;
      return input;
    }
    if (letter === "r") {
      const input = new InputArg(T.KIND_REF);
      input.concreteRef = args.refs[next[1]];
      frame.refs[next[1]] = input;
      next[1]++;
      return input;
    }
    const input = new InputArg(T.KIND_FLOAT);
    input.concreteFloat = args.floats[next[2]];
    frame.floats[next[2]] = input;
    next[2]++;
    return input;
  }

  /** Holds the virtualizable among a driver's reds from now on. */
  #holdRed(driver: DriverInfo, reds: readonly Value[]): void {
    const info = driver.virtualizableInfo;
    if (info === null || driver.virtualizable < 0) return;
    const object = reds[driver.virtualizable];
    this.holdVirtualizable(info, this.virtualizableInputs(info, object));
  }

  /** The instruction jit_merge_point. */
  mergePoint(frame: TraceFrame): void {
    const { pc } = frame;
    const driver = this.store.drivers[frame.jitcode.code[pc + 1]];
    const redsAt = this.#readGreens(frame, driver);
    const cell = this.context.cellOf(driver, this.#key);
    if (this.wantsPositions) this.#recordPosition(driver);
    const isFirst = frame.cell === null;
    if (isFirst) frame.cell = cell;
    const behind = this.readLists(frame, redsAt);
    if (this.#atStart) {
      this.#atStart = false;
      frame.pc = behind;
      return;
    }
    const isBackEdge = this.loopHeader === driver.index;
    if (this.frames.length > 1) {
      // A portal that is followed: it is called instead if that is not wanted, or where it begins to loop.
      if ((isFirst && !this.#mayInline(driver, cell)) || isBackEdge) {
        this.loopHeader = -1;
        this.#callInstead(driver, cell);
        return;
      }
    } else if (isBackEdge) {
      this.loopHeader = -1;
      if (this.#close(driver, cell)) return;
      this.#remember(frame, driver, cell, redsAt);
    }
    frame.pc = behind;
  }

  /** Makes the greens constants and the key; returns where the reds stand. */
  #readGreens(frame: TraceFrame, driver: DriverInfo): int {
    const at = frame.pc + 2;
    this.readLists(frame, at);
    for (const value of this.argInts.slice()) this.promote(value);
    for (const value of this.argRefs.slice()) this.promote(value);
    const redsAt = this.readLists(frame, at);
    if (!this.#key.setFromValues(this.argInts, this.argRefs))
      throw new Error(`a green of ${driver.name} is no constant`);
    return redsAt;
  }

  #recordPosition(driver: DriverInfo): void {
    const args: Value[] = [new ConstInt(driver.index), new ConstInt(this.frames.length - 1)];
    for (const value of this.orderedArguments(null, driver.greens)) args.push(value);
    this.record(T.DEBUG_MERGE_POINT, args, null);
  }

  #mayInline(driver: DriverInfo, cell: JitCell): boolean {
    if (cell.has(CELL_NOT_INLINED)) return false;
    let depth = 0;
    for (const frame of this.frames) if (frame.cell === cell) depth++;
    if (depth > this.context.params.maxUnrollRecursion) {
      cell.set(CELL_NOT_INLINED);
      return false;
    }
    if (driver.canInline === 0) return true;
    this.args.clear();
    for (const value of cell.ints) this.args.ints.push(value);
    for (const value of cell.refs) this.args.refs.push(value);
    return this.cpu.callInt(driver.canInline, this.args, greensCall(driver, T.KIND_INT)) !== 0;
  }

  /** Calls the portal from here on rather than follow it: the frame's result is the call's. The reds are read. */
  #callInstead(driver: DriverInfo, cell: JitCell): void {
    const reds = this.orderedArguments(null, driver.reds);
    const ints: Value[] = [];
    const refs: Value[] = [];
    for (const value of cell.ints) ints.push(new ConstInt(value));
    for (const value of cell.refs) refs.push(new ConstRef(value));
    for (const value of this.argInts) ints.push(value);
    for (const value of this.argRefs) refs.push(value);
    this.argInts.length = 0;
    this.argRefs.length = 0;
    for (const value of ints) this.argInts.push(value);
    for (const value of refs) this.argRefs.push(value);
    this.frames.pop();
    const loop = cell.loop ?? standInFor(this.context, cell);
    this.callLoop(this.top, driver, loop, reds);
  }

  /** Reds, then values of the virtualizable without the object. The reds are read. */
  #mergeValues(driver: DriverInfo): Value[] {
    const values = this.orderedArguments(null, driver.reds);
    for (let i = 1; i < this.virtualizable.length; i++) values.push(this.virtualizable[i]);
    return values;
  }

  /** Ends the trace here if it can be closed. The reds are read. */
  #close(driver: DriverInfo, cell: JitCell): boolean {
    const values = this.#mergeValues(driver);
    const loop = cell.loop;
    if (loop !== null && !loop.standIn && loop.width === values.length) {
      this.closedTo = loop;
    } else {
      for (const record of this.merges) {
        if (record.cell === cell && record.values.length === values.length) this.closedAt = record;
      }
      if (this.closedAt === null) return false;
    }
    this.closedCell = cell;
    this.closedValues = values;
    this.closedSnapshot = this.snapshot();
    this.state = TRACE_CLOSED;
    return true;
  }

  /** A loop may be closed here later. */
  #remember(frame: TraceFrame, driver: DriverInfo, cell: JitCell, redsAt: int): void {
    this.#freshReds(frame, redsAt);
    this.readLists(frame, redsAt);
    for (let i = 1; i < this.virtualizable.length; i++) {
      this.setVirtualizable(i, this.#sameAs(this.virtualizable[i]));
    }
    if (this.virtualizable.length > 0) {
      this.setVirtualizable(0, this.orderedArguments(null, driver.reds)[driver.virtualizable]);
    }
    this.forgetInvariants();
    this.merges.push(new MergeRecord(cell, this.ops.length, this.#mergeValues(driver)));
  }

  /** New boxes in the registers of the reds. */
  #freshReds(frame: TraceFrame, redsAt: int): void {
    const code = frame.jitcode.code;
    let at = redsAt + 1;
    for (let n = code[redsAt]; n > 0; n--) {
      frame.ints[code[at]] = this.#sameAs(frame.ints[code[at]]);
      at++;
    }
    let n = code[at];
    at++;
    for (; n > 0; n--) {
      frame.refs[code[at]] = this.#sameAs(frame.refs[code[at]]);
      at++;
    }
    n = code[at];
    at++;
    for (; n > 0; n--) {
      frame.floats[code[at]] = this.#sameAs(frame.floats[code[at]]);
      at++;
    }
  }

  #sameAs(value: Value): Op {
    const op = this.record(T.opForKind(T.SAME_AS_I, value.kind), [value], null);
    copyConcrete(op, value);
    return op;
  }

  // Too long.

  /** At a `live`: gives up, or ends the trace here to go on from a guard that always fails. */
  tooLong(): void {
    const largest = this.#largestPortal();
    if (largest !== null) {
      largest.set(CELL_NOT_INLINED);
      largest.set(CELL_HURRY);
      this.abort(AbortReason.TooLong);
      return;
    }
    if (this.segmented) {
      this.guard(T.GUARD_ALWAYS_FAILS, []);
      this.state = TRACE_SEGMENTED;
      return;
    }
    const bottom = this.frames[0].cell;
    if (bottom !== null) bottom.set(CELL_SEGMENTED);
    this.abort(AbortReason.TooLong);
  }

  /** The followed portal that contributed most operations; null when none was followed. */
  #largestPortal(): JitCell | null {
    let found: JitCell | null = null;
    let most = 0;
    for (const span of this.spans) {
      if (span.length > most) {
        most = span.length;
        found = span.frame.cell;
      }
    }
    for (let i = 1; i < this.frames.length; i++) {
      const frame = this.frames[i];
      if (frame.cell === null || this.ops.length - frame.start <= most) continue;
      most = this.ops.length - frame.start;
      found = frame.cell;
    }
    return found;
  }

  /** A string as a constant, by its content: `equal` is the function that compares. */
  promoteString(text: Value, equal: Value, descr: CallDescr): Value {
    if (text.isConstant) return text;
    const constant = constantOf(text);
    if (this.guardNull(text, -1)) return constant;
    const test = this.recordInt(T.CALL_PURE_I, [equal, text, constant], descr, 1);
    this.guard(T.GUARD_TRUE, [test]);
    this.replace(text, constant);
    return constant;
  }
}
