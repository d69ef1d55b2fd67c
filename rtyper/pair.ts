/** Nullable scalars in constants and prebuilt data, until `explode` splits them. */
import type { LowArrayObject, LowStruct, LowValue } from "./lltype/memory.ts";
import { FLAG_SUFFIX } from "./lltype/types.ts";

/** A constant nullable scalar. Flag: 0 present, 1 null, 2 undefined. */
export class LowPair {
  readonly value: LowValue;
  readonly flag: bigint;

  constructor(value: LowValue, flag: bigint) {
    this.value = value;
    this.flag = flag;
  }
}

/** What a constant of a low-level type or of a `PairType` holds. */
export type ConstValue = LowValue | LowPair;

/** Assigns a field of prebuilt data; a nullable scalar takes two (`storageFields`). */
export function storeField(object: LowStruct, name: string, value: ConstValue): void {
  if (value instanceof LowPair) {
    object.set(name, value.value);
    object.set(`${name}${FLAG_SUFFIX}`, Number(value.flag));
  } else {
    object.set(name, value);
  }
}

/** Assigns an item of prebuilt data; a nullable scalar is an inlined struct (`storageItem`). */
export function storeItem(array: LowArrayObject | LowStruct, index: number, value: ConstValue): void {
  if (value instanceof LowPair) storeField(array.getItem(index) as LowStruct, "value", value);
  else array.setItem(index, value);
}
