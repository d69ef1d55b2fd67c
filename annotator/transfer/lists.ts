/** Methods of lists, tuples and typed arrays; functions of `Array`; their constructors. */

import { Node } from "ts-morph";
import type { BuiltinCall, BuiltinTable, BuiltinTransfer } from "../builtins.ts";
import type { ListCell } from "../cells.ts";
import { contextualType } from "../context.ts";
import type { DeclaredType } from "../declared.ts";
import { defaultWhat, iteratedItem } from "../iteration.ts";
import {
  BOOL,
  FALSE,
  INT,
  type IteratorWhat,
  isBottom,
  NON_NEGATIVE,
  NOTHING,
  type Nulls,
  SomeInstance,
  SomeList,
  SomeTypedArray,
  type SomeValue,
  STRING,
  TRUE,
  type TypedArrayKind,
  UNDEFINED,
} from "../model.ts";
import { narrowToClasses } from "../narrow.ts";
import { itemOfTypedArray } from "../scalars.ts";
import { textOf } from "./convert.ts";
import { makeIterator } from "./iterate.ts";
import { isBig, isNumber } from "./kinds.ts";
import { intArg, optionalInt, optionalText } from "./numbers.ts";

function cellOf(call: BuiltinCall): ListCell {
  return (call.self as SomeList).cell;
}

function item(call: BuiltinCall): SomeValue {
  return iteratedItem(call.ctx, call.self, "values", -1);
}

/** The item, or undefined where there may be none. */
function optionalItem(call: BuiltinCall): SomeValue {
  return orUndefined(call, item(call));
}

function orUndefined(call: BuiltinCall, s: SomeValue): SomeValue {
  return isBottom(s) ? UNDEFINED : call.ctx.union(s, UNDEFINED);
}

/**
 * An item that passed a callback's test: where the callback is a type predicate, declared or seen by the checker
 * (`(x) => x !== null`), the checker knows more of it than of the items of the list.
 */
function passedItem(call: BuiltinCall): SomeValue {
  const s = item(call);
  if (isBottom(s) || (s.nulls === 0 && !(s instanceof SomeInstance))) return s;
  const declared = checkedItem(call);
  if (declared === null || declared.kind === "unknown" || declared.kind === "nullish") return s;
  const present = s.withNulls((s.nulls & declared.nulls) as Nulls);
  if (!(present instanceof SomeInstance) || declared.kind !== "instance") return present;
  const live = call.ctx.solver.classes.liveOf(declared.declaration);
  if (live === null) return present;
  const narrowed = narrowToClasses(present, call.ctx.solver.classes.variants(live as never));
  return narrowed.kind === "nothing" ? present : narrowed.withNulls(present.nulls);
}

/** What the checker says of the items that `filter` or `find` lets pass. */
function checkedItem(call: BuiltinCall): DeclaredType | null {
  const { world, types } = call.ctx.solver;
  let node = world.nodeAt(call.ctx.op.position);
  while (node !== null && !Node.isCallExpression(node)) node = node.getParent() ?? null;
  if (node === null) return null;
  const type = node.getReturnType();
  const passed = call.name.endsWith(".filter") ? type.getArrayElementType() : type;
  return passed === undefined ? null : types.fromChecker(passed, node);
}

/** A new list with items of this type. */
function fresh(call: BuiltinCall, type: SomeValue, what: string): SomeValue {
  const cell = call.ctx.listCell();
  cell.resized = true;
  if (!isBottom(type)) call.ctx.merge(cell.item, type, what);
  return new SomeList(cell.find());
}

/** Merges arguments from `first` on into the list, spread ones item by item. */
function addArguments(call: BuiltinCall, first: number, what: string): void {
  const cell = cellOf(call);
  for (let i = first; i < call.args.length; i++) {
    const s = call.args[i] as SomeValue;
    const type = call.spread?.[i] === true ? iteratedItem(call.ctx, s, defaultWhat(s), call.operand(i)) : s;
    if (!isBottom(type)) call.ctx.merge(cell.item, type, what, call.operand(i));
  }
}

function push(call: BuiltinCall): SomeValue {
  cellOf(call).resized = true;
  addArguments(call, 0, `argument 1 of ${call.name.split(".")[1]}`);
  return NON_NEGATIVE;
}

function take(call: BuiltinCall): SomeValue {
  cellOf(call).resized = true;
  return optionalItem(call);
}

