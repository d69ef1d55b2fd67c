/**
 * Chars: strings of one UTF-16 unit, unboxed. One that may be empty (`charAt` past the end) is a word with −1 for "".
 */
import type { SomeChar } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import type { LowValue } from "../lltype/memory.ts";
import { Bool, Char, Signed } from "../lltype/types.ts";
import { badConst, type ConstPlace, conversions, lowerings, pairLowerings, Repr, reprs } from "../repr.ts";
import { stringIsUnit, stringOfUnitOrNone, unitOfString, unitOrNoneOfString } from "../runtime/char.ts";
import { stringConcat, stringOfUnit } from "../runtime/string.ts";
import { STRING_REPR, StringRepr, textOf } from "./string.ts";

/** A char that is never empty. */
export class CharRepr extends Repr {
  readonly lowType = Char;

  toText(): string {
    return "char";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    return typeof value === "string" && value.length === 1 ? value.charCodeAt(0) : badConst(this, value, place);
  }
}

/** A char or "". */
export class MaybeCharRepr extends Repr {
  readonly lowType = Signed;

  toText(): string {
    return "char or empty";
  }

  convertConst(value: unknown, place: ConstPlace): LowValue {
    if (typeof value !== "string" || value.length > 1) return badConst(this, value, place);
    return value === "" ? -1n : BigInt(value.charCodeAt(0));
  }
}

export const CHAR_REPR = new CharRepr();
export const MAYBE_CHAR_REPR = new MaybeCharRepr();
reprs.on<SomeChar>("char", (s) => (s.mayBeEmpty ? MAYBE_CHAR_REPR : CHAR_REPR));

conversions.on(CharRepr, MaybeCharRepr, (v, _from, _to, ops) => ops.emit("char_to_int", [v], Signed));
conversions.on(MaybeCharRepr, CharRepr, (v, _from, _to, ops) => ops.emit("int_to_char", [v], Char));
conversions.on(CharRepr, StringRepr, (v, _from, _to, ops) =>
  ops.helper(stringOfUnit, ops.emit("char_to_int", [v], Signed)),
);
conversions.on(MaybeCharRepr, StringRepr, (v, _from, _to, ops) => ops.helper(stringOfUnitOrNone, v));
conversions.on(StringRepr, CharRepr, (v, _from, _to, ops) =>
  ops.emit("int_to_char", [ops.helper(unitOfString, v)], Char),
);
conversions.on(StringRepr, MaybeCharRepr, (v, _from, _to, ops) => ops.helper(unitOrNoneOfString, v));

/** The unit of a char operand as a word, −1 for "". */
export function unitOf(hop: Hop, i: number): Value {
  return hop.inputArg(MAYBE_CHAR_REPR, i);
}

/** The unit of a char value as a word. */
export function charToInt(hop: Hop, value: Value, repr: Repr): Value {
  return repr instanceof CharRepr ? hop.emit("char_to_int", [value], Signed) : value;
}

function isChar(repr: Repr): boolean {
  return repr instanceof CharRepr || repr instanceof MaybeCharRepr;
}

const CHARS = [CharRepr, MaybeCharRepr] as const;
const ORDERS = [
  ["lt", "int_lt"],
  ["le", "int_le"],
  ["gt", "int_gt"],
  ["ge", "int_ge"],
  ["eq", "int_eq"],
  ["ne", "int_ne"],
] as const;

for (const [name, opname] of ORDERS) {
  for (const a of CHARS) {
    for (const b of CHARS) {
      if (name === "eq" && a === CharRepr && b === CharRepr) continue;
      pairLowerings.on(name, a, b, (hop) => hop.emit(opname, [unitOf(hop, 0), unitOf(hop, 1)], Bool));
    }
  }
}
pairLowerings.on("eq", CharRepr, CharRepr, (hop) => hop.emit("char_eq", [hop.input(0), hop.input(1)], Bool));

/** `c === s` of a char and a string: no string is made of the char. */
function charEqualsString(hop: Hop, charIndex: number, stringIndex: number): Value {
  const known = hop.known(stringIndex);
  const unit = unitOf(hop, charIndex);
  if (known !== null && typeof known.value === "string") {
    const text = known.value;
    if (text.length > 1) return hop.bool(false);
    return hop.emit("int_eq", [unit, hop.int(text === "" ? -1 : text.charCodeAt(0))], Bool);
  }
  return hop.helper(stringIsUnit, hop.input(stringIndex), unit);
}

for (const c of CHARS) {
  pairLowerings.on("eq", c, StringRepr, (hop) => charEqualsString(hop, 0, 1));
  pairLowerings.on("eq", StringRepr, c, (hop) => charEqualsString(hop, 1, 0));
  pairLowerings.on("ne", c, StringRepr, (hop) => hop.emit("bool_not", [charEqualsString(hop, 0, 1)], Bool));
  pairLowerings.on("ne", StringRepr, c, (hop) => hop.emit("bool_not", [charEqualsString(hop, 1, 0)], Bool));
  for (const name of ["lt", "le", "gt", "ge"] as const) {
    pairLowerings.on(name, c, StringRepr, (hop) => compareAsStrings(hop, name));
    pairLowerings.on(name, StringRepr, c, (hop) => compareAsStrings(hop, name));
  }
  lowerings.on("to_string", c, (hop, repr) => hop.toResult(hop.input(0), repr));
  pairLowerings.on("add", c, Repr, concatenated);
  pairLowerings.on("add", Repr, c, concatenated);
  pairLowerings.on("add", StringRepr, c, concatenated);
  pairLowerings.on("add", c, StringRepr, concatenated);
  for (const other of CHARS) pairLowerings.on("add", c, other, concatenated);
}

function compareAsStrings(hop: Hop, name: "lt" | "le" | "gt" | "ge"): Value {
  const lower = pairLowerings.find(name, STRING_REPR, STRING_REPR);
  if (lower === null) throw new Error(`rtyper: no lowering of ${hop.describe()}`);
  return lower(hop, STRING_REPR, STRING_REPR) as Value;
}

function concatenated(hop: Hop): Value {
  const texts = [0, 1].map((i) => (isChar(hop.repr(i)) ? hop.inputArg(STRING_REPR, i) : textOf(hop, hop.typed(i))));
  return hop.helper(stringConcat, ...texts);
}

lowerings.on("is_true", CharRepr, (hop) => hop.bool(true));
lowerings.on("is_true", MaybeCharRepr, (hop) => hop.emit("int_ge", [hop.input(0), hop.int(0)], Bool));
