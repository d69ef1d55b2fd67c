/**
 * Operators, assignment, casts and conditional expressions.
 */
import { ts } from "ts-morph";
import { Constant, type Value } from "../model.ts";
import type { FlowOpName } from "../ops.ts";
import { type Reference, reference } from "./access.ts";
import { condition, conditionValue, isBooleanForm, Join, looseOperand, nullishTest, truth } from "./conditions.ts";
import type { FunctionContext } from "./context.ts";
import { yieldExpression } from "./generators.ts";
import { HandlerTable } from "./handlers.ts";
import { assignTo } from "./patterns.ts";
import { isTextForm, textOf } from "./texts.ts";
import { type Expected, expect, saysNothing } from "./types.ts";

const BINARY: Partial<Record<ts.SyntaxKind, FlowOpName>> = {
  [ts.SyntaxKind.PlusToken]: "add",
  [ts.SyntaxKind.MinusToken]: "sub",
  [ts.SyntaxKind.AsteriskToken]: "mul",
  [ts.SyntaxKind.SlashToken]: "div",
  [ts.SyntaxKind.PercentToken]: "mod",
  [ts.SyntaxKind.AsteriskAsteriskToken]: "pow",
  [ts.SyntaxKind.AmpersandToken]: "bit_and",
  [ts.SyntaxKind.BarToken]: "bit_or",
  [ts.SyntaxKind.CaretToken]: "bit_xor",
  [ts.SyntaxKind.LessThanLessThanToken]: "shl",
  [ts.SyntaxKind.GreaterThanGreaterThanToken]: "shr",
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken]: "ushr",
  [ts.SyntaxKind.LessThanToken]: "lt",
  [ts.SyntaxKind.LessThanEqualsToken]: "le",
  [ts.SyntaxKind.GreaterThanToken]: "gt",
  [ts.SyntaxKind.GreaterThanEqualsToken]: "ge",
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: "eq",
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: "ne",
  [ts.SyntaxKind.InstanceOfKeyword]: "instance_of",
};

const COMPOUND: Partial<Record<ts.SyntaxKind, FlowOpName>> = {
  [ts.SyntaxKind.PlusEqualsToken]: "add",
  [ts.SyntaxKind.MinusEqualsToken]: "sub",
  [ts.SyntaxKind.AsteriskEqualsToken]: "mul",
  [ts.SyntaxKind.SlashEqualsToken]: "div",
  [ts.SyntaxKind.PercentEqualsToken]: "mod",
  [ts.SyntaxKind.AsteriskAsteriskEqualsToken]: "pow",
  [ts.SyntaxKind.AmpersandEqualsToken]: "bit_and",
  [ts.SyntaxKind.BarEqualsToken]: "bit_or",
  [ts.SyntaxKind.CaretEqualsToken]: "bit_xor",
  [ts.SyntaxKind.LessThanLessThanEqualsToken]: "shl",
  [ts.SyntaxKind.GreaterThanGreaterThanEqualsToken]: "shr",
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken]: "ushr",
};

function binary(ctx: FunctionContext, node: ts.BinaryExpression, expected: Expected | null): Value {
  const kind = node.operatorToken.kind;
  const opname = BINARY[kind];
  if (opname !== undefined) {
    const left = addend(ctx, node.left, node.right, kind);
    const right = addend(ctx, node.right, node.left, kind);
    return ctx.emit(opname, [left, right], node);
  }
  const compound = COMPOUND[kind];
  if (compound !== undefined) return compoundAssignment(ctx, node, compound);
  switch (kind) {
    case ts.SyntaxKind.EqualsToken:
      return assignment(ctx, node);
    case ts.SyntaxKind.CommaToken:
      ctx.expression(node.left);
      return ctx.expression(node.right, expected);
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.BarBarToken:
      return isBooleanForm(node) ? conditionValue(ctx, node) : logical(ctx, node, expected);
    case ts.SyntaxKind.QuestionQuestionToken:
      return coalesce(ctx, node, expected);
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return looseEquality(ctx, node);
    case ts.SyntaxKind.InKeyword:
      return ctx.refuse("RTS1010", node, "`in` is not available at run time", "test the property for undefined");
    default:
      return logicalAssignment(ctx, node);
  }
}

