/**
 * Checks that make Node stop where the binary stops: `bin/run` instruments the program with them.
 *
 * Node goes on with `undefined` where the binary has no value to go on with, and that is the commonest mistake in a
 * program that was only ever run on Node. Checked are: indices (reading and writing), destructuring of short lists,
 * casts to classes, `x!`, declared `int` parameters, results and variables, division of ints by zero, and `catch` clauses,
 * which must not catch what the binary does not let them catch.
 *
 * Purely syntactic, hence quick; the helpers (`checker.ts`, global `__c`) look at the values. They do nothing until the
 * entry function is called: the import phase is full TypeScript.
 */
import { ts } from "ts-morph";
import type { Edits } from "./edits.ts";
import { isErased, isFunctionLike } from "./scopes.ts";

/** Adds all checks to a file's edits. */
export function insertChecks(source: ts.SourceFile, edits: Edits): void {
  new CheckPass(source, edits).visit(source);
}

type NumberKind = "int" | "float" | null;

const bitOperators: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.BarToken,
  ts.SyntaxKind.AmpersandToken,
  ts.SyntaxKind.CaretToken,
  ts.SyntaxKind.LessThanLessThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
]);

class CheckPass {
  readonly #source: ts.SourceFile;
  readonly #edits: Edits;
  /** Classes of this file that stand at module level. */
  readonly #classes = new Set<string>();
  /** Imported names: the module they come from. */
  readonly #imports = new Map<string, string>();
  /** What identifiers are declared to be; null where declarations of one name differ. */
  readonly #kinds = new Map<string, NumberKind>();

  constructor(source: ts.SourceFile, edits: Edits) {
    this.#source = source;
    this.#edits = edits;
    for (const statement of source.statements) {
      if (ts.isClassDeclaration(statement) && statement.name && !isErased(statement)) {
        this.#classes.add(statement.name.text);
      }
      if (ts.isImportDeclaration(statement)) this.#collectImports(statement);
    }
    this.#collectKinds(source);
  }

