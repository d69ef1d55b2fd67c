/**
 * Allocation where no collector was woven in (`--gc=none`, `--gc=boehm`). With the bump allocator the fast path is
 * inline: the Vm struct's nursery is a chunk of zeroed memory that is never collected; C maps the next one. With Boehm
 * every object is a call.
 */

import { roundUp } from "../../../rtyper/lltype/layout.ts";
import { LowStruct } from "../../../rtyper/lltype/memory.ts";
import { type LowType, OBJECT, type PtrTarget, Signed, Struct, WEAKREF } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value } from "../../../translator/flow/model.ts";
import type { FunctionWriter } from "../function.ts";
import { TYPE_TABLE_SYMBOL, VTABLE_TYPE_ID } from "../header.ts";
import { addressAt, addressPlus, store } from "./access.ts";
import { lengthAccess } from "./objects.ts";
import { loadVm, storeVm } from "./vm.ts";

const ALLOCATES = "nounwind cold";

/** Zeroed memory of `bytes` (a word's text, a multiple of the word size). */
function takeMemory(w: FunctionWriter, bytes: string): string {
  const { word, world } = w.module;
  if (world.gc.allocator === "boehm") {
    const f = w.module.runtimeFunction("rts_boehm_malloc", "noalias nonnull ptr", word, "nounwind");
    return w.temp(`call noalias nonnull ptr ${f}(${word} ${bytes})`);
  }
  const [fast, slow, done] = [w.newLabel("bump"), w.newLabel("more"), w.newLabel("got")];
  const free = loadVm(w, "nurseryFree", "ptr");
  const top = loadVm(w, "nurseryTop", "ptr");
  // By difference, so that a huge size cannot wrap around.
  const freeWord = w.temp(`ptrtoint ptr ${free} to ${word}`);
  const topWord = w.temp(`ptrtoint ptr ${top} to ${word}`);
  const room = w.temp(`sub ${word} ${topWord}, ${freeWord}`);
  const fits = w.temp(`icmp ule ${word} ${bytes}, ${room}`);
  w.emit(`br i1 ${fits}, label %${fast}, label %${slow}`, w.branchWeights(true));
  w.openBlock(fast);
  storeVm(w, "nurseryFree", "ptr", w.temp(`getelementptr inbounds i8, ptr ${free}, ${word} ${bytes}`));
  w.emit(`br label %${done}`);
  w.openBlock(slow);
  const refill = w.module.runtimeFunction("rts_bump_refill", "ptr", word, ALLOCATES);
  const other = w.temp(`call ptr ${refill}(${word} ${bytes})`);
  w.emit(`br label %${done}`);
  w.openBlock(done);
  return w.temp(`phi ptr [ ${free}, %${fast} ], [ ${other}, %${slow} ]`);
}

/** Writes the header (and type pointer) of a new object. */
export function initHeader(w: FunctionWriter, object: string, type: PtrTarget): void {
  const { word, world } = w.module;
  const { wordBytes, typePointer } = world.layout;
  const tag = `, align ${wordBytes}, !tbaa ${w.module.tbaa("header")}`;
  w.emit(`store ${word} ${w.module.typeId(type, word)}, ptr ${object}`, tag);
  if (!typePointer || !(type instanceof Struct) || !type.inheritsFrom(OBJECT)) return;
  const vtable = type.vtable instanceof LowStruct ? w.module.dataRef(type.vtable) : "null";
  storeTypePointer(w, object, vtable);
}

function storeTypePointer(w: FunctionWriter, object: string, vtable: string): void {
  const { wordBytes } = w.module.world.layout;
  const at = addressAt(w, object, wordBytes);
  w.emit(`store ptr ${vtable}, ptr ${at}`, `, align ${wordBytes}, !tbaa ${w.module.tbaa("typepointer")}`);
}

export function allocateFixed(w: FunctionWriter, op: Operation): void {
  const type = (op.args[0] as Constant).value as PtrTarget;
  const { layout } = w.module.world;
  if ("gc" in type && !type.gc) throw new Error(`malloc of ${type.toText()}, which is not a GC type`);
  const object = takeMemory(w, String(roundUp(layout.objectSize(type), layout.wordBytes)));
  initHeader(w, object, type);
  w.alias(op, object);
}

export function allocateVarsized(w: FunctionWriter, op: Operation): void {
  const type = (op.args[0] as Constant).value as PtrTarget;
  const { word, world } = w.module;
  const { itemsOffset, itemSize, lengthOffset } = world.layout.itemsOf(type);
  const length = w.value(op.args[1] as Value);
  const { wordBytes } = world.layout;
  // A length beyond what memory can hold must not wrap around when multiplied.
  const limit = (1n << BigInt(wordBytes * 8 - 2)) / BigInt(itemSize);
  if (op.args[1] instanceof Constant && BigInt(length) > limit) throw new Error("an array larger than memory");
  const tooLong = w.temp(`icmp ugt ${word} ${length}, ${limit}`);
  const clamped = w.temp(`select i1 ${tooLong}, ${word} ${limit}, ${word} ${length}`);
  const items = w.temp(`mul ${word} ${clamped}, ${itemSize}`);
  const padded = w.temp(`add ${word} ${items}, ${itemsOffset + wordBytes - 1}`);
  const bytes = w.temp(`and ${word} ${padded}, ${-wordBytes}`);
  const object = takeMemory(w, bytes);
  initHeader(w, object, type);
  store(w, addressAt(w, object, lengthOffset), length, Signed, lengthAccess(w));
  w.alias(op, object);
}

/** `new cls()`: the vtable knows the type id, its entry the size. */
export function allocateOfClass(w: FunctionWriter, op: Operation): void {
  const { word, world } = w.module;
  const vtable = w.value(op.args[0] as Value);
  const invariant = `, align 4, !invariant.load ${w.module.metadata("!{}")}`;
  const widen = (value: string): string => (word === "i32" ? value : w.temp(`zext i32 ${value} to i64`));
  const id = widen(w.temp(`load i32, ptr ${addressAt(w, vtable, VTABLE_TYPE_ID)}`, invariant));
  const offset = world.types.shift === 0 ? id : w.temp(`shl nuw ${word} ${id}, ${world.types.shift}`);
  const entry = addressPlus(w, w.module.runtimeData(TYPE_TABLE_SYMBOL), offset);
  const object = takeMemory(w, widen(w.temp(`load i32, ptr ${entry}`, invariant)));
  w.emit(`store ${word} ${id}, ptr ${object}`, `, align ${world.layout.wordBytes}, !tbaa ${w.module.tbaa("header")}`);
  if (world.layout.typePointer) storeTypePointer(w, object, vtable);
  w.alias(op, object);
}

export function createWeakref(w: FunctionWriter, op: Operation): void {
  const word = w.module.world.layout.wordBytes;
  const object = takeMemory(w, String(3 * word));
  initHeader(w, object, WEAKREF);
  const target = op.args[0] as Value;
  store(w, addressAt(w, object, word), w.value(target), target.type as LowType, { tbaa: "weakref", align: word });
  w.alias(op, object);
}
