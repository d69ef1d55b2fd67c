/**
 * The flow builder: from live functions and classes to flow graphs.
 *
 * Reading order: `bindings` (what names mean), `ssa` (how graphs grow), `context`, then the handlers: `statements`,
 * `control`, `exceptions` with `frames`, `operators` with `conditions`, `access`, `calls`, `literals`, `patterns`,
 * `closures`, and `function`, which puts them together.
 *
 * Invariant: graphs come out closed, verified by the tests, and simplified; every operation has the position of the
 * syntax that it stands for. What is not RTypeScript is reported to the collector, and the graph has `unreachable`
 * there.
 */
import { ts } from "ts-morph";
import { Diagnostic, type DiagnosticCollector, fail } from "../../diagnostics/report.ts";
import type { LoadedProgram } from "../../load/program.ts";
import { classInfo, type FunctionInfo, functionInfo } from "../../load/registry.ts";
import type { BuiltFunction, TypeRef } from "../description.ts";
import { Constant, type Value } from "../model.ts";
import { accessExpressions } from "./access.ts";
import { FileBindings } from "./bindings.ts";
import { callExpressions } from "./calls.ts";
import { CapturedNames } from "./captured.ts";
import { closureExpressions } from "./closures.ts";
import type { LiveContext, Shared } from "./context.ts";
import { controlStatements } from "./control.ts";
import { exceptionStatements } from "./exceptions.ts";
import {
  buildConstructor,
  buildLive,
  buildNested,
  type FunctionKind,
  findConstructor,
  type InheritedParameters,
} from "./function.ts";
import { type Handlers, HandlerTable } from "./handlers.ts";
import { literalExpressions } from "./literals.ts";
import { operatorExpressions } from "./operators.ts";
import { plainStatements } from "./statements.ts";
import { DeclaredTypes } from "./types.ts";

/** A live function or class, as Node has it. */
// biome-ignore lint/complexity/noBannedTypes: any live function
export type Live = Function;

/** A field that a class declares, parameter properties included. */
export interface FieldDeclaration {
  readonly name: string;
  readonly type: TypeRef | null;
  readonly readonly: boolean;
  readonly static: boolean;
  /** `x?: T` */
  readonly optional: boolean;
  /** Has an initialiser, or is a parameter property. */
  readonly initialised: boolean;
  readonly node: ReturnType<DeclaredTypes["wrap"]>;
}

const HANDLERS: Handlers = {
  expressions: new HandlerTable<Value>().merge(
    accessExpressions,
    literalExpressions,
    operatorExpressions,
    callExpressions,
    closureExpressions,
  ),
  statements: new HandlerTable<void>().merge(plainStatements, controlStatements, exceptionStatements),
};

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((m) => m.kind === kind) ?? false);
}

export class FlowBuilder {
  readonly #program: LoadedProgram;
  readonly #shared: Shared;
  readonly #bindings = new Map<ts.SourceFile, FileBindings>();
  readonly #built = new WeakMap<object, Map<string, BuiltFunction>>();

  constructor(program: LoadedProgram, diagnostics: DiagnosticCollector) {
    const bindingsOf = (source: ts.SourceFile): FileBindings => this.#bindingsOf(source);
    const types = new DeclaredTypes(program);
    this.#program = program;
    const shared: Shared = {
      types,
      names: new CapturedNames(types, bindingsOf),
      diagnostics,
      handlers: HANDLERS,
      bindingsOf,
      buildNested: (parent, node, name, captures) => buildNested(shared, parent, node, name, captures),
    };
    this.#shared = shared;
  }

