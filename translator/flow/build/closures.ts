/**
 * Functions made by run-time code: `make_closure` with the values, or cells, that the body needs.
 *
 * A local function that is only called ("lifted", see `bindings.ts`) is made anew at each call from the values of the
 * variables there, also inside itself and inside its siblings; what it needs is therefore needed by every function
 * that calls it.
 */
import { ts } from "ts-morph";
import { type BuiltFunction, ClosureTemplate } from "../description.ts";
import { Constant, type Value } from "../model.ts";
import type { Binding, FunctionScope } from "./bindings.ts";
import type { FunctionContext, NestedCaptures, NestedFunction, NestedTemplate } from "./context.ts";
import { HandlerTable } from "./handlers.ts";

/** All that a function needs of the functions around it, lifted functions replaced by what these need. */
function neededBy(ctx: FunctionContext, scope: FunctionScope): NestedCaptures {
  const bindings: Binding[] = [];
  let usesThis = ts.isArrowFunction(scope.node) && scope.usesThis;
  const seen = new Set<Binding>();
  const visit = (of: FunctionScope): void => {
    for (const binding of of.free) {
      if (seen.has(binding) || ctx.ownerOf(binding) === null) continue;
      seen.add(binding);
      const inner = scopeOf(ctx, functionOf(binding));
      if (inner !== null && binding.kind === "self" && isLiveSelf(ctx, binding)) continue;
      if (inner === null) bindings.push(binding);
      else {
        if (ts.isArrowFunction(inner.node) && inner.usesThis) usesThis = true;
        visit(inner);
      }
    }
  };
  visit(scope);
  return { bindings: bindings.filter((binding) => !isInside(binding.owner, scope)), usesThis };
}

/** The function that a name stands for without an object being stored: lifted, or a function expression's own name. */
function functionOf(binding: Binding): ts.Node | null {
  if (binding.kind === "self") return binding.declaration;
  return binding.storage === "lifted" ? binding.liftedFunction : null;
}

/** Whether a function expression's own name means a function made at import time. */
export function isLiveSelf(ctx: FunctionContext, binding: Binding): boolean {
  return binding.kind === "self" && ctx.ownerOf(binding)?.parent === null;
}

function isInside(scope: FunctionScope, outer: FunctionScope): boolean {
  for (let s: FunctionScope | null = scope; s !== null; s = s.parent) if (s === outer) return true;
  return false;
}

function scopeOf(ctx: FunctionContext, node: ts.Node | null): FunctionScope | null {
  return node === null ? null : (ctx.bindings.functions.get(node) ?? null);
}

/** The context in whose function a nested function is written. */
function declaringContext(ctx: FunctionContext, scope: FunctionScope): FunctionContext {
  for (let c: FunctionContext | null = ctx; c !== null; c = c.parent) if (c.scope === scope.parent) return c;
  return ctx;
}

function templateOf(ctx: FunctionContext, node: NestedFunction, name: string): NestedTemplate {
  const known = ctx.closures.get(node);
  if (known !== undefined) return known;
  const scope = ctx.bindings.functions.get(node) as FunctionScope;
  const declaring = declaringContext(ctx, scope);
  const needed = neededBy(declaring, scope);
  // At import time `this` is a constant and need not be passed.
  const usesThis = needed.usesThis && !(declaring.live.thisValue !== null && declaring.isArrowNest());
  const captures: NestedCaptures = { bindings: needed.bindings, usesThis };
  const names = captures.bindings.map((binding) => binding.name);
  const asCell = captures.bindings.map((binding) => binding.storage === "cell");
  if (usesThis) {
    names.push("this");
    asCell.push(false);
  }
  let built: BuiltFunction | null = null;
  const template = new ClosureTemplate(ctx.types.wrap(node), name, names, asCell, () => {
    built ??= ctx.shared.buildNested(declaring, node, name, captures);
    return built;
  });
  const made = { template, captures };
  ctx.closures.set(node, made);
  return made;
}

/** The function value of a nested function, made here. */
export function makeClosure(ctx: FunctionContext, node: NestedFunction, name: string): Value {
  const { template, captures } = templateOf(ctx, node, name);
  const args: Value[] = captures.bindings.map((binding) => ctx.graph.read(ctx.local(binding)));
  if (captures.usesThis) args.push(ctx.readThis(node));
  return ctx.emit("make_closure", [new Constant(template), ...args], node, name);
}

/** The name that JavaScript gives a function expression by where it stands. */
function inferredName(node: ts.Node): string {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return parent.name.getText();
  if (ts.isBinaryExpression(parent) && ts.isIdentifier(parent.left)) return parent.left.text;
  if (ts.isParenthesizedExpression(parent)) return inferredName(parent);
  return "";
}

function functionExpression(ctx: FunctionContext, node: ts.FunctionExpression | ts.ArrowFunction): Value {
  return makeClosure(ctx, node, node.name?.text ?? inferredName(node));
}

export const closureExpressions = new HandlerTable<Value>()
  .on<ts.ArrowFunction>(ts.SyntaxKind.ArrowFunction, functionExpression)
  .on<ts.FunctionExpression>(ts.SyntaxKind.FunctionExpression, functionExpression)
  .on<ts.ClassExpression>(ts.SyntaxKind.ClassExpression, (ctx, node) =>
    ctx.refuse("RTS1007", node, "classes cannot be made at run time"),
  );

/** Makes the function objects of the function declarations of a block, at its start. */
export function hoistFunctions(ctx: FunctionContext, statements: readonly ts.Statement[]): void {
  for (const statement of statements) {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined || statement.body === undefined) continue;
    const binding = ctx.bindings.meaning.get(statement.name);
    if (binding === undefined || binding.storage === "lifted" || binding.references.length === 0) continue;
    ctx.declare(binding, makeClosure(ctx, statement, binding.name), statement);
  }
}
