// The math module.
import { external, float as FLOAT, type float, type int, toFloat } from "rtypescript/rlib";
import { function1, function2, functionKw, functionN } from "../objects/builtin.ts";
import { frexp, scaleByPower, W_Float } from "../objects/float.ts";
import { floatArgument } from "../objects/floatmethods.ts";
import { bigBitLength, bigOf, fromBig, newbool, newint, W_Int } from "../objects/int.ts";
import { truncate } from "../objects/intmethods.ts";
import {
  KIND_OverflowError,
  OP_MUL,
  OP_TRUEDIV,
  type OperationError,
  operationError,
  overflowError,
  typeError,
  valueError,
  type W_Root,
} from "../objects/root.ts";
import { w_missing, w_None } from "../objects/singletons.ts";
import { binaryOp, callBound0, index, unpack } from "../objects/space.ts";
import { W_Tuple } from "../objects/tuple.ts";
import { erfcNode, erfNode, gamma, logGamma } from "./mathgamma.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_math = builtinModule("math");
const erf = external("erf", [FLOAT], FLOAT, { library: "m", node: erfNode });
const erfc = external("erfc", [FLOAT], FLOAT, { library: "m", node: erfcNode });

function domain(): OperationError {
  return valueError("math domain error");
}
function range(): OperationError {
  return operationError(KIND_OverflowError, "math range error");
}

/** Checks a result as C's errno would: NaN from a number is outside the domain, infinity from a finite one too large. */
function checked(x: float, result: float, canOverflow: boolean): W_Root {
  if (Number.isNaN(result) && !Number.isNaN(x)) throw domain();
  if (!Number.isFinite(result) && Number.isFinite(x) && !Number.isNaN(result)) throw canOverflow ? range() : domain();
  return new W_Float(result);
}

/** Logarithm of an int of any size. */
function logOf(w_x: W_Root, kind: int): float {
  const w_i = w_x.asInt();
  if (w_i !== null && !(w_i instanceof W_Int)) {
    const value = bigOf(w_i);
    if (value <= 0n) throw domain();
    const bits = bigBitLength(value);
    const shift = bits - 60;
    const head: float = Number(value >> BigInt(shift));
    if (kind === 2) return Math.log2(head) + toFloat(shift);
    if (kind === 10) return Math.log10(head) + toFloat(shift) * Math.log10(2.0);
    return Math.log(head) + toFloat(shift) * Math.LN2;
  }
  const x: float = floatArgument(w_x);
  if (x <= 0 || Number.isNaN(x)) {
    if (Number.isNaN(x)) return x;
    throw domain();
  }
  if (kind === 2) return Math.log2(x);
  return kind === 10 ? Math.log10(x) : Math.log(x);
}

/** Euclidean length, computed with compensated sums as CPython does. */
export function vectorNorm(values: float[]): float {
  let max: float = 0.0;
  let nan = false;
  for (const x of values) {
    if (Number.isNaN(x)) nan = true;
    if (Math.abs(x) > max) max = Math.abs(x);
  }
  if (max === Infinity) return max;
  if (nan) return NaN;
  if (max === 0 || values.length <= 1) return max;
  const exponent: int = frexp(max).exponent;
  if (exponent < -1000) {
    const scaled: float[] = [];
    for (const x of values) scaled.push(scaleByPower(x, 600));
    return scaleByPower(vectorNorm(scaled), -600);
  }
  const sum = new SquareSum();
  for (const x of values) sum.add(scaleByPower(x, 0 - exponent), 1.0);
  const h: float = Math.sqrt(sum.total());
  sum.add(h, -1.0);
  return scaleByPower(h + sum.total() / (2.0 * h), exponent);
}