function splice(call: BuiltinCall): SomeValue {
  cellOf(call).resized = true;
  optionalInt(call, 0);
  optionalInt(call, 1);
  addArguments(call, 2, "inserted by splice");
  return fresh(call, item(call), "removed by splice");
}

function slice(call: BuiltinCall): SomeValue {
  optionalInt(call, 0);
  optionalInt(call, 1);
  return fresh(call, item(call), "item of the list");
}

function concat(call: BuiltinCall): SomeValue {
  const result = fresh(call, item(call), "item of the list");
  const cell = (result as SomeList).cell;
  for (let i = 0; i < call.args.length; i++) {
    const s = call.args[i] as SomeValue;
    if (s.kind === "nothing") return NOTHING;
    const type = s instanceof SomeList ? call.ctx.read(s.cell.item) : s;
    if (!isBottom(type)) call.ctx.merge(cell.item, type, "argument of concat", call.operand(i));
  }
  return new SomeList(cell.find());
}

function join(call: BuiltinCall): SomeValue {
  optionalText(call, 0);
  const s = item(call);
  if (!isBottom(s)) textOf(call.ctx, s.nulls === 0 ? s : s.withNulls(0), 0);
  return STRING;
}

/** `indexOf(x)`, `includes(x)`: the argument must be comparable with the items. */
function search(result: SomeValue): BuiltinTransfer {
  return (call) => {
    const [s, x] = [item(call), call.arg(0)];
    optionalInt(call, 1);
    if (x === null) return call.ctx.fail("RTS1205", `${call.name} needs an argument`);
    if (isBottom(x)) return NOTHING;
    if (isBottom(s) || x.kind === "nothing") return result;
    const texts = (k: SomeValue): boolean => k.kind === "string" || k.kind === "char";
    const alike = s.kind === x.kind || (isNumber(s) && isNumber(x)) || (texts(s) && texts(x)) || (isBig(s) && isBig(x));
    if (!alike && s.kind !== "nothing") {
      return call.ctx.fail("RTS1215", `${x.toText()} is searched in ${call.self.toText()}`, null, [call.operand(0)]);
    }
    return result;
  };
}

function reverse(call: BuiltinCall): SomeValue {
  if (call.self instanceof SomeList) call.self.cell.assigned = true;
  return call.self;
}

function fill(call: BuiltinCall): SomeValue {
  const cell = cellOf(call);
  cell.assigned = true;
  const s = call.arg(0);
  optionalInt(call, 1);
  optionalInt(call, 2);
  if (s !== null) call.ctx.merge(cell.item, s, "argument 1 of fill", call.operand(0));
  return call.self;
}

function iterator(what: IteratorWhat): BuiltinTransfer {
  return (call) => makeIterator(call.ctx, call.self, what, -1);
}

/** Calls the callback with (item, index, list); bottom while it gives nothing. */
function each(call: BuiltinCall): SomeValue | null {
  const s = item(call);
  if (isBottom(s)) return null;
  return call.callback(0, [s, NON_NEGATIVE, call.self]);
}

function map(call: BuiltinCall): SomeValue {
  const result = each(call);
  if (result !== null && isBottom(result)) return NOTHING;
  return fresh(call, result ?? NOTHING, "result of the callback");
}

function filter(call: BuiltinCall): SomeValue {
  const result = each(call);
  if (result !== null && isBottom(result)) return NOTHING;
  return fresh(call, passedItem(call), "item of the list");
}

/** The found item keeps a null of its own only where the checker lets it. */
function found(call: BuiltinCall): SomeValue {
  return orUndefined(call, passedItem(call));
}

function test(result: (call: BuiltinCall) => SomeValue): BuiltinTransfer {
  return (call) => {
    const tested = each(call);
    return tested !== null && isBottom(tested) ? NOTHING : result(call);
  };
}

function reduce(call: BuiltinCall): SomeValue {
  const { ctx } = call;
  const s = item(call);
  const accumulator = ctx.typeCell("accumulator", "accumulator of reduce");
  const initial = call.arg(1);
  if (initial !== null) ctx.merge(accumulator, initial, "initial value of reduce", call.operand(1));
  else if (!isBottom(s)) ctx.merge(accumulator, s, "item of the list");
  if (!isBottom(s)) {
    const result = call.callback(0, [ctx.read(accumulator), s, NON_NEGATIVE, call.self]);
    if (!isBottom(result)) ctx.merge(accumulator, result, "result of the callback");
  }
  return ctx.read(accumulator);
}

