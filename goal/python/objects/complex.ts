// complex.
import type { float, int } from "rtypescript/rlib";
import { getset, method0, newN } from "./builtin.ts";
import { ComplexPower, complexHook, numberValue, W_Float } from "./float.ts";
import { floatRepr } from "./floatformat.ts";

import { parseFloatText, strip } from "./numbertext.ts";
import {
  CMP_EQ,
  CMP_NE,
  NOT_IMPLEMENTED,
  OP_ADD,
  OP_MUL,
  OP_POW,
  OP_SUB,
  OP_TRUEDIV,
  typeError,
  valueError,
  W_Root,
  zeroDivisionError,
} from "./root.ts";
import { w_missing } from "./singletons.ts";
import { slots } from "./slots.ts";
import { callBound0, userMethod } from "./space.ts";
import { W_Str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";
import { builtinType, type W_Type } from "./type.ts";

export const w_complex = builtinType("complex");

export class W_Complex extends W_Root {
  readonly real: float;
  readonly imag: float;
  constructor(real: float, imag: float) {
    super();
    this.real = real;
    this.imag = imag;
  }
  override getclass(): W_Type {
    return w_complex;
  }
  override truth(): boolean {
    return this.real !== 0 || this.imag !== 0;
  }
  override repr(): string {
    const imag = part(this.imag);
    if (this.real === 0 && 1 / this.real > 0) return `${imag}j`;
    return `(${part(this.real)}${imag.startsWith("-") ? "" : "+"}${imag}j)`;
  }
  override hash(): int {
    const real = new W_Float(this.real).hash();
    return this.imag === 0 ? real : (real + 1000003 * new W_Float(this.imag).hash()) | 0;
  }
  override compare(op: int, w_other: W_Root): int {
    if (op !== CMP_EQ && op !== CMP_NE) return NOT_IMPLEMENTED;
    const w_z = asComplex(w_other);
    if (w_z === null) return NOT_IMPLEMENTED;
    return (this.real === w_z.real && this.imag === w_z.imag) === (op === CMP_EQ) ? 1 : 0;
  }
  override binop(op: int, w_other: W_Root): W_Root | null {
    const w_z = asComplex(w_other);
    return w_z === null ? null : complexBinop(op, this, w_z);
  }
  override rbinop(op: int, w_left: W_Root): W_Root | null {
    const w_z = asComplex(w_left);
    return w_z === null ? null : complexBinop(op, w_z, this);
  }
  override neg(): W_Root {
    return new W_Complex(-this.real, -this.imag);
  }
  override pos(): W_Root {
    return this;
  }
  override abs(): W_Root {
    return new W_Float(Math.hypot(this.real, this.imag));
  }
}

function part(f: float): string {
  const text = floatRepr(f);
  return text.endsWith(".0") ? text.slice(0, text.length - 2) : text;
}

/** The complex value of a number, null for others. */
function asComplex(w_x: W_Root): W_Complex | null {
  if (w_x instanceof W_Complex) return w_x;
  const f = numberValue(w_x);
  return f === null ? null : new W_Complex(f, 0.0);
}

function complexBinop(op: int, a: W_Complex, b: W_Complex): W_Root | null {
  switch (op) {
    case OP_ADD:
      return new W_Complex(a.real + b.real, a.imag + b.imag);
    case OP_SUB:
      return new W_Complex(a.real - b.real, a.imag - b.imag);
    case OP_MUL:
      return new W_Complex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real);
    case OP_TRUEDIV:
      return quotient(a, b);
    case OP_POW:
      return complexPow(a, b);
    default:
      return null;
  }
}

/** Smith's method, as CPython divides. */
function quotient(a: W_Complex, b: W_Complex): W_Complex {
  if (b.real === 0 && b.imag === 0) throw zeroDivisionError("complex division by zero");
  if (Math.abs(b.real) >= Math.abs(b.imag)) {
    const ratio: float = b.imag / b.real;
    const d: float = b.real + b.imag * ratio;
    return new W_Complex((a.real + a.imag * ratio) / d, (a.imag - a.real * ratio) / d);
  }
  const ratio: float = b.real / b.imag;
  const d: float = b.real * ratio + b.imag;
  return new W_Complex((a.real * ratio + a.imag) / d, (a.imag * ratio - a.real) / d);
}

