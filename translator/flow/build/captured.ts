/**
 * What names mean that a live function captured at import time, and members of constant objects: live values become
 * Constants, variables that functions assign become Cells (one per scope activation and name).
 *
 * Asked only after import has ended, because capture thunks read the variables as they are now.
 */
import { ts } from "ts-morph";
import { type Capture, classInfo, moduleToken } from "../../load/registry.ts";
import { Cell } from "../description.ts";
import { Constant } from "../model.ts";
import type { Binding, FileBindings } from "./bindings.ts";
import { type DeclaredTypes, type Expected, expect } from "./types.ts";

/** The meaning of a captured name or a folded member. */
export type Captured =
  | {
      readonly kind: "constant";
      readonly constant: Constant;
      /** The declared type that the value is held to. */
      readonly declared: Expected | null;
    }
  | { readonly kind: "cell"; readonly cell: Cell; readonly declared: Expected | null }
  /** A static field that is not readonly. */
  | { readonly kind: "static"; readonly holder: object; readonly name: string; readonly declared: Expected | null };

/** The kind of a number by its literal: written with `.` or exponent it is a float. */
export function literalKind(text: string): "int" | "float" {
  return /^0[xob]/i.test(text) || !/[.e]/i.test(text) ? "int" : "float";
}

function isModuleNamespace(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Module]";
}

/** `x as const`, also inside `Object.freeze(…)`, `satisfies`, parentheses. */
function isConstAssertion(node: ts.Expression | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node)) return isConstAssertion(node.expression);
  if (ts.isAsExpression(node)) return node.type.getText() === "const" || isConstAssertion(node.expression);
  return ts.isCallExpression(node) && node.arguments.length === 1 && isConstAssertion(node.arguments[0]);
}

/** The literal kind of a number that a declaration initialises directly. */
function declaredLiteralKind(declaration: ts.Node | null): "int" | "float" | null {
  if (declaration === null || !(ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))) {
    return null;
  }
  let init = declaration.initializer;
  while (init !== undefined && (ts.isPrefixUnaryExpression(init) || ts.isAsExpression(init))) {
    init = ts.isAsExpression(init) ? init.expression : (init.operand as ts.Expression);
  }
  return init !== undefined && ts.isNumericLiteral(init) ? literalKind(init.getText()) : null;
}

export class CapturedNames {
  readonly #types: DeclaredTypes;
  readonly #bindingsOf: (source: ts.SourceFile) => FileBindings;
  readonly #cells = new WeakMap<object, Map<string, Cell>>();
  /** Enum objects and what is `as const`, whole trees: their members never change. */
  readonly #fixed = new WeakSet<object>();
  readonly #targets = new Map<ts.Node, ts.Declaration | null>();

  constructor(types: DeclaredTypes, bindingsOf: (source: ts.SourceFile) => FileBindings) {
    this.#types = types;
    this.#bindingsOf = bindingsOf;
  }

  /** The meaning of a captured name. Throws ReferenceError if the variable was never initialised. */
  resolve(binding: Binding, capture: Capture): Captured {
    if (capture.imported) return this.#ofDeclaration(this.#importTarget(binding), capture.name, () => capture.read());
    if (capture.token !== null && binding.isAssignedInside) {
      return this.#cell(capture.token, binding, capture.read());
    }
    return this.#constant(capture.read(), binding.declaration, expect(binding.typeNode));
  }

