// The cmath module: functions of complex numbers.
import { type float, toFloat } from "rtypescript/rlib";
import { function1, function2, functionN } from "../objects/builtin.ts";
import { W_Complex } from "../objects/complex.ts";
import { W_Float } from "../objects/float.ts";
import { floatArgument } from "../objects/floatmethods.ts";
import { newbool } from "../objects/int.ts";
import { type OperationError, overflowError, typeError, valueError, type W_Root } from "../objects/root.ts";
import { w_missing } from "../objects/singletons.ts";
import { callBound0, userMethod } from "../objects/space.ts";
import { newtuple } from "../objects/tuple.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_cmath = builtinModule("cmath");

/** A complex argument: complex numbers, real ones, objects with `__complex__`. */
function argument(w_x: W_Root): W_Complex {
  if (w_x instanceof W_Complex) return w_x;
  const w_method = userMethod(w_x, "__complex__");
  if (w_method !== null) {
    const w_result = callBound0(w_method, w_x);
    if (w_result instanceof W_Complex) return w_result;
    throw typeError(`${w_x.typename()}.__complex__ returned non-complex (type ${w_result.typename()})`);
  }
  return new W_Complex(floatArgument(w_x), 0.0);
}

function domainError(): OperationError {
  return valueError("math domain error");
}
function make(re: float, im: float): W_Complex {
  return new W_Complex(re, im);
}
/** A result that finite arguments must not take to infinity. */
function finite(a: W_Complex, result: W_Complex): W_Complex {
  if (bothFinite(a) && !bothFinite(result)) throw overflowError("math range error");
  return result;
}
function bothFinite(z: W_Complex): boolean {
  return Number.isFinite(z.real) && Number.isFinite(z.imag);
}

function sqrt(z: W_Complex): W_Complex {
  const x = z.real;
  const y = z.imag;
  if (x === 0 && y === 0) return make(0.0, y);
  if (!Number.isFinite(y) && !Number.isNaN(y)) return make(Number.POSITIVE_INFINITY, y);
  if (!Number.isFinite(x) && !Number.isNaN(x)) {
    const zero: float = y < 0 || (y === 0 && 1 / y < 0) ? -0.0 : 0.0;
    if (x > 0) return make(x, Number.isNaN(y) ? y : zero);
    return make(Number.isNaN(y) ? y : 0.0, zero < 0 || 1 / zero < 0 ? -Number.POSITIVE_INFINITY : -x);
  }
  // Half the sum is formed of eighths, so that it does not overflow.
  const ax: float = Math.abs(x) / 8.0;
  const s: float = 2.0 * Math.sqrt(ax + Math.hypot(ax, Math.abs(y) / 8.0));
  const d: float = Math.abs(y) / (2.0 * s);
  const negative = y < 0 || (y === 0 && 1 / y < 0);
  if (x >= 0) return make(s, negative ? -d : d);
  return make(d, negative ? -s : s);
}

function log(z: W_Complex): W_Complex {
  if (z.real === 0 && z.imag === 0) throw domainError();
  const ax: float = Math.abs(z.real);
  const ay: float = Math.abs(z.imag);
  const h: float = Math.hypot(ax, ay);
  let magnitude: float;
  if (h > 1e300 || h < 1e-300) magnitude = Math.log(Math.hypot(ax / 2.0, ay / 2.0)) + Math.LN2;
  else if (h > 0.71 && h < 1.73) {
    const larger: float = ax > ay ? ax : ay;
    const smaller: float = ax > ay ? ay : ax;
    magnitude = Math.log1p((larger - 1.0) * (larger + 1.0) + smaller * smaller) / 2.0;
  } else magnitude = Math.log(h);
  return make(magnitude, Math.atan2(z.imag, z.real));
}

function exp(z: W_Complex): W_Complex {
  if (!Number.isFinite(z.imag) && (Number.isFinite(z.real) || z.real > 0) && !Number.isNaN(z.imag)) throw domainError();
  const size: float = Math.exp(z.real);
  if (z.imag === 0) return finite(z, make(size, z.imag));
  return finite(z, make(size * Math.cos(z.imag), size * Math.sin(z.imag)));
}

