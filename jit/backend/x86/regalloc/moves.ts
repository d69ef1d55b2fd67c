// Parallel moves: many locations get new values at once (jumps to labels, arguments of calls).
//
// Moves whose destination is no other move's source go first; what then remains are cycles, each broken by putting one
// source into the assembler's own register. Slots and registers are whole locations, so two of them never overlap in
// part; outgoing argument words are never sources.
import type { int } from "../../../../rlib/types.ts";
import { isConstant } from "../machine.ts";

/** Whoever carries out single moves. */
export abstract class Mover {
  /** Copies a value of that kind. `from` may be a constant; `to` may not. Leaves the flags or not: nobody relies on it. */
  abstract move(from: int, to: int, kind: int): void;
  /** The location that breaks cycles of values of a kind. */
  abstract cycleBreaker(kind: int): int;
}

/** Moves collected, then carried out together. */
export class ParallelMoves {
  readonly #from: int[] = [];
  readonly #to: int[] = [];
  readonly #kind: int[] = [];

  /** Adds a move; destinations are distinct. */
  add(from: int, to: int, kind: int): void {
    if (from === to) return;
    this.#from.push(from);
    this.#to.push(to);
    this.#kind.push(kind);
  }

  /** Carries out all moves and forgets them. */
  perform(mover: Mover): void {
    while (this.#from.length > 0) {
      if (!this.#performFree(mover)) this.#breakCycle(mover);
    }
  }

  /** Performs moves that overwrite no source; false if there is none. Constants go last: they keep nothing waiting. */
  #performFree(mover: Mover): boolean {
    let progress = false;
    for (let i = this.#from.length - 1; i >= 0; i--) {
      const from = this.#from[i] as int;
      const to = this.#to[i] as int;
      if (isConstant(from) && this.#from.length > 1 && this.#hasOthers()) continue;
      if (this.#isSource(to, i)) continue;
      mover.move(from, to, this.#kind[i] as int);
      this.#remove(i);
      progress = true;
    }
    return progress;
  }

  #hasOthers(): boolean {
    for (const from of this.#from) if (!isConstant(from)) return true;
    return false;
  }

  #isSource(location: int, except: int): boolean {
    for (let i = 0; i < this.#from.length; i++) if (i !== except && this.#from[i] === location) return true;
    return false;
  }

  #remove(i: int): void {
    const last = this.#from.length - 1;
    this.#from[i] = this.#from[last] as int;
    this.#to[i] = this.#to[last] as int;
    this.#kind[i] = this.#kind[last] as int;
    this.#from.pop();
    this.#to.pop();
    this.#kind.pop();
  }

  /** Every destination is a source: one source moves aside, and whoever wanted it takes it from there. */
  #breakCycle(mover: Mover): void {
    for (let i = 0; i < this.#from.length; i++) {
      const from = this.#from[i] as int;
      if (isConstant(from)) continue;
      const kind = this.#kind[i] as int;
      const aside = mover.cycleBreaker(kind);
      mover.move(from, aside, kind);
      for (let k = 0; k < this.#from.length; k++) if (this.#from[k] === from) this.#from[k] = aside;
      return;
    }
  }
}
