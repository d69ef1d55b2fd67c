/**
 * `Math.*` where JavaScript's meaning is not that of one machine operation or C function. Variadic functions are folds
 * over two operands.
 */
import { intShr } from "../../rlib/bits.ts";
import { type LowArrayOf, wordDiv, wordMod } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";

/** `Math.round`: to the nearest, halves upwards; keeps the sign of zero. */
export function mathRound(x: float): float {
  const below = Math.floor(x);
  if (x - below < 0.5) return below === 0.0 && 1.0 / x < 0.0 ? -0.0 : below;
  return Math.ceil(x);
}

export function mathSign(x: float): float {
  if (x > 0.0) return 1.0;
  return x < 0.0 ? -1.0 : x;
}

export function mathSignInt(x: int): int {
  if (x > 0) return 1;
  return x < 0 ? -1 : 0;
}

export function mathMax(a: float, b: float): float {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  if (a > b) return a;
  if (b > a) return b;
  return a === 0.0 && 1.0 / a < 0.0 ? b : a;
}

export function mathMin(a: float, b: float): float {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  if (a < b) return a;
  if (b < a) return b;
  return a === 0.0 && 1.0 / a < 0.0 ? a : b;
}

export function maxInt2(a: int, b: int): int {
  return a > b ? a : b;
}

export function minInt2(a: int, b: int): int {
  return a < b ? a : b;
}

/** `Math.hypot` of two: scaled, so that nothing overflows on the way. */
export function mathHypot(x: float, y: float): float {
  const a = Math.abs(x);
  const b = Math.abs(y);
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const most = a > b ? a : b;
  if (most === 0.0) return 0.0;
  return Math.sqrt((a / most) * (a / most) + (b / most) * (b / most)) * most;
}

/** `Math.hypot` of three. */
export function mathHypot3(x: float, y: float, z: float): float {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const c = Math.abs(z);
  const infinite = Number.POSITIVE_INFINITY;
  if (a === infinite || b === infinite || c === infinite) return infinite;
  if (Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(c)) return Number.NaN;
  let most = a > b ? a : b;
  if (c > most) most = c;
  if (most === 0.0) return 0.0;
  return hypotScaled(a / most, b / most, c / most) * most;
}

/** Root of the sum of squares, what rounding loses carried along. */
function hypotScaled(a: float, b: float, c: float): float {
  const sum = a * a + b * b;
  const lost = sum - a * a - b * b;
  return Math.sqrt(sum + (c * c - lost));
}

/** `Math.clz32` of a number already taken modulo 2**32. */
export function mathClz32(x: int): int {
  let bits = 32;
  let rest = x | 0;
  if (rest < 0) return 0;
  while (rest !== 0) {
    rest = rest >> 1;
    bits--;
  }
  return bits;
}

/** `Number.isInteger`. */
export function isIntegralFloat(x: float): boolean {
  return Math.trunc(x) === x && x - x === 0.0;
}

/** `Number.isSafeInteger`. */
export function isSafeFloat(x: float): boolean {
  return Math.trunc(x) === x && Math.abs(x) <= 9007199254740991.0;
}

/** `a ** b` of ints by squaring, b at least 0; wraps. */
export function intPow(base: int, exponent: int): int {
  let result = 1;
  let factor = base;
  let rest = exponent;
  while (rest > 0) {
    if (wordMod(rest, 2) === 1) result *= factor;
    rest = wordDiv(rest, 2);
    if (rest > 0) factor *= factor;
  }
  return result;
}

/** Bits of the magnitude; see rlib's `intBitLength`. */
export function bitLengthOf(x: int): int {
  let rest = x < 0 ? -1 - x : x;
  const odd = x < 0 && isAllOnes(rest);
  let bits = 0;
  while (rest !== 0) {
    rest = intShr(rest, 1);
    bits++;
  }
  return odd ? bits + 1 : bits;
}

function isAllOnes(x: int): boolean {
  let rest = x;
  while (wordMod(rest, 2) === 1) rest = intShr(rest, 1);
  return rest === 0;
}

export function absInt(x: int): int {
  return x < 0 ? -x : x;
}

/** `Math.max(...list)` and `Math.min(...list)` of floats. */
export function foldFloats(items: LowArrayOf<float>, n: int, fold: (a: float, b: float) => float, start: float): float {
  let result = start;
  for (let i = 0; i < n; i++) result = fold(result, items[i] as float);
  return result;
}

/** The same of ints, as floats, because the list may be empty. */
export function foldInts(items: LowArrayOf<int>, n: int, fold: (a: float, b: float) => float, start: float): float {
  let result = start;
  for (let i = 0; i < n; i++) result = fold(result, items[i] as int);
  return result;
}