function requireFiniteAngle(angle: float): void {
  if (!Number.isFinite(angle) && !Number.isNaN(angle)) throw domainError();
}
function sinh(z: W_Complex): W_Complex {
  requireFiniteAngle(z.imag);
  return finite(z, make(Math.cos(z.imag) * Math.sinh(z.real), Math.sin(z.imag) * Math.cosh(z.real)));
}
function cosh(z: W_Complex): W_Complex {
  requireFiniteAngle(z.imag);
  return finite(z, make(Math.cos(z.imag) * Math.cosh(z.real), Math.sin(z.imag) * Math.sinh(z.real)));
}
function tanh(z: W_Complex): W_Complex {
  requireFiniteAngle(z.imag);
  if (Math.abs(z.real) > 350.0) {
    const sign: float = z.real < 0 ? -1.0 : 1.0;
    return make(sign, 4.0 * Math.sin(z.imag) * Math.cos(z.imag) * Math.exp(-2.0 * Math.abs(z.real)));
  }
  const tx: float = Math.tanh(z.real);
  const ty: float = Math.tan(z.imag);
  const cx: float = 1.0 / Math.cosh(z.real);
  const txty: float = tx * ty;
  const denominator: float = 1.0 + txty * txty;
  return make((tx * (1.0 + ty * ty)) / denominator, (ty / denominator) * cx * cx);
}
/** `−i f(i z)` for odd functions. */
function turned(f: (z: W_Complex) => W_Complex, z: W_Complex): W_Complex {
  const w = f(make(-z.imag, z.real));
  return make(w.imag, -w.real);
}

function asinh(z: W_Complex): W_Complex {
  const s1 = sqrt(make(1.0 + z.imag, -z.real));
  const s2 = sqrt(make(1.0 - z.imag, z.real));
  return make(
    Math.asinh(s1.real * s2.imag - s2.real * s1.imag),
    Math.atan2(z.imag, s1.real * s2.real - s1.imag * s2.imag),
  );
}
function acosh(z: W_Complex): W_Complex {
  const s1 = sqrt(make(z.real - 1.0, z.imag));
  const s2 = sqrt(make(z.real + 1.0, z.imag));
  return make(Math.asinh(s1.real * s2.real + s1.imag * s2.imag), 2.0 * Math.atan2(s1.imag, s2.real));
}
function acos(z: W_Complex): W_Complex {
  const s1 = sqrt(make(1.0 - z.real, -z.imag));
  const s2 = sqrt(make(1.0 + z.real, z.imag));
  return make(2.0 * Math.atan2(s1.real, s2.real), Math.asinh(s2.real * s1.imag - s2.imag * s1.real));
}
function atanh(z: W_Complex): W_Complex {
  if (z.real < 0 || (z.real === 0 && 1 / z.real < 0)) {
    const w = atanh(make(-z.real, -z.imag));
    return make(-w.real, -w.imag);
  }
  const ay: float = Math.abs(z.imag);
  if (z.real === 1 && ay === 0) throw domainError();
  if (z.real > 1e150 || ay > 1e150) {
    const h: float = Math.hypot(z.real / 2.0, ay / 2.0);
    const quarter: float = Math.PI / 2.0;
    return make(z.real / 4.0 / h / h, z.imag < 0 ? -quarter : quarter);
  }
  if (z.real === 1 && ay < 1e-150) {
    return make(
      -Math.log(Math.sqrt(ay) / Math.sqrt(Math.hypot(ay, 2.0))),
      Math.atan2(2.0, -ay) / (z.imag < 0 ? -2.0 : 2.0),
    );
  }
  const gap: float = 1.0 - z.real;
  const real: float = Math.log1p((4.0 * z.real) / (gap * gap + ay * ay)) / 4.0;
  return make(real, -Math.atan2(-2.0 * z.imag, gap * (1.0 + z.real) - ay * ay) / 2.0);
}

