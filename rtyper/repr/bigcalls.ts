/**
 * C functions on bigints, over GMP (`backends/llvm/runtime/`). An argument `BigInt *` points to the object's header;
 * behind it lie `size` (signed word: limbs in use, negative for negative values), the capacity (the array's length) and
 * the limbs, lowest first. A result `r` is a fresh object of sufficient capacity that is none of the operands; the
 * function writes limbs and `size` (without leading zero limbs) and never the capacity. None of them collects, raises
 * or keeps an address.
 */
import { bigHashParts } from "../../rlib/lowlevel.ts";
import {
  type ExternalFunction,
  LowAddress,
  type LowArrayObject,
  type LowStruct,
  type LowValue,
} from "../lltype/memory.ts";
import { Address, Float, Int64, type LowType, Signed, UInt64, Void } from "../lltype/types.ts";

import { BIGINT_PTR } from "./bigtype.ts";

export type BigCall = ExternalFunction;

/** The value of a simulated bigint. Limbs are words: their width is known from the program, so it is asked for. */
function readBig(low: LowValue): bigint {
  const object = low as LowStruct;
  const size = Number(object.get("size"));
  let value = 0n;
  for (let i = Math.abs(size) - 1; i >= 0; i--) value = (value << wordBits) | (object.getItem(i) as bigint);
  return size < 0 ? -value : value;
}

/** Bits of a simulated limb. */
let wordBits = 64n;

/** Sets the word of the program that llinterp runs. */
export function setSimulatedWord(bits: 32 | 64): void {
  wordBits = BigInt(bits);
}

function put(low: LowValue, value: bigint): null {
  const object = low as LowStruct;
  let n = 0;
  for (let rest = value < 0n ? -value : value; rest !== 0n; rest >>= wordBits) {
    object.setItem(n, BigInt.asUintN(Number(wordBits), rest));
    n++;
  }
  object.set("size", BigInt(value < 0n ? -n : n));
  return null;
}

const big: LowType = BIGINT_PTR;

function external(
  name: string,
  args: readonly LowType[],
  result: LowType,
  run: (...a: LowValue[]) => LowValue,
): BigCall {
  return { name, args, result, library: null, pure: false, run };
}

function binary(name: string, f: (a: bigint, b: bigint) => bigint): BigCall {
  return external(name, [big, big, big], Void, (r, a, b) =>
    put(r as LowValue, f(readBig(a as LowValue), readBig(b as LowValue))),
  );
}

function unary(name: string, f: (a: bigint) => bigint): BigCall {
  return external(name, [big, big], Void, (r, a) => put(r as LowValue, f(readBig(a as LowValue))));
}

function read(name: string, result: LowType, f: (a: bigint) => LowValue): BigCall {
  return external(name, [big], result, (a) => f(readBig(a as LowValue)));
}

/** Bytes that an address points to. */
function bytesOf(address: LowValue): LowArrayObject {
  return (address instanceof LowAddress ? address.base : address) as LowArrayObject;
}

