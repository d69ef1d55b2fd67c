/**
 * Makes an object that was virtual: emits its allocation and the stores of its contents. The allocation comes first and
 * the box is forwarded to it before any store, so that objects that refer to each other come out right; stores of other
 * virtuals are put off like any others, so that these may stay virtual.
 */
import { ArrayDescr, SizeDescr } from "../format/descr.ts";
import * as ops from "../format/traceops.ts";
import { type Box, ConstFloat, ConstInt, ConstRef, Op, type Value } from "../format/values.ts";
import {
  RefInfo,
  VirtualArray,
  VirtualCall,
  type VirtualInfo,
  VirtualStruct,
  VirtualStructArray,
  VirtualText,
} from "./info.ts";
import type { Optimizer } from "./optimizer.ts";

export function materialize(opt: Optimizer, box: Box, virtual: VirtualInfo): void {
  if (virtual instanceof VirtualStruct) makeStruct(opt, box, virtual);
  else if (virtual instanceof VirtualArray) makeArray(opt, box, virtual);
  else if (virtual instanceof VirtualStructArray) makeStructArray(opt, box, virtual);
  else if (virtual instanceof VirtualText) makeText(opt, box, virtual);
  else if (virtual instanceof VirtualCall) makeCall(opt, box, virtual);
}

/** Emits the allocation; from now on it stands for the box. */
function allocate(opt: Optimizer, box: Box, made: Op): void {
  made.concreteRef = box.concreteRef;
  box.forwarded = made;
  noteAllocation(opt, made);
  opt.heap.process(made);
}

/** What is known of a new object. */
export function noteAllocation(opt: Optimizer, made: Op): void {
  const info = new RefInfo();
  info.nonNull = true;
  info.fresh = true;
  const descr = made.descr;
  if (descr instanceof SizeDescr && descr.hasClass) info.classId = descr.classId;
  else if (descr instanceof ArrayDescr) {
    info.classId = descr.classId;
    opt.pure.add(ops.ARRAYLEN_GC, [made], descr, made.args[0]);
  } else if (made.opnum === ops.NEWSTR) opt.pure.add(ops.STRLEN, [made], null, made.args[0]);
  made.info = info;
}

/** Fresh memory is zero: that needs no store. */
function isZero(value: Value): boolean {
  if (value instanceof ConstInt) return value.value === 0;
  if (value instanceof ConstRef) return value.value === null;
  return value instanceof ConstFloat && value.value === 0 && 1 / value.value > 0;
}

function makeStruct(opt: Optimizer, box: Box, virtual: VirtualStruct): void {
  const descr = virtual.descr;
  const made = new Op(descr.hasClass ? ops.NEW_WITH_VTABLE : ops.NEW, [], descr);
  allocate(opt, box, made);
  for (let slot = 0; slot < virtual.fields.length; slot++) {
    const value = virtual.fields[slot];
    if (value === null) continue;
    const now = opt.resolve(value);
    if (!isZero(now)) opt.heap.process(new Op(ops.SETFIELD_GC, [made, now], descr.fields[slot]));
  }
}

function makeArray(opt: Optimizer, box: Box, virtual: VirtualArray): void {
  const opnum = virtual.clear ? ops.NEW_ARRAY_CLEAR : ops.NEW_ARRAY;
  const made = new Op(opnum, [new ConstInt(virtual.items.length)], virtual.descr);
  allocate(opt, box, made);
  for (let i = 0; i < virtual.items.length; i++) {
    const value = virtual.items[i];
    if (value === null) continue;
    const now = opt.resolve(value);
    if (virtual.clear && isZero(now)) continue;
    opt.heap.process(new Op(ops.SETARRAYITEM_GC, [made, new ConstInt(i), now], virtual.descr));
  }
}

function makeStructArray(opt: Optimizer, box: Box, virtual: VirtualStructArray): void {
  const fields = virtual.descr.itemFields;
  const made = new Op(ops.NEW_ARRAY_CLEAR, [new ConstInt(virtual.count)], virtual.descr);
  allocate(opt, box, made);
  for (let i = 0; i < virtual.items.length; i++) {
    const value = virtual.items[i];
    if (value === null) continue;
    const now = opt.resolve(value);
    if (isZero(now)) continue;
    const at = Math.floor(i / fields.length);
    const field = fields[i - at * fields.length];
    opt.heap.process(new Op(ops.SETINTERIORFIELD_GC, [made, new ConstInt(at), now], field));
  }
}

function makeText(opt: Optimizer, box: Box, virtual: VirtualText): void {
  const made = new Op(ops.NEWSTR, [new ConstInt(virtual.units.length)], null);
  allocate(opt, box, made);
  for (let i = 0; i < virtual.units.length; i++) {
    const unit = virtual.units[i];
    if (unit === null) continue;
    opt.heap.process(new Op(ops.STRSETITEM, [made, new ConstInt(i), opt.resolve(unit)], null));
  }
}

function makeCall(opt: Optimizer, box: Box, virtual: VirtualCall): void {
  const args: Value[] = [];
  for (const arg of virtual.args) args.push(opt.resolve(arg));
  const made = new Op(ops.CALL_R, args, virtual.descr);
  made.concreteRef = box.concreteRef;
  box.forwarded = made;
  const info = new RefInfo();
  info.nonNull = true;
  made.info = info;
  const removed = opt.callRemoved;
  opt.heap.process(made);
  opt.callRemoved = removed;
  opt.pure.add(ops.CALL_PURE_R, made.args, virtual.descr, made);
}
