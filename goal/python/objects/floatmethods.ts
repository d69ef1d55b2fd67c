// Methods of float.
import { type float, type int, toFloat } from "rtypescript/rlib";
import { classMethodN, getset, method0, methodN, newN } from "./builtin.ts";
import { W_Bytes } from "./bytes.ts";
import { frexp, numberValue, W_Float, W_FloatSub, type W_Integer, w_float } from "./float.ts";
import { bigOf, fromBig, newbool, W_Int } from "./int.ts";
import { truncate } from "./intmethods.ts";
import { parseFloatText, strip } from "./numbertext.ts";
import { overflowError, typeError, valueError, type W_Root } from "./root.ts";
import { w_None } from "./singletons.ts";
import { intArgument } from "./slice.ts";
import { COMPARISONS, slots } from "./slots.ts";
import { callBound0, repr, userMethod } from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";
import { W_Instance, type W_Type } from "./type.ts";

slots(
  w_float,
  `repr hash bool ${COMPARISONS} add sub mul floordiv mod truediv divmod radd rsub rmul rfloordiv rmod rtruediv rdivmod pow rpow neg pos abs format`,
);

function floatOf(w_self: W_Root): float {
  return (w_self.asFloat() as W_Float).value;
}

/** `float(x)` of any object. */
export function toFloatValue(w_x: W_Root): float {
  const w_user = userMethod(w_x, "__float__");
  if (w_user !== null) {
    const w_result = callBound0(w_user, w_x).asFloat();
    if (w_result instanceof W_Float) return w_result.value;
    throw typeError(`${w_x.typename()}.__float__ returned non-float (type ${callBound0(w_user, w_x).typename()})`);
  }
  const value = numberValue(w_x);
  if (value !== null) return value;
  const w_text = w_x.asStr();
  if (w_text instanceof W_Str) {
    const parsed = parseFloatText(w_text.text);
    if (parsed === null) throw valueError(`could not convert string to float: ${repr(w_x)}`);
    return parsed;
  }
  const w_bytes = w_x.asBytes();
  if (w_bytes instanceof W_Bytes) {
    const parsed = parseFloatText(w_bytes.latin());
    if (parsed === null) throw valueError(`could not convert string to float: ${repr(w_x)}`);
    return parsed;
  }
  const w_index = userMethod(w_x, "__index__");
  if (w_index !== null) {
    const w_i = callBound0(w_index, w_x).asInt();
    if (w_i !== null) return (w_i as W_Integer).toFloat();
  }
  throw typeError(`float() argument must be a string or a real number, not '${w_x.typename()}'`);
}

/** A float argument of a mathematical function. */
export function floatArgument(w_x: W_Root): float {
  if (w_x instanceof W_Float) return w_x.value;
  if (w_x instanceof W_Int) return toFloat(w_x.value);
  if (w_x.asStr() !== null) throw typeError("must be real number, not str");
  const value = numberValue(w_x);
  if (value !== null) return value;
  if (userMethod(w_x, "__float__") !== null || userMethod(w_x, "__index__") !== null) return toFloatValue(w_x);
  throw typeError(`must be real number, not ${w_x.typename()}`);
}

newN(w_float, "x=0, /", (args) => {
  const w_class = args[0] as W_Type;
  if (w_class === w_float && args[1] instanceof W_Float) return args[1];
  const w_value = new W_Float(toFloatValue(args[1]));
  return w_class === w_float ? w_value : new W_FloatSub(w_value, new W_Instance(w_class.shape()));
});

getset(w_float, "real", (w_self) => w_self.asFloat() as W_Root);
getset(w_float, "imag", (_w_self) => new W_Float(0.0));
method0(w_float, "conjugate", (w_self) => w_self.asFloat() as W_Root);
method0(w_float, "__float__", (w_self) => w_self.asFloat() as W_Root);
method0(w_float, "__int__", (w_self) => truncate(floatOf(w_self)));
method0(w_float, "__trunc__", (w_self) => truncate(floatOf(w_self)));
method0(w_float, "__floor__", (w_self) => truncate(Math.floor(floatOf(w_self))));
method0(w_float, "__ceil__", (w_self) => truncate(Math.ceil(floatOf(w_self))));
method0(w_float, "__getnewargs__", (w_self) => new W_Tuple([w_self.asFloat() as W_Root]));
method0(w_float, "is_integer", (w_self) => {
  const f = floatOf(w_self);
  return newbool(Number.isFinite(f) && Math.trunc(f) === f);
});
method0(w_float, "hex", (w_self) => newstr(hexText(floatOf(w_self))));
classMethodN(w_float, "__getformat__", "typestr, /", (_args) => newstr("IEEE, little-endian"));
classMethodN(w_float, "fromhex", "string, /", (args) => {
  const w_text = args[1].asStr();
  if (!(w_text instanceof W_Str)) throw typeError("fromhex() argument must be a string");
  return new W_Float(parseHex(strip(w_text.text)));
});
method0(w_float, "as_integer_ratio", (w_self) => {
  const f = floatOf(w_self);
  if (Number.isNaN(f)) throw valueError("cannot convert NaN to integer ratio");
  if (!Number.isFinite(f)) throw overflowError("cannot convert Infinity to integer ratio");
  let value: float = f;
  let shift: int = 0;
  while (Math.trunc(value) !== value) {
    value *= 2.0;
    shift++;
  }
  return new W_Tuple([truncate(value), fromBig(1n << BigInt(shift))]);
});
methodN(w_float, "__round__", "ndigits=None, /", (args) => {
  const f = floatOf(args[0]);
  if (args[1] === w_None) return truncate(roundHalfEven(f));
  return new W_Float(roundTo(f, intArgument(args[1])));
});