  #bindingsOf(source: ts.SourceFile): FileBindings {
    let bindings = this.#bindings.get(source);
    if (bindings === undefined) {
      bindings = new FileBindings(source);
      this.#bindings.set(source, bindings);
    }
    return bindings;
  }

  #once(holder: object, key: string, build: () => BuiltFunction): BuiltFunction {
    let built = this.#built.get(holder);
    if (built === undefined) {
      built = new Map();
      this.#built.set(holder, built);
    }
    let found = built.get(key);
    if (found === undefined) {
      found = build();
      built.set(key, found);
    }
    return found;
  }

  /** The graph of a live function, method or accessor. Throws DiagnosticError for one without TypeScript source. */
  functionGraph(f: Live): BuiltFunction {
    return this.#once(f, "", () => {
      const info = functionInfo(f);
      if (info === null) {
        return fail("RTS1015", null, `function ${f.name || "(anonymous)"} has no TypeScript declaration`);
      }
      const isMember = info.owner !== null && typeof info.owner === "function" && !info.isStatic;
      return this.#build(info, functionName(f, info), isMember);
    });
  }

  #build(info: FunctionInfo, name: string, hasThis: boolean): BuiltFunction {
    const node = this.#program.findDeclaration(info).compilerNode as ts.FunctionLikeDeclaration;
    const kinds = {
      function: hasThis ? "method" : "function",
      method: "method",
      get: "getter",
      set: "setter",
    } as const;
    const isGenerator = "asteriskToken" in node && node.asteriskToken !== undefined;
    const kind: FunctionKind = isGenerator ? "generator" : hasThis ? kinds[info.kind] : "function";
    return buildLive(this.#shared, node, name, kind, hasThis, liveContext(info, hasThis));
  }

  /**
   * The graph that initialises an instance: the class's constructor with parameter properties and field initialisers,
   * or, without one, what passes the arguments on to the base and initialises fields.
   */
  constructorGraph(cls: Live): BuiltFunction {
    return this.#once(cls, "new", () => {
      const info = classInfo(cls);
      if (info === null)
        return fail("RTS1015", null, `class ${cls.name || "(anonymous)"} has no TypeScript declaration`);
      const node = this.#program.findClassDeclaration(info).compilerNode;
      const live: LiveContext = { captures: info.captures, thisValue: null, owner: cls };
      this.#refuseRepeatedPrivate(cls, node);
      return buildConstructor(this.#shared, node, `new ${cls.name}`, live, this.#inheritedParameters(cls));
    });
  }

  /** Fields of an object are told apart by name alone, so a class and its base cannot both have a field `#name`. */
  #refuseRepeatedPrivate(cls: Live, node: ts.ClassLikeDeclaration): void {
    const names = privateNames(node);
    for (let base: unknown = Object.getPrototypeOf(cls); names.size > 0; base = Object.getPrototypeOf(base)) {
      const inherited = this.#program.findClass(base)?.compilerNode;
      if (inherited === undefined) return;
      for (const [name, other] of privateNames(inherited)) {
        const member = names.get(name);
        if (member === undefined) continue;
        if (!ts.isPropertyDeclaration(member.parent) || !ts.isPropertyDeclaration(other.parent)) continue;
        const position = this.#program.positionOf(this.#shared.types.wrap(member), cls.name);
        const message = `${name} is also the name of a private member of the base class`;
        this.#shared.diagnostics.add(new Diagnostic("RTS1018", position, message, "rename one of the two"));
      }
    }
  }

  /** The parameters of the nearest constructor among the bases. */
  #inheritedParameters(cls: Live): InheritedParameters {
    for (
      let base: unknown = Object.getPrototypeOf(cls);
      typeof base === "function";
      base = Object.getPrototypeOf(base)
    ) {
      if (base === Function.prototype) break;
      const node = this.#program.findClass(base)?.compilerNode;
      // A class of the host: of those, errors are extended.
      if (node === undefined) return { names: ["message", "options"], hasRest: false };
      const ctor = findConstructor(node);
      if (ctor === null) continue;
      const { parameters } = ctor;
      const names = parameters.map((p, index) => (ts.isIdentifier(p.name) ? p.name.text : `parameter${index + 1}`));
      return { names, hasRest: parameters.at(-1)?.dotDotDotToken !== undefined };
    }
    return { names: [], hasRest: false };
  }

  /** The graph of the method, getter or setter that a class itself declares (not its bases); null if it has none. */
  methodGraph(cls: Live, name: string, kind: "method" | "getter" | "setter"): BuiltFunction | null {
    const f = name.startsWith("#") ? null : ownMember(cls.prototype, name, kind);
    if (f !== null) {
      const info = functionInfo(f);
      if (info === null) return null;
      return this.#once(f, "member", () => this.#build(info, memberName(cls.name, name, kind), true));
    }
    const node = name.startsWith("#") ? this.#privateMember(cls, name, kind) : null;
    const info = classInfo(cls);
    if (node === null || info === null) return null;
    const live: LiveContext = { captures: info.captures, thisValue: null, owner: cls };
    return this.#once(cls, `${kind} ${name}`, () =>
      buildLive(this.#shared, node, memberName(cls.name, name, kind), kind, true, live),
    );
  }

  #privateMember(
    cls: Live,
    name: string,
    kind: "method" | "getter" | "setter",
  ): ts.MethodDeclaration | ts.AccessorDeclaration | null {
    for (const member of this.#program.findClass(cls)?.compilerNode.members ?? []) {
      const isKind =
        kind === "method"
          ? ts.isMethodDeclaration(member)
          : kind === "getter"
            ? ts.isGetAccessorDeclaration(member)
            : ts.isSetAccessorDeclaration(member);
      if (!isKind || member.name?.getText() !== name || hasModifier(member, ts.SyntaxKind.StaticKeyword)) continue;
      return member as ts.MethodDeclaration | ts.AccessorDeclaration;
    }
    return null;
  }

  /** The names and kinds of the non-static methods and accessors that a class itself declares, private ones included. */
  memberDeclarations(cls: Live): { readonly name: string; readonly kind: "method" | "getter" | "setter" }[] {
    const found: { name: string; kind: "method" | "getter" | "setter" }[] = [];
    for (const member of this.#program.findClass(cls)?.compilerNode.members ?? []) {
      if (hasModifier(member, ts.SyntaxKind.StaticKeyword) || hasModifier(member, ts.SyntaxKind.AbstractKeyword))
        continue;
      const { name } = member;
      if (name === undefined || ts.isComputedPropertyName(name)) continue;
      if (ts.isMethodDeclaration(member)) {
        if (member.body !== undefined) found.push({ name: name.text, kind: "method" });
      } else if (ts.isGetAccessorDeclaration(member)) found.push({ name: name.text, kind: "getter" });
      else if (ts.isSetAccessorDeclaration(member)) found.push({ name: name.text, kind: "setter" });
    }
    return found;
  }

  /** The fields that a class itself declares, in the order of the source, parameter properties first. */
  fieldDeclarations(cls: Live): FieldDeclaration[] {
    const node = this.#program.findClass(cls)?.compilerNode;
    if (node === undefined) return [];
    const ctor = findConstructor(node);
    const fields: FieldDeclaration[] = [];
    for (const parameter of ctor?.parameters ?? []) {
      if (ts.isParameterPropertyDeclaration(parameter, ctor as ts.Node)) fields.push(this.#field(parameter));
    }
    for (const member of node.members) {
      if (ts.isPropertyDeclaration(member) && !ts.isComputedPropertyName(member.name)) fields.push(this.#field(member));
    }
    return fields;
  }

  #field(node: ts.ParameterDeclaration | ts.PropertyDeclaration): FieldDeclaration {
    const { types } = this.#shared;
    return {
      name: (node.name as ts.Identifier).text,
      type: node.type === undefined ? null : types.typeRef(node.type),
      readonly: hasModifier(node, ts.SyntaxKind.ReadonlyKeyword),
      static: hasModifier(node, ts.SyntaxKind.StaticKeyword),
      optional: node.questionToken !== undefined,
      initialised: ts.isParameter(node) || node.initializer !== undefined,
      node: types.wrap(node),
    };
  }
}

