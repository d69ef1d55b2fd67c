/** How run-time helpers see low-level values: the element of the lattice for a low-level type. */
import {
  ADDRESS,
  BOOL,
  CHAR,
  FLOAT,
  INT,
  NON_NEGATIVE,
  SomeMachineInt,
  SomePtr,
  type SomeValue,
  STRING,
  UINT32,
  UNDEFINED,
} from "../annotator/model.ts";
import {
  Address,
  Bool,
  Char,
  Float,
  Int64,
  type LowType,
  PairType,
  Primitive,
  pairOfItem,
  ptrTo,
  SingleFloat,
  UInt32,
  UInt64,
  Void,
} from "./lltype/types.ts";

const machine64 = new SomeMachineInt(0, null, 64, true);
const unsigned64 = new SomeMachineInt(0, null, 64, false);
const pointers = new Map<LowType, SomeValue>();

export function someOfLowType(type: LowType): SomeValue {
  if (type instanceof Primitive) return someOfPrimitive(type);
  if (type instanceof PairType) return someOfPrimitive(type.value).withNulls(3);
  const pair = pairOfItem(type);
  if (pair !== null) return someOfPrimitive(pair.value).withNulls(3);
  if (type === ptrTo.string) return STRING;
  let made = pointers.get(type);
  if (made === undefined) {
    made = new SomePtr(type);
    pointers.set(type, made);
  }
  return made;
}

function someOfPrimitive(type: Primitive): SomeValue {
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
    case Int64:
      return machine64;
    case UInt64:
      return unsigned64;
    case UInt32:
      return UINT32;
    default:
      return type.signed ? INT : NON_NEGATIVE;
  }
}
