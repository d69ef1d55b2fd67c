/** Arithmetic on words that is more than one operation. */
import { intShl, intShr } from "../../rlib/bits.ts";
import { DivisionByZeroError } from "../../rlib/errors.ts";
import { wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";

export function requireDivisor(b: int): void {
  if (b === 0) throw new DivisionByZeroError();
}

/** `a << n`, or null if bits or the sign are lost. */
export function shiftLeftChecked(a: int, n: int): int | null {
  if (a === 0) return 0;
  if (n >= wordBytes() * 8) return null;
  const shifted = intShl(a, n);
  return intShr(shifted, n) === a ? shifted : null;
}
