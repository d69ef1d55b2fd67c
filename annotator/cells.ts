/**
 * Cells: the places where types accumulate across functions: items of lists, keys and values of maps, fields,
 * captured variables, parameters and results. When values that reach two cells meet, the cells are unified
 * (union-find), so one object has one type wherever it is reached from.
 *
 * A cell remembers who read it (to flow those blocks again when it grows) and how it came to its type (for the chain
 * of inferences in messages). Live data is poured in only when a cell is first used by run-time code: an import-time
 * field that the program never touches costs nothing and is never refused.
 *
 * This file holds data only; merging and unification are in `union.ts`.
 */
import type { SourcePosition } from "../translator/diagnostics/position.ts";
import type { Value } from "../translator/flow/model.ts";
import type { DeclaredType } from "./declared.ts";
import type { FunctionSpecialization } from "./functions.ts";
import { NOTHING, type Nulls, SomeInt, SomeTuple, type SomeValue } from "./model.ts";

/** A block of a specialization, flowed again when a cell that it read has grown. */
export interface Reader {
  /** Puts the block into the work list. */
  reflow(): void;
}

/** Why a cell grew: read backwards, these give the chain of inferences. */
export interface Inflow {
  /** What the value was. */
  readonly type: SomeValue;
  /** In words: "argument 1 of push", "returned", "prebuilt table[3].x". */
  readonly what: string;
  readonly position: SourcePosition | null;
  /** The operand that flowed in and the function it stands in, to go on from. */
  readonly from: { readonly value: Value; readonly specialization: FunctionSpecialization } | null;
  /** The cell it came from, when two cells were unified or a cell flows into another. */
  readonly cell: TypeCell | null;
}

export class TypeCell {
  /** For messages: "items of the list", "field Frame.pc", "parameter n of fib". */
  readonly what: string;
  readonly position: SourcePosition | null;
  #forward: TypeCell | null = null;
  /** What has flowed in so far; of a representative only. Read it through `type`. */
  value: SomeValue = NOTHING;
  /** The contract, when the source declares the kind. */
  declared: DeclaredType | null = null;
  /** Of null and undefined the one that the declared type allows; 0 if neither or both, or if nothing is declared. */
  loneNull: Nulls = 0;
  readers: Set<Reader> | null = null;
  inflows: Inflow[] = [];
  /** Parameters, results and variables keep a lone constant; fields and items keep only those of references. */
  keepsConstants: boolean;
  /** A parameter or result that several functions have in common: a family of methods or function values. */
  isShared = false;
  /** Live data still to be poured in at first use; null once used. */
  pending: (() => void)[] | null = [];
  readonly id: number;

  constructor(what: string, position: SourcePosition | null = null, keepsConstants = false) {
    this.what = what;
    this.position = position;
    this.keepsConstants = keepsConstants;
    this.id = nextId++;
  }

  /** The representative of all cells unified with this one. */
  find(): TypeCell {
    if (this.#forward === null) return this;
    const root = this.#forward.find();
    this.#forward = root;
    return root;
  }

  /** Makes `other` the representative of this one; only `union.ts` does that. */
  forwardTo(other: TypeCell): void {
    this.#forward = other;
  }

  /** The type as known now; for the stages after the fixpoint and for messages. */
  get type(): SomeValue {
    return settled(this.find().value);
  }
}

/** A cell that the members of a family have in common. */
export function sharedCell(what: string): TypeCell {
  const cell = new TypeCell(what, null, true);
  cell.isShared = true;
  return cell;
}

let nextId = 1;

/** The type as it is when nothing more can decide it: an int-valued number is an int. */
export function settled(s: SomeValue): SomeValue {
  if (s.kind === "intValued") {
    const value = s.constant?.value;
    return new SomeInt(s.nulls, s.constant, typeof value === "number" && value >= 0);
  }
  if (!(s instanceof SomeTuple)) return s;
  const items = s.items.map(settled);
  return items.every((item, i) => item === s.items[i]) ? s : new SomeTuple(items, s.nulls, s.constant);
}

/** What all lists that can be the same object have in common. */
export class ListCell {
  #forward: ListCell | null = null;
  readonly item: TypeCell;
  /** Grows or shrinks after it was made: needs the over-allocated representation. */
  resized = false;
  /** An item is assigned after it was made. */
  assigned = false;
  /** Live arrays of this type that the program reaches. */
  prebuilt: unknown[][] = [];
  readonly position: SourcePosition | null;
  readonly id: number;

  constructor(position: SourcePosition | null) {
    this.position = position;
    this.item = new TypeCell("items of the list", position);
    this.id = nextId++;
  }

  find(): ListCell {
    if (this.#forward === null) return this;
    const root = this.#forward.find();
    this.#forward = root;
    return root;
  }

  forwardTo(other: ListCell): void {
    this.#forward = other;
  }
}

export class MapCell {
  #forward: MapCell | null = null;
  readonly key: TypeCell;
  readonly value: TypeCell;
  /** A WeakMap or WeakSet. */
  weak = false;
  prebuilt: (Map<unknown, unknown> | Set<unknown>)[] = [];
  readonly position: SourcePosition | null;
  readonly id: number;

  constructor(position: SourcePosition | null) {
    this.position = position;
    this.key = new TypeCell("keys of the map", position);
    this.value = new TypeCell("values of the map", position);
    this.id = nextId++;
  }

  find(): MapCell {
    if (this.#forward === null) return this;
    const root = this.#forward.find();
    this.#forward = root;
    return root;
  }

  forwardTo(other: MapCell): void {
    this.#forward = other;
  }
}
