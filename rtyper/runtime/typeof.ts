/** `typeof` of values that may be null or undefined. */
import type { int } from "../../rlib/types.ts";

/** `flag` of a nullable scalar: 0 present, 1 null, 2 undefined. */
export function typeofScalar(flag: int, present: string): string {
  if (flag === 0) return present;
  return flag === 1 ? "object" : "undefined";
}

export function typeofReference(isNone: boolean, none: string, present: string): string {
  return isNone ? none : present;
}
