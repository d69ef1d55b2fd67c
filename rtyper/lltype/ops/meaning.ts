/**
 * What the arithmetic operations mean, as functions over simulated values; `llinterp` runs them and constant folding
 * folds with them. The word size is a parameter (32, 53 or 64: 53 is Node itself seen as a machine).
 *
 * Integers of word or 64-bit types are bigints, narrower ones numbers (types.ts); `wrap` brings an exact bigint into a
 * type's range and representation.
 */
import type { LowValue } from "../memory.ts";
import { Char, Int64, type LowType, Primitive } from "../types.ts";
import type { ARITH_OPS } from "./arith.ts";

export type ArithName = keyof typeof ARITH_OPS;

/** What a meaning may ask besides its operands. */
export interface Context {
  readonly wordBits: number;
  readonly argTypes: readonly LowType[];
  readonly resultType: LowType;
}

export function bitsOf(type: Primitive, wordBits: number): number {
  return type.bits === 0 ? wordBits : type.bits;
}

/** The exact integer as a value of the type, wrapped to its width. */
export function wrap(value: bigint, type: LowType, wordBits: number): bigint | number {
  if (!(type instanceof Primitive)) throw new Error(`${type.toText()} is not an integer type`);
  const bits = bitsOf(type, wordBits);
  const wrapped = type.signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  return isBig(type) ? wrapped : Number(wrapped);
}

function isBig(type: Primitive): boolean {
  return type.kind === "integer" && (type.bits === 0 || type.bits === 64);
}

type Meaning = (context: Context, ...args: LowValue[]) => LowValue;

const big = (v: LowValue): bigint => BigInt(v as bigint | number);
const real = (v: LowValue): number => v as number;

/** A binary integer operation computed exactly, then wrapped. */
const exact =
  (f: (a: bigint, b: bigint) => bigint): Meaning =>
  (c, a, b) =>
    wrap(f(big(a as LowValue), big(b as LowValue)), c.resultType, c.wordBits);

/** Whether the exact result leaves the operands' type. */
const overflows =
  (f: (a: bigint, b: bigint) => bigint): Meaning =>
  (c, a, b) => {
    const value = f(big(a as LowValue), big(b as LowValue));
    return big(wrap(value, c.argTypes[0] as LowType, c.wordBits)) !== value;
  };

const compare =
  (f: (a: bigint, b: bigint) => boolean): Meaning =>
  (_c, a, b) =>
    f(big(a as LowValue), big(b as LowValue));

const floatOp =
  (f: (a: number, b: number) => number): Meaning =>
  (_c, a, b) =>
    f(real(a as LowValue), real(b as LowValue));

const floatTest =
  (f: (a: number, b: number) => boolean): Meaning =>
  (_c, a, b) =>
    f(real(a as LowValue), real(b as LowValue));

const floatUnary =
  (f: (a: number) => number): Meaning =>
  (_c, a) =>
    f(real(a as LowValue));

const identity: Meaning = (_c, a) => a as LowValue;

function width(c: Context): number {
  return bitsOf(c.argTypes[0] as Primitive, c.wordBits);
}

function unsignedBits(c: Context, v: LowValue): string {
  return BigInt.asUintN(width(c), big(v)).toString(2).padStart(width(c), "0");
}

const scratch = new DataView(new ArrayBuffer(8));

