// Where control enters and leaves a trace: labels, jumps, finish.
//
// At a label the values that the following operations want in registers get them, as many as there are, soonest use
// first; the rest waits in slots. A value that comes back to the label unchanged may be in both places at once, and then
// the label asks for both: it costs nothing, and saves the store when the loop has to give up the register.
import type { int } from "../../../../rlib/types.ts";
import type { Descr } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import type { Box, Op, Value } from "../../../format/values.ts";
import { NOWHERE, RAX, XMM } from "../encoder/registers.ts";
import { type Allocator, ANY_REGISTER } from "./allocator.ts";
import { NEVER } from "./liveness.ts";
import { NOBODY } from "./places.ts";
import { LabelPlace } from "./sink.ts";

/** What a jump carries to a label had better be made where the label wants it. */
export function giveHints(a: Allocator, jumpOp: Op, place: LabelPlace): void {
  for (let i = 0; i < jumpOp.args.length; i++) {
    const value = jumpOp.args[i] as Value;
    if (!value.isConstant) a.hints[(value as Box).number] = place.locations[i] as int;
  }
}

/** The jump that ends this trace at the label, or null if it goes elsewhere. */
function jumpBackTo(a: Allocator, token: Descr): Op | null {
  const last = a.trace.ops[a.trace.ops.length - 1] as Op;
  return last.opnum === t.JUMP && last.descr === token ? last : null;
}

export function label(a: Allocator, op: Op): void {
  const token = op.descr as Descr;
  const back = jumpBackTo(a, token);
  const before = a.at > 0 ? (a.trace.ops[a.at - 1] as Op) : null;
  if (before !== null && before.opnum === t.JUMP) takeOver(a, op, before);
  keepOnly(a, op);
  bringIn(a, op);
  if (back !== null) copyInvariants(a, op, back);
  const locations: int[] = [];
  const copies: int[] = [];
  for (let i = 0; i < op.args.length; i++) {
    const n = (op.args[i] as Box).number;
    const isInvariant = back !== null && back.args[i] === op.args[i];
    const register = a.places.register[n] as int;
    const slot = a.places.slot[n] as int;
    if (register !== NOWHERE && slot !== NOWHERE && !isInvariant) a.places.unbindSlot(n);
    locations.push(register !== NOWHERE ? register : slot);
    copies.push(register !== NOWHERE && isInvariant ? slot : NOWHERE);
  }
  const place = new LabelPlace(locations, copies);
  if (back !== null) giveHints(a, back, place);
  a.sink.label(token, place);
  a.finish(op);
}

/**
 * The label's operands are boxes of its own, which get the values of the jump before it: where a value comes only once,
 * its new box takes over its places.
 */
function takeOver(a: Allocator, op: Op, before: Op): void {
  for (let i = 0; i < op.args.length; i++) {
    const box = op.args[i] as Box;
    const value = before.args[i] as Value;
    if (!value.isConstant && isFirst(before, i)) inherit(a, (value as Box).number, box.number);
  }
  for (let i = 0; i < op.args.length; i++) {
    const box = op.args[i] as Box;
    if (a.places.of(box.number) !== NOWHERE) continue;
    const from = sourceOf(a, op, before, i);
    const wanted = a.live.nextUse(box.number, a.at + 1) !== NEVER;
    const free = wanted ? a.places.findFree(box.kind, ANY_REGISTER, a.preferredFor(box)) : NOWHERE;
    if (free !== NOWHERE) {
      a.sink.move(from, free, box.kind);
      a.places.bind(box.number, free);
    } else a.sink.move(from, a.places.takeSlot(box.number, NOWHERE), box.kind);
  }
}

/** Is this the first operand of the jump with its value? */
function isFirst(jumpOp: Op, i: int): boolean {
  for (let k = 0; k < i; k++) if (jumpOp.args[k] === jumpOp.args[i]) return false;
  return true;
}

/** Where the value of the jump's operand i is, after the first operands took over theirs. */
function sourceOf(a: Allocator, op: Op, before: Op, i: int): int {
  const value = before.args[i] as Value;
  if (value.isConstant) return a.sink.constant(value);
  let k = 0;
  while (before.args[k] !== value) k += 1;
  return a.places.of((op.args[k] as Box).number);
}

