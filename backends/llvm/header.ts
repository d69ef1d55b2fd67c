/** The header word: type id in its lower half, the collector's flags in its upper half. */
import type { World } from "./world.ts";

export { TYPE_ENTRY_SIZE, TYPE_TABLE_SYMBOL, TYPE_VTABLE, VTABLE_TYPE_ID } from "../../gc/typetable.ts";

/** LLVM type and size of half a header. */
export function headerHalf(world: World): { type: "i16" | "i32"; bytes: 2 | 4 } {
  return world.layout.wordBytes === 8 ? { type: "i32", bytes: 4 } : { type: "i16", bytes: 2 };
}

/** The flag by which the C runtime's allocators find the identity hash behind a prebuilt object. */
export const C_HASH_FLAG = 4;
