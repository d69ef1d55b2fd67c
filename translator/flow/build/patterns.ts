/**
 * Destructuring: binding patterns (`const { a, b: [c = 1] } = v`) and assignment patterns (`[x, o.y] = v`), with defaults
 * anywhere.
 *
 * Whether an array pattern takes a tuple or list apart by index, or drives an iterator, is decided by the checker's
 * type of the value.
 */
import { ts } from "ts-morph";
import { RecordShape } from "../description.ts";
import { Constant, type Value } from "../model.ts";
import { reference } from "./access.ts";
import { Join } from "./conditions.ts";
import type { FunctionContext } from "./context.ts";
import { isGeneratorType } from "./generators.ts";
import { expect } from "./types.ts";

/** How a place gets its value: a declared variable, or anything assignable. */
type Store = (ctx: FunctionContext, target: ts.Node, value: Value) => void;

/** One element of a pattern of either kind. */
interface Element {
  readonly target: ts.Node;
  readonly defaultValue: ts.Expression | null;
  readonly isRest: boolean;
}

/** Binds the variables of a declaration's name, a pattern or an identifier. */
export function bindName(ctx: FunctionContext, name: ts.BindingName, value: Value): void {
  if (ts.isIdentifier(name)) {
    const binding = ctx.bindings.meaning.get(name);
    if (binding !== undefined) ctx.declare(binding, named(value, name.text), name);
  } else if (ts.isArrayBindingPattern(name)) {
    const elements = name.elements.map((e) => (ts.isOmittedExpression(e) ? null : bindingElement(e)));
    takeArray(ctx, name, elements, value, storeBinding);
  } else {
    takeObject(ctx, name, name.elements, value);
  }
}

/** Gives a fresh temporary the variable's name, for readable graphs. */
function named(value: Value, name: string): Value {
  if (!(value instanceof Constant) && value.name === "") value.name = name;
  return value;
}

const storeBinding: Store = (ctx, target, value) => bindName(ctx, target as ts.BindingName, value);

function bindingElement(element: ts.BindingElement): Element {
  return {
    target: element.name,
    defaultValue: element.initializer ?? null,
    isRest: element.dotDotDotToken !== undefined,
  };
}

/** Assigns to an expression: a place, or a pattern of places. */
export function assignTo(ctx: FunctionContext, target: ts.Expression, value: Value): void {
  if (ts.isParenthesizedExpression(target)) assignTo(ctx, target.expression, value);
  else if (ts.isArrayLiteralExpression(target)) {
    const elements = target.elements.map((e) => (ts.isOmittedExpression(e) ? null : assignedElement(e)));
    takeArray(ctx, target, elements, value, storeAssigned);
  } else if (ts.isObjectLiteralExpression(target)) assignObject(ctx, target, value);
  else reference(ctx, target)?.set(value);
}

const storeAssigned: Store = (ctx, target, value) => assignTo(ctx, target as ts.Expression, value);

function assignedElement(node: ts.Expression): Element {
  if (ts.isSpreadElement(node)) return { target: node.expression, defaultValue: null, isRest: true };
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return { target: node.left, defaultValue: node.right, isRest: false };
  }
  return { target: node, defaultValue: null, isRest: false };
}

/** The value, or the default if it is undefined. */
export function withDefault(
  ctx: FunctionContext,
  value: Value,
  defaultValue: ts.Expression,
  type: ts.TypeNode | null,
): Value {
  const join = new Join(ctx);
  const isMissing = ctx.graph.newBlock();
  const isThere = ctx.graph.newBlock();
  const test = ctx.emit("eq", [value, new Constant(undefined)], defaultValue);
  ctx.graph.branch(test, isMissing, isThere);
  ctx.graph.startBlock(isMissing);
  const expected = expect(type);
  join.bring(ctx.contract(ctx.expression(defaultValue, expected), expected, defaultValue));
  ctx.graph.startBlock(isThere);
  join.bring(value);
  return join.finish();
}

// ---- Array patterns ----

/** What the checker knows of the value that an array pattern takes apart. */
type Source =
  | { readonly kind: "tuple"; readonly length: number }
  | { readonly kind: "list" }
  | { readonly kind: "iterable" };

