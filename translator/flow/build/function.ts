/**
 * Graphs of whole functions: parameters and their defaults, bodies, constructors with field initialisers.
 */
import { ts } from "ts-morph";
import type { BuiltFunction, FunctionSignature, ParameterInfo } from "../description.ts";
import { SpreadMask } from "../description.ts";
import { Constant, type Value } from "../model.ts";
import { simplifyGraph } from "../simplify.ts";
import { superClass } from "./access.ts";
import { FunctionContext, type LiveContext, type NestedCaptures, type NestedFunction, type Shared } from "./context.ts";
import { functionPosition } from "./frames.ts";
import { splitGenerator, yieldedType } from "./generators.ts";
import { bindName, propertyName, withDefault } from "./patterns.ts";
import { statements } from "./statements.ts";
import { expect } from "./types.ts";

export type FunctionKind = FunctionSignature["kind"];

/** What stays the same for all kinds of functions. */
interface Outline {
  readonly kind: FunctionKind;
  readonly hasThis: boolean;
  readonly captures: readonly string[];
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((m) => m.kind === kind) ?? false);
}

function parametersOf(node: ts.SignatureDeclaration): readonly ts.ParameterDeclaration[] {
  return node.parameters.filter((p) => !(ts.isIdentifier(p.name) && p.name.text === "this"));
}

function parameterInfo(ctx: FunctionContext, node: ts.ParameterDeclaration, index: number): ParameterInfo {
  return {
    name: ts.isIdentifier(node.name) ? node.name.text : `parameter${index + 1}`,
    type: node.type === undefined ? null : ctx.types.typeRef(node.type),
    optional: node.questionToken !== undefined || node.initializer !== undefined,
    rest: node.dotDotDotToken !== undefined,
  };
}

function signatureOf(ctx: FunctionContext, node: ts.SignatureDeclaration, outline: Outline): FunctionSignature {
  const type = node.type;
  const isPlain = type !== undefined && !ts.isTypePredicateNode(type) && type.kind !== ts.SyntaxKind.ThisType;
  return {
    hasThis: outline.hasThis,
    kind: outline.kind,
    captures: outline.captures,
    parameters: parametersOf(node).map((p, index) => parameterInfo(ctx, p, index)),
    returns: isPlain ? ctx.types.typeRef(type) : null,
    neverReturns: type?.kind === ts.SyntaxKind.NeverKeyword,
    typeParameters: node.typeParameters?.map((p) => p.name.text) ?? [],
    node: ctx.types.wrap(node),
  };
}

/** Makes the inputs for the parameters, then applies defaults and patterns. */
function bindParameters(ctx: FunctionContext, node: ts.SignatureDeclaration): void {
  const parameters = parametersOf(node);
  const inputs = parameters.map((p, index) => ctx.graph.parameter(parameterInfo(ctx, p, index).name));
  ctx.enterScope(node);
  parameters.forEach((parameter, index) => {
    const input = inputs[index] as Value;
    const { initializer } = parameter;
    const value = initializer === undefined ? input : withDefault(ctx, input, initializer, parameter.type ?? null);
    bindName(ctx, parameter.name, value);
  });
}

function lowerBody(ctx: FunctionContext, body: ts.ConciseBody): void {
  if (!ts.isBlock(body)) {
    const value = ctx.expression(body, ctx.returnType);
    ctx.graph.returnValue(ctx.contract(value, ctx.returnType, body));
    return;
  }
  statements(ctx, body, body.statements);
}

/** The end of a body that control may reach. */
function finish(ctx: FunctionContext, signature: FunctionSignature): BuiltFunction {
  if (signature.neverReturns) ctx.graph.unreachable(`end of ${ctx.name}`, functionPosition(ctx));
  else ctx.graph.returnValue(new Constant(undefined));
  const graph = ctx.graph.finish();
  simplifyGraph(graph);
  return { graph, signature };
}

/** Whether the function is of a kind that has no meaning at run time; reported. */
function isRefused(ctx: FunctionContext, node: ts.FunctionLikeDeclaration): boolean {
  if (hasModifier(node, ts.SyntaxKind.AsyncKeyword)) {
    ctx.refuse("RTS1002", node, "async functions are not available at run time");
    return true;
  }
  return false;
}

function isGenerator(node: ts.Node): boolean {
  return "asteriskToken" in node && node.asteriskToken !== undefined;
}

/** The graph of a function, method or accessor with a body. */
function buildBody(ctx: FunctionContext, node: ts.FunctionLikeDeclaration, outline: Outline): BuiltFunction {
  const signature = signatureOf(ctx, node, outline);
  if (outline.hasThis) ctx.thisValue = ctx.graph.parameter("this");
  bindParameters(ctx, node);
  const generates = isGenerator(node);
  if (generates) {
    ctx.yieldType = yieldedType(node);
    ctx.emit("generator_start", [], node);
  } else ctx.returnType = signature.returns === null ? null : expect(node.type);
  if (node.body === undefined) ctx.refuse("RTS1015", node, `${ctx.name} has no body`);
  else if (!isRefused(ctx, node)) lowerBody(ctx, node.body);
  const built = finish(ctx, signature);
  return generates ? splitGenerator(ctx, built) : built;
}

