// The register allocator: one walk over the trace that binds values to registers as they are needed and gives up those
// whose next use is furthest away.
//
// A trace is a straight line, so the next use of every value is known exactly, and "evict what is needed last" is the
// best rule there is (Belady); coloring a graph would cost more than it could win. What a straight line does not show is
// the loop: at a label values go where the operations after it want them, and what flows back into the label is steered
// into its registers by hints, so that a loop's end mostly moves nothing.
//
// Invariants: a value that lives has a register or a slot. Registers of operands of the current operation are locked.
// Between the operands of an instruction and the instruction itself only moves are emitted.
import type { int } from "../../../../rlib/types.ts";
import { KIND_FLOAT, KIND_REF, KIND_VOID } from "../../../format/traceops.ts";
import type { Box, Op, Trace, Value } from "../../../format/values.ts";
import { isXmm, NOWHERE, XMM } from "../encoder/registers.ts";
import { lowestBit, type Machine } from "../machine.ts";
import { Liveness, NEVER } from "./liveness.ts";
import { ParallelMoves } from "./moves.ts";
import { NOBODY, Places } from "./places.ts";
import { Instruction, type Sink } from "./sink.ts";

/** No restriction to certain registers. */
export const ANY_REGISTER = -1;

export class Allocator {
  readonly machine: Machine;
  readonly sink: Sink;
  readonly trace: Trace;
  readonly live: Liveness;
  readonly places: Places;
  readonly moves: ParallelMoves;
  readonly instruction: Instruction;
  /** Position of the operation at hand. */
  at: int;
  /** By value: the location where a label wants it at the trace's end, NOWHERE if none does. */
  readonly hints: int[];
  /** By position: position of the next operation from there on that overwrites registers as calls do. */
  readonly nextCall: int[];
  #locked: int;
  #lockedXmm: int;
  /** Registers taken for this operation only. */
  readonly #temps: int[];

  /** `slots`: slots of the frame that are in use already or may be (a bridge starts with those of its guard). */
  constructor(machine: Machine, sink: Sink, trace: Trace, slots: int) {
    this.machine = machine;
    this.sink = sink;
    this.trace = trace;
    this.live = new Liveness(trace);
    this.places = new Places(machine, this.live.values, slots);
    this.moves = new ParallelMoves();
    this.instruction = new Instruction(trace.ops[0] as Op);
    this.at = 0;
    this.hints = [];
    for (let i = 0; i < this.live.values.length; i++) this.hints.push(NOWHERE);
    this.nextCall = [];
    this.#locked = 0;
    this.#lockedXmm = 0;
    this.#temps = [];
  }

  // Operands.

  /** Where a constant stands, or a value can be read. */
  locationOf(value: Value): int {
    return value.isConstant ? this.sink.constant(value) : this.places.of((value as Box).number);
  }

  /**
   * An operand in a register of a mask (ANY_REGISTER: any of its kind), locked until the operation ends. A constant is
   * loaded into a register of its own.
   */
  inRegister(value: Value, mask: int): int {
    const { kind } = value;
    if (value.isConstant) {
      const made = this.temporary(kind, mask);
      this.sink.move(this.sink.constant(value), made, kind);
      return made;
    }
    const n = (value as Box).number;
    const now = this.places.register[n] as int;
    if (now !== NOWHERE && fits(now, mask)) {
      this.lock(now);
      return now;
    }
    const register = this.allocate(kind, mask, this.preferredFor(value as Box));
    this.sink.move(this.places.of(n), register, kind);
    if (now !== NOWHERE) this.places.unbind(n);
    this.places.bind(n, register);
    this.lock(register);
    return register;
  }

  /** An operand wherever it is: register, slot or constant. What is needed again soon is brought into a register. */
  anyPlace(value: Value): int {
    if (value.isConstant) return this.sink.constant(value);
    const n = (value as Box).number;
    let now = this.places.register[n] as int;
    if (now === NOWHERE) {
      if (this.live.nextUse(n, this.at + 1) === NEVER) return this.places.slot[n] as int;
      const free = this.#findFree(value.kind, ANY_REGISTER, this.preferredFor(value as Box));
      if (free === NOWHERE) return this.places.slot[n] as int;
      this.sink.move(this.places.slot[n] as int, free, value.kind);
      this.places.bind(n, free);
      now = free;
    }
    this.lock(now);
    return now;
  }

  /** An operand that may be a constant if the machine takes it as an immediate, else a register of a mask. */
  registerOrImmediate(value: Value, mask: int): int {
    if (value.isConstant && this.sink.isImmediate(value)) return this.sink.constant(value);
    return this.inRegister(value, mask);
  }

  /** The base of a memory operand: a register, or a constant that is an address. */
  base(value: Value): int {
    if (value.isConstant && this.sink.isAbsolute(value)) return this.sink.constant(value);
    return this.inRegister(value, ANY_REGISTER);
  }

