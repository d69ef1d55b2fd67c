// Text files: TextIOWrapper.
import type { int } from "rtypescript/rlib";
import { isatty, utf8Encode } from "rtypescript/rlib/os";
import { getset, methodN } from "../../objects/builtin.ts";
import { requireBuffer } from "../../objects/bytes.ts";
import { isAsciiText } from "../../objects/chartype.ts";
import {
  decodeBytes,
  decodeNative,
  ENCODING_UTF8,
  ENCODING_UTF8SIG,
  ENCODING_UTF16LE,
  encodeNative,
  encodeStr,
  findEncoding,
} from "../../objects/codecs.ts";
import { newbool } from "../../objects/int.ts";
import { typeError, type W_Root } from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { slots } from "../../objects/slots.ts";
import { repr, truth } from "../../objects/space.ts";
import { newstr, W_Str } from "../../objects/str.ts";
import { builtinType, type W_Type } from "../../objects/type.ts";
import { streamMethods, unsupported, W_Stream, w_TextIOBase } from "./base.ts";
import type { W_BinaryFile } from "./binaryfile.ts";

export const w_TextIOWrapper = builtinType("TextIOWrapper", w_TextIOBase, "_io");

/** A stream of text over a stream of bytes, whatever that is. */
export abstract class W_TextStream extends W_Stream {
  readonly encodingName: string;
  readonly encoding: int;
  readonly errors: string;
  /** How ends of lines are treated: null translates, "" splits at all and keeps, else splits at this. */
  readonly newline: string | null;
  lineBuffered: boolean;
  /** `mode` as a program set it. */
  givenMode: W_Root | null;
  constructor(encodingName: string, errors: string, newline: string | null) {
    super();
    this.encodingName = encodingName;
    this.encoding = findEncoding(encodingName);
    this.errors = errors;
    this.newline = newline;
    this.lineBuffered = false;
    this.givenMode = null;
    // An unknown encoding is an error at once.
    if (this.encoding < 0) decodeBytes(new Uint8Array(0), encodingName, errors);
  }
  override nativeClass(): W_Type {
    return w_TextIOWrapper;
  }
  abstract nameObject(): W_Root;
  abstract modeText(): string;
  abstract bufferObject(): W_Root;
  /** Is a line feed one byte of this value wherever it stands? */
  isByteWise(): boolean {
    return this.encoding < ENCODING_UTF16LE || this.encoding === ENCODING_UTF8SIG;
  }
  decode(data: Uint8Array): string {
    let text =
      this.encoding < 0
        ? decodeBytes(data, this.encodingName, this.errors).text
        : decodeNative(data, this.encoding, this.errors).text;
    if (this.newline === null && text.includes("\r")) text = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    return text;
  }
  encode(text: string): Uint8Array {
    if (this.encoding === ENCODING_UTF8 && isAsciiText(text)) return utf8Encode(text);
    const w_text = newstr(text);
    if (this.encoding >= 0) return encodeNative(w_text, this.encoding, this.errors).contents();
    return requireBuffer(encodeStr(w_text, this.encodingName, this.errors));
  }
  /** The text with the ends of lines that the file wants. */
  translated(text: string): string {
    const newline = this.newline;
    return newline !== null && newline !== "" && newline !== "\n" ? text.replaceAll("\n", newline) : text;
  }
}

/** Longer pending text is encoded and passed on. */
const PENDING = 8192;

export class W_TextFile extends W_TextStream {
  readonly w_buffer: W_BinaryFile;
  readonly w_name: W_Root;
  readonly mode: string;
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
    super(encodingName, errors, newline);
    this.w_buffer = w_buffer;
    this.w_name = w_name;
    this.mode = mode;
    this.#parts = [];
    this.#pending = 0;
    this.#ahead = "";
  }
  override nameObject(): W_Root {
    return this.w_name;
  }
  override modeText(): string {
    return this.mode;
  }
  override bufferObject(): W_Root {
    return this.w_buffer;
  }
  override repr(): string {
    return `<_io.TextIOWrapper name=${repr(this.w_name)} mode='${this.mode}' encoding='${this.encodingName}'>`;
  }
  /** Text of the next line of bytes, or of all that is left. */
  #more(universal: boolean): string {
    return this.decode(this.isByteWise() ? this.w_buffer.file.readLine(universal, -1) : this.w_buffer.file.read(-1));
  }
  override readUnits(size: int): W_Root {
    if (!this.w_buffer.file.readable) throw unsupported("not readable");
    this.flushOut();
    if (size < 0) {
      const text = this.#ahead + this.decode(this.w_buffer.file.read(-1));
      this.#ahead = "";
      return newstr(text);
    }
    while (this.#ahead.length < size) {
      const line = this.#more(true);
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
    } else line += this.#more(this.newline === null || this.newline === "");
    const feed: int = end >= 0 || this.isByteWise() ? -1 : line.indexOf("\n");
    if (feed >= 0) {
      this.#ahead = line.slice(feed + 1);
      line = line.slice(0, feed + 1);
    }
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
    const text = this.translated(source);
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
    this.w_buffer.file.write(this.encode(text));
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
    return this.w_buffer.file.tell() - this.encode(this.#ahead).length;
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

function fileOf(w_self: W_Root): W_TextStream {
  return w_self as W_TextStream;
}
streamMethods(w_TextIOWrapper);
slots(w_TextIOWrapper, "repr");
getset(w_TextIOWrapper, "name", (w_self) => fileOf(w_self).nameObject());
getset(
  w_TextIOWrapper,
  "mode",
  (w_self) => fileOf(w_self).givenMode ?? newstr(fileOf(w_self).modeText()),
  (w_self, w_mode) => {
    fileOf(w_self).givenMode = w_mode;
    return w_None;
  },
);
getset(w_TextIOWrapper, "encoding", (w_self) => newstr(fileOf(w_self).encodingName));
getset(w_TextIOWrapper, "errors", (w_self) => newstr(fileOf(w_self).errors));
getset(w_TextIOWrapper, "newlines", (_w_self) => w_None);
getset(w_TextIOWrapper, "buffer", (w_self) => fileOf(w_self).bufferObject());
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
