// The _codecs module: the registry of encodings, and the native encodings as functions.
import type { int } from "rtypescript/rlib";
import { importModule } from "../interpreter/importer.ts";
import { function1, function2, functionN } from "../objects/builtin.ts";
import { newbytes, requireBuffer, W_Buffer } from "../objects/bytes.ts";
import * as codecs from "../objects/codecs.ts";
import { W_Dict } from "../objects/dict.ts";
import { w_UnicodeDecodeError } from "../objects/exceptions.ts";
import { newint, W_Int } from "../objects/int.ts";
import {
  KIND_LookupError,
  NO_NAMES,
  OperationError,
  operationError,
  raiseValue,
  typeError,
  W_Root,
} from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { slots } from "../objects/slots.ts";
import { getattr, getitem, matches, truth } from "../objects/space.ts";
import { newchar, newstr, W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { decodeByteEscapes, decodeEscapes, encodeByteEscapes, encodeEscapes } from "./escapes.ts";
import { builtinModule, functions } from "./registry.ts";

const w_codecs = builtinModule("_codecs");

// --- the registry ----------------------------------------------------------------------------------------------------------

class Registry {
  readonly searches: W_Root[];
  readonly known: Map<string, W_Root>;
  started: boolean;
  constructor() {
    this.searches = [];
    this.known = new Map<string, W_Root>();
    this.started = false;
  }
  lookup(name: string): W_Root {
    const key = name.toLowerCase().replaceAll(" ", "-");
    const w_known = this.known.get(key);
    if (w_known !== undefined) return w_known;
    if (!this.started) {
      this.started = true;
      importModule("encodings", new W_Dict(), w_None, newint(0));
    }
    for (const w_search of this.searches) {
      const w_found = w_search.call1(newstr(key));
      if (w_found === w_None) continue;
      if (!(w_found instanceof W_Tuple) || w_found.items.length !== 4) {
        throw typeError("codec search functions must return 4-tuples");
      }
      this.known.set(key, w_found);
      return w_found;
    }
    throw operationError(KIND_LookupError, `unknown encoding: ${name}`);
  }
}
const registry = new Registry();

class RegistryHook extends codecs.CodecHook {
  override encode(w_text: W_Str, encoding: string, errors: string): W_Root {
    const w_result = firstOf(getitem(registry.lookup(encoding), newint(0)).call2(w_text, newstr(errors)));
    if (w_result instanceof W_Buffer) return w_result;
    throw typeError(
      `'${encoding}' encoder returned '${w_result.typename()}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
    );
  }
  override decode(data: Uint8Array, encoding: string, errors: string): W_Root {
    return firstOf(getitem(registry.lookup(encoding), newint(1)).call2(newbytes(data), newstr(errors)));
  }
}
codecs.codecState.hook = new RegistryHook();

function firstOf(w_pair: W_Root): W_Root {
  if (w_pair instanceof W_Tuple && w_pair.items.length === 2) return w_pair.items[0];
  throw typeError("encoder must return a tuple (object, integer)");
}

// --- error handlers ----------------------------------------------------------------------------------------------------------

const w_builtin = builtinType("error_handler", null, "_codecs");

/** A native error handler as a function of the exception, for `codecs.lookup_error`. */
class W_Handler extends W_Root {
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  override getclass(): W_Type {
    return w_builtin;
  }
  override repr(): string {
    return `<built-in function ${this.name}_errors>`;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], _names: string[]): W_Root {
    if (args.length !== 1) throw typeError(`${this.name}_errors() takes exactly one argument (${args.length} given)`);
    const w_error = args[0];
    if (this.name === "strict") throw raiseValue(w_error);
    const w_object = getattr(w_error, "object");
    const start = intOf(getattr(w_error, "start"));
    const end = intOf(getattr(w_error, "end"));
    const decoding = w_error.getclass().isSubtype(w_UnicodeDecodeError);
    return newtuple([newstr(this.#replacement(w_object, start, end, decoding, w_error)), newint(end)]);
  }
  #replacement(w_object: W_Root, start: int, end: int, decoding: boolean, w_error: W_Root): string {
    if (this.name === "ignore") return "";
    if (this.name === "replace") return decoding ? "\ufffd" : "?".repeat(end - start);
    const parts: string[] = [];
    const data = w_object instanceof W_Buffer ? w_object.contents() : null;
    for (let i: int = start; i < end; i++) {
      const code: int = data !== null ? data[i] : (w_object.asStr() as W_Str).codeAt(i);
      if (this.name === "backslashreplace") parts.push(codecs.backslashed(code));
      else if (this.name === "xmlcharrefreplace" && data === null) parts.push(`&#${code};`);
      else if (this.name === "surrogateescape" && data !== null && code >= 128) {
        parts.push(String.fromCharCode(0xdc00 + code));
      } else throw raiseValue(w_error);
    }
    return parts.join("");
  }
}
slots(w_builtin, "repr");

function intOf(w: W_Root): int {
  const w_i = w.asInt();
  return w_i instanceof W_Int ? w_i.value : 0;
}

const HANDLERS: string[] = [
  "strict",
  "ignore",
  "replace",
  "backslashreplace",
  "xmlcharrefreplace",
  "surrogateescape",
  "surrogatepass",
  "namereplace",
];
for (const name of HANDLERS) codecs.codecState.handlers.set(name, new W_Handler(name));

function textOf(w_text: W_Root, what: string): string {
  const w_exact = w_text.asStr();
  if (w_exact instanceof W_Str) return w_exact.text;
  throw typeError(`${what} must be str, not ${w_text.typename()}`);
}
function errorsOf(w_errors: W_Root): string {
  return w_errors === w_None ? "strict" : textOf(w_errors, "errors");
}
function strOf(w_text: W_Root): W_Str {
  const w_exact = w_text.asStr();
  if (w_exact instanceof W_Str) return w_exact;
  throw typeError(`encode() argument 1 must be str, not ${w_text.typename()}`);
}

functions(w_codecs, [
  function1("register", (w_search) => {
    if (!w_search.isCallable()) throw typeError("argument must be callable");
    registry.searches.push(w_search);
    return w_None;
  }),
  function1("unregister", (w_search) => {
    const at: int = registry.searches.indexOf(w_search);
    if (at >= 0) registry.searches.splice(at, 1);
    registry.known.clear();
    return w_None;
  }),
  function1("lookup", (w_name) => registry.lookup(textOf(w_name, "lookup() argument"))),
  functionN("encode", "obj, encoding='utf-8', errors='strict'", (args) => {
    const encoding = textOf(args[1], "encode() argument 'encoding'");
    return firstOf(getitem(registry.lookup(encoding), newint(0)).call2(args[0], args[2]));
  }),
  functionN("decode", "obj, encoding='utf-8', errors='strict'", (args) => {
    const encoding = textOf(args[1], "decode() argument 'encoding'");
    return firstOf(getitem(registry.lookup(encoding), newint(1)).call2(args[0], args[2]));
  }),
  function2("register_error", (w_name, w_handler) => {
    if (!w_handler.isCallable()) throw typeError("handler must be callable");
    codecs.codecState.handlers.set(textOf(w_name, "register_error() argument 1"), w_handler);
    return w_None;
  }),
  function1("lookup_error", (w_name) => codecs.handlerNamed(textOf(w_name, "lookup_error() argument"))),
]);

// --- native encodings ------------------------------------------------------------------------------------------------------

/** How many octets from the start hold whole characters, so far as can be seen. */
function completeLength(data: Uint8Array, encoding: int): int {
  const n = data.length;
  if (encoding === codecs.ENCODING_UTF8) {
    for (let back: int = 1; back <= 3 && back <= n; back++) {
      const c: int = data[n - back];
      if ((c & 0xc0) === 0x80) continue;
      const length: int = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 1;
      return length > back ? n - back : n;
    }
    return n;
  }
  if (encoding === codecs.ENCODING_UTF32LE || encoding === codecs.ENCODING_UTF32BE) return n - (n % 4);
  if (encoding !== codecs.ENCODING_UTF16LE && encoding !== codecs.ENCODING_UTF16BE) return n;
  const even: int = n - (n % 2);
  if (even < 2) return even;
  const high: int = encoding === codecs.ENCODING_UTF16BE ? data[even - 2] : data[even - 1];
  return high >= 0xd8 && high < 0xdc ? even - 2 : even;
}

function decodePart(data: Uint8Array, w_errors: W_Root, encoding: int, final: boolean): W_Root {
  const n: int = final ? data.length : completeLength(data, encoding);
  const part = n === data.length ? data : data.slice(0, n);
  return newtuple([codecs.decodeNative(part, encoding, errorsOf(w_errors)), newint(n)]);
}

/** Adds `NAME_encode` and `NAME_decode`; import time. */
function native(name: string, encoding: int, signature: string): void {
  functions(w_codecs, [
    functionN(`${name}_encode`, "str, errors=None, /", (args) => {
      const w_text = strOf(args[0]);
      return newtuple([codecs.encodeNative(w_text, encoding, errorsOf(args[1])), newint(w_text.len())]);
    }),
    functionN(`${name}_decode`, signature, (args) =>
      decodePart(requireBuffer(args[0]), args[1], encoding, args.length < 3 || truth(args[2])),
    ),
  ]);
}
const PARTIAL = "data, errors=None, final=False, /";
const WHOLE = "data, errors=None, /";
native("utf_8", codecs.ENCODING_UTF8, PARTIAL);
native("ascii", codecs.ENCODING_ASCII, WHOLE);
native("latin_1", codecs.ENCODING_LATIN1, WHOLE);
native("utf_16_le", codecs.ENCODING_UTF16LE, PARTIAL);
native("utf_16_be", codecs.ENCODING_UTF16BE, PARTIAL);
native("utf_32_le", codecs.ENCODING_UTF32LE, PARTIAL);
native("utf_32_be", codecs.ENCODING_UTF32BE, PARTIAL);
native("utf_16", codecs.ENCODING_UTF16, PARTIAL);
native("utf_32", codecs.ENCODING_UTF32, PARTIAL);

/** Decoding with a byte-order mark: text, length, and the order found (−1 little, 1 big, 0 unknown yet). */
function decodeMarked(args: W_Root[], wide: boolean): W_Root {
  const data = requireBuffer(args[0]);
  const order = intOf(args[2]);
  const mark: int = wide ? 4 : 2;
  let big = order > 0;
  let from: int = 0;
  if (order === 0) {
    if (data.length < mark) {
      if (!truth(args[3])) return newtuple([newstr(""), newint(0), newint(0)]);
    } else if (wide ? data[0] === 0 && data[1] === 0 && data[2] === 0xfe && data[3] === 0xff : data[0] === 0xfe) {
      big = true;
      from = mark;
    } else if (data[0] === 0xff && data[1] === 0xfe) from = mark;
  }
  const rest = from === 0 ? data : data.slice(from);
  const encoding = wide
    ? big
      ? codecs.ENCODING_UTF32BE
      : codecs.ENCODING_UTF32LE
    : big
      ? codecs.ENCODING_UTF16BE
      : codecs.ENCODING_UTF16LE;
  const w_pair = decodePart(rest, args[1], encoding, truth(args[3])) as W_Tuple;
  const found: int = order !== 0 ? order : from > 0 ? (big ? 1 : -1) : 0;
  return newtuple([w_pair.items[0], newint(intOf(w_pair.items[1]) + from), newint(found)]);
}

function octetsOrText(w_data: W_Root): Uint8Array {
  const w_text = w_data.asStr();
  if (w_text instanceof W_Str) return codecs.encodeNative(w_text, codecs.ENCODING_UTF8, "strict").contents();
  return requireBuffer(w_data);
}

/** What a mapping gives for a key, null when it has nothing. */
function mapped(w_mapping: W_Root, w_key: W_Root): W_Root | null {
  try {
    const w_value = getitem(w_mapping, w_key);
    return w_value === w_None ? null : w_value;
  } catch (e) {
    if (e instanceof OperationError && matches(e, KIND_LookupError)) return null;
    throw e;
  }
}

function charmapDecode(args: W_Root[]): W_Root {
  const data = requireBuffer(args[0]);
  const errors = errorsOf(args[1]);
  if (args[2] === w_None)
    return newtuple([codecs.decodeNative(data, codecs.ENCODING_LATIN1, errors), newint(data.length)]);
  const w_table = args[2].asStr();
  const parts: string[] = [];
  for (let i: int = 0; i < data.length; i++) {
    const octet: int = data[i];
    let text = "\ufffe";
    if (w_table instanceof W_Str) {
      if (octet < w_table.len()) text = w_table.charAt(octet).str();
    } else {
      const w_value = mapped(args[2], newint(octet));
      if (w_value !== null) text = w_value.asStr() !== null ? w_value.str() : newchar(intOf(w_value)).text;
    }
    if (text !== "\ufffe") parts.push(text);
    else parts.push(undecodable(data, i, errors));
  }
  return newtuple([newstr(parts.join("")), newint(data.length)]);
}
function undecodable(data: Uint8Array, at: int, errors: string): string {
  if (errors === "ignore") return "";
  if (errors === "replace") return "\ufffd";
  const w_reason = newstr("character maps to <undefined>");
  const w_error = w_UnicodeDecodeError.callArgs(
    [newstr("charmap"), newbytes(data), newint(at), newint(at + 1), w_reason],
    NO_NAMES,
  );
  if (errors === "strict") throw raiseValue(w_error);
  return firstOf(codecs.handlerNamed(errors).call1(w_error)).str();
}

function charmapEncode(args: W_Root[]): W_Root {
  const w_text = strOf(args[0]);
  const errors = errorsOf(args[1]);
  if (args[2] === w_None) {
    return newtuple([codecs.encodeNative(w_text, codecs.ENCODING_LATIN1, errors), newint(w_text.len())]);
  }
  const sink = new codecs.ByteSink(w_text.len());
  for (let i: int = 0; i < w_text.len(); i++) {
    if (putMapped(sink, args[2], w_text.codeAt(i))) continue;
    if (errors === "ignore") continue;
    if (errors === "replace") {
      putMapped(sink, args[2], 63);
      continue;
    }
    const w_error = codecs.unicodeEncodeError("charmap", w_text, i, i + 1, "character maps to <undefined>");
    if (errors === "strict") throw raiseValue(w_error);
    const w_piece = firstOf(codecs.handlerNamed(errors).call1(w_error));
    if (w_piece instanceof W_Buffer) sink.putAll(w_piece.contents());
    else for (const c of w_piece.str()) if (!putMapped(sink, args[2], c.codePointAt(0) ?? 0)) throw raiseValue(w_error);
  }
  return newtuple([newbytes(sink.octets()), newint(w_text.len())]);
}
function putMapped(sink: codecs.ByteSink, w_mapping: W_Root, code: int): boolean {
  const w_value = mapped(w_mapping, newint(code));
  if (w_value === null) return false;
  if (w_value instanceof W_Buffer) sink.putAll(w_value.contents());
  else sink.put(intOf(w_value) & 255);
  return true;
}

functions(w_codecs, [
  functionN("utf_16_ex_decode", "data, errors=None, byteorder=0, final=False, /", (args) => decodeMarked(args, false)),
  functionN("utf_32_ex_decode", "data, errors=None, byteorder=0, final=False, /", (args) => decodeMarked(args, true)),
  functionN("charmap_decode", "data, errors=None, mapping=None, /", charmapDecode),
  functionN("charmap_encode", "str, errors=None, mapping=None, /", charmapEncode),
  function1("charmap_build", (w_map) => {
    const w_table = strOf(w_map);
    const w_dict = new W_Dict();
    for (let i: int = 0; i < w_table.len(); i++) {
      if (w_table.codeAt(i) !== 0xfffe) w_dict.storeKey(newint(w_table.codeAt(i)), newint(i));
    }
    return w_dict;
  }),
  functionN("readbuffer_encode", "data, errors=None, /", (args) => {
    const data = octetsOrText(args[0]);
    return newtuple([newbytes(data), newint(data.length)]);
  }),
  functionN("unicode_escape_decode", "data, errors=None, final=True, /", (args) => {
    const data = octetsOrText(args[0]);
    return newtuple([decodeEscapes(data, errorsOf(args[1]), false), newint(data.length)]);
  }),
  functionN("unicode_escape_encode", "str, errors=None, /", (args) => {
    const w_text = strOf(args[0]);
    return newtuple([encodeEscapes(w_text, false), newint(w_text.len())]);
  }),
  functionN("raw_unicode_escape_decode", "data, errors=None, final=True, /", (args) => {
    const data = octetsOrText(args[0]);
    return newtuple([decodeEscapes(data, errorsOf(args[1]), true), newint(data.length)]);
  }),
  functionN("raw_unicode_escape_encode", "str, errors=None, /", (args) => {
    const w_text = strOf(args[0]);
    return newtuple([encodeEscapes(w_text, true), newint(w_text.len())]);
  }),
  functionN("escape_decode", "data, errors=None, /", (args) => {
    const data = octetsOrText(args[0]);
    return newtuple([decodeByteEscapes(data, errorsOf(args[1])), newint(data.length)]);
  }),
  functionN("escape_encode", "data, errors=None, /", (args) => {
    const data = requireBuffer(args[0]);
    return newtuple([encodeByteEscapes(data), newint(data.length)]);
  }),
]);
