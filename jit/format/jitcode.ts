/**
 * Jitcodes and the store that holds all of a program.
 *
 * A frame of a jitcode has one array of registers per kind; the constants follow the registers (`fill…` at the start of
 * a frame puts them there), so that instructions need not tell them apart. See `instructions.ts` for the code itself.
 *
 * The store is a table by number. On Node the codewriter fills it; natively `serial.ts` decodes each entry at its first
 * use out of the binary's static table, so that a program that never gets hot pays nothing.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import { type CallDescr, Descr } from "./descr.ts";

/** Bytecode of one function of the interpreter. */
export class JitCode {
  /** Its number in the store. */
  readonly index: int;
  /** Name of the low-level function. */
  readonly name: string;
  /** The code, in units. */
  readonly code: Uint16Array;
  /** Registers by kind, without constants. */
  readonly intRegisters: int;
  readonly refRegisters: int;
  readonly floatRegisters: int;
  readonly intConstants: readonly int[];
  readonly refConstants: readonly (GcRef | null)[];
  readonly floatConstants: readonly float[];
  /** Letters of the arguments; the n-th of a kind arrives in register n of that kind. */
  readonly arguments: string;
  /** KIND_… of the result. */
  readonly result: int;
  /** Machine address of the function itself, to call instead of following it; 0 where there is none. */
  readonly address: int;
  /** For such calls. */
  readonly callDescr: CallDescr;
  /** Number of the driver whose portal this is, -1 for other functions. */
  readonly portalOf: int;

  constructor(
    index: int,
    name: string,
    code: Uint16Array,
    registers: readonly int[],
    constants: JitConstants,
    args: string,
    result: int,
    address: int,
    callDescr: CallDescr,
    portalOf: int,
  ) {
    this.index = index;
    this.name = name;
    this.code = code;
    this.intRegisters = registers[0] as int;
    this.refRegisters = registers[1] as int;
    this.floatRegisters = registers[2] as int;
    this.intConstants = constants.ints;
    this.refConstants = constants.refs;
    this.floatConstants = constants.floats;
    this.arguments = args;
    this.result = result;
    this.address = address;
    this.callDescr = callDescr;
    this.portalOf = portalOf;
  }

  /** Two units as one number. */
  wide(at: int): int {
    return (this.code[at] as int) + (this.code[at + 1] as int) * 65536;
  }

  /** A unit as a signed number. */
  small(at: int): int {
    const unit = this.code[at] as int;
    return unit >= 32768 ? unit - 65536 : unit;
  }
}

/** Constants by kind. */
export class JitConstants {
  readonly ints: readonly int[];
  readonly refs: readonly (GcRef | null)[];
  readonly floats: readonly float[];

  constructor(ints: readonly int[], refs: readonly (GcRef | null)[], floats: readonly float[]) {
    this.ints = ints;
    this.refs = refs;
    this.floats = floats;
  }
}

/** Cases of a `switch` instruction: values in ascending order, and where each goes on. */
export class SwitchDescr extends Descr {
  readonly values: readonly int[];
  /** Positions in the jitcode. */
  readonly targets: readonly int[];

  constructor(name: string, values: readonly int[], targets: readonly int[]) {
    super(name);
    this.values = values;
    this.targets = targets;
  }

  /** Where a value goes on; -1 when no case fits. */
  find(value: int): int {
    let low = 0;
    let high = this.values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.values[middle] as int;
      if (at === value) return this.targets[middle] as int;
      if (at < value) low = middle + 1;
      else high = middle;
    }
    return -1;
  }
}

/** What a check says when it stops the program. */
export class TextDescr extends Descr {
  /** Address of the text for native code, zero-terminated UTF-8; 0 on Node. */
  readonly address: int;

  constructor(text: string, address: int) {
    super(text);
    this.address = address;
  }
}

