/** What allocation, barriers and roots became in the gc transform. */
import type { LowFunction } from "../../../rtyper/lltype/memory.ts";
import { LowAddress, LowFunction as LowFunctionClass, SymbolicWord } from "../../../rtyper/lltype/memory.ts";
import type { GC_OPS } from "../../../rtyper/lltype/ops/gc.ts";
import type { BarrierBinding } from "../../../rtyper/lltype/transformed.ts";
import { type LowType, type Primitive, type PtrTarget, Signed } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value, type Variable } from "../../../translator/flow/model.ts";
import { symbolicText } from "../constants.ts";
import type { FunctionWriter } from "../function.ts";
import { headerHalf } from "../header.ts";
import { cExtension, isVoid } from "../types.ts";
import { addressAt, store } from "./access.ts";
import { initHeader } from "./allocation.ts";
import { callFunction } from "./calls.ts";
import type { Emit } from "./emitter.ts";
import { constantOperand, lengthAccess, operand } from "./objects.ts";
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
  const amount = operand(op, 0);
  const bytes = w.value(amount);
  const free = loadVm(w, "nurseryFree", "ptr");
  const top = loadVm(w, "nurseryTop", "ptr");
  const after = (): string => w.temp(`getelementptr i8, ptr ${free}, ${word} ${bytes}`);
  let end = "";
  let fits: string;
  if (amount instanceof Constant) {
    // A small constant never wraps around.
    end = after();
    fits = w.temp(`icmp ule ptr ${end}, ${top}`);
  } else {
    const freeWord = w.temp(`ptrtoint ptr ${free} to ${word}`);
    const topWord = w.temp(`ptrtoint ptr ${top} to ${word}`);
    fits = w.temp(`icmp ule ${word} ${bytes}, ${w.temp(`sub ${word} ${topWord}, ${freeWord}`)}`);
  }
  const [fast, done] = [w.newLabel("bump"), w.newLabel("bumped")];
  const origin = w.label;
  w.emit(`br i1 ${fits}, label %${fast}, label %${done}`, w.branchWeights(true));
  w.openBlock(fast);
  storeVm(w, "nurseryFree", "ptr", end === "" ? after() : end);
  w.emit(`br label %${done}`);
  w.openBlock(done);
  if (isNullTest(next, op.result)) {
    w.alias(op, free);
    w.pendingTest = w.temp(`phi i1 [ true, %${origin} ], [ false, %${fast} ]`);
  } else w.result(op, `phi ptr [ null, %${origin} ], [ ${free}, %${fast} ]`);
};

/** Entries that only slow paths call where there is a fast path. */
const COLD: ReadonlySet<string> = new Set(["malloc_room", "malloc_varsize_slow"]);

/** An entry point of the collector by name: RTypeScript if the binding has it, else C (`rts_gc_…`). */
const gcCall: Emit = (w, op) => {
  const which = constantOperand<string | LowFunction>(op, 0);
  const args = op.args.slice(1);
  const known = which instanceof LowFunctionClass ? which : w.module.world.gc.collector?.entries.get(which);
  const cold = COLD.has(String(which)) ? "cold" : "";
  if (known !== undefined) {
    callFunction(w, op, known, args, cold);
    return;
  }
  const present = args.filter((arg) => !isVoid(arg.type as LowType));
  const types = present.map((arg) => `${w.type(arg)} ${cExtension(arg.type as LowType)}`.trimEnd()).join(", ");
  const list = present.map((arg) => `${w.type(arg)} ${cExtension(arg.type as LowType)}${w.value(arg)}`).join(", ");
  const result = w.type(op.result);
  const f = w.module.runtimeFunction(`rts_gc_${String(which)}`, result, types, `nounwind ${cold}`.trimEnd());
  w.result(op, `call ${result} ${f}(${list})`);
};

/** The flags half of an object's header. */
function flagsOf(w: FunctionWriter, object: string): string {
  const half = headerHalf(w.module.world);
  const at = addressAt(w, object, half.bytes);
  const tag = w.module.tbaa("gcflags", "header");
  return w.temp(`load ${half.type}, ptr ${at}`, `, align ${half.bytes}, !tbaa ${tag}`);
}