function phase(z: W_Complex): float {
  return Math.atan2(z.imag, z.real);
}
function rect(size: float, angle: float): W_Complex {
  if (!Number.isFinite(angle)) {
    if (Number.isNaN(angle) || size === 0) return size === 0 ? make(0.0, 0.0) : make(angle, angle);
    throw domainError();
  }
  if (angle === 0) return make(size, size * angle);
  return make(size * Math.cos(angle), size * Math.sin(angle));
}

function isNan(z: W_Complex): boolean {
  return Number.isNaN(z.real) || Number.isNaN(z.imag);
}
function isInfinite(z: W_Complex): boolean {
  return (!Number.isFinite(z.real) && !Number.isNaN(z.real)) || (!Number.isFinite(z.imag) && !Number.isNaN(z.imag));
}

function isClose(args: W_Root[]): boolean {
  const a = argument(args[0]);
  const b = argument(args[1]);
  const relative = floatArgument(args[2]);
  const absolute = floatArgument(args[3]);
  if (relative < 0 || absolute < 0) throw valueError("tolerances must be non-negative");
  if (a.real === b.real && a.imag === b.imag) return true;
  if (isInfinite(a) || isInfinite(b)) return false;
  const difference: float = Math.hypot(a.real - b.real, a.imag - b.imag);
  const larger: float = Math.max(Math.hypot(a.real, a.imag), Math.hypot(b.real, b.imag));
  return difference <= relative * larger || difference <= absolute;
}

functions(w_cmath, [
  function1("sqrt", (w) => sqrt(argument(w))),
  function1("exp", (w) => exp(argument(w))),
  functionN("log", "z, base=?, /", (args) => {
    const z = log(argument(args[0]));
    if (args[1] === w_missing) return z;
    const w_quotient = z.binop(4, log(argument(args[1])));
    if (w_quotient === null) throw domainError();
    return w_quotient;
  }),
  function1("log10", (w) => {
    const z = log(argument(w));
    return make(z.real / Math.LN10, z.imag / Math.LN10);
  }),
  function1("sin", (w) => turned(sinh, argument(w))),
  function1("cos", (w) => cosh(make(-argument(w).imag, argument(w).real))),
  function1("tan", (w) => turned(tanh, argument(w))),
  function1("sinh", (w) => sinh(argument(w))),
  function1("cosh", (w) => cosh(argument(w))),
  function1("tanh", (w) => tanh(argument(w))),
  function1("asin", (w) => turned(asinh, argument(w))),
  function1("acos", (w) => acos(argument(w))),
  function1("atan", (w) => turned(atanh, argument(w))),
  function1("asinh", (w) => asinh(argument(w))),
  function1("acosh", (w) => acosh(argument(w))),
  function1("atanh", (w) => atanh(argument(w))),
  function1("phase", (w) => new W_Float(phase(argument(w)))),
  function1("polar", (w) => {
    const z = argument(w);
    return newtuple([new W_Float(Math.hypot(z.real, z.imag)), new W_Float(phase(z))]);
  }),
  function2("rect", (w_r, w_phi) => rect(floatArgument(w_r), floatArgument(w_phi))),
  function1("isnan", (w) => newbool(isNan(argument(w)))),
  function1("isinf", (w) => newbool(isInfinite(argument(w)))),
  function1("isfinite", (w) => newbool(bothFinite(argument(w)))),
  functionN("isclose", "a, b, *, rel_tol=?, abs_tol=?", (args) => {
    const w_relative = args[2] === w_missing ? new W_Float(1e-9) : args[2];
    const w_absolute = args[3] === w_missing ? new W_Float(toFloat(0)) : args[3];
    return newbool(isClose([args[0], args[1], w_relative, w_absolute]));
  }),
]);
constant(w_cmath, "pi", new W_Float(Math.PI));
constant(w_cmath, "e", new W_Float(Math.E));
constant(w_cmath, "tau", new W_Float(2 * Math.PI));
constant(w_cmath, "inf", new W_Float(Number.POSITIVE_INFINITY));
constant(w_cmath, "nan", new W_Float(Number.NaN));
constant(w_cmath, "infj", new W_Complex(0, Number.POSITIVE_INFINITY));
constant(w_cmath, "nanj", new W_Complex(0, Number.NaN));