/** The non-static `#private` members of a class by name. */
function privateNames(node: ts.ClassLikeDeclaration): Map<string, ts.PrivateIdentifier> {
  const names = new Map<string, ts.PrivateIdentifier>();
  for (const member of node.members) {
    const { name } = member;
    if (name === undefined || !ts.isPrivateIdentifier(name)) continue;
    if (!hasModifier(member, ts.SyntaxKind.StaticKeyword)) names.set(name.text, name);
  }
  return names;
}

/** What a live function brings: captures, its fixed `this`, its class. */
function liveContext(info: FunctionInfo, hasThis: boolean): LiveContext {
  const { captures, owner, thisCapture } = info;
  let thisValue: Constant | null = null;
  if (thisCapture !== null) thisValue = new Constant(thisCapture.read());
  else if (owner !== null && !hasThis) thisValue = new Constant(owner);
  return { captures, thisValue, owner: typeof owner === "function" ? owner : null };
}

function ownMember(prototype: object, name: string, kind: "method" | "getter" | "setter"): Live | null {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const f: unknown = kind === "method" ? descriptor?.value : kind === "getter" ? descriptor?.get : descriptor?.set;
  return typeof f === "function" ? f : null;
}

function memberName(className: string, name: string, kind: "method" | "getter" | "setter"): string {
  const prefix = kind === "getter" ? "get " : kind === "setter" ? "set " : "";
  return `${prefix}${className || "(anonymous)"}.${name}`;
}

function functionName(f: Live, info: FunctionInfo): string {
  const name = f.name || "(anonymous)";
  return typeof info.owner === "function" ? `${info.owner.name}.${name}` : name;
}
