/** What the optimizer is given: the program's memory, the writer of resume data, the width of a word. */
import { ControlFlow } from "../../rlib/errors.ts";
import { type GcRef, sameObject } from "../../rlib/lowlevel.ts";
import type { int } from "../../rlib/types.ts";
import type { FieldDescr, PendingStore, SizeDescr } from "../format/descr.ts";
import type { HeapReader } from "../format/heap.ts";
import type { Op, Value } from "../format/values.ts";
import type { VirtualInfo } from "./info.ts";

/** A guard is known to fail each time: the trace is of no use. */
export class InvalidLoop extends ControlFlow {}

/** What a guard encoder may ask while the trace is optimized up to the guard. */
export abstract class TraceState {
  /** What a recorded value is now: a constant, or a box (virtual or not). */
  abstract resolve(value: Value): Value;
  /** The contents of a resolved value that was not allocated; null of all others. */
  abstract virtualOf(value: Value): VirtualInfo | null;
}

/** Writes resume data. */
export abstract class GuardEncoder {
  /**
   * A guard is about to be emitted: sets `guard.failArgs` to boxes that are not virtual and `guard.descr` to what
   * describes the exit from them. `guard.snapshot` is as recorded. The exit does the pending stores (whose objects are
   * not virtual, whose values are) after making virtuals.
   */
  abstract encode(guard: Op, state: TraceState, pending: readonly PendingStore[]): void;
}

/** Descriptors of the struct that stands for a perhaps virtual object (virtual_ref). */
export class VirtualRefDescrs {
  readonly struct: SizeDescr;
  /** The frame's token while the object is virtual, null afterwards. */
  readonly token: FieldDescr;
  /** The object once it exists. */
  readonly forced: FieldDescr;

  constructor(struct: SizeDescr, token: FieldDescr, forced: FieldDescr) {
    this.struct = struct;
    this.token = token;
    this.forced = forced;
  }
}

export class OptimizeEnv {
  readonly heap: HeapReader;
  readonly encoder: GuardEncoder;
  /** Bits of a word. */
  readonly bits: int;
  /** Null if the program has no virtual references. */
  virtualRef: VirtualRefDescrs | null = null;
  /** Do boxes carry the concrete values of the run that was recorded? Bridges then enter only labels that fit them. */
  hasConcrete: boolean = false;

  constructor(heap: HeapReader, encoder: GuardEncoder, bits: int) {
    this.heap = heap;
    this.encoder = encoder;
    this.bits = bits;
  }
}

/** A field of an object that must not change while the trace is valid. */
export class QuasiDependency {
  readonly object: GcRef;
  readonly field: FieldDescr;

  constructor(object: GcRef, field: FieldDescr) {
    this.object = object;
    this.field = field;
  }

  isSame(other: QuasiDependency): boolean {
    return this.field === other.field && sameObject(this.object, other.object);
  }
}
