/**
 * Names and members: identifiers, `this`, `a.b`, `a[i]`, optional chains, and what can be assigned to.
 */
import { ts } from "ts-morph";
import { functionInfo } from "../../load/registry.ts";
import { Constant, type Value } from "../model.ts";
import type { Binding } from "./bindings.ts";
import type { Captured } from "./captured.ts";
import { isLiveSelf, makeClosure } from "./closures.ts";
import { Join } from "./conditions.ts";
import type { FunctionContext } from "./context.ts";
import { HandlerTable } from "./handlers.ts";
import { narrowed } from "./narrow.ts";
import { type Expected, expect } from "./types.ts";

/** The class whose `super` is meant in a method. */
export function superClass(ctx: FunctionContext): Constant | null {
  const { owner } = ctx.live;
  const base: unknown = owner === null ? null : Object.getPrototypeOf(owner);
  return typeof base === "function" && base !== Function.prototype ? new Constant(base) : null;
}

function readIdentifier(ctx: FunctionContext, node: ts.Identifier): Value {
  const binding = ctx.bindings.meaning.get(node);
  if (binding === undefined) return ctx.global(node);
  if (ctx.ownerOf(binding) !== null && !isLiveSelf(ctx, binding)) {
    const { liftedFunction } = binding;
    if (binding.storage === "lifted" && liftedFunction !== null) return makeClosure(ctx, liftedFunction, binding.name);
    if (binding.kind === "self") return makeClosure(ctx, binding.declaration as ts.FunctionExpression, binding.name);
    return narrowed(ctx, node, ctx.readLocal(binding, node), binding.storage === "cell");
  }
  const captured = ctx.captured(binding, node);
  if (captured === null) return new Constant(undefined);
  return narrowed(ctx, node, ctx.readCaptured(captured, node), true);
}

/** What an expression means if it is a captured name or a constant member of one, else null. Emits nothing. */
export function constantMeaning(ctx: FunctionContext, node: ts.Expression): Captured | null {
  if (ts.isParenthesizedExpression(node)) return constantMeaning(ctx, node.expression);
  if (node.kind === ts.SyntaxKind.ThisKeyword) {
    const { thisValue } = ctx.live;
    const isConstant = ctx.thisValue === null && thisValue !== null && ctx.isArrowNest();
    return isConstant ? { kind: "constant", constant: thisValue, declared: null } : null;
  }
  if (ts.isIdentifier(node)) {
    const binding = ctx.bindings.meaning.get(node);
    if (binding === undefined) {
      const descriptor = Object.getOwnPropertyDescriptor(globalThis, node.text);
      const value: unknown = descriptor === undefined ? undefined : Reflect.get(globalThis, node.text);
      const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
      return isObject ? { kind: "constant", constant: new Constant(value), declared: null } : null;
    }
    if (ctx.ownerOf(binding) !== null || !ctx.live.captures.has(binding.name)) return null;
    return quietly(() => ctx.shared.names.resolve(binding, ctx.live.captures.get(binding.name) as never));
  }
  if (ts.isPropertyAccessExpression(node)) return constantMember(ctx, node);
  return null;
}

