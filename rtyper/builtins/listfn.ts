/** Methods of lists that call back. The callback reaches the helper as code and environment (`Hop.callback`). */
import type { Value } from "../../translator/flow/model.ts";
import type { Callback, Hop, OpList, Typed } from "../hop.ts";
import { gcArray, ptr, ptrTo, Signed } from "../lltype/types.ts";
import { BOOL_REPR } from "../repr/bool.ts";
import { FLOAT_REPR } from "../repr/float.ts";
import { checkedCast, InstanceRepr } from "../repr/instance.ts";
import { INT_REPR, IntRepr } from "../repr/int.ts";
import { callbackCode, itemConverter, ListRepr, newList, spreadItems, synthesizedCode } from "../repr/list.ts";
import { NoneRepr } from "../repr/none.ts";
import { StringRepr } from "../repr/string.ts";
import { builtins, type HelperFunction, type Repr } from "../repr.ts";
import { itemsConverted, itemsCopy } from "../runtime/list.ts";
import * as fn from "../runtime/listfn.ts";
import { itemsSort, itemsSortByText, orderStrings } from "../runtime/listsort.ts";
import { boolResult, intResult, isPassed } from "./arguments.ts";
import { sortText } from "./itemtext.ts";
import { itemResult, listResult, type Receiver, receiver } from "./list.ts";

const UNDEFINED = new NoneRepr(2);

/** Code and environment of a callback as helper arguments. */
function passCallback(hop: Hop, callback: Callback): [Typed, Value] {
  return [callbackCode(callback, hop.typer), callback.environment];
}

/** What helpers that call back take: list, its access functions, code, environment. */
function callbackArgs(hop: Hop, r: Receiver, callback: Callback) {
  const [items, length] = r.repr.access;
  return [r.value, items, length, ...passCallback(hop, callback)] as const;
}

function itemCallback(hop: Hop, r: Receiver, result: Repr | null): Callback {
  return hop.callback(1, [r.repr.item, INT_REPR, r.repr], result);
}

/** Whether nothing is ever in the list, so that the annotator saw no call of the callback. */
function isNeverCalled(hop: Hop): boolean {
  return !hop.callbacks.has(1);
}

/** An empty list as the result. */
function emptyResult(hop: Hop): Value {
  return newList(hop.resultRepr as ListRepr, [], hop);
}

builtins.on(["list.forEach", "tuple.forEach"], (hop) => {
  const r = receiver(hop);
  if (isNeverCalled(hop)) return null;
  hop.helper(fn.listForEach, ...callbackArgs(hop, r, itemCallback(hop, r, UNDEFINED)));
  return null;
});
builtins.on(["list.map", "tuple.map"], (hop) => {
  const r = receiver(hop);
  if (isNeverCalled(hop)) return emptyResult(hop);
  const to = hop.resultRepr as ListRepr;
  const callback = itemCallback(hop, r, to.item);
  return listResult(hop, hop.helper(fn.listMap, ...callbackArgs(hop, r, callback), to.likeItems(hop)));
});
builtins.on(["list.filter", "tuple.filter"], (hop) => {
  const r = receiver(hop);
  if (isNeverCalled(hop)) return emptyResult(hop);
  const array = hop.helper(fn.listFilter, ...callbackArgs(hop, r, itemCallback(hop, r, BOOL_REPR)));
  return listResult(hop, passedItems(hop, array, r.repr.item, hop.resultRepr as ListRepr));
});

/** The items that a type predicate let pass, as what it claims them to be. */
function passedItems(hop: Hop, array: Value, from: Repr, into: ListRepr): Value {
  const to = into.item;
  if (from === to) return array;
  const code = synthesizedCode(
    hop.typer,
    `item of ${from.lowType.toText()} passing as ${to.lowType.toText()}`,
    [["x", from.lowType]],
    to.lowType,
    (s, x) => s.return(passed(s, x as Value, from, to)),
  );
  const length = hop.emit("getarraysize", [array], Signed);
  return hop.helper(itemsConverted, array, length, code, into.likeItems(hop));
}

function passed(ops: OpList, value: Value, from: Repr, to: Repr): Value {
  const isDowncast = from instanceof InstanceRepr && to instanceof InstanceRepr && !from.desc.isSubclassOf(to.desc);
  return isDowncast ? checkedCast(value, true, to, ops) : ops.convert(value, from, to);
}

const TESTS: readonly (readonly [string, HelperFunction])[] = [
  ["some", fn.listSome],
  ["every", fn.listEvery],
];
for (const [name, helper] of TESTS) {
  builtins.on([`list.${name}`, `tuple.${name}`], (hop) => {
    const r = receiver(hop);
    if (isNeverCalled(hop)) return boolResult(hop, hop.bool(name === "every"));
    return boolResult(hop, hop.helper(helper, ...callbackArgs(hop, r, itemCallback(hop, r, BOOL_REPR))));
  });
}
const FINDS: readonly (readonly [string, HelperFunction, boolean])[] = [
  ["find", fn.listFind, true],
  ["findLast", fn.listFindLast, true],
  ["findIndex", fn.listFindIndex, false],
  ["findLastIndex", fn.listFindLastIndex, false],
];
for (const [name, helper, givesItem] of FINDS) {
  builtins.on([`list.${name}`, `tuple.${name}`], (hop) => {
    const r = receiver(hop);
    if (isNeverCalled(hop)) return givesItem ? hop.toResult(hop.void(null), UNDEFINED) : intResult(hop, hop.int(-1));
    const found = hop.helper(helper, ...callbackArgs(hop, r, itemCallback(hop, r, BOOL_REPR)));
    if (!givesItem) return intResult(hop, found);
    if (hop.resultRepr instanceof InstanceRepr) return passed(hop, found, r.repr.item, hop.resultRepr);
    return itemResult(hop, found, r.repr);
  });
}

