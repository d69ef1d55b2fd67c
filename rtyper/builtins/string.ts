/** Methods of strings. A char as receiver becomes a string where its unit alone does not do. */
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { Char, Signed } from "../lltype/types.ts";
import { CHAR_REPR, CharRepr, MAYBE_CHAR_REPR, MaybeCharRepr } from "../repr/char.ts";
import { FLOAT_REPR, FloatRepr } from "../repr/float.ts";
import { INT_REPR } from "../repr/int.ts";
import { callbackCode, checkIndex, type ListRepr, newList, onSpread } from "../repr/list.ts";
import { NullableRepr } from "../repr/nullable.ts";
import { STRING_REPR, StringRepr, textOf } from "../repr/string.ts";
import { builtins, type HelperFunction, lowerings, type Repr } from "../repr.ts";
import { unitOfCode } from "../runtime/char.ts";
import * as str from "../runtime/string.ts";
import { stringToLowerCase, stringToUpperCase } from "../runtime/stringcase.ts";
import * as edit from "../runtime/stringedit.ts";
import { boolResult, indexArg, intArg, intResult, isPassed, NO_END, undefinedIfNegative } from "./arguments.ts";

function self(hop: Hop): Value {
  const repr = hop.repr(0);
  return repr instanceof StringRepr ? hop.inputNonNull(0) : hop.inputArg(STRING_REPR, 0);
}

function stringArg(hop: Hop, i: number): Value {
  return isText(hop.repr(i)) ? hop.inputArg(STRING_REPR, i) : textOf(hop, hop.typed(i));
}

function isText(repr: Repr): boolean {
  return repr instanceof StringRepr || repr instanceof CharRepr || repr instanceof MaybeCharRepr;
}

function text(hop: Hop, value: Value): Value {
  return hop.toResult(value, STRING_REPR);
}

function length(hop: Hop, s: Value): Value {
  return hop.emit("getarraysize", [s], Signed);
}

builtins.on("string.length", (hop) => {
  const repr = hop.repr(0);
  if (repr instanceof CharRepr) return intResult(hop, hop.int(1));
  return intResult(hop, length(hop, self(hop)));
});

/** The unit at an index, which is checked: `s[i]`. */
function unitInRange(hop: Hop, s: Value, index: Value): Value {
  checkIndex(hop, index, length(hop, s), "string");
  return hop.emit("getarrayitem", [s, index], Char);
}

lowerings.on("getitem", StringRepr, (hop) => hop.toResult(unitInRange(hop, self(hop), intArg(hop, 1)), CHAR_REPR));
for (const repr of [CharRepr, MaybeCharRepr]) {
  lowerings.on("getitem", repr as typeof CharRepr, (hop) =>
    hop.toResult(unitInRange(hop, self(hop), intArg(hop, 1)), CHAR_REPR),
  );
}

/** A word that is a unit, or −1 for none, as a char that may be empty or absent, or as a string. */
function unitResult(hop: Hop, unit: Value): Value {
  const to = hop.resultRepr;
  if (to instanceof NullableRepr) {
    const value = hop.convert(unit, MAYBE_CHAR_REPR, to.inner);
    return hop.pairMake(value, undefinedIfNegative(hop, unit), to.lowType);
  }
  return hop.toResult(unit, MAYBE_CHAR_REPR);
}

builtins.on("string.charAt", (hop) => unitResult(hop, hop.helper(str.stringUnitOr, self(hop), indexArg(hop, 1, 0))));
builtins.on("string.at", (hop) => {
  if (hop.resultRepr instanceof StringRepr) return hop.helperResult(str.stringAt, self(hop), indexArg(hop, 1, 0));
  return unitResult(hop, hop.helper(str.stringUnitAt, self(hop), indexArg(hop, 1, 0)));
});
builtins.on("string.charCodeAt", (hop) => {
  if (hop.resultRepr instanceof FloatRepr) {
    return hop.toResult(hop.helper(str.stringCharCodeOrNaN, self(hop), indexArg(hop, 1, 0)), FLOAT_REPR);
  }
  const unit = unitInRange(hop, self(hop), indexArg(hop, 1, 0));
  return intResult(hop, hop.emit("char_to_int", [unit], Signed));
});
builtins.on("string.codePointAt", (hop) => {
  const [s, index] = [self(hop), indexArg(hop, 1, 0)];
  if (hop.resultRepr instanceof NullableRepr) return hop.helperResult(str.stringCodePointAt, s, index);
  checkIndex(hop, index, length(hop, s), "string");
  return intResult(hop, hop.helper(str.codePointFrom, s, index));
});

// Parts.
builtins.on("string.slice", (hop) => {
  const s = self(hop);
  if (!isPassed(hop, 2)) return text(hop, hop.helper(str.stringSliceFrom, s, indexArg(hop, 1, 0)));
  return text(hop, hop.helper(str.stringSlice, s, indexArg(hop, 1, 0), indexArg(hop, 2, NO_END)));
});
builtins.on("string.substring", (hop) => {
  const s = self(hop);
  if (!isPassed(hop, 2)) return text(hop, hop.helper(str.stringSubstringFrom, s, indexArg(hop, 1, 0)));
  return text(hop, hop.helper(str.stringSubstring, s, indexArg(hop, 1, 0), indexArg(hop, 2, NO_END)));
});

