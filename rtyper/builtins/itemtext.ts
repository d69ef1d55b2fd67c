/** The helper that gives the text of a list's item for `join`. */
import type { Hop } from "../hop.ts";
import { BigIntRepr } from "../repr/bigint.ts";
import { BoolRepr } from "../repr/bool.ts";
import { CharRepr, MaybeCharRepr } from "../repr/char.ts";
import { FloatRepr } from "../repr/float.ts";
import { IntRepr } from "../repr/int.ts";
import type { ListRepr } from "../repr/list.ts";
import { NoneRepr } from "../repr/none.ts";
import { NullableRepr } from "../repr/nullable.ts";
import { StringRepr } from "../repr/string.ts";
import type { HelperFunction, Repr } from "../repr.ts";
import { stringOfUnitOrNone } from "../runtime/char.ts";
import { boolToString, floatToString, intToString } from "../runtime/number.ts";
import {
  joinedBigInt,
  joinedBool,
  joinedChar,
  joinedFloat,
  joinedInt,
  joinedString,
  noText,
  textOfChar,
} from "../runtime/text.ts";

function nullableText(inner: Repr): HelperFunction | null {
  if (inner instanceof IntRepr) return joinedInt;
  if (inner instanceof FloatRepr) return joinedFloat;
  if (inner instanceof CharRepr) return joinedChar;
  return inner instanceof BoolRepr ? joinedBool : null;
}

function textHelper(item: Repr): HelperFunction | null {
  if (item instanceof IntRepr) return intToString;
  if (item instanceof FloatRepr) return floatToString;
  if (item instanceof BoolRepr) return boolToString;
  if (item instanceof CharRepr) return textOfChar;
  if (item instanceof MaybeCharRepr) return stringOfUnitOrNone;
  if (item instanceof NoneRepr) return noText;
  if (item instanceof BigIntRepr) return joinedBigInt;
  return item instanceof NullableRepr ? nullableText(item.inner) : null;
}

/** Null for a list of strings, which are their own text (null ones are empty). */
export function itemText(hop: Hop, repr: ListRepr): HelperFunction | null {
  if (repr.item instanceof StringRepr) return null;
  const helper = textHelper(repr.item);
  if (helper === null) throw new Error(`rtyper: items of ${repr.toText()} have no text: ${hop.describe()}`);
  return helper;
}

/** The same for the default sort, with a helper for strings too. */
export function sortText(hop: Hop, repr: ListRepr): HelperFunction {
  return itemText(hop, repr) ?? joinedString;
}
