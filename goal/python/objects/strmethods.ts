// The methods of str.
import type { int } from "rtypescript/rlib";
import { isIdentifierPart, isIdentifierStart } from "../parser/unicode.ts";
import { method0, method1, methodN, newN, staticMethodN } from "./builtin.ts";
import { bufferContents } from "./bytes.ts";
import { isAlnum, isAlpha, isAsciiText, isDecimal, isDigit, isNumeric, isSpace } from "./chartype.ts";
import { decodeBytes, encodeStr } from "./codecs.ts";
import { W_Dict } from "./dict.ts";
import { newbool, newint, W_Int } from "./int.ts";
import { newlist } from "./list.ts";
import { KIND_LookupError, OperationError, typeError, valueError, type W_Root } from "./root.ts";
import { w_missing, w_None } from "./singletons.ts";
import { intArgument } from "./slice.ts";
import { getitem, iter, matches, next, strObject, truth } from "./space.ts";
import { newchar, newstr, nextTabStop, type W_Str, W_StrSub, w_str } from "./str.ts";
import {
  allCharacters,
  capitalizeText,
  foldText,
  isLowerText,
  isTitleText,
  isUpperText,
  lowerText,
  swapText,
  titleText,
  upperText,
} from "./strcase.ts";
import {
  countText,
  emptySeparator,
  findText,
  matchesEdge,
  replaceText,
  requireStr,
  rfindText,
  rsplitSpace,
  rsplitText,
  SearchRange,
  splitLines,
  splitSpace,
  splitText,
  strArgument,
  stripStr,
  strList,
  strOrNull,
} from "./strsearch.ts";
import { W_Tuple } from "./tuple.ts";
import { W_Instance, type W_Type } from "./type.ts";
import { isPrintable } from "./unicode.ts";

/** The receiver's text. */
function self(w_self: W_Root): W_Str {
  return w_self.asStr() as W_Str;
}

// --- construction ----------------------------------------------------------------------------------------------------------

newN(w_str, "object=?, encoding=?, errors=?", (args) => {
  const w_class = args[0] as W_Type;
  const w_text = construct(args[1], args[2], args[3]);
  return w_class === w_str ? w_text : new W_StrSub(w_text, new W_Instance(w_class.shape()));
});

function construct(w_object: W_Root, w_encoding: W_Root, w_errors: W_Root): W_Str {
  if (w_object === w_missing) return newstr("");
  if (w_encoding === w_missing && w_errors === w_missing) return strObject(w_object);
  const encoding = w_encoding === w_missing ? "utf-8" : strArgument(w_encoding, "str", "argument 'encoding'").text;
  const errors = w_errors === w_missing ? "strict" : strArgument(w_errors, "str", "argument 'errors'").text;
  if (w_object.asStr() !== null) throw typeError("decoding str is not supported");
  const data = bufferContents(w_object);
  if (data === null) {
    throw typeError(`decoding to str: need a bytes-like object, ${w_object.typename()} found`);
  }
  return decodeBytes(data, encoding, errors);
}

method0(w_str, "__getnewargs__", (w_self) => new W_Tuple([self(w_self)]));
method0(w_str, "__sizeof__", (w_self) => newint(49 + self(w_self).len()));

// --- search ------------------------------------------------------------------------------------------------------------------

const BOUNDS = "start=?, end=?, /";

methodN(w_str, "find", `sub, ${BOUNDS}`, (args) => newint(find(args)));
methodN(w_str, "rfind", `sub, ${BOUNDS}`, (args) => newint(rfind(args)));
methodN(w_str, "index", `sub, ${BOUNDS}`, (args) => newint(requireFound(find(args))));
methodN(w_str, "rindex", `sub, ${BOUNDS}`, (args) => newint(requireFound(rfind(args))));
methodN(w_str, "count", `sub, ${BOUNDS}`, (args) => {
  const w_text = self(args[0]);
  return newint(countText(w_text, requireStr(args[1]).text, new SearchRange(w_text, args[2], args[3])));
});

function find(args: W_Root[]): int {
  const w_text = self(args[0]);
  const at = findText(w_text.text, requireStr(args[1]).text, new SearchRange(w_text, args[2], args[3]));
  return at < 0 ? -1 : w_text.charIndex(at);
}
function rfind(args: W_Root[]): int {
  const w_text = self(args[0]);
  const at = rfindText(w_text.text, requireStr(args[1]).text, new SearchRange(w_text, args[2], args[3]));
  return at < 0 ? -1 : w_text.charIndex(at);
}
function requireFound(at: int): int {
  if (at < 0) throw valueError("substring not found");
  return at;
}

