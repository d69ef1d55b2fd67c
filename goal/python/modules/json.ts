// The _json module: reading JSON values. Writing them is in `jsonwriter.ts`.
//
// The text is read in UTF-16; positions of programs are characters and are converted at the border.
import type { int } from "rtypescript/rlib";
import { ec } from "../interpreter/context.ts";
import { functionN, getset, newN } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { W_Float, w_float } from "../objects/float.ts";
import { newbool, newint, w_int } from "../objects/int.ts";
import { newlist } from "../objects/list.ts";
import { parseFloatText, parseInt_ } from "../objects/numbertext.ts";
import {
  KIND_StopIteration,
  KIND_ValueError,
  OperationError,
  operationError,
  raiseValue,
  typeError,
  valueError,
  W_Root,
} from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { getattr, truth } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple } from "../objects/tuple.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

export const w_json = builtinModule("_json");

const QUOTE: int = 34;
const BACKSLASH: int = 92;

function decodeError(message: string, w_text: W_Str, unit: int): OperationError {
  const w_decoder = ec.w_modules.getStr("json.decoder");
  if (w_decoder === null) return operationError(KIND_ValueError, message);
  const w_class = getattr(w_decoder, "JSONDecodeError");
  return raiseValue(w_class.call3(newstr(message), w_text, newint(w_text.charIndex(unit))));
}

function isBlank(c: int): boolean {
  return c === 32 || c === 10 || c === 13 || c === 9;
}

/** The character that an escape stands for, −1 for none. */
function escaped(c: int): int {
  switch (c) {
    case QUOTE:
    case BACKSLASH:
    case 47:
      return c;
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
    default:
      return -1;
  }
}

function hexDigit(c: int): int {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  return c >= 65 && c <= 70 ? c - 55 : -1;
}

/** Reads values from a text; `at` is the next unit. */
class Reader {
  readonly w_text: W_Str;
  readonly text: string;
  readonly strict: boolean;
  at: int;
  constructor(w_text: W_Str, at: int, strict: boolean) {
    this.w_text = w_text;
    this.text = w_text.text;
    this.strict = strict;
    this.at = at;
  }
  error(message: string, unit: int): OperationError {
    return decodeError(message, this.w_text, unit);
  }
  /** The unit at `at`, −1 at the end. */
  peek(): int {
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : -1;
  }
  skipBlanks(): void {
    while (this.at < this.text.length && isBlank(this.text.charCodeAt(this.at))) this.at += 1;
  }

