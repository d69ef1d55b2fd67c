/**
 * How the compiler makes the constants of a code object without knowing Python's objects.
 *
 * The interpreter hands in a factory; the compiler describes each constant once (equal ones are shared per code
 * object) and stores the opaque results in `Code.consts`. Strings without surrogates are given as UTF-16 text; a
 * literal in which an escape put a surrogate is given as code points, because UTF-16 cannot tell `"\ud83d\ude00"`
 * (two characters) from `"\U0001f600"` (one).
 */
import type { float, int } from "rtypescript/rlib";
import type { W_Root } from "../objects/root.ts";
import type { Code } from "./code.ts";

export abstract class ConstantFactory {
  abstract makeNone(): W_Root;
  abstract makeEllipsis(): W_Root;
  abstract makeBool(value: boolean): W_Root;
  /** An integer that fits a machine word. */
  abstract makeInt(value: int): W_Root;
  /** An integer that may not fit: `digits` in `radix` 2, 8, 10 or 16, without prefix, sign and underscores. */
  abstract makeBigInt(digits: string, radix: int): W_Root;
  abstract makeFloat(value: float): W_Root;
  abstract makeComplex(real: float, imag: float): W_Root;
  /** `text` has no lone surrogates. */
  abstract makeStr(text: string): W_Root;
  /** An identifier or attribute name: interned. */
  abstract makeName(text: string): W_Root;
  /** A str given by its code points, some of which are surrogates. */
  abstract makeStrFromCodePoints(points: readonly int[]): W_Root;
  /** Each item is a byte, 0…255. The list may be kept. */
  abstract makeBytes(data: readonly int[]): W_Root;
  /** The list may be kept. */
  abstract makeTuple(items: readonly W_Root[]): W_Root;
  /** Items are hashable constants; the list may be kept. */
  abstract makeFrozenSet(items: readonly W_Root[]): W_Root;
  abstract makeCode(code: Code): W_Root;
}
