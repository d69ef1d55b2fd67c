/** Methods of numbers and booleans, `Number.*`, parsing and conversion functions, rlib's arithmetic. */
import type { Value } from "../../translator/flow/model.ts";
import { checkedDivision } from "../arith.ts";
import type { Hop } from "../hop.ts";
import type { OpName } from "../lltype/ops/index.ts";
import { Bool, Float, Int64, PairType, Signed, UInt32, Unsigned } from "../lltype/types.ts";
import { BigIntRepr, MachineIntRepr } from "../repr/bigint.ts";
import { BoolRepr } from "../repr/bool.ts";
import { CharRepr, MaybeCharRepr } from "../repr/char.ts";
import { FLOAT_REPR, FloatRepr } from "../repr/float.ts";
import { INT_REPR, IntRepr } from "../repr/int.ts";
import { NoneRepr } from "../repr/none.ts";
import { NullableRepr } from "../repr/nullable.ts";
import { STRING_REPR, StringRepr, textOf } from "../repr/string.ts";
import { builtins, type HelperFunction, lowerings, pairLowerings, type Repr } from "../repr.ts";
import { bitLengthOf, isIntegralFloat, isSafeFloat } from "../runtime/math.ts";
import * as number from "../runtime/number.ts";
import * as word from "../runtime/word.ts";
import { boolResult, floatArg, floatResult, indexArg, intArg, intResult, isPassed } from "./arguments.ts";
import { bigToInt, bigToNumber } from "./bigint.ts";

function text(hop: Hop, value: Value): Value {
  return hop.toResult(value, STRING_REPR);
}

builtins.on("number.toString", (hop) => {
  if (!isPassed(hop, 1)) return text(hop, textOf(hop, hop.typed(0)));
  const radix = intArg(hop, 1);
  if (hop.repr(0) instanceof IntRepr) return text(hop, hop.helper(number.intToRadix, hop.input(0), radix));
  return text(hop, hop.helper(number.floatToRadix, floatArg(hop, 0), radix));
});
builtins.on(["number.valueOf", "boolean.valueOf"], (hop) => hop.toResult(hop.inputPresent(0), plain(hop.repr(0))));
builtins.on("boolean.toString", (hop) => text(hop, textOf(hop, hop.typed(0))));
builtins.on("number.toFixed", (hop) =>
  text(hop, hop.helper(number.floatToFixed, floatArg(hop, 0), indexArg(hop, 1, 0))),
);
builtins.on("number.toExponential", (hop) =>
  text(hop, hop.helper(number.floatToExponential, floatArg(hop, 0), indexArg(hop, 1, -1))),
);
builtins.on("number.toPrecision", (hop) => {
  if (!isPassed(hop, 1)) return text(hop, textOf(hop, hop.typed(0)));
  return text(hop, hop.helper(number.floatToPrecision, floatArg(hop, 0), intArg(hop, 1)));
});

function plain(repr: Repr): Repr {
  return repr instanceof NullableRepr ? repr.inner : repr;
}

/** Predicates that hold of every int. */
const PREDICATES: readonly (readonly [readonly string[], HelperFunction | "finite" | "nan"])[] = [
  [["number.isInteger"], isIntegralFloat],
  [["number.isSafeInteger"], isSafeFloat],
  [["number.isFinite", "global.isFinite"], "finite"],
  [["number.isNaN", "global.isNaN"], "nan"],
];
for (const [names, test] of PREDICATES) {
  builtins.on(names, (hop) => {
    if (!(plain(hop.repr(0)) instanceof FloatRepr) && test !== isSafeFloat)
      return boolResult(hop, hop.bool(test !== "nan"));
    const x = floatArg(hop, 0);
    return boolResult(hop, predicate(hop, test, x));
  });
}

function predicate(hop: Hop, test: HelperFunction | "finite" | "nan", x: Value): Value {
  if (test === "nan") return hop.emit("float_ne", [x, x], Bool);
  if (test !== "finite") return hop.helper(test, x);
  const difference = hop.emit("float_sub", [x, x], Float);
  return hop.emit("float_eq", [difference, difference], Bool);
}

// Parsing.
function isText(repr: Repr): boolean {
  return repr instanceof StringRepr || repr instanceof CharRepr || repr instanceof MaybeCharRepr;
}

function stringOperand(hop: Hop, i: number): Value {
  return isText(hop.repr(i)) ? hop.inputArg(STRING_REPR, i) : textOf(hop, hop.typed(i));
}