function sort(call: BuiltinCall): SomeValue {
  if (call.self instanceof SomeList) call.self.cell.assigned = true;
  const s = item(call);
  const compare = call.arg(0);
  if (compare === null || compare.kind === "nothing") {
    if (!isBottom(s)) textOf(call.ctx, s, 0);
    return call.self;
  }
  if (isBottom(s)) return call.self;
  const result = call.callback(0, [s, s]);
  if (isBottom(result)) return NOTHING;
  if (!isNumber(result))
    return call.ctx.fail("RTS1206", `the comparison of sort gives ${result.toText()}, a number is required`);
  return call.self;
}

function flatMap(call: BuiltinCall): SomeValue {
  const result = each(call);
  if (result === null) return fresh(call, NOTHING, "");
  if (result.kind === "nothing") return NOTHING;
  return fresh(call, flattened(call, result), "item of the callback's result");
}

function flattened(call: BuiltinCall, s: SomeValue): SomeValue {
  return s instanceof SomeList ? call.ctx.read(s.cell.item) : s;
}

function flat(call: BuiltinCall): SomeValue {
  const s = item(call);
  return fresh(call, isBottom(s) ? NOTHING : flattened(call, s), "item of an inner list");
}

function at(call: BuiltinCall): SomeValue {
  intArg(call, 0);
  return optionalItem(call);
}

const READING: BuiltinTable = {
  slice,
  join,
  indexOf: search(INT),
  lastIndexOf: search(INT),
  includes: search(BOOL),
  at,
  keys: iterator("keys"),
  values: iterator("values"),
  entries: iterator("entries"),
  map,
  forEach: test(() => UNDEFINED),
  filter,
  some: test(() => BOOL),
  every: test(() => BOOL),
  find: test(found),
  findIndex: test(() => INT),
  findLast: test(found),
  findLastIndex: test(() => INT),
  reduce,
  reduceRight: reduce,
  flatMap,
  flat,
  concat,
  toString: join,
};

export const LIST_METHODS: BuiltinTable = {
  ...READING,
  push,
  pop: take,
  shift: take,
  unshift: push,
  splice,
  reverse,
  fill,
  sort,
};

export const TUPLE_METHODS: BuiltinTable = READING;

// ---- typed arrays

function sameArray(call: BuiltinCall): SomeValue {
  optionalInt(call, 0);
  optionalInt(call, 1);
  return new SomeTypedArray((call.self as SomeTypedArray).array);
}

function setBytes(call: BuiltinCall): SomeValue {
  const s = call.arg(0);
  optionalInt(call, 1);
  if (s === null || s.kind === "nothing") return NOTHING;
  if (!(s instanceof SomeTypedArray) && !(s instanceof SomeList)) {
    return call.ctx.fail("RTS1206", `set of ${s.toText()}`, null, [call.operand(0)]);
  }
  return UNDEFINED;
}

function fillBytes(call: BuiltinCall): SomeValue {
  const s = call.arg(0);
  if (s !== null && !isNumber(s) && !isBig(s) && s.kind !== "nothing") {
    return call.ctx.fail("RTS1206", `fill with ${s.toText()}`, null, [call.operand(0)]);
  }
  optionalInt(call, 1);
  optionalInt(call, 2);
  return call.self;
}

function copyWithin(call: BuiltinCall): SomeValue {
  intArg(call, 0);
  intArg(call, 1);
  optionalInt(call, 2);
  return call.self;
}

export const TYPED_ARRAY_METHODS: BuiltinTable = {
  slice: sameArray,
  set: setBytes,
  fill: fillBytes,
  copyWithin,
  indexOf: search(INT),
  lastIndexOf: search(INT),
  includes: search(BOOL),
  at,
  join,
  keys: iterator("keys"),
  values: iterator("values"),
  entries: iterator("entries"),
  forEach: test(() => UNDEFINED),
  some: test(() => BOOL),
  every: test(() => BOOL),
  find: test(optionalItem),
  findIndex: test(() => INT),
  reduce,
  reverse,
  subarray: (call) =>
    call.ctx.fail(
      "RTS1011",
      "subarray shares memory, which is not available at run time",
      "use slice, or pass offsets",
    ),
};

