// `str.format`, `str.format_map` and what `string.Formatter` takes from `_string`.
//
// A format is literal text with fields `{name!conversion:spec}`; a spec may hold fields itself, one level deep.
import type { int } from "rtypescript/rlib";
import { builtinModule, functions } from "../modules/registry.ts";
import { function1, method1, methodKw } from "./builtin.ts";
import { newbool, newint } from "./int.ts";
import { W_NativeIterator } from "./iterators.ts";
import { indexError, keyError, type OperationError, typeError, valueError, type W_Root } from "./root.ts";
import { w_None } from "./singletons.ts";
import { slots } from "./slots.ts";
import { asciiText, format, getattr, getitem, repr, str } from "./space.ts";
import { newstr, W_Str, w_str } from "./str.ts";
import { W_Tuple } from "./tuple.ts";
import { builtinType, type W_Type } from "./type.ts";

const OPEN: int = 123;
const CLOSE: int = 125;

/** A number that is all of a text; −1 if it is something else. */
function wholeNumber(text: string): int {
  if (text.length === 0) return -1;
  let value: int = 0;
  for (let i: int = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
    if (value > 100000000000000) throw valueError("Too many decimal digits in format string");
  }
  return value;
}

/** The next piece of a format: literal text, perhaps followed by a field. */
class FormatReader {
  readonly text: string;
  readonly end: int;
  at: int;
  literal: string;
  hasField: boolean;
  name: string;
  conversion: int;
  spec: string;
  specHasFields: boolean;
  constructor(text: string) {
    this.text = text;
    this.end = text.length;
    this.at = 0;
    this.literal = "";
    this.hasField = false;
    this.name = "";
    this.conversion = 0;
    this.spec = "";
    this.specHasFields = false;
  }
  /** False at the end. */
  next(): boolean {
    if (this.at >= this.end) return false;
    const text = this.text;
    const start = this.at;
    this.hasField = false;
    let c: int = 0;
    while (this.at < this.end) {
      c = text.charCodeAt(this.at);
      this.at += 1;
      if (c === OPEN || c === CLOSE) break;
      c = 0;
    }
    if (c === 0) {
      this.literal = text.slice(start, this.at);
      return true;
    }
    const doubled = this.at < this.end && text.charCodeAt(this.at) === c;
    if (!doubled) {
      if (c === CLOSE) throw valueError("Single '}' encountered in format string");
      if (this.at >= this.end) throw valueError("Single '{' encountered in format string");
      this.literal = text.slice(start, this.at - 1);
      this.hasField = true;
      this.#field();
      return true;
    }
    this.literal = text.slice(start, this.at);
    this.at += 1;
    return true;
  }
  #field(): void {
    const text = this.text;
    const start = this.at;
    let c: int = 0;
    this.conversion = 0;
    this.spec = "";
    this.specHasFields = false;
    while (this.at < this.end) {
      c = text.charCodeAt(this.at);
      this.at += 1;
      if (c === OPEN) throw valueError("unexpected '{' in field name");
      if (c === 91) {
        while (this.at < this.end && text.charCodeAt(this.at) !== 93) this.at += 1;
        continue;
      }
      if (c === CLOSE || c === 58 || c === 33) break;
    }
    this.name = text.slice(start, this.at - 1);
    if (c === CLOSE) return;
    if (c !== 58 && c !== 33) throw valueError("expected '}' before end of string");
    if (c === 33 && this.#conversion()) return;
    this.#spec();
  }
  /** Reads the conversion; is the field at its end? */
  #conversion(): boolean {
    if (this.at >= this.end) throw valueError("end of string while looking for conversion specifier");
    this.conversion = this.text.codePointAt(this.at) ?? 0;
    this.at += this.conversion > 65535 ? 2 : 1;
    if (this.at >= this.end) return false;
    const c = this.text.charCodeAt(this.at);
    this.at += 1;
    if (c === CLOSE) return true;
    if (c !== 58) throw valueError("expected ':' after conversion specifier");
    return false;
  }
  #spec(): void {
    const start = this.at;
    let depth: int = 1;
    while (this.at < this.end) {
      const c = this.text.charCodeAt(this.at);
      this.at += 1;
      if (c === OPEN) {
        this.specHasFields = true;
        depth++;
      } else if (c === CLOSE) {
        depth--;
        if (depth === 0) {
          this.spec = this.text.slice(start, this.at - 1);
          return;
        }
      }
    }
    throw valueError("unmatched '{' in format spec");
  }
}

