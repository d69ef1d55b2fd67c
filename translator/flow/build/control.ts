/**
 * Loops and `switch`.
 */
import { ts } from "ts-morph";
import { Constant, type Value } from "../model.ts";
import type { Binding } from "./bindings.ts";
import { hoistFunctions } from "./closures.ts";
import { condition } from "./conditions.ts";
import type { FunctionContext } from "./context.ts";
import { within } from "./frames.ts";
import { closing, maybeGenerator } from "./generators.ts";
import { HandlerTable } from "./handlers.ts";
import { assignTo, bindName } from "./patterns.ts";
import type { BlockState } from "./ssa.ts";
import { labelsOf, variableList } from "./statements.ts";

function loopBody(
  ctx: FunctionContext,
  node: ts.IterationStatement,
  breakTo: BlockState,
  continueTo: BlockState,
): void {
  const labels = labelsOf(node);
  within(ctx, { kind: "jump", labels, breakTo, continueTo, isBreakable: true }, () => ctx.statement(node.statement));
  ctx.graph.jump(continueTo);
}

function whileLoop(ctx: FunctionContext, node: ts.WhileStatement): void {
  const head = ctx.graph.newBlock();
  const body = ctx.graph.newBlock();
  const end = ctx.graph.newBlock();
  ctx.graph.jump(head);
  ctx.graph.startBlock(head);
  condition(ctx, node.expression, body, end);
  ctx.graph.startBlock(body);
  loopBody(ctx, node, end, head);
  ctx.graph.startBlock(end);
}

function doLoop(ctx: FunctionContext, node: ts.DoStatement): void {
  const body = ctx.graph.newBlock();
  const test = ctx.graph.newBlock();
  const end = ctx.graph.newBlock();
  ctx.graph.jump(body);
  ctx.graph.startBlock(body);
  loopBody(ctx, node, end, test);
  ctx.graph.startBlock(test);
  condition(ctx, node.expression, body, end);
  ctx.graph.startBlock(end);
}

function forLoop(ctx: FunctionContext, node: ts.ForStatement): void {
  ctx.enterScope(node);
  const { initializer } = node;
  if (initializer !== undefined) {
    if (ts.isVariableDeclarationList(initializer)) variableList(ctx, initializer);
    else ctx.expression(initializer);
  }
  const head = ctx.graph.newBlock();
  const body = ctx.graph.newBlock();
  const next = ctx.graph.newBlock();
  const end = ctx.graph.newBlock();
  ctx.graph.jump(head);
  ctx.graph.startBlock(head);
  if (node.condition === undefined) ctx.graph.jump(body);
  else condition(ctx, node.condition, body, end);
  ctx.graph.startBlock(body);
  loopBody(ctx, node, end, next);
  ctx.graph.startBlock(next);
  for (const binding of ctx.bindings.declaredIn(node)) renewCell(ctx, binding, node);
  if (node.incrementor !== undefined) ctx.expression(node.incrementor);
  ctx.graph.jump(head);
  ctx.graph.startBlock(end);
}

/** Each round of `for (let i …)` has an `i` of its own: closures made in this round keep theirs. */
function renewCell(ctx: FunctionContext, binding: Binding, node: ts.ForStatement): void {
  if (binding.storage !== "cell" || binding.kind !== "let") return;
  const local = ctx.local(binding);
  const value = ctx.emit("get_cell", [ctx.graph.read(local)], node, binding.name);
  ctx.graph.write(local, ctx.emit("new_cell", [value], node, binding.name));
}

function forOfLoop(ctx: FunctionContext, node: ts.ForOfStatement): void {
  if (node.awaitModifier !== undefined) {
    ctx.refuse("RTS1002", node, "`for await` is not available at run time");
    return;
  }
  const iterator = ctx.emit("iter", [ctx.expression(node.expression)], node.expression, "iterator");
  const head = ctx.graph.newBlock();
  const body = ctx.graph.newBlock();
  const end = ctx.graph.newBlock();
  ctx.graph.jump(head);
  ctx.graph.startBlock(head);
  ctx.graph.branch(ctx.emit("iter_advance", [iterator], node.expression), body, end);
  ctx.graph.startBlock(body);
  ctx.enterScope(node);
  const item = ctx.emit("iter_value", [iterator], node.initializer);
  if (maybeGenerator(ctx, node.expression)) closingBody(ctx, node, iterator, item, end, head);
  else {
    takeItem(ctx, node.initializer, item);
    loopBody(ctx, node, end, head);
  }
  ctx.graph.startBlock(end);
}

