// Text files: TextIOWrapper.
import type { int } from "rtypescript/rlib";
import { isatty, utf8Decode, utf8Encode } from "rtypescript/rlib/os";
import { getset, methodN } from "../../objects/builtin.ts";
import { newbool } from "../../objects/int.ts";
import { typeError, type W_Root } from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { slots } from "../../objects/slots.ts";
import { repr, truth } from "../../objects/space.ts";
import { newstr, W_Str } from "../../objects/str.ts";
import { builtinType, type W_Type } from "../../objects/type.ts";
import { streamMethods, unsupported, W_Stream, w_IOBase } from "./base.ts";
import type { W_BinaryFile } from "./binaryfile.ts";

export const w_TextIOWrapper = builtinType("TextIOWrapper", w_IOBase, "_io");

export const ENCODING_UTF8 = 0;
export const ENCODING_LATIN = 1;
export const ENCODING_ASCII = 2;

/** Longer pending text is encoded and passed on. */
const PENDING = 8192;

export class W_TextFile extends W_Stream {
  readonly w_buffer: W_BinaryFile;
  readonly w_name: W_Root;
  readonly mode: string;
  readonly encodingName: string;
  readonly encoding: int;
  readonly errors: string;
  /** How ends of lines are treated: null translates, "" splits at all and keeps, else splits at this. */
  readonly newline: string | null;
  lineBuffered: boolean;
  #parts: string[];
  #pending: int;
  /** Decoded and not yet given out. */
  #ahead: string;

