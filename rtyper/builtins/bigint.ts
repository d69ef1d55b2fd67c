/** `BigInt`, its functions and methods, and conversions between bigints, numbers and text. */
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { Address, Float, gcArray, Int64, ptr, Signed, UInt8, UInt64 } from "../lltype/types.ts";
import { BIG } from "../repr/bigcalls.ts";
import { allocateBig, BIGINT_REPR, BigIntRepr, bigSize, callBig, MachineIntRepr } from "../repr/bigint.ts";
import { BoolRepr } from "../repr/bool.ts";
import { FloatRepr } from "../repr/float.ts";
import { INT_REPR } from "../repr/int.ts";
import { STRING_REPR } from "../repr/string.ts";
import { builtins, lowerings, type Repr } from "../repr.ts";
import * as big from "../runtime/bigint.ts";
import { isIntegralFloat } from "../runtime/math.ts";
import { nullableBigIntText } from "../runtime/text.ts";
import { floatResult, indexArg, intArg, intResult, isPassed } from "./arguments.ts";

const BYTES = gcArray(UInt8);

/** A word as a bigint. */
function bigOfWord(hop: Hop, word: Value): Value {
  const made = allocateBig(hop, hop.helper(big.capacityOfBits, hop.int(64)));
  callBig(hop, BIG.ofInt64, made, word.type === Int64 ? word : hop.emit("int_cast", [word], Int64));
  return made;
}

function bigOfFloat(hop: Hop, x: Value): Value {
  hop.helper(big.requireIntegral, hop.helper(isIntegralFloat, x), x);
  const made = allocateBig(hop, hop.helper(big.capacityOfBits, hop.int(1024)));
  callBig(hop, BIG.ofFloat, made, x);
  return made;
}

/** `BigInt(s)`: SyntaxError if the text is none. */
function bigOfText(hop: Hop, s: Value): Value {
  const scan = hop.helper(big.scanBigText, s);
  const digits = hop.helper(big.bigTextDigits, s, scan);
  const n = hop.emit("getarraysize", [digits], Signed);
  const radix = hop.helper(big.bigTextRadix, scan);
  const sign = hop.helper(big.bigTextSign, scan);
  const made = allocateBig(hop, hop.helper(big.capacityOfDigits, n, radix));
  callBig(hop, BIG.ofText, made, hop.emit("array_items_address", [digits], Address), n, radix, sign);
  return made;
}

builtins.on("global.BigInt", (hop) => {
  const repr = hop.repr(0);
  if (repr instanceof MachineIntRepr || repr instanceof BigIntRepr) return hop.toResult(hop.input(0), repr);
  if (repr instanceof FloatRepr) return hop.toResult(bigOfFloat(hop, hop.input(0)), BIGINT_REPR);
  if (isNumber(repr)) return hop.toResult(bigOfWord(hop, hop.inputArg(INT_REPR, 0)), BIGINT_REPR);
  return hop.toResult(bigOfText(hop, hop.inputArg(STRING_REPR, 0)), BIGINT_REPR);
});

function isNumber(repr: Repr): boolean {
  return repr.lowType === Signed || repr === INT_REPR || repr instanceof BoolRepr;
}

for (const [name, call] of [
  ["asIntN", BIG.asInt],
  ["asUintN", BIG.asUint],
] as const) {
  builtins.on(`bigint.${name}`, (hop) => {
    const to = hop.resultRepr;
    if (to instanceof MachineIntRepr) return hop.inputArg(to, 1);
    const bits = indexArg(hop, 0, 0);
    hop.helper(big.requireBits, bits);
    const a = hop.inputArg(BIGINT_REPR, 1);
    const made = allocateBig(hop, hop.helper(big.capacityOfCut, bigSize(hop, a), bits));
    callBig(hop, call, made, a, bits);
    return hop.toResult(made, BIGINT_REPR);
  });
}

/** Decimal or other text of a bigint. */
function bigText(hop: Hop, a: Value, radix: Value): Value {
  const bound = callBig(hop, BIG.textBound, a, radix);
  const bytes = hop.emit("malloc_varsize_uninit", [hop.void(BYTES), bound], ptr(BYTES));
  const n = callBig(hop, BIG.toText, a, radix, hop.emit("array_items_address", [bytes], Address));
  return hop.helper(big.asciiUnits, bytes, n);
}

builtins.on("bigint.toString", (hop) => {
  const radix = isPassed(hop, 1) ? intArg(hop, 1) : hop.int(10);
  if (isPassed(hop, 1)) hop.helper(big.requireBigRadix, radix);
  return hop.toResult(bigText(hop, hop.inputArg(BIGINT_REPR, 0), radix), STRING_REPR);
});
builtins.on("bigint.valueOf", (hop) => hop.toResult(hop.input(0), hop.repr(0)));
for (const repr of [BigIntRepr, MachineIntRepr]) {
  lowerings.on("to_string", repr as typeof BigIntRepr, (hop) => {
    const { nulls } = hop.some(0);
    if (nulls !== 0 && repr === BigIntRepr) {
      const absent = hop.typer.constant(STRING_REPR, nulls === 2 ? "undefined" : "null");
      return hop.toResult(hop.helper(nullableBigIntText, hop.input(0), absent), STRING_REPR);
    }
    return hop.toResult(bigText(hop, hop.inputArg(BIGINT_REPR, 0), hop.int(10)), STRING_REPR);
  });
}

/** `Number(b)`: float, or int where the width is small. */
export function bigToNumber(hop: Hop, i: number): Value {
  const repr = hop.repr(i);
  if (repr instanceof MachineIntRepr) {
    const value = hop.input(i);
    if (hop.resultRepr === INT_REPR) return intResult(hop, hop.emit("int_cast", [value], Signed));
    const wide = repr.signed ? Int64 : UInt64;
    const word = value.type === wide ? value : hop.emit("int_cast", [value], wide);
    return floatResult(hop, hop.emit("int_to_float", [word], Float));
  }
  return floatResult(hop, callBig(hop, BIG.toFloat, hop.inputArg(BIGINT_REPR, i)));
}

/** rlib's `bigIntToInt`: RangeError outside the word. */
export function bigToInt(hop: Hop, i: number): Value {
  const a = hop.inputArg(BIGINT_REPR, i);
  hop.helper(big.bigFitsOrThrow, callBig(hop, BIG.fits, a));
  return intResult(hop, callBig(hop, BIG.low64Word, a));
}

/** The part of a hash that looks at all limbs, for a helper. */
builtins.on("lowlevel.bigHashParts", (hop) => intResult(hop, callBig(hop, BIG.hash, hop.inputArg(BIGINT_REPR, 0))));
