/**
 * Listings to jitcodes: units, constants behind the registers, positions for labels, liveness in a table that all
 * jitcodes share.
 */

import type { GcRef } from "../../rlib/lowlevel.ts";
import { addressNumber } from "../../rtyper/lltype/addresses.ts";
import type { LowContainer } from "../../rtyper/lltype/memory.ts";
import type { CallDescr } from "../format/descr.ts";
import { Descr } from "../format/descr.ts";
import { INSTRUCTION_FORMATS, INSTRUCTION_NAMES } from "../format/instructions.ts";
import { JitCode, JitConstants, SwitchDescr } from "../format/jitcode.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../format/traceops.ts";
import type { DescrTable } from "./descrs.ts";
import {
  CodeReference,
  ConstantOperand,
  type ConstantValue,
  type Instruction,
  Label,
  type Listing,
  LiveSet,
  type Operand,
  Register,
  type Source,
  SourceList,
  SwitchCases,
} from "./instruction.ts";

/** What a jitcode is besides its code. */
export interface CodeFacts {
  readonly index: number;
  readonly args: string;
  readonly result: number;
  readonly address: LowContainer | null;
  readonly callDescr: CallDescr;
  readonly portalOf: number;
}

/** A jitcode with its constants as objects, for those who write it into a binary. */
export interface Assembled {
  readonly jitcode: JitCode;
  readonly constants: readonly (readonly ConstantValue[])[];
  readonly listing: Listing;
  readonly facts: CodeFacts;
}

/** The liveness table while it grows. */
export class LivenessTable {
  readonly units: number[] = [];
  readonly #offsets = new Map<string, number>();

  /** Offset of a set of registers, which are sorted by kind and number. */
  add(registers: readonly Register[]): number {
    const key = registers.map((r) => `${r.kind}.${r.index}`).join(" ");
    let offset = this.#offsets.get(key);
    if (offset === undefined) {
      offset = this.units.length;
      for (const kind of [KIND_INT, KIND_REF, KIND_FLOAT]) {
        this.units.push(registers.filter((r) => r.kind === kind).length);
      }
      for (const r of registers) this.units.push(r.index);
      this.#offsets.set(key, offset);
    }
    return offset;
  }
}

export function assemble(listing: Listing, facts: CodeFacts, descrs: DescrTable, liveness: LivenessTable): Assembled {
  return new Assembler(listing, facts, descrs, liveness).run();
}

class Assembler {
  readonly #listing: Listing;
  readonly #facts: CodeFacts;
  readonly #descrs: DescrTable;
  readonly #liveness: LivenessTable;
  readonly #units: number[] = [];
  readonly #constants: ConstantValue[][] = [[], [], []];
  readonly #constantPlaces: Map<unknown, number>[] = [new Map(), new Map(), new Map()];
  readonly #positions = new Map<Label, number>();
  readonly #fixups: { at: number; label: Label }[] = [];
  readonly #switches: { at: number; cases: SwitchCases }[] = [];

  constructor(listing: Listing, facts: CodeFacts, descrs: DescrTable, liveness: LivenessTable) {
    this.#listing = listing;
    this.#facts = facts;
    this.#descrs = descrs;
    this.#liveness = liveness;
  }