/** Reads the `.name` and `[key]` parts of a field name after its first part. */
class FieldRest {
  readonly text: string;
  at: int;
  isAttribute: boolean;
  name: string;
  /** The key as a number, −1 for a text. */
  number: int;
  constructor(text: string, at: int) {
    this.text = text;
    this.at = at;
    this.isAttribute = false;
    this.name = "";
    this.number = -1;
  }
  next(): boolean {
    const text = this.text;
    if (this.at >= text.length) return false;
    const c = text.charCodeAt(this.at);
    this.at += 1;
    const start = this.at;
    if (c === 46) {
      while (this.at < text.length && text.charCodeAt(this.at) !== 46 && text.charCodeAt(this.at) !== 91) this.at += 1;
      this.isAttribute = true;
      this.name = text.slice(start, this.at);
    } else if (c === 91) {
      while (this.at < text.length && text.charCodeAt(this.at) !== 93) this.at += 1;
      if (this.at >= text.length) throw valueError("Missing ']' in format string");
      this.isAttribute = false;
      this.name = text.slice(start, this.at);
      this.at += 1;
      this.number = wholeNumber(this.name);
    } else throw valueError("Only '.' or '[' may follow ']' in format field specifier");
    if (this.name.length === 0) throw valueError("Empty attribute in format string");
    return true;
  }
}

/** Length of the first part of a field name. */
function firstLength(name: string): int {
  let i: int = 0;
  while (i < name.length && name.charCodeAt(i) !== 46 && name.charCodeAt(i) !== 91) i++;
  return i;
}

const NUMBERING_UNKNOWN: int = 0;
const NUMBERING_AUTO: int = 1;
const NUMBERING_MANUAL: int = 2;

/** A call of `format` or `format_map`. */
class FormatCall {
  /** Positional arguments; null for `format_map`. */
  readonly args: W_Root[] | null;
  readonly names: string[];
  readonly values: W_Root[];
  readonly w_mapping: W_Root | null;
  numbering: int;
  nextNumber: int;
  constructor(args: W_Root[] | null, names: string[], values: W_Root[], w_mapping: W_Root | null) {
    this.args = args;
    this.names = names;
    this.values = values;
    this.w_mapping = w_mapping;
    this.numbering = NUMBERING_UNKNOWN;
    this.nextNumber = 0;
  }
  build(text: string, depth: int): string {
    if (depth < 0) throw valueError("Max string recursion exceeded");
    const parts: string[] = [];
    const reader = new FormatReader(text);
    while (reader.next()) {
      if (reader.literal.length > 0) parts.push(reader.literal);
      if (reader.hasField) parts.push(this.#field(reader, depth));
    }
    return parts.join("");
  }
  #field(reader: FormatReader, depth: int): string {
    const conversion = reader.conversion;
    const needsExpanding = reader.specHasFields;
    const raw = reader.spec;
    const w_value = this.#value(reader.name);
    const w_shown = conversion === 0 ? w_value : converted(w_value, conversion);
    const spec = needsExpanding ? this.build(raw, depth - 1) : raw;
    return format(w_shown, spec);
  }
  #value(name: string): W_Root {
    const length = firstLength(name);
    const first = name.slice(0, length);
    let w_value = this.#first(first);
    const rest = new FieldRest(name, length);
    while (rest.next()) {
      if (rest.isAttribute) w_value = getattr(w_value, rest.name);
      else w_value = getitem(w_value, rest.number >= 0 ? newint(rest.number) : newstr(rest.name));
    }
    return w_value;
  }
  #first(first: string): W_Root {
    let number = wholeNumber(first);
    if (first.length === 0 || number >= 0) {
      const wanted = first.length === 0 ? NUMBERING_AUTO : NUMBERING_MANUAL;
      if (this.numbering === NUMBERING_UNKNOWN) this.numbering = wanted;
      else if (this.numbering !== wanted) throw numberingError(wanted);
      if (first.length === 0) {
        number = this.nextNumber;
        this.nextNumber += 1;
      }
      const args = this.args;
      if (args === null) throw valueError("Format string contains positional fields");
      if (number < args.length) return args[number];
      throw indexError(`Replacement index ${number} out of range for positional args tuple`);
    }
    if (this.w_mapping !== null) return getitem(this.w_mapping, newstr(first));
    for (let i: int = 0; i < this.names.length; i++) if (this.names[i] === first) return this.values[i];
    throw keyError(newstr(first));
  }
}

