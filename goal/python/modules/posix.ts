// The posix module: what `os` takes from the system. Paths may be str, bytes or have `__fspath__`.
import { type float, type int, OSError } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { function0, function1, function2, functionN, getset, method0, methodN } from "../objects/builtin.ts";
import { newbytes, requireBuffer, type W_Bytes } from "../objects/bytes.ts";
import { decodeNative, ENCODING_UTF8, encodeNative } from "../objects/codecs.ts";
import { W_Dict } from "../objects/dict.ts";
import { w_OSError } from "../objects/exceptions.ts";
import { W_Float } from "../objects/float.ts";
import { fromBig, newbool, newint } from "../objects/int.ts";
import { W_NativeIterator } from "../objects/iterators.ts";
import { newlist } from "../objects/list.ts";
import { errorText, pythonOSError } from "../objects/oserror.ts";
import { typeError, valueError, W_Root } from "../objects/root.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { slots } from "../objects/slots.ts";
import { callBound0, repr, truth } from "../objects/space.ts";
import { newstr, W_Str } from "../objects/str.ts";
import { W_Tuple, w_tuple } from "../objects/tuple.ts";
import { builtinType, type W_Type } from "../objects/type.ts";
import { openFiles } from "./io/openfiles.ts";
import { builtinModule, constant, functions, starters } from "./registry.ts";
import { structSequence } from "./structseq.ts";

const w_posix = builtinModule("posix");

/** `os.fspath`: str and bytes as they are. */
export function fspath(w_path: W_Root): W_Root {
  if (w_path.asStr() !== null || w_path.asBytes() !== null) return w_path;
  const w_method = w_path.getclass().lookup("__fspath__");
  if (w_method === null) {
    throw typeError(`expected str, bytes or os.PathLike object, not ${w_path.typename()}`);
  }
  const w_result = callBound0(w_method, w_path);
  if (w_result.asStr() !== null || w_result.asBytes() !== null) return w_result;
  throw typeError(`expected ${w_path.typename()}.__fspath__() to return str or bytes, not ${w_result.typename()}`);
}

/** The text of a path argument of a function. */
function pathText(w_path: W_Root, name: string): string {
  if (w_path.asStr() === null && w_path.asBytes() === null && w_path.getclass().lookup("__fspath__") === null) {
    throw typeError(`${name}: path should be string, bytes or os.PathLike, not ${w_path.typename()}`);
  }
  const w_plain = fspath(w_path);
  const w_text = w_plain.asStr();
  const text =
    w_text instanceof W_Str
      ? w_text.text
      : decodeNative((w_plain.asBytes() as W_Bytes).contents(), ENCODING_UTF8, "surrogateescape").text;
  if (text.includes("\0")) throw valueError("embedded null byte");
  return text;
}

/** Runs a call of the system on a path. */
function onPath(w_path: W_Root, name: string, call: (path: string) => W_Root): W_Root {
  const path = pathText(w_path, name);
  openFiles.flushAll();
  try {
    return call(path);
  } catch (e) {
    if (e instanceof OSError) throw pythonOSError(e, w_path);
    throw e;
  }
}
/** Runs a call of the system on a descriptor. */
function onDescriptor(call: () => W_Root): W_Root {
  try {
    return call();
  } catch (e) {
    if (e instanceof OSError) throw pythonOSError(e, null);
    throw e;
  }
}

// --- stat_result -------------------------------------------------------------------------------------------------------------

const w_stat_result = builtinType("stat_result", w_tuple, "os");
w_stat_result.acceptsSubclasses = false;
constant(w_posix, "stat_result", w_stat_result);

function whole(f: float): W_Root {
  return fromBig(BigInt(Math.floor(f)));
}

