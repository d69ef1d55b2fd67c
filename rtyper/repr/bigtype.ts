/** The low-level type of bigints; see `bigint.ts`. */
import { ptr, Signed, Struct, Unsigned } from "../lltype/types.ts";

/** The struct of a bigint. */
export const BIGINT_STRUCT: Struct = new Struct("BigInt", true).define(
  [{ name: "size", type: Signed, immutable: false }],
  Unsigned,
);
export const BIGINT_PTR = ptr(BIGINT_STRUCT);