methodN(w_str, "startswith", `prefix, ${BOUNDS}`, (args) => {
  const w_text = self(args[0]);
  return newbool(matchesEdge("startswith", w_text, args[1], new SearchRange(w_text, args[2], args[3])));
});
methodN(w_str, "endswith", `suffix, ${BOUNDS}`, (args) => {
  const w_text = self(args[0]);
  return newbool(matchesEdge("endswith", w_text, args[1], new SearchRange(w_text, args[2], args[3])));
});
methodN(w_str, "replace", "old, new, count=-1, /", (args) => {
  const from = strArgument(args[1], "replace", "argument 1").text;
  const to = strArgument(args[2], "replace", "argument 2").text;
  return replaceText(self(args[0]), from, to, intArgument(args[3]));
});
method1(w_str, "removeprefix", (w_self, w_prefix) => {
  const w_text = self(w_self);
  const prefix = strArgument(w_prefix, "removeprefix", "argument").text;
  return w_text.text.startsWith(prefix) ? newstr(w_text.text.slice(prefix.length)) : w_text;
});
method1(w_str, "removesuffix", (w_self, w_suffix) => {
  const w_text = self(w_self);
  const suffix = strArgument(w_suffix, "removesuffix", "argument").text;
  if (suffix.length === 0 || !w_text.text.endsWith(suffix)) return w_text;
  return newstr(w_text.text.slice(0, w_text.text.length - suffix.length));
});

// --- pieces ------------------------------------------------------------------------------------------------------------------

methodN(w_str, "split", "sep=None, maxsplit=-1", (args) => {
  const text = self(args[0]).text;
  const most = intArgument(args[2]);
  return newlist(strList(args[1] === w_None ? splitSpace(text, most) : splitText(text, separator(args[1]), most)));
});
methodN(w_str, "rsplit", "sep=None, maxsplit=-1", (args) => {
  const text = self(args[0]).text;
  const most = intArgument(args[2]);
  return newlist(strList(args[1] === w_None ? rsplitSpace(text, most) : rsplitText(text, separator(args[1]), most)));
});
function separator(w_separator: W_Root): string {
  const w_text = strOrNull(w_separator);
  if (w_text === null) throw typeError(`must be str or None, not ${w_separator.typename()}`);
  return w_text.text;
}
methodN(w_str, "splitlines", "keepends=False", (args) =>
  newlist(strList(splitLines(self(args[0]).text, truth(args[1])))),
);
method1(w_str, "partition", (w_self, w_separator) => {
  const w_text = self(w_self);
  const part = requireStr(w_separator).text;
  if (part.length === 0) throw emptySeparator();
  const at: int = w_text.text.indexOf(part);
  if (at < 0) return new W_Tuple([w_text, newstr(""), newstr("")]);
  return new W_Tuple([newstr(w_text.text.slice(0, at)), w_separator, newstr(w_text.text.slice(at + part.length))]);
});
method1(w_str, "rpartition", (w_self, w_separator) => {
  const w_text = self(w_self);
  const part = requireStr(w_separator).text;
  if (part.length === 0) throw emptySeparator();
  const at: int = w_text.text.lastIndexOf(part);
  if (at < 0) return new W_Tuple([newstr(""), newstr(""), w_text]);
  return new W_Tuple([newstr(w_text.text.slice(0, at)), w_separator, newstr(w_text.text.slice(at + part.length))]);
});
methodN(w_str, "strip", "chars=None, /", (args) => stripStr(self(args[0]), args[1], true, true, "strip"));
methodN(w_str, "lstrip", "chars=None, /", (args) => stripStr(self(args[0]), args[1], true, false, "lstrip"));
methodN(w_str, "rstrip", "chars=None, /", (args) => stripStr(self(args[0]), args[1], false, true, "rstrip"));

method1(w_str, "join", (w_self, w_iterable) => newstr(joinItems(self(w_self).text, w_iterable)));

