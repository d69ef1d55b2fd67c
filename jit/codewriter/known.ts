/**
 * Run-time helpers of which the JIT knows more than their graphs say: that they may be called while tracing because
 * strings never change, and what they mean, so that the optimizer computes them itself.
 *
 * Elidable here includes helpers that make a new string or cache a hash: nobody can tell the difference.
 */
import type { LowFunction } from "../../rtyper/lltype/memory.ts";
import {
  SPECIAL_NONE,
  SPECIAL_STR_COMPARE,
  SPECIAL_STR_CONCAT,
  SPECIAL_STR_EQUAL,
  SPECIAL_STR_FROM_UNIT,
  SPECIAL_STR_SLICE,
} from "../format/descr.ts";

export interface KnownFunction {
  readonly elidable: boolean;
  /** SPECIAL_… */
  readonly special: number;
}

const elidable = (special: number = SPECIAL_NONE): KnownFunction => ({ elidable: true, special });

const HELPERS: Readonly<Record<string, KnownFunction | undefined>> = {
  "string.ts#stringConcat": elidable(SPECIAL_STR_CONCAT),
  "string.ts#stringPart": elidable(SPECIAL_STR_SLICE),
  "string.ts#stringOfUnit": elidable(SPECIAL_STR_FROM_UNIT),
  "string.ts#stringCompare": elidable(SPECIAL_STR_COMPARE),
  "hash.ts#equalStrings": elidable(SPECIAL_STR_EQUAL),
  "string.ts#stringConcat3": elidable(),
  "string.ts#stringConcat4": elidable(),
  "string.ts#stringSlice": elidable(),
  "string.ts#stringSliceFrom": elidable(),
  "string.ts#stringSubstring": elidable(),
  "string.ts#stringSubstringFrom": elidable(),
  "string.ts#stringIndexOf": elidable(),
  "string.ts#stringLastIndexOf": elidable(),
  "string.ts#stringIncludes": elidable(),
  "string.ts#stringStartsWith": elidable(),
  "string.ts#stringEndsWith": elidable(),
  "string.ts#countCodePoints": elidable(),
  "hash.ts#hashString": elidable(),
  "hash.ts#equalNullableStrings": elidable(),
  "hash.ts#hashNullableString": elidable(),
  "number.ts#intToString": elidable(),
  "number.ts#intToRadix": elidable(),
  "number.ts#floatToString": elidable(),
};

const PREFIX = "rtyper/runtime/";

/** What is known of a helper; null for every other function. */
export function knownFunction(f: LowFunction): KnownFunction | null {
  if (!f.name.startsWith(PREFIX)) return null;
  return HELPERS[f.name.slice(PREFIX.length).replace(/['~].*$/, "")] ?? null;
}
