/**
 * The declared type of a literal or `new` expression from where it stands: the variable, field, parameter, property,
 * element or result that receives it. Prebuilt objects take their declared kinds from the place that made them.
 */
import { type Expression, Node, type TypeNode } from "ts-morph";
import { type DeclaredType, NO_TYPES, type TypeEnvironment } from "./declared.ts";
import type { TypeResolver } from "./types.ts";

/** Declared type of what receives the value of `node`; null when the source declares none. */
export function contextualType(
  types: TypeResolver,
  node: Node,
  environment: TypeEnvironment = NO_TYPES,
): DeclaredType | null {
  const parent = node.getParent();
  if (parent === undefined) return null;
  if (Node.isParenthesizedExpression(parent) || Node.isNonNullExpression(parent)) {
    return contextualType(types, parent, environment);
  }
  if (Node.isAsExpression(parent) || Node.isSatisfiesExpression(parent)) {
    const type = parent.getTypeNode();
    if (type === undefined || type.getText() === "const") return contextualType(types, parent, environment);
    return types.resolve(type, environment);
  }
  const own = declaredType(parent, node);
  if (own !== null) return types.resolve(own, environment);
  if (Node.isArrayLiteralExpression(parent)) return elementType(types, parent, node, environment);
  if (Node.isPropertyAssignment(parent)) return propertyType(types, parent, environment);
  if (Node.isSpreadElement(parent) || Node.isConditionalExpression(parent))
    return contextualType(types, parent, environment);
  if (Node.isCallExpression(parent)) return argumentType(types, parent, node, environment);
  if (Node.isReturnStatement(parent) || Node.isArrowFunction(parent)) {
    const f = parent.getFirstAncestor((a) => Node.isFunctionLikeDeclaration(a));
    const owner = Node.isArrowFunction(parent) ? parent : f;
    const returned = Node.isFunctionLikeDeclaration(owner) ? owner.getReturnTypeNode() : undefined;
    return returned === undefined ? null : types.resolve(returned, environment);
  }
  return null;
}

/** The type node of a declaration whose initializer is `node`. */
function declaredType(parent: Node, node: Node): TypeNode | null {
  if (Node.isVariableDeclaration(parent) || Node.isPropertyDeclaration(parent) || Node.isParameterDeclaration(parent)) {
    return parent.getInitializer() === node ? (parent.getTypeNode() ?? null) : null;
  }
  return null;
}

function elementType(types: TypeResolver, list: Node, node: Node, environment: TypeEnvironment): DeclaredType | null {
  const outer = contextualType(types, list, environment);
  if (outer === null) return null;
  if (outer.kind === "list") return outer.item;
  if (outer.kind !== "tuple" || !Node.isArrayLiteralExpression(list)) return null;
  return outer.items[list.getElements().indexOf(node as Expression)] ?? null;
}

function propertyType(types: TypeResolver, assignment: Node, environment: TypeEnvironment): DeclaredType | null {
  if (!Node.isPropertyAssignment(assignment)) return null;
  const literal = assignment.getParent();
  if (literal === undefined) return null;
  const outer = contextualType(types, literal, environment);
  return outer?.kind === "record" ? (outer.properties().get(assignment.getName())?.type ?? null) : null;
}

/** Only for wrappers that return their argument (`Object.freeze`). */
function argumentType(types: TypeResolver, call: Node, node: Node, environment: TypeEnvironment): DeclaredType | null {
  if (!Node.isCallExpression(call) || call.getArguments()[0] !== node) return null;
  return call.getExpression().getText() === "Object.freeze" ? contextualType(types, call, environment) : null;
}
