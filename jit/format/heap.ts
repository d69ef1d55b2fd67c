/**
 * What the JIT may ask about objects that exist while it compiles: it folds reads of what never changes. The
 * metainterp's interface to the program's memory extends this; the optimizer sees only this much of it.
 */
import type { GcRef } from "../../rlib/lowlevel.ts";
import type { float, int } from "../../rlib/types.ts";
import type { ArrayDescr, CallDescr, FieldDescr, SizeDescr } from "./descr.ts";
import type { Value } from "./values.ts";

export abstract class HeapReader {
  abstract getFieldInt(object: GcRef, field: FieldDescr): int;
  abstract getFieldRef(object: GcRef, field: FieldDescr): GcRef | null;
  abstract getFieldFloat(object: GcRef, field: FieldDescr): float;
  abstract getItemInt(array: GcRef, index: int, descr: ArrayDescr): int;
  abstract getItemRef(array: GcRef, index: int, descr: ArrayDescr): GcRef | null;
  abstract getItemFloat(array: GcRef, index: int, descr: ArrayDescr): float;
  abstract arrayLength(array: GcRef, descr: ArrayDescr): int;
  abstract stringLength(text: GcRef): int;
  abstract stringUnit(text: GcRef, index: int): int;
  /** A new prebuilt string: the optimizer folds concatenations of constants. Null when it cannot be made now. */
  abstract makeString(units: int[]): GcRef | null;
  /** Class id of an object. */
  abstract classOf(object: GcRef): int;
  /** Is this class the descriptor's or below? */
  abstract isSubclass(classId: int, of: SizeDescr): boolean;
  /**
   * Calls an elidable function (operand 0 its address, then arguments; all constants). Null when it raised or cannot
   * be called now; then the call stays in the trace.
   */
  abstract callElidable(args: Value[], descr: CallDescr): Value | null;
}
