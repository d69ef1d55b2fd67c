// int and bool: machine words (W_Int) that overflow into big integers (W_Long); a value that fits a word is always a
// W_Int. Methods are in `intmethods.ts`.
import {
  bigIntToInt,
  type float,
  type int,
  intAddOvf,
  intAnd,
  intFloorDiv,
  intFloorMod,
  intMulOvf,
  intNegOvf,
  intNot,
  intOr,
  intShl,
  intShlOvf,
  intShr,
  intSubOvf,
  intXor,
  maxInt,
  minInt,
  toFloat,
  toInt,
  wordBits,
} from "rtypescript/rlib";
import { compareInts, floatPow, W_Float, W_Integer } from "./float.ts";
import { formatBig, formatWord } from "./formatspec.ts";
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_AND,
  OP_FLOORDIV,
  OP_LSHIFT,
  OP_MOD,
  OP_MUL,
  OP_OR,
  OP_POW,
  OP_RSHIFT,
  OP_SUB,
  OP_TRUEDIV,
  OP_XOR,
  overflowError,
  valueError,
  W_Root,
  zeroDivisionError,
} from "./root.ts";
import { builtinType, type W_Instance, type W_Type } from "./type.ts";

export const w_int = builtinType("int");
export const w_bool = builtinType("bool", w_int);
w_bool.acceptsSubclasses = false;

/** `sys.set_int_max_str_digits`. */
class DigitLimit {
  digits: int;
  constructor() {
    this.digits = 4300;
  }
}
export const digitLimit = new DigitLimit();

/** An int of at most a word. */
export class W_Int extends W_Integer {
  readonly value: int;
  constructor(value: int) {
    super();
    this.value = value;
  }
  override getclass(): W_Type {
    return w_int;
  }
  override asInt(): W_Root | null {
    return this;
  }
  override toFloat(): float {
    return toFloat(this.value);
  }
  override compareFloat(f: float): int {
    const value = this.value;
    if (value > -4503599627370496 && value < 4503599627370496) {
      const mine: float = toFloat(value);
      return mine < f ? -1 : mine > f ? 1 : 0;
    }
    return compareBigWithFloat(BigInt(value), f);
  }
  override is(w_other: W_Root): boolean {
    return w_other instanceof W_Int && w_other.value === this.value;
  }
  override repr(): string {
    return String(this.value);
  }
  override format(spec: string): string {
    return formatWord(this.value, spec, "int");
  }
  override hash(): int {
    return hashWord(this.value);
  }
  override truth(): boolean {
    return this.value !== 0;
  }
  override neg(): W_Root {
    const r = intNegOvf(this.value);
    return r === null ? new W_Long(-BigInt(this.value)) : new W_Int(r);
  }
  override pos(): W_Root {
    return this;
  }
  override invert(): W_Root {
    return new W_Int(intNot(this.value));
  }
  override abs(): W_Root {
    return this.value < 0 ? this.neg() : this;
  }
  override compare(op: int, w_other: W_Root): int {
    if (w_other instanceof W_Int) return compareInts(op, this.value, w_other.value);
    const w_o = w_other.asInt();
    if (w_o instanceof W_Int) return compareInts(op, this.value, w_o.value);
    if (w_o instanceof W_Long) return compareInts(op, 0, w_o.value > 0n ? 1 : -1);
    return NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (w_other instanceof W_Int) return intBinop(op, this.value, w_other.value);
    const w_o = w_other.asInt();
    if (w_o instanceof W_Int) return intBinop(op, this.value, w_o.value);
    if (w_o instanceof W_Long) return bigBinop(op, BigInt(this.value), w_o.value);
    return null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    const w_l = w_left.asInt();
    return w_l === null ? null : w_l.binop(op, this);
  }
  override powmod(w_exponent: W_Root, w_modulus: W_Root): W_Root | null {
    return powMod(this, w_exponent, w_modulus);
  }
}

