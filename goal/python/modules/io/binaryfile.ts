// Binary files: BufferedReader, BufferedWriter, BufferedRandom.
import { type int, OSError } from "rtypescript/rlib";
import { isatty, seek } from "rtypescript/rlib/os";
import { getset, methodN } from "../../objects/builtin.ts";
import { W_Bytes } from "../../objects/bytes.ts";
import { typeError, type W_Root } from "../../objects/root.ts";
import { slots } from "../../objects/slots.ts";
import { repr } from "../../objects/space.ts";
import { newstr } from "../../objects/str.ts";
import { builtinType, type W_Type } from "../../objects/type.ts";
import { sizeArgument, streamMethods, unsupported, W_Stream, w_BufferedIOBase } from "./base.ts";
import type { RawFile } from "./rawfile.ts";

export const w_BufferedReader = builtinType("BufferedReader", w_BufferedIOBase, "_io");
export const w_BufferedWriter = builtinType("BufferedWriter", w_BufferedIOBase, "_io");
export const w_BufferedRandom = builtinType("BufferedRandom", w_BufferedIOBase, "_io");

export class W_BinaryFile extends W_Stream {
  readonly file: RawFile;
  readonly w_name: W_Root;
  readonly mode: string;
  constructor(file: RawFile, w_name: W_Root, mode: string) {
    super();
    this.file = file;
    this.w_name = w_name;
    this.mode = mode;
  }
  override nativeClass(): W_Type {
    if (this.file.readable && this.file.writable) return w_BufferedRandom;
    return this.file.readable ? w_BufferedReader : w_BufferedWriter;
  }
  override repr(): string {
    return `<_io.${this.nativeClass().name} name=${repr(this.w_name)}>`;
  }
  override readUnits(size: int): W_Root {
    if (!this.file.readable) throw unsupported("read");
    return new W_Bytes(this.file.read(size));
  }
  override readLine(limit: int): W_Root {
    if (!this.file.readable) throw unsupported("readline");
    return new W_Bytes(this.file.readLine(false, limit));
  }
  override writeUnits(w_data: W_Root): int {
    if (!this.file.writable) throw unsupported("write");
    const data = bytesArgument(w_data);
    this.file.write(data);
    return data.length;
  }
  override flushOut(): void {
    if (this.file.writable) this.file.flush();
  }
  override closeFile(): void {
    if (this.closed) return;
    super.closeFile();
    this.file.close();
  }
  override seekTo(offset: int, whence: int): int {
    return this.file.seek(offset, whence);
  }
  override position(): int {
    return this.file.tell();
  }
  override isReadable(): boolean {
    return this.file.readable;
  }
  override isWritable(): boolean {
    return this.file.writable;
  }
  override isSeekable(): boolean {
    try {
      seek(this.file.fd, 0, 1);
      return true;
    } catch (e) {
      if (e instanceof OSError) return false;
      throw e;
    }
  }
  override isTerminal(): boolean {
    return isatty(this.file.fd);
  }
  override descriptor(): int {
    return this.file.fd;
  }
}

/** The bytes of a bytes-like argument. */
export function bytesArgument(w_data: W_Root): Uint8Array {
  if (w_data instanceof W_Bytes) return w_data.data;
  const w_bytes = w_data.asBytes();
  if (w_bytes instanceof W_Bytes) return w_bytes.data;
  throw typeError(`a bytes-like object is required, not '${w_data.typename()}'`);
}

for (const w_class of [w_BufferedReader, w_BufferedWriter, w_BufferedRandom]) {
  streamMethods(w_class);
  slots(w_class, "repr");
  getset(w_class, "name", (w_self) => (w_self as W_BinaryFile).w_name);
  getset(w_class, "mode", (w_self) => newstr((w_self as W_BinaryFile).mode));
  methodN(w_class, "read1", "size=-1, /", (args) => (args[0] as W_BinaryFile).readUnits(sizeArgument(args[1])));
}
