// Numbers of registers, and locations of values.
//
// A location is one int, so that the allocator's tables are lists of ints and comparing is cheap: 0–15 are general
// registers by their machine numbers, 16–31 xmm registers, and from FIRST_SLOT upward slots of the frame; NOWHERE is
// no location. A slot is one machine word; a float takes one slot on x86-64 and two neighbours on x86-32.
import type { int } from "../../../../rlib/types.ts";

export const RAX = 0;
export const RCX = 1;
export const RDX = 2;
export const RBX = 3;
export const RSP = 4;
export const RBP = 5;
export const RSI = 6;
export const RDI = 7;
export const R8 = 8;
export const R9 = 9;
export const R10 = 10;
export const R11 = 11;
export const R12 = 12;
export const R13 = 13;
export const R14 = 14;
export const R15 = 15;

/** Added to the number of an xmm register to make it a location. */
export const XMM = 16;
export const FIRST_SLOT = 32;
export const NOWHERE = -1;

export function isGeneral(location: int): boolean {
  return location >= 0 && location < XMM;
}

export function isXmm(location: int): boolean {
  return location >= XMM && location < FIRST_SLOT;
}

export function isSlot(location: int): boolean {
  return location >= FIRST_SLOT;
}
