// The assembler: turns what the allocator says into machine code, one block at a time.
//
// Each instruction of the trace is written by the emitter that the table (`table.ts`) has for its operation. Guards jump
// out to cold code behind the block: one stub for each exit, which names the exit and goes to the shared code that saves
// the registers. What is rare within an operation (slow paths of allocation and barriers) is cold code too.
//
// Constants that are no immediates stand in the block's data behind its code: floats and wide ints as they are, references
// in a table that the collector updates. Code reads them by absolute addresses, which are known once the block is placed;
// until then the code holds offsets, and `fixups` says where.
import { addressOfGcRef, type GcRef } from "../../../../rlib/lowlevel.ts";
import type { float, int } from "../../../../rlib/types.ts";
import { type Descr, type GuardDescr, LoopToken, TargetToken } from "../../../format/descr.ts";
import { KIND_FLOAT } from "../../../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, type Op, type Trace, type Value } from "../../../format/values.ts";
import { type Block, Entry, Exit, NativeLoop } from "../code/block.ts";
import { Encoder, fitsInt32 } from "../encoder/encoder.ts";
import type { Form } from "../encoder/form.ts";
import * as x from "../encoder/integer.ts";
import { isGeneral, isSlot, isXmm, RBP, RSP, XMM } from "../encoder/registers.ts";
import type { Frame } from "../frame.ts";
import { FIRST_CONSTANT, isConstant, isOutgoing, type Machine } from "../machine.ts";
import { type Instruction, type LabelPlace, Sink } from "../regalloc/sink.ts";
import { type Runtime, VM_STACK_LIMIT } from "../runtime.ts";
import { BELOW, EQUAL, NOT_EQUAL } from "./conditions.ts";
import { DataPool } from "./data.ts";
import { fetchInput, moveValue } from "./moves.ts";

/** Code that is written behind the block. */
export abstract class Cold {
  abstract emit(a: Assembler): void;
}

/** Emits one operation. */
export type Emitter = (a: Assembler, instruction: Instruction) => void;

/** Addresses of the shared pieces of code. */
export class Stubs {
  /** A guard failed; the exit's number is on the stack. */
  guardFailed: int = 0;
  /** The frame is left with a result; the exit's number is in edx. */
  leave: int = 0;
  /** The stack is exhausted at an entry. */
  stackOverflow: int = 0;
  /** Slow paths: operands in the area, registers are kept. */
  allocateRoom: int = 0;
  allocateItems: int = 0;
  allocateObject: int = 0;
  barrier: int = 0;
  arrayBarrier: int = 0;
  /** A call_assembler's callee left early: its edx, and in ecx the loop's number. Result in the area. */
  finishCall: int = 0;
  /** A check failed; which one is in the area. */
  stop: int = 0;
}

export class Assembler extends Sink {
  readonly machine: Machine;
  readonly runtime: Runtime;
  readonly frame: Frame;
  readonly stubs: Stubs;
  readonly e: Encoder;
  readonly data: DataPool;
  /** Loops that compiled code calls, by number. */
  readonly calledLoops: LoopToken[];
  /** Emitters by opnum. */
  readonly #emitters: readonly Emitter[];
  /** Exits of all code, by number. */
  readonly #exits: (Exit | null)[];
  readonly #freeExits: int[];
  block: Block;
  trace: Trace;
  /** The loop whose start is being compiled; null in a bridge. */
  loop: LoopToken | null;
  /** Ends of absolute 32-bit displacements into the block's data. */
  readonly dataFixups: int[];
  /** The same into its table of references. */
  readonly referenceFixups: int[];
  /** Ends of relative displacements to absolute addresses, and these. */
  readonly callFixups: int[];
  readonly callTargets: int[];
  readonly #cold: Cold[];
  readonly #constants: Value[];
  /** Most bytes of outgoing arguments. */
  #outgoing: int;
  /** End of the frame's depth in the code, negated there; -1 if the code does not set it. */
  depthFixup: int;
  /** Where jumps to the loop under construction arrive. */
  starting: Entry | null;
  /** The exit that the bridge under construction goes on from, and where its code starts. */
  from: Exit | null;
  bridgeStart: int;
  /** The skip that the next instruction ends, or -1. */
  skipping: int;
  /** Objects made here with nothing since that could have collected: stores into them need no barrier. */
  readonly fresh: Value[];
  /** Bytes taken for objects that follow, and bytes of them that are used. */
  groupLeft: int;
  groupUsed: int;