/** An operand; beside what is text by its form, it becomes text as in a template literal. */
function addend(ctx: FunctionContext, node: ts.Expression, other: ts.Expression, kind: ts.SyntaxKind): Value {
  const becomesText = kind === ts.SyntaxKind.PlusToken && isTextForm(other);
  return becomesText ? textOf(ctx, node) : ctx.expression(node);
}

function looseEquality(ctx: FunctionContext, node: ts.BinaryExpression): Value {
  if (looseOperand(ctx, node) === null) {
    return ctx.refuse("RTS1001", node, "`==` and `!=` compare with null only", "write === or !==");
  }
  const test = nullishTest(ctx, node);
  return node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsToken ? test : ctx.emit("not", [test], node);
}

/** `a && b`, `a || b` as values. */
function logical(ctx: FunctionContext, node: ts.BinaryExpression, expected: Expected | null): Value {
  const isAnd = node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  const join = new Join(ctx);
  const goOn = ctx.graph.newBlock();
  if (isBooleanForm(node.left)) {
    const stop = ctx.graph.newBlock();
    condition(ctx, node.left, isAnd ? goOn : stop, isAnd ? stop : goOn);
    ctx.graph.startBlock(stop);
    join.bring(new Constant(!isAnd));
  } else {
    const left = ctx.expression(node.left, expected);
    join.set(left);
    const test = truth(ctx, left, node.left);
    ctx.graph.branch(test, isAnd ? goOn : join.end, isAnd ? join.end : goOn);
  }
  ctx.graph.startBlock(goOn);
  join.bring(ctx.expression(node.right, expected));
  return join.finish();
}

function coalesce(ctx: FunctionContext, node: ts.BinaryExpression, expected: Expected | null): Value {
  const join = new Join(ctx);
  const isMissing = ctx.graph.newBlock();
  const left = ctx.expression(node.left, expected);
  join.set(left);
  ctx.graph.branch(ctx.emit("is_nullish", [left], node.left), isMissing, join.end);
  ctx.graph.startBlock(isMissing);
  join.bring(ctx.expression(node.right, expected));
  return join.finish();
}

function conditional(ctx: FunctionContext, node: ts.ConditionalExpression, expected: Expected | null): Value {
  const whenTrue = ctx.graph.newBlock();
  const whenFalse = ctx.graph.newBlock();
  const join = new Join(ctx);
  condition(ctx, node.condition, whenTrue, whenFalse);
  ctx.graph.startBlock(whenTrue);
  join.bring(ctx.expression(node.whenTrue, expected));
  ctx.graph.startBlock(whenFalse);
  join.bring(ctx.expression(node.whenFalse, expected));
  return join.finish();
}

// ---- Assignment ----

/** Whether lowering the value depends on the declared type of what it is assigned to. */
function isLiteral(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isLiteral(node.expression);
  if (ts.isConditionalExpression(node)) return isLiteral(node.whenTrue) || isLiteral(node.whenFalse);
  if (ts.isBinaryExpression(node)) return isLiteral(node.right);
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
}

function isPattern(node: ts.Expression): node is ts.ArrayLiteralExpression | ts.ObjectLiteralExpression {
  return ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}

function assignment(ctx: FunctionContext, node: ts.BinaryExpression): Value {
  const { left, right } = node;
  if (isPattern(left)) {
    if (isSwap(left, right)) return swap(ctx, left, right);
    const value = ctx.expression(right);
    assignTo(ctx, left, value);
    return ctx.graph.localize(value);
  }
  const place = reference(ctx, left, isLiteral(right));
  const value = ctx.expression(right, place?.declared ?? null);
  if (!(value instanceof Constant) && value.name === "" && ts.isIdentifier(left)) value.name = left.text;
  place?.set(value);
  return ctx.graph.localize(value);
}