  /**
   * The register of a result that starts as a copy of an operand: the operand's own if it dies here, else another one.
   * Other operands must be placed before.
   */
  resultFrom(op: Op, value: Value, mask: int): int {
    const { kind } = value;
    if (!value.isConstant) {
      const n = (value as Box).number;
      const now = this.places.register[n] as int;
      if (now !== NOWHERE && fits(now, mask) && !this.live.livesAfter(n, this.at) && !this.#hintedElsewhere(op, now)) {
        this.places.unbind(n);
        this.places.take(now);
        return this.#defined(op, now);
      }
    }
    const register = this.#chooseResult(op, mask);
    this.sink.move(this.locationOf(value), register, kind);
    return this.#defined(op, register);
  }

  /** Is the result wanted in another register, which is free? */
  #hintedElsewhere(op: Op, now: int): boolean {
    const hint = this.hints[op.number] as int;
    return hint >= 0 && hint < 2 * XMM && hint !== now && this.places.isFree(hint);
  }

  /**
   * A register for the result of an operation whose operands and temporaries are placed; it may be the register of an
   * operand that dies here, so the instruction must read its operands before it writes the result.
   */
  result(op: Op, mask: int): int {
    for (const arg of op.args) this.#releaseIfDying(arg);
    return this.#defined(op, this.#chooseResult(op, mask));
  }

  /** Like `result`, in another register than every operand's. */
  separateResult(op: Op, mask: int): int {
    return this.#defined(op, this.#chooseResult(op, mask));
  }

  /** Gives up the register, not the slot: a spill before the instruction must not overwrite what it reads. */
  #releaseIfDying(value: Value): void {
    if (value.isConstant) return;
    const n = (value as Box).number;
    if (this.live.lastUse[n] === this.at && this.places.register[n] !== NOWHERE) this.places.unbind(n);
  }

  /** The result appears in a certain register, which was taken. */
  resultIn(op: Op, register: int): int {
    return this.#defined(op, register);
  }

  #chooseResult(op: Op, mask: int): int {
    const hint = this.hints[op.number] as int;
    if (hint >= 0 && hint < 2 * XMM && fits(hint, mask) && this.places.isFree(hint)) {
      this.places.take(hint);
      return hint;
    }
    return this.allocate(op.kind, mask, this.preferredFor(op));
  }

  #defined(op: Op, register: int): int {
    this.places.bind(op.number, register);
    this.lock(register);
    this.instruction.result = register;
    return register;
  }

  /** A register for this operation alone. */
  temporary(kind: int, mask: int): int {
    const register = this.allocate(kind, mask, ANY_REGISTER);
    this.lock(register);
    this.#temps.push(register);
    return register;
  }

  /** Registers in which a value had better live: those that survive the calls in its way. */
  preferredFor(value: Box): int {
    if (value.kind === KIND_FLOAT) return ANY_REGISTER;
    const { preserved } = this.machine;
    const hint = this.hints[value.number] as int;
    if (hint >= 0 && hint < XMM && this.places.isFree(hint)) return 1 << hint;
    const call = this.nextCall[this.at + 1] as int;
    const crosses = value.kind !== KIND_REF && call < (this.live.lastUse[value.number] as int);
    return crosses ? preserved : ~preserved;
  }

  // Registers.

  lock(register: int): void {
    if (isXmm(register)) this.#lockedXmm |= 1 << (register - XMM);
    else this.#locked |= 1 << register;
  }

  /** Takes a register of a mask, giving up another value's if none is free. */
  allocate(kind: int, mask: int, preferred: int): int {
    const free = this.#findFree(kind, mask, preferred);
    const register = free !== NOWHERE ? free : this.#evictFrom(kind, mask);
    this.places.take(register);
    return register;
  }

  #findFree(kind: int, mask: int, preferred: int): int {
    return this.places.findFree(kind, mask, preferred);
  }

  #evictFrom(kind: int, mask: int): int {
    const isFloat = kind === KIND_FLOAT;
    let candidates = this.places.allMask(kind) & mask & ~(isFloat ? this.#lockedXmm : this.#locked);
    let best = NOWHERE;
    let furthest = -1;
    while (candidates !== 0) {
      const register = lowestBit(candidates) + (isFloat ? XMM : 0);
      candidates &= candidates - 1;
      const n = this.places.owner[register] as int;
      if (n === NOBODY) continue;
      // A value that has a slot already costs no store.
      const use = this.live.nextUse(n, this.at) * 2 + (this.places.slot[n] !== NOWHERE ? 1 : 0);
      if (use > furthest) {
        furthest = use;
        best = register;
      }
    }
    if (best === NOWHERE) throw new Error("the register allocator has no register left");
    this.evict(best);
    return best;
  }

  /** The value in a register, if any, goes to its slot. */
  evict(register: int): void {
    const n = this.places.owner[register] as int;
    if (n === NOBODY) return;
    this.spill(n);
    this.places.unbind(n);
  }

  /** A value that is in a register gets a copy in a slot. */
  spill(n: int): void {
    if (this.places.slot[n] !== NOWHERE) return;
    const slot = this.places.takeSlot(n, this.hints[n] as int);
    this.sink.move(this.places.register[n] as int, slot, (this.live.values[n] as Box).kind);
  }

  /** Makes a certain general register free for this operation: its value moves to another one or to its slot. */
  vacate(register: int): void {
    const n = this.places.owner[register] as int;
    if (n !== NOBODY) {
      const value = this.live.values[n] as Box;
      const other = this.places.findFree(value.kind, ~(1 << register), this.preferredFor(value));
      const locked = ((this.#locked >> register) & 1) !== 0;
      if (other !== NOWHERE) {
        this.sink.move(register, other, value.kind);
        this.places.rebind(n, other);
        if (locked) this.lock(other);
      } else this.evict(register);
    }
    this.places.take(register);
    this.lock(register);
  }

  /** An operand in a certain general register, in which it goes on living. */
  inFixed(value: Value, register: int): void {
    if (!value.isConstant && this.places.register[(value as Box).number] === register) {
      this.lock(register);
      return;
    }
    this.vacate(register);
    this.sink.move(this.locationOf(value), register, value.kind);
    if (value.isConstant) {
      this.#temps.push(register);
      return;
    }
    const n = (value as Box).number;
    if (this.places.register[n] !== NOWHERE) this.places.unbind(n);
    this.places.bind(n, register);
  }

  /** A copy of an operand in a certain general register, which the instruction overwrites. */
  copyInto(value: Value, register: int): void {
    const n = value.isConstant ? NOBODY : (value as Box).number;
    if (n === NOBODY || this.places.register[n] !== register) {
      this.vacate(register);
      this.sink.move(this.locationOf(value), register, value.kind);
      return;
    }
    if (!this.live.livesAfter(n, this.at)) {
      this.places.unbind(n);
      this.places.take(register);
      this.lock(register);
      return;
    }
    // Vacating copies the value elsewhere and leaves it in the register too.
    this.vacate(register);
  }

  /** A register taken by `copyInto` or `vacate` holds nothing after this operation. */
  dropAfterwards(register: int): void {
    this.#temps.push(register);
  }

  // Instructions.

  /** Frees operands (and exit values) whose last use this operation is. */
  freeDead(op: Op): void {
    for (const arg of op.args) this.#freeIfDead(arg);
    if (op.failArgs !== null) for (const arg of op.failArgs) this.#freeIfDead(arg);
  }

  #freeIfDead(value: Value): void {
    if (value.isConstant) return;
    const n = (value as Box).number;
    if (this.live.lastUse[n] === this.at) this.places.free(n);
  }

  /** The instruction at hand is complete: hands it over, then unlocks its registers. */
  emit(op: Op): void {
    this.sink.emit(this.instruction);
    this.finish(op);
  }

  /** Ends an operation: nothing is locked, what died is freed. */
  finish(op: Op): void {
    for (const register of this.#temps) this.places.give(register);
    this.#temps.length = 0;
    this.#locked = 0;
    this.#lockedXmm = 0;
    this.freeDead(op);
    if (op.kind !== KIND_VOID && (this.live.lastUse[op.number] as int) <= this.at) this.places.free(op.number);
  }

  /** Records where the exit values of a guard are, which the instruction at hand includes. */
  exits(guard: Op): void {
    const { instruction } = this;
    instruction.guard = guard;
    if (guard.failArgs === null) return;
    for (const arg of guard.failArgs) instruction.exits.push(this.locationOf(arg));
  }

  /** Records what holds a reference that lives beyond this operation: slots, and registers if the instruction saves them. */
  references(withRegisters: boolean): void {
    const { places, live, instruction } = this;
    for (let slot = 0; slot < places.slotOwner.length; slot++) {
      const n = places.slotOwner[slot] as int;
      if (n === NOBODY || (live.values[n] as Box).kind !== KIND_REF || !live.livesAfter(n, this.at)) continue;
      instruction.references.push(places.slot[n] as int);
    }
    if (!withRegisters) return;
    for (let register = 0; register < XMM; register++) {
      const n = places.owner[register] as int;
      if (n === NOBODY || (live.values[n] as Box).kind !== KIND_REF || !live.livesAfter(n, this.at)) continue;
      if (n !== this.instruction.op.number || !this.instruction.op.hasResult) instruction.references.push(register);
    }
  }
}

/** Is a register within a mask of its file? */
function fits(register: int, mask: int): boolean {
  return ((mask >> (register & 15)) & 1) !== 0;
}