function joinItems(between: string, w_iterable: W_Root): string {
  const known = w_iterable.getclass().heap ? null : w_iterable.itemsCopy();
  const parts: string[] = [];
  if (known !== null) {
    for (let i: int = 0; i < known.length; i++) parts.push(joinPart(known[i], i));
    return parts.join(between);
  }
  const w_class = w_iterable.getclass();
  if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null) {
    throw typeError("can only join an iterable");
  }
  const w_it = iter(w_iterable);
  for (;;) {
    const w_item = next(w_it);
    if (w_item === null) return parts.join(between);
    parts.push(joinPart(w_item, parts.length));
  }
}
function joinPart(w_item: W_Root, at: int): string {
  const w_text = strOrNull(w_item);
  if (w_text === null) throw typeError(`sequence item ${at}: expected str instance, ${w_item.typename()} found`);
  return w_text.text;
}

// --- padding -----------------------------------------------------------------------------------------------------------------

/** The fill character of `center` and its like. */
function fillOf(w_fill: W_Root): string {
  const w_text = strOrNull(w_fill);
  if (w_text === null) throw typeError(`The fill character must be a unicode character, not ${w_fill.typename()}`);
  if (w_text.len() !== 1) throw typeError("The fill character must be exactly one character long");
  return w_text.text;
}

methodN(w_str, "ljust", "width, fillchar=' ', /", (args) => {
  const w_text = self(args[0]);
  const missing = intArgument(args[1]) - w_text.len();
  const fill = fillOf(args[2]);
  return missing <= 0 ? w_text : newstr(w_text.text + fill.repeat(missing));
});
methodN(w_str, "rjust", "width, fillchar=' ', /", (args) => {
  const w_text = self(args[0]);
  const missing = intArgument(args[1]) - w_text.len();
  const fill = fillOf(args[2]);
  return missing <= 0 ? w_text : newstr(fill.repeat(missing) + w_text.text);
});
methodN(w_str, "center", "width, fillchar=' ', /", (args) => {
  const w_text = self(args[0]);
  const width = intArgument(args[1]);
  const missing = width - w_text.len();
  const fill = fillOf(args[2]);
  if (missing <= 0) return w_text;
  // An odd place goes left when the width is odd too: CPython's choice.
  const left: int = (missing >> 1) + (missing & width & 1);
  return newstr(fill.repeat(left) + w_text.text + fill.repeat(missing - left));
});
method1(w_str, "zfill", (w_self, w_width) => {
  const w_text = self(w_self);
  const missing = intArgument(w_width) - w_text.len();
  if (missing <= 0) return w_text;
  const text = w_text.text;
  const signed = text.startsWith("+") || text.startsWith("-");
  const zeros = "0".repeat(missing);
  return newstr(signed ? text.slice(0, 1) + zeros + text.slice(1) : zeros + text);
});
methodN(w_str, "expandtabs", "tabsize=8", (args) => newstr(expandTabs(self(args[0]), intArgument(args[1]))));

function expandTabs(w_text: W_Str, size: int): string {
  const parts: string[] = [];
  let column: int = 0;
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    if (code === 9) {
      if (size <= 0) continue;
      const stop = nextTabStop(column, size);
      parts.push(" ".repeat(stop - column));
      column = stop;
    } else {
      column = code === 10 || code === 13 ? 0 : column + 1;
      parts.push(String.fromCodePoint(code));
    }
  }
  return parts.join("");
}

// --- case and kinds ------------------------------------------------------------------------------------------------------------

method0(w_str, "upper", (w_self) => newstr(upperText(self(w_self))));
method0(w_str, "lower", (w_self) => newstr(lowerText(self(w_self))));
method0(w_str, "casefold", (w_self) => newstr(foldText(self(w_self))));
method0(w_str, "title", (w_self) => newstr(titleText(self(w_self))));
method0(w_str, "capitalize", (w_self) => newstr(capitalizeText(self(w_self))));
method0(w_str, "swapcase", (w_self) => newstr(swapText(self(w_self))));
method0(w_str, "isupper", (w_self) => newbool(isUpperText(self(w_self))));
method0(w_str, "islower", (w_self) => newbool(isLowerText(self(w_self))));
method0(w_str, "istitle", (w_self) => newbool(isTitleText(self(w_self))));
method0(w_str, "isalpha", (w_self) => newbool(allCharacters(self(w_self), isAlpha)));
method0(w_str, "isalnum", (w_self) => newbool(allCharacters(self(w_self), isAlnum)));
method0(w_str, "isdecimal", (w_self) => newbool(allCharacters(self(w_self), isDecimal)));
method0(w_str, "isdigit", (w_self) => newbool(allCharacters(self(w_self), isDigit)));
method0(w_str, "isnumeric", (w_self) => newbool(allCharacters(self(w_self), isNumeric)));
method0(w_str, "isspace", (w_self) => newbool(allCharacters(self(w_self), isSpace)));
method0(w_str, "isprintable", (w_self) => {
  const w_text = self(w_self);
  return newbool(w_text.text.length === 0 || allCharacters(w_text, isPrintable));
});
method0(w_str, "isascii", (w_self) => newbool(isAsciiText(self(w_self).text)));
method0(w_str, "isidentifier", (w_self) => {
  const w_text = self(w_self);
  const n = w_text.len();
  if (n === 0 || !isIdentifierStart(w_text.codeAt(0))) return newbool(false);
  for (let i: int = 1; i < n; i++) if (!isIdentifierPart(w_text.codeAt(i))) return newbool(false);
  return newbool(true);
});

