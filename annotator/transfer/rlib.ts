/** rlib's intrinsics whose types are more than they declare, C functions, and what helpers do with low-level memory. */

import { Node } from "ts-morph";
import { externalInfo } from "../../rlib/external.ts";
import { Ptr, Struct } from "../../rtyper/lltype/types.ts";
import { type BuiltinCall, type BuiltinTable, type BuiltinTransfer, externalOf } from "../builtins.ts";
import { fromDeclared } from "../fromdeclared.ts";
import type { LiveFunction } from "../functions.ts";
import {
  BOOL,
  FLOAT,
  GCREF,
  INT,
  isBottom,
  NON_NEGATIVE,
  NOTHING,
  SomeClass,
  SomeInstance,
  SomeInt,
  SomePtr,
  type SomeValue,
  SomeWeakRef,
  UNDEFINED,
} from "../model.ts";
import { storedType } from "../scalars.ts";
import { requireIntType, requireNumber } from "./kinds.ts";
import { copyItems, newList } from "./lists.ts";
import { functionAddress } from "./lowlevel.ts";

/** The argument itself. */
function identity(call: BuiltinCall): SomeValue {
  return call.arg(0) ?? UNDEFINED;
}

function weakRef(call: BuiltinCall): SomeValue {
  const target = call.arg(0);
  if (target === null || isBottom(target)) return NOTHING;
  const cell = call.ctx.typeCell("target", "target of the weak reference", false);
  call.ctx.merge(cell, target, "target", call.operand(0));
  return new SomeWeakRef(cell);
}

/** Of the type of the second argument, whose value is not looked at. */
function objectAt(call: BuiltinCall): SomeValue {
  const like = call.arg(1);
  return like === null || isBottom(like) ? NOTHING : like.nonNull();
}

function wordBits(call: BuiltinCall): SomeValue {
  return new SomeInt(0, { value: call.ctx.solver.options.wordBits }, true);
}

// ---- low-level memory

function pointee(s: SomeValue | null): Struct | null {
  if (!(s instanceof SomePtr) || !(s.lltype instanceof Ptr)) return null;
  return s.lltype.to instanceof Struct ? s.lltype.to : null;
}

function constantName(call: BuiltinCall, i: number): string {
  const value = call.arg(i)?.constant?.value;
  return typeof value === "string" ? value : call.ctx.fail("RTS1010", `${call.name} needs a constant field name`);
}

function fieldType(call: BuiltinCall, struct: Struct | null, name: string): SomeValue {
  const field = struct?.findField(name) ?? null;
  if (field === null) return call.ctx.fail("RTS1203", `${call.name}: no field \`${name}\` in ${call.arg(0)?.toText()}`);
  return storedType(struct as Struct, field.name, field.type);
}

function newFieldArray(call: BuiltinCall): SomeValue {
  return fieldType(call, pointee(call.arg(0)), constantName(call, 1));
}

function itemField(call: BuiltinCall): SomeValue {
  const item = pointee(call.arg(0))?.varItem ?? null;
  const s = call.arg(0);
  const array = s instanceof SomePtr && s.lltype instanceof Ptr && "item" in s.lltype.to ? s.lltype.to.item : item;
  return fieldType(call, array instanceof Struct ? array : null, constantName(call, 2));
}

/** The instance that a reference is taken for: of a class that is known while translating. */
function fromGcRef(call: BuiltinCall): SomeValue {
  const [ref, cls] = [call.arg(0), call.arg(1)];
  if (ref === null || cls === null || isBottom(ref) || isBottom(cls)) return NOTHING;
  const desc = cls instanceof SomeClass && cls.classes.length === 1 ? cls.classes[0] : undefined;
  if (desc === undefined) return call.ctx.fail("RTS1206", `${call.name} needs one class, not ${cls.toText()}`);
  return new SomeInstance(desc);
}

const nothing: BuiltinTransfer = () => UNDEFINED;

// ---- C functions