/** `[a, b] = [b, a]` without holes, spreads and defaults, whose own value nobody uses. */
function isSwap(left: ts.Expression, right: ts.Expression): right is ts.ArrayLiteralExpression {
  if (!ts.isArrayLiteralExpression(left) || !ts.isArrayLiteralExpression(right)) return false;
  if (!ts.isExpressionStatement(left.parent.parent) || left.elements.length !== right.elements.length) return false;
  return [...left.elements, ...right.elements].every(
    (e) => !ts.isSpreadElement(e) && !ts.isOmittedExpression(e) && !(ts.isBinaryExpression(e) && e.parent === left),
  );
}

function swap(ctx: FunctionContext, left: ts.Expression, right: ts.ArrayLiteralExpression): Value {
  const values = right.elements.map((element) => ctx.expression(element));
  (left as ts.ArrayLiteralExpression).elements.forEach((element, index) => {
    assignTo(ctx, element, values[index] as Value);
  });
  return new Constant(undefined);
}

function compoundAssignment(ctx: FunctionContext, node: ts.BinaryExpression, opname: FlowOpName): Value {
  const place = reference(ctx, node.left);
  if (place === null) return new Constant(undefined);
  const before = place.get();
  const value = ctx.emit(opname, [before, ctx.expression(node.right)], node, nameOf(node.left));
  place.set(value);
  return ctx.graph.localize(value);
}

function nameOf(node: ts.Expression): string {
  return ts.isIdentifier(node) ? node.text : "";
}

/** `a ??= b`, `a ||= b`, `a &&= b`. */
function logicalAssignment(ctx: FunctionContext, node: ts.BinaryExpression): Value {
  const kind = node.operatorToken.kind;
  const place = reference(ctx, node.left, isLiteral(node.right));
  if (place === null) return new Constant(undefined);
  const join = new Join(ctx);
  const assign = ctx.graph.newBlock();
  const before = place.get();
  join.set(before);
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken) {
    ctx.graph.branch(ctx.emit("is_nullish", [before], node.left), assign, join.end);
  } else {
    const test = truth(ctx, before, node.left);
    const isAnd = kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken;
    ctx.graph.branch(test, isAnd ? assign : join.end, isAnd ? join.end : assign);
  }
  ctx.graph.startBlock(assign);
  const value = ctx.expression(node.right, place.declared);
  place.set(value);
  join.bring(value);
  return join.finish();
}

// ---- Unary operators ----

function prefix(ctx: FunctionContext, node: ts.PrefixUnaryExpression): Value {
  const { operand } = node;
  switch (node.operator) {
    case ts.SyntaxKind.ExclamationToken:
      return ctx.emit("not", [booleanValue(ctx, operand)], node);
    case ts.SyntaxKind.MinusToken:
      if (ts.isNumericLiteral(operand)) return ctx.numberLiteral(operand, -1);
      if (ts.isBigIntLiteral(operand)) return new Constant(-((ctx.expression(operand) as Constant).value as bigint));
      return ctx.emit("neg", [ctx.expression(operand)], node);
    case ts.SyntaxKind.PlusToken:
      return ctx.emit("pos", [ctx.expression(operand)], node);
    case ts.SyntaxKind.TildeToken:
      return ctx.emit("bit_not", [ctx.expression(operand)], node);
    default:
      return step(ctx, node, operand, node.operator === ts.SyntaxKind.PlusPlusToken, true);
  }
}

/** The truth of an expression as a boolean value. */
function booleanValue(ctx: FunctionContext, node: ts.Expression): Value {
  let inner = node;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  const isLogicalForm =
    ts.isBinaryExpression(inner) &&
    (inner.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      inner.operatorToken.kind === ts.SyntaxKind.BarBarToken);
  return isLogicalForm ? conditionValue(ctx, inner) : truth(ctx, ctx.expression(inner), inner);
}

