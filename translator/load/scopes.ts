/**
 * Scopes and captured variables of one file, from syntax alone.
 *
 * Two walks. The first declares every name in its scope (`var` in its function, imports in the module, types
 * nowhere). The second resolves every identifier that stands for a value and notes it as captured by each *frame*
 * (function, class, object literal with methods) between the use and the declaration. Methods have no frame of their
 * own: what they capture, their class or literal captures.
 *
 * Names that no scope declares are globals. Positions where only types stand are never entered.
 */
import { ts } from "ts-morph";

/** Something that captures variables. */
export interface Frame {
  readonly node: ts.Node;
  readonly captures: Map<string, Binding>;
  /** Does it use `this` of the surroundings (arrow functions)? */
  usesThis: boolean;
}

/** One variable. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly kind: "import" | "self" | "variable";
  /** Assigned anywhere but in its declaration. */
  assigned: boolean;
}

/** A region with its own names. */
export interface Scope {
  readonly node: ts.Node;
  readonly parent: Scope | null;
  readonly names: Map<string, Binding>;
  /** The frame whose outermost scope this is. */
  readonly frame: Frame | null;
  /** Where `var` and `this` end: functions, classes' bodies, the module. */
  readonly isFunction: boolean;
  readonly bindsThis: boolean;
  /** Has an assigned variable that a frame captures: activations must be told apart. */
  needsToken: boolean;
}

/** What a walk over the file needs to know. */
export interface FileScopes {
  readonly module: Scope;
  readonly scopes: ReadonlyMap<ts.Node, Scope>;
  readonly frames: ReadonlyMap<ts.Node, Frame>;
}

/** A function that is a value of its own: no method. */
export type PlainFunction = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

export function isPlainFunction(node: ts.Node): node is PlainFunction {
  return ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

/** Any function-like thing with a body of its own. */
export function isFunctionLike(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return (
    isPlainFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node)
  );
}

/** A member of a literal that is a method or accessor. */
export function isMethodLike(
  node: ts.Node,
): node is ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration {
  return ts.isMethodDeclaration(node) || ts.isGetAccessorDeclaration(node) || ts.isSetAccessorDeclaration(node);
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((m) => m.kind === kind) ?? false);
}

/** Has this node no trace in JavaScript? */
export function isErased(node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (hasModifier(node, ts.SyntaxKind.DeclareKeyword)) return true;
  if (ts.isExpressionWithTypeArguments(node)) return false;
  if (ts.isTypeNode(node) || ts.isTypeParameterDeclaration(node)) return true;
  if (ts.isHeritageClause(node)) {
    return node.token === ts.SyntaxKind.ImplementsKeyword || ts.isInterfaceDeclaration(node.parent);
  }
  return isFunctionLike(node) && node.body === undefined;
}

class Analysis {
  readonly scopes = new Map<ts.Node, Scope>();
  readonly frames = new Map<ts.Node, Frame>();

  newFrame(node: ts.Node): Frame {
    const frame: Frame = { node, captures: new Map(), usesThis: false };
    this.frames.set(node, frame);
    return frame;
  }

  newScope(node: ts.Node, parent: Scope | null, frame: Frame | null, isFunction: boolean, bindsThis: boolean): Scope {
    const scope: Scope = { node, parent, names: new Map(), frame, isFunction, bindsThis, needsToken: false };
    this.scopes.set(node, scope);
    return scope;
  }

  declare(scope: Scope, name: string, kind: Binding["kind"] = "variable"): void {
    if (!scope.names.has(name)) scope.names.set(name, { name, scope, kind, assigned: false });
  }

  declareName(scope: Scope, name: ts.BindingName): void {
    if (ts.isIdentifier(name)) {
      this.declare(scope, name.text);
      return;
    }
    for (const element of name.elements) if (!ts.isOmittedExpression(element)) this.declareName(scope, element.name);
  }

