// The native Cpu: compiles traces, runs them, takes care of what leaves them.
//
// A loop is run by one call of machine code; what it leaves is in the JIT's area and, after a guard, in two raw buffers of
// dead values (references apart, so that the collector sees them), from which a DeadFrame is made at once.
import {
  AREA_DEAD_COUNT,
  AREA_DEAD_REFS,
  AREA_EXCEPTION,
  AREA_FORCED,
  AREA_TABLES,
} from "../../../gc/collectors/machinecode.ts";
import {
  type Address,
  addressOf,
  addressOfGcRef,
  callMachineCode,
  fatalError,
  functionAddress,
  type GcRef,
  gcRefAt,
  NULL_ADDRESS,
  rawFree,
  rawMalloc,
  wordBytes,
} from "../../../rlib/lowlevel.ts";
import type { float, int } from "../../../rlib/types.ts";
import { type CallDescr, CompiledCode, GuardDescr, type LoopToken } from "../../format/descr.ts";
import { KIND_FLOAT, KIND_INT, KIND_LETTERS, KIND_REF } from "../../format/traceops.ts";
import { ConstFloat, ConstInt, ConstRef, Trace, type Value } from "../../format/values.ts";
import { type Arguments, DeadFrame } from "../cpu.ts";
import { Assembler, Stubs } from "./assembler/assembler.ts";
import { EMITTERS } from "./assembler/table.ts";
import { Block, Entry, Exit, NativeLoop } from "./code/block.ts";
import { CodeMemory } from "./code/memory.ts";
import { patchJump, placeBlock, unlinkTable, writeJump } from "./code/place.ts";
import { markReached } from "./code/sweep.ts";
import { isGeneral, isXmm } from "./encoder/registers.ts";
import { Frame } from "./frame.ts";
import { findFunctions } from "./functions.ts";
import { isConstant, Machine } from "./machine.ts";
import { NativeMemory } from "./memory.ts";
import { allocateBridge, allocateLoop } from "./regalloc/allocate.ts";
import { LabelPlace } from "./regalloc/sink.ts";
import * as r from "./runtime.ts";
import { emitCaller, emitPrologue, emitStubs, settleStubs } from "./stubs.ts";

const CODE_LIMIT = 64 << 20;
const FIRST_VALUES = 64;

/** Code that calls a function of some signature. */
class CallStub extends CompiledCode {
  readonly address: int;

  constructor(address: int) {
    super();
    this.address = address;
  }
}

/** The one that exists: compiled code leaves its frames through functions that know no object. */
let current: NativeCpu | null = null;

export class NativeCpu extends NativeMemory {
  readonly memory: CodeMemory;
  /** What a loop is left with when there was no room on the stack for its frame. */
  readonly stackOverflow: GuardDescr;
  readonly #machine: Machine;
  readonly #frame: Frame;
  readonly #assembler: Assembler;
  readonly #enter: int;
  readonly #loops: NativeLoop[];
  readonly #blocks: (Block | null)[];
  /** Inputs and arguments, eight bytes each. */
  #values: Address;
  #valueCount: int;
  /** Dead values of the guard that failed last: eight bytes each, and references in words. */
  #dead: Address;
  #deadRefs: Address;
  #deadCount: int;

  constructor(codeLimit: int = CODE_LIMIT) {
    const machine = new Machine(wordBytes() === 8);
    const runtime = new r.Runtime(machine);
    super(runtime);
    runtime.read();
    findFunctions(runtime);
    runtime.rescue = functionAddress(rescue, "ian").toInt();
    runtime.finishCall = functionAddress(finishCall, "iin").toInt();
    current = this;
    this.memory = new CodeMemory(codeLimit, false);
    this.stackOverflow = new GuardDescr("stack overflow at the entry of a loop");
    this.#machine = machine;
    this.#frame = new Frame(machine);
    const block = new Block(0, "shared code");
    const trace = new Trace([], []);
    this.#assembler = new Assembler(machine, runtime, this.#frame, new Stubs(), EMITTERS, block, trace);
    this.#loops = [];
    this.#blocks = [block];
    this.#values = NULL_ADDRESS;
    this.#valueCount = 0;
    this.#dead = NULL_ADDRESS;
    this.#deadRefs = NULL_ADDRESS;
    this.#deadCount = 0;
    this.#enter = this.#makeStubs(block, trace);
  }

