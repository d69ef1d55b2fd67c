// StringIO and BytesIO.
import type { int } from "rtypescript/rlib";
import { getset, method0, methodN, newKw } from "../../objects/builtin.ts";
import { W_Bytes } from "../../objects/bytes.ts";
import { typeError, valueError, type W_Root } from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { newstr, W_Str } from "../../objects/str.ts";
import { builtinType, W_Instance, type W_Type } from "../../objects/type.ts";
import { streamMethods, W_Stream, w_BufferedIOBase, w_TextIOBase } from "./base.ts";
import { bytesArgument } from "./binaryfile.ts";

export const w_StringIO = builtinType("StringIO", w_TextIOBase, "_io");
export const w_BytesIO = builtinType("BytesIO", w_BufferedIOBase, "_io");

export class W_StringIO extends W_Stream {
  #text: string;
  /** Written at the end and not yet joined. */
  #parts: string[];
  at: int;
  constructor() {
    super();
    this.#text = "";
    this.#parts = [];
    this.at = 0;
  }
  override nativeClass(): W_Type {
    return w_StringIO;
  }
  text(): string {
    if (this.#parts.length > 0) {
      this.#text += this.#parts.join("");
      this.#parts = [];
    }
    return this.#text;
  }
  setText(text: string): void {
    this.#text = text;
    this.#parts = [];
  }
  /** Position when everything so far was appended: no joining needed. */
  #atEnd: boolean = true;
  append(text: string): void {
    this.#parts.push(text);
  }
  override readUnits(size: int): W_Root {
    const text = this.text();
    const from = this.#position();
    const to = size < 0 ? text.length : Math.min(text.length, from + size);
    this.#moveTo(to);
    return newstr(from >= text.length ? "" : text.slice(from, to));
  }
  #position(): int {
    return this.#atEnd ? this.text().length : this.at;
  }
  #moveTo(at: int): void {
    this.at = at;
    this.#atEnd = false;
  }
  override readLine(limit: int): W_Root {
    const text = this.text();
    const from = this.#position();
    if (from >= text.length) return newstr("");
    const end: int = text.indexOf("\n", from);
    let to = end < 0 ? text.length : end + 1;
    if (limit >= 0) to = Math.min(to, from + limit);
    this.#moveTo(to);
    return newstr(text.slice(from, to));
  }
  override writeUnits(w_data: W_Root): int {
    const w_text = w_data.asStr();
    if (!(w_text instanceof W_Str)) throw typeError(`string argument expected, got '${w_data.typename()}'`);
    if (this.#atEnd) this.append(w_text.text);
    else {
      const text = this.text();
      const from = this.at;
      const padded = from > text.length ? text + "\0".repeat(from - text.length) : text;
      this.setText(padded.slice(0, from) + w_text.text + padded.slice(from + w_text.text.length));
      this.at = from + w_text.text.length;
      if (this.at >= this.#text.length) this.#atEnd = true;
    }
    return w_text.len();
  }
  override seekTo(offset: int, whence: int): int {
    if (whence === 0 && offset < 0) throw valueError(`Negative seek position ${offset}`);
    this.#moveTo(whence === 0 ? offset : whence === 2 ? this.text().length : this.#position());
    return this.at;
  }
  override position(): int {
    return this.#position();
  }
  override truncateTo(size: int): int {
    const to = size < 0 ? this.#position() : size;
    const at = this.#position();
    this.setText(this.text().slice(0, to));
    this.#moveTo(at);
    return to;
  }
  override isReadable(): boolean {
    return true;
  }
  override isWritable(): boolean {
    return true;
  }
  override isSeekable(): boolean {
    return true;
  }
}

newKw(w_StringIO, (args, _names) => {
  const w_made = new W_StringIO();
  if (args[0] !== w_StringIO) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});
streamMethods(w_StringIO);
methodN(w_StringIO, "__init__", "initial_value='', newline='\n'", (args) => {
  const w_self = args[0] as W_StringIO;
  if (args[1] === w_None) return w_None;
  const w_text = args[1].asStr();
  if (!(w_text instanceof W_Str)) {
    throw typeError(`initial_value must be str or None, not ${args[1].typename()}`);
  }
  w_self.setText(w_text.text);
  if (w_text.text.length > 0) w_self.seekTo(0, 0);
  return w_None;
});
method0(w_StringIO, "getvalue", (w_self) => {
  (w_self as W_StringIO).requireOpen();
  return newstr((w_self as W_StringIO).text());
});
getset(w_StringIO, "line_buffering", (_w_self) => w_None);

export class W_BytesIO extends W_Stream {
  #data: Uint8Array;
  #length: int;
  at: int;
  constructor() {
    super();
    this.#data = new Uint8Array(0);
    this.#length = 0;
    this.at = 0;
  }
  override nativeClass(): W_Type {
    return w_BytesIO;
  }
  value(): Uint8Array {
    return this.#data.slice(0, this.#length);
  }
  override readUnits(size: int): W_Root {
    const from = Math.min(this.at, this.#length);
    const to = size < 0 ? this.#length : Math.min(this.#length, from + size);
    this.at = Math.max(this.at, to);
    return new W_Bytes(this.#data.slice(from, to));
  }
  override readLine(limit: int): W_Root {
    const from = Math.min(this.at, this.#length);
    let to = from;
    while (to < this.#length && (limit < 0 || to - from < limit)) {
      to++;
      if (this.#data[to - 1] === 10) break;
    }
    this.at = Math.max(this.at, to);
    return new W_Bytes(this.#data.slice(from, to));
  }
  override writeUnits(w_data: W_Root): int {
    const data = bytesArgument(w_data);
    const end = this.at + data.length;
    if (end > this.#data.length) {
      const larger = new Uint8Array(Math.max(end, this.#data.length * 2));
      larger.set(this.#data.slice(0, this.#length));
      this.#data = larger;
    }
    this.#data.set(data, this.at);
    this.at = end;
    if (end > this.#length) this.#length = end;
    return data.length;
  }
  override seekTo(offset: int, whence: int): int {
    if (whence === 0 && offset < 0) throw valueError(`negative seek value ${offset}`);
    this.at = Math.max(0, whence === 0 ? offset : whence === 1 ? this.at + offset : this.#length + offset);
    return this.at;
  }
  override position(): int {
    return this.at;
  }
  override truncateTo(size: int): int {
    const to = size < 0 ? this.at : size;
    if (to < this.#length) this.#length = to;
    return to;
  }
  override isReadable(): boolean {
    return true;
  }
  override isWritable(): boolean {
    return true;
  }
  override isSeekable(): boolean {
    return true;
  }
}
newKw(w_BytesIO, (args, _names) => {
  const w_made = new W_BytesIO();
  if (args[0] !== w_BytesIO) w_made.user = new W_Instance((args[0] as W_Type).shape());
  return w_made;
});
streamMethods(w_BytesIO);
methodN(w_BytesIO, "__init__", "initial_bytes=None", (args) => {
  if (args[1] === w_None) return w_None;
  const w_self = args[0] as W_BytesIO;
  w_self.writeUnits(args[1]);
  w_self.at = 0;
  return w_None;
});
method0(w_BytesIO, "getvalue", (w_self) => {
  (w_self as W_BytesIO).requireOpen();
  return new W_Bytes((w_self as W_BytesIO).value());
});
method0(w_BytesIO, "getbuffer", (w_self) => new W_Bytes((w_self as W_BytesIO).value()));