function numberingError(wanted: int): OperationError {
  return valueError(
    wanted === NUMBERING_AUTO
      ? "cannot switch from manual field specification to automatic field numbering"
      : "cannot switch from automatic field numbering to manual field specification",
  );
}

function converted(w_value: W_Root, conversion: int): W_Root {
  if (conversion === 114) return newstr(repr(w_value));
  if (conversion === 115) return newstr(str(w_value));
  if (conversion === 97) return newstr(asciiText(repr(w_value)));
  const shown = conversion > 32 && conversion < 127 ? String.fromCharCode(conversion) : `\\x${conversion.toString(16)}`;
  throw valueError(`Unknown conversion specifier ${shown}`);
}

const DEPTH: int = 1;

methodKw(w_str, "format", (args, names) => {
  const n = args.length - names.length;
  const w_text = args[0].asStr() as W_Str;
  const call = new FormatCall(args.slice(1, n), names, args.slice(n), null);
  return newstr(call.build(w_text.text, DEPTH));
});
method1(w_str, "format_map", (w_self, w_mapping) => {
  const w_text = w_self.asStr() as W_Str;
  return newstr(new FormatCall(null, [], [], w_mapping).build(w_text.text, DEPTH));
});

// --- _string -----------------------------------------------------------------------------------------------------------------

const w_formatteriterator = builtinType("formatteriterator", null, "_string");
const w_fieldnameiterator = builtinType("fieldnameiterator", null, "_string");

slots(w_formatteriterator, "iter next");
slots(w_fieldnameiterator, "iter next");

class W_FormatterIterator extends W_NativeIterator {
  readonly reader: FormatReader;
  constructor(text: string) {
    super();
    this.reader = new FormatReader(text);
  }
  override nativeClass(): W_Type {
    return w_formatteriterator;
  }
  override next(): W_Root | null {
    const reader = this.reader;
    if (!reader.next()) return null;
    if (!reader.hasField) return new W_Tuple([newstr(reader.literal), w_None, w_None, w_None]);
    const w_conversion = reader.conversion === 0 ? w_None : newstr(String.fromCodePoint(reader.conversion));
    return new W_Tuple([newstr(reader.literal), newstr(reader.name), newstr(reader.spec), w_conversion]);
  }
}

class W_FieldNameIterator extends W_NativeIterator {
  readonly rest: FieldRest;
  constructor(text: string, at: int) {
    super();
    this.rest = new FieldRest(text, at);
  }
  override nativeClass(): W_Type {
    return w_fieldnameiterator;
  }
  override next(): W_Root | null {
    const rest = this.rest;
    if (!rest.next()) return null;
    const w_key = !rest.isAttribute && rest.number >= 0 ? newint(rest.number) : newstr(rest.name);
    return new W_Tuple([newbool(rest.isAttribute), w_key]);
  }
}

function formatArgument(w_text: W_Root): string {
  const w_exact = w_text.asStr();
  if (w_exact instanceof W_Str) return w_exact.text;
  throw typeError(`expected str, got ${w_text.typename()}`);
}

const w_string = builtinModule("_string");
functions(w_string, [
  function1("formatter_parser", (w_text) => new W_FormatterIterator(formatArgument(w_text))),
  function1("formatter_field_name_split", (w_text) => {
    const text = formatArgument(w_text);
    const length = firstLength(text);
    const first = text.slice(0, length);
    const number = wholeNumber(first);
    const w_first = number >= 0 ? newint(number) : newstr(first);
    return new W_Tuple([w_first, new W_FieldNameIterator(text, length)]);
  }),
]);