/** An int beyond a word. */
export class W_Long extends W_Integer {
  readonly value: bigint;
  constructor(value: bigint) {
    super();
    this.value = value;
  }
  override getclass(): W_Type {
    return w_int;
  }
  override asInt(): W_Root | null {
    return this;
  }
  override toFloat(): float {
    const f: float = Number(this.value);
    if (!Number.isFinite(f)) throw overflowError("int too large to convert to float");
    return f;
  }
  override compareFloat(f: float): int {
    return compareBigWithFloat(this.value, f);
  }
  override repr(): string {
    return bigToText(this.value);
  }
  override format(spec: string): string {
    return formatBig(this.value, () => bigToText(this.value), spec, "int");
  }
  override hash(): int {
    return hashBig(this.value);
  }
  override neg(): W_Root {
    return fromBig(-this.value);
  }
  override pos(): W_Root {
    return this;
  }
  override invert(): W_Root {
    return fromBig(-this.value - 1n);
  }
  override abs(): W_Root {
    return this.value < 0n ? new W_Long(-this.value) : this;
  }
  override compare(op: int, w_other: W_Root): int {
    const w_o = w_other.asInt();
    if (w_o instanceof W_Int) return compareInts(op, this.value > 0n ? 1 : -1, 0);
    if (w_o instanceof W_Long) return compareBigs(op, this.value, w_o.value);
    return NOT_IMPLEMENTED;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    const w_o = w_other.asInt();
    if (w_o instanceof W_Int) return bigBinop(op, this.value, BigInt(w_o.value));
    if (w_o instanceof W_Long) return bigBinop(op, this.value, w_o.value);
    return null;
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    const w_l = w_left.asInt();
    return w_l === null ? null : w_l.binop(op, this);
  }
  override powmod(w_exponent: W_Root, w_modulus: W_Root): W_Root | null {
    return powMod(this, w_exponent, w_modulus);
  }
}

export class W_Bool extends W_Root {
  readonly value: boolean;
  readonly w_asInt: W_Int;
  constructor(value: boolean) {
    super();
    this.value = value;
    this.w_asInt = new W_Int(value ? 1 : 0);
  }
  override getclass(): W_Type {
    return w_bool;
  }
  override asInt(): W_Root | null {
    return this.w_asInt;
  }
  override repr(): string {
    return this.value ? "True" : "False";
  }
  override hash(): int {
    return this.value ? 1 : 0;
  }
  override truth(): boolean {
    return this.value;
  }
  override neg(): W_Root {
    return this.w_asInt.neg();
  }
  override pos(): W_Root {
    return this.w_asInt;
  }
  override invert(): W_Root {
    return this.w_asInt.invert();
  }
  override abs(): W_Root {
    return this.w_asInt;
  }
  override compare(op: int, w_other: W_Root): int {
    return this.w_asInt.compare(op, w_other);
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    if (w_other instanceof W_Bool) {
      if (op === OP_AND) return newbool(this.value && w_other.value);
      if (op === OP_OR) return newbool(this.value || w_other.value);
      if (op === OP_XOR) return newbool(this.value !== w_other.value);
    }
    return this.w_asInt.binop(op, w_other);
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    return this.w_asInt.rbinop(op, w_left);
  }
  override powmod(w_exponent: W_Root, w_modulus: W_Root): W_Root | null {
    return powMod(this, w_exponent, w_modulus);
  }
  override format(spec: string): string {
    return spec.length === 0 ? this.repr() : formatWord(this.w_asInt.value, spec, "bool");
  }
}

