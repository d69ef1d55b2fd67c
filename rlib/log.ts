// Timed sections of the common log: `rtypescript/rlib/log`. Collectors and the JIT write the same log, so a picture of
// it (`rtslog draw-time`) shows a program's own sections among theirs.
//
// `RTSLOG=gc,parse:FILE` logs the sections whose names start so, `RTSLOG=FILE` all; FILE `-` is standard error, `%d` in
// it becomes the number of the process. A section's name consists of lower-case letters, digits and hyphens. Without
// RTSLOG each of these functions is one comparison. What goes into the file is described in the run-time support
// (`log.c`); nothing is lost by an exception that leaves sections open: stopping a section closes those inside it.
import { sysLogIsOn, sysLogNumber, sysLogStart, sysLogStop, sysLogText, sysLogWanted } from "./syslog.ts";
import type { int } from "./types.ts";
import { utf8Encode } from "./utf8.ts";

class LogState {
  /** Is there a log? −1 until it was asked for. */
  on: int = -1;
}

const state = new LogState();

function isOn(): boolean {
  if (state.on < 0) state.on = sysLogIsOn();
  return state.on > 0;
}

function cName(name: string): Uint8Array {
  return utf8Encode(`${name}\0`);
}

/** Is this section logged? Ask before computing what is costly. */
export function logWanted(section: string): boolean {
  return isOn() && sysLogWanted(cName(section)) !== 0;
}

/** Begins a section. */
export function logStart(section: string): void {
  if (isOn()) sysLogStart(cName(section));
}

/** Ends the section, and those begun in it that are still open. */
export function logStop(section: string): void {
  if (isOn()) sysLogStop(cName(section));
}

/** A line within the current section. */
export function logPrint(text: string): void {
  if (!isOn()) return;
  const bytes = utf8Encode(text);
  sysLogText(bytes, bytes.length);
}

/**
 * `name=value` within the current section; several follow on one line. `rtslog summary` adds them up. The name consists
 * of letters, digits and hyphens.
 */
export function logNumber(name: string, value: int): void {
  if (isOn()) sysLogNumber(cName(name), value);
}