  /** The shared code. Its only exit, number 0, is that of the exhausted stack. */
  #makeStubs(block: Block, trace: Trace): int {
    const a = this.#assembler;
    a.begin(block, trace, null);
    a.makeExit(this.stackOverflow, [], [], true);
    const enter = emitStubs(a);
    placeBlock(a, this.memory);
    settleStubs(a, block.start.toInt());
    return block.start.toInt() + enter;
  }

  #area(index: int): Address {
    return addressOf(this.runtime.areaEntry(index));
  }

  // Compiling.

  override compileLoop(token: LoopToken, trace: Trace): void {
    const a = this.#assembler;
    const block = this.#newBlock(token.name);
    a.begin(block, trace, token);
    emitPrologue(a);
    a.finish(allocateLoop(this.#machine, a, trace));
    placeBlock(a, this.memory);
    const cell = rawMalloc(8);
    cell.storeWord(0, block.start.toInt());
    let kinds = "";
    for (const input of trace.inputs) kinds += KIND_LETTERS.charAt(input.kind);
    const start = a.starting ?? new Entry(new LabelPlace([], []), block, 0);
    const loop = new NativeLoop(block, start, cell, kinds);
    token.compiled = loop;
    this.#loops.push(loop);
  }

  #newBlock(name: string): Block {
    const block = new Block(this.#blocks.length, name);
    this.#blocks.push(block);
    return block;
  }

  override compileBridge(loop: LoopToken, guard: GuardDescr, trace: Trace): void {
    const { exit } = guard;
    if (!(exit instanceof Exit)) throw new Error(`a bridge from ${guard.name}, which is not compiled`);
    const a = this.#assembler;
    const block = this.#newBlock(`${loop.name} ${guard.name}`);
    a.begin(block, trace, null);
    a.from = exit;
    const locations: int[] = [];
    for (let i = 0; i < exit.locations.length; i++) {
      const at = exit.locations[i] as int;
      locations.push(isConstant(at) ? a.constant(exit.values[i] as Value) : at);
    }
    a.finish(allocateBridge(this.#machine, a, trace, locations, exit.block.slots));
    placeBlock(a, this.memory);
    const owner = exit.block.owner;
    block.owner = owner;
    if (owner !== null) owner.blocks.push(block);
    this.#attach(exit, block);
  }

  #attach(exit: Exit, block: Block): void {
    const entry = block.start.toInt() + this.#assembler.bridgeStart;
    for (const jump of exit.jumps) patchJump(this.memory, jump, entry);
    writeJump(this.memory, exit.stub, entry);
    exit.bridge = block;
  }

  override redirect(from: LoopToken, to: LoopToken): void {
    const [old, made] = [from.compiled, to.compiled];
    if (!(old instanceof NativeLoop) || !(made instanceof NativeLoop)) throw new Error("a loop that is not compiled");
    const first = made.blocks[0] as Block;
    old.cell.storeWord(0, first.start.toInt());
    // Whoever calls the old one now needs the new one.
    (old.blocks[0] as Block).calls.push(to);
  }

  override invalidate(token: LoopToken): void {
    if (!(token.compiled instanceof NativeLoop)) return;
    for (const block of token.compiled.blocks) {
      for (const exit of block.exits) if (exit.patchable >= 0) writeJump(this.memory, exit.patchable, exit.stub);
    }
  }

  override free(token: LoopToken): void {
    if (!(token.compiled instanceof NativeLoop)) return;
    token.compiled.isFree = true;
    token.compiled = null;
    this.sweep();
  }

  /** Gives back the memory of loops that were freed and that nothing uses any more. */
  sweep(): void {
    markReached(this.#loops, this.#blocks, this.#frame.block);
    let kept = 0;
    for (let i = 0; i < this.#loops.length; i++) {
      const loop = this.#loops[i] as NativeLoop;
      if (loop.isReached) this.#loops[kept++] = loop;
      else this.#discard(loop);
    }
    this.#loops.length = kept;
  }

  #discard(loop: NativeLoop): void {
    for (const block of loop.blocks) {
      for (const exit of block.exits) this.#assembler.freeExit(exit.number);
      if (!block.table.isNull()) unlinkTable(this.#area(AREA_TABLES), block.table);
      this.memory.free(block.start, block.bytes);
      this.#blocks[block.number] = null;
    }
    rawFree(loop.cell, 8);
  }

  // Running.

  override execute(token: LoopToken, args: Arguments): DeadFrame {
    const { compiled } = token;
    if (!(compiled instanceof NativeLoop)) throw new Error(`${token.name} is not compiled`);
    this.#fill(compiled.kinds, args);
    const code = compiled.cell.loadWord(0);
    callMachineCode(addressOf(this.#enter), this.#values, code);
    return this.deadFrame(this.#area(r.AREA_EXIT).loadWord(0) >> 1);
  }

  /** Puts values of these kinds into the buffer of inputs and arguments. */
  #fill(kinds: string, args: Arguments): void {
    if (this.#valueCount < kinds.length) this.#growValues(kinds.length);
    let ints = 0;
    let refs = 0;
    let floats = 0;
    for (let i = 0; i < kinds.length; i++) {
      const letter = kinds.charAt(i);
      if (letter === "i") this.#values.storeWord(8 * i, args.ints[ints++] as int);
      else if (letter === "f") this.#values.storeFloat(8 * i, args.floats[floats++] as float);
      else this.#values.storeAddress(8 * i, addressOfGcRef(args.refs[refs++] as GcRef | null));
    }
  }

  #growValues(count: int): void {
    if (this.#valueCount > 0) rawFree(this.#values, 8 * this.#valueCount);
    this.#valueCount = count > FIRST_VALUES ? 2 * count : FIRST_VALUES;
    this.#values = rawMalloc(8 * this.#valueCount);
    if (this.#values.isNull()) fatalError("out of memory");
  }

  /** What the exit of this number left. */
  deadFrame(number: int): DeadFrame {
    const exit = this.#assembler.exit(number);
    if (exit === null) fatalError("compiled code was left through an exit that does not exist");
    const dead = exit.isFinish ? this.#finished(exit) : this.#rescued(exit);
    const area = this.#area(AREA_EXCEPTION);
    dead.exception = gcRefAt(area.loadAddress(0));
    area.storeAddress(0, NULL_ADDRESS);
    dead.flag = this.#area(r.AREA_EXIT_FLAG).loadWord(0);
    const forced = this.#area(AREA_FORCED);
    dead.forced = gcRefAt(forced.loadAddress(0));
    forced.storeAddress(0, NULL_ADDRESS);
    return dead;
  }

  /** A finish left its value in the area; it is taken before anything is allocated. */
  #finished(exit: Exit): DeadFrame {
    const kind = exit.values.length > 0 ? (exit.values[0] as Value).kind : -1;
    const at = this.#area(r.AREA_RESULT);
    const ref = kind === KIND_REF ? gcRefAt(at.loadAddress(0)) : null;
    const value = at.loadWord(0);
    const number = this.#area(r.AREA_FLOAT_RESULT).loadFloat(0);
    if (kind < 0) return new DeadFrame(exit.descr, [], [], []);
    return new DeadFrame(exit.descr, [kind === KIND_INT ? value : 0], [ref], [kind === KIND_FLOAT ? number : 0.0]);
  }

  #rescued(exit: Exit): DeadFrame {
    const n = exit.values.length;
    const dead = emptyFrame(exit);
    for (let i = 0; i < n; i++) {
      const value = exit.values[i] as Value;
      const at = exit.locations[i] as int;
      if (value.kind === KIND_REF) dead.refs[i] = gcRefAt(this.#deadRefs.loadAddress(i * wordBytes()));
      else if (isConstant(at)) constantInto(dead, i, value);
      else if (value.kind === KIND_INT) dead.ints[i] = this.#dead.loadWord(8 * i);
      else dead.floats[i] = this.#dead.loadFloat(8 * i);
    }
    this.#area(AREA_DEAD_COUNT).storeWord(0, 0);
    return dead;
  }

  /**
   * Keeps the values of an exit whose frame is about to go; its registers are saved in the frame. Must not allocate in
   * the heap.
   */
  rescue(number: int, frame: Address): void {
    const exit = this.#assembler.exit(number);
    if (exit === null) fatalError("a guard that does not exist failed");
    const n = exit.values.length;
    if (n > this.#deadCount) this.#growDead(n);
    for (let i = 0; i < n; i++) this.#keep(exit, i, frame);
    this.#area(AREA_DEAD_COUNT).storeWord(0, n);
  }

  #keep(exit: Exit, i: int, frame: Address): void {
    const value = exit.values[i] as Value;
    const at = exit.locations[i] as int;
    const word = wordBytes();
    let ref = NULL_ADDRESS;
    if (value.kind === KIND_REF) {
      if (!isConstant(at)) ref = frame.add(this.#frame.offsetOf(at)).loadAddress(0);
      else if (value instanceof ConstRef) ref = addressOfGcRef(value.value);
    } else if (!isConstant(at)) {
      const from = frame.add(this.#frame.offsetOf(at));
      if (value.kind === KIND_INT) this.#dead.storeWord(8 * i, from.loadWord(0));
      else this.#dead.storeFloat(8 * i, from.loadFloat(0));
    }
    this.#deadRefs.storeAddress(i * word, ref);
  }

  #growDead(n: int): void {
    const word = wordBytes();
    if (this.#deadCount > 0) {
      rawFree(this.#dead, 8 * this.#deadCount);
      rawFree(this.#deadRefs, word * this.#deadCount);
    }
    this.#deadCount = n > FIRST_VALUES ? 2 * n : FIRST_VALUES;
    this.#dead = rawMalloc(8 * this.#deadCount);
    this.#deadRefs = rawMalloc(word * this.#deadCount);
    if (this.#dead.isNull() || this.#deadRefs.isNull()) fatalError("out of memory");
    this.#area(AREA_DEAD_REFS).storeAddress(0, this.#deadRefs);
  }

  // Forcing.

  override force(frame: int): DeadFrame {
    const at = addressOf(frame);
    const announced = at.loadInt32(this.#frame.force);
    const exit = announced > 0 ? this.#assembler.exit(announced - 1) : null;
    if (exit === null) fatalError("a frame is forced that cannot be");
    at.storeInt32(this.#frame.force, -1);
    const dead = emptyFrame(exit);
    for (let i = 0; i < exit.values.length; i++) {
      const value = exit.values[i] as Value;
      const location = exit.locations[i] as int;
      if (isConstant(location)) constantInto(dead, i, value);
      else if (isGeneral(location) || isXmm(location)) continue;
      else {
        const from = at.add(this.#frame.slot(location));
        if (value.kind === KIND_INT) dead.ints[i] = from.loadWord(0);
        else if (value.kind === KIND_REF) dead.refs[i] = gcRefAt(from.loadAddress(0));
        else dead.floats[i] = from.loadFloat(0);
      }
    }
    return dead;
  }

  override setForced(frame: int, data: GcRef): void {
    addressOf(frame).storeAddress(this.#frame.forced, addressOfGcRef(data));
  }

  /** A call_assembler's callee left early: finishes the call and leaves its result in the area. */
  finishCall(loop: int, exitWord: int): void {
    const { helper } = this;
    const token = this.#assembler.calledLoops[loop];
    if (helper === null || token === undefined) fatalError("nobody finishes calls of compiled code");
    helper.finishCall(token, this.deadFrame(exitWord >> 1));
    const result = this.#area(r.AREA_SLOW_RESULT);
    if (helper.resultRef !== null) result.storeAddress(0, addressOfGcRef(helper.resultRef));
    else result.storeWord(0, helper.resultInt);
    this.#area(r.AREA_FLOAT_RESULT).storeFloat(0, helper.resultFloat);
  }

  // Calls.

  #call(address: int, args: Arguments, d: CallDescr): void {
    let stub = d.caller;
    if (stub === null) {
      stub = this.#makeCaller(d);
      d.caller = stub;
    }
    this.#fill(d.arguments, args);
    if (this.#valueCount === 0) this.#growValues(1);
    if (stub instanceof CallStub) callMachineCode(addressOf(stub.address), this.#values, address);
  }

  #makeCaller(d: CallDescr): CallStub {
    const a = this.#assembler;
    const block = this.#newBlock(`caller of ${d.name}`);
    a.begin(block, a.trace, null);
    emitCaller(a, d);
    placeBlock(a, this.memory);
    return new CallStub(block.start.toInt());
  }

  override callInt(address: int, args: Arguments, d: CallDescr): int {
    this.#call(address, args, d);
    return this.exceptionPending() ? 0 : this.#values.loadWord(0);
  }

  override callRef(address: int, args: Arguments, d: CallDescr): GcRef | null {
    this.#call(address, args, d);
    return this.exceptionPending() ? null : gcRefAt(this.#values.loadAddress(0));
  }

  override callFloat(address: int, args: Arguments, d: CallDescr): float {
    this.#call(address, args, d);
    return this.exceptionPending() ? 0.0 : this.#values.loadFloat(0);
  }

  override callVoid(address: int, args: Arguments, d: CallDescr): void {
    this.#call(address, args, d);
  }

  // What calls leave is kept apart from the Vm struct's fields, which this code uses itself.

  override exceptionPending(): boolean {
    return !this.#area(r.AREA_PENDING).loadAddress(0).isNull();
  }

  override takeException(): GcRef {
    const at = this.#area(r.AREA_PENDING);
    const ref = gcRefAt(at.loadAddress(0));
    if (ref === null) fatalError("no exception is pending");
    at.storeAddress(0, NULL_ADDRESS);
    return ref;
  }

  override setException(e: GcRef): void {
    this.#area(r.AREA_PENDING).storeAddress(0, addressOfGcRef(e));
  }

  override pendingClass(): int {
    const ref = gcRefAt(this.#area(r.AREA_PENDING).loadAddress(0));
    return ref === null ? 0 : this.classOf(ref);
  }

  override loadFlag(): int {
    return this.#area(r.AREA_PENDING_FLAG).loadWord(0);
  }

  override storeFlag(flag: int): void {
    this.#area(r.AREA_PENDING_FLAG).storeWord(0, flag);
  }
}

function emptyFrame(exit: Exit): DeadFrame {
  const n = exit.values.length;
  const ints: int[] = new Array<int>(n).fill(0);
  const refs: (GcRef | null)[] = new Array<GcRef | null>(n).fill(null);
  const floats: float[] = new Array<float>(n).fill(0.0);
  return new DeadFrame(exit.descr, ints, refs, floats);
}

function constantInto(dead: DeadFrame, i: int, value: Value): void {
  if (value instanceof ConstInt) dead.ints[i] = value.value;
  else if (value instanceof ConstFloat) dead.floats[i] = value.value;
  else if (value instanceof ConstRef) dead.refs[i] = value.value;
}

function rescue(exit: int, frame: Address): void {
  if (current !== null) current.rescue(exit, frame);
}

function finishCall(loop: int, exitWord: int): void {
  if (current !== null) current.finishCall(loop, exitWord);
}
