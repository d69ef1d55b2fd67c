// Timed sections of the common log: `rtypescript/rlib/log`.
//
// `RTS_LOG=FILE` logs everything, `RTS_LOG=gc,jit:FILE` the sections whose names start so; FILE `-` is standard
// error. A section is bracketed by lines with the time in microseconds since the first use:
//     [1234] {gc-minor … [1301] gc-minor}
import { env, now, O_APPEND, O_CREAT, O_WRONLY, open, write } from "./os.ts";
import type { float, int } from "./types.ts";

class Log {
  /** Was the environment read? */
  ready = false;
  /** Descriptor, -1 if there is no log. */
  fd: int = -1;
  prefixes: string[] = [];
  start: float = 0.0;
  /** Sections entered that are not logged: what is inside them is not logged either. */
  silent: int = 0;
}

const log = new Log();

function prepare(): void {
  log.ready = true;
  const setting = env("RTS_LOG");
  if (setting === null || setting === "") return;
  const colon = setting.indexOf(":");
  if (colon > 0) log.prefixes = setting.slice(0, colon).split(",");
  const file = setting.slice(colon + 1);
  log.fd = file === "-" ? 2 : open(file, O_WRONLY | O_CREAT | O_APPEND);
  log.start = now();
}

function isWanted(section: string): boolean {
  if (log.prefixes.length === 0) return true;
  for (const prefix of log.prefixes) if (section.startsWith(prefix)) return true;
  return false;
}

function stamp(): string {
  return `[${Math.round((now() - log.start) * 1000000.0)}] `;
}

/** Is this section logged? Ask before computing what is costly. */
export function logWanted(section: string): boolean {
  if (!log.ready) prepare();
  return log.fd >= 0 && log.silent === 0 && isWanted(section);
}

/** Begins a section. */
export function logStart(section: string): void {
  if (!log.ready) prepare();
  if (log.fd < 0) return;
  if (log.silent > 0 || !isWanted(section)) log.silent += 1;
  else write(log.fd, `${stamp()}{${section}\n`);
}

/** Ends the section begun last. */
export function logStop(section: string): void {
  if (log.fd < 0) return;
  if (log.silent > 0) log.silent -= 1;
  else write(log.fd, `${stamp()}${section}}\n`);
}

/** A line within the current section. */
export function logPrint(text: string): void {
  if (log.fd >= 0 && log.silent === 0) write(log.fd, `${text}\n`);
}
