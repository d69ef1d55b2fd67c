// Files, standard streams, environment and clocks: `rtypescript/rlib/os`.
//
// RTypeScript over the primitives of sys.ts, one implementation for Node and the binary. Failures throw OSError.
import { OSError } from "./errors.ts";
import { unreachable } from "./hints.ts";
import {
  sysChdir,
  sysClose,
  sysClosedir,
  sysCpuTime,
  sysEnviron,
  sysExit,
  sysFstat,
  sysGetcwd,
  sysGetenv,
  sysGetpid,
  sysIsatty,
  sysMkdir,
  sysNow,
  sysOpen,
  sysOpendir,
  sysPending,
  sysProgramPath,
  sysRead,
  sysReaddir,
  sysRename,
  sysRmdir,
  sysSeek,
  sysSetStackLimit,
  sysStat,
  sysTime,
  sysUnlink,
  sysWrite,
} from "./sys.ts";
import type { float, int } from "./types.ts";
import { utf8Decode, utf8DecodeRange, utf8Encode } from "./utf8.ts";

export { utf8Decode, utf8DecodeRange, utf8Encode, utf8Length } from "./utf8.ts";

export const O_RDONLY: int = 0;
export const O_WRONLY: int = 1;
export const O_RDWR: int = 2;
export const O_CREAT: int = 0o100;
export const O_EXCL: int = 0o200;
export const O_TRUNC: int = 0o1000;
export const O_APPEND: int = 0o2000;
export const O_CLOEXEC: int = 0o2000000;

const chunk = 65536;

function cPath(path: string): Uint8Array {
  return utf8Encode(`${path}\0`);
}

function requireDone(result: int, path: string): int {
  if (result < 0) throw new OSError(-result, path);
  return result;
}

/** Opens a file; `flags` are the `O_…` constants combined. */
export function open(path: string, flags: int, mode: int = 0o666): int {
  return requireDone(sysOpen(cPath(path), flags | O_CLOEXEC, mode), path);
}

/** Closes a descriptor. */
export function close(fd: int): void {
  requireDone(sysClose(fd), "");
}

/** Reads at most `count` bytes into `bytes[offset]…`; 0 at the end of the file. */
export function read(fd: int, bytes: Uint8Array, offset: int, count: int): int {
  requireRange(bytes, offset, count);
  return requireDone(sysRead(fd, bytes, offset, count), "");
}

function requireRange(bytes: Uint8Array, offset: int, count: int): void {
  if (offset < 0 || count < 0 || offset > bytes.length - count) throw new RangeError("range outside the buffer");
}

/** Sets the position of a descriptor, from the start (`whence` 0), the position (1), the end (2); returns it. */
export function seek(fd: int, offset: float, whence: int): float {
  const result = sysSeek(fd, offset, whence);
  if (result < 0) throw new OSError(Math.trunc(-result), "");
  return result;
}

/** Writes all of `bytes`. */
export function writeBytes(fd: int, bytes: Uint8Array): void {
  writeRange(fd, bytes, 0, bytes.length);
}

/** Writes bytes `offset` to `offset + count`. */
export function writeRange(fd: int, bytes: Uint8Array, offset: int, count: int): void {
  requireRange(bytes, offset, count);
  let at = offset;
  const end = offset + count;
  while (at < end) at += requireDone(sysWrite(fd, bytes, at, end - at), "");
}

/** Writes a string as UTF-8. */
export function write(fd: int, text: string): void {
  writeBytes(fd, utf8Encode(text));
}