/** Arguments by their kinds, the result by its kind. */
function external(call: BuiltinCall): SomeValue {
  const info = externalInfo(externalOf(call).live);
  if (info === null) return NOTHING;
  for (let i = 0; i < info.arguments.length; i++) {
    const s = call.arg(i);
    const kind = info.arguments[i]?.kind;
    if (s === null) return call.ctx.fail("RTS1205", `${info.name} takes ${info.arguments.length} arguments`);
    if (isBottom(s)) return NOTHING;
    const what = `argument ${i + 1} of ${info.name}`;
    if (kind === "int" || kind === "int32" || kind === "uint32") requireIntType(call.ctx, s, call.operand(i), what);
    else if (kind === "float" || kind === "float32") requireNumber(call.ctx, s, what, call.operand(i));
    else if (kind === "bool" && s.kind !== "bool")
      return call.ctx.fail("RTS1206", `${what} is ${s.toText()}, a boolean is required`);
    else if (kind === "buffer" && s.kind !== "typedArray" && s.kind !== "ptr" && s.kind !== "address") {
      return call.ctx.fail("RTS1206", `${what} is ${s.toText()}, a typed array is required`, null, [call.operand(i)]);
    }
  }
  switch (info.result.kind) {
    case "float":
    case "float32":
      return FLOAT;
    case "bool":
      return BOOL;
    case "void":
    case "buffer":
      return UNDEFINED;
    case "uint32":
      return NON_NEGATIVE;
    default:
      return INT;
  }
}

export const INTRINSICS: BuiltinTable = {
  external,
  "rlib.newList": newList,
  "rlib.copyItems": copyItems,
  "rlib.likely": identity,
  "rlib.unlikely": identity,
  "rlib.unreachable": () => NOTHING,
  "rlib.keepAlive": nothing,
  "rlib.wordBits": wordBits,
  "gc.weakRef": weakRef,
  "heap.registerFinalizer": () => UNDEFINED,
  "heap.objectAt": objectAt,
  "heap.newPinnedLike": identity,
  "lowlevel.newArrayLike": identity,
  "lowlevel.newStructLike": (call) => identity(call).nonNull(),
  "lowlevel.newFieldArray": newFieldArray,
  "lowlevel.getItemField": itemField,
  "lowlevel.setItemField": nothing,
  "lowlevel.clearItemField": nothing,
  "lowlevel.arrayFill": nothing,
  "lowlevel.arrayClear": nothing,
  "lowlevel.arrayCopy": nothing,
  "lowlevel.sameObject": () => BOOL,
  "lowlevel.isNull": () => BOOL,
  "lowlevel.toGcRef": () => GCREF,
  "lowlevel.fromGcRef": fromGcRef,
  "lowlevel.functionAddress": functionAddress,
};

/** An intrinsic by the types that it declares. */
export function declaredIntrinsic(call: BuiltinCall, live: LiveFunction): SomeValue {
  const { ctx } = call;
  const node = ctx.solver.world.functionNode(live);
  if (node === null || !Node.isParametered(node) || !Node.isReturnTyped(node)) {
    return ctx.fail("RTS1015", `${call.name} has no declaration`);
  }
  const parameters = node.getParameters();
  for (let i = 0; i < parameters.length; i++) {
    const type = parameters[i]?.getTypeNode();
    const s = call.arg(i);
    if (s === null || type === undefined) continue;
    if (isBottom(s)) return NOTHING;
    const declared = ctx.solver.types.resolve(type);
    if (s.kind === "nothing" && declared.nulls === 0 && (declared.kind === "int" || declared.kind === "float"))
      return NOTHING;
    ctx.operand = ctx.op.args[call.operand(i)] ?? null;
    ctx.what = `argument ${i + 1} of ${call.name}`;
    if (
      declared.kind === "string" &&
      s.kind !== "string" &&
      s.kind !== "char" &&
      s.kind !== "ptr" &&
      s.kind !== "nothing"
    ) {
      return ctx.fail("RTS1206", `argument ${i + 1} of ${call.name} is ${s.toText()}, a string is required`, null, [
        call.operand(i),
      ]);
    }
    if (declared.constrains) ctx.solver.unifier.conform(s, declared);
  }
  const returns = node.getReturnTypeNode();
  if (returns === undefined) return UNDEFINED;
  const cached = ctx.solver.opValue(ctx.op, `declared ${call.name}`, () => ({
    type: fromDeclared(ctx.solver, ctx.solver.types.resolve(returns)),
  }));
  return cached.type;
}
