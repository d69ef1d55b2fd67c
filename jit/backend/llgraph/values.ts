/**
 * Between values as low-level graphs hold them (`bigint` for words, booleans, containers) and as the JIT does (numbers
 * for the int kind, addresses of raw objects included; containers for references).
 */
import type { GcRef } from "../../../rlib/lowlevel.ts";
import { addressNumber, addressOfNumber, numberOfAddress, objectAtNumber } from "../../../rtyper/lltype/addresses.ts";
import {
  describeValue,
  LowAddress,
  LowArrayObject,
  LowFunction,
  LowOpaque,
  LowStruct,
  type LowValue,
} from "../../../rtyper/lltype/memory.ts";
import { Address, Bool, type LowType, Primitive, Ptr } from "../../../rtyper/lltype/types.ts";

/** An int-kind value of the JIT from a low-level one. */
export function intFromLow(value: LowValue): number {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null) return 0;
  if (value instanceof LowAddress) return numberOfAddress(value);
  if (isContainer(value)) return addressNumber(value);
  throw new Error(`${describeValue(value)} is no int of the JIT`);
}

/** An int-kind value as a value of a low-level type. */
export function intToLow(value: number, type: LowType): LowValue {
  if (type instanceof Ptr) return objectAtNumber(value);
  if (type === Bool) return value !== 0;
  if (type === Address) return addressOfNumber(value);
  if (type instanceof Primitive && type.kind === "integer" && (type.bits === 0 || type.bits === 64)) {
    return BigInt(value);
  }
  return value;
}

/** A reference of the JIT. */
export function refFromLow(value: LowValue): GcRef | null {
  if (value === null) return null;
  if (isContainer(value)) return value as unknown as GcRef;
  throw new Error(`${describeValue(value)} is no reference`);
}

/** A reference as a low-level value. */
export function refToLow(ref: GcRef | null): LowValue {
  return ref as unknown as LowValue;
}

/** A float of the JIT. */
export function floatFromLow(value: LowValue): number {
  if (typeof value === "number") return value;
  throw new Error(`${describeValue(value)} is no float`);
}

function isContainer(value: LowValue): value is LowStruct | LowArrayObject | LowFunction | LowOpaque {
  return (
    value instanceof LowStruct ||
    value instanceof LowArrayObject ||
    value instanceof LowFunction ||
    value instanceof LowOpaque
  );
}
