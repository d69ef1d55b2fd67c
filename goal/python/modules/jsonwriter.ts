// The writing half of the _json module.
import type { int } from "rtypescript/rlib";
import { function1, newN, type W_Builtin } from "../objects/builtin.ts";
import { W_Dict } from "../objects/dict.ts";
import { W_Float } from "../objects/float.ts";
import { W_Bool } from "../objects/int.ts";
import { W_List } from "../objects/list.ts";
import { type OperationError, typeError, valueError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { sortItems } from "../objects/sort.ts";
import { callMethod0, truth, unpack } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { newtuple, W_Tuple } from "../objects/tuple.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { w_json } from "./json.ts";
import { constant, functions } from "./registry.ts";

function shortEscape(c: int): string {
  switch (c) {
    case 34:
      return '\\"';
    case 92:
      return "\\\\";
    case 8:
      return "\\b";
    case 12:
      return "\\f";
    case 10:
      return "\\n";
    case 13:
      return "\\r";
    case 9:
      return "\\t";
    default:
      return `\\u${c.toString(16).padStart(4, "0")}`;
  }
}

/** The JSON string of a text; `ascii`: nothing beyond ASCII. */
export function jsonString(text: string, ascii: boolean): string {
  const parts: string[] = ['"'];
  let from: int = 0;
  for (let i: int = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const plain = c >= 32 && c !== 34 && c !== 92 && (c < 127 || (!ascii && c >= 127) || c === 127);
    if (plain) continue;
    if (i > from) parts.push(text.slice(from, i));
    parts.push(shortEscape(c));
    from = i + 1;
  }
  if (from < text.length) parts.push(text.slice(from));
  parts.push('"');
  return parts.join("");
}

function encodeFunction(name: string, ascii: boolean): W_Builtin {
  return function1(name, (w_text) => {
    const w_exact = w_text.asStr();
    if (!(w_exact instanceof W_Str)) throw typeError(`first argument must be a string, not ${w_text.typename()}`);
    return newstr(jsonString(w_exact.text, ascii));
  });
}
const w_encodeAscii = encodeFunction("encode_basestring_ascii", true);
const w_encode = encodeFunction("encode_basestring", false);
functions(w_json, [w_encodeAscii, w_encode]);

const w_encoder = builtinType("Encoder", null, "_json");
constant(w_json, "make_encoder", w_encoder);

class W_Encoder extends W_Root {
  readonly checkCircular: boolean;
  readonly w_default: W_Root;
  readonly w_stringEncoder: W_Root;
  readonly keySeparator: string;
  readonly itemSeparator: string;
  readonly sortKeys: boolean;
  readonly skipKeys: boolean;
  readonly allowNan: boolean;
  /** Containers being written, for circles. */
  readonly active: W_Root[];
  constructor(args: W_Root[]) {
    super();
    this.checkCircular = args[1] !== w_None;
    this.w_default = args[2];
    this.w_stringEncoder = args[3];
    this.keySeparator = args[5].str();
    this.itemSeparator = args[6].str();
    this.sortKeys = truth(args[7]);
    this.skipKeys = truth(args[8]);
    this.allowNan = truth(args[9]);
    this.active = [];
  }
  override getclass(): W_Type {
    return w_encoder;
  }
  override isCallable(): boolean {
    return true;
  }
  override callArgs(args: W_Root[], _names: string[]): W_Root {
    if (args.length === 0) throw typeError("_iterencode() missing required argument 'obj' (pos 1)");
    const parts: string[] = [];
    try {
      this.#value(args[0], parts);
    } finally {
      while (this.active.length > 0) this.active.pop();
    }
    return newtuple([newstr(parts.join(""))]);
  }

  #string(w_text: W_Str): string {
    if (this.w_stringEncoder === w_encodeAscii) return jsonString(w_text.text, true);
    if (this.w_stringEncoder === w_encode) return jsonString(w_text.text, false);
    const w_encoded = this.w_stringEncoder.call1(w_text).asStr();
    if (w_encoded instanceof W_Str) return w_encoded.text;
    throw typeError("encoder() must return a string");
  }
  #float(w_float: W_Root): string {
    const value = w_float instanceof W_Float ? w_float.value : 0.0;
    if (Number.isFinite(value)) return w_float.repr();
    if (!this.allowNan) throw valueError("Out of range float values are not JSON compliant");
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }
  /** The JSON of an object that is no container, null for others. */
  #simple(w_obj: W_Root): string | null {
    if (w_obj === w_None) return "null";
    if (w_obj instanceof W_Bool) return w_obj.value ? "true" : "false";
    const w_text = w_obj.asStr();
    if (w_text instanceof W_Str) return this.#string(w_text);
    const w_int = w_obj.asInt();
    if (w_int !== null) return w_int.repr();
    const w_float = w_obj.asFloat();
    return w_float === null ? null : this.#float(w_float);
  }

  #enter(w_obj: W_Root): void {
    if (!this.checkCircular) return;
    for (const w of this.active) if (w === w_obj) throw valueError("Circular reference detected");
    this.active.push(w_obj);
  }
  #leave(): void {
    if (this.checkCircular) this.active.pop();
  }

  #value(w_obj: W_Root, parts: string[]): void {
    const simple = this.#simple(w_obj);
    if (simple !== null) {
      parts.push(simple);
      return;
    }
    if (w_obj instanceof W_List || w_obj instanceof W_Tuple) {
      this.#list(w_obj, parts);
      return;
    }
    this.#enter(w_obj);
    if (w_obj instanceof W_Dict) this.#dict(w_obj, parts);
    else this.#value(this.w_default.call1(w_obj), parts);
    this.#leave();
  }
  #list(w_obj: W_Root, parts: string[]): void {
    const items = unpack(w_obj);
    if (items.length === 0) {
      parts.push("[]");
      return;
    }
    this.#enter(w_obj);
    parts.push("[");
    for (let i: int = 0; i < items.length; i++) {
      if (i > 0) parts.push(this.itemSeparator);
      this.#value(items[i], parts);
    }
    parts.push("]");
    this.#leave();
  }
  #dict(w_obj: W_Dict, parts: string[]): void {
    if (w_obj.size() === 0) {
      parts.push("{}");
      return;
    }
    const pairs = unpack(callMethod0(w_obj, "items"));
    if (this.sortKeys) sortItems(pairs, pairs);
    parts.push("{");
    let first = true;
    for (const w_pair of pairs) {
      const pair = unpack(w_pair);
      const key = this.#key(pair[0]);
      if (key === null) continue;
      if (!first) parts.push(this.itemSeparator);
      first = false;
      parts.push(key, this.keySeparator);
      this.#value(pair[1], parts);
    }
    parts.push("}");
  }
  /** A key as JSON, null for one to be left out. */
  #key(w_key: W_Root): string | null {
    const w_text = w_key.asStr();
    if (w_text instanceof W_Str) return this.#string(w_text);
    const simple = this.#simple(w_key);
    if (simple !== null) return this.#string(newstr(simple));
    if (this.skipKeys) return null;
    throw badKey(w_key);
  }
}
function badKey(w_key: W_Root): OperationError {
  return typeError(`keys must be str, int, float, bool or None, not ${w_key.typename()}`);
}

newN(
  w_encoder,
  "markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan",
  (args) => {
    if (args[5].asStr() === null) throw typeError(`make_encoder() argument 5 must be str, not ${args[5].typename()}`);
    if (args[6].asStr() === null) throw typeError(`make_encoder() argument 6 must be str, not ${args[6].typename()}`);
    return new W_Encoder(args);
  },
);
