/**
 * Limits shared by the helpers, the same as Node's, so that a program meets them at the same place, and the errors
 * raised for them. Both are kept out of line: callers test, these throw.
 */
import type { int } from "../../rlib/types.ts";

/** UTF-16 units in the longest string. */
export const MAX_STRING_LENGTH: int = 536870888;
/** Items in the longest list. */
export const MAX_LIST_LENGTH: int = 1073741823;

/** Throws for a string that would be too long. */
export function stringTooLong(): never {
  throw new RangeError("Invalid string length");
}

/** Throws for a list that would be too long or of negative length. */
export function invalidLength(): never {
  throw new RangeError("Invalid array length");
}
