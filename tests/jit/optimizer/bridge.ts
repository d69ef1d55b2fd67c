/**
 * A bridge for tests: what a tracer would record from a guard's exit on, if the interpreter went on behind the guard as
 * if nothing had happened. Objects that were virtual at the exit are made first, as the metainterp makes them.
 */
import { FieldDescr, GuardDescr } from "../../../jit/format/descr.ts";
import * as ops from "../../../jit/format/traceops.ts";
import { Box, ConstInt, InputArg, Op, Trace, type Value } from "../../../jit/format/values.ts";
import { VirtualArray, VirtualStruct, VirtualStructArray } from "../../../jit/optimizer/info.ts";
import type { ExitDescr, Recipe } from "./exits.ts";

/** Records the bridge of an optimized guard that resumes at operation `at` of the recorded trace; null if it cannot. */
export function recordBridge(recorded: Trace, guard: Op, at: number): Trace | null {
  const descr = guard.descr as ExitDescr;
  const inputs = guard.failArgs!.map((v) => new InputArg(v.kind));
  const made: Op[] = [];
  const objects = new Map<number, Op>();
  const emit = (opnum: number, args: Value[], d: Op["descr"]): Op => {
    const op = new Op(opnum, args, d);
    made.push(op);
    return op;
  };
  const value = (r: Recipe): Value => {
    if (r.kind === "constant") return r.value;
    return r.kind === "failArg" ? inputs[r.index]! : objects.get(r.index)!;
  };
  for (const [i, { info }] of descr.virtuals.entries()) {
    if (info instanceof VirtualStruct) objects.set(i, emit(ops.NEW_WITH_VTABLE, [], info.descr));
    else if (info instanceof VirtualArray) {
      objects.set(i, emit(ops.NEW_ARRAY_CLEAR, [new ConstInt(info.items.length)], info.descr));
    } else if (info instanceof VirtualStructArray) {
      objects.set(i, emit(ops.NEW_ARRAY_CLEAR, [new ConstInt(info.count)], info.descr));
    } else return null;
  }
  for (const [i, { info, contents }] of descr.virtuals.entries()) {
    for (const [slot, c] of contents.entries()) {
      if (c === null) continue;
      const object = objects.get(i)!;
      if (info instanceof VirtualStruct) emit(ops.SETFIELD_GC, [object, value(c)], info.descr.fields[slot]!);
      else if (info instanceof VirtualArray) {
        emit(ops.SETARRAYITEM_GC, [object, new ConstInt(slot), value(c)], info.descr);
      } else if (info instanceof VirtualStructArray) {
        const fields = info.descr.itemFields;
        const index = new ConstInt(Math.floor(slot / fields.length));
        emit(ops.SETINTERIORFIELD_GC, [object, index, value(c)], fields[slot % fields.length]!);
      }
    }
  }
  for (const p of descr.pending) {
    if (p.descr instanceof FieldDescr) emit(ops.SETFIELD_GC, [value(p.object), value(p.value)], p.descr);
    else emit(ops.SETARRAYITEM_GC, [value(p.object), new ConstInt(p.index), value(p.value)], p.descr);
  }
  const now = new Map<Value, Value>();
  for (const [i, box] of recorded.ops[at]!.failArgs!.entries()) now.set(box, value(descr.values[i]!));
  const mapped = (v: Value): Value => (v instanceof Box ? now.get(v)! : v);
  for (const op of recorded.ops.slice(at + 1)) {
    const copy = new Op(op.opnum, op.args.map(mapped), op.descr === null ? null : renamed(op));
    copy.failArgs = op.failArgs === null ? null : op.failArgs.map(mapped);
    now.set(op, copy);
    made.push(copy);
  }
  return new Trace(inputs, made);
}

function renamed(op: Op): Op["descr"] {
  return op.descr instanceof GuardDescr ? new GuardDescr(op.descr.name) : op.descr;
}
