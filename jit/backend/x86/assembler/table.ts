// Which emitter writes which operation: one entry for each row of the trace operations' table, or this file fails to load.
import { TRACE_OPS } from "../../../format/traceops.ts";
import { ALLOCATION } from "./allocation.ts";
import { ARITH } from "./arith.ts";
import type { Emitter } from "./assembler.ts";
import { CALLS } from "./calls.ts";
import { FLOATS } from "./floats.ts";
import { GUARDS } from "./guards.ts";
import { MEMORY } from "./memory.ts";

const BY_NAME: Record<string, Emitter> = { ...ARITH, ...FLOATS, ...MEMORY, ...ALLOCATION, ...GUARDS, ...CALLS };

/** Emitters by opnum. */
export const EMITTERS: readonly Emitter[] = TRACE_OPS.map((row) => {
  const emitter = BY_NAME[row.name];
  if (emitter === undefined) throw new Error(`the x86 assembler has no emitter for ${row.name}`);
  return emitter;
});