function reduce(name: string, withInitial: HelperFunction, own: HelperFunction): void {
  builtins.on([`list.${name}`, `tuple.${name}`], (hop) => {
    const r = receiver(hop);
    if (isNeverCalled(hop)) return reduceNothing(hop);
    if (isPassed(hop, 2)) {
      const to = hop.resultRepr;
      const callback = hop.callback(1, [to, r.repr.item, INT_REPR, r.repr], to);
      return hop.helper(withInitial, ...callbackArgs(hop, r, callback), hop.inputArg(to, 2));
    }
    const { item } = r.repr;
    const callback = hop.callback(1, [item, item, INT_REPR, r.repr], item);
    return hop.toResult(hop.helper(own, ...callbackArgs(hop, r, callback)), item);
  });
}
/** `reduce` of a list in which there is never anything. */
function reduceNothing(hop: Hop): Value {
  if (isPassed(hop, 2)) return hop.inputArg(hop.resultRepr, 2);
  hop.helper(fn.reduceOfNothing);
  return hop.toResult(hop.void(null), UNDEFINED);
}

reduce("reduce", fn.listReduce, fn.listReduceOwn);
reduce("reduceRight", fn.listReduceRight, fn.listReduceRightOwn);

builtins.on(["list.flatMap", "tuple.flatMap"], (hop) => {
  const r = receiver(hop);
  if (isNeverCalled(hop)) return emptyResult(hop);
  const to = hop.resultRepr as ListRepr;
  const callback = itemCallback(hop, r, null);
  const part = callback.result;
  if (!(part instanceof ListRepr)) {
    const single = itemCallback(hop, r, to.item);
    return listResult(hop, hop.helper(fn.listMap, ...callbackArgs(hop, r, single), to.likeItems(hop)));
  }
  const out = to.growing(hop);
  hop.helper(fn.listFlatMap, ...callbackArgs(hop, r, callback), ...part.access, itemConverter(hop, part, to), out);
  return to.fromGrowing(out, hop);
});

builtins.on("list.sort", (hop) => {
  const r = receiver(hop);
  const items = r.repr.items(r.value, hop);
  const length = r.repr.length(r.value, hop);
  if (isPassed(hop, 1) && isNeverCalled(hop)) return hop.toResult(r.value, r.repr);
  if (isPassed(hop, 1)) {
    const own = hop.callback(1, [r.repr.item, r.repr.item]);
    const callback = own.result instanceof IntRepr ? own : hop.callback(1, [r.repr.item, r.repr.item], FLOAT_REPR);
    hop.helper(itemsSort, items, length, ...passCallback(hop, callback));
  } else if (r.repr.item instanceof StringRepr && !r.repr.cell.find().item.type.canBeNull) {
    hop.helper(itemsSort, items, length, orderStrings, hop.int(0));
  } else {
    const texts = hop.const(null, ptr(gcArray(ptrTo.string)));
    const numbers = hop.const(null, ptr(gcArray(Signed)));
    hop.helper(itemsSortByText, items, length, sortText(hop, r.repr), texts, numbers);
  }
  return hop.toResult(r.value, r.repr);
});

/** `Array.from`: of an iterable, or of `{ length }`, with or without a callback. */
builtins.on("array.from", (hop) => {
  const to = hop.resultRepr as ListRepr;
  const source = hop.repr(0);
  if (source instanceof InstanceRepr) return fromLength(hop, source, to);
  if (!isPassed(hop, 1)) {
    const { array, length } = spreadItems(hop, 0, to);
    return listResult(hop, hop.helper(itemsCopy, array, length, to.likeItems(hop)));
  }
  if (isNeverCalled(hop)) return emptyResult(hop);
  if (!(source instanceof ListRepr)) throw new Error(`rtyper: Array.from of ${source.toText()}: ${hop.describe()}`);
  const r = { repr: source, value: hop.inputNonNull(0) };
  return listResult(
    hop,
    hop.helper(fn.listMap, ...callbackArgs(hop, r, itemCallback(hop, r, to.item)), to.likeItems(hop)),
  );
});

function fromLength(hop: Hop, source: InstanceRepr, to: ListRepr): Value {
  const field = source.desc.findField("length");
  if (field === null) throw new Error(`rtyper: Array.from of ${source.toText()}: ${hop.describe()}`);
  const n = hop.convert(source.load(hop.inputNonNull(0), field, hop), source.fieldRepr(field), INT_REPR);
  const callback = hop.callback(1, [UNDEFINED, INT_REPR], to.item);
  return listResult(hop, hop.helper(fn.listTabulate, n, ...passCallback(hop, callback), to.likeItems(hop)));
}

/** `flat()` of a list of lists, one level. */
builtins.on(["list.flat", "tuple.flat"], (hop) => {
  const r = receiver(hop);
  const to = hop.resultRepr as ListRepr;
  const part = r.repr.item;
  if (!(part instanceof ListRepr)) {
    const [array, length] = [r.repr.items(r.value, hop), r.repr.length(r.value, hop)];
    return listResult(hop, hop.helper(itemsCopy, array, length, to.likeItems(hop)));
  }
  const out = to.growing(hop);
  hop.helper(fn.listFlat, r.value, ...r.repr.access, ...part.access, itemConverter(hop, part, to), out);
  return to.fromGrowing(out, hop);
});
