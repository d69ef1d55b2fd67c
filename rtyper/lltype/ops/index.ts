/** The whole low-level operation table, merged from its topics. */
import { ARITH_OPS } from "./arith.ts";
import { CALL_OPS } from "./calls.ts";
import { GC_OPS } from "./gc.ts";
import type { OpInfo } from "./info.ts";
import { MEMORY_OPS } from "./memory.ts";

export const OPS = { ...ARITH_OPS, ...MEMORY_OPS, ...CALL_OPS, ...GC_OPS } as const satisfies Record<string, OpInfo>;

export type OpName = keyof typeof OPS;

/** The table row of an operation; throws for a name that is not in the table. */
export function opInfo(name: string): OpInfo {
  const info = (OPS as Record<string, OpInfo>)[name];
  if (info === undefined) throw new Error(`unknown low-level operation ${name}`);
  return info;
}