/** A sum of squares in extended precision. */
class SquareSum {
  #sum: float;
  #low1: float;
  #low2: float;
  #low3: float;
  constructor() {
    this.#sum = 1.0;
    this.#low1 = 0.0;
    this.#low2 = 0.0;
    this.#low3 = 0.0;
  }
  add(x: float, sign: float): void {
    const t: float = x * 134217729.0;
    const high: float = t - (t - x);
    const low: float = x - high;
    const a: float = sign * high * high;
    let old: float = this.#sum;
    this.#sum += a;
    this.#low1 += old - this.#sum + a;
    const b: float = sign * 2.0 * high * low;
    old = this.#sum;
    this.#sum += b;
    this.#low2 += old - this.#sum + b;
    this.#low3 += sign * low * low;
  }
  total(): float {
    return this.#sum - 1.0 + (this.#low1 + this.#low2 + this.#low3);
  }
}

function integer(w_x: W_Root): bigint {
  return bigOf(index(w_x));
}
function gcd(a: bigint, b: bigint): bigint {
  let x: bigint = a < 0n ? -a : a;
  let y: bigint = b < 0n ? -b : b;
  while (y !== 0n) {
    const rest: bigint = x % y;
    x = y;
    y = rest;
  }
  return x;
}
/** Integer square root by Newton's method. */
export function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x: bigint = 1n << BigInt((bigBitLength(n) + 1) >> 1);
  for (;;) {
    const y: bigint = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}
/** Product of `from … to`, by halves. */
function productOf(from: bigint, to: bigint): bigint {
  if (from > to) return 1n;
  if (to - from < 8n) {
    let result: bigint = from;
    for (let i: bigint = from + 1n; i <= to; i += 1n) result *= i;
    return result;
  }
  const middle: bigint = (from + to) >> 1n;
  return productOf(from, middle) * productOf(middle + 1n, to);
}

function factorial(w_x: W_Root): W_Root {
  const n = integer(w_x);
  if (n < 0n) throw valueError("factorial() not defined for negative values");
  if (n > 9223372036854775807n) throw overflowError("factorial() argument should not exceed 9223372036854775807");
  return fromBig(productOf(1n, n));
}
function permutations(w_n: W_Root, w_k: W_Root): W_Root {
  if (w_k === w_None) return factorial(w_n);
  const n = integer(w_n);
  const k = integer(w_k);
  if (n < 0n) throw valueError("n must be a non-negative integer");
  if (k < 0n) throw valueError("k must be a non-negative integer");
  if (k > n) return newint(0);
  if (k > 9223372036854775807n) throw overflowError("k must not exceed 9223372036854775807");
  return fromBig(productOf(n - k + 1n, n));
}
function combinations(w_n: W_Root, w_k: W_Root): W_Root {
  const n = integer(w_n);
  let k = integer(w_k);
  if (n < 0n) throw valueError("n must be a non-negative integer");
  if (k < 0n) throw valueError("k must be a non-negative integer");
  if (k > n) return newint(0);
  if (n - k < k) k = n - k;
  if (k > 9223372036854775807n) throw overflowError("min(n - k, k) must not exceed 9223372036854775807");
  return fromBig(productOf(n - k + 1n, n) / productOf(1n, k));
}

/** Exact sum of floats: partial sums that do not overlap (Shewchuk). */
function exactSum(values: W_Root[]): float {
  const partials: float[] = [];
  let special: float = 0.0;
  let infinite = false;
  for (const w of values) {
    let x: float = floatArgument(w);
    if (!Number.isFinite(x)) {
      special += x;
      infinite = true;
      continue;
    }
    let used: int = 0;
    for (let i: int = 0; i < partials.length; i++) {
      let y: float = partials[i];
      if (Math.abs(x) < Math.abs(y)) {
        const t: float = x;
        x = y;
        y = t;
      }
      const high: float = x + y;
      const low: float = y - (high - x);
      if (low !== 0) {
        partials[used] = low;
        used++;
      }
      x = high;
    }
    while (partials.length > used) partials.pop();
    if (!Number.isFinite(x)) throw overflowError("intermediate overflow in fsum");
    partials.push(x);
  }
  if (infinite) {
    if (Number.isNaN(special)) throw valueError("-inf + inf in fsum");
    return special;
  }
  return roundPartials(partials);
}
function roundPartials(partials: float[]): float {
  let n: int = partials.length;
  if (n === 0) return 0.0;
  n--;
  let high: float = partials[n];
  let low: float = 0.0;
  while (n > 0) {
    const x: float = high;
    n--;
    const y: float = partials[n];
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
    const y: float = low * 2.0;
    const x: float = high + y;
    if (y === x - high) high = x;
  }
  return high;
}