/** Search from a position: name, helper, position if none is passed, whether the answer is a boolean. */
const SEARCHES: readonly (readonly [string, HelperFunction, number, boolean])[] = [
  ["indexOf", str.stringIndexOf, 0, false],
  ["lastIndexOf", str.stringLastIndexOf, NO_END, false],
  ["includes", str.stringIncludes, 0, true],
  ["startsWith", str.stringStartsWith, 0, true],
  ["endsWith", str.stringEndsWith, NO_END, true],
];
for (const [name, helper, from, isBool] of SEARCHES) {
  builtins.on(`string.${name}`, (hop) => {
    const found = hop.helper(helper, self(hop), stringArg(hop, 1), indexArg(hop, 2, from));
    return isBool ? boolResult(hop, found) : intResult(hop, found);
  });
}

// Editing.
builtins.on("string.concat", (hop) => {
  let made = self(hop);
  for (let i = 1; i < hop.argCount; i++) made = hop.helper(str.stringConcat, made, stringArg(hop, i));
  return text(hop, made);
});
builtins.on("string.repeat", (hop) => text(hop, hop.helper(edit.stringRepeat, self(hop), indexArg(hop, 1, 0))));
for (const [name, helper] of [
  ["padStart", edit.stringPadStart],
  ["padEnd", edit.stringPadEnd],
] as const) {
  builtins.on(`string.${name}`, (hop) => {
    const fill = isPassed(hop, 2) ? stringArg(hop, 2) : hop.typer.constant(STRING_REPR, " ");
    return text(hop, hop.helper(helper, self(hop), indexArg(hop, 1, 0), fill));
  });
}
for (const [name, helper] of [
  ["trim", edit.stringTrim],
  ["trimStart", edit.stringTrimStart],
  ["trimEnd", edit.stringTrimEnd],
  ["toUpperCase", stringToUpperCase],
  ["toLowerCase", stringToLowerCase],
] as const) {
  builtins.on(`string.${name}`, (hop) => text(hop, hop.helper(helper, self(hop))));
}
builtins.on(["string.toString", "string.valueOf"], (hop) => hop.toResult(hop.inputNonNull(0), hop.repr(0)));
builtins.on("string.substr", (hop) => {
  const [from, count] = [indexArg(hop, 1, 0), indexArg(hop, 2, NO_END)];
  return text(hop, hop.helper(edit.stringSubstr, self(hop), from, count));
});
for (const [name, helper] of [
  ["replace", edit.stringReplace],
  ["replaceAll", edit.stringReplaceAll],
] as const) {
  builtins.on(`string.${name}`, (hop) => {
    const [s, part] = [self(hop), stringArg(hop, 1)];
    if (!hop.callbacks.has(2)) return text(hop, hop.helper(helper, s, part, stringArg(hop, 2)));
    const callback = hop.callback(2, [STRING_REPR, INT_REPR, STRING_REPR], STRING_REPR);
    const code = callbackCode(callback, hop.typer);
    const all = hop.bool(name === "replaceAll");
    return text(hop, hop.helper(edit.stringReplaceBy, s, part, code, callback.environment, all));
  });
}
builtins.on("string.split", (hop) => {
  const repr = hop.resultRepr as ListRepr;
  if (!isPassed(hop, 1)) {
    return newList(repr, [self(hop)], hop);
  }
  const limit = indexArg(hop, 2, -1);
  if (repr.item instanceof CharRepr)
    return repr.wrap(hop.helper(edit.splitChars, self(hop), limit, repr.likeItems(hop)), hop);
  return repr.wrap(hop.helper(edit.stringSplit, self(hop), stringArg(hop, 1), limit, repr.likeItems(hop)), hop);
});

// Functions of `String`.
builtins.on("string.fromCharCode", (hop) => {
  if (hop.spread?.[0] === true) return text(hop, fromSpread(hop, unitOfCode));
  if (hop.argCount === 1) {
    const unit = hop.emit("int_to_char", [intArg(hop, 0)], Char);
    return hop.toResult(unit, CHAR_REPR);
  }
  return text(
    hop,
    joinedUnits(hop, (i) => hop.helper(unitOfCode, intArg(hop, i))),
  );
});
builtins.on("string.fromCodePoint", (hop) => {
  if (hop.spread?.[0] === true) return text(hop, fromSpread(hop, str.stringOfCodePoint));
  return text(
    hop,
    joinedUnits(hop, (i) => hop.helper(str.stringOfCodePoint, intArg(hop, i))),
  );
});

/** `String.fromCharCode(...codes)` of a list of ints. */
function fromSpread(hop: Hop, textOfCode: HelperFunction): Value {
  const repr = hop.repr(0) as ListRepr;
  const codes = hop.inputNonNull(0);
  return hop.helper(edit.textOfCodes, repr.items(codes, hop), repr.length(codes, hop), textOfCode);
}

function joinedUnits(hop: Hop, unit: (i: number) => Value): Value {
  let made = hop.argCount === 0 ? hop.typer.constant(STRING_REPR, "") : unit(0);
  for (let i = 1; i < hop.argCount; i++) made = hop.helper(str.stringConcat, made, unit(i));
  return made;
}

// `[...s]`: code points.
onSpread(isText, (hop, source, repr, into) => {
  const s = hop.convert(source, repr, STRING_REPR);
  const array = hop.helper(edit.splitCodePoints, s, into.likeItems(hop));
  return { array, length: hop.emit("getarraysize", [array], Signed) };
});