function quietly(resolve: () => Captured): Captured | null {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

/** What `a.b` means if it can never change, or is a static field; null for ordinary access. */
export function constantMember(ctx: FunctionContext, node: ts.PropertyAccessExpression): Captured | null {
  const object = constantMeaning(ctx, node.expression);
  if (object?.kind !== "constant") return null;
  return ctx.shared.names.member(object.constant.value, node.name.text, node);
}

/** The getter or setter that `C.name` runs, where C is a class known at translation time; else null. */
function staticAccessor(ctx: FunctionContext, node: ts.PropertyAccessExpression, kind: "get" | "set"): Constant | null {
  const object = constantMeaning(ctx, node.expression);
  if (object?.kind !== "constant" || typeof object.constant.value !== "function") return null;
  const name = node.name.text;
  let holder: object = object.constant.value;
  while (holder !== Function.prototype && !Object.hasOwn(holder, name)) holder = Object.getPrototypeOf(holder);
  const f: unknown = Object.getOwnPropertyDescriptor(holder, name)?.[kind];
  const info = functionInfo(f);
  if (info === null || holder === Function.prototype) return null;
  requireOwnThis(ctx, node, f);
  return new Constant(f);
}

/** A static member's `this` is the class that declares it; one that uses `this` is used through no other. */
export function requireOwnThis(ctx: FunctionContext, access: ts.PropertyAccessExpression, f: unknown): void {
  const info = functionInfo(f);
  if (info === null || !info.isStatic) return;
  const object = constantMeaning(ctx, access.expression);
  if (object?.kind !== "constant" || object.constant.value === info.owner) return;
  const node = ctx.types.program.findDeclaration(info).compilerNode;
  if (ctx.shared.bindingsOf(node.getSourceFile()).functions.get(node)?.usesThis !== true) return;
  ctx.refuse("RTS1018", access.name, "an inherited static member that uses `this` is not supported");
}

/** Reads a property of a value that is already lowered. */
export function readProperty(ctx: FunctionContext, object: Value, node: ts.PropertyAccessExpression): Value {
  return ctx.emit("getattr", [object, new Constant(node.name.text)], node.name, node.name.text);
}

/** Continues an optional chain after `?.`: a nullish value goes to the chain's end. */
export function stopIfNullish(ctx: FunctionContext, value: Value, node: ts.Node): Value {
  if (ctx.chainExit === null) return value;
  const next = ctx.graph.newBlock();
  const test = ctx.emit("is_nullish", [value], node);
  ctx.graph.branch(test, ctx.chainExit, next);
  ctx.graph.startBlock(next);
  return ctx.graph.localize(value);
}

/** Lowers an expression that may be an optional chain: `body` with a place to go to when something is nullish. */
export function inChain(ctx: FunctionContext, node: ts.Expression, body: () => Value): Value {
  const isRoot = ts.isOptionalChain(node) && !isInnerChain(node);
  if (!isRoot) return body();
  const saved = ctx.chainExit;
  const join = new Join(ctx);
  const nullish = ctx.graph.newBlock();
  ctx.chainExit = nullish;
  const value = body();
  ctx.chainExit = saved;
  join.bring(value);
  ctx.graph.startBlock(nullish);
  join.bring(new Constant(undefined));
  return join.finish();
}

/** Whether the node is the object of a further link of the same chain. */
function isInnerChain(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isOptionalChain(parent) && parent.expression === node;
}

/** Lowers the arguments or index inside a chain: they are no part of it. */
export function outsideChain<T>(ctx: FunctionContext, body: () => T): T {
  const saved = ctx.chainExit;
  ctx.chainExit = null;
  const result = body();
  ctx.chainExit = saved;
  return result;
}

/** `super.x` */
function readSuper(ctx: FunctionContext, node: ts.PropertyAccessExpression): Value {
  const base = superClass(ctx);
  if (base === null) return ctx.refuse("RTS1001", node, "`super` without a base class");
  if (ctx.live.thisValue !== null) {
    const member = ctx.shared.names.member(base.value, node.name.text, node);
    if (member !== null) return ctx.readCaptured(member, node.name);
  }
  return ctx.emit("super_getattr", [base, new Constant(node.name.text), ctx.readThis(node)], node.name, node.name.text);
}

function propertyAccess(ctx: FunctionContext, node: ts.PropertyAccessExpression): Value {
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return readSuper(ctx, node);
  return inChain(ctx, node, () => {
    const constant = constantMember(ctx, node);
    if (constant !== null) return ctx.readCaptured(constant, node.name);
    const getter = staticAccessor(ctx, node, "get");
    if (getter !== null) return ctx.emit("call", [getter], node.name, node.name.text);
    let object = ctx.expression(node.expression);
    if (node.questionDotToken !== undefined) object = stopIfNullish(ctx, object, node.expression);
    return narrowed(ctx, node, readProperty(ctx, object, node), true);
  });
}

/** The name, if an index is a constant name. */
export function constantName(node: ts.Expression): string | null {
  return ts.isStringLiteralLike(node) ? node.text : null;
}

function elementAccess(ctx: FunctionContext, node: ts.ElementAccessExpression): Value {
  return inChain(ctx, node, () => {
    let object = ctx.expression(node.expression);
    if (node.questionDotToken !== undefined) object = stopIfNullish(ctx, object, node.expression);
    const name = constantName(node.argumentExpression);
    if (name !== null) return ctx.emit("getattr", [object, new Constant(name)], node.argumentExpression, name);
    const index = outsideChain(ctx, () => ctx.expression(node.argumentExpression));
    return narrowed(ctx, node, ctx.emit("getitem", [object, index], node.argumentExpression), true);
  });
}

/** A place that can be read and assigned, with its object and index evaluated once. */
export interface Reference {
  get(): Value;
  set(value: Value): void;
  /** Declared type of the place: what is assigned has this type. */
  readonly declared: Expected | null;
}

/** The place that an expression names; null after a report. */
export function reference(ctx: FunctionContext, node: ts.Expression, wantsType = false): Reference | null {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)) {
    return reference(ctx, node.expression, wantsType);
  }
  if (ts.isSatisfiesExpression(node)) return reference(ctx, node.expression, wantsType);
  if (ts.isIdentifier(node)) return identifierReference(ctx, node);
  if (ts.isPropertyAccessExpression(node)) return propertyReference(ctx, node, wantsType);
  if (ts.isElementAccessExpression(node)) return elementReference(ctx, node);
  ctx.refuse("RTS1001", node, "this expression cannot be assigned to");
  return null;
}

