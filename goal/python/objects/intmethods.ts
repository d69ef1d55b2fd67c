// Methods of int and bool.
import { type float, type int, intBitLength, toInt } from "rtypescript/rlib";
import { classMethodN, getset, method0, methodN, newKw, newN } from "./builtin.ts";
import { W_Bytes } from "./bytes.ts";
import { W_Float, type W_Integer } from "./float.ts";
import {
  bigBitLength,
  bigFloorDiv,
  bigFloorMod,
  bigOf,
  fromBig,
  intFromFloat,
  newbool,
  newint,
  W_Int,
  W_IntSub,
  w_bool,
  w_int,
} from "./int.ts";
import { parseInt_ } from "./numbertext.ts";
import { overflowError, typeError, valueError, type W_Root } from "./root.ts";
import { w_missing, w_None } from "./singletons.ts";
import { intArgument } from "./slice.ts";
import { COMPARISONS, slots } from "./slots.ts";
import { callBound0, index, repr, truth, userMethod } from "./space.ts";
import { reprOfText, W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";
import { W_Instance, type W_Type } from "./type.ts";

const ARITHMETIC =
  "add sub mul floordiv mod truediv divmod lshift rshift and or xor radd rsub rmul rfloordiv rmod rtruediv rdivmod rlshift rrshift rand ror rxor pow rpow";
slots(w_int, `repr hash bool ${COMPARISONS} ${ARITHMETIC} neg pos invert abs format`);
slots(w_bool, "repr and or xor rand ror rxor format");

function exact(w_self: W_Root): W_Root {
  return w_self.asInt() as W_Root;
}

/** `int(x)` of any object. */
export function toIntObject(w_x: W_Root): W_Root {
  if (w_x instanceof W_Int) return w_x;
  const w_user = userMethod(w_x, "__int__") ?? userMethod(w_x, "__index__") ?? userMethod(w_x, "__trunc__");
  if (w_user !== null) {
    const w_result = callBound0(w_user, w_x).asInt();
    if (w_result === null) throw typeError(`__int__ returned non-int (type ${w_x.typename()})`);
    return w_result;
  }
  const w_i = w_x.asInt();
  if (w_i !== null) return w_i;
  const w_f = w_x.asFloat();
  if (w_f instanceof W_Float) return truncate(w_f.value);
  const w_text = w_x.asStr();
  if (w_text instanceof W_Str) return fromText(w_text.text, 10, repr(w_x));
  const w_bytes = w_x.asBytes();
  if (w_bytes instanceof W_Bytes) return fromText(w_bytes.latin(), 10, w_x.repr());
  throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${w_x.typename()}'`);
}
export function truncate(f: float): W_Root {
  if (Number.isNaN(f)) throw valueError("cannot convert float NaN to integer");
  if (!Number.isFinite(f)) throw overflowError("cannot convert float infinity to integer");
  return intFromFloat(f);
}
function fromText(text: string, base: int, shown: string): W_Root {
  const w_value = parseInt_(text, base);
  if (w_value === null) throw valueError(`invalid literal for int() with base ${base}: ${shown}`);
  return w_value;
}

newKw(w_int, (args, names) => {
  const given: int = args.length - names.length - 1;
  if (args.length > 3) throw typeError(`int() takes at most 2 arguments (${args.length - 1} given)`);
  let w_base: W_Root = w_missing;
  if (given === 2) w_base = args[2];
  for (let k: int = 0; k < names.length; k++) {
    if (names[k] !== "base") throw typeError(`'${names[k]}' is an invalid keyword argument for int()`);
    w_base = args[given + 1 + k];
  }
  if (given === 0 && w_base !== w_missing) throw typeError("int() missing string argument");
  const w_value = given === 0 ? newint(0) : w_base === w_missing ? toIntObject(args[1]) : intWithBase(args[1], w_base);
  const w_class = args[0] as W_Type;
  if (w_class === w_int) return w_value;
  return new W_IntSub(w_value as W_Integer, new W_Instance(w_class.shape()));
});
function intWithBase(w_x: W_Root, w_base: W_Root): W_Root {
  const base = intArgument(w_base);
  if (base !== 0 && (base < 2 || base > 36)) throw valueError("int() base must be >= 2 and <= 36, or 0");
  const w_text = w_x.asStr();
  if (w_text instanceof W_Str) return fromText(w_text.text, base, reprOfText(w_text.text));
  const w_bytes = w_x.asBytes();
  if (w_bytes instanceof W_Bytes) return fromText(w_bytes.latin(), base, w_x.repr());
  throw typeError("int() can't convert non-string with explicit base");
}

newN(w_bool, "x=False, /", (args) => newbool(truth(args[1])));

getset(w_int, "real", exact);
getset(w_int, "imag", (_w_self) => newint(0));
getset(w_int, "numerator", exact);
getset(w_int, "denominator", (_w_self) => newint(1));
method0(w_int, "conjugate", exact);
method0(w_int, "__int__", exact);
method0(w_int, "__index__", exact);
method0(w_int, "__trunc__", exact);
method0(w_int, "__floor__", exact);
method0(w_int, "__ceil__", exact);
method0(w_int, "__float__", (w_self) => new W_Float((exact(w_self) as W_Integer).toFloat()));
method0(w_int, "__getnewargs__", (w_self) => new W_Tuple([exact(w_self)]));
methodN(w_int, "__round__", "ndigits=None, /", (args) => roundInt(exact(args[0]), args[1]));

/** `round(i, n)`: to the nearest multiple of 10**−n, ties to even. */
export function roundInt(w_i: W_Root, w_digits: W_Root): W_Root {
  if (w_digits === w_None) return w_i;
  const digits = bigOf(index(w_digits));
  if (digits >= 0n) return w_i;
  const unit = 10n ** -digits;
  const value = bigOf(w_i);
  const rest = bigFloorMod(value, unit);
  let down = bigFloorDiv(value, unit);
  if (rest * 2n > unit || (rest * 2n === unit && (down & 1n) === 1n)) down += 1n;
  return fromBig(down * unit);
}

method0(w_int, "bit_length", (w_self) => {
  const w_i = exact(w_self);
  return newint(w_i instanceof W_Int ? bitLength(w_i.value) : bigBitLength(bigOf(w_i)));
});
function bitLength(value: int): int {
  return value < 0 ? bigBitLength(BigInt(value)) : intBitLength(value);
}
method0(w_int, "bit_count", (w_self) => {
  let value = bigOf(exact(w_self));
  if (value < 0n) value = -value;
  let count: int = 0;
  const bits = value.toString(2);
  for (let i: int = 0; i < bits.length; i++) if (bits.charAt(i) === "1") count++;
  return newint(count);
});
method0(w_int, "as_integer_ratio", (w_self) => new W_Tuple([exact(w_self), newint(1)]));

methodN(w_int, "to_bytes", "length=1, byteorder='big', *, signed=False", (args) => {
  const length = intArgument(args[1]);
  if (length < 0) throw valueError("length argument must be non-negative");
  const little = isLittle(args[2]);
  const signed = truth(args[3]);
  let value = bigOf(exact(args[0]));
  const limit = 1n << BigInt(length * 8);
  if (!signed && value < 0n) throw overflowError("can't convert negative int to unsigned");
  if (signed ? value >= limit >> 1n || value < -(limit >> 1n) : value >= limit)
    throw overflowError("int too big to convert");
  if (value < 0n) value += limit;
  const data = new Uint8Array(length);
  const hex = value.toString(16).padStart(length * 2, "0");
  for (let i: int = 0; i < length; i++) {
    const byte = toInt(Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
    data[little ? length - 1 - i : i] = byte;
  }
  return new W_Bytes(data);
});
function isLittle(w_order: W_Root): boolean {
  const w_text = w_order.asStr();
  if (w_text instanceof W_Str && w_text.text === "little") return true;
  if (w_text instanceof W_Str && w_text.text === "big") return false;
  throw valueError("byteorder must be either 'little' or 'big'");
}
classMethodN(w_int, "from_bytes", "bytes, byteorder='big', *, signed=False", (args) => {
  const w_data = args[1];
  const data = w_data instanceof W_Bytes ? w_data.data : bytesFromItems(w_data);
  const little = isLittle(args[2]);
  const parts: string[] = ["0x0"];
  for (let i: int = 0; i < data.length; i++) {
    parts.push(data[little ? data.length - 1 - i : i].toString(16).padStart(2, "0"));
  }
  let value = BigInt(parts.join(""));
  if (truth(args[3]) && data.length > 0 && value >> BigInt(data.length * 8 - 1) === 1n) {
    value -= 1n << BigInt(data.length * 8);
  }
  const w_value = fromBig(value);
  return args[0] === w_int ? w_value : args[0].call1(w_value);
});
function bytesFromItems(w_items: W_Root): Uint8Array {
  const w_made = (w_bytesClass() as W_Type).call1(w_items);
  return (w_made as W_Bytes).data;
}
function w_bytesClass(): W_Root {
  return new W_Bytes(new Uint8Array(0)).getclass();
}