  constructor(
    machine: Machine,
    runtime: Runtime,
    frame: Frame,
    stubs: Stubs,
    emitters: readonly Emitter[],
    block: Block,
    trace: Trace,
  ) {
    super();
    this.machine = machine;
    this.runtime = runtime;
    this.frame = frame;
    this.stubs = stubs;
    this.#emitters = emitters;
    this.e = new Encoder(machine.wide);
    this.data = new DataPool();
    this.calledLoops = [];
    this.#exits = [];
    this.#freeExits = [];
    this.block = block;
    this.trace = trace;
    this.loop = null;
    this.dataFixups = [];
    this.referenceFixups = [];
    this.callFixups = [];
    this.callTargets = [];
    this.#cold = [];
    this.#constants = [];
    this.#outgoing = 0;
    this.depthFixup = -1;
    this.starting = null;
    this.from = null;
    this.bridgeStart = 0;
    this.skipping = -1;
    this.fresh = [];
    this.groupLeft = 0;
    this.groupUsed = 0;
  }

  /** Starts the code of a trace. */
  begin(block: Block, trace: Trace, loop: LoopToken | null): void {
    this.block = block;
    this.trace = trace;
    this.loop = loop;
    this.e.code.clear();
    this.data.clear();
    this.dataFixups.length = 0;
    this.referenceFixups.length = 0;
    this.callFixups.length = 0;
    this.callTargets.length = 0;
    this.#cold.length = 0;
    this.#constants.length = 0;
    this.#outgoing = 0;
    this.depthFixup = -1;
    this.skipping = -1;
    this.starting = null;
    this.from = null;
    this.bridgeStart = 0;
    this.closeGroup();
  }

  // Constants.

  override constant(value: Value): int {
    this.#constants.push(value);
    return FIRST_CONSTANT - (this.#constants.length - 1);
  }

  constantAt(location: int): Value {
    return this.#constants[FIRST_CONSTANT - location] as Value;
  }

  override isImmediate(value: Value): boolean {
    if (value instanceof ConstInt) return fitsInt32(value.value);
    if (value instanceof ConstRef) return this.hasAddress(value.value) && fitsInt32(this.addressOf(value.value));
    return false;
  }

  override isAbsolute(value: Value): boolean {
    return value.kind !== KIND_FLOAT && this.isImmediate(value);
  }

  /** Does a reference keep its address for good? */
  hasAddress(ref: GcRef | null): boolean {
    if (ref === null || !this.runtime.moves) return true;
    const at = addressOfGcRef(ref).toInt();
    return at >= this.runtime.prebuiltStart && at < this.runtime.prebuiltEnd;
  }

  addressOf(ref: GcRef | null): int {
    return ref === null ? 0 : addressOfGcRef(ref).toInt();
  }

  /** Is a location a constant that instructions hold themselves? */
  isImmediateAt(location: int): boolean {
    return isConstant(location) && this.isImmediate(this.constantAt(location));
  }

  /** The number that an immediate constant stands for. */
  immediateAt(location: int): int {
    const value = this.constantAt(location);
    if (value instanceof ConstInt) return value.value;
    return value instanceof ConstRef ? this.addressOf(value.value) : 0;
  }

  floatAt(location: int): float {
    const value = this.constantAt(location);
    return value instanceof ConstFloat ? value.value : 0.0;
  }

  // Operands.

  /** Emits a form whose rm operand is at a location: register, slot, outgoing word, or pooled constant. */
  emitAt(form: Form, reg: int, location: int, immediate: int): void {
    const { e } = this;
    if (isGeneral(location)) e.register(location);
    else if (isXmm(location)) e.register(location - XMM);
    else if (isSlot(location)) e.memory(RBP, this.frame.slot(location));
    else if (isOutgoing(location)) e.memory(RSP, this.frame.outgoing(location));
    else {
      this.#emitConstant(form, reg, this.constantAt(location), immediate);
      return;
    }
    e.emit(form, reg, immediate);
  }

  /** The operand is a constant in memory. */
  #emitConstant(form: Form, reg: int, value: Value, immediate: int): void {
    if (value instanceof ConstRef && !this.hasAddress(value.value)) {
      this.e.absolute(this.data.reference(value.value) * this.machine.wordBytes);
      this.e.emit(form, reg, immediate);
      this.referenceFixups.push(this.e.position() - form.immediate);
    } else if (value instanceof ConstFloat) this.emitData(form, reg, this.data.float(value.value), immediate);
    else if (value instanceof ConstInt) this.emitData(form, reg, this.data.word(value.value), immediate);
    else if (value instanceof ConstRef)
      this.emitData(form, reg, this.data.word(this.addressOf(value.value)), immediate);
  }

