/** Methods of lists that do not call back, and the functions of `Array`. */
import type { SomeTuple } from "../../annotator/model.ts";
import type { Value } from "../../translator/flow/model.ts";
import type { Hop } from "../hop.ts";
import { Bool, gcArray, PairType, ptr, ptrTo, Signed, Void } from "../lltype/types.ts";
import { iteratorRepr, sourceRepr, startIteration } from "../repr/iterator.ts";
import { keyFunctions, strictEquality } from "../repr/keys.ts";
import {
  asItem,
  convertedItems,
  extendList,
  itemsFor,
  ListRepr,
  newList,
  pushItem,
  spreadItems,
} from "../repr/list.ts";
import { NoneRepr } from "../repr/none.ts";
import { NullableRepr } from "../repr/nullable.ts";
import { STRING_REPR } from "../repr/string.ts";
import { TupleRepr } from "../repr/tuple.ts";
import { tupleListRepr, tupleToList } from "../repr/tuplelist.ts";
import { builtins, type HelperFunction, lowerings } from "../repr.ts";
import { equalFloats, equalNullableFloats } from "../runtime/hash.ts";
import * as list from "../runtime/list.ts";
import { stringJoin } from "../runtime/string.ts";
import { boolResult, indexArg, intArg, intResult, isPassed, NO_END } from "./arguments.ts";
import { itemText } from "./itemtext.ts";

const STRINGS = ptr(gcArray(ptrTo.string));

/** The receiver: its repr, value, items and length. */
export interface Receiver {
  readonly repr: ListRepr;
  readonly value: Value;
}

export function receiver(hop: Hop): Receiver {
  const repr = hop.repr(0);
  if (repr instanceof ListRepr) return { repr, value: hop.inputNonNull(0) };
  if (repr instanceof TupleRepr) return tupleAsList(hop, repr);
  throw new Error(`rtyper: no lowering of ${hop.describe()}`);
}

/** A tuple's items in a fixed list, for the methods that tuples share with lists. */
function tupleAsList(hop: Hop, repr: TupleRepr): Receiver {
  const list = tupleListRepr(repr, hop.some(0) as SomeTuple, hop.typer);
  return { repr: list, value: tupleToList(hop, hop.inputNonNull(0), repr, list) };
}

function items(hop: Hop, r: Receiver): Value {
  return r.repr.items(r.value, hop);
}

function length(hop: Hop, r: Receiver): Value {
  return r.repr.length(r.value, hop);
}

/** An item that a helper gave, which is undefined where there was none, as the operation's result. */
export function itemResult(hop: Hop, value: Value, repr: ListRepr): Value {
  const { item } = repr;
  if (item.lowType === Void) return hop.void(null);
  const maybe = value.type instanceof PairType && !(item.lowType instanceof PairType);
  return hop.toResult(value, maybe ? new NullableRepr(item) : item);
}

/** An operand as an item of the list. */
export function itemArg(hop: Hop, repr: ListRepr, i: number): Value {
  return asItem(repr, hop.inputArg(repr.item, i), hop);
}

/** The result of an operation that makes a list of the items of an exact array. */
export function listResult(hop: Hop, array: Value): Value {
  return (hop.resultRepr as ListRepr).wrap(array, hop);
}

/** The same where the array holds items as another list does. */
function listResultFrom(hop: Hop, array: Value, from: ListRepr): Value {
  const length = hop.emit("getarraysize", [array], Signed);
  return listResult(hop, convertedItems(hop, array, length, from, hop.resultRepr as ListRepr));
}

builtins.on(["list.length", "tuple.length"], (hop) => intResult(hop, length(hop, receiver(hop))));
builtins.on("list.setLength", (hop) => {
  const r = receiver(hop);
  hop.helper(list.listSetLength, r.value, intArg(hop, hop.argCount - 1));
  return null;
});

builtins.on("list.push", (hop) => {
  const r = receiver(hop);
  let made: Value | null = null;
  for (let i = 1; i < hop.argCount; i++) {
    if (hop.spread?.[i - 1] === true) {
      extendList(hop, r.repr, r.value, i);
      made = null;
    } else made = pushItem(hop, r.repr, r.value, hop.inputArg(r.repr.item, i));
  }
  return intResult(hop, made ?? length(hop, r));
});
builtins.on("list.unshift", (hop) => {
  const r = receiver(hop);
  for (let i = hop.argCount - 1; i >= 1; i--) hop.helper(list.listUnshift, r.value, itemArg(hop, r.repr, i));
  return intResult(hop, length(hop, r));
});

