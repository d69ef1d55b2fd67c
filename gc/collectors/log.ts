// What collectors write into the common log (`rlib/log.ts` is the same log for programs): sections gc-minor and
// gc-collect with numbers. It allocates nothing: names are prebuilt bytes ending in a zero, handed to the C side as
// they are.
//
// Ask `isLogged()` once per collection and skip the rest when it says no: it is one load.
import { symbolAddress } from "../../rlib/lowlevel.ts";
import { sysLogNumber, sysLogStart, sysLogStop } from "../../rlib/syslog.ts";
import type { int } from "../../rlib/types.ts";

function cName(name: string): Uint8Array {
  return new TextEncoder().encode(`${name}\0`);
}

/** A collection of the young objects only. */
export const GC_MINOR: Uint8Array = cName("gc-minor");
/** A collection of everything, or one step of it. */
export const GC_COLLECT: Uint8Array = cName("gc-collect");
/** Parts of a collection of everything, nested in it. */
export const GC_MARK: Uint8Array = cName("gc-mark");
export const GC_SWEEP: Uint8Array = cName("gc-sweep");

/** Bytes in use before the collection. */
export const BEFORE: Uint8Array = cName("before");
/** Bytes in use after it. */
export const AFTER: Uint8Array = cName("after");
/** Bytes copied or promoted by a collection of the young. */
export const SURVIVED: Uint8Array = cName("survived");
/** Memory held from the system, in bytes. */
export const TOTAL: Uint8Array = cName("total");
/** Old objects that a write barrier had remembered. */
export const REMEMBERED: Uint8Array = cName("remembered");
/** Slots of the shadow stack. */
export const ROOTS: Uint8Array = cName("roots");

/** Is there a log at all? */
export function isLogged(): boolean {
  return symbolAddress("rts_log_on").loadWord(0) !== 0;
}

/** Begins a section. */
export function startSection(section: Uint8Array): void {
  if (isLogged()) sysLogStart(section);
}

/** Ends it. */
export function stopSection(section: Uint8Array): void {
  if (isLogged()) sysLogStop(section);
}

/** `name=value` in the current section. */
export function logNumber(name: Uint8Array, value: int): void {
  if (isLogged()) sysLogNumber(name, value);
}
