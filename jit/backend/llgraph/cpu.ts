/**
 * The graph backend: runs traces on Node over simulated objects, one closure for each operation. The reference that
 * machine code is compared with, and what nearly all tests of the JIT run on.
 */
import type { GcRef } from "../../../rlib/lowlevel.ts";
import { FatalStop } from "../../../rtyper/llinterp/machine.ts";
import {
  ArrayDescr,
  CallDescr,
  FieldDescr,
  GuardDescr,
  InteriorFieldDescr,
  LoopToken,
  SizeDescr,
  TargetToken,
} from "../../format/descr.ts";
import {
  floatMeaning,
  floatToIntMeaning,
  hasIntMeaning,
  intMeaning,
  intToFloatMeaning,
  overflows,
} from "../../format/meaning.ts";
import * as T from "../../format/traceops.ts";
import { type Op, sameFloat, type Trace, type Value } from "../../format/values.ts";
import { Arguments, DeadFrame } from "../cpu.ts";
import { Activation, LowBridge, LowCode, LowLoop, type Read, type Slot, type Step, zeroSlot } from "./code.ts";
import { LowMemory } from "./memory.ts";

/** Where a label stands. */
interface Place {
  readonly code: LowCode;
  readonly step: number;
  readonly slots: readonly number[];
}

type Values = readonly Slot[];

const LEFT = -1;

const int = (slot: Slot): number => slot as number;
const ref = (slot: Slot): GcRef => {
  if (slot === null) throw new Error("null used as an object in a trace");
  return slot as GcRef;
};

/** A descriptor that must be of a class. */
function descrOf<D>(op: Op, cls: abstract new (...args: never[]) => D): D {
  if (op.descr instanceof cls) return op.descr;
  throw new Error(`${T.traceOpInfo(op.opnum).name} has no ${cls.name}`);
}

export class LowCpu extends LowMemory {
  /** Loops and bridges in the order in which they were compiled. */
  readonly compiledCode: LowCode[] = [];
  readonly #places = new Map<TargetToken, Place>();
  readonly #running: Activation[] = [];
  #frames = 0;
  /** How the last run ended. */
  #dead: DeadFrame | null = null;

  override compileLoop(token: LoopToken, trace: Trace): void {
    const code = this.#compile(trace, token);
    token.compiled = new LowLoop(code);
  }

  override compileBridge(loop: LoopToken, guard: GuardDescr, trace: Trace): void {
    const code = this.#compile(trace, loop);
    if (loop.compiled instanceof LowLoop) loop.compiled.parts.push(code);
    guard.exit = new LowBridge(code);
  }

  override redirect(from: LoopToken, to: LoopToken): void {
    from.compiled = to.compiled;
  }

  override invalidate(token: LoopToken): void {
    if (!(token.compiled instanceof LowLoop)) return;
    for (const part of token.compiled.parts) part.invalidated = true;
  }

  override free(token: LoopToken): void {
    token.compiled = null;
  }

  override execute(token: LoopToken, args: Arguments): DeadFrame {
    if (!(token.compiled instanceof LowLoop)) throw new Error(`${token.name} is not compiled`);
    const { entry } = token.compiled;
    const act = new Activation(++this.#frames, entry);
    act.enter(entry, entry.inputs, slotsOf(args, entry.trace.inputs));
    this.#running.push(act);
    try {
      let step = 0;
      while (step >= 0) step = (act.code.steps[step] as Step)(act);
    } finally {
      this.#running.pop();
    }
    const dead = this.#dead;
    this.#dead = null;
    if (dead === null) throw new Error("compiled code was left without a trace");
    return dead;
  }

  #frameOf(number: number): Activation {
    const act = this.#running.find((a) => a.number === number);
    if (act === undefined) throw new Error("a frame that does not run any more");
    return act;
  }

