/**
 * Conditions: `&&`, `||`, `!` and comparisons with null become control flow, so that each test stands at the end of its
 * own block and narrows what it tests on its links.
 */
import { ts } from "ts-morph";
import { Constant, type Value } from "../model.ts";
import type { FunctionContext } from "./context.ts";
import { type BlockState, Local } from "./ssa.ts";

const BOOLEAN_OPERATORS = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.InstanceOfKeyword,
]);

/** Whether an expression's value is certainly a boolean, by its form. */
export function isBooleanForm(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isBooleanForm(node.expression);
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return true;
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  if (!ts.isBinaryExpression(node)) return false;
  const kind = node.operatorToken.kind;
  if (isLogical(kind)) return isBooleanForm(node.left) && isBooleanForm(node.right);
  return BOOLEAN_OPERATORS.has(kind);
}

function isLogical(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

export function isNullLiteral(ctx: FunctionContext, node: ts.Expression): boolean {
  if (node.kind === ts.SyntaxKind.NullKeyword) return true;
  return ts.isIdentifier(node) && node.text === "undefined" && !ctx.bindings.meaning.has(node);
}

/** A value as a condition: known constants fold, booleans stay, others are tested for truth. */
export function truth(ctx: FunctionContext, value: Value, node: ts.Expression): Value {
  if (value instanceof Constant) {
    const known = value.value;
    if (typeof known === "boolean") return value;
    if (known === null || known === undefined) return new Constant(false);
    if (typeof known === "object" || typeof known === "function") return new Constant(true);
  }
  return isBooleanForm(node) ? value : ctx.emit("is_true", [value], node);
}

/** Goes to one block if the expression holds, else to the other. */
export function condition(
  ctx: FunctionContext,
  node: ts.Expression,
  whenTrue: BlockState,
  whenFalse: BlockState,
): void {
  if (ts.isParenthesizedExpression(node)) {
    condition(ctx, node.expression, whenTrue, whenFalse);
    return;
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    condition(ctx, node.operand, whenFalse, whenTrue);
    return;
  }
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    if (isLogical(kind)) {
      const next = ctx.graph.newBlock();
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) condition(ctx, node.left, next, whenFalse);
      else condition(ctx, node.left, whenTrue, next);
      ctx.graph.startBlock(next);
      condition(ctx, node.right, whenTrue, whenFalse);
      return;
    }
    if (kind === ts.SyntaxKind.ExclamationEqualsToken && looseOperand(ctx, node) !== null) {
      ctx.graph.branch(nullishTest(ctx, node), whenFalse, whenTrue);
      return;
    }
  }
  ctx.graph.branch(truth(ctx, ctx.expression(node), node), whenTrue, whenFalse);
}

/** The operand that `x == null` or `null != x` tests; null for other comparisons. */
export function looseOperand(ctx: FunctionContext, node: ts.BinaryExpression): ts.Expression | null {
  if (isNullLiteral(ctx, node.right)) return node.left;
  return isNullLiteral(ctx, node.left) ? node.right : null;
}

/** `is_nullish` of what `x == null` tests. */
export function nullishTest(ctx: FunctionContext, node: ts.BinaryExpression): Value {
  return ctx.emit("is_nullish", [ctx.expression(looseOperand(ctx, node) as ts.Expression)], node);
}

/**
 * Joins the values of several paths: `paths` are run in turn, each from its own block, and lead to one end.
 * Gives the joined value.
 */
export class Join {
  readonly #ctx: FunctionContext;
  readonly #local: Local;
  readonly end: BlockState;

  constructor(ctx: FunctionContext, name = "") {
    this.#ctx = ctx;
    this.#local = new Local(name);
    this.end = ctx.graph.newBlock();
  }

  /** Sets the value that this path brings, without going anywhere yet. */
  set(value: Value): void {
    this.#ctx.graph.write(this.#local, value);
  }

  /** Brings a value to the end. */
  bring(value: Value): void {
    this.set(value);
    this.#ctx.graph.jump(this.end);
  }

  /** Goes on at the end, with the joined value. */
  finish(): Value {
    this.#ctx.graph.startBlock(this.end);
    return this.#ctx.graph.read(this.#local);
  }
}

/** The value of a condition as a boolean. */
export function conditionValue(ctx: FunctionContext, node: ts.Expression): Value {
  const whenTrue = ctx.graph.newBlock();
  const whenFalse = ctx.graph.newBlock();
  const join = new Join(ctx);
  condition(ctx, node, whenTrue, whenFalse);
  ctx.graph.startBlock(whenTrue);
  join.bring(new Constant(true));
  ctx.graph.startBlock(whenFalse);
  join.bring(new Constant(false));
  return join.finish();
}
