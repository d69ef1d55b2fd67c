/**
 * Reads a file written under RTSLOG, line by line in pieces, because a log can be larger than a string may be. The
 * format is described where it is written (`backends/llvm/runtime/log.c`).
 *
 * Invariant: whoever listens sees sections properly nested: what an exception left open is closed with its parent,
 * what was open when the process was killed at the last known time.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** The file is no log or is damaged; the message names it and says what is wrong. */
export class LogError extends Error {}

/** The first line. */
export interface Header {
  readonly pid: number;
  /** Bits of a word; 53 on Node. */
  readonly word: number;
  /** Seconds since 1970 at which the log began. */
  readonly time: number;
  readonly program: string;
}

/** Receives a log in order. Times are microseconds since the log began. */
export interface Listener {
  header(header: Header): void;
  begin(section: string, at: number): void;
  finish(section: string, at: number): void;
  /** A line of text within the innermost open section. */
  text(line: string): void;
  /** The last known time, and whether the process came to its end (it was not killed and is not still running). */
  end(at: number, ended: boolean): void;
}

const PIECE = 1 << 20;
const STAMPED = /^\[(\d+\.\d+)\] (?:\{([A-Za-z0-9_.-]+)|([A-Za-z0-9_.-]+)\}|(end))$/;
const HEADER = /^rtslog (\d+) pid=(\d+) word=(\d+) time=([\d.]+) program=(.*)$/;
const VERSION = 1;

/** Calls `each` with every line of a file; a last line without end counts too. */
function eachLine(path: string, each: (line: string) => void): void {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    throw cannotRead(path, error);
  }
  try {
    const piece = Buffer.alloc(PIECE);
    const decoder = new StringDecoder("utf8");
    let rest = "";
    for (;;) {
      const count = readSync(fd, piece, 0, PIECE, null);
      const lines = (rest + (count === 0 ? decoder.end() : decoder.write(piece.subarray(0, count)))).split("\n");
      rest = lines.pop() as string;
      for (const line of lines) each(line);
      if (count === 0) break;
    }
    if (rest !== "") each(rest);
  } catch (error) {
    if (error instanceof LogError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw cannotRead(path, error);
  } finally {
    closeSync(fd);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
};

function cannotRead(path: string, error: unknown): LogError {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return new LogError(`cannot read ${path}: ${REASONS[code] ?? String(error)}`);
}

function parseHeader(path: string, line: string): Header {
  const found = HEADER.exec(line);
  if (found === null) {
    throw new LogError(
      `${path} is not a log: its first line should begin with "rtslog ${VERSION}". Write one with RTSLOG=FILE or RTSLOG=gc,jit:FILE in the environment of a program`,
    );
  }
  if (Number(found[1]) !== VERSION) {
    throw new LogError(`${path} has version ${found[1]} of the log's format; this rtslog reads version ${VERSION}`);
  }
  return { pid: Number(found[2]), word: Number(found[3]), time: Number(found[4]), program: found[5] as string };
}

/** Reads a log. Throws LogError. */
export function readLog(path: string, listener: Listener): void {
  const open: string[] = [];
  let number = 0;
  let now = 0;
  let ended = false;
  const stamped = (line: string, found: RegExpExecArray): void => {
    now = Math.max(now, Number(found[1]));
    const [, , begun, finished, end] = found;
    if (ended) throw new LogError(`${path}:${number}: something follows the log's end: ${line}`);
    if (begun !== undefined) {
      open.push(begun);
      listener.begin(begun, now);
    } else if (finished !== undefined) {
      const level = open.lastIndexOf(finished);
      if (level < 0) throw new LogError(`${path}:${number}: ${finished} ends but was not begun`);
      while (open.length > level) listener.finish(open.pop() as string, now);
    } else {
      ended = end !== undefined;
    }
  };
  eachLine(path, (line) => {
    number++;
    if (number === 1) {
      listener.header(parseHeader(path, line));
      return;
    }
    const found = line.startsWith("[") ? STAMPED.exec(line) : null;
    if (found !== null) stamped(line, found);
    else if (open.length > 0) listener.text(line);
    else if (line !== "") throw new LogError(`${path}:${number}: text outside any section: ${line.slice(0, 60)}`);
  });
  if (number === 0) throw new LogError(`${path} is empty: no program has written its log yet`);
  while (open.length > 0) listener.finish(open.pop() as string, now);
  listener.end(now, ended);
}
