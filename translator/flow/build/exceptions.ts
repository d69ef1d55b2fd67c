/**
 * `throw` and `try`. Inside a protected region every operation that can raise ends its block with an exception link to
 * the region's handler (`ssa.ts`); `finally` bodies are copied to each way out (`frames.ts`).
 */
import { ts } from "ts-morph";
import type { FunctionContext } from "./context.ts";
import { type FinallyFrame, within } from "./frames.ts";
import { HandlerTable } from "./handlers.ts";
import { bindName } from "./patterns.ts";
import { type BlockState, type Handler, Local } from "./ssa.ts";

function throwStatement(ctx: FunctionContext, node: ts.ThrowStatement): void {
  if (ts.isStringLiteralLike(node.expression) || ts.isNumericLiteral(node.expression)) {
    ctx.refuse("RTS1013", node, "only Error and its subclasses can be thrown");
    return;
  }
  ctx.graph.raise(ctx.expression(node.expression), ctx.at(node));
}

function newHandler(ctx: FunctionContext): Handler {
  return { state: ctx.graph.newBlock(), caught: new Local("error") };
}

function tryStatement(ctx: FunctionContext, node: ts.TryStatement): void {
  const end = ctx.graph.newBlock();
  const { finallyBlock } = node;
  if (finallyBlock === undefined) {
    tryCatch(ctx, node, end);
  } else {
    const handler = newHandler(ctx);
    const frame: FinallyFrame = { kind: "finally", handler, body: finallyBlock, copies: new Map() };
    const normal = ctx.graph.newBlock();
    within(ctx, frame, () => tryCatch(ctx, node, normal));
    ctx.graph.startBlock(normal);
    ctx.statement(finallyBlock);
    ctx.graph.jump(end);
    ctx.graph.startBlock(handler.state);
    const error = ctx.graph.read(handler.caught);
    ctx.statement(finallyBlock);
    ctx.graph.raise(error, null);
  }
  ctx.graph.startBlock(end);
}

/** The body and the `catch` clause, both of which lead to `end`. */
function tryCatch(ctx: FunctionContext, node: ts.TryStatement, end: BlockState): void {
  const { catchClause } = node;
  if (catchClause === undefined) {
    ctx.statement(node.tryBlock);
    ctx.graph.jump(end);
    return;
  }
  const handler = newHandler(ctx);
  within(ctx, { kind: "catch", handler }, () => ctx.statement(node.tryBlock));
  ctx.graph.jump(end);
  ctx.graph.startBlock(handler.state);
  ctx.enterScope(catchClause);
  const declaration = catchClause.variableDeclaration;
  if (declaration !== undefined) bindName(ctx, declaration.name, ctx.graph.read(handler.caught));
  ctx.statement(catchClause.block);
  ctx.graph.jump(end);
}

export const exceptionStatements = new HandlerTable<void>()
  .on<ts.ThrowStatement>(ts.SyntaxKind.ThrowStatement, throwStatement)
  .on<ts.TryStatement>(ts.SyntaxKind.TryStatement, tryStatement);
