/**
 * Literals: numbers, text, templates, arrays, objects.
 */
import { ts } from "ts-morph";
import { RecordShape, SpreadMask } from "../description.ts";
import { Constant, type Value } from "../model.ts";
import { outsideChain } from "./access.ts";
import { makeClosure } from "./closures.ts";
import type { FunctionContext } from "./context.ts";
import { HandlerTable } from "./handlers.ts";
import { propertyName } from "./patterns.ts";
import { textOf } from "./texts.ts";
import type { Expected } from "./types.ts";

function templateLiteral(ctx: FunctionContext, node: ts.TemplateExpression): Value {
  let text: Value | null = node.head.text === "" ? null : new Constant(node.head.text);
  for (const span of node.templateSpans) {
    const part = textOf(ctx, span.expression);
    text = text === null ? part : ctx.emit("add", [text, part], span.expression);
    if (span.literal.text !== "") text = ctx.emit("add", [text, new Constant(span.literal.text)], span.literal);
  }
  return text ?? new Constant("");
}

// ---- Arrays ----

/** Whether an array literal is a tuple: by its declared type, else by what the checker says. */
function isTuple(ctx: FunctionContext, node: ts.ArrayLiteralExpression, expected: Expected | null): boolean {
  const shape = ctx.types.arrayShape(expected);
  if (shape !== null) return shape === "tuple";
  if (isConstAsserted(node)) return !isIteratedAtOnce(node);
  // A literal that only initialises a variable or is indexed at once has no contextual type.
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && parent.type === undefined && ts.isIdentifier(parent.name)) return false;
  const { checker } = ctx.types;
  const type = checker.getContextualType(node);
  if (type === undefined) return false;
  const plain = checker.getNonNullableType(type);
  if (checker.isTupleType(plain)) return true;
  if (checker.isArrayType(plain)) return false;
  return checker.isTupleType(checker.getTypeAtLocation(node));
}

function isConstAsserted(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isSatisfiesExpression(parent)) return isConstAsserted(parent);
  if (ts.isPropertyAssignment(parent) || ts.isArrayLiteralExpression(parent) || ts.isObjectLiteralExpression(parent)) {
    return isConstAsserted(parent);
  }
  return ts.isAsExpression(parent) && parent.type.getText() === "const";
}

/** `for (const x of [1, 2] as const)`, `[...([1, 2] as const)]`: the items are looped over, which lists are for. */
function isIteratedAtOnce(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isAsExpression(parent)) {
    return isIteratedAtOnce(parent);
  }
  return (ts.isForOfStatement(parent) && parent.expression === node) || ts.isSpreadElement(parent);
}

function arrayLiteral(ctx: FunctionContext, node: ts.ArrayLiteralExpression, expected: Expected | null): Value {
  const hole = node.elements.find((element) => ts.isOmittedExpression(element));
  if (hole !== undefined) return ctx.refuse("RTS1302", node, "lists have no holes");
  return outsideChain(ctx, () => {
    const declared = new Constant(ctx.types.expectedRef(expected));
    const hasSpread = node.elements.some((element) => ts.isSpreadElement(element));
    if (!hasSpread) {
      const items = node.elements.map((element, index) => ctx.expression(element, ctx.types.itemType(expected, index)));
      const opname = node.elements.length > 0 && isTuple(ctx, node, expected) ? "new_tuple" : "new_list";
      return ctx.emit(opname, [declared, ...items], node);
    }
    return spreadList(ctx, node, expected, declared);
  });
}

/** `[a, ...b, c]`: a list that grows item by item after the first spread. */
function spreadList(
  ctx: FunctionContext,
  node: ts.ArrayLiteralExpression,
  expected: Expected | null,
  declared: Constant,
): Value {
  const first = node.elements.findIndex((element) => ts.isSpreadElement(element));
  const item = ctx.types.itemType(expected, 0);
  const head = node.elements.slice(0, first).map((element) => ctx.expression(element, item));
  const list = ctx.emit("new_list", [declared, ...head], node);
  for (const element of node.elements.slice(first)) {
    if (ts.isSpreadElement(element)) {
      ctx.emit("list_extend", [list, ctx.expression(element.expression, expected)], element);
    } else {
      ctx.emit("call_method", [list, new Constant("push"), ctx.expression(element, item)], element);
    }
  }
  return list;
}