/** The nearest whole number, ties to even. */
export function roundHalfEven(f: float): float {
  const down: float = Math.floor(f);
  const rest: float = f - down;
  if (rest < 0.5) return down;
  if (rest > 0.5) return down + 1.0;
  return down % 2.0 === 0 ? down : down + 1.0;
}

/** Rounded to decimal digits, exactly: the float's exact value decides. */
export function roundTo(f: float, digits: int): float {
  if (!Number.isFinite(f) || f === 0) return f;
  const exponent = frexp(f).exponent;
  if (digits > 323 || digits > ((54 - exponent) * 302) / 1000 + 20) return f;
  if (digits < -308) return f * 0.0;
  return roundBig(f, digits);
}
function roundBig(f: float, digits: int): float {
  // f = top / bottom exactly.
  let value: float = Math.abs(f);
  let shift: int = 0;
  while (Math.trunc(value) !== value) {
    value *= 2.0;
    shift++;
  }
  let top: bigint = BigInt(value);
  let bottom: bigint = 1n << BigInt(shift);
  if (digits >= 0) top *= 10n ** BigInt(digits);
  else bottom *= 10n ** BigInt(0 - digits);
  let whole: bigint = top / bottom;
  const twice: bigint = (top - whole * bottom) * 2n;
  if (twice > bottom || (twice === bottom && (whole & 1n) === 1n)) whole += 1n;
  const text = `${whole.toString()}e${0 - digits}`;
  const rounded: float = Number(text);
  if (!Number.isFinite(rounded)) throw overflowError("rounded value too large to represent");
  return f < 0 ? -rounded : rounded;
}

function hexText(f: float): string {
  if (!Number.isFinite(f)) return repr(new W_Float(f));
  const sign = f < 0 || (f === 0 && 1 / f < 0) ? "-" : "";
  if (f === 0) return `${sign}0x0.0p+0`;
  const parts = frexp(Math.abs(f));
  let exponent: int = parts.exponent - 1;
  let mantissa: float = parts.mantissa * 2.0;
  if (exponent < -1022) {
    while (exponent < -1022) {
      mantissa /= 2.0;
      exponent++;
    }
  }
  const lead: float = Math.floor(mantissa);
  const rest = bigOf(truncate((mantissa - lead) * 4503599627370496.0));
  const power = exponent < 0 ? `-${0 - exponent}` : `+${exponent}`;
  return `${sign}0x${lead === 0 ? 0 : 1}.${rest.toString(16).padStart(13, "0")}p${power}`;
}

function parseHex(source: string): float {
  let text = source.toLowerCase();
  let sign: float = 1.0;
  if (text.startsWith("-") || text.startsWith("+")) {
    if (text.startsWith("-")) sign = -1.0;
    text = text.slice(1);
  }
  if (text === "inf" || text === "infinity") return sign * Infinity;
  if (text === "nan") return NaN;
  if (text.startsWith("0x")) text = text.slice(2);
  const p: int = text.indexOf("p");
  const digits = p < 0 ? text : text.slice(0, p);
  const power: float = p < 0 ? 0.0 : Number(text.slice(p + 1));
  const dot: int = digits.indexOf(".");
  const all = dot < 0 ? digits : digits.slice(0, dot) + digits.slice(dot + 1);
  const fraction: int = dot < 0 ? 0 : digits.length - dot - 1;
  for (let i: int = 0; i < all.length; i++) {
    if (!"0123456789abcdef".includes(all.charAt(i))) throw valueError("invalid hexadecimal floating-point string");
  }
  if (all === "" || Number.isNaN(power)) throw valueError("invalid hexadecimal floating-point string");
  const value: float = Number(BigInt(`0x${all}`));
  return sign * value * 2.0 ** (power - toFloat(4 * fraction));
}
