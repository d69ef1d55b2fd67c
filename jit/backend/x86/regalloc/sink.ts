// What the allocator hands to the assembler: instructions with locations.
//
// The allocator walks the trace once and calls the sink as it goes. The native sink writes machine code; the tests' one
// writes down what it hears, and a checker proves that every operand was where the allocator said.
import type { int } from "../../../../rlib/types.ts";
import type { Descr } from "../../../format/descr.ts";
import type { Op, Value } from "../../../format/values.ts";
import { Mover } from "./moves.ts";

/** One trace operation (with the guard it was merged with) and where its values are. The object is reused. */
export class Instruction {
  op: Op;
  /** Position of the operation in the trace. */
  at: int;
  /** Where the operands are: one for each that the operation's shape uses. */
  readonly args: int[];
  /** Where the result goes, NOWHERE if there is none or it is only a condition for `guard`. */
  result: int;
  /** Registers that may be overwritten besides. */
  readonly temps: int[];
  /** The guard that this instruction also is: the operation itself, or the one after it; null for other instructions. */
  guard: Op | null;
  /** The guard's exit values, one location each. */
  readonly exits: int[];
  /** Slots (and registers that the instruction itself saves) that hold references while a collection can happen. */
  readonly references: int[];
  /** Bytes of outgoing arguments on the stack. */
  outgoing: int;
  /** The two operands of a comparison were exchanged. */
  swapped: boolean;

  constructor(op: Op) {
    this.op = op;
    this.at = 0;
    this.args = [];
    this.result = -1;
    this.temps = [];
    this.guard = null;
    this.exits = [];
    this.references = [];
    this.outgoing = 0;
    this.swapped = false;
  }

  /** Makes it stand for another operation. */
  start(op: Op, at: int): void {
    this.op = op;
    this.at = at;
    this.args.length = 0;
    this.result = -1;
    this.temps.length = 0;
    this.guard = null;
    this.exits.length = 0;
    this.references.length = 0;
    this.outgoing = 0;
    this.swapped = false;
  }
}

/** What must hold where control enters at a label. */
export class LabelPlace {
  /** By operand of the label: where its value is. */
  readonly locations: int[];
  /** By operand: a slot that holds it as well, or NOWHERE. */
  readonly copies: int[];

  constructor(locations: int[], copies: int[]) {
    this.locations = locations;
    this.copies = copies;
  }
}

export abstract class Sink extends Mover {
  /** The location that stands for a constant operand. */
  abstract constant(value: Value): int;
  /** May this constant stand in an instruction without being loaded into a register first? */
  abstract isImmediate(value: Value): boolean;
  /** Is this constant an address that memory operands can name without a register? */
  abstract isAbsolute(value: Value): boolean;
  /** An instruction; everything about it that the sink keeps must be copied. */
  abstract emit(instruction: Instruction): void;
  /**
   * What follows up to the next instruction is skipped if the value at a location is 0 (or, inverted, if it is not):
   * moves of arguments and a call.
   */
  abstract skipUnless(location: int, inverted: boolean): void;
  /** Control may enter here with these values. */
  abstract label(token: Descr, place: LabelPlace): void;
  /** Where a label, or the start of a loop, wants its values: of this trace or of code that is already compiled. */
  abstract placeOf(token: Descr): LabelPlace;
  /** All values are where the label wants them: go. */
  abstract jump(token: Descr): void;
  /** The n-th input of the trace is to be fetched into a location. */
  abstract input(n: int, to: int, kind: int): void;
  /** All inputs are where `place` says (NOWHERE: not used): jumps to the loop itself arrive here. */
  abstract start(place: LabelPlace): void;
}