  #collectImports(node: ts.ImportDeclaration): void {
    const bindings = node.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings) || !ts.isStringLiteral(node.moduleSpecifier)) return;
    for (const one of bindings.elements) {
      if (one.propertyName === undefined) this.#imports.set(one.name.text, node.moduleSpecifier.text);
    }
  }

  #collectKinds(node: ts.Node): void {
    if ((ts.isParameter(node) || ts.isVariableDeclaration(node)) && ts.isIdentifier(node.name)) {
      const kind = declaredKind(node.type);
      const { text } = node.name;
      this.#kinds.set(text, this.#kinds.has(text) && this.#kinds.get(text) !== kind ? null : kind);
    }
    ts.forEachChild(node, (child) => this.#collectKinds(child));
  }

  visit(node: ts.Node): void {
    if (isErased(node)) return;
    if (ts.isElementAccessExpression(node)) this.#index(node);
    else if (ts.isAsExpression(node)) this.#cast(node);
    else if (ts.isNonNullExpression(node)) this.#nonNull(node);
    else if (ts.isVariableDeclaration(node)) this.#variable(node);
    else if (ts.isCatchClause(node)) this.#catch(node);
    else if (ts.isReturnStatement(node)) this.#result(node);
    else if (ts.isBinaryExpression(node)) this.#binary(node);
    else if (ts.isCallExpression(node)) this.#call(node);
    else if (ts.isClassDeclaration(node)) this.#class(node);
    else if (ts.isPropertyDeclaration(node) && node.initializer && declaredKind(node.type) === "int") {
      this.#int(node.initializer);
    }
    if (isFunctionLike(node)) this.#parameters(node);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  /** `a[i]` is checked by a helper; as a target it becomes `__c.at(a, i)[__c.k]`. */
  #index(node: ts.ElementAccessExpression): void {
    const { argumentExpression: index, expression } = node;
    if (node.questionDotToken || (node.flags & ts.NodeFlags.OptionalChain) !== 0) return;
    if (ts.isStringLiteralLike(index) || expression.kind === ts.SyntaxKind.SuperKeyword) return;
    if (ts.isCallExpression(node.parent) && node.parent.expression === node) return;
    if (ts.isTaggedTemplateExpression(node.parent) || ts.isDeleteExpression(node.parent)) return;
    const target = isTarget(node);
    const bracket = this.#source.text.indexOf("[", this.#skipTrivia(expression.end));
    this.#edits.wrap(node.getStart(), node.end, target ? "__c.at(" : "__c.ix(", target ? "[__c.k]" : "");
    this.#edits.replace(bracket, 1, ",");
    this.#edits.replace(node.end - 1, 1, ")");
  }

  #skipTrivia(pos: number): number {
    const { text } = this.#source;
    for (;;) {
      const next =
        ts.getTrailingCommentRanges(text, pos)?.at(-1)?.end ?? ts.getLeadingCommentRanges(text, pos)?.at(-1)?.end;
      if (next === undefined || next === pos) return pos;
      pos = next;
    }
  }

  /** `x as Sub` where Sub names a class. */
  #cast(node: ts.AsExpression): void {
    const name = classNameOf(node.type);
    if (name === null) return;
    const start = node.getStart();
    const spec = this.#imports.get(name);
    if (this.#classes.has(name)) this.#edits.wrap(start, node.end, "__c.as(", `,__c.on&&${name})`);
    else if (spec !== undefined) {
      const where = `${JSON.stringify(name)},${JSON.stringify(spec)},${JSON.stringify(this.#source.fileName)}`;
      this.#edits.wrap(start, node.end, "__c.named(", `,${where})`);
    }
  }

  /** `x!` as a value; as an object the engine checks it. */
  #nonNull(node: ts.NonNullExpression): void {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent)) return;
    const isCalled = (ts.isCallExpression(parent) || ts.isTaggedTemplateExpression(parent)) && callee(parent) === node;
    if (isCalled || isTarget(node) || ts.isOptionalChain(node) || ts.isOptionalChain(parent)) return;
    if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return;
    this.#edits.wrap(node.getStart(), node.end, "__c.present(", ")");
  }

  /** Classes are known by name to casts in other files. */
  #class(node: ts.ClassDeclaration): void {
    if (node.name === undefined || !this.#classes.has(node.name.text)) return;
    this.#edits.close(node.end - 1, `;static{__c.cls(this,${JSON.stringify(this.#source.fileName)})}`, node.getStart());
  }

  #variable(node: ts.VariableDeclaration): void {
    if (node.initializer === undefined) return;
    const { initializer } = node;
    if (ts.isArrayBindingPattern(node.name)) {
      const needed = neededItems(node.name);
      if (needed > 0 && !ts.isArrayLiteralExpression(initializer)) {
        this.#edits.wrap(initializer.getStart(), initializer.end, "__c.list(", `,${needed})`);
      }
    } else if (declaredKind(node.type) === "int") this.#int(initializer);
  }

  #int(expression: ts.Expression): void {
    if (this.#kind(expression) === "int" && !ts.isIdentifier(expression)) return;
    this.#edits.wrap(expression.getStart(), expression.end, "__c.int(", ")");
  }

  #result(node: ts.ReturnStatement): void {
    if (node.expression === undefined) return;
    let f: ts.Node = node.parent;
    while (!isFunctionLike(f) && !ts.isSourceFile(f) && !ts.isClassStaticBlockDeclaration(f)) f = f.parent;
    if (isFunctionLike(f) && f.asteriskToken === undefined && declaredKind(f.type) === "int")
      this.#int(node.expression);
  }

  #parameters(node: ts.FunctionLikeDeclaration): void {
    if (node.body === undefined || !ts.isBlock(node.body)) return;
    const checks = node.parameters
      .filter((p) => ts.isIdentifier(p.name) && declaredKind(p.type) === "int" && !p.questionToken && !p.dotDotDotToken)
      .map((p) => `__c.int(${p.name.getText()});`);
    if (checks.length > 0) this.#edits.open(node.body.getStart() + 1, checks.join(""));
  }

  /** `catch` does not see what stops the binary. */
  #catch(node: ts.CatchClause): void {
    const name = node.variableDeclaration?.name;
    const body = node.block.getStart();
    if (name === undefined) {
      this.#edits.open(body, "(__e) ");
      this.#edits.open(body + 1, "__c.caught(__e);");
    } else if (ts.isIdentifier(name)) this.#edits.open(body + 1, `__c.caught(${name.text});`);
  }

  #binary(node: ts.BinaryExpression): void {
    const kind = node.operatorToken.kind;
    if (kind === ts.SyntaxKind.PercentToken && this.#mayDivideByZero(node)) {
      this.#edits.wrap(node.right.getStart(), node.right.end, "__c.divisor(", ")");
    }
    if (kind !== ts.SyntaxKind.EqualsToken) return;
    if (ts.isArrayLiteralExpression(node.left)) this.#assignPattern(node);
    else if (ts.isPropertyAccessExpression(node.left) && node.left.expression.kind === ts.SyntaxKind.ThisKeyword) {
      if (hasIntField(node, node.left.name.text)) this.#int(node.right);
    }
  }

  #assignPattern(node: ts.BinaryExpression): void {
    const { elements } = node.left as ts.ArrayLiteralExpression;
    const needed = elements.findIndex((e) => ts.isSpreadElement(e) || ts.isBinaryExpression(e));
    if (ts.isArrayLiteralExpression(node.right) || needed === 0) return;
    const count = needed < 0 ? elements.length : needed;
    this.#edits.wrap(node.right.getStart(), node.right.end, "__c.list(", `,${count})`);
  }

  #call(node: ts.CallExpression): void {
    if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "charCodeAt") this.#unit(node);
    else this.#floorOfQuotient(node);
  }

  /** `s.charCodeAt(i)` becomes `__c.unit(s,(i))`. */
  #unit(node: ts.CallExpression): void {
    const { expression, name } = node.expression as ts.PropertyAccessExpression;
    if (node.arguments.length !== 1 || (node.flags & ts.NodeFlags.OptionalChain) !== 0) return;
    if (expression.kind === ts.SyntaxKind.SuperKeyword) return;
    const dot = this.#source.text.indexOf(".", this.#skipTrivia(expression.end));
    this.#edits.wrap(node.getStart(), node.end, "__c.unit(", ")");
    this.#edits.replace(dot, 1, ",");
    this.#edits.replace(name.getStart(), name.text.length, "");
  }

  /** `Math.floor(a / b)` and `Math.trunc(a / b)` of ints throw on zero. */
  #floorOfQuotient(node: ts.CallExpression): void {
    const callee = node.expression.getText();
    if (callee !== "Math.floor" && callee !== "Math.trunc") return;
    let argument = node.arguments[0];
    while (argument !== undefined && ts.isParenthesizedExpression(argument)) argument = argument.expression;
    if (argument === undefined || !ts.isBinaryExpression(argument)) return;
    if (argument.operatorToken.kind !== ts.SyntaxKind.SlashToken || !this.#mayDivideByZero(argument)) return;
    this.#edits.wrap(argument.right.getStart(), argument.right.end, "__c.divisor(", ")");
  }

  /** Both ints as far as syntax tells (one surely), and the divisor is no literal. */
  #mayDivideByZero(node: ts.BinaryExpression): boolean {
    if (ts.isNumericLiteral(node.right)) return false;
    const left = this.#kind(node.left);
    const right = this.#kind(node.right);
    return left !== "float" && right !== "float" && (left === "int" || right === "int");
  }

  /** The number kind of an expression as far as declarations in sight tell. */
  #kind(node: ts.Expression): NumberKind {
    if (ts.isParenthesizedExpression(node)) return this.#kind(node.expression);
    if (ts.isNumericLiteral(node))
      return /[.eE]/.test(node.getText()) && !/^0x/i.test(node.getText()) ? "float" : "int";
    if (ts.isIdentifier(node)) return this.#kinds.get(node.text) ?? null;
    if (ts.isPropertyAccessExpression(node)) return node.name.text === "length" ? "int" : null;
    if (ts.isPrefixUnaryExpression(node)) {
      return node.operator === ts.SyntaxKind.TildeToken ? "int" : this.#kind(node.operand);
    }
    if (!ts.isBinaryExpression(node)) return null;
    const operator = node.operatorToken.kind;
    if (bitOperators.has(operator)) return "int";
    if (operator === ts.SyntaxKind.SlashToken) return "float";
    if (!arithmetic.has(operator)) return null;
    const left = this.#kind(node.left);
    const right = this.#kind(node.right);
    if (left === "float" || right === "float") return "float";
    return left === "int" && right === "int" ? "int" : null;
  }
}