/** The checker's type of the value that a pattern takes apart. */
function typeOfSource(ctx: FunctionContext, pattern: ts.Node): ts.Type {
  const { checker } = ctx.types;
  if (ts.isArrayBindingPattern(pattern) || ts.isObjectBindingPattern(pattern))
    return checker.getTypeAtLocation(pattern);
  let node = pattern;
  if (ts.isBinaryExpression(node.parent) && node.parent.left === node) {
    const { parent } = node;
    const isDefault = ts.isArrayLiteralExpression(parent.parent) || ts.isPropertyAssignment(parent.parent);
    if (!isDefault) return checker.getTypeAtLocation(parent.right);
    node = parent;
  }
  const { parent } = node;
  if (ts.isArrayLiteralExpression(parent)) {
    const outer = checker.getNonNullableType(typeOfSource(ctx, parent));
    const index = String(parent.elements.indexOf(node as ts.Expression));
    const item = checker.isTupleType(outer) ? checker.getPropertyOfType(outer, index) : undefined;
    if (item !== undefined) return checker.getTypeOfSymbol(item);
    return checker.getIndexTypeOfType(outer, ts.IndexKind.Number) ?? checker.getAnyType();
  }
  if (ts.isPropertyAssignment(parent)) {
    const outer = checker.getNonNullableType(typeOfSource(ctx, parent.parent));
    const property = checker.getPropertyOfType(outer, parent.name.getText());
    return property === undefined ? checker.getAnyType() : checker.getTypeOfSymbol(property);
  }
  return checker.getTypeAtLocation(pattern);
}

function sourceOf(ctx: FunctionContext, pattern: ts.Node): Source {
  const { checker } = ctx.types;
  const type = checker.getNonNullableType(typeOfSource(ctx, pattern));
  const plain = type.isTypeParameter() ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  if (checker.isTupleType(plain)) {
    const { target } = plain as ts.TupleTypeReference;
    return target.hasRestElement ? { kind: "list" } : { kind: "tuple", length: target.elementFlags.length };
  }
  if (checker.isArrayType(plain) || (plain.flags & ts.TypeFlags.Any) !== 0) return { kind: "list" };
  return { kind: "iterable" };
}

function takeArray(
  ctx: FunctionContext,
  pattern: ts.Node,
  elements: readonly (Element | null)[],
  value: Value,
  store: Store,
): void {
  if (elements.length === 0) return;
  const source = sourceOf(ctx, pattern);
  if (source.kind === "iterable") {
    takeIterable(ctx, pattern, elements, value, store);
    return;
  }
  elements.forEach((element, index) => {
    if (element === null) return;
    const item = element.isRest
      ? restOf(ctx, element.target, value, index, source)
      : itemOf(ctx, element, value, index, source);
    store(ctx, element.target, item);
  });
}

function itemOf(ctx: FunctionContext, element: Element, value: Value, index: number, source: Source): Value {
  const position = new Constant(index, null, "int");
  const { target, defaultValue } = element;
  if (defaultValue === null) return ctx.emit("getitem", [value, position], target);
  if (source.kind === "tuple") {
    const isThere = index < source.length;
    const item = isThere ? ctx.emit("getitem", [value, position], target) : new Constant(undefined);
    return withDefault(ctx, item, defaultValue, null);
  }
  const join = new Join(ctx);
  const isThere = ctx.graph.newBlock();
  const isMissing = ctx.graph.newBlock();
  const length = ctx.emit("getattr", [value, new Constant("length")], target, "length");
  ctx.graph.branch(ctx.emit("lt", [position, length], target), isThere, isMissing);
  ctx.graph.startBlock(isThere);
  join.bring(withDefault(ctx, ctx.emit("getitem", [value, position], target), defaultValue, null));
  ctx.graph.startBlock(isMissing);
  join.bring(ctx.expression(defaultValue));
  return join.finish();
}

function restOf(ctx: FunctionContext, target: ts.Node, value: Value, index: number, source: Source): Value {
  if (source.kind !== "tuple") {
    return ctx.emit("call_method", [value, new Constant("slice"), new Constant(index, null, "int")], target);
  }
  const items: Value[] = [];
  for (let at = index; at < source.length; at++) {
    items.push(ctx.emit("getitem", [value, new Constant(at, null, "int")], target));
  }
  return ctx.emit("new_list", [new Constant(null), ...items], target);
}

