// What all file-like objects share: state, checks, and the methods that are defined by others.
import type { int } from "rtypescript/rlib";
import { getset, method0, method1, methodN } from "../../objects/builtin.ts";
import { newbool, newint } from "../../objects/int.ts";
import { W_NativeIterator } from "../../objects/iterators.ts";
import { newlist } from "../../objects/list.ts";
import {
  KIND_UnsupportedOperation,
  type OperationError,
  operationError,
  valueError,
  type W_Root,
} from "../../objects/root.ts";
import { w_None } from "../../objects/singletons.ts";
import { indexObject, intArgument } from "../../objects/slice.ts";
import { slots } from "../../objects/slots.ts";
import { callMethod0, callMethod1, iter, len, next } from "../../objects/space.ts";
import { builtinType, type W_Type } from "../../objects/type.ts";

export const w_IOBase = builtinType("_IOBase", null, "_io");
w_IOBase.hasDict = true;
export const w_RawIOBase = builtinType("_RawIOBase", w_IOBase, "_io");
export const w_BufferedIOBase = builtinType("_BufferedIOBase", w_IOBase, "_io");
export const w_TextIOBase = builtinType("_TextIOBase", w_IOBase, "_io");
for (const w_class of [w_RawIOBase, w_BufferedIOBase, w_TextIOBase]) w_class.hasDict = true;

export function unsupported(what: string): OperationError {
  return operationError(KIND_UnsupportedOperation, what);
}

/** A file-like object. Sizes of −1 mean "all". */
export abstract class W_Stream extends W_NativeIterator {
  closed: boolean;
  constructor() {
    super();
    this.closed = false;
  }
  requireOpen(): void {
    if (this.closed) throw valueError("I/O operation on closed file.");
  }
  /** At most `size` units (characters or bytes). */
  readUnits(_size: int): W_Root {
    throw unsupported("read");
  }
  /** The next line with its end, empty at the end of the file. */
  readLine(_limit: int): W_Root {
    throw unsupported("readline");
  }
  /** Gives the number of units written. */
  writeUnits(_w_data: W_Root): int {
    throw unsupported("write");
  }
  flushOut(): void {}
  closeFile(): void {
    this.closed = true;
  }
  seekTo(_offset: int, _whence: int): int {
    throw unsupported("seek");
  }
  position(): int {
    throw unsupported("tell");
  }
  truncateTo(_size: int): int {
    throw unsupported("truncate");
  }
  isReadable(): boolean {
    return false;
  }
  isWritable(): boolean {
    return false;
  }
  isSeekable(): boolean {
    return false;
  }
  isTerminal(): boolean {
    return false;
  }
  descriptor(): int {
    throw unsupported("fileno");
  }
  override next(): W_Root | null {
    this.requireOpen();
    const w_line = this.getclass().heap ? callMethod0(this, "readline") : this.readLine(-1);
    return w_line.truth() ? w_line : null;
  }
}

/** A size argument: None and negative numbers mean all. */
export function sizeArgument(w_size: W_Root): int {
  if (w_size === w_None) return -1;
  const w_i = indexObject(w_size);
  const size = w_i === null ? intArgument(w_size) : intArgument(w_i);
  return size < 0 ? -1 : size;
}

function streamOf(w_self: W_Root): W_Stream {
  return w_self as W_Stream;
}

/** Gives a class of streams its methods; import time. */
export function streamMethods(w_class: W_Type): void {
  methodN(w_class, "read", "size=-1, /", (args) => {
    streamOf(args[0]).requireOpen();
    return streamOf(args[0]).readUnits(sizeArgument(args[1]));
  });
  methodN(w_class, "readline", "size=-1, /", (args) => {
    streamOf(args[0]).requireOpen();
    return streamOf(args[0]).readLine(sizeArgument(args[1]));
  });
  methodN(w_class, "readlines", "hint=-1, /", (args) => {
    const hint = sizeArgument(args[1]);
    const lines: W_Root[] = [];
    let total: int = 0;
    for (;;) {
      const w_line = next(args[0]);
      if (w_line === null) break;
      lines.push(w_line);
      total += len(w_line);
      if (hint > 0 && total >= hint) break;
    }
    return newlist(lines);
  });
  method1(w_class, "write", (w_self, w_data) => {
    streamOf(w_self).requireOpen();
    return newint(streamOf(w_self).writeUnits(w_data));
  });
  method1(w_class, "writelines", (w_self, w_lines) => {
    streamOf(w_self).requireOpen();
    const w_it = iter(w_lines);
    for (;;) {
      const w_line = next(w_it);
      if (w_line === null) return w_None;
      if (w_self.getclass().heap) callMethod1(w_self, "write", w_line);
      else streamOf(w_self).writeUnits(w_line);
    }
  });
  method0(w_class, "flush", (w_self) => {
    streamOf(w_self).requireOpen();
    streamOf(w_self).flushOut();
    return w_None;
  });
  method0(w_class, "close", (w_self) => {
    if (!streamOf(w_self).closed) streamOf(w_self).closeFile();
    return w_None;
  });
  methodN(w_class, "seek", "offset, whence=0, /", (args) => {
    streamOf(args[0]).requireOpen();
    return newint(streamOf(args[0]).seekTo(intArgument(args[1]), intArgument(args[2])));
  });
  method0(w_class, "tell", (w_self) => {
    streamOf(w_self).requireOpen();
    return newint(streamOf(w_self).position());
  });
  methodN(w_class, "truncate", "size=None, /", (args) => {
    streamOf(args[0]).requireOpen();
    return newint(streamOf(args[0]).truncateTo(sizeArgument(args[1])));
  });
  method0(w_class, "readable", (w_self) => newbool(streamOf(w_self).isReadable()));
  method0(w_class, "writable", (w_self) => newbool(streamOf(w_self).isWritable()));
  method0(w_class, "seekable", (w_self) => newbool(streamOf(w_self).isSeekable()));
  method0(w_class, "isatty", (w_self) => newbool(streamOf(w_self).isTerminal()));
  method0(w_class, "fileno", (w_self) => {
    streamOf(w_self).requireOpen();
    return newint(streamOf(w_self).descriptor());
  });
  method0(w_class, "__enter__", (w_self) => {
    streamOf(w_self).requireOpen();
    return w_self;
  });
  methodN(w_class, "__exit__", "kind=None, value=None, traceback=None, /", (args) => {
    if (args[0].getclass().heap) callMethod0(args[0], "close");
    else if (!streamOf(args[0]).closed) streamOf(args[0]).closeFile();
    return w_None;
  });
  getset(w_class, "closed", (w_self) => newbool(streamOf(w_self).closed));
  slots(w_class, "iter next");
  w_class.hasDict = true;
}
