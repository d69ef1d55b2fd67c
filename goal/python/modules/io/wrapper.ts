// TextIOWrapper over any stream of bytes, streams written in Python, and small functions of the io module.
import type { int } from "rtypescript/rlib";
import { functionN, methodN, newKw, newN } from "../../objects/builtin.ts";
import { newbytes, requireBuffer } from "../../objects/bytes.ts";
import { newint, W_Int } from "../../objects/int.ts";
import type { W_Module } from "../../objects/module.ts";
import { OP_ADD, typeError, valueError, type W_Root } from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { intArgument } from "../../objects/slice.ts";
import { binaryOp, callMethod0, callMethod1, findattrQuiet, getattr, repr, truth } from "../../objects/space.ts";
import { newstr, W_Str } from "../../objects/str.ts";
import { W_Instance, type W_Type } from "../../objects/type.ts";
import { builtinModules, constant, functions } from "../registry.ts";
import { streamMethods, W_Stream, w_BufferedIOBase, w_IOBase, w_RawIOBase, w_TextIOBase } from "./base.ts";
import { W_BinaryFile } from "./binaryfile.ts";
import { W_TextFile, W_TextStream, w_TextIOWrapper } from "./textfile.ts";

/** Text over a buffer that is not a file of this system: BytesIO, a stream written in Python. */
class W_TextOverAny extends W_TextStream {
  readonly w_buffer: W_Root;
  /** Decoded and not yet given out. */
  #ahead: string;
  constructor(w_buffer: W_Root, encodingName: string, errors: string, newline: string | null) {
    super(encodingName, errors, newline);
    this.w_buffer = w_buffer;
    this.#ahead = "";
  }
  override nameObject(): W_Root {
    return getattr(this.w_buffer, "name");
  }
  override modeText(): string {
    return getattr(this.w_buffer, "mode").str();
  }
  override bufferObject(): W_Root {
    return this.w_buffer;
  }
  override repr(): string {
    const w_name = findattrQuiet(this.w_buffer, "name");
    const name = w_name === null ? "" : ` name=${repr(w_name)}`;
    return `<_io.TextIOWrapper${name} encoding='${this.encodingName}'>`;
  }
  #fill(): void {
    this.#ahead += this.decode(requireBuffer(callMethod0(this.w_buffer, "read")));
  }
  override readUnits(size: int): W_Root {
    this.#fill();
    const w_all = newstr(this.#ahead);
    const n: int = size < 0 ? w_all.len() : Math.min(size, w_all.len());
    const w_part = w_all.substring(0, n);
    this.#ahead = this.#ahead.slice(w_part.text.length);
    return w_part;
  }
  override readLine(limit: int): W_Root {
    if (!this.#ahead.includes("\n")) this.#fill();
    const end: int = this.#ahead.indexOf("\n");
    let to: int = end < 0 ? this.#ahead.length : end + 1;
    if (limit >= 0 && to > limit) to = limit;
    const line = this.#ahead.slice(0, to);
    this.#ahead = this.#ahead.slice(to);
    return newstr(line);
  }
  override writeUnits(w_data: W_Root): int {
    const w_text = w_data.asStr();
    if (!(w_text instanceof W_Str)) throw typeError(`write() argument must be str, not ${w_data.typename()}`);
    callMethod1(this.w_buffer, "write", newbytes(this.encode(this.translated(w_text.text))));
    return w_text.len();
  }
  override flushOut(): void {
    callMethod0(this.w_buffer, "flush");
  }
  override closeFile(): void {
    super.closeFile();
    callMethod0(this.w_buffer, "close");
  }
  override seekTo(offset: int, whence: int): int {
    this.#ahead = "";
    return intArgument(getattr(this.w_buffer, "seek").call2(newint(offset), newint(whence)));
  }
  override position(): int {
    return intArgument(callMethod0(this.w_buffer, "tell")) - this.encode(this.#ahead).length;
  }
  override truncateTo(size: int): int {
    return intArgument(callMethod1(this.w_buffer, "truncate", size < 0 ? w_None : newint(size)));
  }
  override isReadable(): boolean {
    return truth(callMethod0(this.w_buffer, "readable"));
  }
  override isWritable(): boolean {
    return truth(callMethod0(this.w_buffer, "writable"));
  }
  override isSeekable(): boolean {
    return truth(callMethod0(this.w_buffer, "seekable"));
  }
  override isTerminal(): boolean {
    return truth(callMethod0(this.w_buffer, "isatty"));
  }
  override descriptor(): int {
    return intArgument(callMethod0(this.w_buffer, "fileno"));
  }
}

function optional(w_x: W_Root, name: string): string | null {
  if (w_x === w_None) return null;
  const w_text = w_x.asStr();
  if (w_text instanceof W_Str) return w_text.text;
  throw typeError(`TextIOWrapper() argument '${name}' must be str or None, not ${w_x.typename()}`);
}

newN(
  w_TextIOWrapper,
  "buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False",
  (args) => {
    const w_class = args[0] as W_Type;
    const w_buffer = args[1];
    const given = optional(args[2], "encoding") ?? "UTF-8";
    const encoding = given === "locale" ? "UTF-8" : given;
    const errors = optional(args[3], "errors") ?? "strict";
    const newline = optional(args[4], "newline");
    if (newline !== null && !["", "\n", "\r", "\r\n"].includes(newline)) {
      throw valueError(`illegal newline value: ${repr(args[4])}`);
    }
    const w_made: W_TextStream =
      w_buffer instanceof W_BinaryFile && w_buffer.user === null
        ? new W_TextFile(w_buffer, w_buffer.w_name, w_buffer.mode, encoding, errors, newline)
        : new W_TextOverAny(w_buffer, encoding, errors, newline);
    w_made.lineBuffered = truth(args[5]);
    if (w_class !== w_TextIOWrapper) w_made.user = new W_Instance(w_class.shape());
    return w_made;
  },
);
methodN(w_TextIOWrapper, "detach", "", (args) => (args[0] as W_TextStream).bufferObject());

// --- streams written in Python ---------------------------------------------------------------------------------------------

/** The native part of a stream whose methods are written in Python. */
class W_UserStream extends W_Stream {
  override nativeClass(): W_Type {
    return w_IOBase;
  }
  override readUnits(size: int): W_Root {
    if (findattrQuiet(this, "readinto") === null) return super.readUnits(size);
    const w_data = newbytes(new Uint8Array(0));
    if (size < 0) return callMethod0(this, "readall");
    return w_data;
  }
  override readLine(limit: int): W_Root {
    const w_read = getattr(this, "read");
    let w_line: W_Root | null = null;
    let count: int = 0;
    while (limit < 0 || count < limit) {
      const w_one = w_read.call1(new W_Int(1));
      if (!truth(w_one)) break;
      w_line = w_line === null ? w_one : binaryOp(OP_ADD, w_line, w_one);
      count++;
      const data = w_one.asStr() === null ? requireBuffer(w_one)[0] : w_one.str().charCodeAt(0);
      if (data === 10) break;
    }
    return w_line ?? newbytes(new Uint8Array(0));
  }
}
for (const w_class of [w_IOBase, w_RawIOBase, w_BufferedIOBase, w_TextIOBase]) {
  newKw(w_class, (args, _names) => {
    const w_made = new W_UserStream();
    w_made.user = new W_Instance((args[0] as W_Type).shape());
    return w_made;
  });
}
streamMethods(w_IOBase);

for (const name of ["io", "_io"]) {
  const w_io = builtinModules.get(name) as W_Module;
  functions(w_io, [
    functionN("text_encoding", "encoding, stacklevel=2, /", (args) => (args[0] === w_None ? newstr("utf-8") : args[0])),
    functionN("open_code", "path", (args) => getattr(w_io, "open").call2(args[0], newstr("rb"))),
  ]);
  constant(w_io, "_IOBase", w_IOBase);
  constant(w_io, "_RawIOBase", w_RawIOBase);
  constant(w_io, "_BufferedIOBase", w_BufferedIOBase);
  constant(w_io, "_TextIOBase", w_TextIOBase);
}
