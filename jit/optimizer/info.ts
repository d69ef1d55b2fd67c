/**
 * What the optimizer knows about a value, kept in `Box.info`.
 *
 * Knowledge only grows along a trace: a guard adds to it, nothing takes it back (what heap fields hold is not knowledge
 * of this sort; `heap` keeps that). A virtual is an object whose allocation was put off: its info holds its contents.
 * When it has to exist after all it is made from them, and its box is forwarded to the new operation.
 */
import type { int } from "../../rlib/types.ts";
import type { ArrayDescr, CallDescr, SizeDescr } from "../format/descr.ts";
import { type Value, ValueInfo } from "../format/values.ts";
import type { IntBound } from "./bounds.ts";

/** `x <= other + offset`, exactly, where x is the value whose info holds it. */
export class Edge {
  readonly other: Value;
  readonly offset: int;

  constructor(other: Value, offset: int) {
    this.other = other;
    this.offset = offset;
  }
}

export class IntInfo extends ValueInfo {
  bound: IntBound;
  /** Known relations to other values; null for none. */
  edges: Edge[] | null = null;

  constructor(bound: IntBound) {
    super();
    this.bound = bound;
  }
}

/** Class ids are not negative. */
export const UNKNOWN_CLASS = -1;

export class RefInfo extends ValueInfo {
  nonNull: boolean = false;
  /** Exact class id, if known. */
  classId: int = UNKNOWN_CLASS;
  /** It is of this class or below, if known. */
  atLeast: SizeDescr | null = null;
  /** Place, among the emitted operations, of the guard that said what is known; -1 if it was no guard. */
  guardAt: int = -1;
  /** Allocated in this segment: different from all other such and from all that existed before. */
  fresh: boolean = false;
}

/** An object that was not allocated. */
export abstract class VirtualInfo extends RefInfo {
  constructor() {
    super();
    this.nonNull = true;
    this.fresh = true;
  }
}

/** A struct or instance. */
export class VirtualStruct extends VirtualInfo {
  readonly descr: SizeDescr;
  /** By slot; null is a field never assigned: zero. */
  readonly fields: (Value | null)[];

  constructor(descr: SizeDescr, fields: (Value | null)[]) {
    super();
    this.descr = descr;
    this.fields = fields;
    if (descr.hasClass) this.classId = descr.classId;
  }
}

/** An array of scalars or references. */
export class VirtualArray extends VirtualInfo {
  readonly descr: ArrayDescr;
  /** Null is an item never assigned: zero, or undefined unless `clear`. */
  readonly items: (Value | null)[];
  readonly clear: boolean;

  constructor(descr: ArrayDescr, items: (Value | null)[], clear: boolean) {
    super();
    this.descr = descr;
    this.items = items;
    this.clear = clear;
  }
}

/** An array of structs. */
export class VirtualStructArray extends VirtualInfo {
  readonly descr: ArrayDescr;
  readonly count: int;
  /** Field `slot` of item i is at `i * fields per item + slot`; null is zero. */
  readonly items: (Value | null)[];

  constructor(descr: ArrayDescr, count: int, items: (Value | null)[]) {
    super();
    this.descr = descr;
    this.count = count;
    this.items = items;
  }
}

/** A string under construction, of constant length. */
export class VirtualText extends VirtualInfo {
  /** Null is a unit not yet assigned. */
  readonly units: (Value | null)[];

  constructor(units: (Value | null)[]) {
    super();
    this.units = units;
  }
}

/** The result of an elidable call that was not done: a concatenation, a slice, a string of one unit. */
export class VirtualCall extends VirtualInfo {
  readonly descr: CallDescr;
  /** The function's address and its arguments. */
  readonly args: Value[];

  constructor(descr: CallDescr, args: Value[]) {
    super();
    this.descr = descr;
    this.args = args;
  }
}