builtins.on("global.parseFloat", (hop) => floatResult(hop, hop.helper(number.parseFloatText, stringOperand(hop, 0))));
builtins.on("global.parseInt", (hop) =>
  floatResult(hop, hop.helper(number.parseIntText, stringOperand(hop, 0), indexArg(hop, 1, 0))),
);
builtins.on("global.String", (hop) => {
  if (hop.argCount === 0) return text(hop, hop.typer.constant(STRING_REPR, ""));
  const repr = hop.repr(0);
  // The annotator gives a char's text as the char.
  if (isText(repr) && !hop.some(0).canBeNull) return hop.toResult(hop.input(0), repr);
  return text(hop, textOf(hop, hop.typed(0)));
});
builtins.on("global.Boolean", (hop) => boolResult(hop, hop.argCount === 0 ? hop.bool(false) : truth(hop, 0)));

/** Whether an operand counts as true. */
export function truth(hop: Hop, i: number): Value {
  const repr = hop.repr(i);
  const lower = lowerings.find("is_true", repr);
  if (lower === null) throw new Error(`rtyper: no truth of ${repr.toText()}: ${hop.describe()}`);
  return hop.again("is_true", [hop.typed(i)], hop.resultSome);
}

builtins.on("global.Number", (hop) => {
  if (hop.argCount === 0) return intResult(hop, hop.int(0));
  const repr = hop.repr(0);
  if (isText(repr)) return floatResult(hop, hop.helper(number.numberOfText, stringOperand(hop, 0)));
  if (repr instanceof BigIntRepr || repr instanceof MachineIntRepr) return bigToNumber(hop, 0);
  if (repr instanceof BoolRepr) return intResult(hop, hop.inputArg(INT_REPR, 0));
  if (repr instanceof NoneRepr) return intResult(hop, hop.int(0));
  return hop.toResult(hop.inputPresent(0), plain(repr));
});

// `+text`
for (const repr of [StringRepr, CharRepr, MaybeCharRepr]) {
  lowerings.on("pos", repr as typeof StringRepr, (hop) =>
    floatResult(hop, hop.helper(number.numberOfText, stringOperand(hop, 0))),
  );
}
lowerings.on("pos", BoolRepr, (hop) => intResult(hop, hop.inputArg(INT_REPR, 0)));
for (const name of ["lt", "le", "gt", "ge"] as const) {
  pairLowerings.on(name, BoolRepr, BoolRepr, (hop) =>
    hop.emit(`int_${name}`, [hop.inputArg(INT_REPR, 0), hop.inputArg(INT_REPR, 1)], Bool),
  );
}

// rlib: arithmetic on words.
function binary(name: string, opname: OpName): void {
  builtins.on(`rlib.${name}`, (hop) => intResult(hop, hop.emit(opname, [intArg(hop, 0), intArg(hop, 1)], Signed)));
}
binary("intAnd", "int_and");
binary("intOr", "int_or");
binary("intXor", "int_xor");
binary("intAddWrap", "int_add");
binary("intSubWrap", "int_sub");
binary("intMulWrap", "int_mul");
builtins.on("rlib.intNot", (hop) => intResult(hop, hop.emit("int_invert", [intArg(hop, 0)], Signed)));

/** A shift count modulo the word. */
function count(hop: Hop, i: number): Value {
  const known = hop.known(i);
  const mask = hop.typer.wordBits - 1;
  if (known !== null && typeof known.value === "number") return hop.int(known.value & mask);
  return hop.emit("int_and", [intArg(hop, i), hop.int(mask)], Signed);
}

builtins.on("rlib.intShl", (hop) => intResult(hop, hop.emit("int_shl", [intArg(hop, 0), count(hop, 1)], Signed)));
builtins.on("rlib.intShr", (hop) => intResult(hop, hop.emit("int_shr", [intArg(hop, 0), count(hop, 1)], Signed)));
builtins.on("rlib.intUshr", (hop) => {
  const [a, n] = [unsigned(hop, intArg(hop, 0)), unsigned(hop, count(hop, 1))];
  return intResult(hop, hop.emit("int_cast", [hop.emit("int_shr", [a, n], Unsigned)], Signed));
});

function unsigned(hop: Hop, value: Value): Value {
  return hop.emit("int_cast", [value], Unsigned);
}

builtins.on("rlib.uintLess", (hop) =>
  boolResult(hop, hop.emit("int_lt", [unsigned(hop, intArg(hop, 0)), unsigned(hop, intArg(hop, 1))], Bool)),
);
for (const [name, opname] of [
  ["uintDiv", "int_div"],
  ["uintMod", "int_mod"],
] as const) {
  builtins.on(`rlib.${name}`, (hop) => {
    const [a, b] = [intArg(hop, 0), intArg(hop, 1)];
    hop.helper(word.requireDivisor, b);
    const made = hop.emit(opname, [unsigned(hop, a), unsigned(hop, b)], Unsigned);
    return intResult(hop, hop.emit("int_cast", [made], Signed));
  });
}
for (const [name, checked] of [
  ["intDiv", "int_div_checked"],
  ["intMod", "int_mod_checked"],
  ["intFloorDiv", "int_floor_div_checked"],
  ["intFloorMod", "int_floor_mod_checked"],
] as const) {
  builtins.on(`rlib.${name}`, (hop) => intResult(hop, checkedDivision(hop, checked, intArg(hop, 0), intArg(hop, 1))));
}

