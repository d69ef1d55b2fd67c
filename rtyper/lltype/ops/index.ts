/** The whole low-level operation table, merged from its topics. */
import { ARITH_OPS } from "./arith.ts";
import { CALL_OPS } from "./calls.ts";
import { GC_OPS } from "./gc.ts";
import type { OpInfo } from "./info.ts";
import { JIT_OPS } from "./jit.ts";
import { MEMORY_OPS } from "./memory.ts";

export const OPS = { ...ARITH_OPS, ...MEMORY_OPS, ...CALL_OPS, ...GC_OPS } as const satisfies Record<string, OpInfo>;

/** Operations that backends see. */
export type OpName = keyof typeof OPS;

/** Those, and the hints for the JIT. */
const ALL_OPS: Readonly<Record<string, OpInfo | undefined>> = { ...OPS, ...JIT_OPS };

/** The table row of an operation, null for a name that is not in the table. */
export function findOp(name: string): OpInfo | null {
  return ALL_OPS[name] ?? null;
}

/** The table row of an operation; throws for a name that is not in the table. */
export function opInfo(name: string): OpInfo {
  const info = ALL_OPS[name];
  if (info === undefined) throw new Error(`unknown low-level operation ${name}`);
  return info;
}