/** Grows as data comes in; the bytes of everything that is left in a descriptor. */
function readRest(fd: int, path: string, sizeHint: int): Uint8Array {
  let bytes = new Uint8Array(sizeHint > 0 ? sizeHint + 1 : chunk);
  let length = 0;
  for (;;) {
    if (length === bytes.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    const count = requireDone(sysRead(fd, bytes, length, bytes.length - length), path);
    if (count === 0) return bytes.slice(0, length);
    length += count;
  }
}

/** All bytes of a file. */
export function readFileBytes(path: string): Uint8Array {
  const fd = open(path, O_RDONLY);
  try {
    return readRest(fd, path, Math.trunc(fstat(fd).size));
  } finally {
    close(fd);
  }
}

/** All text of a UTF-8 file; malformed bytes become U+FFFD, a byte-order mark is kept. */
export function readFile(path: string): string {
  return utf8Decode(readFileBytes(path));
}

/** Makes or replaces a file with this text. */
export function writeFile(path: string, text: string): void {
  writeFileBytes(path, utf8Encode(text));
}

/** Makes or replaces a file with these bytes. */
export function writeFileBytes(path: string, bytes: Uint8Array): void {
  const fd = open(path, O_WRONLY | O_CREAT | O_TRUNC);
  try {
    writeBytes(fd, bytes);
  } finally {
    close(fd);
  }
}

/** What was read from standard input and not yet given out. */
class StandardInput {
  bytes: Uint8Array = new Uint8Array(0);
  start: int = 0;
  end: int = 0;
  /** Reads more; false at the end of the input. */
  fill(): boolean {
    if (this.end === this.bytes.length || this.bytes.length === 0) {
      const left = this.end - this.start;
      const larger = new Uint8Array(Math.max(left * 2, chunk));
      for (let i = 0; i < left; i++) larger[i] = this.bytes[this.start + i] as int;
      this.bytes = larger;
      this.start = 0;
      this.end = left;
    }
    const count = requireDone(sysRead(0, this.bytes, this.end, this.bytes.length - this.end), "");
    this.end += count;
    return count > 0;
  }
}

const standardInput = new StandardInput();

/** All text that is left in standard input. */
export function readStdin(): string {
  while (standardInput.fill()) {}
  const text = utf8DecodeRange(standardInput.bytes, standardInput.start, standardInput.end);
  standardInput.start = standardInput.end;
  return text;
}

/** The next line of standard input without its line feed; null at the end. */
export function readLine(): string | null {
  let at = standardInput.start;
  for (;;) {
    while (at < standardInput.end) {
      if (standardInput.bytes[at] === 10) {
        const line = utf8DecodeRange(standardInput.bytes, standardInput.start, at);
        standardInput.start = at + 1;
        return line;
      }
      at += 1;
    }
    const scanned = at - standardInput.start;
    if (!standardInput.fill()) break;
    at = standardInput.start + scanned;
  }
  if (standardInput.start === standardInput.end) return null;
  const last = utf8DecodeRange(standardInput.bytes, standardInput.start, standardInput.end);
  standardInput.start = standardInput.end;
  return last;
}

/** What the system knows about a file. Times are seconds since 1970. */
export class FileStat {
  /** Type and permission bits. */
  readonly mode: int;
  /** Bytes. */
  readonly size: float;
  readonly mtime: float;
  readonly atime: float;
  readonly ctime: float;
  readonly dev: float;
  readonly ino: float;
  readonly nlink: float;
  readonly uid: float;
  readonly gid: float;
  constructor(fields: Float64Array) {
    this.mode = Math.trunc(fields[0] as float);
    this.size = fields[1] as float;
    this.mtime = fields[2] as float;
    this.atime = fields[3] as float;
    this.ctime = fields[4] as float;
    this.dev = fields[5] as float;
    this.ino = fields[6] as float;
    this.nlink = fields[7] as float;
    this.uid = fields[8] as float;
    this.gid = fields[9] as float;
  }
  isDirectory(): boolean {
    return (this.mode & 0o170000) === 0o040000;
  }
  isFile(): boolean {
    return (this.mode & 0o170000) === 0o100000;
  }
  isSymbolicLink(): boolean {
    return (this.mode & 0o170000) === 0o120000;
  }
}

/** Facts about a file, through symbolic links. */
export function stat(path: string): FileStat {
  const fields = new Float64Array(10);
  requireDone(sysStat(cPath(path), fields, 1), path);
  return new FileStat(fields);
}

/** Facts about a file, of a symbolic link itself. */
export function lstat(path: string): FileStat {
  const fields = new Float64Array(10);
  requireDone(sysStat(cPath(path), fields, 0), path);
  return new FileStat(fields);
}

/** Facts about an open file. */
export function fstat(fd: int): FileStat {
  const fields = new Float64Array(10);
  requireDone(sysFstat(fd, fields), "");
  return new FileStat(fields);
}

/** Is there anything at this path? */
export function exists(path: string): boolean {
  return sysStat(cPath(path), new Float64Array(10), 1) === 0;
}

/** Names in a directory, sorted, without `.` and `..`. */
export function listDir(path: string): string[] {
  const handle = requireDone(sysOpendir(cPath(path)), path);
  const name = new Uint8Array(1024);
  const names: string[] = [];
  for (;;) {
    const length = sysReaddir(handle, name, name.length);
    if (length <= 0) {
      sysClosedir(handle);
      requireDone(length, path);
      break;
    }
    names.push(utf8DecodeRange(name, 0, length));
  }
  names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return names;
}

/** Makes a directory. */
export function mkdir(path: string, mode: int = 0o777): void {
  requireDone(sysMkdir(cPath(path), mode), path);
}

/** Removes a file. */
export function remove(path: string): void {
  requireDone(sysUnlink(cPath(path)), path);
}

/** Removes an empty directory. */
export function removeDir(path: string): void {
  requireDone(sysRmdir(cPath(path)), path);
}

/** Renames a file, replacing what has the new name. */
export function rename(from: string, to: string): void {
  requireDone(sysRename(cPath(from), cPath(to)), from);
}

/** The current directory. */
export function cwd(): string {
  let out = new Uint8Array(1024);
  for (;;) {
    const length = requireDone(sysGetcwd(out, out.length), "");
    if (length <= out.length) return utf8DecodeRange(out, 0, length);
    out = new Uint8Array(length);
  }
}

/** Changes the current directory. */
export function chdir(path: string): void {
  requireDone(sysChdir(cPath(path)), path);
}

/** An environment variable, null if it is not set. */
export function env(name: string): string | null {
  let out = new Uint8Array(1024);
  for (;;) {
    const length = sysGetenv(cPath(name), out, out.length);
    if (length < 0) return null;
    if (length <= out.length) return utf8DecodeRange(out, 0, length);
    out = new Uint8Array(length);
  }
}

/** All environment variables as `NAME=value`. */
export function environ(): string[] {
  const all: string[] = [];
  let out = new Uint8Array(1024);
  for (;;) {
    const length = sysEnviron(all.length, out, out.length);
    if (length < 0) return all;
    if (length <= out.length) all.push(utf8DecodeRange(out, 0, length));
    else out = new Uint8Array(length);
  }
}

/** Absolute path of the running program. */
export function programPath(): string {
  let out = new Uint8Array(1024);
  for (;;) {
    const length = sysProgramPath(out, out.length);
    if (length <= out.length) return utf8DecodeRange(out, 0, length);
    out = new Uint8Array(length);
  }
}

/** Ends the process; the code is taken modulo 256. */
export function exit(code: int): never {
  sysExit(code & 255);
  return unreachable();
}

/** Is the descriptor a terminal? */
export function isatty(fd: int): boolean {
  return sysIsatty(fd) === 1;
}

/** The process's number. */
export function getpid(): int {
  return sysGetpid();
}

/** Seconds of a clock that never goes back. */
export function now(): float {
  return sysNow();
}

/** Seconds since 1970. */
export function time(): float {
  return sysTime();
}

/** Processor time used by this process, in seconds. */
export function cpuTime(): float {
  return sysCpuTime();
}

/** Bytes of stack that may be used before StackOverflowError (default: the process's limit). No effect on Node. */
export function setStackLimit(bytes: int): void {
  sysSetStackLimit(bytes);
}

/** Takes a signal that has arrived: its number, 0 if there is none. */
export function pending(): int {
  return sysPending();
}
