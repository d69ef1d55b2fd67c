/** Methods of strings and StringBuilders, functions of `String`, conversion to text. */
import type { BuiltinCall, BuiltinTable, BuiltinTransfer } from "../builtins.ts";
import {
  BOOL,
  CHAR,
  CHAR_OR_EMPTY,
  INT,
  NON_NEGATIVE,
  NOTHING,
  SomeFunction,
  SomeList,
  SomeString,
  SomeStringBuilder,
  type SomeValue,
  STRING,
  UNDEFINED,
  UNDEFINED_BIT,
} from "../model.ts";
import { textOf } from "./convert.ts";
import { isText } from "./kinds.ts";
import { intArg, optionalInt, optionalText, textArg } from "./numbers.ts";

function refused(code: "RTS1008" | "RTS1009", what: string): BuiltinTransfer {
  return (call) => call.ctx.fail(code, `${what}: \`${call.name.split(".").at(-1)}\` is not available at run time`);
}

function positions(result: SomeValue): BuiltinTransfer {
  return (call) => {
    optionalInt(call, 0);
    optionalInt(call, 1);
    return result;
  };
}

/** A text, then an optional position. */
function search(result: SomeValue): BuiltinTransfer {
  return (call) => {
    if (textArg(call, 0).kind === "nothing") return NOTHING;
    optionalInt(call, 1);
    return result;
  };
}

/** `toUpperCase` and its like keep a char only where one unit always gives one. */
function toText(): SomeValue {
  return STRING;
}

function replace(call: BuiltinCall): SomeValue {
  const pattern = call.arg(0);
  if (pattern !== null && !isText(pattern) && pattern.kind !== "nothing") {
    return call.ctx.fail("RTS1008", `${call.name} with ${pattern.toText()}`, null, [call.operand(0)]);
  }
  if (call.arg(1) instanceof SomeFunction) {
    const result = call.callback(1, [STRING, NON_NEGATIVE, STRING]);
    return result.kind === "nothing" ? NOTHING : STRING;
  }
  textArg(call, 1);
  return STRING;
}

function split(call: BuiltinCall): SomeValue {
  const separator = call.arg(0);
  optionalText(call, 0);
  optionalInt(call, 1);
  const cell = call.ctx.listCell();
  call.ctx.merge(cell.item, separator?.isConstant("") === true ? CHAR : STRING, "part of a string");
  cell.resized = true;
  return new SomeList(cell);
}

function concat(call: BuiltinCall): SomeValue {
  for (let i = 0; i < call.args.length; i++) textArg(call, i);
  return STRING;
}

function pad(call: BuiltinCall): SomeValue {
  intArg(call, 0);
  optionalText(call, 1);
  return STRING;
}

export const STRING_METHODS: BuiltinTable = {
  at: positions(CHAR.withNulls(UNDEFINED_BIT)),
  charAt: positions(CHAR_OR_EMPTY),
  charCodeAt: positions(NON_NEGATIVE),
  codePointAt: positions(NON_NEGATIVE.withNulls(UNDEFINED_BIT)),
  concat,
  endsWith: search(BOOL),
  includes: search(BOOL),
  indexOf: search(INT),
  lastIndexOf: search(INT),
  padEnd: pad,
  padStart: pad,
  repeat: (call) => (intArg(call, 0).kind === "nothing" ? NOTHING : STRING),
  replace,
  replaceAll: replace,
  slice: positions(STRING),
  split,
  startsWith: search(BOOL),
  substring: positions(STRING),
  substr: positions(STRING),
  toLowerCase: toText,
  toUpperCase: toText,
  trim: toText,
  trimEnd: toText,
  trimStart: toText,
  toString: (call: BuiltinCall) => call.self,
  valueOf: (call: BuiltinCall) => call.self,
  match: refused("RTS1008", "regular expression"),
  matchAll: refused("RTS1008", "regular expression"),
  search: refused("RTS1008", "regular expression"),
  localeCompare: refused("RTS1009", "locale"),
  toLocaleLowerCase: refused("RTS1009", "locale"),
  toLocaleUpperCase: refused("RTS1009", "locale"),
  normalize: refused("RTS1009", "locale"),
};

/** `String.fromCharCode(…)`: one code gives a char. */
function fromCodes(single: SomeValue): BuiltinTransfer {
  return (call) => {
    const isSpread = call.spread !== null;
    if (!isSpread) for (let i = 0; i < call.args.length; i++) if (intArg(call, i).kind === "nothing") return NOTHING;
    return call.args.length === 1 && !isSpread ? single : STRING;
  };
}

export const STRING_FUNCTIONS: BuiltinTable = {
  fromCharCode: fromCodes(CHAR),
  fromCodePoint: fromCodes(STRING),
};

/** `String(x)` */
export function stringOf(call: BuiltinCall): SomeValue {
  const s = call.arg(0);
  if (s === null) return new SomeString(0, { value: "" });
  return s.kind === "nothing" && s.nulls === 0 ? NOTHING : textOf(call.ctx, s, call.operand(0));
}

function append(call: BuiltinCall): SomeValue {
  return textArg(call, 0).kind === "nothing" ? NOTHING : UNDEFINED;
}

export const BUILDER_METHODS: BuiltinTable = {
  append,
  appendChar: append,
  build: () => STRING,
};

export function newBuilder(): SomeValue {
  return new SomeStringBuilder(0, null);
}
