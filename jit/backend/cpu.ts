/**
 * The only way by which the JIT's run-time part touches the program: its memory, its functions, its exceptions, and
 * compiled code. Two implementations: `backend/llgraph` over simulated objects, `backend/x86` over addresses.
 *
 * Kinds are kept apart by method, so that nothing is boxed on the way.
 *
 * A call leaves an exception pending rather than raising it here: whoever calls asks `exceptionPending` afterwards.
 */
import { fromGcRef, type GcRef, toGcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import type {
  ArrayDescr,
  CallDescr,
  FieldDescr,
  GuardDescr,
  InteriorFieldDescr,
  LoopToken,
  SizeDescr,
} from "../format/descr.ts";
import { HeapReader } from "../format/heap.ts";
import type { TextDescr } from "../format/jitcode.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, type Trace, type Value } from "../format/values.ts";

import { Watchers } from "./watchers.ts";

/** Arguments by kind, in the order in which a signature names those of each kind. Reused between calls. */
export class Arguments {
  readonly ints: int[] = [];
  readonly refs: (GcRef | null)[] = [];
  readonly floats: float[] = [];

  clear(): void {
    this.ints.length = 0;
    this.refs.length = 0;
    this.floats.length = 0;
  }

  addConstant(value: Value): void {
    if (value instanceof ConstInt) this.ints.push(value.value);
    else if (value instanceof ConstRef) this.refs.push(value.value);
    else if (value instanceof ConstFloat) this.floats.push(value.value);
  }
}

/** What survives of compiled code that was left: by a guard, by its end, or by a look into it from outside. */
export class DeadFrame {
  readonly descr: GuardDescr;
  /** By place in the exit's failArgs (or operands of finish), in the array of the value's kind. */
  readonly ints: int[];
  readonly refs: (GcRef | null)[];
  readonly floats: float[];
  /** Pending exception at the exit; taken out of the Vm struct. */
  exception: GcRef | null = null;
  /** `vm.flag` at the exit. */
  flag: int = 0;
  /** What `force` left for the guard behind the call. */
  forced: GcRef | null = null;

  constructor(descr: GuardDescr, ints: int[], refs: (GcRef | null)[], floats: float[]) {
    this.descr = descr;
    this.ints = ints;
    this.refs = refs;
    this.floats = floats;
  }
}

export abstract class Cpu extends HeapReader {
  /** Bits of a word of the program. */
  readonly wordBits: int;
  /** Set by the metainterp before anything runs. */
  helper: AssemblerHelper | null = null;

  constructor(wordBits: int) {
    super();
    this.wordBits = wordBits;
  }

  // Objects. Never null, indices in range. Reading them is in HeapReader.
  abstract setFieldInt(o: GcRef, d: FieldDescr, value: int): void;
  abstract setFieldRef(o: GcRef, d: FieldDescr, value: GcRef | null): void;
  abstract setFieldFloat(o: GcRef, d: FieldDescr, value: float): void;
  abstract setItemInt(o: GcRef, index: int, d: ArrayDescr, value: int): void;
  abstract setItemRef(o: GcRef, index: int, d: ArrayDescr, value: GcRef | null): void;
  abstract setItemFloat(o: GcRef, index: int, d: ArrayDescr, value: float): void;
  abstract getInteriorInt(o: GcRef, index: int, d: InteriorFieldDescr): int;
  abstract getInteriorRef(o: GcRef, index: int, d: InteriorFieldDescr): GcRef | null;
  abstract getInteriorFloat(o: GcRef, index: int, d: InteriorFieldDescr): float;
  abstract setInteriorInt(o: GcRef, index: int, d: InteriorFieldDescr, value: int): void;
  abstract setInteriorRef(o: GcRef, index: int, d: InteriorFieldDescr, value: GcRef | null): void;
  abstract setInteriorFloat(o: GcRef, index: int, d: InteriorFieldDescr, value: float): void;
  abstract setUnit(o: GcRef, index: int, unit: int): void;
  abstract copyUnits(from: GcRef, to: GcRef, fromStart: int, toStart: int, n: int): void;
  abstract isInstance(o: GcRef, d: SizeDescr): boolean;
  /** Address of the vtable of a class. */
  vtableOf(classId: int): int {
    return classId;
  }
  /** A number that stays with the object. */
  abstract identityHash(o: GcRef): int;

  // Allocation; zeroed, but for the units of a string and where `clear` is false. Out of memory ends the program.
  abstract newStruct(d: SizeDescr): GcRef;
  abstract newArray(d: ArrayDescr, n: int, clear: boolean): GcRef;
  abstract newString(n: int): GcRef;

  // Raw memory.
  abstract rawLoadInt(address: int, offset: int, d: ArrayDescr): int;
  abstract rawLoadFloat(address: int, offset: int, d: ArrayDescr): float;
  abstract rawStoreInt(address: int, offset: int, d: ArrayDescr, value: int): void;
  abstract rawStoreFloat(address: int, offset: int, d: ArrayDescr, value: float): void;
  abstract getRawFieldInt(address: int, d: FieldDescr): int;
  abstract getRawFieldRef(address: int, d: FieldDescr): GcRef | null;
  abstract getRawFieldFloat(address: int, d: FieldDescr): float;
  abstract setRawFieldInt(address: int, d: FieldDescr, value: int): void;
  abstract setRawFieldRef(address: int, d: FieldDescr, value: GcRef | null): void;
  abstract setRawFieldFloat(address: int, d: FieldDescr, value: float): void;

  // Calls. Zero of the kind when an exception is pending afterwards.
  abstract callInt(address: int, args: Arguments, d: CallDescr): int;
  abstract callRef(address: int, args: Arguments, d: CallDescr): GcRef | null;
  abstract callFloat(address: int, args: Arguments, d: CallDescr): float;
  abstract callVoid(address: int, args: Arguments, d: CallDescr): void;

  /** Calls with constants; null when the call raised, and then nothing is pending. */
  callElidable(args: Value[], descr: CallDescr): Value | null {
    const address = args[0];
    if (!(address instanceof ConstInt)) return null;
    const values = new Arguments();
    for (let i = 1; i < args.length; i++) values.addConstant(args[i]);
    let result: Value = new ConstInt(0);
    if (descr.result === KIND_INT) result = new ConstInt(this.callInt(address.value, values, descr));
    else if (descr.result === KIND_REF) result = new ConstRef(this.callRef(address.value, values, descr));
    else if (descr.result === KIND_FLOAT) result = new ConstFloat(this.callFloat(address.value, values, descr));
    else this.callVoid(address.value, values, descr);
    if (!this.exceptionPending()) return result;
    this.takeException();
    return null;
  }

  /** From now on a change of the field whose hidden field is given makes the loop invalid (`Jit.changed`). */
  watch(o: GcRef, hidden: FieldDescr, loop: LoopToken): void {
    const known = this.getFieldRef(o, hidden);
    if (known !== null) {
      fromGcRef(known, Watchers).add(loop);
      return;
    }
    const made = new Watchers();
    made.add(loop);
    this.setFieldRef(o, hidden, toGcRef(made));
  }

  // Execution state.
  abstract exceptionPending(): boolean;
  /** Takes the pending exception out. */
  abstract takeException(): GcRef;
  abstract setException(e: GcRef): void;
  /** Class id of the pending exception, 0 when there is none. */
  abstract pendingClass(): int;
  abstract loadFlag(): int;
  abstract storeFlag(flag: int): void;
  /** Ends the program because a check failed. */
  abstract stop(text: TextDescr): void;

  // Compiled code.
  /** Makes code of a trace; its inputs become those of the token, its labels can be jumped to. */
  abstract compileLoop(token: LoopToken, trace: Trace): void;
  /** Makes code that a guard's exit goes on with. The inputs are the exit's failArgs. */
  abstract compileBridge(loop: LoopToken, guard: GuardDescr, trace: Trace): void;
  /** Runs a loop with its inputs, which `args` holds by kind, until something leaves it for good. */
  abstract execute(token: LoopToken, args: Arguments): DeadFrame;
  /** Makes calls of `from` in compiled code calls of `to`: a loop that was made while others called its function. */
  abstract redirect(from: LoopToken, to: LoopToken): void;
  /** A guard_not_invalidated of the loop fails from now on. */
  abstract invalidate(token: LoopToken): void;
  /** Gives back the memory of a loop and of its bridges. */
  abstract free(token: LoopToken): void;
  /** Values of the running frame that a force_token named, as the guard_not_forced behind its call wants them. */
  abstract force(frame: int): DeadFrame;
  /** What the guard_not_forced of that frame, which now fails, finds in its DeadFrame. */
  abstract setForced(frame: int, data: GcRef): void;
}

/** Called when compiled code that compiled code called (call_assembler) was left: finishes the call in its place. */
export abstract class AssemblerHelper {
  resultInt: int = 0;
  resultRef: GcRef | null = null;
  resultFloat: float = 0.0;

  /** Leaves the call's result in the fields above, or an exception pending. */
  abstract finishCall(token: LoopToken, dead: DeadFrame): void;
}
