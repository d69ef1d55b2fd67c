/** `x ** y` of floats. C's pow differs from JavaScript where the exponent is NaN or a base of ±1 meets an infinity. */
import type { float } from "../../rlib/types.ts";
import { cPow } from "./externals.ts";

export function floatPower(x: float, y: float): float {
  if (Number.isNaN(y)) return y;
  // Only infinities differ from themselves by no number.
  if ((x === 1 || x === -1) && y - y !== 0) return y - y;
  return cPow(x, y);
}
