/**
 * Narrowing that only the checker knows. Tests of a local variable (`x instanceof A`) narrow it on the links of the
 * graph, which the annotator sees; a property path (`this.x instanceof A && this.x.a`), a variable in a cell, a test
 * through a type predicate, a tag or an aliased condition it cannot see. There the builder asks the checker for the
 * type at the reference and emits `narrow`, which is checked like a cast.
 *
 * The checker's flow analysis is dear, so it is asked only for references whose text some test in the function
 * mentions.
 */
import { ts } from "ts-morph";
import { NarrowedClass } from "../description.ts";
import { Constant, type Value } from "../model.ts";
import type { FunctionContext } from "./context.ts";

interface Tested {
  /** Texts of everything tested. */
  readonly paths: Set<string>;
  /** Texts tested in ways that the links of the graph do not show. */
  readonly names: Set<string>;
}

function isPath(node: ts.Node): boolean {
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isPropertyAccessExpression(node) || ts.isNonNullExpression(node)) return isPath(node.expression);
  // The checker narrows items at literal indices and at those in constants.
  if (ts.isElementAccessExpression(node)) return isIndex(node.argumentExpression) && isPath(node.expression);
  return ts.isParenthesizedExpression(node) && isPath(node.expression);
}

function isIndex(node: ts.Expression): boolean {
  return ts.isNumericLiteral(node) || ts.isIdentifier(node);
}

function add(tested: Tested, node: ts.Node, isHidden: boolean): void {
  if (!isPath(node)) return;
  const text = node.getText();
  tested.paths.add(text);
  if (isHidden) tested.names.add(text);
}

function isComparison(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
    kind === ts.SyntaxKind.EqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsToken
  );
}

/** Whether a test's result is kept in a variable, so that the branch stands elsewhere. */
function isAliased(node: ts.Node): boolean {
  let child = node;
  for (let parent = node.parent; parent !== undefined; child = parent, parent = parent.parent) {
    if (ts.isVariableDeclaration(parent)) return parent.initializer === child;
    if (
      !ts.isBinaryExpression(parent) &&
      !ts.isParenthesizedExpression(parent) &&
      !ts.isPrefixUnaryExpression(parent)
    ) {
      return false;
    }
  }
  return false;
}

function collect(ctx: FunctionContext, node: ts.Node, tested: Tested): void {
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) add(tested, node.left, isAliased(node));
    else if (isComparison(node.operatorToken.kind)) {
      for (const side of [node.left, node.right]) {
        if (ts.isPropertyAccessExpression(side)) add(tested, side.expression, true);
      }
    }
  } else if (ts.isSwitchStatement(node) && ts.isPropertyAccessExpression(node.expression)) {
    add(tested, node.expression.expression, true);
  } else if (ts.isCallExpression(node) && node.arguments.length > 0 && isPredicate(ctx, node.expression)) {
    for (const argument of node.arguments) add(tested, argument, true);
  }
  ts.forEachChild(node, (child) => collect(ctx, child, tested));
}

function isPredicate(ctx: FunctionContext, callee: ts.Expression): boolean {
  if (!ts.isIdentifier(callee)) return false;
  const declaration = ctx.bindings.meaning.get(callee)?.declaration;
  if (declaration === undefined) return false;
  const target = ts.isImportSpecifier(declaration) ? ctx.types.declarationOf(declaration.name) : declaration;
  if (target === null) return false;
  const signature = ts.isVariableDeclaration(target) && target.initializer !== undefined ? target.initializer : target;
  return ts.isFunctionLike(signature) && signature.type !== undefined && ts.isTypePredicateNode(signature.type);
}

function testedPaths(ctx: FunctionContext): Tested {
  let outer = ctx;
  while (outer.parent !== null) outer = outer.parent;
  if (outer.testedPaths === null) {
    const tested: Tested = { paths: new Set(), names: new Set() };
    if (outer.scope !== null) collect(ctx, outer.scope.node, tested);
    outer.testedPaths = tested;
  }
  return outer.testedPaths as Tested;
}

/** The declaration of the only class that a type's objects have; null for other types. */
function classOf(checker: ts.TypeChecker, type: ts.Type): ts.Declaration | null {
  const plain = checker.getNonNullableType(type);
  const symbol = plain.getSymbol();
  if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Class) === 0 || plain.isUnion()) return null;
  const declaration = symbol.valueDeclaration;
  return declaration !== undefined && ts.isClassLike(declaration) ? declaration : null;
}

/**
 * The value of a reference, narrowed to the class that the checker sees there. `isHidden`: its tests do not show on
 * links (property paths, cells).
 */
export function narrowed(ctx: FunctionContext, node: ts.Expression, value: Value, isHidden: boolean): Value {
  if (value instanceof Constant) return value;
  const tested = testedPaths(ctx);
  if (tested.paths.size === 0) return value;
  if (!(isHidden ? tested.paths : tested.names).has(node.getText(ctx.source))) return value;
  const { checker } = ctx.types;
  const here = classOf(checker, checker.getTypeAtLocation(node));
  if (here === null) return value;
  const symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node);
  const declared = symbol === undefined ? null : classOf(checker, checker.getTypeOfSymbol(symbol));
  if (declared === here) return value;
  const name = (here as ts.ClassLikeDeclaration).name?.text ?? "(class)";
  const operand = new Constant(new NarrowedClass(name, ctx.types.wrap(here)));
  return ctx.emit("narrow", [value, operand], node, value.name);
}