  /** The string whose opening quote is before `at`. */
  string(): string {
    const text = this.text;
    const n = text.length;
    const begin: int = this.at - 1;
    const parts: string[] = [];
    for (;;) {
      let next: int = this.at;
      let c: int = -1;
      while (next < n) {
        c = text.charCodeAt(next);
        if (c === QUOTE || c === BACKSLASH) break;
        if (c <= 31 && this.strict) throw this.error("Invalid control character at", next);
        next++;
      }
      if (next >= n) throw this.error("Unterminated string starting at", begin);
      if (c === QUOTE) {
        const last = text.slice(this.at, next);
        this.at = next + 1;
        if (parts.length === 0) return last;
        parts.push(last);
        return parts.join("");
      }
      if (next > this.at) parts.push(text.slice(this.at, next));
      next++;
      if (next === n) throw this.error("Unterminated string starting at", begin);
      const letter = text.charCodeAt(next);
      if (letter === 117) {
        this.at = next + 1;
        parts.push(String.fromCharCode(this.#unicode()));
        continue;
      }
      const meant = escaped(letter);
      if (meant < 0) throw this.error("Invalid \\escape", next - 1);
      parts.push(String.fromCharCode(meant));
      this.at = next + 1;
    }
  }
  /** The four digits after `\u`; a following low surrogate joins by itself in UTF-16. */
  #unicode(): int {
    const start: int = this.at;
    if (start + 4 >= this.text.length) throw this.error("Invalid \\uXXXX escape", start - 1);
    let value: int = 0;
    for (let i: int = start; i < start + 4; i++) {
      const digit = hexDigit(this.text.charCodeAt(i));
      if (digit < 0) throw this.error("Invalid \\uXXXX escape", start - 1);
      value = value * 16 + digit;
    }
    this.at = start + 4;
    return value;
  }
  startsWith(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }
}

// --- the scanner -------------------------------------------------------------------------------------------------------------

const w_scanner = builtinType("Scanner", null, "_json");
constant(w_json, "make_scanner", w_scanner);

class W_Scanner extends W_Root {
  readonly strict: boolean;
  readonly w_objectHook: W_Root;
  readonly w_pairsHook: W_Root;
  readonly w_parseFloat: W_Root;
  readonly w_parseInt: W_Root;
  readonly w_parseConstant: W_Root;
  constructor(w_context: W_Root) {
    super();
    this.strict = truth(getattr(w_context, "strict"));
    this.w_objectHook = getattr(w_context, "object_hook");
    this.w_pairsHook = getattr(w_context, "object_pairs_hook");
    this.w_parseFloat = getattr(w_context, "parse_float");
    this.w_parseInt = getattr(w_context, "parse_int");
    this.w_parseConstant = getattr(w_context, "parse_constant");
  }
  override getclass(): W_Type {
    return w_scanner;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], _names: string[]): W_Root {
    if (args.length !== 2) throw typeError(`scan_once expected 2 arguments, got ${args.length}`);
    const w_text = args[0].asStr();
    if (!(w_text instanceof W_Str)) throw typeError(`first argument must be a string, not ${args[0].typename()}`);
    const index = intArgument(args[1]);
    if (index < 0) throw valueError("idx cannot be negative");
    if (index > w_text.len()) throw stop(newint(index));
    const reader = new Reader(w_text, w_text.unitIndex(index), this.strict);
    const w_value = this.#value(reader, new Map<string, W_Str>());
    return newtuple([w_value, newint(w_text.charIndex(reader.at))]);
  }