class W_StatResult extends W_Tuple {
  readonly stat: os.FileStat;
  constructor(stat: os.FileStat) {
    super([
      newint(stat.mode),
      whole(stat.ino),
      whole(stat.dev),
      whole(stat.nlink),
      whole(stat.uid),
      whole(stat.gid),
      whole(stat.size),
      whole(stat.atime),
      whole(stat.mtime),
      whole(stat.ctime),
    ]);
    this.stat = stat;
  }
  override getclass(): W_Type {
    return w_stat_result;
  }
  override repr(): string {
    const parts: string[] = [];
    for (let i: int = 0; i < STAT_FIELDS.length; i++) parts.push(`${STAT_FIELDS[i]}=${repr(this.items[i])}`);
    return `os.stat_result(${parts.join(", ")})`;
  }
}
const STAT_FIELDS: string[] = [
  "st_mode",
  "st_ino",
  "st_dev",
  "st_nlink",
  "st_uid",
  "st_gid",
  "st_size",
  "st_atime",
  "st_mtime",
  "st_ctime",
];
slots(w_stat_result, "repr");
function statOf(w_self: W_Root): os.FileStat {
  return (w_self as W_StatResult).stat;
}
function field(w_self: W_Root, i: int): W_Root {
  return (w_self as W_Tuple).items[i];
}
getset(w_stat_result, "st_mode", (w_self) => field(w_self, 0));
getset(w_stat_result, "st_ino", (w_self) => field(w_self, 1));
getset(w_stat_result, "st_dev", (w_self) => field(w_self, 2));
getset(w_stat_result, "st_nlink", (w_self) => field(w_self, 3));
getset(w_stat_result, "st_uid", (w_self) => field(w_self, 4));
getset(w_stat_result, "st_gid", (w_self) => field(w_self, 5));
getset(w_stat_result, "st_size", (w_self) => field(w_self, 6));
getset(w_stat_result, "st_atime", (w_self) => new W_Float(statOf(w_self).atime));
getset(w_stat_result, "st_mtime", (w_self) => new W_Float(statOf(w_self).mtime));
getset(w_stat_result, "st_ctime", (w_self) => new W_Float(statOf(w_self).ctime));
getset(w_stat_result, "st_atime_ns", (w_self) => whole(statOf(w_self).atime * 1e9));
getset(w_stat_result, "st_mtime_ns", (w_self) => whole(statOf(w_self).mtime * 1e9));
getset(w_stat_result, "st_ctime_ns", (w_self) => whole(statOf(w_self).ctime * 1e9));

/** `stat` of a path or a descriptor. */
function statAny(w_path: W_Root, follow: boolean, name: string): W_Root {
  if (w_path.asInt() !== null) {
    const fd = intArgument(w_path);
    return onDescriptor(() => new W_StatResult(os.fstat(fd)));
  }
  return onPath(w_path, name, (path) => new W_StatResult(follow ? os.stat(path) : os.lstat(path)));
}

// --- directories -------------------------------------------------------------------------------------------------------------

const w_DirEntry = builtinType("DirEntry", null, "posix");
const w_ScandirIterator = builtinType("ScandirIterator", null, "posix");
constant(w_posix, "DirEntry", w_DirEntry);

class W_DirEntry extends W_Root {
  readonly name: string;
  readonly path: string;
  readonly asBytes_: boolean;
  constructor(name: string, path: string, bytes: boolean) {
    super();
    this.name = name;
    this.path = path;
    this.asBytes_ = bytes;
  }
  override getclass(): W_Type {
    return w_DirEntry;
  }
  shown(text: string): W_Root {
    return this.asBytes_ ? encodeNative(newstr(text), ENCODING_UTF8, "surrogateescape") : newstr(text);
  }
  override repr(): string {
    return `<DirEntry ${repr(this.shown(this.name))}>`;
  }
  /** Facts, null for what is not there. */
  find(follow: boolean): os.FileStat | null {
    try {
      return follow ? os.stat(this.path) : os.lstat(this.path);
    } catch (e) {
      if (e instanceof OSError) return null;
      throw e;
    }
  }
}
slots(w_DirEntry, "repr");
function entry(w_self: W_Root): W_DirEntry {
  return w_self as W_DirEntry;
}
getset(w_DirEntry, "name", (w_self) => entry(w_self).shown(entry(w_self).name));
getset(w_DirEntry, "path", (w_self) => entry(w_self).shown(entry(w_self).path));
method0(w_DirEntry, "__fspath__", (w_self) => entry(w_self).shown(entry(w_self).path));
method0(w_DirEntry, "is_symlink", (w_self) => newbool(entry(w_self).find(false)?.isSymbolicLink() === true));
method0(w_DirEntry, "inode", (w_self) => whole(entry(w_self).find(false)?.ino ?? 0.0));
methodN(w_DirEntry, "is_dir", "*, follow_symlinks=True", (args) =>
  newbool(entry(args[0]).find(truth(args[1]))?.isDirectory() === true),
);
methodN(w_DirEntry, "is_file", "*, follow_symlinks=True", (args) =>
  newbool(entry(args[0]).find(truth(args[1]))?.isFile() === true),
);
methodN(w_DirEntry, "stat", "*, follow_symlinks=True", (args) =>
  statAny(newstr(entry(args[0]).path), truth(args[1]), "stat"),
);

