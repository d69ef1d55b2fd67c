// `open()` and the io module.
import { type int, OSError } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { utf8Decode } from "rtypescript/rlib/os";
import { functionN } from "../../objects/builtin.ts";
import { W_Bytes } from "../../objects/bytes.ts";
import { newint, W_Int } from "../../objects/int.ts";
import { pythonOSError } from "../../objects/oserror.ts";
import { KIND_UnsupportedOperation, typeError, valueError, type W_Root } from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { findattr, truth } from "../../objects/space.ts";
import { newstr, W_Str } from "../../objects/str.ts";
import { builtinModule, constant } from "../registry.ts";
import { w_BufferedIOBase, w_IOBase, w_RawIOBase, w_TextIOBase } from "./base.ts";
import { W_BinaryFile, w_BufferedRandom, w_BufferedReader, w_BufferedWriter } from "./binaryfile.ts";
import { w_BytesIO, w_StringIO } from "./memory.ts";
import { openFiles } from "./openfiles.ts";
import { RawFile } from "./rawfile.ts";
import { W_TextFile, w_TextIOWrapper } from "./textfile.ts";

/** The text of a path argument: str, bytes or an object with `__fspath__`. */
export function pathText(w_path: W_Root): string {
  const w_text = w_path.asStr();
  if (w_text instanceof W_Str) {
    if (w_text.text.includes("\0")) throw valueError("embedded null byte");
    return w_text.text;
  }
  if (w_path instanceof W_Bytes) return utf8Decode(w_path.data);
  const w_method = findattr(w_path.getclass(), "__fspath__");
  if (w_method !== null) return pathText(w_method.call1(w_path));
  throw typeError(`expected str, bytes or os.PathLike object, not ${w_path.typename()}`);
}

class Mode {
  readonly flags: int;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly binary: boolean;
  constructor(flags: int, readable: boolean, writable: boolean, binary: boolean) {
    this.flags = flags;
    this.readable = readable;
    this.writable = writable;
    this.binary = binary;
  }
}

function parseMode(mode: string): Mode {
  let kind = "";
  let plus = false;
  let binary = false;
  let text = false;
  for (let i: int = 0; i < mode.length; i++) {
    const c = mode.charAt(i);
    if (mode.indexOf(c) !== i) throw valueError(`invalid mode: '${mode}'`);
    if (c === "r" || c === "w" || c === "a" || c === "x") {
      if (kind !== "") throw valueError("must have exactly one of create/read/write/append mode");
      kind = c;
    } else if (c === "+") plus = true;
    else if (c === "b") binary = true;
    else if (c === "t") text = true;
    else throw valueError(`invalid mode: '${mode}'`);
  }
  if (binary && text) throw valueError("can't have text and binary mode at once");
  if (kind === "") {
    throw valueError("Must have exactly one of create/read/write/append mode and at most one plus");
  }
  let flags: int = plus ? os.O_RDWR : kind === "r" ? os.O_RDONLY : os.O_WRONLY;
  if (kind === "w") flags |= os.O_CREAT | os.O_TRUNC;
  if (kind === "a") flags |= os.O_CREAT | os.O_APPEND;
  if (kind === "x") flags |= os.O_CREAT | os.O_EXCL;
  return new Mode(flags, plus || kind === "r", plus || kind !== "r", binary);
}

export function openFile(
  w_file: W_Root,
  mode: string,
  encoding: string,
  newline: string | null,
  errors: string,
): W_Root {
  const parsed = parseMode(mode);
  // A file that a program wrote and dropped is closed by CPython at once; here its text goes out before it can be read.
  openFiles.flushAll();
  let fd: int = -1;
  const w_fd = w_file.asInt();
  if (w_fd instanceof W_Int) fd = w_fd.value;
  else {
    const path = pathText(w_file);
    try {
      fd = os.open(path, parsed.flags);
      if (os.fstat(fd).isDirectory()) {
        os.close(fd);
        throw new OSError(21, path);
      }
    } catch (e) {
      if (!(e instanceof OSError)) throw e;
      throw pythonOSError(e, w_file);
    }
  }
  const w_binary = new W_BinaryFile(new RawFile(fd, parsed.readable, parsed.writable), w_file, mode);
  if (parsed.binary) {
    if (parsed.writable) openFiles.add(w_binary);
    return w_binary;
  }
  const w_text = new W_TextFile(w_binary, w_file, mode, encoding, errors, newline);
  if (parsed.writable) openFiles.add(w_text);
  return w_text;
}

function optionalText(w_x: W_Root, name: string): string | null {
  if (w_x === w_None) return null;
  const w_text = w_x.asStr();
  if (w_text instanceof W_Str) return w_text.text;
  throw typeError(`open() argument '${name}' must be str or None, not ${w_x.typename()}`);
}

export const w_open = functionN(
  "open",
  "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None",
  (args) => {
    const w_mode = args[1].asStr();
    if (!(w_mode instanceof W_Str)) throw typeError(`open() argument 'mode' must be str, not ${args[1].typename()}`);
    const mode = w_mode.text;
    const encoding = optionalText(args[3], "encoding");
    const errors = optionalText(args[4], "errors");
    const newline = optionalText(args[5], "newline");
    if (mode.includes("b")) {
      if (encoding !== null) throw valueError("binary mode doesn't take an encoding argument");
      if (errors !== null) throw valueError("binary mode doesn't take an errors argument");
      if (newline !== null) throw valueError("binary mode doesn't take a newline argument");
    }
    if (newline !== null && !["", "\n", "\r", "\r\n"].includes(newline)) {
      throw valueError(`illegal newline value: '${newline}'`);
    }
    const w_file = openFile(args[0], mode, encoding ?? "UTF-8", newline, errors ?? "strict");
    if (w_file instanceof W_TextFile && args[2] instanceof W_Int && args[2].value === 1) w_file.lineBuffered = true;
    if (!truth(args[6]) && args[0].asInt() === null) throw valueError("Cannot use closefd=False with file name");
    return w_file;
  },
);

for (const name of ["io", "_io"]) {
  const w_io = builtinModule(name);
  constant(w_io, "open", w_open);
  constant(w_io, "StringIO", w_StringIO);
  constant(w_io, "BytesIO", w_BytesIO);
  constant(w_io, "TextIOWrapper", w_TextIOWrapper);
  constant(w_io, "BufferedReader", w_BufferedReader);
  constant(w_io, "BufferedWriter", w_BufferedWriter);
  constant(w_io, "BufferedRandom", w_BufferedRandom);
  constant(w_io, "IOBase", w_IOBase);
  constant(w_io, "RawIOBase", w_RawIOBase);
  constant(w_io, "BufferedIOBase", w_BufferedIOBase);
  constant(w_io, "TextIOBase", w_TextIOBase);
  constant(w_io, "UnsupportedOperation", KIND_UnsupportedOperation.w_type as W_Root);
  constant(w_io, "SEEK_SET", newint(0));
  constant(w_io, "SEEK_CUR", newint(1));
  constant(w_io, "SEEK_END", newint(2));
  constant(w_io, "DEFAULT_BUFFER_SIZE", newint(8192));
  constant(w_io, "__name__", newstr(name));
}