// `Math.floor(a / b)` and `Math.trunc(a / b)` of ints, recognized by the annotator: exact, on ints.
builtins.on("math.floorDiv", (hop) =>
  intResult(hop, checkedDivision(hop, "int_floor_div_checked", intArg(hop, 0), intArg(hop, 1))),
);
builtins.on("math.truncDiv", (hop) =>
  intResult(hop, checkedDivision(hop, "int_div_checked", intArg(hop, 0), intArg(hop, 1))),
);

/** Checked arithmetic: the wrapped result, null where it overflows; a test of the flag becomes the jump on overflow. */
function checkedResult(hop: Hop, value: Value, overflows: Value): Value {
  const to = hop.resultRepr;
  const type = to.lowType instanceof PairType ? to.lowType : null;
  if (type === null) return intResult(hop, value);
  return hop.toResult(
    hop.pairMake(value, hop.emit("bool_to_int", [overflows], Signed), NULLABLE_INT.lowType),
    NULLABLE_INT,
  );
}

const NULLABLE_INT = new NullableRepr(INT_REPR);

for (const [name, opname, test] of [
  ["intAddOvf", "int_add", "int_add_overflows"],
  ["intSubOvf", "int_sub", "int_sub_overflows"],
  ["intMulOvf", "int_mul", "int_mul_overflows"],
] as const) {
  builtins.on(`rlib.${name}`, (hop) => {
    const args = [intArg(hop, 0), intArg(hop, 1)];
    return checkedResult(hop, hop.emit(opname, args, Signed), hop.emit(test, args, Bool));
  });
}
builtins.on("rlib.intNegOvf", (hop) => {
  const args = [hop.int(0), intArg(hop, 0)];
  return checkedResult(hop, hop.emit("int_sub", args, Signed), hop.emit("int_sub_overflows", args, Bool));
});
builtins.on("rlib.intShlOvf", (hop) => hop.helperResult(word.shiftLeftChecked, intArg(hop, 0), intArg(hop, 1)));
builtins.on("rlib.toInt", (hop) => {
  const whole = hop.emit("float_trunc", [floatArg(hop, 0)], Float);
  return intResult(hop, hop.convert(whole, FLOAT_REPR, INT_REPR));
});
builtins.on("rlib.toFloat", (hop) => floatResult(hop, floatArg(hop, 0)));
builtins.on("rlib.bigIntToInt", (hop) => bigToInt(hop, 0));
builtins.on("rlib.parseInteger", (hop) =>
  hop.helperResult(number.parseIntegerText, stringOperand(hop, 0), indexArg(hop, 1, 10)),
);
builtins.on("rlib.intBitLength", (hop) => intResult(hop, hop.helper(bitLengthOf, intArg(hop, 0))));
builtins.on("rlib.wordBits", (hop) => intResult(hop, hop.int(hop.typer.wordBits)));
builtins.on("rlib.minInt", (hop) => intResult(hop, hop.int(-(1n << BigInt(hop.typer.wordBits - 1)))));
builtins.on("rlib.maxInt", (hop) => intResult(hop, hop.int((1n << BigInt(hop.typer.wordBits - 1)) - 1n)));

// Bits of floats.
function half(hop: Hop, shift: number): Value {
  const bits = hop.emit("float_to_bits", [floatArg(hop, 0)], Int64);
  const part = shift === 0 ? bits : hop.emit("int_shr", [bits, hop.const(BigInt(shift), Int64)], Int64);
  const narrow = hop.emit("int_cast", [part], UInt32);
  return intResult(hop, hop.emit("int_cast", [narrow], Signed));
}
builtins.on(["rlib.floatHighBits", "lowlevel.floatHighBits"], (hop) => half(hop, 32));
builtins.on(["rlib.floatLowBits", "lowlevel.floatLowBits"], (hop) => half(hop, 0));
builtins.on("rlib.floatFromBits", (hop) => {
  const wide = (i: number): Value => {
    const low = hop.emit("int_cast", [intArg(hop, i)], UInt32);
    return hop.emit("int_cast", [low], Int64);
  };
  const upper = hop.emit("int_shl", [wide(0), hop.const(32n, Int64)], Int64);
  return floatResult(hop, hop.emit("bits_to_float", [hop.emit("int_or", [upper, wide(1)], Int64)], Float));
});
