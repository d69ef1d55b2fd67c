// The public list of `rtypescript/rlib`. The operating system, JIT hints and the log are modules of their own.
export {
  floatFromBits,
  floatHighBits,
  floatLowBits,
  intAddWrap,
  intAnd,
  intBitLength,
  intMulWrap,
  intNot,
  intOr,
  intShl,
  intShr,
  intSubWrap,
  intUshr,
  intXor,
  uintDiv,
  uintLess,
  uintMod,
} from "./bits.ts";
export {
  bigIntToInt,
  intAddOvf,
  intDiv,
  intFloorDiv,
  intFloorMod,
  intMod,
  intMulOvf,
  intNegOvf,
  intShlOvf,
  intSubOvf,
  parseInteger,
  toFloat,
  toInt,
} from "./checked.ts";
export { copyItems, HashMap, hashMap, newList } from "./collections.ts";
export { ControlFlow, DivisionByZeroError, OSError, OutOfMemoryError, StackOverflowError } from "./errors.ts";
export { type ExternalOptions, external, RawBuffer } from "./external.ts";
export * as gc from "./gc.ts";
export { GcStats, identityHash, onFinalize, WeakReference, weakRef } from "./gc.ts";
export { freezeWith, keepAlive, likely, scratch, specialize, unlikely, unreachable } from "./hints.ts";
export { StringBuilder } from "./text.ts";
export {
  type Buffer,
  bool,
  buffer,
  type char,
  float,
  float32,
  int,
  int32,
  type Kind,
  nothing,
  type Target,
  type TargetOptions,
  uint32,
} from "./types.ts";
export { maxInt, minInt, wordBits } from "./word.ts";