/** A JitDriver of the program with its portal. */
export class DriverInfo {
  readonly index: int;
  readonly name: string;
  /** Jitcode of the portal: starts at its merge point with greens, then reds, as arguments. */
  readonly portal: int;
  /** Letters of the greens, then of the reds, in the order of the portal's arguments. */
  readonly greens: string;
  readonly reds: string;
  readonly greenNames: readonly string[];
  readonly redNames: readonly string[];
  /** Place among the reds of the virtualizable, -1 without. */
  readonly virtualizable: int;
  readonly virtualizableInfo: VirtualizableInfo | null;
  /** KIND_… of the portal's result. */
  readonly result: int;
  /** Machine address of the portal at its merge point, taking greens and reds; and how to call it. */
  readonly address: int;
  readonly callDescr: CallDescr;
  /** Address of `location`, a function of the greens giving a string; 0 without. */
  readonly location: int;
  /** Address of `canInline`, a function of the greens giving a boolean; 0 without. */
  readonly canInline: int;

  constructor(
    index: int,
    name: string,
    portal: int,
    variables: DriverVariables,
    virtualizable: int,
    virtualizableInfo: VirtualizableInfo | null,
    result: int,
    address: int,
    callDescr: CallDescr,
    location: int,
    canInline: int,
  ) {
    this.index = index;
    this.name = name;
    this.portal = portal;
    this.greens = variables.greens;
    this.reds = variables.reds;
    this.greenNames = variables.greenNames;
    this.redNames = variables.redNames;
    this.virtualizable = virtualizable;
    this.virtualizableInfo = virtualizableInfo;
    this.result = result;
    this.address = address;
    this.callDescr = callDescr;
    this.location = location;
    this.canInline = canInline;
  }
}

/** Greens and reds of a driver. */
export class DriverVariables {
  readonly greens: string;
  readonly reds: string;
  readonly greenNames: readonly string[];
  readonly redNames: readonly string[];

  constructor(greens: string, reds: string, greenNames: readonly string[], redNames: readonly string[]) {
    this.greens = greens;
    this.reds = reds;
    this.greenNames = greenNames;
    this.redNames = redNames;
  }
}

/** Which fields of a virtualizable class live in registers. */
export class VirtualizableInfo {
  /** SizeDescr of the class. */
  readonly size: Descr;
  /** The hidden token: 0, tracing, or the machine frame. */
  readonly token: Descr;
  /** FieldDescrs. */
  readonly fields: readonly Descr[];
  /** FieldDescrs of fixed-size arrays, and the ArrayDescr of each. */
  readonly arrayFields: readonly Descr[];
  readonly arrays: readonly Descr[];

  constructor(
    size: Descr,
    token: Descr,
    fields: readonly Descr[],
    arrayFields: readonly Descr[],
    arrays: readonly Descr[],
  ) {
    this.size = size;
    this.token = token;
    this.fields = fields;
    this.arrayFields = arrayFields;
    this.arrays = arrays;
  }
}

/** Everything that the JIT knows about a program, by number. */
export abstract class JitStore {
  /** Liveness of all jitcodes; see `readLive`. */
  abstract readonly liveness: Uint16Array;
  abstract readonly drivers: readonly DriverInfo[];
  abstract jitcode(index: int): JitCode;
  abstract descr(index: int): Descr;
  /** Number of the jitcode of the function at a machine address, -1 if the tracer does not follow it. */
  abstract jitcodeAt(address: int): int;
}

/**
 * The registers that a `live` instruction names. In the table stand, at its offset: the number of int, of ref and of
 * float registers, then the registers themselves in that order, ascending in each kind.
 */
export class LiveRegisters {
  readonly #table: Uint16Array;
  readonly #offset: int;

  constructor(table: Uint16Array, offset: int) {
    this.#table = table;
    this.#offset = offset;
  }

  /** How many of a kind (KIND_INT, KIND_REF, KIND_FLOAT). */
  count(kind: int): int {
    return this.#table[this.#offset + kind] as int;
  }

  /** How many in all. */
  get total(): int {
    return this.count(0) + this.count(1) + this.count(2);
  }

  /** The n-th of a kind. */
  register(kind: int, n: int): int {
    let at = this.#offset + 3 + n;
    for (let k = 0; k < kind; k++) at += this.count(k);
    return this.#table[at] as int;
  }
}