  /** Emits a form whose rm operand is in the block's data. */
  emitData(form: Form, reg: int, offset: int, immediate: int): void {
    this.e.absolute(offset);
    this.e.emit(form, reg, immediate);
    this.dataFixups.push(this.e.position() - form.immediate);
  }

  /** Emits a form whose rm operand is four (or eight) bytes above a location in memory. */
  emitUpper(form: Form, reg: int, location: int): void {
    if (isSlot(location)) this.e.memory(RBP, this.frame.slot(location) + 4);
    else this.e.memory(RSP, this.frame.outgoing(location) + 4);
    this.e.emit(form, reg, 0);
  }

  override move(from: int, to: int, kind: int): void {
    moveValue(this, from, to, kind);
  }

  override cycleBreaker(_kind: int): int {
    return this.machine.scratchXmm;
  }

  // Calls and jumps to absolute addresses.

  /** Calls an address that is known now. */
  callAddress(target: int): void {
    this.e.plain(x.CALL_REL, 0);
    this.#fix(target);
  }

  jumpAddress(target: int): void {
    this.e.plain(x.JMP_REL32, 0);
    this.#fix(target);
  }

  jumpAddressIf(condition: int, target: int): void {
    this.e.plain(x.JCC_REL32[condition] as Form, 0);
    this.#fix(target);
  }