function identifierReference(ctx: FunctionContext, node: ts.Identifier): Reference | null {
  const binding = ctx.bindings.meaning.get(node);
  if (binding === undefined) {
    ctx.refuse("RTS1001", node, `the global "${node.text}" cannot be assigned`);
    return null;
  }
  if (ctx.ownerOf(binding) !== null) return localReference(ctx, binding, node);
  const captured = ctx.captured(binding, node);
  if (captured === null) return null;
  if (captured.kind !== "cell") {
    ctx.refuse("RTS1001", node, `"${node.text}" is constant and cannot be assigned`);
    return null;
  }
  return {
    declared: captured.declared,
    get: () => ctx.readCaptured(captured, node),
    set: (value) => {
      ctx.emit("set_cell", [new Constant(captured.cell), ctx.contract(value, captured.declared, node)], node);
    },
  };
}

function localReference(ctx: FunctionContext, binding: Binding, node: ts.Identifier): Reference {
  const declared = expect(binding.typeNode);
  return {
    declared,
    get: () => narrowed(ctx, node, ctx.readLocal(binding, node), binding.storage === "cell"),
    set: (value) => ctx.writeLocal(binding, ctx.contract(value, declared, node), node),
  };
}

function propertyReference(
  ctx: FunctionContext,
  node: ts.PropertyAccessExpression,
  wantsType: boolean,
): Reference | null {
  const name = new Constant(node.name.text);
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
    const base = superClass(ctx);
    if (base === null) return null;
    const self = ctx.readThis(node);
    return {
      declared: null,
      get: () => readSuper(ctx, node),
      set: (value) => void ctx.emit("super_setattr", [base, name, self, value], node.name),
    };
  }
  const constant = constantMember(ctx, node);
  if (constant?.kind === "static") {
    return {
      declared: constant.declared,
      get: () => ctx.readCaptured(constant, node.name),
      set: (value) => {
        const held = ctx.contract(value, constant.declared, node.name);
        ctx.emit("set_static", [new Constant(constant.holder), name, held], node.name);
      },
    };
  }
  if (constant !== null) {
    ctx.refuse("RTS1212", node, `"${node.getText(ctx.source)}" is constant and cannot be assigned`);
    return null;
  }
  const setter = staticAccessor(ctx, node, "set");
  if (setter !== null) {
    const getter = staticAccessor(ctx, node, "get");
    return {
      declared: null,
      get: () => (getter === null ? new Constant(undefined) : ctx.emit("call", [getter], node.name)),
      set: (value) => void ctx.emit("call", [setter, value], node.name),
    };
  }
  const object = ctx.expression(node.expression);
  return {
    declared: wantsType ? assignedType(ctx, node) : null,
    get: () => readProperty(ctx, object, node),
    set: (value) => void ctx.emit("setattr", [object, name, value], node.name),
  };
}

/** Declared type of the field that is assigned; asked only where a literal needs it. */
function assignedType(ctx: FunctionContext, node: ts.PropertyAccessExpression): Expected | null {
  if (node.expression.kind === ts.SyntaxKind.ThisKeyword && ctx.scope !== null) {
    for (let holder: ts.Node = ctx.scope.node; holder !== undefined; holder = holder.parent) {
      if (ts.isClassLike(holder)) return ctx.types.fieldType(holder, node.name.text, true);
    }
  }
  return ctx.types.accessedType(node);
}

function elementReference(ctx: FunctionContext, node: ts.ElementAccessExpression): Reference {
  const object = ctx.expression(node.expression);
  const name = constantName(node.argumentExpression);
  if (name !== null) {
    const field = new Constant(name);
    return {
      declared: null,
      get: () => ctx.emit("getattr", [object, field], node.argumentExpression, name),
      set: (value) => void ctx.emit("setattr", [object, field, value], node.argumentExpression),
    };
  }
  const index = ctx.expression(node.argumentExpression);
  return {
    declared: null,
    get: () => ctx.emit("getitem", [object, index], node.argumentExpression),
    set: (value) => void ctx.emit("setitem", [object, index, value], node.argumentExpression),
  };
}

export const accessExpressions = new HandlerTable<Value>()
  .on<ts.Identifier>(ts.SyntaxKind.Identifier, readIdentifier)
  .on<ts.ThisExpression>(ts.SyntaxKind.ThisKeyword, (ctx, node) => ctx.readThis(node))
  .on<ts.PropertyAccessExpression>(ts.SyntaxKind.PropertyAccessExpression, propertyAccess)
  .on<ts.ElementAccessExpression>(ts.SyntaxKind.ElementAccessExpression, elementAccess);
