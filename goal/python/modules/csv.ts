// The _csv module: dialects, readers and writers of comma-separated values.
import type { int } from "rtypescript/rlib";
import { function0, function1, functionKw, functionN, getset, method1, newKw } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { exceptionType, w_BaseException } from "../objects/exceptions.ts";
import { W_Float } from "../objects/float.ts";
import { newbool, newint, W_Int } from "../objects/int.ts";
import { W_NativeIterator } from "../objects/iterators.ts";
import { newlist } from "../objects/list.ts";
import { parseFloatText } from "../objects/numbertext.ts";
import { type OperationError, raiseValue, typeError, valueError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { slots } from "../objects/slots.ts";
import { findattrQuiet, iter, next, repr, str, truth } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_csv = builtinModule("_csv");
const w_Error = builtinType("Error", exceptionType("Exception"), "_csv");
w_Error.hasDict = true;
w_Error.w_layout = w_BaseException;
constant(w_csv, "Error", w_Error);
constant(w_csv, "__version__", newstr("1.0"));

const QUOTE_MINIMAL: int = 0;
const QUOTE_ALL: int = 1;
const QUOTE_NONNUMERIC: int = 2;
const QUOTE_NONE: int = 3;
constant(w_csv, "QUOTE_MINIMAL", newint(QUOTE_MINIMAL));
constant(w_csv, "QUOTE_ALL", newint(QUOTE_ALL));
constant(w_csv, "QUOTE_NONNUMERIC", newint(QUOTE_NONNUMERIC));
constant(w_csv, "QUOTE_NONE", newint(QUOTE_NONE));

function csvError(text: string): OperationError {
  return raiseValue(w_Error.call1(newstr(text)));
}

class CsvState {
  readonly w_dialects: W_Dict;
  limit: int;
  constructor() {
    this.w_dialects = new W_Dict();
    this.limit = 131072;
  }
}
const state = new CsvState();
constant(w_csv, "_dialects", state.w_dialects);

const w_Dialect = builtinType("Dialect", null, "_csv");
constant(w_csv, "Dialect", w_Dialect);

class W_Dialect extends W_Root {
  delimiter: string;
  /** Empty: none. */
  quotechar: string;
  escapechar: string;
  doublequote: boolean;
  skipinitialspace: boolean;
  lineterminator: string;
  quoting: int;
  strict: boolean;
  constructor() {
    super();
    this.delimiter = ",";
    this.quotechar = '"';
    this.escapechar = "";
    this.doublequote = true;
    this.skipinitialspace = false;
    this.lineterminator = "\r\n";
    this.quoting = QUOTE_MINIMAL;
    this.strict = false;
  }
  override getclass(): W_Type {
    return w_Dialect;
  }
}

const OPTIONS: string[] = [
  "delimiter",
  "doublequote",
  "escapechar",
  "lineterminator",
  "quotechar",
  "quoting",
  "skipinitialspace",
  "strict",
];

/** One character, or none for None where that is allowed. */
function character(w_value: W_Root, name: string, optional: boolean): string {
  if (optional && w_value === w_None) return "";
  const w_text = w_value.asStr();
  if (!(w_text instanceof W_Str)) {
    throw typeError(`"${name}" must be string${optional ? " or None" : ""}, not ${w_value.typename()}`);
  }
  if (w_text.len() !== 1) throw typeError(`"${name}" must be a 1-character string`);
  return w_text.text;
}

function setOption(dialect: W_Dialect, name: string, w_value: W_Root): void {
  switch (name) {
    case "delimiter":
      dialect.delimiter = character(w_value, name, false);
      break;
    case "quotechar":
      dialect.quotechar = character(w_value, name, true);
      break;
    case "escapechar":
      dialect.escapechar = character(w_value, name, true);
      break;
    case "doublequote":
      dialect.doublequote = truth(w_value);
      break;
    case "skipinitialspace":
      dialect.skipinitialspace = truth(w_value);
      break;
    case "strict":
      dialect.strict = truth(w_value);
      break;
    case "lineterminator": {
      const w_text = w_value.asStr();
      if (!(w_text instanceof W_Str)) throw typeError(`"lineterminator" must be a string, not ${w_value.typename()}`);
      dialect.lineterminator = w_text.text;
      break;
    }
    case "quoting": {
      if (!(w_value instanceof W_Int)) throw typeError(`"quoting" must be an integer, not ${w_value.typename()}`);
      if (w_value.value < 0 || w_value.value > 3) throw typeError('bad "quoting" value');
      dialect.quoting = w_value.value;
      break;
    }
    default:
      throw typeError(`'${name}' is an invalid keyword argument for this function`);
  }
}

/** A dialect from a name, a class or object with attributes, and options. */
function makeDialect(w_from: W_Root, names: string[], values: W_Root[]): W_Dialect {
  let w_base = w_from;
  if (w_base.asStr() !== null) {
    const w_known = state.w_dialects.findKey(w_base);
    if (w_known === null) throw csvError("unknown dialect");
    w_base = w_known;
  }
  if (w_base instanceof W_Dialect && names.length === 0) return w_base;
  const dialect = new W_Dialect();
  let quotingGiven = false;
  for (const name of OPTIONS) {
    const at: int = names.indexOf(name);
    const w_value = at >= 0 ? values[at] : w_base === w_None ? null : findattrQuiet(w_base, name);
    if (w_value === null) continue;
    if (name === "quoting") quotingGiven = true;
    setOption(dialect, name, w_value);
  }
  for (const name of names) {
    if (!OPTIONS.includes(name)) throw typeError(`'${name}' is an invalid keyword argument for this function`);
  }
  if (dialect.quotechar === "" && !quotingGiven) dialect.quoting = QUOTE_NONE;
  if (dialect.quoting !== QUOTE_NONE && dialect.quotechar === "") {
    throw typeError("quotechar must be set if quoting enabled");
  }
  return dialect;
}

newKw(w_Dialect, (args, names) => {
  const given = args.length - names.length;
  const values = args.slice(given);
  const at: int = names.indexOf("dialect");
  if (at >= 0) {
    const rest = names.filter((name) => name !== "dialect");
    const left: W_Root[] = [];
    for (let k: int = 0; k < names.length; k++) if (k !== at) left.push(values[k]);
    return makeDialect(values[at], rest, left);
  }
  return makeDialect(given > 1 ? args[1] : w_None, names, values);
});
function dialectOf(w_self: W_Root): W_Dialect {
  return w_self as W_Dialect;
}
function optionalText(text: string): W_Root {
  return text === "" ? w_None : newstr(text);
}
getset(w_Dialect, "delimiter", (w_self) => newstr(dialectOf(w_self).delimiter));
getset(w_Dialect, "quotechar", (w_self) => optionalText(dialectOf(w_self).quotechar));
getset(w_Dialect, "escapechar", (w_self) => optionalText(dialectOf(w_self).escapechar));
getset(w_Dialect, "lineterminator", (w_self) => newstr(dialectOf(w_self).lineterminator));
getset(w_Dialect, "quoting", (w_self) => newint(dialectOf(w_self).quoting));
getset(w_Dialect, "doublequote", (w_self) => newbool(dialectOf(w_self).doublequote));
getset(w_Dialect, "skipinitialspace", (w_self) => newbool(dialectOf(w_self).skipinitialspace));
getset(w_Dialect, "strict", (w_self) => newbool(dialectOf(w_self).strict));

// --- reading ---------------------------------------------------------------------------------------------------------------

const START_RECORD: int = 0;
const START_FIELD: int = 1;
const IN_FIELD: int = 2;
const IN_QUOTED: int = 3;
const QUOTE_IN_QUOTED: int = 4;
const ESCAPED: int = 5;
const ESCAPE_IN_QUOTED: int = 6;
const EAT_LINE: int = 7;

const w_reader = builtinType("reader", null, "_csv");
constant(w_csv, "Reader", w_reader);

class W_Reader extends W_NativeIterator {
  readonly w_input: W_Root;
  readonly w_dialect: W_Dialect;
  lines: int;
  #state: int;
  #fields: W_Root[];
  #parts: string[];
  #size: int;
  #numeric: boolean;
  constructor(w_input: W_Root, w_dialect: W_Dialect) {
    super();
    this.w_input = w_input;
    this.w_dialect = w_dialect;
    this.lines = 0;
    this.#state = START_RECORD;
    this.#fields = [];
    this.#parts = [];
    this.#size = 0;
    this.#numeric = false;
  }
  override nativeClass(): W_Type {
    return w_reader;
  }
  override next(): W_Root | null {
    this.#fields = [];
    this.#parts = [];
    this.#size = 0;
    this.#state = START_RECORD;
    this.#numeric = false;
    do {
      const w_line = next(this.w_input);
      if (w_line === null) {
        if (this.#size > 0 || this.#state === IN_QUOTED) {
          if (this.w_dialect.strict) throw csvError("unexpected end of data");
          this.#save();
          break;
        }
        return null;
      }
      const w_text = w_line.asStr();
      if (!(w_text instanceof W_Str)) {
        throw csvError(
          `iterator should return strings, not ${w_line.typename()} (the file should be opened in text mode)`,
        );
      }
      this.lines += 1;
      for (const c of w_text.text) this.#take(c);
      this.#take("\0");
    } while (this.#state !== START_RECORD);
    return newlist(this.#fields);
  }
  #add(c: string): void {
    this.#size += 1;
    if (this.#size > state.limit) throw csvError(`field larger than field limit (${state.limit})`);
    this.#parts.push(c);
  }
  #save(): void {
    const text = this.#parts.join("");
    this.#parts = [];
    this.#size = 0;
    if (this.#numeric) {
      this.#numeric = false;
      const value = parseFloatText(text);
      if (value === null) throw valueError(`could not convert string to float: ${repr(newstr(text))}`);
      this.#fields.push(new W_Float(value));
    } else this.#fields.push(newstr(text));
  }
  /** One character of the input; `\0` ends a line. */
  #take(c: string): void {
    const d = this.w_dialect;
    const ends = c === "\n" || c === "\r" || c === "\0";
    switch (this.#state) {
      case START_RECORD:
        if (c === "\0") break;
        if (c === "\n" || c === "\r") {
          this.#state = EAT_LINE;
          break;
        }
        this.#startField(c, ends);
        break;
      case START_FIELD:
        this.#startField(c, ends);
        break;
      case ESCAPED:
        if (c === "\n" || c === "\r") {
          this.#add(c);
          this.#state = EAT_LINE;
        } else {
          this.#add(c === "\0" ? "\n" : c);
          this.#state = c === "\0" ? EAT_LINE : IN_FIELD;
        }
        break;
      case IN_FIELD:
        if (ends) {
          this.#save();
          this.#state = c === "\0" ? START_RECORD : EAT_LINE;
        } else if (c === d.escapechar) this.#state = ESCAPED;
        else if (c === d.delimiter) {
          this.#save();
          this.#state = START_FIELD;
        } else this.#add(c);
        break;
      case IN_QUOTED:
        if (c === "\0") break;
        if (c === d.escapechar) this.#state = ESCAPE_IN_QUOTED;
        else if (c === d.quotechar && d.quoting !== QUOTE_NONE) {
          this.#state = d.doublequote ? QUOTE_IN_QUOTED : IN_FIELD;
        } else this.#add(c);
        break;
      case ESCAPE_IN_QUOTED:
        this.#add(c === "\0" ? "\n" : c);
        this.#state = IN_QUOTED;
        break;
      case QUOTE_IN_QUOTED:
        if (d.quoting !== QUOTE_NONE && c === d.quotechar) {
          this.#add(c);
          this.#state = IN_QUOTED;
        } else if (c === d.delimiter) {
          this.#save();
          this.#state = START_FIELD;
        } else if (ends) {
          this.#save();
          this.#state = c === "\0" ? START_RECORD : EAT_LINE;
        } else if (!d.strict) {
          this.#add(c);
          this.#state = IN_FIELD;
        } else throw csvError(`'${d.delimiter}' expected after '${d.quotechar}'`);
        break;
      default:
        if (c === "\0") this.#state = START_RECORD;
        else if (!ends) {
          throw csvError(
            "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?",
          );
        }
    }
  }
  #startField(c: string, ends: boolean): void {
    const d = this.w_dialect;
    if (ends) {
      this.#save();
      this.#state = c === "\0" ? START_RECORD : EAT_LINE;
    } else if (c === d.quotechar && d.quoting !== QUOTE_NONE) this.#state = IN_QUOTED;
    else if (c === d.escapechar) this.#state = ESCAPED;
    else if (c === " " && d.skipinitialspace) this.#state = START_FIELD;
    else if (c === d.delimiter) {
      this.#save();
      this.#state = START_FIELD;
    } else {
      if (d.quoting === QUOTE_NONNUMERIC) this.#numeric = true;
      this.#add(c);
      this.#state = IN_FIELD;
    }
  }
}
slots(w_reader, "iter next");
getset(w_reader, "dialect", (w_self) => (w_self as W_Reader).w_dialect);
getset(w_reader, "line_num", (w_self) => newint((w_self as W_Reader).lines));

