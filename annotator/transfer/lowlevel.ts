/** Methods of `Address`: typed loads and stores of the collectors' and the JIT's run-time code. */
import type { BuiltinCall, BuiltinTable } from "../builtins.ts";
import { ADDRESS, BOOL, FLOAT, GCREF, INT, NON_NEGATIVE, type SomeValue, UNDEFINED } from "../model.ts";

/** Types by the letters that name the signature of a function whose address is taken. */
const BY_LETTER: Readonly<Record<string, SomeValue>> = {
  i: INT,
  r: GCREF.withNulls(1),
  f: FLOAT,
  a: ADDRESS,
  n: UNDEFINED,
};

/** A function that machine code calls: its arguments are typed by letters. */
export function functionAddress(call: BuiltinCall): SomeValue {
  const kinds: unknown = call.arg(1)?.constant?.value;
  if (typeof kinds !== "string") return call.ctx.fail("RTS1010", `${call.name} needs a constant text of kinds`);
  call.callback(
    0,
    [...kinds.slice(0, -1)].map((letter) => BY_LETTER[letter] ?? INT),
  );
  return ADDRESS;
}

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
  loadFloat: () => FLOAT,
  storeFloat: () => UNDEFINED,
  loadUInt8: () => NON_NEGATIVE,
  storeUInt8: () => UNDEFINED,
};
