// float: a boxed IEEE double. Text conversion is in `floatformat.ts`; methods are in `floatmethods.ts`.
import {
  type float,
  floatHighBits,
  floatLowBits,
  type int,
  intShl,
  intUshr,
  toFloat,
  toInt,
  wordBits,
} from "rtypescript/rlib";
import { floatRepr } from "./floatformat.ts";
import { formatFloat } from "./formatspec.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  KIND_OverflowError,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_FLOORDIV,
  OP_MOD,
  OP_MUL,
  OP_POW,
  OP_SUB,
  OP_TRUEDIV,
  operationError,
  W_Root,
  zeroDivisionError,
} from "./root.ts";
import { builtinType, type W_Instance, type W_Type } from "./type.ts";

export const w_float = builtinType("float");

/** An object with a numeric value that floats can meet: exact ints. */
export abstract class W_Integer extends W_Root {
  /** OverflowError when too large. */
  abstract toFloat(): float;
  /** Exact comparison with a finite float: −1, 0, 1. */
  abstract compareFloat(f: float): int;
}

/** The float value of a float, int or bool, or null. Ints too large raise OverflowError. */
export function numberValue(w_x: W_Root): float | null {
  if (w_x instanceof W_Float) return w_x.value;
  const w_f = w_x.asFloat();
  if (w_f instanceof W_Float) return w_f.value;
  const w_i = w_x.asInt();
  if (w_i instanceof W_Integer) return w_i.toFloat();
  return null;
}

export class W_Float extends W_Root {
  readonly value: float;
  constructor(value: float) {
    super();
    this.value = value;
  }
  override getclass(): W_Type {
    return w_float;
  }
  override asFloat(): W_Root | null {
    return this;
  }
  override repr(): string {
    return floatRepr(this.value);
  }
  override format(spec: string): string {
    return formatFloat(this.value, spec, "float");
  }
  override truth(): boolean {
    return this.value !== 0;
  }
  override is(w_other: W_Root): boolean {
    return this === w_other;
  }
  override hash(): int {
    return floatHash(this.value, this);
  }
  override neg(): W_Root {
    return new W_Float(-this.value);
  }
  override pos(): W_Root {
    return this;
  }
  override abs(): W_Root {
    return new W_Float(Math.abs(this.value));
  }
  override compare(op: int, w_other: W_Root): int {
    if (w_other instanceof W_Float) return compareFloats(op, this.value, w_other.value);
    const w_f = w_other.asFloat();
    if (w_f instanceof W_Float) return compareFloats(op, this.value, w_f.value);
    const w_i = w_other.asInt();
    if (!(w_i instanceof W_Integer)) return NOT_IMPLEMENTED;
    const value = this.value;
    if (!Number.isFinite(value)) return compareFloats(op, value, 0.0);
    return compareInts(op, 0 - w_i.compareFloat(value), 0);
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    const right = numberValue(w_other);
    return right === null ? null : floatBinop(op, this.value, right);
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    const left = numberValue(w_left);
    return left === null ? null : floatBinop(op, left, this.value);
  }
}

/** An instance of a subclass of float. */
export class W_FloatSub extends W_Root {
  readonly w_payload: W_Float;
  readonly user: W_Instance;
  constructor(w_payload: W_Float, user: W_Instance) {
    super();
    this.w_payload = w_payload;
    this.user = user;
  }
  override getclass(): W_Type {
    return this.user.shape.w_class;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override asFloat(): W_Root | null {
    return this.w_payload;
  }
  override repr(): string {
    return this.w_payload.repr();
  }
  override truth(): boolean {
    return this.w_payload.truth();
  }
  override hash(): int {
    return this.w_payload.hash();
  }
  override neg(): W_Root {
    return this.w_payload.neg();
  }
  override pos(): W_Root {
    return this.w_payload;
  }
  override abs(): W_Root {
    return this.w_payload.abs();
  }
  override compare(op: int, w_other: W_Root): int {
    return this.w_payload.compare(op, w_other);
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    return this.w_payload.binop(op, w_other);
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return this.w_payload.rbinop(op, w_left);
  }
  override format(spec: string): string {
    return this.w_payload.format(spec);
  }
}

/** 1 or 0. */
export function compareFloats(op: int, a: float, b: float): int {
  let result = false;
  switch (op) {
    case CMP_LT:
      result = a < b;
      break;
    case CMP_LE:
      result = a <= b;
      break;
    case CMP_EQ:
      result = a === b;
      break;
    case CMP_NE:
      result = a !== b;
      break;
    case CMP_GT:
      result = a > b;
      break;
    case CMP_GE:
      result = a >= b;
      break;
  }
  return result ? 1 : 0;
}

/** 1 or 0. */
export function compareInts(op: int, a: int, b: int): int {
  let result = false;
  switch (op) {
    case CMP_LT:
      result = a < b;
      break;
    case CMP_LE:
      result = a <= b;
      break;
    case CMP_EQ:
      result = a === b;
      break;
    case CMP_NE:
      result = a !== b;
      break;
    case CMP_GT:
      result = a > b;
      break;
    case CMP_GE:
      result = a >= b;
      break;
  }
  return result ? 1 : 0;
}

function floatBinop(op: int, a: float, b: float): W_Root | null {
  switch (op) {
    case OP_ADD:
      return new W_Float(a + b);
    case OP_SUB:
      return new W_Float(a - b);
    case OP_MUL:
      return new W_Float(a * b);
    case OP_TRUEDIV:
      if (b === 0) throw zeroDivisionError("float division by zero");
      return new W_Float(a / b);
    case OP_FLOORDIV:
      if (b === 0) throw zeroDivisionError("float floor division by zero");
      return new W_Float(floatFloorDiv(a, b));
    case OP_MOD:
      if (b === 0) throw zeroDivisionError("float modulo");
      return new W_Float(floatMod(a, b));
    case OP_POW:
      if (a < 0 && Number.isFinite(b) && Math.floor(b) !== b && complexHook.power !== null) {
        return complexHook.power.power(a, b);
      }
      return new W_Float(floatPow(a, b));
    default:
      return null;
  }
}

/** A negative base with a fractional exponent gives a complex number; these are defined above this file. */
export abstract class ComplexPower {
  abstract power(a: float, b: float): W_Root;
}
class ComplexHook {
  power: ComplexPower | null;
  constructor() {
    this.power = null;
  }
}
export const complexHook = new ComplexHook();

function negativeZero(f: float): boolean {
  return f === 0 && 1 / f < 0;
}

/** Remainder with the sign of `b`, which is not 0. */
export function floatMod(a: float, b: float): float {
  let rest: float = a % b;
  if (rest !== 0) {
    if (b < 0 !== rest < 0) rest += b;
    return rest;
  }
  return b < 0 || negativeZero(b) ? -0.0 : 0.0;
}

/** Quotient rounded down, computed from the exact remainder. */
export function floatFloorDiv(a: float, b: float): float {
  let rest: float = a % b;
  let quotient: float = (a - rest) / b;
  if (rest !== 0) {
    if (b < 0 !== rest < 0) {
      rest += b;
      quotient -= 1.0;
    }
  }
  if (quotient === 0) return a / b < 0 || negativeZero(a / b) ? -0.0 : 0.0;
  let floor: float = Math.floor(quotient);
  if (quotient - floor > 0.5) floor += 1.0;
  return floor;
}

/** `a ** b` with Python's errors; a negative base with a fractional exponent is the caller's affair (NaN). */
export function floatPow(a: float, b: float): float {
  if (a === 1 || b === 0) return 1.0;
  if (a === 0 && b < 0) throw zeroDivisionError("0.0 cannot be raised to a negative power");
  if (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) return 1.0;
  const result: float = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b) && !Number.isNaN(result)) {
    throw operationError(KIND_OverflowError, "(34, 'Numerical result out of range')");
  }
  return result;
}