function power(x: float, y: float): W_Root {
  if (x === 1 || y === 0) return new W_Float(1.0);
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return new W_Float(1.0);
  const result: float = x ** y;
  if (Number.isFinite(x) && Number.isFinite(y)) {
    if (Number.isNaN(result)) throw domain();
    if (!Number.isFinite(result)) throw x === 0 ? domain() : range();
  }
  return new W_Float(result);
}

function remainder(x: float, y: float): float {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (!Number.isFinite(x) || y === 0) throw domain();
  if (!Number.isFinite(y)) return x;
  const b: float = Math.abs(y);
  const m: float = Math.abs(x) % b;
  const c: float = b - m;
  let r: float;
  if (m < c) r = m;
  else if (m > c) r = -c;
  else r = m - 2.0 * ((0.5 * (Math.abs(x) - m)) % b);
  return x < 0 ? -r : r;
}

function isClose(args: W_Root[]): boolean {
  const a: float = floatArgument(args[0]);
  const b: float = floatArgument(args[1]);
  const relative: float = args[2] === w_missing ? 1e-9 : floatArgument(args[2]);
  const absolute: float = args[3] === w_missing ? 0.0 : floatArgument(args[3]);
  if (relative < 0 || absolute < 0) throw valueError("tolerances must be non-negative");
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const difference: float = Math.abs(a - b);
  return difference <= Math.abs(relative * b) || difference <= Math.abs(relative * a) || difference <= absolute;
}

/** The next float towards plus infinity. */
function nextUp(x: float): float {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === 0) return 5e-324;
  const exponent: int = Math.max(frexp(x).exponent, -1021);
  let unit: float = scaleByPower(1.0, exponent - 53);
  if (x < 0 && frexp(x).mantissa === -0.5 && exponent > -1021) unit /= 2.0;
  return x + unit;
}
function ulp(x: float): float {
  if (!Number.isFinite(x)) return Math.abs(x);
  const a: float = Math.abs(x);
  const next: float = nextUp(a);
  return next === Infinity ? a - -nextUp(-a) : next - a;
}

/** `__floor__`, `__ceil__`, `__trunc__` of objects that are no floats. */
function viaMethod(w_x: W_Root, name: string): W_Root | null {
  if (w_x instanceof W_Float) return null;
  const w_class = w_x.getclass();
  const w_method = w_class.lookup(name);
  return w_method === null ? null : callBound0(w_method, w_x);
}

