/** Chars where they meet strings. Natively a char is its unit, a word; −1 stands for the empty char. */
import { isNull, unitAt } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import { stringOfUnit } from "./string.ts";

/** The string of a unit, "" for −1. */
export function stringOfUnitOrNone(unit: int): string {
  return unit < 0 ? "" : stringOfUnit(unit);
}

/** The unit of a string that a contract declares to be one char. */
export function unitOfString(s: string): int {
  if (s.length !== 1) throw new RangeError("a string that is not one char long where a char is declared");
  return unitAt(s, 0);
}

/** The same, −1 for "". */
export function unitOrNoneOfString(s: string): int {
  if (s.length === 0) return -1;
  return unitOfString(s);
}

/** Is a string, which may be null, the char of a unit (−1: empty)? */
export function stringIsUnit(s: string, unit: int): boolean {
  if (isNull(s)) return false;
  if (unit < 0) return s.length === 0;
  return s.length === 1 && unitAt(s, 0) === unit;
}

/** `String.fromCharCode(code)`: the code modulo 2**16. */
export function unitOfCode(code: int): string {
  return stringOfUnit(code & 0xffff);
}
