/**
 * What every name in a file means: one walk over the syntax, no checker.
 *
 * Each identifier that stands for a variable is resolved to its `Binding`; each function knows the bindings of
 * functions around it that it uses. From that follows how a variable of a run-time function is stored:
 *
 *  - "value": an SSA value. Closures receive a copy when they are made, which is right if nothing assigns the variable
 *    after that and it is initialised before;
 *  - "cell": else;
 *  - "lifted": a local function that is only ever called. No closure object exists for it; each call passes the values
 *    its body needs. So recursive and mutually recursive local functions need no cells.
 */
import { ts } from "ts-morph";
import { isErased, isFunctionLike, isReference, isWritten } from "../../load/scopes.ts";

/** A function, accessor, constructor, field initialiser, static block, or the file: what owns variables. */
export interface FunctionScope {
  readonly node: ts.Node;
  readonly parent: FunctionScope | null;
  /** Bindings of functions around this one that it, or a function in it, uses. */
  readonly free: Set<Binding>;
  /** It, or an arrow function in it, uses `this` or `super`. */
  usesThis: boolean;
}

export type BindingKind =
  | "const"
  | "let"
  | "var"
  | "parameter"
  | "catch"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "import"
  | "self";

export type Storage = "value" | "cell" | "lifted";

/** One variable. */
export class Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly owner: FunctionScope;
  /** The node whose scope declares it (block, loop, function, file). */
  readonly scopeNode: ts.Node;
  /** VariableDeclaration, BindingElement, Parameter, FunctionDeclaration, ImportSpecifier, … */
  readonly declaration: ts.Node;
  readonly assignments: { readonly pos: number; readonly owner: FunctionScope }[] = [];
  readonly references: { readonly node: ts.Identifier; readonly owner: FunctionScope }[] = [];
  /** Functions directly inside `owner` that use it. */
  readonly capturers = new Set<FunctionScope>();
  #storage: Storage | null = null;
  #needsEarlyCell = false;

  constructor(name: string, kind: BindingKind, owner: FunctionScope, scopeNode: ts.Node, declaration: ts.Node) {
    this.name = name;
    this.kind = kind;
    this.owner = owner;
    this.scopeNode = scopeNode;
    this.declaration = declaration;
  }

  /** The declared type, if the variable itself (not a pattern around it) has one. */
  get typeNode(): ts.TypeNode | null {
    const { declaration } = this;
    if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration)) return null;
    return ts.isIdentifier(declaration.name) ? (declaration.type ?? null) : null;
  }

  get isAssigned(): boolean {
    return this.assignments.length > 0;
  }

  /** Assigned by a function inside the one that owns it. */
  get isAssignedInside(): boolean {
    return this.assignments.some((assignment) => assignment.owner !== this.owner);
  }

  /** The function that a "lifted" variable stands for. */
  get liftedFunction(): FunctionScopeNode | null {
    const { declaration } = this;
    if (this.kind === "function" && ts.isFunctionDeclaration(declaration)) return declaration;
    if (this.kind === "const" && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
      const { initializer } = declaration;
      if (ts.isArrowFunction(initializer)) return initializer;
      if (ts.isFunctionExpression(initializer) && initializer.name === undefined) return initializer;
    }
    return null;
  }

  /** How it is stored when its function is built for run time. */
  get storage(): Storage {
    if (this.#storage === null) this.#storage = this.#decideStorage();
    return this.#storage;
  }

  /** A cell that must exist from the start of its scope, because a closure may be made before the declaration. */
  get needsEarlyCell(): boolean {
    return this.storage === "cell" && this.#needsEarlyCell;
  }

  #decideStorage(): Storage {
    if (this.#isLifted()) return "lifted";
    const capturers = realCapturers(this);
    if (capturers.size === 0 && !this.isAssignedInside) return "value";
    const initialised = this.#initialisedFrom();
    let isCell = this.isAssignedInside;
    for (const capturer of capturers) {
      const made = creationPosition(capturer.node);
      if (made <= initialised) {
        isCell = true;
        this.#needsEarlyCell = true;
      } else if (this.#isAssignedAfter(capturer.node, made)) {
        isCell = true;
      }
    }
    if (this.kind === "var") this.#needsEarlyCell = true;
    return isCell ? "cell" : "value";
  }

  #isLifted(): boolean {
    const node = this.liftedFunction;
    if (node === null || this.isAssigned || isGeneratorOrAsync(node)) return false;
    return this.references.every(({ node: use }) => ts.isCallExpression(use.parent) && use.parent.expression === use);
  }

  /** The offset from which on the variable has its first value. */
  #initialisedFrom(): number {
    if (this.kind === "parameter" || this.kind === "catch" || this.kind === "self") return -1;
    if (this.kind === "function") return this.scopeNode.pos;
    const loop = this.declaration.parent?.parent;
    if (loop !== undefined && ts.isForOfStatement(loop)) return loop.initializer.end;
    return this.declaration.end;
  }

  #isAssignedAfter(capturer: ts.Node, made: number): boolean {
    if (this.assignments.some(({ pos }) => pos >= made)) return true;
    const declared = this.declaration.pos;
    for (let node = capturer.parent; node !== undefined && node !== this.owner.node; node = node.parent) {
      if (!ts.isIterationStatement(node, false) || (node.pos <= declared && declared < node.end)) continue;
      if (this.assignments.some(({ pos }) => node.pos <= pos && pos < node.end)) return true;
    }
    return false;
  }
}

type FunctionScopeNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

function isGeneratorOrAsync(node: FunctionScopeNode): boolean {
  const isAsync = node.modifiers?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword) ?? false;
  return isAsync || (!ts.isArrowFunction(node) && node.asteriskToken !== undefined);
}

/** Where a closure comes to be: function declarations at the start of their block. */
function creationPosition(node: ts.Node): number {
  return ts.isFunctionDeclaration(node) ? node.parent.pos : node.getStart();
}

/** The functions, made in the owner's body as objects, that use the binding: lifted ones hand on to their callers. */
function realCapturers(binding: Binding): Set<FunctionScope> {
  const real = new Set<FunctionScope>();
  const seen = new Set<FunctionScope>();
  const work = [...binding.capturers];
  for (let scope = work.pop(); scope !== undefined; scope = work.pop()) {
    if (seen.has(scope)) continue;
    seen.add(scope);
    const lifted = liftedBindingOf(scope);
    if (lifted === null) {
      real.add(scope);
      continue;
    }
    for (const { owner } of lifted.references) {
      const holder = childOf(owner, binding.owner);
      if (holder !== null) work.push(holder);
    }
  }
  return real;
}

/** The function directly inside `outer` that is or contains `scope`; null if `scope` is `outer`. */
function childOf(scope: FunctionScope, outer: FunctionScope): FunctionScope | null {
  let child: FunctionScope | null = scope;
  while (child !== null && child.parent !== outer) child = child.parent;
  return scope === outer ? null : child;
}

const functionBindings = new WeakMap<ts.Node, Binding>();

/** The lifted variable whose function this is, or null. */
function liftedBindingOf(scope: FunctionScope): Binding | null {
  const binding = functionBindings.get(scope.node);
  return binding !== undefined && binding.storage === "lifted" ? binding : null;
}

/** Kinds that open no scope, declare nothing and always mean run-time code: most nodes, passed without further tests. */
const PLAIN_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.BinaryExpression,
  ts.SyntaxKind.PrefixUnaryExpression,
  ts.SyntaxKind.PostfixUnaryExpression,
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.NonNullExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.TemplateSpan,
  ts.SyntaxKind.SpreadElement,
  ts.SyntaxKind.ExpressionStatement,
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ReturnStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.ThrowStatement,
  ts.SyntaxKind.VariableDeclarationList,
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);

const {
  Identifier: IDENTIFIER,
  ThisKeyword: THIS,
  SuperKeyword: SUPER,
  VariableDeclarationList: VARIABLES,
} = ts.SyntaxKind;

interface NameScope {
  readonly node: ts.Node;
  readonly parent: NameScope | null;
  readonly owner: FunctionScope;
  readonly names: Map<string, Binding>;
}

/** The resolved names of one file. */
export class FileBindings {
  readonly source: ts.SourceFile;
  /** What each identifier stands for; absent: a global. */
  readonly meaning = new Map<ts.Identifier, Binding>();
  readonly functions = new Map<ts.Node, FunctionScope>();
  readonly #scopes = new Map<ts.Node, Binding[]>();
  readonly module: FunctionScope;
  readonly moduleNames: ReadonlyMap<string, Binding>;

  constructor(source: ts.SourceFile) {
    this.source = source;
    this.module = { node: source, parent: null, free: new Set(), usesThis: false };
    const scope = this.#open(source, null, this.module);
    this.moduleNames = scope.names;
    this.#hoist(source.statements, scope);
    this.#hoistVars(source, scope);
    for (const statement of source.statements) this.#visit(statement, scope);
  }

  /** The bindings that the scope of a node declares. */
  declaredIn(node: ts.Node): readonly Binding[] {
    return this.#scopes.get(node) ?? [];
  }

