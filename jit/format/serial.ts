/**
 * The static table by which a binary carries its jitcodes and descriptors, and the store that reads it.
 *
 * `jit/weave` writes the table into the binary as plain data; nothing of it is touched before the program gets hot, and
 * each entry becomes an object at its first use. `rts_jit_table` is a list of addresses:
 *
 *     TABLE_NUMBERS   words; the first ones are the header (HEADER_…), then entries, reached by their offset
 *     TABLE_POINTERS  addresses of functions, of prebuilt objects (which never move) and of raw data
 *     TABLE_CODE      16-bit units of all jitcodes
 *     TABLE_LIVENESS  16-bit units
 *     TABLE_NAMES     bytes of zero-terminated names
 *     TABLE_FLOATS    doubles
 *
 * An entry is a run of words, read in order by a `Reader`; the writer writes them in the same order.
 */
import { type Address, type GcRef, gcRefAt, symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import {
  ArrayDescr,
  CallDescr,
  type Descr,
  EffectInfo,
  FieldDescr,
  InteriorFieldDescr,
  Layout,
  SizeDescr,
} from "./descr.ts";
import {
  DriverInfo,
  DriverVariables,
  JitCode,
  JitConstants,
  JitStore,
  SwitchDescr,
  TextDescr,
  VirtualizableInfo,
} from "./jitcode.ts";

export const TABLE_SYMBOL = "rts_jit_table";
export const TABLE_NUMBERS = 0;
export const TABLE_POINTERS = 1;
export const TABLE_CODE = 2;
export const TABLE_LIVENESS = 3;
export const TABLE_NAMES = 4;
export const TABLE_FLOATS = 5;

/** Numbers of entries, and where the offsets of each sort begin. */
export const HEADER_JITCODES = 0;
export const HEADER_DESCRS = 1;
export const HEADER_EFFECTS = 2;
export const HEADER_DRIVERS = 3;
export const HEADER_INDIRECT = 4;
export const HEADER_LIVENESS = 5;
export const HEADER_JITCODE_OFFSETS = 6;
export const HEADER_DESCR_OFFSETS = 7;
export const HEADER_EFFECT_OFFSETS = 8;
export const HEADER_DRIVER_OFFSETS = 9;
/** Pairs of a pointer's number and a jitcode's. */
export const HEADER_INDIRECT_PAIRS = 10;
export const HEADER_WORDS = 11;

/** First word of a descriptor's entry. */
export const DESCR_SIZE = 0;
export const DESCR_FIELD = 1;
export const DESCR_ARRAY = 2;
export const DESCR_INTERIOR = 3;
export const DESCR_CALL = 4;
export const DESCR_SWITCH = 5;
export const DESCR_TEXT = 6;

/** An int constant: a number, or the number of a pointer. */
export const CONSTANT_NUMBER = 0;
export const CONSTANT_POINTER = 1;

/** Reads the words of one entry. */
class Reader {
  readonly #store: NativeStore;
  #at: int;

  constructor(store: NativeStore, at: int) {
    this.#store = store;
    this.#at = at;
  }

  int(): int {
    const value = this.#store.number(this.#at);
    this.#at++;
    return value;
  }

  flag(): boolean {
    return this.int() !== 0;
  }

  text(): string {
    return this.#store.text(this.int());
  }

  ints(): int[] {
    const n = this.int();
    const list: int[] = [];
    for (let i = 0; i < n; i++) list.push(this.int());
    return list;
  }

  texts(): string[] {
    const n = this.int();
    const list: string[] = [];
    for (let i = 0; i < n; i++) list.push(this.text());
    return list;
  }

  /** Address of a function or raw object by a pointer's number; 0 for -1. */
  pointer(): int {
    const n = this.int();
    return n < 0 ? 0 : this.#store.pointer(n).toInt();
  }

  ref(): GcRef | null {
    const n = this.int();
    return n < 0 ? null : gcRefAt(this.#store.pointer(n));
  }
}

export class NativeStore extends JitStore {
  readonly liveness: Uint16Array;
  readonly drivers: readonly DriverInfo[];
  readonly #numbers: Address;
  readonly #pointers: Address;
  readonly #code: Address;
  readonly #names: Address;
  readonly #floats: Address;
  readonly #jitcodes: (JitCode | null)[] = [];
  readonly #descrs: (Descr | null)[] = [];
  readonly #effects: (EffectInfo | null)[] = [];
  /** Jitcodes by the address of their function; filled at the first question. */
  readonly #byAddress: Map<int, int> = new Map<int, int>();
  #hasAddresses = false;

  constructor() {
    super();
    const table = symbolAddress(TABLE_SYMBOL);
    const word = wordBytes();
    this.#numbers = table.loadAddress(TABLE_NUMBERS * word);
    this.#pointers = table.loadAddress(TABLE_POINTERS * word);
    this.#code = table.loadAddress(TABLE_CODE * word);
    this.#names = table.loadAddress(TABLE_NAMES * word);
    this.#floats = table.loadAddress(TABLE_FLOATS * word);
    const count = this.number(HEADER_LIVENESS);
    this.liveness = units(table.loadAddress(TABLE_LIVENESS * word), 0, count);
    for (let i = this.number(HEADER_JITCODES); i > 0; i--) this.#jitcodes.push(null);
    for (let i = this.number(HEADER_DESCRS); i > 0; i--) this.#descrs.push(null);
    for (let i = this.number(HEADER_EFFECTS); i > 0; i--) this.#effects.push(null);
    const drivers: DriverInfo[] = [];
    this.drivers = drivers;
    const first = this.number(HEADER_DRIVER_OFFSETS);
    for (let i = 0; i < this.number(HEADER_DRIVERS); i++) drivers.push(this.#readDriver(i, this.number(first + i)));
  }

  number(at: int): int {
    return this.#numbers.loadWord(at * wordBytes());
  }

  pointer(n: int): Address {
    return this.#pointers.loadAddress(n * wordBytes());
  }

  text(at: int): string {
    let text = "";
    for (let i = at; ; i++) {
      const byte = this.#names.loadUInt8(i);
      if (byte === 0) return text;
      text += String.fromCharCode(byte);
    }
  }

  override jitcode(index: int): JitCode {
    const known = this.#jitcodes[index];
    if (known !== null) return known;
    const made = this.#readJitcode(index, this.number(this.number(HEADER_JITCODE_OFFSETS) + index));
    this.#jitcodes[index] = made;
    return made;
  }

  override descr(index: int): Descr {
    const known = this.#descrs[index];
    if (known !== null) return known;
    return this.#readDescr(index, this.number(this.number(HEADER_DESCR_OFFSETS) + index));
  }

  override jitcodeAt(address: int): int {
    if (!this.#hasAddresses) this.#readAddresses();
    return this.#byAddress.get(address) ?? -1;
  }

  #readAddresses(): void {
    this.#hasAddresses = true;
    const first = this.number(HEADER_INDIRECT_PAIRS);
    for (let i = 0; i < this.number(HEADER_INDIRECT); i++) {
      const at = first + 2 * i;
      this.#byAddress.set(this.pointer(this.number(at)).toInt(), this.number(at + 1));
    }
  }

  #readJitcode(index: int, at: int): JitCode {
    const r = new Reader(this, at);
    const name = r.text();
    const start = r.int();
    const code = units(this.#code, start, r.int());
    const registers = [r.int(), r.int(), r.int()];
    const ints: int[] = [];
    for (let n = r.int(); n > 0; n--) ints.push(r.int() === CONSTANT_NUMBER ? r.int() : r.pointer());
    const refs: (GcRef | null)[] = [];
    for (let n = r.int(); n > 0; n--) refs.push(r.ref());
    const floats: float[] = [];
    for (let n = r.int(); n > 0; n--) floats.push(this.#floats.loadFloat(8 * r.int()));
    const args = r.text();
    const result = r.int();
    const address = r.pointer();
    const callDescr = this.descr(r.int()) as CallDescr;
    const constants = new JitConstants(ints, refs, floats);
    return new JitCode(index, name, code, registers, constants, args, result, address, callDescr, r.int());
  }

  #readDescr(index: int, at: int): Descr {
    const r = new Reader(this, at);
    const sort = r.int();
    const name = r.text();
    if (sort === DESCR_SIZE) return this.#readSize(index, name, r);
    if (sort === DESCR_ARRAY) return this.#readArray(index, name, r);
    let made: Descr;
    if (sort === DESCR_FIELD) {
      const parent = this.descr(r.int()) as SizeDescr;
      // Reading the struct reads all its fields; this one may be there now.
      const known = this.#descrs[index];
      if (known !== null) return known;
      made = readField(name, parent, r);
    } else if (sort === DESCR_INTERIOR) {
      const array = this.descr(r.int()) as ArrayDescr;
      const known = this.#descrs[index];
      if (known !== null) return known;
      made = readInterior(name, array, r);
    } else if (sort === DESCR_CALL) made = this.#readCall(name, r);
    else if (sort === DESCR_SWITCH) made = new SwitchDescr(name, r.ints(), r.ints());
    else made = new TextDescr(name, r.pointer());
    this.#descrs[index] = made;
    return made;
  }

  #readSize(index: int, name: string, r: Reader): SizeDescr {
    const size = r.int();
    const classId = r.int();
    const hasClass = r.flag();
    const first = r.int();
    const made = new SizeDescr(name, size, classId, hasClass, first, r.int());
    this.#descrs[index] = made;
    for (let n = r.int(); n > 0; n--) made.fields.push(this.descr(r.int()) as FieldDescr);
    return made;
  }

  #readArray(index: int, name: string, r: Reader): ArrayDescr {
    const number = r.int();
    const classId = r.int();
    const kind = r.int();
    const base = r.int();
    const itemSize = r.int();
    const lengthOffset = r.int();
    const signed = r.flag();
    const made = new ArrayDescr(name, number, classId, kind, base, itemSize, lengthOffset, signed, r.flag());
    this.#descrs[index] = made;
    for (let n = r.int(); n > 0; n--) made.itemFields.push(this.descr(r.int()) as InteriorFieldDescr);
    return made;
  }

  #readCall(name: string, r: Reader): CallDescr {
    const args = r.text();
    const result = r.int();
    const effect = this.#effect(r.int());
    const array = r.int();
    const made = new CallDescr(name, args, result, effect, array < 0 ? null : (this.descr(array) as ArrayDescr));
    made.isC = r.flag();
    made.resultBits = r.int();
    made.resultSigned = r.flag();
    return made;
  }

  #effect(index: int): EffectInfo {
    const known = this.#effects[index];
    if (known !== null) return known;
    const r = new Reader(this, this.number(this.number(HEADER_EFFECT_OFFSETS) + index));
    const extra = r.int();
    const reads = r.ints();
    const writes = r.ints();
    const special = r.int();
    const canInvalidate = r.flag();
    const made = new EffectInfo(extra, reads, writes, special, canInvalidate, r.flag());
    this.#effects[index] = made;
    return made;
  }

  #readDriver(index: int, at: int): DriverInfo {
    const r = new Reader(this, at);
    const name = r.text();
    const portal = r.int();
    const greens = r.text();
    const reds = r.text();
    const greenNames = r.texts();
    const variables = new DriverVariables(greens, reds, greenNames, r.texts());
    const virtualizable = r.int();
    const info = virtualizable < 0 ? null : this.#readVirtualizable(r);
    const result = r.int();
    const address = r.pointer();
    const callDescr = this.descr(r.int()) as CallDescr;
    const location = r.pointer();
    return new DriverInfo(
      index,
      name,
      portal,
      variables,
      virtualizable,
      info,
      result,
      address,
      callDescr,
      location,
      r.pointer(),
    );
  }

  #readVirtualizable(r: Reader): VirtualizableInfo {
    const size = this.descr(r.int());
    const token = this.descr(r.int());
    const fields = this.#descrList(r);
    const arrayFields = this.#descrList(r);
    return new VirtualizableInfo(size, token, fields, arrayFields, this.#descrList(r));
  }

  #descrList(r: Reader): Descr[] {
    const list: Descr[] = [];
    for (let n = r.int(); n > 0; n--) list.push(this.descr(r.int()));
    return list;
  }
}

function readField(name: string, parent: SizeDescr, r: Reader): FieldDescr {
  const index = r.int();
  const kind = r.int();
  const place = readPlace(r);
  const immutable = r.flag();
  const quasi = r.flag();
  return new FieldDescr(name, parent, index, kind, place, immutable, quasi, r.int());
}

function readInterior(name: string, array: ArrayDescr, r: Reader): InteriorFieldDescr {
  const index = r.int();
  const kind = r.int();
  const place = readPlace(r);
  return new InteriorFieldDescr(name, array, index, kind, place, r.int());
}

function readPlace(r: Reader): Layout {
  const offset = r.int();
  const size = r.int();
  return new Layout(offset, size, r.flag());
}

/** A copy of n 16-bit units. */
function units(at: Address, first: int, n: int): Uint16Array {
  const copy = new Uint16Array(n);
  for (let i = 0; i < n; i++) copy[i] = at.loadUInt16(2 * (first + i));
  return copy;
}
