/**
 * Calls: functions, methods, `super`, `new`, with spread arguments and in optional chains.
 */
import { ts } from "ts-morph";
import { SpreadMask } from "../description.ts";
import { Constant, type Value } from "../model.ts";
import type { FlowOpName } from "../ops.ts";
import {
  constantMember,
  constantName,
  inChain,
  outsideChain,
  readProperty,
  requireOwnThis,
  stopIfNullish,
  superClass,
} from "./access.ts";
import type { FunctionContext } from "./context.ts";
import { HandlerTable } from "./handlers.ts";
import type { Expected } from "./types.ts";

interface Arguments {
  readonly values: readonly Value[];
  /** Null when no argument is spread. */
  readonly mask: SpreadMask | null;
}

/** Whether an argument's lowering depends on its declared type. */
function wantsType(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return wantsType(node.expression);
  if (ts.isConditionalExpression(node)) return wantsType(node.whenTrue) || wantsType(node.whenFalse);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return wantsType(node.body);
  return ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}

function lowerArguments(ctx: FunctionContext, call: ts.CallExpression | ts.NewExpression): Arguments {
  const nodes = call.arguments ?? [];
  return outsideChain(ctx, () => {
    const values = nodes.map((node, index) => {
      if (ts.isSpreadElement(node)) return spreadArgument(ctx, node.expression);
      const expected: Expected | null = wantsType(node) ? ctx.types.argumentType(call, index) : null;
      return ctx.expression(node, expected);
    });
    const spread = nodes.map((node) => ts.isSpreadElement(node));
    return { values, mask: spread.includes(true) ? new SpreadMask(spread) : null };
  });
}

/** `...v` as a list or tuple; what is iterated otherwise is made a list first. */
function spreadArgument(ctx: FunctionContext, node: ts.Expression): Value {
  const value = ctx.expression(node);
  const { checker } = ctx.types;
  const type = checker.getTypeAtLocation(node);
  const plain = checker.getNonNullableType(
    type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type,
  );
  if (!MADE_LISTS.has(plain.getSymbol()?.name ?? "") && (plain.flags & ts.TypeFlags.StringLike) === 0) return value;
  const list = ctx.emit("new_list", [new Constant(null)], node);
  ctx.emit("list_extend", [list, value], node);
  return ctx.graph.localize(list);
}

/** Types whose values are spread into arguments by way of a list. */
const MADE_LISTS: ReadonlySet<string> = new Set([
  "Set",
  "ReadonlySet",
  "Map",
  "ReadonlyMap",
  "Generator",
  "Iterable",
  "Iterator",
  "IterableIterator",
  "IteratorObject",
  "ArrayIterator",
  "MapIterator",
  "SetIterator",
]);

/** Emits the plain or the spread form of a call. */
function emitCall(
  ctx: FunctionContext,
  opname: FlowOpName,
  spreadName: FlowOpName,
  head: readonly Value[],
  args: Arguments,
  node: ts.Node,
  tail: readonly Value[] = [],
): Value {
  if (args.mask === null) return ctx.emit(opname, [...head, ...tail, ...args.values], node);
  return ctx.emit(spreadName, [...head, new Constant(args.mask), ...tail, ...args.values], node);
}

function call(ctx: FunctionContext, node: ts.CallExpression): Value {
  const callee = node.expression;
  if (callee.kind === ts.SyntaxKind.ImportKeyword) {
    return ctx.refuse("RTS1014", node, "modules cannot be imported at run time");
  }
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return superCall(ctx, node);
  return inChain(ctx, node, () => callValue(ctx, node, callee));
}