  override force(frame: number): DeadFrame {
    const act = this.#frameOf(frame);
    const { ops } = act.code.trace;
    const guard = ops[act.callStep + 1];
    if (guard === undefined || guard.opnum !== T.GUARD_NOT_FORCED) throw new Error("no guard_not_forced behind a call");
    act.forced = true;
    return this.#deadFrame(act, guard);
  }

  override setForced(frame: number, data: GcRef): void {
    this.#frameOf(frame).forcedData = data;
  }

  #compile(trace: Trace, loop: LoopToken): LowCode {
    const code = new LowCode(trace, loop);
    for (const op of trace.ops) {
      const step = code.steps.length;
      const run = this.#step(op, code, step);
      code.steps.push(run);
      if (op.hasResult) code.slotOf(op);
    }
    this.compiledCode.push(code);
    return code;
  }

  #step(op: Op, code: LowCode, at: number): Step {
    const next = at + 1;
    if (T.isGuard(op.opnum)) return this.#guard(op, code, next);
    if (op.opnum === T.LABEL) return this.#label(op, code, next);
    if (op.opnum === T.JUMP) return this.#jump(op, code);
    if (op.opnum === T.FINISH) return (act) => this.#leave(act, op);
    const run = this.#operation(op, code, at);
    if (!op.hasResult) {
      return (act) => {
        run(act.values, act);
        return next;
      };
    }
    const slot = code.slotOf(op);
    return (act) => {
      const value = run(act.values, act);
      act.values[slot] = value;
      return next;
    };
  }

  /** Leaves compiled code through a guard or a finish. */
  #leave(act: Activation, op: Op): number {
    const { descr } = op;
    if (descr instanceof GuardDescr && descr.exit instanceof LowBridge) {
      const { code } = descr.exit;
      act.enter(
        code,
        code.inputs,
        (op.failArgs ?? []).map((v) => act.code.reader(v)(act.values)),
      );
      return 0;
    }
    const dead = this.#deadFrame(act, op);
    if (this.exceptionPending()) dead.exception = this.takeException();
    dead.flag = this.loadFlag();
    dead.forced = act.forcedData;
    this.#dead = dead;
    return LEFT;
  }

  #deadFrame(act: Activation, op: Op): DeadFrame {
    const values = op.opnum === T.FINISH ? op.args : (op.failArgs ?? []);
    const ints: number[] = new Array(values.length).fill(0);
    const refs: (GcRef | null)[] = new Array(values.length).fill(null);
    const floats: number[] = new Array(values.length).fill(0);
    for (const [i, value] of values.entries()) {
      const slot = act.code.reader(value)(act.values);
      if (value.kind === T.KIND_INT) ints[i] = (slot ?? 0) as number;
      else if (value.kind === T.KIND_REF) refs[i] = slot as GcRef | null;
      else floats[i] = (slot ?? 0) as number;
    }
    return new DeadFrame(descrOf(op, GuardDescr), ints, refs, floats);
  }

  #label(op: Op, code: LowCode, next: number): Step {
    const token = descrOf(op, TargetToken);
    this.#places.set(token, { code, step: next, slots: op.args.map((v) => code.slotOf(v)) });
    return () => next;
  }

  #jump(op: Op, code: LowCode): Step {
    const reads = op.args.map((v) => code.reader(v));
    const { descr } = op;
    return (act) => {
      const values = reads.map((read) => read(act.values));
      if (descr instanceof TargetToken) {
        const place = this.#places.get(descr);
        if (place !== undefined) {
          if (place.slots.length !== values.length)
            throw new Error(`jump to ${descr.name} with ${values.length} values for ${place.slots.length}`);
          act.enter(place.code, place.slots, values);
          return place.step;
        }
      }
      const loop = descr instanceof TargetToken ? descr.loop : descrOf(op, LoopToken);
      if (!(loop.compiled instanceof LowLoop)) throw new Error(`jump to ${loop.name}, which is not compiled`);
      const { entry } = loop.compiled;
      if (entry.inputs.length !== values.length) throw new Error(`jump to ${loop.name} with other values`);
      act.enter(entry, entry.inputs, values);
      return 0;
    };
  }

  #guard(op: Op, code: LowCode, next: number): Step {
    const holds = this.#condition(op, code);
    if (op.opnum !== T.GUARD_EXCEPTION) return (act) => (holds(act.values, act) ? next : this.#leave(act, op));
    const slot = code.slotOf(op);
    return (act) => {
      if (!holds(act.values, act)) return this.#leave(act, op);
      act.values[slot] = this.takeException();
      return next;
    };
  }

  #condition(op: Op, code: LowCode): (values: Values, act: Activation) => boolean {
    const [a, b] = op.args.map((v) => code.reader(v)) as [Read, Read];
    switch (op.opnum) {
      case T.GUARD_TRUE:
        return (v) => a(v) !== 0;
      case T.GUARD_FALSE:
        return (v) => a(v) === 0;
      case T.GUARD_VALUE:
        return op.args[0]?.kind === T.KIND_FLOAT ? (v) => sameFloat(int(a(v)), int(b(v))) : (v) => a(v) === b(v);
      case T.GUARD_CLASS:
        return (v) => this.classOf(ref(a(v))) === b(v);
      case T.GUARD_NONNULL:
        return (v) => a(v) !== null;
      case T.GUARD_ISNULL:
        return (v) => a(v) === null;
      case T.GUARD_NONNULL_CLASS:
        return (v) => a(v) !== null && this.classOf(ref(a(v))) === b(v);
      case T.GUARD_NO_EXCEPTION:
        return () => !this.exceptionPending();
      case T.GUARD_EXCEPTION:
        return (v) => this.pendingClass() === a(v);
      case T.GUARD_NO_OVERFLOW:
        return (_v, act) => !act.overflow;
      case T.GUARD_OVERFLOW:
        return (_v, act) => act.overflow;
      case T.GUARD_NOT_FORCED:
      case T.GUARD_NOT_FORCED_2:
        return (_v, act) => !act.forced;
      case T.GUARD_NOT_INVALIDATED:
        return () => !code.invalidated;
      case T.GUARD_ALWAYS_FAILS:
        return () => false;
      default:
        throw new Error(`no meaning of ${T.traceOpInfo(op.opnum).name} in the graph backend`);
    }
  }

  #operation(op: Op, code: LowCode, at: number): (values: Values, act: Activation) => Slot {
    const { opnum } = op;
    if (T.isCall(opnum)) return this.#call(op, code, at);
    const reads = op.args.map((v) => code.reader(v));
    const pure = this.#pure(op, reads);
    if (pure !== null) return pure;
    const run = this.#effect(op, op.args[1]?.kind ?? T.KIND_VOID, op.args[2]?.kind ?? T.KIND_VOID);
    const [a, b, c, d, e] = reads as [Read, Read, Read, Read, Read];
    return (v, act) => run(act, a?.(v) ?? null, b?.(v) ?? null, c?.(v) ?? null, d?.(v) ?? null, e?.(v) ?? null);
  }

  #pure(op: Op, reads: Read[]): ((values: Values, act: Activation) => Slot) | null {
    const { opnum } = op;
    const bits = this.wordBits;
    const [a, b] = reads as [Read, Read];
    if (hasIntMeaning(opnum)) {
      if (reads.length === 1) return (v) => intMeaning(opnum, int(a(v)), 0, bits);
      if (!T.hasFlag(opnum, T.OVERFLOW)) return (v) => intMeaning(opnum, int(a(v)), int(b(v)), bits);
      return (v, act) => {
        const [x, y] = [int(a(v)), int(b(v))];
        act.overflow = overflows(opnum, x, y, bits);
        return intMeaning(opnum, x, y, bits);
      };
    }
    if (opnum === T.SAME_AS_R) return a;
    if (!T.hasFlag(opnum, T.PURE)) return null;
    const info = T.traceOpInfo(opnum);
    if (info.operands === "f" || info.operands === "ff") {
      const y = reads.length === 1 ? () => 0 : b;
      if (info.result === T.KIND_FLOAT) return (v) => floatMeaning(opnum, int(a(v)), int(y(v)));
      return (v) => floatToIntMeaning(opnum, int(a(v)), int(y(v)));
    }
    if (info.result === T.KIND_FLOAT) {
      const y = reads.length === 1 ? () => 0 : b;
      return (v) => intToFloatMeaning(opnum, int(a(v)), int(y(v)), bits);
    }
    if (opnum === T.PTR_EQ) return (v) => (a(v) === b(v) ? 1 : 0);
    if (opnum === T.PTR_NE) return (v) => (a(v) !== b(v) ? 1 : 0);
    return null;
  }

  /** Memory, allocation, checks. */
  #effect(
    op: Op,
    kind1: number,
    kind2: number,
  ): (act: Activation, a: Slot, b: Slot, c: Slot, d: Slot, e: Slot) => Slot {
    const field = op.descr instanceof FieldDescr ? op.descr : null;
    const array = op.descr instanceof ArrayDescr ? op.descr : null;
    const interior = op.descr instanceof InteriorFieldDescr ? op.descr : null;
    const f = (): FieldDescr => field ?? descrOf(op, FieldDescr);
    const items = (): ArrayDescr => array ?? descrOf(op, ArrayDescr);
    const inner = (): InteriorFieldDescr => interior ?? descrOf(op, InteriorFieldDescr);
    switch (op.opnum) {
      case T.CLASS_OF:
        return (_act, a) => this.classOf(ref(a));
      case T.IS_INSTANCE:
        return (_act, a) => (this.isInstance(ref(a), descrOf(op, SizeDescr)) ? 1 : 0);
      case T.GETFIELD_GC_I:
        return (_act, a) => this.getFieldInt(ref(a), f());
      case T.GETFIELD_GC_R:
        return (_act, a) => this.getFieldRef(ref(a), f());
      case T.GETFIELD_GC_F:
        return (_act, a) => this.getFieldFloat(ref(a), f());
      case T.SETFIELD_GC:
        return byKind(
          kind1,
          (a, b) => this.setFieldInt(ref(a), f(), int(b)),
          (a, b) => this.setFieldRef(ref(a), f(), b as GcRef | null),
          (a, b) => this.setFieldFloat(ref(a), f(), int(b)),
        );
      case T.GETARRAYITEM_GC_I:
        return (_act, a, b) => this.getItemInt(ref(a), int(b), items());
      case T.GETARRAYITEM_GC_R:
        return (_act, a, b) => this.getItemRef(ref(a), int(b), items());
      case T.GETARRAYITEM_GC_F:
        return (_act, a, b) => this.getItemFloat(ref(a), int(b), items());
      case T.SETARRAYITEM_GC:
        return byKind(
          kind2,
          (a, b, c) => this.setItemInt(ref(a), int(b), items(), int(c)),
          (a, b, c) => this.setItemRef(ref(a), int(b), items(), c as GcRef | null),
          (a, b, c) => this.setItemFloat(ref(a), int(b), items(), int(c)),
        );
      case T.GETINTERIORFIELD_GC_I:
        return (_act, a, b) => this.getInteriorInt(ref(a), int(b), inner());
      case T.GETINTERIORFIELD_GC_R:
        return (_act, a, b) => this.getInteriorRef(ref(a), int(b), inner());
      case T.GETINTERIORFIELD_GC_F:
        return (_act, a, b) => this.getInteriorFloat(ref(a), int(b), inner());
      case T.SETINTERIORFIELD_GC:
        return byKind(
          kind2,
          (a, b, c) => this.setInteriorInt(ref(a), int(b), inner(), int(c)),
          (a, b, c) => this.setInteriorRef(ref(a), int(b), inner(), c as GcRef | null),
          (a, b, c) => this.setInteriorFloat(ref(a), int(b), inner(), int(c)),
        );
      case T.ARRAYLEN_GC:
        return (_act, a) => this.arrayLength(ref(a), items());
      case T.STRLEN:
        return (_act, a) => this.stringLength(ref(a));
      case T.STRGETITEM:
        return (_act, a, b) => this.stringUnit(ref(a), int(b));
      case T.NEWSTR:
        return (_act, a) => this.newString(int(a));
      case T.STRSETITEM:
        return done((_act, a, b, c) => this.setUnit(ref(a), int(b), int(c)));
      case T.COPYSTRCONTENT:
        return done((_act, a, b, c, d, e) => this.copyUnits(ref(a), ref(b), int(c), int(d), int(e)));
      case T.NEW:
      case T.NEW_WITH_VTABLE:
        return () => this.newStruct(descrOf(op, SizeDescr));
      case T.NEW_ARRAY:
      case T.NEW_ARRAY_CLEAR:
        return (_act, a) => this.newArray(items(), int(a), op.opnum === T.NEW_ARRAY_CLEAR);
      case T.RAW_LOAD_I:
        return (_act, a, b) => this.rawLoadInt(int(a), int(b), items());
      case T.RAW_LOAD_F:
        return (_act, a, b) => this.rawLoadFloat(int(a), int(b), items());
      case T.RAW_STORE:
        return byKind(
          kind2,
          (a, b, c) => this.rawStoreInt(int(a), int(b), items(), int(c)),
          () => undefined,
          (a, b, c) => this.rawStoreFloat(int(a), int(b), items(), int(c)),
        );
      case T.GETFIELD_RAW_I:
        return (_act, a) => this.getRawFieldInt(int(a), f());
      case T.GETFIELD_RAW_R:
        return (_act, a) => this.getRawFieldRef(int(a), f());
      case T.GETFIELD_RAW_F:
        return (_act, a) => this.getRawFieldFloat(int(a), f());
      case T.SETFIELD_RAW:
        return byKind(
          kind1,
          (a, b) => this.setRawFieldInt(int(a), f(), int(b)),
          (a, b) => this.setRawFieldRef(int(a), f(), b as GcRef | null),
          (a, b) => this.setRawFieldFloat(int(a), f(), int(b)),
        );
      default:
        return this.#state(op);
    }
  }

  /** Checks, execution state, bookkeeping. */
  #state(op: Op): Effect {
    switch (op.opnum) {
      case T.CHECK_INDEX:
        return (_act, a, b) => required(int(a) >= 0 && int(a) < int(b), op);
      case T.CHECK_NONNULL:
        return (_act, a) => required(a !== null, op);
      case T.CHECK_CAST:
        return (_act, a) => required(this.isInstance(ref(a), descrOf(op, SizeDescr)), op);
      case T.CHECK_TRUE:
        return (_act, a) => required(a !== 0, op);
      case T.FORCE_TOKEN:
        return (act) => act.number;
      case T.SAVE_EXCEPTION:
        return () => (this.exceptionPending() ? this.takeException() : null);
      case T.SAVE_EXC_CLASS:
        return () => this.pendingClass();
      case T.RESTORE_EXCEPTION:
        return done((_act, a) => {
          if (a !== null) this.setException(a as GcRef);
        });
      case T.STORE_FLAG:
        return done((_act, a) => this.storeFlag(int(a)));
      case T.VIRTUAL_REF:
        return (_act, a) => a;
      case T.VIRTUAL_REF_FINISH:
      case T.KEEPALIVE:
      case T.QUASIIMMUT_FIELD:
      case T.RECORD_EXACT_CLASS:
      case T.DEBUG_MERGE_POINT:
      case T.INCREMENT_DEBUG_COUNTER:
      case T.CHECK_MEMORY_ERROR:
        return () => null;
      default:
        throw new Error(`no meaning of ${T.traceOpInfo(op.opnum).name} in the graph backend`);
    }
  }

  #call(op: Op, code: LowCode, at: number): (values: Values, act: Activation) => Slot {
    const reads = op.args.map((v) => code.reader(v));
    const { opnum } = op;
    if (opnum === T.LOAD_FLAG) return () => this.loadFlag();
    if (opnum >= T.CALL_ASSEMBLER_I && opnum <= T.CALL_ASSEMBLER_N) {
      const token = descrOf(op, LoopToken);
      return (v, act) => {
        act.callStep = at;
        return this.#callAssembler(token, op, reads, v);
      };
    }
    const descr = descrOf(op, CallDescr);
    const [first, second] = reads as [Read, Read];
    if (opnum === T.COND_CALL) {
      return (v) => (first(v) !== 0 ? this.#callStub(int(second(v)), descr, op, reads.slice(2), v, 2) : null);
    }
    if (opnum === T.COND_CALL_VALUE_I || opnum === T.COND_CALL_VALUE_R) {
      return (v) => {
        const known = first(v);
        if (known !== 0 && known !== null) return known;
        return this.#callStub(int(second(v)), descr, op, reads.slice(2), v, 2);
      };
    }
    const rest = reads.slice(1);
    return (v, act) => {
      act.callStep = at;
      return this.#callStub(int(first(v)), descr, op, rest, v, 1);
    };
  }

  #callStub(address: number, descr: CallDescr, op: Op, reads: Read[], values: Values, skip: number): Slot {
    const args = argumentsOf(op.args.slice(skip), reads, values);
    if (descr.result === T.KIND_INT) return this.callInt(address, args, descr);
    if (descr.result === T.KIND_REF) return this.callRef(address, args, descr);
    if (descr.result === T.KIND_FLOAT) return this.callFloat(address, args, descr);
    this.callVoid(address, args, descr);
    return null;
  }

  #callAssembler(token: LoopToken, op: Op, reads: Read[], values: Values): Slot {
    const { helper } = this;
    if (helper === null) throw new Error("the metainterp has not said what to do with compiled code that was left");
    helper.finishCall(token, this.execute(token, argumentsOf(op.args, reads, values)));
    if (this.exceptionPending()) return zeroSlot(op.kind);
    if (op.kind === T.KIND_INT) return helper.resultInt;
    return op.kind === T.KIND_REF ? helper.resultRef : op.kind === T.KIND_FLOAT ? helper.resultFloat : null;
  }
}

