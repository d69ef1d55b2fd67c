/**
 * Removes operations whose result nothing uses: backwards through one segment, so that what only dead operations use
 * is dead too. Guards' failArgs are uses.
 */
import type { int } from "../../rlib/types.ts";
import { CallDescr } from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { Box, type Op, type Value } from "../format/values.ts";

/** `Box.number` of a value that is used; unused ones have another. */
const USED = 1;
const UNUSED = 0;

/** The operations that have an effect or a use. */
export function removeDead(all: readonly Op[]): Op[] {
  for (const op of all) op.number = UNUSED;
  const kept: Op[] = [];
  for (let i = all.length - 1; i >= 0; i--) {
    const op = all[i];
    if (op.number !== USED && isRemovable(op)) continue;
    kept.push(op);
    mark(op.args, USED);
    const failArgs = op.failArgs;
    if (failArgs !== null) mark(failArgs, USED);
  }
  for (const op of all) {
    op.number = -1;
    mark(op.args, -1);
    const failArgs = op.failArgs;
    if (failArgs !== null) mark(failArgs, -1);
  }
  return kept.reverse();
}

function mark(values: readonly Value[], number: int): void {
  for (const value of values) if (value instanceof Box) value.number = number;
}

/** Has it no effect besides its result? */
function isRemovable(op: Op): boolean {
  if (ops.hasFlag(op.opnum, ops.OVERFLOW)) return false;
  if (ops.hasFlag(op.opnum, ops.PURE | ops.READ | ops.ALLOC)) return op.opnum !== ops.VIRTUAL_REF;
  const descr = op.descr;
  if (!ops.hasFlag(op.opnum, ops.CALL) || !(descr instanceof CallDescr)) return false;
  return descr.effect.isElidable && !descr.effect.canRaise && op.opnum <= ops.CALL_PURE_N;
}
