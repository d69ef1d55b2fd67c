// The two machines: their registers, who saves them across calls, and where functions take their arguments.
//
// rbp is the frame pointer and never allocated. One register of each file is the assembler's own: xmm15 (xmm7), and on
// x86-64 r11; x86-32 has no general register to spare, so everything there that needs one is given it by the allocator.
import type { int } from "../../../rlib/types.ts";
import {
  FIRST_SLOT,
  R8,
  R9,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15,
  RAX,
  RBX,
  RCX,
  RDI,
  RDX,
  RSI,
  XMM,
} from "./encoder/registers.ts";

/** Where a function finds its arguments. */
export const CONVENTION_FAST = 0;
export const CONVENTION_C = 1;

/** A location code for the n-th word of outgoing arguments on the stack: OUTGOING - n. */
export const OUTGOING = -1000000;

export class Machine {
  readonly wide: boolean;
  readonly wordBytes: int;
  /** Bits of the registers that values may live in (bit n is register n); for xmm, bit n is xmm n. */
  readonly general: int;
  readonly xmm: int;
  /** General registers that calls leave alone; no xmm register is. */
  readonly preserved: int;
  /** General registers whose low byte can be stored and set. */
  readonly bytes: int;
  /** The assembler's own registers; -1 where there is none. */
  readonly scratch: int;
  readonly scratchXmm: int;
  readonly #integerArguments: readonly int[];
  readonly #fastArguments: readonly int[];

  constructor(wide: boolean) {
    this.wide = wide;
    this.wordBytes = wide ? 8 : 4;
    const low = bit(RAX) | bit(RCX) | bit(RDX) | bit(RBX) | bit(RSI) | bit(RDI);
    const high = bit(R8) | bit(R9) | bit(R10) | bit(R12) | bit(R13) | bit(R14) | bit(R15);
    this.general = wide ? low | high : low;
    this.xmm = wide ? 0x7fff : 0x7f;
    this.preserved = wide ? bit(RBX) | bit(R12) | bit(R13) | bit(R14) | bit(R15) : bit(RBX) | bit(RSI) | bit(RDI);
    this.bytes = wide ? this.general : bit(RAX) | bit(RCX) | bit(RDX) | bit(RBX);
    this.scratch = wide ? R11 : -1;
    this.scratchXmm = XMM + (wide ? 15 : 7);
    this.#integerArguments = wide ? [RDI, RSI, RDX, RCX, R8, R9] : [];
    this.#fastArguments = wide ? this.#integerArguments : [RCX, RDX];
  }

  /**
   * Appends where a function takes its arguments, whose kinds are letters `irf`: registers, or words of the stack as
   * OUTGOING - n. Gives how many bytes of stack they take.
   */
  placeArguments(kinds: string, convention: int, places: int[]): int {
    const registers = convention === CONVENTION_C ? this.#integerArguments : this.#fastArguments;
    const xmmCount = this.wide ? 8 : convention === CONVENTION_C ? 0 : 3;
    let integers = 0;
    let floats = 0;
    let stack = 0;
    for (let i = 0; i < kinds.length; i++) {
      if (kinds.charAt(i) === "f") {
        if (floats < xmmCount) places.push(XMM + floats++);
        else {
          places.push(OUTGOING - stack);
          stack += this.wide ? 1 : 2;
        }
      } else if (integers < registers.length) places.push(registers[integers++] as int);
      else places.push(OUTGOING - stack++);
    }
    return stack * this.wordBytes;
  }
}

function bit(register: int): int {
  return 1 << register;
}

/** Number of the lowest bit that is set; the mask is not 0. */
export function lowestBit(mask: int): int {
  return 31 - Math.clz32(mask & -mask);
}

/** Is it a place among the outgoing arguments on the stack? */
export function isOutgoing(location: int): boolean {
  return location <= OUTGOING;
}

/** Constants are locations too: the n-th constant of the code under construction is FIRST_CONSTANT - n. */
export const FIRST_CONSTANT = -2;

export function isConstant(location: int): boolean {
  return location <= FIRST_CONSTANT && location > OUTGOING;
}

/** Number of a frame slot. */
export function slotNumber(location: int): int {
  return location - FIRST_SLOT;
}
