/**
 * What the pure operations on ints and floats mean, as functions of concrete operands: constant folding, the tracer,
 * the blackhole interpreter and the graph backend all compute with these.
 *
 * One function for each pair of operand kind and result kind. Words have a width (see `word.ts`); bools are 0 and 1.
 */
import { floatFromBits, floatHighBits, floatLowBits, intAnd, intOr, intShl, intShr, intUshr } from "../../rlib/bits.ts";
import { toFloat, toInt } from "../../rlib/checked.ts";
import type { float, int } from "../../rlib/types.ts";
import * as ops from "./traceops.ts";
import * as w from "./word.ts";

function truth(b: boolean): int {
  return b ? 1 : 0;
}

/** Has `intMeaning` this operation? Operands and result are ints; overflow operations give the wrapped result. */
export function hasIntMeaning(opnum: int): boolean {
  return (opnum >= ops.INT_ADD && opnum <= ops.INT_MUL_OVF) || opnum === ops.SAME_AS_I;
}

/** Ints to int. `b` is ignored by operations of one operand. */
export function intMeaning(opnum: int, a: int, b: int, bits: int): int {
  switch (opnum) {
    case ops.INT_ADD:
    case ops.INT_ADD_OVF:
      return w.wordAdd(a, b, bits);
    case ops.INT_SUB:
    case ops.INT_SUB_OVF:
      return w.wordSub(a, b, bits);
    case ops.INT_MUL:
    case ops.INT_MUL_OVF:
      return w.wordMul(a, b, bits);
    case ops.INT_FLOORDIV:
      return w.wordQuotient(a, b, bits);
    case ops.INT_MOD:
      return w.wordRemainder(a, b);
    case ops.UINT_FLOORDIV:
      return w.wordUnsignedQuotient(a, b, bits);
    case ops.UINT_MOD:
      return w.wordUnsignedRemainder(a, b, bits);
    case ops.INT_AND:
      return w.wordAnd(a, b);
    case ops.INT_OR:
      return w.wordOr(a, b);
    case ops.INT_XOR:
      return w.wordXor(a, b);
    case ops.INT_LSHIFT:
      return w.wordShiftLeft(a, b, bits);
    case ops.INT_RSHIFT:
      return w.wordShiftRight(a, b);
    case ops.INT_URSHIFT:
      return w.wordUnsignedShiftRight(a, b, bits);
    case ops.INT_NEG:
      return w.wordNeg(a, bits);
    case ops.INT_INVERT:
      return w.wordInvert(a);
    case ops.INT_SIGNEXT:
      return w.wordSignExtend(a, b, bits);
    case ops.INT_ZEROEXT:
      return w.wordZeroExtend(a, b, bits);
    case ops.INT_CLZ:
      return w.wordLeadingZeros(a, bits);
    case ops.INT_CTZ:
      return w.wordTrailingZeros(a, bits);
    case ops.INT_POPCOUNT:
      return w.wordPopulation(a, bits);
    case ops.INT_MUL_HIGH:
      return mulHigh(a, b, bits);
    case ops.UINT_MUL_HIGH:
      return unsignedMulHigh(a, b, bits);
    case ops.INT_LT:
      return truth(a < b);
    case ops.INT_LE:
      return truth(a <= b);
    case ops.INT_EQ:
      return truth(a === b);
    case ops.INT_NE:
      return truth(a !== b);
    case ops.INT_GT:
      return truth(a > b);
    case ops.INT_GE:
      return truth(a >= b);
    case ops.UINT_LT:
      return truth(w.wordBelow(a, b));
    case ops.UINT_LE:
      return truth(!w.wordBelow(b, a));
    case ops.UINT_GT:
      return truth(w.wordBelow(b, a));
    case ops.UINT_GE:
      return truth(!w.wordBelow(a, b));
    case ops.INT_IS_TRUE:
      return truth(a !== 0);
    case ops.INT_IS_ZERO:
      return truth(a === 0);
    case ops.SAME_AS_I:
      return a;
    default:
      throw new Error(`no meaning over ints: ${ops.traceOpInfo(opnum).name}`);
  }
}