function callee(node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Expression {
  return ts.isCallExpression(node) ? node.expression : node.tag;
}

const arithmetic: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.PercentToken,
]);

function declaredKind(type: ts.TypeNode | undefined): NumberKind {
  if (type === undefined || !ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return null;
  const { text } = type.typeName;
  return text === "int" || text === "float" ? text : null;
}

/** Does the class around a node declare a field or parameter property of this name to be an int? */
function hasIntField(node: ts.Node, name: string): boolean {
  let cls: ts.Node = node;
  while (!ts.isClassLike(cls)) {
    if (ts.isSourceFile(cls)) return false;
    cls = cls.parent;
  }
  return cls.members.some((member) => {
    if (ts.isPropertyDeclaration(member)) return member.name.getText() === name && declaredKind(member.type) === "int";
    if (!ts.isConstructorDeclaration(member)) return false;
    return member.parameters.some(
      (p) => p.modifiers !== undefined && p.name.getText() === name && declaredKind(p.type) === "int",
    );
  });
}

/** The one class name of a type, leaving null and undefined aside; null if there is none. */
function classNameOf(type: ts.TypeNode): string | null {
  if (ts.isUnionTypeNode(type)) {
    const rest = type.types.filter((t) => !ts.isLiteralTypeNode(t) && t.kind !== ts.SyntaxKind.UndefinedKeyword);
    return rest.length === 1 ? classNameOf(rest[0] as ts.TypeNode) : null;
  }
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : null;
}

/** Items that a list must have for a pattern: those before the first default or rest. */
function neededItems(pattern: ts.ArrayBindingPattern): number {
  let needed = 0;
  for (const element of pattern.elements) {
    if (ts.isOmittedExpression(element)) continue;
    if (element.initializer !== undefined || element.dotDotDotToken !== undefined) break;
    needed = pattern.elements.indexOf(element) + 1;
  }
  return needed;
}

/** Is this expression assigned to, alone or inside a pattern? */
function isTarget(node: ts.Expression): boolean {
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
    if (ts.isPropertyAssignment(parent) && parent.initializer === child) continue;
    if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isAsExpression(parent)) continue;
    if (ts.isArrayLiteralExpression(parent) || ts.isObjectLiteralExpression(parent)) continue;
    if (ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) continue;
    return false;
  }
}
