// Calls: what lives on is brought to where the callee leaves it alone, arguments go to their places in one parallel
// move, the result appears where the convention says.
//
// A reference that lives across a call that can collect must be in a slot, where the collector finds and updates it;
// its register is given up. Ints go to preserved registers as long as there are some. No xmm register survives a call.
import type { int } from "../../../../rlib/types.ts";
import { type CallDescr, EFFECT_FORCES } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import type { Box, Op, Value } from "../../../format/values.ts";
import { FIRST_SLOT, NOWHERE, RAX, XMM } from "../encoder/registers.ts";
import { CONVENTION_C, CONVENTION_FAST, OUTGOING } from "../machine.ts";
import { type Allocator, ANY_REGISTER } from "./allocator.ts";
import { NOBODY } from "./places.ts";

/** Does an operation overwrite registers as calls do? */
export function isCallLike(opnum: int): boolean {
  return t.hasFlag(opnum, t.CALL) || opnum === t.COPYSTRCONTENT;
}

/** Words before the inputs that call_assembler passes on the stack: room for the callee's own argument on x86-32. */
export function assemblerInputsStart(wide: boolean): int {
  return wide ? 0 : 4;
}

function convention(descr: CallDescr): int {
  return descr.isC ? CONVENTION_C : CONVENTION_FAST;
}

function canCollect(descr: CallDescr): boolean {
  return descr.effect.canCollect || descr.effect.extra >= EFFECT_FORCES;
}

export function call(a: Allocator, op: Op): void {
  const descr = op.descr as CallDescr;
  emitCall(a, op, 1, descr.arguments, convention(descr), canCollect(descr), false);
}

/** Copying units is a call of a helper that takes the five operands. */
export function copyUnits(a: Allocator, op: Op): void {
  emitCall(a, op, 0, "rriii", CONVENTION_FAST, false, false);
}

/** The guard after it resumes from what is in the frame while the call runs, so its exit values go to slots. */
export function callMayForce(a: Allocator, op: Op): void {
  const descr = op.descr as CallDescr;
  spillExits(a, op);
  emitCall(a, op, 1, descr.arguments, convention(descr), true, true);
}

/** Another loop: its inputs go to the stack in eight bytes each, in order. */
export function callAssembler(a: Allocator, op: Op): void {
  spillExits(a, op);
  saveAcross(a, true);
  const step = a.machine.wide ? 1 : 2;
  const start = assemblerInputsStart(a.machine.wide);
  for (let i = 0; i < op.args.length; i++) {
    const value = op.args[i] as Value;
    a.moves.add(a.locationOf(value), OUTGOING - (start + i * step), value.kind);
  }
  a.moves.perform(a.sink);
  a.instruction.outgoing = start * a.machine.wordBytes + 8 * op.args.length;
  finishCall(a, op, true, true);
}

function guardAfter(a: Allocator): Op {
  const next = a.trace.ops[a.at + 1] as Op;
  if (next.opnum !== t.GUARD_NOT_FORCED) throw new Error("a call that may force without guard_not_forced");
  return next;
}

/** What the guard after a forcing call needs goes to slots now: registers are out of reach while the call runs. */
function spillExits(a: Allocator, op: Op): void {
  const exits = guardAfter(a).failArgs;
  if (exits === null) return;
  for (const exit of exits) if (!exit.isConstant && exit !== op) a.spill((exit as Box).number);
}

/** Emits a call whose arguments start at operand `first`; operand 0 is the function unless first is 0. */
function emitCall(
  a: Allocator,
  op: Op,
  first: int,
  kinds: string,
  how: int,
  collects: boolean,
  mayForce: boolean,
): void {
  saveAcross(a, collects);
  placeCall(a, op, first, kinds, how);
  a.moves.perform(a.sink);
  finishCall(a, op, collects, mayForce);
}

/** Collects the moves of arguments, and of the function's address if it is computed. */
function placeCall(a: Allocator, op: Op, first: int, kinds: string, how: int): void {
  const places: int[] = [];
  a.instruction.outgoing = a.machine.placeArguments(kinds, how, places);
  for (let i = 0; i < kinds.length; i++) {
    const value = op.args[first + i] as Value;
    a.moves.add(a.locationOf(value), places[i] as int, value.kind);
  }
  if (first === 0) return;
  const callee = op.args[first - 1] as Value;
  if (callee.isConstant) a.instruction.args.push(a.sink.constant(callee));
  else {
    a.moves.add(a.locationOf(callee), RAX, callee.kind);
    a.instruction.args.push(RAX);
  }
}

