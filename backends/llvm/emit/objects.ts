/** Fields, items, headers and classes of objects. */

import { LowArray, type LowType, Ptr, type PtrTarget, Signed, Struct } from "../../../rtyper/lltype/types.ts";
import { Constant, type Operation, type Value } from "../../../translator/flow/model.ts";
import type { FunctionWriter } from "../function.ts";
import { headerHalf, TYPE_ENTRY_SIZE, TYPE_TABLE_SYMBOL, TYPE_VTABLE } from "../header.ts";
import { isVoid, itemType, targetOf } from "../types.ts";
import { type Access, addressAt, addressPlus, load, store } from "./access.ts";
import type { Emit } from "./emitter.ts";

export function operand(op: Operation, i: number): Value {
  return op.args[i] as Value;
}

/** A Void operand's content: a name, a type, a text. */
export function constantOperand<T>(op: Operation, i: number): T {
  const arg = op.args[i];
  if (!(arg instanceof Constant)) throw new Error(`operand ${i} of ${op.opname} is not a constant`);
  return arg.value as T;
}

function structOf(v: Value): Struct {
  const target = targetOf(v.type as LowType);
  if (!(target instanceof Struct)) throw new Error(`${target.toText()} has no fields`);
  return target;
}

/** The struct of the chain that declares a field: accesses through base and derived pointers share its TBAA name. */
function declaringStruct(type: Struct, field: string): Struct {
  for (let s: Struct | null = type; s !== null; s = s.base) {
    if (s.ownFields.some((f) => f.name === field)) return s;
  }
  throw new Error(`${type.name} has no field ${field}`);
}

interface FieldPlace {
  readonly address: string;
  readonly type: LowType;
  readonly access: Access;
}

function fieldPlace(w: FunctionWriter, op: Operation): FieldPlace {
  const { layout } = w.module.world;
  const struct = structOf(operand(op, 0));
  const name = constantOperand<string>(op, 1);
  const owner = declaringStruct(struct, name);
  const field = owner.findField(name);
  if (field === null) throw new Error(`${struct.name} has no field ${name}`);
  const empty = isVoid(field.type);
  return {
    address: empty ? "" : addressAt(w, w.value(operand(op, 0)), layout.offsetOf(struct, name)),
    type: field.type,
    access: {
      tbaa: `${owner.name}.${name}`,
      align: empty ? 1 : layout.alignOf(field.type),
      // Immutable fields of raw structs (vtables) are prebuilt; those of gc structs are initialised by running code.
      invariant: field.immutable && !owner.gc,
    },
  };
}

const getField: Emit = (w, op) => {
  const place = fieldPlace(w, op);
  if (!isVoid(place.type)) w.alias(op, load(w, place.address, place.type, place.access));
};

const setField: Emit = (w, op) => {
  const place = fieldPlace(w, op);
  if (!isVoid(place.type)) store(w, place.address, w.value(operand(op, 2)), place.type, place.access);
};

/** Where item `index` stands. */
export function itemAddress(w: FunctionWriter, array: Value, index: Value): string {
  const { itemsOffset, itemSize } = w.module.world.layout.itemsOf(targetOf(array.type as LowType));
  const first = addressAt(w, w.value(array), itemsOffset);
  if (index instanceof Constant) return addressAt(w, first, Number(index.value) * itemSize);
  return w.temp(`getelementptr inbounds [${itemSize} x i8], ptr ${first}, ${w.module.word} ${w.value(index)}`);
}

function itemAccess(w: FunctionWriter, array: PtrTarget, type: LowType): Access {
  const immutable = array instanceof LowArray ? array.immutable && !array.gc : false;
  // By item type only: an array may be seen through types that differ in immutability or in the class of their items.
  const name =
    array instanceof LowArray ? `items.${type instanceof Ptr ? "ptr" : type.toText()}` : `${array.toText()}[]`;
  return { tbaa: name, align: w.module.world.layout.alignOf(type), invariant: immutable };
}

const getArrayItem: Emit = (w, op) => {
  const array = operand(op, 0);
  const target = targetOf(array.type as LowType);
  const type = itemType(target);
  if (isVoid(type)) return;
  w.alias(op, load(w, itemAddress(w, array, operand(op, 1)), type, itemAccess(w, target, type)));
};

const setArrayItem: Emit = (w, op) => {
  const array = operand(op, 0);
  const target = targetOf(array.type as LowType);
  const type = itemType(target);
  if (isVoid(type)) return;
  store(w, itemAddress(w, array, operand(op, 1)), w.value(operand(op, 2)), type, itemAccess(w, target, type));
};

function interiorPlace(w: FunctionWriter, op: Operation): FieldPlace {
  const { layout } = w.module.world;
  const array = operand(op, 0);
  const struct = itemType(targetOf(array.type as LowType));
  if (!(struct instanceof Struct)) throw new Error(`items of ${array.type?.toText()} are not structs`);
  const name = constantOperand<string>(op, 2);
  const field = struct.findField(name);
  if (field === null) throw new Error(`${struct.name} has no field ${name}`);
  const item = isVoid(field.type) ? "" : itemAddress(w, array, operand(op, 1));
  return {
    address: item === "" ? "" : addressAt(w, item, layout.offsetOf(struct, name)),
    type: field.type,
    access: { tbaa: `${struct.name}.${name}`, align: item === "" ? 1 : layout.alignOf(field.type) },
  };
}

