/** Arguments of builtins that need more than a conversion. */
import type { float, int } from "../../rlib/types.ts";

const BEYOND = 1073741823;

/** A float as an index: without its fraction, NaN is 0, and what no string or list reaches is cut off. */
export function indexOfFloat(x: float): int {
  if (Number.isNaN(x)) return 0;
  if (x >= 1073741823.0) return BEYOND;
  if (x <= -1073741823.0) return -BEYOND;
  return Math.trunc(x);
}

/** An optional argument. */
export function presentOr(x: int | null | undefined, missing: int): int {
  return x === null || x === undefined ? missing : x;
}