class W_ScandirIterator extends W_NativeIterator {
  readonly entries: W_DirEntry[];
  index: int;
  constructor(entries: W_DirEntry[]) {
    super();
    this.entries = entries;
    this.index = 0;
  }
  override nativeClass(): W_Type {
    return w_ScandirIterator;
  }
  override next(): W_Root | null {
    if (this.index >= this.entries.length) return null;
    this.index += 1;
    return this.entries[this.index - 1];
  }
}
slots(w_ScandirIterator, "iter next");
function closeScan(w_self: W_Root): W_Root {
  const w_scan = w_self as W_ScandirIterator;
  w_scan.index = w_scan.entries.length;
  return w_None;
}
method0(w_ScandirIterator, "close", closeScan);
method0(w_ScandirIterator, "__enter__", (w_self) => w_self);
methodN(w_ScandirIterator, "__exit__", "t=None, v=None, tb=None, /", (args) => closeScan(args[0]));

function isBytesPath(w_path: W_Root): boolean {
  return w_path !== w_None && fspath(w_path).asBytes() !== null;
}

function scandir(w_path: W_Root): W_Root {
  const bytes = isBytesPath(w_path);
  return onPath(w_path === w_None ? newstr(".") : w_path, "scandir", (path) => {
    const entries: W_DirEntry[] = [];
    const prefix = w_path === w_None ? "./" : path.endsWith("/") ? path : `${path}/`;
    for (const name of os.listDir(path)) entries.push(new W_DirEntry(name, prefix + name, bytes));
    return new W_ScandirIterator(entries);
  });
}

function listdir(w_path: W_Root): W_Root {
  const bytes = isBytesPath(w_path);
  return onPath(w_path === w_None ? newstr(".") : w_path, "listdir", (path) => {
    const names: W_Root[] = [];
    for (const name of os.listDir(path)) {
      names.push(bytes ? encodeNative(newstr(name), ENCODING_UTF8, "surrogateescape") : newstr(name));
    }
    return newlist(names);
  });
}

// --- functions -----------------------------------------------------------------------------------------------------------------

function rename(w_from: W_Root, w_to: W_Root): W_Root {
  const from = pathText(w_from, "rename");
  const to = pathText(w_to, "rename");
  try {
    os.rename(from, to);
  } catch (e) {
    if (!(e instanceof OSError)) throw e;
    throw renameError(e, w_from, w_to);
  }
  return w_None;
}
function renameError(e: OSError, w_from: W_Root, w_to: W_Root): Error {
  const w_error = w_OSError.callArgs([newint(e.errno), newstr(errorText(e.errno)), w_from, w_None, w_to], []);
  const error = pythonOSError(e, w_from);
  error.w_value = w_error;
  return error;
}

function randomBytes(size: int): W_Root {
  if (size < 0) throw valueError("negative argument not allowed");
  const data = new Uint8Array(size);
  return onDescriptor(() => {
    const fd = os.open("/dev/urandom", os.O_RDONLY);
    try {
      let at: int = 0;
      while (at < size) at += os.read(fd, data, at, size - at);
    } finally {
      os.close(fd);
    }
    return newbytes(data);
  });
}

