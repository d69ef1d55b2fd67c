/** Raising the errors of the system itself, out of line: what the failing branch of checked operations calls. */
import { DivisionByZeroError } from "../../rlib/errors.ts";

export function raiseDivisionByZero(): never {
  throw new DivisionByZeroError();
}

/** A quotient or product that no int can hold. */
export function raiseOverflow(): never {
  throw new RangeError("int out of range");
}

/** A float that is no int of the target's word. */
export function raiseNotAnInt(): never {
  throw new RangeError("float out of int range");
}
