/** Iteration over strings by code points, and over iterables into lists. */
import type { int } from "../../rlib/types.ts";
import { codePointLength } from "./string.ts";

/** A running iteration: where the current code point starts, and where the next one does. */
export interface LowStringIterator {
  source: string;
  at: int;
  next: int;
}

export function stringIteratorAdvance(it: LowStringIterator): boolean {
  const at = it.next;
  it.at = at;
  if (at >= it.source.length) return false;
  it.next = at + codePointLength(it.source, at);
  return true;
}

/** Calls `take` for each item of an iterator, which `advance` moves. */
export function drain<I, O>(it: I, advance: (it: I) => boolean, take: (it: I, out: O) => void, out: O): void {
  while (advance(it)) take(it, out);
}