const w_terminal_size = structSequence("os.terminal_size", "os", ["columns", "lines"]);
const w_uname_result = structSequence("posix.uname_result", "posix", [
  "sysname",
  "nodename",
  "release",
  "version",
  "machine",
]);
const w_times_result = structSequence("posix.times_result", "posix", [
  "user",
  "system",
  "children_user",
  "children_system",
  "elapsed",
]);
constant(w_posix, "terminal_size", w_terminal_size);
constant(w_posix, "uname_result", w_uname_result);
constant(w_posix, "times_result", w_times_result);
constant(w_posix, "error", w_OSError);
constant(w_posix, "_have_functions", newlist([]));

/** Does the process have these rights? Existence is what is asked mostly. */
function access(w_path: W_Root, mode: int): W_Root {
  const path = pathText(w_path, "access");
  if (!os.exists(path)) return newbool(false);
  if ((mode & 1) === 0) return newbool(true);
  return newbool((os.stat(path).mode & 0o111) !== 0);
}

function processorCount(): int {
  if (!os.exists("/sys/devices/system/cpu/present")) return 1;
  // "0-3" or "0".
  const text = os.readFile("/sys/devices/system/cpu/present").trim();
  const last = Number.parseInt(text.slice(text.lastIndexOf("-") + 1), 10);
  return Number.isNaN(last) ? 1 : Math.trunc(last) + 1;
}

function firstLine(path: string): W_Root {
  return newstr(os.exists(path) ? os.readFile(path).trim() : "");
}

