/**
 * Text of expressions, for template literals and `"…" + x`. Where paths of different types meet only to become text
 * (`${n === null ? "-" : n}`), each path converts its own value, so that no value has two types.
 */
import { ts } from "ts-morph";
import { Constant, type Value } from "../model.ts";
import { condition, isBooleanForm, Join, truth } from "./conditions.ts";
import type { FunctionContext } from "./context.ts";

/** Whether an expression's value is certainly a string, by its form. */
export function isTextForm(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isTextForm(node.expression);
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return true;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  return isTextForm(node.left) || isTextForm(node.right);
}

function convert(ctx: FunctionContext, value: Value, node: ts.Expression): Value {
  if (value instanceof Constant && typeof value.value === "string") return value;
  return ctx.emit("to_string", [value], node);
}

/** Whether several paths bring an expression's value. */
export function hasPaths(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return hasPaths(node.expression);
  if (ts.isConditionalExpression(node)) return true;
  if (!ts.isBinaryExpression(node)) return false;
  const kind = node.operatorToken.kind;
  if (kind === ts.SyntaxKind.QuestionQuestionToken) return true;
  const isLogical = kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
  return isLogical && !isBooleanForm(node);
}

/** The text of an expression. */
export function textOf(ctx: FunctionContext, node: ts.Expression): Value {
  if (ts.isParenthesizedExpression(node)) return textOf(ctx, node.expression);
  if (isTextForm(node)) return ctx.expression(node);
  if (!hasPaths(node)) return convert(ctx, ctx.expression(node), node);
  return ts.isConditionalExpression(node) ? conditionalText(ctx, node) : logicalText(ctx, node as ts.BinaryExpression);
}

function conditionalText(ctx: FunctionContext, node: ts.ConditionalExpression): Value {
  const whenTrue = ctx.graph.newBlock();
  const whenFalse = ctx.graph.newBlock();
  const join = new Join(ctx);
  condition(ctx, node.condition, whenTrue, whenFalse);
  ctx.graph.startBlock(whenTrue);
  join.bring(textOf(ctx, node.whenTrue));
  ctx.graph.startBlock(whenFalse);
  join.bring(textOf(ctx, node.whenFalse));
  return join.finish();
}

/** `${a ?? b}`, `${a || b}`, `${a && b}` */
function logicalText(ctx: FunctionContext, node: ts.BinaryExpression): Value {
  const kind = node.operatorToken.kind;
  const join = new Join(ctx);
  const goOn = ctx.graph.newBlock();
  const stop = ctx.graph.newBlock();
  const left = ctx.expression(node.left);
  if (kind === ts.SyntaxKind.QuestionQuestionToken) {
    ctx.graph.branch(ctx.emit("is_nullish", [left], node.left), goOn, stop);
  } else {
    const isAnd = kind === ts.SyntaxKind.AmpersandAmpersandToken;
    ctx.graph.branch(truth(ctx, left, node.left), isAnd ? goOn : stop, isAnd ? stop : goOn);
  }
  ctx.graph.startBlock(stop);
  join.bring(convert(ctx, left, node.left));
  ctx.graph.startBlock(goOn);
  join.bring(textOf(ctx, node.right));
  return join.finish();
}