function callValue(ctx: FunctionContext, node: ts.CallExpression, callee: ts.Expression): Value {
  if (ts.isPropertyAccessExpression(callee)) {
    if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) return superMethod(ctx, node, callee);
    const constant = constantMember(ctx, callee);
    if (constant === null) return callMethod(ctx, node, callee, callee.name.text, callee.name);
    if (constant.kind === "constant") requireOwnThis(ctx, callee, constant.constant.value);
    return callFunction(ctx, node, ctx.readCaptured(constant, callee.name), callee.name);
  }
  if (ts.isElementAccessExpression(callee)) {
    const name = constantName(callee.argumentExpression);
    if (name !== null) return callMethod(ctx, node, callee, name, callee.argumentExpression);
  }
  if (ts.isNonNullExpression(callee) || ts.isParenthesizedExpression(callee)) {
    const inner = callee.expression;
    if (ts.isPropertyAccessExpression(inner) && !ts.isOptionalChain(inner)) return callValue(ctx, node, inner);
  }
  return callFunction(ctx, node, ctx.expression(callee), callee);
}

function callFunction(ctx: FunctionContext, node: ts.CallExpression, f: Value, where: ts.Node): Value {
  const callee = node.questionDotToken === undefined ? f : stopIfNullish(ctx, f, where);
  return emitCall(ctx, "call", "call_spread", [callee], lowerArguments(ctx, node), where);
}

function callMethod(
  ctx: FunctionContext,
  node: ts.CallExpression,
  access: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  name: string,
  where: ts.Node,
): Value {
  const bound = name === "bind" ? boundMethod(node, access.expression) : null;
  if (bound !== null) return readProperty(ctx, ctx.expression(bound.expression), bound);
  // The callee of an optional chain is a link of the same chain.
  let object = ctx.expression(access.expression);
  if (access.questionDotToken !== undefined) object = stopIfNullish(ctx, object, access.expression);
  const method = new Constant(name);
  if (node.questionDotToken !== undefined) {
    stopIfNullish(ctx, ctx.emit("getattr", [object, method], where, name), where);
  }
  return emitCall(ctx, "call_method", "call_method_spread", [object, method], lowerArguments(ctx, node), where);
}

/** The method in `x.m.bind(x)`: as a value `x.m` is bound already. Only where `x` is a name or `this`. */
function boundMethod(node: ts.CallExpression, callee: ts.Expression): ts.PropertyAccessExpression | null {
  const [receiver] = node.arguments;
  if (!ts.isPropertyAccessExpression(callee) || node.arguments.length !== 1 || receiver === undefined) return null;
  if (callee.questionDotToken !== undefined) return null;
  const object = callee.expression;
  const isThis = object.kind === ts.SyntaxKind.ThisKeyword && receiver.kind === ts.SyntaxKind.ThisKeyword;
  const isName = ts.isIdentifier(object) && ts.isIdentifier(receiver) && object.text === receiver.text;
  return isThis || isName ? callee : null;
}

function superCall(ctx: FunctionContext, node: ts.CallExpression): Value {
  const base = superClass(ctx);
  if (base === null) return ctx.refuse("RTS1001", node, "`super` without a base class");
  const self = ctx.readThis(node);
  emitCall(ctx, "super_init", "super_init_spread", [base], lowerArguments(ctx, node), node, [self]);
  ctx.afterSuper?.();
  return new Constant(undefined);
}

function superMethod(ctx: FunctionContext, node: ts.CallExpression, callee: ts.PropertyAccessExpression): Value {
  const base = superClass(ctx);
  if (base === null) return ctx.refuse("RTS1001", node, "`super` without a base class");
  const member = ctx.live.thisValue === null ? null : ctx.shared.names.member(base.value, callee.name.text, callee);
  if (member !== null) return callFunction(ctx, node, ctx.readCaptured(member, callee.name), callee.name);
  const self = ctx.readThis(node);
  const head = [base, new Constant(callee.name.text)];
  return emitCall(ctx, "super_method", "super_method_spread", head, lowerArguments(ctx, node), callee.name, [self]);
}

function newObject(ctx: FunctionContext, node: ts.NewExpression): Value {
  const cls = ctx.expression(node.expression);
  return emitCall(ctx, "new", "new_spread", [cls], lowerArguments(ctx, node), node);
}

export const callExpressions = new HandlerTable<Value>()
  .on<ts.CallExpression>(ts.SyntaxKind.CallExpression, call)
  .on<ts.NewExpression>(ts.SyntaxKind.NewExpression, newObject);
