/** How maps hash and compare keys of each repr: the pair of helpers that a map's operations are specialized for. */

import { LowArrayObject, LowOpaque, LowStruct, type LowValue } from "../lltype/memory.ts";
import { Ptr } from "../lltype/types.ts";
import type { HelperFunction, Repr } from "../repr.ts";
import { equalBigInts, hashBigInt } from "../runtime/bigint.ts";
import {
  equalBools,
  equalChars,
  equalInts,
  equalNullableBools,
  equalNullableChars,
  equalNullableInts,
  equalNullableStrings,
  equalObjects,
  equalStrings,
  hashBool,
  hashFloat,
  hashInt,
  hashNullableBool,
  hashNullableChar,
  hashNullableFloat,
  hashNullableInt,
  hashNullableObject,
  hashNullableString,
  hashObject,
  hashString,
  mixHash,
  sameFloats,
  sameNullableFloats,
} from "../runtime/hash.ts";
import { BigIntRepr, hashOfBigInt } from "./bigint.ts";
import { BoolRepr } from "./bool.ts";
import { CharRepr, MaybeCharRepr } from "./char.ts";
import { FloatRepr } from "./float.ts";
import { IntRepr, UInt32Repr } from "./int.ts";
import { NoneRepr } from "./none.ts";
import { NullableRepr } from "./nullable.ts";
import { StringRepr } from "./string.ts";

export interface KeyFunctions {
  readonly hash: HelperFunction;
  readonly equal: HelperFunction;
  /** The hash of a live key with its low-level value, as the helper would compute it. */
  readonly hashOf: (live: unknown, low: LowValue) => number;
}

const INTS: KeyFunctions = { hash: hashInt, equal: equalInts, hashOf: (k) => hashInt(Number(k)) };
const FLOATS: KeyFunctions = { hash: hashFloat, equal: sameFloats, hashOf: (k) => hashFloat(k as number) };
const BOOLS: KeyFunctions = { hash: hashBool, equal: equalBools, hashOf: (k) => hashBool(k as boolean) };
const STRINGS: KeyFunctions = { hash: hashString, equal: equalStrings, hashOf: (k) => hashString(k as string) };
/** Chars are keys by their units. */
const CHARS: KeyFunctions = {
  hash: hashInt,
  equal: equalInts,
  hashOf: (k) => hashInt(k === "" ? -1 : (k as string).charCodeAt(0)),
};
const BIGINTS: KeyFunctions = { hash: hashBigInt, equal: equalBigInts, hashOf: (k) => hashOfBigInt(k as bigint) };
const OBJECTS: KeyFunctions = { hash: hashObject, equal: equalObjects, hashOf: (_k, low) => mixHash(identityOf(low)) };

const NULLABLE_STRINGS: KeyFunctions = {
  hash: hashNullableString,
  equal: equalNullableStrings,
  hashOf: (k) => hashNullableString(k as string),
};
const NULLABLE_OBJECTS: KeyFunctions = {
  hash: hashNullableObject,
  equal: equalObjects,
  hashOf: (_k, low) => (low === null ? 1 : mixHash(identityOf(low))),
};
const NULLABLE_INTS: KeyFunctions = {
  hash: hashNullableInt,
  equal: equalNullableInts,
  hashOf: (k) => hashNullableInt(k as number | null | undefined),
};
const NULLABLE_FLOATS: KeyFunctions = {
  hash: hashNullableFloat,
  equal: sameNullableFloats,
  hashOf: (k) => hashNullableFloat(k as number | null | undefined),
};
const NULLABLE_BOOLS: KeyFunctions = {
  hash: hashNullableBool,
  equal: equalNullableBools,
  hashOf: (k) => hashNullableBool(k as boolean | null | undefined),
};

const NULLABLE_CHARS: KeyFunctions = {
  hash: hashNullableChar,
  equal: equalNullableChars,
  hashOf: (k) => hashNullableChar(k as string | null | undefined),
};

let lastIdentity = 0;

/** The number that a prebuilt object has as identity hash from the start; given at its first use as a key. */
function identityOf(low: LowValue): number {
  if (!(low instanceof LowStruct || low instanceof LowArrayObject || low instanceof LowOpaque)) {
    throw new Error("rtyper: a prebuilt map key without identity");
  }
  if (low.identityHash === 0) {
    lastIdentity++;
    low.identityHash = Math.imul(lastIdentity, 0x9e3779b1) >>> 1 || 1;
  }
  return low.identityHash;
}

/** The functions for keys of a repr; `mayBeNull`: null keys occur. */
export function keyFunctions(repr: Repr, mayBeNull: boolean): KeyFunctions {
  if (repr instanceof IntRepr || repr instanceof UInt32Repr) return INTS;
  if (repr instanceof FloatRepr) return FLOATS;
  if (repr instanceof BoolRepr || repr instanceof NoneRepr) return BOOLS;
  if (repr instanceof StringRepr) return mayBeNull ? NULLABLE_STRINGS : STRINGS;
  if (repr instanceof CharRepr || repr instanceof MaybeCharRepr) return CHARS;
  if (repr instanceof BigIntRepr) return BIGINTS;
  if (repr instanceof NullableRepr) return nullableKeys(repr);
  if (repr.lowType instanceof Ptr && repr.lowType.isGc) return mayBeNull ? NULLABLE_OBJECTS : OBJECTS;
  throw new Error(`rtyper: ${repr.toText()} cannot be the key of a map`);
}

function nullableKeys(repr: NullableRepr): KeyFunctions {
  if (repr.inner instanceof IntRepr) return NULLABLE_INTS;
  if (repr.inner instanceof FloatRepr) return NULLABLE_FLOATS;
  if (repr.inner instanceof BoolRepr) return NULLABLE_BOOLS;
  if (repr.inner instanceof CharRepr) return NULLABLE_CHARS;
  throw new Error(`rtyper: ${repr.toText()} cannot be the key of a map`);
}

/** How `===` compares items of a repr in `indexOf`; `includes` uses the key functions' SameValueZero. */
export function strictEquality(
  repr: Repr,
  mayBeNull: boolean,
  equalFloat: HelperFunction,
  equalNullableFloat: HelperFunction,
): HelperFunction {
  if (repr instanceof FloatRepr) return equalFloat;
  if (repr instanceof NullableRepr && repr.inner instanceof FloatRepr) return equalNullableFloat;
  if (repr instanceof CharRepr) return equalChars;
  return keyFunctions(repr, mayBeNull).equal;
}
