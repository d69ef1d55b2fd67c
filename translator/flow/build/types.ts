/**
 * Declared types as the builder needs them: which type node applies to a place, and whether an array literal there is
 * a list or a tuple. Nearly all of it is syntax; the checker is asked for the meaning of a name, and for contextual
 * types only where no type node is in sight.
 */
import { type Node, type TypeNode, ts } from "ts-morph";
import type { LoadedProgram } from "../../load/program.ts";
import { TypeRef } from "../description.ts";

/** The declared type of a place. */
export interface Expected {
  readonly node: ts.TypeNode;
  /** It mentions type parameters of another declaration: it tells the shape, but is no `TypeRef` here. */
  readonly foreign: boolean;
}

export function expect(node: ts.TypeNode | null | undefined): Expected | null {
  return node === null || node === undefined ? null : { node, foreign: false };
}

/** A node of the compiler as ts-morph's node of the same file. */
interface Wrapper {
  _getNodeFromCompilerNode(node: ts.Node): Node;
}

export class DeclaredTypes {
  readonly program: LoadedProgram;
  readonly #refs = new Map<ts.TypeNode, TypeRef>();
  readonly #declarations = new Map<ts.Node, ts.Declaration | null>();

  constructor(program: LoadedProgram) {
    this.program = program;
  }

  get checker(): ts.TypeChecker {
    return this.program.checker.compilerObject;
  }

  /** The ts-morph node. */
  wrap(node: ts.Node): Node {
    const file = this.program.sourceFile(node.getSourceFile().fileName);
    return (file as unknown as Wrapper)._getNodeFromCompilerNode(node);
  }

  /** The TypeRef of a type node: one object per node. */
  typeRef(node: ts.TypeNode): TypeRef {
    let ref = this.#refs.get(node);
    if (ref === undefined) {
      ref = new TypeRef(this.wrap(node) as TypeNode);
      this.#refs.set(node, ref);
    }
    return ref;
  }

  /** The TypeRef of an expected type, null where there is none that can be named here. */
  expectedRef(expected: Expected | null): TypeRef | null {
    return expected === null || expected.foreign || saysNothing(expected.node) ? null : this.typeRef(expected.node);
  }