/** The body of a loop over what may be a generator: every way out but `continue` closes it. */
function closingBody(
  ctx: FunctionContext,
  node: ts.ForOfStatement,
  iterator: Value,
  item: Value,
  end: BlockState,
  head: BlockState,
): void {
  const labels = labelsOf(node);
  const around = { kind: "jump", labels, breakTo: end, continueTo: null, isBreakable: true } as const;
  const inner = { kind: "jump", labels, breakTo: null, continueTo: head, isBreakable: false } as const;
  within(ctx, around, () =>
    closing(ctx, iterator, node.expression, () => {
      takeItem(ctx, node.initializer, item);
      within(ctx, inner, () => ctx.statement(node.statement));
    }),
  );
  ctx.graph.jump(head);
}

function takeItem(ctx: FunctionContext, initializer: ts.ForInitializer, item: Value): void {
  if (!ts.isVariableDeclarationList(initializer)) {
    assignTo(ctx, initializer, item);
    return;
  }
  for (const declaration of initializer.declarations) bindName(ctx, declaration.name, item);
}

// ---- switch ----

function switchStatement(ctx: FunctionContext, node: ts.SwitchStatement): void {
  const { clauses } = node.caseBlock;
  // `switch (true)`: the cases are conditions.
  const isCondition = node.expression.kind === ts.SyntaxKind.TrueKeyword;
  const value = isCondition ? new Constant(true) : ctx.expression(node.expression);
  ctx.enterScope(node.caseBlock);
  for (const clause of clauses) hoistFunctions(ctx, clause.statements);
  const bodies = clauses.map(() => ctx.graph.newBlock());
  const end = ctx.graph.newBlock();
  let otherwise = end;
  clauses.forEach((clause, index) => {
    const body = bodies[index] as BlockState;
    if (ts.isDefaultClause(clause)) {
      otherwise = body;
      return;
    }
    const next = ctx.graph.newBlock();
    if (isCondition) condition(ctx, clause.expression, body, next);
    else ctx.graph.branch(ctx.emit("eq", [value, ctx.expression(clause.expression)], clause.expression), body, next);
    ctx.graph.startBlock(next);
  });
  if (otherwise === end && !isCondition && isExhaustive(ctx, node)) {
    ctx.graph.unreachable("no case of the switch applies", ctx.at(node));
  } else ctx.graph.jump(otherwise);
  const frame = { kind: "jump", labels: labelsOf(node), breakTo: end, continueTo: null, isBreakable: true } as const;
  within(ctx, frame, () => {
    clauses.forEach((clause, index) => {
      ctx.graph.startBlock(bodies[index] as BlockState);
      for (const statement of clause.statements) ctx.statement(statement);
      ctx.graph.jump(bodies[index + 1] ?? end);
    });
  });
  ctx.graph.startBlock(end);
}

/** Whether the cases cover all literals that the checker sees in the expression's type, so that control never falls past them. */
function isExhaustive(ctx: FunctionContext, node: ts.SwitchStatement): boolean {
  const { checker } = ctx.types;
  const type = checker.getTypeAtLocation(node.expression);
  const plain = type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  const members = plain.isUnion() ? plain.types : [plain];
  if (!members.every((t) => (t.flags & ts.TypeFlags.Unit) !== 0)) return false;
  const covered = new Set<string>();
  for (const clause of node.caseBlock.clauses) {
    if (ts.isDefaultClause(clause)) return false;
    const found = checker.getTypeAtLocation(clause.expression);
    for (const t of found.isUnion() ? [] : [found]) covered.add(unitText(checker, t));
  }
  return members.every((t) => covered.has(unitText(checker, t)));
}

/** A literal, null, undefined or boolean as text: equal for equal values. */
function unitText(checker: ts.TypeChecker, type: ts.Type): string {
  return type.isLiteral() ? JSON.stringify(type.value) : checker.typeToString(type);
}

export const controlStatements = new HandlerTable<void>()
  .on<ts.WhileStatement>(ts.SyntaxKind.WhileStatement, whileLoop)
  .on<ts.DoStatement>(ts.SyntaxKind.DoStatement, doLoop)
  .on<ts.ForStatement>(ts.SyntaxKind.ForStatement, forLoop)
  .on<ts.ForOfStatement>(ts.SyntaxKind.ForOfStatement, forOfLoop)
  .on<ts.SwitchStatement>(ts.SyntaxKind.SwitchStatement, switchStatement);
