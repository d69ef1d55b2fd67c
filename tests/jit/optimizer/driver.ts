import {
  type ArrayDescr,
  type CallDescr,
  FieldDescr,
  GuardDescr,
  Layout,
  LoopToken,
  type PendingStore,
  SizeDescr,
} from "../../../jit/format/descr.ts";
import { HeapReader } from "../../../jit/format/heap.ts";
import { printTrace, TraceNames } from "../../../jit/format/print.ts";
import * as ops from "../../../jit/format/traceops.ts";
import { Box, ConstInt, InputArg, Op, Trace, type Value } from "../../../jit/format/values.ts";
import { GuardEncoder, InvalidLoop, OptimizeEnv, type TraceState } from "../../../jit/optimizer/environment.ts";
import { VirtualStruct } from "../../../jit/optimizer/info.ts";
import { optimizeBridge, optimizeTrace } from "../../../jit/optimizer/optimize.ts";
import { optimizeLoop } from "../../../jit/optimizer/unroll.ts";
import type { GcRef } from "../../../rlib/lowlevel.ts";
import { write } from "../../../rlib/os.ts";
import type { float, int } from "../../../rlib/types.ts";

export function target() {
  return { entry: main, name: "optdriver" };
}

class NoHeap extends HeapReader {
  getFieldInt(_object: GcRef, field: FieldDescr): int {
    return field.index;
  }
  getFieldRef(_object: GcRef, _field: FieldDescr): GcRef | null {
    return null;
  }
  getFieldFloat(_object: GcRef, _field: FieldDescr): float {
    return 0.5;
  }
  getItemInt(_array: GcRef, index: int, _descr: ArrayDescr): int {
    return index;
  }
  getItemRef(_array: GcRef, _index: int, _descr: ArrayDescr): GcRef | null {
    return null;
  }
  getItemFloat(_array: GcRef, _index: int, _descr: ArrayDescr): float {
    return 0.5;
  }
  arrayLength(_array: GcRef, _descr: ArrayDescr): int {
    return 3;
  }
  stringLength(_text: GcRef): int {
    return 3;
  }
  stringUnit(_text: GcRef, _index: int): int {
    return 65;
  }
  makeString(_units: int[]): GcRef | null {
    return null;
  }
  classOf(_object: GcRef): int {
    return 16;
  }
  isSubclass(classId: int, of: SizeDescr): boolean {
    return classId === of.classId;
  }
  callElidable(_args: Value[], _descr: CallDescr): Value | null {
    return null;
  }
}

class Encoder extends GuardEncoder {
  encode(guard: Op, state: TraceState, pending: readonly PendingStore[]): void {
    const fail: Value[] = [];
    const old = guard.failArgs;
    if (old !== null) {
      for (const v of old) {
        const r = state.resolve(v);
        const virtual = state.virtualOf(r);
        if (virtual instanceof VirtualStruct) {
          for (const f of virtual.fields)
            if (f !== null) {
              const g = state.resolve(f);
              if (g instanceof Box && state.virtualOf(g) === null) fail.push(g);
            }
        } else if (r instanceof Box && virtual === null) fail.push(r);
      }
    }
    guard.failArgs = fail;
    guard.descr = new GuardDescr(`x${pending.length}`);
  }
}

/** [p0, i1]: a loop with a boxed counter. */
function record(box: SizeDescr, value: FieldDescr): Trace {
  const p0 = new InputArg(ops.KIND_REF);
  const i1 = new InputArg(ops.KIND_INT);
  const all: Op[] = [];
  const add = (opnum: int, args: Value[], descr: SizeDescr | FieldDescr | null): Op => {
    const op = new Op(opnum, args, descr);
    if (ops.isGuard(opnum)) op.failArgs = [p0, i1];
    all.push(op);
    return op;
  };
  add(ops.GUARD_NONNULL_CLASS, [p0, new ConstInt(16)], null);
  const i2 = add(ops.GETFIELD_GC_I, [p0], value);
  const i3 = add(ops.INT_LT, [i2, i1], null);
  add(ops.GUARD_TRUE, [i3], null);
  const i4 = add(ops.INT_ADD_OVF, [i2, new ConstInt(1)], null);
  add(ops.GUARD_NO_OVERFLOW, [], null);
  const p5 = add(ops.NEW_WITH_VTABLE, [], box);
  add(ops.SETFIELD_GC, [p5, i4], value);
  add(ops.JUMP, [p5, i1], null);
  return new Trace([p0, i1], all);
}

function main(_argv: string[]): int {
  const box = new SizeDescr("Box", 24, 16, true, 1, 1);
  const value = new FieldDescr("Box.value", box, 0, ops.KIND_INT, new Layout(16, 8, true), false, false, 0);
  box.fields.push(value);
  const env = new OptimizeEnv(new NoHeap(), new Encoder(), 32);
  const loop = new LoopToken("loop");
  write(1, printTrace(record(box, value), new TraceNames()));
  try {
    const made = optimizeLoop(record(box, value), loop, env);
    write(1, printTrace(made.trace, new TraceNames()));
    const bridge = record(box, value);
    write(1, printTrace(optimizeBridge(bridge, loop, null, env).trace, new TraceNames()));
    const plain = record(box, value);
    plain.ops[plain.ops.length - 1] = new Op(ops.FINISH, [plain.inputs[0]], null);
    write(1, printTrace(optimizeTrace(plain, env).trace, new TraceNames()));
  } catch (e) {
    if (!(e instanceof InvalidLoop)) throw e;
    write(1, `invalid ${e.message}\n`);
  }
  return 0;
}
