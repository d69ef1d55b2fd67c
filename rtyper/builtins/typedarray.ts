/** Constructors and methods of typed arrays. */

import { ListCell } from "../../annotator/cells.ts";
import { FLOAT, INT, SomeMachineInt, type TypedArrayKind } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { Bool, gcArray, PairType, ptr, ptrTo, Signed, Void } from "../lltype/types.ts";
import { BOOL_REPR } from "../repr/bool.ts";
import { FLOAT_REPR, FloatRepr } from "../repr/float.ts";
import { INT_REPR, UINT32_REPR } from "../repr/int.ts";
import { isIterable } from "../repr/iterator.ts";
import { callbackCode, keyText, ListRepr, spreadItems, synthesizedCode } from "../repr/list.ts";
import { NoneRepr } from "../repr/none.ts";
import { NullableRepr } from "../repr/nullable.ts";
import { STRING_REPR } from "../repr/string.ts";
import { TypedArrayRepr } from "../repr/typedarray.ts";
import { builtins, type HelperFunction, type Repr } from "../repr.ts";
import { equalFloats, equalInts, sameFloats } from "../runtime/hash.ts";
import * as list from "../runtime/list.ts";
import * as fn from "../runtime/listfn.ts";
import { floatToString, intToString } from "../runtime/number.ts";
import { stringJoin } from "../runtime/string.ts";
import { uint32Text } from "../runtime/text.ts";
import * as typed from "../runtime/typedarray.ts";
import { boolResult, indexArg, intArg, intResult, isPassed, NO_END } from "./arguments.ts";

const KINDS: readonly TypedArrayKind[] = [
  "Uint8Array",
  "Uint8ClampedArray",
  "Int8Array",
  "Uint16Array",
  "Int16Array",
  "Uint32Array",
  "Int32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
];

for (const kind of KINDS) builtins.on(`new.${kind}`, (hop) => construct(hop));

function construct(hop: Hop): Value {
  const to = hop.resultRepr as TypedArrayRepr;
  if (!isPassed(hop, 0)) return make(hop, to, hop.int(0));
  const repr = hop.repr(0);
  if (!isIterable(repr) && repr.lowType !== ptrTo.string) return make(hop, to, intArg(hop, 0));
  if (repr instanceof TypedArrayRepr && repr.storage === to.storage) {
    return hop.helper(typed.typedSlice, hop.inputNonNull(0), hop.int(0), hop.int(NO_END));
  }
  return fromItems(hop, repr, to);
}

function make(hop: Hop, to: TypedArrayRepr, n: Value): Value {
  return hop.helper(typed.newTypedArray, hop.const(null, to.lowType), n);
}

/** A copy of the items of any other iterable, each stored as the array stores. */
function fromItems(hop: Hop, repr: Repr, to: TypedArrayRepr): Value {
  const { array, length, item } = sourceItems(hop, repr, to);
  const made = make(hop, to, length);
  storeAll(hop, to, made, hop.int(0), array, length, item);
  return made;
}

/** The items of operand i as an array, how many, and their repr. */
function sourceItems(hop: Hop, repr: Repr, to: TypedArrayRepr, i = 0): { array: Value; length: Value; item: Repr } {
  if (repr instanceof ListRepr) {
    const source = hop.inputNonNull(i);
    return { array: repr.items(source, hop), length: repr.length(source, hop), item: repr.item };
  }
  const cell = new ListCell(null);
  const wide = to.itemRepr(hop.typer);
  cell.item.value = wide === FLOAT_REPR ? FLOAT : wide === INT_REPR ? INT : new SomeMachineInt(0, null, 64, true);
  const own = repr instanceof TypedArrayRepr ? repr.itemRepr(hop.typer) : wide;
  if (own === INT_REPR) cell.item.value = INT;
  if (own instanceof FloatRepr) cell.item.value = FLOAT;
  const into = new ListRepr(cell, hop.typer);
  return { ...spreadItems(hop, i, into), item: into.item };
}

/** Stores n items of an array from `at` on, converting each. */
function storeAll(hop: Hop, to: TypedArrayRepr, target: Value, at: Value, source: Value, n: Value, item: Repr): void {
  const name = `${keyText(item)} to ${to.kind}`;
  const store = synthesizedCode(
    hop.typer,
    `store ${name}`,
    [
      ["a", to.lowType],
      ["i", Signed],
      ["x", item.lowType],
    ],
    Void,
    (s, a, i, x) => {
      const value = to.stored(s, x as Value, item);
      s.emit("setarrayitem", [a as Value, i as Value, value], Void);
      s.return();
    },
  );
  hop.helper(typed.storeItems, target, at, source, n, store);
}

/** Receiver as array and repr. */
function receiver(hop: Hop): { repr: TypedArrayRepr; value: Value } {
  return { repr: hop.repr(0) as TypedArrayRepr, value: hop.inputNonNull(0) };
}

function length(hop: Hop, array: Value): Value {
  return hop.emit("getarraysize", [array], Signed);
}