/** Mantissa in [0.5, 1) with the sign, and exponent. */
export class Frexp {
  readonly mantissa: float;
  readonly exponent: int;
  constructor(mantissa: float, exponent: int) {
    this.mantissa = mantissa;
    this.exponent = exponent;
  }
}
export function frexp(f: float): Frexp {
  if (f === 0 || !Number.isFinite(f)) return new Frexp(f, 0);
  let value: float = f;
  let exponent: int = 0;
  if (Math.abs(value) < 2.2250738585072014e-308) {
    value *= 18014398509481984.0;
    exponent = -54;
  }
  const bits: int = (floatHighBits(value) >> 20) & 2047;
  const shift: int = bits - 1022;
  return new Frexp(scaleByPower(value, 0 - shift), exponent + shift);
}

/** `f * 2 ** n`, rounded once. */
export function scaleByPower(f: float, n: int): float {
  let value: float = f;
  let left: int = n;
  while (left > 1000) {
    value *= 1.0715086071862673e301;
    left -= 1000;
  }
  while (left < -1000) {
    // Keep 53 bits until the last step: scale only while that stays normal.
    if (Math.abs(value) < 1e-290) break;
    value *= 9.332636185032189e-302;
    left += 1000;
  }
  if (left < -2100) return value * 0.0;
  if (left < -1022) {
    const half: int = left >> 1;
    return value * 2.0 ** toFloat(half) * 2.0 ** toFloat(left - half);
  }
  return value * 2.0 ** toFloat(left);
}

/** CPython's hash: the value modulo 2**61 − 1 (on narrower machines a hash of the bits). */
export function floatHash(f: float, w_self: W_Root): int {
  if (!Number.isFinite(f)) {
    if (Number.isNaN(f)) return objectHash(w_self);
    return f > 0 ? 314159 : -314159;
  }
  const whole: float = Math.trunc(f);
  if (whole === f && Math.abs(f) < 1000000000000000.0) {
    const i: int = toInt(f);
    return i === -1 ? -2 : i;
  }
  if (wordBits() !== 64) return wholeOrBits(f);
  return hash61(f);
}

function objectHash(w_self: W_Root): int {
  return w_self.address().length;
}

function wholeOrBits(f: float): int {
  if (Math.trunc(f) === f) {
    const rest: int = toInt(Math.abs(f) % 2147483647.0);
    return f < 0 ? 0 - rest : rest;
  }
  return floatHighBits(f) ^ floatLowBits(f);
}

function hash61(f: float): int {
  const modulus: int = intShl(1, 61) - 1;
  const parts = frexp(Math.abs(f));
  let m: float = parts.mantissa;
  let e: int = parts.exponent;
  let x: int = 0;
  while (m !== 0) {
    x = rotate61(x, 28, modulus);
    m *= 268435456.0;
    e -= 28;
    const y: int = toInt(m);
    m -= toFloat(y);
    x += y;
    if (x >= modulus) x -= modulus;
  }
  e = e >= 0 ? e % 61 : 60 - ((-1 - e) % 61);
  x = rotate61(x, e, modulus);
  if (f < 0) x = 0 - x;
  return x === -1 ? -2 : x;
}

function rotate61(x: int, n: int, modulus: int): int {
  // `x` has 61 bits: the high part comes back at the bottom.
  const high: int = intUshr(x, 61 - n);
  return intShl(x - intShl(high, 61 - n), n) + high >= modulus
    ? intShl(x - intShl(high, 61 - n), n) + high - modulus
    : intShl(x - intShl(high, 61 - n), n) + high;
}
