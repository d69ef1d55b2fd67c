/**
 * Values of literals, as the parser reads them and the compiler folds them, independent of Python's run-time objects.
 *
 * One final class with a kind rather than a class per type: folding looks at pairs of kinds, and a constant is made
 * once. Ints that certainly fit a machine word
 * are in `small`; larger ones keep their digits.
 */
import type { float, int } from "rtypescript/rlib";

export const C_NONE: int = 0;
export const C_BOOL: int = 1;
export const C_ELLIPSIS: int = 2;
export const C_INT: int = 3;
export const C_BIG_INT: int = 4;
export const C_FLOAT: int = 5;
export const C_COMPLEX: int = 6;
export const C_STR: int = 7;
export const C_BYTES: int = 8;
export const C_TUPLE: int = 9;
export const C_FROZENSET: int = 10;

export class ConstValue {
  readonly kind: int;
  /** C_INT: the value; C_BOOL: 0 or 1; C_BIG_INT: the radix of the digits in `text`. */
  readonly small: int;
  /** C_FLOAT, and the real part of C_COMPLEX. */
  readonly real: float;
  readonly imag: float;
  /** C_STR: the text in UTF-16; C_BIG_INT: the digits. */
  readonly text: string;
  /** C_BYTES: the bytes. C_STR: code points when some are surrogates (UTF-16 is ambiguous then), else null. */
  readonly data: readonly int[] | null;
  /** C_TUPLE, C_FROZENSET. */
  readonly items: readonly ConstValue[];
  /** A str literal written with the prefix `u`. */
  readonly hasUPrefix: boolean;
  constructor(
    kind: int,
    small: int,
    real: float,
    imag: float,
    text: string,
    data: readonly int[] | null,
    items: readonly ConstValue[],
    hasUPrefix: boolean,
  ) {
    this.kind = kind;
    this.small = small;
    this.real = real;
    this.imag = imag;
    this.text = text;
    this.data = data;
    this.items = items;
    this.hasUPrefix = hasUPrefix;
  }
}

const noItems: readonly ConstValue[] = [];

export const NONE_VALUE: ConstValue = new ConstValue(C_NONE, 0, 0.0, 0.0, "", null, noItems, false);
export const TRUE_VALUE: ConstValue = new ConstValue(C_BOOL, 1, 0.0, 0.0, "", null, noItems, false);
export const FALSE_VALUE: ConstValue = new ConstValue(C_BOOL, 0, 0.0, 0.0, "", null, noItems, false);
export const ELLIPSIS_VALUE: ConstValue = new ConstValue(C_ELLIPSIS, 0, 0.0, 0.0, "", null, noItems, false);

export function boolValue(b: boolean): ConstValue {
  return b ? TRUE_VALUE : FALSE_VALUE;
}

export function intValue(i: int): ConstValue {
  return new ConstValue(C_INT, i, 0.0, 0.0, "", null, noItems, false);
}

/** `digits` without prefix, sign and underscores. */
export function bigIntValue(digits: string, radix: int): ConstValue {
  return new ConstValue(C_BIG_INT, radix, 0.0, 0.0, digits, null, noItems, false);
}

export function floatValue(f: float): ConstValue {
  return new ConstValue(C_FLOAT, 0, f, 0.0, "", null, noItems, false);
}

export function complexValue(real: float, imag: float): ConstValue {
  return new ConstValue(C_COMPLEX, 0, real, imag, "", null, noItems, false);
}

export function strValue(text: string): ConstValue {
  return new ConstValue(C_STR, 0, 0.0, 0.0, text, null, noItems, false);
}

/** `points` is null unless the string has surrogates. */
export function strLiteral(text: string, points: readonly int[] | null, hasUPrefix: boolean): ConstValue {
  return new ConstValue(C_STR, 0, 0.0, 0.0, text, points, noItems, hasUPrefix);
}

export function bytesValue(data: readonly int[]): ConstValue {
  return new ConstValue(C_BYTES, 0, 0.0, 0.0, "", data, noItems, false);
}

export function tupleValue(items: readonly ConstValue[]): ConstValue {
  return new ConstValue(C_TUPLE, 0, 0.0, 0.0, "", null, items, false);
}

export function frozenSetValue(items: readonly ConstValue[]): ConstValue {
  return new ConstValue(C_FROZENSET, 0, 0.0, 0.0, "", null, items, false);
}

function floatKey(f: float): string {
  return f === 0.0 && 1.0 / f < 0.0 ? "-0" : `${f}`;
}

function dataKey(data: readonly int[] | null): string {
  return data === null ? "" : data.join(",");
}

/** Text that is equal exactly for constants that may share a slot: same type and same value, −0.0 apart from 0.0. */
export function constantKey(c: ConstValue): string {
  switch (c.kind) {
    case C_NONE:
      return "N";
    case C_BOOL:
      return c.small === 1 ? "T" : "F";
    case C_ELLIPSIS:
      return "E";
    case C_INT:
      return `i${c.small}`;
    case C_BIG_INT:
      return `I${c.small}:${c.text}`;
    case C_FLOAT:
      return `f${floatKey(c.real)}`;
    case C_COMPLEX:
      return `c${floatKey(c.real)},${floatKey(c.imag)}`;
    case C_STR:
      return c.data === null ? `s${c.text}` : `S${dataKey(c.data)}`;
    case C_BYTES:
      return `b${dataKey(c.data)}`;
  }
  const parts: string[] = [];
  for (const item of c.items) {
    const key: string = constantKey(item);
    parts.push(`${key.length}:${key}`);
  }
  return (c.kind === C_TUPLE ? "(" : "{") + parts.join(",");
}
