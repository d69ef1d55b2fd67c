// A checker of register allocations that knows nothing of the allocator: it follows which value is in which place
// through every move and instruction, and complains where an operand, an exit value or a label is not where it was said
// to be, where a reference is missing from what the collector is told, or where something else than a reference is in it.
import { FIRST_SLOT, isSlot, isXmm, NOWHERE, RAX, RDX, XMM } from "../../../jit/backend/x86/encoder/registers.ts";
import {
  CONVENTION_C,
  CONVENTION_FAST,
  FIRST_CONSTANT,
  isConstant,
  isOutgoing,
  type Machine,
  OUTGOING,
} from "../../../jit/backend/x86/machine.ts";
import { assemblerInputsStart, isCallLike } from "../../../jit/backend/x86/regalloc/calls.ts";
import { type Instruction, type LabelPlace, Sink } from "../../../jit/backend/x86/regalloc/sink.ts";
import { type CallDescr, type Descr, EFFECT_FORCES } from "../../../jit/format/descr.ts";
import * as t from "../../../jit/format/traceops.ts";
import { type Op, sameValue, type Trace, type Value } from "../../../jit/format/values.ts";

export class AllocationChecker extends Sink {
  readonly machine: Machine;
  readonly trace: Trace;
  readonly log: string[] = [];
  /** Moves and instructions seen. */
  moves = 0;
  instructions = 0;
  readonly #constants: Value[] = [];
  /** Copies, and inputs that are known to be the same as another value. */
  readonly #equal = new Map<Value, Value>();
  readonly #places: Map<Descr, LabelPlace>;
  #state = new Map<number, Value>();

  constructor(machine: Machine, trace: Trace, places: Map<Descr, LabelPlace> = new Map()) {
    super();
    this.machine = machine;
    this.trace = trace;
    this.#places = places;
    for (const op of trace.ops) {
      if (op.opnum === t.SAME_AS_I || op.opnum === t.SAME_AS_R || op.opnum === t.SAME_AS_F)
        this.#equal.set(op, this.#equal.get(op.args[0] as Value) ?? (op.args[0] as Value));
    }
  }

  fail(message: string): never {
    throw new Error(`${message}\n${this.log.slice(-30).join("\n")}`);
  }

  /** A bridge starts with its inputs at these places. */
  assume(values: readonly Value[], locations: readonly number[]): void {
    for (const [i, value] of values.entries()) {
      const at = locations[i] as number;
      // Two inputs may share a place: then they are the same value.
      if (!isConstant(at) && !this.#state.has(at)) this.#state.set(at, value);
      else this.#equal.set(value, this.#valueAt(at));
    }
  }

  override constant(value: Value): number {
    let i = this.#constants.indexOf(value);
    if (i < 0) i = this.#constants.push(value) - 1;
    return FIRST_CONSTANT - i;
  }

  override isImmediate(value: Value): boolean {
    return value.kind !== t.KIND_FLOAT && this.#hash(value) % 3 !== 0;
  }

  override isAbsolute(value: Value): boolean {
    return value.kind === t.KIND_REF && this.#hash(value) % 2 === 0;
  }

  /** A number of a constant, so that some are immediates and some are not. */
  #hash(value: Value): number {
    return FIRST_CONSTANT - this.constant(value);
  }