functions(w_math, [
  function1("sqrt", (w_x) => {
    const x: float = floatArgument(w_x);
    if (x < 0) throw domain();
    return new W_Float(Math.sqrt(x));
  }),
  function1("cbrt", (w_x) => new W_Float(Math.cbrt(floatArgument(w_x)))),
  function1("sin", (w_x) => checked(floatArgument(w_x), Math.sin(floatArgument(w_x)), false)),
  function1("cos", (w_x) => checked(floatArgument(w_x), Math.cos(floatArgument(w_x)), false)),
  function1("tan", (w_x) => checked(floatArgument(w_x), Math.tan(floatArgument(w_x)), false)),
  function1("asin", (w_x) => checked(floatArgument(w_x), Math.asin(floatArgument(w_x)), false)),
  function1("acos", (w_x) => checked(floatArgument(w_x), Math.acos(floatArgument(w_x)), false)),
  function1("atan", (w_x) => new W_Float(Math.atan(floatArgument(w_x)))),
  function1("sinh", (w_x) => checked(floatArgument(w_x), Math.sinh(floatArgument(w_x)), true)),
  function1("cosh", (w_x) => checked(floatArgument(w_x), Math.cosh(floatArgument(w_x)), true)),
  function1("tanh", (w_x) => new W_Float(Math.tanh(floatArgument(w_x)))),
  function1("asinh", (w_x) => new W_Float(Math.asinh(floatArgument(w_x)))),
  function1("acosh", (w_x) => checked(floatArgument(w_x), Math.acosh(floatArgument(w_x)), false)),
  function1("atanh", (w_x) => checked(floatArgument(w_x), Math.atanh(floatArgument(w_x)), false)),
  function1("exp", (w_x) => checked(floatArgument(w_x), Math.exp(floatArgument(w_x)), true)),
  function1("exp2", (w_x) => checked(floatArgument(w_x), 2.0 ** floatArgument(w_x), true)),
  function1("expm1", (w_x) => checked(floatArgument(w_x), Math.expm1(floatArgument(w_x)), true)),
  function1("log1p", (w_x) => checked(floatArgument(w_x), Math.log1p(floatArgument(w_x)), false)),
  function1("log2", (w_x) => new W_Float(logOf(w_x, 2))),
  function1("log10", (w_x) => new W_Float(logOf(w_x, 10))),
  function1("erf", (w_x) => new W_Float(erf(floatArgument(w_x)))),
  function1("erfc", (w_x) => new W_Float(erfc(floatArgument(w_x)))),
  function1("gamma", (w_x) => {
    const x: float = floatArgument(w_x);
    if (x === -Infinity || (x <= 0 && Math.floor(x) === x && x !== 0)) throw domain();
    if (x === 0) throw domain();
    return checked(x, gamma(x), true);
  }),
  function1("lgamma", (w_x) => {
    const x: float = floatArgument(w_x);
    if (x <= 0 && Math.floor(x) === x && Number.isFinite(x)) throw domain();
    return checked(x, logGamma(x), true);
  }),
  function1("fabs", (w_x) => new W_Float(Math.abs(floatArgument(w_x)))),
  function1("floor", (w_x) => viaMethod(w_x, "__floor__") ?? truncate(Math.floor(floatArgument(w_x)))),
  function1("ceil", (w_x) => viaMethod(w_x, "__ceil__") ?? truncate(Math.ceil(floatArgument(w_x)))),
  function1("trunc", (w_x) => {
    const w_result = viaMethod(w_x, "__trunc__");
    if (w_result !== null) return w_result;
    if (w_x.asFloat() === null) throw typeError(`type ${w_x.typename()} doesn't define __trunc__ method`);
    return truncate(floatArgument(w_x));
  }),
  function1("degrees", (w_x) => new W_Float(floatArgument(w_x) * 57.29577951308232)),
  function1("radians", (w_x) => new W_Float(floatArgument(w_x) * 0.017453292519943295)),
  function1("isnan", (w_x) => newbool(Number.isNaN(floatArgument(w_x)))),
  function1("isinf", (w_x) => newbool(Math.abs(floatArgument(w_x)) === Infinity)),
  function1("isfinite", (w_x) => newbool(Number.isFinite(floatArgument(w_x)))),
  function1("ulp", (w_x) => new W_Float(ulp(floatArgument(w_x)))),
  function1("frexp", (w_x) => {
    const parts = frexp(floatArgument(w_x));
    return new W_Tuple([new W_Float(parts.mantissa), newint(parts.exponent)]);
  }),
  function1("modf", (w_x) => {
    const x: float = floatArgument(w_x);
    const whole: float = Math.trunc(x);
    const sign: float = x < 0 || (x === 0 && 1 / x < 0) ? -0.0 : 0.0;
    const rest: float = Number.isFinite(x) ? x - whole : sign;
    return new W_Tuple([new W_Float(rest === 0 ? sign : rest), new W_Float(whole === 0 ? sign : whole)]);
  }),
  function1("factorial", factorial),
  function1("isqrt", (w_x) => {
    const n = integer(w_x);
    if (n < 0n) throw valueError("isqrt() argument must be nonnegative");
    return fromBig(squareRoot(n));
  }),
  function1("fsum", (w_values) => new W_Float(exactSum(unpack(w_values)))),
  function2("atan2", (w_y, w_x) => new W_Float(Math.atan2(floatArgument(w_y), floatArgument(w_x)))),
  function2("pow", (w_x, w_y) => power(floatArgument(w_x), floatArgument(w_y))),
  function2("fmod", (w_x, w_y) => {
    const x: float = floatArgument(w_x);
    const y: float = floatArgument(w_y);
    if (!Number.isFinite(x) && !Number.isNaN(x) && !Number.isNaN(y)) throw domain();
    if (y === 0 && !Number.isNaN(x)) throw domain();
    return new W_Float(x % y);
  }),
  function2("remainder", (w_x, w_y) => new W_Float(remainder(floatArgument(w_x), floatArgument(w_y)))),
  function2("copysign", (w_x, w_y) => {
    const y: float = floatArgument(w_y);
    const x: float = Math.abs(floatArgument(w_x));
    return new W_Float(y < 0 || (y === 0 && 1 / y < 0) ? -x : x);
  }),
  function2("nextafter", (w_x, w_y) => {
    const x: float = floatArgument(w_x);
    const y: float = floatArgument(w_y);
    if (Number.isNaN(x) || Number.isNaN(y)) return new W_Float(NaN);
    if (x === y) return new W_Float(y);
    return new W_Float(y > x ? nextUp(x) : -nextUp(-x));
  }),
  function2("ldexp", (w_x, w_n) => {
    const x: float = floatArgument(w_x);
    if (w_n.asInt() === null) throw typeError("Expected an int as second argument to ldexp.");
    const n = integer(w_n);
    if (x === 0 || !Number.isFinite(x)) return new W_Float(x);
    if (n > 100000n) throw range();
    if (n < -100000n) return new W_Float(x * 0.0);
    const result: float = scaleByPower(x, (fromBig(n) as W_Int).value);
    if (!Number.isFinite(result)) throw range();
    return new W_Float(result);
  }),
  functionN("log", "x, base=?, /", (args) => {
    const top: float = logOf(args[0], 1);
    if (args[1] === w_missing) return new W_Float(top);
    return binaryOp(OP_TRUEDIV, new W_Float(top), new W_Float(logOf(args[1], 1)));
  }),
  functionN("isclose", "a, b, *, rel_tol=?, abs_tol=?", (args) => newbool(isClose(args))),
  functionN("perm", "n, k=None, /", (args) => permutations(args[0], args[1])),
  functionN("comb", "n, k, /", (args) => combinations(args[0], args[1])),
  functionN("prod", "iterable, /, *, start=1", (args) => {
    let w_result = args[1];
    for (const w of unpack(args[0])) w_result = binaryOp(OP_MUL, w_result, w);
    return w_result;
  }),
  functionN("dist", "p, q, /", (args) => {
    const p = unpack(args[0]);
    const q = unpack(args[1]);
    if (p.length !== q.length) throw valueError("both points must have the same number of dimensions");
    const values: float[] = [];
    for (let i: int = 0; i < p.length; i++) values.push(floatArgument(p[i]) - floatArgument(q[i]));
    return new W_Float(vectorNorm(values));
  }),
  functionKw("hypot", (args, _names) => {
    const values: float[] = [];
    for (const w of args) values.push(floatArgument(w));
    return new W_Float(vectorNorm(values));
  }),
  functionKw("gcd", (args, _names) => {
    let result: bigint = 0n;
    for (const w of args) result = gcd(result, integer(w));
    return fromBig(result);
  }),
  functionKw("lcm", (args, _names) => {
    let result: bigint = 1n;
    for (const w of args) {
      const n = integer(w);
      if (n === 0n) return newint(0);
      result = (result / gcd(result, n)) * (n < 0n ? -n : n);
    }
    return fromBig(result);
  }),
]);
constant(w_math, "pi", new W_Float(Math.PI));
constant(w_math, "e", new W_Float(Math.E));
constant(w_math, "tau", new W_Float(6.283185307179586));
constant(w_math, "inf", new W_Float(Infinity));
constant(w_math, "nan", new W_Float(NaN));
