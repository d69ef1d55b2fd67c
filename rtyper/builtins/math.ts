/** `Math.*`. */
import type { Value } from "../../translator/flow/model.ts";
import { externalFunction } from "../externals.ts";
import type { Hop } from "../hop.ts";
import { Float, Int32, Signed, SingleFloat, UInt32 } from "../lltype/types.ts";
import { FLOAT_REPR, FloatRepr } from "../repr/float.ts";
import { fromInt32, INT_REPR, IntRepr, int32Of } from "../repr/int.ts";
import type { ListRepr } from "../repr/list.ts";
import { builtins, type HelperFunction } from "../repr.ts";
import * as c from "../runtime/externals.ts";
import * as math from "../runtime/math.ts";
import { floatArg, floatResult, intArg, intResult } from "./arguments.ts";

/** An integral float that the annotator knows to be the quotient of ints arrives as a division of its own. */
function isInt(hop: Hop, i: number): boolean {
  return hop.repr(i) instanceof IntRepr || (hop.repr(i).lowType !== Float && hop.some(i).kind !== "float");
}

for (const [name, opname] of [
  ["floor", "float_floor"],
  ["ceil", "float_ceil"],
  ["trunc", "float_trunc"],
] as const) {
  builtins.on(`math.${name}`, (hop) => rounded(hop, (x) => hop.emit(opname, [x], Float)));
}
builtins.on("math.round", (hop) => rounded(hop, (x) => hop.helper(math.mathRound, x)));

function rounded(hop: Hop, round: (x: Value) => Value): Value {
  if (isInt(hop, 0)) return intResult(hop, intArg(hop, 0));
  return floatResult(hop, round(floatArg(hop, 0)));
}

builtins.on("math.abs", (hop) => {
  if (isInt(hop, 0)) return intResult(hop, hop.helper(math.absInt, intArg(hop, 0)));
  return floatResult(hop, hop.emit("float_abs", [floatArg(hop, 0)], Float));
});
builtins.on("math.sign", (hop) => {
  if (isInt(hop, 0)) return intResult(hop, hop.helper(math.mathSignInt, intArg(hop, 0)));
  return floatResult(hop, hop.helper(math.mathSign, floatArg(hop, 0)));
});

/** `Math.max` and `Math.min`: folds, also over spread lists. */
function extreme(name: string, ofInts: HelperFunction, ofFloats: HelperFunction, none: number): void {
  builtins.on(`math.${name}`, (hop) => {
    const onInts = hop.resultRepr instanceof IntRepr && !hop.spread?.some((s) => s);
    const repr = onInts ? INT_REPR : FLOAT_REPR;
    const fold = onInts ? ofInts : ofFloats;
    let made: Value | null = null;
    for (let i = 0; i < hop.argCount; i++) {
      if (hop.spread?.[i] === true) {
        made = foldList(hop, i, fold, made ?? hop.const(none, Float));
        continue;
      }
      const x = hop.inputArg(repr, i);
      made = made === null ? x : hop.helper(fold, made, x);
    }
    return hop.toResult(made ?? hop.const(none, Float), made === null ? FLOAT_REPR : repr);
  });
}

function foldList(hop: Hop, i: number, fold: HelperFunction, start: Value): Value {
  const repr = hop.repr(i) as ListRepr;
  const list = hop.inputNonNull(i);
  const helper = repr.item instanceof FloatRepr ? math.foldFloats : math.foldInts;
  return hop.helper(helper, repr.items(list, hop), repr.length(list, hop), fold, start);
}

extreme("max", math.maxInt2, math.mathMax, Number.NEGATIVE_INFINITY);
extreme("min", math.minInt2, math.mathMin, Number.POSITIVE_INFINITY);

builtins.on("math.imul", (hop) => fromInt32(hop, hop.emit("int_mul", [int32Of(hop, 0), int32Of(hop, 1)], Int32)));
builtins.on("math.clz32", (hop) => {
  const bits = hop.emit("int_cast", [int32Of(hop, 0)], UInt32);
  const zeros = hop.emit("int_count_leading_zeros", [bits], UInt32);
  return intResult(hop, hop.emit("int_cast", [zeros], Signed));
});
builtins.on("math.fround", (hop) => {
  const single = hop.emit("float_to_single", [floatArg(hop, 0)], SingleFloat);
  return floatResult(hop, hop.emit("single_to_float", [single], Float));
});
builtins.on("math.sqrt", (hop) => floatResult(hop, hop.emit("float_sqrt", [floatArg(hop, 0)], Float)));
builtins.on("math.random", (hop) => callC(hop, c.cRandom));
builtins.on("math.pow", (hop) =>
  hop.toResult(hop.again("pow", [hop.typed(0), hop.typed(1)], hop.resultSome), hop.resultRepr),
);

function callC(hop: Hop, live: object): Value {
  const args: Value[] = [];
  for (let i = 0; i < hop.argCount; i++) args.push(floatArg(hop, i));
  return floatResult(hop, hop.emit("external_call", [hop.void(externalFunction(live)), ...args], Float));
}

/** What libm computes as JavaScript wants it. */
const LIBM: Readonly<Record<string, object>> = {
  acos: c.cAcos,
  acosh: c.cAcosh,
  asin: c.cAsin,
  asinh: c.cAsinh,
  atan: c.cAtan,
  atan2: c.cAtan2,
  atanh: c.cAtanh,
  cbrt: c.cCbrt,
  cos: c.cCos,
  cosh: c.cCosh,
  exp: c.cExp,
  expm1: c.cExpm1,
  log: c.cLog,
  log10: c.cLog10,
  log1p: c.cLog1p,
  log2: c.cLog2,
  sin: c.cSin,
  sinh: c.cSinh,
  tan: c.cTan,
  tanh: c.cTanh,
};
for (const [name, live] of Object.entries(LIBM)) builtins.on(`math.${name}`, (hop) => callC(hop, live));

builtins.on("math.hypot", (hop) => {
  const args: Value[] = [];
  for (let i = 0; i < hop.argCount; i++) args.push(floatArg(hop, i));
  const [a, b, third] = args;
  if (a === undefined) return floatResult(hop, hop.const(0, Float));
  if (b === undefined) return floatResult(hop, hop.emit("float_abs", [a], Float));
  if (third === undefined) return floatResult(hop, hop.helper(math.mathHypot, a, b));
  let made = hop.helper(math.mathHypot3, a, b, third);
  for (const more of args.slice(3)) made = hop.helper(math.mathHypot, made, more);
  return floatResult(hop, made);
});