export const MEANINGS: Record<ArithName, Meaning> = {
  int_add: exact((a, b) => a + b),
  int_sub: exact((a, b) => a - b),
  int_mul: exact((a, b) => a * b),
  int_div: exact((a, b) => a / b),
  int_mod: exact((a, b) => a % b),
  int_neg: (c, a) => wrap(-big(a as LowValue), c.resultType, c.wordBits),
  int_and: exact((a, b) => a & b),
  int_or: exact((a, b) => a | b),
  int_xor: exact((a, b) => a ^ b),
  int_invert: (c, a) => wrap(~big(a as LowValue), c.resultType, c.wordBits),
  int_shl: exact((a, b) => a << b),
  int_shr: exact((a, b) => a >> b),
  int_add_overflows: overflows((a, b) => a + b),
  int_sub_overflows: overflows((a, b) => a - b),
  int_mul_overflows: overflows((a, b) => a * b),
  int_lt: compare((a, b) => a < b),
  int_le: compare((a, b) => a <= b),
  int_gt: compare((a, b) => a > b),
  int_ge: compare((a, b) => a >= b),
  int_eq: compare((a, b) => a === b),
  int_ne: compare((a, b) => a !== b),
  int_cast: (c, a) => wrap(big(a as LowValue), c.resultType, c.wordBits),
  int_count_leading_zeros: (c, a) => {
    const bits = unsignedBits(c, a as LowValue);
    const at = bits.indexOf("1");
    return wrap(BigInt(at < 0 ? bits.length : at), c.resultType, c.wordBits);
  },
  int_count_trailing_zeros: (c, a) => {
    const bits = unsignedBits(c, a as LowValue);
    const at = bits.lastIndexOf("1");
    return wrap(BigInt(at < 0 ? bits.length : bits.length - 1 - at), c.resultType, c.wordBits);
  },
  int_popcount: (c, a) => {
    const ones = [...unsignedBits(c, a as LowValue)].filter((bit) => bit === "1").length;
    return wrap(BigInt(ones), c.resultType, c.wordBits);
  },
  int_mul_high: (c, a, b) =>
    wrap((big(a as LowValue) * big(b as LowValue)) >> BigInt(width(c)), c.resultType, c.wordBits),
  bool_not: (_c, a) => !a,
  bool_eq: (_c, a, b) => a === b,
  bool_to_int: (c, a) => wrap(a === true ? 1n : 0n, c.resultType, c.wordBits),
  int_to_bool: (_c, a) => big(a as LowValue) !== 0n,
  char_eq: (_c, a, b) => a === b,
  char_to_int: (c, a) => wrap(big(a as LowValue), c.resultType, c.wordBits),
  int_to_char: (_c, a) => Number(BigInt.asUintN(Char.bits, big(a as LowValue))),
  float_add: floatOp((a, b) => a + b),
  float_sub: floatOp((a, b) => a - b),
  float_mul: floatOp((a, b) => a * b),
  float_div: floatOp((a, b) => a / b),
  float_mod: floatOp((a, b) => a % b),
  float_neg: floatUnary((a) => -a),
  float_abs: floatUnary(Math.abs),
  float_sqrt: floatUnary(Math.sqrt),
  float_floor: floatUnary(Math.floor),
  float_ceil: floatUnary(Math.ceil),
  float_trunc: floatUnary(Math.trunc),
  float_lt: floatTest((a, b) => a < b),
  float_le: floatTest((a, b) => a <= b),
  float_gt: floatTest((a, b) => a > b),
  float_ge: floatTest((a, b) => a >= b),
  float_eq: floatTest((a, b) => a === b),
  float_ne: floatTest((a, b) => a !== b),
  int_to_float: (_c, a) => Number(big(a as LowValue)),
  float_to_int: (c, a) => wrap(BigInt(Math.trunc(real(a as LowValue))), c.resultType, c.wordBits),
  float_to_single: floatUnary(Math.fround),
  single_to_float: identity,
  float_to_bits: (_c, a) => {
    scratch.setFloat64(0, real(a as LowValue));
    return scratch.getBigInt64(0);
  },
  bits_to_float: (_c, a) => {
    scratch.setBigInt64(0, wrap(big(a as LowValue), Int64, 64) as bigint);
    return scratch.getFloat64(0);
  },
  same_as: identity,
  likely: identity,
  unlikely: identity,
};

/** The meaning of an operation, or null when it is not arithmetic. */
export function findMeaning(opname: string): Meaning | null {
  return (MEANINGS as Record<string, Meaning | undefined>)[opname] ?? null;
}