  #value(reader: Reader, keys: Map<string, W_Str>): W_Root {
    const c = reader.peek();
    switch (c) {
      case QUOTE:
        reader.at += 1;
        return newstr(reader.string());
      case 123:
        reader.at += 1;
        return this.#object(reader, keys);
      case 91:
        reader.at += 1;
        return this.#array(reader, keys);
      case 110:
        if (reader.startsWith("null")) return this.#word(reader, 4, w_None);
        break;
      case 116:
        if (reader.startsWith("true")) return this.#word(reader, 4, newbool(true));
        break;
      case 102:
        if (reader.startsWith("false")) return this.#word(reader, 5, newbool(false));
        break;
      case 78:
        if (reader.startsWith("NaN")) return this.#constant(reader, "NaN");
        break;
      case 73:
        if (reader.startsWith("Infinity")) return this.#constant(reader, "Infinity");
        break;
      case 45:
        if (reader.startsWith("-Infinity")) return this.#constant(reader, "-Infinity");
        break;
    }
    return this.#number(reader);
  }
  #word(reader: Reader, length: int, w_value: W_Root): W_Root {
    reader.at += length;
    return w_value;
  }
  #constant(reader: Reader, word: string): W_Root {
    reader.at += word.length;
    return this.w_parseConstant.call1(newstr(word));
  }

  #object(reader: Reader, keys: Map<string, W_Str>): W_Root {
    const w_dict = new W_Dict();
    const pairs: W_Root[] = [];
    const hooked = this.w_pairsHook !== w_None;
    reader.skipBlanks();
    if (reader.peek() !== 125) {
      for (;;) {
        if (reader.peek() !== QUOTE) {
          throw reader.error("Expecting property name enclosed in double quotes", reader.at);
        }
        reader.at += 1;
        const w_key = sharedKey(reader.string(), keys);
        reader.skipBlanks();
        if (reader.peek() !== 58) throw reader.error("Expecting ':' delimiter", reader.at);
        reader.at += 1;
        reader.skipBlanks();
        const w_value = this.#value(reader, keys);
        if (hooked) pairs.push(newtuple([w_key, w_value]));
        else w_dict.storeKey(w_key, w_value);
        reader.skipBlanks();
        if (reader.peek() === 125) break;
        if (reader.peek() !== 44) throw reader.error("Expecting ',' delimiter", reader.at);
        reader.at += 1;
        reader.skipBlanks();
      }
    }
    reader.at += 1;
    if (hooked) return this.w_pairsHook.call1(newlist(pairs));
    return this.w_objectHook === w_None ? w_dict : this.w_objectHook.call1(w_dict);
  }

  #array(reader: Reader, keys: Map<string, W_Str>): W_Root {
    const items: W_Root[] = [];
    reader.skipBlanks();
    if (reader.peek() !== 93) {
      for (;;) {
        items.push(this.#value(reader, keys));
        reader.skipBlanks();
        if (reader.peek() === 93) break;
        if (reader.peek() !== 44) throw reader.error("Expecting ',' delimiter", reader.at);
        reader.at += 1;
        reader.skipBlanks();
      }
    }
    reader.at += 1;
    return newlist(items);
  }

  #number(reader: Reader): W_Root {
    const text = reader.text;
    const n = text.length;
    const start = reader.at;
    let i: int = start;
    if (i < n && text.charCodeAt(i) === 45) i++;
    if (i >= n || !isDigit(text.charCodeAt(i))) throw stop(newint(reader.w_text.charIndex(start)));
    if (text.charCodeAt(i) === 48) i++;
    else while (i < n && isDigit(text.charCodeAt(i))) i++;
    let float = false;
    if (i + 1 < n && text.charCodeAt(i) === 46 && isDigit(text.charCodeAt(i + 1))) {
      float = true;
      i += 2;
      while (i < n && isDigit(text.charCodeAt(i))) i++;
    }
    if (i + 1 < n && (text.charCodeAt(i) === 101 || text.charCodeAt(i) === 69)) {
      let k: int = i + 1;
      if (k + 1 < n && (text.charCodeAt(k) === 45 || text.charCodeAt(k) === 43)) k++;
      if (isDigit(text.charCodeAt(k))) {
        float = true;
        while (k < n && isDigit(text.charCodeAt(k))) k++;
        i = k;
      }
    }
    const word = text.slice(start, i);
    reader.at = i;
    if (float) {
      if (this.w_parseFloat !== w_float) return this.w_parseFloat.call1(newstr(word));
      return new W_Float(parseFloatText(word) ?? 0.0);
    }
    if (this.w_parseInt !== w_int) return this.w_parseInt.call1(newstr(word));
    return parseInt_(word, 10) ?? newint(0);
  }
}

function isDigit(c: int): boolean {
  return c >= 48 && c <= 57;
}
function sharedKey(text: string, keys: Map<string, W_Str>): W_Str {
  const w_known = keys.get(text);
  if (w_known !== undefined) return w_known;
  const w_key = newstr(text);
  keys.set(text, w_key);
  return w_key;
}
function stop(w_value: W_Root): OperationError {
  const error = new OperationError(KIND_StopIteration, "", null);
  error.w_argument = w_value;
  return error;
}

newN(w_scanner, "context", (args) => new W_Scanner(args[1]));
getset(w_scanner, "strict", (w_self) => newbool((w_self as W_Scanner).strict));
getset(w_scanner, "object_hook", (w_self) => (w_self as W_Scanner).w_objectHook);
getset(w_scanner, "object_pairs_hook", (w_self) => (w_self as W_Scanner).w_pairsHook);
getset(w_scanner, "parse_float", (w_self) => (w_self as W_Scanner).w_parseFloat);
getset(w_scanner, "parse_int", (w_self) => (w_self as W_Scanner).w_parseInt);
getset(w_scanner, "parse_constant", (w_self) => (w_self as W_Scanner).w_parseConstant);

functions(w_json, [
  functionN("scanstring", "string, end, strict=True, /", (args) => {
    const w_text = args[0].asStr();
    if (!(w_text instanceof W_Str)) throw typeError(`first argument must be a string, not ${args[0].typename()}`);
    const index = intArgument(args[1]);
    if (index < 0 || index > w_text.len()) throw valueError("end is out of bounds");
    const reader = new Reader(w_text, w_text.unitIndex(index), truth(args[2]));
    const text = reader.string();
    return newtuple([newstr(text), newint(w_text.charIndex(reader.at))]);
  }),
]);