  /** First walk. `scope` is the scope that `node` stands in. */
  declareAll(node: ts.Node, scope: Scope): void {
    if (isErased(node)) return;
    if (ts.isImportDeclaration(node)) {
      this.declareImports(node, scope);
      return;
    }
    if (ts.isImportEqualsDeclaration(node)) {
      this.declare(scope, node.name.text, "import");
      return;
    }
    if (ts.isVariableDeclarationList(node)) {
      const isVar = (node.flags & ts.NodeFlags.BlockScoped) === 0;
      const holder = isVar ? functionScope(scope) : scope;
      for (const declaration of node.declarations) this.declareName(holder, declaration.name);
    }
    if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name) {
      this.declare(scope, node.name.text);
    }
    if (ts.isEnumDeclaration(node) || (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name))) {
      this.declare(scope, node.name.text);
    }
    const inner = this.enter(node, scope);
    if (isFunctionLike(node)) for (const p of node.parameters) this.declareParameter(p, inner);
    if (ts.isCatchClause(node) && node.variableDeclaration) this.declareName(inner, node.variableDeclaration.name);
    if (ts.isObjectLiteralExpression(node)) this.declareLiteral(node, scope, inner);
    else ts.forEachChild(node, (child) => this.declareAll(child, inner));
  }

  declareLiteral(node: ts.ObjectLiteralExpression, outer: Scope, inner: Scope): void {
    for (const property of node.properties) this.declareAll(property, isMethodLike(property) ? inner : outer);
  }

  declareParameter(p: ts.ParameterDeclaration, scope: Scope): void {
    if (!(ts.isIdentifier(p.name) && p.name.text === "this")) this.declareName(scope, p.name);
  }

  declareImports(node: ts.ImportDeclaration, scope: Scope): void {
    const clause = node.importClause;
    if (clause === undefined || clause.isTypeOnly) return;
    if (clause.name) this.declare(scope, clause.name.text, "import");
    const bindings = clause.namedBindings;
    if (bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) {
      this.declare(scope, bindings.name.text, "import");
      return;
    }
    for (const one of bindings.elements) if (!one.isTypeOnly) this.declare(scope, one.name.text, "import");
  }

  /** Makes the scope that a node opens, if it opens one. */
  enter(node: ts.Node, scope: Scope): Scope {
    if (isFunctionLike(node)) {
      const parent = ts.isFunctionExpression(node) ? this.selfScope(node, node.name, scope) : scope;
      const frame = isPlainFunction(node) ? this.newFrame(node) : null;
      return this.newScope(node, parent, frame, true, !ts.isArrowFunction(node));
    }
    if (ts.isClassLike(node)) {
      const parent = ts.isClassExpression(node) ? this.selfScope(node, node.name, scope) : scope;
      return this.newScope(node, parent, this.newFrame(node), true, true);
    }
    if (ts.isClassStaticBlockDeclaration(node)) return this.newScope(node, scope, null, true, true);
    if (ts.isObjectLiteralExpression(node) && node.properties.some(isMethodLike)) {
      return this.newScope(node, scope, this.newFrame(node), false, false);
    }
    // A function's body shares the scope of its parameters.
    if (ts.isBlock(node) && (isFunctionLike(node.parent) || ts.isClassStaticBlockDeclaration(node.parent)))
      return scope;
    if (opensBlock(node)) return this.newScope(node, scope, null, ts.isModuleBlock(node), false);
    return scope;
  }

  /** The scope around a function or class expression that holds its own name. */
  selfScope(node: ts.Node, name: ts.Identifier | undefined, scope: Scope): Scope {
    if (name === undefined) return scope;
    const names: Scope = {
      node,
      parent: scope,
      names: new Map(),
      frame: null,
      isFunction: false,
      bindsThis: false,
      needsToken: false,
    };
    this.declare(names, name.text, "self");
    return names;
  }

  /** Second walk. */
  resolveAll(node: ts.Node, scope: Scope): void {
    if (isErased(node) || ts.isImportDeclaration(node)) return;
    if (ts.isExportDeclaration(node)) return;
    if (ts.isIdentifier(node)) {
      if (isReference(node)) this.use(node.text, scope, isWritten(node));
      return;
    }
    if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword) this.useThis(scope);
    const inner = this.scopes.get(node) ?? scope;
    if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties) this.resolveAll(property, isMethodLike(property) ? inner : scope);
      return;
    }
    // Heritage and decorators belong to the surroundings, but a class that captures them does no harm.
    ts.forEachChild(node, (child) => this.resolveAll(child, inner));
  }

  use(name: string, from: Scope, written: boolean): void {
    let declaring: Scope | null = from;
    while (declaring !== null && !declaring.names.has(name)) declaring = declaring.parent;
    const binding = declaring?.names.get(name);
    if (binding === undefined) return;
    if (written) binding.assigned = true;
    for (let s: Scope | null = from; s !== null && s !== declaring; s = s.parent) s.frame?.captures.set(name, binding);
  }

  useThis(from: Scope): void {
    for (let s: Scope | null = from; s !== null && !s.bindsThis; s = s.parent) if (s.frame) s.frame.usesThis = true;
  }

  markTokens(): void {
    for (const frame of this.frames.values()) {
      for (const binding of frame.captures.values()) if (binding.assigned) binding.scope.needsToken = true;
    }
  }
}

function functionScope(scope: Scope): Scope {
  let s = scope;
  while (!s.isFunction && s.parent !== null) s = s.parent;
  return s;
}

function opensBlock(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isModuleBlock(node)
  );
}

/** Does this identifier read or write a variable, rather than name a property, a label or a declaration? */
export function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  if (ts.isEnumMember(parent)) return parent.initializer === node;
  if (isFunctionLike(parent)) return ts.isArrowFunction(parent) && parent.body === node;
  if (ts.isClassLike(parent) || ts.isEnumDeclaration(parent) || ts.isModuleDeclaration(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isMetaProperty(parent) || ts.isImportEqualsDeclaration(parent)) return false;
  return true;
}

export function isWritten(node: ts.Identifier): boolean {
  let child: ts.Node = node;
  for (let parent = node.parent; ; child = parent, parent = parent.parent) {
    if (ts.isBinaryExpression(parent)) {
      const kind = parent.operatorToken.kind;
      return parent.left === child && kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    }
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
      return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
    }
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === child;
    if (ts.isPropertyAssignment(parent)) {
      if (parent.initializer !== child) return false;
    } else if (!isTransparent(parent)) return false;
  }
}

/** Nodes through which an assignment pattern reaches its targets. */
function isTransparent(node: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node)
  );
}

/** Is this array or object literal a pattern that is assigned to? */
export function isAssignmentPattern(node: ts.Node): boolean {
  let child: ts.Node = node;
  for (let parent = node.parent; ; child = parent, parent = parent.parent) {
    if (ts.isBinaryExpression(parent)) {
      if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken || parent.left !== child) return false;
      return true;
    }
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === child;
    if (ts.isPropertyAssignment(parent)) {
      if (parent.initializer !== child) return false;
    } else if (!isTransparent(parent)) return false;
  }
}

/** Scopes, bindings and captures of a parsed file (made with parent pointers). */
export function analyseScopes(file: ts.SourceFile): FileScopes {
  const analysis = new Analysis();
  const module = analysis.newScope(file, null, null, true, true);
  ts.forEachChild(file, (child) => analysis.declareAll(child, module));
  ts.forEachChild(file, (child) => analysis.resolveAll(child, module));
  analysis.markTokens();
  return { module, scopes: analysis.scopes, frames: analysis.frames };
}