builtins.on("typedArray.length", (hop) => intResult(hop, length(hop, hop.inputNonNull(0))));
builtins.on("typedArray.slice", (hop) => {
  const { value } = receiver(hop);
  return hop.helper(typed.typedSlice, value, indexArg(hop, 1, 0), indexArg(hop, 2, NO_END));
});
builtins.on("typedArray.set", (hop) => {
  const { repr, value } = receiver(hop);
  const source = hop.repr(1);
  const offset = indexArg(hop, 2, 0);
  if (source instanceof TypedArrayRepr && source.storage === repr.storage) {
    hop.helper(typed.typedSet, value, hop.inputNonNull(1), offset);
    return null;
  }
  const items = sourceItems(hop, source, repr, 1);
  hop.helper(typed.requireRoom, length(hop, value), items.length, offset);
  storeAll(hop, repr, value, offset, items.array, items.length, items.item);
  return null;
});
builtins.on("typedArray.fill", (hop) => {
  const { repr, value } = receiver(hop);
  const item = repr.storedArg(hop, 1);
  hop.helper(typed.typedFill, value, widened(hop, item, repr), indexArg(hop, 2, 0), indexArg(hop, 3, NO_END));
  return hop.toResult(value, repr);
});

/** A stored item as helpers hold it. */
function widened(hop: Hop, raw: Value, repr: TypedArrayRepr): Value {
  return repr.widen(raw, hop);
}

builtins.on("typedArray.copyWithin", (hop) => {
  const { repr, value } = receiver(hop);
  const [target, start, end] = [indexArg(hop, 1, 0), indexArg(hop, 2, 0), indexArg(hop, 3, NO_END)];
  hop.helper(typed.typedCopyWithin, value, target, start, end);
  return hop.toResult(value, repr);
});
builtins.on("typedArray.reverse", (hop) => {
  const { repr, value } = receiver(hop);
  hop.helper(list.itemsReverse, value, length(hop, value));
  return hop.toResult(value, repr);
});
builtins.on("typedArray.at", (hop) => {
  const { repr, value } = receiver(hop);
  return found(hop, hop.helper(list.itemsAt, value, length(hop, value), indexArg(hop, 1, 0)), repr);
});

/** An item that a helper gave, or undefined. */
function found(hop: Hop, value: Value, repr: TypedArrayRepr): Value {
  const item = repr.itemRepr(hop.typer);
  return hop.toResult(value, value.type instanceof PairType ? new NullableRepr(item) : item);
}

const SEARCHES: readonly (readonly [string, HelperFunction, number])[] = [
  ["indexOf", list.itemsIndexOf, 0],
  ["lastIndexOf", list.itemsLastIndexOf, NO_END],
  ["includes", list.itemsIndexOf, 0],
];
for (const [name, helper, start] of SEARCHES) {
  builtins.on(`typedArray.${name}`, (hop) => {
    const { repr, value } = receiver(hop);
    const item = repr.itemRepr(hop.typer);
    const isFloat = item instanceof FloatRepr;
    const equal = !isFloat ? equalInts : name === "includes" ? sameFloats : equalFloats;
    const from = indexArg(hop, 2, start);
    const at = hop.helper(helper, value, length(hop, value), hop.inputArg(item, 1), from, equal);
    if (name !== "includes") return intResult(hop, at);
    return boolResult(hop, hop.emit("int_ge", [at, hop.int(0)], Bool));
  });
}

builtins.on("typedArray.join", (hop) => {
  const { repr, value } = receiver(hop);
  const separator = isPassed(hop, 1) ? hop.inputArg(STRING_REPR, 1) : hop.typer.constant(STRING_REPR, ",");
  const item = repr.itemRepr(hop.typer);
  const text = item instanceof FloatRepr ? floatToString : item === UINT32_REPR ? uint32Text : intToString;
  const like = hop.const(null, ptr(gcArray(ptrTo.string)));
  const texts = hop.helper(list.itemsTexts, value, length(hop, value), text, like);
  return hop.toResult(hop.helper(stringJoin, texts, length(hop, texts), separator), STRING_REPR);
});

const UNDEFINED = new NoneRepr(2);
type Given = "none" | "boolean" | "item" | "index";
const CALLING: readonly (readonly [string, HelperFunction, Given])[] = [
  ["forEach", fn.listForEach, "none"],
  ["some", fn.listSome, "boolean"],
  ["every", fn.listEvery, "boolean"],
  ["find", fn.listFind, "item"],
  ["findIndex", fn.listFindIndex, "index"],
];
for (const [name, helper, given] of CALLING) {
  builtins.on(`typedArray.${name}`, (hop) => {
    const { repr, value } = receiver(hop);
    const args = [repr.itemRepr(hop.typer), INT_REPR, repr];
    const callback = hop.callback(1, args, given === "none" ? UNDEFINED : BOOL_REPR);
    const code = callbackCode(callback, hop.typer);
    const made = hop.helper(helper, value, list.fixedItems, list.fixedLength, code, callback.environment);
    if (given === "none") return null;
    if (given === "boolean") return boolResult(hop, made);
    return given === "index" ? intResult(hop, made) : found(hop, made, repr);
  });
}
builtins.on("typedArray.reduce", (hop) => {
  const { repr, value } = receiver(hop);
  const item = repr.itemRepr(hop.typer);
  const to = isPassed(hop, 2) ? hop.resultRepr : item;
  const callback = hop.callback(1, [to, item, INT_REPR, repr], to);
  const code = callbackCode(callback, hop.typer);
  const args = [value, list.fixedItems, list.fixedLength, code, callback.environment] as const;
  if (isPassed(hop, 2)) return hop.helper(fn.listReduce, ...args, hop.inputArg(to, 2));
  return hop.toResult(hop.helper(fn.listReduceOwn, ...args), item);
});