function postfix(ctx: FunctionContext, node: ts.PostfixUnaryExpression): Value {
  return step(ctx, node, node.operand, node.operator === ts.SyntaxKind.PlusPlusToken, false);
}

/** `++x`, `x++` and so on; the value is the new or the old one. */
function step(ctx: FunctionContext, node: ts.Node, operand: ts.Expression, isUp: boolean, givesNew: boolean): Value {
  const place: Reference | null = reference(ctx, operand);
  if (place === null) return new Constant(undefined);
  const before = place.get();
  const one = new Constant(1, null, "int");
  const after = ctx.emit(isUp ? "add" : "sub", [before, one], node, nameOf(operand));
  place.set(after);
  return ctx.graph.localize(givesNew ? after : before);
}

// ---- Types ----

function cast(ctx: FunctionContext, node: ts.AsExpression | ts.TypeAssertion): Value {
  const value = ctx.expression(node.expression, expect(node.type));
  if (saysNothing(node.type)) return value;
  return ctx.emit("cast", [value, new Constant(ctx.types.typeRef(node.type))], node);
}

function nonNull(ctx: FunctionContext, node: ts.NonNullExpression): Value {
  const value = ctx.expression(node.expression);
  return value instanceof Constant ? value : ctx.emit("nonnull", [value], node, value.name);
}

function typeOf(ctx: FunctionContext, node: ts.TypeOfExpression): Value {
  return ctx.emit("typeof", [ctx.expression(node.expression)], node);
}

function voidValue(ctx: FunctionContext, node: ts.VoidExpression): Value {
  ctx.expression(node.expression);
  return new Constant(undefined);
}

export const operatorExpressions = new HandlerTable<Value>()
  .on<ts.BinaryExpression>(ts.SyntaxKind.BinaryExpression, binary)
  .on<ts.PrefixUnaryExpression>(ts.SyntaxKind.PrefixUnaryExpression, prefix)
  .on<ts.PostfixUnaryExpression>(ts.SyntaxKind.PostfixUnaryExpression, postfix)
  .on<ts.ConditionalExpression>(ts.SyntaxKind.ConditionalExpression, conditional)
  .on<ts.ParenthesizedExpression>(ts.SyntaxKind.ParenthesizedExpression, (ctx, node, expected) =>
    ctx.expression(node.expression, expected),
  )
  .on<ts.SatisfiesExpression>(ts.SyntaxKind.SatisfiesExpression, (ctx, node, expected) =>
    ctx.expression(node.expression, expected ?? expect(node.type)),
  )
  .on<ts.ExpressionWithTypeArguments>(ts.SyntaxKind.ExpressionWithTypeArguments, (ctx, node) =>
    ctx.expression(node.expression),
  )
  .on<ts.AsExpression>(ts.SyntaxKind.AsExpression, cast)
  .on<ts.TypeAssertion>(ts.SyntaxKind.TypeAssertionExpression, cast)
  .on<ts.NonNullExpression>(ts.SyntaxKind.NonNullExpression, nonNull)
  .on<ts.TypeOfExpression>(ts.SyntaxKind.TypeOfExpression, typeOf)
  .on<ts.VoidExpression>(ts.SyntaxKind.VoidExpression, voidValue)
  .on<ts.DeleteExpression>(ts.SyntaxKind.DeleteExpression, (ctx, node) =>
    ctx.refuse("RTS1004", node, "properties cannot be deleted at run time"),
  )
  .on<ts.AwaitExpression>(ts.SyntaxKind.AwaitExpression, (ctx, node) =>
    ctx.refuse("RTS1002", node, "`await` is not available at run time"),
  )
  .on<ts.YieldExpression>(ts.SyntaxKind.YieldExpression, yieldExpression)
  .on<ts.MetaProperty>(ts.SyntaxKind.MetaProperty, (ctx, node) =>
    ctx.refuse("RTS1001", node, `\`${node.getText()}\` is not available at run time`),
  );
