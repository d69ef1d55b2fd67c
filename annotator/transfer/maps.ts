/** Maps and sets, weak references. */
import { Node } from "ts-morph";
import type { BuiltinCall, BuiltinTable, BuiltinTransfer } from "../builtins.ts";
import type { MapCell, TypeCell } from "../cells.ts";
import { contextualType } from "../context.ts";
import type { DeclaredType } from "../declared.ts";
import { defaultWhat, iteratedItem } from "../iteration.ts";
import {
  BOOL,
  type IteratorWhat,
  isBottom,
  NOTHING,
  NULL,
  SomeMap,
  SomeSet,
  SomeTuple,
  type SomeValue,
  SomeWeakRef,
  UNDEFINED,
} from "../model.ts";
import type { OpContext } from "../opcontext.ts";
import { makeIterator } from "./iterate.ts";

const KEYS = new Set([
  "string",
  "char",
  "int",
  "intValued",
  "float",
  "bool",
  "bigint",
  "machineInt",
  "instance",
  "nothing",
  "poison",
  "gcRef",
  "class",
  "function",
]);

function cellOf(call: BuiltinCall): MapCell {
  return (call.self as SomeMap | SomeSet).cell;
}

/** Kinds that a collector can see the end of. */
const WEAK_KEYS = new Set(["instance", "list", "map", "set", "typedArray", "nothing", "poison", "gcRef"]);

/** Lets a key in; kinds that have neither value nor identity are refused. */
function addKey(ctx: OpContext, cell: MapCell, key: SomeValue, operand: number): void {
  const kinds = cell.find().weak ? WEAK_KEYS : KEYS;
  if (!kinds.has(key.kind))
    ctx.fail("RTS1213", `${key.toText()} is used as a key`, null, operand >= 0 ? [operand] : []);
  ctx.merge(cell.find().key, key, "key", operand);
}

function argument(call: BuiltinCall, i: number): SomeValue {
  return call.arg(i) ?? call.ctx.fail("RTS1205", `${call.name} needs ${i + 1} arguments`);
}

function get(call: BuiltinCall): SomeValue {
  if (isBottom(argument(call, 0))) return NOTHING;
  addLookup(call);
  const s = call.ctx.read(cellOf(call).value);
  return isBottom(s) ? UNDEFINED : call.ctx.union(s, UNDEFINED);
}

/** A key that is looked up has the type of the keys: an int in a map of floats is a float. */
function addLookup(call: BuiltinCall): void {
  addKey(call.ctx, cellOf(call), argument(call, 0).nonNull(), call.operand(0));
}

function has(call: BuiltinCall): SomeValue {
  if (isBottom(argument(call, 0))) return NOTHING;
  addLookup(call);
  return BOOL;
}

function set(call: BuiltinCall): SomeValue {
  const [key, value] = [argument(call, 0), argument(call, 1)];
  if (isBottom(key) || isBottom(value)) return NOTHING;
  addKey(call.ctx, cellOf(call), key, call.operand(0));
  call.ctx.merge(cellOf(call).value, value, "value of the map", call.operand(1));
  return call.self;
}

function add(call: BuiltinCall): SomeValue {
  const key = argument(call, 0);
  if (isBottom(key)) return NOTHING;
  addKey(call.ctx, cellOf(call), key, call.operand(0));
  return call.self;
}

function iterator(what: IteratorWhat): BuiltinTransfer {
  return (call) => makeIterator(call.ctx, call.self, what, -1);
}

function forEach(call: BuiltinCall): SomeValue {
  const cell = cellOf(call);
  const key = call.ctx.read(cell.key);
  const value = call.self instanceof SomeSet ? key : call.ctx.read(cell.value);
  if (isBottom(key) || isBottom(value)) return UNDEFINED;
  return isBottom(call.callback(0, [value, key, call.self])) ? NOTHING : UNDEFINED;
}

const COMMON: BuiltinTable = { has, delete: has, clear: () => UNDEFINED, forEach };

export const MAP_METHODS: BuiltinTable = {
  ...COMMON,
  get,
  set,
  keys: iterator("keys"),
  values: iterator("values"),
  entries: iterator("entries"),
};

export const SET_METHODS: BuiltinTable = {
  ...COMMON,
  add,
  keys: iterator("keys"),
  values: iterator("values"),
  entries: iterator("entries"),
};

/** Declared keys and values of `new Map<K, V>()` or of what receives it. */
function declaredOf(call: BuiltinCall): DeclaredType | null {
  const { ctx } = call;
  const { world, types } = ctx.solver;
  for (let n = world.nodeAt(ctx.op.position); n !== null; n = n.getParent() ?? null) {
    if (!Node.isNewExpression(n)) continue;
    const own = n.getTypeArguments().map((t) => types.resolve(t, ctx.specialization.environment));
    const weak = isWeak(call);
    if (own.length === 2) return types.map(own[0] as DeclaredType, own[1] as DeclaredType, weak);
    if (own.length === 1) return types.set(own[0] as DeclaredType, weak);
    return contextualType(types, n, ctx.specialization.environment);
  }
  return null;
}

function isWeak(call: BuiltinCall): boolean {
  return call.name.startsWith("new.Weak");
}

function freshCell(call: BuiltinCall): MapCell {
  const { ctx } = call;
  const cell = ctx.mapCell();
  cell.find().weak = isWeak(call);
  const declared = declaredOf(call);
  if (declared?.kind === "map" || declared?.kind === "set") {
    ctx.solver.unifier.declare(cell.key, declared.key);
    if (declared.kind === "map") ctx.solver.unifier.declare(cell.value, declared.value);
  }
  return cell.find();
}

export function newMap(call: BuiltinCall): SomeValue {
  const cell = freshCell(call);
  const source = call.arg(0);
  if (source === null || source.kind === "nothing") return new SomeMap(cell);
  const entry = iteratedItem(call.ctx, source, defaultWhat(source), call.operand(0));
  if (entry instanceof SomeTuple && entry.items.length === 2) {
    addKey(call.ctx, cell, entry.items[0] as SomeValue, call.operand(0));
    call.ctx.merge(cell.value, entry.items[1] as SomeValue, "value of the map", call.operand(0));
  } else if (!isBottom(entry)) {
    return call.ctx.fail("RTS1207", `new Map of ${source.toText()}, whose items are no pairs`, null, [call.operand(0)]);
  }
  return new SomeMap(cell.find());
}

export function newSet(call: BuiltinCall): SomeValue {
  const cell = freshCell(call);
  const source = call.arg(0);
  if (source === null || source.kind === "nothing") return new SomeSet(cell);
  const key = iteratedItem(call.ctx, source, defaultWhat(source), call.operand(0));
  if (!isBottom(key)) addKey(call.ctx, cell, key, call.operand(0));
  return new SomeSet(cell.find());
}

export function newWeakRef(call: BuiltinCall): SomeValue {
  const target = argument(call, 0);
  if (isBottom(target)) return NOTHING;
  const cell: TypeCell = call.ctx.typeCell("target", "target of the weak reference", false);
  call.ctx.merge(cell, target, "target", call.operand(0));
  return new SomeWeakRef(cell);
}

function deref(missing: SomeValue): BuiltinTransfer {
  return (call) => {
    const s = call.ctx.read((call.self as SomeWeakRef).target);
    return isBottom(s) ? missing : call.ctx.union(s, missing);
  };
}

export const WEAK_METHODS: BuiltinTable = { get: deref(NULL), deref: deref(UNDEFINED) };
