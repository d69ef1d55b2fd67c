/**
 * Writes jitcodes and descriptors into the binary's static table (`jit/format/serial.ts` reads it).
 *
 * Everything that the linker decides stays symbolic: type ids are symbolic words, functions and prebuilt objects are
 * addresses in a list of their own. The rest are numbers of the target's layout.
 */
import {
  LowAddress,
  LowArrayObject,
  type LowContainer,
  type LowValue,
  SymbolicWord,
} from "../../rtyper/lltype/memory.ts";
import {
  Address,
  Float,
  type LowArray,
  rawArray,
  Signed,
  type Struct,
  UInt8,
  UInt16,
} from "../../rtyper/lltype/types.ts";
import { bug } from "../../translator/diagnostics/report.ts";
import type { Assembled } from "../codewriter/assembler.ts";
import type { Codewriter } from "../codewriter/codewriter.ts";
import type { ConstantValue } from "../codewriter/instruction.ts";
import {
  ArrayDescr,
  CallDescr,
  type Descr,
  type EffectInfo,
  FieldDescr,
  InteriorFieldDescr,
  SizeDescr,
} from "../format/descr.ts";
import { type DriverInfo, SwitchDescr, TextDescr, type VirtualizableInfo } from "../format/jitcode.ts";
import * as S from "../format/serial.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF } from "../format/traceops.ts";

/** Words of the table under construction: numbers, or what the linker knows. */
type Word = number | SymbolicWord;

/** The table of a program as one raw object; `rts_jit_table` is the address of its first item. */
export function writeTable(codewriter: Codewriter): LowAddress {
  return new TableWriter(codewriter).run();
}

class TableWriter {
  readonly #codewriter: Codewriter;
  readonly #words: Word[] = new Array<Word>(S.HEADER_WORDS).fill(0);
  readonly #pointers: LowContainer[] = [];
  readonly #pointerPlaces = new Map<LowContainer, number>();
  readonly #code: number[] = [];
  readonly #names: number[] = [];
  readonly #namePlaces = new Map<string, number>();
  readonly #floats: number[] = [];
  readonly #effects = new Map<EffectInfo, number>();

  constructor(codewriter: Codewriter) {
    this.#codewriter = codewriter;
  }