// --- translation and encoding ----------------------------------------------------------------------------------------------------

methodN(w_str, "encode", "encoding='utf-8', errors='strict'", (args) => {
  const encoding = strArgument(args[1], "encode", "argument 'encoding'").text;
  const errors = strArgument(args[2], "encode", "argument 'errors'").text;
  return encodeStr(self(args[0]), encoding, errors);
});

/** What a table gives for a character; null when it has nothing. */
function translated(w_table: W_Root, code: int): W_Root | null {
  const w_key = newint(code);
  if (w_table instanceof W_Dict && w_table.user === null) return w_table.findKey(w_key);
  try {
    return getitem(w_table, w_key);
  } catch (e) {
    if (e instanceof OperationError && matches(e, KIND_LookupError)) return null;
    throw e;
  }
}

method1(w_str, "translate", (w_self, w_table) => {
  const w_text = self(w_self);
  const parts: string[] = [];
  const n = w_text.len();
  for (let i: int = 0; i < n; i++) {
    const code = w_text.codeAt(i);
    const w_to = translated(w_table, code);
    if (w_to === null) parts.push(String.fromCodePoint(code));
    else if (w_to !== w_None) parts.push(translation(w_to));
  }
  return newstr(parts.join(""));
});
function translation(w_to: W_Root): string {
  const w_text = strOrNull(w_to);
  if (w_text !== null) return w_text.text;
  const w_code = w_to.asInt();
  if (w_code === null) throw typeError("character mapping must return integer, None or str");
  if (!(w_code instanceof W_Int) || w_code.value < 0 || w_code.value > 0x10ffff) {
    throw valueError("character mapping must be in range(0x110000)");
  }
  return newchar(w_code.value).text;
}

staticMethodN(w_str, "maketrans", "x, y=?, z=?, /", (args) => {
  const w_table = new W_Dict();
  if (args[1] !== w_missing) fillFromTexts(w_table, args[0], args[1], args[2]);
  else if (args[0] instanceof W_Dict) fillFromDict(w_table, args[0]);
  else throw typeError("if you give only one argument to maketrans it must be a dict");
  return w_table;
});
function fillFromTexts(w_table: W_Dict, w_x: W_Root, w_y: W_Root, w_z: W_Root): void {
  const w_to = strArgument(w_y, "maketrans", "argument 2");
  const w_from = strOrNull(w_x);
  if (w_from === null) throw typeError("first maketrans argument must be a string if there is a second argument");
  if (w_from.len() !== w_to.len()) throw valueError("the first two maketrans arguments must have equal length");
  for (let i: int = 0; i < w_from.len(); i++) w_table.storeKey(newint(w_from.codeAt(i)), newint(w_to.codeAt(i)));
  if (w_z === w_missing) return;
  const w_drop = strArgument(w_z, "maketrans", "argument 3");
  for (let i: int = 0; i < w_drop.len(); i++) w_table.storeKey(newint(w_drop.codeAt(i)), w_None);
}
function fillFromDict(w_table: W_Dict, w_from: W_Dict): void {
  for (let e = w_from.nextEntry(0); e >= 0; e = w_from.nextEntry(e + 1)) {
    const w_key = w_from.keyAt(e);
    const w_text = strOrNull(w_key);
    if (w_text !== null) {
      if (w_text.len() !== 1) throw valueError("string keys in translate table must be of length 1");
      w_table.storeKey(newint(w_text.codeAt(0)), w_from.valueAt(e));
    } else if (w_key.asInt() !== null) w_table.storeKey(w_key, w_from.valueAt(e));
    else throw typeError("keys in translate table must be strings or integers");
  }
}
