// Allocation of whole traces: their inputs, then one operation after the other.
import type { int } from "../../../../rlib/types.ts";
import type { Descr } from "../../../format/descr.ts";
import * as t from "../../../format/traceops.ts";
import type { Box, Op, Trace } from "../../../format/values.ts";
import { isSlot, NOWHERE } from "../encoder/registers.ts";
import { type Machine, slotNumber } from "../machine.ts";
import { Allocator, ANY_REGISTER } from "./allocator.ts";
import { isCallLike } from "./calls.ts";
import { giveHints } from "./ends.ts";
import { NEVER } from "./liveness.ts";
import { NOBODY } from "./places.ts";
import { SHAPES } from "./shapes.ts";
import { LabelPlace, type Sink } from "./sink.ts";

/** Allocates a trace that is entered with its inputs in memory. Gives the number of slots it needs. */
export function allocateLoop(machine: Machine, sink: Sink, trace: Trace): int {
  const a = new Allocator(machine, sink, trace, 0);
  prepare(a);
  const locations: int[] = [];
  const copies: int[] = [];
  for (let i = 0; i < trace.inputs.length; i++) {
    const input = trace.inputs[i] as Box;
    const n = input.number;
    copies.push(NOWHERE);
    if ((a.live.lastUse[n] as int) < 0) {
      locations.push(NOWHERE);
      continue;
    }
    const free =
      a.live.nextUse(n, 0) === NEVER ? NOWHERE : a.places.findFree(input.kind, ANY_REGISTER, a.preferredFor(input));
    if (free !== NOWHERE) a.places.bind(n, free);
    else a.places.takeSlot(n, NOWHERE);
    locations.push(a.places.of(n));
    sink.input(i, a.places.of(n), input.kind);
  }
  sink.start(new LabelPlace(locations, copies));
  hintFromEnd(a);
  walk(a);
  return a.places.slots;
}

/** Allocates a trace that is entered from a guard, where its inputs are at `locations`, in a frame of `slots` slots. */
export function allocateBridge(machine: Machine, sink: Sink, trace: Trace, locations: readonly int[], slots: int): int {
  const a = new Allocator(machine, sink, trace, slots);
  prepare(a);
  hintFromEnd(a);
  const { places } = a;
  for (let i = 0; i < trace.inputs.length; i++) {
    const n = (trace.inputs[i] as Box).number;
    const at = locations[i] as int;
    if ((a.live.lastUse[n] as int) < 0 || at < 0) continue;
    if (isSlot(at) && places.slotOwner[slotNumber(at)] === NOBODY) places.bindSlot(n, at);
    else if (!isSlot(at) && places.isFree(at)) places.bind(n, at);
  }
  // What is constant at the guard, or the same as another input, gets a place of its own.
  for (let i = 0; i < trace.inputs.length; i++) {
    const input = trace.inputs[i] as Box;
    if ((a.live.lastUse[input.number] as int) < 0 || places.of(input.number) !== NOWHERE) continue;
    const slot = places.takeSlot(input.number, NOWHERE);
    sink.move(locations[i] as int, slot, input.kind);
  }
  walk(a);
  return places.slots;
}

/** Finds the calls. */
function prepare(a: Allocator): void {
  const { ops } = a.trace;
  const calls: int[] = [];
  let next = NEVER;
  calls.push(next);
  calls.push(next);
  for (let i = ops.length - 1; i >= 0; i--) {
    if (isCallLike((ops[i] as Op).opnum)) next = i;
    calls.push(next);
  }
  for (let i = calls.length - 1; i >= 0; i--) a.nextCall.push(calls[i] as int);
}

/** Hints from the jump at the end, unless it goes to a label of this trace, which gives them when it is reached. */
function hintFromEnd(a: Allocator): void {
  const last = a.trace.ops[a.trace.ops.length - 1] as Op;
  if (last.opnum === t.JUMP && !hasLabel(a, last.descr as Descr)) {
    giveHints(a, last, a.sink.placeOf(last.descr as Descr));
  }
}

function hasLabel(a: Allocator, token: Descr): boolean {
  for (const op of a.trace.ops) if (op.opnum === t.LABEL && op.descr === token) return true;
  return false;
}

function walk(a: Allocator): void {
  const { ops } = a.trace;
  for (a.at = 0; a.at < ops.length; a.at++) {
    const op = ops[a.at] as Op;
    a.instruction.start(op, a.at);
    const shape = SHAPES[op.opnum];
    if (shape !== undefined) shape(a, op);
  }
}
