// The operating system's primitives, on which os.ts and log.ts are written in RTypeScript.
//
// Each is an external function of the run-time support (C, `rts_…`); beside it stands what Node does instead.
// Convention: failure is `-errno`, success 0 or a count; a path is UTF-8 bytes ending in a zero byte; text that comes
// back is written into a buffer and its full length returned, so that a caller with too small a buffer tries again.
// Files have 64-bit positions, which are floats here, exact up to 2**53.
import * as fs from "node:fs";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { external } from "./external.ts";
import { buffer, float, int, int32, nothing } from "./types.ts";

const decoder = new TextDecoder();

function text(bytes: unknown): string {
  const all = bytes as Uint8Array;
  return decoder.decode(all.subarray(0, all.indexOf(0)));
}

function fill(target: unknown, capacity: number, source: Uint8Array): number {
  if (source.length <= capacity) (target as Uint8Array).set(source);
  return source.length;
}

/** Runs a Node call, giving `-errno` where it throws. */
function attempt(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (e) {
      const code = (e as NodeJS.ErrnoException).code ?? "EIO";
      if (code === "EAGAIN") {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        continue;
      }
      if (code === "EOF") return 0;
      return -((constants.errno as Record<string, number>)[code] ?? 5);
    }
  }
}

/** Node cannot tell or set a descriptor's position: it is kept here for seekable files, null in append mode. */
const positions = new Map<number, number>();

function positionOf(fd: number): number | null {
  return positions.get(fd) ?? null;
}

function advance(fd: number, by: number): number {
  const position = positions.get(fd);
  if (position !== undefined) positions.set(fd, position + by);
  return by;
}

function nodeOpen(path: string, flags: number, mode: number): number {
  const fd = fs.openSync(path, flags, mode);
  if ((flags & constants_O_APPEND) === 0 && fs.fstatSync(fd).isFile()) positions.set(fd, 0);
  return fd;
}

const constants_O_APPEND = fs.constants.O_APPEND;

function nodeSeek(fd: number, offset: number, whence: number): number {
  const stat = fs.fstatSync(fd);
  if (!stat.isFile()) return -constants.errno.ESPIPE;
  const base = whence === 0 ? 0 : whence === 1 ? (positions.get(fd) ?? 0) : stat.size;
  if (base + offset < 0) return -constants.errno.EINVAL;
  positions.set(fd, base + offset);
  return base + offset;
}

function fillStat(s: fs.Stats, out: unknown): number {
  const fields = out as Float64Array;
  fields.set([s.mode, s.size, s.mtimeMs / 1000, s.atimeMs / 1000, s.ctimeMs / 1000]);
  fields.set([s.dev, s.ino, s.nlink, s.uid, s.gid], 5);
  return 0;
}