/** Brings what lives beyond the call out of the registers that it overwrites. */
function saveAcross(a: Allocator, collects: boolean): void {
  const { places, live, machine } = a;
  for (let register = 0; register < FIRST_SLOT; register++) {
    const n = places.owner[register] as int;
    if (n === NOBODY || !live.livesAfter(n, a.at)) continue;
    const { kind } = live.values[n] as Box;
    if (kind === t.KIND_REF && collects) a.spill(n);
    else if (register >= XMM) a.spill(n);
    else if (((machine.preserved >> register) & 1) === 0) keepIn(a, n, kind);
  }
}

/** Moves a value to a preserved register if one is free, else to its slot. */
function keepIn(a: Allocator, n: int, kind: int): void {
  const free = a.places.findFree(kind, a.machine.preserved, ANY_REGISTER);
  if (free === NOWHERE || a.places.slot[n] !== NOWHERE) a.spill(n);
  else {
    a.sink.move(a.places.register[n] as int, free, kind);
    a.places.rebind(n, free);
  }
}

/** Nothing is in the registers any more that the call overwrites. */
function forgetRegisters(a: Allocator, collects: boolean): void {
  const { places, live, machine } = a;
  for (let register = 0; register < FIRST_SLOT; register++) {
    const n = places.owner[register] as int;
    if (n === NOBODY) continue;
    const isPreserved = register < XMM && ((machine.preserved >> register) & 1) !== 0;
    if (!isPreserved || (collects && (live.values[n] as Box).kind === t.KIND_REF)) places.unbind(n);
  }
}

function finishCall(a: Allocator, op: Op, collects: boolean, mayForce: boolean): void {
  if (collects) a.references(false);
  forgetRegisters(a, collects);
  if (op.hasResult) {
    const register = op.kind === t.KIND_FLOAT ? XMM : RAX;
    a.places.take(register);
    a.resultIn(op, register);
  }
  if (!mayForce) {
    a.emit(op);
    return;
  }
  const guard = guardAfter(a);
  a.exits(guard);
  a.sink.emit(a.instruction);
  a.finish(op);
  a.at += 1;
  a.freeDead(guard);
  if (op.hasResult && a.live.lastUse[op.number] === a.at) a.places.free(op.number);
}

/** Calls only if the first operand is not 0: the call's effects on registers hold either way. */
export function condCall(a: Allocator, op: Op): void {
  const descr = op.descr as CallDescr;
  const collects = canCollect(descr);
  saveAcross(a, collects);
  const condition = a.inRegister(op.args[0] as Value, ANY_REGISTER);
  if (collects) a.references(false);
  a.sink.skipUnless(condition, false);
  placeCall(a, op, 2, descr.arguments, convention(descr));
  a.moves.perform(a.sink);
  forgetRegisters(a, collects);
  a.emit(op);
}

/** The first operand unless it is 0 or null, else what the call gives. */
export function condCallValue(a: Allocator, op: Op): void {
  const descr = op.descr as CallDescr;
  const collects = canCollect(descr);
  saveAcross(a, collects);
  if (collects) a.references(false);
  bringToResult(a, op.args[0] as Value);
  a.sink.skipUnless(RAX, true);
  placeCall(a, op, 2, descr.arguments, convention(descr));
  a.moves.perform(a.sink);
  forgetRegisters(a, collects);
  a.resultIn(op, RAX);
  a.emit(op);
}

/** Puts the known value where the result will be. It may be an argument too, so it stays where it was as well. */
function bringToResult(a: Allocator, value: Value): void {
  const n = value.isConstant ? NOBODY : (value as Box).number;
  if (n !== NOBODY && a.places.register[n] === RAX && !a.live.livesAfter(n, a.at)) {
    a.lock(RAX);
    return;
  }
  const from = a.locationOf(value);
  a.vacate(RAX);
  if (from !== RAX) a.sink.move(from, RAX, value.kind);
}
