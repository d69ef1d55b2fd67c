/** How compiled code is left for good: with a result, or with an exception. */
import type { int } from "../../rlib/types.ts";
import { GuardDescr } from "../format/descr.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../format/traceops.ts";

/** Exit of a `finish` with a result of a kind (the operand), or with an exception (the operand). */
export class FinishDescr extends GuardDescr {
  readonly kind: int;
  readonly raises: boolean;

  constructor(name: string, kind: int, raises: boolean) {
    super(name);
    this.kind = kind;
    this.raises = raises;
  }
}

/** Exit of a guard_no_exception that lets the exception go on to the caller. */
export class PropagateDescr extends GuardDescr {}

export const FINISH_INT: FinishDescr = new FinishDescr("done_int", KIND_INT, false);
export const FINISH_REF: FinishDescr = new FinishDescr("done_ref", KIND_REF, false);
export const FINISH_FLOAT: FinishDescr = new FinishDescr("done_float", KIND_FLOAT, false);
export const FINISH_VOID: FinishDescr = new FinishDescr("done_void", KIND_VOID, false);
export const FINISH_RAISE: FinishDescr = new FinishDescr("raise", KIND_REF, true);
export const PROPAGATE: PropagateDescr = new PropagateDescr("propagate");

export function finishOfKind(kind: int): FinishDescr {
  if (kind === KIND_INT) return FINISH_INT;
  if (kind === KIND_REF) return FINISH_REF;
  return kind === KIND_FLOAT ? FINISH_FLOAT : FINISH_VOID;
}