  constructor(
    w_buffer: W_BinaryFile,
    w_name: W_Root,
    mode: string,
    encodingName: string,
    errors: string,
    newline: string | null,
  ) {
    super();
    this.w_buffer = w_buffer;
    this.w_name = w_name;
    this.mode = mode;
    this.encodingName = encodingName;
    this.encoding = encodingNumber(encodingName);
    this.errors = errors;
    this.newline = newline;
    this.lineBuffered = false;
    this.#parts = [];
    this.#pending = 0;
    this.#ahead = "";
  }
  override nativeClass(): W_Type {
    return w_TextIOWrapper;
  }
  override repr(): string {
    return `<_io.TextIOWrapper name=${repr(this.w_name)} mode='${this.mode}' encoding='${this.encodingName}'>`;
  }
  #decode(data: Uint8Array): string {
    let text = this.encoding === ENCODING_UTF8 ? utf8Decode(data) : latinText(data);
    if (this.newline === null && text.includes("\r")) text = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    return text;
  }
  override readUnits(size: int): W_Root {
    if (!this.w_buffer.file.readable) throw unsupported("not readable");
    this.flushOut();
    if (size < 0) {
      const text = this.#ahead + this.#decode(this.w_buffer.file.read(-1));
      this.#ahead = "";
      return newstr(text);
    }
    while (this.#ahead.length < size) {
      const line = this.#decode(this.w_buffer.file.readLine(true, -1));
      if (line === "") break;
      this.#ahead += line;
    }
    const w_ahead = newstr(this.#ahead);
    const w_result = w_ahead.substring(0, Math.min(size, w_ahead.len()));
    this.#ahead = this.#ahead.slice(w_result.text.length);
    return w_result;
  }
  override readLine(limit: int): W_Root {
    if (!this.w_buffer.file.readable) throw unsupported("not readable");
    let line = this.#ahead;
    this.#ahead = "";
    const end: int = line.indexOf("\n");
    if (end >= 0) {
      this.#ahead = line.slice(end + 1);
      line = line.slice(0, end + 1);
    } else line += this.#decode(this.w_buffer.file.readLine(this.newline === null || this.newline === "", -1));
    if (limit >= 0 && line.length > limit) {
      this.#ahead = line.slice(limit) + this.#ahead;
      line = line.slice(0, limit);
    }
    return newstr(line);
  }
  override writeUnits(w_data: W_Root): int {
    const w_text = w_data.asStr();
    if (!(w_text instanceof W_Str)) throw typeError(`write() argument must be str, not ${w_data.typename()}`);
    this.writeText(w_text.text);
    return w_text.len();
  }
  writeText(source: string): void {
    if (!this.w_buffer.file.writable) throw unsupported("not writable");
    let text = source;
    const newline = this.newline;
    if (newline !== null && newline !== "" && newline !== "\n") text = text.replaceAll("\n", newline);
    this.#parts.push(text);
    this.#pending += text.length;
    if (this.#pending > PENDING) this.#passOn();
    else if (this.lineBuffered && text.includes("\n")) this.flushOut();
  }
  #passOn(): void {
    if (this.#pending === 0) return;
    const text = this.#parts.join("");
    this.#parts = [];
    this.#pending = 0;
    this.w_buffer.file.write(encodeText(text, this.encoding));
  }
  override flushOut(): void {
    this.#passOn();
    if (this.w_buffer.file.writable) this.w_buffer.file.flush();
  }
  override closeFile(): void {
    this.#passOn();
    super.closeFile();
    this.w_buffer.closeFile();
  }
  override seekTo(offset: int, whence: int): int {
    this.flushOut();
    this.#ahead = "";
    return this.w_buffer.file.seek(offset, whence);
  }
  override position(): int {
    this.flushOut();
    return this.w_buffer.file.tell() - encodeText(this.#ahead, this.encoding).length;
  }
  override truncateTo(size: int): int {
    this.flushOut();
    return this.w_buffer.truncateTo(size);
  }
  override isReadable(): boolean {
    return this.w_buffer.file.readable;
  }
  override isWritable(): boolean {
    return this.w_buffer.file.writable;
  }
  override isSeekable(): boolean {
    return this.w_buffer.isSeekable();
  }
  override isTerminal(): boolean {
    return isatty(this.w_buffer.file.fd);
  }
  override descriptor(): int {
    return this.w_buffer.file.fd;
  }
}

export function encodingNumber(name: string): int {
  const plain = name.toLowerCase().replaceAll("_", "-");
  if (plain === "latin-1" || plain === "iso-8859-1" || plain === "latin1" || plain === "iso8859-1")
    return ENCODING_LATIN;
  return plain === "ascii" || plain === "us-ascii" ? ENCODING_ASCII : ENCODING_UTF8;
}
function latinText(data: Uint8Array): string {
  const parts: string[] = [];
  for (let i: int = 0; i < data.length; i++) parts.push(String.fromCharCode(data[i]));
  return parts.join("");
}
export function encodeText(text: string, encoding: int): Uint8Array {
  if (encoding === ENCODING_UTF8) return utf8Encode(text);
  const data = new Uint8Array(text.length);
  for (let i: int = 0; i < text.length; i++) data[i] = text.charCodeAt(i) < 256 ? text.charCodeAt(i) : 63;
  return data;
}

function fileOf(w_self: W_Root): W_TextFile {
  return w_self as W_TextFile;
}
streamMethods(w_TextIOWrapper);
slots(w_TextIOWrapper, "repr");
getset(w_TextIOWrapper, "name", (w_self) => fileOf(w_self).w_name);
getset(w_TextIOWrapper, "mode", (w_self) => newstr(fileOf(w_self).mode));
getset(w_TextIOWrapper, "encoding", (w_self) => newstr(fileOf(w_self).encodingName));
getset(w_TextIOWrapper, "errors", (w_self) => newstr(fileOf(w_self).errors));
getset(w_TextIOWrapper, "newlines", (_w_self) => w_None);
getset(w_TextIOWrapper, "buffer", (w_self) => fileOf(w_self).w_buffer);
getset(w_TextIOWrapper, "line_buffering", (w_self) => newbool(fileOf(w_self).lineBuffered));
methodN(
  w_TextIOWrapper,
  "reconfigure",
  "*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None",
  (args) => {
    if (args[4] !== w_None) fileOf(args[0]).lineBuffered = truth(args[4]);
    return w_None;
  },
);