// --- writing -----------------------------------------------------------------------------------------------------------------

const w_writer = builtinType("writer", null, "_csv");
constant(w_csv, "Writer", w_writer);

class W_Writer extends W_Root {
  readonly w_write: W_Root;
  readonly w_dialect: W_Dialect;
  constructor(w_write: W_Root, w_dialect: W_Dialect) {
    super();
    this.w_write = w_write;
    this.w_dialect = w_dialect;
  }
  override getclass(): W_Type {
    return w_writer;
  }
  row(w_row: W_Root): W_Root {
    const w_class = w_row.getclass();
    if (w_class.lookup("__iter__") === null && w_class.lookup("__getitem__") === null) {
      throw csvError(`iterable expected, not ${w_row.typename()}`);
    }
    const d = this.w_dialect;
    const fields: string[] = [];
    const w_it = iter(w_row);
    let onlyEmpty = false;
    for (;;) {
      const w_field = next(w_it);
      if (w_field === null) break;
      const numeric = w_field.asInt() !== null || w_field.asFloat() !== null;
      const quoted = d.quoting === QUOTE_ALL || (d.quoting === QUOTE_NONNUMERIC && !numeric);
      const text = w_field === w_None ? "" : str(w_field);
      onlyEmpty = text === "" && !quoted;
      fields.push(this.#field(text, quoted));
    }
    if (fields.length === 1 && onlyEmpty) {
      if (d.quoting === QUOTE_NONE) throw csvError("single empty field record must be quoted");
      fields[0] = d.quotechar + d.quotechar;
    }
    return this.w_write.call1(newstr(fields.join(d.delimiter) + d.lineterminator));
  }
  #field(text: string, quoted: boolean): string {
    const d = this.w_dialect;
    const parts: string[] = [];
    let quote = quoted;
    for (const c of text) {
      let escaped = false;
      const special =
        c === d.delimiter ||
        c === d.escapechar ||
        c === d.quotechar ||
        c === "\n" ||
        c === "\r" ||
        d.lineterminator.includes(c);
      if (special) {
        if (d.quoting === QUOTE_NONE) escaped = true;
        else if (c === d.quotechar) {
          if (d.doublequote) parts.push(d.quotechar);
          else escaped = true;
        } else if (c === d.escapechar) escaped = true;
        if (!escaped) quote = true;
      }
      if (escaped) {
        if (d.escapechar === "") throw csvError("need to escape, but no escapechar set");
        parts.push(d.escapechar);
      }
      parts.push(c);
    }
    const body = parts.join("");
    return quote ? d.quotechar + body + d.quotechar : body;
  }
}
method1(w_writer, "writerow", (w_self, w_row) => (w_self as W_Writer).row(w_row));
method1(w_writer, "writerows", (w_self, w_rows) => {
  const w_it = iter(w_rows);
  for (;;) {
    const w_row = next(w_it);
    if (w_row === null) return w_None;
    (w_self as W_Writer).row(w_row);
  }
});
getset(w_writer, "dialect", (w_self) => (w_self as W_Writer).w_dialect);

