/** Allocation without a collector, block operations on arrays, pointers, checks, raw memory. */
import type { MEMORY_OPS } from "../../../rtyper/lltype/ops/memory.ts";
import type { LowType, Struct } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value } from "../../../translator/flow/model.ts";
import type { FunctionWriter } from "../function.ts";
import { itemType, memoryType, targetOf } from "../types.ts";
import { addressAt, load, store } from "./access.ts";
import { allocateFixed, allocateOfClass, allocateVarsized, createWeakref } from "./allocation.ts";
import type { Emit } from "./emitter.ts";
import { constantOperand, instanceTest, itemAddress, OBJECTS, operand } from "./objects.ts";

const WILLRETURN = "nounwind willreturn";

/** Number of bytes of n items, as a word. */
function byteCount(w: FunctionWriter, count: Value, itemSize: number): string {
  if (count instanceof Constant) return String(Number(count.value) * itemSize);
  if (itemSize === 1) return w.value(count);
  return w.temp(`mul nuw ${w.module.word} ${w.value(count)}, ${itemSize}`);
}

function itemSizeOf(w: FunctionWriter, array: Value): number {
  return w.module.world.layout.itemsOf(targetOf(array.type as LowType)).itemSize;
}

const arrayCopy: Emit = (w, op) => {
  const [src, si, dst, di, n] = op.args as [Value, Value, Value, Value, Value];
  const { word } = w.module;
  const from = itemAddress(w, src, si);
  const to = itemAddress(w, dst, di);
  const bytes = byteCount(w, n, itemSizeOf(w, src));
  const move = w.module.intrinsic(`llvm.memmove.p0.p0.${word}`, "void", `ptr, ptr, ${word}, i1`);
  w.emit(`call void ${move}(ptr ${to}, ptr ${from}, ${word} ${bytes}, i1 false)`);
};

function clear(w: FunctionWriter, at: string, bytes: string, byte = "0"): void {
  const { word } = w.module;
  const set = w.module.intrinsic(`llvm.memset.p0.${word}`, "void", `ptr, i8, ${word}, i1`);
  w.emit(`call void ${set}(ptr ${at}, i8 ${byte}, ${word} ${bytes}, i1 false)`);
}

function isZero(v: Value): boolean {
  if (!(v instanceof Constant)) return false;
  return v.value === null || v.value === false || v.value === 0n || (Object.is(v.value, 0) && v.type !== null);
}

const arrayFill: Emit = (w, op) => {
  const [array, start, n, item] = op.args as [Value, Value, Value, Value];
  const type = itemType(targetOf(array.type as LowType));
  const itemSize = itemSizeOf(w, array);
  const first = itemAddress(w, array, start);
  if (isZero(item)) clear(w, first, byteCount(w, n, itemSize));
  else if (memoryType(type, w.module.world.target) === "i8") {
    const value = w.value(item);
    clear(w, first, byteCount(w, n, 1), w.type(item) === "i1" ? w.temp(`zext i1 ${value} to i8`) : value);
  } else fillLoop(w, first, itemSize, n, item, type);
};

/** A counting loop that stores one item after the other; LLVM vectorizes it. */
function fillLoop(w: FunctionWriter, first: string, itemSize: number, n: Value, item: Value, type: LowType): void {
  const { word, world } = w.module;
  const [head, body, done] = [w.newLabel("fill"), w.newLabel("fillbody"), w.newLabel("filled")];
  const origin = w.label;
  const count = w.value(n);
  const value = w.value(item);
  w.emit(`br label %${head}`);
  w.openBlock(head);
  const next = w.name("");
  const at = w.temp(`phi ${word} [ 0, %${origin} ], [ ${next}, %${body} ]`);
  const more = w.temp(`icmp slt ${word} ${at}, ${count}`);
  w.emit(`br i1 ${more}, label %${body}, label %${done}`);
  w.openBlock(body);
  const address = w.temp(`getelementptr inbounds [${itemSize} x i8], ptr ${first}, ${word} ${at}`);
  store(w, address, value, type, { tbaa: null, align: world.layout.alignOf(type) });
  w.emit(`${next} = add nuw nsw ${word} ${at}, 1`);
  w.emit(`br label %${head}`);
  w.openBlock(done);
}

const arrayCompare: Emit = (w, op) => {
  const [a, ai, b, bi, n] = op.args as [Value, Value, Value, Value, Value];
  const { word } = w.module;
  const size = itemSizeOf(w, a);
  const name = `rts_compare${size * 8}`;
  const f = w.module.runtimeFunction(name, word, `ptr, ptr, ${word}`, `${WILLRETURN} memory(argmem: read)`);
  const [left, right] = [itemAddress(w, a, ai), itemAddress(w, b, bi)];
  w.result(op, `call ${word} ${f}(ptr ${left}, ptr ${right}, ${word} ${w.value(n)})`);
};

function comparePointers(predicate: string): Emit {
  return (w, op) => w.result(op, `icmp ${predicate} ptr ${w.value(operand(op, 0))}, ${w.value(operand(op, 1))}`);
}

function compareNull(predicate: string): Emit {
  return (w, op) => w.result(op, `icmp ${predicate} ptr ${w.value(operand(op, 0))}, null`);
}

/** The operand under another type. */
const same: Emit = (w, op) => w.alias(op, w.value(operand(op, 0)));

const checkIndex: Emit = (w, op) => {
  const below = w.temp(`icmp ult ${w.typed(operand(op, 0))}, ${w.value(operand(op, 1))}`);
  w.require(below, constantOperand<string>(op, 2));
};