  #importTarget(binding: Binding): ts.Declaration | null {
    const { declaration } = binding;
    let target = this.#targets.get(declaration);
    if (target === undefined) {
      const name = ts.isImportSpecifier(declaration) || ts.isNamespaceImport(declaration) ? declaration.name : null;
      const clause = ts.isImportClause(declaration) ? declaration.name : undefined;
      target = this.#types.declarationOf(name ?? clause ?? declaration);
      this.#targets.set(declaration, target);
    }
    return target;
  }

  /** A value known by its declaration, perhaps in another file. */
  #ofDeclaration(declaration: ts.Declaration | null, name: string, read: () => unknown): Captured {
    if (declaration === null || ts.isSourceFile(declaration)) return this.#constant(read(), null, null);
    if (!ts.isVariableDeclaration(declaration)) return this.#constant(read(), declaration, null);
    const file = declaration.getSourceFile();
    const own = ts.isIdentifier(declaration.name) ? declaration.name.text : name;
    const binding = file.isDeclarationFile ? undefined : this.#bindingsOf(file).moduleNames.get(own);
    if (binding?.isAssignedInside) return this.#cell(moduleToken(file.fileName), binding, read());
    return this.#constant(read(), declaration, expect(binding?.typeNode ?? declaration.type));
  }

  #cell(token: object, binding: Binding, initial: unknown): Captured {
    let cells = this.#cells.get(token);
    if (cells === undefined) {
      cells = new Map();
      this.#cells.set(token, cells);
    }
    const declared = expect(binding.typeNode);
    let cell = cells.get(binding.name);
    if (cell === undefined) {
      const { declaration } = binding;
      cell = new Cell(binding.name, initial, this.#types.expectedRef(declared), this.#types.wrap(declaration));
      cells.set(binding.name, cell);
    }
    return { kind: "cell", cell, declared };
  }

  #constant(value: unknown, declaration: ts.Node | null, declared: Expected | null): Captured {
    if (typeof value === "number") {
      const constant = new Constant(value, null, declaredLiteralKind(declaration));
      return { kind: "constant", constant, declared };
    }
    if (typeof value === "object" && value !== null && declaration !== null) {
      const isFixed =
        ts.isEnumDeclaration(declaration) ||
        ((ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)) &&
          isConstAssertion(declaration.initializer));
      if (isFixed) this.#fix(value);
    }
    const isPlain = typeof value === "object" && value !== null;
    return { kind: "constant", constant: new Constant(value), declared: isPlain ? declared : null };
  }

  #fix(value: unknown): void {
    if (typeof value !== "object" || value === null || this.#fixed.has(value)) return;
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return;
    this.#fixed.add(value);
    for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(value))) this.#fix(descriptor.value);
  }

  /** The meaning of `object.name` where that can never change, or a static field; null: an ordinary access. */
  member(object: unknown, name: string, access: ts.PropertyAccessExpression | null): Captured | null {
    if ((typeof object !== "object" && typeof object !== "function") || object === null) return null;
    if (isModuleNamespace(object)) {
      if (!Reflect.has(object, name)) return null;
      const declaration = access === null ? null : this.#types.declarationOf(access.name);
      return this.#ofDeclaration(declaration, name, () => Reflect.get(object, name));
    }
    if (typeof object === "function") return this.#static(object, name);
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (descriptor === undefined || !("value" in descriptor)) return null;
    const { value, writable, configurable } = descriptor;
    if (this.#fixed.has(object)) {
      const isEnumValue = typeof value === "number" && Number.isInteger(value) && Object.hasOwn(object, String(value));
      return { kind: "constant", constant: new Constant(value, null, isEnumValue ? "int" : null), declared: null };
    }
    return writable === false && configurable === false
      ? { kind: "constant", constant: new Constant(value), declared: null }
      : null;
  }

  /** A static member: methods and readonly fields fold. */
  #static(cls: object, name: string): Captured | null {
    if (name.startsWith("#")) return this.#staticPrivate(cls, name);
    let holder: object | null = cls;
    while (holder !== null && holder !== Function.prototype && !Object.hasOwn(holder, name)) {
      holder = Object.getPrototypeOf(holder);
    }
    if (holder === null || holder === Function.prototype) return null;
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    if (descriptor === undefined || !("value" in descriptor) || name === "prototype") return null;
    const info = classInfo(holder);
    if (info === null) {
      const isFixed = descriptor.writable === false && descriptor.configurable === false;
      return isFixed ? { kind: "constant", constant: new Constant(descriptor.value), declared: null } : null;
    }
    const node = this.#types.program.findClassDeclaration(info).compilerNode;
    return this.#staticField(holder, name, findStatic(node, name), descriptor.value);
  }

  #staticPrivate(cls: object, name: string): Captured | null {
    const info = classInfo(cls);
    if (info === null) return null;
    const member = findStatic(this.#types.program.findClassDeclaration(info).compilerNode, name);
    const values = info.readStaticPrivate();
    return Object.hasOwn(values, name) ? this.#staticField(cls, name, member, values[name]) : null;
  }

  #staticField(holder: object, name: string, member: ts.ClassElement | null, value: unknown): Captured {
    const isField = member !== null && ts.isPropertyDeclaration(member);
    const declared = isField ? expect(member.type) : null;
    const isReadonly = isField && (member.modifiers?.some((m) => m.kind === ts.SyntaxKind.ReadonlyKeyword) ?? false);
    if (isField && !isReadonly) return { kind: "static", holder, name, declared };
    return this.#constant(value, member, declared);
  }
}

function findStatic(node: ts.ClassLikeDeclaration, name: string): ts.ClassElement | null {
  for (const member of node.members) {
    if (member.name === undefined || member.name.getText() !== name) continue;
    if (!ts.canHaveModifiers(member)) continue;
    if (ts.getModifiers(member)?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword)) return member;
  }
  return null;
}