  #valueAt(location: number): Value {
    if (isConstant(location)) return this.#constants[FIRST_CONSTANT - location] as Value;
    const found = this.#state.get(location);
    if (found === undefined) this.fail(`nothing is known to be at ${location}`);
    return found;
  }

  #require(location: number, value: Value, what: string): void {
    if (!this.#holds(location, value)) this.fail(`${what}: another value is at ${location}`);
  }

  #holds(location: number, value: Value): boolean {
    const found = this.#valueAt(location);
    const wanted = this.#original(value);
    const actual = this.#original(found);
    return actual === wanted || sameValue(actual, wanted);
  }

  #original(value: Value): Value {
    const other = this.#equal.get(value);
    return other === undefined ? value : this.#original(other);
  }

  override cycleBreaker(kind: number): number {
    return kind === t.KIND_FLOAT || this.machine.scratch < 0 ? this.machine.scratchXmm : this.machine.scratch;
  }

  override move(from: number, to: number, kind: number): void {
    this.moves++;
    this.log.push(`move ${from} -> ${to}`);
    const value = this.#valueAt(from);
    if (value.kind !== kind) this.fail(`a move of the wrong kind`);
    if (isXmm(to) !== (kind === t.KIND_FLOAT) && to < FIRST_SLOT && to >= 0 && to !== this.machine.scratchXmm)
      this.fail(`a value of kind ${kind} goes to ${to}`);
    this.#state.set(to, value);
  }

  override input(n: number, to: number, _kind: number): void {
    this.log.push(`input ${n} -> ${to}`);
    this.#state.set(to, this.trace.inputs[n] as Value);
  }

  override start(place: LabelPlace): void {
    const own = this.#ownStart;
    if (own !== null) this.#places.set(own, place);
    for (const [i, input] of this.trace.inputs.entries()) {
      if (place.locations[i] !== NOWHERE) this.#require(place.locations[i] as number, input, `input ${i}`);
    }
  }

  #ownStart: Descr | null = null;

  /** The loop whose trace this is. */
  setLoop(loop: Descr): void {
    this.#ownStart = loop;
  }

  override label(token: Descr, place: LabelPlace): void {
    this.log.push(`label ${place.locations.join(" ")}`);
    const at = this.trace.ops.findIndex((o) => o.opnum === t.LABEL && o.descr === token);
    const op = this.trace.ops[at] as Op;
    const before = this.trace.ops[at - 1];
    // Operands that are new boxes stand for those of the jump before.
    const given = before !== undefined && before.opnum === t.JUMP ? before.args : op.args;
    const after = new Map<number, Value>();
    for (const [i, arg] of op.args.entries()) {
      this.#require(place.locations[i] as number, given[i] as Value, `operand ${i} of the label`);
      after.set(place.locations[i] as number, arg);
      const copy = place.copies[i] as number;
      if (copy !== NOWHERE) {
        this.#require(copy, given[i] as Value, `copy of operand ${i} of the label`);
        after.set(copy, arg);
      }
    }
    this.#state = after;
    this.#places.set(token, place);
  }

  override placeOf(token: Descr): LabelPlace {
    return this.#places.get(token) ?? this.fail("a label without place");
  }

  override jump(token: Descr): void {
    const op = this.trace.ops.at(-1) as Op;
    const place = this.placeOf(token);
    for (const [i, arg] of op.args.entries()) {
      if (place.locations[i] !== NOWHERE) this.#require(place.locations[i] as number, arg, `operand ${i} of the jump`);
      if (place.copies[i] !== NOWHERE)
        this.#require(place.copies[i] as number, arg, `copy of operand ${i} of the jump`);
    }
  }

  override skipUnless(location: number, _inverted: boolean): void {
    this.log.push(`skip unless ${location}`);
    this.#valueAt(location);
  }

  override emit(instruction: Instruction): void {
    const { op } = instruction;
    this.instructions++;
    this.log.push(
      `${t.traceOpInfo(op.opnum).name} args ${instruction.args.join(" ")} result ${instruction.result} temps ${instruction.temps.join(" ")} exits ${instruction.exits.join(" ")} refs ${instruction.references.join(" ")}`,
    );
    this.#checkOperands(instruction);
    this.#checkTemporaries(instruction);
    this.#overwrite(instruction);
    if (instruction.result !== NOWHERE && op.hasResult && op.opnum !== t.GUARD_EXCEPTION)
      this.#state.set(instruction.result, op);
    if (instruction.guard !== null) this.#checkExits(instruction, instruction.guard);
    if (op.opnum === t.GUARD_EXCEPTION) this.#state.set(instruction.result, op);
  }

  #checkOperands(instruction: Instruction): void {
    const { op, args } = instruction;
    const { opnum } = op;
    if (opnum >= t.CALL_ASSEMBLER_I && opnum <= t.CALL_ASSEMBLER_N) {
      const step = this.machine.wide ? 1 : 2;
      const start = assemblerInputsStart(this.machine.wide);
      for (const [i, arg] of op.args.entries()) this.#require(OUTGOING - (start + i * step), arg, `input ${i}`);
    } else if (isCallLike(opnum)) this.#checkArguments(instruction);
    else if (instruction.swapped) {
      this.#require(args[0] as number, op.args[1] as Value, "swapped operand 0");
      this.#require(args[1] as number, op.args[0] as Value, "swapped operand 1");
    } else {
      const exchanged = t.hasFlag(opnum, t.COMMUTES) && !this.#holds(args[0] as number, op.args[0] as Value);
      for (const [i, at] of args.entries()) this.#require(at, op.args[exchanged ? 1 - i : i] as Value, `operand ${i}`);
    }
  }

  #checkArguments(instruction: Instruction): void {
    const { op } = instruction;
    const descr = op.opnum === t.COPYSTRCONTENT ? null : (op.descr as CallDescr);
    const places: number[] = [];
    const kinds = descr === null ? "rriii" : descr.arguments;
    const bytes = this.machine.placeArguments(kinds, descr?.isC ? CONVENTION_C : CONVENTION_FAST, places);
    if (bytes !== instruction.outgoing) this.fail("wrong size of outgoing arguments");
    const first = op.args.length - kinds.length;
    for (let i = 0; i < kinds.length; i++)
      this.#require(places[i] as number, op.args[first + i] as Value, `argument ${i}`);
    if (first > 0) this.#require(instruction.args[0] as number, op.args[first - 1] as Value, "function");
    if (op.opnum === t.COND_CALL_VALUE_I || op.opnum === t.COND_CALL_VALUE_R) {
      if (instruction.result !== RAX) this.fail("the known value must be where results are");
    }
  }

  #checkTemporaries(instruction: Instruction): void {
    for (const temp of instruction.temps) {
      if (instruction.args.includes(temp)) this.fail("a temporary is an operand");
      if (temp === instruction.result) this.fail("a temporary is the result");
    }
  }

  /** What the instruction leaves of what was known. */
  #overwrite(instruction: Instruction): void {
    const { op } = instruction;
    const { opnum } = op;
    for (const temp of instruction.temps) this.#state.delete(temp);
    if ((opnum >= t.INT_FLOORDIV && opnum <= t.UINT_MOD) || opnum === t.INT_MUL_HIGH || opnum === t.UINT_MUL_HIGH) {
      this.#state.delete(RAX);
      this.#state.delete(RDX);
    }
    if (isCallLike(opnum)) {
      for (const at of [...this.#state.keys()]) {
        const preserved = at >= 0 && at < XMM && ((this.machine.preserved >> at) & 1) !== 0;
        if (!isSlot(at) && !preserved) this.#state.delete(at);
      }
    }
    if (this.#collects(op)) this.#collect(instruction);
    if (this.machine.scratch >= 0) this.#state.delete(this.machine.scratch);
    this.#state.delete(this.machine.scratchXmm);
    for (const at of [...this.#state.keys()]) if (isOutgoing(at)) this.#state.delete(at);
  }

  #collects(op: Op): boolean {
    if (op.opnum === t.COPYSTRCONTENT) return false;
    if (op.opnum >= t.CALL_MAY_FORCE_I && op.opnum <= t.CALL_MAY_FORCE_N) return true;
    if (op.opnum >= t.CALL_ASSEMBLER_I && op.opnum <= t.CALL_ASSEMBLER_N) return true;
    if (t.isCall(op.opnum)) {
      const { effect } = op.descr as CallDescr;
      return effect.canCollect || effect.extra >= EFFECT_FORCES;
    }
    return t.hasFlag(op.opnum, t.ALLOC);
  }

  #collect(instruction: Instruction): void {
    const told = new Set(instruction.references);
    for (const at of told) {
      const found = this.#state.get(at);
      if (found === undefined || found.kind !== t.KIND_REF)
        this.fail(`no reference at ${at}, of which the collector hears`);
    }
    for (const [at, value] of [...this.#state]) {
      if (value.kind === t.KIND_REF && !value.isConstant && !told.has(at)) this.#state.delete(at);
    }
  }

  #checkExits(instruction: Instruction, guard: Op): void {
    const wanted = guard.failArgs ?? [];
    if (instruction.exits.length !== wanted.length) this.fail("exit values are missing");
    for (const [i, value] of wanted.entries()) {
      const at = instruction.exits[i] as number;
      this.#require(at, value, `exit value ${i}`);
      if (guard.opnum === t.GUARD_NOT_FORCED && value !== instruction.op && !isSlot(at) && !isConstant(at))
        this.fail(`exit value ${i} is out of reach while the call runs`);
    }
  }
}