const checkInstance: Emit = (w, op) => {
  const test = instanceTest(w, w.value(operand(op, 0)), constantOperand<Struct>(op, 1));
  w.require(test, constantOperand<string>(op, 2));
};

/** Objects do not move without a collector, so the address is a hash that stays. */
const identityHash: Emit = (w, op) => {
  const { word } = w.module;
  const bits = w.temp(`ptrtoint ptr ${w.value(operand(op, 0))} to ${word}`);
  w.result(op, `lshr ${word} ${bits}, 3`);
};

const weakrefDeref: Emit = (w, op) => {
  const word = w.module.world.layout.wordBytes;
  const at = addressAt(w, w.value(operand(op, 0)), word);
  w.alias(op, load(w, at, op.result.type as LowType, { tbaa: "weakref", align: word }));
};

/** Raw memory may hold anything at any alignment. */
const RAW = { tbaa: null, align: 1 } as const;

function rawAddress(w: FunctionWriter, op: Operation): string {
  const offset = operand(op, 1);
  const base = w.value(operand(op, 0));
  if (offset instanceof Constant) {
    const text = w.value(offset);
    return text === "0" ? base : w.temp(`getelementptr i8, ptr ${base}, ${w.module.word} ${text}`);
  }
  return w.temp(`getelementptr i8, ptr ${base}, ${w.module.word} ${w.value(offset)}`);
}

const rawCopy: Emit = (w, op) => {
  const [src, dst, n] = op.args as [Value, Value, Value];
  const { word } = w.module;
  const move = w.module.intrinsic(`llvm.memmove.p0.p0.${word}`, "void", `ptr, ptr, ${word}, i1`);
  w.emit(`call void ${move}(ptr ${w.value(dst)}, ptr ${w.value(src)}, ${word} ${w.value(n)}, i1 false)`);
};

const addressSub: Emit = (w, op) => {
  const { word } = w.module;
  const left = w.temp(`ptrtoint ptr ${w.value(operand(op, 0))} to ${word}`);
  const right = w.temp(`ptrtoint ptr ${w.value(operand(op, 1))} to ${word}`);
  w.result(op, `sub ${word} ${left}, ${right}`);
};

const itemsAddress: Emit = (w, op) => {
  const array = operand(op, 0);
  const { itemsOffset } = w.module.world.layout.itemsOf(targetOf(array.type as LowType));
  w.alias(op, addressAt(w, w.value(array), itemsOffset));
};

/** Type ids are numbers that the linker knows; everything else is memory of the runtime. */
const symbolAddress: Emit = (w, op) => {
  const name = constantOperand<string>(op, 0);
  if (/^(tid|span)\./.test(name))
    w.alias(op, `inttoptr (${w.module.word} ${w.module.absolute(name, w.module.word)} to ptr)`);
  else w.alias(op, w.module.runtimeData(name));
};

/** The test for null directly after a bump allocation has its answer already. */
const addressEq: Emit = (w, op, next) => {
  const known = w.pendingTest;
  w.pendingTest = null;
  if (known === null) comparePointers("eq")(w, op, next);
  else w.alias(op, known);
};

export const MEMORY: Record<keyof typeof MEMORY_OPS, Emit> = {
  ...OBJECTS,
  malloc: (w, op) => allocateFixed(w, op),
  malloc_varsize: (w, op) => allocateVarsized(w, op),
  malloc_varsize_uninit: (w, op) => allocateVarsized(w, op),
  malloc_pinned: (w, op) => allocateVarsized(w, op),
  malloc_of_class: (w, op) => allocateOfClass(w, op),
  array_copy: arrayCopy,
  array_fill: arrayFill,
  array_compare: arrayCompare,
  ptr_eq: comparePointers("eq"),
  ptr_ne: comparePointers("ne"),
  ptr_is_null: compareNull("eq"),
  ptr_nonnull: compareNull("ne"),
  cast_pointer: same,
  check_index: checkIndex,
  check_nonnull: (w, op) => {
    w.require(w.temp(`icmp ne ptr ${w.value(operand(op, 0))}, null`), constantOperand<string>(op, 1));
  },
  check_instance: checkInstance,
  check_true: (w, op) => w.require(w.value(operand(op, 0)), constantOperand<string>(op, 1)),
  identity_hash: identityHash,
  weakref_create: (w, op) => createWeakref(w, op),
  weakref_deref: weakrefDeref,
  keep_alive: (w, op) => w.emit(`call void asm sideeffect "", "r"(ptr ${w.value(operand(op, 0))}) nounwind`),
  raw_load: (w, op) => w.alias(op, load(w, rawAddress(w, op), op.result.type as LowType, RAW)),
  raw_store: (w, op) => {
    const value = operand(op, 2);
    store(w, rawAddress(w, op), w.value(value), value.type as LowType, RAW);
  },
  raw_copy: rawCopy,
  raw_clear: (w, op) => clear(w, w.value(operand(op, 0)), w.value(operand(op, 1))),
  address_add: (w, op) => w.result(op, `getelementptr i8, ptr ${w.value(operand(op, 0))}, ${w.typed(operand(op, 1))}`),
  address_sub: addressSub,
  address_lt: comparePointers("ult"),
  address_eq: addressEq,
  address_to_int: (w, op) => w.result(op, `ptrtoint ptr ${w.value(operand(op, 0))} to ${w.module.word}`),
  int_to_address: (w, op) => w.result(op, `inttoptr ${w.typed(operand(op, 0))} to ptr`),
  ptr_to_address: same,
  address_to_ptr: same,
  symbol_address: symbolAddress,
  array_items_address: itemsAddress,
};