  run(): Assembled {
    for (const line of this.#listing.lines) {
      if (line instanceof Label) this.#positions.set(line, this.#units.length);
      else this.#instruction(line);
    }
    for (const { at, label } of this.#fixups) this.#setWide(at, this.#positionOf(label));
    for (const { at, cases } of this.#switches) this.#setWide(at, this.#descrs.numberOf(this.#switchDescr(cases)));
    return {
      jitcode: this.#jitcode(),
      constants: this.#constants,
      listing: this.#listing,
      facts: this.#facts,
    };
  }

  #jitcode(): JitCode {
    const { index, args, result, address, callDescr, portalOf } = this.#facts;
    const { name, registers } = this.#listing;
    for (const [kind, count] of registers.entries()) {
      if (count + (this.#constants[kind] as ConstantValue[]).length > 65535) throw new Error(`${name} is too large`);
    }
    return new JitCode(
      index,
      name,
      Uint16Array.from(this.#units),
      registers,
      new JitConstants(
        (this.#constants[KIND_INT] as ConstantValue[]).map(wordOf),
        (this.#constants[KIND_REF] as ConstantValue[]).map((value) => value as unknown as GcRef | null),
        (this.#constants[KIND_FLOAT] as ConstantValue[]).map((value) => value as number),
      ),
      args,
      result,
      address === null ? 0 : addressNumber(address),
      callDescr,
      portalOf,
    );
  }

  #switchDescr(cases: SwitchCases): SwitchDescr {
    const values = cases.cases.map((c) => c.value);
    const targets = cases.cases.map((c) => this.#positionOf(c.label));
    return new SwitchDescr(`switch ${this.#listing.name}`, values, targets);
  }

  #positionOf(label: Label): number {
    const position = this.#positions.get(label);
    if (position === undefined) throw new Error(`label ${label.name} of ${this.#listing.name} is nowhere`);
    return position;
  }

  #instruction(line: Instruction): void {
    this.#units.push(line.opcode);
    const letters = (INSTRUCTION_FORMATS[line.opcode] as string).replace(">", "");
    if (letters.length !== line.operands.length) {
      throw new Error(
        `${INSTRUCTION_NAMES[line.opcode]} with ${line.operands.length} operands in ${this.#listing.name}`,
      );
    }
    for (const [i, operand] of line.operands.entries()) this.#operand(letters[i] as string, operand, line);
  }

  #operand(letter: string, operand: Operand, line: Instruction): void {
    const wanted = "irf".indexOf(letter.toLowerCase());
    if (operand instanceof SourceList && letter === "IRF"[wanted] && operand.kind === wanted) {
      this.#units.push(operand.items.length);
      for (const item of operand.items) this.#units.push(this.#source(item));
    } else if ((operand instanceof Register || operand instanceof ConstantOperand) && operand.kind === wanted) {
      this.#units.push(this.#source(operand));
    } else if (operand instanceof Label && letter === "L") {
      this.#fixups.push({ at: this.#units.length, label: operand });
      this.#wide(0);
    } else if (operand instanceof SwitchCases && letter === "d") {
      this.#switches.push({ at: this.#units.length, cases: operand });
      this.#wide(0);
    } else if (operand instanceof LiveSet && letter === "l") this.#wide(this.#liveness.add(operand.registers));
    else if (operand instanceof CodeReference && letter === "j") this.#wide(operand.index);
    else if (operand instanceof Descr && letter === "d") this.#wide(this.#descrs.numberOf(operand));
    else if (typeof operand === "number" && letter === "c") this.#units.push(operand & 0xffff);
    else throw new Error(`a wrong operand for ${letter} of ${INSTRUCTION_NAMES[line.opcode]} in ${this.#listing.name}`);
  }

  #wide(value: number): void {
    this.#units.push(value & 0xffff, value >>> 16);
  }

  #setWide(at: number, value: number): void {
    this.#units[at] = value & 0xffff;
    this.#units[at + 1] = value >>> 16;
  }

  #source(source: Source): number {
    if (source instanceof Register) return source.index;
    const places = this.#constantPlaces[source.kind] as Map<unknown, number>;
    const constants = this.#constants[source.kind] as ConstantValue[];
    // -0 and 0 are different floats.
    const key = Object.is(source.value, -0) ? "-0" : source.value;
    let place = places.get(key);
    if (place === undefined) {
      place = constants.length;
      constants.push(source.value);
      places.set(key, place);
    }
    return (this.#listing.registers[source.kind] as number) + place;
  }
}

/** A constant as a word on Node: raw objects by their number. */
export function wordOf(value: ConstantValue): number {
  if (typeof value === "number") return value;
  return value === null ? 0 : addressNumber(value);
}