const TAKING: readonly (readonly [string, HelperFunction])[] = [
  ["pop", list.listPop],
  ["shift", list.listShift],
];
for (const [name, helper] of TAKING) {
  builtins.on(`list.${name}`, (hop) => {
    const r = receiver(hop);
    return itemResult(hop, hop.helper(helper, r.value), r.repr);
  });
}
builtins.on(["list.at", "tuple.at"], (hop) => {
  const r = receiver(hop);
  return itemResult(hop, hop.helper(list.itemsAt, items(hop, r), length(hop, r), indexArg(hop, 1, 0)), r.repr);
});

builtins.on(["list.slice", "tuple.slice"], (hop) => {
  const r = receiver(hop);
  const [from, to] = [indexArg(hop, 1, 0), indexArg(hop, 2, NO_END)];
  return listResultFrom(hop, hop.helper(list.itemsSlice, items(hop, r), length(hop, r), from, to), r.repr);
});
builtins.on("list.splice", (hop) => {
  const r = receiver(hop);
  const start = indexArg(hop, 1, 0);
  // Without a count everything behind goes; a negative one counts as 0.
  const count = isPassed(hop, 2) ? hop.helper(list.nonNegative, indexArg(hop, 2, 0)) : hop.int(-1);
  const added = spliceItems(hop, r.repr);
  return listResultFrom(hop, hop.helper(list.listSplice, r.value, start, count, added), r.repr);
});

/** The items that `splice` inserts, as an exact array. */
function spliceItems(hop: Hop, repr: ListRepr): Value {
  const spread = hop.spread;
  if (spread !== null && hop.argCount === 4 && spread[2] === true) {
    const { array, length: n } = spreadItems(hop, 3, repr);
    return hop.helper(list.itemsCopy, array, n, repr.likeItems(hop));
  }
  const values: Value[] = [];
  for (let i = 3; i < hop.argCount; i++) values.push(hop.inputArg(repr.item, i));
  return repr.items(newList(repr, values, hop), hop);
}

builtins.on(["list.concat", "tuple.concat"], (hop) => {
  const r = receiver(hop);
  const to = hop.resultRepr as ListRepr;
  const own = itemsFor(hop, r.value, r.repr, to);
  let made = hop.helper(list.itemsCopy, own.array, own.length, to.likeItems(hop));
  for (let i = 1; i < hop.argCount; i++) {
    const repr = hop.repr(i);
    const size = hop.emit("getarraysize", [made], Signed);
    if (repr instanceof ListRepr) {
      const other = itemsFor(hop, hop.inputNonNull(i), repr, to);
      made = hop.helper(list.itemsConcat, made, size, other.array, other.length);
    } else {
      const one = to.items(newList(to, [hop.inputArg(to.item, i)], hop), hop);
      made = hop.helper(list.itemsConcat, made, size, one, hop.int(1));
    }
  }
  return listResult(hop, made);
});

/** `a === b` of items, or SameValueZero. */
function equality(repr: ListRepr, sameZero: boolean): HelperFunction {
  const mayBeNull = repr.cell.find().item.type.canBeNull;
  if (sameZero) return keyFunctions(repr.item, mayBeNull).equal;
  return strictEquality(repr.item, mayBeNull, equalFloats, equalNullableFloats);
}

builtins.on(["list.indexOf", "tuple.indexOf"], (hop) => {
  const r = receiver(hop);
  const [item, from] = [itemArg(hop, r.repr, 1), indexArg(hop, 2, 0)];
  return intResult(
    hop,
    hop.helper(list.itemsIndexOf, items(hop, r), length(hop, r), item, from, equality(r.repr, false)),
  );
});
builtins.on(["list.lastIndexOf", "tuple.lastIndexOf"], (hop) => {
  const r = receiver(hop);
  const [item, from] = [itemArg(hop, r.repr, 1), indexArg(hop, 2, NO_END)];
  return intResult(
    hop,
    hop.helper(list.itemsLastIndexOf, items(hop, r), length(hop, r), item, from, equality(r.repr, false)),
  );
});
builtins.on(["list.includes", "tuple.includes"], (hop) => {
  const r = receiver(hop);
  const [item, from] = [itemArg(hop, r.repr, 1), indexArg(hop, 2, 0)];
  const at = hop.helper(list.itemsIndexOf, items(hop, r), length(hop, r), item, from, equality(r.repr, true));
  return boolResult(hop, hop.emit("int_ge", [at, hop.int(0)], Bool));
});

