// Which compiled code may go: what nobody outside needs, no frame runs, and no code that stays jumps to or calls.

import { isFrameEntry } from "../../../../gc/collectors/machinecode.ts";
import { shadowBase, shadowTop } from "../../../../gc/collectors/vm.ts";
import { type Address, wordBytes } from "../../../../rlib/lowlevel.ts";
import type { int } from "../../../../rlib/types.ts";
import { type Block, NativeLoop } from "./block.ts";

/** Marks what is in use among the loops; the others can go. `blocks` finds blocks by number. */
export function markReached(loops: readonly NativeLoop[], blocks: readonly (Block | null)[], blockOffset: int): void {
  const work: NativeLoop[] = [];
  for (const loop of loops) {
    loop.isReached = false;
    if (!loop.isFree) reach(loop, work);
  }
  const top = shadowTop();
  for (let slot = shadowBase(); slot.below(top); slot = slot.add(wordBytes())) {
    const entry = slot.loadAddress(0);
    if (isFrameEntry(entry)) reachFrame(entry, blocks, blockOffset, work);
  }
  for (let loop = work.pop(); loop !== undefined; loop = work.pop()) {
    for (const block of loop.blocks) {
      for (const target of block.targets) if (target.owner !== null) reach(target.owner, work);
      for (const token of block.calls) if (token.compiled instanceof NativeLoop) reach(token.compiled, work);
    }
  }
}

function reach(loop: NativeLoop, work: NativeLoop[]): void {
  if (loop.isReached) return;
  loop.isReached = true;
  work.push(loop);
}

/** The loop through which a frame was entered is in use, and with it all that it jumps to. */
function reachFrame(entry: Address, blocks: readonly (Block | null)[], blockOffset: int, work: NativeLoop[]): void {
  const number = entry.add(blockOffset - 1).loadWord(0);
  const block = blocks[number];
  if (block !== undefined && block !== null && block.owner !== null) reach(block.owner, work);
}
