/**
 * Jitcode under construction: a flat list of instructions and labels whose operands are registers and constants by
 * object. The flattener makes it, liveness fills its `live` instructions, the assembler turns it into units; the text
 * format prints and parses it.
 */
import type { LowContainer } from "../../rtyper/lltype/memory.ts";
import type { Descr } from "../format/descr.ts";
import type { Kind } from "./kinds.ts";

/** A register by kind and number. */
export class Register {
  readonly kind: Kind;
  readonly index: number;

  constructor(kind: Kind, index: number) {
    this.kind = kind;
    this.index = index;
  }
}

/** What a constant is: a number, null, an object of the program (a GC one, or a raw one by its address). */
export type ConstantValue = number | null | LowContainer;

export class ConstantOperand {
  readonly kind: Kind;
  readonly value: ConstantValue;

  constructor(kind: Kind, value: ConstantValue) {
    this.kind = kind;
    this.value = value;
  }
}

export type Source = Register | ConstantOperand;

/** A list of operands of one kind. */
export class SourceList {
  readonly kind: Kind;
  readonly items: readonly Source[];

  constructor(kind: Kind, items: readonly Source[]) {
    this.kind = kind;
    this.items = items;
  }
}

export class Label {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Cases of a switch, by label. */
export class SwitchCases {
  readonly cases: readonly { readonly value: number; readonly label: Label }[];

  constructor(cases: readonly { readonly value: number; readonly label: Label }[]) {
    this.cases = cases;
  }
}

/** The jitcode of a function that is followed, by the function's name. */
export class CodeReference {
  readonly index: number;
  readonly name: string;

  constructor(index: number, name: string) {
    this.index = index;
    this.name = name;
  }
}

/** The registers alive at a `live`; filled in by liveness. */
export class LiveSet {
  registers: readonly Register[] = [];
}

export type Operand =
  | Register
  | ConstantOperand
  | SourceList
  | Descr
  | SwitchCases
  | CodeReference
  | Label
  | LiveSet
  | number;

/** One instruction; operands in the order of its format, the result last. */
export class Instruction {
  readonly opcode: number;
  readonly operands: readonly Operand[];

  constructor(opcode: number, operands: readonly Operand[]) {
    this.opcode = opcode;
    this.operands = operands;
  }
}

/** A function's code. */
export interface Listing {
  readonly name: string;
  /** Instructions, and labels in front of what they name. */
  readonly lines: readonly (Instruction | Label)[];
  /** Registers used, by kind. */
  readonly registers: readonly number[];
}
