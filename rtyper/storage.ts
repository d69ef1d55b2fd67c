/**
 * Values in memory. Most types are stored as they are; a nullable scalar takes two fields (or an inlined struct in an
 * array), and a place of type `Void` takes nothing.
 */
import type { Value } from "../translator/flow/model.ts";
import type { OpList } from "./hop.ts";
import { FLAG_SUFFIX, type LowType, PairType, pairOfItem, Signed, UInt8, Void } from "./lltype/types.ts";

/** Reads a field declared with `storageFields(name, type)`. */
export function loadField(object: Value, name: string, type: LowType, ops: OpList): Value {
  if (type === Void) return ops.void(null);
  if (!(type instanceof PairType)) return ops.emit("getfield", [object, ops.void(name)], type);
  const value = ops.emit("getfield", [object, ops.void(name)], type.value);
  const flag = ops.emit("getfield", [object, ops.void(`${name}${FLAG_SUFFIX}`)], UInt8);
  return ops.pairMake(value, ops.emit("int_cast", [flag], Signed), type);
}

/** Writes a field declared with `storageFields(name, value.type)`. */
export function storeValue(object: Value, name: string, value: Value, ops: OpList): void {
  const type = value.type as LowType;
  if (type === Void) return;
  if (!(type instanceof PairType)) {
    ops.emit("setfield", [object, ops.void(name), value], Void);
    return;
  }
  ops.emit("setfield", [object, ops.void(name), ops.pairValue(value)], Void);
  const flag = ops.emit("int_cast", [ops.pairFlag(value)], UInt8);
  ops.emit("setfield", [object, ops.void(`${name}${FLAG_SUFFIX}`), flag], Void);
}

/** Reads an item of an array whose item type is `storageItem(type)`; the index is in range. */
export function loadItem(array: Value, index: Value, itemType: LowType, ops: OpList): Value {
  if (itemType === Void) return ops.void(null);
  const pair = itemType instanceof PairType ? itemType : pairOfItem(itemType);
  if (pair === null) return ops.emit("getarrayitem", [array, index], itemType);
  const value = ops.emit("getinteriorfield", [array, index, ops.void("value")], pair.value);
  const flag = ops.emit("getinteriorfield", [array, index, ops.void(`value${FLAG_SUFFIX}`)], UInt8);
  return ops.pairMake(value, ops.emit("int_cast", [flag], Signed), pair);
}

/** Writes an item of such an array. */
export function storeItemValue(array: Value, index: Value, value: Value, ops: OpList): void {
  const type = value.type as LowType;
  if (type === Void) return;
  if (!(type instanceof PairType)) {
    ops.emit("setarrayitem", [array, index, value], Void);
    return;
  }
  ops.emit("setinteriorfield", [array, index, ops.void("value"), ops.pairValue(value)], Void);
  const flag = ops.emit("int_cast", [ops.pairFlag(value)], UInt8);
  ops.emit("setinteriorfield", [array, index, ops.void(`value${FLAG_SUFFIX}`), flag], Void);
}