export function newTypedArray(kind: TypedArrayKind): BuiltinTransfer {
  return (call) => {
    const s = call.arg(0);
    if (s !== null && s.kind === "nothing") return NOTHING;
    if (s !== null && !isNumber(s)) {
      const items = iteratedItem(call.ctx, s, "values", call.operand(0));
      const wanted = itemOfTypedArray(kind, call.ctx.solver.options.wordBits);
      if (!isBottom(items) && !(isNumber(items) && isNumber(wanted)) && !(isBig(items) && isBig(wanted))) {
        return call.ctx.fail("RTS1201", `${kind} of ${s.toText()}`, null, [call.operand(0)]);
      }
    } else if (s !== null) intArg(call, 0);
    return new SomeTypedArray(kind);
  };
}

// ---- Array

/** Declared items of the list made by `new Array<T>(n)` or `Array.from<T>`. */
function declaredItems(call: BuiltinCall): DeclaredType | null {
  const { ctx } = call;
  const { world, types } = ctx.solver;
  for (let n = world.nodeAt(ctx.op.position); n !== null; n = n.getParent() ?? null) {
    if (!Node.isNewExpression(n) && !Node.isCallExpression(n)) continue;
    const own = n.getTypeArguments()[0];
    if (own !== undefined) return types.resolve(own, ctx.specialization.environment);
    const declared = contextualType(types, n, ctx.specialization.environment);
    return declared?.kind === "list" ? declared.item : null;
  }
  return null;
}

export function newArray(call: BuiltinCall): SomeValue {
  const cell = call.ctx.listCell();
  const declared = declaredItems(call);
  if (declared !== null) call.ctx.solver.unifier.declare(cell.item, declared);
  if (call.args.length === 1 && isNumber(call.args[0] as SomeValue)) {
    intArg(call, 0);
    return new SomeList(cell.find());
  }
  call.args.forEach((s, i) => {
    call.ctx.merge(cell.item, s, "item of the list", call.operand(i));
  });
  return new SomeList(cell.find());
}

function arrayFrom(call: BuiltinCall): SomeValue {
  const source = call.arg(0);
  if (source === null) return call.ctx.fail("RTS1205", "Array.from needs an argument");
  if (source.kind === "nothing") return NOTHING;
  const isLength = source instanceof SomeInstance && source.classDesc.isRecord;
  const s = isLength ? UNDEFINED : iteratedItem(call.ctx, source, defaultWhat(source), call.operand(0));
  if (call.arg(1) === null) return fresh(call, s, "item of the source");
  if (isBottom(s)) return fresh(call, NOTHING, "");
  const result = call.callback(1, [s, NON_NEGATIVE]);
  return isBottom(result) ? NOTHING : fresh(call, result, "result of the callback");
}

function isArray(call: BuiltinCall): SomeValue {
  const s = call.arg(0);
  if (s === null || isBottom(s)) return NOTHING;
  const is = s.kind === "list" || s.kind === "tuple";
  return is ? (s.nulls === 0 ? TRUE : BOOL) : FALSE;
}

export const ARRAY_FUNCTIONS: BuiltinTable = { from: arrayFrom, of: newArray, isArray };

/** `newList(n, x)` */
export function newList(call: BuiltinCall): SomeValue {
  if (intArg(call, 0).kind === "nothing") return NOTHING;
  const cell = call.ctx.listCell();
  const declared = declaredItems(call);
  if (declared !== null) call.ctx.solver.unifier.declare(cell.item, declared);
  call.ctx.merge(cell.item, call.arg(1) ?? UNDEFINED, "argument 2 of newList", call.operand(1));
  return new SomeList(cell.find());
}

/** `copyItems(source, from, target, to, count)` */
export function copyItems(call: BuiltinCall): SomeValue {
  const [source, target] = [call.arg(0), call.arg(2)];
  for (const i of [1, 3, 4]) intArg(call, i);
  if (source === null || target === null || source.kind === "nothing" || target.kind === "nothing") return NOTHING;
  if (!(target instanceof SomeList))
    return call.ctx.fail("RTS1206", `copyItems into ${target.toText()}`, null, [call.operand(2)]);
  target.cell.assigned = true;
  const s = iteratedItem(call.ctx, source, "values", call.operand(0));
  if (!isBottom(s)) call.ctx.merge(target.cell.item, s, "copied by copyItems", call.operand(0));
  return UNDEFINED;
}
