// Compiled code as objects: blocks (one for each loop or bridge), the exits through which they are left, and the places
// where they can be entered.
import { type Address, NULL_ADDRESS } from "../../../../rlib/lowlevel.ts";
import type { int } from "../../../../rlib/types.ts";
import { CompiledCode, type GuardDescr, type LoopToken } from "../../../format/descr.ts";
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
  /** Where it is, and the size of its code and of all of it; 0 while it is made. */
  start: Address;
  codeBytes: int;
  bytes: int;
  /** Its table of references, null if it has none. */
  table: Address;
  /** Blocks whose labels it jumps to, and loops that it calls. */
  readonly targets: Block[];
  readonly calls: LoopToken[];
  /** The loop that it belongs to. */
  owner: NativeLoop | null;

  constructor(number: int, name: string) {
    super();
    this.number = number;
    this.name = name;
    this.exits = [];
    this.entries = [];
    this.slots = 0;
    this.depth = 0;
    this.start = NULL_ADDRESS;
    this.codeBytes = 0;
    this.bytes = 0;
    this.table = NULL_ADDRESS;
    this.targets = [];
    this.calls = [];
    this.owner = null;
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
  /** Nobody outside of compiled code needs it any more. */
  isFree: boolean;
  /** Found to be in use while unused code is looked for. */
  isReached: boolean;

  constructor(first: Block, start: Entry, cell: Address, kinds: string) {
    super();
    this.blocks = [first];
    this.start = start;
    this.cell = cell;
    this.kinds = kinds;
    this.isFree = false;
    this.isReached = false;
    first.owner = this;
  }
}
