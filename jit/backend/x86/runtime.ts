// Everything that compiled code knows of the program it was put into, as numbers: addresses of execution state and of
// functions, the shape of headers and strings, the collector's rules. Filled once, at the JIT's first use.
import { AREA_STEP } from "../../../gc/collectors/machinecode.ts";
import { TYPE_TABLE_SYMBOL, TYPE_VTABLE, typeEntry } from "../../../gc/typetable.ts";
import { external } from "../../../rlib/external.ts";
import { symbolAddress } from "../../../rlib/lowlevel.ts";
import { type int, int32 } from "../../../rlib/types.ts";
import type { Machine } from "./machine.ts";

/** Indices of words of the Vm struct (`rtyper/lltype/vm.ts`; a test compares them). */
export const VM_EXCEPTION = 0;
export const VM_FLAG = 1;
export const VM_NURSERY_FREE = 2;
export const VM_NURSERY_TOP = 3;
export const VM_SHADOW_TOP = 4;
export const VM_STACK_LIMIT = 7;
export const VM_TRACE_POSITION = 10;
export const VM_CAUGHT = 15;
export const VM_CAUGHT_POSITION = 16;

/** Indices into the JIT's area, besides those of `gc/collectors/machinecode.ts`. */
export const AREA_EXIT = 0;
export const AREA_RESULT = 1;
export const AREA_FLOAT_RESULT = 2;
/** Arguments and result of slow paths. */
export const AREA_ARGUMENT = 5;
export const AREA_ARGUMENT_2 = 6;
export const AREA_ARGUMENT_3 = 7;
export const AREA_SLOW_RESULT = 8;
/** `vm.flag` at the exit. */
export const AREA_EXIT_FLAG = 9;
/** Memory that several objects take together. */
export const AREA_GROUP = 10;
/** What a call of the metainterp left: its flag, its exception (the collector's side knows that one). */
export const AREA_PENDING_FLAG = 11;
export { AREA_PENDING } from "../../../gc/collectors/machinecode.ts";

const cpuFeatures = external("rts_cpu_features", [], int32, { node: () => 0 });

export class Runtime {
  readonly machine: Machine;
  /** Address of the Vm struct and of the JIT's area. */
  vm: int = 0;
  area: int = 0;
  /** Instances have the address of their vtable as second word. */
  typePointer = false;
  /** Bits of the flags half of a header that ask for the write barrier; 0 where there is none. */
  barrierMask: int = 0;
  /** Beside it: a store into an array only marks a card. */
  cardMask: int = 0;
  cardShift: int = 0;
  cardBefore: int = 0;
  /** Small objects come from the nursery without a call. */
  inlineAllocation = false;
  zeroedNursery = false;
  inlineLimit: int = 0;
  /** Only prebuilt objects keep their address. */
  moves = true;
  /** Strings: type id, and bytes to the length and to the first unit. */
  stringType: int = 0;
  stringLength: int = 0;
  stringUnits: int = 0;
  /** Prebuilt objects lie between these addresses. */
  prebuiltStart: int = 0;
  prebuiltEnd: int = 0;
  /** The machine has instructions for rounding, and for counting bits. */
  hasRound = false;
  hasBitCount = false;
  // Functions of the program's own convention.
  /** (bytes) -> memory of the nursery for small objects. */
  room: int = 0;
  /** (type id, bytes, length, length offset) -> a zeroed array. */
  allocateItems: int = 0;
  /** (type id, bytes) -> a zeroed object, where there is no nursery. */
  allocateObject: int = 0;
  /** (object) before a store of a reference. */
  barrier: int = 0;
  /** (array, index) before a store of a reference into an array. */
  arrayBarrier: int = 0;
  /** (exit, frame): keeps the exit's values. */
  rescue: int = 0;
  /** Address of the StackOverflowError. */
  stackOverflow: int = 0;
  /** (which): ends the program. */
  stop: int = 0;
  /** (from, to, from start, to start, n) of strings. */
  copyUnits: int = 0;
  /** (loop, exit): finishes a call_assembler whose callee left early; result in the area. */
  finishCall: int = 0;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  /** Reads what the backend wrote down (`backends/llvm/machinecode.ts`), and where everything is. */
  read(): void {
    const config = symbolAddress("rts_jit_config");
    const word = this.machine.wordBytes;
    this.vm = symbolAddress("rts_vm").toInt();
    this.area = symbolAddress("rts_jit_area").toInt();
    this.typePointer = config.loadWord(0) !== 0;
    this.barrierMask = config.loadWord(word);
    this.cardMask = config.loadWord(2 * word);
    this.cardShift = config.loadWord(3 * word);
    this.cardBefore = config.loadWord(4 * word);
    this.inlineLimit = config.loadWord(5 * word);
    this.inlineAllocation = this.inlineLimit > 0;
    this.zeroedNursery = config.loadWord(6 * word) !== 0;
    this.moves = config.loadWord(7 * word) !== 0;
    this.stringType = config.loadWord(8 * word);
    this.stringLength = config.loadWord(9 * word);
    this.stringUnits = config.loadWord(10 * word);
    this.stackOverflow = config.loadWord(11 * word);
    this.prebuiltStart = symbolAddress("__executable_start").toInt();
    this.prebuiltEnd = symbolAddress("_end").toInt();
    const features = cpuFeatures();
    this.hasRound = (features & 1) !== 0;
    this.hasBitCount = (features & 2) !== 0;
  }

  /** Address of a word of the Vm struct. */
  vmField(index: int): int {
    return this.vm + index * this.machine.wordBytes;
  }

  /** Address of an entry of the area. */
  areaEntry(index: int): int {
    return this.area + index * AREA_STEP;
  }

  /** Address of the vtable of a class: its type table entry knows the distance. */
  vtableOf(classId: int): int {
    const entry = typeEntry(symbolAddress(TYPE_TABLE_SYMBOL), classId);
    return entry.toInt() + entry.loadUInt32(TYPE_VTABLE);
  }

  /** Offset of the flags half of a header. */
  get flagsOffset(): int {
    return this.machine.wordBytes >> 1;
  }
}
