/** Math, Number, BigInt, parsing and conversion functions, and the methods of numbers. */
import type { BuiltinCall, BuiltinTable, BuiltinTransfer } from "../builtins.ts";
import {
  BIGINT,
  BOOL,
  FLOAT,
  INT,
  INTEGRAL,
  isBottom,
  NON_NEGATIVE,
  NOTHING,
  SomeBigInt,
  SomeFloat,
  SomeInt,
  type SomeList,
  SomeMachineInt,
  type SomeValue,
  STRING,
  TRUE,
} from "../model.ts";
import { quotientOf } from "../quotient.ts";
import {
  isBig,
  isIntLike,
  isNonNegative,
  isNumber,
  isText,
  knownNumber,
  requireIntType,
  requireNumber,
  requireText,
} from "./kinds.ts";

/** Argument i as a number; bottom blocks. */
export function numberArg(call: BuiltinCall, i: number): SomeValue {
  const s = call.arg(i);
  if (s === null) return call.ctx.fail("RTS1205", `${call.name} needs ${i + 1} arguments`);
  return requireNumber(call.ctx, s, `argument ${i + 1} of ${call.name}`, call.operand(i));
}

export function intArg(call: BuiltinCall, i: number): SomeValue {
  const s = call.arg(i);
  if (s === null) return call.ctx.fail("RTS1205", `${call.name} needs ${i + 1} arguments`);
  return requireIntType(call.ctx, s, call.operand(i), `argument ${i + 1} of ${call.name}`);
}

/** Like `intArg`, for an argument that may be left out. */
export function optionalInt(call: BuiltinCall, i: number): void {
  const s = call.arg(i);
  if (s !== null && s.kind !== "nothing")
    requireIntType(call.ctx, s, call.operand(i), `argument ${i + 1} of ${call.name}`);
}

export function textArg(call: BuiltinCall, i: number): SomeValue {
  const s = call.arg(i);
  if (s === null) return call.ctx.fail("RTS1205", `${call.name} needs ${i + 1} arguments`);
  return requireText(call.ctx, s, `argument ${i + 1} of ${call.name}`, call.operand(i));
}

export function optionalText(call: BuiltinCall, i: number): void {
  const s = call.arg(i);
  if (s !== null && s.kind !== "nothing")
    requireText(call.ctx, s, `argument ${i + 1} of ${call.name}`, call.operand(i));
}

function floatFunction(f: (x: number) => number): BuiltinTransfer {
  return (call) => {
    const s = numberArg(call, 0);
    if (s.kind === "nothing") return NOTHING;
    const x = knownNumber(s);
    return x === null ? FLOAT : new SomeFloat(0, { value: f(x) });
  };
}

function floatFunction2(call: BuiltinCall): SomeValue {
  const [a, b] = [numberArg(call, 0), numberArg(call, 1)];
  return a.kind === "nothing" || b.kind === "nothing" ? NOTHING : FLOAT;
}

/** floor, ceil, round, trunc: of an int itself; of a quotient of ints (floor and trunc) the exact int; else integral. */
function rounding(f: (x: number) => number, exactQuotient: boolean): BuiltinTransfer {
  return (call) => {
    const s = numberArg(call, 0);
    if (s.kind === "nothing") return NOTHING;
    if (isIntLike(s)) return s.nonNull();
    const x = knownNumber(s);
    if (x !== null) return new SomeFloat(0, { value: f(x) }, true);
    if (exactQuotient && quotientOf(call.ctx, call.operand(0)) !== null) return INT;
    return INTEGRAL;
  };
}

/** abs, sign: int of an int. */
function keepsInt(f: (x: number) => number, integral: boolean): BuiltinTransfer {
  return (call) => {
    const s = numberArg(call, 0);
    if (s.kind === "nothing") return NOTHING;
    const x = knownNumber(s);
    if (isIntLike(s)) return x === null ? INT : new SomeInt(0, { value: f(x) }, f(x) >= 0);
    return integral || (s instanceof SomeFloat && s.integral) ? INTEGRAL : FLOAT;
  };
}

function extreme(fold: (a: number, b: number) => number): BuiltinTransfer {
  return (call) => {
    let joined: SomeValue = NOTHING;
    let value: number | null = null;
    for (let i = 0; i < call.args.length; i++) {
      const isSpread = call.spread?.[i] === true;
      const s = isSpread ? spreadItem(call, i) : numberArg(call, i);
      if (s.kind === "nothing") return NOTHING;
      requireNumber(call.ctx, s, `argument ${i + 1} of ${call.name}`, call.operand(i));
      const x = knownNumber(s);
      value = x === null || isSpread || (i > 0 && value === null) ? null : i === 0 ? x : fold(value as number, x);
      joined = call.ctx.union(joined, s.withoutConstant().nonNull());
    }
    if (isBottom(joined)) return FLOAT;
    return value !== null && joined.kind !== "float" ? joined.withConstant(value) : joined;
  };
}

function spreadItem(call: BuiltinCall, i: number): SomeValue {
  const s = call.args[i] as SomeValue;
  if (s.kind === "nothing") return NOTHING;
  if (s.kind !== "list") return call.ctx.fail("RTS1207", `${s.toText()} is spread`, null, [call.operand(i)]);
  return call.ctx.read((s as SomeList).cell.item);
}

function imul(call: BuiltinCall): SomeValue {
  intArg(call, 0);
  intArg(call, 1);
  return INT;
}

