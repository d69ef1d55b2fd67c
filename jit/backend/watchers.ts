/**
 * What depends on a quasi-immutable field of one object: held by the object's hidden field, so that a change finds it.
 * Loops that were invalidated or thrown away are dropped when the next one is added.
 */
import type { LoopToken } from "../format/descr.ts";

export class Watchers {
  #loops: LoopToken[] = [];

  add(loop: LoopToken): void {
    const kept: LoopToken[] = [];
    for (const other of this.#loops) if (!other.invalidated && other !== loop) kept.push(other);
    kept.push(loop);
    this.#loops = kept;
  }

  /** All loops that depend on the field; none does afterwards. */
  take(): LoopToken[] {
    const loops = this.#loops;
    this.#loops = [];
    return loops;
  }
}