  #fix(target: int): void {
    this.callFixups.push(this.e.position());
    this.callTargets.push(target);
  }

  // Exits.

  /** Exits by number; those of freed code are null. */
  exit(number: int): Exit | null {
    return this.#exits[number] as Exit | null;
  }

  freeExit(number: int): void {
    this.#exits[number] = null;
    this.#freeExits.push(number);
  }

  /** The exit that a guard has, or a finish. */
  makeExit(descr: GuardDescr, values: readonly Value[], locations: readonly int[], isFinish: boolean): Exit {
    const number = this.#freeExits.length > 0 ? (this.#freeExits.pop() as int) : this.#exits.length;
    const exit = new Exit(number, this.block, descr, values, locations.slice(), isFinish);
    if (number === this.#exits.length) this.#exits.push(exit);
    else this.#exits[number] = exit;
    this.block.exits.push(exit);
    if (!isFinish) descr.exit = exit;
    return exit;
  }

  /** The exit of the instruction's guard. */
  exitOf(instruction: Instruction): Exit {
    const guard = instruction.guard as Op;
    const values = guard.failArgs ?? NO_VALUES;
    return this.makeExit(guard.descr as GuardDescr, values, instruction.exits, false);
  }

  /** Leaves through an exit if a condition holds. */
  leaveIf(condition: int, exit: Exit): void {
    exit.jumps.push(this.e.jumpIf(condition));
  }

  /** Number under which run-time code knows a loop that compiled code calls. */
  numberOfLoop(token: LoopToken): int {
    for (let i = 0; i < this.calledLoops.length; i++) if (this.calledLoops[i] === token) return i;
    this.calledLoops.push(token);
    return this.calledLoops.length - 1;
  }

  /** Cold code to be written behind the block. */
  later(cold: Cold): void {
    this.#cold.push(cold);
  }

  // Collections.

  /** Before something that can collect: which places of the frame hold references. */
  setMap(references: readonly int[]): void {
    const offset = this.data.map(references, this.frame);
    const { e } = this;
    e.memory(RBP, this.frame.gcMap);
    e.emit(x.MOV_I32, 0, offset);
    this.dataFixups.push(e.position());
  }

  /** Objects made so far may be anywhere from now on. */
  closeGroup(): void {
    this.fresh.length = 0;
    this.groupLeft = 0;
    this.groupUsed = 0;
  }

  isFresh(value: Value): boolean {
    return this.fresh.includes(value);
  }

  // What the allocator calls besides.

  override emit(instruction: Instruction): void {
    if (instruction.outgoing > this.#outgoing) this.#outgoing = instruction.outgoing;
    const emitter = this.#emitters[instruction.op.opnum];
    if (emitter !== undefined) emitter(this, instruction);
  }

  override input(n: int, to: int, kind: int): void {
    fetchInput(this, n, to, kind);
  }

  override start(place: LabelPlace): void {
    const entry = this.#enter(place);
    this.starting = entry;
  }

  override label(token: Descr, place: LabelPlace): void {
    const entry = this.#enter(place);
    if (token instanceof TargetToken) token.entry = entry;
  }

  #enter(place: LabelPlace): Entry {
    this.closeGroup();
    const entry = new Entry(place, this.block, this.e.position());
    this.block.entries.push(entry);
    return entry;
  }

  /** Where a jump to a label or loop arrives. */
  entryOf(token: Descr): Entry {
    if (token instanceof TargetToken) {
      if (token.entry instanceof Entry) return token.entry;
      return this.#startOf(token.loop);
    }
    if (token instanceof LoopToken) return this.#startOf(token);
    throw new Error("a jump to something that is not compiled");
  }

  #startOf(loop: LoopToken): Entry {
    if (loop === this.loop && this.starting !== null) return this.starting;
    if (loop.compiled instanceof NativeLoop) return loop.compiled.start;
    throw new Error(`a jump to ${loop.name}, which is not compiled`);
  }

  override placeOf(token: Descr): LabelPlace {
    return this.entryOf(token).place;
  }

  override jump(token: Descr): void {
    const entry = this.entryOf(token);
    if (entry.block === this.block) {
      this.e.jumpBack(entry.address);
      return;
    }
    if (!this.block.targets.includes(entry.block)) this.block.targets.push(entry.block);
    this.jumpAddress(entry.address);
  }

  override skipUnless(location: int, inverted: boolean): void {
    this.e.rr(x.TEST, location, location);
    this.skipping = this.e.jumpIf(inverted ? NOT_EQUAL : EQUAL);
  }

  // The end.

  /** Writes the cold code and the exits' stubs, and settles the depth of the frame. */
  finish(slots: int): void {
    const { block } = this;
    block.slots = slots;
    block.depth = this.frame.depth(slots, this.#outgoing);
    for (const target of block.targets) if (target.depth > block.depth) block.depth = target.depth;
    for (let i = 0; i < this.#cold.length; i++) (this.#cold[i] as Cold).emit(this);
    for (const exit of block.exits) if (!exit.isFinish) this.#stub(exit);
    if (this.from !== null) this.#deepen(this.from);
    if (this.depthFixup >= 0) this.e.code.patch32(this.depthFixup - 4, -block.depth);
  }

  /** A bridge that needs more of the stack than its guard's code starts here; without room its guard fails as before. */
  #deepen(from: Exit): void {
    const { e, block } = this;
    if (block.depth <= from.block.depth) return;
    this.bridgeStart = e.position();
    e.memory(RBP, -block.depth);
    e.emit(x.LEA, RSP, 0);
    e.ra(x.CMP_R, RSP, this.runtime.vmField(VM_STACK_LIMIT));
    const full = e.skipIf(BELOW);
    e.jumpBack(0);
    e.hereShort(full);
    e.plain(x.PUSH_I32, from.number);
    this.jumpAddress(this.stubs.guardFailed);
  }

  /** Two jumps' worth of code that names the exit. */
  #stub(exit: Exit): void {
    const { e } = this;
    exit.stub = e.position();
    for (const jump of exit.jumps) e.here(jump);
    e.plain(x.PUSH_I32, exit.number);
    this.jumpAddress(this.stubs.guardFailed);
  }
}

const NO_VALUES: readonly Value[] = [];