  #open(node: ts.Node, parent: NameScope | null, owner: FunctionScope): NameScope {
    return { node, parent, owner, names: new Map() };
  }

  #function(node: ts.Node, parent: FunctionScope): FunctionScope {
    const scope: FunctionScope = { node, parent, free: new Set(), usesThis: false };
    this.functions.set(node, scope);
    return scope;
  }

  #declare(scope: NameScope, name: ts.Identifier, kind: BindingKind, declaration: ts.Node): void {
    let binding = scope.names.get(name.text);
    if (binding === undefined) {
      binding = new Binding(name.text, kind, scope.owner, scope.node, declaration);
      scope.names.set(name.text, binding);
      const list = this.#scopes.get(scope.node);
      if (list === undefined) this.#scopes.set(scope.node, [binding]);
      else list.push(binding);
      const lifted = binding.liftedFunction;
      if (lifted !== null) functionBindings.set(lifted, binding);
    }
    this.meaning.set(name, binding);
  }

  #declarePattern(scope: NameScope, name: ts.BindingName, kind: BindingKind, declaration: ts.Node): void {
    if (ts.isIdentifier(name)) {
      this.#declare(scope, name, kind, declaration);
      return;
    }
    for (const element of name.elements) {
      if (!ts.isOmittedExpression(element)) this.#declarePattern(scope, element.name, kind, element);
    }
  }

  /** Declares what stands directly among the statements of a block. */
  #hoist(statements: readonly ts.Statement[], scope: NameScope): void {
    for (const statement of statements) {
      if (isErased(statement)) continue;
      if (ts.isVariableStatement(statement)) this.#hoistList(statement.declarationList, scope);
      else if (ts.isFunctionDeclaration(statement) && statement.name) {
        this.#declare(scope, statement.name, "function", statement);
      } else if (ts.isClassDeclaration(statement) && statement.name) {
        this.#declare(scope, statement.name, "class", statement);
      } else if (ts.isEnumDeclaration(statement)) this.#declare(scope, statement.name, "enum", statement);
      else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
        this.#declare(scope, statement.name, "namespace", statement);
      } else if (ts.isImportDeclaration(statement)) this.#hoistImport(statement, scope);
    }
  }

  #hoistList(list: ts.VariableDeclarationList, scope: NameScope): void {
    if ((list.flags & ts.NodeFlags.BlockScoped) === 0) return;
    const kind = (list.flags & ts.NodeFlags.Const) === 0 ? "let" : "const";
    for (const declaration of list.declarations) this.#declarePattern(scope, declaration.name, kind, declaration);
  }

  #hoistImport(node: ts.ImportDeclaration, scope: NameScope): void {
    const clause = node.importClause;
    if (clause === undefined || clause.isTypeOnly) return;
    if (clause.name) this.#declare(scope, clause.name, "import", clause);
    const bindings = clause.namedBindings;
    if (bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) this.#declare(scope, bindings.name, "import", bindings);
    else for (const one of bindings.elements) if (!one.isTypeOnly) this.#declare(scope, one.name, "import", one);
  }

  /** Declares the `var`s below a function's body in the function. */
  #hoistVars(node: ts.Node, scope: NameScope): void {
    ts.forEachChild(node, (child) => {
      const { kind } = child;
      if (kind === VARIABLES) {
        const list = child as ts.VariableDeclarationList;
        if ((list.flags & ts.NodeFlags.BlockScoped) !== 0) return;
        for (const declaration of list.declarations) this.#declarePattern(scope, declaration.name, "var", declaration);
      } else if (mayHoldStatements(child)) {
        this.#hoistVars(child, scope);
      }
    });
  }

  #visit(node: ts.Node, scope: NameScope): void {
    const { kind } = node;
    if (kind === IDENTIFIER) {
      if (isReference(node as ts.Identifier)) this.#use(node as ts.Identifier, scope);
    } else if (PLAIN_KINDS.has(kind)) {
      ts.forEachChild(node, (child) => this.#visit(child, scope));
    } else if (kind === THIS || kind === SUPER) {
      useThis(scope.owner);
    } else if (isErased(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      return;
    } else if (isFunctionLike(node)) {
      this.#visitFunction(node, scope);
    } else if (ts.isClassLike(node)) {
      this.#visitClass(node, scope);
    } else {
      const inner = this.#blockScope(node, scope);
      ts.forEachChild(node, (child) => this.#visit(child, inner));
    }
  }

  #blockScope(node: ts.Node, scope: NameScope): NameScope {
    if (ts.isBlock(node) || ts.isModuleBlock(node)) {
      const inner = this.#open(node, scope, scope.owner);
      this.#hoist(node.statements, inner);
      return inner;
    }
    if (ts.isCaseBlock(node)) {
      const inner = this.#open(node, scope, scope.owner);
      for (const clause of node.clauses) this.#hoist(clause.statements, inner);
      return inner;
    }
    if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      const inner = this.#open(node, scope, scope.owner);
      const { initializer } = node;
      if (initializer !== undefined && ts.isVariableDeclarationList(initializer)) this.#hoistList(initializer, inner);
      return inner;
    }
    if (ts.isCatchClause(node)) {
      const inner = this.#open(node, scope, scope.owner);
      const declaration = node.variableDeclaration;
      if (declaration !== undefined) this.#declarePattern(inner, declaration.name, "catch", declaration);
      return inner;
    }
    return scope;
  }

  #visitFunction(node: ts.FunctionLikeDeclaration, outer: NameScope): void {
    if (node.name !== undefined && ts.isComputedPropertyName(node.name)) this.#visit(node.name.expression, outer);
    const owner = this.#function(node, outer.owner);
    let parent = outer;
    if (ts.isFunctionExpression(node) && node.name !== undefined) {
      parent = this.#open(node, outer, owner);
      this.#declare(parent, node.name, "self", node);
    }
    const scope = this.#open(node, parent, owner);
    for (const parameter of node.parameters) {
      if (ts.isIdentifier(parameter.name) && parameter.name.text === "this") continue;
      this.#declarePattern(scope, parameter.name, "parameter", parameter);
    }
    for (const parameter of node.parameters) this.#visit(parameter, scope);
    const { body } = node;
    if (body === undefined) return;
    if (!ts.isBlock(body)) {
      this.#visit(body, scope);
      return;
    }
    this.#hoistVars(body, scope);
    // The body has a scope of its own: its names may not hide parameters that defaults use.
    const inner = this.#open(body, scope, owner);
    this.#hoist(body.statements, inner);
    for (const statement of body.statements) this.#visit(statement, inner);
  }

  #visitClass(node: ts.ClassLikeDeclaration, outer: NameScope): void {
    let scope = outer;
    if (ts.isClassExpression(node) && node.name !== undefined) {
      scope = this.#open(node, outer, outer.owner);
      this.#declare(scope, node.name, "class", node);
    }
    for (const clause of node.heritageClauses ?? []) this.#visit(clause, scope);
    for (const member of node.members) {
      if (ts.isPropertyDeclaration(member)) {
        if (ts.isComputedPropertyName(member.name)) this.#visit(member.name.expression, scope);
        if (member.initializer === undefined) continue;
        const inner = this.#open(member, scope, this.#function(member, scope.owner));
        this.#visit(member.initializer, inner);
      } else if (ts.isClassStaticBlockDeclaration(member)) {
        const inner = this.#open(member, scope, this.#function(member, scope.owner));
        this.#hoistVars(member.body, inner);
        this.#visit(member.body, inner);
      } else {
        this.#visit(member, scope);
      }
    }
  }

  #use(node: ts.Identifier, from: NameScope): void {
    let scope: NameScope | null = from;
    while (scope !== null && !scope.names.has(node.text)) scope = scope.parent;
    const binding = scope?.names.get(node.text);
    if (binding === undefined) return;
    this.meaning.set(node, binding);
    const { owner } = from;
    binding.references.push({ node, owner });
    if (isWritten(node)) binding.assignments.push({ pos: node.getStart(), owner });
    for (let f: FunctionScope | null = owner; f !== null && f !== binding.owner; f = f.parent) {
      f.free.add(binding);
      if (f.parent === binding.owner) binding.capturers.add(f);
    }
  }
}

/** Statements, and the parts of statements that hold statements of the same function. */
function mayHoldStatements(node: ts.Node): boolean {
  const { kind } = node;
  if (kind === ts.SyntaxKind.CaseBlock || kind === ts.SyntaxKind.CatchClause) return true;
  if (kind === ts.SyntaxKind.CaseClause || kind === ts.SyntaxKind.DefaultClause) return true;
  return kind === ts.SyntaxKind.Block || (kind >= ts.SyntaxKind.FirstStatement && kind <= ts.SyntaxKind.LastStatement);
}

function useThis(owner: FunctionScope): void {
  let scope: FunctionScope | null = owner;
  for (; scope !== null && ts.isArrowFunction(scope.node); scope = scope.parent) scope.usesThis = true;
  if (scope !== null) scope.usesThis = true;
}