export function complexPow(a: W_Complex, b: W_Complex): W_Complex {
  if (b.real === 0 && b.imag === 0) return new W_Complex(1.0, 0.0);
  if (a.real === 0 && a.imag === 0) {
    if (b.imag !== 0 || b.real < 0) throw zeroDivisionError("0.0 to a negative or complex power");
    return new W_Complex(0.0, 0.0);
  }
  if (b.imag === 0 && b.real === Math.floor(b.real) && Math.abs(b.real) <= 100) return wholePower(a, b.real);
  const size: float = Math.hypot(a.real, a.imag);
  const angle: float = Math.atan2(a.imag, a.real);
  let length: float = size ** b.real;
  let phase: float = angle * b.real;
  if (b.imag !== 0) {
    length /= Math.exp(angle * b.imag);
    phase += b.imag * Math.log(size);
  }
  return new W_Complex(length * Math.cos(phase), length * Math.sin(phase));
}
function wholePower(a: W_Complex, n: float): W_Complex {
  let result = new W_Complex(1.0, 0.0);
  let square = a;
  let left: float = Math.abs(n);
  while (left > 0) {
    if (left % 2 === 1) result = complexBinop(OP_MUL, result, square) as W_Complex;
    square = complexBinop(OP_MUL, square, square) as W_Complex;
    left = Math.floor(left / 2);
  }
  return n < 0 ? quotient(new W_Complex(1.0, 0.0), result) : result;
}

class FloatPower extends ComplexPower {
  override power(a: float, b: float): W_Root {
    return complexPow(new W_Complex(a, 0.0), new W_Complex(b, 0.0));
  }
}
complexHook.power = new FloatPower();

slots(w_complex, "repr hash bool eq ne add sub mul truediv radd rsub rmul rtruediv pow rpow neg pos abs");
newN(w_complex, "real=?, imag=?", (args) => {
  const w_real = args[1];
  if (w_real === w_missing) {
    return new W_Complex(0.0, args[2] === w_missing ? 0.0 : (numberValue(args[2]) ?? 0.0));
  }
  const w_text = w_real.asStr();
  if (w_text instanceof W_Str) {
    if (args[2] !== w_missing) throw typeError("complex() can't take second arg if first is a string");
    return parseComplex(w_text.text);
  }
  const w_user = userMethod(w_real, "__complex__");
  const w_z = asComplex(w_user === null ? w_real : callBound0(w_user, w_real));
  if (w_z === null) {
    throw typeError(`complex() first argument must be a string or a number, not '${w_real.typename()}'`);
  }
  if (args[2] === w_missing) return w_z;
  const w_i = asComplex(args[2]);
  if (w_i === null) throw typeError(`complex() second argument must be a number, not '${args[2].typename()}'`);
  const imag: float = w_real instanceof W_Complex ? w_z.imag + w_i.real : w_i.real;
  const real: float = args[2] instanceof W_Complex ? w_z.real - w_i.imag : w_z.real;
  return new W_Complex(real, imag);
});

/** One of the two numbers, without white space around it. */
function parsePart(text: string): float | null {
  return strip(text) === text ? parseFloatText(text) : null;
}

function parseComplex(source: string): W_Complex {
  let text = strip(source);
  if (text.startsWith("(") && text.endsWith(")")) text = strip(text.slice(1, text.length - 1));
  const bad = "complex() arg is a malformed string";
  if (!text.endsWith("j") && !text.endsWith("J")) {
    const f = parsePart(text);
    if (f === null) throw valueError(bad);
    return new W_Complex(f, 0.0);
  }
  text = text.slice(0, text.length - 1);
  let split: int = text.length - 1;
  while (split > 0) {
    const c = text.charAt(split);
    if ((c === "+" || c === "-") && text.charAt(split - 1) !== "e" && text.charAt(split - 1) !== "E") break;
    split--;
  }
  const imagText = text.slice(Math.max(0, split));
  const realText = split > 0 ? text.slice(0, split) : "0";
  const imag = imagText === "" || imagText === "+" ? 1.0 : imagText === "-" ? -1.0 : parsePart(imagText);
  const real = parsePart(realText);
  if (imag === null || real === null) throw valueError(bad);
  return new W_Complex(real, imag);
}

getset(w_complex, "real", (w_self) => new W_Float((w_self as W_Complex).real));
getset(w_complex, "imag", (w_self) => new W_Float((w_self as W_Complex).imag));
method0(w_complex, "conjugate", (w_self) => new W_Complex((w_self as W_Complex).real, -(w_self as W_Complex).imag));
method0(w_complex, "__getnewargs__", (w_self) => {
  const w_z = w_self as W_Complex;
  return new W_Tuple([new W_Float(w_z.real), new W_Float(w_z.imag)]);
});