builtins.on("list.reverse", (hop) => {
  const r = receiver(hop);
  hop.helper(list.itemsReverse, items(hop, r), length(hop, r));
  return hop.toResult(r.value, r.repr);
});
builtins.on("list.fill", (hop) => {
  const r = receiver(hop);
  const [item, from, to] = [itemArg(hop, r.repr, 1), indexArg(hop, 2, 0), indexArg(hop, 3, NO_END)];
  hop.helper(list.itemsFill, items(hop, r), length(hop, r), item, from, to);
  return hop.toResult(r.value, r.repr);
});

/** Text of all items joined by a separator. */
function joined(hop: Hop, r: Receiver, separator: Value): Value {
  const texts = itemText(hop, r.repr);
  if (texts === null) return hop.helper(stringJoin, items(hop, r), length(hop, r), separator);
  const like = hop.const(null, STRINGS);
  const made = hop.helper(list.itemsTexts, items(hop, r), length(hop, r), texts, like);
  return hop.helper(stringJoin, made, hop.emit("getarraysize", [made], Signed), separator);
}

builtins.on(["list.join", "tuple.join"], (hop) => {
  const separator = isPassed(hop, 1) ? hop.inputArg(STRING_REPR, 1) : hop.typer.constant(STRING_REPR, ",");
  return hop.toResult(joined(hop, receiver(hop), separator), STRING_REPR);
});
builtins.on(["list.toString", "tuple.toString"], (hop) =>
  hop.toResult(joined(hop, receiver(hop), hop.typer.constant(STRING_REPR, ",")), STRING_REPR),
);
lowerings.on("to_string", ListRepr, (hop) =>
  hop.toResult(joined(hop, receiver(hop), hop.typer.constant(STRING_REPR, ",")), STRING_REPR),
);

// Iterators over lists (and, by their own reprs, over maps, sets and typed arrays).
for (const kind of ["list", "tuple", "map", "set", "typedArray"]) {
  for (const what of ["keys", "values", "entries"] as const) {
    builtins.on(`${kind}.${what}`, (hop) => {
      const repr = iteratorRepr(sourceRepr(hop.repr(0), hop.some(0), hop.typer), what, hop.typer);
      return hop.toResult(startIteration(hop, repr), repr);
    });
  }
}

// Functions of `Array`.
builtins.on("array.isArray", (hop) => boolResult(hop, hop.bool(hop.argCount > 0 && hop.repr(0) instanceof ListRepr)));
builtins.on("array.of", (hop) => {
  const repr = hop.resultRepr as ListRepr;
  const values: Value[] = [];
  for (let i = 0; i < hop.argCount; i++) values.push(hop.inputArg(repr.item, i));
  return newList(repr, values, hop);
});

/** A new list of n items that are zero, or undefined where they can be. */
function newOfLength(hop: Hop, repr: ListRepr, n: Value): Value {
  const array = hop.helper(list.newItems, repr.likeItems(hop), n);
  if (repr.item instanceof NullableRepr) {
    const none = hop.convert(hop.void(null), UNDEFINED, repr.item);
    hop.helper(list.itemsFill, array, n, none, hop.int(0), n);
  }
  return repr.wrap(array, hop);
}

const UNDEFINED = new NoneRepr(2);

builtins.on("new.Array", (hop) => {
  const repr = hop.resultRepr as ListRepr;
  if (hop.argCount === 0) return newList(repr, [], hop);
  if (hop.argCount === 1) return newOfLength(hop, repr, intArg(hop, 0));
  const values: Value[] = [];
  for (let i = 0; i < hop.argCount; i++) values.push(hop.inputArg(repr.item, i));
  return newList(repr, values, hop);
});

builtins.on("rlib.newList", (hop) => {
  const repr = hop.resultRepr as ListRepr;
  const n = intArg(hop, 0);
  const array = hop.helper(list.newFilled, repr.likeItems(hop), n, itemArg(hop, repr, 1));
  return repr.wrap(array, hop);
});
builtins.on("rlib.copyItems", (hop) => {
  const [source, target] = [hop.repr(0) as ListRepr, hop.repr(2) as ListRepr];
  const [from, to] = [hop.inputNonNull(0), hop.inputNonNull(2)];
  const [start, at, count] = [intArg(hop, 1), intArg(hop, 3), intArg(hop, 4)];
  for (const [first, size] of [
    [start, source.length(from, hop)],
    [at, target.length(to, hop)],
  ] as const) {
    const fits = hop.helper(list.isRange, first, count, size);
    hop.emit("check_true", [fits, hop.void("copyItems: range outside the list")], Void);
  }
  hop.emit("array_copy", [source.items(from, hop), start, target.items(to, hop), at, count], Void);
  return null;
});