/** The dialect of a call `f(first, dialect, **options)`. */
function dialectOfCall(args: W_Root[], names: string[]): W_Dialect {
  const given = args.length - names.length;
  const values = args.slice(given);
  let w_from: W_Root = given > 1 ? args[1] : w_None;
  const rest: string[] = [];
  const left: W_Root[] = [];
  for (let k: int = 0; k < names.length; k++) {
    if (names[k] === "dialect") w_from = values[k];
    else {
      rest.push(names[k]);
      left.push(values[k]);
    }
  }
  return makeDialect(w_from, rest, left);
}

functions(w_csv, [
  functionKw("reader", (args, names) => {
    if (args.length === names.length) throw typeError("reader expected at least 1 argument, got 0");
    return new W_Reader(iter(args[0]), dialectOfCall(args, names));
  }),
  functionKw("writer", (args, names) => {
    if (args.length === names.length) throw typeError("writer expected at least 1 argument, got 0");
    const w_write = findattrQuiet(args[0], "write");
    if (w_write === null || !w_write.isCallable()) throw typeError('argument 1 must have a "write" method');
    return new W_Writer(w_write, dialectOfCall(args, names));
  }),
  functionKw("register_dialect", (args, names) => {
    if (args[0].asStr() === null) throw typeError("dialect name must be a string");
    state.w_dialects.storeKey(args[0], dialectOfCall(args, names));
    return w_None;
  }),
  function1("unregister_dialect", (w_name) => {
    if (state.w_dialects.removeKey(w_name) === null) throw csvError("unknown dialect");
    return w_None;
  }),
  function1("get_dialect", (w_name) => {
    const w_known = state.w_dialects.findKey(w_name);
    if (w_known === null) throw csvError("unknown dialect");
    return w_known;
  }),
  function0("list_dialects", () => newlist(state.w_dialects.keyList())),
  functionN("field_size_limit", "limit=None, /", (args) => {
    const old = state.limit;
    if (args[0] !== w_None) state.limit = intArgument(args[0]);
    return newint(old);
  }),
]);