function takeIterable(
  ctx: FunctionContext,
  pattern: ts.Node,
  elements: readonly (Element | null)[],
  value: Value,
  store: Store,
): void {
  const iterator = ctx.emit("iter", [value], pattern, "iterator");
  for (const element of elements) {
    if (element === null) {
      ctx.emit("iter_advance", [iterator], pattern);
    } else if (element.isRest) {
      const rest = ctx.emit("new_list", [new Constant(null)], element.target);
      ctx.emit("list_extend", [rest, iterator], element.target);
      store(ctx, element.target, rest);
    } else {
      const join = new Join(ctx);
      const isThere = ctx.graph.newBlock();
      const isMissing = ctx.graph.newBlock();
      ctx.graph.branch(ctx.emit("iter_advance", [iterator], element.target), isThere, isMissing);
      ctx.graph.startBlock(isThere);
      const item = ctx.emit("iter_value", [iterator], element.target);
      join.bring(element.defaultValue === null ? item : withDefault(ctx, item, element.defaultValue, null));
      ctx.graph.startBlock(isMissing);
      join.bring(element.defaultValue === null ? new Constant(undefined) : ctx.expression(element.defaultValue));
      store(ctx, element.target, join.finish());
    }
  }
  const takesAll = elements.at(-1)?.isRest === true;
  if (!takesAll && isGeneratorType(ctx, typeOfSource(ctx, pattern))) ctx.emit("iter_close", [iterator], pattern);
}

// ---- Object patterns ----

/** The constant name of a property in a pattern or literal; null after a report. */
export function propertyName(ctx: FunctionContext, name: ts.PropertyName): string | null {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)) return name.expression.text;
  ctx.refuse("RTS1010", name, "property names must be known at translation time");
  return null;
}

function takeObject(
  ctx: FunctionContext,
  pattern: ts.ObjectBindingPattern,
  elements: readonly ts.BindingElement[],
  value: Value,
): void {
  const taken: string[] = [];
  for (const element of elements) {
    if (element.dotDotDotToken !== undefined) {
      bindName(ctx, element.name, restRecord(ctx, pattern, value, taken));
      continue;
    }
    const name = propertyName(ctx, element.propertyName ?? (element.name as ts.Identifier));
    if (name === null) continue;
    taken.push(name);
    const property = ctx.emit("getattr", [value, new Constant(name)], element, name);
    bindName(ctx, element.name, orDefault(ctx, property, element.initializer));
  }
}

function orDefault(ctx: FunctionContext, value: Value, defaultValue: ts.Expression | undefined): Value {
  return defaultValue === undefined ? value : withDefault(ctx, value, defaultValue, null);
}

/** `{ a, ...rest }`: a record of the properties that the checker's type has besides those taken. */
function restRecord(ctx: FunctionContext, pattern: ts.Node, value: Value, taken: readonly string[]): Value {
  const { checker } = ctx.types;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(pattern));
  const names = checker
    .getPropertiesOfType(type)
    .map((property) => property.name)
    .filter((name) => !taken.includes(name));
  const values = names.map((name) => ctx.emit("getattr", [value, new Constant(name)], pattern, name));
  return ctx.emit(
    "new_record",
    [new Constant(new RecordShape(names, null, ctx.types.wrap(pattern))), ...values],
    pattern,
  );
}

function assignObject(ctx: FunctionContext, target: ts.ObjectLiteralExpression, value: Value): void {
  for (const property of target.properties) {
    if (ts.isShorthandPropertyAssignment(property)) {
      const item = ctx.emit("getattr", [value, new Constant(property.name.text)], property, property.name.text);
      assignTo(ctx, property.name, orDefault(ctx, item, property.objectAssignmentInitializer));
    } else if (ts.isPropertyAssignment(property)) {
      const name = propertyName(ctx, property.name);
      if (name === null) continue;
      const element = assignedElement(property.initializer);
      const item = ctx.emit("getattr", [value, new Constant(name)], property, name);
      assignTo(ctx, element.target as ts.Expression, orDefault(ctx, item, element.defaultValue ?? undefined));
    } else {
      ctx.refuse("RTS1018", property, "a rest in an object pattern that assigns is not supported");
    }
  }
}
