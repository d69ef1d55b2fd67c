/**
 * Plain statements, `if`, and jumps. Loops and `switch` are in `control.ts`, `try` in `exceptions.ts`.
 */
import { ts } from "ts-morph";
import { Constant } from "../model.ts";
import { hoistFunctions } from "./closures.ts";
import { condition } from "./conditions.ts";
import type { FunctionContext } from "./context.ts";
import { findJump, leave, leaveFunction, within } from "./frames.ts";
import { HandlerTable } from "./handlers.ts";
import { bindName } from "./patterns.ts";
import { expect } from "./types.ts";

/** Lowers the statements of a block whose scope is `node`. */
export function statements(ctx: FunctionContext, node: ts.Node, list: readonly ts.Statement[]): void {
  ctx.enterScope(node);
  hoistFunctions(ctx, list);
  for (const statement of list) ctx.statement(statement);
}

/** Lowers `const x: T = v, …`. */
export function variableList(ctx: FunctionContext, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations)
    variable(ctx, declaration, (list.flags & ts.NodeFlags.BlockScoped) === 0);
}

function variable(ctx: FunctionContext, declaration: ts.VariableDeclaration, isVar: boolean): void {
  const { name, initializer } = declaration;
  const binding = ts.isIdentifier(name) ? ctx.bindings.meaning.get(name) : undefined;
  if (binding?.storage === "lifted") return;
  if (initializer === undefined) {
    // `var x;` keeps what x holds.
    if (binding !== undefined && !isVar) ctx.declare(binding, new Constant(undefined), declaration);
    return;
  }
  if (isParallel(name, initializer)) {
    parallel(ctx, name, initializer);
    return;
  }
  const expected = expect(declaration.type);
  const value = ctx.contract(ctx.expression(initializer, expected), expected, initializer);
  bindName(ctx, name, value);
}

/** `const [a, b] = [x, y]`: no tuple is made. */
function isParallel(name: ts.BindingName, init: ts.Expression): init is ts.ArrayLiteralExpression {
  if (!ts.isArrayBindingPattern(name) || !ts.isArrayLiteralExpression(init)) return false;
  if (name.elements.length !== init.elements.length) return false;
  return (
    name.elements.every((e) => !ts.isOmittedExpression(e) && !e.dotDotDotToken && !e.initializer) &&
    init.elements.every((e) => !ts.isSpreadElement(e) && !ts.isOmittedExpression(e))
  );
}

function parallel(ctx: FunctionContext, name: ts.BindingName, init: ts.ArrayLiteralExpression): void {
  const values = init.elements.map((element) => ctx.expression(element));
  (name as ts.ArrayBindingPattern).elements.forEach((element, index) => {
    const value = values[index];
    if (ts.isBindingElement(element) && value !== undefined) bindName(ctx, element.name, value);
  });
}

function ifStatement(ctx: FunctionContext, node: ts.IfStatement): void {
  const whenTrue = ctx.graph.newBlock();
  const whenFalse = ctx.graph.newBlock();
  const end = node.elseStatement === undefined ? whenFalse : ctx.graph.newBlock();
  condition(ctx, node.expression, whenTrue, whenFalse);
  ctx.graph.startBlock(whenTrue);
  ctx.statement(node.thenStatement);
  ctx.graph.jump(end);
  if (node.elseStatement !== undefined) {
    ctx.graph.startBlock(whenFalse);
    ctx.statement(node.elseStatement);
    ctx.graph.jump(end);
  }
  ctx.graph.startBlock(end);
}

function returnStatement(ctx: FunctionContext, node: ts.ReturnStatement): void {
  if (node.expression === undefined) {
    leaveFunction(ctx, new Constant(undefined));
    return;
  }
  if (ctx.isConstructor) {
    ctx.refuse("RTS1001", node, "a constructor returns no value");
    return;
  }
  const value = ctx.expression(node.expression, ctx.returnType);
  leaveFunction(ctx, ctx.contract(value, ctx.returnType, node.expression));
}

function jumpStatement(ctx: FunctionContext, node: ts.BreakOrContinueStatement): void {
  const kind = ts.isBreakStatement(node) ? "break" : "continue";
  const target = findJump(ctx, kind, node.label?.text ?? null);
  if (target === null) ctx.refuse("RTS1001", node, `${kind} leads nowhere`);
  else leave(ctx, target, null);
}

function labelled(ctx: FunctionContext, node: ts.LabeledStatement): void {
  let inner: ts.Statement = node;
  while (ts.isLabeledStatement(inner)) inner = inner.statement;
  // Loops find their own labels.
  if (ts.isIterationStatement(inner, false)) {
    ctx.statement(inner);
    return;
  }
  const end = ctx.graph.newBlock();
  const labels = labelsOf(inner);
  within(ctx, { kind: "jump", labels, breakTo: end, continueTo: null, isBreakable: false }, () => ctx.statement(inner));
  ctx.graph.jump(end);
  ctx.graph.startBlock(end);
}

/** The labels that stand before a statement. */
export function labelsOf(node: ts.Statement): string[] {
  const labels: string[] = [];
  for (let parent = node.parent; ts.isLabeledStatement(parent); parent = parent.parent) labels.push(parent.label.text);
  return labels;
}

function nothing(): void {}

function refused(code: "RTS1001" | "RTS1003" | "RTS1005" | "RTS1007", message: string) {
  return (ctx: FunctionContext, node: ts.Node): void => void ctx.refuse(code, node, message);
}

export const plainStatements = new HandlerTable<void>()
  .on<ts.Block>(ts.SyntaxKind.Block, (ctx, node) => statements(ctx, node, node.statements))
  .on<ts.VariableStatement>(ts.SyntaxKind.VariableStatement, (ctx, node) => {
    if (!node.modifiers?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword)) variableList(ctx, node.declarationList);
  })
  .on<ts.ExpressionStatement>(ts.SyntaxKind.ExpressionStatement, (ctx, node) => void ctx.expression(node.expression))
  .on<ts.IfStatement>(ts.SyntaxKind.IfStatement, ifStatement)
  .on<ts.ReturnStatement>(ts.SyntaxKind.ReturnStatement, returnStatement)
  .on<ts.BreakStatement>(ts.SyntaxKind.BreakStatement, jumpStatement)
  .on<ts.ContinueStatement>(ts.SyntaxKind.ContinueStatement, jumpStatement)
  .on<ts.LabeledStatement>(ts.SyntaxKind.LabeledStatement, labelled)
  .on<ts.EmptyStatement>(ts.SyntaxKind.EmptyStatement, nothing)
  .on<ts.FunctionDeclaration>(ts.SyntaxKind.FunctionDeclaration, nothing)
  .on<ts.InterfaceDeclaration>(ts.SyntaxKind.InterfaceDeclaration, nothing)
  .on<ts.TypeAliasDeclaration>(ts.SyntaxKind.TypeAliasDeclaration, nothing)
  .on<ts.ClassDeclaration>(ts.SyntaxKind.ClassDeclaration, refused("RTS1007", "classes cannot be made at run time"))
  .on<ts.EnumDeclaration>(ts.SyntaxKind.EnumDeclaration, refused("RTS1007", "enums cannot be made at run time"))
  .on<ts.ForInStatement>(ts.SyntaxKind.ForInStatement, refused("RTS1005", "for…in is not available at run time"))
  .on<ts.WithStatement>(ts.SyntaxKind.WithStatement, refused("RTS1003", "`with` is not available"))
  .on<ts.DebuggerStatement>(ts.SyntaxKind.DebuggerStatement, refused("RTS1001", "`debugger` is not available"));