  /** The declaration that a name stands for, through imports. */
  declarationOf(name: ts.Node): ts.Declaration | null {
    const known = this.#declarations.get(name);
    if (known !== undefined) return known;
    let symbol = this.checker.getSymbolAtLocation(name);
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0) {
      symbol = this.checker.getAliasedSymbol(symbol);
    }
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0] ?? null;
    this.#declarations.set(name, declaration);
    return declaration;
  }

  /** The type behind parentheses, `readonly`, `Readonly<…>`, aliases without parameters, and `| null`. */
  strip(expected: Expected): Expected {
    let { node, foreign } = expected;
    for (let depth = 0; depth < 50; depth++) {
      const inner = this.#inside(node);
      if (inner === null) break;
      if (inner.isAliasOf !== undefined && hasTypeParameters(inner.isAliasOf)) foreign = true;
      node = inner.node;
    }
    return { node, foreign };
  }

  #inside(node: ts.TypeNode): { node: ts.TypeNode; isAliasOf?: ts.TypeAliasDeclaration } | null {
    if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return { node: node.type };
    if (ts.isUnionTypeNode(node)) {
      const members = node.types.filter((type) => !isNullish(type));
      return members.length === 1 ? { node: members[0] as ts.TypeNode } : null;
    }
    if (!ts.isTypeReferenceNode(node)) return null;
    const name = node.typeName.getText();
    if (name === "Readonly" && node.typeArguments?.length === 1) return { node: node.typeArguments[0] as ts.TypeNode };
    if (isListName(name)) return null;
    const declaration = this.declarationOf(node.typeName);
    if (declaration === null || !ts.isTypeAliasDeclaration(declaration)) return null;
    return { node: declaration.type, isAliasOf: declaration };
  }

  /** What an array literal with this declared type is: null when the type does not say. */
  arrayShape(expected: Expected | null): "list" | "tuple" | null {
    if (expected === null) return null;
    const { node } = this.strip(expected);
    if (ts.isTupleTypeNode(node)) return "tuple";
    if (ts.isArrayTypeNode(node)) return "list";
    if (ts.isTypeReferenceNode(node) && isListName(node.typeName.getText())) return "list";
    return null;
  }

  /** Declared type of an item of a list or of a place in a tuple. */
  itemType(expected: Expected | null, index: number): Expected | null {
    if (expected === null) return null;
    const { node, foreign } = this.strip(expected);
    if (ts.isArrayTypeNode(node)) return { node: node.elementType, foreign };
    if (ts.isTypeReferenceNode(node) && isListName(node.typeName.getText())) {
      const item = node.typeArguments?.[0];
      return item === undefined ? null : { node: item, foreign };
    }
    if (!ts.isTupleTypeNode(node)) return null;
    const element = node.elements[index];
    if (element === undefined || ts.isRestTypeNode(element)) return null;
    const type = ts.isNamedTupleMember(element)
      ? element.type
      : ts.isOptionalTypeNode(element)
        ? element.type
        : element;
    return { node: type, foreign };
  }

  /** Declared type of a property of a record. */
  propertyType(expected: Expected | null, name: string): Expected | null {
    if (expected === null) return null;
    const { node, foreign } = this.strip(expected);
    if (ts.isTypeLiteralNode(node)) return memberType(node.members, name, foreign);
    if (!ts.isTypeReferenceNode(node)) return null;
    const declaration = this.declarationOf(node.typeName);
    if (declaration === null) return null;
    if (ts.isInterfaceDeclaration(declaration)) return this.#interfaceProperty(declaration, name, foreign);
    if (ts.isClassDeclaration(declaration)) return this.fieldType(declaration, name);
    return null;
  }

  #interfaceProperty(declaration: ts.InterfaceDeclaration, name: string, foreign: boolean): Expected | null {
    const isForeign = foreign || hasTypeParameters(declaration);
    const own = memberType(declaration.members, name, isForeign);
    if (own !== null) return own;
    for (const clause of declaration.heritageClauses ?? []) {
      for (const base of clause.types) {
        const found = this.declarationOf(base.expression);
        if (found === null || !ts.isInterfaceDeclaration(found)) continue;
        const inherited = this.#interfaceProperty(found, name, isForeign);
        if (inherited !== null) return inherited;
      }
    }
    return null;
  }

  /** Declared type of a field (or parameter property) of a class or its bases; `inside`: seen from its own methods. */
  fieldType(declaration: ts.ClassLikeDeclaration, name: string, inside = false): Expected | null {
    const foreign = !inside && hasTypeParameters(declaration);
    for (const member of declaration.members) {
      if (ts.isPropertyDeclaration(member) && member.name.getText() === name) {
        return member.type === undefined ? null : { node: member.type, foreign };
      }
      if (!ts.isConstructorDeclaration(member)) continue;
      for (const parameter of member.parameters) {
        if (!ts.isParameterPropertyDeclaration(parameter, member) || parameter.name.getText() !== name) continue;
        return parameter.type === undefined ? null : { node: parameter.type, foreign };
      }
    }
    const base = declaration.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const found = base === undefined ? null : this.declarationOf(base.expression);
    return found !== null && ts.isClassLike(found) ? this.fieldType(found, name) : null;
  }

  /** Result type of a function type. */
  resultType(expected: Expected | null): Expected | null {
    if (expected === null) return null;
    const { node, foreign } = this.strip(expected);
    return ts.isFunctionTypeNode(node) ? { node: node.type, foreign } : null;
  }

  /** Declared type of a parameter of the function that a call calls. */
  argumentType(call: ts.CallExpression | ts.NewExpression, index: number): Expected | null {
    const declaration = this.checker.getResolvedSignature(call)?.getDeclaration() as
      | ts.SignatureDeclaration
      | undefined;
    const parameters = declaration?.parameters.filter((p) => p.name.getText() !== "this");
    if (declaration === undefined || parameters === undefined) return null;
    const last = parameters.at(-1);
    const isRest = last?.dotDotDotToken !== undefined && index >= parameters.length - 1;
    const type = (isRest ? last : parameters[index])?.type;
    if (type === undefined) return null;
    const holder = ts.isClassLike(declaration.parent) || ts.isInterfaceDeclaration(declaration.parent);
    const foreign =
      hasTypeParameters(declaration) || (holder && hasTypeParameters(declaration.parent as ts.ClassLikeDeclaration));
    return isRest ? this.itemType({ node: type, foreign }, 0) : { node: type, foreign };
  }

  /** Declared type of the property that an access names, by the checker. */
  accessedType(node: ts.PropertyAccessExpression): Expected | null {
    const declaration = this.declarationOf(node.name);
    if (declaration === null) return null;
    if (
      !ts.isPropertyDeclaration(declaration) &&
      !ts.isPropertySignature(declaration) &&
      !ts.isParameter(declaration)
    ) {
      return null;
    }
    if (declaration.type === undefined) return null;
    const { parent } = ts.isParameter(declaration) ? declaration.parent : declaration;
    const holder = ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent);
    return { node: declaration.type, foreign: holder && hasTypeParameters(parent) };
  }
}

function hasTypeParameters(node: { typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | undefined }): boolean {
  return node.typeParameters !== undefined && node.typeParameters.length > 0;
}

function memberType(members: ts.NodeArray<ts.TypeElement>, name: string, foreign: boolean): Expected | null {
  for (const member of members) {
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    const { name: own } = member;
    if ((ts.isIdentifier(own) || ts.isStringLiteral(own)) && own.text === name) return { node: member.type, foreign };
  }
  return null;
}

function isListName(name: string): boolean {
  return name === "Array" || name === "ReadonlyArray";
}

function isNullish(node: ts.TypeNode): boolean {
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  return ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;
}

/** Whether a declared type is no contract at all; `number` means "infer". */
export function saysNothing(node: ts.TypeNode): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.VoidKeyword:
    case ts.SyntaxKind.NeverKeyword:
    case ts.SyntaxKind.ThisType:
    case ts.SyntaxKind.TypePredicate:
    case ts.SyntaxKind.NumberKeyword:
      return true;
    case ts.SyntaxKind.TypeReference:
      return (node as ts.TypeReferenceNode).typeName.getText() === "const";
    default:
      return false;
  }
}