  run(): LowAddress {
    const { assembled, drivers, descrs, indirectTargets } = this.#codewriter;
    const jitcodes = assembled.map((code) => this.#entry(() => this.#jitcode(code)));
    const driverOffsets = drivers.map((driver) => this.#entry(() => this.#driver(driver)));
    // Descriptors refer to others, which are then numbered too.
    const descrOffsets: number[] = [];
    for (let i = 0; i < descrs.all.length; i++) {
      descrOffsets.push(this.#entry(() => this.#descr(descrs.all[i] as Descr)));
    }
    const effects = [...this.#effects.keys()].map((effect) => this.#entry(() => this.#effect(effect)));
    this.#section(S.HEADER_JITCODES, S.HEADER_JITCODE_OFFSETS, jitcodes);
    this.#section(S.HEADER_DRIVERS, S.HEADER_DRIVER_OFFSETS, driverOffsets);
    this.#section(S.HEADER_DESCRS, S.HEADER_DESCR_OFFSETS, descrOffsets);
    this.#section(S.HEADER_EFFECTS, S.HEADER_EFFECT_OFFSETS, effects);
    const pairs = [...indirectTargets].flatMap((f) => [this.#pointer(f), this.#codewriter.indexOf(f)]);
    this.#section(S.HEADER_INDIRECT, S.HEADER_INDIRECT_PAIRS, pairs);
    this.#words[S.HEADER_INDIRECT] = pairs.length / 2;
    this.#words[S.HEADER_LIVENESS] = this.#codewriter.liveness.units.length;
    return this.#root();
  }

  #root(): LowAddress {
    const numbers = this.#words.map((word) => (typeof word === "number" ? BigInt(word) : word));
    const pointers = this.#pointers.map((p) => new LowAddress(p, 0n));
    const parts: LowArrayObject[] = [];
    parts[S.TABLE_NUMBERS] = rawData("jit numbers", rawArray(Signed, true), numbers);
    parts[S.TABLE_POINTERS] = rawData("jit pointers", rawArray(Address, true), pointers);
    parts[S.TABLE_CODE] = rawData("jit code", rawArray(UInt16, true), this.#code);
    parts[S.TABLE_LIVENESS] = rawData("jit liveness", rawArray(UInt16, true), this.#codewriter.liveness.units);
    parts[S.TABLE_NAMES] = rawData("jit names", rawArray(UInt8, true), this.#names);
    parts[S.TABLE_FLOATS] = rawData("jit floats", rawArray(Float, true), this.#floats);
    const table = rawData(
      "jit table",
      rawArray(Address, true),
      parts.map((part) => this.#items(part)),
    );
    return this.#items(table);
  }

  /** Address of an array's first item. */
  #items(array: LowArrayObject): LowAddress {
    return new LowAddress(array, BigInt(this.#codewriter.descrs.layout.array(array.type).itemsOffset));
  }

  #entry(write: () => void): number {
    const at = this.#words.length;
    write();
    return at;
  }

  #section(count: number, offsets: number, entries: readonly number[]): void {
    this.#words[count] = entries.length;
    this.#words[offsets] = this.#words.length;
    this.#add(...entries);
  }

  #add(...words: Word[]): void {
    for (const word of words) this.#words.push(word);
  }

  #name(text: string): number {
    let at = this.#namePlaces.get(text);
    if (at === undefined) {
      at = this.#names.length;
      for (const c of text) this.#names.push(c.codePointAt(0) === 0 ? 63 : Math.min(c.codePointAt(0) as number, 255));
      this.#names.push(0);
      this.#namePlaces.set(text, at);
    }
    return at;
  }

  #pointer(to: LowContainer): number {
    let place = this.#pointerPlaces.get(to);
    if (place === undefined) {
      place = this.#pointers.length;
      this.#pointers.push(to);
      this.#pointerPlaces.set(to, place);
    }
    return place;
  }

  #descrNumber(descr: Descr): number {
    return this.#codewriter.descrs.numberOf(descr);
  }

  #list(values: readonly number[]): void {
    this.#add(values.length, ...values);
  }

  // ---- entries

  #jitcode({ jitcode, constants, facts }: Assembled): void {
    const start = this.#code.length;
    for (const unit of jitcode.code) this.#code.push(unit);
    this.#add(this.#name(jitcode.name), start, jitcode.code.length);
    this.#add(jitcode.intRegisters, jitcode.refRegisters, jitcode.floatRegisters);
    const of = (kind: number): readonly ConstantValue[] => constants[kind] as readonly ConstantValue[];
    this.#add(of(KIND_INT).length);
    for (const value of of(KIND_INT)) {
      if (typeof value === "number") this.#add(S.CONSTANT_NUMBER, value);
      else if (value === null) this.#add(S.CONSTANT_NUMBER, 0);
      else this.#add(S.CONSTANT_POINTER, this.#pointer(value));
    }
    this.#list(of(KIND_REF).map((value) => (value === null ? -1 : this.#pointer(value as LowContainer))));
    this.#list(of(KIND_FLOAT).map((value) => this.#float(value as number)));
    this.#add(this.#name(facts.args), facts.result, facts.address === null ? -1 : this.#pointer(facts.address));
    this.#add(this.#descrNumber(facts.callDescr), facts.portalOf);
  }

  #float(value: number): number {
    this.#floats.push(value);
    return this.#floats.length - 1;
  }

  #driver(driver: DriverInfo): void {
    const { driver: low, portal } = this.#codewriter.portals[driver.index] ?? bug("a driver without portal");
    this.#add(this.#name(driver.name), driver.portal, this.#name(driver.greens), this.#name(driver.reds));
    this.#list(driver.greenNames.map((name) => this.#name(name)));
    this.#list(driver.redNames.map((name) => this.#name(name)));
    this.#add(driver.virtualizable);
    if (driver.virtualizableInfo !== null) this.#virtualizable(driver.virtualizableInfo);
    this.#add(driver.result, this.#pointer(portal), this.#descrNumber(driver.callDescr));
    this.#add(low.location === null ? -1 : this.#pointer(low.location));
    this.#add(low.canInline === null ? -1 : this.#pointer(low.canInline));
  }

  #virtualizable(info: VirtualizableInfo): void {
    this.#add(this.#descrNumber(info.size), this.#descrNumber(info.token));
    for (const list of [info.fields, info.arrayFields, info.arrays]) this.#list(list.map((d) => this.#descrNumber(d)));
  }