function required(holds: boolean, op: Op): Slot {
  if (!holds) throw new FatalStop(`${T.traceOpInfo(op.opnum).name} failed in a trace`);
  return null;
}

type Effect = (act: Activation, a: Slot, b: Slot, c: Slot, d: Slot, e: Slot) => Slot;
type Store = (a: Slot, b: Slot, c: Slot) => void;

function byKind(kind: number, ints: Store, refs: Store, floats: Store): Effect {
  const store = kind === T.KIND_INT ? ints : kind === T.KIND_REF ? refs : floats;
  return (_act, a, b, c) => {
    store(a, b, c);
    return null;
  };
}

function done(run: (act: Activation, a: Slot, b: Slot, c: Slot, d: Slot, e: Slot) => void): Effect {
  return (act, a, b, c, d, e) => {
    run(act, a, b, c, d, e);
    return null;
  };
}

/** Operands as arguments by kind. */
function argumentsOf(operands: readonly Value[], reads: readonly Read[], values: Values): Arguments {
  const args = new Arguments();
  for (const [i, operand] of operands.entries()) {
    const slot = (reads[i] as Read)(values);
    if (operand.kind === T.KIND_INT) args.ints.push(int(slot));
    else if (operand.kind === T.KIND_REF) args.refs.push(slot as GcRef | null);
    else args.floats.push(int(slot));
  }
  return args;
}

/** Arguments by kind as the inputs of a trace. */
function slotsOf(args: Arguments, inputs: readonly Value[]): Slot[] {
  const next = { i: 0, r: 0, f: 0 };
  return inputs.map((input) => {
    if (input.kind === T.KIND_INT) return args.ints[next.i++] as number;
    if (input.kind === T.KIND_REF) return args.refs[next.r++] as GcRef | null;
    return args.floats[next.f++] as number;
  });
}