/** `open(path, flags, mode)`: a descriptor. */
export const sysOpen = external("rts_open", [buffer, int32, int32], int, {
  node: (path, flags, mode) => attempt(() => nodeOpen(text(path), flags, mode)),
});
/** `close(fd)`. */
export const sysClose = external("rts_close", [int32], int, {
  node: (fd) =>
    attempt(() => {
      positions.delete(fd);
      fs.closeSync(fd);
      return 0;
    }),
});
/** `read` into bytes `offset` to `offset + count` of a buffer: how many, 0 at the end. */
export const sysRead = external("rts_read", [int32, buffer, int, int], int, {
  node: (fd, bytes, offset, count) =>
    attempt(() => advance(fd, fs.readSync(fd, bytes as Uint8Array, offset, count, positionOf(fd)))),
});
/** `write` of bytes `offset` to `offset + count` of a buffer: how many. */
export const sysWrite = external("rts_write", [int32, buffer, int, int], int, {
  node: (fd, bytes, offset, count) =>
    attempt(() => advance(fd, fs.writeSync(fd, bytes as Uint8Array, offset, count, positionOf(fd)))),
});
/** `lseek(fd, offset, whence)`: the new position, as float. */
export const sysSeek = external("rts_seek", [int32, float, int32], float, {
  node: (fd, offset, whence) => attempt(() => nodeSeek(fd, offset, whence)),
});
/** `stat(path, out)`, `lstat` if the last argument is 0: ten numbers, see FileStat. */
export const sysStat = external("rts_stat", [buffer, buffer, int32], int, {
  node: (path, out, follow) =>
    attempt(() => fillStat(follow ? fs.statSync(text(path)) : fs.lstatSync(text(path)), out)),
});
/** `fstat(fd, out)`. */
export const sysFstat = external("rts_fstat", [int32, buffer], int, {
  node: (fd, out) => attempt(() => fillStat(fs.fstatSync(fd), out)),
});
/** `mkdir(path, mode)`. */
export const sysMkdir = external("rts_mkdir", [buffer, int32], int, {
  node: (path, mode) =>
    attempt(() => {
      fs.mkdirSync(text(path), mode);
      return 0;
    }),
});
/** `unlink(path)`. */
export const sysUnlink = external("rts_unlink", [buffer], int, {
  node: (path) =>
    attempt(() => {
      fs.unlinkSync(text(path));
      return 0;
    }),
});
/** `rmdir(path)`. */
export const sysRmdir = external("rts_rmdir", [buffer], int, {
  node: (path) =>
    attempt(() => {
      fs.rmdirSync(text(path));
      return 0;
    }),
});
/** `rename(from, to)`. */
export const sysRename = external("rts_rename", [buffer, buffer], int, {
  node: (from, to) =>
    attempt(() => {
      fs.renameSync(text(from), text(to));
      return 0;
    }),
});
/** `chdir(path)`. */
export const sysChdir = external("rts_chdir", [buffer], int, {
  node: (path) =>
    attempt(() => {
      process.chdir(text(path));
      return 0;
    }),
});
/** `getcwd` into a buffer of some capacity. */
export const sysGetcwd = external("rts_getcwd", [buffer, int], int, {
  node: (out, capacity) => attempt(() => fill(out, capacity, new TextEncoder().encode(process.cwd()))),
});
/** `getenv(name)` into a buffer; -1 if it is not set. */
export const sysGetenv = external("rts_getenv", [buffer, buffer, int], int, {
  node: (name, out, capacity) => {
    const value = process.env[text(name)];
    return value === undefined ? -1 : fill(out, capacity, new TextEncoder().encode(value));
  },
});
/** The n-th `NAME=value` of the environment into a buffer; -1 after the last. */
export const sysEnviron = external("rts_environ", [int, buffer, int], int, {
  node: (n, out, capacity) => {
    const entry = Object.entries(process.env)[n];
    return entry === undefined ? -1 : fill(out, capacity, new TextEncoder().encode(`${entry[0]}=${entry[1]}`));
  },
});
/** Absolute path of the running program into a buffer; the target's file under Node. */
export const sysProgramPath = external("rts_program_path", [buffer, int], int, {
  node: (out, capacity) => fill(out, capacity, new TextEncoder().encode(process.argv[1] ?? "")),
});
/** Ends the process at once. */
export const sysExit = external("rts_exit", [int32], nothing, {
  node: (code) => {
    process.exit(code & 255);
  },
});
/** `isatty(fd)`: 1 or 0. */
export const sysIsatty = external("rts_isatty", [int32], int, { node: (fd) => (isatty(fd) ? 1 : 0) });
/** `getpid()`. */
export const sysGetpid = external("rts_getpid", [], int, { node: () => process.pid });
/** Seconds of a clock that never goes back. */
export const sysNow = external("rts_now", [], float, { node: () => performance.now() / 1000 });
/** Microseconds of that clock as a word, which may wrap around: only differences mean something. */
export const sysMicroseconds = external("rts_microseconds", [], int, {
  node: () => Math.floor(performance.now() * 1000),
});
/** Seconds since 1970. */
export const sysTime = external("rts_time", [], float, {
  node: () => (performance.timeOrigin + performance.now()) / 1000,
});
/** Processor time of this process in seconds. */
export const sysCpuTime = external("rts_cpu_time", [], float, {
  node: () => {
    const usage = process.cpuUsage();
    return (usage.user + usage.system) / 1e6;
  },
});
/** Sets how many bytes of stack may be used before StackOverflowError. Nothing on Node. */
export const sysSetStackLimit = external("rts_set_stack_limit", [int], nothing, { node: () => {} });
/** Signals that arrived and were not yet taken: their number, 0 if none. Always 0 on Node. */
export const sysPending = external("rts_pending", [], int, { node: () => 0 });

const openDirectories = new Map<number, fs.Dir>();
let lastDirectory = 0;

/** `opendir(path)`: a handle greater than 0. */
export const sysOpendir = external("rts_opendir", [buffer], int, {
  node: (path) =>
    attempt(() => {
      const directory = fs.opendirSync(text(path));
      lastDirectory += 1;
      openDirectories.set(lastDirectory, directory);
      return lastDirectory;
    }),
});
/** The next name of a directory into a buffer of at least 256 bytes; 0 after the last. Not `.` and `..`. */
export const sysReaddir = external("rts_readdir", [int, buffer, int], int, {
  node: (handle, out, capacity) =>
    attempt(() => {
      const entry = openDirectories.get(handle)?.readSync() ?? null;
      return entry === null ? 0 : fill(out, capacity, new TextEncoder().encode(entry.name));
    }),
});
/** `closedir(handle)`. */
export const sysClosedir = external("rts_closedir", [int], int, {
  node: (handle) =>
    attempt(() => {
      openDirectories.get(handle)?.closeSync();
      openDirectories.delete(handle);
      return 0;
    }),
});
