// Condition codes by the machine's numbers; the lowest bit of each inverts it.
import type { int } from "../../../../rlib/types.ts";

export const OVERFLOW = 0;
export const BELOW = 2;
export const ABOVE_EQUAL = 3;
export const EQUAL = 4;
export const NOT_EQUAL = 5;
export const BELOW_EQUAL = 6;
export const ABOVE = 7;
export const SIGN = 8;
export const NO_SIGN = 9;
export const PARITY = 10;
export const NO_PARITY = 11;
export const LESS = 12;
export const GREATER_EQUAL = 13;
export const LESS_EQUAL = 14;
export const GREATER = 15;

/** The opposite condition. */
export function inverse(condition: int): int {
  return condition ^ 1;
}

/** The condition that holds for (b, a) exactly when this one holds for (a, b). */
export function exchanged(condition: int): int {
  switch (condition) {
    case BELOW:
      return ABOVE;
    case ABOVE:
      return BELOW;
    case BELOW_EQUAL:
      return ABOVE_EQUAL;
    case ABOVE_EQUAL:
      return BELOW_EQUAL;
    case LESS:
      return GREATER;
    case GREATER:
      return LESS;
    case LESS_EQUAL:
      return GREATER_EQUAL;
    case GREATER_EQUAL:
      return LESS_EQUAL;
    default:
      return condition;
  }
}
