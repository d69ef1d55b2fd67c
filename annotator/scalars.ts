/** Types of numbers in memory: items of typed arrays, low-level types as helpers see them, C's argument kinds. */
import {
  Address,
  Bool,
  Char,
  FLAG_SUFFIX,
  Float,
  BIGINT as LOW_BIGINT,
  STRING as LOW_STRING,
  type LowType,
  PairType,
  Primitive,
  Ptr,
  pairOfItem,
  SingleFloat,
  type Struct,
  Void,
} from "../rtyper/lltype/types.ts";
import {
  ADDRESS,
  BIGINT,
  BOOL,
  CHAR,
  FLOAT,
  INT,
  NON_NEGATIVE,
  SomeMachineInt,
  SomePtr,
  type SomeValue,
  STRING,
  type TypedArrayKind,
  UINT32,
  UNDEFINED,
} from "./model.ts";

/** Item of a typed array. */
export function itemOfTypedArray(kind: TypedArrayKind, wordBits: 32 | 64): SomeValue {
  switch (kind) {
    case "Float32Array":
    case "Float64Array":
      return FLOAT;
    case "BigInt64Array":
      return new SomeMachineInt(0, null, 64, true);
    case "BigUint64Array":
      return new SomeMachineInt(0, null, 64, false);
    case "Int8Array":
    case "Int16Array":
    case "Int32Array":
      return INT;
    case "Uint32Array":
      return wordBits === 32 ? UINT32 : NON_NEGATIVE;
    default:
      return NON_NEGATIVE;
  }
}

/** What a field of a struct holds: a nullable scalar when a flag stands beside it. */
export function storedType(struct: Struct, name: string, type: LowType): SomeValue {
  const hasFlag = struct.findField(`${name}${FLAG_SUFFIX}`) !== null;
  return hasFlag ? someOfLowType(type).withNulls(3) : someOfLowType(type);
}

/** How a helper sees a value of a low-level type. */
export function someOfLowType(type: LowType): SomeValue {
  if (type instanceof Ptr) {
    if (type.to === LOW_STRING) return STRING;
    return type.to === LOW_BIGINT ? BIGINT : new SomePtr(type);
  }
  const pair = type instanceof PairType ? type : pairOfItem(type);
  if (pair !== null) return someOfLowType(pair.value).withNulls(3);
  if (!(type instanceof Primitive)) return new SomePtr(type);
  switch (type) {
    case Bool:
      return BOOL;
    case Char:
      return CHAR;
    case Float:
    case SingleFloat:
      return FLOAT;
    case Void:
      return UNDEFINED;
    case Address:
      return ADDRESS;
    default:
      return type.bits === 64 ? new SomeMachineInt(0, null, 64, type.signed) : INT;
  }
}