const DIR_FD = "dir_fd=None";
functions(w_posix, [
  function1("fspath", fspath),
  function0("getcwd", () => onDescriptor(() => newstr(os.cwd()))),
  function0("getcwdb", () => onDescriptor(() => encodeNative(newstr(os.cwd()), ENCODING_UTF8, "surrogateescape"))),
  function1("chdir", (w_path) =>
    onPath(w_path, "chdir", (path) => {
      os.chdir(path);
      return w_None;
    }),
  ),
  functionN("listdir", "path=None", (args) => listdir(args[0])),
  functionN("scandir", "path=None", (args) => scandir(args[0])),
  functionN("stat", `path, *, ${DIR_FD}, follow_symlinks=True`, (args) => statAny(args[0], truth(args[2]), "stat")),
  functionN("lstat", `path, *, ${DIR_FD}`, (args) => statAny(args[0], false, "lstat")),
  function1("fstat", (w_fd) => statAny(newint(intArgument(w_fd)), true, "fstat")),
  functionN("access", `path, mode, *, ${DIR_FD}, effective_ids=False, follow_symlinks=True`, (args) =>
    access(args[0], intArgument(args[1])),
  ),
  functionN("mkdir", `path, mode=511, *, ${DIR_FD}`, (args) =>
    onPath(args[0], "mkdir", (path) => {
      os.mkdir(path, intArgument(args[1]));
      return w_None;
    }),
  ),
  functionN("rmdir", `path, *, ${DIR_FD}`, (args) =>
    onPath(args[0], "rmdir", (path) => {
      os.removeDir(path);
      return w_None;
    }),
  ),
  functionN("remove", `path, *, ${DIR_FD}`, (args) =>
    onPath(args[0], "remove", (path) => {
      os.remove(path);
      return w_None;
    }),
  ),
  functionN("unlink", `path, *, ${DIR_FD}`, (args) =>
    onPath(args[0], "unlink", (path) => {
      os.remove(path);
      return w_None;
    }),
  ),
  functionN("rename", "src, dst, *, src_dir_fd=None, dst_dir_fd=None", (args) => rename(args[0], args[1])),
  functionN("replace", "src, dst, *, src_dir_fd=None, dst_dir_fd=None", (args) => rename(args[0], args[1])),
  functionN("open", `path, flags, mode=511, *, ${DIR_FD}`, (args) =>
    onPath(args[0], "open", (path) => newint(os.open(path, intArgument(args[1]), intArgument(args[2])))),
  ),
  function1("close", (w_fd) =>
    onDescriptor(() => {
      os.close(intArgument(w_fd));
      return w_None;
    }),
  ),
  function2("read", (w_fd, w_size) =>
    onDescriptor(() => {
      const size = intArgument(w_size);
      const data = new Uint8Array(size);
      return newbytes(data.slice(0, os.read(intArgument(w_fd), data, 0, size)));
    }),
  ),
  function2("write", (w_fd, w_data) =>
    onDescriptor(() => {
      const data = requireBuffer(w_data);
      os.writeBytes(intArgument(w_fd), data);
      return newint(data.length);
    }),
  ),
  functionN("lseek", "fd, position, whence, /", (args) =>
    onDescriptor(() => whole(os.seek(intArgument(args[0]), intArgument(args[1]), intArgument(args[2])))),
  ),
  function1("isatty", (w_fd) => newbool(os.isatty(intArgument(w_fd)))),
  function0("getpid", () => newint(os.getpid())),
  function0("getppid", () => newint(1)),
  function0("getuid", () => newint(0)),
  function0("geteuid", () => newint(0)),
  function0("getgid", () => newint(0)),
  function0("getegid", () => newint(0)),
  function1("urandom", (w_size) => randomBytes(intArgument(w_size))),
  function1("strerror", (w_code) => newstr(errorText(intArgument(w_code)))),
  function0("cpu_count", () => newint(processorCount())),
  function1("umask", (_w_mask) => newint(18)),
  function2("putenv", (_w_name, _w_value) => w_None),
  function1("unsetenv", (_w_name) => w_None),
  function1("_exit", (w_code) => os.exit(intArgument(w_code))),
  function0("abort", () => os.exit(134)),
  functionN("get_terminal_size", "fd=1, /", (args) => {
    const fd = intArgument(args[0]);
    if (!os.isatty(fd)) throw pythonOSError(new OSError(25), null);
    return w_terminal_size.make([newint(80), newint(24)]);
  }),
  function0("uname", () =>
    w_uname_result.make([
      newstr("Linux"),
      firstLine("/proc/sys/kernel/hostname"),
      firstLine("/proc/sys/kernel/osrelease"),
      firstLine("/proc/sys/kernel/version"),
      newstr("x86_64"),
    ]),
  ),
  function0("times", () => {
    const zero = new W_Float(0.0);
    return w_times_result.make([new W_Float(os.cpuTime()), zero, zero, zero, new W_Float(os.now())]);
  }),
]);

const CONSTANTS: [string, int][] = [
  ["F_OK", 0],
  ["R_OK", 4],
  ["W_OK", 2],
  ["X_OK", 1],
  ["O_RDONLY", 0],
  ["O_WRONLY", 1],
  ["O_RDWR", 2],
  ["O_CREAT", 64],
  ["O_EXCL", 128],
  ["O_NOCTTY", 256],
  ["O_TRUNC", 512],
  ["O_APPEND", 1024],
  ["O_NONBLOCK", 2048],
  ["O_DIRECTORY", 65536],
  ["O_NOFOLLOW", 131072],
  ["O_CLOEXEC", 524288],
  ["EX_OK", 0],
  ["WNOHANG", 1],
  ["TMP_MAX", 238328],
];
for (const [name, value] of CONSTANTS) constant(w_posix, name, newint(value));

const w_environ = new W_Dict();
constant(w_posix, "environ", w_environ);
starters.set("posix", () => {
  for (const line of os.environ()) {
    const at: int = line.indexOf("=", 1);
    if (at < 0) continue;
    const w_name = encodeNative(newstr(line.slice(0, at)), ENCODING_UTF8, "surrogateescape");
    w_environ.storeKey(w_name, encodeNative(newstr(line.slice(at + 1)), ENCODING_UTF8, "surrogateescape"));
  }
});