function inherit(a: Allocator, from: int, to: int): void {
  const register = a.places.register[from] as int;
  const slot = a.places.slot[from] as int;
  if (register !== NOWHERE) {
    a.places.unbind(from);
    a.places.bind(to, register);
  }
  if (slot !== NOWHERE) {
    a.places.unbindSlot(from);
    a.places.bindSlot(to, slot);
  }
}

/** Only its operands may live on behind a label; those that nothing reads there still need a place. */
function keepOnly(a: Allocator, op: Op): void {
  for (let n = 0; n < a.live.values.length; n++) {
    const isHere = a.places.of(n) !== NOWHERE;
    if (isHere && !isOperand(op, n)) {
      if (a.live.livesAfter(n, a.at)) throw new Error("a value lives across a label that does not name it");
      a.places.free(n);
    }
  }
}

function isOperand(op: Op, n: int): boolean {
  for (const value of op.args) if ((value as Box).number === n) return true;
  return false;
}

/** Brings the operands whose use comes soonest into registers, and sends those that have none to slots. */
function bringIn(a: Allocator, op: Op): void {
  const waiting: Box[] = [];
  for (const value of op.args) {
    const n = (value as Box).number;
    if (a.places.of(n) === NOWHERE) throw new Error("an operand of a label has no value");
    if (a.live.nextUse(n, a.at + 1) !== NEVER) waiting.push(value as Box);
    else if (a.places.register[n] !== NOWHERE) {
      a.spill(n);
      a.places.unbind(n);
    }
  }
  waiting.sort((x, y) => a.live.nextUse(x.number, a.at + 1) - a.live.nextUse(y.number, a.at + 1));
  for (const value of waiting) {
    const n = value.number;
    if (a.places.register[n] !== NOWHERE) continue;
    const free = a.places.findFree(value.kind, ANY_REGISTER, a.preferredFor(value));
    if (free === NOWHERE) continue;
    a.sink.move(a.places.slot[n] as int, free, value.kind);
    a.places.bind(n, free);
  }
}

/** What the loop does not change and a call in it would have to store is stored once, before the loop. */
function copyInvariants(a: Allocator, op: Op, back: Op): void {
  const calls = (a.nextCall[a.at] as int) !== NEVER;
  for (let i = 0; i < op.args.length; i++) {
    const value = op.args[i] as Box;
    if (back.args[i] !== value || a.places.register[value.number] === NOWHERE) continue;
    if (calls && value.kind !== t.KIND_INT) a.spill(value.number);
  }
}

export function jump(a: Allocator, op: Op): void {
  const token = op.descr as Descr;
  const next = a.at + 1 < a.trace.ops.length ? (a.trace.ops[a.at + 1] as Op) : null;
  // The label that follows takes over what the jump carries.
  if (next !== null && next.opnum === t.LABEL && next.descr === token) return;
  const place = a.sink.placeOf(token);
  for (let i = 0; i < op.args.length; i++) {
    const value = op.args[i] as Value;
    const to = place.locations[i] as int;
    const copy = place.copies[i] as int;
    const n = value.isConstant ? NOBODY : (value as Box).number;
    if (to === NOWHERE) continue;
    if (n === NOBODY || !isAt(a, n, to)) a.moves.add(a.locationOf(value), to, value.kind);
    if (copy !== NOWHERE && (n === NOBODY || a.places.slot[n] !== copy))
      a.moves.add(a.locationOf(value), copy, value.kind);
  }
  a.moves.perform(a.sink);
  a.sink.jump(token);
  a.finish(op);
}

function isAt(a: Allocator, n: int, location: int): boolean {
  return a.places.register[n] === location || a.places.slot[n] === location;
}

/** Leaves the trace with the operand in the register of results. */
export function finish(a: Allocator, op: Op): void {
  if (op.args.length > 0) {
    const value = op.args[0] as Value;
    const register = value.kind === t.KIND_FLOAT ? XMM : RAX;
    a.moves.add(a.locationOf(value), register, value.kind);
    a.moves.perform(a.sink);
    a.instruction.args.push(register);
  }
  a.emit(op);
}