/** Does an overflow operation leave the word? */
export function overflows(opnum: int, a: int, b: int, bits: int): boolean {
  if (opnum === ops.INT_ADD_OVF) return w.wordAddOverflows(a, b, bits);
  if (opnum === ops.INT_SUB_OVF) return w.wordSubOverflows(a, b, bits);
  return w.wordMulOverflows(a, b, bits);
}

/** Upper word of the unsigned product, by shifting and adding: right for every width, odd ones too. */
function unsignedMulHigh(a: int, b: int, bits: int): int {
  let high = 0;
  let low = 0;
  for (let i = bits - 1; i >= 0; i--) {
    high = w.wordAdd(w.wordShiftLeft(high, 1, bits), w.wordUnsignedShiftRight(low, bits - 1, bits), bits);
    low = w.wordShiftLeft(low, 1, bits);
    if (intAnd(intShr(b, i), 1) === 0) continue;
    low = w.wordAdd(low, a, bits);
    if (w.wordBelow(low, a)) high = w.wordAdd(high, 1, bits);
  }
  return high;
}

/** Upper word of the signed product: the unsigned one corrected for negative operands. */
function mulHigh(a: int, b: int, bits: int): int {
  let high = unsignedMulHigh(a, b, bits);
  if (a < 0) high = w.wordSub(high, b, bits);
  if (b < 0) high = w.wordSub(high, a, bits);
  return high;
}

/** Floats to float. `b` is ignored by operations of one operand. */
export function floatMeaning(opnum: int, a: float, b: float): float {
  switch (opnum) {
    case ops.FLOAT_ADD:
      return a + b;
    case ops.FLOAT_SUB:
      return a - b;
    case ops.FLOAT_MUL:
      return a * b;
    case ops.FLOAT_TRUEDIV:
      return a / b;
    case ops.FLOAT_NEG:
      return -a;
    case ops.FLOAT_ABS:
      return Math.abs(a);
    case ops.FLOAT_SQRT:
      return Math.sqrt(a);
    case ops.FLOAT_FLOOR:
      return Math.floor(a);
    case ops.FLOAT_CEIL:
      return Math.ceil(a);
    case ops.FLOAT_TRUNC:
      return Math.trunc(a);
    case ops.SAME_AS_F:
      return a;
    default:
      throw new Error(`no meaning over floats: ${ops.traceOpInfo(opnum).name}`);
  }
}

/** Floats to int: comparisons, conversion, bits. */
export function floatToIntMeaning(opnum: int, a: float, b: float): int {
  switch (opnum) {
    case ops.FLOAT_LT:
      return truth(a < b);
    case ops.FLOAT_LE:
      return truth(a <= b);
    case ops.FLOAT_EQ:
      return truth(a === b);
    case ops.FLOAT_NE:
      return truth(a !== b);
    case ops.FLOAT_GT:
      return truth(a > b);
    case ops.FLOAT_GE:
      return truth(a >= b);
    case ops.CAST_FLOAT_TO_INT:
      return toInt(a);
    case ops.FLOAT_HIGH_BITS:
      return floatHighBits(a);
    case ops.FLOAT_LOW_BITS:
      return floatLowBits(a);
    case ops.FLOAT_TO_WORD_BITS:
      return intOr(intShl(floatHighBits(a), 32), floatLowBits(a));
    default:
      throw new Error(`no meaning from floats to int: ${ops.traceOpInfo(opnum).name}`);
  }
}

/** Ints to float: conversions and bits. */
export function intToFloatMeaning(opnum: int, a: int, b: int, bits: int): float {
  switch (opnum) {
    case ops.CAST_INT_TO_FLOAT:
      return toFloat(a);
    case ops.CAST_UINT_TO_FLOAT:
      if (a >= 0) return toFloat(a);
      // Half of it, with the lost bit kept as a sticky one, so that rounding happens only once.
      return 2.0 * toFloat(intOr(w.wordUnsignedShiftRight(a, 1, bits), intAnd(a, 1)));
    case ops.FLOAT_FROM_HALVES:
      return floatFromBits(a, b);
    case ops.WORD_BITS_TO_FLOAT:
      return floatFromBits(intAnd(intUshr(a, 32), 4294967295), intAnd(a, 4294967295));
    default:
      throw new Error(`no meaning from ints to float: ${ops.traceOpInfo(opnum).name}`);
  }
}