function testFlags(w: FunctionWriter, flags: string, mask: number): string {
  const { type } = headerHalf(w.module.world);
  return w.temp(`icmp ne ${type} ${w.temp(`and ${type} ${flags}, ${mask}`)}, 0`);
}

/** Calls a barrier's entry, which neither collects nor raises. */
function callEntry(w: FunctionWriter, op: Operation, entry: string, args: readonly Value[]): void {
  const f = w.module.world.gc.collector?.entries.get(entry);
  if (f === undefined) throw new Error(`the collector has no ${entry}`);
  callFunction(w, op, f, args, "cold");
}

/**
 * Tests the flags; where one is set `report` writes what tells the collector. The branch is inside the operation: graphs
 * stay whole, and what is known of memory survives the fast path.
 */
function barrier(report: (w: FunctionWriter, op: Operation, flags: string) => void): Emit {
  return (w, op) => {
    const binding = w.module.world.gc.collector?.barrier ?? null;
    if (binding === null) return;
    const flags = flagsOf(w, w.value(operand(op, 0)));
    const [slow, done] = [w.newLabel("report"), w.newLabel("reported")];
    const isSet = testFlags(w, flags, binding.flagMask);
    w.emit(`br i1 ${isSet}, label %${slow}, label %${done}`, w.branchWeights(false));
    w.openBlock(slow);
    report(w, op, flags);
    w.emit(`br label %${done}`);
    w.openBlock(done);
  };
}

const barrierOf = (w: FunctionWriter): BarrierBinding => w.module.world.gc.collector?.barrier as BarrierBinding;

const objectBarrier = barrier((w, op) => callEntry(w, op, barrierOf(w).slow, op.args));

/** A store into an array whose cards are looked at anyway only marks its card. */
const itemBarrier = barrier((w, op, flags) => {
  const { cards, slow } = barrierOf(w);
  if (cards === null) {
    callEntry(w, op, slow, op.args.slice(0, 1));
    return;
  }
  const { word } = w.module;
  const [mark, call, done] = [w.newLabel("mark"), w.newLabel("array"), w.newLabel("marked")];
  w.emit(`br i1 ${testFlags(w, flags, cards.flagMask)}, label %${mark}, label %${call}`);
  w.openBlock(mark);
  const card = w.temp(`lshr ${word} ${w.value(operand(op, 1))}, ${cards.shift}`);
  const distance = w.temp(`sub ${word} ${-cards.before}, ${card}`);
  const at = w.temp(`getelementptr i8, ptr ${w.value(operand(op, 0))}, ${word} ${distance}`);
  w.emit(`store i8 1, ptr ${at}`, `, align 1, !tbaa ${w.module.tbaa("cards")}`);
  w.emit(`br label %${done}`);
  w.openBlock(call);
  callEntry(w, op, cards.slow, op.args);
  w.emit(`br label %${done}`);
  w.openBlock(done);
});

const rangeBarrier = barrier((w, op) => {
  const { cards, slow } = barrierOf(w);
  if (cards === null) callEntry(w, op, slow, op.args.slice(0, 1));
  else callEntry(w, op, cards.range, op.args);
});

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
  gc_init_length: (w, op) => {
    const { lengthOffset } = w.module.world.layout.itemsOf(constantOperand<PtrTarget>(op, 1));
    store(w, addressAt(w, w.value(operand(op, 0)), lengthOffset), w.value(operand(op, 2)), Signed, lengthAccess(w));
  },
  gc_clear: (w, op) => {
    const { word } = w.module;
    const set = w.module.intrinsic(`llvm.memset.p0.${word}`, "void", `ptr, i8, ${word}, i1`);
    const align = w.module.world.layout.wordBytes;
    const [at, bytes] = [w.value(operand(op, 0)), w.value(operand(op, 1))];
    w.emit(
      `call void ${set}(ptr align ${align} ${at}, i8 0, ${word} ${bytes}, i1 false)`,
      `, !tbaa ${w.module.heapTag()}`,
    );
  },
  gc_barrier: objectBarrier,
  gc_barrier_item: itemBarrier,
  gc_barrier_range: rangeBarrier,
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
