/** The low-level type of bigints; see `bigint.ts`. */
import { BIGINT, ptr, type Struct } from "../lltype/types.ts";

/** The struct of a bigint. */
export const BIGINT_STRUCT: Struct = BIGINT;
export const BIGINT_PTR = ptr(BIGINT);