export const MATH: BuiltinTable = {
  floor: rounding(Math.floor, true),
  trunc: rounding(Math.trunc, true),
  ceil: rounding(Math.ceil, false),
  round: rounding(Math.round, false),
  abs: keepsInt(Math.abs, false),
  sign: keepsInt(Math.sign, true),
  max: extreme(Math.max),
  min: extreme(Math.min),
  imul,
  clz32: (call) => (intArg(call, 0).kind === "nothing" ? NOTHING : NON_NEGATIVE),
  pow: (call) => {
    const [a, b] = [numberArg(call, 0), numberArg(call, 1)];
    if (a.kind === "nothing" || b.kind === "nothing") return NOTHING;
    return isIntLike(a) && isIntLike(b) && isNonNegative(b) ? INTEGRAL : FLOAT;
  },
  atan2: floatFunction2,
  hypot: (call) => {
    for (let i = 0; i < call.args.length; i++) numberArg(call, i);
    return FLOAT;
  },
  random: () => FLOAT,
  fround: floatFunction(Math.fround),
  sqrt: floatFunction(Math.sqrt),
  cbrt: floatFunction(Math.cbrt),
  exp: floatFunction(Math.exp),
  expm1: floatFunction(Math.expm1),
  log: floatFunction(Math.log),
  log1p: floatFunction(Math.log1p),
  log2: floatFunction(Math.log2),
  log10: floatFunction(Math.log10),
  sin: floatFunction(Math.sin),
  cos: floatFunction(Math.cos),
  tan: floatFunction(Math.tan),
  asin: floatFunction(Math.asin),
  acos: floatFunction(Math.acos),
  atan: floatFunction(Math.atan),
  sinh: floatFunction(Math.sinh),
  cosh: floatFunction(Math.cosh),
  tanh: floatFunction(Math.tanh),
  asinh: floatFunction(Math.asinh),
  acosh: floatFunction(Math.acosh),
  atanh: floatFunction(Math.atanh),
};

function predicate(call: BuiltinCall): SomeValue {
  const s = numberArg(call, 0);
  if (s.kind === "nothing") return NOTHING;
  return isIntLike(s) && call.name !== "number.isNaN" ? TRUE : BOOL;
}

function parseInt10(call: BuiltinCall): SomeValue {
  const s = textArg(call, 0);
  optionalInt(call, 1);
  return s.kind === "nothing" ? NOTHING : INTEGRAL;
}

function parseFloatText(call: BuiltinCall): SomeValue {
  return textArg(call, 0).kind === "nothing" ? NOTHING : FLOAT;
}

/** `Number(x)` */
function toNumber(call: BuiltinCall): SomeValue {
  const s = call.arg(0);
  if (s === null) return NON_NEGATIVE.withConstant(0);
  if (s.kind === "nothing") return NOTHING;
  if (isNumber(s)) return s.nonNull();
  if (isText(s)) return FLOAT;
  if (s.kind === "bool") return NON_NEGATIVE;
  if (s instanceof SomeMachineInt && s.bits <= 32) return s.signed ? INT : NON_NEGATIVE;
  if (isBig(s)) return INTEGRAL;
  return call.ctx.fail("RTS1206", `Number of ${s.toText()}`, null, [call.operand(0)]);
}

/** `BigInt(x)` */
function toBigInt(call: BuiltinCall): SomeValue {
  const s = call.arg(0);
  if (s === null) return call.ctx.fail("RTS1205", "BigInt needs an argument");
  if (s.kind === "nothing") return NOTHING;
  const x = knownNumber(s);
  if (x !== null && Number.isSafeInteger(x)) return new SomeBigInt(0, { value: BigInt(x) });
  if (isNumber(s) || isText(s) || isBig(s) || s.kind === "bool") return s.kind === "machineInt" ? s : BIGINT;
  return call.ctx.fail("RTS1206", `BigInt of ${s.toText()}`, null, [call.operand(0)]);
}

function asWidth(signed: boolean): BuiltinTransfer {
  return (call) => {
    const [bits, value] = [intArg(call, 0), call.arg(1)];
    if (value === null || value.kind === "nothing" || bits.kind === "nothing") return NOTHING;
    if (!isBig(value)) return call.ctx.fail("RTS1206", `${call.name} of ${value.toText()}`, null, [call.operand(1)]);
    const width = knownNumber(bits);
    return width === 8 || width === 16 || width === 32 || width === 64
      ? new SomeMachineInt(0, null, width, signed)
      : BIGINT;
  };
}

export const NUMBER_FUNCTIONS: BuiltinTable = {
  isInteger: predicate,
  isSafeInteger: predicate,
  isFinite: predicate,
  isNaN: (call) => (numberArg(call, 0).kind === "nothing" ? NOTHING : BOOL),
};

export const GLOBAL_FUNCTIONS: BuiltinTable = {
  parseInt: parseInt10,
  parseFloat: parseFloatText,
  isNaN: NUMBER_FUNCTIONS.isNaN as BuiltinTransfer,
  isFinite: predicate,
  Number: toNumber,
  BigInt: toBigInt,
};

export const BIGINT_FUNCTIONS: BuiltinTable = { asIntN: asWidth(true), asUintN: asWidth(false) };

function formatted(call: BuiltinCall): SomeValue {
  optionalInt(call, 0);
  return STRING;
}

export const NUMBER_METHODS: BuiltinTable = {
  toString: formatted,
  toFixed: formatted,
  toPrecision: formatted,
  toExponential: formatted,
  valueOf: (call: BuiltinCall) => call.self,
};

export const BIGINT_METHODS: BuiltinTable = { toString: formatted, valueOf: (call: BuiltinCall) => call.self };
export const BOOLEAN_METHODS: BuiltinTable = { toString: () => STRING, valueOf: (call: BuiltinCall) => call.self };
