/** Texts of values that may be null, and tests on strings that may be null. */
import { isNull } from "../../rlib/lowlevel.ts";
import type { char, float, int } from "../../rlib/types.ts";
import { boolToString, floatToString, intToString } from "./number.ts";
import { stringOfUnit } from "./string.ts";

/** `s ? … : …`. */
export function stringTruth(s: string): boolean {
  return !isNull(s) && s.length > 0;
}

/** The text, or the word for its absence. */
export function nullableStringText(s: string, absent: string): string {
  return isNull(s) ? absent : s;
}

export function nullableIntText(x: int | null | undefined): string {
  if (x === null) return "null";
  return x === undefined ? "undefined" : intToString(x);
}

export function nullableFloatText(x: float | null | undefined): string {
  if (x === null) return "null";
  return x === undefined ? "undefined" : floatToString(x);
}

export function nullableBoolText(x: boolean | null | undefined): string {
  if (x === null) return "null";
  return x === undefined ? "undefined" : boolToString(x);
}

/** The text of a nullable char: `text` if it is there; else by its flag (1 null, 2 undefined). */
export function unitOrNoneText(isThere: boolean, flag: int, text: string): string {
  if (isThere) return text;
  return flag === 1 ? "null" : "undefined";
}

/** `list.join` writes nothing for null and undefined. */
export function joinedInt(x: int | null | undefined): string {
  return x === null || x === undefined ? "" : intToString(x);
}

export function joinedFloat(x: float | null | undefined): string {
  return x === null || x === undefined ? "" : floatToString(x);
}

export function joinedBool(x: boolean | null | undefined): string {
  return x === null || x === undefined ? "" : boolToString(x);
}

/** A string that is its own text. */
export function sameText(s: string): string {
  return s;
}

export function joinedString(s: string): string {
  return isNull(s) ? "" : s;
}

/** The text of a char. */
export function textOfChar(c: char): string {
  return stringOfUnit(c.charCodeAt(0));
}

/** The text of an item of a list in which there are only null and undefined. */
export function noText(_x: boolean): string {
  return "";
}

export function joinedChar(c: char | null | undefined): string {
  return c === null || c === undefined ? "" : textOfChar(c);
}

export function joinedBigInt(x: bigint): string {
  return isNull(x) ? "" : x.toString();
}

/** The text of an unsigned 32-bit number that a 32-bit word holds as a negative one. */
export function uint32Text(x: int): string {
  return x < 0 ? floatToString(x + 4294967296.0) : intToString(x);
}

export function nullableBigIntText(x: bigint, absent: string): string {
  return isNull(x) ? absent : x.toString();
}
