/** Methods of `Address`: typed loads and stores of the collectors' and the JIT's run-time code. */
import type { BuiltinTable } from "../builtins.ts";
import { ADDRESS, BOOL, INT, NON_NEGATIVE, UNDEFINED } from "../model.ts";

export const ADDRESS_METHODS: BuiltinTable = {
  add: () => ADDRESS,
  diff: () => INT,
  equals: () => BOOL,
  below: () => BOOL,
  isNull: () => BOOL,
  toInt: () => INT,
  loadWord: () => INT,
  storeWord: () => UNDEFINED,
  loadAddress: () => ADDRESS,
  storeAddress: () => UNDEFINED,
  loadInt32: () => INT,
  storeInt32: () => UNDEFINED,
  loadUInt32: () => INT,
  loadUInt16: () => NON_NEGATIVE,
  storeUInt16: () => UNDEFINED,
  loadUInt8: () => NON_NEGATIVE,
  storeUInt8: () => UNDEFINED,
};
