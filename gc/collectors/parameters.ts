// What the environment asks of a collector. The run-time support reads the variables before `setup` into the words at
// `rts_gc_parameters`; 0 stands for "not set". `setParam` changes the same words later (`GC_PARAMETERS` in
// `gc/interface.ts` gives the indices of the first three).
import { symbolAddress, wordBytes } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";

/** RTS_GC_NURSERY: bytes of the nursery. */
export const NURSERY_BYTES = 0;
/** RTS_GC_MAJOR_FACTOR: percent of what lived after the last full collection at which the next one is due. */
export const MAJOR_FACTOR = 1;
/** RTS_GC_MAX: bytes that the heap may have. */
export const MAX_BYTES = 2;
/** RTS_GC_VERIFY: check the whole heap before and after each collection. */
export const VERIFY = 3;

/** A parameter's word; 0 when it is not set. */
export function parameter(index: int): int {
  return symbolAddress("rts_gc_parameters").loadWord(index * wordBytes());
}

export function setParameter(index: int, value: int): void {
  if (index >= NURSERY_BYTES && index <= MAX_BYTES)
    symbolAddress("rts_gc_parameters").storeWord(index * wordBytes(), value);
}

/** Whether `RTS_GC_STRESS` asks for a collection at every allocation. */
export function collectAlways(): boolean {
  return symbolAddress("rts_gc_stress").loadWord(0) !== 0;
}
