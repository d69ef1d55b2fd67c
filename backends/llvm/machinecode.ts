/**
 * What code made at run time must know of the program it is put into, as one table of words (`rts_jit_config`): the
 * shape of headers and strings, and the collector's rules. `jit/backend/x86/runtime.ts` reads it in this order.
 */
import { STRING } from "../../rtyper/lltype/types.ts";
import type { Module } from "./module.ts";

/** Objects of up to so many bytes come from the bump allocator's chunk. */
const BUMP_LIMIT = 1 << 16;

export function defineMachineCodeFacts(module: Module): void {
  const { world, word } = module;
  const { gc, types, layout } = world;
  const { collector } = gc;
  const isBump = collector === null && gc.allocator === "bump";
  const barrier = collector?.barrier ?? null;
  const string = types.has(STRING) ? layout.itemsOf(STRING) : null;
  const stackOverflow = world.systemErrors.get("StackOverflowError");
  const words: (number | string)[] = [
    layout.typePointer ? 1 : 0,
    barrier?.flagMask ?? 0,
    barrier?.cards?.flagMask ?? 0,
    barrier?.cards?.shift ?? 0,
    barrier?.cards?.before ?? 0,
    collector === null ? (isBump ? BUMP_LIMIT : 0) : collector.allocation.inlineLimit,
    collector === null || collector.allocation.zeroedNursery ? 1 : 0,
    collector?.allocation.moves === true ? 1 : 0,
    string === null ? 0 : types.entryOf(STRING).typeId,
    string?.lengthOffset ?? 0,
    string?.itemsOffset ?? 0,
    stackOverflow === undefined ? 0 : `ptrtoint (ptr ${module.dataRef(stackOverflow)} to ${word})`,
  ];
  const list = words.map((w) => `${word} ${w}`).join(", ");
  module.define("rts_jit_config", `@rts_jit_config = hidden constant [${words.length} x ${word}] [${list}], align 8`);
}