export const BIG = {
  /** `void rts_big_add(BigInt *r, const BigInt *a, const BigInt *b)`: r = a + b; and so on. */
  add: binary("rts_big_add", (a, b) => a + b),
  sub: binary("rts_big_sub", (a, b) => a - b),
  mul: binary("rts_big_mul", (a, b) => a * b),
  /** Truncating quotient and remainder with the dividend's sign; b is not 0. */
  quotient: binary("rts_big_quotient", (a, b) => a / b),
  remainder: binary("rts_big_remainder", (a, b) => a % b),
  /** As on two's complement of unlimited length. */
  and: binary("rts_big_and", (a, b) => a & b),
  or: binary("rts_big_or", (a, b) => a | b),
  xor: binary("rts_big_xor", (a, b) => a ^ b),
  neg: unary("rts_big_neg", (a) => -a),
  /** −a − 1. */
  not: unary("rts_big_not", (a) => ~a),
  /** `void rts_big_shift(BigInt *r, const BigInt *a, intptr_t n)`: to the left by n bits, for negative n to the right, rounding down. */
  shift: external("rts_big_shift", [big, big, Signed], Void, (r, a, n) =>
    put(r as LowValue, readBig(a as LowValue) << (n as bigint)),
  ),
  /** `intptr_t rts_big_compare(const BigInt *a, const BigInt *b)`: negative, 0, positive. */
  compare: external("rts_big_compare", [big, big], Signed, (a, b) => {
    const [x, y] = [readBig(a as LowValue), readBig(b as LowValue)];
    return x < y ? -1n : x > y ? 1n : 0n;
  }),
  /** `intptr_t rts_big_hash(const BigInt *a)`: h = a < 0 ? 0x5bd1e995 : 0; for each 32-bit part of |a|, lowest first, without leading zero parts: h = (h ^ part) * 0x01000193 modulo 2^32; gives h as a signed 32-bit number. */
  hash: read("rts_big_hash", Signed, (a) => BigInt(bigHashParts(a))),
  /** `void rts_big_of_int64(BigInt *r, int64_t x)`. */
  ofInt64: external("rts_big_of_int64", [big, Int64], Void, (r, x) => put(r as LowValue, x as bigint)),
  /** `void rts_big_of_uint64(BigInt *r, uint64_t x)`. */
  ofUInt64: external("rts_big_of_uint64", [big, UInt64], Void, (r, x) => put(r as LowValue, x as bigint)),
  /** `void rts_big_of_float(BigInt *r, double x)`: x has no fraction. */
  ofFloat: external("rts_big_of_float", [big, Float], Void, (r, x) => put(r as LowValue, BigInt(x as number))),
  /** `int64_t rts_big_low64(const BigInt *a)`: the value modulo 2^64. */
  low64: read("rts_big_low64", Int64, (a) => BigInt.asIntN(64, a)),
  /** `intptr_t rts_big_low_word(const BigInt *a)`: the value modulo the word. */
  low64Word: read("rts_big_low_word", Signed, (a) => BigInt.asIntN(Number(wordBits), a)),
  /** `double rts_big_to_float(const BigInt *a)`: nearest, ties to even; infinite when too large. */
  toFloat: read("rts_big_to_float", Float, (a) => Number(a)),
  /** `intptr_t rts_big_fits(const BigInt *a)`: 1 if the value is a signed word, else 0. */
  fits: read("rts_big_fits", Signed, (a) => (BigInt.asIntN(Number(wordBits), a) === a ? 1n : 0n)),
  /** `intptr_t rts_big_text_bound(const BigInt *a, intptr_t radix)`: bytes that rts_big_to_text may write, at least. */
  textBound: external("rts_big_text_bound", [big, Signed], Signed, (a, radix) =>
    BigInt(readBig(a as LowValue).toString(Number(radix)).length + 2),
  ),
  /** `intptr_t rts_big_to_text(const BigInt *a, intptr_t radix, uint8_t *out)`: digits 0-9a-z with sign; gives their number. */
  toText: external("rts_big_to_text", [big, Signed, Address], Signed, (a, radix, out) => {
    const text = readBig(a as LowValue).toString(Number(radix));
    for (let i = 0; i < text.length; i++) bytesOf(out as LowValue).setItem(i, text.charCodeAt(i));
    return BigInt(text.length);
  }),
  /** `void rts_big_of_text(BigInt *r, const uint8_t *digits, intptr_t n, intptr_t radix, intptr_t negative)`: digits 0-9a-zA-Z of the radix, at least one, without sign. */
  ofText: external("rts_big_of_text", [big, Address, Signed, Signed, Signed], Void, (r, digits, n, radix, negative) => {
    let value = 0n;
    for (let i = 0; i < Number(n); i++) {
      const digit = Number.parseInt(String.fromCharCode(Number(bytesOf(digits as LowValue).getItem(i))), 36);
      value = value * (radix as bigint) + BigInt(digit);
    }
    return put(r as LowValue, negative === 0n ? value : -value);
  }),
  /** `void rts_big_as_int(BigInt *r, const BigInt *a, intptr_t bits)`: `BigInt.asIntN`. */
  asInt: external("rts_big_as_int", [big, big, Signed], Void, (r, a, bits) =>
    put(r as LowValue, BigInt.asIntN(Number(bits), readBig(a as LowValue))),
  ),
  /** `void rts_big_as_uint(BigInt *r, const BigInt *a, intptr_t bits)`: `BigInt.asUintN`. */
  asUint: external("rts_big_as_uint", [big, big, Signed], Void, (r, a, bits) =>
    put(r as LowValue, BigInt.asUintN(Number(bits), readBig(a as LowValue))),
  ),
} as const;
