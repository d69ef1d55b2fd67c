/**
 * Prebuilt data: live objects become containers of simulated memory. Each (object, repr) has one container, made at the
 * first request and filled later from a queue, because data is cyclic and deep, and because structs are defined only when
 * all graphs are lowered. A container's name is the path by which the object was first met.
 */
import { type LowContainer, LowFunction } from "./lltype/memory.ts";
import type { ConstPlace, Repr, Typer } from "./repr.ts";

export class ConstantPool {
  readonly #typer: Typer;
  readonly #made = new Map<object, Map<Repr, LowContainer>>();
  readonly #queue: (() => void)[] = [];

  constructor(typer: Typer) {
    this.#typer = typer;
  }

  place(path: string): ConstPlace {
    return new Place(this.#typer, this, path);
  }

  container<C extends LowContainer>(
    value: object,
    repr: Repr,
    create: () => C,
    fill: (made: C, place: ConstPlace) => void,
    place: ConstPlace,
  ): C {
    let byRepr = this.#made.get(value);
    if (byRepr === undefined) {
      byRepr = new Map();
      this.#made.set(value, byRepr);
    }
    const found = byRepr.get(repr);
    if (found !== undefined) return found as C;
    const made = create();
    if (!(made instanceof LowFunction) && made.name === null) made.name = this.#typer.uniqueName(place.path);
    byRepr.set(repr, made);
    this.#queue.push(() => fill(made, place));
    return made;
  }

  /** Whether something is still to be filled. */
  get isPending(): boolean {
    return this.#queue.length > 0;
  }

  /** Fills what has been asked for, and what that asks for. */
  fillAll(): boolean {
    let any = false;
    for (let fill = this.#queue.pop(); fill !== undefined; fill = this.#queue.pop()) {
      fill();
      any = true;
    }
    return any;
  }
}

class Place implements ConstPlace {
  readonly typer: Typer;
  readonly path: string;
  readonly #pool: ConstantPool;

  constructor(typer: Typer, pool: ConstantPool, path: string) {
    this.typer = typer;
    this.#pool = pool;
    this.path = path;
  }

  child(suffix: string): ConstPlace {
    return new Place(this.typer, this.#pool, `${this.path}${suffix}`);
  }

  prebuilt<C extends LowContainer>(
    value: object,
    repr: Repr,
    create: () => C,
    fill: (made: C, place: ConstPlace) => void,
  ): C {
    return this.#pool.container(value, repr, create, fill, this);
  }
}
