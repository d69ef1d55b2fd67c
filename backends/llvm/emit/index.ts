/** The emitter of every operation; an operation of the table without one is a compile error. */
import type { OpName } from "../../../rtyper/lltype/ops/index.ts";
import { ARITH } from "./arith.ts";
import { CALLS } from "./calls.ts";
import type { Emit } from "./emitter.ts";
import { GC } from "./gc.ts";
import { MEMORY } from "./memory.ts";

export const EMITTERS: Record<OpName, Emit> = { ...ARITH, ...MEMORY, ...CALLS, ...GC };
