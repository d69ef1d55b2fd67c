/** What allocation, barriers and roots became in the gc transform. */
import type { LowFunction } from "../../../rtyper/lltype/memory.ts";
import { LowAddress, LowFunction as LowFunctionClass, SymbolicWord } from "../../../rtyper/lltype/memory.ts";
import type { GC_OPS } from "../../../rtyper/lltype/ops/gc.ts";
import type { LowType, Primitive, PtrTarget } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value, type Variable } from "../../../translator/flow/model.ts";
import { symbolicText } from "../constants.ts";
import type { FunctionWriter } from "../function.ts";
import { headerHalf } from "../header.ts";
import { cExtension, isVoid } from "../types.ts";
import { addressAt } from "./access.ts";
import { initHeader } from "./allocation.ts";
import { callFunction } from "./calls.ts";
import type { Emit } from "./emitter.ts";
import { constantOperand, operand } from "./objects.ts";
import { loadVm, storeVm } from "./vm.ts";

/** A test of the result for null that directly follows, which is how the transform uses it. */
function isNullTest(next: Operation | null, result: Variable): boolean {
  if (next === null || next.opname !== "address_eq" || next.args[0] !== result) return false;
  const other = next.args[1];
  return other instanceof Constant && other.value instanceof LowAddress && isNull(other.value);
}

function isNull(address: LowAddress): boolean {
  return address.base === null && address.offset === 0n;
}

/**
 * Null when the bytes do not fit. The test for null that follows is given the outcome of the comparison, and the
 * result is then the free pointer itself: it is used only where it is not null.
 */
const bump: Emit = (w, op, next) => {
  const { word } = w.module;
  const bytes = w.value(operand(op, 0));
  const free = loadVm(w, "nurseryFree", "ptr");
  const top = loadVm(w, "nurseryTop", "ptr");
  const freeWord = w.temp(`ptrtoint ptr ${free} to ${word}`);
  const topWord = w.temp(`ptrtoint ptr ${top} to ${word}`);
  // By difference, so that a huge size cannot wrap around.
  const room = w.temp(`sub ${word} ${topWord}, ${freeWord}`);
  const fits = w.temp(`icmp ule ${word} ${bytes}, ${room}`);
  const [fast, done] = [w.newLabel("bump"), w.newLabel("bumped")];
  const origin = w.label;
  w.emit(`br i1 ${fits}, label %${fast}, label %${done}`, w.branchWeights(true));
  w.openBlock(fast);
  storeVm(w, "nurseryFree", "ptr", w.temp(`getelementptr inbounds i8, ptr ${free}, ${word} ${bytes}`));
  w.emit(`br label %${done}`);
  w.openBlock(done);
  if (isNullTest(next, op.result)) {
    w.alias(op, free);
    w.pendingTest = w.temp(`phi i1 [ true, %${origin} ], [ false, %${fast} ]`);
  } else w.result(op, `phi ptr [ null, %${origin} ], [ ${free}, %${fast} ]`);
};

/** An entry point of the collector by name: RTypeScript if the binding has it, else C (`rts_gc_…`). */
const gcCall: Emit = (w, op) => {
  const which = constantOperand<string | LowFunction>(op, 0);
  const args = op.args.slice(1);
  const known = which instanceof LowFunctionClass ? which : w.module.world.gc.collector?.entries.get(which);
  if (known !== undefined) {
    callFunction(w, op, known, args);
    return;
  }
  const present = args.filter((arg) => !isVoid(arg.type as LowType));
  const types = present.map((arg) => `${w.type(arg)} ${cExtension(arg.type as LowType)}`.trimEnd()).join(", ");
  const list = present.map((arg) => `${w.type(arg)} ${cExtension(arg.type as LowType)}${w.value(arg)}`).join(", ");
  const result = w.type(op.result);
  const f = w.module.runtimeFunction(`rts_gc_${String(which)}`, result, types, "nounwind");
  w.result(op, `call ${result} ${f}(${list})`);
};

const needsBarrier: Emit = (w, op) => {
  const { gc } = w.module.world;
  const mask = gc.collector?.barrierMask ?? 0;
  if (mask === 0) {
    w.alias(op, "false");
    return;
  }
  const half = headerHalf(w.module.world);
  const at = addressAt(w, w.value(operand(op, 0)), half.bytes);
  const tag = w.module.tbaa("gcflags", "header");
  const flags = w.temp(`load ${half.type}, ptr ${at}`, `, align ${half.bytes}, !tbaa ${tag}`);
  const bits = w.temp(`and ${half.type} ${flags}, ${mask}`);
  w.result(op, `icmp ne ${half.type} ${bits}, 0`);
};

/** The register that holds the base of this function's shadow frame. */
function frameSlot(w: FunctionWriter): string {
  if (w.shadowFrame === null) {
    w.shadowFrame = w.name("frame");
    w.emitAtEntry(`${w.shadowFrame} = alloca ptr`);
  }
  return w.shadowFrame;
}

const pushRoots: Emit = (w, op) => {
  const base = loadVm(w, "shadowTop", "ptr");
  const slots = w.value(operand(op, 0));
  const { wordBytes } = w.module.world.layout;
  const top = w.temp(`getelementptr inbounds [${wordBytes} x i8], ptr ${base}, ${w.module.word} ${slots}`);
  w.emit(`store ptr ${base}, ptr ${frameSlot(w)}`);
  storeVm(w, "shadowTop", "ptr", top);
};

const popRoots: Emit = (w) => {
  storeVm(w, "shadowTop", "ptr", w.temp(`load ptr, ptr ${frameSlot(w)}`));
};

function slotAddress(w: FunctionWriter, slot: number): string {
  return addressAt(w, w.temp(`load ptr, ptr ${frameSlot(w)}`), slot * w.module.world.layout.wordBytes);
}

function slotTag(w: FunctionWriter): string {
  return `, align ${w.module.world.layout.wordBytes}, !tbaa ${w.module.tbaa("shadow")}`;
}

function symbolic(kind: SymbolicWord["kind"]): Emit {
  return (w, op) => {
    const type = constantOperand<PtrTarget>(op, 0);
    const field = kind === "offset_of" ? constantOperand<string>(op, 1) : "";
    const word = new SymbolicWord(kind, type, field);
    w.alias(op, symbolicText(w.module, word, op.result.type as Primitive));
  };
}

function slotOf(op: Operation): number {
  return Number(constantOperand<number | bigint>(op, 0));
}

export const GC: Record<keyof typeof GC_OPS, Emit> = {
  gc_bump: bump,
  gc_call: gcCall,
  gc_init_header: (w, op) => initHeader(w, w.value(operand(op, 0)), constantOperand<PtrTarget>(op, 1)),
  gc_needs_barrier: needsBarrier,
  gc_push_roots: pushRoots,
  gc_pop_roots: popRoots,
  gc_save_root: (w, op) => {
    const value: Value = operand(op, 1);
    w.emit(`store ptr ${w.value(value)}, ptr ${slotAddress(w, slotOf(op))}`, slotTag(w));
  },
  gc_reload_root: (w, op) => {
    w.alias(op, w.temp(`load ptr, ptr ${slotAddress(w, slotOf(op))}`, slotTag(w)));
  },
  type_id: symbolic("type_id"),
  size_of: symbolic("size_of"),
  offset_of: symbolic("offset_of"),
};