// ---- Objects ----

function objectLiteral(ctx: FunctionContext, node: ts.ObjectLiteralExpression, expected: Expected | null): Value {
  const names: string[] = [];
  const values: Value[] = [];
  const isSpread: boolean[] = [];
  return outsideChain(ctx, () => {
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        values.push(ctx.expression(property.expression));
        isSpread.push(true);
        continue;
      }
      const name = property.name === undefined ? null : propertyName(ctx, property.name);
      if (name === null) continue;
      const value = propertyValue(ctx, property, name, ctx.types.propertyType(expected, name));
      const earlier = isSpread.includes(true) ? -1 : names.indexOf(name);
      if (earlier >= 0) values[earlier] = value;
      else {
        names.push(name);
        values.push(value);
        isSpread.push(false);
      }
    }
    const shape = new Constant(new RecordShape(names, ctx.types.expectedRef(expected), ctx.types.wrap(node)));
    if (!isSpread.includes(true)) return ctx.emit("new_record", [shape, ...values], node);
    return ctx.emit("record_extend", [shape, new Constant(new SpreadMask(isSpread)), ...values], node);
  });
}

function propertyValue(
  ctx: FunctionContext,
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
  name: string,
  expected: Expected | null,
): Value {
  if (ts.isPropertyAssignment(property)) return ctx.expression(property.initializer, expected);
  if (ts.isShorthandPropertyAssignment(property)) return ctx.expression(property.name, expected);
  if (ts.isMethodDeclaration(property)) {
    const usesThis = ctx.bindings.functions.get(property)?.usesThis ?? false;
    if (!usesThis) return makeClosure(ctx, property, name);
    return ctx.refuse("RTS1018", property, "methods that use `this` in an object made at run time are not supported");
  }
  return ctx.refuse("RTS1018", property, "getters and setters in an object made at run time are not supported");
}

export const literalExpressions = new HandlerTable<Value>()
  .on<ts.NumericLiteral>(ts.SyntaxKind.NumericLiteral, (ctx, node) => ctx.numberLiteral(node, 1))
  .on<ts.BigIntLiteral>(
    ts.SyntaxKind.BigIntLiteral,
    (_ctx, node) => new Constant(BigInt(node.text.replace(/n$/, "").replaceAll("_", ""))),
  )
  .on<ts.StringLiteral>(ts.SyntaxKind.StringLiteral, (_ctx, node) => new Constant(node.text))
  .on<ts.NoSubstitutionTemplateLiteral>(
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
    (_ctx, node) => new Constant(node.text),
  )
  .on<ts.TrueLiteral>(ts.SyntaxKind.TrueKeyword, () => new Constant(true))
  .on<ts.FalseLiteral>(ts.SyntaxKind.FalseKeyword, () => new Constant(false))
  .on<ts.NullLiteral>(ts.SyntaxKind.NullKeyword, () => new Constant(null))
  .on<ts.RegularExpressionLiteral>(ts.SyntaxKind.RegularExpressionLiteral, (ctx, node) =>
    ctx.refuse("RTS1008", node, "regular expressions are not available at run time"),
  )
  .on<ts.TemplateExpression>(ts.SyntaxKind.TemplateExpression, templateLiteral)
  .on<ts.TaggedTemplateExpression>(ts.SyntaxKind.TaggedTemplateExpression, (ctx, node) =>
    ctx.refuse("RTS1001", node, "tagged templates are not supported", "call the function with arguments"),
  )
  .on<ts.ArrayLiteralExpression>(ts.SyntaxKind.ArrayLiteralExpression, arrayLiteral)
  .on<ts.ObjectLiteralExpression>(ts.SyntaxKind.ObjectLiteralExpression, objectLiteral);