const getInteriorField: Emit = (w, op) => {
  const place = interiorPlace(w, op);
  if (!isVoid(place.type)) w.alias(op, load(w, place.address, place.type, place.access));
};

const setInteriorField: Emit = (w, op) => {
  const place = interiorPlace(w, op);
  if (!isVoid(place.type)) store(w, place.address, w.value(operand(op, 3)), place.type, place.access);
};

/** The address of an array's length word. */
export function lengthAddress(w: FunctionWriter, array: Value): string {
  const { lengthOffset } = w.module.world.layout.itemsOf(targetOf(array.type as LowType));
  return addressAt(w, w.value(array), lengthOffset);
}

export function lengthAccess(w: FunctionWriter): Access {
  return { tbaa: "length", align: w.module.world.layout.wordBytes };
}

/** The length of an array as a word's text. */
export function lengthText(w: FunctionWriter, array: Value): string {
  return load(w, lengthAddress(w, array), Signed, { ...lengthAccess(w), nonNegative: true });
}

const getArraySize: Emit = (w, op) => w.alias(op, lengthText(w, operand(op, 0)));

const arrayShrink: Emit = (w, op) => {
  const size = operand(op, 1);
  store(w, lengthAddress(w, operand(op, 0)), w.value(size), size.type as LowType, lengthAccess(w));
};

/** The type id in an object's header, as an `i32`. */
function typeId32(w: FunctionWriter, object: string): string {
  const half = headerHalf(w.module.world);
  const tag = w.module.tbaa("typeid", "header");
  const id = w.temp(`load ${half.type}, ptr ${object}`, `, align ${half.bytes}, !tbaa ${tag}`);
  return half.type === "i32" ? id : w.temp(`zext ${half.type} ${id} to i32`);
}

/** The type id widened to a word. */
function typeIdWord(w: FunctionWriter, object: string): string {
  const id = typeId32(w, object);
  return w.module.word === "i32" ? id : w.temp(`zext i32 ${id} to i64`);
}

/** The vtable of an object. */
export function vtableOf(w: FunctionWriter, object: string): string {
  const { layout, types } = w.module.world;
  if (layout.typePointer) {
    const at = addressAt(w, object, layout.wordBytes);
    const tag = w.module.tbaa("typepointer");
    return w.temp(
      `load ptr, ptr ${at}`,
      `, align ${layout.wordBytes}, !nonnull ${w.module.metadata("!{}")}, !tbaa ${tag}`,
    );
  }
  const table = w.module.runtimeData(TYPE_TABLE_SYMBOL);
  const id = typeIdWord(w, object);
  const offset = types.shift === 0 ? id : w.temp(`shl nuw ${w.module.word} ${id}, ${types.shift}`);
  const delta = types.inlineVtables ? TYPE_ENTRY_SIZE : 0;
  const base = `getelementptr (i8, ptr ${table}, ${w.module.word} ${delta})`;
  const entry = addressPlus(w, delta === 0 ? table : base, offset);
  if (types.inlineVtables) return entry;
  const at = addressAt(w, entry, TYPE_VTABLE);
  const distance = w.temp(`load i32, ptr ${at}`, `, align 4, !invariant.load ${w.module.metadata("!{}")}`);
  return addressPlus(w, entry, w.module.word === "i32" ? distance : w.temp(`zext i32 ${distance} to i64`));
}

/**
 * Whether an object's type id lies in the range of a class, as an `i1`. The range starts at zero after adding the
 * linker's negative of the first id: x86 has an add with such an immediate, and no subtraction.
 */
export function instanceTest(w: FunctionWriter, object: string, struct: Struct): string {
  const entry = w.module.world.types.entryOf(struct);
  const id = typeId32(w, object);
  if (entry.lastTypeId === entry.typeId) return w.temp(`icmp eq i32 ${id}, ${w.module.typeId(struct, "i32")}`);
  const distance = w.temp(`add i32 ${id}, ${w.module.absolute(`ntid.${entry.name}`, "i32")}`);
  return w.temp(`icmp ule i32 ${distance}, ${w.module.absolute(`span.${entry.name}`, "i32")}`);
}

const isInstance: Emit = (w, op) => {
  w.alias(op, instanceTest(w, w.value(operand(op, 0)), constantOperand<Struct>(op, 1)));
};

/** Compares the preorder numbers in two vtables. */
const classIsSubclass: Emit = (w, op) => {
  const tag = `, align 4, !invariant.load ${w.module.metadata("!{}")}`;
  const left = w.value(operand(op, 0));
  const right = w.value(operand(op, 1));
  const number = w.temp(`load i32, ptr ${left}`, tag);
  const low = w.temp(`load i32, ptr ${right}`, tag);
  const high = w.temp(`load i32, ptr ${addressAt(w, right, 4)}`, tag);
  const distance = w.temp(`sub i32 ${number}, ${low}`);
  const span = w.temp(`sub i32 ${high}, ${low}`);
  w.result(op, `icmp ule i32 ${distance}, ${span}`);
};

export const OBJECTS = {
  getfield: getField,
  setfield: setField,
  getarrayitem: getArrayItem,
  setarrayitem: setArrayItem,
  getinteriorfield: getInteriorField,
  setinteriorfield: setInteriorField,
  getarraysize: getArraySize,
  array_shrink: arrayShrink,
  class_of: ((w, op) => w.alias(op, vtableOf(w, w.value(operand(op, 0))))) as Emit,
  is_instance: isInstance,
  class_is_subclass: classIsSubclass,
} as const;
