// The primitives of the common log, on which log.ts is written: external functions of the run-time support
// (`log.c`, where the format is described), and beside them what Node does instead, with the same output.
// Section and field names are bytes ending in a zero.
import * as fs from "node:fs";
import { external } from "./external.ts";
import { type Buffer, buffer, int, nothing } from "./types.ts";

const decoder = new TextDecoder();

function text(bytes: Buffer): string {
  const all = bytes as Uint8Array;
  return decoder.decode(all.subarray(0, all.indexOf(0)));
}

interface OpenSection {
  readonly name: string;
  readonly wanted: boolean;
}

/** The log of a program that runs on Node. */
class NodeLog {
  readonly #fd: number;
  readonly #prefixes: readonly string[];
  readonly #start = performance.now();
  readonly #open: OpenSection[] = [];
  /** Numbers stand on the current line, which has no end yet. */
  #inLine = false;

  constructor(fd: number, prefixes: readonly string[]) {
    this.#fd = fd;
    this.#prefixes = prefixes;
    const seconds = ((performance.timeOrigin + performance.now()) / 1000).toFixed(3);
    this.#put(`rtslog 1 pid=${process.pid} word=53 time=${seconds} program=${process.argv[1] ?? ""}\n`);
    process.on("exit", () => this.#stamped("end"));
  }

  #put(what: string): void {
    fs.writeSync(this.#fd, what);
  }

  #stamped(what: string): void {
    const microseconds = ((performance.now() - this.#start) * 1000).toFixed(3);
    this.#put(`${this.#inLine ? "\n" : ""}[${microseconds}] ${what}\n`);
    this.#inLine = false;
  }

  isWanted(section: string): boolean {
    return this.#prefixes.length === 0 || this.#prefixes.some((prefix) => section.startsWith(prefix));
  }

  begin(section: string): void {
    const wanted = this.isWanted(section);
    this.#open.push({ name: section, wanted });
    if (wanted) this.#stamped(`{${section}`);
  }

  finish(section: string): void {
    const level = this.#open.findLastIndex((open) => open.name === section);
    if (level < 0) return;
    this.#open.length = level;
    if (this.isWanted(section)) this.#stamped(`${section}}`);
  }

  line(what: string): void {
    if (this.#open.at(-1)?.wanted !== true) return;
    this.#put(`${this.#inLine ? "\n" : ""}${what}\n`);
    this.#inLine = false;
  }

  number(name: string, value: number): void {
    if (this.#open.at(-1)?.wanted !== true) return;
    this.#put(`${this.#inLine ? " " : ""}${name}=${value}`);
    this.#inLine = true;
  }
}

function openLog(setting: string): NodeLog | null {
  const colon = setting.indexOf(":");
  const prefixes = colon < 0 ? [] : setting.slice(0, colon).split(",");
  const name = setting.slice(colon + 1);
  const file = name.replace("%d", String(process.pid));
  if (file === name) delete process.env.RTSLOG;
  try {
    const fd = file === "-" ? 2 : fs.openSync(file, "w");
    return new NodeLog(
      fd,
      prefixes.filter((prefix) => prefix !== ""),
    );
  } catch (e) {
    process.stderr.write(`RTSLOG: cannot write ${file}: ${e instanceof Error ? e.message : String(e)}\n`);
    return null;
  }
}

/** undefined until the environment was read. */
let log: NodeLog | null | undefined;

function nodeLog(): NodeLog | null {
  if (log === undefined) {
    const setting = process.env.RTSLOG ?? "";
    log = setting === "" ? null : openLog(setting);
  }
  return log;
}

/** Is there a log: 1 or 0. */
export const sysLogIsOn = external("rts_log_is_on", [], int, { node: () => (nodeLog() === null ? 0 : 1) });
/** Is this section logged: 1 or 0. */
export const sysLogWanted = external("rts_log_wanted", [buffer], int, {
  node: (section) => (nodeLog()?.isWanted(text(section)) === true ? 1 : 0),
});
/** Begins a section. */
export const sysLogStart = external("rts_log_start", [buffer], nothing, {
  node: (section) => nodeLog()?.begin(text(section)),
});
/** Ends a section and those begun in it. */
export const sysLogStop = external("rts_log_stop", [buffer], nothing, {
  node: (section) => nodeLog()?.finish(text(section)),
});
/** A line of text of `count` bytes within the current section. */
export const sysLogText = external("rts_log_text", [buffer, int], nothing, {
  node: (bytes, count) => nodeLog()?.line(decoder.decode((bytes as Uint8Array).subarray(0, count))),
});
/** `name=value` on a line of the current section; the next numbers follow on the same line. */
export const sysLogNumber = external("rts_log_number", [buffer, int], nothing, {
  node: (name, value) => nodeLog()?.number(text(name), value),
});
