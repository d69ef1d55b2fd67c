// Bytes of an open file, buffered in both directions.
import { type int, OSError } from "rtypescript/rlib";
import * as os from "rtypescript/rlib/os";
import { pythonOSError } from "../../objects/oserror.ts";

const CHUNK = 65536;

export class RawFile {
  readonly fd: int;
  readonly readable: boolean;
  readonly writable: boolean;
  /** Bytes read and not yet consumed: `input[start … end − 1]`. */
  #input: Uint8Array;
  #start: int;
  #end: int;
  #output: Uint8Array;
  #pending: int;
  atEnd: boolean;

  constructor(fd: int, readable: boolean, writable: boolean) {
    this.fd = fd;
    this.readable = readable;
    this.writable = writable;
    this.#input = NOTHING;
    this.#start = 0;
    this.#end = 0;
    this.#output = NOTHING;
    this.#pending = 0;
    this.atEnd = false;
  }

  /** Reads more; false at the end of the file. */
  #fill(): boolean {
    if (this.#pending > 0) this.flush();
    if (this.#start === this.#end) {
      this.#start = 0;
      this.#end = 0;
    }
    if (this.#end + CHUNK > this.#input.length) {
      const left = this.#end - this.#start;
      const larger = new Uint8Array(Math.max(CHUNK, left * 2) + CHUNK);
      larger.set(this.#input.slice(this.#start, this.#end));
      this.#input = larger;
      this.#start = 0;
      this.#end = left;
    }
    const count = readSome(this.fd, this.#input, this.#end, CHUNK);
    this.#end += count;
    return count > 0;
  }

  /** At most `size` bytes (−1: all), fewer only at the end of the file. */
  read(size: int): Uint8Array {
    while (size < 0 || this.#end - this.#start < size) if (!this.#fill()) break;
    const count = size < 0 ? this.#end - this.#start : Math.min(size, this.#end - this.#start);
    const result = this.#input.slice(this.#start, this.#start + count);
    this.#start += count;
    return result;
  }

  /** Up to and including the next line feed (with `universal`, also after a lone carriage return). */
  readLine(universal: boolean, limit: int): Uint8Array {
    let at: int = 0;
    for (;;) {
      const n = this.#end - this.#start;
      while (at < n && (limit < 0 || at < limit)) {
        const byte = this.#input[this.#start + at];
        at++;
        if (byte === 10) return this.#take(at);
        if (byte === 13 && universal) {
          if (at === this.#end - this.#start && !this.#fill()) return this.#take(at);
          if (this.#input[this.#start + at] === 10) at++;
          return this.#take(at);
        }
      }
      if (limit >= 0 && at >= limit) return this.#take(at);
      if (!this.#fill()) return this.#take(at);
    }
  }
  #take(count: int): Uint8Array {
    const result = this.#input.slice(this.#start, this.#start + count);
    this.#start += count;
    return result;
  }

  write(data: Uint8Array): void {
    if (this.#start < this.#end) this.#dropInput();
    if (this.#pending + data.length > this.#output.length) {
      this.flush();
      if (data.length > CHUNK) {
        writeAll(this.fd, data, data.length);
        return;
      }
      if (this.#output.length === 0) this.#output = new Uint8Array(CHUNK);
    }
    this.#output.set(data, this.#pending);
    this.#pending += data.length;
  }
  /** The system's position becomes the program's. */
  #dropInput(): void {
    const ahead = this.#end - this.#start;
    this.#start = 0;
    this.#end = 0;
    if (ahead > 0) seekFile(this.fd, 0 - ahead, 1);
  }

  flush(): void {
    if (this.#pending === 0) return;
    const count = this.#pending;
    this.#pending = 0;
    writeAll(this.fd, this.#output, count);
  }
  close(): void {
    this.flush();
    try {
      os.close(this.fd);
    } catch (e) {
      if (!(e instanceof OSError)) throw e;
      throw pythonOSError(e, null);
    }
  }
  seek(offset: int, whence: int): int {
    this.flush();
    if (whence === 1) this.#dropInput();
    this.#start = 0;
    this.#end = 0;
    return seekFile(this.fd, offset, whence);
  }
  tell(): int {
    return seekFile(this.fd, 0, 1) - (this.#end - this.#start) + this.#pending;
  }
}
const NOTHING = new Uint8Array(0);

function readSome(fd: int, into: Uint8Array, at: int, count: int): int {
  try {
    return os.read(fd, into, at, count);
  } catch (e) {
    if (!(e instanceof OSError)) throw e;
    throw pythonOSError(e, null);
  }
}
function writeAll(fd: int, data: Uint8Array, count: int): void {
  try {
    os.writeRange(fd, data, 0, count);
  } catch (e) {
    if (!(e instanceof OSError)) throw e;
    throw pythonOSError(e, null);
  }
}
function seekFile(fd: int, offset: int, whence: int): int {
  try {
    return Math.trunc(os.seek(fd, offset, whence));
  } catch (e) {
    if (!(e instanceof OSError)) throw e;
    throw pythonOSError(e, null);
  }
}