/** An instance of a subclass of int. */
export class W_IntSub extends W_Root {
  readonly w_payload: W_Integer;
  readonly user: W_Instance;
  constructor(w_payload: W_Integer, user: W_Instance) {
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
  override asInt(): W_Root | null {
    return this.w_payload;
  }
  override repr(): string {
    return this.w_payload.repr();
  }
  override hash(): int {
    return this.w_payload.hash();
  }
  override truth(): boolean {
    return this.w_payload.truth();
  }
  override neg(): W_Root {
    return this.w_payload.neg();
  }
  override pos(): W_Root {
    return this.w_payload;
  }
  override invert(): W_Root {
    return this.w_payload.invert();
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
  override powmod(w_exponent: W_Root, w_modulus: W_Root): W_Root | null {
    return powMod(this, w_exponent, w_modulus);
  }
  override format(spec: string): string {
    return this.w_payload.format(spec);
  }
}

export const w_True = new W_Bool(true);
export const w_False = new W_Bool(false);

export function newbool(value: boolean): W_Root {
  return value ? w_True : w_False;
}
export function newint(value: int): W_Root {
  return new W_Int(value);
}

/** The int of this value. */
export function fromBig(value: bigint): W_Integer {
  if (value >= BigInt(minInt()) && value <= BigInt(maxInt())) return new W_Int(bigIntToInt(value));
  return new W_Long(value);
}

/** The value of an exact int. */
export function bigOf(w_int: W_Root): bigint {
  if (w_int instanceof W_Int) return BigInt(w_int.value);
  return (w_int as W_Long).value;
}

/** The int that a finite float's whole part is. */
export function intFromFloat(f: float): W_Integer {
  const whole: float = Math.trunc(f);
  if (Math.abs(whole) < 4503599627370496.0) return new W_Int(toInt(whole));
  return fromBig(BigInt(whole));
}

/** Decimal digits, within `digitLimit`. */
export function bigToText(value: bigint): string {
  const text = value.toString();
  const limit: int = digitLimit.digits;
  if (limit > 0 && text.length > limit) {
    if (text.length - (value < 0n ? 1 : 0) > limit) {
      throw valueError(
        `Exceeds the limit (${limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
      );
    }
  }
  return text;
}

function hashWord(value: int): int {
  if (value === -1) return -2;
  if (wordBits() !== 64) return value;
  const top = intShr(value, 60);
  if (top === 0 || top === -1) return value;
  const modulus: int = intShl(1, 61) - 1;
  const rest: int = value % modulus;
  return rest === -1 ? -2 : rest;
}

function hashBig(value: bigint): int {
  const rest: bigint = value % 2305843009213693951n;
  if (wordBits() === 64) {
    const h: int = bigIntToInt(rest);
    return h === -1 ? -2 : h;
  }
  return bigIntToInt(rest % 2147483647n);
}

function compareBigs(op: int, a: bigint, b: bigint): int {
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

function compareBigWithFloat(value: bigint, f: float): int {
  const whole: float = Math.trunc(f);
  const other: bigint = BigInt(whole);
  if (value < other) return -1;
  if (value > other) return 1;
  return whole < f ? -1 : whole > f ? 1 : 0;
}

/** Both operands words. */
export function intBinop(op: int, a: int, b: int): W_Root | null {
  switch (op) {
    case OP_ADD: {
      const r = intAddOvf(a, b);
      return r === null ? fromBig(BigInt(a) + BigInt(b)) : new W_Int(r);
    }
    case OP_SUB: {
      const r = intSubOvf(a, b);
      return r === null ? fromBig(BigInt(a) - BigInt(b)) : new W_Int(r);
    }
    case OP_MUL: {
      const r = intMulOvf(a, b);
      return r === null ? fromBig(BigInt(a) * BigInt(b)) : new W_Int(r);
    }
    case OP_FLOORDIV:
      if (b === 0) throw zeroDivisionError("integer division or modulo by zero");
      if (b === -1) return new W_Int(a).neg();
      return new W_Int(intFloorDiv(a, b));
    case OP_MOD:
      if (b === 0) throw zeroDivisionError("integer modulo by zero");
      if (b === -1) return new W_Int(0);
      return new W_Int(intFloorMod(a, b));
    case OP_TRUEDIV:
      return new W_Float(intTrueDiv(a, b));
    case OP_POW:
      return intPow(a, b);
    case OP_LSHIFT:
      return leftShift(a, b);
    case OP_RSHIFT:
      if (b < 0) throw valueError("negative shift count");
      if (b >= wordBits()) return new W_Int(a < 0 ? -1 : 0);
      return new W_Int(intShr(a, b));
    case OP_AND:
      return new W_Int(intAnd(a, b));
    case OP_OR:
      return new W_Int(intOr(a, b));
    case OP_XOR:
      return new W_Int(intXor(a, b));
    default:
      return null;
  }
}

const EXACT: int = 9007199254740992 - 1;

/** `a / b` of words, rounded once. */
export function intTrueDiv(a: int, b: int): float {
  if (b === 0) throw zeroDivisionError("division by zero");
  if (a <= EXACT && a >= -EXACT && b <= EXACT && b >= -EXACT) return toFloat(a) / toFloat(b);
  return bigTrueDiv(BigInt(a), BigInt(b));
}

function leftShift(a: int, b: int): W_Root {
  if (b < 0) throw valueError("negative shift count");
  if (a === 0) return new W_Int(0);
  if (b < wordBits()) {
    const r = intShlOvf(a, b);
    if (r !== null) return new W_Int(r);
  }
  if (b > 4294967296) throw overflowError("too many digits in integer");
  return fromBig(BigInt(a) << BigInt(b));
}

function intPow(a: int, b: int): W_Root {
  if (b < 0) {
    if (a === 0) throw zeroDivisionError("0.0 cannot be raised to a negative power");
    return new W_Float(floatPow(toFloat(a), toFloat(b)));
  }
  let result: int = 1;
  let square: int = a;
  let left: int = b;
  while (left > 0) {
    if ((left & 1) === 1) {
      const r = intMulOvf(result, square);
      if (r === null) return fromBig(BigInt(a) ** BigInt(b));
      result = r;
    }
    left = intShr(left, 1);
    if (left === 0) break;
    const s = intMulOvf(square, square);
    if (s === null) return fromBig(BigInt(a) ** BigInt(b));
    square = s;
  }
  return new W_Int(result);
}

/** Quotient rounded down. */
export function bigFloorDiv(a: bigint, b: bigint): bigint {
  const q: bigint = a / b;
  const r: bigint = a - q * b;
  return r !== 0n && r < 0n !== b < 0n ? q - 1n : q;
}
/** Remainder with the sign of `b`. */
export function bigFloorMod(a: bigint, b: bigint): bigint {
  const r: bigint = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

function bigBinop(op: int, a: bigint, b: bigint): W_Root | null {
  switch (op) {
    case OP_ADD:
      return fromBig(a + b);
    case OP_SUB:
      return fromBig(a - b);
    case OP_MUL:
      return fromBig(a * b);
    case OP_FLOORDIV:
      if (b === 0n) throw zeroDivisionError("integer division or modulo by zero");
      return fromBig(bigFloorDiv(a, b));
    case OP_MOD:
      if (b === 0n) throw zeroDivisionError("integer modulo by zero");
      return fromBig(bigFloorMod(a, b));
    case OP_TRUEDIV:
      if (b === 0n) throw zeroDivisionError("division by zero");
      return new W_Float(bigTrueDiv(a, b));
    case OP_POW:
      return bigPow(a, b);
    case OP_LSHIFT:
      if (b < 0n) throw valueError("negative shift count");
      if (a === 0n) return new W_Int(0);
      if (b > 4294967296n) throw overflowError("too many digits in integer");
      return fromBig(a << b);
    case OP_RSHIFT:
      if (b < 0n) throw valueError("negative shift count");
      if (b > 4294967296n) return new W_Int(a < 0n ? -1 : 0);
      return fromBig(a >> b);
    case OP_AND:
      return fromBig(a & b);
    case OP_OR:
      return fromBig(a | b);
    case OP_XOR:
      return fromBig(a ^ b);
    default:
      return null;
  }
}

function bigPow(a: bigint, b: bigint): W_Root {
  if (b < 0n) return new W_Float(floatPow(fromBig(a).toFloat(), fromBig(b).toFloat()));
  return fromBig(a ** b);
}

/** Bits of the magnitude. */
export function bigBitLength(value: bigint): int {
  const hex = (value < 0n ? -value : value).toString(16);
  if (hex === "0") return 0;
  const top: int = Math.min(hex.charCodeAt(0) - 48, 49);
  const digit: int = top < 10 ? top : hex.charCodeAt(0) - 87;
  return (hex.length - 1) * 4 + (digit >= 8 ? 4 : digit >= 4 ? 3 : digit >= 2 ? 2 : 1);
}

/** `a / b`, rounded once to the nearest float. */
export function bigTrueDiv(a: bigint, b: bigint): float {
  const negative = a < 0n !== b < 0n;
  let top: bigint = a < 0n ? -a : a;
  let bottom: bigint = b < 0n ? -b : b;
  if (top === 0n) return negative ? -0.0 : 0.0;
  const shift: int = bigBitLength(top) - bigBitLength(bottom) - 66;
  // A quotient of 66 or 67 bits, its last bit made sticky, rounds as the exact one does (above the subnormals).
  if (shift > 0) bottom <<= BigInt(shift);
  else top <<= BigInt(0 - shift);
  let quotient: bigint = top / bottom;
  if (quotient * bottom !== top) quotient |= 1n;
  let scale: int = shift;
  if (scale < -1130) {
    const extra: int = Math.min(-1074 - scale - 2, 70);
    if (extra > 0) {
      const kept: bigint = quotient >> BigInt(extra);
      quotient = kept << BigInt(extra) === quotient ? kept : kept | 1n;
      scale += extra;
    }
  }
  const value: float = scaleBy(Number(quotient), scale);
  if (!Number.isFinite(value)) throw overflowError("integer division result too large for a float");
  return negative ? -value : value;
}

function scaleBy(f: float, n: int): float {
  if (n >= -1000 && n <= 1000) return f * 2.0 ** toFloat(n);
  if (n > 1000) return f * 2.0 ** 1000.0 * 2.0 ** toFloat(n - 1000);
  return f * 2.0 ** -60.0 * 2.0 ** toFloat(n + 60);
}

function powMod(w_base: W_Root, w_exponent: W_Root, w_modulus: W_Root): W_Root | null {
  const w_b = w_base.asInt();
  const w_e = w_exponent.asInt();
  const w_m = w_modulus.asInt();
  if (w_b === null || w_e === null || w_m === null) return null;
  const modulus = bigOf(w_m);
  let exponent = bigOf(w_e);
  let base = bigOf(w_b);
  if (modulus === 0n) throw valueError("pow() 3rd argument cannot be 0");
  const size: bigint = modulus < 0n ? -modulus : modulus;
  if (exponent < 0n) {
    base = inverseMod(bigFloorMod(base, size), size);
    exponent = -exponent;
  }
  let square: bigint = bigFloorMod(base, size);
  let result: bigint = 1n % size;
  while (exponent > 0n) {
    if ((exponent & 1n) === 1n) result = (result * square) % size;
    exponent >>= 1n;
    square = (square * square) % size;
  }
  return fromBig(bigFloorMod(result, modulus));
}

function inverseMod(a: bigint, n: bigint): bigint {
  let r0: bigint = a;
  let r1: bigint = n;
  let s0: bigint = 1n;
  let s1: bigint = 0n;
  while (r1 !== 0n) {
    const q: bigint = r0 / r1;
    const r: bigint = r0 - q * r1;
    r0 = r1;
    r1 = r;
    const s: bigint = s0 - q * s1;
    s0 = s1;
    s1 = s;
  }
  if (r0 !== 1n) throw valueError("base is not invertible for the given modulus");
  return bigFloorMod(s0, n);
}
