/** Kinds of low-level types: in which sort of register the JIT holds a value. */
import { Float, type LowType, Primitive, Ptr, SingleFloat, Void } from "../../rtyper/lltype/types.ts";
import { KIND_FLOAT, KIND_INT, KIND_REF, KIND_VOID } from "../format/traceops.ts";

export type Kind = typeof KIND_INT | typeof KIND_REF | typeof KIND_FLOAT | typeof KIND_VOID;

/** A function that the JIT cannot follow, because of this. */
export class NotSupported extends Error {}

/** The kind of a type for a word of so many bits; throws NotSupported for what has none. */
export function kindOf(type: LowType, wordBits: number): Kind {
  if (type instanceof Ptr) return type.isGc ? KIND_REF : KIND_INT;
  if (!(type instanceof Primitive)) throw new NotSupported(`a value of type ${type.toText()}`);
  if (type === Void) return KIND_VOID;
  if (type === Float) return KIND_FLOAT;
  if (type === SingleFloat || type.bits > wordBits) throw new NotSupported(`a value of type ${type.toText()}`);
  return KIND_INT;
}

/** The kind of something in memory, where single floats may be. */
export function storedKind(type: LowType, wordBits: number): Kind {
  return type === SingleFloat ? KIND_FLOAT : kindOf(type, wordBits);
}

/** Whether the type's values can be negative. */
export function isSigned(type: LowType): boolean {
  return type instanceof Primitive && type.kind === "integer" && type.signed;
}