/** A function that was made at import time. */
export function buildLive(
  shared: Shared,
  node: ts.FunctionLikeDeclaration,
  name: string,
  kind: FunctionKind,
  hasThis: boolean,
  live: LiveContext,
): BuiltFunction {
  const bindings = shared.bindingsOf(node.getSourceFile());
  const ctx = new FunctionContext(shared, null, live, name, node, bindings.functions.get(node) ?? null);
  return buildBody(ctx, node, { kind, hasThis, captures: [] });
}

/** A function that run-time code makes; its first inputs are what it captured. */
export function buildNested(
  shared: Shared,
  parent: FunctionContext,
  node: NestedFunction,
  name: string,
  captures: NestedCaptures,
): BuiltFunction {
  const scope = parent.bindings.functions.get(node) ?? null;
  const ctx = new FunctionContext(shared, parent, parent.live, name === "" ? "(anonymous)" : name, node, scope);
  const names = captures.bindings.map((binding) => binding.name);
  for (const binding of captures.bindings) ctx.graph.write(ctx.local(binding), ctx.graph.parameter(binding.name));
  if (captures.usesThis) {
    names.push("this");
    ctx.thisValue = ctx.graph.parameter("this");
  }
  const kind = isGenerator(node) ? "generator" : "function";
  return buildBody(ctx, node, { kind, hasThis: false, captures: names });
}

// ---- Constructors ----

type ClassNode = ts.ClassLikeDeclaration;

export function findConstructor(node: ClassNode): ts.ConstructorDeclaration | null {
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member) && member.body !== undefined) return member;
  }
  return null;
}

/** Parameters that a class without a constructor of its own passes on to its base. */
export interface InheritedParameters {
  readonly names: readonly string[];
  readonly hasRest: boolean;
}

function assignField(ctx: FunctionContext, name: string, value: Value, node: ts.Node): void {
  ctx.emit("setattr", [ctx.readThis(node), new Constant(name), value], node);
}

/** Parameter properties, then field initialisers in the order of the source. */
function initialiseFields(ctx: FunctionContext, node: ClassNode): void {
  const ctor = findConstructor(node);
  for (const parameter of ctor?.parameters ?? []) {
    if (!ts.isParameterPropertyDeclaration(parameter, ctor as ts.Node)) continue;
    if (!ts.isIdentifier(parameter.name)) continue;
    const binding = ctx.bindings.meaning.get(parameter.name);
    if (binding === undefined) continue;
    assignField(ctx, parameter.name.text, ctx.readLocal(binding, parameter), parameter);
  }
  for (const member of node.members) {
    if (!ts.isPropertyDeclaration(member) || member.initializer === undefined) continue;
    if (hasModifier(member, ts.SyntaxKind.StaticKeyword)) continue;
    const name = propertyName(ctx, member.name);
    if (name === null) continue;
    const expected = expect(member.type);
    assignField(ctx, name, ctx.contract(ctx.expression(member.initializer, expected), expected, member), member);
  }
}

function synthesizedSignature(
  ctx: FunctionContext,
  node: ClassNode,
  inherited: InheritedParameters,
): FunctionSignature {
  const last = inherited.names.length - 1;
  return {
    hasThis: true,
    kind: "constructor",
    captures: [],
    parameters: inherited.names.map((name, index) => {
      const rest = inherited.hasRest && index === last;
      return { name, type: null, optional: !rest, rest };
    }),
    returns: null,
    neverReturns: false,
    typeParameters: [],
    node: ctx.types.wrap(node),
  };
}

/** The constructor of a class without one: passes its arguments on, then initialises fields. */
function synthesize(ctx: FunctionContext, node: ClassNode, inherited: InheritedParameters): BuiltFunction {
  const signature = synthesizedSignature(ctx, node, inherited);
  const self = ctx.graph.parameter("this");
  ctx.thisValue = self;
  const args = inherited.names.map((name) => ctx.graph.parameter(name));
  const base = superClass(ctx);
  if (base !== null && inherited.hasRest) {
    const mask = new SpreadMask(args.map((_, index) => index === args.length - 1));
    ctx.emit("super_init_spread", [base, new Constant(mask), self, ...args], node);
  } else if (base !== null) {
    ctx.emit("super_init", [base, self, ...args], node);
  }
  initialiseFields(ctx, node);
  return finish(ctx, signature);
}

/** The graph that initialises an instance of a class: `this`, then the constructor's parameters. */
export function buildConstructor(
  shared: Shared,
  node: ClassNode,
  name: string,
  live: LiveContext,
  inherited: InheritedParameters,
): BuiltFunction {
  const ctor = findConstructor(node);
  const bindings = shared.bindingsOf(node.getSourceFile());
  const scope = ctor === null ? null : (bindings.functions.get(ctor) ?? null);
  const ctx = new FunctionContext(shared, null, live, name, ctor ?? node, scope);
  ctx.isConstructor = true;
  if (ctor === null) return synthesize(ctx, node, inherited);
  const signature = signatureOf(ctx, ctor, { kind: "constructor", hasThis: true, captures: [] });
  ctx.thisValue = ctx.graph.parameter("this");
  bindParameters(ctx, ctor);
  if (superClass(ctx) === null) initialiseFields(ctx, node);
  else ctx.afterSuper = () => initialiseFields(ctx, node);
  lowerBody(ctx, ctor.body as ts.Block);
  return finish(ctx, signature);
}
