/**
 * What the tracer knows about boxes while it records, so that it does not record the same guard twice: bits of
 * `Box.facts`. The optimizer has better knowledge and does not look at these.
 */
import type { int } from "../../rlib/types.ts";
import { Box, type Value } from "../format/values.ts";

/** A guard_class was recorded, or the object was made in this trace: its class is that of the concrete object. */
export const FACT_CLASS = 1;
export const FACT_NONNULL = 2;
/** Made in this trace and not stored or passed anywhere yet. */
export const FACT_FRESH = 4;
/** Guarded to be another object than the trace's virtualizable. */
export const FACT_OTHER_VIRTUALIZABLE = 8;

export function addFact(value: Value, fact: int): void {
  if (value instanceof Box) value.facts |= fact;
}

export function hasFact(value: Value, fact: int): boolean {
  return value instanceof Box && (value.facts & fact) !== 0;
}

/** The object escapes: someone else may know it from now on. */
export function markEscaped(value: Value): void {
  if (value instanceof Box) value.facts &= ~FACT_FRESH;
}
