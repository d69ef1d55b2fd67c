/**
 * Strings: pointers to immutable UTF-16 units behind a cached hash. Prebuilt strings are interned by content and have
 * their hash computed by the run-time helper itself.
 */
import { type SomeString, STRING as STRING_SOME } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import { type Hop, isLive, type OpList, Typed } from "../hop.ts";
import { LowStruct, type LowValue } from "../lltype/memory.ts";
import { Bool, Float as FLOAT, ptrTo, Signed, STRING } from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs, type Typer } from "../repr.ts";
import { equalNullableStrings, equalStrings, hashString } from "../runtime/hash.ts";
import { boolToString, floatToString, intToString } from "../runtime/number.ts";
import { stringCompare, stringConcat, stringOfUnit } from "../runtime/string.ts";
import {
  nullableBoolText,
  nullableFloatText,
  nullableIntText,
  nullableStringText,
  stringTruth,
  unitOrNoneText,
} from "../runtime/text.ts";
import { BoolRepr } from "./bool.ts";
import { FloatRepr } from "./float.ts";
import { IntRepr, UInt32Repr } from "./int.ts";
import { NoneRepr } from "./none.ts";
import { NullableRepr } from "./nullable.ts";

export class StringRepr extends Repr {
  readonly lowType = ptrTo.string;

  toText(): string {
    return "string";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (value === null || value === undefined) return null;
    return typeof value === "string" ? prebuiltString(value, place.typer) : badConst(this, value, place);
  }
}

export const STRING_REPR = new StringRepr();
reprs.on<SomeString>("string", () => STRING_REPR);

const interned = new WeakMap<Typer, Map<string, LowStruct>>();

/** The prebuilt string of a content; one per translation. */
export function prebuiltString(text: string, typer: Typer): LowStruct {
  let pool = interned.get(typer);
  if (pool === undefined) {
    pool = new Map();
    interned.set(typer, pool);
  }
  let made = pool.get(text);
  if (made === undefined) {
    made = new LowStruct(STRING, text.length);
    for (let i = 0; i < text.length; i++) made.setItem(i, text.charCodeAt(i));
    const hash = hashString(text);
    made.set("hash", BigInt(hash));
    made.name = typer.uniqueName(`string#${(hash >>> 0).toString(16)}.${text.length}`);
    pool.set(text, made);
  }
  return made;
}

/** Helpers see strings as never null by type; the ones for nullable operands test the pointer. */
function equalHelper(hop: Hop): Value {
  const mayBeNull = hop.some(0).canBeNull || hop.some(1).canBeNull;
  const helper = mayBeNull ? equalNullableStrings : equalStrings;
  return hop.helper(helper, hop.inputArg(STRING_REPR, 0), hop.inputArg(STRING_REPR, 1));
}

pairLowerings.on("eq", StringRepr, StringRepr, equalHelper);
pairLowerings.on("ne", StringRepr, StringRepr, (hop) => hop.emit("bool_not", [equalHelper(hop)], Bool));

const ORDERS = [
  ["lt", "int_lt"],
  ["le", "int_le"],
  ["gt", "int_gt"],
  ["ge", "int_ge"],
] as const;
for (const [name, opname] of ORDERS) {
  pairLowerings.on(name, StringRepr, StringRepr, (hop) => {
    const order = hop.helper(stringCompare, hop.inputArg(STRING_REPR, 0), hop.inputArg(STRING_REPR, 1));
    return hop.emit(opname, [order, hop.int(0)], Bool);
  });
}

lowerings.on("is_true", StringRepr, (hop) =>
  hop.some(0).canBeNull
    ? hop.helper(stringTruth, hop.input(0))
    : hop.emit("int_ne", [hop.emit("getarraysize", [hop.input(0)], Signed), hop.int(0)], Bool),
);

// Text of values.
lowerings.on("to_string", StringRepr, (hop) => {
  const some = hop.some(0);
  if (!some.canBeNull) return hop.input(0);
  const text = hop.typer.constant(STRING_REPR, some.nulls === 2 ? "undefined" : "null");
  return hop.helper(nullableStringText, hop.input(0), text);
});
lowerings.on("to_string", IntRepr, (hop) => {
  const [arg] = hop.args;
  // The text of a literal is known, also of one beyond the word.
  if (isLive(arg)) return hop.typer.constant(STRING_REPR, String(arg.value));
  return hop.helper(intToString, hop.input(0));
});
lowerings.on("to_string", UInt32Repr, (hop) => hop.helper(floatToString, toFloat(hop)));
lowerings.on("to_string", FloatRepr, (hop) => hop.helper(floatToString, hop.input(0)));
lowerings.on("to_string", BoolRepr, (hop) => hop.helper(boolToString, hop.input(0)));
lowerings.on("to_string", NoneRepr, (hop, repr) => hop.typer.constant(STRING_REPR, repr.toText()));
lowerings.on("to_string", NullableRepr, (hop, repr) => {
  const pair = hop.typed(0);
  if (repr.inner instanceof IntRepr) return hop.helper(nullableIntText, withoutConstant(pair));
  if (repr.inner instanceof FloatRepr) return hop.helper(nullableFloatText, withoutConstant(pair));
  if (repr.inner instanceof BoolRepr) return hop.helper(nullableBoolText, withoutConstant(pair));
  const units = hop.convert(hop.pairValue(pair.value), repr.inner, STRING_REPR);
  const isThere = hop.emit("int_eq", [hop.pairFlag(pair.value), hop.int(0)], Bool);
  return hop.helper(unitOrNoneText, isThere, hop.pairFlag(pair.value), units);
});

function toFloat(hop: Hop): Value {
  return hop.emit("int_to_float", [hop.input(0)], FLOAT);
}

/** The operand, seen without knowledge of its value, so that helpers are not multiplied. */
export function withoutConstant(t: Typed): Typed {
  return new Typed(t.value, t.some.withoutConstant(), t.repr);
}

/** The text of a value as in a template literal. */
export function textOf(hop: Hop, value: Typed): Value {
  return hop.again("to_string", [value], STRING_SOME);
}

function operandText(hop: Hop, i: number): Value {
  return hop.repr(i) instanceof StringRepr && !hop.some(i).canBeNull
    ? hop.inputArg(STRING_REPR, i)
    : textOf(hop, hop.typed(i));
}

function concat(hop: Hop): Value {
  return hop.helper(stringConcat, operandText(hop, 0), operandText(hop, 1));
}

pairLowerings.on("add", StringRepr, Repr, concat);
pairLowerings.on("add", Repr, StringRepr, concat);
pairLowerings.on("add", StringRepr, StringRepr, concat);

/** `a + b` where both are texts of any kind. */
export function concatTexts(hop: Hop): Value {
  return concat(hop);
}

/** A string of one unit given as an int. */
export function unitToString(ops: OpList, unit: Value): Value {
  return ops.helper(stringOfUnit, unit);
}

conversions.on(StringRepr, StringRepr, (v) => v);
