// Compiled code as objects: blocks (one for each loop or bridge), the exits through which they are left, and the places
// where they can be entered.
import type { Address } from "../../../../rlib/lowlevel.ts";
import type { int } from "../../../../rlib/types.ts";
import { CompiledCode, type GuardDescr } from "../../../format/descr.ts";
import type { Value } from "../../../format/values.ts";
import type { LabelPlace } from "../regalloc/sink.ts";

/** A place in compiled code where control can enter by a jump. */
export class Entry extends CompiledCode {
  readonly place: LabelPlace;
  readonly block: Block;
  /** Offset in the code under construction, then the address. */
  address: int;

  constructor(place: LabelPlace, block: Block, address: int) {
    super();
    this.place = place;
    this.block = block;
    this.address = address;
  }
}

/** A way out of compiled code: a guard's, or a finish. */
export class Exit extends CompiledCode {
  readonly number: int;
  readonly block: Block;
  readonly descr: GuardDescr;
  /** Values of the exit, for their kinds; constants among them are read from here. */
  readonly values: readonly Value[];
  /** Where they are. */
  readonly locations: readonly int[];
  /** A finish has its value in the area. */
  readonly isFinish: boolean;
  /** Ends of the 32-bit displacements of the jumps that leave here: offsets, then addresses. */
  readonly jumps: int[];
  /** A guard without a jump of its own: an instruction of five bytes that can become one; -1 if there is none. */
  patchable: int;
  /** Where the exit's cold code stands: offset, then address. */
  stub: int;
  bridge: Block | null;

  constructor(
    number: int,
    block: Block,
    descr: GuardDescr,
    values: readonly Value[],
    locations: readonly int[],
    isFinish: boolean,
  ) {
    super();
    this.number = number;
    this.block = block;
    this.descr = descr;
    this.values = values;
    this.locations = locations;
    this.isFinish = isFinish;
    this.jumps = [];
    this.patchable = -1;
    this.stub = 0;
    this.bridge = null;
  }
}

/** The code of one trace. */
export class Block extends CompiledCode {
  readonly number: int;
  readonly name: string;
  readonly exits: Exit[];
  readonly entries: Entry[];
  /** Slots that its frame has, and bytes from rbp down to rsp. */
  slots: int;
  depth: int;
  /** Code and data, in bytes; 0 while it is made. */
  start: Address;
  codeBytes: int;
  bytes: int;
  /** Blocks whose labels it jumps to. */
  readonly targets: Block[];

  constructor(number: int, name: string, start: Address) {
    super();
    this.number = number;
    this.name = name;
    this.exits = [];
    this.entries = [];
    this.slots = 0;
    this.depth = 0;
    this.start = start;
    this.codeBytes = 0;
    this.bytes = 0;
    this.targets = [];
  }
}

/** A loop with all its bridges. */
export class NativeLoop extends CompiledCode {
  readonly blocks: Block[];
  /** Where jumps to the loop itself arrive. */
  start: Entry;
  /** Address of a word that holds the address at which functions call it. */
  readonly cell: Address;
  /** Letters of its inputs. */
  readonly kinds: string;

  constructor(first: Block, start: Entry, cell: Address, kinds: string) {
    super();
    this.blocks = [first];
    this.start = start;
    this.cell = cell;
    this.kinds = kinds;
  }
}