  #descr(descr: Descr): void {
    if (descr instanceof SizeDescr) this.#size(descr);
    else if (descr instanceof FieldDescr) this.#field(descr);
    else if (descr instanceof ArrayDescr) this.#array(descr);
    else if (descr instanceof InteriorFieldDescr) this.#interior(descr);
    else if (descr instanceof CallDescr) this.#call(descr);
    else if (descr instanceof SwitchDescr) {
      this.#add(S.DESCR_SWITCH, this.#name(descr.name));
      this.#list(descr.values);
      this.#list(descr.targets);
    } else if (descr instanceof TextDescr) {
      this.#add(S.DESCR_TEXT, this.#name(descr.name), this.#pointer(zeroTerminated(descr.name)));
    } else bug(`no entry for descriptor ${descr.name}`);
  }

  #size(descr: SizeDescr): void {
    const struct = this.#codewriter.descrs.structOf(descr);
    this.#add(S.DESCR_SIZE, this.#name(descr.name), descr.size, typeId(struct), descr.hasClass ? 1 : 0);
    this.#add(typeId(struct), lastTypeId(struct));
    this.#list(descr.fields.map((field) => this.#descrNumber(field)));
  }

  #field(descr: FieldDescr): void {
    this.#add(S.DESCR_FIELD, this.#name(descr.name), this.#descrNumber(descr.parent), descr.index, descr.kind);
    this.#add(descr.offset, descr.size, descr.signed ? 1 : 0);
    this.#add(descr.immutable ? 1 : 0, descr.quasiImmutable ? 1 : 0, descr.slot);
  }

  #array(descr: ArrayDescr): void {
    const type = this.#codewriter.descrs.arrayOrigins.get(descr);
    this.#add(S.DESCR_ARRAY, this.#name(descr.name), descr.index, type === undefined ? 0 : typeId(type), descr.kind);
    this.#add(descr.baseOffset, descr.itemSize, descr.lengthOffset);
    this.#add(descr.signed ? 1 : 0, descr.immutable ? 1 : 0);
    this.#list(descr.itemFields.map((field) => this.#descrNumber(field)));
  }

  #interior(descr: InteriorFieldDescr): void {
    this.#add(S.DESCR_INTERIOR, this.#name(descr.name), this.#descrNumber(descr.array), descr.index, descr.kind);
    this.#add(descr.offset, descr.size, descr.signed ? 1 : 0, descr.slot);
  }

  #call(descr: CallDescr): void {
    this.#add(S.DESCR_CALL, this.#name(descr.name), this.#name(descr.arguments), descr.result);
    this.#add(this.#effectNumber(descr.effect), descr.array === null ? -1 : this.#descrNumber(descr.array));
    this.#add(descr.isC ? 1 : 0, descr.resultBits, descr.resultSigned ? 1 : 0);
  }

  #effectNumber(effect: EffectInfo): number {
    let n = this.#effects.get(effect);
    if (n === undefined) {
      n = this.#effects.size;
      this.#effects.set(effect, n);
    }
    return n;
  }

  #effect(effect: EffectInfo): void {
    this.#add(effect.extra);
    this.#list(effect.reads);
    this.#list(effect.writes);
    this.#add(effect.special, effect.canInvalidate ? 1 : 0, effect.canCollect ? 1 : 0);
  }
}

/** Of a collected type; raw structs have none. */
function typeId(type: Struct | LowArray): Word {
  return type.gc ? new SymbolicWord("type_id", type) : 0;
}

function lastTypeId(struct: Struct): Word {
  return struct.gc ? new SymbolicWord("last_type_id", struct) : 0;
}

function rawData(name: string, type: LowArray, items: readonly LowValue[]): LowArrayObject {
  const data = new LowArrayObject(type, items.length);
  data.name = name;
  for (const [i, item] of items.entries()) data.setItem(i, item);
  return data;
}

function zeroTerminated(text: string): LowArrayObject {
  return rawData(`jit text ${text}`, rawArray(UInt8, true), [...new TextEncoder().encode(text), 0]);
}
